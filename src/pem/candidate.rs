//! A decoded block: its DER, where it stood, and what was repaired to read it.

use super::base64::{character_of, place_of};
use super::damage;
use super::fault::TextFault;
use super::head::Head;
use super::label::Label;
use super::repair::{RepairCode, Repairs};
use super::text::Text;
use crate::secret::Wiped;
use crate::span::Span;
use core::ops::Range;
use std::borrow::Cow;

/// One block of a paste.
pub(crate) enum Block<'t> {
    /// A decoded value of the length that its first bytes promise; `normalize` decides what it is.
    Candidate(Candidate<'t>),
    /// Why a block was refused, and where.
    Refused(TextFault, Span),
}

/// How the bytes of a candidate are wrapped.
pub(crate) enum Wrapping {
    /// They are the DER itself.
    None,
    /// They are ciphertext (RFC 1421): `DEK-Info` names the cipher and gives its initialization vector.
    ProcType { cipher: String, iv: Vec<u8> },
}

/// A decoded block.
pub(crate) struct Candidate<'t> {
    pub(crate) der: Wiped,
    pub(crate) wrapping: Wrapping,
    /// From the first byte of the block to the last.
    pub(crate) span: Span,
    /// The label as it stands; empty if there is none.
    pub(crate) label: Cow<'static, str>,
    /// The label, if the reader knows it.
    pub(crate) known_label: Option<Label>,
    pub(crate) repairs: Repairs,
    pub(super) source: Source<'t>,
}

/// What a candidate was read from.
pub(super) enum Source<'t> {
    /// DER that stood as it is in the paste.
    Binary,
    Hexadecimal,
    /// Another candidate's DER.
    Container,
    /// The base64 in `body`, somewhere in the `region` that its frame leaves.
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

    /// A value without BEGIN and END lines.
    pub(super) const fn unlabelled(der: Wiped, span: Span, repairs: Repairs, source: Source<'static>) -> Self {
        Self { der, wrapping: Wrapping::None, span, label: Cow::Borrowed(""), known_label: None, repairs, source }
    }

    /// A value that was taken out of this one; it stands where this one stands.
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

    /// Returns true if it was taken out of another candidate.
    pub(crate) const fn is_inner(&self) -> bool {
        matches!(self.source, Source::Container)
    }

    /// Where in the paste a byte of the DER stands.
    pub(crate) fn place(&self, der_offset: usize) -> Span {
        match &self.source {
            Source::Container | Source::Hexadecimal => self.span,
            Source::Binary => {
                let at = self.span.start.saturating_add(der_offset);
                Span::new(at, at.saturating_add(1))
            }
            Source::Text { text, body, .. } => {
                text.span(place_of(text.bytes(), body.clone(), character_of(der_offset)))
            }
        }
    }

    /// Returns true if it was read from base64.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self.source, Source::Text { .. })
    }

    /// What happened to a candidate whose DER is not sound, and where.
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
