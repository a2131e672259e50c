package capi

// #include <samlcert.h>
import "C"

// At is when a step is taken, and by whom.
type At struct {
	Now   int64
	Actor string
}

// step is what each function of a step takes.
type step struct {
	application *C.samlcert_application
	now         C.int64_t
	actor       *C.uint8_t
	actorLen    C.size_t
	event       **C.samlcert_bytes
	err         **C.samlcert_error
}

// step takes a step, and gives its event.
func (o *Application) step(at At, take func(s step) C.samlcert_status) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(event **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		actor, n := in([]byte(at.Actor))
		return take(step{p, C.int64_t(at.Now), actor, n, event, e})
	})
}

// Activate calls samlcert_application_activate.
func (o *Application) Activate(at At, pair *Pair) ([]byte, error) {
	p := pair.enter()
	defer pair.leave(p != nil)
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_activate(s.application, s.now, s.actor, s.actorLen, p, s.event, s.err)
	})
}

// UploadCertificate calls samlcert_application_upload_certificate.
func (o *Application) UploadCertificate(at At, certificate *Certificate) ([]byte, error) {
	p := certificate.enter()
	defer certificate.leave(p != nil)
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_upload_certificate(s.application, s.now, s.actor, s.actorLen, p, s.event, s.err)
	})
}

// UploadPrivateKey calls samlcert_application_upload_private_key.
func (o *Application) UploadPrivateKey(at At, key *PrivateKey) ([]byte, error) {
	p := key.enter()
	defer key.leave(p != nil)
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_upload_private_key(s.application, s.now, s.actor, s.actorLen, p, s.event, s.err)
	})
}

// Stage calls samlcert_application_stage.
func (o *Application) Stage(at At, pair *Pair) ([]byte, error) {
	p := pair.enter()
	defer pair.leave(p != nil)
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_stage(s.application, s.now, s.actor, s.actorLen, p, s.event, s.err)
	})
}

// Discard calls samlcert_application_discard.
func (o *Application) Discard(at At) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_discard(s.application, s.now, s.actor, s.actorLen, s.event, s.err)
	})
}

// Publish calls samlcert_application_publish.
func (o *Application) Publish(at At) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_publish(s.application, s.now, s.actor, s.actorLen, s.event, s.err)
	})
}

// Acceptance is whose logins may break, and why.
type Acceptance struct {
	Providers []string
	Reason    string
}

// guarded is what the functions of the steps that break logins take besides.
type guarded struct {
	step
	accepted  *C.samlcert_entity_ids
	reason    *C.uint8_t
	reasonLen C.size_t
}

func (o *Application) guarded(at At, accept Acceptance, take func(g guarded) C.samlcert_status) ([]byte, error) {
	accepted, err := entityIDs(accept.Providers)
	if err != nil {
		return nil, err
	}
	defer C.samlcert_entity_ids_free(accepted)
	return o.step(at, func(s step) C.samlcert_status {
		reason, n := in([]byte(accept.Reason))
		return take(guarded{s, accepted, reason, n})
	})
}

// Save calls samlcert_application_save.
func (o *Application) Save(at At, accept Acceptance) ([]byte, error) {
	return o.guarded(at, accept, func(g guarded) C.samlcert_status {
		return C.samlcert_application_save(g.application, g.now, g.actor, g.actorLen,
			g.accepted, g.reason, g.reasonLen, g.event, g.err)
	})
}

// CutOver calls samlcert_application_cut_over.
func (o *Application) CutOver(at At, accept Acceptance) ([]byte, error) {
	return o.guarded(at, accept, func(g guarded) C.samlcert_status {
		return C.samlcert_application_cut_over(g.application, g.now, g.actor, g.actorLen,
			g.accepted, g.reason, g.reasonLen, g.event, g.err)
	})
}

// RollBack calls samlcert_application_roll_back.
func (o *Application) RollBack(at At, accept Acceptance) ([]byte, error) {
	return o.guarded(at, accept, func(g guarded) C.samlcert_status {
		return C.samlcert_application_roll_back(g.application, g.now, g.actor, g.actorLen,
			g.accepted, g.reason, g.reasonLen, g.event, g.err)
	})
}

// Retire calls samlcert_application_retire.
func (o *Application) Retire(at At, accept Acceptance) ([]byte, error) {
	return o.guarded(at, accept, func(g guarded) C.samlcert_status {
		return C.samlcert_application_retire(g.application, g.now, g.actor, g.actorLen,
			g.accepted, g.reason, g.reasonLen, g.event, g.err)
	})
}

// Revoke calls samlcert_application_revoke; a nil replacement is none.
func (o *Application) Revoke(at At, of Fingerprint, reason uint32, replacement *Pair) ([]byte, error) {
	var p *C.samlcert_pair
	if replacement != nil {
		p = replacement.enter()
		defer replacement.leave(p != nil)
		if p == nil {
			return nil, closed()
		}
	}
	f := of.c()
	return o.step(at, func(s step) C.samlcert_status {
		return C.samlcert_application_revoke(s.application, s.now, s.actor, s.actorLen,
			&f, C.uint32_t(reason), p, s.event, s.err)
	})
}

// Set calls samlcert_application_set.
func (o *Application) Set(at At, settings []byte) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		p, n := in(settings)
		return C.samlcert_application_set(s.application, s.now, s.actor, s.actorLen, p, n, s.event, s.err)
	})
}

// Provider is what samlcert_application_add_provider takes.
type Provider struct {
	EntityID, Name                              string
	Capability, Parameter, PasteFormat, Profile uint32
}

// AddProvider calls samlcert_application_add_provider.
func (o *Application) AddProvider(at At, provider Provider) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		id, idLen := in([]byte(provider.EntityID))
		name, nameLen := in([]byte(provider.Name))
		return C.samlcert_application_add_provider(s.application, s.now, s.actor, s.actorLen, id, idLen, name, nameLen,
			C.uint32_t(provider.Capability), C.uint32_t(provider.Parameter),
			C.uint32_t(provider.PasteFormat), C.uint32_t(provider.Profile), s.event, s.err)
	})
}

// Confirm calls samlcert_application_confirm.
func (o *Application) Confirm(at At, entityID string, certificate Fingerprint) ([]byte, error) {
	f := certificate.c()
	return o.step(at, func(s step) C.samlcert_status {
		id, n := in([]byte(entityID))
		return C.samlcert_application_confirm(s.application, s.now, s.actor, s.actorLen, id, n, &f, s.event, s.err)
	})
}

// RecordExport calls samlcert_application_record_export.
func (o *Application) RecordExport(at At, entityID string) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		id, n := in([]byte(entityID))
		return C.samlcert_application_record_export(s.application, s.now, s.actor, s.actorLen, id, n, s.event, s.err)
	})
}

// RemoveProvider calls samlcert_application_remove_provider.
func (o *Application) RemoveProvider(at At, entityID string) ([]byte, error) {
	return o.step(at, func(s step) C.samlcert_status {
		id, n := in([]byte(entityID))
		return C.samlcert_application_remove_provider(s.application, s.now, s.actor, s.actorLen, id, n, s.event, s.err)
	})
}
