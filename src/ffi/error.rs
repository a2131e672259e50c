use std::borrow::Cow;

use super::bytes::samlcert_slice;
use super::guard::{guard_free, guard_get};
use super::output::Output;
use crate::application::{RecordError, StepError, TextError};
use crate::certificate::CertificateError;
use crate::error_code::ErrorCode;
use crate::fingerprint::FingerprintError;
use crate::issue::IssueError;
use crate::key::KeyError;
use crate::normalize::WantedError;
use crate::notice::LinkError;
use crate::pair::PairError;
use crate::schedule::ScheduleError;
use crate::span::Span;

/// 0 (`SAMLCERT_OK`), or the number of what went wrong (`SAMLCERT_ERROR_…`), the same for ever.
pub type samlcert_status = u32;

/// Nothing went wrong.
pub const SAMLCERT_OK: samlcert_status = 0;

/// What went wrong, where, and what to do. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_error(pub(super) Failure);

/// A place in the input as it was given: in bytes, the start inclusive, the end exclusive.
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

/// An error on its way to C.
#[derive(Debug)]
pub(super) struct Failure {
    code: ErrorCode,
    message: Cow<'static, str>,
    span: Option<Span>,
}

impl Failure {
    pub(super) fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), span: None }
    }

    pub(super) fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// The same, at a byte of the DER that was given, where that is known.
    pub(super) fn in_der(self, position: Option<usize>, der: &[u8]) -> Self {
        match position {
            Some(start) => self.at(Span::new(start, start.saturating_add(1).min(der.len()).max(start))),
            None => self,
        }
    }

    /// The same, where one of several inputs must be named.
    pub(super) fn of(self, input: &str) -> Self {
        Self { message: format!("{input}: {}", self.message).into(), ..self }
    }

    pub(super) fn internal() -> Self {
        Self::new(ErrorCode::Internal, "the library failed; this is a defect of it: please report what was called")
    }

    pub(super) fn null(argument: &str) -> Self {
        Self::new(ErrorCode::NullArgument, format!("the argument `{argument}` is NULL"))
    }

    pub(super) const fn status(&self) -> samlcert_status {
        self.code.number()
    }
}

macro_rules! failures {
    ($($error:ty),*) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(error.code(), error.to_string())
            }
        })*
    };
}

failures!(
    CertificateError,
    IssueError,
    KeyError,
    LinkError,
    PairError,
    RecordError,
    ScheduleError,
    StepError,
    TextError
);

impl From<FingerprintError> for Failure {
    fn from(error: FingerprintError) -> Self {
        Self::new(error.code(), error.to_string()).at(error.span())
    }
}

impl From<WantedError> for Failure {
    fn from(error: WantedError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        match error {
            WantedError::Refused(refusal) => failure.at(refusal.span()),
            _ => failure,
        }
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

/// What was wrong, where, and what to do: one sentence or a few, UTF-8. It never holds bytes of what may be a secret.
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

/// Writes the place in the input that an error speaks of, and returns true; false, and nothing is written, if it has
/// none.
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
