//! Replays the committed corpora of the fuzz targets, and all fixtures, through the same invariants.

use crate::application::steps;
use crate::{invariants, support};
use std::path::Path;

/// The files below a folder; none if it is not there (the fuzz package is not in the published crate).
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![std::fs::read(&path).unwrap()] }).collect()
}

fn replay(target: &str, fixtures: &[&str], invariant: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let fixtures = fixtures.iter().flat_map(|folder| files(&support::path(folder)));
    for input in files(&corpus).into_iter().chain(fixtures) {
        invariant(&input);
    }
}

#[test]
fn normalize() {
    replay("normalize", &["certificates", "keys", "others", "texts", "tampered"], invariants::normalize);
}

#[test]
fn certificate() {
    replay("certificate", &["certificates", "keys", "others"], invariants::certificate);
}

#[test]
fn private_key() {
    replay("private_key", &["keys", "tampered", "others"], invariants::private_key);
}

#[test]
fn fingerprint() {
    replay("fingerprint", &["texts"], invariants::fingerprint);
}

#[test]
fn schedule() {
    replay("schedule", &[], invariants::schedule);
}

#[test]
fn application_steps() {
    replay("application_steps", &[], steps::application_steps);
}

#[test]
fn pair() {
    replay("pair", &["texts"], invariants::pair);
}

#[cfg(feature = "serde")]
#[test]
fn record() {
    replay("record", &[], crate::record_invariants::records);
}

#[cfg(feature = "capi")]
#[test]
fn ffi_sequence() {
    replay("ffi_sequence", &[], crate::ffi_sequence::ffi_sequence);
}
