package capi

// #include <samlcert.h>
import "C"

import "unsafe"

// No schedule has more thresholds, and so no certificate more reminders, than this: the first buffer is large enough.
const usualCap = 32

// Reminder is a samlcert_reminder.
type Reminder struct{ At, ThresholdS int64 }

func reminder(r C.samlcert_reminder) Reminder { return Reminder{int64(r.at), int64(r.threshold_s)} }

// UsualSchedule calls samlcert_schedule_usual.
func UsualSchedule() (*Schedule, error) {
	return scheduleOf(func(out **C.samlcert_schedule, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_schedule_usual(out, e)
	})
}

// NewSchedule calls samlcert_schedule_new.
func NewSchedule(thresholdsS []uint32) (*Schedule, error) {
	return scheduleOf(func(out **C.samlcert_schedule, e **C.samlcert_error) C.samlcert_status {
		if len(thresholdsS) == 0 {
			return C.samlcert_schedule_new(nil, 0, out, e)
		}
		first := (*C.uint32_t)(unsafe.Pointer(&thresholdsS[0]))
		return C.samlcert_schedule_new(first, C.size_t(len(thresholdsS)), out, e)
	})
}

// Thresholds calls samlcert_schedule_thresholds.
func (o *Schedule) Thresholds() ([]uint32, error) {
	p := o.enter()
	defer o.leave(p != nil)
	buffer := make([]uint32, usualCap)
	for {
		var needed C.size_t
		var e *C.samlcert_error
		first := (*C.uint32_t)(unsafe.Pointer(&buffer[0]))
		status := C.samlcert_schedule_thresholds(p, first, C.size_t(len(buffer)), &needed, &e)
		if status != C.SAMLCERT_ERROR_BUFFER_TOO_SMALL {
			return buffer[:int(needed)], failure(status, e)
		}
		C.samlcert_error_free(e)
		buffer = make([]uint32, int(needed))
	}
}

// fill is a call that writes reminders into a buffer.
type fill func(out *C.samlcert_reminder, cap C.size_t, needed *C.size_t, e **C.samlcert_error) C.samlcert_status

func remindersOf(call fill) ([]Reminder, error) {
	buffer := make([]C.samlcert_reminder, usualCap)
	var needed C.size_t
	var e *C.samlcert_error
	status := call(&buffer[0], C.size_t(len(buffer)), &needed, &e)
	for status == C.SAMLCERT_ERROR_BUFFER_TOO_SMALL {
		C.samlcert_error_free(e)
		e, buffer = nil, make([]C.samlcert_reminder, int(needed))
		status = call(&buffer[0], C.size_t(len(buffer)), &needed, &e)
	}
	if err := failure(status, e); err != nil {
		return nil, err
	}
	reminders := make([]Reminder, int(needed))
	for index := range reminders {
		reminders[index] = reminder(buffer[index])
	}
	return reminders, nil
}

// find is a call that writes the one reminder that it found.
type find func(out *C.samlcert_reminder, found *C.bool, e **C.samlcert_error) C.samlcert_status

func reminderOf(call find) (Reminder, bool, error) {
	var out C.samlcert_reminder
	var found C.bool
	var e *C.samlcert_error
	status := call(&out, &found, &e)
	return reminder(out), bool(found), failure(status, e)
}

// Reminders calls samlcert_schedule_reminders.
func (o *Schedule) Reminders(notBefore, notAfter int64) ([]Reminder, error) {
	p := o.enter()
	defer o.leave(p != nil)
	from, to := C.int64_t(notBefore), C.int64_t(notAfter)
	return remindersOf(func(out *C.samlcert_reminder, cap C.size_t, needed *C.size_t, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_schedule_reminders(p, from, to, out, cap, needed, e)
	})
}

// Due calls samlcert_schedule_due.
func (o *Schedule) Due(notBefore, notAfter, after, until int64) ([]Reminder, error) {
	p := o.enter()
	defer o.leave(p != nil)
	from, to := C.int64_t(notBefore), C.int64_t(notAfter)
	return remindersOf(func(out *C.samlcert_reminder, cap C.size_t, needed *C.size_t, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_schedule_due(p, from, to, C.int64_t(after), C.int64_t(until), out, cap, needed, e)
	})
}

// NextAfter calls samlcert_schedule_next_after.
func (o *Schedule) NextAfter(notBefore, notAfter, moment int64) (Reminder, bool, error) {
	p := o.enter()
	defer o.leave(p != nil)
	from, to := C.int64_t(notBefore), C.int64_t(notAfter)
	return reminderOf(func(out *C.samlcert_reminder, found *C.bool, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_schedule_next_after(p, from, to, C.int64_t(moment), out, found, e)
	})
}

// CatchUp calls samlcert_schedule_catch_up.
func (o *Schedule) CatchUp(notBefore, notAfter, after, until int64) (Reminder, bool, error) {
	p := o.enter()
	defer o.leave(p != nil)
	from, to := C.int64_t(notBefore), C.int64_t(notAfter)
	return reminderOf(func(out *C.samlcert_reminder, found *C.bool, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_schedule_catch_up(p, from, to, C.int64_t(after), C.int64_t(until), out, found, e)
	})
}
