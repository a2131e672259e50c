//! The base64 of one value in a text, between a BEGIN and an END line or where it begins without one.

use super::base64::{count_base64, from_url_safe, is_base64};
use super::head::Head;
use super::line::{LINE_WIDTH, LineBreak, Lines};
use super::repair::RepairCode;
use super::space::{is_space, leading_blanks};
use crate::secret::Wiped;
use core::ops::Range;

/// The characters of a body, without blanks, line breaks and padding.
#[derive(Default)]
pub(crate) struct Body {
    /// Base64 characters only; they may spell a private key.
    pub(crate) characters: Wiped,
    /// How many `=` follow them.
    pub(crate) padding: usize,
    /// From the first character to the last, padding included.
    pub(crate) range: Range<usize>,
    /// The first byte that cannot be in a body, if one stands before the end.
    pub(crate) stopped_at: Option<usize>,
    /// The first later line that begins a DER value too long to be inside this one.
    pub(crate) second: Option<usize>,
    /// The first later line that begins a DER value which may be inside this one, or another item.
    pub(crate) inner: Option<usize>,
    /// What was not strict, and from where to where.
    pub(crate) flaws: Vec<(RepairCode, Range<usize>)>,
}

/// How far to read.
#[derive(Clone, Copy)]
pub(crate) enum Extent {
    /// To the end of the range, or to a byte that cannot be in a body.
    Whole,
    /// This many characters, and their padding. A line that begins another item ends it, too.
    Characters(usize),
}

/// Where a value stands that a later line of a body begins.
#[derive(PartialEq, Eq)]
enum Place {
    Inside,
    Behind,
}

/// How many characters a body has room for at first: enough for most values.
const ROOM: usize = 8192;

/// Reads base64 from a range of a text.
pub(crate) fn gather(bytes: &[u8], range: Range<usize>, extent: Extent) -> Body {
    let room = match extent {
        Extent::Whole => range.len(),
        Extent::Characters(count) => count.min(range.len()),
    };
    let characters = Wiped::with_capacity(room.min(ROOM));
    let mut body = Body { characters, range: range.start..range.start, ..Body::default() };
    let mut layout = Layout::default();
    let mut lines = Lines::new(bytes, &range);
    let mut outer = None;
    while body.stopped_at.is_none() && body.room(extent) > 0 {
        let Some(line) = lines.next() else { break };
        if let Some(head) = head_of_line(bytes, line.start, range.end) {
            if body.characters.is_empty() {
                outer = Some(head);
            } else if body.note_value(head, outer, line.start) == Place::Behind
                && matches!(extent, Extent::Characters(_))
            {
                break;
            }
        }
        let before = body.characters.len();
        if is_comment(bytes, &line) && before > 0 {
            body.flaw(RepairCode::Comments, line.clone());
        } else {
            gather_line(bytes, line.clone(), extent, &mut body);
        }
        let line_break = lines.line_break(&line);
        layout.add(&mut body, line, before, line_break);
    }
    layout.finish(&mut body);
    body
}

/// Returns true for a line that a person or tool wrote between those of the body.
pub(crate) fn is_comment(bytes: &[u8], line: &Range<usize>) -> bool {
    let text = bytes.get(line.clone()).unwrap_or_default().trim_ascii_start();
    matches!(text.first(), Some(b'#' | b';'))
}

/// The head of the DER value that begins this line.
fn head_of_line(bytes: &[u8], at: usize, end: usize) -> Option<Head> {
    Head::at(bytes, at.checked_add(leading_blanks(bytes.get(at..end)?))?, end)
}

fn gather_line(bytes: &[u8], line: Range<usize>, extent: Extent, body: &mut Body) {
    let text = bytes.get(line.clone()).unwrap_or_default();
    let trimmed = text.trim_ascii();
    let start = line.start.saturating_add(text.len().saturating_sub(text.trim_ascii_start().len()));
    let is_all_base64 = || count_base64(trimmed) == trimmed.len();
    if trimmed.len() <= body.room(extent) && body.padding == 0 && is_all_base64() {
        if !trimmed.is_empty() {
            body.take(trimmed, start);
        }
    } else {
        gather_characters(trimmed, start, extent, body);
    }
    body.note_blanks(text, trimmed, line.start);
}

/// Takes a line that is not only base64, run by run.
fn gather_characters(line: &[u8], start: usize, extent: Extent, body: &mut Body) {
    let mut blanks: Option<usize> = None;
    let is_separator = is_separator(line);
    let mut index = 0usize;
    while let Some(byte) = line.get(index) {
        let at = start.saturating_add(index);
        let here = at..at.saturating_add(1);
        let mut len = 1;
        match *byte {
            b'=' if !body.characters.is_empty() => {
                body.padding = body.padding.saturating_add(1);
                body.range.end = here.end;
            }
            _ if body.room(extent) == 0 => return,
            byte if is_base64(byte) && body.padding == 0 => {
                let run = first_run(line.get(index..).unwrap_or_default(), body.room(extent));
                body.take(run, at);
                len = run.len();
                if let Some(blank) = blanks.take() {
                    body.flaw(RepairCode::Blanks, blank..at);
                }
            }
            byte if is_space(byte) => {
                blanks.get_or_insert(at);
            }
            // A mail client joined this line to the one before it, and left its quote mark.
            b'>' => body.flaw(RepairCode::MailQuotes, here),
            byte => match from_url_safe(byte).filter(|_| body.padding == 0 && !is_separator) {
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
        index = index.saturating_add(len);
    }
}

/// Returns true for a line of dashes, whose dashes are not of the URL-safe alphabet.
fn is_separator(line: &[u8]) -> bool {
    let is_of_dashes = line.len() > 1 && line.iter().all(|byte| *byte == b'-');
    is_of_dashes || line.starts_with(b"---") || line.ends_with(b"---")
}

/// The base64 that a text begins with, this many characters at most.
fn first_run(text: &[u8], most: usize) -> &[u8] {
    let len = text.iter().take(most).take_while(|byte| is_base64(**byte)).count();
    text.get(..len).unwrap_or_default()
}

impl Body {
    /// How many characters more are wanted.
    fn room(&self, extent: Extent) -> usize {
        match extent {
            Extent::Whole => usize::MAX,
            Extent::Characters(count) => count.saturating_sub(self.characters.len()),
        }
    }

    /// Notes the value that a later line begins. It is another item if it does not fit into what is left of this one.
    fn note_value(&mut self, head: Head, outer: Option<Head>, at: usize) -> Place {
        let end = self.characters.len().saturating_add(head.characters());
        // Rounding to whole characters makes an inner value seem longer, by one at most.
        if outer.is_some_and(|outer| end <= outer.characters().saturating_add(1)) {
            self.inner.get_or_insert(at);
            Place::Inside
        } else {
            self.second.get_or_insert(at);
            Place::Behind
        }
    }

    /// Notes the blanks around the content of a line that begins at this place.
    pub(crate) fn note_blanks(&mut self, line: &[u8], content: &[u8], at: usize) {
        if content.len() < line.len() && !content.is_empty() {
            self.flaw(RepairCode::Blanks, at..at.saturating_add(line.len()));
        }
    }

    /// Takes characters that stand at this place.
    #[inline]
    pub(crate) fn take(&mut self, characters: &[u8], at: usize) {
        if self.characters.is_empty() {
            self.range.start = at;
        }
        self.characters.append(characters);
        self.range.end = at.saturating_add(characters.len());
    }

    /// Notes a flaw; where the same one is known already, its range grows.
    pub(crate) fn flaw(&mut self, code: RepairCode, range: Range<usize>) {
        match self.flaws.iter_mut().find(|(known, _)| *known == code) {
            Some((_, place)) => place.end = place.end.max(range.end),
            None => self.flaws.push((code, range)),
        }
    }
}

/// How the lines of a body are laid out, compared with what RFC 7468 wants.
#[derive(Default)]
pub(crate) struct Layout {
    /// How many characters the line before had.
    width: usize,
    /// True once a line had characters.
    seen: bool,
    /// True once a line before the last was not 64 characters wide.
    uneven: bool,
    /// The first of the blank lines since the last one with characters.
    blank: Option<Range<usize>>,
    /// What ended the first line.
    line_break: LineBreak,
}

impl Layout {
    /// Adds a line, before which the body had so many characters.
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

    /// Notes lines that are not of one width.
    pub(crate) fn finish(self, body: &mut Body) {
        if self.uneven || self.width > LINE_WIDTH {
            let range = body.range.clone();
            body.flaw(RepairCode::LineWidth, range);
        }
    }
}
