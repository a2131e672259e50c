package samlcert

import (
	"errors"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"
)

// closers makes one of each type that has a Close.
func closers(t testing.TB) map[string]interface{ Close() error } {
	t.Helper()
	normalized := must(Normalize(data(t, "texts/pair.pem")))
	return map[string]interface{ Close() error }{
		"Normalized":   normalized,
		"Certificate":  fixtureCertificate(t, "rsa-2048"),
		"PrivateKey":   fixtureKey(t, "p256"),
		"EncryptedKey": must(fixtureKey(t, "p256").Encrypt([]byte("password"))),
		"Pair":         fixturePair(t, "a"),
		"Schedule":     must(UsualSchedule()),
		"Application":  portal(t),
	}
}

// Every method, with zeros as arguments, after Close and on nil: an error, or nothing, and no panic.
func TestMethodsAfterClose(t *testing.T) {
	for name, object := range closers(t) {
		for range [3]int{} {
			if err := object.Close(); err != nil {
				t.Errorf("%s.Close: %v", name, err)
			}
		}
		everyMethod(t, name, reflect.ValueOf(object))
		everyMethod(t, "nil "+name, reflect.Zero(reflect.TypeOf(object)))
		everyMethod(t, "zero "+name, reflect.New(reflect.TypeOf(object).Elem()))
	}
}

func everyMethod(t *testing.T, name string, object reflect.Value) {
	for index := 0; index < object.NumMethod(); index++ {
		method := object.Type().Method(index)
		if method.Name == "Close" {
			continue
		}
		arguments := make([]reflect.Value, object.Method(index).Type().NumIn())
		for position := range arguments {
			arguments[position] = reflect.Zero(object.Method(index).Type().In(position))
		}
		gaveNothing(t, name+"."+method.Name, object.Method(index).Call(arguments))
	}
}

// gaveNothing fails unless all results are zero; an error must be there if the method can give one, and be of one of the
// codes that arguments have.
func gaveNothing(t *testing.T, method string, results []reflect.Value) {
	for _, result := range results {
		if result.Type() != reflect.TypeOf((*error)(nil)).Elem() {
			if !result.IsZero() {
				t.Errorf("%s gave %v", method, result)
			}
			continue
		}
		err, _ := result.Interface().(error)
		if !errors.Is(err, CodeNullArgument) {
			t.Errorf("%s: %v", method, err)
		}
	}
}

func TestItemsAfterClose(t *testing.T) {
	normalized := must(Normalize(data(t, "texts/pair.pem")))
	certificate := must(normalized.Items[0].Certificate())
	normalized.Close()
	if _, err := normalized.Items[0].Certificate(); !errors.Is(err, CodeNullArgument) {
		t.Error(err)
	}
	if certificate.Subject() == "" {
		t.Error("the certificate was closed with what it was taken from")
	}
	if _, err := (Item{}).Certificate(); !errors.Is(err, CodeNullArgument) {
		t.Error(err)
	}
}

// What shares an object goes on working when the object is closed.
func TestSharedObjectsOutliveEachOther(t *testing.T) {
	certificate, key := fixtureCertificate(t, "rsa-2048"), fixtureKey(t, "rsa-2048")
	pair := must(NewPair(certificate, key))
	certificate.Close()
	key.Close()
	if err := pair.TrialSignature(); err != nil {
		t.Error(err)
	}
	half := must(pair.PrivateKey())
	pair.Close()
	if half.Algorithm() != "rsa" {
		t.Error("the key was closed with its pair")
	}
}

// Objects that nobody closed are freed by the collector, also while others of the same origin are in use.
func TestFinalizers(t *testing.T) {
	certificate := fixtureCertificate(t, "p256")
	text, key := must(certificate.Write(FormPEM)), fixtureKey(t, "p256")
	freed := make(chan struct{})
	for range [1000]int{} {
		pair := must(NewPair(must(CertificateFromPEM(text)), key))
		_ = must(pair.Certificate()).Subject()
	}
	last := fixturePair(t, "a")
	runtime.SetFinalizer(last, func(*Pair) { close(freed) })
	last = nil
	for tries := 0; tries < 1000; tries++ {
		runtime.GC()
		select {
		case <-freed:
			if certificate.Subject() == "" || key.Algorithm() == "" {
				t.Error("something in use was freed")
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Error("nothing was collected")
}

// Close beside calls, from many goroutines: each call either works or says that it was too late.
func TestCloseBesideCalls(t *testing.T) {
	for range [20]int{} {
		certificate, key, usual := fixtureCertificate(t, "p256"), fixtureKey(t, "p256"), must(UsualSchedule())
		portal := portal(t)
		expected := must(certificate.Fingerprint(SHA256))
		var all sync.WaitGroup
		for worker := 0; worker < 8; worker++ {
			all.Add(1)
			go func(worker int) {
				defer all.Done()
				for round := 0; round < 50; round++ {
					if worker == 0 && round == 25 {
						certificate.Close()
						key.Close()
						usual.Close()
						portal.Close()
					}
					if f, err := certificate.Fingerprint(SHA256); err == nil && f != expected || err != nil && !errors.Is(err, CodeNullArgument) {
						t.Errorf("%v, %v", f, err)
					}
					if pair, err := NewPair(certificate, key); err == nil {
						pair.Close()
					}
					_, _ = Compare(certificate, certificate)
					_, _ = portal.Reminders(usual, Window{Until: november.Now})
				}
			}(worker)
		}
		all.Wait()
	}
}

func TestGoroutinesShareObjects(t *testing.T) {
	text, pair, portal, usual := data(t, "texts/full-chain-with-key.pem"), fixturePair(t, "a"), portal(t), must(UsualSchedule())
	normalized := must(Normalize(text))
	record := must(portal.RecordJSON())
	signature := must(pair.Sign(pair.UsualScheme(), text))
	var all sync.WaitGroup
	for worker := 0; worker < 16; worker++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for range [20]int{} {
				if again := must(pair.Sign(pair.UsualScheme(), text)); string(again) != string(signature) {
					t.Error("another signature")
				}
				if again := must(portal.RecordJSON()); string(again) != string(record) {
					t.Error("another record")
				}
				if len(usual.Thresholds()) != 4 || len(must(normalized.Inspection()).Items) != 4 {
					t.Error("another schedule, or other items")
				}
				must(Normalize(text)).Close()
			}
		}()
	}
	all.Wait()
}

// Steps from many goroutines: each is taken once, one after the other.
func TestGoroutinesTakeTurns(t *testing.T) {
	portal := portal(t)
	before := portal.Revision()
	var all sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for range [10]int{} {
				must(portal.RecordExport(november, wiki))
			}
		}()
	}
	all.Wait()
	if taken := portal.Revision() - before; taken != 80 {
		t.Errorf("%d steps were taken, and not 80", taken)
	}
	readAgain(t, portal)
}
