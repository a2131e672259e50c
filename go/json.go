package samlcert

import (
	"encoding/json"
	"fmt"
)

// The JSON forms. A field that is null in JSON is the zero value here. Hexadecimal is lower case without separators.
// Names are what the JSON says; there may be more of them later.

// Inspection is what a text holds.
type Inspection struct {
	Items   []InspectedItem `json:"items"`
	Refused []Problem       `json:"refused"`
}

// InspectedItem is an item of an [Inspection]. Each kind has some of the fields.
type InspectedItem struct {
	// Kind is "certificate", "private-key" or "encrypted-private-key".
	Kind string `json:"kind"`
	// SHA256 is of a certificate that of its DER; of an encrypted key that of its DER, or of the ciphertext.
	SHA256     string `json:"sha256"`
	SHA1       string `json:"sha1"`
	SPKISHA256 string `json:"spki_sha256"`
	// Serial is the content of the DER INTEGER.
	Serial    string   `json:"serial"`
	Subject   string   `json:"subject"`
	Issuer    string   `json:"issuer"`
	NotBefore UnixTime `json:"not_before"`
	NotAfter  UnixTime `json:"not_after"`
	Key       string   `json:"key"`
	Bits      int      `json:"bits"`
	// SelfSignature is "valid", "not-checked" or "none".
	SelfSignature string           `json:"self_signature"`
	Extensions    []Extension      `json:"extensions"`
	WasEncrypted  bool             `json:"was_encrypted"`
	Label         string           `json:"label"`
	Span          JSONSpan         `json:"span"`
	Repairs       []InspectedPlace `json:"repairs"`
	Notes         []string         `json:"notes"`
}

// Extension is what an extension of a certificate says. Each kind has some of the fields.
type Extension struct {
	OID string `json:"oid"`
	// Name is the one that RFC 5280 has for the OID, or a usual one.
	Name     string `json:"name"`
	Critical bool   `json:"critical"`
	// Kind is "key-usage", "extended-key-usage", "basic-constraints", "subject-alt-name", "authority-key-identifier",
	// "subject-key-identifier", "undecodable" for one of these whose value cannot be decoded, or "other".
	Kind string `json:"kind"`
	// Usages are of a key usage: "digitalSignature" and its like.
	Usages []string `json:"usages"`
	// Purposes are of an extended key usage.
	Purposes []KeyPurpose `json:"purposes"`
	// CA is of basic constraints.
	CA bool `json:"ca"`
	// PathLength is how many certificates of CAs may stand below that of a CA; nil if that is not limited.
	PathLength *int `json:"path_length"`
	// Names are of a subject alternative name.
	Names []GeneralName `json:"names"`
	// KeyIdentifier is of both key identifiers.
	KeyIdentifier string `json:"key_identifier"`
	// Issuer and Serial are of an authority key identifier: the issuer and serial number of the signer's certificate.
	Issuer []GeneralName `json:"issuer"`
	Serial string        `json:"serial"`
}

// KeyPurpose is what a key may be used for, such as "serverAuth".
type KeyPurpose struct {
	OID  string `json:"oid"`
	Name string `json:"name"`
}

// GeneralName is one of the names of a subject or an issuer.
type GeneralName struct {
	// Kind is "other", "email", "dns", "directory", "edi-party", "uri", "ip" or "registered-id".
	Kind string `json:"kind"`
	// Text is the name; of "other" the OID of its form.
	Text string `json:"text"`
}

// InspectedPlace is a repair of an [InspectedItem].
type InspectedPlace struct {
	Code string   `json:"code"`
	Span JSONSpan `json:"span"`
}

// Problem is what was refused, and why.
type Problem struct {
	// Code is the name, Number the number of the error.
	Code    string   `json:"code"`
	Number  Code     `json:"number"`
	Message string   `json:"message"`
	Span    JSONSpan `json:"span"`
}

// JSONSpan is a [Span] in the JSON forms: [start, end].
type JSONSpan Span

// UnmarshalJSON reads [start, end]; null leaves it as it is.
func (s *JSONSpan) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	var ends []int
	if err := json.Unmarshal(text, &ends); err != nil {
		return err
	}
	if len(ends) != 2 {
		return fmt.Errorf("a span has %d ends", len(ends))
	}
	s.Start, s.End = ends[0], ends[1]
	return nil
}

// MarshalJSON writes [start, end].
func (s JSONSpan) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.Start, s.End}) }

// Status is the status of an application.
type Status struct {
	ID        string `json:"id"`
	Activated bool   `json:"activated"`
	// Certificate and Key are "grey" or "green".
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	// Unsaved reports whether a draft waits to be saved.
	Unsaved bool `json:"unsaved"`
	// Signs is the SHA-256 of the certificate that signs; "" if nothing does.
	Signs string `json:"signs"`
	// Waits is the next certificate.
	Waits *struct {
		SHA256 string `json:"sha256"`
		// Stage is "draft", "saved" or "published".
		Stage string `json:"stage"`
	} `json:"waits"`
	Active    *DatedCertificate `json:"active"`
	Previous  *DatedCertificate `json:"previous"`
	Providers []ProviderStatus  `json:"providers"`
	Revision  uint64            `json:"revision"`
	// Pending is the half that waits for its other half.
	Pending *PendingHalf `json:"pending"`
	// Condition is "nothing-signs", "not-yet-valid", "active", "expiring" or "expired".
	Condition string `json:"condition"`
	// ToDo is the first thing to do; nil if nothing is to do now.
	ToDo *Action `json:"to_do"`
}

// DatedCertificate is a certificate and its validity.
type DatedCertificate struct {
	SHA256    string   `json:"sha256"`
	NotBefore UnixTime `json:"not_before"`
	NotAfter  UnixTime `json:"not_after"`
}

// ProviderStatus is the status of a service provider.
type ProviderStatus struct {
	Login
	// Stale reports whether it should be given certificates that it was not given.
	Stale bool `json:"stale"`
	// Holds are the digests of what it is known to hold.
	Holds []string `json:"holds"`
}

// PendingHalf is a half of a pair that waits for the other.
type PendingHalf struct {
	// Kind is "certificate" or "private-key".
	Kind string `json:"kind"`
	// SHA256 is that of the certificate, or of the public half of the key.
	SHA256 string   `json:"sha256"`
	Since  UnixTime `json:"since"`
}

// Action is something to do.
type Action struct {
	// Action is its name, such as "publish" or "wait-for-pull".
	Action string `json:"action"`
	// Providers are the entity IDs that it concerns.
	Providers []string `json:"providers"`
	// Until is of "wait-for-pull".
	Until UnixTime `json:"until"`
	// Missing is of "complete-upload": "certificate" or "private-key".
	Missing string `json:"missing"`
	Message string `json:"message"`
}

// Plan is what to do in order.
type Plan struct {
	ID    string        `json:"id"`
	Steps []PlannedStep `json:"steps"`
	// EarliestCutOver is nil if nothing waits to be cut over to.
	EarliestCutOver *EarliestCutOver `json:"earliest_cut_over"`
}

// PlannedStep is something to do, not before its moment.
type PlannedStep struct {
	At UnixTime `json:"at"`
	Action
}

// EarliestCutOver is from when on a cut-over breaks no login, if the blockers are confirmed by then.
type EarliestCutOver struct {
	At       UnixTime `json:"at"`
	Blockers []string `json:"blockers"`
}

// Login reports whether logins at a service provider work.
type Login struct {
	EntityID string `json:"entity_id"`
	// Login is "works", "breaks" or "unknown".
	Login string `json:"login"`
	// Why is such as "confirmed", "holds-another" or "may-not-have-pulled".
	Why string `json:"why"`
	// Until is of "may-not-have-pulled": from then on logins work.
	Until UnixTime `json:"until"`
	// Message is "" if they work.
	Message string `json:"message"`
}

// Logins are whose logins work, in the order of the entity IDs.
type Logins struct {
	Logins []Login `json:"logins"`
}

// Impact says whose logins would work after a step.
type Impact struct {
	// Step is "save", "cut-over", "roll-back" or "retire".
	Step   string  `json:"step"`
	Logins []Login `json:"logins"`
}

// Role is the part that a certificate plays in an application.
type Role struct {
	// Role is "active", "next", "previous", "pending" or "former".
	Role string `json:"role"`
	// Stage is of a next one: "draft", "saved" or "published".
	Stage string `json:"stage"`
	// Ending is of a former one: "retired", "displaced", "discarded", "replaced", "lost" or "compromised".
	Ending string `json:"ending"`
	// Since is the moment at which it came to that.
	Since UnixTime `json:"since"`
}

// Certificates are all certificates of an application, those that begin latest first.
type Certificates struct {
	ID           string              `json:"id"`
	Certificates []ListedCertificate `json:"certificates"`
}

// ListedCertificate is one of [Certificates].
type ListedCertificate struct {
	SHA256     string `json:"sha256"`
	SPKISHA256 string `json:"spki_sha256"`
	Role
	PublishedAt UnixTime `json:"published_at"`
	Subject     string   `json:"subject"`
	Serial      string   `json:"serial"`
	NotBefore   UnixTime `json:"not_before"`
	NotAfter    UnixTime `json:"not_after"`
	Key         string   `json:"key"`
	Bits        int      `json:"bits"`
}

// Identification is the certificate of an application that a text belongs to.
type Identification struct {
	// Verdict is "known", "ambiguous", "foreign" or "unreadable".
	Verdict string       `json:"verdict"`
	Found   []Identified `json:"found"`
}

// Identified is a certificate that a text belongs to.
type Identified struct {
	// SHA256 is that of the certificate; of a key that waits, that of its public half.
	SHA256 string `json:"sha256"`
	// Part is what the text has of it: "certificate" or "key".
	Part string `json:"part"`
	Role
	Message string `json:"message"`
}

// Providers are the service providers of an application, in the order of their entity IDs.
type Providers struct {
	Providers []Provider `json:"providers"`
}

// Provider is a service provider as it stands in the record.
type Provider struct {
	EntityID   string `json:"entity_id"`
	Name       string `json:"name"`
	Capability struct {
		// Kind is "one-certificate", "several-certificates", "metadata" or "fingerprint".
		Kind string `json:"kind"`
		// PullIntervalS is of "metadata", in seconds.
		PullIntervalS uint32 `json:"pull_interval_s"`
		// Algorithm is of "fingerprint": the name of a hash.
		Algorithm string `json:"algorithm"`
	} `json:"capability"`
	PasteFormat string    `json:"paste_format"`
	Profile     string    `json:"profile"`
	Holds       []Holding `json:"holds"`
	// Exported is what it was given last.
	Exported *struct {
		At           UnixTime `json:"at"`
		Certificates []string `json:"certificates"`
	} `json:"exported"`
}

// Holding is a certificate that a service provider is known to hold.
type Holding struct {
	Certificate struct {
		Algorithm string `json:"algorithm"`
		Digest    string `json:"digest"`
		// Target is "certificate" or "spki".
		Target string `json:"target"`
	} `json:"certificate"`
	Since UnixTime `json:"since"`
	// Known is "confirmed" or "exported".
	Known string `json:"known"`
}

// Exports are what service providers should be given; [Application.DownloadsFor] gives the files.
type Exports struct {
	Exports []Export `json:"exports"`
}

// Export is what one service provider should be given.
type Export struct {
	EntityID      string `json:"entity_id"`
	SuggestedName string `json:"suggested_name"`
	// Bytes is the size of the file.
	Bytes int `json:"bytes"`
	// Certificates are the SHA-256 of those in it.
	Certificates []string `json:"certificates"`
}

// Notice is a message that a certificate expires.
type Notice struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}
