//! What is decoded: DER, where it stood, and what was repaired to read it.

use super::damage;
use super::fault::TextFault;
use super::first_fault::place_of;
use super::head::Head;
use super::repair::{RepairCode, Repairs};
use super::text::Text;
use crate::secret::Wiped;
use crate::span::Span;
use core::ops::Range;
use std::borrow::Cow;

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
    pub(crate) der: Wiped,
    pub(crate) wrapping: Wrapping,
    pub(crate) span: Span,
    /// The label as it stands; empty if there is none.
    pub(crate) label: Cow<'static, str>,
    /// The label as the standards write it.
    pub(crate) known_label: Option<&'static str>,
    pub(crate) repairs: Repairs,
    pub(super) source: Source<'t>,
}

pub(super) enum Source<'t> {
    Binary,
    Hexadecimal,
    /// Another candidate's DER.
    Container,
    Text {
        text: &'t Text<'t>,
        body: Range<usize>,
        region: Range<usize>,
    },
}

impl Candidate<'_> {
    /// Raw DER that begins at this offset of the paste.
    pub(super) fn binary(der: &[u8], at: usize, repairs: Repairs) -> Self {
        let span = Span::new(at, at.saturating_add(der.len()));
        Self::unlabelled(der.to_vec().into(), span, repairs, Source::Binary)
    }

    pub(super) const fn unlabelled(der: Wiped, span: Span, repairs: Repairs, source: Source<'static>) -> Self {
        Self { der, wrapping: Wrapping::None, span, label: Cow::Borrowed(""), known_label: None, repairs, source }
    }

    /// A value inside this one, taken out: it stands where this one stands.
    pub(crate) fn inner(&self, der: &[u8], repair: RepairCode) -> Self {
        let mut repairs = self.repairs.clone();
        repairs.add(repair, self.span);
        Self {
            der: der.to_vec().into(),
            wrapping: Wrapping::None,
            span: self.span,
            label: self.label.clone(),
            known_label: self.known_label,
            repairs,
            source: Source::Container,
        }
    }

    /// Whether it was taken out of another one.
    pub(crate) const fn is_inner(&self) -> bool {
        matches!(self.source, Source::Container)
    }

    /// Where in the paste a byte of the DER comes from.
    pub(crate) fn place(&self, der_offset: usize) -> Span {
        match &self.source {
            Source::Container => self.span,
            Source::Binary => {
                let at = self.span.start.saturating_add(der_offset);
                Span::new(at, at.saturating_add(1))
            }
            Source::Hexadecimal => self.span,
            Source::Text { text, body, .. } => {
                let character = der_offset.saturating_mul(4).saturating_div(3);
                text.span(place_of(text.bytes(), body.clone(), character))
            }
        }
    }

    /// Whether it was read from a text, not from raw DER.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self.source, Source::Text { .. })
    }

    /// What happened to a text whose content turned out not to be sound DER.
    pub(crate) fn damage(&self) -> (TextFault, Span) {
        match (&self.source, Head::of_der(&self.der)) {
            (Source::Text { text, region, .. }, Some(head)) => {
                let (fault, place) = damage::explain(text.bytes(), region.clone(), head);
                (fault, text.span(place))
            }
            _ => (TextFault::Damaged, self.span),
        }
    }
}
