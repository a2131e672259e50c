//! The steps of an application. Each is taken as a whole, or not at all.

use std::sync::Arc;

use super::super::argument::{array, object, object_mut, utf8};
use super::super::bytes::samlcert_bytes;
use super::super::certificate::samlcert_certificate;
use super::super::entity_ids::samlcert_entity_ids;
use super::super::failure::{samlcert_error, samlcert_status};
use super::super::fingerprint::samlcert_fingerprint;
use super::super::guard::guard;
use super::super::output::Output;
use super::super::pair::samlcert_pair;
use super::super::private_key::samlcert_private_key;
use super::super::selector::{Selector, samlcert_revocation_reason};
use super::{at, samlcert_application};
use crate::application::{Acceptance, Half};
use crate::json::read_settings;

/// Takes the first pair, which signs from then on.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `already-activated`, `trial-signature`, `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the actor,
/// `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_activate(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    pair: *const samlcert_pair,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let pair = object(pair, "pair")?;
            application.step(Output::wanted(event), |application| application.activate(at(now, actor), &pair.0))
        })
    }
}

/// Takes a certificate. If the application has its key already, the two become the next pair at once. Otherwise the
/// certificate waits for its key, and replaces one that waited before.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `mismatch`,
/// `unsupported-certificate-key`, `trial-signature`, `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the
/// actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_upload_certificate(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    certificate: *const samlcert_certificate,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let certificate = object(certificate, "certificate")?;
            application.step(Output::wanted(event), |application| {
                application.upload(at(now, actor), Half::Certificate(certificate.0.clone()))
            })
        })
    }
}

/// Takes a private key. If its certificate waits, the two become the next pair at once. Otherwise the key waits for its
/// certificate, and replaces one that waited before. The key is shared.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `mismatch`, `trial-signature`,
/// `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_upload_private_key(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    private_key: *const samlcert_private_key,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let private_key = object(private_key, "private_key")?;
            application.step(Output::wanted(event), |application| {
                application.upload(at(now, actor), Half::PrivateKey(Arc::clone(&private_key.0)))
            })
        })
    }
}

/// Takes a pair as the next one. It is a draft until it is saved.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `trial-signature`, `unsuitable-scheme`,
/// `entropy-failed`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_stage(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    pair: *const samlcert_pair,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let pair = object(pair, "pair")?;
            application.step(Output::wanted(event), |application| application.stage(at(now, actor), &pair.0))
        })
    }
}

/// Saves the draft; under `SAMLCERT_POLICY_ON_SAVE` it signs at once. `accepted` must name exactly those of
/// `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-save`, `unknown-provider`, `logins-would-break`, `not-affected`, `reason-required`,
/// `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the actor, `not-utf8`. The application is then
/// unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_save(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    accepted: *const samlcert_entity_ids,
    reason: *const u8,
    reason_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let reason = utf8(reason, reason_len, "reason")?;
            let accepted = accepted.as_ref().map_or(&[][..], |accepted| &accepted.0);
            application.step(Output::wanted(event), |application| {
                application.save(at(now, actor), Acceptance { providers: accepted, reason })
            })
        })
    }
}

/// Discards the half of a pair that waits, or, if none does, the next pair.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-discard`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_discard(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, actor) = (object_mut(application, "application")?, utf8(actor, actor_len, "actor")?);
            application.step(Output::wanted(event), |application| application.discard(at(now, actor)))
        })
    }
}

/// Publishes the saved next certificate: service providers are shown it from then on.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-publish`, `unsaved`, `already-published`, `invalid-text` of the actor, `not-utf8`. The
/// application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_publish(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, actor) = (object_mut(application, "application")?, utf8(actor, actor_len, "actor")?);
            application.step(Output::wanted(event), |application| application.publish(at(now, actor)))
        })
    }
}

/// Makes the published next pair sign; the one that signed becomes the previous one. `accepted` must name exactly those
/// of `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-cut-over`, `unsaved`, `not-published`, `previous-still-published`, `unknown-provider`,
/// `logins-would-break`, `not-affected`, `reason-required`, `certificate-expired`, `certificate-not-yet-valid`,
/// `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_cut_over(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    accepted: *const samlcert_entity_ids,
    reason: *const u8,
    reason_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let reason = utf8(reason, reason_len, "reason")?;
            let accepted = accepted.as_ref().map_or(&[][..], |accepted| &accepted.0);
            application.step(Output::wanted(event), |application| {
                application.cut_over(at(now, actor), Acceptance { providers: accepted, reason })
            })
        })
    }
}

/// Makes the previous pair sign again; the one that signed becomes the next one. `accepted` must name exactly those of
/// `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-roll-back`, `next-in-the-way`, `unknown-provider`, `logins-would-break`, `not-affected`,
/// `reason-required`, `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the actor, `not-utf8`. The
/// application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_roll_back(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    accepted: *const samlcert_entity_ids,
    reason: *const u8,
    reason_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let reason = utf8(reason, reason_len, "reason")?;
            let accepted = accepted.as_ref().map_or(&[][..], |accepted| &accepted.0);
            application.step(Output::wanted(event), |application| {
                application.roll_back(at(now, actor), Acceptance { providers: accepted, reason })
            })
        })
    }
}

/// Ends the previous certificate: it is no longer published, cannot come back, and its key is forgotten. `accepted`
/// must name exactly those of `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `nothing-to-retire`, `unknown-provider`, `logins-would-break`, `not-affected`, `reason-required`,
/// `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_retire(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    accepted: *const samlcert_entity_ids,
    reason: *const u8,
    reason_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let reason = utf8(reason, reason_len, "reason")?;
            let accepted = accepted.as_ref().map_or(&[][..], |accepted| &accepted.0);
            application.step(Output::wanted(event), |application| {
                application.retire(at(now, actor), Acceptance { providers: accepted, reason })
            })
        })
    }
}

/// Revokes a key, named by its fingerprint or by that of a certificate for it. Every certificate for it loses its
/// place, and no step takes the key again. `reason` is a `samlcert_revocation_reason`. A replacement, which may be
/// NULL, signs at once; the event says whose logins that breaks.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `unknown-selector`, `unknown-key`, `revoked-key`, `replacement-not-needed`, `trial-signature`,
/// `unsuitable-scheme`, `entropy-failed`, `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the
/// actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_revoke(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    fingerprint: *const samlcert_fingerprint,
    reason: u32,
    replacement: *const samlcert_pair,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let fingerprint = object(fingerprint, "fingerprint")?;
            let (fingerprint, reason) = (fingerprint.read()?, samlcert_revocation_reason::select(reason)?);
            let replacement = replacement.as_ref().map(|pair| &pair.0);
            application.step(Output::wanted(event), |application| {
                application.revoke(at(now, actor), &fingerprint, reason, replacement)
            })
        })
    }
}

/// Replaces the settings. They are JSON in the form that they have in the record
/// (`samlcert_application_settings_json`); every field must be there.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `record-malformed`, `too-many`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_set(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    settings: *const u8,
    settings_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let settings = array(settings, settings_len, "settings")?;
            let settings = read_settings(settings)?;
            application.step(Output::wanted(event), |application| application.set(at(now, actor), settings))
        })
    }
}
