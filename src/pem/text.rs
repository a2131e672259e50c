//! A text that is edited in place and knows, for each of its bytes, where it stood in the paste.

use super::base64::is_any_base64;
use super::repair::{Repair, RepairCode, Repairs};
use crate::secret::Wiped;
use crate::span::Span;
use core::ops::Range;

/// Takes the place of any character that no notation of a certificate has.
pub(crate) const OTHER: u8 = 0xff;

/// Takes the place of a letter or digit outside ASCII.
pub(crate) const LETTER: u8 = 0xfe;

/// Takes the place of an ellipsis, a bullet or a block, which people mask things with.
pub(crate) const MASK: u8 = 0xfd;

/// Edits of the same kind that are at most so many bytes apart are one.
const NEAR: usize = 128;

/// How many of the latest edits one of the same kind is searched in.
const KINDS: usize = 16;

/// Once decoded, its bytes are ASCII, [`OTHER`], [`LETTER`] or [`MASK`]. No edit makes the text longer, so all work in place:
/// a paste is copied at most once, and the copy is wiped.
pub(crate) struct Text<'a> {
    /// The bytes as given; the first one stands at offset `at`.
    given: &'a [u8],
    at: usize,
    edited: Option<Edited>,
    edits: Vec<Repair>,
    /// The offset behind the text.
    end: usize,
}

/// The bytes after an edit, and the offset of each.
#[derive(Default)]
struct Edited {
    bytes: Wiped,
    origins: Vec<u32>,
}

/// The memory of an edited text of this length, in bytes: its bytes, and the origin of each.
pub(crate) const fn held_bytes(len: usize) -> usize {
    len.saturating_mul(size_of::<u8>().saturating_add(size_of::<u32>()))
}

/// What an edit does at one place of a text.
pub(crate) enum Step {
    /// Keep this many bytes (at least 1).
    Keep(usize),
    /// Take away this many bytes (at least 1) and put at most one in their place.
    Replace { take: usize, put: Option<u8>, repair: Option<RepairCode> },
}

impl<'a> Text<'a> {
    /// A text as given, whose first byte stands at offset `at` of the paste.
    pub(crate) fn new(given: &'a [u8], at: usize) -> Self {
        Self { given, at, edited: None, edits: Vec::new(), end: at.saturating_add(given.len()) }
    }

    /// The text that the base64 in a range of this one spells.
    pub(crate) fn nested(&self, bytes: Wiped, range: Range<usize>) -> Text<'static> {
        let characters = self.slice(range.clone()).iter().enumerate().filter(|(_, byte)| is_any_base64(**byte));
        // All the room at once: growing would need as much again.
        let mut origins = Vec::with_capacity(bytes.len());
        let starts = characters
            .enumerate()
            // Of four characters the first three begin a byte each.
            .filter(|(number, _)| number % 4 != 3)
            .map(|(_, (index, _))| u32::try_from(self.origin(range.start.saturating_add(index))).unwrap_or(u32::MAX));
        origins.extend(starts.take(bytes.len()));
        let place = self.span(range);
        let mut edits = self.edits.clone();
        edits.push(Repair::new(RepairCode::Base64Layer, place));
        Text { given: &[], at: place.end, edited: Some(Edited { bytes, origins }), edits, end: place.end }
    }

    /// The offset behind the text.
    pub(crate) const fn end(&self) -> usize {
        self.end
    }

    /// The memory that it holds besides the paste, in bytes.
    pub(crate) fn held_bytes(&self) -> usize {
        self.edited.as_ref().map_or(0, |edited| held_bytes(edited.bytes.capacity()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.edited.as_ref().map_or(self.given, |edited| &edited.bytes)
    }

    /// The part of the text; empty if the range is not within it.
    pub(crate) fn slice(&self, range: Range<usize>) -> &[u8] {
        self.bytes().get(range).unwrap_or_default()
    }

    /// Where a byte stood in the paste; for an index behind the text, the end of the text.
    pub(crate) fn origin(&self, index: usize) -> usize {
        let origin = match &self.edited {
            Some(edited) => edited.origins.get(index).and_then(|&origin| usize::try_from(origin).ok()),
            None => self.at.checked_add(index),
        };
        origin.map_or(self.end, |origin| origin.min(self.end))
    }

    /// Where a part stood in the paste.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start);
        Span::new(start, self.origin(range.end).max(start))
    }

    fn add_edit(&mut self, code: RepairCode, span: Span) {
        let is_near = |edit: &Repair| span.start <= edit.span().end.saturating_add(NEAR);
        // Where kinds of edits alternate, each kind is one edit.
        let mut latest = self.edits.iter_mut().rev().take(KINDS).take_while(|edit| is_near(edit));
        match latest.find(|edit| edit.code() == code) {
            Some(edit) => *edit = Repair::new(code, Span::new(edit.span().start, edit.span().end.max(span.end))),
            None => self.edits.push(Repair::new(code, span)),
        }
    }

    /// Adds the edits that concern an item: those within its span, cut to it, and a byte order mark before it.
    pub(crate) fn add_edits(&self, span: Span, repairs: &mut Repairs) {
        for edit in &self.edits {
            let start = edit.span().start.max(span.start);
            let end = edit.span().end.min(span.end);
            if start < end {
                repairs.add(edit.code(), Span::new(start, end));
            } else if edit.code() == RepairCode::ByteOrderMark && edit.span().start < span.start {
                repairs.add(edit.code(), edit.span());
            }
        }
    }

    /// Goes through the text once: `step` gets what is left and says what to do with its beginning.
    pub(crate) fn rewrite(&mut self, mut step: impl FnMut(&[u8]) -> Step) {
        let mut from = 0usize;
        let mut to = 0usize;
        while let Some(rest) = self.bytes().get(from..).filter(|rest| !rest.is_empty()) {
            let rest_len = rest.len();
            match step(rest) {
                Step::Keep(count) => {
                    let count = count.clamp(1, rest_len);
                    self.shift(from, to, count);
                    from = from.saturating_add(count);
                    to = to.saturating_add(count);
                }
                Step::Replace { take, put, repair } => {
                    let taken = from..from.saturating_add(take.clamp(1, rest_len));
                    if let Some(code) = repair {
                        self.add_edit(code, self.span(taken.clone()));
                    }
                    if let Some(byte) = put {
                        self.put(taken.start, to, byte);
                        to = to.saturating_add(1);
                    }
                    from = taken.end;
                }
            }
        }
        if to < from {
            self.truncate(to);
        }
    }

    /// Moves `count` bytes down from `from` to `to`.
    fn shift(&mut self, from: usize, to: usize, count: usize) {
        if from == to {
            return;
        }
        let Edited { bytes, origins } = self.editable();
        let range = from..from.saturating_add(count);
        if range.end <= bytes.len() && range.end <= origins.len() && to <= from {
            bytes.copy_within(range.clone(), to);
            origins.copy_within(range, to);
        }
    }

    /// Writes one byte, whose origin is that of the byte at `from`.
    fn put(&mut self, from: usize, to: usize, byte: u8) {
        let Edited { bytes, origins } = self.editable();
        let origin = origins.get(from).copied();
        if let (Some(slot), Some(place), Some(origin)) = (bytes.get_mut(to), origins.get_mut(to), origin) {
            *slot = byte;
            *place = origin;
        }
    }

    fn truncate(&mut self, len: usize) {
        let Edited { bytes, origins } = self.editable();
        bytes.truncate(len);
        origins.truncate(len);
    }

    fn editable(&mut self) -> &mut Edited {
        let (given, at) = (self.given, self.at);
        self.edited.get_or_insert_with(|| {
            let first = u32::try_from(at).unwrap_or(u32::MAX);
            Edited { bytes: given.to_vec().into(), origins: (first..).take(given.len()).collect() }
        })
    }
}
