//! Escapes of JSON, C, shells, YAML and environment files: `\n`, `\r`, `\t`, `\f`, `\v`, `\/`, `\"`, `\\`, `\u000a`,
//! `\x0a`, and the backslash that continues a line.

use super::rewrite::{Resolved, byte_for, has, rewrite_at};
use crate::pem::line::LineBreak;
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

pub(super) fn is_there(bytes: &[u8]) -> bool {
    has(bytes, b'\\', escape)
}

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_at(text, b'\\', escape, RepairCode::Escapes);
}

fn escape(rest: &[u8]) -> Resolved {
    let put = match rest.get(1)? {
        b'\n' | b'\r' | b' ' => return continuation(rest),
        b'n' | b'f' | b'v' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        &mark @ (b'/' | b'"' | b'\'' | b'\\') => mark,
        b'u' => return code_point(rest, 2, 4),
        b'x' => return code_point(rest, 2, 2),
        _ => return None,
    };
    Some((2, Some(put)))
}

/// A backslash that continues a line, also with blanks behind it.
fn continuation(rest: &[u8]) -> Resolved {
    const MOST_BLANKS: usize = 80;
    let after = rest.get(1..)?;
    let blanks = after.iter().take(MOST_BLANKS).take_while(|byte| **byte == b' ').count();
    let line_break = LineBreak::at(after.get(blanks..)?).len();
    (line_break > 0).then_some((blanks.checked_add(line_break)?.checked_add(1)?, Some(b'\n')))
}

fn code_point(rest: &[u8], from: usize, digits: usize) -> Resolved {
    let end = from.checked_add(digits)?;
    let text = core::str::from_utf8(rest.get(from..end)?).ok()?;
    let is_hex = text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let value = is_hex.then(|| u32::from_str_radix(text, 16).ok()).flatten()?;
    Some((end, byte_for(value)))
}
