package samlcert

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestTexts(t *testing.T) {
	for _, row := range table(t, "texts/table.tsv") {
		text := data(t, "texts/"+row[0])
		normalized := must(Normalize(text))
		expected := strings.Fields(row[1])
		if len(normalized.Items) != len(expected) {
			t.Errorf("%s: %d items and not %d; refused: %v", row[0], len(normalized.Items), len(expected), normalized.Refused)
			continue
		}
		for index, item := range normalized.Items {
			if !isFixture(t, item, expected[index]) {
				t.Errorf("%s: item %d is not %s", row[0], index, expected[index])
			}
			if item.Span.Start >= item.Span.End || item.Span.End > len(text) {
				t.Errorf("%s: item %d stands at %v", row[0], index, item.Span)
			}
		}
		normalized.Close()
	}
}

// isFixture reports whether an item is the one of a file: the certificate itself, or a key with the same public half.
func isFixture(t *testing.T, item Item, file string) bool {
	t.Helper()
	if item.Kind == KindCertificate {
		certificate := must(item.Certificate())
		defer certificate.Close()
		return bytes.Equal(certificate.DER(), der(t, file))
	}
	key, expected := must(item.PrivateKey()), must(PrivateKeyFromDER(der(t, file)))
	defer key.Close()
	defer expected.Close()
	return item.Kind == KindPrivateKey && bytes.Equal(key.SPKIDER(), expected.SPKIDER())
}

func TestRepairs(t *testing.T) {
	normalized := must(Normalize(data(t, "texts/mail-quoted.txt")))
	defer normalized.Close()
	expected := Repair{"mail-quotes", "the quote marks of a mail reply were removed", Span{115, 1339}}
	if repairs := normalized.Items[0].Repairs; len(repairs) != 1 || repairs[0] != expected {
		t.Errorf("%+v", repairs)
	}
}

func TestNotes(t *testing.T) {
	normalized := must(Normalize(data(t, "certificates/rsa-1024.pem")))
	defer normalized.Close()
	expected := Note{"weak-key", "the RSA key has fewer than 2048 bits"}
	if notes := normalized.Items[0].Notes; len(notes) != 2 || notes[0].Name != "ca" || notes[1] != expected {
		t.Errorf("%+v", notes)
	}
	certificate := must(normalized.Items[0].Certificate())
	defer certificate.Close()
	if notes := certificate.Notes(); len(notes) != 2 || notes[0] != "ca" || notes[1] != "weak-key" {
		t.Errorf("%q", notes)
	}
}

func TestRefusals(t *testing.T) {
	for _, row := range table(t, "others/table.tsv") {
		normalized := must(Normalize(data(t, "others/"+row[0])))
		defer normalized.Close()
		if row[0] == "ec-parameters-and-key.pem" {
			if len(normalized.Items) != 1 || normalized.Items[0].Kind != KindPrivateKey {
				t.Errorf("%s: %+v", row[0], normalized.Items)
			}
			continue
		}
		if len(normalized.Refused) == 0 || normalized.Refused[0].Name != row[1] || normalized.Refused[0].Code.Name() != row[1] {
			t.Errorf("%s: %+v, and not %s", row[0], normalized.Refused, row[1])
		}
	}
}

func TestNothingIsRefusedAsAWhole(t *testing.T) {
	for name, paste := range map[string][]byte{"nil": nil, "nothing": {}, "blanks": []byte(" \n")} {
		normalized, err := Normalize(paste)
		if err != nil || len(normalized.Items) != 0 || len(normalized.Refused) != 1 || normalized.Refused[0].Code != CodeEmpty {
			t.Errorf("%s: %+v, %v", name, normalized, err)
		}
	}
}

func TestItemsOfAnotherKind(t *testing.T) {
	normalized := must(Normalize(data(t, "texts/pair.pem")))
	defer normalized.Close()
	for _, item := range normalized.Items {
		_, certificate := item.Certificate()
		_, key := item.PrivateKey()
		_, encrypted := item.EncryptedKey()
		for kind, err := range map[Kind]error{KindCertificate: certificate, KindPrivateKey: key, KindEncryptedKey: encrypted} {
			if (kind == item.Kind) != (err == nil) || err != nil && !errors.Is(err, CodeWrongKind) {
				t.Errorf("a %v as a %v: %v", item.Kind, kind, err)
			}
		}
	}
}

func TestInspection(t *testing.T) {
	normalized := must(Normalize(append(data(t, "texts/full-chain-with-key.pem"), data(t, "keys/encrypted/scrypt.pem")...)))
	defer normalized.Close()
	inspection := must(normalized.Inspection())
	if len(inspection.Items) != len(normalized.Items) || len(inspection.Items) != 5 {
		t.Fatalf("%d items, %d", len(inspection.Items), len(normalized.Items))
	}
	for index, inspected := range inspection.Items {
		item := normalized.Items[index]
		if inspected.Kind != item.Kind.String() || Span(inspected.Span) != item.Span || inspected.Label != item.Label {
			t.Errorf("%+v is not %+v", inspected, item)
		}
		if item.Kind == KindCertificate {
			inspectedCertificate(t, inspected, must(item.Certificate()))
		}
	}
}

func inspectedCertificate(t *testing.T, inspected InspectedItem, own *Certificate) {
	t.Helper()
	defer own.Close()
	validity := own.Validity()
	for field, both := range map[string][2]string{
		"sha256":      {inspected.SHA256, must(own.Fingerprint(SHA256)).Hex()},
		"sha1":        {inspected.SHA1, must(own.Fingerprint(SHA1)).Hex()},
		"spki_sha256": {inspected.SPKISHA256, must(own.SPKIFingerprint(SHA256)).Hex()},
		"serial":      {inspected.Serial, hex.EncodeToString(own.Serial())},
		"subject":     {inspected.Subject, own.Subject()},
		"issuer":      {inspected.Issuer, own.Issuer()},
		"not_before":  {inspected.NotBefore.String(), validity.NotBefore.String()},
		"not_after":   {inspected.NotAfter.String(), validity.NotAfter.String()},
		"key":         {inspected.Key, own.KeyAlgorithm()},
	} {
		if both[0] != both[1] || both[0] == "" {
			t.Errorf("%s is %q, and %q", field, both[0], both[1])
		}
	}
}

// Each form is read without loss: what is written again is the same JSON.
func TestFormsHaveEveryField(t *testing.T) {
	normalized := must(Normalize(data(t, "certificates/rsa-1024.pem")))
	defer normalized.Close()
	sameJSON(t, "inspection", must(normalized.InspectionJSON()), must(normalized.Inspection()), "was_encrypted",
		"usages", "purposes", "ca", "path_length", "names", "key_identifier", "issuer", "serial")
}

// sameJSON fails unless the JSON of a value has every field of the other, with the same value; those that are named may
// stand besides.
func sameJSON(t *testing.T, name string, stored []byte, value any, besides ...string) {
	t.Helper()
	var ours, theirs any
	if err := json.Unmarshal(must(json.Marshal(value)), &ours); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(stored, &theirs); err != nil {
		t.Fatal(err)
	}
	compareJSON(t, name, ours, theirs, besides)
}

func compareJSON(t *testing.T, path string, ours, theirs any, besides []string) {
	t.Helper()
	switch theirs := theirs.(type) {
	case map[string]any:
		own, _ := ours.(map[string]any)
		for field, value := range theirs {
			if _, there := own[field]; !there {
				t.Errorf("%s.%s is missing", path, field)
			}
			compareJSON(t, path+"."+field, own[field], value, besides)
		}
		for field := range own {
			if _, there := theirs[field]; !there && !contains(besides, field) {
				t.Errorf("%s.%s is not in the form", path, field)
			}
		}
	case []any:
		own, _ := ours.([]any)
		if len(own) != len(theirs) {
			t.Errorf("%s has %d values, and not %d", path, len(own), len(theirs))
			return
		}
		for index, value := range theirs {
			compareJSON(t, path+"[]", own[index], value, besides)
		}
	case nil:
		if ours != nil && ours != "" && ours != float64(0) {
			t.Errorf("%s is %v, and not null", path, ours)
		}
	default:
		if ours != theirs {
			t.Errorf("%s is %v, and not %v", path, ours, theirs)
		}
	}
}

func contains(names []string, name string) bool {
	for _, one := range names {
		if one == name {
			return true
		}
	}
	return false
}
