//! The service providers of an application.

use core::num::NonZeroU32;

use super::super::argument::{object, object_mut, utf8};
use super::super::bytes::samlcert_bytes;
use super::super::failure::{Failure, samlcert_error, samlcert_status};
use super::super::fingerprint::samlcert_fingerprint;
use super::super::guard::guard;
use super::super::output::Output;
use super::super::selector::{Selector, samlcert_capability, samlcert_hash, samlcert_paste_format, samlcert_profile};
use super::{at, samlcert_application};
use crate::application::{Capability, DisplayName, EntityId, ServiceProvider};
use crate::error_code::ErrorCode;

fn capability_of(capability: u32, parameter: u32) -> Result<Capability, Failure> {
    let capability = samlcert_capability::select(capability)?;
    match (capability, NonZeroU32::new(parameter)) {
        (samlcert_capability::OneCertificate, None) => Ok(Capability::OneCertificate),
        (samlcert_capability::SeveralCertificates, None) => Ok(Capability::SeveralCertificates),
        (samlcert_capability::Metadata, Some(pull_interval)) => Ok(Capability::Metadata { pull_interval }),
        (samlcert_capability::Fingerprint, _) => {
            Ok(Capability::Fingerprint { algorithm: samlcert_hash::select(parameter)? })
        }
        _ => Err(Failure::new(
            ErrorCode::OutOfRange,
            "`parameter` is the pull interval in seconds of SAMLCERT_CAPABILITY_METADATA, a samlcert_hash of \
             SAMLCERT_CAPABILITY_FINGERPRINT, and else 0",
        )),
    }
}

/// A provider with what is chosen for it; 0 chooses the usual one.
fn choose(provider: ServiceProvider, paste_format: u32, profile: u32) -> Result<ServiceProvider, Failure> {
    let provider = match paste_format {
        0 => provider,
        _ => provider.with_paste_format(samlcert_paste_format::select(paste_format)?),
    };
    match profile {
        0 => Ok(provider),
        _ => Ok(provider.with_profile(samlcert_profile::select(profile)?)),
    }
}

fn named(provider: ServiceProvider, name: &str) -> Result<ServiceProvider, Failure> {
    if name.is_empty() { Ok(provider) } else { Ok(provider.with_name(DisplayName::new(name)?)) }
}

/// Adds a service provider. `capability` (`samlcert_capability`) says what it can take; nothing else is known of it
/// yet. `parameter` is the pull interval in seconds for `SAMLCERT_CAPABILITY_METADATA`, a `samlcert_hash` for
/// `SAMLCERT_CAPABILITY_FINGERPRINT`, and 0 for others. `name` is for people, and may be empty. For `paste_format`
/// (`samlcert_paste_format`) and `profile` (`samlcert_profile`), 0 is the default of the capability.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `unknown-selector`, `out-of-range`, `duplicate-provider`, `too-many`, `invalid-text` of the actor,
/// `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_add_provider(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    entity_id: *const u8,
    entity_id_len: usize,
    name: *const u8,
    name_len: usize,
    capability: u32,
    parameter: u32,
    paste_format: u32,
    profile: u32,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let name = utf8(name, name_len, "name")?;
            let provider = ServiceProvider::new(EntityId::new(entity_id)?, capability_of(capability, parameter)?);
            let provider = choose(named(provider, name)?, paste_format, profile)?;
            application.step(Output::wanted(event), |application| application.add_provider(at(now, actor), provider))
        })
    }
}

/// Records that a service provider was seen to hold a certificate, named by its fingerprint or by that of its key. It
/// need not belong to this application.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `unknown-selector`, `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then
/// unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_confirm(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    entity_id: *const u8,
    entity_id_len: usize,
    certificate: *const samlcert_fingerprint,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let certificate = object(certificate, "certificate")?;
            let (entity_id, certificate) = (EntityId::new(entity_id)?, certificate.read()?);
            application.step(Output::wanted(event), |application| {
                application.confirm(at(now, actor), &entity_id, &certificate)
            })
        })
    }
}

/// Records that a service provider was given what `samlcert_application_downloads_for` has for it.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_record_export(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    entity_id: *const u8,
    entity_id_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let entity_id = EntityId::new(entity_id)?;
            application.step(Output::wanted(event), |application| application.record_export(at(now, actor), &entity_id))
        })
    }
}

/// Removes a service provider.
///
/// `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
/// `samlcert_bytes_free`.
/// Errors: `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_remove_provider(
    application: *mut samlcert_application,
    now: i64,
    actor: *const u8,
    actor_len: usize,
    entity_id: *const u8,
    entity_id_len: usize,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object_mut(application, "application")?;
            let actor = utf8(actor, actor_len, "actor")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let entity_id = EntityId::new(entity_id)?;
            application
                .step(Output::wanted(event), |application| application.remove_provider(at(now, actor), &entity_id))
        })
    }
}
