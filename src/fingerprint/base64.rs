//! Digests in base64 or base64url (RFC 4648, sections 4 and 5), padded or not.

use super::der;
use super::error::FingerprintError;
use super::label::{self, Label};
use super::length::{algorithm_of, base64_characters, nearest};
use super::text::{Mark, Text};
use crate::digest::HashAlgorithm;
use core::ops::Range;
use zeroize::Zeroizing;

/// In characters. Shorter runs are words, not base64.
const SHORTEST: usize = 20;

/// The runs that are as long as digests in base64. A digest that is broken over lines has several ranges.
pub(super) fn find(text: &Text) -> Vec<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut runs = runs(text).into_iter().peekable();
    while let Some(run) = runs.next() {
        if run.len() < SHORTEST || is_hexadecimal(text, run.clone()) {
            continue;
        }
        let mut parts = vec![run];
        while let Some(next) = runs.next_if(|next| parts.last().is_some_and(|last| continues(text, last, next))) {
            parts.push(next);
        }
        let is_digest = |len| algorithm_of(len, base64_characters).is_some();
        if parts.iter().all(|part| is_digest(part.len())) {
            found.extend(parts.into_iter().map(|part| vec![part]));
        } else if is_digest(parts.iter().map(Range::len).sum()) {
            found.push(parts);
        }
    }
    found
}

/// The runs of base64 characters, without the name of an algorithm that begins them, as in `sha256/…` and `sha256-…`.
fn runs(text: &Text) -> Vec<Range<usize>> {
    let mut runs = text.runs(|c| value(c).is_some());
    for run in &mut runs {
        if let Some(name) = label::name_len(text, run.clone()) {
            let behind = run.start.saturating_add(name);
            let joints = text.chars(behind..run.end).take_while(|c| *c == '/').count().clamp(0, 2);
            let is_dash = joints == 0 && text.char_at(behind) == Some('-');
            let joints = if is_dash { 1 } else { joints };
            if joints > 0 {
                run.start = behind.saturating_add(joints).min(run.end);
            }
        }
    }
    runs
}

/// Returns true if a run is hexadecimal, even with a few mistyped digits. Random base64 hardly ever looks like that.
fn is_hexadecimal(text: &Text, run: Range<usize>) -> bool {
    let digits = text.chars(run.clone()).filter(char::is_ascii_hexdigit).count();
    digits.saturating_mul(8) >= run.len().saturating_mul(7)
}

/// Returns true if `next` is the rest of `last` in the next line, and not a word of the text.
fn continues(text: &Text, last: &Range<usize>, next: &Range<usize>) -> bool {
    let between = text.chars(last.end..next.start);
    let is_broken = between.clone().all(|c| matches!(c, ' ' | '\n')) && between.clone().any(|c| c == '\n');
    let is_word = next.len() < SHORTEST
        && text.chars(next.clone()).all(|c| c.is_ascii_alphabetic())
        && text.char_at(next.end) != Some('=');
    is_broken && !is_word
}

fn value(c: char) -> Option<u8> {
    let byte = u8::try_from(c).ok()?;
    match byte {
        b'A'..=b'Z' => byte.checked_sub(b'A'),
        b'a'..=b'z' => byte.checked_sub(b'a')?.checked_add(26),
        b'0'..=b'9' => byte.checked_sub(b'0')?.checked_add(52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Returns true if a line is as long as the lines of PEM (RFC 7468, section 2).
pub(super) fn may_be_pem(parts: &[Range<usize>]) -> bool {
    const LINE_WIDTH: usize = 64;
    parts.iter().any(|part| part.len() == LINE_WIDTH)
}

/// Decodes what [`find`] found.
pub(super) fn decode(
    text: &Text,
    parts: &[Range<usize>],
    named: Option<HashAlgorithm>,
) -> Result<Zeroizing<Vec<u8>>, FingerprintError> {
    let actual = algorithm_of(parts.iter().map(Range::len).sum(), base64_characters);
    // Padding behind the last line shows that the lines belong together.
    let is_one = parts.last().is_some_and(|last| text.char_at(last.end) == Some('=')) || named == actual;
    let is_digest = |part: &Range<usize>| algorithm_of(part.len(), base64_characters).is_some();
    match parts {
        [first, second, ..] if !is_one && is_digest(first) => {
            return Err(FingerprintError::Several { span: text.span(second.clone()) });
        }
        _ => {}
    }
    let (bytes, rest) = bytes(text, parts);
    let last = parts.last().and_then(|part| part.end.checked_sub(1)).unwrap_or(0);
    match rest {
        0 => Ok(bytes),
        _ => Err(FingerprintError::LastCharacter { span: text.span(last..last.saturating_add(1)) }),
    }
}

/// The whole bytes, and the bits left over.
fn bytes(text: &Text, parts: &[Range<usize>]) -> (Zeroizing<Vec<u8>>, u32) {
    // They may be those of a key: take all the room at once, since growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(parts.iter().map(Range::len).sum()));
    let (mut bits, mut held) = (0u32, 0u32);
    for value in parts.iter().flat_map(|part| text.chars(part.clone())).filter_map(value) {
        bits = bits.wrapping_shl(6) | u32::from(value);
        held = held.wrapping_add(6);
        if held >= 8 {
            held = held.wrapping_sub(8);
            bytes.push(bits.wrapping_shr(held).to_le_bytes()[0]);
            bits &= 1u32.wrapping_shl(held).wrapping_sub(1);
        }
    }
    (bytes, bits)
}

/// What is wrong with the longest run of a text without a digest; `None` if it does not look like base64.
pub(super) fn fault(text: &Text) -> Option<FingerprintError> {
    let run = runs(text).into_iter().max_by_key(Range::len)?;
    let label = match Label::of(text, run.clone()) {
        Ok(label) => label,
        Err(error) => return Some(error),
    };
    let is_word = run.len() < SHORTEST || text.chars(run.clone()).all(|c| c.is_ascii_alphabetic());
    if run.is_empty() || (is_word && !label.wants_base64) {
        return None;
    }
    if der::is_der(&bytes(text, core::slice::from_ref(&run)).0) {
        return Some(FingerprintError::Der { span: text.span(run) });
    }
    if let Some(mark) = stranger(text, &run) {
        return Some(FingerprintError::Character { found: mark.c, span: mark.at });
    }
    let named = label.algorithm.map(|(algorithm, _)| algorithm);
    let nearest = named.unwrap_or_else(|| nearest(run.len(), base64_characters));
    Some(FingerprintError::Base64Length { characters: run.len(), nearest, span: text.span(run) })
}

/// The character between a run and more base64 on the same line.
fn stranger<'a>(text: &'a Text, run: &Range<usize>) -> Option<&'a Mark> {
    let cuts = |index: usize, beyond: Option<usize>| {
        let [mark] = text.get(index..index.saturating_add(1)) else { return None };
        let is_cut = beyond.and_then(|beyond| text.char_at(beyond)).is_some_and(|c| value(c).is_some());
        (is_cut && value(mark.c).is_none() && !matches!(mark.c, ' ' | '\n' | '=' | ':' | '"' | '\'')).then_some(mark)
    };
    let before = run.start.checked_sub(1);
    cuts(run.end, run.end.checked_add(1)).or_else(|| before.and_then(|before| cuts(before, before.checked_sub(1))))
}
