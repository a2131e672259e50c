package samlcert

import "samlcert/internal/capi"

// Fingerprint is the digest of a certificate or of a public key. It is a value: == compares, and it can be a key of a map.
type Fingerprint struct{ value capi.Fingerprint }

func fingerprint(value capi.Fingerprint, err error) (Fingerprint, error) {
	return result(Fingerprint{value}, err)
}

// FingerprintOf makes the fingerprint of DER: of a certificate, or of a SubjectPublicKeyInfo, as target says. It does not
// look at what the DER is.
func FingerprintOf(hash Hash, target Target, der []byte) (Fingerprint, error) {
	return fingerprint(capi.FingerprintOf(uint32(hash), uint32(target), der))
}

// ParseFingerprint reads a fingerprint in any notation that people copy: hexadecimal with or without separators, base64,
// with or without the name of the hash.
func ParseFingerprint(text string) (Fingerprint, error) {
	return fingerprint(capi.ParseFingerprint([]byte(text)))
}

// Hash is the hash that it was made with.
func (f Fingerprint) Hash() Hash { return Hash(f.value.Hash) }

// Target is what it is the digest of.
func (f Fingerprint) Target() Target { return Target(f.value.Target) }

// Digest is the digest itself.
func (f Fingerprint) Digest() []byte {
	if f.value.Len > uint32(len(f.value.Digest)) {
		return nil
	}
	return append([]byte(nil), f.value.Digest[:f.value.Len]...)
}

// IsZero reports whether it is the zero value, which is the fingerprint of nothing.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// Equal reports whether hash, target and digest are the same; it compares the digests in constant time.
func (f Fingerprint) Equal(other Fingerprint) bool { return f.value.Equal(other.value) }

// String is the digest in upper case with colons, as most programs show it; "" of the zero value.
func (f Fingerprint) String() string { return f.format(capi.FingerprintNotationColons) }

// Hex is the digest in lower case without separators; "" of the zero value.
func (f Fingerprint) Hex() string { return f.format(capi.FingerprintNotationHex) }

func (f Fingerprint) format(notation uint32) string {
	text, err := f.value.Format(notation)
	if err != nil {
		return ""
	}
	return string(text)
}
