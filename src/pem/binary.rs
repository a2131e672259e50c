//! What is no text: DER as it is, and key stores.

use super::alphabet::is_space;
use super::candidate::{Block, Candidate};
use super::der_length::binary_len;
use super::fault::{OtherKind, TextFault};
use super::foreign;
use super::head::Head;
use super::read::Reader;
use super::repair::{RepairCode, Repairs};
use super::text::Text;
use crate::limits::MAX_DER_BYTES;
use crate::span::Span;
use crate::tlv;
use zeroize::Zeroizing;

impl Reader<'_> {
    /// Reads what is no text: DER, or a key store; `false` if it may be text. It begins at offset `at` of the paste.
    pub(super) fn binary(&mut self, bytes: &[u8], at: usize) -> bool {
        let whole = Span::new(at, at.saturating_add(bytes.len()));
        if matches!(bytes, [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..]) {
            self.refuse(TextFault::Other(OtherKind::Jks), whole);
            return true;
        }
        if let Some(fault) = foreign::of_bytes(bytes) {
            self.refuse(fault, whole);
            // A document may hold a block as text.
            self.text(&mut Text::new(bytes, at));
            return true;
        }
        if are_line_ends_changed(bytes) {
            self.refuse(TextFault::MangledBinary, whole);
            return true;
        }
        if is_wrapped(bytes) {
            self.emit(Block::Candidate(Candidate::binary(bytes, at, Repairs::default())));
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
        if rest == der {
            repairs.add(RepairCode::Duplicate, behind);
        } else if !rest.iter().all(|byte| is_space(*byte)) {
            let is_second = Head::of_der(rest).is_some();
            self.refuse(if is_second { TextFault::TwoInOneBlock } else { TextFault::TrailingData }, behind);
            if !is_second {
                self.text(&mut Text::new(rest, end));
            }
            return;
        } else if !rest.is_empty() {
            repairs.add(RepairCode::Blanks, behind);
        }
        self.emit(Block::Candidate(Candidate::binary(der, at, repairs)));
    }
}

/// Whether these bytes are one value of DER with an item inside, as [`Candidate`]s may have it around them.
fn is_wrapped(bytes: &[u8]) -> bool {
    let Ok(outer) = tlv::Reader::new(bytes).any() else { return false };
    let Some(content) = tlv::inside(outer.tag, outer.content) else { return false };
    outer.whole.len() == bytes.len()
        && bytes.len() <= MAX_DER_BYTES
        && Head::of_der(content).is_some_and(|head| head.total == content.len())
}

/// Whether this is DER in which a transfer as text changed the line ends: it is sound with them as they were.
fn are_line_ends_changed(bytes: &[u8]) -> bool {
    let is_like_der = matches!(bytes, [tlv::SEQUENCE, 0x81..=0x84, ..]) && bytes.len() <= 2 * MAX_DER_BYTES;
    is_like_der && tlv::check(bytes).is_err() && (is_lf_made_crlf(bytes) || is_crlf_made_lf(bytes))
}

/// LF became CRLF. A CRLF that the DER itself had may be one still, so that it is as long as it should be or longer.
fn is_lf_made_crlf(bytes: &[u8]) -> bool {
    if memchr::memmem::find(bytes, b"\r\n").is_none() {
        return false;
    }
    let mut before = Zeroizing::new(Vec::with_capacity(bytes.len()));
    for (index, byte) in bytes.iter().enumerate() {
        let is_added = *byte == b'\r' && bytes.get(index.saturating_add(1)) == Some(&b'\n');
        if !is_added {
            before.push(*byte);
        }
    }
    let Some(total) = outer_len(&before) else { return false };
    let is_too_long = before.len() <= total && total < bytes.len();
    tlv::check(&before).is_ok() || (is_too_long && bytes.get(..total).is_some_and(|first| tlv::check(first).is_err()))
}

/// The one CRLF that the DER had became LF: nothing but a CR before an LF makes it sound.
fn is_crlf_made_lf(bytes: &[u8]) -> bool {
    const MOST_TRIED: usize = 64;
    if outer_len(bytes) != bytes.len().checked_add(1) {
        return false;
    }
    let with = |byte: u8, at: usize| {
        let (before, behind) = bytes.split_at_checked(at).unwrap_or_default();
        Zeroizing::new([before, &[byte], behind].concat())
    };
    // One byte missing at the end is more likely.
    let is_cut = tlv::check(&with(0, bytes.len())).is_ok();
    !is_cut && memchr::memchr_iter(b'\n', bytes).take(MOST_TRIED).any(|at| tlv::check(&with(b'\r', at)).is_ok())
}

fn outer_len(bytes: &[u8]) -> Option<usize> {
    let (_, header, length) = tlv::read_header(bytes).ok()?;
    header.checked_add(length)
}
