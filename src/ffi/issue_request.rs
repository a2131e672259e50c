//! Requests for new pairs, for C.

use super::argument::{object, object_mut, utf8};
use super::failure::{samlcert_error, samlcert_status};
use super::guard::{guard, guard_free};
use super::lifetime::lifetime_of;
use super::output::Output;
use super::pair::samlcert_pair;
use super::selector::{Selector, samlcert_key_kind};
use crate::entropy::SystemEntropy;
use crate::issue::IssueRequest;
use crate::time::UnixTime;

/// A request for a new pair. One thread at a time.
#[derive(Debug)]
pub struct samlcert_issue_request(IssueRequest);

/// A request for a new pair with a common name: RSA-2048, valid for five years, nothing else in the subject.
///
/// Owner: the caller, who frees `*out` with `samlcert_issue_request_free`.
/// Errors: `attribute-empty`; `attribute-too-long` over 64 characters; `attribute-character` for an invisible
/// character; `not-utf8`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_new(
    common_name: *const u8,
    common_name_len: usize,
    out: *mut *mut samlcert_issue_request,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (common_name, out) = (utf8(common_name, common_name_len, "common_name")?, Output::at(out, "out")?);
            out.give(samlcert_issue_request(IssueRequest::new(common_name)?));
            Ok(())
        })
    }
}

/// Frees a request. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_free(request: *mut samlcert_issue_request) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(request) }
}

/// Sets the organization of the subject.
///
/// Errors: `attribute-empty`, `attribute-too-long`, `attribute-character`, `not-utf8`. The request is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_set_organization(
    request: *mut samlcert_issue_request,
    text: *const u8,
    text_len: usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (request, text) = (object_mut(request, "request")?, utf8(text, text_len, "text")?);
            request.0 = request.0.clone().organization(text)?;
            Ok(())
        })
    }
}

/// Sets the organizational unit of the subject.
///
/// Errors: `attribute-empty`, `attribute-too-long`, `attribute-character`, `not-utf8`. The request is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_set_organizational_unit(
    request: *mut samlcert_issue_request,
    text: *const u8,
    text_len: usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (request, text) = (object_mut(request, "request")?, utf8(text, text_len, "text")?);
            request.0 = request.0.clone().organizational_unit(text)?;
            Ok(())
        })
    }
}

/// Sets the country of the subject: two letters A-Z (ISO 3166).
///
/// Errors: `country`, `not-utf8`. The request is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_set_country(
    request: *mut samlcert_issue_request,
    text: *const u8,
    text_len: usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (request, text) = (object_mut(request, "request")?, utf8(text, text_len, "text")?);
            request.0 = request.0.clone().country(text)?;
            Ok(())
        })
    }
}

/// Sets the kind of the key: a `samlcert_key_kind`.
///
/// Errors: `unknown-selector`. The request is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_set_key_kind(
    request: *mut samlcert_issue_request,
    key_kind: u32,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let request = object_mut(request, "request")?;
            request.0 = request.0.clone().key_kind(samlcert_key_kind::select(key_kind)?);
            Ok(())
        })
    }
}

/// Sets how long the certificate is valid: `lifetime` days or years, as `lifetime_unit` says
/// (`samlcert_lifetime_unit`), from `back_dated_s` seconds before the moment when it is made.
///
/// Errors: `unknown-selector`, `out-of-range`, `no-lifetime`. The request is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_set_lifetime(
    request: *mut samlcert_issue_request,
    lifetime_unit: u32,
    lifetime: u32,
    back_dated_s: u32,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let request = object_mut(request, "request")?;
            request.0 = request.0.clone().lifetime(lifetime_of(lifetime_unit, lifetime, back_dated_s)?);
            Ok(())
        })
    }
}

/// Makes the key and its self-signed certificate. An RSA key takes from 0.1 s to several seconds. The request can be
/// used again.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: `issue-date` if the validity leaves the years 1950 to 9999; `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_issue_request_issue(
    request: *const samlcert_issue_request,
    now: i64,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (request, out) = (object(request, "request")?, Output::at(out, "out")?);
            out.give(samlcert_pair(request.0.issue(UnixTime(now), &mut SystemEntropy)?));
            Ok(())
        })
    }
}
