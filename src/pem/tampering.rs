//! What people and programs do to base64 that no reader can undo: masking, changed case, letters of other alphabets,
//! characters that look alike. It is named only on evidence, and never undone.

use super::base64::{character_of, decode, is_base64, place_of};
use super::body::Body;
use super::fault::TextFault;
use super::head::Head;
use super::mask::{mask_at, mask_inside};
use super::shape;
use super::soundness::{MOST_TRIED_CHARACTERS, first_fault};
use super::space::is_space;
use super::text::LETTER;
use core::ops::Range;
use zeroize::Zeroizing;

/// A fault and its place in the text.
type Named = (TextFault, Range<usize>);

/// What was done to a body that a byte at this place of its range stops.
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

/// What was done to a body that has nothing but base64; `head` is that of its DER, if it begins as DER does.
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

/// Returns true if all letters are of one case, and they are too many and too different for that to be chance.
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

/// Returns true if a letter of another alphabet stands in a long run of base64, not in a word of prose.
fn is_inside_base64(bytes: &[u8], at: usize) -> bool {
    const FEWEST: usize = 20;
    const WINDOW: usize = 64;
    let is_part = |byte: &&u8| is_base64(**byte) || **byte == LETTER;
    let before = bytes.get(at.saturating_sub(WINDOW)..at).unwrap_or_default().iter().rev().take_while(is_part);
    let behind = bytes.get(at..).unwrap_or_default().iter().take(WINDOW).take_while(is_part);
    before.chain(behind).filter(|byte| **byte != LETTER).count() >= FEWEST
}

/// Returns true if a letter of another alphabet stands where the base64 should begin.
fn starts_behind_letter(bytes: &[u8], body: &Body) -> bool {
    let before = body.range.start.checked_sub(1);
    before.is_some_and(|before| bytes.get(before) == Some(&LETTER) && is_inside_base64(bytes, before))
}

/// What text recognition makes of some letters of base64.
const STRANGE: &[u8] = b"|[]{}()$";

/// Returns true if the base64 of a text is as long as its DER only if misread characters count as letters.
fn is_whole_with_strange(text: &[u8]) -> bool {
    /// At most one in so many characters may be misread.
    const RAREST: usize = 16;
    let mut strange = 0usize;
    let mut characters = Zeroizing::new(Vec::with_capacity(text.len()));
    for byte in text.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            byte if is_base64(*byte) => characters.push(*byte),
            // Any letter will do, since only the length matters.
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

/// The character of a complete but damaged body that was confused with one that looks like it: the one whose exchange makes
/// the DER that of a certificate. If there is none, but one kind of character is missing altogether, the place of the damage.
fn confused(characters: &[u8], head: Head) -> Option<usize> {
    // Never try variants of a secret.
    if head.is_secret || characters.len() != head.characters() {
        return None;
    }
    let fault = first_fault(characters, head)?;
    exchanged(characters, head, fault).or_else(|| {
        let at = character_of(fault).min(characters.len().saturating_sub(1));
        is_one_kind_missing(characters).then_some(at)
    })
}

/// The character whose exchange for one that looks like it makes the DER that of a certificate.
fn exchanged(characters: &[u8], head: Head, fault: usize) -> Option<usize> {
    /// How many bytes behind the header of a faulty value its wrong character may stand.
    const CONTENT: usize = 64;
    let furthest = character_of(fault.saturating_add(CONTENT)).min(characters.len());
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

/// Returns true if one of the characters that look alike is nowhere, and those it is mistaken for are a quarter more frequent
/// than in random base64.
fn is_one_kind_missing(characters: &[u8]) -> bool {
    /// In fewer characters, one may be missing by chance; in so many, that happens to each once in 160,000 bodies.
    const FEWEST: usize = 768;
    const ALPHABET: usize = 64;
    let count = |wanted: u8| characters.iter().filter(|byte| **byte == wanted).count();
    let is_missing = |(wanted, others): (u8, &[u8])| {
        let expected = characters.len().saturating_mul(others.len()) / ALPHABET;
        let found = others.iter().map(|other| count(*other)).sum::<usize>();
        count(wanted) == 0 && found.saturating_mul(4) >= expected.saturating_mul(5)
    };
    let kinds: [(u8, &[u8]); 5] = [(b'0', b"O"), (b'O', b"0"), (b'l', b"1I"), (b'I', b"1l"), (b'1', b"lI")];
    characters.len() >= FEWEST && kinds.into_iter().any(is_missing)
}

/// The confused character of a body that would begin as DER of its length does, were it an `I`.
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
