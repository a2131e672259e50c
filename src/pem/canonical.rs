//! The fast way for one block of strict RFC 7468, which is what programs hand over.

use super::body::{self, Head, LINE_WIDTH};
use super::marker;
use core::ops::Range;
use zeroize::Zeroizing;

/// A strict block.
pub(crate) struct Canonical {
    pub(crate) label: &'static str,
    pub(crate) der: Zeroizing<Vec<u8>>,
    pub(crate) body: Range<usize>,
}

/// Reads a text that is one strict block of 64 columns and LF, with nothing around it; `None` for any other.
pub(crate) fn read(paste: &[u8]) -> Option<Canonical> {
    let after = paste.strip_prefix(b"-----BEGIN ")?;
    let header = memchr::memchr(b'\n', after.get(..after.len().min(64))?)?;
    let (label, rest) = after.split_at_checked(header)?;
    let label = label.strip_suffix(b"-----")?;
    let rest = rest.strip_prefix(b"\n")?;
    let body = rest.strip_suffix(b"\n").unwrap_or(rest).strip_suffix(b"-----")?.strip_suffix(label)?;
    let lines = body.strip_suffix(b"-----END ")?;
    let characters = characters(lines)?;
    let padded = characters.len();
    let unpadded = padded.saturating_sub(characters.iter().rev().take(2).take_while(|byte| **byte == b'=').count());
    let characters = characters.get(..unpadded)?;
    let head = Head::of(characters)?;
    let der = body::decode(characters, head.is_secret)?;
    let start = paste.len().checked_sub(rest.len())?;
    let end = start.checked_add(lines.trim_ascii_end().len())?;
    let label = marker::known_label(label).filter(|label| !label.ends_with("PARAMETERS"))?;
    let is_whole = padded.is_multiple_of(4) && der.len() == head.total;
    is_whole.then_some(Canonical { label, der, body: start..end })
}

/// The base64 characters of full lines and a last one, with the padding.
fn characters(lines: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LINE: usize = LINE_WIDTH + 1;
    let full = lines.chunks_exact(LINE);
    let last = full.remainder();
    // Room for all at once: growing would leave copies of a secret behind.
    let mut characters = Zeroizing::new(Vec::with_capacity(lines.len()));
    for line in full {
        let (line, b"\n") = line.split_at_checked(LINE_WIDTH)? else { return None };
        characters.extend_from_slice(line);
    }
    if !last.is_empty() {
        characters.extend_from_slice(last.strip_suffix(b"\n")?);
    }
    Some(characters)
}
