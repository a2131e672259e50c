package samlcert

import "samlcert/internal/capi"

// name is the name of a selector: the first of the names is that of 1.
func name[T ~uint32](selector T, names ...string) string {
	if selector == 0 || uint64(selector) > uint64(len(names)) {
		return ""
	}
	return names[selector-1]
}

// Hash is a hash algorithm of fingerprints.
type Hash uint32

// The hash algorithms.
const (
	SHA1   Hash = capi.HashSHA1
	SHA256 Hash = capi.HashSHA256
	SHA384 Hash = capi.HashSHA384
	SHA512 Hash = capi.HashSHA512
)

// String is the name in the JSON forms.
func (h Hash) String() string { return name(h, "sha1", "sha256", "sha384", "sha512") }

// Target is what a fingerprint is of.
type Target uint32

// What a fingerprint is of: a whole certificate, or a public key (SubjectPublicKeyInfo).
const (
	TargetCertificate Target = capi.FingerprintTargetCertificate
	TargetSPKI        Target = capi.FingerprintTargetSPKI
)

// String is the name in the JSON forms.
func (t Target) String() string { return name(t, "certificate", "spki") }

// Form is a form in which an item is written.
type Form uint32

// The forms.
const (
	// FormPEM is PEM of 64 columns with LF.
	FormPEM Form = capi.FormPEM
	// FormPEMCRLF is PEM of 64 columns with CRLF.
	FormPEMCRLF Form = capi.FormPEMCRLF
	// FormBase64 is the base64 of the DER in one line.
	FormBase64 Form = capi.FormBase64
	// FormEscaped is PEM in one line with \n for line breaks.
	FormEscaped Form = capi.FormEscaped
	// FormBase64PEM is the base64 of the PEM.
	FormBase64PEM Form = capi.FormBase64PEM
	// FormDER is the DER.
	FormDER Form = capi.FormDER
	// FormElement is the text of an X509Certificate element, of certificates alone.
	FormElement Form = capi.FormElement
)

// Kind is the kind of an item.
type Kind uint32

// The kinds of items.
const (
	KindCertificate  Kind = capi.ItemKindCertificate
	KindPrivateKey   Kind = capi.ItemKindPrivateKey
	KindEncryptedKey Kind = capi.ItemKindEncryptedKey
)

// String is the name in the JSON forms.
func (k Kind) String() string { return name(k, "certificate", "private-key", "encrypted-private-key") }

// SelfSignature reports whether a certificate's own key signed it.
type SelfSignature uint32

// What is known of a self-signature.
const (
	SelfSignatureValid         SelfSignature = capi.SelfSignatureValid
	SelfSignatureInvalid       SelfSignature = capi.SelfSignatureInvalid
	SelfSignatureNotChecked    SelfSignature = capi.SelfSignatureNotChecked
	SelfSignatureNotSelfSigned SelfSignature = capi.SelfSignatureNotSelfSigned
)

// String is the name in the JSON forms.
func (s SelfSignature) String() string { return name(s, "valid", "invalid", "not-checked", "none") }

// Scheme is a signature scheme.
type Scheme uint32

// The signature schemes. Signatures of ECDSA are DER; XML Signature wants the two numbers one behind the other.
const (
	SchemeRSAPKCS1SHA256 Scheme = capi.SchemeRSAPKCS1SHA256
	SchemeRSAPKCS1SHA384 Scheme = capi.SchemeRSAPKCS1SHA384
	SchemeRSAPKCS1SHA512 Scheme = capi.SchemeRSAPKCS1SHA512
	SchemeRSAPSSSHA256   Scheme = capi.SchemeRSAPSSSHA256
	SchemeRSAPSSSHA384   Scheme = capi.SchemeRSAPSSSHA384
	SchemeRSAPSSSHA512   Scheme = capi.SchemeRSAPSSSHA512
	SchemeECDSASHA256    Scheme = capi.SchemeECDSASHA256
	SchemeECDSASHA384    Scheme = capi.SchemeECDSASHA384
	SchemeECDSASHA512    Scheme = capi.SchemeECDSASHA512
	SchemeEd25519        Scheme = capi.SchemeEd25519
)

// KeyKind is a kind of key that can be made.
type KeyKind uint32

// The kinds of keys that can be made.
const (
	KeyRSA2048 KeyKind = capi.KeyKindRSA2048
	KeyRSA3072 KeyKind = capi.KeyKindRSA3072
	KeyRSA4096 KeyKind = capi.KeyKindRSA4096
	KeyECP256  KeyKind = capi.KeyKindECP256
	KeyECP384  KeyKind = capi.KeyKindECP384
	KeyEd25519 KeyKind = capi.KeyKindEd25519
)

// Verdict reports whether a key belongs to a certificate.
type Verdict uint32

// The verdicts.
const (
	VerdictMatch      Verdict = capi.VerdictMatch
	VerdictAnotherKey Verdict = capi.VerdictAnotherKey
	// VerdictRestrictedToPSS is of an RSA key for PSS alone, and a certificate for any padding.
	VerdictRestrictedToPSS Verdict = capi.VerdictRestrictedToPSS
)

// String tells the verdict in a word.
func (v Verdict) String() string { return name(v, "match", "another-key", "restricted-to-pss") }

// Relation is how two certificates are related, the closest one.
type Relation uint32

// How two certificates are related.
const (
	RelationIdentical   Relation = capi.RelationIdentical
	RelationSameKey     Relation = capi.RelationSameKey
	RelationSameSubject Relation = capi.RelationSameSubject
	RelationUnrelated   Relation = capi.RelationUnrelated
)

// String is the name in the JSON forms.
func (r Relation) String() string {
	return name(r, "identical", "same-key", "same-subject", "unrelated")
}

// Newer is which of two certificates begins later, or, if they begin together, ends later.
type Newer uint32

// Which of two certificates is newer.
const (
	NewerFirst   Newer = capi.NewerFirst
	NewerSecond  Newer = capi.NewerSecond
	NewerNeither Newer = capi.NewerNeither
)

// String is the name in the JSON forms.
func (n Newer) String() string { return name(n, "first", "second", "neither") }

// Policy is what saving a certificate does.
type Policy uint32

// The policies.
const (
	// PolicyOnSave makes a saved certificate sign at once.
	PolicyOnSave Policy = capi.PolicyOnSave
	// PolicyStaged lets a saved certificate wait: it is published, and then cut over to.
	PolicyStaged Policy = capi.PolicyStaged
)

// String is the name in the JSON forms.
func (p Policy) String() string { return name(p, "on-save", "staged") }

// Capability is what a service provider can take.
type Capability uint32

// The capabilities.
const (
	CapabilityOneCertificate      Capability = capi.CapabilityOneCertificate
	CapabilitySeveralCertificates Capability = capi.CapabilitySeveralCertificates
	// CapabilityMetadata is of one that pulls metadata by itself, at the latest after the pull interval.
	CapabilityMetadata Capability = capi.CapabilityMetadata
	// CapabilityFingerprint is of one that takes the fingerprint of one certificate.
	CapabilityFingerprint Capability = capi.CapabilityFingerprint
)

// String is the name in the JSON forms.
func (c Capability) String() string {
	return name(c, "one-certificate", "several-certificates", "metadata", "fingerprint")
}

// PasteFormat is the form in which a service provider wants a certificate; 0 is the usual one of its capability.
type PasteFormat uint32

// The forms in which service providers want certificates.
const (
	PastePEM         PasteFormat = capi.PasteFormatPEM
	PastePEMCRLF     PasteFormat = capi.PasteFormatPEMCRLF
	PasteOneLine     PasteFormat = capi.PasteFormatOneLine
	PasteDER         PasteFormat = capi.PasteFormatDER
	PasteElement     PasteFormat = capi.PasteFormatElement
	PasteFingerprint PasteFormat = capi.PasteFormatFingerprint
)

// String is the name in the JSON forms.
func (p PasteFormat) String() string {
	return name(p, "pem", "pem-crlf", "one-line", "der", "element", "fingerprint")
}

// Profile is which certificates a service provider is given; 0 is the usual one of its capability.
type Profile uint32

// Which certificates a service provider is given.
const (
	ProfileActiveOnly Profile = capi.ProfileActiveOnly
	ProfileActiveNext Profile = capi.ProfileActiveNext
	ProfileNextActive Profile = capi.ProfileNextActive
)

// String is the name in the JSON forms.
func (p Profile) String() string { return name(p, "active-only", "active-next", "next-active") }

// RevocationReason is why a key must never sign again.
type RevocationReason uint32

// Why a key is revoked.
const (
	ReasonLost        RevocationReason = capi.RevocationReasonLost
	ReasonCompromised RevocationReason = capi.RevocationReasonCompromised
)

// String is the name in the JSON forms.
func (r RevocationReason) String() string { return name(r, "lost", "compromised") }

// Step is a step that may break logins, and is refused as long as those are not accepted.
type Step uint32

// The steps that may break logins.
const (
	StepSave     Step = capi.StepSave
	StepCutOver  Step = capi.StepCutOver
	StepRollBack Step = capi.StepRollBack
	StepRetire   Step = capi.StepRetire
)

// String is the name in the JSON forms.
func (s Step) String() string { return name(s, "save", "cut-over", "roll-back", "retire") }

// Place is where a certificate stands in an application.
type Place uint32

// Where a certificate stands.
const (
	// PlaceActive is of the pair that signs.
	PlaceActive Place = capi.PlaceActive
	// PlaceNext is of the pair that will sign.
	PlaceNext Place = capi.PlaceNext
	// PlacePrevious is of the pair that signed before, and can come back.
	PlacePrevious Place = capi.PlacePrevious
	// PlacePending is of a certificate that waits for its key.
	PlacePending Place = capi.PlacePending
)

// String is the name in the JSON forms.
func (p Place) String() string { return name(p, "active", "next", "previous", "pending") }

// Stage is how far the next certificate has come; 0 if there is none.
type Stage uint32

// The stages.
const (
	StageNone      Stage = capi.StageNone
	StageDraft     Stage = capi.StageDraft
	StageSaved     Stage = capi.StageSaved
	StagePublished Stage = capi.StagePublished
)

// String is the name in the JSON forms; "" of none.
func (s Stage) String() string { return name(s, "draft", "saved", "published") }

// Half is a half of a pair that waits for the other; 0 if none does.
type Half uint32

// The halves.
const (
	HalfNone        Half = capi.HalfNone
	HalfCertificate Half = capi.HalfCertificate
	HalfPrivateKey  Half = capi.HalfPrivateKey
)

// String is the name in the JSON forms; "" of none.
func (h Half) String() string { return name(h, "certificate", "private-key") }

// Light tells whether a certificate, or a key, is there; 0 after Close.
type Light uint32

// The lights.
const (
	LightGrey  Light = capi.LightGrey
	LightGreen Light = capi.LightGreen
)

// String is the name in the JSON forms.
func (l Light) String() string { return name(l, "grey", "green") }

// Condition is the state of the active certificate's validity at a moment; 0 after Close.
type Condition uint32

// The conditions.
const (
	ConditionNothingSigns Condition = capi.ConditionNothingSigns
	ConditionNotYetValid  Condition = capi.ConditionNotYetValid
	ConditionActive       Condition = capi.ConditionActive
	// ConditionExpiring begins 60 days before the end.
	ConditionExpiring Condition = capi.ConditionExpiring
	ConditionExpired  Condition = capi.ConditionExpired
)

// String is the name in the JSON forms.
func (c Condition) String() string {
	return name(c, "nothing-signs", "not-yet-valid", "active", "expiring", "expired")
}
