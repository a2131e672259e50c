//! The whole crate through its public API: one binary, one module per subject.

// Clippy's own exceptions for tests reach only functions marked `#[test]`, not their helpers.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "cli")]
mod app;
#[cfg(feature = "cli")]
mod app_faults;
mod application;
#[cfg(feature = "capi")]
mod capi;
mod certificate;
mod circles;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod cli_issue;
#[cfg(feature = "cli")]
mod cli_normalize;
#[cfg(feature = "cli")]
mod cli_shell;
mod compare;
mod conversions;
mod corpus;
mod crosscheck;
#[cfg(feature = "issue")]
mod crosscheck_issue;
mod crosscheck_keys;
mod crosscheck_pairs;
mod damage;
mod decode;
mod differential;
mod docs;
mod encrypt;
#[cfg(feature = "issue")]
mod examples;
mod extensions;
#[cfg(feature = "capi")]
mod ffi_sequence;
mod fingerprint;
mod foreign;
mod header;
mod hostile;
mod invariants;
mod invisible;
#[cfg(feature = "issue")]
mod issue;
mod key;
mod layers;
mod made;
mod messes;
mod msrv;
mod names;
mod normalize;
mod notice;
mod pair;
#[cfg(feature = "cli")]
mod progress;
mod properties;
mod public_api;
#[cfg(feature = "serde")]
mod record;
#[cfg(feature = "serde")]
mod record_forms;
#[cfg(feature = "serde")]
mod record_invariants;
#[cfg(feature = "issue")]
mod renew;
mod schedule;
mod secrets;
mod self_signature;
mod support;
mod weak_keys;
mod x509_cert;
