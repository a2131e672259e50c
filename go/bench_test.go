package samlcert

import "testing"

// The bare call into C and back: what every other number here has in it.
func BenchmarkCall(b *testing.B) {
	for n := 0; n < b.N; n++ {
		_ = ABIVersion()
	}
}

func BenchmarkFingerprint(b *testing.B) {
	certificate := fixtureCertificate(b, "rsa-2048")
	b.ResetTimer()
	for n := 0; n < b.N; n++ {
		_ = must(certificate.Fingerprint(SHA256))
	}
}

func BenchmarkHasFingerprint(b *testing.B) {
	certificate := fixtureCertificate(b, "rsa-2048")
	fingerprint := must(certificate.Fingerprint(SHA256))
	b.ResetTimer()
	for n := 0; n < b.N; n++ {
		_ = certificate.HasFingerprint(fingerprint)
	}
}

func BenchmarkPairFromDER(b *testing.B) {
	for _, name := range []string{"rsa-2048", "p256"} {
		certificate, key := der(b, "certificates/"+name+".pem"), der(b, "keys/"+name+".pem")
		b.Run(name, func(b *testing.B) {
			for n := 0; n < b.N; n++ {
				must(PairFromDER(certificate, key)).Close()
			}
		})
	}
}

func BenchmarkCheckPair(b *testing.B) {
	certificate, key := fixtureCertificate(b, "rsa-2048"), fixtureKey(b, "rsa-2048")
	b.ResetTimer()
	for n := 0; n < b.N; n++ {
		_ = must(CheckPair(certificate, key))
	}
}

func BenchmarkDue(b *testing.B) {
	usual, validity := must(UsualSchedule()), fixtureCertificate(b, "rsa-2048").Validity()
	in := Window{validity.NotAfter.AddDate(0, 0, -8), validity.NotAfter}
	b.ResetTimer()
	for n := 0; n < b.N; n++ {
		_ = must(usual.Due(validity, in))
	}
}
