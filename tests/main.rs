//! The whole crate through its public API: one binary, one module per subject.

mod certificate;
#[cfg(feature = "cli")]
mod cli;
mod compare;
mod crosscheck;
mod fingerprint;
mod key;
mod layers;
mod normalize;
mod pair;
mod properties;
mod support;
