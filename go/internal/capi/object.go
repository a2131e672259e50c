package capi

import (
	"sync/atomic"
	"unsafe"
)

// object is a pointer of C that is freed once: when it was closed and no call uses it. The zero value is a closed one.
type object struct {
	pointer unsafe.Pointer
	free    func(unsafe.Pointer)
	// How many calls use it, and one more until it is closed.
	users  atomic.Int64
	closed atomic.Bool
}

func (o *object) open(pointer unsafe.Pointer, free func(unsafe.Pointer)) {
	o.pointer, o.free = pointer, free
	o.users.Store(1)
}

// pointerToUse gives the pointer, which is good until leave; nil if the object was closed.
func (o *object) pointerToUse() unsafe.Pointer {
	for {
		users := o.users.Load()
		if users <= 0 || o.closed.Load() {
			return nil
		}
		if o.users.CompareAndSwap(users, users+1) {
			return o.pointer
		}
	}
}

// leave ends the use of a pointer; nothing is to end where there was none.
func (o *object) leave(used bool) {
	if used && o.users.Add(-1) == 0 {
		o.free(o.pointer)
	}
}

// Close lets the object be freed: at once, or after the calls that use it. A second time does nothing.
func (o *object) Close() { o.leave(!o.closed.Swap(true)) }
