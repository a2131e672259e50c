package samlcert

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net"
	"net/url"
	"strings"
	"testing"
)

// What Go refuses, and why it is read here all the same.
var goRefuses = map[string]string{
	"P-192.pem":                  "an elliptic curve that Go does not have",
	"brainpoolP256r1.pem":        "an elliptic curve that Go does not have",
	"brainpoolP384r1.pem":        "an elliptic curve that Go does not have",
	"secp256k1.pem":              "an elliptic curve that Go does not have",
	"compressed-point.pem":       "a compressed point is the same key",
	"compressed-point-p384.pem":  "a compressed point is the same key",
	"compressed-point-p521.pem":  "a compressed point is the same key",
	"p256-explicit.pem":          "a curve that is spelled out is read as a key that cannot sign",
	"name-invalid-printable.pem": "an invalid string is noted",
}

// What older releases of Go refuse, and newer ones read.
var oldGoRefuses = map[string]string{
	"name-universal.pem": "a UniversalString",
}

// What Go reads, and why it is refused here.
var goReads = map[string]string{
	"refused/date-with-offset.der":          "RFC 5280 wants dates in UTC",
	"refused/date-without-seconds.der":      "RFC 5280 wants seconds",
	"refused/extensions-empty.der":          "RFC 5280 wants one extension at least where there is a list",
	"refused/rdn-empty.der":                 "RFC 5280 wants one attribute at least in each part of a name",
	"refused/trailing-in-sequence.der":      "something stands behind the last field",
	"refused/validity-inverted.der":         "Go does not compare the dates before it verifies a chain",
	"refused/version-1-with-extensions.der": "version 1 has no extensions",
	"refused/version-1-written-out.der":     "DER does not write a default value",
	"refused/signature-by-another-key.der":  "Go verifies no signature before it is asked to",
	"refused/signature-damaged-ed25519.der": "Go verifies no signature before it is asked to",
	"refused/signature-damaged-rsa.der":     "Go verifies no signature before it is asked to",
	"refused/signature-damaged.der":         "Go verifies no signature before it is asked to",
	"refused/signature-empty.der":           "Go verifies no signature before it is asked to",
	"refused/signature-of-another-kind.der": "Go verifies no signature before it is asked to",
}

// What some releases of Go read, and others refuse.
var oldGoReads = map[string]string{
	"refused/name-octet-string.der":       "newer ones read a name that is no string",
	"refused/name-bmp-lone-surrogate.der": "half a surrogate pair is no character",
}

// Self-signatures of which Go says something else.
var goVerifies = map[string]string{
	"P-224.pem":                      "a curve that cannot sign SAML is not checked here",
	"p256-sha1.pem":                  "ECDSA with SHA-1 is not checked here",
	"p256-sha224.pem":                "Go does not have the hash in certificates",
	"rsa-2048-sha224.pem":            "Go does not have the hash in certificates",
	"rsa-2048-pss-signed-salt20.pem": "Go knows PSS by its usual salts alone",
	"rsa-2048-pss-signed-sha1.pem":   "Go knows PSS by its usual hashes alone",
	"rsa-pss-2048.pem":               "Go does not know keys for PSS alone",
	"rsa-pss-2048-sha256.pem":        "Go does not know keys for PSS alone",
}

// certificateDER is that of a fixture, without the trailer of a TRUSTED CERTIFICATE, which only a text may have.
func certificateDER(t *testing.T, name string) []byte {
	bytes := der(t, "certificates/"+name)
	if size := int(bytes[2])<<8 | int(bytes[3]); name == "trusted-certificate.pem" {
		return bytes[:size+4]
	}
	return bytes
}

func TestCertificatesAsGoReadsThem(t *testing.T) {
	for _, row := range table(t, "certificates/table.tsv") {
		name := row[0]
		bytes := certificateDER(t, name)
		theirs, err := x509.ParseCertificate(bytes)
		if row[1] == "refused" {
			listed(t, name, err == nil, goReads, oldGoReads)
			continue
		}
		listed(t, name, err != nil, goRefuses, oldGoRefuses)
		if err == nil {
			sameCertificate(t, name, must(CertificateFromDER(bytes)), theirs)
		}
	}
}

// listed fails unless a difference stands in the list, and nothing else does.
func listed(t *testing.T, name string, differs bool, list, old map[string]string) {
	t.Helper()
	_, stands := list[name]
	if _, either := old[name]; !either && stands != differs {
		t.Errorf("%s: in the list: %v, Go differs: %v", name, stands, differs)
	}
}

func sameCertificate(t *testing.T, name string, own *Certificate, theirs *x509.Certificate) {
	defer own.Close()
	sha1s, sha256s, sha512s := sha1.Sum(theirs.Raw), sha256.Sum256(theirs.Raw), sha512.Sum512(theirs.Raw)
	spki := sha256.Sum256(theirs.RawSubjectPublicKeyInfo)
	for field, both := range map[string][2][]byte{
		"DER":                {own.DER(), theirs.Raw},
		"public key":         {own.SPKIDER(), theirs.RawSubjectPublicKeyInfo},
		"SHA-1":              {must(own.Fingerprint(SHA1)).Digest(), sha1s[:]},
		"SHA-256":            {must(own.Fingerprint(SHA256)).Digest(), sha256s[:]},
		"SHA-512":            {must(own.Fingerprint(SHA512)).Digest(), sha512s[:]},
		"SHA-256 of the key": {must(own.SPKIFingerprint(SHA256)).Digest(), spki[:]},
		"key identifier":     {own.SubjectKeyIdentifier(), theirs.SubjectKeyId},
		"version":            {{byte(own.Version())}, {byte(theirs.Version)}},
		"PEM":                {must(own.Write(FormPEM)), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: theirs.Raw})},
		"first moment":       {[]byte(own.Validity().NotBefore.String()), []byte(theirs.NotBefore.String())},
		"last moment":        {[]byte(own.Validity().NotAfter.String()), []byte(theirs.NotAfter.String())},
		"serial":             {[]byte(own.SerialNumber().String()), []byte(theirs.SerialNumber.String())},
	} {
		if !bytes.Equal(both[0], both[1]) {
			t.Errorf("%s: %s is %q, Go says %q", name, field, both[0], both[1])
		}
	}
	if own.IsSelfIssued() != bytes.Equal(theirs.RawSubject, theirs.RawIssuer) {
		t.Errorf("%s: self-issued: %v", name, own.IsSelfIssued())
	}
	sameExtensions(t, name, own, theirs)
	err := theirs.CheckSignature(theirs.SignatureAlgorithm, theirs.RawTBSCertificate, theirs.Signature)
	listed(t, name, (own.SelfSignature() == SelfSignatureValid) != (err == nil), goVerifies, nil)
}

// sameExtensions compares what the extensions say.
func sameExtensions(t *testing.T, name string, own *Certificate, theirs *x509.Certificate) {
	extensions := must(own.Extensions())
	if len(extensions) != len(theirs.Extensions) {
		t.Fatalf("%s: %d extensions, Go says %d", name, len(extensions), len(theirs.Extensions))
	}
	said := map[string][]string{}
	for index, extension := range extensions {
		other := theirs.Extensions[index]
		if extension.OID != other.Id.String() || extension.Critical != other.Critical {
			t.Errorf("%s: extension %d is %+v, Go says %v", name, index, extension, other)
		}
		for _, name := range extension.Names {
			said[name.Kind] = append(said[name.Kind], name.Text)
		}
		for _, purpose := range extension.Purposes {
			said["purpose"] = append(said["purpose"], purpose.OID)
		}
		if extension.PathLength != nil {
			said["path"] = append(said["path"], fmt.Sprint(*extension.PathLength))
		}
		if extension.Kind == "authority-key-identifier" {
			said["signer"] = append(said["signer"], extension.KeyIdentifier)
		}
	}
	expected := map[string][]string{"dns": theirs.DNSNames, "email": theirs.EmailAddresses}
	for _, address := range theirs.IPAddresses {
		expected["ip"] = append(expected["ip"], address.String())
	}
	for _, uri := range theirs.URIs {
		expected["uri"] = append(expected["uri"], uri.String())
	}
	for _, purpose := range theirs.ExtKeyUsage {
		expected["purpose"] = append(expected["purpose"], purposes[purpose])
	}
	if theirs.BasicConstraintsValid && (theirs.MaxPathLen > 0 || theirs.MaxPathLenZero) {
		expected["path"] = []string{fmt.Sprint(theirs.MaxPathLen)}
	}
	if theirs.AuthorityKeyId != nil {
		expected["signer"] = []string{hex.EncodeToString(theirs.AuthorityKeyId)}
	}
	for _, kind := range []string{"dns", "email", "ip", "uri", "purpose", "path", "signer"} {
		if strings.Join(said[kind], " ") != strings.Join(expected[kind], " ") {
			t.Errorf("%s: %s is %q, Go says %q", name, kind, said[kind], expected[kind])
		}
	}
	usage := own.KeyUsage()
	if usage == math.MaxUint32 {
		usage = 0
	}
	if own.IsCA() != theirs.IsCA || usage != uint32(theirs.KeyUsage) {
		t.Errorf("%s: CA %v, key usage %x, Go says %v, %x", name, own.IsCA(), usage, theirs.IsCA, theirs.KeyUsage)
	}
}

var purposes = map[x509.ExtKeyUsage]string{
	x509.ExtKeyUsageAny:             "2.5.29.37.0",
	x509.ExtKeyUsageServerAuth:      "1.3.6.1.5.5.7.3.1",
	x509.ExtKeyUsageEmailProtection: "1.3.6.1.5.5.7.3.4",
}

// What Go writes into the extensions is read out of them.
func TestExtensionsAsGoWritesThem(t *testing.T) {
	public, private, _ := ed25519.GenerateKey(nil)
	address := must(url.Parse("https://idp.example.org/saml?a=b"))
	for name, template := range map[string]x509.Certificate{
		"nothing": {},
		"names": {DNSNames: []string{"b.example", "a.example"}, EmailAddresses: []string{"ada@example.org"},
			IPAddresses: []net.IP{net.IPv4(192, 0, 2, 1).To4(), net.ParseIP("2001:db8::1")}, URIs: []*url.URL{address}},
		"usages": {KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageDecipherOnly,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageAny, x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageEmailProtection}},
		"a CA":    {BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true, SubjectKeyId: []byte{1, 2}},
		"a path":  {BasicConstraintsValid: true, IsCA: true, MaxPathLen: 255, KeyUsage: x509.KeyUsageCertSign},
		"no CA":   {BasicConstraintsValid: true},
		"unknown": {ExtraExtensions: []pkix.Extension{{Id: []int{1, 2, 3}, Critical: true, Value: []byte{5, 0}}}},
	} {
		template.SerialNumber, template.NotAfter = big.NewInt(1), at("2040-01-01T00:00:00Z")
		made := must(x509.CreateCertificate(rand.Reader, &template, &template, public, private))
		own, theirs := must(CertificateFromDER(made)), must(x509.ParseCertificate(made))
		sameExtensions(t, name, own, theirs)
		own.Close()
	}
}

func TestExtensions(t *testing.T) {
	certificate := fixtureCertificate(t, "chain-root")
	extensions := must(certificate.Extensions())
	usage := extensions[3]
	if len(extensions) != 4 || usage.OID != "2.5.29.15" || usage.Name != "keyUsage" || usage.Kind != "key-usage" ||
		!usage.Critical || strings.Join(usage.Usages, " ") != "keyCertSign cRLSign" {
		t.Errorf("%+v", extensions)
	}
	certificate.Close()
	if extensions, err := certificate.Extensions(); extensions != nil || !errors.Is(err, CodeNullArgument) {
		t.Errorf("%v %v", extensions, err)
	}
}

// Certificates that Go reads, and whose keys it does not.
var goHasNoPair = map[string]string{
	"rsa-pss-2048.pem":        "Go does not know keys for PSS alone",
	"rsa-pss-2048-sha256.pem": "Go does not know keys for PSS alone",
}

// goPair reports whether Go takes a certificate and a key, as DER, for a pair.
func goPair(certificate, key []byte) bool {
	block := func(label string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
	}
	_, err := tls.X509KeyPair(block("CERTIFICATE", certificate), block("PRIVATE KEY", key))
	return err == nil
}

// Every key beside every certificate.
func TestPairsAsGoReadsThem(t *testing.T) {
	type key struct {
		name string
		der  []byte
		own  *PrivateKey
	}
	var keys []key
	for _, row := range table(t, "keys/table.tsv") {
		if row[1] == "refused" || row[1] == "opens" || !strings.HasSuffix(row[0], ".pem") {
			continue
		}
		bytes := der(t, "keys/"+row[0])
		keys = append(keys, key{row[0], bytes, must(PrivateKeyFromDER(bytes))})
	}
	for _, row := range table(t, "certificates/table.tsv") {
		if row[1] == "refused" || !strings.HasSuffix(row[0], ".pem") {
			continue
		}
		bytes := certificateDER(t, row[0])
		own := must(CertificateFromDER(bytes))
		for _, key := range keys {
			verdict, err := CheckPair(own, key.own)
			match := err == nil && verdict == VerdictMatch
			differs := match != goPair(bytes, key.der)
			if differs && !in(row[0], goRefuses, oldGoRefuses, goHasNoPair) {
				t.Errorf("%s, %s: %v, %v; Go says something else", row[0], key.name, verdict, err)
			}
		}
	}
}

func in(name string, lists ...map[string]string) bool {
	for _, list := range lists {
		if _, stands := list[name]; stands {
			return true
		}
	}
	return false
}

// What Go does not see in a key that was tampered with, by the beginning of what was done to it, and why.
var goOverlooks = map[string]string{
	"another-public":               "Go computes the public half from the secret, and does not look at the one beside it",
	"compressed-public-wrong-sign": "Go computes the public half from the secret, and does not look at the one beside it",
	"public-":                      "Go computes the public half from the secret, and does not look at the one beside it",
	"sec1-another-public":          "Go computes the public half from the secret, and does not look at the one beside it",
	"v2-":                          "Go does not look at the public half of PKCS#8 version 2",
	"v1-with-public":               "Go does not look at the version of PKCS#8",
	"version-":                     "Go does not look at the version",
	"dp-":                          "Go computes it anew from the primes",
	"dq-":                          "Go computes it anew from the primes",
	"qinv-":                        "Go computes it anew from the primes",
	"p-q-":                         "Go computes the rest anew from the primes",
	"d-one-octet-more":             "Go cuts zeros off",
	"inner-curve-disagrees":        "Go does not look at the curve inside",
	"composite-":                   "Go does not look whether the primes are primes",
	"trailing-":                    "Go does not look behind the fields that it knows",
}

// What only older releases of Go do not see.
var oldGoOverlooks = map[string]string{
	"same-n-another-e":      "they compare the modulus alone",
	"certificate-another-e": "they compare the modulus alone",
	"d-larger-than-n":       "they want d to be inverse to e alone",
}

// Keys that are the same in other words, and that Go does not read.
var goDoesNotRead = map[string]string{
	"of-compressed-certificate":    "Go reads no certificates with compressed points",
	"compressed-both":              "Go reads no certificates with compressed points",
	"plain-key-of-pss-certificate": "Go does not know keys for PSS alone",
	"pss-key-as-plain-key":         "Go does not know keys for PSS alone",
}

func TestTamperedKeysAsGoReadsThem(t *testing.T) {
	used := map[string]bool{}
	for _, row := range table(t, "tampered/table.tsv") {
		name, done, expected := row[0], row[1], strings.TrimPrefix(row[2], "refused ")
		certificate, key := der(t, row[3]), der(t, "tampered/"+name)
		pair, err := PairFromDER(certificate, key)
		if expected == "trial-signature" && err == nil {
			err = pair.TrialSignature()
		}
		if said := codeName(err); said != expected && !(said == "" && expected == "match") {
			t.Errorf("%s: %s, and not %s", name, said, expected)
		}
		switch theirs := goPair(certificate, key); {
		case expected == "match":
			listed(t, done, !theirs, goDoesNotRead, nil)
		case theirs && !in(done, oldGoOverlooks):
			overlooked(t, done, used)
		}
	}
	for done := range goOverlooks {
		if !used[done] {
			t.Errorf("Go sees everything of %s", done)
		}
	}
}

func overlooked(t *testing.T, done string, used map[string]bool) {
	t.Helper()
	for start := range goOverlooks {
		if strings.HasPrefix(done, start) {
			used[start] = true
			return
		}
	}
	t.Errorf("Go does not see %s", done)
}

// codeName is the name of an error's code; "" of none.
func codeName(err error) string {
	var code Code
	if errors.As(err, &code) {
		return code.Name()
	}
	return ""
}
