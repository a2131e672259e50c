//! What people and programs do to base64 that no reader can undo: masking, changed case, letters of other alphabets,
//! characters that look alike. It is named only where there is evidence, and never undone.

use super::alphabet::{is_base64, is_space};
use super::body::Body;
use super::fault::TextFault;
use super::first_fault::{first_fault, place_of};
use super::head::{Head, decode};
use super::shape;
use super::text::{LETTER, MASK};
use core::ops::Range;
use zeroize::Zeroizing;

/// A fault and its place in the text.
type Named = (TextFault, Range<usize>);

/// How many characters are decoded again to try exchanges, only to name the damage.
const MOST_TRIED_CHARACTERS: usize = 1 << 20;

/// What was done to the body in this range that cannot go on at this place of it.
pub(super) fn of_stop(bytes: &[u8], range: Range<usize>, at: usize) -> Option<Named> {
    if let Some(mask) = mask_at(bytes, at) {
        return Some((TextFault::Masked, mask));
    }
    let byte = *bytes.get(at)?;
    let place = at..at.saturating_add(1);
    if byte == LETTER && is_inside_base64(bytes, at) {
        Some((TextFault::Homoglyph, place))
    } else {
        (STRANGE.contains(&byte) && is_whole_with_strange(bytes.get(range)?))
            .then_some((TextFault::ConfusedCharacters, place))
    }
}

/// What was done to a body of base64 characters alone; `head` is that of its DER, if it begins as DER does.
pub(super) fn of_body(bytes: &[u8], body: &Body, head: Option<Head>) -> Option<Named> {
    let whole = body.range.clone();
    let character = |index: usize| place_of(bytes, whole.clone(), index);
    if let Some(mask) = mask_inside(bytes, whole.clone()) {
        Some((TextFault::Masked, mask))
    } else if is_case_folded(&body.characters) {
        Some((TextFault::CaseFolded, whole))
    } else if starts_behind_letter(bytes, body) {
        let at = body.range.start.saturating_sub(1);
        Some((TextFault::Homoglyph, at..body.range.start))
    } else {
        let confused =
            head.map_or_else(|| confused_beginning(&body.characters), |head| confused(&body.characters, head));
        confused.map(|index| (TextFault::ConfusedCharacters, character(index)))
    }
}

/// The mask that begins here: an ellipsis, asterisks or bullets, or words such as `[redacted]` and `--- snip ---`.
pub(super) fn mask_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 80;
    let rest = bytes.get(at..)?;
    let rest = rest.get(..LONGEST.min(rest.len()))?;
    let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
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

/// The length of a text in brackets that stands for what is left out.
fn bracketed(line: &[u8], closing: u8) -> Option<usize> {
    let len = memchr::memchr(closing, line)?.checked_add(1)?;
    let inside = line.get(1..len.checked_sub(1)?)?;
    let is_ellipsis = inside.first().is_some_and(|first| matches!(*first, MASK | b'.' | b'*'));
    (is_ellipsis || tells_of_masking(line.get(..len)?)).then_some(len)
}

/// Whether a line has a word for what is left out, or for what somebody should put in.
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

/// Whether base64 that begins as DER does is masked behind its first characters, too few of them to be read.
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

/// Whether a text has a row of X that is longer than what people write for a number.
pub(super) fn has_row_of_x(text: &[u8]) -> bool {
    const FEWEST: usize = 16;
    let is_row = |run: &[u8]| run.len() >= FEWEST && run.iter().all(|byte| matches!(byte, b'X' | b'x'));
    text.split(|byte| !byte.is_ascii_alphanumeric()).any(is_row)
}

/// A row of X, dashes or underscores inside the base64, however the lines are broken: that of random bytes has one in
/// 5,000 certificates.
fn mask_inside(bytes: &[u8], range: Range<usize>) -> Option<Range<usize>> {
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

/// Whether the letters, enough of them and different ones, are all capitals or all small.
fn is_case_folded(characters: &[u8]) -> bool {
    const FEWEST: usize = 100;
    const FEWEST_DIFFERENT: usize = 12;
    let is_of_one_case =
        |is_case: fn(&u8) -> bool| characters.iter().filter(|byte| byte.is_ascii_alphabetic()).all(is_case);
    let letters = characters.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let different = (b'a'..=b'z').filter(|letter| characters.iter().any(|byte| byte.eq_ignore_ascii_case(letter)));
    letters >= FEWEST
        && (is_of_one_case(u8::is_ascii_uppercase) || is_of_one_case(u8::is_ascii_lowercase))
        && different.count() >= FEWEST_DIFFERENT
}

/// Whether a letter of another alphabet stands within a long word of base64, and not in one of prose.
fn is_inside_base64(bytes: &[u8], at: usize) -> bool {
    const FEWEST: usize = 20;
    const WINDOW: usize = 64;
    let is_part = |byte: &&u8| is_base64(**byte) || **byte == LETTER;
    let before = bytes.get(at.saturating_sub(WINDOW)..at).unwrap_or_default().iter().rev().take_while(is_part);
    let behind = bytes.get(at..).unwrap_or_default().iter().take(WINDOW).take_while(is_part);
    before.chain(behind).filter(|byte| **byte != LETTER).count() >= FEWEST
}

/// Whether the letter that should begin the base64 is one of another alphabet.
fn starts_behind_letter(bytes: &[u8], body: &Body) -> bool {
    let before = body.range.start.checked_sub(1);
    before.is_some_and(|before| bytes.get(before) == Some(&LETTER) && is_inside_base64(bytes, before))
}

/// What text recognition takes letters for that base64 has.
const STRANGE: &[u8] = b"|[]{}()$";

/// Whether the base64 in a text is as long as its DER only together with the characters that are none of base64.
fn is_whole_with_strange(text: &[u8]) -> bool {
    /// One in so many characters may be a strange one.
    const RAREST: usize = 16;
    let mut strange = 0usize;
    let mut characters = Zeroizing::new(Vec::with_capacity(text.len()));
    for byte in text.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            byte if is_base64(*byte) => characters.push(*byte),
            // Any letter will do: which one it was is not asked.
            byte if STRANGE.contains(byte) => {
                strange = strange.saturating_add(1);
                characters.push(b'I');
            }
            _ => break,
        }
    }
    let is_rare = strange.saturating_mul(RAREST) <= characters.len();
    is_rare && Head::of(&characters).is_some_and(|head| head.characters() == characters.len())
}

/// Characters that look alike.
const ALIKE: [&[u8]; 2] = [b"0O", b"1lI"];

/// The other characters that look like this one.
fn alike(character: u8) -> impl Iterator<Item = u8> {
    let group = ALIKE.into_iter().find(|group| group.contains(&character)).unwrap_or_default();
    group.iter().copied().filter(move |other| *other != character)
}

/// The character of a whole body of damaged DER that was confused with one like it: the one whose exchange makes it that of
/// a certificate; or, where none of a kind is left and too many of the other are, the place of the damage.
fn confused(characters: &[u8], head: Head) -> Option<usize> {
    // No variants of a secret are made.
    if head.is_secret || characters.len() != head.characters() {
        return None;
    }
    let fault = first_fault(characters, head)?;
    exchanged(characters, head, fault).or_else(|| {
        let at = fault.saturating_mul(4).saturating_div(3).min(characters.len().saturating_sub(1));
        is_one_kind_missing(characters).then_some(at)
    })
}

fn exchanged(characters: &[u8], head: Head, fault: usize) -> Option<usize> {
    /// What is wrong with a value may stand in its content, this far behind its place.
    const CONTENT: usize = 64;
    let furthest = fault.saturating_add(CONTENT).saturating_mul(4).saturating_div(3).min(characters.len());
    let most_trials = MOST_TRIED_CHARACTERS.checked_div(characters.len())?;
    let mut variant = Zeroizing::new(characters.to_vec());
    let trials = characters.iter().copied().enumerate().take(furthest);
    let mut trials = trials.flat_map(|(index, own)| alike(own).map(move |other| (index, own, other))).take(most_trials);
    trials.find_map(|(index, own, other)| {
        *variant.get_mut(index)? = other;
        let is_sound = first_fault(&variant, head).is_none();
        let is_found = is_sound && decode(&variant, false).is_some_and(|der| shape::is_certificate(&der));
        *variant.get_mut(index)? = own;
        is_found.then_some(index)
    })
}

/// Whether one of the characters that look alike is nowhere, and those it is taken for are a quarter more than usual.
fn is_one_kind_missing(characters: &[u8]) -> bool {
    /// In fewer characters one may be missing by chance: of so many each is missing in one of 160,000.
    const FEWEST: usize = 768;
    const USUAL: usize = 64;
    let count = |wanted: u8| characters.iter().filter(|byte| **byte == wanted).count();
    let is_missing = |(wanted, others): (u8, &[u8])| {
        let usual = characters.len().saturating_mul(others.len()) / USUAL;
        let found = others.iter().map(|other| count(*other)).sum::<usize>();
        count(wanted) == 0 && found.saturating_mul(4) >= usual.saturating_mul(5)
    };
    let kinds: [(u8, &[u8]); 5] = [(b'0', b"O"), (b'O', b"0"), (b'l', b"1I"), (b'I', b"1l"), (b'1', b"lI")];
    characters.len() >= FEWEST && kinds.into_iter().any(is_missing)
}

/// The confused character of a beginning that would be that of DER, of the length of the body, with `I` in its place.
fn confused_beginning(characters: &[u8]) -> Option<usize> {
    let mut first = Zeroizing::new(*characters.first_chunk::<16>()?);
    let mut confused = None;
    // Values of more than 255 bytes begin with `MII`.
    for index in [1, 2] {
        let character = first.get_mut(index)?;
        if *character != b'I' && alike(b'I').any(|other| other == *character) {
            *character = b'I';
            confused = confused.or(Some(index));
        }
    }
    let head = Head::of(first.as_slice())?;
    confused.filter(|_| head.characters() == characters.len())
}
