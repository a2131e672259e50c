//! Character references of XML and HTML: `&#13;`, `&#xD;`, `&lt;`, `&amp;`, `&nbsp;` …

use super::rewrite::{Resolved, byte_for, has, rewrite_at};
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

pub(super) fn is_there(bytes: &[u8]) -> bool {
    has(bytes, b'&', reference)
}

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_at(text, b'&', reference, RepairCode::CharacterReferences);
}

/// The length of the longest reference, `&#x0010FFFF;`.
const LONGEST: usize = 12;

fn reference(rest: &[u8]) -> Resolved {
    let window = rest.get(..LONGEST.min(rest.len()))?;
    let end = memchr::memchr(b';', window)?;
    let put = match window.get(1..end)? {
        [b'#', b'x' | b'X', digits @ ..] => byte_for(number(digits, 16)?),
        [b'#', digits @ ..] => byte_for(number(digits, 10)?),
        name => named(name)?,
    };
    Some((end.checked_add(1)?, put))
}

/// The named references that editors write into such texts: blanks, dashes, and the signs of base64.
fn named(name: &[u8]) -> Option<Option<u8>> {
    Some(match name {
        b"lt" => Some(b'<'),
        b"gt" => Some(b'>'),
        b"amp" => Some(b'&'),
        b"quot" | b"ldquo" | b"rdquo" => Some(b'"'),
        b"apos" | b"lsquo" | b"rsquo" => Some(b'\''),
        b"nbsp" | b"ensp" | b"emsp" | b"thinsp" => Some(b' '),
        b"Tab" => Some(b'\t'),
        b"NewLine" => Some(b'\n'),
        b"dash" | b"hyphen" | b"minus" | b"ndash" | b"mdash" => Some(b'-'),
        b"plus" => Some(b'+'),
        b"sol" => Some(b'/'),
        b"equals" => Some(b'='),
        b"shy" | b"zwnj" | b"zwj" | b"lrm" | b"rlm" => None,
        _ => return None,
    })
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let text = core::str::from_utf8(digits).ok()?;
    let is_number = text.bytes().all(|digit| digit.is_ascii_alphanumeric());
    is_number.then(|| u32::from_str_radix(text, radix).ok()).flatten()
}
