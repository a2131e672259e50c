//! The characters of a text in one character set and one spelling, each with its place in the bytes as given.

use crate::invisible::is_ignorable;
use crate::span::Span;
use core::ops::Range;

/// A character, and where the bytes stand that it was read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) c: char,
    pub(super) at: Span,
}

/// A text without invisible characters, in which every line break is `\n`, every other blank is a space, and every full-width
/// or typographic character is the ASCII one that looks like it.
pub(super) struct Text {
    marks: Vec<Mark>,
    bytes: usize,
}

impl Text {
    pub(super) fn read(text: &[u8]) -> Self {
        let mut marks = decode(text);
        marks.retain_mut(|mark| match fold(mark.c) {
            Some(folded) => {
                mark.c = folded;
                true
            }
            None => false,
        });
        Self { marks: unescape(&marks), bytes: text.len() }
    }

    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    pub(super) fn get(&self, range: Range<usize>) -> &[Mark] {
        self.marks.get(range).unwrap_or_default()
    }

    pub(super) fn char_at(&self, index: usize) -> Option<char> {
        self.marks.get(index).map(|mark| mark.c)
    }

    pub(super) fn chars(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = char> + Clone {
        self.get(range).iter().map(|mark| mark.c)
    }

    /// Where the bytes of a range of characters stand.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match self.get(range) {
            [] => self.whole(),
            [one] => one.at,
            [first, .., last] => Span::new(first.at.start, last.at.end),
        }
    }

    /// The whole text, with blanks and invisible characters.
    pub(super) const fn whole(&self) -> Span {
        Span::new(0, self.bytes)
    }

    /// The longest ranges of characters of one kind.
    pub(super) fn runs(&self, kind: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let matching = self.marks.iter().enumerate().filter(|(_, mark)| kind(mark.c));
        for (index, _) in matching {
            match runs.last_mut() {
                Some(run) if run.end == index => run.end = index.saturating_add(1),
                _ => runs.push(index..index.saturating_add(1)),
            }
        }
        runs
    }

    /// Where the line of a character begins.
    pub(super) fn line_start(&self, index: usize) -> usize {
        self.get(0..index).iter().rposition(|mark| mark.c == '\n').map_or(0, |newline| newline.saturating_add(1))
    }

    /// Where the line of a character ends.
    pub(super) fn line_end(&self, index: usize) -> usize {
        let rest = self.get(index..self.len());
        index.saturating_add(rest.iter().position(|mark| mark.c == '\n').unwrap_or(rest.len()))
    }
}

/// UTF-16 with a mark of its byte order, or ASCII in it without one; else UTF-8, and Latin-1 where it is not.
fn decode(text: &[u8]) -> Vec<Mark> {
    match text {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, 2, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, 2, u16::from_be_bytes),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => decode_utf16(text, 0, u16::from_le_bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => decode_utf16(text, 0, u16::from_be_bytes),
        _ => decode_utf8(text),
    }
}

fn decode_utf16(bytes: &[u8], offset: usize, unit: fn([u8; 2]) -> u16) -> Vec<Mark> {
    let mut pairs = bytes.chunks_exact(2);
    let units = pairs.by_ref().filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit).collect::<Vec<u16>>();
    let mut at = offset;
    let mut marks: Vec<Mark> = Vec::with_capacity(units.len());
    for c in char::decode_utf16(units) {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        push(&mut marks, c, &mut at, c.len_utf16().saturating_mul(2));
    }
    if !pairs.remainder().is_empty() {
        push(&mut marks, char::REPLACEMENT_CHARACTER, &mut at, 1);
    }
    marks
}

fn decode_utf8(text: &[u8]) -> Vec<Mark> {
    let mut at = 0;
    let mut marks = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            push(&mut marks, c, &mut at, c.len_utf8());
        }
        for byte in chunk.invalid() {
            push(&mut marks, char::from(*byte), &mut at, 1);
        }
    }
    marks
}

fn push(marks: &mut Vec<Mark>, c: char, at: &mut usize, len: usize) {
    let end = at.saturating_add(len);
    marks.push(Mark { c, at: Span::new(*at, end) });
    *at = end;
}

/// The ASCII character that looks like this one; `None` for an invisible one.
fn fold(c: char) -> Option<char> {
    Some(match c {
        _ if is_ignorable(c) => return None,
        '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2d0}' | '\u{2236}' | '\u{a789}' | '\u{fe13}' | '\u{fe55}' => ':',
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' => '"',
        _ if c.is_whitespace() => ' ',
        _ => c,
    })
}

/// Resolves the escapes of C and JSON strings: line breaks, `\/`, `\xAB` and `\uABCD`.
fn unescape(marks: &[Mark]) -> Vec<Mark> {
    let mut out = Vec::with_capacity(marks.len());
    let mut rest = marks;
    while let [first, ..] = rest {
        let (meaning, used) = escape(rest).unwrap_or((Some(first.c), 1));
        let (taken, tail) = rest.split_at_checked(used).unwrap_or((rest, &[]));
        if let (Some(c), Some(last)) = (meaning, taken.last()) {
            out.push(Mark { c, at: Span::new(first.at.start, last.at.end) });
        }
        rest = tail;
    }
    out
}

fn escape(marks: &[Mark]) -> Option<(Option<char>, usize)> {
    let [Mark { c: '\\', .. }, kind, rest @ ..] = marks else { return None };
    match kind.c {
        'n' | 'r' => Some((Some('\n'), 2)),
        't' => Some((Some(' '), 2)),
        '/' => Some((Some('/'), 2)),
        '"' => Some((Some('"'), 2)),
        'x' => Some((Some(' '), 2)),
        'u' => {
            let (digits, _) = rest.split_at_checked(4)?;
            let code = digits.iter().try_fold(0u32, |code, digit| {
                digit.c.to_digit(16).map(|digit| code.wrapping_mul(16).wrapping_add(digit))
            })?;
            Some((fold(char::from_u32(code)?), 6))
        }
        _ => None,
    }
}
