//! From the character set of the paste to ASCII: one byte for each character that a notation can have,
//! [`LETTER`], [`MASK`] or [`OTHER`] for every other one.

use super::repair::RepairCode;
use super::stretch;
use super::text::{LETTER, MASK, OTHER, Step, Text};
use crate::invisible::is_ignorable;

/// Decodes a text in place. One that is ASCII already is not copied.
pub(crate) fn decode(text: &mut Text<'_>) {
    match wide(text.bytes()) {
        Some(units) => text.rewrite(|rest| wide_step(rest, units)),
        None if text.bytes().is_ascii() => {}
        None => text.rewrite(utf8_step),
    }
    drop_controls(text);
}

/// Takes out terminal codes, and the control characters that no text needs.
pub(crate) fn drop_controls(text: &mut Text<'_>) {
    if stretch::has(text.bytes(), is_control) {
        text.rewrite(control_step);
    }
}

/// How many bytes show UTF-16 and UTF-32 without a byte order mark.
const SAMPLE: usize = 1024;

/// UTF-16 or UTF-32: how long a unit is, and how its bytes make a code point.
#[derive(Clone, Copy)]
struct Units {
    len: usize,
    read: fn(&[u8]) -> Option<u32>,
    repair: RepairCode,
}

const UTF_16_LE: Units =
    Units { len: 2, read: |b| Some(u16::from_le_bytes(*b.first_chunk()?).into()), repair: RepairCode::Utf16 };
const UTF_16_BE: Units =
    Units { len: 2, read: |b| Some(u16::from_be_bytes(*b.first_chunk()?).into()), repair: RepairCode::Utf16 };
const UTF_32_LE: Units =
    Units { len: 4, read: |b| Some(u32::from_le_bytes(*b.first_chunk()?)), repair: RepairCode::Utf32 };
const UTF_32_BE: Units =
    Units { len: 4, read: |b| Some(u32::from_be_bytes(*b.first_chunk()?)), repair: RepairCode::Utf32 };

/// The units of a text in UTF-16 or UTF-32, which shows in its byte order mark, or in the zero bytes of ASCII characters.
fn wide(paste: &[u8]) -> Option<Units> {
    match paste {
        [0xff, 0xfe, 0, 0, ..] => return Some(UTF_32_LE),
        [0, 0, 0xfe, 0xff, ..] => return Some(UTF_32_BE),
        [0xff, 0xfe, ..] => return Some(UTF_16_LE),
        [0xfe, 0xff, ..] => return Some(UTF_16_BE),
        _ => {}
    }
    let sample = paste.get(..SAMPLE.min(paste.len()))?;
    memchr::memchr(0, sample)?;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(4).filter(|byte| **byte == 0).count();
    let counts = [zeros(0), zeros(1), zeros(2), zeros(3)];
    // More than half of the units are ASCII, and hardly any zero stands elsewhere.
    let many = sample.len().div_ceil(8).max(1);
    let few = many / 4;
    match counts.map(|count| if count <= few { Some(false) } else { Some(true).filter(|_| count >= many) }) {
        [Some(false), Some(true), Some(true), Some(true)] => Some(UTF_32_LE),
        [Some(true), Some(true), Some(true), Some(false)] => Some(UTF_32_BE),
        [Some(false), Some(true), Some(false), Some(true)] => Some(UTF_16_LE),
        [Some(true), Some(false), Some(true), Some(false)] => Some(UTF_16_BE),
        _ => None,
    }
}

fn wide_step(rest: &[u8], units: Units) -> Step {
    let Some(unit) = (units.read)(rest) else {
        return replace(rest.len(), None, units.repair);
    };
    // Each surrogate becomes `OTHER`: no notation has a character that takes two of them.
    let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
    let (put, repair) = ascii_for(character);
    replace(units.len, put, repair.unwrap_or(units.repair))
}

/// Returns true for a control character that no text needs.
const fn is_control(byte: u8) -> bool {
    // Without branches, for many bytes at a time.
    ((byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')) | (byte == 0x7f)
}

fn control_step(rest: &[u8]) -> Step {
    match rest {
        [0x0b | 0x0c, ..] => replace(1, Some(b'\n'), RepairCode::LineEndings),
        [ESCAPE, ..] => replace(terminal_code(rest), None, RepairCode::TerminalCodes),
        [byte, ..] if is_control(*byte) => replace(1, None, RepairCode::InvisibleCharacter),
        _ => Step::Keep(rest.iter().take_while(|byte| !is_control(**byte)).count()),
    }
}

const ESCAPE: u8 = 0x1b;

/// The length of a terminal code: ECMA-48, section 5.4 (`ESC [ … m`) or 8.3.89 (`ESC ] … BEL`, or its `ESC \`), or
/// ECMA-35, section 13.2 (`ESC ( B`).
fn terminal_code(rest: &[u8]) -> usize {
    const LONGEST: usize = 256;
    let window = rest.get(..LONGEST.min(rest.len())).unwrap_or_default();
    let end = match window {
        [_, b'[', parameters @ ..] => parameters.iter().position(|byte| matches!(byte, 0x40..=0x7e)),
        [_, b']', command @ ..] => {
            let end = command.iter().position(|byte| matches!(*byte, 0x07 | ESCAPE));
            let is_long = |end: &usize| command.get(*end..).is_some_and(|end| end.starts_with(b"\x1b\\"));
            end.map(|end| end.saturating_add(usize::from(is_long(&end))))
        }
        [_, 0x20..=0x2f, ..] => Some(0),
        _ => None,
    };
    end.map_or(1, |end| end.saturating_add(3))
}

fn utf8_step(rest: &[u8]) -> Step {
    let ascii = rest.iter().take_while(|byte| byte.is_ascii()).count();
    if ascii > 0 {
        return Step::Keep(ascii);
    }
    let Some((character, take)) = first_character(rest) else {
        let (put, repair) = windows_1252(rest.first().copied().unwrap_or_default());
        return Step::Replace { take: 1, put, repair };
    };
    let (put, repair) = ascii_for(character);
    Step::Replace { take, put, repair }
}

/// The ASCII character for a byte that is not UTF-8, as that of Windows-1252.
fn windows_1252(byte: u8) -> (Option<u8>, Option<RepairCode>) {
    match byte {
        0x91 | 0x92 => ascii_for('\u{2019}'),
        0x93 | 0x94 => ascii_for('\u{201d}'),
        0x96 | 0x97 => ascii_for('\u{2013}'),
        0xa0 => ascii_for('\u{a0}'),
        0xad => ascii_for('\u{ad}'),
        _ => (Some(OTHER), None),
    }
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

/// The ASCII character that takes the place of another one, if any, and the repair that this is.
pub(crate) fn ascii_for(character: char) -> (Option<u8>, Option<RepairCode>) {
    match character {
        '\0'..='\x7f' => (u8::try_from(character).ok(), None),
        '\u{feff}' => (None, Some(RepairCode::ByteOrderMark)),
        _ if is_ignorable(character) => (None, Some(RepairCode::InvisibleCharacter)),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            (Some(b' '), Some(RepairCode::UnusualBlank))
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => (Some(b'\n'), Some(RepairCode::LineEndings)),
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{30fc}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => (Some(b'-'), Some(RepairCode::TypographicDash)),
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{ff07}' => (Some(b'\''), None),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => (Some(b'"'), None),
        '\u{2026}' | '\u{22ef}' | '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{b7}' | '\u{2217}' | '\u{ff0a}' => {
            (Some(MASK), None)
        }
        '\u{2580}'..='\u{259f}' => (Some(MASK), None),
        other if other.is_alphanumeric() => (Some(LETTER), None),
        _ => (Some(OTHER), None),
    }
}
