// Package samlcert reads, proves, makes and replaces the certificates and private keys with which a SAML identity provider
// signs logins. It is the samlcert library, written in Rust, by way of its C ABI.
//
// [Normalize] reads what people paste, lists each repair, and refuses with a reason and a place. A [Certificate], a
// [PrivateKey] and a [Pair] that exist are sound; a pair is the proof that the key belongs to the certificate. An
// [Application] keeps the pairs of an identity provider and replaces them step by step, and knows whose logins each step
// would break. A [Schedule] says when to remind that a certificate expires.
//
// # Building
//
// The package needs cgo and the C library, which scripts/install-c of the repository installs; pkg-config finds it:
//
//	scripts/install-c "$HOME/samlcert"
//	export PKG_CONFIG_PATH="$HOME/samlcert/lib/pkgconfig"
//
// The program then needs the shared object when it runs: by LD_LIBRARY_PATH, or by a path that is built in with
// CGO_LDFLAGS="-Wl,-rpath,$HOME/samlcert/lib". With the build tag samlcert_static the library is built in as a whole,
// and nothing is needed:
//
//	go build -tags samlcert_static
//
// # Closing
//
// What the library holds in memory of its own has a method Close, which may be called any number of times, at any time and
// by any goroutine. What was not closed is closed some time after nothing refers to it any more; private keys are wiped
// then, so close them as soon as they are done with. After Close, and on nil, a method gives the zero value, or an error
// of [CodeNullArgument].
//
// # Goroutines
//
// All types may be used by any number of goroutines at once. An [Application] is used by one at a time: others wait.
//
// # Errors
//
// An error of the library is an [*Error], which has the stable number and name of its [Code], the message for people,
// and the place in what was given where there is one:
//
//	if errors.Is(err, samlcert.CodeMismatch) { … }
//
// # Time and secrets
//
// The library reads no clock: each moment is an argument. Moments are whole seconds; fractions are cut off. What gives
// secret bytes has a name that begins with Secret and gives a [Secret], which prints nothing and can be wiped.
package samlcert
