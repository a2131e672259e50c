//! The documented JSON forms, on their way to C.

use serde::Serialize;

use super::bytes::samlcert_bytes;
use super::failure::Failure;

pub(super) fn json(form: &impl Serialize) -> Result<samlcert_bytes, Failure> {
    // None of the forms has a map whose keys are no text, which is what could fail.
    serde_json::to_vec(form).map(samlcert_bytes).map_err(|_| Failure::internal())
}
