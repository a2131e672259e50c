//! Binary input: DER, key stores, and files that were mangled as text.

use super::candidate::{Block, Candidate};
use super::fault::{OtherKind, TextFault};
use super::foreign;
use super::head::Head;
use super::repair::{RepairCode, Repairs};
use super::space::{is_space, leading_space};
use crate::limits::MAX_DER_BYTES;
use crate::span::Span;
use crate::tlv;
use zeroize::Zeroizing;

/// What was read from binary input.
pub(super) struct Binary<'p> {
    pub(super) block: Block<'static>,
    /// Bytes to read as text too, and their offset in the paste.
    pub(super) text: Option<(&'p [u8], usize)>,
}

impl Binary<'_> {
    const fn of(block: Block<'static>) -> Self {
        Self { block, text: None }
    }

    const fn refused(fault: TextFault, span: Span) -> Self {
        Self::of(Block::Refused(fault, span))
    }
}

/// Reads bytes that begin at offset `at` of the paste; `None` if they may be text.
pub(super) fn read(bytes: &[u8], at: usize) -> Option<Binary<'_>> {
    let whole = Span::new(at, at.saturating_add(bytes.len()));
    if matches!(bytes, [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..]) {
        return Some(Binary::refused(TextFault::Other(OtherKind::Jks), whole));
    }
    if let Some(fault) = foreign::of_bytes(bytes) {
        // A document may hold a block as text.
        return Some(Binary { block: Block::Refused(fault, whole), text: Some((bytes, at)) });
    }
    if are_line_ends_changed(bytes) {
        return Some(Binary::refused(TextFault::MangledBinary, whole));
    }
    if is_wrapped(bytes) {
        return Some(Binary::of(Block::Candidate(Candidate::binary(bytes, at, Repairs::default()))));
    }
    let Some(total) = binary_len(bytes) else {
        // The tag of a SEQUENCE is the digit 0 in text, and what follows it there is hardly ever over 0x7f.
        let is_der = matches!(bytes, [tlv::SEQUENCE, 0x80..=0xff, ..]) && core::str::from_utf8(bytes).is_err();
        return is_der.then(|| Binary::refused(TextFault::NotDer, whole));
    };
    Some(match bytes.split_at_checked(total) {
        _ if total > MAX_DER_BYTES => Binary::refused(TextFault::ItemTooLarge, whole),
        None => {
            let fault = TextFault::Truncated { missing: total.saturating_sub(bytes.len()), total };
            Binary::refused(fault, Span::new(whole.end.saturating_sub(1), whole.end))
        }
        Some((der, rest)) => item(der, at, rest),
    })
}

/// The item that begins binary input, if what follows is white space or the same item again.
fn item<'p>(der: &'p [u8], at: usize, rest: &'p [u8]) -> Binary<'p> {
    let end = at.saturating_add(der.len());
    let behind = Span::new(end, end.saturating_add(rest.len()));
    let mut repairs = Repairs::default();
    if rest == der {
        repairs.add(RepairCode::Duplicate, behind);
    } else if !rest.iter().all(|byte| is_space(*byte)) {
        let is_second = Head::of_der(rest).is_some();
        let fault = if is_second { TextFault::TwoInOneBlock } else { TextFault::TrailingData };
        return Binary { block: Block::Refused(fault, behind), text: (!is_second).then_some((rest, end)) };
    } else if !rest.is_empty() {
        repairs.add(RepairCode::Blanks, behind);
    }
    Binary::of(Block::Candidate(Candidate::binary(der, at, repairs)))
}

/// Returns true for an OCTET STRING or BIT STRING around an item, which `normalize` takes out.
fn is_wrapped(bytes: &[u8]) -> bool {
    let Ok(outer) = tlv::Reader::new(bytes).any() else { return false };
    let Some(content) = tlv::inside(outer.tag, outer.content) else { return false };
    outer.whole.len() == bytes.len()
        && bytes.len() <= MAX_DER_BYTES
        && Head::of_der(content).is_some_and(|head| head.total == content.len())
}

/// Returns true for DER whose line ends a transfer as text changed: with the old ones it is sound.
fn are_line_ends_changed(bytes: &[u8]) -> bool {
    let is_like_der = matches!(bytes, [tlv::SEQUENCE, 0x81..=0x84, ..]) && bytes.len() <= 2 * MAX_DER_BYTES;
    is_like_der && tlv::check(bytes).is_err() && (is_lf_made_crlf(bytes) || is_crlf_made_lf(bytes))
}

/// Returns true if every LF became a CRLF. The DER may have had a CRLF of its own, so undoing the change may take too much.
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

/// Returns true if a CRLF became an LF: a CR before one LF makes the DER sound, and a byte more at its end does not.
fn is_crlf_made_lf(bytes: &[u8]) -> bool {
    const MOST_TRIED: usize = 64;
    if outer_len(bytes) != bytes.len().checked_add(1) {
        return false;
    }
    let with = |byte: u8, at: usize| {
        let (before, behind) = bytes.split_at_checked(at).unwrap_or_default();
        Zeroizing::new([before, &[byte], behind].concat())
    };
    // A byte missing at the end is more likely.
    let is_cut = tlv::check(&with(0, bytes.len())).is_ok();
    !is_cut && memchr::memchr_iter(b'\n', bytes).take(MOST_TRIED).any(|at| tlv::check(&with(b'\r', at)).is_ok())
}

fn outer_len(bytes: &[u8]) -> Option<usize> {
    let (_, header, length) = tlv::read_header(bytes).ok()?;
    header.checked_add(length)
}

/// Where the DER begins that follows the last END line of a text; the length of the paste if there is none.
pub(super) fn der_after_text(paste: &[u8]) -> usize {
    let ends_dashes = |at: &usize| paste.get(..=*at).is_some_and(|before| before.ends_with(b"-----"));
    let end = memchr::memrchr_iter(b'-', paste).find(ends_dashes).map_or(paste.len(), |last| last.saturating_add(1));
    let rest = paste.get(end..).unwrap_or_default();
    let blanks = leading_space(rest);
    let der = rest.get(blanks..).unwrap_or_default();
    if binary_len(der).is_some_and(|len| len <= der.len()) { end.saturating_add(blanks) } else { paste.len() }
}

/// The length of the DER that these bytes begin; `None` if they may be text.
fn binary_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&tlv::SEQUENCE) && tlv::check(bytes).is_ok() {
        return Some(bytes.len());
    }
    let head = Head::of_der(bytes.get(..bytes.len().min(16))?)?;
    let is_text = bytes.len() != head.total && bytes.get(..head.total.min(bytes.len())).is_some_and(<[u8]>::is_ascii);
    (!is_text).then_some(head.total)
}
