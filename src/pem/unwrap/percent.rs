//! Percent-encoding (RFC 3986, section 2.1), also of web forms, where a plus sign stands for a blank.

use super::rewrite::{Resolved, has, octet};
use crate::pem::decode::decode;
use crate::pem::repair::RepairCode;
use crate::pem::text::{Step, Text};

pub(super) fn is_there(bytes: &[u8]) -> bool {
    has(bytes, b'%', encoded)
}

pub(super) fn take_off(text: &mut Text<'_>) {
    let plus = if is_form(text.bytes()) { b'+' } else { b'%' };
    text.rewrite(|rest| match memchr::memchr2(b'%', plus, rest) {
        None => Step::Keep(rest.len()),
        Some(0) => match encoded(rest).or(Some((1, Some(b' '))).filter(|_| rest.first() == Some(&b'+'))) {
            Some((take, put)) => Step::Replace { take, put, repair: Some(RepairCode::PercentEncoding) },
            None => Step::Keep(1),
        },
        Some(before) => Step::Keep(before),
    });
    // The octets may be UTF-8.
    decode(text);
}

fn encoded(rest: &[u8]) -> Resolved {
    let digits = rest.strip_prefix(b"%")?;
    octet(digits).map(|octet| (3, Some(octet)))
}

/// Returns true if a plus sign stands for a blank: real plus signs are encoded, or plus signs stand where blanks belong.
fn is_form(bytes: &[u8]) -> bool {
    ["%2B", "%2b", "BEGIN+", "END+", "%3A+", "%2C+", "%3D+", "30+8"]
        .iter()
        .any(|sign| memchr::memmem::find(bytes, sign.as_bytes()).is_some())
}
