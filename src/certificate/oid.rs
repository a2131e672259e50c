//! Object identifiers as text.

use core::fmt::Write as _;

use super::CertificateError;
use crate::tlv::Tlv;

/// The arcs of an OID; `None` stands for one that is larger than 128 bits.
fn arcs(content: &[u8]) -> impl Iterator<Item = Option<u128>> {
    content.split_inclusive(|octet| octet & 0x80 == 0).map(|arc| {
        arc.iter().try_fold(0u128, |value, octet| {
            (value.leading_zeros() >= 7).then_some((value << 7) | u128::from(octet & 0x7f))
        })
    })
}

/// Refuses arcs that are larger than 128 bits; the UUIDs under 2.25 are the largest in use (X.667).
pub(super) fn check(oid: &Tlv<'_>) -> Result<(), CertificateError> {
    if oid.content.len() <= 18 || arcs(oid.content).all(|arc| arc.is_some()) {
        return Ok(());
    }
    super::parse::malformed(oid.at, "an object identifier whose numbers have at most 128 bits")
}

/// Appends the dotted form of an OID that [`check`] has passed.
pub(super) fn write(content: &[u8], text: &mut String) {
    for (index, arc) in arcs(content).map(Option::unwrap_or_default).enumerate() {
        let (root, arc) = match arc {
            _ if index > 0 => ("", arc),
            0..40 => ("0", arc),
            40..80 => ("1", arc.saturating_sub(40)),
            _ => ("2", arc.saturating_sub(80)),
        };
        text.push_str(root);
        // Writing to a `String` cannot fail.
        let _ = write!(text, ".{arc}");
    }
}
