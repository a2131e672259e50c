package capi

// #include <samlcert.h>
import "C"

// Fingerprint is a samlcert_fingerprint.
type Fingerprint struct {
	Hash, Target, Len uint32
	Digest            [64]byte
}

func fingerprint(f C.samlcert_fingerprint) Fingerprint {
	made := Fingerprint{Hash: uint32(f.algorithm), Target: uint32(f.target), Len: uint32(f.digest_len)}
	for index, octet := range f.digest {
		made.Digest[index] = byte(octet)
	}
	return made
}

func (f Fingerprint) c() C.samlcert_fingerprint {
	made := C.samlcert_fingerprint{
		algorithm:  C.uint32_t(f.Hash),
		target:     C.uint32_t(f.Target),
		digest_len: C.uint32_t(f.Len),
	}
	for index, octet := range f.Digest {
		made.digest[index] = C.uint8_t(octet)
	}
	return made
}

// FingerprintOf calls samlcert_fingerprint_of.
func FingerprintOf(hash, target uint32, der []byte) (Fingerprint, error) {
	p, n := in(der)
	var out C.samlcert_fingerprint
	var e *C.samlcert_error
	status := C.samlcert_fingerprint_of(C.uint32_t(hash), C.uint32_t(target), p, n, &out, &e)
	return fingerprint(out), failure(status, e)
}

// ParseFingerprint calls samlcert_fingerprint_parse.
func ParseFingerprint(text []byte) (Fingerprint, error) {
	p, n := in(text)
	var out C.samlcert_fingerprint
	var e *C.samlcert_error
	status := C.samlcert_fingerprint_parse(p, n, &out, &e)
	return fingerprint(out), failure(status, e)
}

// Format calls samlcert_fingerprint_format.
func (f Fingerprint) Format(notation uint32) ([]byte, error) {
	of := f.c()
	// 64 octets with colons between them need 191.
	buffer := make([]byte, 192)
	for {
		p, n := in(buffer)
		var needed C.size_t
		var e *C.samlcert_error
		status := C.samlcert_fingerprint_format(&of, C.uint32_t(notation), p, n, &needed, &e)
		if status != C.SAMLCERT_ERROR_BUFFER_TOO_SMALL {
			return buffer[:int(needed)], failure(status, e)
		}
		C.samlcert_error_free(e)
		buffer = make([]byte, int(needed))
	}
}

// Equal calls samlcert_fingerprint_equal.
func (f Fingerprint) Equal(other Fingerprint) bool {
	one, another := f.c(), other.c()
	return bool(C.samlcert_fingerprint_equal(&one, &another))
}
