//! The base64 between two markers, or at a place of a text without any.

use super::alphabet::{is_base64, is_space, usual};
use super::head::Head;
use super::repair::RepairCode;
use super::stretch;
use crate::secret::Wiped;
use core::ops::Range;

/// RFC 7468, section 2: the width of every line but the last.
pub(crate) const LINE_WIDTH: usize = 64;

fn is_all_base64(bytes: &[u8]) -> bool {
    count_base64(bytes) == bytes.len()
}

/// How many of the first bytes are base64.
pub(crate) fn count_base64(bytes: &[u8]) -> usize {
    stretch::leading(bytes, is_base64)
}

fn count_few_base64(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_base64(**byte)).count()
}

/// The characters of a body, without blanks, line breaks and padding.
#[derive(Default)]
pub(crate) struct Body {
    /// Base64 characters only; they may spell a private key.
    pub(crate) characters: Wiped,
    /// How many `=` follow.
    pub(crate) padding: usize,
    /// From the first character to the last, padding included.
    pub(crate) range: Range<usize>,
    /// The first byte that is no part of a body, where one stands before the end.
    pub(crate) stopped_at: Option<usize>,
    /// The first later line that begins a DER value too long to be a part of this one.
    pub(crate) second: Option<usize>,
    /// The first later line that begins a DER value which may be a part of this one, or another item.
    pub(crate) inner: Option<usize>,
    pub(crate) flaws: Vec<(RepairCode, Range<usize>)>,
}

/// How far to read.
#[derive(Clone, Copy)]
pub(crate) enum Extent {
    /// To the end of the range, or to a byte that is no part of a body.
    Whole,
    /// This many characters, and their padding. A line that begins a DER value of another item ends it, too.
    Characters(usize),
}

/// How much room a body has at first.
const ROOM: usize = 8192;

/// Reads base64 from a range of a text.
pub(crate) fn gather(bytes: &[u8], range: Range<usize>, extent: Extent) -> Body {
    let room = match extent {
        Extent::Whole => range.len(),
        Extent::Characters(count) => count.min(range.len()),
    };
    // Room for most values at once.
    let characters = Wiped::with_capacity(room.min(ROOM));
    let mut body = Body { characters, range: range.start..range.start, ..Body::default() };
    let mut lines = Lines::default();
    let mut outer = None;
    let mut at = range.start;
    while at < range.end && body.stopped_at.is_none() && !is_full(&body, extent) {
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = at..at.saturating_add(len);
        if let Some(head) = head_of_line(bytes, line.start, range.end) {
            if body.characters.is_empty() {
                outer = Some(head);
            } else if body.is_another(head, outer, line.start) && matches!(extent, Extent::Characters(_)) {
                break;
            }
        }
        let before = body.characters.len();
        if is_comment(bytes, &line) && before > 0 {
            body.flaw(RepairCode::Comments, line.clone());
        } else {
            gather_line(bytes, line.clone(), extent, &mut body);
        }
        let line_break = LineBreak::at(rest.get(len..).unwrap_or_default());
        lines.add(&mut body, line.clone(), before, line_break);
        at = line.end.saturating_add(line_break.len()).max(at.saturating_add(1));
    }
    lines.finish(&mut body);
    body
}

fn is_full(body: &Body, extent: Extent) -> bool {
    room(body, extent) == 0
}

/// How many characters more are wanted.
fn room(body: &Body, extent: Extent) -> usize {
    match extent {
        Extent::Whole => usize::MAX,
        Extent::Characters(count) => count.saturating_sub(body.characters.len()),
    }
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineBreak {
    /// The end of the text.
    #[default]
    None,
    Lf,
    CrLf,
    /// What programs that take a part of another line break for a whole one make of it.
    LfCr,
    CrCrLf,
    Cr,
}

impl LineBreak {
    /// The one that this text begins with.
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

    /// How many bytes it has.
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Lf | Self::Cr => 1,
            Self::CrLf | Self::LfCr => 2,
            Self::CrCrLf => 3,
        }
    }
}

/// Whether it is a line that a person or tool wrote between those of the body.
pub(crate) fn is_comment(bytes: &[u8], line: &Range<usize>) -> bool {
    let text = bytes.get(line.clone()).unwrap_or_default().trim_ascii_start();
    matches!(text.first(), Some(b'#' | b';'))
}

/// The DER value of a kind that is read which begins with this line.
fn head_of_line(bytes: &[u8], at: usize, end: usize) -> Option<Head> {
    let line = bytes.get(at..end)?;
    let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = at.checked_add(blanks)?;
    Head::at(bytes, start, end)
}

fn gather_line(bytes: &[u8], line: Range<usize>, extent: Extent, body: &mut Body) {
    let text = bytes.get(line.clone()).unwrap_or_default();
    let trimmed = text.trim_ascii();
    let start = line.start.saturating_add(text.len().saturating_sub(text.trim_ascii_start().len()));
    if trimmed.len() <= room(body, extent) && body.padding == 0 && is_all_base64(trimmed) {
        if !trimmed.is_empty() {
            body.take(trimmed, start);
        }
    } else {
        gather_characters(trimmed, start, extent, body);
    }
    body.note_blanks(text, trimmed, line.start);
}

/// One run of characters after the other, for a line that is not only base64.
fn gather_characters(line: &[u8], start: usize, extent: Extent, body: &mut Body) {
    let mut blanks: Option<usize> = None;
    let is_of_dashes = line.len() > 1 && line.iter().all(|byte| *byte == b'-');
    let is_separator = is_of_dashes || line.starts_with(b"---") || line.ends_with(b"---");
    let mut index = 0usize;
    while let Some(byte) = line.get(index) {
        let at = start.saturating_add(index);
        let here = at..at.saturating_add(1);
        index = index.saturating_add(1);
        match *byte {
            b'=' if !body.characters.is_empty() => {
                body.padding = body.padding.saturating_add(1);
                body.range.end = here.end;
            }
            _ if is_full(body, extent) => return,
            byte if is_base64(byte) && body.padding == 0 => {
                let run = line.get(index.saturating_sub(1)..).unwrap_or_default();
                let run = run.get(..count_few_base64(run).min(room(body, extent))).unwrap_or_default();
                body.take(run, at);
                index = index.saturating_add(run.len()).saturating_sub(1);
                if let Some(blank) = blanks.take() {
                    body.flaw(RepairCode::Blanks, blank..at);
                }
            }
            byte if is_space(byte) => {
                blanks.get_or_insert(at);
            }
            // The quote mark of a mail, of a line that was joined to the one before it.
            b'>' => body.flaw(RepairCode::MailQuotes, here),
            byte => match usual(byte).filter(|_| body.padding == 0 && !is_separator) {
                Some(character) => {
                    body.take(&[character], at);
                    body.flaw(RepairCode::UrlSafe, here);
                }
                None => {
                    body.stopped_at = Some(at);
                    return;
                }
            },
        }
    }
}

impl Body {
    /// Whether a later line begins another item: its value does not fit into what is left of this one.
    fn is_another(&mut self, head: Head, outer: Option<Head>, at: usize) -> bool {
        let end = self.characters.len().saturating_add(head.characters());
        // Rounding to whole characters makes a part seem longer by one at most.
        let is_part = outer.is_some_and(|outer| end <= outer.characters().saturating_add(1));
        if is_part {
            self.inner.get_or_insert(at);
        } else {
            self.second.get_or_insert(at);
        }
        !is_part
    }

    /// Notes the blanks around the content of a line that begins at this place.
    pub(crate) fn note_blanks(&mut self, line: &[u8], content: &[u8], at: usize) {
        if content.len() < line.len() && !content.is_empty() {
            self.flaw(RepairCode::Blanks, at..at.saturating_add(line.len()));
        }
    }

    #[inline]
    pub(crate) fn take(&mut self, characters: &[u8], at: usize) {
        if self.characters.is_empty() {
            self.range.start = at;
        }
        self.characters.append(characters);
        self.range.end = at.saturating_add(characters.len());
    }

    pub(crate) fn flaw(&mut self, code: RepairCode, range: Range<usize>) {
        match self.flaws.iter_mut().find(|(known, _)| *known == code) {
            Some((_, place)) => place.end = place.end.max(range.end),
            None => self.flaws.push((code, range)),
        }
    }
}

/// What the lines of a body looked like.
#[derive(Default)]
pub(crate) struct Lines {
    width: usize,
    seen: bool,
    uneven: bool,
    blank: Option<Range<usize>>,
    line_break: LineBreak,
}

impl Lines {
    #[inline]
    pub(crate) fn add(&mut self, body: &mut Body, line: Range<usize>, before: usize, line_break: LineBreak) {
        let width = body.characters.len().saturating_sub(before);
        if width == 0 {
            // Blank lines count only between lines with content.
            if before > 0 && body.padding == 0 && body.stopped_at.is_none() {
                self.blank.get_or_insert(line.clone());
            }
        } else {
            self.uneven |= self.seen && self.width != LINE_WIDTH;
            self.seen = true;
            self.width = width;
            if let Some(blank) = self.blank.take() {
                body.flaw(RepairCode::BlankLines, blank.start..line.start);
            }
        }
        if line_break != LineBreak::None && width > 0 {
            let mixed = self.line_break != LineBreak::None && self.line_break != line_break;
            if mixed || !matches!(line_break, LineBreak::Lf | LineBreak::CrLf) {
                body.flaw(RepairCode::LineEndings, line.end..line.end.saturating_add(line_break.len()));
            }
            if self.line_break == LineBreak::None {
                self.line_break = line_break;
            }
        }
    }

    pub(crate) fn finish(self, body: &mut Body) {
        if self.uneven || self.width > LINE_WIDTH {
            let range = body.range.clone();
            body.flaw(RepairCode::LineWidth, range);
        }
    }
}
