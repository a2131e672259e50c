package capi

// #include <samlcert.h>
import "C"

// RecordJSON calls samlcert_application_record_json.
func (o *Application) RecordJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_record_json(p, out, e)
	})
}

// SettingsJSON calls samlcert_application_settings_json.
func (o *Application) SettingsJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_settings_json(p, out, e)
	})
}

// EventsJSON calls samlcert_application_events_json.
func (o *Application) EventsJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_events_json(p, out, e)
	})
}

// CertificatesJSON calls samlcert_application_certificates_json.
func (o *Application) CertificatesJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_certificates_json(p, out, e)
	})
}

// ProvidersJSON calls samlcert_application_providers_json.
func (o *Application) ProvidersJSON() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_providers_json(p, out, e)
	})
}

// StatusJSON calls samlcert_application_status_json.
func (o *Application) StatusJSON(now int64) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_status_json(p, C.int64_t(now), out, e)
	})
}

// PlanJSON calls samlcert_application_plan_json.
func (o *Application) PlanJSON(now int64) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_plan_json(p, C.int64_t(now), out, e)
	})
}

// LoginsJSON calls samlcert_application_logins_json.
func (o *Application) LoginsJSON(now int64) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_logins_json(p, C.int64_t(now), out, e)
	})
}

// ExportsJSON calls samlcert_application_exports_json.
func (o *Application) ExportsJSON(now int64) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_exports_json(p, C.int64_t(now), out, e)
	})
}

// ImpactJSON calls samlcert_application_impact_json.
func (o *Application) ImpactJSON(step uint32, now int64) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_application_impact_json(p, C.uint32_t(step), C.int64_t(now), out, e)
	})
}

// IdentifyJSON calls samlcert_application_identify_json.
func (o *Application) IdentifyJSON(text []byte) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		said, n := in(text)
		return C.samlcert_application_identify_json(p, said, n, out, e)
	})
}

// NoticeJSON calls samlcert_application_notice_json; nil if nothing signs.
func (o *Application) NoticeJSON(now int64, link string) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		template, n := in([]byte(link))
		return C.samlcert_application_notice_json(p, C.int64_t(now), template, n, out, e)
	})
}
