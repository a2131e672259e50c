//! The strings in names (RFC 5280, section 4.1.2.4; X.520).

use std::borrow::Cow;

use crate::tlv::{BIT_STRING, SEQUENCE, Tlv};

const UTF8: u8 = 0x0c;
const NUMERIC: u8 = 0x12;
const PRINTABLE: u8 = 0x13;
pub(super) const T61: u8 = 0x14;
const IA5: u8 = 0x16;
const UNIVERSAL: u8 = 0x1c;
const BMP: u8 = 0x1e;

/// The text of a string; `None` if it is not a string, or its octets are not valid for its type.
///
/// T61 is read as Latin-1, which is what those who write it mean.
pub(super) fn decode<'a>(value: &Tlv<'a>) -> Option<Cow<'a, str>> {
    match value.tag {
        UTF8 => core::str::from_utf8(value.content).ok().map(Cow::Borrowed),
        NUMERIC | PRINTABLE | IA5 if value.content.is_ascii() => {
            core::str::from_utf8(value.content).ok().map(Cow::Borrowed)
        }
        T61 => Some(value.content.iter().copied().map(char::from).collect()),
        // X.680, section 41.17: only the basic multilingual plane, so surrogates are not characters.
        BMP => units(value.content)?
            .map(|unit| char::from_u32(u16::from_be_bytes(unit).into()))
            .collect::<Option<String>>()
            .map(Cow::Owned),
        UNIVERSAL => units(value.content)?
            .map(|unit| char::from_u32(u32::from_be_bytes(unit)))
            .collect::<Option<String>>()
            .map(Cow::Owned),
        _ => None,
    }
}

/// The octets in groups of `N`; `None` if the last one is not full.
fn units<const N: usize>(content: &[u8]) -> Option<impl Iterator<Item = [u8; N]>> {
    let groups = content.chunks_exact(N);
    groups.remainder().is_empty().then(|| groups.filter_map(|group| group.try_into().ok()))
}

/// Returns true if OpenSSL, the strictest library that service providers use, reads a name with this value: a string of
/// X.520, a BIT STRING or a SEQUENCE. In strings of one octet a character, it accepts every octet.
pub(super) fn is_readable(value: &Tlv<'_>) -> bool {
    match value.tag {
        UTF8 | UNIVERSAL | BMP => decode(value).is_some(),
        NUMERIC | PRINTABLE | T61 | IA5 | BIT_STRING | SEQUENCE => true,
        _ => false,
    }
}

/// Returns true if the value is a string, and all its characters are valid for its type.
pub(super) fn is_valid(value: &Tlv<'_>) -> bool {
    match value.tag {
        NUMERIC => value.content.iter().all(|octet| octet.is_ascii_digit() || *octet == b' '),
        PRINTABLE => value.content.iter().all(|octet| octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(octet)),
        _ => decode(value).is_some(),
    }
}
