//! Escapes of JSON, C, shells, YAML and environment files: `\n`, `\r`, `\t`, `\/`, `\"`, `\\`, `\u000a`, `\x0a`, and
//! the backslash that continues a line.

use super::{Resolved, byte_for, has, rewrite_at};
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
        b'\r' if rest.get(2) == Some(&b'\n') => return Some((3, Some(b'\n'))),
        b'n' | b'\n' | b'\r' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        &mark @ (b'/' | b'"' | b'\'' | b'\\') => mark,
        b'u' => return code_point(rest, 2, 4),
        b'x' => return code_point(rest, 2, 2),
        _ => return None,
    };
    Some((2, Some(put)))
}

fn code_point(rest: &[u8], from: usize, digits: usize) -> Resolved {
    let end = from.checked_add(digits)?;
    let text = core::str::from_utf8(rest.get(from..end)?).ok()?;
    let is_hex = text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let value = is_hex.then(|| u32::from_str_radix(text, 16).ok()).flatten()?;
    Some((end, byte_for(value)))
}
