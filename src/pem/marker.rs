//! The BEGIN and END lines of RFC 7468, however people bent them.

use super::label::Label;
use super::repair::RepairCode;
use super::space::{is_blank, is_line_break};
use super::stretch;
use core::ops::Range;

/// Whether a line begins or ends a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Begin,
    End,
}

/// A BEGIN or END line found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    pub(crate) side: Side,
    /// Where it stands, with its dashes.
    pub(crate) range: Range<usize>,
    /// Where its label stands.
    pub(crate) label: Range<usize>,
    /// The label, if the reader knows it.
    pub(crate) known: Option<Label>,
    /// What is not as RFC 7468 wants it.
    pub(crate) flaws: Vec<RepairCode>,
    /// Where `BEGIN` or `END` stands.
    word: Range<usize>,
}

/// The search ends after so many markers; their blocks exceed the limit of blocks already.
const MAX_MARKERS: usize = 4 * crate::limits::MAX_BLOCKS;

/// The most dashes and blanks on each side of a label.
const MAX_DASHES: usize = 80;
/// The longest label in bytes, with the blanks and line breaks around and inside it.
const MAX_LABEL: usize = 64;

/// All markers of a text, in its order.
pub(crate) fn find_markers(bytes: &[u8]) -> Vec<Marker> {
    let mut markers: Vec<Marker> = Vec::new();
    for at in word_places(bytes) {
        let Some(mut marker) = marker_around(bytes, at) else { continue };
        match markers.last_mut() {
            Some(previous) if previous.word.end >= marker.word.start => continue,
            Some(previous) => separate(previous, &mut marker),
            None => {}
        }
        markers.push(marker);
        if markers.len() >= MAX_MARKERS {
            break;
        }
    }
    for marker in &mut markers {
        note_flaws(bytes, marker);
    }
    markers
}

/// Where `BEGIN` and `END` have their letter E. The search is for three letters: base64 has an E in every 32 characters, and
/// to check each would take longer than decoding.
fn word_places(bytes: &[u8]) -> impl Iterator<Item = usize> {
    stretch::threes(bytes, |one, two, three| {
        let (two, three) = (two | 0x20, three | 0x20);
        ((one | 0x20) == b'e') & (((two == b'n') & (three == b'd')) | ((two == b'g') & (three == b'i')))
    })
}

/// Divides the dashes that two markers on one line share: five go to the first.
fn separate(previous: &mut Marker, next: &mut Marker) {
    if previous.range.end > next.range.start {
        let shared = previous.label.end.max(previous.word.end);
        let dashes = next.word.start.saturating_sub(shared);
        let first = if dashes >= 10 { 5 } else { dashes.div_ceil(2) };
        previous.range.end = shared.saturating_add(first);
        next.range.start = previous.range.end;
        next.flaws.push(RepairCode::HeaderGlued);
    }
}

/// The marker whose word, `BEGIN` or `END`, has its letter E at this place.
fn marker_around(bytes: &[u8], at: usize) -> Option<Marker> {
    let (side, word) = word_around(bytes, at)?;
    let left = dashes_before(bytes, word.start);
    let at_line_start = bytes.get(..left.start).is_none_or(|before| {
        before.iter().rev().find(|byte| !is_blank(**byte)).is_none_or(|byte| is_line_break(*byte))
    });
    let (label, known) = label_after(bytes, word.end)?;
    let right = dashes_after(bytes, label.end);
    let (left_count, right_count) = (count_dashes(bytes, &left), count_dashes(bytes, &right));
    let ends_line = bytes.get(right.end).is_none_or(|byte| is_line_break(*byte));
    let content_follows = bytes.get(label.end) == Some(&b'M');
    let is_marker = match known {
        Some(_) if left_count > 0 => right_count > 0 || ends_line || content_follows,
        Some(_) => right_count >= 2 || (at_line_start && (ends_line || content_follows)),
        None => left_count >= 2 && right_count >= 2,
    };
    is_marker.then(|| Marker { side, range: left.start..right.end, label, known, flaws: Vec::new(), word })
}

fn word_around(bytes: &[u8], at: usize) -> Option<(Side, Range<usize>)> {
    let is_word = |start: usize, word: &[u8]| {
        let end = start.checked_add(word.len())?;
        bytes.get(start..end)?.eq_ignore_ascii_case(word).then_some(start..end)
    };
    if let Some(range) = at.checked_sub(1).and_then(|start| is_word(start, b"BEGIN")) {
        return Some((Side::Begin, range));
    }
    let range = is_word(at, b"END")?;
    let inside_a_word = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphabetic);
    // An END right behind a letter is a part of a word.
    (!inside_a_word).then_some((Side::End, range))
}

/// The dashes before a word, with the blanks among them.
fn dashes_before(bytes: &[u8], word: usize) -> Range<usize> {
    let before = bytes.get(word.saturating_sub(MAX_DASHES)..word).unwrap_or_default();
    let len = before.iter().rev().take_while(|byte| **byte == b'-' || is_blank(**byte)).count();
    let start = word.saturating_sub(len);
    let blanks = bytes.get(start..word).unwrap_or_default().iter().take_while(|byte| is_blank(**byte)).count();
    start.saturating_add(blanks)..word
}

/// The dashes after a label, with the blanks among them.
fn dashes_after(bytes: &[u8], label: usize) -> Range<usize> {
    let after = bytes.get(label..).unwrap_or_default();
    let after = after.get(..MAX_DASHES.min(after.len())).unwrap_or_default();
    let len = after.iter().take_while(|byte| **byte == b'-' || is_blank(**byte)).count();
    let used = after.get(..len).unwrap_or_default();
    let trailing = used.iter().rev().take_while(|byte| is_blank(**byte)).count();
    label..label.saturating_add(len.saturating_sub(trailing))
}

fn count_dashes(bytes: &[u8], range: &Range<usize>) -> usize {
    bytes.get(range.clone()).unwrap_or_default().iter().filter(|byte| **byte == b'-').count()
}

/// The label after the word: a known one however it is spaced, or any other in capitals.
fn label_after(bytes: &[u8], word_end: usize) -> Option<(Range<usize>, Option<Label>)> {
    let after = bytes.get(word_end..)?;
    let window = after.get(..MAX_LABEL.min(after.len()))?;
    let start = window.iter().position(|byte| !is_blank(*byte) && !is_line_break(*byte))?;
    let text = window.get(start..)?;
    let (known, len) = match Label::at_start(text) {
        Some((label, len)) => (Some(label), len),
        None => (None, unknown_label_len(text)),
    };
    let begin = word_end.checked_add(start)?;
    (len > 0).then_some((begin..begin.checked_add(len)?, known))
}

fn unknown_label_len(text: &[u8]) -> usize {
    let is_label = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b'#');
    let len = text.iter().take_while(|byte| is_label(byte)).count();
    text.get(..len).unwrap_or_default().trim_ascii_end().len()
}

/// Notes what is not as RFC 7468 wants it.
fn note_flaws(bytes: &[u8], marker: &mut Marker) {
    let left = marker.range.start..marker.word.start;
    let right = marker.label.end..marker.range.end;
    let five = |range: &Range<usize>| count_dashes(bytes, range) == 5;
    if !five(&left) || !five(&right) {
        marker.flaws.push(RepairCode::Dashes);
    }
    let text = |range: Range<usize>| bytes.get(range).unwrap_or_default();
    let has_blank = |range: &Range<usize>| text(range.clone()).iter().any(|byte| *byte != b'-');
    let label = text(marker.label.clone());
    let has_one_blank = text(marker.word.end..marker.label.start) == b" ";
    let is_spaced_well = marker.known.is_none_or(|known| label.eq_ignore_ascii_case(known.as_str().as_bytes()));
    if has_blank(&left) || has_blank(&right) || !has_one_blank || !is_spaced_well {
        marker.flaws.push(RepairCode::LabelBlanks);
    }
    let lower = |text: &[u8]| text.iter().any(u8::is_ascii_lowercase);
    if lower(text(marker.word.clone())) || lower(label) {
        marker.flaws.push(RepairCode::LabelCase);
    }
}
