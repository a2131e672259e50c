package samlcert

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// data is a fixture of the library.
func data(t testing.TB, name string) []byte {
	t.Helper()
	bytes, err := os.ReadFile(filepath.Join("..", "tests", "data", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// table is the rows of a table of fixtures.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(data(t, name))), "\n") {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// der is the DER of a fixture, read by Go.
func der(t testing.TB, name string) []byte {
	t.Helper()
	bytes := data(t, name)
	if block, _ := pem.Decode(bytes); block != nil {
		return block.Bytes
	}
	return bytes
}

// must is of what cannot fail in a test.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func fixtureCertificate(t testing.TB, name string) *Certificate {
	t.Helper()
	return must(CertificateFromPEM(data(t, "certificates/"+name+".pem")))
}

func fixtureKey(t testing.TB, name string) *PrivateKey {
	t.Helper()
	return must(PrivateKeyFromPEM(data(t, "keys/"+name+".pem")))
}

func fixturePair(t testing.TB, name string) *Pair {
	t.Helper()
	return must(PairFromPaste(data(t, "pool/"+name+".pem")))
}

func at(moment string) time.Time { return must(time.Parse(time.RFC3339, moment)) }
