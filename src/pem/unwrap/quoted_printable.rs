//! Quoted-printable (RFC 2045, section 6.7), as in the source of a mail.

use super::rewrite::{Resolved, has, octet, rewrite_at};
use crate::pem::decode::decode;
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

pub(super) fn is_there(bytes: &[u8]) -> bool {
    has(bytes, b'=', unmistakable) || has_soft_breaks(bytes)
}

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_at(text, b'=', encoded, RepairCode::QuotedPrintable);
    // The octets may be UTF-8.
    decode(text);
}

/// An encoded character that is hardly anything else: an equals sign, a line break, a blank at the end of a line, a special
/// blank, or the first octet of a longer character.
fn unmistakable(rest: &[u8]) -> Resolved {
    let (take, put) = encoded(rest)?;
    let after = rest.get(take..).unwrap_or_default();
    let is_clear = match put? {
        b'=' | b'\n' | b'\r' | b'-' | b'+' | b'/' => true,
        b' ' | b'\t' => matches!(after.first(), None | Some(b'\n' | b'\r')),
        // The first two octets of a character in UTF-8.
        0xc2..=0xf4 => matches!(encoded(after), Some((3, Some(0x80..=0xbf)))),
        // A no-break space or soft hyphen in Latin-1, right before a block or its body.
        0xa0 | 0xad => matches!(after.first(), Some(b'-' | b'M' | b'=')),
        _ => false,
    };
    is_clear.then_some((take, put))
}

fn encoded(rest: &[u8]) -> Resolved {
    let after = rest.strip_prefix(b"=")?;
    let blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match after.get(blanks..)? {
        [b'\r', b'\n', ..] => Some((blanks.checked_add(3)?, None)),
        [b'\r' | b'\n', ..] => Some((blanks.checked_add(2)?, None)),
        _ => octet(after).map(|octet| (3, Some(octet))),
    }
}

/// Returns true if lines end in an equals sign where quoted-printable breaks longer ones: at 76 characters at most, and a
/// little earlier before an octet of three characters. An equals sign may also be base64 padding, so there must be two such
/// lines, or one with a BEGIN or a tag that goes on in the next line.
fn has_soft_breaks(bytes: &[u8]) -> bool {
    const WIDTHS: core::ops::RangeInclusive<usize> = 70..=76;
    let broken = |at: usize| {
        let (before, after) = bytes.split_at_checked(at.saturating_add(1)).unwrap_or_default();
        let behind = after.iter().position(|byte| !byte.is_ascii_whitespace() || *byte == b'\n').unwrap_or(after.len());
        let line = before.get(before.len().saturating_sub(WIDTHS.end().saturating_add(1))..).unwrap_or_default();
        let start = memchr::memrchr(b'\n', line).map_or(0, |end| end.saturating_add(1));
        let line = line.get(start..).filter(|line| WIDTHS.contains(&line.len()))?;
        match after.get(behind..)? {
            [b'\n', b'\n' | b'\r' | b'<', ..] | [b'\n', b'-', b'-', ..] => Some(false),
            [b'\n', _, ..] => Some(has_mark(line)),
            [] | [b'\n'] => Some(false),
            _ => None,
        }
    };
    let mut breaks = 0usize;
    memchr::memchr_iter(b'=', bytes).filter_map(broken).any(|is_sure| {
        breaks = breaks.saturating_add(1);
        is_sure || breaks >= 2
    })
}

fn has_mark(line: &[u8]) -> bool {
    memchr::memchr(b'<', line).is_some() || memchr::memmem::find(line, b"BEGIN").is_some()
}
