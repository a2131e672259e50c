//! Where the content of a body stops making sense, in its DER and in its text.

use super::alphabet::is_any_base64;
use super::head::{Head, decode};
use crate::tlv::{self, Fault};
use core::ops::Range;
use zeroize::Zeroizing;

/// Tag and length of a DER value take at most this many bytes here.
const LONGEST_HEADER: usize = 6;

/// The offset where the DER that these characters spell stops making sense; `None` if it is whole, or sound as
/// far as it goes.
pub(super) fn first_fault(characters: &[u8], head: Head) -> Option<usize> {
    let wanted = head.characters().min(characters.len());
    let groups = wanted.saturating_sub(wanted.checked_rem(4).unwrap_or_default());
    let der = decode(characters.get(..groups)?, head.is_secret)?;
    let known = der.len();
    let mut whole = Zeroizing::new(vec![0u8; head.total]);
    whole.get_mut(..known)?.copy_from_slice(&der);
    // The characters after the last group of four spell one or two bytes more.
    let rest = decode(characters.get(groups..wanted)?, head.is_secret).unwrap_or_default();
    let tail = whole.get_mut(known..)?;
    let len = rest.len().min(tail.len());
    tail.get_mut(..len)?.copy_from_slice(rest.get(..len)?);
    let complete = wanted == head.characters();
    match tlv::check(&whole) {
        Ok(()) => None,
        Err(error) if error.fault == Fault::Depth => Some(error.at),
        // What was filled with zeros says nothing.
        Err(error) if complete || error.at.saturating_add(LONGEST_HEADER) <= known => Some(error.at),
        Err(_) => None,
    }
}

/// Where the character with this number stands in a range; behind the last one, the end of the range.
pub(crate) fn place_of(bytes: &[u8], range: Range<usize>, character: usize) -> Range<usize> {
    let text = bytes.get(range.clone()).unwrap_or_default();
    let index =
        text.iter().enumerate().filter(|(_, byte)| is_any_base64(**byte)).nth(character).map(|(index, _)| index);
    let start = index.map_or(range.end, |index| range.start.saturating_add(index));
    start..start.saturating_add(1).min(range.end.max(start))
}
