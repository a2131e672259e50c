//! What stands around a body: BEGIN and END lines, or an element of XML.

use super::base64::padding_for;
use super::body::Body;
use super::headers::Headers;
use super::label::{self, Label};
use super::line::is_one_line;
use super::marker::Marker;
use super::repair::{RepairCode, Repairs};
use super::space::is_space;
use super::text::Text;
use crate::span::Span;
use core::ops::Range;
use std::borrow::Cow;

/// The local name of the element of XML Signature that holds a certificate.
const ELEMENT: &[u8] = b"X509Certificate";

/// The BEGIN and END lines of a body, as far as there are any.
pub(crate) struct Frame<'t> {
    pub(crate) text: &'t Text<'t>,
    pub(crate) begin: Option<&'t Marker>,
    pub(crate) end: Option<&'t Marker>,
}

impl<'t> Frame<'t> {
    /// The frame of a body: without a BEGIN line, the END line belongs to it only if nothing stands between the two.
    pub(crate) fn around(&self, body: &Body) -> Self {
        let is_near = |end: &&Marker| {
            self.begin.is_some() || self.text.slice(body.range.end..end.range.start).iter().all(|byte| is_space(*byte))
        };
        Frame { text: self.text, begin: self.begin, end: self.end.filter(is_near) }
    }

    fn marker(&self) -> Option<&Marker> {
        self.begin.or(self.end)
    }

    /// The label as it stands; empty if there is none.
    pub(crate) fn label(&self) -> Cow<'static, str> {
        let label = self.marker().map(|marker| self.text.slice(marker.label.clone())).unwrap_or_default();
        match self.known_label().map(Label::as_str) {
            Some(known) if known.as_bytes() == label => Cow::Borrowed(known),
            _ => Cow::Owned(String::from_utf8_lossy(label).into_owned()),
        }
    }

    /// The label, if the reader knows it.
    pub(crate) fn known_label(&self) -> Option<Label> {
        self.marker()?.known
    }

    /// Returns true if the block holds key parameters.
    pub(crate) fn is_of_parameters(&self) -> bool {
        self.known_label().is_some_and(Label::is_of_parameters)
    }

    /// Returns true if the block holds a certificate with OpenSSL's trust settings behind it.
    pub(crate) fn is_trusted(&self) -> bool {
        self.known_label() == Some(Label::TrustedCertificate)
    }

    /// Returns true if it is an `OpenPGP` block.
    pub(crate) fn is_pgp(&self) -> bool {
        label::is_pgp(&self.label())
    }

    /// From the first byte of the block to the last.
    pub(crate) fn span(&self, body: &Body) -> Span {
        self.text.span(self.range(body))
    }

    fn range(&self, body: &Body) -> Range<usize> {
        let start = self.begin.map_or(body.range.start, |begin| begin.range.start);
        let end = self.end.map_or(body.range.end, |end| end.range.end);
        start..end
    }

    /// What is repaired to read this body, its markers and the text around it.
    pub(crate) fn repairs(&self, body: &Body, headers: &Headers) -> Repairs {
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
            Some(begin) if headers.is_empty() && is_one_line(self.text.slice(begin.range.end..content.start)) => {
                add(RepairCode::HeaderGlued, begin.range.clone());
            }
            Some(_) => {}
        }
        match self.end {
            None if is_element => {}
            None => add(RepairCode::FooterMissing, content.end..content.end),
            Some(end) if is_one_line(self.text.slice(content.end..end.range.start)) => {
                add(RepairCode::FooterGlued, end.range.clone());
            }
            Some(_) => {}
        }
        if let Some(end) = self.end.filter(|end| self.begin.is_some_and(|begin| !self.same_label(begin, end))) {
            add(RepairCode::LabelsDiffer, end.range.clone());
        }
        if let Some(quoted) = self.quoted(body) {
            add(RepairCode::Quotes, quoted);
        }
        self.text.add_edits(self.span(body), &mut repairs);
        repairs
    }

    /// The block with the quotes around it, if there are any.
    fn quoted(&self, body: &Body) -> Option<Range<usize>> {
        let range = self.range(body);
        let bytes = self.text.bytes();
        let before = range.start.checked_sub(1)?;
        let quote = bytes.get(before).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
        let rest = bytes.get(range.end..)?;
        let after = rest.iter().position(|byte| !is_space(*byte)).filter(|after| rest.get(*after) == Some(quote))?;
        Some(before..range.end.checked_add(after)?.checked_add(1)?)
    }

    fn same_label(&self, begin: &Marker, end: &Marker) -> bool {
        match (begin.known, end.known) {
            (None, None) => self.text.slice(begin.label.clone()) == self.text.slice(end.label.clone()),
            (known, other) => known == other,
        }
    }
}

/// Returns true in an XML element that holds no certificate, such as a signature value.
pub(crate) fn is_other_element(bytes: &[u8], at: usize) -> bool {
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
