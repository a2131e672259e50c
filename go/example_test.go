package samlcert_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"samlcert"
)

func read(name string) []byte {
	bytes, err := os.ReadFile("../tests/data/" + name)
	if err != nil {
		log.Fatal(err)
	}
	return bytes
}

func Example() {
	pair, err := samlcert.PairFromPastes(read("texts/mail-quoted.txt"), read("keys/rsa-2048.pem"))
	if errors.Is(err, samlcert.CodeMismatch) {
		log.Fatal("the key does not belong to the certificate")
	} else if err != nil {
		log.Fatal(err)
	}
	defer pair.Close()
	signature, err := pair.Sign(pair.UsualScheme(), []byte("<Response/>"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(signature), "bytes")
	// Output: 256 bytes
}

func ExampleNormalize() {
	normalized, err := samlcert.Normalize(read("texts/mail-quoted.txt"))
	if err != nil {
		log.Fatal(err)
	}
	defer normalized.Close()
	for _, item := range normalized.Items {
		fmt.Println(item.Kind, "at", item.Span)
		for _, repair := range item.Repairs {
			fmt.Println(repair.Message)
		}
	}
	// Output:
	// certificate at {115 1364}
	// the quote marks of a mail reply were removed
}

func ExampleError() {
	_, err := samlcert.CertificateFromPEM(read("certificates/rsa-2048.pem")[:700])
	var refused *samlcert.Error
	if errors.As(err, &refused) {
		fmt.Println(uint32(refused.Code), refused.Name, refused.Message)
	}
	// Output: 106 truncated the content is too short: 359 of its 855 bytes are missing; copy it again as a whole, to its very end
}

func ExampleCheckPair() {
	certificate, err := samlcert.CertificateFromPEM(read("certificates/rsa-2048.pem"))
	if err != nil {
		log.Fatal(err)
	}
	defer certificate.Close()
	for _, name := range []string{"rsa-2048", "rsa-3072"} {
		key, err := samlcert.PrivateKeyFromPEM(read("keys/" + name + ".pem"))
		if err != nil {
			log.Fatal(err)
		}
		defer key.Close()
		verdict, err := samlcert.CheckPair(certificate, key)
		fmt.Println(name, verdict, err)
	}
	// Output:
	// rsa-2048 match <nil>
	// rsa-3072 another-key <nil>
}

func ExampleParseFingerprint() {
	certificate, err := samlcert.CertificateFromPEM(read("certificates/rsa-2048.pem"))
	if err != nil {
		log.Fatal(err)
	}
	defer certificate.Close()
	fingerprint, err := samlcert.ParseFingerprint("2A:02:41:2D:4D:26:70:A0:A9:32:30:06:DF:4F:A7:11:4D:03:84:A1")
	fmt.Println(fingerprint.Hash(), certificate.HasFingerprint(fingerprint), err)
	// Output: sha1 true <nil>
}

func ExampleIssueRequest() {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	pair, err := samlcert.IssueRequest{CommonName: "idp.example.org", KeyKind: samlcert.KeyECP256}.Issue(now)
	if err != nil {
		log.Fatal(err)
	}
	defer pair.Close()
	certificate, err := pair.Certificate()
	if err != nil {
		log.Fatal(err)
	}
	defer certificate.Close()
	fmt.Println(certificate.Subject(), "until", certificate.Validity().NotAfter.Format(time.RFC3339))
	// Output: CN=idp.example.org until 2031-11-24T10:00:00Z
}

func ExampleSchedule() {
	schedule, err := samlcert.NewSchedule(90*24*time.Hour, 14*24*time.Hour, 24*time.Hour)
	if err != nil {
		log.Fatal(err)
	}
	defer schedule.Close()
	of := samlcert.Validity{NotBefore: time.Unix(1_700_000_000, 0), NotAfter: time.Unix(1_800_000_000, 0)}
	sinceLastRun := samlcert.Window{After: time.Unix(1_790_000_000, 0), Until: time.Unix(1_799_000_000, 0)}
	due, err := schedule.Due(of, sinceLastRun)
	for _, reminder := range due {
		fmt.Println(reminder.At.Format(time.RFC3339), reminder.Threshold, err)
	}
	// Output:
	// 2026-10-17T08:00:00Z 2160h0m0s <nil>
	// 2027-01-01T08:00:00Z 336h0m0s <nil>
}

func ExampleApplication() {
	old, err := samlcert.PairFromPaste(read("pool/a.pem"))
	if err != nil {
		log.Fatal(err)
	}
	defer old.Close()
	at := samlcert.At{Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Actor: "alice"}
	idp, _, err := samlcert.NewApplication(at, "portal", samlcert.PolicyStaged)
	if err != nil {
		log.Fatal(err)
	}
	defer idp.Close()
	stored, err := idp.Activate(at, old)
	if err != nil {
		log.Fatal(err)
	}
	event, err := samlcert.ParseEvent(stored)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(event.Sequence, event.Change.Kind, "by", event.Actor)
	_, err = idp.Publish(at)
	fmt.Println(err)
	// Output:
	// 2 activated by alice
	// samlcert: there is no next certificate to publish; regenerate, renew or upload one first
}

func ExampleSecret() {
	key, err := samlcert.PrivateKeyFromPEM(read("keys/p256.pem"))
	if err != nil {
		log.Fatal(err)
	}
	defer key.Close()
	der, err := key.SecretPKCS8DER()
	if err != nil {
		log.Fatal(err)
	}
	defer der.Wipe()
	fmt.Println(der)
	// Output: [secret of 138 bytes]
}
