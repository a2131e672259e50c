package capi

// #include <samlcert.h>
import "C"

// NewApplication calls samlcert_application_new, and gives its event too.
func NewApplication(at At, id string, policy uint32) (*Application, []byte, error) {
	var event *C.samlcert_bytes
	made, err := applicationOf(func(out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status {
		actor, actorLen := in([]byte(at.Actor))
		name, n := in([]byte(id))
		return C.samlcert_application_new(C.int64_t(at.Now), actor, actorLen, name, n, C.uint32_t(policy), out, &event, e)
	})
	defer C.samlcert_bytes_free(event)
	return made, copied(C.samlcert_bytes_slice(event)), err
}

// stored is a call that reads an application together with its keys.
type stored func(p *C.uint8_t, n C.size_t, keys **C.samlcert_private_key, keysLen C.size_t,
	out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status

func readApplication(stored []byte, keys []*PrivateKey, read stored) (*Application, error) {
	pointers := make([]*C.samlcert_private_key, len(keys))
	for index, key := range keys {
		pointers[index] = key.enter()
		defer key.leave(pointers[index] != nil)
	}
	return applicationOf(func(out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status {
		p, n := in(stored)
		if len(pointers) == 0 {
			return read(p, n, nil, 0, out, e)
		}
		return read(p, n, &pointers[0], C.size_t(len(pointers)), out, e)
	})
}

// ApplicationFromRecord calls samlcert_application_from_record.
func ApplicationFromRecord(record []byte, keys []*PrivateKey) (*Application, error) {
	return readApplication(record, keys, func(p *C.uint8_t, n C.size_t, keys **C.samlcert_private_key, keysLen C.size_t,
		out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_from_record(p, n, keys, keysLen, out, e)
	})
}

// ApplicationFromEvents calls samlcert_application_from_events.
func ApplicationFromEvents(events []byte, keys []*PrivateKey) (*Application, error) {
	return readApplication(events, keys, func(p *C.uint8_t, n C.size_t, keys **C.samlcert_private_key, keysLen C.size_t,
		out **C.samlcert_application, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_from_events(p, n, keys, keysLen, out, e)
	})
}

// ID calls samlcert_application_id.
func (o *Application) ID() string {
	p := o.enter()
	defer o.leave(p != nil)
	return text(C.samlcert_application_id(p))
}

// Revision calls samlcert_application_revision.
func (o *Application) Revision() uint64 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint64(C.samlcert_application_revision(p))
}

// Keys calls samlcert_application_key for each.
func (o *Application) Keys() ([]*PrivateKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	if p == nil {
		return nil, closed()
	}
	var keys []*PrivateKey
	for index := C.size_t(0); index < C.samlcert_application_key_count(p); index++ {
		key, err := privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
			return C.samlcert_application_key(p, index, out, e)
		})
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// SigningPair calls samlcert_application_signing_pair; nil if nothing signs.
func (o *Application) SigningPair() (*Pair, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_signing_pair(p, out, e)
	})
}

// Certificate calls samlcert_application_certificate; nil if none is there.
func (o *Application) Certificate(place uint32) (*Certificate, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return certificateOf(func(out **C.samlcert_certificate, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_certificate(p, C.uint32_t(place), out, e)
	})
}

// Pair calls samlcert_application_pair; nil if none is there.
func (o *Application) Pair(place uint32) (*Pair, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_pair(p, C.uint32_t(place), out, e)
	})
}

// Waits calls samlcert_application_waits.
func (o *Application) Waits() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_application_waits(p))
}

// Pending calls samlcert_application_pending.
func (o *Application) Pending() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_application_pending(p))
}

// CertificateLight calls samlcert_application_certificate_light.
func (o *Application) CertificateLight() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_application_certificate_light(p))
}

// KeyLight calls samlcert_application_key_light.
func (o *Application) KeyLight() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_application_key_light(p))
}

// IsActivated calls samlcert_application_is_activated.
func (o *Application) IsActivated() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_application_is_activated(p))
}

// IsUnsaved calls samlcert_application_is_unsaved.
func (o *Application) IsUnsaved() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_application_is_unsaved(p))
}

// Condition calls samlcert_application_condition.
func (o *Application) Condition(now int64) uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_application_condition(p, C.int64_t(now)))
}

// ToAccept calls samlcert_application_to_accept.
func (o *Application) ToAccept(step uint32, now int64) ([]string, error) {
	p := o.enter()
	defer o.leave(p != nil)
	var out *C.samlcert_entity_ids
	var e *C.samlcert_error
	status := C.samlcert_application_to_accept(p, C.uint32_t(step), C.int64_t(now), &out, &e)
	return takeEntityIDs(out), failure(status, e)
}

// EarliestCutOver calls samlcert_application_earliest_cut_over; false if there is none.
func (o *Application) EarliestCutOver(now int64) (at int64, blockers []string, found bool, err error) {
	p := o.enter()
	defer o.leave(p != nil)
	var moment C.int64_t
	var out *C.samlcert_entity_ids
	var there C.bool
	var e *C.samlcert_error
	status := C.samlcert_application_earliest_cut_over(p, C.int64_t(now), &moment, &out, &there, &e)
	return int64(moment), takeEntityIDs(out), bool(there), failure(status, e)
}

// Reminders calls samlcert_application_reminders.
func (o *Application) Reminders(schedule *Schedule, after, until int64) ([]Reminder, error) {
	p, s := o.enter(), schedule.enter()
	defer o.leave(p != nil)
	defer schedule.leave(s != nil)
	return remindersOf(func(out *C.samlcert_reminder, cap C.size_t, needed *C.size_t, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_reminders(p, s, C.int64_t(after), C.int64_t(until), out, cap, needed, e)
	})
}

// CatchUp calls samlcert_application_catch_up.
func (o *Application) CatchUp(schedule *Schedule, after, until int64) (Reminder, bool, error) {
	p, s := o.enter(), schedule.enter()
	defer o.leave(p != nil)
	defer schedule.leave(s != nil)
	return reminderOf(func(out *C.samlcert_reminder, found *C.bool, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_catch_up(p, s, C.int64_t(after), C.int64_t(until), out, found, e)
	})
}

// NextReminder calls samlcert_application_next_reminder.
func (o *Application) NextReminder(schedule *Schedule, moment int64) (Reminder, bool, error) {
	p, s := o.enter(), schedule.enter()
	defer o.leave(p != nil)
	defer schedule.leave(s != nil)
	return reminderOf(func(out *C.samlcert_reminder, found *C.bool, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_next_reminder(p, s, C.int64_t(moment), out, found, e)
	})
}

// Download is one of a samlcert_downloads.
type Download struct {
	SuggestedName string
	Content       []byte
}

// takeDownloads copies what a samlcert_downloads holds, and frees it.
func takeDownloads(downloads *C.samlcert_downloads) []Download {
	defer C.samlcert_downloads_free(downloads)
	var taken []Download
	for index := C.size_t(0); index < C.samlcert_downloads_count(downloads); index++ {
		name := text(C.samlcert_downloads_suggested_name(downloads, index))
		taken = append(taken, Download{name, copied(C.samlcert_downloads_bytes(downloads, index))})
	}
	return taken
}

// DownloadsFor calls samlcert_application_downloads_for.
func (o *Application) DownloadsFor(entityID string) ([]Download, error) {
	p := o.enter()
	defer o.leave(p != nil)
	id, n := in([]byte(entityID))
	var out *C.samlcert_downloads
	var e *C.samlcert_error
	status := C.samlcert_application_downloads_for(p, id, n, &out, &e)
	return takeDownloads(out), failure(status, e)
}

// NextDownloadsFor calls samlcert_application_next_downloads_for.
func (o *Application) NextDownloadsFor(entityID string) ([]Download, error) {
	p := o.enter()
	defer o.leave(p != nil)
	id, n := in([]byte(entityID))
	var out *C.samlcert_downloads
	var e *C.samlcert_error
	status := C.samlcert_application_next_downloads_for(p, id, n, &out, &e)
	return takeDownloads(out), failure(status, e)
}
