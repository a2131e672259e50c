package samlcert

import (
	"math/big"

	"samlcert/internal/capi"
)

// Certificate is an X.509 certificate, with the bytes as given.
type Certificate struct{ handle *capi.Certificate }

func (c *Certificate) raw() *capi.Certificate {
	if c == nil || c.handle == nil {
		return &capi.Certificate{}
	}
	return c.handle
}

// certificate owns one; nil stays nil.
func certificate(handle *capi.Certificate, err error) (*Certificate, error) {
	if err != nil || handle == nil {
		return nil, wrap(err)
	}
	return &Certificate{handle}, nil
}

// CertificateFromDER reads the DER of a certificate. It verifies no signature, and takes microseconds.
func CertificateFromDER(der []byte) (*Certificate, error) {
	return certificate(capi.CertificateFromDER(der))
}

// CertificateFromPEM reads the only certificate of a text, which may be anything that [Normalize] reads.
func CertificateFromPEM(text []byte) (*Certificate, error) {
	return certificate(capi.CertificateFromPEM(text))
}

// Close frees it; see Closing in the package documentation.
func (c *Certificate) Close() error {
	c.raw().Close()
	return nil
}

// DER is the certificate as given.
func (c *Certificate) DER() []byte { return c.raw().DER() }

// Write writes the certificate in a strict form.
func (c *Certificate) Write(form Form) ([]byte, error) { return result(c.raw().Write(uint32(form))) }

// Version is 1, 2 or 3.
func (c *Certificate) Version() int { return int(c.raw().Version()) }

// Serial is the content of the DER INTEGER that is the serial number.
func (c *Certificate) Serial() []byte { return c.raw().Serial() }

// SerialNumber is the serial number, which may be negative; nil after Close.
func (c *Certificate) SerialNumber() *big.Int {
	content := c.Serial()
	if len(content) == 0 {
		return nil
	}
	number := new(big.Int).SetBytes(content)
	if content[0] >= 0x80 {
		number.Sub(number, new(big.Int).Lsh(big.NewInt(1), uint(len(content))*8))
	}
	return number
}

// Subject is the name of the owner as RFC 4514 writes it.
func (c *Certificate) Subject() string { return string(orNone(c.raw().Subject())) }

// Issuer is the name of who signed it as RFC 4514 writes it.
func (c *Certificate) Issuer() string { return string(orNone(c.raw().Issuer())) }

// orNone is of what fails after Close alone.
func orNone(bytes []byte, err error) []byte {
	if err != nil {
		return nil
	}
	return bytes
}

// Validity is the period in which the certificate is valid.
func (c *Certificate) Validity() Validity {
	notBefore, notAfter, ok := c.raw().Validity()
	if !ok {
		return Validity{}
	}
	return Validity{moment(notBefore), moment(notAfter)}
}

// SPKIDER is the public key, the DER of its SubjectPublicKeyInfo.
func (c *Certificate) SPKIDER() []byte { return c.raw().SPKIDER() }

// KeyAlgorithm is the kind of the public key as in the JSON forms, such as "rsa" or "ec-p256".
func (c *Certificate) KeyAlgorithm() string { return c.raw().KeyAlgorithm() }

// KeyBits is the size of the public key; 0 for kinds without one.
func (c *Certificate) KeyBits() int { return int(c.raw().KeyBits()) }

// SignatureAlgorithm is the name of the algorithm with which it was signed.
func (c *Certificate) SignatureAlgorithm() string {
	return string(orNone(c.raw().SignatureAlgorithm()))
}

// IsSelfIssued reports whether subject and issuer are the same.
func (c *Certificate) IsSelfIssued() bool { return c.raw().IsSelfIssued() }

// SelfSignature verifies the signature if the certificate claims that its own key made it; 0 after Close.
func (c *Certificate) SelfSignature() SelfSignature { return SelfSignature(c.raw().SelfSignature()) }

// SubjectKeyIdentifier is the content of that extension; nil if it is not there.
func (c *Certificate) SubjectKeyIdentifier() []byte { return c.raw().SubjectKeyIdentifier() }

// IsCA reports whether the basic constraints say that the certificate is a CA's.
func (c *Certificate) IsCA() bool { return c.raw().IsCA() }

// KeyUsage is what the key may be used for, with the bits of [crypto/x509.KeyUsage]; all bits are set if the certificate does
// not say so, or what it says cannot be decoded.
func (c *Certificate) KeyUsage() uint32 { return c.raw().KeyUsage() }

// Extensions are the extensions of the certificate, in its order.
func (c *Certificate) Extensions() ([]Extension, error) {
	read, err := decode[struct {
		Extensions []Extension `json:"extensions"`
	}](c.raw().ExtensionsJSON())
	if read == nil {
		return nil, err
	}
	return read.Extensions, nil
}

// Fingerprint is that of the whole certificate.
func (c *Certificate) Fingerprint(hash Hash) (Fingerprint, error) {
	return fingerprint(c.raw().Fingerprint(uint32(hash)))
}

// SPKIFingerprint is that of the public key.
func (c *Certificate) SPKIFingerprint(hash Hash) (Fingerprint, error) {
	return fingerprint(c.raw().SPKIFingerprint(uint32(hash)))
}

// HasFingerprint reports whether it is the certificate, or has the public key, of a fingerprint.
func (c *Certificate) HasFingerprint(f Fingerprint) bool { return c.raw().HasFingerprint(f.value) }

// Notes are the names of the oddities of the certificate, such as "weak-key".
func (c *Certificate) Notes() []string { return c.raw().Notes() }

// Comparison is how two certificates differ.
type Comparison struct {
	Relation Relation
	Newer    Newer
	// FirstDifference counts the characters of the base64 that are the same in both; -1 if all are.
	FirstDifference int
}

// Compare compares two certificates.
func Compare(first, second *Certificate) (Comparison, error) {
	compared, err := capi.Compare(first.raw(), second.raw())
	made := Comparison{Relation(compared.Relation), Newer(compared.Newer), int(compared.FirstDifference)}
	return result(made, err)
}
