//! How long the DER is that bytes begin with, and where it begins behind a text.

use super::alphabet::is_space;
use super::head::Head;
use crate::tlv;

/// Where DER begins that follows a text with an END line and goes on to the end; the length of the paste if none does.
pub(super) fn der_after_text(paste: &[u8]) -> usize {
    let ends_dashes = |at: &usize| paste.get(..=*at).is_some_and(|before| before.ends_with(b"-----"));
    let end = memchr::memrchr_iter(b'-', paste).find(ends_dashes).map_or(paste.len(), |last| last.saturating_add(1));
    let rest = paste.get(end..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| is_space(**byte)).count();
    let der = rest.get(blanks..).unwrap_or_default();
    if binary_len(der).is_some_and(|len| len <= der.len()) { end.saturating_add(blanks) } else { paste.len() }
}

/// How long the DER is that these bytes begin with; `None` if they may be text.
pub(super) fn binary_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&tlv::SEQUENCE) && tlv::check(bytes).is_ok() {
        return Some(bytes.len());
    }
    let head = Head::of_der(bytes.get(..bytes.len().min(16))?)?;
    let is_text = bytes.len() != head.total && bytes.get(..head.total.min(bytes.len())).is_some_and(<[u8]>::is_ascii);
    (!is_text).then_some(head.total)
}
