//! The fast path for what programs hand over: blocks with strict BEGIN and END lines, and base64 with nothing around it.
//! It copies the base64 run by run without checking it; what the decoder refuses takes the slow path.

use super::base64::{decode_in_place, padding_for};
use super::body::{Body, Layout};
use super::head::{Head, begins_certificate, may_be_secret};
use super::label::Label;
use super::line::{LINE_WIDTH, LineBreak};
use super::repair::RepairCode;
use super::space::{is_blank, is_line_break};
use crate::limits::{MAX_BLOCKS, MAX_DER_BYTES, MAX_PASTE_BYTES};
use crate::secret::{SecretBytes, Wiped};
use core::ops::Range;

const BEGIN: &[u8] = b"-----BEGIN ";

/// A decoded block, and what was not strict about its lines.
pub(crate) struct Canonical {
    /// `None` for base64 alone.
    pub(crate) label: Option<Label>,
    pub(crate) der: Wiped,
    /// From the first byte of the BEGIN line to the last of the END line.
    pub(crate) range: Range<usize>,
    /// What stands between the two lines.
    pub(crate) region: Range<usize>,
    /// Where the base64 stands, and the flaws of its lines; the characters have become the DER.
    pub(crate) body: Body,
}

/// Reads a text that is one such block; `None` for any other.
pub(crate) fn read(text: &[u8]) -> Option<Canonical> {
    let start = text.len().checked_sub(text.trim_ascii_start().len())?;
    match text.get(start)? {
        b'-' => whole(text, start)
            .or_else(|| block(text, start).filter(|block| text.get(block.range.end..).is_some_and(is_empty))),
        _ => bare(text, start..text.trim_ascii_end().len()),
    }
}

/// The values of a text that is base64 alone, or that has such blocks; other text around them is ignored (RFC 7468, section
/// 2). `None` if it has neither, or a BEGIN that begins something else.
pub(crate) fn values(text: &[u8]) -> Option<Vec<SecretBytes>> {
    let mut found = Vec::new();
    let mut at = 0usize;
    if text.len() > MAX_PASTE_BYTES {
        return None;
    }
    if let Some(only) = bare(text, 0..text.trim_ascii_end().len()).or_else(|| whole(text, 0)) {
        return Some(vec![only.der.into()]);
    }
    while let Some(start) = next_begin(text, at) {
        let block = block(text, start).filter(|_| found.len() < MAX_BLOCKS)?;
        found.push(block.der.into());
        at = block.range.end;
    }
    (!found.is_empty()).then_some(found)
}

/// The text with a line break for each `\n`; `None` if it has other escapes, or none.
pub(crate) fn unescaped(text: &[u8]) -> Option<Wiped> {
    let mut lines = Wiped::with_capacity(text.len());
    let mut taken = 0usize;
    for escape in memchr::memchr_iter(b'\\', text) {
        lines.extend_from_slice(text.get(taken..escape)?);
        taken = escape.checked_add(2)?;
        lines.push(if text.get(escape..taken)? == b"\\n" { b'\n' } else { return None });
    }
    lines.extend_from_slice(text.get(taken..)?);
    (taken > 0).then_some(lines)
}

/// Where the dashes of the next BEGIN have to stand, if it is strict.
fn next_begin(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    // A BEGIN behind white space alone, and the end of the text, are found without a search.
    let content = rest.trim_ascii_start();
    let start = at.checked_add(rest.len().checked_sub(content.len())?)?;
    if content.is_empty() {
        return None;
    }
    if content.starts_with(BEGIN) {
        return Some(start);
    }
    let word = memchr::memmem::find(content, b"BEGIN")?;
    Some(start.checked_add(word)?.saturating_sub(DASHES.len()))
}

fn is_empty(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

/// Returns true if only blanks come before the end of the line.
fn ends_line<'t>(mut bytes: impl Iterator<Item = &'t u8>) -> bool {
    bytes.find(|byte| !is_blank(**byte)).is_none_or(|byte| is_line_break(*byte))
}

const DASHES: &[u8] = b"-----";
const END: &[u8] = b"-----END ";

/// The label of the BEGIN that stands here, and what follows its dashes.
fn begin(text: &[u8], start: usize) -> Option<(Label, &[u8])> {
    let (before, after) = text.split_at_checked(start)?;
    let after = after.strip_prefix(BEGIN).filter(|_| ends_line(before.iter().rev()))?;
    let (label, rest) = after.split_at_checked(memchr::memchr(b'-', after.get(..after.len().min(64))?)?)?;
    let label = Label::exact(label).filter(|label| !label.is_of_parameters())?;
    Some((label, rest.strip_prefix(DASHES)?))
}

/// The block that begins here and ends the text, if its lines are strict. It takes the END from the end of the text, so
/// that its time does not depend on the characters of a key.
fn whole(text: &[u8], start: usize) -> Option<Canonical> {
    let (label, rest) = begin(text, start)?;
    let block = rest.trim_ascii_end().strip_suffix(DASHES)?.strip_suffix(label.as_str().as_bytes())?;
    let lines = block.strip_suffix(END)?;
    let region_start = text.len().checked_sub(rest.len())?;
    let region = region_start..region_start.checked_add(lines.len())?;
    let body = strict_body(lines, region_start)?;
    decoded(Some(label), body, start..text.trim_ascii_end().len(), region)
}

/// The block that begins here, with lines of any length.
fn block(text: &[u8], start: usize) -> Option<Canonical> {
    let (label, rest) = begin(text, start)?;
    let region_start = text.len().checked_sub(rest.len())?;
    let (lines, rest) = rest.split_at_checked(memchr::memchr(b'-', rest)?)?;
    let rest = rest.strip_prefix(END)?.strip_prefix(label.as_str().as_bytes())?.strip_prefix(DASHES)?;
    (ends_line(lines.iter()) && ends_line(rest.iter())).then_some(())?;
    let end = text.len().checked_sub(rest.len())?;
    let region = region_start..region_start.checked_add(lines.len())?;
    let body = strict_body(lines, region_start).or_else(|| lenient(text, region.clone(), true))?;
    decoded(Some(label), body, start..end, region)
}

fn strict_body(lines: &[u8], at: usize) -> Option<Body> {
    strict(lines, at, b"\n").or_else(|| strict(lines, at, b"\r\n"))
}

/// Base64 alone, which has to begin as the base64 of a value does.
fn bare(text: &[u8], range: Range<usize>) -> Option<Canonical> {
    // Every DER SEQUENCE begins with this character.
    (text.get(range.start) == Some(&b'M')).then_some(())?;
    let mut body = lenient(text, range.clone(), false)?;
    let is_value = begins_certificate(&body.characters) || Head::of(&body.characters).is_some();
    is_value.then_some(())?;
    let content = body.range.clone();
    body.flaw(RepairCode::HeaderMissing, content.start..content.start);
    body.flaw(RepairCode::FooterMissing, content.end..content.end);
    decoded(None, body, content, range)
}

fn decoded(label: Option<Label>, mut body: Body, range: Range<usize>, region: Range<usize>) -> Option<Canonical> {
    if padding_for(body.characters.len()) != body.padding {
        return None;
    }
    let is_secret = may_be_secret(&body.characters);
    let der = decode_in_place(core::mem::take(&mut body.characters), is_secret)?;
    let head = Head::of_der(&der).filter(|head| head.total == der.len() && head.total <= MAX_DER_BYTES)?;
    (is_secret || !head.is_secret).then_some(Canonical { label, der, range, region, body })
}

/// The base64 of lines of 64 characters (the last one may be shorter) that all end in the same line break. They begin at
/// this place.
fn strict<const BREAK: usize>(lines: &[u8], at: usize, line_break: &[u8; BREAK]) -> Option<Body> {
    let lines = lines.strip_prefix(line_break)?.strip_suffix(line_break)?;
    let content = at.checked_add(BREAK)?;
    let range = content..content.checked_add(lines.len())?;
    let padding = lines.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let lines = lines.get(..lines.len().checked_sub(padding)?)?;
    let full = lines.chunks_exact(LINE_WIDTH.checked_add(BREAK)?);
    let last = full.remainder();
    // The first line shows most texts with other lines.
    full.clone().next().is_none_or(|line| line.ends_with(line_break)).then_some(())?;
    let mut characters = Wiped::with_capacity(lines.len());
    for line in full {
        let (line, end) = line.split_first_chunk::<LINE_WIDTH>()?;
        (end == line_break).then_some(())?;
        characters.extend_from_slice(line);
    }
    characters.extend_from_slice(last);
    Some(Body { characters, padding, range, ..Body::default() })
}

/// The base64 of lines of any length, with blanks around and inside, and with LF or CRLF.
fn lenient(text: &[u8], region: Range<usize>, is_framed: bool) -> Option<Body> {
    let mut body = Body { characters: Wiped::with_capacity(region.len()), ..Body::default() };
    let mut layout = Layout::default();
    let mut line = Line::default();
    let mut at = region.start;
    while at < region.end {
        line = line.next(text.get(at..region.end)?);
        let (before, end) = (body.characters.len(), at.checked_add(line.text.len())?);
        let content = line.content();
        if !content.is_empty() {
            // BEGIN and END stand on lines of their own, and nothing follows the padding.
            let is_alone = at > region.start && line.line_break != LineBreak::None;
            let is_inside = (is_alone || !is_framed) && body.padding == 0;
            line.has_blanks = take(&line, at, &mut body).filter(|_| is_inside)?;
            body.note_blanks(line.text, content, at);
        }
        layout.add(&mut body, at..end, before, line.line_break);
        at = end.checked_add(line.line_break.len())?;
    }
    layout.finish(&mut body);
    Some(body)
}

/// Takes the content of a line that begins at this place, unless it begins with a dash. Returns true if it has blanks inside.
fn take(line: &Line<'_>, at: usize, body: &mut Body) -> Option<bool> {
    let (content, at) = (line.content(), at.checked_add(line.indent)?);
    let padding = content.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let characters = content.get(..content.len().checked_sub(padding)?)?;
    // A line as long as the one before it, which had no blanks, is not searched for any.
    let blanks = if line.is_alike && !line.has_blanks { None } else { take_runs(characters, at, body) };
    match blanks.clone() {
        None => body.take(characters, at),
        Some(blanks) => body.flaw(RepairCode::Blanks, blanks),
    }
    body.padding = padding;
    body.range.end = body.range.end.checked_add(padding)?;
    (content.first() != Some(&b'-')).then_some(blanks.is_some())
}

/// Takes what stands between blanks; returns where these are, or `None` without taking anything if there are none.
fn take_runs(content: &[u8], at: usize, body: &mut Body) -> Option<Range<usize>> {
    let mut blanks: Option<Range<usize>> = None;
    let mut taken = 0usize;
    for blank in memchr::memchr2_iter(b' ', b'\t', content) {
        let run = content.get(taken..blank)?;
        if !run.is_empty() {
            body.take(run, at.checked_add(taken)?);
        }
        taken = blank.checked_add(1)?;
        blanks = Some(blanks.map_or(blank, |blanks| blanks.start)..taken);
    }
    let blanks = blanks?;
    body.take(content.get(taken..)?, at.checked_add(taken)?);
    Some(at.checked_add(blanks.start)?..at.checked_add(blanks.end)?)
}

/// A line and what ends it.
#[derive(Clone, Copy, Default)]
struct Line<'t> {
    text: &'t [u8],
    /// The number of blanks before the content.
    indent: usize,
    line_break: LineBreak,
    /// Whether it is as long as the line before it.
    is_alike: bool,
    /// Whether there are blanks between its characters; until it is read, whether the line before it had any.
    has_blanks: bool,
}

impl<'t> Line<'t> {
    /// The line that follows this one and begins the rest. If the same line break stands as far behind its beginning, it
    /// counts as just as long; the decoder refuses another line break inside.
    fn next(&self, rest: &'t [u8]) -> Self {
        let same = rest.split_at_checked(self.text.len()).filter(|_| !self.text.is_empty());
        let same = same.map(|(text, after)| (text, LineBreak::at(after))).filter(|(_, same)| *same == self.line_break);
        let (text, line_break) = same.unwrap_or_else(|| Self::split(rest));
        let is_alike = same.is_some();
        Self { text, indent: blanks(text.iter()), line_break, is_alike, has_blanks: self.has_blanks }
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
    bytes.take_while(|byte| is_blank(**byte)).count()
}
