package capi

// #include <samlcert.h>
import "C"

// NewPair calls samlcert_pair_new.
func NewPair(certificate *Certificate, key *PrivateKey) (*Pair, error) {
	c, k := certificate.enter(), key.enter()
	defer certificate.leave(c != nil)
	defer key.leave(k != nil)
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_pair_new(c, k, out, e)
	})
}

// PairFromDER calls samlcert_pair_from_der.
func PairFromDER(certificate, key []byte) (*Pair, error) {
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		c, cn := in(certificate)
		k, kn := in(key)
		return C.samlcert_pair_from_der(c, cn, k, kn, out, e)
	})
}

// PairFromPaste calls samlcert_pair_from_paste.
func PairFromPaste(paste []byte) (*Pair, error) {
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		p, n := in(paste)
		return C.samlcert_pair_from_paste(p, n, out, e)
	})
}

// PairFromPastes calls samlcert_pair_from_pastes.
func PairFromPastes(certificate, key []byte) (*Pair, error) {
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		c, cn := in(certificate)
		k, kn := in(key)
		return C.samlcert_pair_from_pastes(c, cn, k, kn, out, e)
	})
}

// PairVerdict calls samlcert_pair_verdict.
func PairVerdict(certificate *Certificate, key *PrivateKey) (uint32, error) {
	c, k := certificate.enter(), key.enter()
	defer certificate.leave(c != nil)
	defer key.leave(k != nil)
	var out C.samlcert_verdict
	var e *C.samlcert_error
	status := C.samlcert_pair_verdict(c, k, &out, &e)
	return uint32(out), failure(status, e)
}

// Certificate calls samlcert_pair_certificate.
func (o *Pair) Certificate() (*Certificate, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return certificateOf(func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_pair_certificate(p, out, e)
	})
}

// PrivateKey calls samlcert_pair_private_key.
func (o *Pair) PrivateKey() (*PrivateKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_pair_private_key(p, out, e)
	})
}

// UsualScheme calls samlcert_pair_usual_scheme.
func (o *Pair) UsualScheme() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_pair_usual_scheme(p))
}

// Sign calls samlcert_pair_sign.
func (o *Pair) Sign(scheme uint32, message []byte) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		m, n := in(message)
		return C.samlcert_pair_sign(p, C.uint32_t(scheme), m, n, out, e)
	})
}

// TrialSignature calls samlcert_pair_trial_signature.
func (o *Pair) TrialSignature() error {
	p := o.enter()
	defer o.leave(p != nil)
	var e *C.samlcert_error
	status := C.samlcert_pair_trial_signature(p, &e)
	return failure(status, e)
}

// Lifetime is how long a certificate that is made will be valid.
type Lifetime struct{ Unit, Length, BackDatedS uint32 }

// Renew calls samlcert_pair_renew.
func (o *Pair) Renew(lifetime Lifetime, now int64) (*Pair, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		unit, length, backDated := C.uint32_t(lifetime.Unit), C.uint32_t(lifetime.Length), C.uint32_t(lifetime.BackDatedS)
		return C.samlcert_pair_renew(p, unit, length, backDated, C.int64_t(now), out, e)
	})
}

// CSR calls samlcert_pair_csr.
func (o *Pair) CSR(form uint32) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_pair_csr(p, C.uint32_t(form), out, e)
	})
}
