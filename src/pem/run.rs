//! Runs of base64 characters in a text that have no BEGIN line.

use super::base64::{count_base64, decode, is_base64};
use super::body::{Body, Extent, gather};
use super::head::Head;
use super::hex;
use super::line::Lines;
use super::space::{is_space, leading_space};
use crate::secret::Wiped;
use core::ops::Range;

/// The base64 of `---`, with which a PEM begins.
pub(crate) const BASE64_OF_DASHES: &[u8] = b"LS0t";

/// Returns true if the first bytes that these characters spell are text: a PEM, or base64 again.
pub(crate) fn is_base64_of_text(characters: &[u8]) -> bool {
    let Some(first) = characters.get(..16).and_then(|first| decode(first, true)) else { return false };
    // Terminal codes begin with the escape character, and some end with the bell.
    let is_code =
        |text: &str, character: char| character == '\u{1b}' || (character == '\u{7}' && text.starts_with('\u{1b}'));
    let is_text = |text: &str| {
        text.chars().all(|character| !character.is_control() || character.is_whitespace() || is_code(text, character))
    };
    match core::str::from_utf8(&first) {
        Ok(text) => is_text(text),
        // The last character goes on behind these bytes.
        Err(error) if error.error_len().is_none() => {
            first.get(..error.valid_up_to()).and_then(|whole| core::str::from_utf8(whole).ok()).is_some_and(is_text)
        }
        Err(_) => matches!(first.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]),
    }
}

/// Shorter runs of base64 characters are taken for words.
pub(crate) const SHORTEST_RUN: usize = 40;

/// A line with fewer characters does not continue the base64 before it.
const SHORTEST_LINE: usize = 16;

/// Where the next run begins that may be an item: as a DER value does in base64 or hexadecimal, as the base64 of a PEM does,
/// or with more base64 than a word has.
pub(crate) fn next_run(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let text = bytes.get(range.clone())?;
    // Window by window, so that a search for one kind of run does not go far beyond a run of another kind.
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

/// How many bytes are searched for every kind of run at a time.
const WINDOW: usize = 1024;

/// The first run of the window that begins as the base64 of a SEQUENCE or of dashes does.
fn first_start(text: &[u8], window: Range<usize>) -> Option<usize> {
    let letters = memchr::memchr2_iter(b'M', b'L', text.get(window.clone())?);
    letters.map(|index| window.start.saturating_add(index)).find(|&at| {
        let begins = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| !is_base64(*before));
        begins && text.get(at..).is_some_and(|run| run.starts_with(b"M") || run.starts_with(BASE64_OF_DASHES))
    })
}

/// Where in the window the hexadecimal of a DER value begins.
fn first_hexadecimal(text: &[u8], window: Range<usize>) -> Option<usize> {
    memchr::memchr_iter(b'3', text.get(window.clone())?).find_map(|index| {
        let at = window.start.saturating_add(index);
        let at =
            if at.checked_sub(2).and_then(|sign| text.get(sign..at)) == Some(b"0x") { at.checked_sub(2)? } else { at };
        let is_inside = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphanumeric);
        (!is_inside && hex::begins(text, at)).then_some(at)
    })
}

/// The first run of at least [`SHORTEST_RUN`] that begins in the window. A run of that length covers one of the places
/// that are that far apart, so it is enough to probe these.
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

/// Where the base64 ends that begins a range.
pub(crate) fn run_end(bytes: &[u8], range: Range<usize>) -> usize {
    range.start.saturating_add(count_base64(bytes.get(range).unwrap_or_default()))
}

pub(crate) fn is_hex(characters: &[u8]) -> bool {
    characters.iter().all(u8::is_ascii_hexdigit)
}

/// Returns true for one character again and again: a rule or a mask.
pub(crate) fn is_one_character(characters: &[u8]) -> bool {
    characters.first().is_some_and(|first| characters.iter().all(|byte| byte == first))
}

/// The body that begins here and goes on as long as whole lines are base64.
pub(crate) fn gather_run(bytes: &[u8], range: Range<usize>) -> Body {
    let mut end = range.start;
    for line in Lines::new(bytes, &range) {
        let text = bytes.get(line.clone()).unwrap_or_default().trim_ascii();
        let is_first = line.start == range.start;
        let characters = count_padded(text);
        let goes_on = characters == text.len() && (is_first || !text.contains(&b' '));
        if goes_on {
            end = line.end;
            continue;
        }
        if is_first {
            end = line.start.saturating_add(characters.max(1));
        }
        break;
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

/// The base64 of a text that begins here, with any white space inside. A line that begins another DER value ends it.
pub(crate) fn gather_layer(bytes: &[u8], range: Range<usize>) -> Body {
    let body = gather(bytes, range.clone(), Extent::Whole);
    match body.second {
        Some(second) => gather(bytes, range.start..second, Extent::Whole),
        None => body,
    }
}

/// Decodes the base64 of a text as far as it goes; whether that is good shows in the items inside.
pub(crate) fn decode_text(characters: &[u8]) -> Wiped {
    let groups = characters.len().saturating_sub(characters.len() % 4);
    [characters.len(), groups].into_iter().find_map(|len| decode(characters.get(..len)?, true)).unwrap_or_default()
}

/// Returns true if these characters spell a value twice, in one piece of base64.
pub(crate) fn is_doubled(characters: &[u8], head: Head) -> bool {
    let both = Head { total: head.total.saturating_mul(2), ..head };
    let der = (characters.len() == both.characters()).then(|| decode(characters, head.is_secret)).flatten();
    der.is_some_and(|der| der.split_at_checked(head.total).is_some_and(|(first, second)| first == second))
}

/// More base64 right behind a body that has all its characters.
pub(crate) fn trailing_run(bytes: &[u8], body: &Body, region: Range<usize>) -> Option<Range<usize>> {
    let text = bytes.get(body.range.end..region.end)?;
    let blanks = leading_space(text);
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
