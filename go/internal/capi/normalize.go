package capi

// #include <samlcert.h>
import "C"

// Normalize calls samlcert_normalize.
func Normalize(paste []byte) (*Normalized, error) {
	return normalizedOf(func(out **C.samlcert_normalized, e **C.samlcert_error) C.samlcert_status {
		p, n := in(paste)
		return C.samlcert_normalize(p, n, out, e)
	})
}

// JSON calls samlcert_normalized_json.
func (o *Normalized) JSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_normalized_json(p, out, e)
	})
}

// Item is what C tells of an item, without the object.
type Item struct {
	Kind    uint32
	Label   string
	Span    Span
	Repairs []Remark
	Notes   []Remark
}

// Remark is a repair, or a note, which has no span.
type Remark struct {
	Name, Message string
	Span          Span
}

// Refusal is what samlcert_normalized_refusal tells.
type Refusal struct {
	Code    uint32
	Message string
	Span    Span
}

// Items calls all the functions that tell of the items.
func (o *Normalized) Items() ([]Item, error) {
	p := o.enter()
	defer o.leave(p != nil)
	items := make([]Item, 0, int(C.samlcert_normalized_item_count(p)))
	for index := C.size_t(0); index < C.samlcert_normalized_item_count(p); index++ {
		item, err := item(p, index)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func item(p *C.samlcert_normalized, index C.size_t) (Item, error) {
	var place C.samlcert_span
	var e *C.samlcert_error
	status := C.samlcert_normalized_item_span(p, index, &place, &e)
	if err := failure(status, e); err != nil {
		return Item{}, err
	}
	repairs, err := repairs(p, index)
	if err != nil {
		return Item{}, err
	}
	notes, err := notes(p, index)
	return Item{
		Kind:    uint32(C.samlcert_normalized_item_kind(p, index)),
		Label:   text(C.samlcert_normalized_item_label(p, index)),
		Span:    span(place),
		Repairs: repairs,
		Notes:   notes,
	}, err
}

func repairs(p *C.samlcert_normalized, index C.size_t) ([]Remark, error) {
	var repairs []Remark
	for repair := C.size_t(0); repair < C.samlcert_normalized_item_repair_count(p, index); repair++ {
		var name, message C.samlcert_slice
		var place C.samlcert_span
		var e *C.samlcert_error
		status := C.samlcert_normalized_item_repair(p, index, repair, &name, &message, &place, &e)
		if err := failure(status, e); err != nil {
			return nil, err
		}
		repairs = append(repairs, Remark{text(name), text(message), span(place)})
	}
	return repairs, nil
}

func notes(p *C.samlcert_normalized, index C.size_t) ([]Remark, error) {
	var notes []Remark
	for note := C.size_t(0); note < C.samlcert_normalized_item_note_count(p, index); note++ {
		var name, message C.samlcert_slice
		var e *C.samlcert_error
		status := C.samlcert_normalized_item_note(p, index, note, &name, &message, &e)
		if err := failure(status, e); err != nil {
			return nil, err
		}
		notes = append(notes, Remark{Name: text(name), Message: text(message)})
	}
	return notes, nil
}

// Refusals calls samlcert_normalized_refusal for each.
func (o *Normalized) Refusals() ([]Refusal, error) {
	p := o.enter()
	defer o.leave(p != nil)
	refusals := make([]Refusal, 0, int(C.samlcert_normalized_refusal_count(p)))
	for index := C.size_t(0); index < C.samlcert_normalized_refusal_count(p); index++ {
		var code C.samlcert_status
		var message C.samlcert_slice
		var place C.samlcert_span
		var e *C.samlcert_error
		status := C.samlcert_normalized_refusal(p, index, &code, &message, &place, &e)
		if err := failure(status, e); err != nil {
			return nil, err
		}
		refusals = append(refusals, Refusal{uint32(code), text(message), span(place)})
	}
	return refusals, nil
}

// Certificate calls samlcert_normalized_certificate.
func (o *Normalized) Certificate(index int) (*Certificate, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return certificateOf(func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_normalized_certificate(p, C.size_t(index), out, e)
	})
}

// PrivateKey calls samlcert_normalized_private_key.
func (o *Normalized) PrivateKey(index int) (*PrivateKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_normalized_private_key(p, C.size_t(index), out, e)
	})
}

// EncryptedKey calls samlcert_normalized_encrypted_key.
func (o *Normalized) EncryptedKey(index int) (*EncryptedKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return encryptedKeyOf(func(out **C.samlcert_encrypted_key, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_normalized_encrypted_key(p, C.size_t(index), out, e)
	})
}
