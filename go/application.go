package samlcert

import (
	"encoding/json"
	"sync"
	"time"

	"samlcert/internal/capi"
)

// Application is the pairs of an identity provider, and the service providers that hold their certificates.
//
// One pair is active and signs. A new one is next: a draft, saved, then published beside the active one. The one before is
// previous, and can come back. Nothing switches by itself: each step is one method, which gives an event, or an error and
// changes nothing. Store [Application.RecordJSON], and [Application.Keys] apart from it, after each step.
//
// One goroutine uses an application at a time; others wait.
type Application struct {
	turn   sync.Mutex
	handle *capi.Application
}

// lock waits for its turn, and gives what ends it.
func (a *Application) lock() (unlock func()) {
	if a == nil {
		return func() {}
	}
	a.turn.Lock()
	return a.turn.Unlock
}

func (a *Application) raw() *capi.Application {
	if a == nil || a.handle == nil {
		return &capi.Application{}
	}
	return a.handle
}

// At says when a step is taken, and by whom.
type At struct {
	Now time.Time
	// Actor is recorded in the log: who takes the step.
	Actor string
}

func (a At) c() capi.At { return capi.At{Now: a.Now.Unix(), Actor: a.Actor} }

// NewApplication makes an application that has no pair yet. The event is the first of its log; see [ParseEvent].
func NewApplication(at At, id string, policy Policy) (made *Application, event json.RawMessage, err error) {
	handle, event, err := capi.NewApplication(at.c(), id, uint32(policy))
	if err != nil {
		return nil, nil, wrap(err)
	}
	return &Application{handle: handle}, event, nil
}

// ApplicationFromRecord reads a record that [Application.RecordJSON] wrote, with its keys, in any order.
func ApplicationFromRecord(record []byte, keys []*PrivateKey) (*Application, error) {
	return application(capi.ApplicationFromRecord(record, rawKeys(keys)))
}

// ApplicationFromEvents takes all steps again, with the keys of the record that comes out, in any order. The events are
// what the steps gave, as one JSON document: {"events":[…]}.
func ApplicationFromEvents(events []byte, keys []*PrivateKey) (*Application, error) {
	return application(capi.ApplicationFromEvents(events, rawKeys(keys)))
}

func application(handle *capi.Application, err error) (*Application, error) {
	if err != nil {
		return nil, wrap(err)
	}
	return &Application{handle: handle}, nil
}

func rawKeys(keys []*PrivateKey) []*capi.PrivateKey {
	raw := make([]*capi.PrivateKey, len(keys))
	for index, key := range keys {
		raw[index] = key.raw()
	}
	return raw
}

// Close frees it; see Closing in the package documentation. It does not wait for a running step.
func (a *Application) Close() error {
	a.raw().Close()
	return nil
}

// ID is the name of the application.
func (a *Application) ID() string {
	defer a.lock()()
	return a.raw().ID()
}

// Revision is the number of events. Compare it with the stored one before you store the record.
func (a *Application) Revision() uint64 {
	defer a.lock()()
	return a.raw().Revision()
}

// Keys are the private keys to store beside the record, to be closed by the caller.
func (a *Application) Keys() ([]*PrivateKey, error) {
	defer a.lock()()
	raw, err := a.raw().Keys()
	if err != nil {
		return nil, wrap(err)
	}
	keys := make([]*PrivateKey, len(raw))
	for index, key := range raw {
		keys[index] = &PrivateKey{key}
	}
	return keys, nil
}

// SigningPair is the pair to sign with, and no other, to be closed by the caller; nil if nothing signs.
func (a *Application) SigningPair() (*Pair, error) {
	defer a.lock()()
	return pair(a.raw().SigningPair())
}

// Certificate is the certificate at a place, to be closed by the caller; nil if none is there.
func (a *Application) Certificate(place Place) (*Certificate, error) {
	defer a.lock()()
	return certificate(a.raw().Certificate(uint32(place)))
}

// Pair is the pair at a place, to be closed by the caller; nil if none is there.
func (a *Application) Pair(place Place) (*Pair, error) {
	defer a.lock()()
	return pair(a.raw().Pair(uint32(place)))
}

// Waits is the stage of the next certificate.
func (a *Application) Waits() Stage {
	defer a.lock()()
	return Stage(a.raw().Waits())
}

// Pending is the half of a pair that waits for the other.
func (a *Application) Pending() Half {
	defer a.lock()()
	return Half(a.raw().Pending())
}

// CertificateLight is green if there is a certificate.
func (a *Application) CertificateLight() Light {
	defer a.lock()()
	return Light(a.raw().CertificateLight())
}

// KeyLight is green if there is a private key.
func (a *Application) KeyLight() Light {
	defer a.lock()()
	return Light(a.raw().KeyLight())
}

// IsActivated reports whether the application has or had a pair.
func (a *Application) IsActivated() bool {
	defer a.lock()()
	return a.raw().IsActivated()
}

// IsUnsaved reports whether a draft waits to be saved.
func (a *Application) IsUnsaved() bool {
	defer a.lock()()
	return a.raw().IsUnsaved()
}

// Condition is the state of the active certificate's validity at a moment.
func (a *Application) Condition(now time.Time) Condition {
	defer a.lock()()
	return Condition(a.raw().Condition(now.Unix()))
}

// ToAccept are the entity IDs of those whose logins would not work after a step: exactly those that its [Acceptance]
// must name.
func (a *Application) ToAccept(step Step, now time.Time) ([]string, error) {
	defer a.lock()()
	return result(a.raw().ToAccept(uint32(step), now.Unix()))
}

// EarliestCutOver is from when on a cut-over breaks no login, if the blockers are confirmed by then; nil if nothing waits
// to be cut over to.
func (a *Application) EarliestCutOver(now time.Time) (*EarliestCutOver, error) {
	defer a.lock()()
	at, blockers, found, err := a.raw().EarliestCutOver(now.Unix())
	if err != nil || !found {
		return nil, wrap(err)
	}
	return &EarliestCutOver{UnixTime{moment(at)}, blockers}, nil
}

// Reminders are those of the certificate that signs that are due in the window.
func (a *Application) Reminders(schedule *Schedule, in Window) ([]Reminder, error) {
	defer a.lock()()
	return reminders(a.raw().Reminders(schedule.raw(), in.After.Unix(), in.Until.Unix()))
}

// CatchUp is the most urgent of the reminders that are due in the window; nil if none is.
func (a *Application) CatchUp(schedule *Schedule, in Window) (*Reminder, error) {
	defer a.lock()()
	return oneReminder(a.raw().CatchUp(schedule.raw(), in.After.Unix(), in.Until.Unix()))
}

// NextReminder is the first reminder later than a moment; nil if none is.
func (a *Application) NextReminder(schedule *Schedule, moment time.Time) (*Reminder, error) {
	defer a.lock()()
	return oneReminder(a.raw().NextReminder(schedule.raw(), moment.Unix()))
}

// Download is a file with certificates, in the form that a service provider wants.
type Download struct {
	SuggestedName string
	Content       []byte
}

// DownloadsFor are the files with all that a service provider should be given now.
func (a *Application) DownloadsFor(entityID string) ([]Download, error) {
	defer a.lock()()
	return downloads(a.raw().DownloadsFor(entityID))
}

// NextDownloadsFor is the file with the next certificate, for the moment of the cut-over: none or one. A draft is none,
// unless it signs as soon as it is saved.
func (a *Application) NextDownloadsFor(entityID string) ([]Download, error) {
	defer a.lock()()
	return downloads(a.raw().NextDownloadsFor(entityID))
}

func downloads(all []capi.Download, err error) ([]Download, error) {
	if err != nil {
		return nil, wrap(err)
	}
	made := make([]Download, len(all))
	for index, download := range all {
		made[index] = Download(download)
	}
	return made, nil
}
