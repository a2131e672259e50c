//! Finds the blocks of a paste and decodes each to a DER candidate.

use super::base64::{bytes_in, character_of, decode_in_place, place_of};
use super::binary::{self, Binary, der_after_text};
use super::body::{Body, Extent, gather};
use super::candidate::{Block, Candidate, Source, Wrapping};
use super::canonical;
use super::damage;
use super::fault::{OtherKind, TextFault};
use super::foreign;
use super::frame::{Frame, is_other_element};
use super::head::Head;
use super::headers::{self, Headers};
use super::hex::{self, Hex};
use super::label::Label;
use super::marker::{Marker, Side, find_markers};
use super::plus::{self, Reading};
use super::repair::{RepairCode, Repairs};
use super::run::{
    BASE64_OF_DASHES, SHORTEST_RUN, decode_text, gather_layer, gather_run, is_base64_of_text, is_doubled, is_hex,
    is_one_character, next_run, run_end, trailing_run,
};
use super::space::{is_space, leading_space};
use super::text::{self, Text};
use super::unwrap::{Layers, unwrap};
use crate::limits::{MAX_BLOCKS, MAX_DER_BYTES, MAX_LAYERS, MAX_PASTE_BYTES};
use crate::span::Span;
use crate::tlv;
use core::ops::Range;
use std::borrow::Cow;

/// The body of a region that an END line closes. If the body lacks a few characters, as many dashes of that line are
/// characters of the URL-safe alphabet.
fn up_to_end(text: &Text<'_>, region: Range<usize>, end: &Marker) -> (Body, Range<usize>) {
    let body = gather(text.bytes(), region.clone(), Extent::Whole);
    let dashes = text.slice(end.range.clone()).iter().take_while(|byte| **byte == b'-').count();
    let wanted = Head::of(&body.characters).map_or(0, Head::characters);
    let lost = wanted.saturating_sub(body.characters.len());
    let is_glued = body.range.end == region.end && (1..=dashes.saturating_sub(1)).contains(&lost);
    if !is_glued {
        return (body, region);
    }
    let region = region.start..region.end.saturating_add(lost);
    (gather(text.bytes(), region.clone(), Extent::Whole), region)
}

/// Where the white space ends that begins a region.
fn content_start(text: &Text<'_>, region: &Range<usize>) -> usize {
    region.start.saturating_add(leading_space(text.slice(region.clone())))
}

/// Reads a paste and gives each block to `sink`, in the order of the text: at least one. `sink` returns true if it accepts
/// the block.
pub(crate) fn read(paste: &[u8], which: Layers, sink: &mut dyn FnMut(Block<'_>) -> bool) {
    let mut reader =
        Reader { sink, which, layers: 0, blocks: 0, refused: 0, held: 0, most_held: most_held(paste.len()) };
    if paste.len() > MAX_PASTE_BYTES {
        return reader.refuse(TextFault::PasteTooLarge, Span::new(MAX_PASTE_BYTES, paste.len()));
    }
    if reader.canonical(&Text::new(paste, 0)) || reader.binary(paste, 0) {
        return;
    }
    let (text, der) = paste.split_at_checked(der_after_text(paste)).unwrap_or((paste, &[]));
    let mut text = Text::new(text, 0);
    reader.text(&mut text);
    if !der.is_empty() {
        reader.binary(der, text.end());
    }
    if reader.blocks == 0 {
        let is_empty = text.bytes().iter().all(|byte| is_space(*byte));
        let fault = if is_empty { TextFault::Empty } else { TextFault::NothingFound };
        reader.refuse(fault, Span::new(0, paste.len()));
    }
}

/// Reads one paste.
struct Reader<'s> {
    sink: &'s mut dyn FnMut(Block<'_>) -> bool,
    which: Layers,
    /// How many layers are off the text that is being read.
    layers: usize,
    /// How many blocks there were.
    blocks: usize,
    /// How many of them the sink did not accept.
    refused: usize,
    /// The memory in bytes of the texts that are being read, one inside the other.
    held: usize,
    most_held: usize,
}

/// The most memory in bytes for the texts of a paste at one time. With what else is allocated meanwhile, the total stays
/// below 1 MiB and eight times the paste.
const fn most_held(paste: usize) -> usize {
    paste.saturating_mul(6).saturating_add(512 << 10)
}

impl Reader<'_> {
    fn refuse(&mut self, fault: TextFault, span: Span) {
        self.emit(Block::Refused(fault, span));
    }

    /// Gives a block to the sink, within the limit of blocks.
    fn emit(&mut self, block: Block<'_>) {
        if self.blocks < MAX_BLOCKS {
            let accepted = (self.sink)(block);
            self.refused = self.refused.saturating_add(usize::from(!accepted));
        } else if self.blocks == MAX_BLOCKS {
            let span = match &block {
                Block::Candidate(candidate) => candidate.span,
                Block::Refused(_, span) => *span,
            };
            (self.sink)(Block::Refused(TextFault::TooManyBlocks, span));
        }
        self.blocks = self.blocks.saturating_add(1);
    }

    const fn is_full(&self) -> bool {
        self.blocks > MAX_BLOCKS
    }

    /// Reads binary input that begins at this offset of the paste; returns false if it may be text.
    fn binary(&mut self, bytes: &[u8], at: usize) -> bool {
        let Some(Binary { block, text }) = binary::read(bytes, at) else { return false };
        self.emit(block);
        if let Some((text, at)) = text {
            self.text(&mut Text::new(text, at));
        }
        true
    }

    /// Reads a text on the fast path; returns false if it has to take the slow one.
    fn canonical(&mut self, text: &Text<'_>) -> bool {
        let Some(block) = canonical::read(text.bytes()) else { return false };
        let span = text.span(block.range);
        let mut repairs = Repairs::default();
        block.body.flaws.iter().for_each(|(code, range)| repairs.add(*code, text.span(range.clone())));
        text.add_edits(span, &mut repairs);
        self.emit(Block::Candidate(Candidate {
            der: block.der,
            wrapping: Wrapping::None,
            span,
            label: Cow::Borrowed(block.label.map_or("", Label::as_str)),
            known_label: block.label,
            repairs,
            source: Source::Text { text, body: block.body.range, region: block.region },
        }));
        true
    }

    fn text(&mut self, text: &mut Text<'_>) {
        super::decode::decode(text);
        if !unwrap(text, self.which, &mut self.layers) {
            self.refuse(TextFault::TooManyLayers, text.span(0..text.bytes().len()));
        }
        let outer = self.held;
        self.held = outer.saturating_add(text.held_bytes());
        if !self.canonical(text) {
            self.blocks_of(text);
        }
        self.held = outer;
    }

    fn blocks_of(&mut self, text: &Text<'_>) {
        let mut markers = find_markers(text.bytes()).into_iter().peekable();
        let mut cursor = 0usize;
        while let Some(marker) = markers.next() {
            let before = cursor..marker.range.start.max(cursor);
            cursor = marker.range.end;
            if marker.side == Side::End {
                self.loose(text, before, Some(&marker));
                continue;
            }
            self.loose(text, before, None);
            cursor = match markers.next_if(|next| next.side == Side::End) {
                Some(end) => self.closed(text, &marker, &end),
                None => {
                    let end = markers.peek().map_or(text.bytes().len(), |next| next.range.start);
                    self.open(text, &marker, end)
                }
            };
        }
        self.loose(text, cursor..text.bytes().len(), None);
    }

    /// Reads a block with BEGIN and END; returns where to go on.
    fn closed(&mut self, text: &Text<'_>, begin: &Marker, end: &Marker) -> usize {
        if !self.is_full() {
            self.closed_block(text, begin, end);
        }
        end.range.end
    }

    fn closed_block(&mut self, text: &Text<'_>, begin: &Marker, end: &Marker) {
        let frame = Frame { text, begin: Some(begin), end: Some(end) };
        let whole = text.span(begin.range.start..end.range.end);
        let (headers, region) = headers::read(text.bytes(), begin.range.end..end.range.start);
        if frame.is_of_parameters() {
            return self.refuse(TextFault::Other(OtherKind::Parameters), whole);
        }
        if hex::begins(text.bytes(), content_start(text, &region)) {
            self.loose(text, region, None);
            return;
        }
        let (body, region) = up_to_end(text, region, end);
        if frame.is_pgp() {
            return self.refuse(TextFault::Other(OtherKind::Pgp), whole);
        }
        let is_other = Head::of(&body.characters).is_none() && foreign::of_base64(&body.characters).is_none();
        if frame.known_label().is_none() && is_other {
            return self.refuse(TextFault::UnknownContent, whole);
        }
        if let Some(at) = body.stopped_at {
            let (fault, place) = damage::explain_stop(text.bytes(), at, region);
            return self.refuse(fault, text.span(place));
        }
        if body.characters.is_empty() {
            return self.refuse(TextFault::EmptyBlock, whole);
        }
        self.body(&frame, body, headers, region);
    }

    /// Reads a block whose END is missing; returns where to go on.
    fn open(&mut self, text: &Text<'_>, begin: &Marker, end: usize) -> usize {
        let frame = Frame { text, begin: Some(begin), end: None };
        let (headers, region) = headers::read(text.bytes(), begin.range.end..end);
        let start = content_start(text, &region);
        if frame.is_of_parameters() {
            self.refuse(TextFault::Other(OtherKind::Parameters), text.span(begin.range.clone()));
            return start;
        }
        if let Some(head) = Head::at(text.bytes(), start, region.end).filter(|_| headers.encryption.is_none()) {
            return self.measured(&frame, start..region.end, head, headers);
        }
        if frame.is_pgp() {
            self.refuse(TextFault::Other(OtherKind::Pgp), text.span(begin.range.start..region.end));
            return region.end;
        }
        let body = gather(text.bytes(), region.clone(), Extent::Whole);
        let body_end = body.range.end;
        if body.characters.len() < SHORTEST_RUN {
            self.refuse(TextFault::EmptyBlock, text.span(begin.range.clone()));
            return region.start;
        }
        self.body(&frame, body, headers, region);
        body_end
    }

    /// Reads text without a BEGIN: whatever in it begins as DER or as the base64 of a PEM does. `end` is the END line after it.
    fn loose(&mut self, text: &Text<'_>, range: Range<usize>, end: Option<&Marker>) {
        let before = self.blocks;
        let mut at = range.start;
        while let Some(start) = next_run(text.bytes(), at..range.end) {
            if self.is_full() {
                return;
            }
            at = self.loose_run(text, start..range.end, end);
        }
        if let Some(end) = end.filter(|_| self.blocks == before) {
            self.refuse(TextFault::EmptyBlock, text.span(end.range.clone()));
        }
    }

    /// Reads a run of base64 characters, and the lines of the same body after it; returns where to go on.
    fn loose_run(&mut self, text: &Text<'_>, range: Range<usize>, end: Option<&Marker>) -> usize {
        let bytes = text.bytes();
        let frame = Frame { text, begin: None, end };
        if let Some(head) = Head::at(bytes, range.start, range.end) {
            return self.measured(&frame, range, head, Headers::default());
        }
        if hex::begins(bytes, range.start)
            && let Some(found) = hex::read(bytes, range.clone())
        {
            return self.hexadecimal(text, found);
        }
        let run = range.start..run_end(bytes, range.clone());
        let characters = text.slice(run.clone());
        if let Some(head) = Head::around(characters) {
            return self.measured(&frame, range, head, Headers::default());
        }
        let is_text = is_base64_of_text(characters);
        if !characters.starts_with(BASE64_OF_DASHES)
            && (run.len() < SHORTEST_RUN
                || is_hex(characters)
                || is_one_character(characters)
                || (is_other_element(bytes, run.start) && !is_text))
        {
            return run.end;
        }
        let is_file = foreign::of_base64(characters).is_some_and(foreign::is_file);
        let body =
            if is_file || is_text { gather_layer(bytes, range.clone()) } else { gather_run(bytes, range.clone()) };
        let body_end = body.range.end.max(run.end);
        self.body(&frame, body, Headers::default(), range);
        body_end
    }

    /// Reads a body whose DER gives its length; returns where to go on.
    fn measured(&mut self, frame: &Frame<'_>, range: Range<usize>, head: Head, headers: Headers) -> usize {
        let bytes = frame.text.bytes();
        if head.total > MAX_DER_BYTES {
            let body = gather_run(bytes, range);
            self.refuse(TextFault::ItemTooLarge, frame.text.span(body.range.clone()));
            return body.range.end;
        }
        let body = gather(bytes, range.clone(), Extent::Characters(head.characters()));
        let region = range.start..body.second.unwrap_or(range.end);
        let end = body.range.end;
        let inner = body.inner;
        let before = self.refused;
        let trailing = trailing_run(bytes, &body, region.clone());
        // Enough room for the same value twice.
        let both = body.range.len().saturating_mul(3).saturating_add(SHORTEST_RUN);
        let twice = region.start..region.end.min(region.start.saturating_add(both));
        let end = match trailing {
            Some(_) if frame.is_trusted() || is_doubled(&gather_run(bytes, twice).characters, head) => {
                let whole = gather_run(bytes, region.clone());
                let end = whole.range.end;
                self.body(frame, whole, headers, region);
                end
            }
            Some(run) if body.characters.len() == head.characters() => {
                let (fault, place) = damage::explain(bytes, region, head);
                self.refuse(fault, frame.text.span(place));
                run.end
            }
            _ => {
                self.body(frame, body, headers, region);
                end
            }
        };
        // A value that looked like a part of one that was refused may be an item.
        if self.refused > before { inner.unwrap_or(end) } else { end }
    }

    /// Decodes a body that is complete, or refuses it with what is wrong.
    fn body(&mut self, frame: &Frame<'_>, body: Body, headers: Headers, region: Range<usize>) {
        let frame = &frame.around(&body);
        let text = frame.text;
        if let Some(encryption) = headers.encryption.clone() {
            let (cipher, iv) = encryption;
            return self.decoded(frame, body, headers, region, Some(Wrapping::ProcType { cipher, iv }));
        }
        if let Some(fault) = foreign::of_base64(&body.characters) {
            return self.refuse(fault, frame.span(&body));
        }
        if is_base64_of_text(&body.characters) {
            return self.nested(text, body);
        }
        let Some(head) = Head::of(&body.characters).or_else(|| Head::of_whole(&body.characters)) else {
            let (fault, place) = damage::explain_beginning(text.bytes(), &body);
            return self.refuse(fault, text.span(place));
        };
        let body = plus::restore_lines(text.bytes(), &body, head).unwrap_or(body);
        let (given, wanted) = (body.characters.len(), head.characters());
        if head.total > MAX_DER_BYTES {
            self.refuse(TextFault::ItemTooLarge, text.span(body.range.clone()));
        } else if given == wanted || (given > wanted && (frame.is_trusted() || is_doubled(&body.characters, head))) {
            self.decoded(frame, body, headers, region, None);
        } else {
            self.wrong_length(frame, body, headers, region, head);
        }
    }

    /// Refuses a body that is too short or too long, or restores the plus signs that it lacks.
    fn wrong_length(&mut self, frame: &Frame<'_>, body: Body, headers: Headers, region: Range<usize>, head: Head) {
        let text = frame.text;
        match plus::restore(text.bytes(), &body, head) {
            Some(Reading::Restored(body)) => self.decoded(frame, body, headers, region, None),
            Some(Reading::Ambiguous(one, other)) => {
                self.refuse(TextFault::Ambiguous { other: text.span(other) }, text.span(one));
            }
            None => {
                let (fault, place) = damage::explain(text.bytes(), region, head);
                self.refuse(fault, text.span(place));
            }
        }
    }

    /// Takes a value in hexadecimal; returns where to go on.
    fn hexadecimal(&mut self, text: &Text<'_>, hex: Hex) -> usize {
        let Hex { der, total, range } = hex;
        let span = text.span(range.clone());
        if total > MAX_DER_BYTES {
            self.refuse(TextFault::ItemTooLarge, span);
        } else if der.len() < total {
            let missing = total.saturating_sub(der.len());
            self.refuse(TextFault::Truncated { missing, total }, text.span(range.end.saturating_sub(1)..range.end));
        } else {
            let mut repairs = Repairs::default();
            repairs.add(RepairCode::Hexadecimal, span);
            text.add_edits(span, &mut repairs);
            self.emit(Block::Candidate(Candidate::unlabelled(der, span, repairs, Source::Hexadecimal)));
        }
        range.end
    }

    /// Decodes the characters of a body, and cuts off what follows the value in the same base64.
    fn decoded(
        &mut self,
        frame: &Frame<'_>,
        mut body: Body,
        headers: Headers,
        region: Range<usize>,
        wrapping: Option<Wrapping>,
    ) {
        let text = frame.text;
        let head = match wrapping {
            None => Head::of(&body.characters),
            Some(_) => None,
        };
        let is_secret = head.is_none_or(|head| head.is_secret);
        let mut repairs = frame.repairs(&body, &headers);
        let Some(mut der) = decode_in_place(core::mem::take(&mut body.characters), is_secret) else {
            let last = body.range.end.saturating_sub(body.padding.saturating_add(1));
            return self.refuse(TextFault::InvalidBase64, text.span(last..last.saturating_add(1)));
        };
        if let Some(total) = head.map(|head| head.total).filter(|total| *total < der.len()) {
            let cut = place_of(text.bytes(), body.range.clone(), character_of(total));
            let is_doubled = der.split_at_checked(total).is_some_and(|(first, second)| first == second);
            if !is_doubled && tlv::check(der.get(total..).unwrap_or_default()).is_err() {
                return self.refuse(TextFault::TrailingData, text.span(cut));
            }
            let repair = if is_doubled { RepairCode::Duplicate } else { RepairCode::TrustedTrailer };
            repairs.add(repair, text.span(cut.start..body.range.end));
            der.truncate(total);
        }
        self.emit(Block::Candidate(Candidate {
            der,
            wrapping: wrapping.unwrap_or(Wrapping::None),
            span: frame.span(&body),
            label: frame.label(),
            known_label: frame.known_label(),
            repairs,
            source: Source::Text { text, body: body.range.clone(), region },
        }));
    }

    /// Reads a body that is the base64 of a text.
    fn nested(&mut self, text: &Text<'_>, body: Body) {
        let place = text.span(body.range.clone());
        let inner = text::held_bytes(bytes_in(body.characters.len()));
        if self.layers >= MAX_LAYERS || self.held.saturating_add(inner) > self.most_held {
            return self.refuse(TextFault::TooManyLayers, place);
        }
        // The limit is of depth: the layers inside do not count for the next nested text.
        let outer = self.layers;
        self.layers = outer.saturating_add(1);
        let inner = decode_text(&body.characters);
        let range = body.range.clone();
        // What is inside may need the memory of the characters.
        drop(body);
        let before = self.blocks;
        let mut inner = text.nested(inner, range.clone());
        self.text(&mut inner);
        if self.blocks == before {
            let fault = foreign::of_text(inner.bytes()).unwrap_or(TextFault::NothingFound);
            match foreign::jwt_around(text.bytes(), range.start) {
                Some(token) => self.refuse(TextFault::Other(OtherKind::Jwt), text.span(token)),
                None => self.refuse(fault, place),
            }
        }
        self.layers = outer;
    }
}
