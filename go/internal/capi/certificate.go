package capi

// #include <samlcert.h>
import "C"

// CertificateFromDER calls samlcert_certificate_from_der.
func CertificateFromDER(der []byte) (*Certificate, error) {
	return certificateOf(func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status {
		p, n := in(der)
		return C.samlcert_certificate_from_der(p, n, out, e)
	})
}

// CertificateFromPEM calls samlcert_certificate_from_pem.
func CertificateFromPEM(text []byte) (*Certificate, error) {
	return certificateOf(func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status {
		p, n := in(text)
		return C.samlcert_certificate_from_pem(p, n, out, e)
	})
}

// DER calls samlcert_certificate_der.
func (o *Certificate) DER() []byte {
	p := o.enter()
	defer o.leave(p != nil)
	return copied(C.samlcert_certificate_der(p))
}

// Write calls samlcert_certificate_write.
func (o *Certificate) Write(form uint32) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_certificate_write(p, C.uint32_t(form), out, e)
	})
}

// Version calls samlcert_certificate_version.
func (o *Certificate) Version() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_certificate_version(p))
}

// Serial calls samlcert_certificate_serial.
func (o *Certificate) Serial() []byte {
	p := o.enter()
	defer o.leave(p != nil)
	return copied(C.samlcert_certificate_serial(p))
}

// Subject calls samlcert_certificate_subject.
func (o *Certificate) Subject() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_certificate_subject(p, out, e)
	})
}

// Issuer calls samlcert_certificate_issuer.
func (o *Certificate) Issuer() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_certificate_issuer(p, out, e)
	})
}

// Validity calls samlcert_certificate_not_before and samlcert_certificate_not_after; false if it was closed.
func (o *Certificate) Validity() (notBefore, notAfter int64, ok bool) {
	p := o.enter()
	defer o.leave(p != nil)
	return int64(C.samlcert_certificate_not_before(p)), int64(C.samlcert_certificate_not_after(p)), p != nil
}

// SPKIDER calls samlcert_certificate_spki_der.
func (o *Certificate) SPKIDER() []byte {
	p := o.enter()
	defer o.leave(p != nil)
	return copied(C.samlcert_certificate_spki_der(p))
}

// KeyAlgorithm calls samlcert_certificate_key_algorithm.
func (o *Certificate) KeyAlgorithm() string {
	p := o.enter()
	defer o.leave(p != nil)
	return text(C.samlcert_certificate_key_algorithm(p))
}

// KeyBits calls samlcert_certificate_key_bits.
func (o *Certificate) KeyBits() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_certificate_key_bits(p))
}

// SignatureAlgorithm calls samlcert_certificate_signature_algorithm.
func (o *Certificate) SignatureAlgorithm() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_certificate_signature_algorithm(p, out, e)
	})
}

// IsSelfIssued calls samlcert_certificate_is_self_issued.
func (o *Certificate) IsSelfIssued() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_certificate_is_self_issued(p))
}

// SelfSignature calls samlcert_certificate_self_signature.
func (o *Certificate) SelfSignature() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_certificate_self_signature(p))
}

// SubjectKeyIdentifier calls samlcert_certificate_subject_key_identifier.
func (o *Certificate) SubjectKeyIdentifier() []byte {
	p := o.enter()
	defer o.leave(p != nil)
	return copied(C.samlcert_certificate_subject_key_identifier(p))
}

// IsCA calls samlcert_certificate_is_ca.
func (o *Certificate) IsCA() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_certificate_is_ca(p))
}

// KeyUsage calls samlcert_certificate_key_usage.
func (o *Certificate) KeyUsage() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_certificate_key_usage(p))
}

// ExtensionsJSON calls samlcert_certificate_extensions_json.
func (o *Certificate) ExtensionsJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_certificate_extensions_json(p, out, e)
	})
}

// Fingerprint calls samlcert_certificate_fingerprint.
func (o *Certificate) Fingerprint(hash uint32) (Fingerprint, error) {
	p := o.enter()
	defer o.leave(p != nil)
	var out C.samlcert_fingerprint
	var e *C.samlcert_error
	status := C.samlcert_certificate_fingerprint(p, C.uint32_t(hash), &out, &e)
	return fingerprint(out), failure(status, e)
}

// SPKIFingerprint calls samlcert_certificate_spki_fingerprint.
func (o *Certificate) SPKIFingerprint(hash uint32) (Fingerprint, error) {
	p := o.enter()
	defer o.leave(p != nil)
	var out C.samlcert_fingerprint
	var e *C.samlcert_error
	status := C.samlcert_certificate_spki_fingerprint(p, C.uint32_t(hash), &out, &e)
	return fingerprint(out), failure(status, e)
}

// HasFingerprint calls samlcert_certificate_has_fingerprint.
func (o *Certificate) HasFingerprint(f Fingerprint) bool {
	p := o.enter()
	defer o.leave(p != nil)
	of := f.c()
	return bool(C.samlcert_certificate_has_fingerprint(p, &of))
}

// Notes calls samlcert_certificate_note for each.
func (o *Certificate) Notes() []string {
	p := o.enter()
	defer o.leave(p != nil)
	var notes []string
	for index := C.size_t(0); index < C.samlcert_certificate_note_count(p); index++ {
		notes = append(notes, text(C.samlcert_certificate_note(p, index)))
	}
	return notes
}

// Comparison is a samlcert_comparison.
type Comparison struct {
	Relation, Newer uint32
	FirstDifference int64
}

// Compare calls samlcert_compare.
func Compare(first, second *Certificate) (Comparison, error) {
	one := first.enter()
	defer first.leave(one != nil)
	other := second.enter()
	defer second.leave(other != nil)
	var out C.samlcert_comparison
	var e *C.samlcert_error
	status := C.samlcert_compare(one, other, &out, &e)
	compared := Comparison{uint32(out.relation), uint32(out.newer), int64(out.first_difference)}
	return compared, failure(status, e)
}
