package samlcert

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"strings"
	"testing"
)

func TestFingerprintsAsGoComputesThem(t *testing.T) {
	der := []byte("any bytes will do")
	one, two, three, five := sha1.Sum(der), sha256.Sum256(der), sha512.Sum384(der), sha512.Sum512(der)
	for hash, digest := range map[Hash][]byte{SHA1: one[:], SHA256: two[:], SHA384: three[:], SHA512: five[:]} {
		for _, target := range []Target{TargetCertificate, TargetSPKI} {
			made := must(FingerprintOf(hash, target, der))
			if !bytes.Equal(made.Digest(), digest) || made.Hash() != hash || made.Target() != target {
				t.Errorf("%v of %v: %v", hash, target, made)
			}
		}
	}
}

func TestFingerprintNotations(t *testing.T) {
	made := must(fixtureCertificate(t, "rsa-2048").Fingerprint(SHA512))
	if strings.ToLower(strings.ReplaceAll(made.String(), ":", "")) != made.Hex() || len(made.String()) != 191 {
		t.Errorf("%q, %q", made, made.Hex())
	}
	for _, notation := range []string{made.String(), made.Hex(), "SHA512 Fingerprint=" + made.String()} {
		if read := must(ParseFingerprint(notation)); read != made || !read.Equal(made) {
			t.Errorf("%q is %v", notation, read)
		}
	}
}

func TestFingerprintsAreValues(t *testing.T) {
	certificate := fixtureCertificate(t, "rsa-2048")
	whole, spki := must(certificate.Fingerprint(SHA256)), must(certificate.SPKIFingerprint(SHA256))
	known := map[Fingerprint]string{whole: "certificate", spki: "key"}
	if len(known) != 2 || known[must(ParseFingerprint(whole.Hex()))] != "certificate" || whole.Equal(spki) {
		t.Errorf("%v", known)
	}
	for of, has := range map[Fingerprint]bool{whole: true, spki: true, must(FingerprintOf(SHA256, TargetCertificate, nil)): false} {
		if certificate.HasFingerprint(of) != has {
			t.Errorf("%v: %v", of, !has)
		}
	}
	var zero Fingerprint
	if !zero.IsZero() || whole.IsZero() || zero.String() != "" || zero.Hex() != "" || zero.Digest() != nil || certificate.HasFingerprint(zero) {
		t.Error("the zero value is of something")
	}
}

func TestRefusedFingerprints(t *testing.T) {
	for text, code := range map[string]Code{
		"": CodeFingerprintEmpty, "abc": CodeFingerprintLength, strings.Repeat("zz", 20): CodeFingerprintEmpty,
		"SHA-256: " + strings.Repeat("00", 20): CodeFingerprintLabel,
	} {
		var whole *Error
		if _, err := ParseFingerprint(text); !errors.Is(err, code) || !errors.As(err, &whole) || whole.Span == nil {
			t.Errorf("%q: %v, and not %v", text, err, code)
		}
	}
	if _, err := FingerprintOf(0, TargetSPKI, nil); !errors.Is(err, CodeUnknownSelector) {
		t.Error(err)
	}
}

func TestCompare(t *testing.T) {
	for _, row := range []struct {
		first, second string
		relation      Relation
		newer         Newer
	}{
		{"rsa-2048", "rsa-2048", RelationIdentical, NewerNeither},
		{"rsa-2048", "rsa-2048-renewed", RelationSameKey, NewerSecond},
		{"rsa-2048-same-subject-new-key", "rsa-2048", RelationSameSubject, NewerSecond},
		{"rsa-2048", "p256", RelationSameSubject, 0},
	} {
		compared := must(Compare(fixtureCertificate(t, row.first), fixtureCertificate(t, row.second)))
		if compared.Relation != row.relation || row.newer != 0 && compared.Newer != row.newer {
			t.Errorf("%s, %s: %+v", row.first, row.second, compared)
		}
		if (compared.FirstDifference == -1) != (row.relation == RelationIdentical) {
			t.Errorf("%s, %s differ at %d", row.first, row.second, compared.FirstDifference)
		}
	}
}
