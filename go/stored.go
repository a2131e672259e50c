package samlcert

import "encoding/json"

// Log is events, the oldest first.
type Log struct {
	Events []Event `json:"events"`
}

// Event is a step that was taken. What is stored is the JSON that the step gave: an Event is for looking at it.
type Event struct {
	// Version is that of the stored form.
	Version int `json:"version"`
	// Sequence is the revision of the record after the step.
	Sequence uint64   `json:"sequence"`
	At       UnixTime `json:"at"`
	Actor    string   `json:"actor"`
	Reason   string   `json:"reason"`
	Change   Change   `json:"change"`
}

// Change is what a step changed.
type Change struct {
	// Kind is such as "published" or "cut-over".
	Kind string `json:"kind"`
	// SHA256 names the certificate that the change is about, where there is one.
	SHA256 string `json:"sha256"`
	// Accepted are the entity IDs that were accepted.
	Accepted []string `json:"accepted"`
	// JSON is all of the change.
	JSON json.RawMessage `json:"-"`
}

// UnmarshalJSON reads a change, and keeps all of it.
func (c *Change) UnmarshalJSON(text []byte) error {
	type fields Change
	if err := json.Unmarshal(text, (*fields)(c)); err != nil {
		return err
	}
	c.JSON = append(json.RawMessage(nil), text...)
	return nil
}

// MarshalJSON writes the change as it was read.
func (c Change) MarshalJSON() ([]byte, error) { return c.JSON.MarshalJSON() }

// ParseEvent reads what a step gave.
func ParseEvent(stored json.RawMessage) (*Event, error) { return decode[Event](stored, nil) }

// Settings are what an application says of itself in metadata, and its policy.
type Settings struct {
	EntityID OptionalText `json:"entity_id"`
	// SSO and SLO are the endpoints of single sign-on and of logout.
	SSO []Endpoint `json:"sso"`
	SLO []Endpoint `json:"slo"`
	// NameIDFormats are such as "email-address" or "persistent".
	NameIDFormats []string      `json:"name_id_formats"`
	Organization  *Organization `json:"organization"`
	Contact       *Contact      `json:"contact"`
	// SkewS is by how many seconds clocks may differ.
	SkewS uint32 `json:"skew_s"`
	// Policy is the name of a [Policy]: "on-save" or "staged".
	Policy string `json:"policy"`
}

// MarshalJSON writes the form that is stored, in which lists are never null.
func (s Settings) MarshalJSON() ([]byte, error) {
	type form Settings
	s.SSO, s.SLO = append([]Endpoint{}, s.SSO...), append([]Endpoint{}, s.SLO...)
	s.NameIDFormats = append([]string{}, s.NameIDFormats...)
	return json.Marshal(form(s))
}

// Endpoint is where a message of SAML is sent, and how.
type Endpoint struct {
	// Binding is "redirect", "post", "artifact" or "soap".
	Binding  string `json:"binding"`
	Location string `json:"location"`
}

// Organization is who runs an identity provider.
type Organization struct {
	Name string       `json:"name"`
	URL  OptionalText `json:"url"`
}

// Contact is whom to write to.
type Contact struct {
	Name OptionalText `json:"name"`
	Mail string       `json:"mail"`
}

// OptionalText is a text that is null in JSON if it is empty.
type OptionalText string

// MarshalJSON writes the text, or null.
func (t OptionalText) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}
