package samlcert

import (
	"time"

	"samlcert/internal/capi"
)

// Pair is a certificate and the private key that belongs to it. That they match is proven.
//
// For keys that a program generated, that is enough. Call [Pair.TrialSignature] before taking over a pair from somebody who might
// have crafted its key.
type Pair struct{ handle *capi.Pair }

func (p *Pair) raw() *capi.Pair {
	if p == nil || p.handle == nil {
		return &capi.Pair{}
	}
	return p.handle
}

// pair owns one; nil stays nil.
func pair(handle *capi.Pair, err error) (*Pair, error) {
	if err != nil || handle == nil {
		return nil, wrap(err)
	}
	return &Pair{handle}, nil
}

// NewPair proves that the key belongs to the certificate. Both stay the caller's; the pair shares them.
func NewPair(certificate *Certificate, key *PrivateKey) (*Pair, error) {
	return pair(capi.NewPair(certificate.raw(), key.raw()))
}

// PairFromDER reads the DER of both, and proves the pair.
func PairFromDER(certificate, key []byte) (*Pair, error) {
	return pair(capi.PairFromDER(certificate, key))
}

// PairFromPaste takes the pair out of a text that holds both, and perhaps the chain.
func PairFromPaste(paste []byte) (*Pair, error) { return pair(capi.PairFromPaste(paste)) }

// PairFromPastes takes the pair out of two texts.
func PairFromPastes(certificate, key []byte) (*Pair, error) {
	return pair(capi.PairFromPastes(certificate, key))
}

// CheckPair tells whether the key belongs to the certificate. What cannot be proven is an error, not a verdict.
func CheckPair(certificate *Certificate, key *PrivateKey) (Verdict, error) {
	verdict, err := capi.PairVerdict(certificate.raw(), key.raw())
	return result(Verdict(verdict), err)
}

// Close frees it; see Closing in the package documentation.
func (p *Pair) Close() error {
	p.raw().Close()
	return nil
}

// Certificate is its certificate, to be closed by the caller.
func (p *Pair) Certificate() (*Certificate, error) { return certificate(p.raw().Certificate()) }

// PrivateKey is its private key, to be closed by the caller.
func (p *Pair) PrivateKey() (*PrivateKey, error) { return privateKey(p.raw().PrivateKey()) }

// UsualScheme is the default signature scheme for the certificate's key; 0 if the key allows none.
func (p *Pair) UsualScheme() Scheme { return Scheme(p.raw().UsualScheme()) }

// Sign signs a message, and verifies the signature before it returns it. ECDSA signatures are DER.
func (p *Pair) Sign(scheme Scheme, message []byte) ([]byte, error) {
	return result(p.raw().Sign(uint32(scheme), message))
}

// TrialSignature makes a test signature and verifies it, which exposes crafted keys.
func (p *Pair) TrialSignature() error { return wrap(p.raw().TrialSignature()) }

// Renew makes a new certificate for the same key, with the subject and the extensions of the old one.
func (p *Pair) Renew(lifetime Lifetime, now time.Time) (*Pair, error) {
	length, err := lifetime.c()
	if err != nil {
		return nil, err
	}
	return pair(p.raw().Renew(length, now.Unix()))
}

// CSR makes a certificate signing request (PKCS#10), in a form.
func (p *Pair) CSR(form Form) ([]byte, error) { return result(p.raw().CSR(uint32(form))) }
