package capi

// #include <samlcert.h>
import "C"

import (
	"runtime"
	"unsafe"
)

// The types of C cannot be arguments of generic code: hence the same few lines for each.

// Normalized owns a samlcert_normalized. The zero value is a closed one.
type Normalized struct{ object }

func (o *Normalized) enter() *C.samlcert_normalized {
	return (*C.samlcert_normalized)(o.pointerToUse())
}

func freeNormalized(p unsafe.Pointer) { C.samlcert_normalized_free((*C.samlcert_normalized)(p)) }

// normalizedOf owns what a call gives; nil if it gave none.
func normalizedOf(call func(out **C.samlcert_normalized, e **C.samlcert_error) C.samlcert_status) (*Normalized, error) {
	var out *C.samlcert_normalized
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &Normalized{}
	owner.open(unsafe.Pointer(out), freeNormalized)
	runtime.SetFinalizer(owner, (*Normalized).Close)
	return owner, nil
}

// Certificate owns a samlcert_certificate. The zero value is a closed one.
type Certificate struct{ object }

func (o *Certificate) enter() *C.samlcert_certificate {
	return (*C.samlcert_certificate)(o.pointerToUse())
}

func freeCertificate(p unsafe.Pointer) { C.samlcert_certificate_free((*C.samlcert_certificate)(p)) }

// certificateOf owns what a call gives; nil if it gave none.
func certificateOf(call func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status) (*Certificate, error) {
	var out *C.samlcert_certificate
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &Certificate{}
	owner.open(unsafe.Pointer(out), freeCertificate)
	runtime.SetFinalizer(owner, (*Certificate).Close)
	return owner, nil
}

// PrivateKey owns a samlcert_private_key. The zero value is a closed one.
type PrivateKey struct{ object }

func (o *PrivateKey) enter() *C.samlcert_private_key {
	return (*C.samlcert_private_key)(o.pointerToUse())
}

func freePrivateKey(p unsafe.Pointer) { C.samlcert_private_key_free((*C.samlcert_private_key)(p)) }

// privateKeyOf owns what a call gives; nil if it gave none.
func privateKeyOf(call func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status) (*PrivateKey, error) {
	var out *C.samlcert_private_key
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &PrivateKey{}
	owner.open(unsafe.Pointer(out), freePrivateKey)
	runtime.SetFinalizer(owner, (*PrivateKey).Close)
	return owner, nil
}

// EncryptedKey owns a samlcert_encrypted_key. The zero value is a closed one.
type EncryptedKey struct{ object }

func (o *EncryptedKey) enter() *C.samlcert_encrypted_key {
	return (*C.samlcert_encrypted_key)(o.pointerToUse())
}

func freeEncryptedKey(p unsafe.Pointer) {
	C.samlcert_encrypted_key_free((*C.samlcert_encrypted_key)(p))
}

// encryptedKeyOf owns what a call gives; nil if it gave none.
func encryptedKeyOf(call func(out **C.samlcert_encrypted_key, e **C.samlcert_error) C.samlcert_status) (*EncryptedKey, error) {
	var out *C.samlcert_encrypted_key
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &EncryptedKey{}
	owner.open(unsafe.Pointer(out), freeEncryptedKey)
	runtime.SetFinalizer(owner, (*EncryptedKey).Close)
	return owner, nil
}

// Pair owns a samlcert_pair. The zero value is a closed one.
type Pair struct{ object }

func (o *Pair) enter() *C.samlcert_pair { return (*C.samlcert_pair)(o.pointerToUse()) }

func freePair(p unsafe.Pointer) { C.samlcert_pair_free((*C.samlcert_pair)(p)) }

// pairOf owns what a call gives; nil if it gave none.
func pairOf(call func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status) (*Pair, error) {
	var out *C.samlcert_pair
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &Pair{}
	owner.open(unsafe.Pointer(out), freePair)
	runtime.SetFinalizer(owner, (*Pair).Close)
	return owner, nil
}

// Schedule owns a samlcert_schedule. The zero value is a closed one.
type Schedule struct{ object }

func (o *Schedule) enter() *C.samlcert_schedule { return (*C.samlcert_schedule)(o.pointerToUse()) }

func freeSchedule(p unsafe.Pointer) { C.samlcert_schedule_free((*C.samlcert_schedule)(p)) }

// scheduleOf owns what a call gives; nil if it gave none.
func scheduleOf(call func(out **C.samlcert_schedule, e **C.samlcert_error) C.samlcert_status) (*Schedule, error) {
	var out *C.samlcert_schedule
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &Schedule{}
	owner.open(unsafe.Pointer(out), freeSchedule)
	runtime.SetFinalizer(owner, (*Schedule).Close)
	return owner, nil
}

// Application owns a samlcert_application. The zero value is a closed one.
type Application struct{ object }

func (o *Application) enter() *C.samlcert_application {
	return (*C.samlcert_application)(o.pointerToUse())
}

func freeApplication(p unsafe.Pointer) { C.samlcert_application_free((*C.samlcert_application)(p)) }

// applicationOf owns what a call gives; nil if it gave none.
func applicationOf(call func(out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status) (*Application, error) {
	var out *C.samlcert_application
	var e *C.samlcert_error
	status := call(&out, &e)
	if out == nil {
		return nil, failure(status, e)
	}
	owner := &Application{}
	owner.open(unsafe.Pointer(out), freeApplication)
	runtime.SetFinalizer(owner, (*Application).Close)
	return owner, nil
}
