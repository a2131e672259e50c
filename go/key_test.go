package samlcert

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestKeys(t *testing.T) {
	for _, row := range table(t, "keys/table.tsv") {
		if row[1] == "refused" || row[1] == "opens" {
			continue
		}
		key := must(PrivateKeyFromPEM(data(t, "keys/"+row[0])))
		if key.Algorithm() != row[1] || fmt.Sprint(key.Bits()) != row[2] {
			t.Errorf("%s: %s, %d", row[0], key.Algorithm(), key.Bits())
		}
		// Attributes and parameters are parts that nothing proves.
		plain := !strings.Contains(row[0], "attributes") && !strings.Contains(row[0], "pss")
		if key.ProvesItself() != (plain && row[4] == "yes") {
			t.Errorf("%s proves itself: %v", row[0], key.ProvesItself())
		}
		again := must(PrivateKeyFromDER(must(key.SecretWrite(FormDER))))
		if !bytes.Equal(again.SPKIDER(), key.SPKIDER()) || again.EmbedsPublicHalf() != key.EmbedsPublicHalf() {
			t.Errorf("%s: written and read, it is another", row[0])
		}
		key.Close()
		again.Close()
	}
}

func TestPublicHalvesAsGoComputesThem(t *testing.T) {
	for _, name := range []string{"rsa-2048", "rsa-2048-e3", "p256", "p384", "p521", "ed25519"} {
		key := fixtureKey(t, name)
		theirs := must(x509.ParsePKCS8PrivateKey(must(key.SecretPKCS8DER())))
		public := theirs.(interface{ Public() crypto.PublicKey }).Public()
		if spki := must(x509.MarshalPKIXPublicKey(public)); !bytes.Equal(spki, key.SPKIDER()) {
			t.Errorf("%s: %x, and not %x", name, key.SPKIDER(), spki)
		}
		of := must(FingerprintOf(SHA256, TargetSPKI, key.SPKIDER()))
		if f := must(key.Fingerprint(SHA256)); f != of {
			t.Errorf("%s: %v, and not %v", name, f, of)
		}
	}
}

func TestRefusedKeys(t *testing.T) {
	for _, row := range table(t, "keys/table.tsv") {
		if row[1] != "refused" || strings.HasPrefix(row[0], "encrypted/") {
			continue
		}
		if _, err := PrivateKeyFromPEM(data(t, "keys/"+row[0])); codeName(err) != row[2] {
			t.Errorf("%s: %v, and not %s", row[0], err, row[2])
		}
	}
}

func TestEncryptedKeys(t *testing.T) {
	password := bytes.TrimSpace(data(t, "keys/password"))
	for _, file := range []string{"pbkdf2-SHA256-aes-256-cbc.pem", "scrypt.pem", "proc-type-rsa-2048-aes256.pem", "rsa-2048.der"} {
		normalized := must(Normalize(data(t, "keys/encrypted/"+file)))
		encrypted := must(normalized.Items[0].EncryptedKey())
		if _, err := encrypted.Decrypt([]byte("wrong horse")); !errors.Is(err, CodeDecryptFailed) {
			t.Errorf("%s: %v", file, err)
		}
		key := must(encrypted.Decrypt(password))
		if key.Algorithm() == "" || encrypted.Label() == "" {
			t.Errorf("%s: %q, %q", file, key.Algorithm(), encrypted.Label())
		}
	}
}

func TestEncryptAndDecrypt(t *testing.T) {
	key := fixtureKey(t, "p256")
	if _, err := key.Encrypt(nil); !errors.Is(err, CodeEmptyPassword) {
		t.Errorf("an empty password: %v", err)
	}
	encrypted := must(key.Encrypt([]byte("battery staple")))
	again := must(EncryptedKeyFromDER(must(encrypted.Write(FormDER))))
	opened := must(again.Decrypt([]byte("battery staple")))
	if !bytes.Equal(opened.SPKIDER(), key.SPKIDER()) {
		t.Error("encrypted and decrypted, it is another")
	}
	if block, _ := pem.Decode(must(encrypted.Write(FormPEM))); block == nil || block.Type != "ENCRYPTED PRIVATE KEY" {
		t.Errorf("%v", block)
	}
}

func TestSecretsPrintNothing(t *testing.T) {
	secret := must(fixtureKey(t, "p256").SecretWrite(FormPEM))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		printed := fmt.Sprintf(verb, secret) + fmt.Sprintf(verb, struct{ Key Secret }{secret})
		if strings.Contains(printed, "BEGIN") || strings.Contains(printed, "42, 69") || len(printed) > 100 {
			t.Errorf("%s prints %q", verb, printed)
		}
	}
}

func TestWipe(t *testing.T) {
	secret := must(fixtureKey(t, "p256").SecretWrite(FormPEM))
	if !bytes.HasPrefix(secret, []byte("-----BEGIN PRIVATE KEY-----\n")) {
		t.Error("it is no PEM")
	}
	secret.Wipe()
	if !bytes.Equal(secret, make([]byte, len(secret))) {
		t.Error("it is still there")
	}
}

func TestGenerateKey(t *testing.T) {
	for kind, expected := range map[KeyKind]string{
		KeyRSA2048: "rsa 2048", KeyECP256: "ec-p256 256", KeyECP384: "ec-p384 384", KeyEd25519: "ed25519 256",
	} {
		key := must(GenerateKey(kind))
		if made := fmt.Sprint(key.Algorithm(), " ", key.Bits()); made != expected || key.Label() != "PRIVATE KEY" {
			t.Errorf("%s, %s, and not %s", made, key.Label(), expected)
		}
	}
	if _, err := GenerateKey(0); !errors.Is(err, CodeUnknownSelector) {
		t.Error(err)
	}
}

func TestPairs(t *testing.T) {
	certificate, key := data(t, "certificates/rsa-2048.pem"), data(t, "keys/rsa-2048.pem")
	for name, pair := range map[string]*Pair{
		"objects":    must(NewPair(must(CertificateFromPEM(certificate)), must(PrivateKeyFromPEM(key)))),
		"DER":        must(PairFromDER(der(t, "certificates/rsa-2048.pem"), der(t, "keys/rsa-2048.pem"))),
		"one paste":  must(PairFromPaste(append(append([]byte(nil), key...), certificate...))),
		"two pastes": must(PairFromPastes(certificate, key)),
	} {
		own, half := must(pair.Certificate()), must(pair.PrivateKey())
		if !bytes.Equal(own.DER(), der(t, "certificates/rsa-2048.pem")) || !bytes.Equal(own.SPKIDER(), half.SPKIDER()) {
			t.Errorf("%s: another certificate, or another key", name)
		}
		if err := pair.TrialSignature(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		pair.Close()
	}
}

func TestVerdicts(t *testing.T) {
	pss := must(CertificateFromPEM(data(t, "certificates/rsa-2048.pem")))
	for _, row := range []struct {
		certificate *Certificate
		key         *PrivateKey
		verdict     Verdict
		name        string
	}{
		{pss, fixtureKey(t, "rsa-2048"), VerdictMatch, "match"},
		{pss, fixtureKey(t, "rsa-3072"), VerdictAnotherKey, "another-key"},
	} {
		if verdict, err := CheckPair(row.certificate, row.key); verdict != row.verdict || verdict.String() != row.name || err != nil {
			t.Errorf("%v, %v, and not %s", verdict, err, row.name)
		}
	}
	unsupported := must(CertificateFromPEM(data(t, "certificates/secp256k1.pem")))
	if verdict, err := CheckPair(unsupported, fixtureKey(t, "p256")); verdict != 0 || !errors.Is(err, CodeUnsupportedCertificateKey) {
		t.Errorf("%v, %v", verdict, err)
	}
}

func TestSignaturesAsGoVerifiesThem(t *testing.T) {
	message := []byte("<Response/>")
	for name, schemes := range map[string]map[Scheme]x509.SignatureAlgorithm{
		"rsa-2048": {
			SchemeRSAPKCS1SHA256: x509.SHA256WithRSA, SchemeRSAPKCS1SHA384: x509.SHA384WithRSA,
			SchemeRSAPKCS1SHA512: x509.SHA512WithRSA, SchemeRSAPSSSHA256: x509.SHA256WithRSAPSS,
			SchemeRSAPSSSHA384: x509.SHA384WithRSAPSS, SchemeRSAPSSSHA512: x509.SHA512WithRSAPSS,
		},
		"p256":    {SchemeECDSASHA256: x509.ECDSAWithSHA256},
		"p384":    {SchemeECDSASHA384: x509.ECDSAWithSHA384},
		"p521":    {SchemeECDSASHA512: x509.ECDSAWithSHA512},
		"ed25519": {SchemeEd25519: x509.PureEd25519},
	} {
		pair := must(NewPair(fixtureCertificate(t, name), fixtureKey(t, name)))
		theirs := must(x509.ParseCertificate(der(t, "certificates/"+name+".pem")))
		for scheme, algorithm := range schemes {
			if err := theirs.CheckSignature(algorithm, message, must(pair.Sign(scheme, message))); err != nil {
				t.Errorf("%s, %v: %v", name, algorithm, err)
			}
		}
		if _, usual := schemes[pair.UsualScheme()]; !usual {
			t.Errorf("%s: the usual scheme is %d", name, pair.UsualScheme())
		}
	}
	pair := must(NewPair(fixtureCertificate(t, "p256"), fixtureKey(t, "p256")))
	if _, err := pair.Sign(SchemeEd25519, message); !errors.Is(err, CodeUnsuitableScheme) {
		t.Error(err)
	}
}

func TestIssueRenewAndRequest(t *testing.T) {
	now := at("2026-11-24T10:00:00Z")
	request := IssueRequest{
		CommonName: "idp.example.org", Organization: "Example", OrganizationalUnit: "SSO", Country: "DE",
		KeyKind: KeyECP256, Lifetime: Days(30).BackDated(time.Hour),
	}
	pair := must(request.Issue(now))
	issued(t, pair, "CN=idp.example.org,OU=SSO,O=Example,C=DE", Validity{now.Add(-time.Hour), now.AddDate(0, 0, 30)})
	later := now.AddDate(0, 0, 20)
	renewed := must(pair.Renew(Years(2), later))
	issued(t, renewed, "CN=idp.example.org,OU=SSO,O=Example,C=DE", Validity{later, later.AddDate(2, 0, 0)})
	asked := must(x509.ParseCertificateRequest(must(pair.CSR(FormDER))))
	if err := asked.CheckSignature(); err != nil || !bytes.Equal(asked.RawSubjectPublicKeyInfo, must(pair.Certificate()).SPKIDER()) {
		t.Errorf("%v, %v", err, asked.Subject)
	}
}

// issued fails unless Go takes the certificate for one of this subject and validity, which its key signed.
func issued(t *testing.T, pair *Pair, subject string, validity Validity) {
	t.Helper()
	own := must(pair.Certificate())
	if own.Subject() != subject || own.Issuer() != subject || own.Validity() != validity {
		t.Errorf("%s, %s, %v", own.Subject(), own.Issuer(), own.Validity())
	}
	theirs := must(x509.ParseCertificate(own.DER()))
	if err := theirs.CheckSignature(theirs.SignatureAlgorithm, theirs.RawTBSCertificate, theirs.Signature); err != nil {
		t.Error(err)
	}
	if !goPair(own.DER(), must(must(pair.PrivateKey()).SecretPKCS8DER())) {
		t.Error("Go does not take it for a pair")
	}
}

func TestIssueUsually(t *testing.T) {
	now := at("2026-11-24T10:00:00Z")
	certificate := must(must(IssueRequest{CommonName: "idp"}.Issue(now)).Certificate())
	validity := Validity{now, now.AddDate(5, 0, 0)}
	if certificate.KeyAlgorithm() != "rsa" || certificate.KeyBits() != 2048 || certificate.Validity() != validity {
		t.Errorf("%s, %d, %v", certificate.KeyAlgorithm(), certificate.KeyBits(), certificate.Validity())
	}
}

func TestRefusedRequests(t *testing.T) {
	for name, row := range map[string]struct {
		request IssueRequest
		code    Code
	}{
		"no name":          {IssueRequest{}, CodeAttributeEmpty},
		"a long country":   {IssueRequest{CommonName: "a", Country: "Germany"}, CodeCountry},
		"a long unit":      {IssueRequest{CommonName: "a", OrganizationalUnit: strings.Repeat("a", 65)}, CodeAttributeTooLong},
		"no character":     {IssueRequest{CommonName: "a", Organization: "\x00"}, CodeAttributeCharacter},
		"no text":          {IssueRequest{CommonName: "\xff"}, CodeNotUTF8},
		"no lifetime":      {IssueRequest{CommonName: "a", Lifetime: Days(0)}, CodeNoLifetime},
		"a negative one":   {IssueRequest{CommonName: "a", Lifetime: Days(-1)}, CodeOutOfRange},
		"a broken second":  {IssueRequest{CommonName: "a", Lifetime: Days(1).BackDated(1)}, CodeOutOfRange},
		"no kind of a key": {IssueRequest{CommonName: "a", KeyKind: 99}, CodeUnknownSelector},
	} {
		if _, err := row.request.Issue(at("2026-11-24T10:00:00Z")); !errors.Is(err, row.code) {
			t.Errorf("%s: %v, and not %v", name, err, row.code)
		}
	}
}
