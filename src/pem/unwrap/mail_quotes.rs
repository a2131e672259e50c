//! Quote marks at the beginning of lines: `> `, `>> `, ` > > `.

use super::rewrite::rewrite_lines;
use crate::pem::line::Lines;
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

/// Returns true if two lines begin with a quote mark, or one that begins a block. A `>` that ends an XML tag
/// may begin a line too, but hardly two.
pub(super) fn is_there(bytes: &[u8]) -> bool {
    if memchr::memchr(b'>', bytes).is_none() {
        return false;
    }
    let mut quoted = 0usize;
    for line in Lines::new(bytes, &(0..bytes.len())).filter_map(|line| bytes.get(line)) {
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

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_lines(text, RepairCode::MailQuotes, |line, _| quote_prefix(line));
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
