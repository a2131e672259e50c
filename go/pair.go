package samlcert

import (
	"time"

	"samlcert/internal/capi"
)

// Pair is a certificate and the private key that belongs to it: one that exists is the proof.
//
// For keys that any program made, that is all. Call [Pair.TrialSignature] before taking over a pair from somebody who might
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

// CheckPair tells whether the key belongs to the certificate. What cannot be proven is an error, and no verdict.
func CheckPair(certificate *Certificate, key *PrivateKey) (Verdict, error) {
	verdict, err := capi.PairVerdict(certificate.raw(), key.raw())
	return result(Verdict(verdict), err)
}

// Close frees it; see the chapter on closing above.
func (p *Pair) Close() error {
	p.raw().Close()
	return nil
}

// Certificate is its certificate, to be closed by the caller.
func (p *Pair) Certificate() (*Certificate, error) { return certificate(p.raw().Certificate()) }

// PrivateKey is its private key, to be closed by the caller.
func (p *Pair) PrivateKey() (*PrivateKey, error) { return privateKey(p.raw().PrivateKey()) }

// UsualScheme is the signature scheme that is usual for the certificate's key; 0 if it allows none.
func (p *Pair) UsualScheme() Scheme { return Scheme(p.raw().UsualScheme()) }

// Sign signs a message, and verifies the signature before it gives it out. Signatures of ECDSA are DER.
func (p *Pair) Sign(scheme Scheme, message []byte) ([]byte, error) {
	return result(p.raw().Sign(uint32(scheme), message))
}

// TrialSignature signs a fixed message and verifies it: that finds keys that somebody crafted.
func (p *Pair) TrialSignature() error { return wrap(p.raw().TrialSignature()) }

// Renew makes a new certificate for the same key, with the subject and the extensions of the old one.
func (p *Pair) Renew(lifetime Lifetime, now time.Time) (*Pair, error) {
	length, err := lifetime.c()
	if err != nil {
		return nil, err
	}
	return pair(p.raw().Renew(length, now.Unix()))
}

// CSR makes a PKCS#10 request for a CA, in a form.
func (p *Pair) CSR(form Form) ([]byte, error) { return result(p.raw().CSR(uint32(form))) }
