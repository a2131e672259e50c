//! Fingerprints as people type them: whole, or the first characters of one that the application knows.

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

/// Why the text names no certificate: unknown first characters, or not a fingerprint.
fn unknown(record: &Record, text: &str, error: &FingerprintError) -> Failure {
    let digits = text.chars().filter(|c| !c.is_whitespace() && *c != ':');
    let is_beginning = error.code() == ErrorCode::FingerprintLength && digits.clone().all(|c| c.is_ascii_hexdigit());
    match digits.count() {
        0..=3 if is_beginning => {
            Failure::new(error.code(), "give at least four characters of the fingerprint".to_owned())
        }
        4..=64 if is_beginning => {
            let message = format!("no certificate or key of {} begins with {}", record.id(), text.trim());
            Failure::new(ErrorCode::UnknownKey, message).refused()
        }
        _ => Failure::new(error.code(), error.to_string()),
    }
}

fn ambiguous(count: usize) -> Failure {
    let message = format!("{} begin with this; give more characters", page::count(count, "certificate"));
    Failure::new(ErrorCode::Ambiguous, message)
}
