//! The header lines that RFC 1421 puts between BEGIN and the base64: `Proc-Type`, `DEK-Info`.

use super::head::Head;
use super::line::first_line;
use super::space::{is_space, leading_space};
use core::ops::Range;

/// What the header lines of a block say.
#[derive(Default)]
pub(crate) struct Headers {
    /// The cipher and initialization vector of `DEK-Info`.
    pub(crate) encryption: Option<(String, Vec<u8>)>,
    /// Where header lines stand that say nothing about encryption.
    pub(crate) dropped: Option<Range<usize>>,
}

impl Headers {
    /// Returns true if there are no header lines.
    pub(crate) const fn is_empty(&self) -> bool {
        self.encryption.is_none() && self.dropped.is_none()
    }
}

/// Reads the header lines at the beginning of a block; returns them, and the range of what follows.
pub(crate) fn read(bytes: &[u8], range: Range<usize>) -> (Headers, Range<usize>) {
    let mut encryption = None;
    let mut first = None;
    let mut at = range.start;
    let mut body = range.start;
    while at < range.end {
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let line = first_line(rest);
        if let Some(header) = Header::read(line) {
            if header.name.eq_ignore_ascii_case(b"DEK-Info") {
                encryption = dek_info(header.value).or(encryption);
            }
            first.get_or_insert(at);
            at = at.saturating_add(header.len);
            body = at;
        } else if line.iter().all(|byte| is_space(*byte)) {
            at = at.saturating_add(line.len()).saturating_add(1);
        } else if at == range.start && is_prose(rest, line.len()) {
            first.get_or_insert(at);
            at = at.saturating_add(line.len());
            body = at;
        } else {
            break;
        }
    }
    let dropped = first.filter(|_| encryption.is_none()).map(|first| first..body);
    (Headers { encryption, dropped }, body..range.end)
}

/// Returns true if the value begins behind the first line, which is this long, and not in it.
fn is_prose(text: &[u8], len: usize) -> bool {
    let begins = |at: usize| {
        let blanks = leading_space(text.get(at..).unwrap_or_default());
        Head::at(text, at.saturating_add(blanks), text.len()).is_some()
    };
    !begins(0) && begins(len)
}

struct Header<'a> {
    name: &'a [u8],
    value: &'a [u8],
    /// How many bytes of the line it takes.
    len: usize,
}

impl<'a> Header<'a> {
    fn read(line: &'a [u8]) -> Option<Self> {
        let colon = memchr::memchr(b':', line)?;
        let name = line.get(..colon)?.trim_ascii();
        let is_name =
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' '));
        let after = line.get(colon.checked_add(1)?..)?;
        let value = after.trim_ascii();
        // The values of these two are one word each, and what follows may share their line.
        let is_word = [b"Proc-Type".as_slice(), b"DEK-Info"].iter().any(|known| name.eq_ignore_ascii_case(known));
        let word = value.split(|byte| is_space(*byte)).next().filter(|_| is_word);
        let rest = value.len().saturating_sub(word.unwrap_or(value).len());
        let blanks = after.len().saturating_sub(after.trim_ascii_end().len());
        let len = if word.is_some() { line.len().checked_sub(rest)?.checked_sub(blanks)? } else { line.len() };
        is_name.then_some(Self { name, value: word.unwrap_or(value), len })
    }
}

/// `AES-256-CBC,0123456789ABCDEF0123456789ABCDEF` (RFC 1421, section 4.6.1.3).
fn dek_info(value: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut parts = core::str::from_utf8(value).ok()?.splitn(2, ',');
    let cipher = parts.next()?.trim();
    let digits = parts.next()?.trim();
    let is_name = |name: &str| {
        (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let pairs = digits.as_bytes().chunks(2);
    let iv = pairs.map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()).collect::<Option<_>>()?;
    (is_name(cipher) && digits.len() <= 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .then(|| (cipher.to_owned(), iv))
}
