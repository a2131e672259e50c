//! How an application stands, as values.

use std::sync::Arc;

use super::super::argument::{object, past_the_end};
use super::super::bytes::samlcert_slice;
use super::super::certificate::samlcert_certificate;
use super::super::entity_ids::samlcert_entity_ids;
use super::super::failure::{samlcert_error, samlcert_status};
use super::super::guard::{guard, guard_get};
use super::super::output::Output;
use super::super::pair::samlcert_pair;
use super::super::private_key::samlcert_private_key;
use super::super::selector::{
    Selector, samlcert_condition, samlcert_half, samlcert_light, samlcert_place, samlcert_stage, samlcert_step,
};
use super::samlcert_application;
use crate::application::{Condition, Indicator, Next, Pending, PlacedCertificate, Record, Stage};
use crate::time::UnixTime;

fn placed(record: &Record, place: samlcert_place) -> Option<&PlacedCertificate> {
    match place {
        samlcert_place::Active => record.active(),
        samlcert_place::Next => record.next().map(Next::placed),
        samlcert_place::Previous => record.previous(),
        samlcert_place::Pending => match record.pending()? {
            Pending::Certificate(placed) => Some(placed),
            Pending::PrivateKey { .. } => None,
        },
    }
}

impl From<Indicator> for samlcert_light {
    fn from(light: Indicator) -> Self {
        match light {
            Indicator::Grey => Self::Grey,
            Indicator::Green => Self::Green,
        }
    }
}

impl From<Stage> for samlcert_stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::Saved => Self::Saved,
            Stage::Published => Self::Published,
        }
    }
}

impl From<Condition> for samlcert_condition {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::NothingSigns => Self::NothingSigns,
            Condition::NotYetValid => Self::NotYetValid,
            Condition::Active => Self::Active,
            Condition::Expiring => Self::Expiring,
            Condition::Expired => Self::Expired,
        }
    }
}

/// The ID.
///
/// Owner: the application; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_id(application: *const samlcert_application) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().id().as_str().into()) }
}

/// How many events the application has, its creation included.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_revision(application: *const samlcert_application) -> u64 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().revision()) }
}

/// How many private keys there are to store beside the record.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_key_count(application: *const samlcert_application) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.application.secret_keys().count()) }
}

/// One of the private keys to store beside the record, by its index from 0. The key is shared, not copied. Its SHA-256
/// fingerprint (`samlcert_private_key_fingerprint`) is the `spki_sha256` in the JSON of
/// `samlcert_application_certificates_json`.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `out-of-range`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_key(
    application: *const samlcert_application,
    index: usize,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let mut keys = application.application.secret_keys();
            let missing = || past_the_end("private key", index, application.application.secret_keys().count());
            let (_, key) = keys.nth(index).ok_or_else(missing)?;
            out.give(samlcert_private_key(Arc::clone(key)));
            Ok(())
        })
    }
}

/// The pair that signs: sign with it, and with no other. `*out` becomes NULL if nothing signs.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_signing_pair(
    application: *const samlcert_application,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            out.give_option(application.application.signing_pair().map(samlcert_pair));
            Ok(())
        })
    }
}

/// The certificate in a place of `samlcert_place`. `*out` becomes NULL if there is none.
///
/// Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_certificate(
    application: *const samlcert_application,
    place: u32,
    out: *mut *mut samlcert_certificate,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let placed = placed(application.record(), samlcert_place::select(place)?);
            out.give_option(placed.map(|placed| samlcert_certificate(placed.certificate().clone())));
            Ok(())
        })
    }
}

/// The pair in a place of `samlcert_place`. `*out` becomes NULL if there is no certificate, or no key for it.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_pair(
    application: *const samlcert_application,
    place: u32,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let placed = placed(application.record(), samlcert_place::select(place)?);
            out.give_option(placed.and_then(|placed| application.application.pair_of(placed)).map(samlcert_pair));
            Ok(())
        })
    }
}

/// How far the next certificate has come; `SAMLCERT_STAGE_NONE` if there is none.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_waits(application: *const samlcert_application) -> samlcert_stage {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(application, |application| {
            application.record().next().map(|next| next.stage().into()).unwrap_or_default()
        })
    }
}

/// The half of a pair that waits for its other half; `SAMLCERT_HALF_NONE` if none does.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_pending(application: *const samlcert_application) -> samlcert_half {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(application, |application| match application.record().pending() {
            Some(Pending::Certificate(_)) => samlcert_half::Certificate,
            Some(Pending::PrivateKey { .. }) => samlcert_half::PrivateKey,
            None => samlcert_half::None,
        })
    }
}

/// Whether there is a certificate that signs: the indicator beside "Certificate" in a console.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_certificate_light(
    application: *const samlcert_application,
) -> samlcert_light {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().certificate_indicator().into()) }
}

/// Whether there is a private key that signs: the indicator beside "Key" in a console.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_key_light(application: *const samlcert_application) -> samlcert_light {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().key_indicator().into()) }
}

/// Returns true if the application has or had a pair.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_is_activated(application: *const samlcert_application) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().activated_at().is_some()) }
}

/// Returns true if something is not saved: a draft, or half of a pair that waits. The old pair still signs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_is_unsaved(application: *const samlcert_application) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().is_unsaved()) }
}

/// The state of the active certificate's validity at a moment.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_condition(
    application: *const samlcert_application,
    now: i64,
) -> samlcert_condition {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(application, |application| application.record().condition(UnixTime(now)).into()) }
}

/// The service providers whose logins a step of `samlcert_step` breaks, or may break. The step must be told to accept
/// exactly these. Empty if there are none.
///
/// Owner: the caller, who frees `*out` with `samlcert_entity_ids_free`.
/// Errors: `unknown-selector`; why the step cannot be taken, whatever is accepted.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_to_accept(
    application: *const samlcert_application,
    step: u32,
    now: i64,
    out: *mut *mut samlcert_entity_ids,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (application, out) = (object(application, "application")?, Output::at(out, "out")?);
            let entity_ids = application.record().to_accept(samlcert_step::select(step)?, UnixTime(now))?;
            out.give(samlcert_entity_ids(entity_ids));
            Ok(())
        })
    }
}

/// When a cut-over to the next certificate breaks no login, and which service providers must be given the certificate
/// before. If there is no next certificate, `*found` is false, and the other outputs are unchanged.
///
/// Owner: the caller, who frees `*blockers` with `samlcert_entity_ids_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_earliest_cut_over(
    application: *const samlcert_application,
    now: i64,
    at: *mut i64,
    blockers: *mut *mut samlcert_entity_ids,
    found: *mut bool,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let at = Output::at(at, "at")?;
            let blockers = Output::at(blockers, "blockers")?;
            let found = Output::at(found, "found")?;
            let earliest = application.record().earliest_cut_over(UnixTime(now));
            found.write(earliest.is_some());
            if let Some(earliest) = earliest {
                at.write(earliest.at.0);
                blockers.give(samlcert_entity_ids(earliest.blockers));
            }
            Ok(())
        })
    }
}
