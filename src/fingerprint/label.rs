//! What the words around a fingerprint say about it: the algorithm, that it is a pin, or that it is something else.

use super::FingerprintTarget;
use super::error::{FingerprintError, MD5_FINGERPRINT};
use super::text::Text;
use crate::digest::HashAlgorithm;
use core::ops::Range;

/// What the name of an algorithm means.
#[derive(Clone, Copy)]
enum Name {
    Known(HashAlgorithm),
    /// JOSE's `x5t` and `x5t#S256` (RFC 7515, sections 4.1.7 and 4.1.8): always in base64.
    Thumbprint(HashAlgorithm),
    /// Not read; this is what it is called in the error.
    Foreign(&'static str),
}

/// The name of an algorithm in the text, and where it stands.
struct Mention {
    name: Name,
    at: Range<usize>,
}

/// What the words around a fingerprint say about it.
pub(super) struct Label {
    /// The algorithm, and where its name stands.
    pub(super) algorithm: Option<(HashAlgorithm, Range<usize>)>,
    pub(super) target: FingerprintTarget,
    /// True for a notation that is always base64: a pin, or a JOSE thumbprint.
    pub(super) wants_base64: bool,
}

/// Words that say that the digits are something else, unless "fingerprint" or "thumbprint" follows. They are compared with the
/// letters of the text alone.
const FOREIGN: [(&str, &str); 3] =
    [("serial", "a serial number"), ("modulus", "a modulus"), ("keyid", "a key identifier")];

impl Label {
    /// The label of the digits in `body`: the nearest name before them in the last line that has a word before them, else the
    /// first name behind them in their line.
    pub(super) fn of(text: &Text, body: Range<usize>) -> Result<Self, FingerprintError> {
        let before = words_before(text, body.start);
        let letters = text.chars(before.clone()).filter(char::is_ascii_alphabetic).collect::<String>();
        let letters = letters.to_ascii_lowercase();
        let named = letters.rfind("print");
        if let Some((_, name)) = FOREIGN.iter().find(|(word, _)| letters.rfind(word) > named) {
            return Err(FingerprintError::Foreign { name, span: text.span(before) });
        }
        if has_key_identifier(text, before.clone()) {
            return Err(FingerprintError::Foreign { name: "a key identifier", span: text.span(before) });
        }
        let behind = body.end..text.line_end(body.end);
        let mention = mentions(text, before).pop().or_else(|| mentions(text, behind).into_iter().next());
        Self::from_mention(text, mention, body.start)
    }

    fn from_mention(text: &Text, mention: Option<Mention>, body: usize) -> Result<Self, FingerprintError> {
        let Some(Mention { name, at }) = mention else {
            return Ok(Self { algorithm: None, target: FingerprintTarget::Certificate, wants_base64: false });
        };
        let is_pin = is_after_pin(text, at.start) || is_slash(text, at.end..body);
        let target = if is_pin { FingerprintTarget::Spki } else { FingerprintTarget::Certificate };
        match name {
            Name::Foreign(name) => Err(FingerprintError::Foreign { name, span: text.span(at) }),
            Name::Known(algorithm) => Ok(Self { algorithm: Some((algorithm, at)), target, wants_base64: is_pin }),
            Name::Thumbprint(algorithm) => Ok(Self { algorithm: Some((algorithm, at)), target, wants_base64: true }),
        }
    }
}

/// Returns true for `SKI`, `AKI`, `SKID` and `AKID` as whole words; they are so short that longer words contain them.
fn has_key_identifier(text: &Text, range: Range<usize>) -> bool {
    let words = text.chars(range).collect::<String>().to_ascii_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "ski" | "aki" | "skid" | "akid"))
}

/// From the beginning of the last line that has a word before `body`, up to `body`.
fn words_before(text: &Text, body: usize) -> Range<usize> {
    let word = text.get(0..body).iter().rposition(|mark| mark.c.is_alphanumeric());
    text.line_start(word.unwrap_or(0))..body
}

/// `pin-sha256="…"` (RFC 7469, section 2.1).
fn is_after_pin(text: &Text, name: usize) -> bool {
    let mut before = text.chars(0..name).rev().skip_while(|c| matches!(c, '-' | '_' | ' '));
    "nip".chars().all(|letter| before.next().is_some_and(|c| c.eq_ignore_ascii_case(&letter)))
}

/// `sha256/…` as in `OkHttp` and Chromium, `sha256//…` as in curl.
fn is_slash(text: &Text, between: Range<usize>) -> bool {
    !between.is_empty() && text.chars(between).all(|c| c == '/')
}

/// Marks the characters of the text that belong to the name of an algorithm.
pub(super) fn mark_names(text: &Text, taken: &mut [bool]) {
    for mention in mentions(text, 0..text.len()) {
        for one in taken.get_mut(mention.at).into_iter().flatten() {
            *one = true;
        }
    }
}

/// The length of the algorithm's name that begins a range, if there is one.
pub(super) fn name_len(text: &Text, range: Range<usize>) -> Option<usize> {
    let window = text.chars(range).take(LONGEST_NAME).collect::<String>().to_ascii_lowercase();
    name(&window).map(|(_, len)| len)
}

fn mentions(text: &Text, range: Range<usize>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for (offset, c) in text.chars(range.clone()).enumerate() {
        let start = range.start.saturating_add(offset);
        let is_inside = found.last().is_some_and(|last| last.at.contains(&start));
        if is_inside || !matches!(c, 's' | 'S' | 'm' | 'M' | 'x' | 'X') {
            continue;
        }
        let window = text.chars(start..range.end).take(LONGEST_NAME).collect::<String>().to_ascii_lowercase();
        if let Some((name, len)) = name(&window) {
            found.push(Mention { name, at: start..start.saturating_add(len) });
        }
    }
    found
}

const LONGEST_NAME: usize = 16;
const JOINTS: [char; 3] = ['-', '_', ' '];

/// The algorithm's name that a lower-case text begins with, and its length.
fn name(text: &str) -> Option<(Name, usize)> {
    let (name, rest) = match text.split_at_checked(3)? {
        ("x5t", rest) => thumbprint(rest),
        ("md5", rest) => (Name::Foreign(MD5_FINGERPRINT), rest),
        ("sha", rest) => sha(rest)?,
        _ => return None,
    };
    Some((name, text.len().saturating_sub(rest.len())))
}

fn thumbprint(rest: &str) -> (Name, &str) {
    let suffix = rest.strip_prefix(['#', '_', '-', '.']).unwrap_or(rest);
    match suffix.strip_prefix("s256") {
        Some(rest) => (Name::Thumbprint(HashAlgorithm::Sha256), rest),
        None => (Name::Thumbprint(HashAlgorithm::Sha1), rest),
    }
}

/// What follows `sha`: `1`, `-256`, `2-256`, ` 512` …, but not the name of a signature algorithm.
fn sha(rest: &str) -> Option<(Name, &str)> {
    let joined = rest.strip_prefix(JOINTS).unwrap_or(rest);
    let (number, mut rest) = digits(joined);
    let name = match (number, second_number(rest)) {
        ("2", Some((number, behind))) => {
            rest = behind;
            Name::Known(algorithm(number)?)
        }
        ("3", Some((_, behind))) => {
            rest = behind;
            Name::Foreign("a SHA-3 fingerprint")
        }
        ("512", Some(("224" | "256", behind))) if !behind.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            rest = behind;
            Name::Foreign("a SHA-512/256 fingerprint")
        }
        ("224", _) => Name::Foreign("a SHA-224 fingerprint"),
        _ => Name::Known(algorithm(number)?),
    };
    let names_signature = ["with", "rsa", "ecdsa"].iter().any(|word| rest.starts_with(word));
    (!names_signature).then_some((name, rest))
}

fn second_number(rest: &str) -> Option<(&str, &str)> {
    match digits(rest.strip_prefix(['-', '_', ' ', '/'])?) {
        ("", _) => None,
        number => Some(number),
    }
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn algorithm(number: &str) -> Option<HashAlgorithm> {
    match number {
        "1" => Some(HashAlgorithm::Sha1),
        "256" => Some(HashAlgorithm::Sha256),
        "384" => Some(HashAlgorithm::Sha384),
        "512" => Some(HashAlgorithm::Sha512),
        _ => None,
    }
}
