//! Certificates as files for service providers.

use super::super::argument::{object, utf8};
use super::super::bytes::samlcert_slice;
use super::super::failure::{samlcert_error, samlcert_status};
use super::super::guard::{guard, guard_free, guard_get};
use super::super::output::Output;
use super::samlcert_application;
use crate::application::{Download, EntityId};

/// Files with certificates, each in the form that a service provider wants. Immutable: any number of threads may use it
/// at once.
#[derive(Debug)]
pub struct samlcert_downloads(Vec<Download>);

/// The files that a service provider is given now: the certificates of its profile in its form.
///
/// Owner: the caller, who frees `*out` with `samlcert_downloads_free`.
/// Errors: `unknown-provider`, `invalid-text`, `not-utf8`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_downloads_for(
    application: *const samlcert_application,
    entity_id: *const u8,
    entity_id_len: usize,
    out: *mut *mut samlcert_downloads,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let out = Output::at(out, "out")?;
            let entity_id = EntityId::new(entity_id)?;
            out.give(samlcert_downloads(application.record().download_for(&entity_id)?));
            Ok(())
        })
    }
}

/// The file with the next certificate, in the form of a service provider, to install at the moment of the cut-over;
/// none if no next certificate is saved.
///
/// Owner: the caller, who frees `*out` with `samlcert_downloads_free`.
/// Errors: `unknown-provider`, `invalid-text`, `not-utf8`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_next_downloads_for(
    application: *const samlcert_application,
    entity_id: *const u8,
    entity_id_len: usize,
    out: *mut *mut samlcert_downloads,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let entity_id = utf8(entity_id, entity_id_len, "entity_id")?;
            let out = Output::at(out, "out")?;
            let entity_id = EntityId::new(entity_id)?;
            out.give(samlcert_downloads(application.record().next_download_for(&entity_id)?.into_iter().collect()));
            Ok(())
        })
    }
}

/// Frees files. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_downloads_free(downloads: *mut samlcert_downloads) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(downloads) }
}

/// How many there are.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_downloads_count(downloads: *const samlcert_downloads) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(downloads, |downloads| downloads.0.len()) }
}

/// A file name that is unique to this content; empty past the end.
///
/// Owner: the files; valid until they are freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_downloads_suggested_name(
    downloads: *const samlcert_downloads,
    index: usize,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(downloads, |downloads| {
            downloads.0.get(index).map(|file| file.suggested_name.as_str()).unwrap_or_default().into()
        })
    }
}

/// The content of a file; empty past the end.
///
/// Owner: the files; valid until they are freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_downloads_bytes(
    downloads: *const samlcert_downloads,
    index: usize,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(downloads, |downloads| {
            downloads.0.get(index).map(|file| file.content.as_slice()).unwrap_or_default().into()
        })
    }
}
