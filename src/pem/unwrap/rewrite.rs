//! Rewrites a text at the places where a layer encodes a character or adds something to a line.

use crate::pem::decode::ascii_for;
use crate::pem::line::first_line;
use crate::pem::repair::RepairCode;
use crate::pem::text::{OTHER, Step, Text};

/// The length of an encoded character in bytes, and the byte that it stands for, if any.
pub(super) type Resolved = Option<(usize, Option<u8>)>;

/// Replaces what `resolve` finds at each `mark`.
pub(super) fn rewrite_at(text: &mut Text<'_>, mark: u8, resolve: fn(&[u8]) -> Resolved, repair: RepairCode) {
    text.rewrite(|rest| match memchr::memchr(mark, rest) {
        None => Step::Keep(rest.len()),
        Some(0) => match resolve(rest) {
            Some((take, put)) => Step::Replace { take, put, repair: Some(repair) },
            None => Step::Keep(1),
        },
        Some(before) => Step::Keep(before),
    });
}

/// Returns true if `resolve` finds something at any `mark`.
pub(super) fn has(bytes: &[u8], mark: u8, resolve: fn(&[u8]) -> Resolved) -> bool {
    memchr::memchr_iter(mark, bytes).any(|at| bytes.get(at..).is_some_and(|rest| resolve(rest).is_some()))
}

/// The byte that takes the place of a code point, if any.
pub(super) fn byte_for(code_point: u32) -> Option<u8> {
    char::from_u32(code_point).map_or(Some(OTHER), |character| ascii_for(character).0)
}

/// The octet that two hexadecimal digits spell.
pub(super) fn octet(digits: &[u8]) -> Option<u8> {
    let digits = digits.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()
}

/// Takes a prefix off each line; `prefix` gets the line and its offset, and returns the length of its prefix.
pub(super) fn rewrite_lines(text: &mut Text<'_>, repair: RepairCode, mut prefix: impl FnMut(&[u8], usize) -> usize) {
    let mut at_line_start = true;
    let mut at = 0usize;
    text.rewrite(|rest| {
        let take = if at_line_start { prefix(first_line(rest), at) } else { 0 };
        at_line_start = false;
        if take > 0 {
            at = at.saturating_add(take);
            return Step::Replace { take, put: None, repair: Some(repair) };
        }
        let line = first_line(rest).len().saturating_add(1).min(rest.len());
        at_line_start = true;
        at = at.saturating_add(line);
        Step::Keep(line)
    });
}
