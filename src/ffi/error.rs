//! The error that C gets, and what it says.

use super::bytes::samlcert_slice;
use super::failure::{samlcert_error, samlcert_status};
use super::guard::{guard_free, guard_get};
use super::output::Output;
use crate::span::Span;

/// A place in the given input, in bytes: the start is inclusive, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct samlcert_span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl From<Span> for samlcert_span {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// The number of an error; 0 for NULL.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_error_code(error: *const samlcert_error) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(error, |error| error.0.status()) }
}

/// What was wrong, where, and what to do: a sentence or a few, in UTF-8. It never has bytes that may be secret.
///
/// Owner: the error; valid until it is freed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_error_message(error: *const samlcert_error) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(error, |error| (&*error.0.message).into()) }
}

/// Writes the place in the input where the error is, and returns true. If it has no place, writes nothing and returns
/// false.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_error_span(error: *const samlcert_error, out: *mut samlcert_span) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(error, |error| match (error.0.span, Output::at(out, "out")) {
            (Some(span), Ok(out)) => {
                out.write(span.into());
                true
            }
            _ => false,
        })
    }
}

/// Frees an error. NULL is allowed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_error_free(error: *mut samlcert_error) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(error) }
}
