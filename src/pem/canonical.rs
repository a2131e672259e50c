//! The fast way for one block with strict BEGIN and END lines and nothing around them, which is what programs hand
//! over. Its base64 is copied line by line and not looked at: what the decoder refuses goes the long way.

use super::body::{Body, LINE_WIDTH, LineBreak, Lines};
use super::head::{Head, decode_in_place, may_be_secret, padding_for};
use super::marker;
use crate::limits::MAX_DER_BYTES;
use crate::secret::Wiped;
use core::ops::Range;

/// A block that was decoded, and what was not strict about its lines.
pub(crate) struct Canonical {
    pub(crate) label: &'static str,
    pub(crate) der: Wiped,
    /// From BEGIN to END.
    pub(crate) range: Range<usize>,
    /// Between the two.
    pub(crate) region: Range<usize>,
    /// From the first character of the base64 to the last, and the flaws of its lines.
    pub(crate) body: Body,
}

/// Reads a text that is one such block; `None` for any other.
pub(crate) fn read(text: &[u8]) -> Option<Canonical> {
    let block = text.trim_ascii_start();
    let start = text.len().checked_sub(block.len())?;
    let block = block.trim_ascii_end();
    let end = start.checked_add(block.len())?;
    let after = block.strip_prefix(b"-----BEGIN ")?;
    let dashes = memchr::memchr(b'-', after.get(..after.len().min(64))?)?;
    let (label, rest) = after.split_at_checked(dashes)?;
    let lines = rest.strip_prefix(b"-----")?;
    let region_start = end.checked_sub(lines.len())?;
    let lines = lines.strip_suffix(b"-----")?.strip_suffix(label)?.strip_suffix(b"-----END ")?;
    let region = region_start..region_start.checked_add(lines.len())?;
    let label = marker::known_label(label).filter(|label| !label.ends_with("PARAMETERS"))?;
    let mut body = strict(lines, region_start).or_else(|| lenient(text, region.clone()))?;
    if padding_for(body.characters.len()) != body.padding {
        return None;
    }
    let is_secret = may_be_secret(&body.characters);
    let der = decode_in_place(core::mem::take(&mut body.characters), is_secret)?;
    let head = Head::of_der(&der).filter(|head| head.total == der.len() && head.total <= MAX_DER_BYTES)?;
    (is_secret || !head.is_secret).then_some(Canonical { label, der, range: start..end, region, body })
}

/// The base64 of lines of 64 characters that LF ends, the last one shorter; they begin at this place.
fn strict(lines: &[u8], at: usize) -> Option<Body> {
    const LINE: usize = LINE_WIDTH + 1;
    let lines = lines.strip_prefix(b"\n")?.strip_suffix(b"\n")?;
    let content = at.checked_add(1)?;
    let range = content..content.checked_add(lines.len())?;
    let padding = lines.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let lines = lines.get(..lines.len().checked_sub(padding)?)?;
    let full = lines.chunks_exact(LINE);
    let last = full.remainder();
    let mut characters = Wiped::with_capacity(lines.len());
    for line in full {
        let (line, b"\n") = line.split_at_checked(LINE_WIDTH)? else { return None };
        characters.extend_from_slice(line);
    }
    characters.extend_from_slice(last);
    Some(Body { characters, padding, range, ..Body::default() })
}

/// The base64 of lines however long and indented, and however they are ended.
fn lenient(text: &[u8], region: Range<usize>) -> Option<Body> {
    let mut body = Body { characters: Wiped::with_capacity(region.len()), ..Body::default() };
    let mut lines = Lines::default();
    let mut line = Line::default();
    let mut at = region.start;
    while at < region.end {
        line = line.next(text.get(at..region.end)?);
        let (before, end) = (body.characters.len(), at.checked_add(line.text.len())?);
        let content = line.content();
        if !content.is_empty() {
            // BEGIN and END stand on lines of their own, and nothing follows the padding.
            let is_inside = at > region.start && line.line_break != LineBreak::None && body.padding == 0;
            take(content, at.checked_add(line.indent)?, &mut body).filter(|()| is_inside)?;
            body.note_blanks(line.text, content, at);
        }
        lines.add(&mut body, at..end, before, line.line_break);
        at = end.checked_add(line.line_break.len())?;
    }
    lines.finish(&mut body);
    Some(body)
}

/// Takes over the content of a line, if it is base64 at first sight.
fn take(content: &[u8], at: usize, body: &mut Body) -> Option<()> {
    let padding = content.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    body.take(content.get(..content.len().checked_sub(padding)?)?, at);
    body.padding = padding;
    body.range.end = body.range.end.checked_add(padding)?;
    (content.first() != Some(&b'-')).then_some(())
}

/// A line and what ends it.
#[derive(Clone, Copy, Default)]
struct Line<'t> {
    text: &'t [u8],
    /// The number of blanks before the content.
    indent: usize,
    line_break: LineBreak,
}

impl<'t> Line<'t> {
    /// The line that follows this one and begins the rest. It is taken to be as long if the same ends it there: if
    /// another line break stands inside, the decoder refuses it.
    fn next(&self, rest: &'t [u8]) -> Self {
        let same = rest.split_at_checked(self.text.len()).filter(|_| !self.text.is_empty());
        let (text, line_break) = match same.map(|(text, after)| (text, LineBreak::at(after))) {
            Some((text, same)) if same == self.line_break => (text, same),
            _ => Self::split(rest),
        };
        Self { text, indent: blanks(text.iter()), line_break }
    }

    fn split(rest: &'t [u8]) -> (&'t [u8], LineBreak) {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        match line.strip_suffix(b"\r") {
            _ if end == rest.len() => (line, LineBreak::None),
            Some(line) => (line, LineBreak::CrLf),
            None => (line, LineBreak::Lf),
        }
    }

    fn content(&self) -> &'t [u8] {
        let content = self.text.get(self.indent..).unwrap_or_default();
        content.get(..content.len().saturating_sub(blanks(content.iter().rev()))).unwrap_or_default()
    }
}

fn blanks<'t>(bytes: impl Iterator<Item = &'t u8>) -> usize {
    bytes.take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}
