//! The lines of an input, for pointing at a place in it.

use samlcert::Span;
use std::ops::Range;

/// An input as lines, if it is text.
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    /// `None` for binary and UTF-16 input, which has no lines.
    text: Option<&'a str>,
    /// Where each line begins.
    starts: Vec<usize>,
}

/// A line: its number from 1, its bytes without the line break, and where the next line begins.
pub(crate) struct Line<'a> {
    pub(crate) number: usize,
    pub(crate) start: usize,
    pub(crate) text: &'a str,
    pub(crate) end: usize,
}

impl<'a> Source<'a> {
    pub(crate) fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
        let starts = text.map_or_else(Vec::new, |text| line_starts(text.as_bytes()));
        Self { name, text, starts }
    }

    /// The number, from 1, of the line that a byte stands in.
    pub(crate) fn line_number(&self, offset: usize) -> Option<usize> {
        self.text.map(|_| self.starts.partition_point(|start| *start <= offset))
    }

    /// The line that a byte stands in; the last line for a byte behind the end.
    pub(crate) fn line(&self, offset: usize) -> Option<Line<'a>> {
        self.numbered(self.line_number(offset)?)
    }

    /// The lines that a place stands in; none for binary input.
    pub(crate) fn lines(&self, span: Span) -> impl Iterator<Item = Line<'a>> {
        let first = self.line_number(span.start).unwrap_or(1);
        let last = self.line_number(span.end.saturating_sub(1).max(span.start)).unwrap_or(0);
        (first..=last).filter_map(|number| self.numbered(number))
    }

    fn numbered(&self, number: usize) -> Option<Line<'a>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let text = self.text?;
        let end = self.starts.get(number).copied().unwrap_or(text.len());
        Some(Line { number, start, text: text.get(start..end)?.trim_end_matches(['\n', '\r']), end })
    }
}

/// LF, CRLF and CR end a line.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let followers = bytes.iter().skip(1).map(Some).chain([None]);
    let ends = bytes.iter().zip(followers).enumerate().filter(|(_, (byte, next))| match byte {
        b'\n' => true,
        b'\r' => *next != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(index, _)| index.saturating_add(1))).collect()
}

/// Moves both ends of a range in a text outwards to the next characters.
pub(crate) fn to_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = (0..=range.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (range.end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    start..end.max(start)
}
