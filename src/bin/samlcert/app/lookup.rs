//! Fingerprints as they are typed: whole, or their first characters where an application knows them.

use crate::output::Failure;
use crate::page;
use samlcert::application::{Identification, Record};
use samlcert::{ErrorCode, Fingerprint};

/// A fingerprint in any notation, or the first characters, at least four, of one that the application knows.
pub(super) fn fingerprint(record: &Record, text: &str) -> Result<Fingerprint, Failure> {
    Fingerprint::parse(text.as_bytes()).or_else(|error| match record.identify(text.as_bytes()) {
        Identification::Known(found) => match found.as_slice() {
            [one] => Ok(one.sha256),
            _ => Err(ambiguous(found.len())),
        },
        Identification::Ambiguous(found) => Err(ambiguous(found.len())),
        _ => Err(Failure::new(error.code(), error.to_string())),
    })
}

fn ambiguous(count: usize) -> Failure {
    let message = format!("{} begin so; give more characters", page::count(count, "certificate"));
    Failure::new(ErrorCode::Ambiguous, message)
}
