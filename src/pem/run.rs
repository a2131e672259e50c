//! Runs of base64 characters in a text that no BEGIN line announces.

use super::alphabet::{is_base64, is_space};
use super::body::{Body, Extent, count_base64, gather};
use super::head::{Head, decode};
use super::hex;
use crate::secret::Wiped;
use core::ops::Range;

/// `-----BEGIN` and what is like it, in base64.
pub(crate) const BASE64_OF_DASHES: &[u8] = b"LS0t";

/// Whether the first bytes that these characters spell are text: a PEM, or base64 again.
pub(crate) fn is_base64_of_text(characters: &[u8]) -> bool {
    let Some(first) = characters.get(..16).and_then(|first| decode(first, true)) else { return false };
    // Codes for a terminal, of which the bell ends some.
    let is_code =
        |text: &str, character: char| character == '\u{1b}' || (character == '\u{7}' && text.starts_with('\u{1b}'));
    let is_text = |text: &str| {
        text.chars().all(|character| !character.is_control() || character.is_whitespace() || is_code(text, character))
    };
    match core::str::from_utf8(&first) {
        Ok(text) => is_text(text),
        // A character goes on after these bytes.
        Err(error) if error.error_len().is_none() => {
            first.get(..error.valid_up_to()).and_then(|whole| core::str::from_utf8(whole).ok()).is_some_and(is_text)
        }
        Err(_) => matches!(first.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]),
    }
}

/// Shorter runs of base64 characters are words.
pub(crate) const SHORTEST_RUN: usize = 40;

/// A line of base64 that belongs to the lines before it has at least this many characters.
const SHORTEST_LINE: usize = 16;

/// The next place where a run of base64 characters begins that is worth a look: one that may begin a DER value, in
/// base64 or hexadecimal, or the base64 of a PEM, or one that is too long to be a word.
pub(crate) fn next_run(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let text = bytes.get(range.clone())?;
    // Window by window: a run of one kind is not looked for far behind one of another, again and again.
    let next = (0..text.len()).step_by(WINDOW).find_map(|start| {
        let window = start..text.len().min(start.saturating_add(WINDOW));
        let first = first_start(text, window.clone());
        let window = start..first.unwrap_or(window.end);
        let long = first_long_run(text, window.clone());
        let hexadecimal = first_hexadecimal(text, window);
        first.into_iter().chain(long).chain(hexadecimal).min()
    });
    next.map(|index| range.start.saturating_add(index))
}

/// How many bytes are searched for each kind of run before the next ones are.
const WINDOW: usize = 1024;

/// The first run that begins in the window as every DER SEQUENCE does, or as the base64 of dashes.
fn first_start(text: &[u8], window: Range<usize>) -> Option<usize> {
    let letters = memchr::memchr2_iter(b'M', b'L', text.get(window.clone())?);
    letters.map(|index| window.start.saturating_add(index)).find(|&at| {
        let begins = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| !is_base64(*before));
        begins && text.get(at..).is_some_and(|run| run.starts_with(b"M") || run.starts_with(BASE64_OF_DASHES))
    })
}

/// The first place of the window where the hexadecimal of a DER value begins, or a dump of one.
fn first_hexadecimal(text: &[u8], window: Range<usize>) -> Option<usize> {
    memchr::memchr_iter(b'3', text.get(window.clone())?).find_map(|index| {
        let at = window.start.saturating_add(index);
        let at =
            if at.checked_sub(2).and_then(|sign| text.get(sign..at)) == Some(b"0x") { at.checked_sub(2)? } else { at };
        let is_inside = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphanumeric);
        (!is_inside && hex::begins(text, at)).then_some(at)
    })
}

/// The first run of at least [`SHORTEST_RUN`] that begins in the window. Whatever is that long covers one of the places
/// that are so far apart, so that only these are looked at.
fn first_long_run(text: &[u8], window: Range<usize>) -> Option<usize> {
    let mut at = window.start;
    while at < window.end {
        let probe = at.saturating_add(SHORTEST_RUN - 1);
        let is_run = is_base64(*text.get(probe)?);
        let before = text.get(at..probe).unwrap_or_default();
        let start = probe.saturating_sub(before.iter().rev().take_while(|byte| is_base64(**byte)).count());
        let run = start..run_end(text, start..text.len().min(start.saturating_add(SHORTEST_RUN)));
        if is_run && run.len() >= SHORTEST_RUN {
            return (start < window.end).then_some(start);
        }
        at = if is_run { run.end } else { probe }.saturating_add(1);
    }
    None
}

pub(crate) fn run_end(bytes: &[u8], range: Range<usize>) -> usize {
    range.start.saturating_add(count_base64(bytes.get(range).unwrap_or_default()))
}

pub(crate) fn is_hex(characters: &[u8]) -> bool {
    characters.iter().all(u8::is_ascii_hexdigit)
}

/// Whether it is a line or a mask, of one character again and again.
pub(crate) fn is_one_character(characters: &[u8]) -> bool {
    characters.first().is_some_and(|first| characters.iter().all(|byte| byte == first))
}

/// The body that begins here and goes on as long as whole lines are base64.
pub(crate) fn gather_run(bytes: &[u8], range: Range<usize>) -> Body {
    let mut end = range.start;
    let mut at = range.start;
    while at < range.end {
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default().trim_ascii();
        let characters = count_padded(line);
        let goes_on = characters == line.len() && !(at > range.start && line.contains(&b' '));
        if !goes_on && at > range.start && !line.is_empty() {
            break;
        }
        end = at.saturating_add(if goes_on { len } else { characters.max(1) });
        if !goes_on {
            break;
        }
        at = at.saturating_add(len).saturating_add(1);
    }
    gather(bytes, range.start..end.min(range.end), Extent::Whole)
}

/// How many of the first bytes are base64 or its padding.
fn count_padded(line: &[u8]) -> usize {
    let mut count = 0usize;
    loop {
        let rest = line.get(count..).unwrap_or_default();
        let padding = rest.iter().take_while(|byte| **byte == b'=').count();
        let more = padding.saturating_add(count_base64(rest.get(padding..).unwrap_or_default()));
        if more == 0 {
            return count;
        }
        count = count.saturating_add(more);
    }
}

/// The base64 of a text that begins here, with whatever blanks inside; a DER value that begins a line ends it.
pub(crate) fn gather_layer(bytes: &[u8], range: Range<usize>) -> Body {
    let body = gather(bytes, range.clone(), Extent::Whole);
    match body.second {
        Some(second) => gather(bytes, range.start..second, Extent::Whole),
        None => body,
    }
}

/// Decodes the base64 of a text as far as it goes: what is in it proves itself.
pub(crate) fn decode_text(characters: &[u8]) -> Wiped {
    let groups = characters.len().saturating_sub(characters.len() % 4);
    [characters.len(), groups].into_iter().find_map(|len| decode(characters.get(..len)?, true)).unwrap_or_default()
}

/// Whether these characters spell a value and then, in the same base64, the same value again.
pub(crate) fn is_doubled(characters: &[u8], head: Head) -> bool {
    let both = Head { total: head.total.saturating_mul(2), ..head };
    let der = (characters.len() == both.characters()).then(|| decode(characters, head.is_secret)).flatten();
    der.is_some_and(|der| der.split_at_checked(head.total).is_some_and(|(first, second)| first == second))
}

/// More base64 right behind a body that has all its characters.
pub(crate) fn trailing_run(bytes: &[u8], body: &Body, region: Range<usize>) -> Option<Range<usize>> {
    let text = bytes.get(body.range.end..region.end)?;
    let blanks = text.iter().take_while(|byte| is_space(**byte)).count();
    let start = body.range.end.saturating_add(blanks);
    let run = start..run_end(bytes, start..region.end);
    let glued = blanks == 0 && !run.is_empty() && !bytes.get(start..)?.starts_with(b"END ");
    let ends_line = bytes.get(run.end..region.end)?.first().is_none_or(|byte| is_space(*byte) || *byte == b'=');
    let like_a_line = body.padding == 0
        && run.len() >= SHORTEST_LINE
        && ends_line
        && !is_hex(bytes.get(run.clone())?)
        && Head::at(bytes, run.start, region.end).is_none();
    (glued || like_a_line).then_some(run)
}
