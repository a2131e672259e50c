//! Reads a text with one fingerprint in it. Everything but digits is a word, and words matter only for what they say about the
//! digits, so no notation needs code of its own.

use super::label::{self, Label};
use super::length::nearest;
use super::text::Text;
use super::{Fingerprint, FingerprintError, base64, der, hex};
use crate::digest::HashAlgorithm;
use crate::limits::MAX_FINGERPRINT_TEXT_BYTES;
use crate::span::Span;
use core::ops::Range;
use core::str::FromStr;

/// The digits of a fingerprint, as the ranges where they stand.
pub(super) enum Body {
    Base64(Vec<Range<usize>>),
    Hex(Vec<Range<usize>>),
}

impl Body {
    fn at(&self) -> Range<usize> {
        let (Self::Base64(parts) | Self::Hex(parts)) = self;
        match parts.as_slice() {
            [] => 0..0,
            [one] => one.clone(),
            [first, .., last] => first.start..last.end,
        }
    }
}

impl Fingerprint {
    /// Reads a fingerprint in any notation that people copy.
    ///
    /// Hexadecimal in groups of any width with colons, dashes, blanks or commas between them, in either case, or
    /// base64 and base64url, padded or not; what openssl, keytool, certutil, Windows, browsers, ssh and JOSE
    /// (`x5t`, `x5t#S256`) write before and behind it; in one line or several; in UTF-8 or UTF-16, with invisible marks.
    /// The target is [`FingerprintTarget::Spki`](crate::FingerprintTarget::Spki) only where the notation says so
    /// (`sha256/…`, `pin-sha256="…"`).
    ///
    /// ```
    /// use samlcert::{Fingerprint, HashAlgorithm};
    ///
    /// let copied = Fingerprint::parse(b"Cert Hash(sha1): a9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d")?;
    /// let shown: Fingerprint = "SHA1 Fingerprint=A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D".parse()?;
    /// assert_eq!(copied.algorithm(), HashAlgorithm::Sha1);
    /// assert_eq!(copied, shown);
    /// # Ok::<(), samlcert::FingerprintError>(())
    /// ```
    ///
    /// # Errors
    /// [`FingerprintError`] with the place, if the text has none or more than one, if the digits are too few or too
    /// many or one is mistyped, or if the words before them name another algorithm. Base64 that has 64 characters in a
    /// line, as SHA-384 has, may be a line of a key: it needs the name of its algorithm.
    pub fn parse(text: &[u8]) -> Result<Self, FingerprintError> {
        parse(text)
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        Self::parse(text.as_bytes())
    }
}

fn parse(bytes: &[u8]) -> Result<Fingerprint, FingerprintError> {
    if bytes.len() > MAX_FINGERPRINT_TEXT_BYTES {
        return Err(FingerprintError::TooLong { span: Span::new(MAX_FINGERPRINT_TEXT_BYTES, bytes.len()) });
    }
    let text = Text::read(bytes);
    if text.chars(0..text.len()).all(|c| matches!(c, ' ' | '\n')) {
        return Err(FingerprintError::Empty { span: text.whole() });
    }
    if let Some(at) = pem(&text) {
        return Err(FingerprintError::Pem { span: text.span(at) });
    }
    let mut bodies = bodies(&text);
    bodies.sort_by_key(|body| body.at().start);
    match bodies.as_slice() {
        [] => Err(nothing(&text)),
        [body] => read(&text, body),
        [_, second, ..] => Err(FingerprintError::Several { span: text.span(second.at()) }),
    }
}

/// Where the dashes of a BEGIN or END line stand.
fn pem(text: &Text) -> Option<Range<usize>> {
    text.runs(|c| c == '-').into_iter().find(|dashes| {
        let word = text.chars(dashes.end..text.len()).filter(|c| *c != ' ').take(5).collect::<String>();
        let is_word =
            |word: &str, known: &str| word.get(..known.len()).is_some_and(|word| word.eq_ignore_ascii_case(known));
        dashes.len() >= 4 && (is_word(&word, "BEGIN") || is_word(&word, "END"))
    })
}

fn bodies(text: &Text) -> Vec<Body> {
    let in_base64 = base64::find(text);
    let mut taken = vec![false; text.len()];
    label::mark_names(text, &mut taken);
    for part in in_base64.iter().flatten() {
        for one in taken.get_mut(part.clone()).into_iter().flatten() {
            *one = true;
        }
    }
    let in_hex = hex::find(text, &taken).into_iter().filter(|words| hex::is_long(words));
    in_base64.into_iter().map(Body::Base64).chain(in_hex.map(Body::Hex)).collect()
}

fn read(text: &Text, body: &Body) -> Result<Fingerprint, FingerprintError> {
    let label = Label::of(text, body.at())?;
    let named = label.algorithm.as_ref().map(|(named, _)| *named);
    let digest = match body {
        Body::Base64(parts) => base64::decode(text, parts, named)?,
        Body::Hex(words) => hex::decode(text, words, named)?,
    };
    if der::is_der(&digest) {
        return Err(FingerprintError::Der { span: text.span(body.at()) });
    }
    if matches!(body, Body::Base64(parts) if named.is_none() && base64::may_be_pem(parts)) {
        return Err(FingerprintError::PemLine { span: text.span(body.at()) });
    }
    let actual = nearest(digest.len(), HashAlgorithm::digest_len);
    match label.algorithm {
        Some((named, at)) if named != actual => {
            Err(FingerprintError::Contradiction { named, actual, span: text.span(at) })
        }
        _ => Ok(Fingerprint::from_digest(actual, label.target, &digest)),
    }
}

/// The error of a text without a long row of digits.
fn nothing(text: &Text) -> FingerprintError {
    if let Some(error) = base64::fault(text) {
        return error;
    }
    let mut taken = vec![false; text.len()];
    label::mark_names(text, &mut taken);
    let longest = hex::find(text, &taken).into_iter().max_by_key(|words| words.iter().map(Range::len).sum::<usize>());
    match longest.map(|words| hex::decode(text, &words, None)) {
        Some(Err(error)) => error,
        _ => FingerprintError::NothingFound { span: text.whole() },
    }
}
