//! Quoted-printable (RFC 2045, section 6.7), as the source of a mail has it.

use super::{Resolved, has, octet, rewrite_at};
use crate::pem::decode::decode;
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

pub(super) fn is_there(bytes: &[u8]) -> bool {
    has(bytes, b'=', telling) || soft_breaks(bytes) >= 2
}

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_at(text, b'=', encoded, RepairCode::QuotedPrintable);
    // What was encoded may be UTF-8.
    decode(text);
}

/// What is hardly anything else: the equals sign, line breaks and blanks at the end of a line, written out.
fn telling(rest: &[u8]) -> Resolved {
    let (take, put) = encoded(rest)?;
    let is_line_end = || matches!(rest.get(take), None | Some(b'\n' | b'\r'));
    match put? {
        b'=' | b'\n' | b'\r' | b'-' | b'+' | b'/' => Some((take, put)),
        b' ' | b'\t' if is_line_end() => Some((take, put)),
        _ => None,
    }
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

/// How many lines end with an equals sign where quoted-printable breaks a longer one: at 76 characters at most, and a
/// little before where an octet of three characters stood.
fn soft_breaks(bytes: &[u8]) -> usize {
    const WIDTHS: core::ops::RangeInclusive<usize> = 70..=76;
    let is_soft_break = |at: &usize| {
        let (before, after) = bytes.split_at_checked(at.saturating_add(1)).unwrap_or_default();
        let ends_line = after.iter().find(|byte| !byte.is_ascii_whitespace() || **byte == b'\n');
        let line = before.get(before.len().saturating_sub(WIDTHS.end().saturating_add(1))..).unwrap_or_default();
        let start = memchr::memrchr(b'\n', line).map_or(0, |end| end.saturating_add(1));
        ends_line.is_none_or(|byte| *byte == b'\n') && WIDTHS.contains(&line.len().saturating_sub(start))
    };
    memchr::memchr_iter(b'=', bytes).filter(is_soft_break).take(2).count()
}
