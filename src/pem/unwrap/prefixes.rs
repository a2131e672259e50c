//! Prefixes that every line of a block has: comment signs, the plus of a diff, line numbers, the time and name of a log, a
//! prompt.

use super::rewrite::rewrite_lines;
use crate::pem::base64::is_base64;
use crate::pem::head::Head;
use crate::pem::hex;
use crate::pem::line::{Lines, line_end, line_start, previous_line};
use crate::pem::marker::{Side, find_markers};
use crate::pem::repair::RepairCode;
use crate::pem::run::{BASE64_OF_DASHES, is_base64_of_text};
use crate::pem::text::Text;
use core::ops::Range;
use zeroize::Zeroizing;

pub(super) fn is_there(bytes: &[u8]) -> bool {
    prefix_of(bytes).is_some()
}

pub(super) fn take_off(text: &mut Text<'_>) {
    let Some(prefix) = prefix_of(text.bytes()) else { return };
    let blocks = blocks(text.bytes(), &prefix);
    let mut blocks = blocks.into_iter().peekable();
    rewrite_lines(text, RepairCode::LinePrefixes, |line, at| {
        while blocks.next_if(|block| block.end <= at).is_some() {}
        let is_inside = blocks.peek().is_some_and(|block| block.contains(&at));
        if is_inside { prefix.len_in(line).unwrap_or_default() } else { 0 }
    });
}

/// The longest prefix in bytes.
const LONGEST: usize = 120;

/// A part of a prefix.
#[derive(PartialEq, Eq)]
enum Part {
    /// Any number, of any length.
    Digits,
    /// Blanks, of any number; none at the beginning.
    Blanks,
    Other(u8),
}

impl Part {
    const fn of(byte: u8) -> Self {
        match byte {
            b'0'..=b'9' => Self::Digits,
            b' ' | b'\t' => Self::Blanks,
            other => Self::Other(other),
        }
    }

    /// How many of the first bytes it matches, as the part with this number in a prefix.
    fn len_in(&self, text: &[u8], index: usize) -> Option<usize> {
        let count = |is_part: fn(&u8) -> bool| text.iter().take_while(|byte| is_part(byte)).count();
        let len = match self {
            Self::Digits => count(u8::is_ascii_digit),
            Self::Blanks => count(|byte| matches!(byte, b' ' | b'\t')),
            Self::Other(byte) => usize::from(text.first() == Some(byte)),
        };
        let may_be_empty = *self == Self::Blanks && (index == 0 || text.is_empty());
        (len > 0 || may_be_empty).then_some(len)
    }
}

/// The pattern of a prefix, without regard to its numbers and to the width of its blanks.
struct Prefix(Vec<Part>);

impl Prefix {
    fn of(text: &[u8]) -> Option<Self> {
        let parts: Vec<Part> = parts(text).map(|(part, _)| part).collect();
        let is_blank = parts.iter().all(|part| *part == Part::Blanks);
        (ends_well(text) && !is_blank && text.len() <= LONGEST).then_some(Self(parts))
    }

    /// How many of the first bytes of a line it matches.
    fn len_in(&self, line: &[u8]) -> Option<usize> {
        let mut at = 0usize;
        for (index, part) in self.0.iter().enumerate() {
            at = at.checked_add(part.len_in(line.get(at..)?, index)?)?;
        }
        Some(at)
    }
}

/// The parts of a text, and where each ends.
fn parts(text: &[u8]) -> impl Iterator<Item = (Part, usize)> {
    let mut at = 0usize;
    core::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let part = Part::of(*rest.first()?);
        let len = match part {
            Part::Other(_) => 1,
            _ => rest.iter().take_while(|byte| Part::of(**byte) == part).count(),
        };
        at = at.checked_add(len)?;
        Some((part, at))
    })
}

/// Returns true if content may follow: a number or word at the end may be a part of the content, a backslash that of an
/// escape.
fn ends_well(text: &[u8]) -> bool {
    text.last().is_some_and(|last| !last.is_ascii_alphanumeric() && *last != b'\\') && !ends_in_terminal_code(text)
}

/// Returns true for a text that ends inside an escaped terminal code, `\u001b[32m`.
fn ends_in_terminal_code(text: &[u8]) -> bool {
    memchr::memrchr(b'[', text).and_then(|at| text.get(..at)).is_some_and(|before| {
        [b"\\u001b".as_slice(), b"\\u001B", b"\\x1b", b"\\x1B", b"\\033", b"\\e"]
            .iter()
            .any(|code| before.ends_with(code))
    })
}

/// The prefix of the first block whose lines have one.
fn prefix_of(bytes: &[u8]) -> Option<Prefix> {
    let marked = find_markers(bytes).into_iter().find_map(|marker| {
        let start = line_start(bytes, marker.range.start);
        let prefix = bytes.get(start..marker.range.start).filter(|prefix| (1..=LONGEST).contains(&prefix.len()))?;
        let next = match marker.side {
            Side::Begin => next_line(bytes, marker.range.end),
            Side::End => previous_line(bytes, start)?,
        };
        shared(prefix, bytes.get(next)?, |_| true)
    });
    let lines = || Lines::new(bytes, &(0..bytes.len()));
    let unmarked = || lines().find_map(|line| unmarked_prefix(bytes, &line)).flatten();
    marked.or_else(unmarked).or_else(|| lines().find_map(|line| column_prefix(bytes, &line)))
}

/// The prefix of this line and the next ones, if each holds one character and these begin an item.
fn column_prefix(bytes: &[u8], line: &Range<usize>) -> Option<Prefix> {
    const ENOUGH: usize = 16;
    let text = bytes.get(line.clone())?.trim_ascii_end().strip_suffix(b"M").filter(|text| text.len() <= LONGEST)?;
    let prefix = Prefix::of(text)?;
    let rest = bytes.get(line.start..)?;
    let character = |line: Range<usize>| {
        let text = rest.get(line)?;
        match text.get(prefix.len_in(text)?..)?.trim_ascii_end() {
            [character] if is_base64(*character) => Some(*character),
            _ => None,
        }
    };
    // The second character of a value is always one of these.
    let may_go_on =
        |(index, character): (usize, u8)| (index != 1 || matches!(character, b'B'..=b'I')).then_some(character);
    let column = Lines::new(rest, &(0..rest.len())).map_while(character).enumerate().map_while(may_go_on).take(ENOUGH);
    Head::of(&Zeroizing::new(column.collect::<Vec<u8>>())).map(|_| prefix)
}

/// The longest prefix of a line that another line has too, before what `is_content` accepts.
fn shared(prefix: &[u8], other: &[u8], is_content: fn(&[u8]) -> bool) -> Option<Prefix> {
    // A quote begins a part of a string, which is another layer.
    let longest = memchr::memchr3(b'"', b'\'', b'`', prefix).unwrap_or(prefix.len()).min(LONGEST);
    let prefix = prefix.get(..longest)?;
    let mut at = 0usize;
    let ends = parts(prefix).enumerate().map_while(|(index, (part, end))| {
        at = at.checked_add(part.len_in(other.get(at..)?, index)?)?;
        Some((end, at))
    });
    let is_shared = |(end, at): &(usize, usize)| {
        prefix.get(..*end).is_some_and(ends_well) && other.get(*at..).is_some_and(is_content)
    };
    let (longest, _) = ends.filter(is_shared).last()?;
    Prefix::of(prefix.get(..longest)?)
}

/// The prefix of a line whose content begins as an item does, if the next line has it too. `Some(None)` ends the
/// search, because lines of hexadecimal digits may look like prefixes.
fn unmarked_prefix(bytes: &[u8], line: &Range<usize>) -> Option<Option<Prefix>> {
    let text = bytes.get(line.start..line.end.min(line.start.saturating_add(LONGEST)))?;
    let start = content_start(bytes, text, line.start)?;
    let before = text.get(..start)?;
    let is_hexadecimal = text.get(start).is_some_and(u8::is_ascii_hexdigit);
    if before.is_empty() && !is_hexadecimal {
        return None;
    }
    let next = bytes.get(next_line_with_content(bytes, line.start, before))?;
    // No item begins with a plus sign, so it is that of a diff.
    let of_diff = (before == b"+").then(|| Prefix::of(before)).flatten();
    if is_hexadecimal && hex::is_value(bytes, line.start.saturating_add(start)) {
        return Some(of_diff.or_else(|| shared(before, next, is_hexadecimal_line)));
    }
    of_diff.or_else(|| shared(before, next, is_content_line)).map(Some)
}

fn is_hexadecimal_line(line: &[u8]) -> bool {
    line.trim_ascii_start().first().is_some_and(u8::is_ascii_hexdigit)
}

fn is_content_line(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty() && line.iter().all(|byte| is_content(*byte))
}

/// Where in a line an item without a BEGIN line begins; the line begins at `start`.
fn content_start(bytes: &[u8], line: &[u8], start: usize) -> Option<usize> {
    let begins_word = |index: &usize| {
        let before = index.checked_sub(1).and_then(|before| line.get(before));
        !before.is_some_and(u8::is_ascii_alphanumeric)
    };
    let base64 = memchr::memchr3_iter(b'M', b'L', b'T', line).filter(begins_word).find(|index| {
        let characters = line.get(*index..).unwrap_or_default();
        match characters.first() {
            Some(b'M') => Head::at(bytes, start.saturating_add(*index), bytes.len()).is_some(),
            _ => characters.starts_with(BASE64_OF_DASHES) || is_base64_of_text(characters),
        }
    });
    // The first octet of a SEQUENCE, in digits.
    let may_be_hexadecimal = memchr::memchr_iter(b'3', line).any(|at| line.get(at.saturating_add(1)) == Some(&b'0'));
    let mut words = (0..base64.unwrap_or(line.len())).filter(|index| may_be_hexadecimal && begins_word(index));
    let hexadecimal = words.find(|index| {
        let at = start.saturating_add(*index);
        hex::begins(bytes, at) || hex::begins_dump(bytes, at)
    });
    hexadecimal.or(base64)
}

const fn is_content(byte: u8) -> bool {
    is_base64(byte) || matches!(byte, b'=' | b'-' | b'_' | b' ' | b':' | b',')
}

/// The ranges of lines with the prefix in which one line begins an item.
fn blocks(bytes: &[u8], prefix: &Prefix) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in Lines::new(bytes, &(0..bytes.len())) {
        let has_prefix = bytes.get(line.clone()).is_some_and(|text| prefix.len_in(text).is_some());
        let is_blank = line.is_empty();
        match blocks.last_mut().filter(|_| open) {
            Some(block) if has_prefix => block.end = line.end,
            None if has_prefix => blocks.push(line.clone()),
            _ => {}
        }
        open = has_prefix || (open && is_blank);
    }
    blocks.retain(|block| holds_item(bytes, prefix, block));
    blocks
}

fn holds_item(bytes: &[u8], prefix: &Prefix, block: &Range<usize>) -> bool {
    let text = bytes.get(block.clone()).unwrap_or_default();
    let word = memchr::memmem::Finder::new("BEGIN");
    Lines::new(text, &(0..text.len())).any(|line| {
        let line = text.get(line).unwrap_or_default();
        let rest = prefix.len_in(line).and_then(|len| line.get(len..)).unwrap_or_default().trim_ascii_start();
        let is_hex = hex::begins(rest, 0) || hex::begins_dump(rest, 0);
        let is_text = || rest.starts_with(BASE64_OF_DASHES) || word.find(rest).is_some() || is_base64_of_text(rest);
        is_hex || rest.starts_with(b"-") || memchr::memchr(b'M', rest).is_some() || is_text()
    })
}

/// The next line after the one at this place that is not empty; at the end of the text, an empty one.
fn next_line(bytes: &[u8], at: usize) -> Range<usize> {
    let behind = line_end(bytes, &(at..bytes.len())).saturating_add(1);
    Lines::new(bytes, &(behind..bytes.len())).find(|line| !line.is_empty()).unwrap_or(bytes.len()..bytes.len())
}

/// The first of the next few lines that has more than a prefix.
fn next_line_with_content(bytes: &[u8], at: usize, prefix: &[u8]) -> Range<usize> {
    const FURTHEST: usize = 4;
    let mut line = next_line(bytes, at);
    for _ in 0..FURTHEST {
        let text = bytes.get(line.clone()).unwrap_or_default();
        if text.is_empty() || text.trim_ascii() != prefix.trim_ascii() {
            break;
        }
        line = next_line(bytes, line.start);
    }
    line
}
