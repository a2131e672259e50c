//go:build !samlcert_static

package capi

// #cgo pkg-config: samlcert
import "C"
