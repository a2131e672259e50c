package samlcert

import "samlcert/internal/capi"

// Normalized is the content of a text. At least one of the two lists is not empty.
type Normalized struct {
	// Items are what was found, in the order of the text.
	Items []Item
	// Refused are the parts that were refused, and why.
	Refused []Refusal
	handle  *capi.Normalized
}

// Item is a certificate or key that was found.
type Item struct {
	Kind Kind
	// Label is the label of its PEM; "" if the text had none.
	Label string
	// Span is its place in the text.
	Span Span
	// Repairs are the faults of the text that were repaired.
	Repairs []Repair
	// Notes are the oddities of the item.
	Notes []Note

	of    *Normalized
	index int
}

// Repair is a fault of the text that was repaired.
type Repair struct {
	// Name is for programs, such as "mail-quotes"; Message is for people.
	Name, Message string
	// Span is its place in the text.
	Span Span
}

// Note is an oddity of an item.
type Note struct {
	// Name is for programs, such as "weak-key"; Message is for people.
	Name, Message string
}

// Refusal is a part of a text that was refused, and why.
type Refusal struct {
	Code    Code
	Name    string
	Message string
	// Span is its place in the text.
	Span Span
}

// Normalize reads what somebody pasted: certificates and keys in any wrapping. It refuses nothing as a whole: what
// cannot be read is in Refused.
func Normalize(paste []byte) (*Normalized, error) {
	handle, err := capi.Normalize(paste)
	if err != nil {
		return nil, wrap(err)
	}
	n := &Normalized{handle: handle}
	if err := n.read(); err != nil {
		handle.Close()
		return nil, wrap(err)
	}
	return n, nil
}

func (n *Normalized) read() error {
	items, err := n.handle.Items()
	if err != nil {
		return err
	}
	for index, item := range items {
		n.Items = append(n.Items, readItem(n, index, item))
	}
	refusals, err := n.handle.Refusals()
	for _, refusal := range refusals {
		code := Code(refusal.Code)
		n.Refused = append(n.Refused, Refusal{code, code.Name(), refusal.Message, Span(refusal.Span)})
	}
	return err
}

func readItem(of *Normalized, index int, item capi.Item) Item {
	read := Item{Kind: Kind(item.Kind), Label: item.Label, Span: Span(item.Span), of: of, index: index}
	for _, repair := range item.Repairs {
		read.Repairs = append(read.Repairs, Repair{repair.Name, repair.Message, Span(repair.Span)})
	}
	for _, note := range item.Notes {
		read.Notes = append(read.Notes, Note{note.Name, note.Message})
	}
	return read
}

func (n *Normalized) raw() *capi.Normalized {
	if n == nil || n.handle == nil {
		return &capi.Normalized{}
	}
	return n.handle
}

// Close frees what it holds; the certificates and keys that were taken out of it stay. See Closing in the package documentation.
func (n *Normalized) Close() error {
	n.raw().Close()
	return nil
}

// Inspection is the same as one of the JSON forms.
func (n *Normalized) Inspection() (*Inspection, error) { return decode[Inspection](n.InspectionJSON()) }

// InspectionJSON is the JSON of it.
func (n *Normalized) InspectionJSON() ([]byte, error) { return result(n.raw().JSON()) }

// Certificate is the item itself, to be closed by the caller; an error of [CodeWrongKind] if it is none.
func (i Item) Certificate() (*Certificate, error) {
	return certificate(i.of.raw().Certificate(i.index))
}

// PrivateKey is the item itself, to be closed by the caller; an error of [CodeWrongKind] if it is none.
func (i Item) PrivateKey() (*PrivateKey, error) { return privateKey(i.of.raw().PrivateKey(i.index)) }

// EncryptedKey is the item itself, to be closed by the caller; an error of [CodeWrongKind] if it is none.
func (i Item) EncryptedKey() (*EncryptedKey, error) {
	return encryptedKey(i.of.raw().EncryptedKey(i.index))
}
