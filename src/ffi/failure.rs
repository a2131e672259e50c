//! Errors on their way to C: the number, the message and the place of each error of the library.

use std::borrow::Cow;

use crate::application::{RecordError, StepError, TextError};
use crate::certificate::CertificateError;
use crate::error_code::ErrorCode;
use crate::fingerprint::FingerprintError;
use crate::issue::IssueError;
use crate::key::KeyError;
use crate::normalize::ExtractError;
use crate::notice::LinkError;
use crate::pair::PairError;
use crate::schedule::ScheduleError;
use crate::span::Span;

/// 0 (`SAMLCERT_OK`), or the number of an error (`SAMLCERT_ERROR_…`), which never changes.
pub type samlcert_status = u32;

/// Nothing went wrong.
pub const SAMLCERT_OK: samlcert_status = 0;

/// What went wrong, where, and what to do. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_error(pub(super) Failure);

/// An error on its way to C.
#[derive(Debug)]
pub(super) struct Failure {
    code: ErrorCode,
    pub(super) message: Cow<'static, str>,
    pub(super) span: Option<Span>,
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

impl From<ExtractError> for Failure {
    fn from(error: ExtractError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        match error {
            ExtractError::Refused(refusal) => failure.at(refusal.span()),
            _ => failure,
        }
    }
}

/// What is wrong with a key, with its place.
pub(super) fn in_der(error: KeyError, der: &[u8]) -> Failure {
    let position = error.position();
    Failure::from(error).in_der(position, der)
}

/// That an item has no such form.
pub(super) fn no_such_form() -> Failure {
    Failure::new(ErrorCode::NoSuchForm, "this item has no such form; PEM does for each")
}
