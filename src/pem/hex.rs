//! DER as hexadecimal digits: in one row, in lines, separated by colons or blanks, as an array of C, or as a dump with
//! offsets and characters beside the digits.

use super::head::Head;
use super::line::{line_end, line_start};
use super::space::{is_line_break, leading_blanks};
use crate::hex::decode_any_case;
use crate::limits::MAX_DER_BYTES;
use crate::secret::Wiped;
use core::ops::Range;

/// A DER value that was written in hexadecimal.
pub(crate) struct Hex {
    /// As much of it as there is.
    pub(crate) der: Wiped,
    /// The length in bytes that its header gives.
    pub(crate) total: usize,
    /// From the first digit to the last.
    pub(crate) range: Range<usize>,
}

/// Returns true where the digits of a SEQUENCE of more than 127 bytes begin, or those of a short private key.
pub(crate) fn begins(bytes: &[u8], at: usize) -> bool {
    if !matches!(bytes.get(at), Some(b'3' | b'0')) {
        return false;
    }
    let mut octets = octets(bytes.get(at..).unwrap_or_default());
    let mut next = || octets.next();
    match (next(), next()) {
        (Some(0x30), Some(0x81..=0x83)) => true,
        // A short length, and the version that a private key begins with.
        (Some(0x30), Some(0x20..=0x7f)) => matches!((next(), next(), next()), (Some(2), Some(1), Some(0 | 1))),
        _ => false,
    }
}

/// The octets that a text begins with, two digits each.
fn octets(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let digits = rest.strip_prefix(b"0x").unwrap_or(rest);
        let (pair, after) = digits.split_first_chunk::<2>()?;
        let octet =
            u8::from_str_radix(core::str::from_utf8(pair).ok().filter(|_| pair.iter().all(u8::is_ascii_hexdigit))?, 16);
        let separators = after.iter().take(MOST_SEPARATORS).take_while(|byte| is_separator(**byte)).count();
        rest = after.get(separators..)?;
        octet.ok()
    })
}

/// The most separators between two octets.
const MOST_SEPARATORS: usize = 8;

/// Returns true where the first line of a dump begins: an offset, and the digits of a value.
pub(crate) fn begins_dump(bytes: &[u8], at: usize) -> bool {
    let window = bytes.get(at..).unwrap_or_default();
    let window = window.get(..24.min(window.len())).unwrap_or_default();
    let digits = window.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if !OFFSET_DIGITS.contains(&digits) {
        return false;
    }
    let marks = window.get(digits..).unwrap_or_default();
    let marks = marks.iter().take_while(|byte| is_mark(**byte)).count();
    let len = digits.saturating_add(marks);
    marks > 0 && is_offset(window.get(..len).unwrap_or_default()) && begins(bytes, at.saturating_add(len))
}

/// How many digits the offset of a line of a dump has.
const OFFSET_DIGITS: core::ops::RangeInclusive<usize> = 4..=8;

/// How many digits show what a value is.
const HEADER: usize = 24;

/// Reads the value whose digits begin here.
pub(crate) fn read(bytes: &[u8], range: Range<usize>) -> Option<Hex> {
    let (first, _) = gather(bytes, range.clone(), HEADER);
    let mut header = [0u8; HEADER / 2];
    decode_any_case(first.as_slice(), &mut header).ok()?;
    let total = Head::of_der(&header)?.total;
    if total > MAX_DER_BYTES {
        return Some(Hex { der: Wiped::default(), total, range });
    }
    let (digits, end) = gather(bytes, range.clone(), total.checked_mul(2)?);
    let mut der = Wiped::from(vec![0u8; digits.len() / 2]);
    decode_any_case(digits.get(..der.len().checked_mul(2)?)?, der.as_mut_slice()).ok()?;
    Some(Hex { der, total, range: range.start..end })
}

/// Returns true where enough digits for a value begin, or a dump of one.
pub(crate) fn is_value(bytes: &[u8], at: usize) -> bool {
    begins_dump(bytes, at) || gather(bytes, at..bytes.len(), HEADER).0.len() == HEADER
}

/// The digits from here on, `most` of them at most, and where they end.
fn gather(bytes: &[u8], range: Range<usize>, most: usize) -> (Wiped, usize) {
    // Room for all at once: growing would leave copies of a secret behind.
    let mut digits = Wiped::with_capacity(most.min(range.len()));
    let is_dump = is_offset(line_before(bytes, range.start));
    let text = bytes.get(..range.end).unwrap_or_default();
    let mut at = range.start;
    loop {
        let end = gather_line(text, at, is_dump, most, &mut digits);
        let next = next_digits(text, end, is_dump).filter(|_| digits.len() < most);
        let Some(next) = next else { return (digits, end) };
        at = next;
    }
}

/// Where the digits of the next line begin, after those of a line that end here; `None` if something else follows.
fn next_digits(text: &[u8], end: usize, is_dump: bool) -> Option<usize> {
    let rest = text.get(end..)?;
    let skipped = if is_dump {
        // The characters beside the digits are of no use.
        line_end(rest, &(0..rest.len().min(BESIDE)))
    } else {
        rest.iter().take_while(|byte| is_separator(**byte)).count()
    };
    let after = rest.get(skipped..)?;
    let breaks = after.iter().take_while(|byte| is_line_break(**byte)).count();
    let line = after.get(breaks..)?;
    let offset = if is_dump { offset_len(line) } else { 0 };
    (breaks > 0).then_some(end.saturating_add(skipped).saturating_add(breaks).saturating_add(offset))
}

/// The length of the offset that begins a line of a dump, with the blanks before and the marks behind it.
fn offset_len(line: &[u8]) -> usize {
    let indent = leading_blanks(line);
    let digits = line.iter().skip(indent).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let marks = line.iter().skip(indent.saturating_add(digits)).take_while(|byte| is_mark(**byte)).count();
    indent.saturating_add(digits).saturating_add(marks)
}

/// Takes the digits of one line; returns where they end.
fn gather_line(bytes: &[u8], start: usize, is_dump: bool, most: usize, digits: &mut Vec<u8>) -> usize {
    let room = if is_dump { most.min(digits.len().saturating_add(DUMP_LINE)) } else { most };
    let mut end = start;
    let mut at = start;
    while digits.len() < room {
        let rest = bytes.get(at..).unwrap_or_default();
        let separators = rest.iter().take_while(|byte| is_separator(**byte)).count();
        let group = rest.get(separators..).unwrap_or_default();
        let sign = if group.starts_with(b"0x") { 2 } else { 0 };
        let group = group.get(sign..).unwrap_or_default();
        // Two more than there is room for show whether the group has whole octets.
        let most = room.saturating_sub(digits.len()).saturating_add(2);
        let len = group.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let is_beside = is_dump && (separators > 2 || len % 2 != 0);
        if len == 0 || is_beside {
            break;
        }
        let len = len.min(room.saturating_sub(digits.len()));
        digits.extend_from_slice(group.get(..len).unwrap_or_default());
        at = at.saturating_add(separators).saturating_add(sign).saturating_add(len);
        end = at;
    }
    end
}

/// The most bytes of a line of a dump behind its digits.
const BESIDE: usize = 128;

/// How many digits a line of a dump has.
const DUMP_LINE: usize = 32;

/// Returns true for what stands between an offset and the digits.
const fn is_mark(byte: u8) -> bool {
    matches!(byte, b':' | b' ' | b'\t')
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b':' | b',' | b'-' | b'+')
}

/// What stands before a place in its line, not far back.
fn line_before(bytes: &[u8], at: usize) -> &[u8] {
    const WINDOW: usize = 32;
    let before = bytes.get(at.saturating_sub(WINDOW)..at).unwrap_or_default();
    before.get(line_start(before, before.len())..).unwrap_or_default()
}

/// Returns true for a text that ends with the offset of a line of a dump.
fn is_offset(text: &[u8]) -> bool {
    let marks = text.iter().rev().take_while(|byte| is_mark(**byte)).count();
    let text = text.get(..text.len().saturating_sub(marks)).unwrap_or_default();
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let before = text.get(..text.len().saturating_sub(digits)).and_then(<[u8]>::last);
    marks > 0 && OFFSET_DIGITS.contains(&digits) && !before.is_some_and(u8::is_ascii_alphanumeric)
}
