//! From the character set of the paste to ASCII: one byte for each character that a notation can have,
//! [`OTHER`] for every other one.

use super::repair::RepairCode;
use super::text::{OTHER, Step, Text};

/// Decodes a text in place. One that is ASCII already is not copied.
pub(crate) fn decode(text: &mut Text<'_>) {
    match utf16(text.bytes()) {
        Some(read_unit) => text.rewrite(|rest| utf16_step(rest, read_unit)),
        None if text.bytes().is_ascii() => {}
        None => text.rewrite(utf8_step),
    }
}

/// How many bytes are looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 1024;

/// How a UTF-16 text joins two bytes into a unit, told from its byte order mark or from the zero bytes that
/// ASCII characters have.
fn utf16(paste: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    match paste {
        [0xff, 0xfe, ..] => return Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return Some(u16::from_be_bytes),
        _ => {}
    }
    let sample = paste.get(..SAMPLE.min(paste.len()))?;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // More than half of the units are ASCII, and their zeros stand on one side only.
    let most = sample.len().div_ceil(4).max(2);
    match (even, odd) {
        (0, odd) if odd >= most => Some(u16::from_le_bytes),
        (even, 0) if even >= most => Some(u16::from_be_bytes),
        _ => None,
    }
}

fn utf16_step(rest: &[u8], read_unit: fn([u8; 2]) -> u16) -> Step {
    let Some(&unit) = rest.first_chunk::<2>() else {
        return replace(1, None, RepairCode::Utf16);
    };
    // A surrogate stands for a character that no notation has; two of them make two `OTHER`, which is as good.
    let character = char::from_u32(u32::from(read_unit(unit))).unwrap_or(char::REPLACEMENT_CHARACTER);
    match ascii_for(character) {
        (put, Some(repair)) => replace(2, put, repair),
        (put, None) => replace(2, put, RepairCode::Utf16),
    }
}

fn utf8_step(rest: &[u8]) -> Step {
    let ascii = rest.iter().take_while(|byte| byte.is_ascii()).count();
    if ascii > 0 {
        return Step::Keep(ascii);
    }
    let Some((character, take)) = first_character(rest) else {
        // A no-break blank in Latin-1 and Windows-1252.
        let is_latin1_blank = rest.first() == Some(&0xa0);
        return if is_latin1_blank {
            replace(1, Some(b' '), RepairCode::UnusualBlank)
        } else {
            Step::Replace { take: 1, put: Some(OTHER), repair: None }
        };
    };
    let (put, repair) = ascii_for(character);
    Step::Replace { take, put, repair }
}

const fn replace(take: usize, put: Option<u8>, repair: RepairCode) -> Step {
    Step::Replace { take, put, repair: Some(repair) }
}

/// The first character of a UTF-8 text and its length.
fn first_character(rest: &[u8]) -> Option<(char, usize)> {
    (1..=4).find_map(|len| {
        let character = core::str::from_utf8(rest.get(..len)?).ok()?.chars().next()?;
        Some((character, len))
    })
}

/// The ASCII character that another one stands for, if any, and what that is called.
pub(crate) fn ascii_for(character: char) -> (Option<u8>, Option<RepairCode>) {
    match character {
        '\0'..='\x7f' => (u8::try_from(character).ok(), None),
        '\u{feff}' => (None, Some(RepairCode::ByteOrderMark)),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}' => {
            (None, Some(RepairCode::InvisibleCharacter))
        }
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            (Some(b' '), Some(RepairCode::UnusualBlank))
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => (Some(b'\n'), Some(RepairCode::LineEndings)),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            (Some(b'-'), Some(RepairCode::TypographicDash))
        }
        '\u{2018}' | '\u{2019}' | '\u{201a}' => (Some(b'\''), None),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => (Some(b'"'), None),
        _ => (Some(OTHER), None),
    }
}
