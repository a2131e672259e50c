//! The alphabets of base64 (RFC 4648, sections 4 and 5) and its decoding, with and without regard to secrets.

use super::stretch;
use crate::secret::Wiped;
use base64ct::Encoding as _;
use core::ops::Range;
use zeroize::Zeroizing;

/// Returns true for a character of the standard alphabet. It has no branches, so that the compiler checks many bytes at a time.
pub(crate) const fn is_base64(byte: u8) -> bool {
    // From `/` to `9`, too.
    let is_digit = byte.wrapping_sub(b'/') < 11;
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    is_letter | is_digit | (byte == b'+')
}

/// Returns true for a character of the standard or of the URL-safe alphabet.
pub(crate) const fn is_any_base64(byte: u8) -> bool {
    is_base64(byte) || from_url_safe(byte).is_some()
}

/// The character of the standard alphabet for `-` and `_` of the URL-safe one.
pub(crate) const fn from_url_safe(byte: u8) -> Option<u8> {
    match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        _ => None,
    }
}

/// How many of the first bytes are base64.
pub(crate) fn count_base64(bytes: &[u8]) -> usize {
    stretch::leading(bytes, is_base64)
}

/// How many `=` follow so many characters.
pub(crate) const fn padding_for(characters: usize) -> usize {
    match characters % 4 {
        2 => 2,
        3 => 1,
        _ => 0,
    }
}

/// How many characters spell so many bytes, without padding.
pub(crate) const fn characters_for(bytes: usize) -> usize {
    bytes.saturating_mul(4).div_ceil(3)
}

/// Which character holds the first bit of the byte at this offset.
pub(crate) const fn character_of(offset: usize) -> usize {
    offset.saturating_mul(4).saturating_div(3)
}

/// How many whole bytes so many characters spell.
pub(crate) const fn bytes_in(characters: usize) -> usize {
    characters.saturating_mul(3).saturating_div(4)
}

/// Where the character with this number stands in a range; behind the last one, the end of the range.
pub(crate) fn place_of(bytes: &[u8], range: Range<usize>, character: usize) -> Range<usize> {
    let text = bytes.get(range.clone()).unwrap_or_default();
    let index =
        text.iter().enumerate().filter(|(_, byte)| is_any_base64(**byte)).nth(character).map(|(index, _)| index);
    let start = index.map_or(range.end, |index| range.start.saturating_add(index));
    start..start.saturating_add(1).min(range.end.max(start))
}

/// Decodes base64 characters (no blanks, no padding); `None` if their number is impossible or unused bits are
/// not zero (RFC 4648, section 3.5).
pub(crate) fn decode(characters: &[u8], is_secret: bool) -> Option<Wiped> {
    let mut copy = Wiped::with_capacity(characters.len());
    copy.extend_from_slice(characters);
    decode_in_place(copy, is_secret)
}

/// As [`decode`], in the place of the characters.
pub(crate) fn decode_in_place(mut characters: Wiped, is_secret: bool) -> Option<Wiped> {
    let len = if is_secret {
        check_last_group(&characters)?;
        base64ct::Base64Unpadded::decode_in_place(&mut characters).ok()?.len()
    } else {
        base64_simd::STANDARD_NO_PAD.decode_inplace(&mut characters).ok()?.len()
    };
    characters.truncate(len);
    Some(characters)
}

/// Refuses unused bits that are not zero, which decoding in place ignores.
fn check_last_group(characters: &[u8]) -> Option<()> {
    let whole = characters.len().checked_sub(characters.len() % 4)?;
    let mut bytes = Zeroizing::new([0u8; 3]);
    base64ct::Base64Unpadded::decode(characters.get(whole..)?, bytes.as_mut_slice()).ok().map(drop)
}
