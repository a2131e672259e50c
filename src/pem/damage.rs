//! Names what happened to a body whose length or content is wrong, as closely as its lines and its DER allow.

use super::base64::{bytes_in, character_of, is_any_base64, is_base64, place_of};
use super::body::{Body, Extent, gather};
use super::fault::{OtherKind, TextFault};
use super::foreign;
use super::head::Head;
use super::line::{LINE_WIDTH, Lines, line_end};
use super::soundness::{MOST_TRIED_CHARACTERS, first_fault};
use super::tampering;
use core::ops::Range;
use zeroize::Zeroizing;

/// How many bytes are inspected besides four times the length of the value.
const FURTHER: usize = 4096;

/// A line of a body that is not empty.
struct Line {
    /// Its place in the text.
    range: Range<usize>,
    /// Its share of the body's characters.
    characters: Range<usize>,
}

/// A body under inspection.
struct Inspection<'t> {
    bytes: &'t [u8],
    body: Body,
    lines: Vec<Line>,
    head: Head,
}

/// Explains the damage of the body that begins in this range; the place is within the text.
pub(crate) fn explain(bytes: &[u8], range: Range<usize>, head: Head) -> (TextFault, Range<usize>) {
    // The limit keeps the time linear where many damaged blocks follow each other.
    let furthest = range.start.saturating_add(head.characters().saturating_mul(4)).saturating_add(FURTHER);
    let range = range.start..range.end.min(furthest);
    let body = gather(bytes, range.clone(), Extent::Whole);
    let lines = lines_of(bytes, &body);
    let inspection = Inspection { bytes, body, lines, head };
    let stop = inspection.body.stopped_at.filter(|at| Head::at(bytes, *at, range.end).is_some());
    if let Some(at) = inspection.body.second.or(stop) {
        return (TextFault::TwoInOneBlock, at..at.saturating_add(1));
    }
    let stop = inspection.body.stopped_at.and_then(|at| tampering::of_stop(bytes, range, at));
    if let Some(named) = stop.or_else(|| tampering::of_body(bytes, &inspection.body, Some(head))) {
        return named;
    }
    let (given, wanted) = (inspection.body.characters.len(), head.characters());
    match given.cmp(&wanted) {
        core::cmp::Ordering::Greater => inspection.too_long(given, wanted),
        core::cmp::Ordering::Less => inspection.too_short(given, wanted),
        core::cmp::Ordering::Equal => inspection.right_length(),
    }
}

/// Explains why a body cannot go on at this place of its range.
pub(crate) fn explain_stop(bytes: &[u8], at: usize, range: Range<usize>) -> (TextFault, Range<usize>) {
    let character = at..at.saturating_add(1);
    if !bytes.get(at).is_some_and(|byte| is_base64(*byte) || *byte == b'=') {
        return tampering::of_stop(bytes, range, at).unwrap_or((TextFault::InvalidCharacter, character));
    }
    // More base64 after the padding.
    let line = at..line_end(bytes, &(at..range.end));
    let text = bytes.get(line.clone()).unwrap_or_default();
    let before = bytes.get(range.start..at).unwrap_or_default().trim_ascii_end();
    let body = gather(bytes, range.start..at, Extent::Whole);
    let is_complete = Head::of(&body.characters).is_some_and(|head| head.characters() == body.characters.len());
    if Head::at(bytes, at, range.end).is_some() {
        (TextFault::TwoInOneBlock, character)
    } else if before.ends_with(text) {
        (TextFault::LineDoubled, line)
    } else if is_complete {
        (TextFault::TrailingData, character)
    } else {
        (TextFault::InvalidBase64, character)
    }
}

/// Explains a body that does not begin as DER does.
pub(crate) fn explain_beginning(bytes: &[u8], body: &Body) -> (TextFault, Range<usize>) {
    let whole = body.range.clone();
    let token = foreign::jwt_around(bytes, whole.start).map(|token| (TextFault::Other(OtherKind::Jwt), token));
    token.or_else(|| tampering::of_body(bytes, body, None)).unwrap_or((TextFault::NotDer, whole))
}

fn lines_of(bytes: &[u8], body: &Body) -> Vec<Line> {
    let mut count = 0usize;
    let lines = Lines::new(bytes, &body.range).filter_map(|range| {
        let width = bytes.get(range.clone())?.iter().filter(|byte| is_any_base64(**byte)).count();
        let characters = count..count.saturating_add(width);
        count = characters.end;
        (width > 0).then_some(Line { range, characters })
    });
    lines.collect()
}

impl Inspection<'_> {
    fn too_long(&self, given: usize, wanted: usize) -> (TextFault, Range<usize>) {
        if let Some(line) = self.doubled_line(given.saturating_sub(wanted)) {
            return (TextFault::LineDoubled, line);
        }
        let surplus = given.saturating_sub(wanted);
        if let Some(line) = self.odd_line(|width| width.checked_add(surplus)) {
            return (TextFault::CharacterInserted { surplus }, line);
        }
        let is_second = self.body.characters.get(wanted..).and_then(Head::of).is_some();
        if is_second {
            return (TextFault::TwoInOneBlock, self.place(wanted));
        }
        match self.first_fault() {
            Some(at) if character_of(at) < wanted => (TextFault::Damaged, self.place(character_of(at))),
            _ => (TextFault::TrailingData, self.place(wanted)),
        }
    }

    fn too_short(&self, given: usize, wanted: usize) -> (TextFault, Range<usize>) {
        let lost = wanted.saturating_sub(given);
        let total = self.head.total;
        let missing = total.saturating_sub(bytes_in(given));
        let fault = self.first_fault();
        if let Some(line) = self.odd_line(|width| width.checked_sub(lost)) {
            return (TextFault::CharacterLost { missing: lost }, line);
        }
        let Some(at) = fault else {
            let end = self.body.range.end;
            return (TextFault::Truncated { missing, total }, end.saturating_sub(1)..end);
        };
        let place = self.place(character_of(at));
        match self.width().and_then(|width| lost.checked_div(width).filter(|_| lost.checked_rem(width) == Some(0))) {
            Some(lines) => (TextFault::LineMissing { missing, lines }, place),
            None if lost == 1 => (TextFault::CharacterLost { missing: lost }, place),
            None => (TextFault::Damaged, place),
        }
    }

    fn right_length(&self) -> (TextFault, Range<usize>) {
        let Some(at) = self.first_fault() else {
            return (TextFault::Damaged, self.body.range.clone());
        };
        if let Some(line) = self.swapped_line() {
            return (TextFault::LinesSwapped, line);
        }
        (TextFault::Damaged, self.place(character_of(at)))
    }

    /// Where a character of the body stands; behind the last one, its end.
    fn place(&self, character: usize) -> Range<usize> {
        place_of(self.bytes, self.body.range.clone(), character)
    }

    /// The DER offset where the content stops making sense, if that is before it ends.
    fn first_fault(&self) -> Option<usize> {
        first_fault(&self.body.characters, self.head)
    }

    /// A line that repeats the one before it, if the content is whole without it.
    fn doubled_line(&self, surplus: usize) -> Option<Range<usize>> {
        let characters = |line: &Line| self.body.characters.get(line.characters.clone());
        let doubles = self.lines.windows(2).filter_map(|pair| {
            let [first, second] = pair else { return None };
            let is_double = second.characters.len() == surplus && characters(first) == characters(second);
            is_double.then_some(second)
        });
        let mut trials = doubles.take(self.most_trials());
        trials.find(|line| self.is_whole_without(&line.characters)).map(|line| line.range.clone())
    }

    fn most_trials(&self) -> usize {
        MOST_TRIED_CHARACTERS.checked_div(self.body.characters.len()).unwrap_or_default()
    }

    fn is_whole_without(&self, removed: &Range<usize>) -> bool {
        let before = self.body.characters.get(..removed.start).unwrap_or_default();
        let after = self.body.characters.get(removed.end..).unwrap_or_default();
        let rest = Zeroizing::new([before, after].concat());
        first_fault(&rest, self.head).is_none()
    }

    /// A line that, exchanged with the next one, makes the content whole.
    fn swapped_line(&self) -> Option<Range<usize>> {
        self.lines.windows(2).take(self.most_trials()).find_map(|pair| {
            let [first, second] = pair else { return None };
            let part = |range: Range<usize>| self.body.characters.get(range).unwrap_or_default();
            let swapped = Zeroizing::new(
                [
                    part(0..first.characters.start),
                    part(second.characters.clone()),
                    part(first.characters.clone()),
                    part(second.characters.end..self.body.characters.len()),
                ]
                .concat(),
            );
            first_fault(&swapped, self.head).is_none().then(|| first.range.clone())
        })
    }

    /// The width that every line but the last should have: that of RFC 7468 if any line has it, else that of most lines.
    fn width(&self) -> Option<usize> {
        let (_, full) = self.lines.split_last()?;
        let count = |wanted: usize| full.iter().filter(|line| line.characters.len() == wanted).count();
        let first = full.first()?.characters.len();
        if count(LINE_WIDTH) > 0 {
            Some(LINE_WIDTH)
        } else {
            (count(first).saturating_mul(2) > full.len()).then_some(first)
        }
    }

    /// The one line other than the last whose width is not the one it should have, but `changed` of that.
    fn odd_line(&self, changed: impl FnOnce(usize) -> Option<usize>) -> Option<Range<usize>> {
        let odd = changed(self.width()?)?;
        let (_, full) = self.lines.split_last()?;
        let mut candidates = full.iter().filter(|line| line.characters.len() == odd);
        let line = candidates.next()?.range.clone();
        candidates.next().is_none().then_some(line)
    }
}
