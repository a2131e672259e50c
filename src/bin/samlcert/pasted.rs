//! Tells the text of a key from the name of a file in the arguments: such a text is never repeated in a message.

use std::ffi::OsStr;
use std::path::{Path, is_separator};

/// Keys have longer runs of base64 or hexadecimal digits than names of files.
const LONGEST_RUN: usize = 31;
/// A dot within so many characters from the end begins an extension.
const LONGEST_EXTENSION: usize = 12;

pub(crate) const MESSAGE: &str = "the text of a certificate, key or fingerprint was given where something else is needed; \
                                  put it into a file and name that, or pass it on standard input with -";

/// The name of a file in messages; `None` if it looks like a key.
pub(crate) fn name(argument: &OsStr) -> Option<String> {
    (!is_pasted(argument)).then(|| crate::page::escape(&argument.to_string_lossy()))
}

/// Returns true if an argument looks like pasted text, and not like the name of a file or anything else that people type.
pub(crate) fn is_pasted(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    // Entity IDs and endpoints.
    if [&b"https://"[..], b"http://", b"urn:"].iter().any(|begin| bytes.starts_with(begin)) {
        return false;
    }
    let is_marked = bytes.windows(5).any(|window| window.eq_ignore_ascii_case(b"BEGIN"));
    is_marked || longest_run(bytes, is_path(argument)) > LONGEST_RUN || bytes.iter().any(|byte| b"\r\n".contains(byte))
}

/// The longest run of base64 or hexadecimal digits, grouped or not.
fn longest_run(bytes: &[u8], is_path: bool) -> usize {
    let (mut run, mut longest) = (0usize, 0);
    for byte in bytes {
        match byte {
            b' ' | b'\t' | b':' | b',' => {}
            // A slash separates the parts of a path, and is a base64 digit as well.
            b'/' if is_path => run = 0,
            b'+' | b'-' | b'_' | b'=' | b'/' => run = run.saturating_add(1),
            _ if byte.is_ascii_alphanumeric() => run = run.saturating_add(1),
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

/// Returns true if an argument begins or ends like the path of a file.
fn is_path(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    let has_extension = text.chars().rev().take(LONGEST_EXTENSION).any(|c| c == '.');
    has_extension || text.starts_with(['.', '~']) || text.starts_with(is_separator) || Path::new(argument).is_absolute()
}
