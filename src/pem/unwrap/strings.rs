//! A text in several string literals: `"…" + "…"`, or one of a list on each line, `- "…"` in YAML.

use super::rewrite::Resolved;
use crate::pem::base64::is_base64;
use crate::pem::repair::RepairCode;
use crate::pem::text::{Step, Text};

pub(super) fn is_there(bytes: &[u8]) -> bool {
    let is_escaped = |at: usize| at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
    let mut quotes = memchr::memchr3_iter(b'"', b'\'', b'`', bytes).filter(|at| !is_escaped(*at));
    quotes.any(|at| bytes.get(at..).is_some_and(|rest| joint(rest).is_some()))
}

pub(super) fn take_off(text: &mut Text<'_>) {
    const MARKS: [u8; 4] = [b'"', b'\'', b'`', b'\\'];
    text.rewrite(|rest| match rest.iter().position(|byte| MARKS.contains(byte)) {
        None => Step::Keep(rest.len()),
        Some(0) if rest.first() == Some(&b'\\') => Step::Keep(2),
        Some(0) => match joint(rest) {
            Some((take, put)) => Step::Replace { take, put, repair: Some(RepairCode::StringParts) },
            None => Step::Keep(1),
        },
        Some(before) => Step::Keep(before),
    });
}

/// The words between two literals, beside `+`, `.`, `&`, `,`, `\` and the `_` that continues a line of Basic.
const WORDS: &[&[u8]] = &[b"vbCrLf", b"vbNewLine", b"vbLf"];

/// The longest joint in bytes.
const WINDOW: usize = 128;

/// What joins two literals, with both quotes: it becomes a line break.
fn joint(rest: &[u8]) -> Resolved {
    let quote = rest.first()?;
    let window = rest.get(..WINDOW.min(rest.len()))?;
    let (mut at, mut joins, mut breaks, mut commas) = (1usize, false, false, false);
    loop {
        let here = window.get(at..)?;
        let word = WORDS.iter().find(|word| here.starts_with(word)).map_or(1, |word| word.len());
        match here.first()? {
            byte if byte == quote => break,
            b'\n' | b'\r' => breaks = true,
            // The mark of a list item in YAML.
            b'-' if breaks && here.get(1) == Some(&b' ') => {}
            // As in `b"…"`.
            byte if byte.is_ascii_alphabetic() && here.get(1) == Some(quote) => {}
            b'+' | b'.' | b'&' => joins = true,
            b',' => commas = true,
            b' ' | b'\t' | b'_' => {}
            b'\\' if matches!(here.get(1), Some(b'\n' | b'\r')) => {}
            _ if word > 1 => {}
            _ => return None,
        }
        at = at.checked_add(word)?;
    }
    let end = at.checked_add(1)?;
    let next = window.get(end..)?;
    let is_joint = match commas {
        true => (breaks || is_line(next, *quote)) && !is_name(next, *quote),
        false => joins || breaks,
    };
    is_joint.then_some((end, Some(b'\n')))
}

/// Returns true if a string is a line of PEM, as in an array of lines.
fn is_line(text: &[u8], quote: u8) -> bool {
    const LONGEST: usize = 76;
    let end = memchr::memchr(quote, text).unwrap_or(text.len());
    let line = text.get(..end).unwrap_or_default();
    let is_base64 = (1..=LONGEST).contains(&end) && line.iter().all(|byte| is_base64(*byte) || *byte == b'=');
    is_base64 || line.starts_with(b"-----END ")
}

/// Returns true if a string is the name of a JSON member: a colon follows it.
fn is_name(text: &[u8], quote: u8) -> bool {
    let Some(after) = memchr::memchr(quote, text).and_then(|end| text.get(end.checked_add(1)?..)) else { return false };
    after.trim_ascii_start().starts_with(b":")
}
