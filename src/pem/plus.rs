//! Plus signs that became blanks, as in a web form that was sent without encoding them.

use super::base64::is_base64;
use super::body::{Body, is_comment};
use super::head::Head;
use super::line::{LINE_WIDTH, Lines};
use super::repair::RepairCode;
use super::space::is_line_break;
use crate::secret::Wiped;
use core::ops::Range;

/// A reading of a body in which blanks are plus signs.
pub(crate) enum Reading {
    /// The only blanks that can have been plus signs are plus signs again.
    Restored(Body),
    /// Some of the blanks were plus signs, and nothing tells which. The places are the first blank and the last.
    Ambiguous(Range<usize>, Range<usize>),
}

/// In characters. A shorter body may have no plus signs at all.
const SHORTEST: usize = 256;

/// Reads every blank inside a line as a plus sign, if the body then ends with the end of a line; else `None`.
pub(crate) fn restore_lines(bytes: &[u8], body: &Body, head: Head) -> Option<Body> {
    let wanted = head.characters();
    if wanted < SHORTEST || !body.flaws.iter().any(|(code, _)| *code == RepairCode::Blanks) {
        return None;
    }
    let (mut count, mut places) = (0usize, Vec::new());
    let is_end = |line: &Range<usize>| {
        let text = bytes.get(line.clone()).unwrap_or_default();
        let indent = text.len().saturating_sub(text.trim_ascii_start().len());
        for (index, byte) in
            text.trim_ascii().iter().enumerate().filter(|(_, byte)| is_base64(**byte) || **byte == b' ')
        {
            count = count.saturating_add(1);
            let at = line.start.saturating_add(indent).saturating_add(index);
            places.extend(Some(at).filter(|_| *byte == b' '));
        }
        count >= wanted
    };
    let last = Lines::new(bytes, &body.range).find(is_end)?;
    let range = body.range.start..last.end;
    let has_plus = bytes.get(range.clone())?.contains(&b'+');
    (count == wanted && !places.is_empty() && !has_plus).then(|| with_plus_signs(bytes, body, &range, &places))
}

/// Reads blanks of a body that is too short as plus signs; `None` if it has plus signs, or too few blanks.
pub(crate) fn restore(bytes: &[u8], body: &Body, head: Head) -> Option<Reading> {
    let lost = head.characters().checked_sub(body.characters.len()).filter(|lost| *lost > 0)?;
    let has_plus = body.characters.contains(&b'+');
    let range = body.range.start..end_of_blanks(bytes, body.range.end);
    let all = blanks(bytes, &range);
    if has_plus || all.len() < lost || head.characters() < SHORTEST {
        return None;
    }
    let mut readings = [
        all.clone(),
        inner(bytes, &all),
        within_lines(bytes, &range, LINE_WIDTH),
        within_lines(bytes, &range, MIME_LINE_WIDTH),
    ];
    readings.sort();
    let mut fitting = readings.into_iter().filter(|places| places.len() == lost).collect::<Vec<_>>();
    fitting.dedup();
    match fitting.as_slice() {
        [places] => Some(Reading::Restored(with_plus_signs(bytes, body, &range, places))),
        _ => {
            let place = |at: Option<&usize>| at.map_or(range.clone(), |at| *at..at.saturating_add(1));
            Some(Reading::Ambiguous(place(all.first()), place(all.last())))
        }
    }
}

/// RFC 2045, section 6.8: the width of the lines of a mail.
const MIME_LINE_WIDTH: usize = 76;

fn end_of_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at.saturating_add(rest.iter().take_while(|byte| **byte == b' ').count())
}

/// Where the blanks of the body stand; comments are not of the body.
fn blanks(bytes: &[u8], range: &Range<usize>) -> Vec<usize> {
    let blanks = content_lines(bytes, range).flat_map(|line| {
        let text = bytes.get(line.clone()).unwrap_or_default();
        memchr::memchr_iter(b' ', text).map(move |index| line.start.saturating_add(index))
    });
    blanks.collect()
}

fn content_lines(bytes: &[u8], range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    Lines::new(bytes, range).filter(|line| !is_comment(bytes, line))
}

/// The blanks with a base64 character on both sides.
fn inner(bytes: &[u8], blanks: &[usize]) -> Vec<usize> {
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or_default();
    let is_inside = |at: &&usize| is_base64(byte(at.checked_sub(1))) && is_base64(byte(at.checked_add(1)));
    blanks.iter().filter(is_inside).copied().collect()
}

/// The blanks that stand inside lines of this width, where a blank took the place of each line break.
fn within_lines(bytes: &[u8], range: &Range<usize>, width: usize) -> Vec<usize> {
    let mut column = 0usize;
    let mut places = Vec::new();
    for (index, byte) in bytes.get(range.clone()).unwrap_or_default().iter().enumerate() {
        match byte {
            byte if is_line_break(*byte) => column = 0,
            b' ' if column == width => column = 0,
            _ => {
                if *byte == b' ' {
                    places.push(range.start.saturating_add(index));
                }
                column = column.saturating_add(1);
            }
        }
    }
    places
}

/// The body with a plus sign at each of these places.
fn with_plus_signs(bytes: &[u8], body: &Body, range: &Range<usize>, places: &[usize]) -> Body {
    let mut characters = Wiped::with_capacity(range.len());
    let mut places = places.iter().copied().peekable();
    for at in content_lines(bytes, range).flatten() {
        let byte = bytes.get(at).copied().unwrap_or_default();
        if places.next_if_eq(&at).is_some() {
            characters.push(b'+');
        } else if is_base64(byte) {
            characters.push(byte);
        }
    }
    let mut flaws = body.flaws.clone();
    flaws.push((RepairCode::PlusSigns, range.clone()));
    Body { characters, padding: body.padding, range: range.clone(), flaws, ..Body::default() }
}
