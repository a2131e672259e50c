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
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.filter(|line| line.ends_with(b"=") && WIDTHS.contains(&line.len())).take(2).count()
}
