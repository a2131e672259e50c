//! The layers around a text. Each is a small function that takes one layer off, in place, where there is one.

use super::decode::ascii_for;
use super::repair::RepairCode;
use super::text::{OTHER, Step, Text};
use crate::limits::MAX_LAYERS;

/// Takes off layers until none is left, `layers` counting on; `false` if there are more than the limit.
pub(crate) fn unwrap(text: &mut Text<'_>, layers: &mut usize) -> bool {
    while let Some(layer) = next_layer(text.bytes()) {
        if *layers >= MAX_LAYERS {
            return false;
        }
        *layers = layers.saturating_add(1);
        layer(text);
    }
    true
}

type Layer = fn(&mut Text<'_>);

fn next_layer(bytes: &[u8]) -> Option<Layer> {
    if has_escapes(bytes) {
        Some(escapes)
    } else if has_references(bytes) {
        Some(references)
    } else if has_mail_quotes(bytes) {
        Some(mail_quotes)
    } else {
        None
    }
}

/// How many bytes one escape or character reference takes, and the byte that it stands for, if any.
type Resolved = Option<(usize, Option<u8>)>;

fn rewrite_at(text: &mut Text<'_>, mark: u8, resolve: fn(&[u8]) -> Resolved, repair: RepairCode) {
    text.rewrite(|rest| match memchr::memchr(mark, rest) {
        None => Step::Keep(rest.len()),
        Some(0) => match resolve(rest) {
            Some((take, put)) => Step::Replace { take, put, repair: Some(repair) },
            None => Step::Keep(1),
        },
        Some(before) => Step::Keep(before),
    });
}

fn has(bytes: &[u8], mark: u8, resolve: fn(&[u8]) -> Resolved) -> bool {
    memchr::memchr_iter(mark, bytes).any(|at| bytes.get(at..).is_some_and(|rest| resolve(rest).is_some()))
}

fn has_escapes(bytes: &[u8]) -> bool {
    has(bytes, b'\\', escape)
}

/// Escapes of JSON, C, shells, YAML and environment files: `\n`, `\r`, `\t`, `\/`, `\"`, `\\`, `\u000a`, `\x0a`.
fn escapes(text: &mut Text<'_>) {
    rewrite_at(text, b'\\', escape, RepairCode::Escapes);
}

fn escape(rest: &[u8]) -> Resolved {
    let put = match rest.get(1)? {
        b'n' | b'\n' => b'\n',
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

fn byte_for(code_point: u32) -> Option<u8> {
    char::from_u32(code_point).map_or(Some(OTHER), |character| ascii_for(character).0)
}

fn has_references(bytes: &[u8]) -> bool {
    has(bytes, b'&', reference)
}

/// Character references of XML and HTML: `&#13;`, `&#xD;`, `&lt;`, `&amp;`, `&nbsp;` …
fn references(text: &mut Text<'_>) {
    rewrite_at(text, b'&', reference, RepairCode::CharacterReferences);
}

/// The longest reference that is looked for, `&#x0010FFFF;`.
const LONGEST_REFERENCE: usize = 12;

fn reference(rest: &[u8]) -> Resolved {
    let window = rest.get(..LONGEST_REFERENCE.min(rest.len()))?;
    let end = memchr::memchr(b';', window)?;
    let name = window.get(1..end)?;
    let put = match name {
        b"lt" => Some(b'<'),
        b"gt" => Some(b'>'),
        b"amp" => Some(b'&'),
        b"quot" => Some(b'"'),
        b"apos" => Some(b'\''),
        b"nbsp" => Some(b' '),
        [b'#', b'x' | b'X', digits @ ..] => byte_for(number(digits, 16)?),
        [b'#', digits @ ..] => byte_for(number(digits, 10)?),
        _ => return None,
    };
    Some((end.checked_add(1)?, put))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let text = core::str::from_utf8(digits).ok()?;
    let is_number = text.bytes().all(|digit| digit.is_ascii_alphanumeric());
    is_number.then(|| u32::from_str_radix(text, radix).ok()).flatten()
}

/// Whether two lines at least, or one that opens a block, begin with a quote mark. A `>` that ends a tag of XML
/// may begin a line too, but hardly two.
fn has_mail_quotes(bytes: &[u8]) -> bool {
    let mut quoted = 0usize;
    for line in bytes.split(|&byte| matches!(byte, b'\n' | b'\r')) {
        let prefix = quote_prefix(line);
        if prefix > 0 {
            quoted = quoted.saturating_add(1);
            let opens = line.get(prefix..).is_some_and(|rest| rest.starts_with(b"-"));
            if quoted >= 2 || opens {
                return true;
            }
        }
    }
    false
}

/// Quote marks at the beginning of lines: `> `, `>> `, ` > > `.
fn mail_quotes(text: &mut Text<'_>) {
    let mut at_line_start = true;
    text.rewrite(|rest| {
        let take = if at_line_start { quote_prefix(rest) } else { 0 };
        at_line_start = false;
        if take > 0 {
            return Step::Replace { take, put: None, repair: Some(RepairCode::MailQuotes) };
        }
        let line = memchr::memchr2(b'\n', b'\r', rest).map_or(rest.len(), |end| end.saturating_add(1));
        at_line_start = true;
        Step::Keep(line)
    });
}

/// The length of the quote marks at the beginning of a line, with one blank after the last; 0 if there are none.
fn quote_prefix(line: &[u8]) -> usize {
    let mut len = 0usize;
    for (index, byte) in line.iter().enumerate() {
        match byte {
            b'>' => len = index.saturating_add(1),
            b' ' | b'\t' => {}
            _ => break,
        }
    }
    let blank_follows = len > 0 && line.get(len) == Some(&b' ');
    len.saturating_add(usize::from(blank_follows))
}
