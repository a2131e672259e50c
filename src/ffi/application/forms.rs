//! How an application stands, as JSON in the documented forms. None has a byte of a private key.

use super::super::argument::{array, object, utf8};
use super::super::bytes::samlcert_bytes;
use super::super::failure::{samlcert_error, samlcert_status};
use super::super::guard::guard;
use super::super::json::json;
use super::super::output::Output;
use super::super::selector::{Selector, samlcert_step};
use super::samlcert_application;
use crate::json::{
    Certificates, Exports, Identification, Impact, Log, Logins, Notice, Plan, Providers, Status, write_record,
    write_settings,
};
use crate::notice::{LinkTemplate, notice};
use crate::time::UnixTime;

/// The record: everything but the private keys. Store it, and beside it the keys of `samlcert_application_key`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_record_json(
    application: *const samlcert_application,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(write_record(application.record())?.into());
            Ok(())
        })
    }
}

/// The settings, in the form that they have in the record. Change them, and pass them to `samlcert_application_set`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_settings_json(
    application: *const samlcert_application,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(write_settings(application.record().settings())?.into());
            Ok(())
        })
    }
}

/// The events of the steps that were taken with this object, the first one first: `{"events":[…]}`, each in its stored
/// form.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_events_json(
    application: *const samlcert_application,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(json(&Log::from(application.events.as_slice()))?);
            Ok(())
        })
    }
}

/// The status of the application at a moment: what `samlcert app status --json` prints, except for the keys and the
/// settings.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_status_json(
    application: *const samlcert_application,
    now: i64,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let record = application.record();
            out.give(json(&Status::new(record.id(), &record.status(UnixTime(now))))?);
            Ok(())
        })
    }
}

/// What to do from a moment on, in order: what `samlcert app plan --json` prints.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_plan_json(
    application: *const samlcert_application,
    now: i64,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let (record, now) = (application.record(), UnixTime(now));
            out.give(json(&Plan::new(record.id(), &record.plan(now), record.earliest_cut_over(now).as_ref()))?);
            Ok(())
        })
    }
}

/// Identifies the certificate of the application that a text (a paste, a fingerprint or its first characters) belongs
/// to: what `samlcert app identify --json` prints.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_identify_json(
    application: *const samlcert_application,
    text: *const u8,
    text_len: usize,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let text = array(text, text_len, "text")?;
            let out = Output::at(out, "out")?;
            out.give(json(&Identification::from(&application.record().identify(text)))?);
            Ok(())
        })
    }
}

/// The message that the active certificate expires: `{"subject":…,"text":…,"html":…}`. `link` is a template of an
/// address with `{id}` or `{sha256}` in it, for "Regenerate Certificate"; empty if there is none. `*out` becomes NULL
/// if nothing signs.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `invalid-link`, `not-utf8`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_notice_json(
    application: *const samlcert_application,
    now: i64,
    link: *const u8,
    link_len: usize,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let link = utf8(link, link_len, "link")?;
            let out = Output::at(out, "out")?;
            let link = if link.is_empty() { None } else { Some(LinkTemplate::new(link)?) };
            let notice = notice(application.record(), UnixTime(now), link.as_ref());
            out.give_option(notice.map(|notice| json(&Notice::from(notice))).transpose()?);
            Ok(())
        })
    }
}

/// Every certificate of the application, those that begin latest first.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_certificates_json(
    application: *const samlcert_application,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(json(&Certificates::from(application.record()))?);
            Ok(())
        })
    }
}

/// The service providers, as they stand in the record.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_providers_json(
    application: *const samlcert_application,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(json(&Providers::from(application.record()))?);
            Ok(())
        })
    }
}

/// Whose logins work at a moment.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_logins_json(
    application: *const samlcert_application,
    now: i64,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(json(&Logins::from(application.record().logins(UnixTime(now)).as_slice()))?);
            Ok(())
        })
    }
}

/// Whose logins would work after a step of `samlcert_step`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `unknown-selector`; why the step cannot be taken, whatever is accepted.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_impact_json(
    application: *const samlcert_application,
    step: u32,
    now: i64,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let step = samlcert_step::select(step)?;
            out.give(json(&Impact::new(step, &application.record().impact(step, UnixTime(now))?))?);
            Ok(())
        })
    }
}

/// What service providers should be given now, without the content: see `samlcert_application_downloads_for`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_exports_json(
    application: *const samlcert_application,
    now: i64,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give(json(&Exports::from(application.record().exports(UnixTime(now)).as_slice()))?);
            Ok(())
        })
    }
}
