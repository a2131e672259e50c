package samlcert

import (
	"encoding/json"
	"time"
)

// decode reads a JSON form; nil if there is none.
func decode[T any](form []byte, err error) (*T, error) {
	if err != nil || form == nil {
		return nil, wrap(err)
	}
	made := new(T)
	if err := json.Unmarshal(form, made); err != nil {
		return nil, err
	}
	return made, nil
}

// RecordJSON is the record as it is stored: all of the application but its private keys.
func (a *Application) RecordJSON() (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().RecordJSON())
}

// EventsJSON is {"events":[…]} with the events, as they are stored, of the steps that were taken with this object.
func (a *Application) EventsJSON() (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().EventsJSON())
}

// Log is the events of the steps that were taken with this object, the oldest first.
func (a *Application) Log() (*Log, error) { return decode[Log](a.EventsJSON()) }

// Settings are the settings that are in force.
func (a *Application) Settings() (*Settings, error) {
	defer a.lock()()
	return decode[Settings](a.raw().SettingsJSON())
}

// Status is the status of the application at a moment.
func (a *Application) Status(now time.Time) (*Status, error) {
	return decode[Status](a.StatusJSON(now))
}

// StatusJSON is the JSON of [Application.Status].
func (a *Application) StatusJSON(now time.Time) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().StatusJSON(now.Unix()))
}

// Plan is what to do in order.
func (a *Application) Plan(now time.Time) (*Plan, error) { return decode[Plan](a.PlanJSON(now)) }

// PlanJSON is the JSON of [Application.Plan].
func (a *Application) PlanJSON(now time.Time) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().PlanJSON(now.Unix()))
}

// Identify identifies the certificate of the application that a text belongs to: a paste, a fingerprint, or the first characters
// of one.
func (a *Application) Identify(text []byte) (*Identification, error) {
	defer a.lock()()
	return decode[Identification](a.raw().IdentifyJSON(text))
}

// Notice is the message that the certificate that signs expires; nil if nothing signs. The link is a template
// with {id} and {sha256}; "" is none.
func (a *Application) Notice(now time.Time, link string) (*Notice, error) {
	defer a.lock()()
	return decode[Notice](a.raw().NoticeJSON(now.Unix(), link))
}

// Certificates are all certificates, those that begin latest first.
func (a *Application) Certificates() (*Certificates, error) {
	defer a.lock()()
	return decode[Certificates](a.raw().CertificatesJSON())
}

// Providers are the service providers.
func (a *Application) Providers() (*Providers, error) {
	defer a.lock()()
	return decode[Providers](a.raw().ProvidersJSON())
}

// Logins says whose logins work.
func (a *Application) Logins(now time.Time) (*Logins, error) {
	defer a.lock()()
	return decode[Logins](a.raw().LoginsJSON(now.Unix()))
}

// Impact says whose logins would work after a step.
func (a *Application) Impact(step Step, now time.Time) (*Impact, error) {
	defer a.lock()()
	return decode[Impact](a.raw().ImpactJSON(uint32(step), now.Unix()))
}

// Exports are what service providers should be given.
func (a *Application) Exports(now time.Time) (*Exports, error) {
	defer a.lock()()
	return decode[Exports](a.raw().ExportsJSON(now.Unix()))
}
