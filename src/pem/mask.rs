//! What people put in the place of base64 that they do not want to show: ellipses, asterisks, rows of X, `[redacted]`.

use super::base64::is_base64;
use super::line::first_line;
use super::space::is_space;
use super::text::MASK;
use core::ops::Range;

/// The mask that begins here: an ellipsis, asterisks or bullets, or words such as `[redacted]` and `--- snip ---`.
pub(super) fn mask_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 80;
    let rest = bytes.get(at..)?;
    let line = first_line(rest.get(..LONGEST.min(rest.len()))?);
    let &first = line.first()?;
    let run = line.iter().take_while(|byte| **byte == first).count();
    let len = match first {
        MASK => run,
        b'.' | b'*' if run >= 2 => run,
        b'#' | b'_' if run >= 3 => run,
        b'[' => bracketed(line, b']')?,
        b'(' => bracketed(line, b')')?,
        b'{' => bracketed(line, b'}')?,
        b'<' => bracketed(line, b'>')?,
        _ if !is_base64(first) && first != b'=' && tells_of_masking(line) => line.len(),
        _ => return None,
    };
    Some(at..at.saturating_add(len))
}

/// The length of a mask in brackets.
fn bracketed(line: &[u8], closing: u8) -> Option<usize> {
    let len = memchr::memchr(closing, line)?.checked_add(1)?;
    let inside = line.get(1..len.checked_sub(1)?)?;
    let is_ellipsis = inside.first().is_some_and(|first| matches!(*first, MASK | b'.' | b'*'));
    (is_ellipsis || tells_of_masking(line.get(..len)?)).then_some(len)
}

/// Returns true if a line says that something is left out, or that the reader should put something in.
fn tells_of_masking(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 10] = [
        b"redact",
        b"snip",
        b"truncat",
        b"omitt",
        b"hidden",
        b"masked",
        b"removed",
        b"shortened",
        b"placeholder",
        b"your ",
    ];
    let line = line.to_ascii_lowercase();
    WORDS.iter().any(|word| memchr::memmem::find(&line, word).is_some())
}

/// Returns true if base64 that begins as DER does is masked behind its first characters, which are too few to be read.
pub(super) fn masked_beginning(text: &[u8]) -> bool {
    // SEQUENCEs of more than 127 bytes.
    const BEGINNINGS: [&[u8]; 3] = [b"MII", b"MIG", b"MIH"];
    const MOST: usize = 64;
    const MOST_TRIED: usize = 1024;
    memchr::memmem::find_iter(text, b"MI").take(MOST_TRIED).any(|at| {
        let is_inside = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|byte| is_base64(*byte));
        let rest = text.get(at..).unwrap_or_default();
        let run = rest.iter().take(MOST).take_while(|byte| is_base64(**byte)).count();
        let is_beginning = BEGINNINGS.iter().any(|beginning| rest.starts_with(beginning)) && run < MOST;
        !is_inside
            && is_beginning
            && !rest.get(run).is_some_and(|byte| is_space(*byte))
            && mask_at(text, at.saturating_add(run)).is_some()
    })
}

/// Returns true if a text has a row of X that is longer than a placeholder for a number.
pub(super) fn has_row_of_x(text: &[u8]) -> bool {
    const FEWEST: usize = 16;
    let is_row = |run: &[u8]| run.len() >= FEWEST && run.iter().all(|byte| matches!(byte, b'X' | b'x'));
    text.split(|byte| !byte.is_ascii_alphanumeric()).any(is_row)
}

/// A row of X, dashes or underscores inside the base64, also across line breaks. Random base64 has one in 5,000
/// certificates.
pub(super) fn mask_inside(bytes: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    const FEWEST: usize = 4;
    let mut start = range.start;
    let mut count = 0usize;
    let mut end = range.start;
    for (index, byte) in bytes.get(range.clone())?.iter().enumerate().filter(|(_, byte)| !is_space(**byte)) {
        let at = range.start.saturating_add(index);
        let is_same = count > 0 && bytes.get(start) == Some(byte);
        if is_same {
            count = count.saturating_add(1);
            end = at.saturating_add(1);
        } else if count >= FEWEST {
            break;
        } else {
            count = usize::from(matches!(byte, b'X' | b'x' | b'-' | b'_'));
            start = at;
        }
    }
    (count >= FEWEST).then_some(start..end)
}
