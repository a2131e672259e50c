//! Plus signs that became blanks, as in a form that was sent without encoding them.

use super::alphabet::is_base64;
use super::body::{Body, is_comment};
use super::head::Head;
use super::repair::RepairCode;
use crate::secret::Wiped;
use core::ops::Range;

/// What blanks of a body can have been.
pub(crate) enum Reading {
    /// Each of these was a plus sign: nothing else makes up for what is missing.
    Restored(Body),
    /// Some of the blanks were plus signs, and nothing tells which; the first blank, and the last.
    Ambiguous(Range<usize>, Range<usize>),
}

/// Shorter content has no plus sign by chance.
const SHORTEST: usize = 256;

/// Reads a body with blanks as plus signs where its lines then are as long as they have to be; `None` if no line ends there.
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
    let last = lines(bytes, &body.range).find(is_end)?;
    let range = body.range.start..last.end;
    let has_plus = bytes.get(range.clone())?.contains(&b'+');
    (count == wanted && !places.is_empty() && !has_plus).then(|| with_plus_signs(bytes, body, &range, &places))
}

/// Reads a body that is too short with blanks as plus signs; `None` if it has plus signs, or too few blanks.
pub(crate) fn restore(bytes: &[u8], body: &Body, head: Head) -> Option<Reading> {
    let lost = head.characters().checked_sub(body.characters.len()).filter(|lost| *lost > 0)?;
    let has_plus = body.characters.contains(&b'+');
    let range = body.range.start..line_end(bytes, body.range.end);
    let all = blanks(bytes, &range);
    if has_plus || all.len() < lost || head.characters() < SHORTEST {
        return None;
    }
    let mut readings =
        [all.clone(), inner(bytes, &all), within_lines(bytes, &range, 64), within_lines(bytes, &range, 76)];
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

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at.saturating_add(rest.iter().take_while(|byte| **byte == b' ').count())
}

/// Every blank of the body; those of comments are none.
fn blanks(bytes: &[u8], range: &Range<usize>) -> Vec<usize> {
    let lines = lines(bytes, range).filter(|line| !is_comment(bytes, line));
    let blanks = lines.flat_map(|line| {
        let text = bytes.get(line.clone()).unwrap_or_default();
        memchr::memchr_iter(b' ', text).map(move |index| line.start.saturating_add(index))
    });
    blanks.collect()
}

fn lines(bytes: &[u8], range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    let text = bytes.get(range.clone()).unwrap_or_default();
    text.split(|byte| matches!(byte, b'\n' | b'\r')).map(move |line| {
        let end = start.saturating_add(line.len());
        let line = start..end;
        start = end.saturating_add(1);
        line
    })
}

/// Those with content on both sides, other blanks aside.
fn inner(bytes: &[u8], blanks: &[usize]) -> Vec<usize> {
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or_default();
    let is_inside = |at: &&usize| is_base64(byte(at.checked_sub(1))) && is_base64(byte(at.checked_add(1)));
    blanks.iter().filter(is_inside).copied().collect()
}

/// Those that stand within lines of this width, where a blank joined the lines.
fn within_lines(bytes: &[u8], range: &Range<usize>, width: usize) -> Vec<usize> {
    let mut column = 0usize;
    let mut places = Vec::new();
    for (index, byte) in bytes.get(range.clone()).unwrap_or_default().iter().enumerate() {
        match byte {
            b'\n' | b'\r' => column = 0,
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

fn with_plus_signs(bytes: &[u8], body: &Body, range: &Range<usize>, places: &[usize]) -> Body {
    let mut characters = Wiped::with_capacity(range.len());
    let mut places = places.iter().copied().peekable();
    for at in lines(bytes, range).filter(|line| !is_comment(bytes, line)).flatten() {
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
