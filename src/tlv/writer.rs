//! Writes values around bytes that are copied as they stand, where the `der` crate would sort a SET again.

use super::{BIT_STRING, INTEGER, SEQUENCE};

/// DER that is not secret.
pub(crate) type Der = Vec<u8>;

/// A value with this tag, whose content is the parts in their order.
pub(crate) fn value(tag: u8, parts: &[&[u8]]) -> Der {
    let length = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    let mut der = Vec::with_capacity(length.saturating_add(10));
    der.push(tag);
    write_length(&mut der, length);
    parts.iter().for_each(|part| der.extend_from_slice(part));
    der
}

fn write_length(der: &mut Vec<u8>, length: usize) {
    let bytes = length.to_be_bytes();
    let significant: &[u8] =
        bytes.iter().position(|&byte| byte != 0).and_then(|from| bytes.get(from..)).unwrap_or(&[0]);
    match (significant, u8::try_from(significant.len())) {
        ([short @ 0..0x80], _) => der.push(*short),
        (long, count) => {
            der.push(0x80 | count.unwrap_or(0));
            der.extend_from_slice(long);
        }
    }
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Der {
    value(SEQUENCE, parts)
}

/// A BIT STRING of whole octets.
pub(crate) fn bits(content: &[u8]) -> Der {
    value(BIT_STRING, &[&[0], content])
}

/// A number that is not negative, given big-endian without leading zeros.
pub(crate) fn integer(magnitude: &[u8]) -> Der {
    match magnitude.first() {
        Some(0..0x80) => value(INTEGER, &[magnitude]),
        _ => value(INTEGER, &[&[0], magnitude]),
    }
}
