// Package capi calls the C library, and does nothing else: numbers and bytes in and out, objects that are freed once.
//
// Four rules hold for all of it. Bytes go in as a pointer that C reads until it returns, and never keeps. What C gives is
// copied and freed before a function returns, other than objects, which are freed by Close or a finalizer. An object is
// entered around each call, so that it is not freed before the call returns, whatever else closes it. An object that was
// closed, or is nil, goes to C as NULL, and C says what it always says to that: a getter nothing, others "null-argument".
package capi

// #include <samlcert.h>
import "C"

import (
	"math"
	"unsafe"
)

// ABIVersion is the number of the ABI of the library that runs.
func ABIVersion() uint32 { return uint32(C.samlcert_abi_version()) }

// Version is the version of the library that runs.
func Version() string { return text(C.samlcert_version()) }

// StatusName is the name of an error by its number; "" of an unknown one.
func StatusName(status uint32) string { return text(C.samlcert_status_name(C.samlcert_status(status))) }

// Span is a place in what was given: the first byte, and the one after the last.
type Span struct{ Start, End int }

func span(span C.samlcert_span) Span { return Span{Start: int(span.start), End: int(span.end)} }

// Error is what a call of C refused or failed with.
type Error struct {
	Code    uint32
	Name    string
	Message string
	Span    *Span
}

func (e *Error) Error() string { return e.Message }

// failure frees an error of C and makes one of Go from it; nil if the call went well.
func failure(status C.samlcert_status, e *C.samlcert_error) error {
	if status == C.SAMLCERT_OK {
		return nil
	}
	defer C.samlcert_error_free(e)
	failed := &Error{Code: uint32(status), Name: StatusName(uint32(status)), Message: text(C.samlcert_error_message(e))}
	var place C.samlcert_span
	if bool(C.samlcert_error_span(e, &place)) {
		at := span(place)
		failed.Span = &at
	}
	return failed
}

// closed is the error of an object that was closed, where C would take NULL for nothing at all.
func closed() error {
	const code = C.SAMLCERT_ERROR_NULL_ARGUMENT
	return &Error{Code: code, Name: StatusName(code), Message: "an object was closed before it was used"}
}

// in is where the bytes are; C must not keep it.
func in(bytes []byte) (*C.uint8_t, C.size_t) {
	if len(bytes) == 0 {
		return nil, 0
	}
	return (*C.uint8_t)(unsafe.Pointer(&bytes[0])), C.size_t(len(bytes))
}

// copied copies what C still owns; nil if there is nothing.
func copied(slice C.samlcert_slice) []byte {
	if slice.data == nil || uint64(slice.len) > math.MaxInt {
		return nil
	}
	return append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(slice.data)), int(slice.len))...)
}

func text(slice C.samlcert_slice) string { return string(copied(slice)) }

// bytesOf takes the bytes that a call gives; nil if it gave none.
func bytesOf(call func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status) ([]byte, error) {
	var out *C.samlcert_bytes
	var e *C.samlcert_error
	status := call(&out, &e)
	defer C.samlcert_bytes_free(out)
	return copied(C.samlcert_bytes_slice(out)), failure(status, e)
}

// secretOf takes the secret that a call gives; the library's own copy is wiped.
func secretOf(call func(out **C.samlcert_secret, e **C.samlcert_error) C.samlcert_status) ([]byte, error) {
	var out *C.samlcert_secret
	var e *C.samlcert_error
	status := call(&out, &e)
	defer C.samlcert_secret_free(out)
	return copied(C.samlcert_secret_slice(out)), failure(status, e)
}
