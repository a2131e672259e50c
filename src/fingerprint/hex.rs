//! Digests in hexadecimal, in groups of any width and between separators of many kinds.

use super::der;
use super::error::FingerprintError;
use super::length::{algorithm_of, hex_digits, nearest};
use super::text::{Mark, Text};
use crate::digest::HashAlgorithm;
use core::ops::Range;
use zeroize::Zeroizing;

/// Fewer digits may be a year, a date, or a word such as "de" that happens to be hexadecimal.
const LONG: usize = 16;

/// Words that are as long as a group of digits.
const WORDS: [&str; 8] = ["of", "is", "fp", "saml", "file", "code", "zone", "also"];

/// Returns true for more digits than stand in a text by chance.
pub(super) fn is_long(words: &[Range<usize>]) -> bool {
    words.iter().map(Range::len).sum::<usize>() >= LONG
}

/// The rows of groups of digits, also mistyped ones, with no word of the text between them. Characters that are `taken` belong
/// to something else.
pub(super) fn find(text: &Text, taken: &[bool]) -> Vec<Vec<Range<usize>>> {
    let words = text.runs(char::is_alphanumeric);
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut is_broken = true;
    for (index, word) in words.iter().enumerate() {
        let is_taken = taken.get(word.clone()).is_some_and(|marks| marks.contains(&true));
        if is_taken || is_prose(text, &words, index) {
            is_broken = true;
            continue;
        }
        match rows.last_mut() {
            Some(row) if !is_broken => row.push(word.clone()),
            _ => rows.push(vec![word.clone()]),
        }
        is_broken = false;
    }
    rows
}

/// Returns true if a word belongs to the language around the digits, and cannot be a mistyped group of digits.
fn is_prose(text: &Text, words: &[Range<usize>], index: usize) -> bool {
    let Some(word) = words.get(index) else { return false };
    let chars = text.chars(word.clone());
    let is_name = text.chars(word.end..text.len()).find(|c| *c != ' ') == Some('=') && word.len() <= 12;
    if is_name {
        return true;
    }
    let strange = chars.clone().filter(|c| !c.is_ascii_hexdigit()).count();
    if strange == 0 || is_prefixed(text.get(word.clone())) {
        return false;
    }
    let is_known = WORDS.contains(&chars.clone().collect::<String>().to_lowercase().as_str());
    let is_ideographic = chars.clone().any(|c| c >= '\u{2e80}');
    let is_label = is_known && !is_group_before(text, words, index) || is_line_label(text, words, index);
    let clear = chars.filter(|c| !c.is_ascii_hexdigit() && !"OolIiSsZzGgq".contains(*c)).count();
    is_label
        || is_ideographic
        || match word.len() {
            0..=2 => false,
            4 | 8 => clear >= 2 && !(is_group_before(text, words, index) && is_group_behind(text, words, index)),
            3..=8 => true,
            len => strange.saturating_mul(4) > len,
        }
}

/// Returns true for `0xA9` and `0XA909`.
fn is_prefixed(word: &[Mark]) -> bool {
    matches!(word, [Mark { c: '0', .. }, Mark { c: 'x' | 'X', .. }, digits @ ..] if digits.iter().all(|digit| digit.c.is_ascii_hexdigit()))
}

/// Returns true for the first word of a line with a colon and a blank behind it.
fn is_line_label(text: &Text, words: &[Range<usize>], index: usize) -> bool {
    let Some(word) = words.get(index) else { return false };
    let previous = index.checked_sub(1).and_then(|previous| words.get(previous));
    let is_first = previous.is_none_or(|previous| text.chars(previous.end..word.start).any(|c| c == '\n'));
    let mut behind = text.chars(word.end..text.len());
    is_first && behind.next() == Some(':') && matches!(behind.next(), Some(' ' | '\n'))
}

fn is_group_before(text: &Text, words: &[Range<usize>], index: usize) -> bool {
    is_group_like(text, words.get(index), index.checked_sub(1).and_then(|before| words.get(before)))
}

fn is_group_behind(text: &Text, words: &[Range<usize>], index: usize) -> bool {
    is_group_like(text, words.get(index), words.get(index.saturating_add(1)))
}

/// Returns true if the neighbour of a word is a group of digits of the same length.
fn is_group_like(text: &Text, word: Option<&Range<usize>>, neighbour: Option<&Range<usize>>) -> bool {
    neighbour.is_some_and(|neighbour| {
        Some(neighbour.len()) == word.map(Range::len) && text.chars(neighbour.clone()).all(|c| c.is_ascii_hexdigit())
    })
}

/// The digest in a row of groups, or what is wrong with the row.
pub(super) fn decode(
    text: &Text,
    words: &[Range<usize>],
    named: Option<HashAlgorithm>,
) -> Result<Zeroizing<Vec<u8>>, FingerprintError> {
    let groups = words.iter().map(|word| without_prefix(text, word)).collect::<Vec<_>>();
    let digits_given = groups.iter().flat_map(|group| text.chars(group.clone())).filter_map(|c| c.to_digit(16));
    // They may be those of a key: take all the room at once, since growing would leave copies behind.
    let mut values = Zeroizing::new(Vec::with_capacity(groups.iter().map(Range::len).sum()));
    values.extend(digits_given.filter_map(|value| u8::try_from(value).ok()));
    let pairs = values.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit));
    let bytes = Zeroizing::new(pairs.collect::<Vec<u8>>());
    if der::is_der(&bytes) {
        return Err(FingerprintError::Der { span: text.span(whole(words)) });
    }
    if let Some(mark) = stranger(text, words) {
        return Err(FingerprintError::Character { found: mark.c, span: mark.at });
    }
    let actual = algorithm_of(values.len(), hex_digits);
    // A digest of the named length may look like two shorter ones.
    let second = if named.is_some() && named == actual { None } else { second_digest(text, &groups) };
    if let Some(second) = second {
        return Err(FingerprintError::Several { span: text.span(second) });
    }
    let odd = odd_one_out(text, &groups);
    if actual.is_none() {
        let nearest = named.unwrap_or_else(|| nearest(values.len(), hex_digits));
        let span = text.span(odd.unwrap_or_else(|| whole(words)));
        return Err(FingerprintError::Length { digits: values.len(), nearest, span });
    }
    match odd {
        Some(group) => Err(FingerprintError::Group { span: text.span(group) }),
        None => Ok(bytes),
    }
}

fn whole(words: &[Range<usize>]) -> Range<usize> {
    let start = words.first().map_or(0, |word| word.start);
    start..words.last().map_or(start, |word| word.end)
}

fn without_prefix(text: &Text, word: &Range<usize>) -> Range<usize> {
    let prefix = if is_prefixed(text.get(word.clone())) { 2 } else { 0 };
    word.start.saturating_add(prefix)..word.end
}

/// The first character in a row, or right beside it, that is neither a digit nor a separator.
fn stranger<'a>(text: &'a Text, words: &[Range<usize>]) -> Option<&'a Mark> {
    let row = whole(words);
    let before = row.start.checked_sub(1).unwrap_or(row.end)..row.start;
    let glued_before = text.get(before).iter().find(|mark| !is_edge(mark.c) && mark.c != '/');
    let inside = || {
        let gaps = gaps(words).flat_map(|gap| text.get(gap)).filter(|mark| !is_separator(mark.c));
        let groups = words.iter().map(|word| without_prefix(text, word));
        let letters = groups.flat_map(|group| text.get(group)).filter(|mark| !mark.c.is_ascii_hexdigit());
        gaps.chain(letters).min_by_key(|mark| mark.at.start)
    };
    let glued_behind = || match text.get(row.end..row.end.saturating_add(2).min(text.len())) {
        [Mark { c: ':' | '-' | '_', .. }, mark] if mark.c.is_alphanumeric() => Some(mark),
        [mark, ..] if !is_edge(mark.c) && !".\\".contains(mark.c) => Some(mark),
        _ => None,
    };
    glued_before.or_else(inside).or_else(glued_behind)
}

const fn is_separator(c: char) -> bool {
    matches!(c, ':' | '-' | '_' | ' ' | '\n' | ',' | '"' | '\'')
}

const fn is_edge(c: char) -> bool {
    is_separator(c) || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '=' | '`' | ';')
}

fn gaps(words: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> + Clone {
    words.iter().zip(words.iter().skip(1)).map(|(word, next)| word.end..next.start)
}

const LINE_BREAK: u8 = 3;

/// How strongly a gap separates two groups: least with a colon or a dash in it, else most with a line break.
fn strength(text: &Text, gap: Range<usize>) -> u8 {
    let has = |wanted: &[char]| text.chars(gap.clone()).any(|c| wanted.contains(&c));
    match () {
        () if has(&[':', '-', '_']) => 0,
        () if has(&['\n']) => LINE_BREAK,
        () if has(&[',', '"', '\'']) => 2,
        () => 1,
    }
}

/// The second of several digests in a row. There are several if the row, cut at its strongest gaps, has pieces that are all as
/// long as a digest, or lines of which one is.
fn second_digest(text: &Text, groups: &[Range<usize>]) -> Option<Range<usize>> {
    let strongest = gaps(groups).map(|gap| strength(text, gap)).max()?;
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    let mut is_cut = true;
    for (index, group) in groups.iter().enumerate() {
        match pieces.last_mut() {
            Some((len, piece)) if !is_cut => {
                *len = len.saturating_add(group.len());
                piece.end = group.end;
            }
            _ => pieces.push((group.len(), group.clone())),
        }
        let next = groups.get(index.saturating_add(1));
        is_cut = next.is_some_and(|next| strength(text, group.end..next.start) == strongest);
    }
    let mut lens = pieces.iter().map(|(len, _)| algorithm_of(*len, hex_digits).is_some());
    let are_digests =
        if strongest == LINE_BREAK { lens.any(|is_digest| is_digest) } else { lens.all(|is_digest| is_digest) };
    pieces.into_iter().nth(1).filter(|_| are_digests).map(|(_, piece)| piece)
}

/// The group where something is wrong although the number of digits is right: it is not as wide as the others, has half a
/// byte (unless a line break may have cut it), or is not separated as the others are. It may be a word such as "be" beside
/// digits of which one was lost.
fn odd_one_out(text: &Text, groups: &[Range<usize>]) -> Option<Range<usize>> {
    let mut widths = groups.iter().map(Range::len).collect::<Vec<_>>();
    widths.sort_unstable();
    let usual = *widths.get(widths.len() / 2)?;
    let joints = gaps(groups).zip(groups.iter().skip(1));
    let joints = joints.map(|(gap, next)| (text.chars(gap.clone()).any(|c| c == '\n'), strength(text, gap), next));
    let joints = joints.collect::<Vec<_>>();
    let is_break =
        |index: Option<usize>| index.and_then(|index| joints.get(index)).is_some_and(|(is_break, ..)| *is_break);
    let uneven = groups.iter().enumerate().find(|(index, group)| {
        let is_uneven = group.len() != usual || group.len().checked_rem(2) == Some(1);
        is_uneven && !is_break(index.checked_sub(1)) && !is_break(Some(*index))
    });
    let separated = |tightly: bool| {
        joints
            .iter()
            .filter(move |(is_break, strength, _)| !is_break && (*strength == 0) == tightly)
            .map(|joint| joint.2)
    };
    let is_tight_rare = separated(true).count() < separated(false).count();
    let strange = separated(is_tight_rare).next().filter(|_| separated(!is_tight_rare).next().is_some());
    uneven.map(|(_, group)| group).or(strange).cloned()
}
