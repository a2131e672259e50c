//! How far base64 characters spell sound DER: what shows where a body is damaged, and whether a change would undo it.

use super::base64::decode;
use super::head::Head;
use crate::tlv::{self, Fault};
use zeroize::Zeroizing;

/// How many characters are decoded again to try changes of a body, only to name its damage. An RSA-8192 key has
/// 100 lines of 64.
pub(super) const MOST_TRIED_CHARACTERS: usize = 1 << 20;

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
        // A fault in the zeros that fill up the value says nothing.
        Err(error) if complete || error.at.saturating_add(LONGEST_HEADER) <= known => Some(error.at),
        Err(_) => None,
    }
}
