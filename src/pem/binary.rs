//! What is no text: DER as it is, and key stores.

use super::body::{Head, is_space};
use super::fault::{OtherKind, TextFault};
use super::read::{Block, Candidate, Reader};
use super::repair::{RepairCode, Repairs};
use super::text::Text;
use crate::limits::MAX_DER_BYTES;
use crate::span::Span;
use crate::tlv;

impl Reader<'_> {
    /// Reads what is no text: DER, or a key store; `false` if it may be text. It begins at offset `at` of the paste.
    pub(super) fn binary(&mut self, bytes: &[u8], at: usize) -> bool {
        let whole = Span::new(at, at.saturating_add(bytes.len()));
        if matches!(bytes, [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..]) {
            self.refuse(TextFault::Other(OtherKind::Jks), whole);
            return true;
        }
        let Some(total) = binary_len(bytes) else {
            // The tag of a SEQUENCE is the digit 0 in text, and what follows it there is hardly ever over 0x7f.
            let is_der = matches!(bytes, [tlv::SEQUENCE, 0x80..=0xff, ..]) && core::str::from_utf8(bytes).is_err();
            if is_der {
                self.refuse(TextFault::NotDer, whole);
            }
            return is_der;
        };
        match bytes.get(total..) {
            _ if total > MAX_DER_BYTES => self.refuse(TextFault::ItemTooLarge, whole),
            None => {
                let fault = TextFault::Truncated { missing: total.saturating_sub(bytes.len()), total };
                self.refuse(fault, Span::new(whole.end.saturating_sub(1), whole.end));
            }
            Some(rest) => self.binary_item(bytes.get(..total).unwrap_or_default(), at, rest),
        }
        true
    }

    fn binary_item(&mut self, der: &[u8], at: usize, rest: &[u8]) {
        let end = at.saturating_add(der.len());
        let behind = Span::new(end, end.saturating_add(rest.len()));
        let mut repairs = Repairs::default();
        if !rest.iter().all(|byte| is_space(*byte)) {
            let is_second = Head::of_der(rest).is_some();
            self.refuse(if is_second { TextFault::TwoInOneBlock } else { TextFault::TrailingData }, behind);
            if !is_second {
                self.text(&mut Text::new(rest, end));
            }
            return;
        }
        if !rest.is_empty() {
            repairs.add(RepairCode::Blanks, behind);
        }
        self.emit(Block::Candidate(Candidate::binary(der, at, repairs)));
    }
}

/// Where DER begins that follows a text with an END line and goes on to the end; the length of the paste if none does.
pub(super) fn der_after_text(paste: &[u8]) -> usize {
    let end = memchr::memmem::rfind(paste, b"-----").map_or(paste.len(), |dashes| dashes.saturating_add(5));
    let rest = paste.get(end..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| is_space(**byte)).count();
    let der = rest.get(blanks..).unwrap_or_default();
    if binary_len(der).is_some_and(|len| len <= der.len()) { end.saturating_add(blanks) } else { paste.len() }
}

/// How long the DER is that these bytes begin with; `None` if they may be text.
fn binary_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&tlv::SEQUENCE) && tlv::check(bytes).is_ok() {
        return Some(bytes.len());
    }
    let head = Head::of_der(bytes.get(..bytes.len().min(16))?)?;
    let is_text = bytes.len() != head.total && bytes.get(..head.total.min(bytes.len())).is_some_and(<[u8]>::is_ascii);
    (!is_text).then_some(head.total)
}
