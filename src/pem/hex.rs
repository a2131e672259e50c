//! DER as hexadecimal digits: in a row, in lines, with colons or blanks between them, as bytes of C, or as a dump
//! with offsets and characters beside it.

use super::head::Head;
use crate::hex::decode_any_case;
use crate::limits::MAX_DER_BYTES;
use crate::secret::Wiped;
use core::ops::Range;

/// A DER value that was written in hexadecimal.
pub(crate) struct Hex {
    /// As much of it as there is.
    pub(crate) der: Wiped,
    /// How long its first bytes say that it is.
    pub(crate) total: usize,
    /// From the first digit to the last.
    pub(crate) range: Range<usize>,
}

/// Whether the digits of a SEQUENCE with a long length begin here, or those of a short private key.
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

/// The octets that are written here in two digits each.
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

/// How many separators are looked at between two octets.
const MOST_SEPARATORS: usize = 8;

/// Whether the first line of a dump begins here: an offset, and such digits.
pub(crate) fn begins_dump(bytes: &[u8], at: usize) -> bool {
    let window = bytes.get(at..).unwrap_or_default();
    let window = window.get(..24.min(window.len())).unwrap_or_default();
    let digits = window.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if !OFFSET_DIGITS.contains(&digits) {
        return false;
    }
    let marks = window.get(digits..).unwrap_or_default();
    let marks = marks.iter().take_while(|byte| matches!(byte, b':' | b' ' | b'\t')).count();
    let len = digits.saturating_add(marks);
    marks > 0 && is_offset(window.get(..len).unwrap_or_default()) && begins(bytes, at.saturating_add(len))
}

/// How many digits the offset of a line of a dump has.
const OFFSET_DIGITS: core::ops::RangeInclusive<usize> = 4..=8;

/// How many digits are read to tell what begins here.
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

/// Whether the digits here are the first of a value, or of a dump of one.
pub(crate) fn is_value(bytes: &[u8], at: usize) -> bool {
    begins_dump(bytes, at) || gather(bytes, at..bytes.len(), HEADER).0.len() == HEADER
}

/// The digits from here on, `most` of them at most, and where they end.
fn gather(bytes: &[u8], range: Range<usize>, most: usize) -> (Wiped, usize) {
    // Room for all at once: growing would leave copies of a secret behind.
    let mut digits = Wiped::with_capacity(most.min(range.len()));
    let is_dump = is_offset(line_before(bytes, range.start));
    let mut end = range.start;
    let mut at = range.start;
    loop {
        at = gather_line(bytes.get(..range.end).unwrap_or_default(), at, is_dump, most, &mut digits);
        end = end.max(at);
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let beside = rest.get(..rest.len().min(if is_dump { BESIDE } else { rest.len() })).unwrap_or_default();
        // A dump has characters beside its digits, which are of no use.
        let len = match is_dump {
            true => memchr::memchr2(b'\n', b'\r', beside).unwrap_or(beside.len()),
            false => beside.iter().take_while(|byte| is_separator(**byte)).count(),
        };
        let breaks = rest.get(len..).unwrap_or_default();
        let breaks = breaks.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        if digits.len() >= most || breaks == 0 {
            return (digits, end);
        }
        at = at.saturating_add(len).saturating_add(breaks);
        if is_dump {
            let line = bytes.get(at..range.end).unwrap_or_default();
            let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            at = at.saturating_add(indent);
            let line = line.get(indent..).unwrap_or_default();
            let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
            let marks = line.get(digits..).unwrap_or_default();
            let marks = marks.iter().take_while(|byte| matches!(byte, b':' | b' ' | b'\t')).count();
            at = at.saturating_add(digits).saturating_add(marks);
        }
    }
}

/// The digits of one line; gives back where they end.
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
        // No further than tells whether the group has whole octets.
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

/// How many bytes at most stand in a line of a dump behind its digits.
const BESIDE: usize = 128;

/// How many digits a line of a dump has.
const DUMP_LINE: usize = 32;

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b':' | b',' | b'-' | b'+')
}

fn line_before(bytes: &[u8], at: usize) -> &[u8] {
    const WINDOW: usize = 32;
    let before = bytes.get(at.saturating_sub(WINDOW)..at).unwrap_or_default();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end.saturating_add(1));
    before.get(start..).unwrap_or_default()
}

/// Whether it ends with the offset before a line of a dump.
fn is_offset(text: &[u8]) -> bool {
    let marks = text.iter().rev().take_while(|byte| matches!(byte, b':' | b' ' | b'\t')).count();
    let text = text.get(..text.len().saturating_sub(marks)).unwrap_or_default();
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let before = text.get(..text.len().saturating_sub(digits)).and_then(<[u8]>::last);
    marks > 0 && OFFSET_DIGITS.contains(&digits) && !before.is_some_and(u8::is_ascii_alphanumeric)
}
