//! Object identifiers as text.

use core::fmt::Write as _;

/// The arcs of an OID's content octets, the first two in one; `None` stands for one that is larger than 128 bits.
pub(crate) fn arcs(content: &[u8]) -> impl Iterator<Item = Option<u128>> {
    content.split_inclusive(|octet| octet & 0x80 == 0).map(|arc| {
        arc.iter().try_fold(0u128, |value, octet| {
            (value.leading_zeros() >= 7).then_some((value << 7) | u128::from(octet & 0x7f))
        })
    })
}

/// Appends the dotted form; an arc of more than 128 bits is shown as `?`.
pub(crate) fn write(content: &[u8], text: &mut String) {
    for (index, arc) in arcs(content).enumerate() {
        let (root, arc) = match arc {
            Some(first @ 0..40) if index == 0 => ("0", Some(first)),
            Some(first @ 40..80) if index == 0 => ("1", first.checked_sub(40)),
            Some(first) if index == 0 => ("2", first.checked_sub(80)),
            None if index == 0 => ("2", None),
            arc => ("", arc),
        };
        text.push_str(root);
        // Writing to a `String` cannot fail.
        let _ = match arc {
            Some(arc) => write!(text, ".{arc}"),
            None => write!(text, ".?"),
        };
    }
}
