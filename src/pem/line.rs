//! The lines of a text: where each begins and ends, and what ends it.

use super::space::is_line_break;
use core::ops::Range;

/// RFC 7468, section 2: the width of every line but the last.
pub(crate) const LINE_WIDTH: usize = 64;

/// The lines in a range of a text, each without its line break.
///
/// Every CR and every LF ends a line, so a CRLF has an empty line inside, unless [`Self::line_break`] takes it as a whole.
pub(crate) struct Lines<'t> {
    bytes: &'t [u8],
    /// Where the next line begins.
    at: usize,
    end: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(bytes: &'t [u8], range: &Range<usize>) -> Self {
        Self { bytes, at: range.start, end: range.end.min(bytes.len()) }
    }

    /// What ends the line that [`Iterator::next`] gave; the next one begins behind all of it.
    pub(crate) fn line_break(&mut self, line: &Range<usize>) -> LineBreak {
        let line_break = LineBreak::at(self.bytes.get(line.end..self.end).unwrap_or_default());
        self.at = line.end.saturating_add(line_break.len().max(1));
        line_break
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        (self.at < self.end).then_some(())?;
        let line = self.at..line_end(self.bytes, &(self.at..self.end));
        self.at = line.end.saturating_add(1);
        Some(line)
    }
}

/// Where the line ends that begins a range of a text.
pub(crate) fn line_end(bytes: &[u8], range: &Range<usize>) -> usize {
    range.start.saturating_add(first_line(bytes.get(range.clone()).unwrap_or_default()).len())
}

/// The first line of a text, without its line break.
pub(crate) fn first_line(text: &[u8]) -> &[u8] {
    let end = memchr::memchr2(b'\n', b'\r', text).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Where the line begins that holds this place.
pub(crate) fn line_start(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end.saturating_add(1))
}

/// The last line before the one that begins here which is not empty.
pub(crate) fn previous_line(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let before = bytes.get(..start)?;
    let end = before.iter().rposition(|byte| !is_line_break(*byte))?.checked_add(1)?;
    Some(line_start(bytes, end)..end)
}

/// Returns true if no line break is in the text.
pub(crate) fn is_one_line(text: &[u8]) -> bool {
    memchr::memchr2(b'\n', b'\r', text).is_none()
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineBreak {
    /// The end of the text.
    #[default]
    None,
    Lf,
    CrLf,
    /// Written by programs that take a part of another line break for a whole one.
    LfCr,
    CrCrLf,
    Cr,
}

impl LineBreak {
    /// The line break that a text begins with.
    pub(crate) const fn at(text: &[u8]) -> Self {
        match text {
            [b'\r', b'\r', b'\n', ..] => Self::CrCrLf,
            [b'\r', b'\n', ..] => Self::CrLf,
            [b'\n', b'\r', ..] => Self::LfCr,
            [b'\r', ..] => Self::Cr,
            [b'\n', ..] => Self::Lf,
            _ => Self::None,
        }
    }

    /// Its length in bytes.
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Lf | Self::Cr => 1,
            Self::CrLf | Self::LfCr => 2,
            Self::CrCrLf => 3,
        }
    }
}
