//! Searches outputs for a secret.

use base64ct::{Base64, Encoding};
use std::collections::HashSet;

/// How many bytes or characters of a secret are too many to show.
const PART: usize = 8;

/// A secret, in pieces: as bytes, as hexadecimal digits, and as the base64 of any place in it.
pub(crate) struct Pieces {
    bytes: HashSet<Vec<u8>>,
    digits: HashSet<Vec<u8>>,
    characters: HashSet<Vec<u8>>,
}

impl Pieces {
    pub(crate) fn of(secret: &[u8]) -> Self {
        let from = |skipped| Base64::encode_string(secret.get(skipped..).unwrap_or_default());
        let characters = (0..3).flat_map(|skipped| parts(from(skipped).trim_end_matches('=').as_bytes(), PART));
        Self {
            bytes: parts(secret, PART).into_iter().collect(),
            digits: parts(crate::support::hex(secret).as_bytes(), 2 * PART).into_iter().collect(),
            characters: characters.collect(),
        }
    }

    /// The pieces of both.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.bytes.extend(other.bytes);
        self.digits.extend(other.digits);
        self.characters.extend(other.characters);
        self
    }

    /// Whether a piece stands in this, however it is broken into lines, or written as numbers.
    pub(crate) fn is_in(&self, shown: &[u8]) -> bool {
        let kept = |keep: fn(&u8) -> bool| shown.iter().filter(|byte| keep(byte)).copied().collect::<Vec<_>>();
        let digits = kept(u8::is_ascii_hexdigit).to_ascii_lowercase();
        let characters = kept(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
        let has = |pieces: &HashSet<Vec<u8>>, text: &[u8], len| text.windows(len).any(|part| pieces.contains(part));
        has(&self.bytes, shown, PART)
            || has(&self.bytes, &numbers(shown), PART)
            || has(&self.digits, &digits, 2 * PART)
            || has(&self.characters, &characters, PART)
    }
}

/// The pieces of this length, but for those of one byte again and again.
fn parts(secret: &[u8], len: usize) -> Vec<Vec<u8>> {
    secret.windows(len).filter(|part| part.iter().any(|byte| *byte != part[0])).map(<[u8]>::to_vec).collect()
}

/// The bytes that a text lists as decimal numbers, as `Debug` does.
fn numbers(text: &[u8]) -> Vec<u8> {
    let numbers = text.split(|byte| !byte.is_ascii_digit()).filter_map(|digits| std::str::from_utf8(digits).ok());
    numbers.filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn a_piece_is_found_however_it_is_shown() {
    let secret: Vec<u8> = (0..40_u8).map(|at| at.wrapping_mul(37) ^ 11).collect();
    let pieces = Pieces::of(&secret);
    let middle = &secret[7..18];
    let base64 = Base64::encode_string(middle);
    let hex = crate::support::hex(middle);
    let pairs: Vec<_> = hex.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).to_uppercase()).collect();
    let table: [(&str, Vec<u8>); 6] = [
        ("raw", middle.to_vec()),
        ("base64", base64.clone().into_bytes()),
        ("base64 in lines", base64.as_bytes().chunks(4).collect::<Vec<_>>().join(&b'\n')),
        ("digits", format!("it is {hex}").into_bytes()),
        ("pairs of digits", pairs.join(":").into_bytes()),
        ("Debug", format!("Key({middle:?})").into_bytes()),
    ];
    for (name, shown) in table {
        assert!(pieces.is_in(&shown), "{name}");
    }
    assert!(!pieces.is_in(&secret[..PART - 1]) && !pieces.is_in(b"the private key contradicts itself: n is not p*q"));
}
