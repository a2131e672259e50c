//! Object identifiers of certificates: those that can be shown.

use super::CertificateError;
use crate::tlv::Tlv;
use crate::tlv::oid::arcs;

/// Refuses arcs that are larger than 128 bits; the UUIDs under 2.25 are the largest in use (X.667).
pub(super) fn check(oid: &Tlv<'_>) -> Result<(), CertificateError> {
    if oid.content.len() <= 18 || arcs(oid.content).all(|arc| arc.is_some()) {
        return Ok(());
    }
    super::parse::malformed(oid.at, "an object identifier whose numbers have at most 128 bits")
}
