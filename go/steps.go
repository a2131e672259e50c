package samlcert

import (
	"encoding/json"
	"fmt"
	"time"

	"samlcert/internal/capi"
)

// event is the event of a step as it is stored; see [ParseEvent].
func event(stored []byte, err error) (json.RawMessage, error) {
	return result(json.RawMessage(stored), err)
}

// Activate gives the application its first pair, which signs at once.
func (a *Application) Activate(at At, pair *Pair) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Activate(at.c(), pair.raw()))
}

// UploadCertificate brings in a certificate: a half that waits for its key, or completes the pair that is next.
func (a *Application) UploadCertificate(at At, certificate *Certificate) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().UploadCertificate(at.c(), certificate.raw()))
}

// UploadPrivateKey brings in a key: a half that waits for its certificate, or completes the pair that is next.
func (a *Application) UploadPrivateKey(at At, key *PrivateKey) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().UploadPrivateKey(at.c(), key.raw()))
}

// Stage brings in a pair that is next: a draft, which changes nothing before it is saved.
func (a *Application) Stage(at At, pair *Pair) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Stage(at.c(), pair.raw()))
}

// Acceptance names whose logins may break in a step, and why that is accepted. The zero value accepts nobody's.
type Acceptance struct {
	// Providers are entity IDs: exactly those that [Application.ToAccept] gives.
	Providers []string
	// Reason is for the log, and must be there if anybody is accepted.
	Reason string
}

// Save saves the draft. Under [PolicyOnSave] it signs at once.
func (a *Application) Save(at At, accept Acceptance) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Save(at.c(), capi.Acceptance(accept)))
}

// Discard takes back the half that waits, else the next certificate.
func (a *Application) Discard(at At) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Discard(at.c()))
}

// Publish notes that metadata shows the saved certificate beside the one that signs.
func (a *Application) Publish(at At) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Publish(at.c()))
}

// CutOver makes the published next pair sign; the one that signed can come back.
func (a *Application) CutOver(at At, accept Acceptance) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().CutOver(at.c(), capi.Acceptance(accept)))
}

// RollBack makes the previous pair sign again.
func (a *Application) RollBack(at At, accept Acceptance) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().RollBack(at.c(), capi.Acceptance(accept)))
}

// Retire ends the previous certificate, and forgets its key.
func (a *Application) Retire(at At, accept Acceptance) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Retire(at.c(), capi.Acceptance(accept)))
}

// Revoke ends every certificate of a key, for good. If the key signs, a replacement, which may be nil, signs at once.
func (a *Application) Revoke(at At, of Fingerprint, reason RevocationReason, replacement *Pair) (json.RawMessage, error) {
	defer a.lock()()
	var raw *capi.Pair
	if replacement != nil {
		raw = replacement.raw()
	}
	return event(a.raw().Revoke(at.c(), of.value, uint32(reason), raw))
}

// Set changes the settings; [Application.Settings] gives those that are in force.
func (a *Application) Set(at At, settings Settings) (json.RawMessage, error) {
	form, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	defer a.lock()()
	return event(a.raw().Set(at.c(), form))
}

// ServiceProvider is one that is added.
type ServiceProvider struct {
	EntityID string
	// Name is for people; it may be empty.
	Name string
	// Capability is what it can take.
	Capability Capability
	// PullInterval is of [CapabilityMetadata] alone: after how long it has pulled metadata again, at the latest.
	PullInterval time.Duration
	// Hash is of [CapabilityFingerprint] alone.
	Hash Hash
	// PasteFormat is the form in which it wants a certificate; 0 is the usual one.
	PasteFormat PasteFormat
	// Profile is which certificates it is given; 0 is the usual one.
	Profile Profile
}

// parameter is what belongs to the capability.
func (s ServiceProvider) parameter() (uint32, error) {
	pullS, err := seconds(s.PullInterval)
	switch {
	case err != nil:
		return 0, err
	case pullS != 0 && s.Capability != CapabilityMetadata, s.Hash != 0 && s.Capability != CapabilityFingerprint:
		return 0, refused(CodeOutOfRange, fmt.Sprintf("a pull interval or a hash does not belong to the capability %q", s.Capability))
	case s.Capability == CapabilityFingerprint:
		return uint32(s.Hash), nil
	default:
		return pullS, nil
	}
}

// AddProvider adds a service provider.
func (a *Application) AddProvider(at At, provider ServiceProvider) (json.RawMessage, error) {
	parameter, err := provider.parameter()
	if err != nil {
		return nil, err
	}
	defer a.lock()()
	return event(a.raw().AddProvider(at.c(), capi.Provider{
		EntityID:    provider.EntityID,
		Name:        provider.Name,
		Capability:  uint32(provider.Capability),
		Parameter:   parameter,
		PasteFormat: uint32(provider.PasteFormat),
		Profile:     uint32(provider.Profile),
	}))
}

// Confirm notes that somebody saw a service provider hold a certificate.
func (a *Application) Confirm(at At, entityID string, certificate Fingerprint) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().Confirm(at.c(), entityID, certificate.value))
}

// RecordExport notes that a service provider was given what [Application.DownloadsFor] gives.
func (a *Application) RecordExport(at At, entityID string) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().RecordExport(at.c(), entityID))
}

// RemoveProvider removes a service provider.
func (a *Application) RemoveProvider(at At, entityID string) (json.RawMessage, error) {
	defer a.lock()()
	return event(a.raw().RemoveProvider(at.c(), entityID))
}
