//! The JSON forms (feature `serde`): what the program prints with `--json`, and what bindings hand on.
//!
//! Rules that hold for all of them: hexadecimal is lower case without separators; a `span` is `[start, end]` in bytes
//! of the input as it was given, start inclusive, end exclusive; times are seconds since 1970 in UTC; names are the
//! text of RFC 4514; `code` and `number` are those of [`ErrorCode`]. Fields may be added later; none changes its
//! meaning. Only the stored forms of records and events ([`write_record`], [`write_event`]) are strict: what is added
//! to them has a later version.
//!
//! Serialize the types here with `serde_json` or another serializer; how each looks stands at its type.

mod certificates;
mod check;
mod compared;
mod exports;
mod extensions;
mod fingerprint;
mod inspection;
#[cfg(feature = "issue")]
mod issued;
mod logins;
mod notice;
mod plan;
mod reminders;
mod status;
mod stored;
mod written;

use crate::application::{RecordError, StepError};
use crate::error_code::ErrorCode;
use crate::fingerprint::FingerprintError;
use crate::normalize::{Item, NormalizedItem, Refusal};
use crate::pem::Repair;
use crate::span::Span;
pub use certificates::{Certificates, Identification};
pub use check::{Check, CheckSource, Verdict};
pub use compared::Compared;
pub use exports::{Download, Exports};
pub use extensions::Extensions;
pub use fingerprint::{Digest, Fingerprints, RefusedText};
pub use inspection::{InspectedItem, Inspection};
#[cfg(feature = "issue")]
pub use issued::{IssuedCertificate, IssuedPair, Renewed, Requested};
pub use logins::{Impact, Logins};
pub use notice::Notice;
pub use plan::Plan;
pub use reminders::{Reminder, Reminders, Schedule};
use serde::Serialize;
pub use status::Status;
pub use stored::{
    Log, Providers, STORED_VERSION, read_event, read_log, read_record, read_settings, write_event, write_record,
    write_settings,
};
pub use written::Written;

/// What was refused or failed, and why: `{"code":s,"number":n,"message":s,"span":[a,b]|null}`.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    code: &'static str,
    number: u32,
    message: String,
    span: Option<[usize; 2]>,
}

impl Problem {
    /// A problem with its place in the input, where it has one.
    #[must_use]
    pub const fn new(code: ErrorCode, message: String, span: Option<Span>) -> Self {
        let span = match span {
            Some(span) => Some([span.start, span.end]),
            None => None,
        };
        Self { code: code.as_str(), number: code.number(), message, span }
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        Self::new(refusal.code(), refusal.to_string(), Some(refusal.span()))
    }
}

impl From<&FingerprintError> for Problem {
    fn from(error: &FingerprintError) -> Self {
        Self::new(error.code(), error.to_string(), Some(error.span()))
    }
}

impl From<&StepError> for Problem {
    fn from(error: &StepError) -> Self {
        Self::new(error.code(), error.to_string(), None)
    }
}

impl From<&RecordError> for Problem {
    fn from(error: &RecordError) -> Self {
        Self::new(error.code(), error.to_string(), None)
    }
}

/// What every command prints if it cannot do its work: `{"error":{…}}` with a [`Problem`].
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    error: Problem,
}

impl From<Problem> for Failure {
    fn from(error: Problem) -> Self {
        Self { error }
    }
}

/// A repair of an item: `{"code":s,"span":[a,b]}`.
#[derive(Clone, Debug, Serialize)]
struct RepairPlace {
    code: &'static str,
    span: [usize; 2],
}

fn repairs(found: &NormalizedItem) -> Vec<RepairPlace> {
    let form = |repair: &Repair| RepairPlace { code: repair.code().as_str(), span: span(repair.span()) };
    found.repairs().iter().map(form).collect()
}

const fn kind(item: &Item) -> &'static str {
    match item {
        Item::Certificate(_) => "certificate",
        Item::PrivateKey(_) => "private-key",
        Item::Encrypted(_) => "encrypted-private-key",
    }
}

const fn span(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
