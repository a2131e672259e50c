//! Fingerprints as they are typed: whole, or their first characters where an application knows them.

use crate::output::Failure;
use crate::page;
use samlcert::application::{Identification, Record};
use samlcert::{ErrorCode, Fingerprint, FingerprintError};

/// A fingerprint in any notation, or the first characters, at least four, of one that the application knows.
pub(super) fn fingerprint(record: &Record, text: &str) -> Result<Fingerprint, Failure> {
    Fingerprint::parse(text.as_bytes()).or_else(|error| match record.identify(text.as_bytes()) {
        Identification::Known(found) => match found.as_slice() {
            [one] => Ok(one.sha256),
            _ => Err(ambiguous(found.len())),
        },
        Identification::Ambiguous(found) => Err(ambiguous(found.len())),
        _ => Err(unknown(record, text, &error)),
    })
}

/// First characters of nothing, or no fingerprint at all.
fn unknown(record: &Record, text: &str, error: &FingerprintError) -> Failure {
    let digits = text.chars().filter(|c| !c.is_whitespace() && *c != ':');
    let is_beginning = error.code() == ErrorCode::FingerprintLength && digits.clone().all(|c| c.is_ascii_hexdigit());
    match digits.count() {
        0..=3 if is_beginning => {
            Failure::new(error.code(), "at least four characters of a fingerprint are wanted".to_owned())
        }
        4..=64 if is_beginning => {
            let message = format!("no certificate or key of {} begins with {}", record.id(), text.trim());
            Failure::new(ErrorCode::UnknownKey, message).refused()
        }
        _ => Failure::new(error.code(), error.to_string()),
    }
}

fn ambiguous(count: usize) -> Failure {
    let message = format!("{} begin so; give more characters", page::count(count, "certificate"));
    Failure::new(ErrorCode::Ambiguous, message)
}
