//! Random serial numbers (RFC 5280, section 4.1.2.2).

use super::IssueError;
use crate::entropy::{Entropy, EntropyError};
use crate::key::KeyError;

/// The content of a serial number: positive, and of exactly 16 octets.
pub(super) type Serial = [u8; 16];

/// Draws 16 octets, of which the first two bits become 01: never negative, never shorter, 126 bits of randomness
/// (RFC 5280, section 4.1.2.2).
pub(super) fn random_serial(entropy: &mut dyn Entropy) -> Result<Serial, IssueError> {
    let mut serial = [0; 16];
    entropy.fill(&mut serial).map_err(|EntropyError| KeyError::EntropyFailed)?;
    let [first, ..] = &mut serial;
    *first = *first & 0x3f | 0x40;
    Ok(serial)
}
