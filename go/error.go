package samlcert

import (
	"errors"
	"fmt"

	"samlcert/internal/capi"
)

//go:generate go run ./internal/gencodes ../include/samlcert.h codes.go

// Code is the stable number of an error. It is an error itself, for [errors.Is] and [errors.As].
type Code uint32

// Name is the stable name, lower case with hyphens; "" for a number that the library does not know.
func (c Code) Name() string { return capi.StatusName(uint32(c)) }

// Error is the name.
func (c Code) Error() string {
	if name := c.Name(); name != "" {
		return name
	}
	return fmt.Sprintf("error %d", uint32(c))
}

// Span is a place in the bytes that were given.
type Span struct {
	// Start is the first byte of it, End the one after its last.
	Start, End int
}

// Error is an error of the library. It holds nothing secret.
type Error struct {
	// Code is the number, which never changes.
	Code Code
	// Name is the name of the code, which never changes.
	Name string
	// Message is for people.
	Message string
	// Span is the place in what was given; nil if there is none.
	Span *Span
}

// Error is the message.
func (e *Error) Error() string { return "samlcert: " + e.Message }

// Unwrap gives the code.
func (e *Error) Unwrap() error { return e.Code }

// wrap makes a public error from one of the calls of C.
func wrap(err error) error {
	var failed *capi.Error
	if !errors.As(err, &failed) {
		return err
	}
	made := &Error{Code: Code(failed.Code), Name: failed.Name, Message: failed.Message}
	if failed.Span != nil {
		made.Span = &Span{failed.Span.Start, failed.Span.End}
	}
	return made
}

// result passes a value on, or the zero value beside an error.
func result[T any](value T, err error) (T, error) {
	if err != nil {
		var none T
		return none, wrap(err)
	}
	return value, nil
}

// refused is an error for arguments that do not fit into a C type.
func refused(code Code, message string) error {
	return &Error{Code: code, Name: code.Name(), Message: message}
}

// Version is the version of the library that is running.
func Version() string { return capi.Version() }

// ABIVersion is the number of the library's binary interface; this package is written for 1.
func ABIVersion() int { return int(capi.ABIVersion()) }
