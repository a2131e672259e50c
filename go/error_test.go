package samlcert

import (
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The constants of this package, by name.
func constants(t *testing.T) map[string]Code {
	t.Helper()
	source := must(os.ReadFile("codes.go"))
	made := map[string]Code{}
	for _, found := range regexp.MustCompile(`(?m)^\t(\w+) +Code = (\d+)$`).FindAllStringSubmatch(string(source), -1) {
		made[found[1]] = Code(must(strconv.ParseUint(found[2], 10, 32)))
	}
	return made
}

func TestCodesAreThoseOfTheHeader(t *testing.T) {
	header := must(os.ReadFile("../include/samlcert.h"))
	defined := regexp.MustCompile(`(?m)^#define SAMLCERT_ERROR_(\w+) (\d+)`).FindAllStringSubmatch(string(header), -1)
	ours := constants(t)
	if len(defined) < 100 || len(ours) != len(defined) {
		t.Fatalf("%d codes here, %d in the header; run go generate", len(ours), len(defined))
	}
	byNumber := map[Code]string{}
	for name, code := range ours {
		byNumber[code] = strings.ToLower(strings.TrimPrefix(name, "Code"))
	}
	for _, found := range defined {
		code := Code(must(strconv.ParseUint(found[2], 10, 32)))
		plain := strings.ToLower(strings.ReplaceAll(found[1], "_", ""))
		if byNumber[code] != plain {
			t.Errorf("%d is %s in the header, and %q here", code, found[1], byNumber[code])
		}
		if name := strings.ToUpper(strings.ReplaceAll(code.Name(), "-", "_")); name != found[1] {
			t.Errorf("%d is %s in the header, and %q in the library", code, found[1], name)
		}
	}
}

func TestErrors(t *testing.T) {
	_, err := CertificateFromPEM(data(t, "certificates/rsa-2048.pem")[:700])
	var whole *Error
	var code Code
	if !errors.As(err, &whole) || !errors.As(err, &code) {
		t.Fatalf("%T: %v", err, err)
	}
	if code != CodeTruncated || whole.Code != CodeTruncated || whole.Name != "truncated" {
		t.Errorf("%v is %d, %q", code, whole.Code, whole.Name)
	}
	if !errors.Is(err, CodeTruncated) || errors.Is(err, CodeDamaged) {
		t.Errorf("%v is not what it is", err)
	}
	const message = "the content is too short: 359 of its 855 bytes are missing; copy it again as a whole, to its very end"
	if whole.Message != message || err.Error() != "samlcert: "+message {
		t.Errorf("%q", err)
	}
	if whole.Span == nil || whole.Span.Start >= whole.Span.End || whole.Span.End > 700 {
		t.Errorf("%v", whole.Span)
	}
}

func TestErrorsWithoutAPlace(t *testing.T) {
	_, err := NewPair(fixtureCertificate(t, "rsa-2048"), fixtureKey(t, "rsa-3072"))
	var whole *Error
	if !errors.As(err, &whole) || whole.Code != CodeMismatch || whole.Span != nil {
		t.Errorf("%#v", err)
	}
}

func TestUnknownCodes(t *testing.T) {
	for code, expected := range map[Code]string{0: "ok", CodeMismatch: "mismatch", 99_999: "error 99999"} {
		if code.Error() != expected {
			t.Errorf("%d is %q", uint32(code), code.Error())
		}
	}
}

func TestVersions(t *testing.T) {
	if ABIVersion() != 1 {
		t.Errorf("the ABI is of version %d", ABIVersion())
	}
	manifest := string(must(os.ReadFile("../Cargo.toml")))
	if !strings.Contains(manifest, "\nversion = \""+Version()+"\"\n") {
		t.Errorf("the version of the library is %q", Version())
	}
}
