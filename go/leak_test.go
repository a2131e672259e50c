package samlcert

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"testing"
)

// resident is how much memory the process has in use.
func resident(t *testing.T) int {
	t.Helper()
	var total, pages int
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("the system does not tell it")
	}
	if _, err := fmt.Fscan(bytes.NewReader(statm), &total, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// One round of calls of which each makes something in C, with and without success.
func round(t *testing.T, chain, pair []byte) {
	normalized := must(Normalize(chain))
	_ = must(normalized.InspectionJSON())
	for _, item := range normalized.Items {
		if certificate, err := item.Certificate(); err == nil {
			_ = must(certificate.Write(FormPEM))
			certificate.Close()
		}
	}
	_, _ = CertificateFromPEM(chain)
	normalized.Close()
	both := must(PairFromPaste(pair))
	portal, _, err := NewApplication(november, "portal", PolicyStaged)
	if err != nil {
		t.Fatal(err)
	}
	must(portal.Activate(november, both))
	_, _ = portal.Save(november, Acceptance{Providers: []string{wiki}})
	_ = must(portal.Status(november.Now))
	portal.Close()
	both.Close()
}

// A leak of 4 KiB in each round shows: of one certificate, or one JSON. Without any, it may grow by some MiB.
func TestNothingLeaks(t *testing.T) {
	chain, pair := data(t, "texts/chain-reversed.pem"), data(t, "pool/a.pem")
	rounds := func(count int) int {
		for ; count > 0; count-- {
			round(t, chain, pair)
		}
		runtime.GC()
		return resident(t)
	}
	before := rounds(500)
	after := rounds(4000)
	if grown := after - before; grown > 16<<20 {
		t.Errorf("it has grown by %d bytes in 4000 rounds", grown)
	}
}
