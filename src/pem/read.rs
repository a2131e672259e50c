//! Finds the blocks of a paste and decodes each to a DER candidate.

use super::body::{Body, Extent, Head, decode, gather, is_base64, is_space};
use super::damage;
use super::fault::{OtherKind, TextFault};
use super::headers::{self, Headers};
use super::marker::{Marker, Side, find_markers};
use super::repair::{RepairCode, Repairs};
use super::text::Text;
use super::unwrap::unwrap;
use crate::limits::{MAX_BLOCKS, MAX_DER_BYTES, MAX_LAYERS, MAX_PASTE_BYTES};
use crate::span::Span;
use core::ops::Range;
use zeroize::Zeroizing;

/// One block of a paste.
pub(crate) enum Block<'t> {
    /// Decoded and of the length that its first bytes promise. What it is remains to be seen.
    Candidate(Candidate<'t>),
    /// Refused.
    Refused(TextFault, Span),
}

/// How the bytes of a candidate are wrapped.
pub(crate) enum Wrapping {
    /// They are DER.
    None,
    /// They are encrypted as RFC 1421 has it: `DEK-Info` names the cipher and gives its initialization vector.
    ProcType { cipher: String, iv: Vec<u8> },
}

/// A block that was decoded.
pub(crate) struct Candidate<'t> {
    pub(crate) der: Zeroizing<Vec<u8>>,
    pub(crate) wrapping: Wrapping,
    pub(crate) span: Span,
    /// The label as it stands; empty if there is none.
    pub(crate) label: String,
    /// The label as the standards write it.
    pub(crate) known_label: Option<&'static str>,
    pub(crate) repairs: Repairs,
    source: Source<'t>,
}

enum Source<'t> {
    Binary,
    Text { text: &'t Text<'t>, body: Range<usize>, region: Range<usize> },
}

impl Candidate<'_> {
    /// Where in the paste a byte of the DER comes from.
    pub(crate) fn place(&self, der_offset: usize) -> Span {
        match &self.source {
            Source::Binary => Span::new(der_offset, der_offset.saturating_add(1)),
            Source::Text { text, body, .. } => {
                let character = der_offset.saturating_mul(4).saturating_div(3);
                text.span(damage::place_of(text.bytes(), body.clone(), character))
            }
        }
    }

    /// What happened to content that turned out not to be sound DER at this offset.
    pub(crate) fn damage(&self, der_offset: usize) -> (TextFault, Span) {
        match (&self.source, Head::of_der(&self.der)) {
            (Source::Text { text, region, .. }, Some(head)) => {
                let (fault, place) = damage::explain(text.bytes(), region.clone(), head);
                (fault, text.span(place))
            }
            _ => (TextFault::Damaged, self.place(der_offset)),
        }
    }
}

/// Reads a paste; each block is given to `sink`, in the order of the text, one at least.
pub(crate) fn read(paste: &[u8], sink: &mut dyn FnMut(Block<'_>)) {
    let mut reader = Reader { sink, layers: 0, blocks: 0 };
    let whole = Span::new(0, paste.len());
    if paste.len() > MAX_PASTE_BYTES {
        reader.refuse(TextFault::PasteTooLarge, Span::new(MAX_PASTE_BYTES, paste.len()));
    } else if paste.iter().all(|byte| is_space(*byte)) {
        reader.refuse(TextFault::Empty, whole);
    } else if !reader.binary(paste) {
        let mut text = Text::new(paste, 0);
        reader.text(&mut text);
        if reader.blocks == 0 {
            reader.refuse(TextFault::NothingFound, whole);
        }
    }
}

struct Reader<'s> {
    sink: &'s mut dyn FnMut(Block<'_>),
    layers: usize,
    blocks: usize,
}

impl Reader<'_> {
    fn refuse(&mut self, fault: TextFault, span: Span) {
        self.emit(Block::Refused(fault, span));
    }

    fn emit(&mut self, block: Block<'_>) {
        if self.blocks < MAX_BLOCKS {
            (self.sink)(block);
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

    /// Reads a paste that is no text: DER, or a key store; `false` if it may be text.
    fn binary(&mut self, paste: &[u8]) -> bool {
        let whole = Span::new(0, paste.len());
        if matches!(paste, [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..]) {
            self.refuse(TextFault::Other(OtherKind::Jks), whole);
            return true;
        }
        let Some(head) = Head::of_der(paste.get(..paste.len().min(16)).unwrap_or_default()) else {
            return false;
        };
        let after = paste.get(head.total..);
        let is_text = paste.get(..head.total.min(paste.len())).is_some_and(<[u8]>::is_ascii) && after != Some(&[]);
        if is_text {
            return false;
        }
        match after {
            _ if head.total > MAX_DER_BYTES => self.refuse(TextFault::ItemTooLarge, whole),
            None => {
                let missing = head.total.saturating_sub(paste.len());
                let fault = TextFault::Truncated { missing, total: head.total };
                self.refuse(fault, Span::new(paste.len().saturating_sub(1), paste.len()));
            }
            Some(after) => self.binary_item(paste, head.total, after),
        }
        true
    }

    fn binary_item(&mut self, paste: &[u8], total: usize, after: &[u8]) {
        let mut repairs = Repairs::default();
        let rest = Span::new(total, paste.len());
        if after.iter().all(|byte| is_space(*byte)) {
            if !after.is_empty() {
                repairs.add(RepairCode::Blanks, rest);
            }
        } else {
            let is_second = Head::of_der(after).is_some();
            let fault = if is_second { TextFault::TwoInOneBlock } else { TextFault::TrailingData };
            return self.refuse(fault, rest);
        }
        self.emit(Block::Candidate(Candidate {
            der: Zeroizing::new(paste.get(..total).unwrap_or_default().to_vec()),
            wrapping: Wrapping::None,
            span: Span::new(0, total),
            label: String::new(),
            known_label: None,
            repairs,
            source: Source::Binary,
        }));
    }

    fn text(&mut self, text: &mut Text<'_>) {
        super::decode::decode(text);
        if !unwrap(text, &mut self.layers) {
            self.refuse(TextFault::TooManyLayers, text.span(0..text.bytes().len()));
        }
        let markers = find_markers(text.bytes());
        let mut cursor = 0usize;
        let mut next = markers.iter().peekable();
        while let Some(marker) = next.next() {
            let before = cursor..marker.range.start.max(cursor);
            cursor = marker.range.end;
            match (marker.side, next.next_if(|following| following.side == Side::End)) {
                (Side::End, _) if self.is_full() => return,
                (Side::End, second) => {
                    self.loose(text, before, Some(marker));
                    if let Some(second) = second {
                        self.loose(text, marker.range.end..second.range.start, Some(second));
                        cursor = second.range.end;
                    }
                }
                (Side::Begin, Some(end)) => {
                    self.loose(text, before, None);
                    self.closed(text, marker, end);
                    cursor = end.range.end;
                }
                (Side::Begin, None) => {
                    self.loose(text, before, None);
                    let end = next.peek().map_or(text.bytes().len(), |following| following.range.start);
                    cursor = self.open(text, marker, end);
                }
            }
        }
        self.loose(text, cursor..text.bytes().len(), None);
    }

    /// A block with BEGIN and END.
    fn closed(&mut self, text: &Text<'_>, begin: &Marker, end: &Marker) {
        if self.is_full() {
            return;
        }
        let frame = Frame { text, begin: Some(begin), end: Some(end) };
        let whole = text.span(begin.range.start..end.range.end);
        let (headers, region) = headers::read(text.bytes(), begin.range.end..end.range.start);
        if frame.is_labelled("PARAMETERS") {
            return self.refuse(TextFault::Other(OtherKind::Parameters), whole);
        }
        let body = gather(text.bytes(), region.clone(), Extent::Whole);
        if let Some(at) = body.stopped_at {
            let fault = match text.bytes().get(at) {
                Some(byte) if is_base64(*byte) && Head::at(text.bytes(), at, region.end).is_some() => {
                    TextFault::TwoInOneBlock
                }
                Some(byte) if is_base64(*byte) || *byte == b'=' => TextFault::InvalidBase64,
                _ => TextFault::InvalidCharacter,
            };
            return self.refuse(fault, text.span(at..at.saturating_add(1)));
        }
        if body.characters.is_empty() {
            return self.refuse(TextFault::EmptyBlock, whole);
        }
        self.body(&frame, body, headers, region);
    }

    /// A block whose END is missing; gives back where to go on.
    fn open(&mut self, text: &Text<'_>, begin: &Marker, end: usize) -> usize {
        let frame = Frame { text, begin: Some(begin), end: None };
        let (headers, region) = headers::read(text.bytes(), begin.range.end..end);
        let blanks = text.slice(region.clone()).iter().take_while(|byte| is_space(**byte)).count();
        let start = region.start.saturating_add(blanks);
        if frame.is_labelled("PARAMETERS") {
            self.refuse(TextFault::Other(OtherKind::Parameters), text.span(begin.range.clone()));
            return start;
        }
        if let Some(head) = Head::at(text.bytes(), start, region.end).filter(|_| headers.encryption.is_none()) {
            return self.measured(&frame, start..region.end, head, headers);
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

    /// Text without a BEGIN: whatever in it begins as DER, or as base64 of a PEM. `end` is the END line after it.
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

    /// One run of base64 characters, and the lines of the same body after it; gives back where to go on.
    fn loose_run(&mut self, text: &Text<'_>, range: Range<usize>, end: Option<&Marker>) -> usize {
        let bytes = text.bytes();
        let frame = Frame { text, begin: None, end };
        let run = range.start..run_end(bytes, range.clone());
        if let Some(head) = Head::at(bytes, range.start, range.end) {
            return self.measured(&frame, range, head, Headers::default());
        }
        let characters = text.slice(run.clone());
        let is_pem_again = characters.starts_with(BASE64_OF_DASHES);
        if !is_pem_again && (run.len() < SHORTEST_RUN || is_hex(characters) || is_other_element(bytes, run.start)) {
            return run.end;
        }
        let body = gather_run(bytes, range.clone());
        let body_end = body.range.end.max(run.end);
        self.body(&frame, body, Headers::default(), range);
        body_end
    }

    /// A body that says itself how long it is; gives back where to go on.
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
        match trailing_run(bytes, &body, region.clone()) {
            Some(run) if body.characters.len() == head.characters() && !frame.is_trusted() => {
                let (fault, place) = damage::explain(bytes, region, head);
                self.refuse(fault, frame.text.span(place));
                run.end
            }
            Some(_) if frame.is_trusted() => {
                let whole = gather_run(bytes, region.clone());
                let end = whole.range.end;
                self.body(frame, whole, headers, region);
                end
            }
            _ => {
                self.body(frame, body, headers, region);
                end
            }
        }
    }

    /// Decodes a body whose characters are all there, or says what is wrong with them.
    fn body(&mut self, frame: &Frame<'_>, body: Body, headers: Headers, region: Range<usize>) {
        let frame = &frame.around(&body);
        let text = frame.text;
        if let Some(encryption) = headers.encryption.clone() {
            let (cipher, iv) = encryption;
            return self.decoded(frame, body, headers, region, Some(Wrapping::ProcType { cipher, iv }));
        }
        if body.characters.starts_with(BASE64_OF_DASHES) {
            return self.nested(text, &body);
        }
        if let Some(kind) = other_kind_of(&body.characters) {
            return self.refuse(TextFault::Other(kind), frame.span(&body));
        }
        let Some(head) = Head::of(&body.characters) else {
            return self.refuse(TextFault::NotDer, text.span(body.range.clone()));
        };
        let (given, wanted) = (body.characters.len(), head.characters());
        if head.total > MAX_DER_BYTES {
            self.refuse(TextFault::ItemTooLarge, text.span(body.range.clone()));
        } else if given == wanted || (given > wanted && frame.is_trusted()) {
            self.decoded(frame, body, headers, region, None);
        } else {
            let (fault, place) = damage::explain(text.bytes(), region, head);
            self.refuse(fault, text.span(place));
        }
    }

    fn decoded(
        &mut self,
        frame: &Frame<'_>,
        body: Body,
        headers: Headers,
        region: Range<usize>,
        wrapping: Option<Wrapping>,
    ) {
        let text = frame.text;
        let head = Head::of(&body.characters).filter(|_| wrapping.is_none());
        let is_secret = head.is_none_or(|head| head.is_secret);
        let Some(mut der) = decode(&body.characters, is_secret) else {
            let last = body.range.end.saturating_sub(body.padding.saturating_add(1));
            return self.refuse(TextFault::InvalidBase64, text.span(last..last.saturating_add(1)));
        };
        let mut repairs = frame.repairs(&body, &headers);
        if let Some(total) = head.map(|head| head.total).filter(|total| *total < der.len()) {
            let cut = damage::place_of(text.bytes(), body.range.clone(), total.saturating_mul(4).saturating_div(3));
            if crate::tlv::check(der.get(total..).unwrap_or_default()).is_err() {
                return self.refuse(TextFault::TrailingData, text.span(cut));
            }
            repairs.add(RepairCode::TrustedTrailer, text.span(cut.start..body.range.end));
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

    /// The body is base64 of a text with a PEM of its own.
    fn nested(&mut self, text: &Text<'_>, body: &Body) {
        let place = text.span(body.range.clone());
        if self.layers >= MAX_LAYERS {
            return self.refuse(TextFault::TooManyLayers, place);
        }
        self.layers = self.layers.saturating_add(1);
        let Some(inner) = decode(&body.characters, true) else {
            return self.refuse(TextFault::InvalidBase64, text.span(body.range.end.saturating_sub(1)..body.range.end));
        };
        let before = self.blocks;
        let mut inner = text.nested(inner, body.range.clone());
        self.text(&mut inner);
        if self.blocks == before {
            self.refuse(TextFault::NothingFound, place);
        }
        self.layers = self.layers.saturating_sub(1);
    }
}

/// `-----BEGIN` and what is like it, in base64.
const BASE64_OF_DASHES: &[u8] = b"LS0t";

/// The local name of the element of XML Signature that holds a certificate.
const ELEMENT: &[u8] = b"X509Certificate";

/// Shorter runs of base64 characters are words.
const SHORTEST_RUN: usize = 40;

/// A line of base64 that belongs to the lines before it has at least this many characters.
const SHORTEST_LINE: usize = 16;

fn other_kind_of(characters: &[u8]) -> Option<OtherKind> {
    // "openssh-key-v1", the magic of PROTOCOL.key.
    characters.starts_with(b"b3BlbnNzaC1rZXktdj").then_some(OtherKind::OpensshKey)
}

/// The next place where a run of base64 characters begins.
fn next_run(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let text = bytes.get(range.clone())?;
    text.iter().position(|byte| is_base64(*byte)).map(|index| range.start.saturating_add(index))
}

fn run_end(bytes: &[u8], range: Range<usize>) -> usize {
    let text = bytes.get(range.clone()).unwrap_or_default();
    range.start.saturating_add(text.iter().take_while(|byte| is_base64(**byte)).count())
}

fn is_hex(characters: &[u8]) -> bool {
    characters.iter().all(u8::is_ascii_hexdigit)
}

/// The body that begins here and goes on as long as whole lines are base64.
fn gather_run(bytes: &[u8], range: Range<usize>) -> Body {
    let mut end = range.start;
    let mut at = range.start;
    while at < range.end {
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default().trim_ascii();
        let characters = line.iter().take_while(|byte| is_base64(**byte) || **byte == b'=').count();
        let goes_on = characters == line.len() && !(at > range.start && line.contains(&b' '));
        if !goes_on && at > range.start && !line.is_empty() {
            break;
        }
        end = at.saturating_add(if goes_on { len } else { characters.max(1) });
        if !goes_on {
            break;
        }
        at = at.saturating_add(len).saturating_add(1);
    }
    gather(bytes, range.start..end.min(range.end), Extent::Whole)
}

/// More base64 right behind a body that has all its characters.
fn trailing_run(bytes: &[u8], body: &Body, region: Range<usize>) -> Option<Range<usize>> {
    let text = bytes.get(body.range.end..region.end)?;
    let blanks = text.iter().take_while(|byte| is_space(**byte)).count();
    let start = body.range.end.saturating_add(blanks);
    let run = start..run_end(bytes, start..region.end);
    let glued = blanks == 0 && !run.is_empty();
    let ends_line = bytes.get(run.end..region.end)?.first().is_none_or(|byte| is_space(*byte) || *byte == b'=');
    let like_a_line = body.padding == 0
        && run.len() >= SHORTEST_LINE
        && ends_line
        && !is_hex(bytes.get(run.clone())?)
        && Head::at(bytes, run.start, region.end).is_none();
    (glued || like_a_line).then_some(run)
}

/// Whether this is the text of an XML element that holds no certificate, as a signature value.
fn is_other_element(bytes: &[u8], at: usize) -> bool {
    element_before(bytes, at).is_some_and(|name| name != ELEMENT)
}

/// The local name of the XML element whose text begins here.
fn element_before(bytes: &[u8], at: usize) -> Option<&[u8]> {
    const WINDOW: usize = 512;
    let before = bytes.get(at.saturating_sub(WINDOW)..at)?.trim_ascii_end().strip_suffix(b">")?;
    let tag = before.get(memchr::memrchr(b'<', before)?.checked_add(1)?..)?;
    let name = tag.split(|byte| is_space(*byte)).next()?;
    name.rsplit(|byte| *byte == b':').next()
}

/// The lines around a body, as far as they are there.
struct Frame<'t> {
    text: &'t Text<'t>,
    begin: Option<&'t Marker>,
    end: Option<&'t Marker>,
}

impl<'t> Frame<'t> {
    /// The END line is this body's only if nothing stands between the two.
    fn around(&self, body: &Body) -> Self {
        let is_near = |end: &&Marker| {
            self.begin.is_some() || self.text.slice(body.range.end..end.range.start).iter().all(|byte| is_space(*byte))
        };
        Frame { text: self.text, begin: self.begin, end: self.end.filter(is_near) }
    }

    fn marker(&self) -> Option<&Marker> {
        self.begin.or(self.end)
    }

    fn label(&self) -> String {
        let label = self.marker().map(|marker| self.text.slice(marker.label.clone())).unwrap_or_default();
        String::from_utf8_lossy(label).into_owned()
    }

    fn known_label(&self) -> Option<&'static str> {
        self.marker()?.known
    }

    fn is_labelled(&self, ending: &str) -> bool {
        self.known_label().is_some_and(|label| label.ends_with(ending))
    }

    fn is_trusted(&self) -> bool {
        self.is_labelled("TRUSTED CERTIFICATE")
    }

    /// From the first byte of the block to the last.
    fn span(&self, body: &Body) -> Span {
        let start = self.begin.map_or(body.range.start, |begin| begin.range.start);
        let end = self.end.map_or(body.range.end, |end| end.range.end);
        self.text.span(start..end)
    }

    fn repairs(&self, body: &Body, headers: &Headers) -> Repairs {
        let mut repairs = Repairs::default();
        let mut add = |code, range: Range<usize>| repairs.add(code, self.text.span(range));
        let content = body.range.clone();
        for marker in [self.begin, self.end].into_iter().flatten() {
            marker.flaws.iter().for_each(|flaw| add(*flaw, marker.range.clone()));
        }
        body.flaws.iter().for_each(|(code, range)| add(*code, range.clone()));
        if let Some(range) = headers.dropped.clone() {
            add(RepairCode::PemHeaders, range);
        }
        if body.padding != padding_for(body.characters.len()) {
            add(RepairCode::Padding, content.end.saturating_sub(body.padding.max(1))..content.end);
        }
        let is_element = self.marker().is_none() && element_before(self.text.bytes(), content.start) == Some(ELEMENT);
        match self.begin {
            _ if is_element => add(RepairCode::XmlElement, content.clone()),
            None => add(RepairCode::HeaderMissing, content.start..content.start),
            Some(begin) if headers.is_empty() && self.is_one_line(begin.range.end..content.start) => {
                add(RepairCode::HeaderGlued, begin.range.clone());
            }
            Some(_) => {}
        }
        match self.end {
            None if is_element => {}
            None => add(RepairCode::FooterMissing, content.end..content.end),
            Some(end) if self.is_one_line(content.end..end.range.start) => {
                add(RepairCode::FooterGlued, end.range.clone());
            }
            Some(_) => {}
        }
        if let (Some(begin), Some(end)) = (self.begin, self.end)
            && !self.same_label(begin, end)
        {
            add(RepairCode::LabelsDiffer, end.range.clone());
        }
        self.text.add_edits_within(self.span(body), &mut repairs);
        repairs
    }

    fn same_label(&self, begin: &Marker, end: &Marker) -> bool {
        match (begin.known, end.known) {
            (None, None) => self.text.slice(begin.label.clone()) == self.text.slice(end.label.clone()),
            (known, other) => known == other,
        }
    }

    fn is_one_line(&self, range: Range<usize>) -> bool {
        !self.text.slice(range).iter().any(|byte| matches!(byte, b'\n' | b'\r'))
    }
}

const fn padding_for(characters: usize) -> usize {
    match characters % 4 {
        2 => 2,
        3 => 1,
        _ => 0,
    }
}
