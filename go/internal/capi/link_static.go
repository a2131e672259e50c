//go:build samlcert_static

package capi

// The archive stands before -lsamlcert, which then has nothing left to give, and is not needed when the program runs.

// #cgo LDFLAGS: -l:libsamlcert.a -Wl,--as-needed
// #cgo pkg-config: --static samlcert
import "C"
