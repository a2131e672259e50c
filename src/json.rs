//! The documented JSON forms (feature `serde`).
