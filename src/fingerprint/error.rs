//! Why a text is not read as a fingerprint, with the place and what to do about it.

use super::length::{MD5_HEX_DIGITS, base64_characters, hex_digits};
use crate::digest::HashAlgorithm;
use crate::error_code::ErrorCode;
use crate::limits::MAX_FINGERPRINT_TEXT_BYTES;
use crate::span::Span;
use core::fmt;

/// Why a text is not read as a fingerprint, and the place: spans count bytes of the text as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FingerprintError {
    /// Nothing but blanks.
    Empty {
        /// The whole text.
        span: Span,
    },
    /// Words, but no fingerprint among them.
    NothingFound {
        /// The whole text.
        span: Span,
    },
    /// A PEM block: what fingerprints are made of, not a fingerprint.
    Pem {
        /// Its first line's dashes.
        span: Span,
    },
    /// The DER of a key or a certificate, or its beginning, in the digits of a fingerprint.
    Der {
        /// The digits.
        span: Span,
    },
    /// More than [`MAX_FINGERPRINT_TEXT_BYTES`].
    TooLong {
        /// The first byte that is too much, to the end.
        span: Span,
    },
    /// A number of hexadecimal digits that is the length of no digest.
    Length {
        /// How many hexadecimal digits there are.
        digits: usize,
        /// The algorithm that the text names, or whose digest has the nearest length.
        nearest: HashAlgorithm,
        /// The digits, or the one group of them that is not made of whole bytes.
        span: Span,
    },
    /// Base64 in a line as long as those of PEM, without the name of an algorithm: it may be a line of a key.
    PemLine {
        /// The characters.
        span: Span,
    },
    /// A number of base64 characters that is the length of no digest.
    Base64Length {
        /// How many base64 characters there are, without padding.
        characters: usize,
        /// The algorithm that the text names, or whose digest has the nearest length.
        nearest: HashAlgorithm,
        /// The characters.
        span: Span,
    },
    /// As many digits as a digest has, but not in groups of one kind: one was lost, and something else came in.
    Group {
        /// The first such group.
        span: Span,
    },
    /// A character that is neither a digit nor a separator.
    Character {
        /// The character.
        found: char,
        /// Its place.
        span: Span,
    },
    /// The last base64 character has bits that a digest of this length cannot have.
    LastCharacter {
        /// Its place.
        span: Span,
    },
    /// The text names one algorithm and has a digest as long as another's.
    Contradiction {
        /// The algorithm that is named.
        named: HashAlgorithm,
        /// The algorithm whose digest has this length.
        actual: HashAlgorithm,
        /// The name.
        span: Span,
    },
    /// The text names an algorithm that is not read here, or something that is not a fingerprint at all.
    Foreign {
        /// What is named: `MD5`, `a serial number` …
        name: &'static str,
        /// The name.
        span: Span,
    },
    /// Two fingerprints or more.
    Several {
        /// The second one.
        span: Span,
    },
}

impl FingerprintError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Empty { .. } | Self::NothingFound { .. } | Self::Pem { .. } => ErrorCode::FingerprintEmpty,
            Self::TooLong { .. } | Self::Length { .. } | Self::Base64Length { .. } | Self::Group { .. } => {
                ErrorCode::FingerprintLength
            }
            Self::Der { .. } | Self::PemLine { .. } | Self::Character { .. } | Self::LastCharacter { .. } => {
                ErrorCode::FingerprintCharacter
            }
            Self::Contradiction { .. } | Self::Foreign { .. } => ErrorCode::FingerprintLabel,
            Self::Several { .. } => ErrorCode::FingerprintSeveral,
        }
    }

    /// The place in the bytes that were given.
    #[must_use]
    pub const fn span(&self) -> Span {
        match *self {
            Self::Empty { span }
            | Self::NothingFound { span }
            | Self::Pem { span }
            | Self::Der { span }
            | Self::PemLine { span }
            | Self::TooLong { span }
            | Self::Length { span, .. }
            | Self::Base64Length { span, .. }
            | Self::Group { span }
            | Self::Character { span, .. }
            | Self::LastCharacter { span }
            | Self::Contradiction { span, .. }
            | Self::Foreign { span, .. }
            | Self::Several { span } => span,
        }
    }

    /// Returns true if the text names MD5.
    pub(crate) fn names_md5(&self) -> bool {
        matches!(self, Self::Foreign { name, .. } if *name == MD5_FINGERPRINT)
    }

    /// Returns true if the text has as many hexadecimal digits as MD5.
    pub(crate) const fn has_length_of_md5(&self) -> bool {
        matches!(self, Self::Length { digits: MD5_HEX_DIGITS, .. })
    }
}

/// What [`FingerprintError::Foreign`] calls a fingerprint of MD5.
pub(super) const MD5_FINGERPRINT: &str = "an MD5 fingerprint";

impl fmt::Display for FingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty { .. } => f.write_str("there is no fingerprint: the text is empty"),
            Self::NothingFound { .. } => f.write_str(
                "there is no fingerprint in this text: it is 40, 64, 96 or 128 hexadecimal digits, or the base64 of as many bytes",
            ),
            Self::Pem { .. } => {
                f.write_str("this is a PEM block, not a fingerprint: make its fingerprint first, or compare it as a file")
            }
            Self::Der { .. } => f.write_str("this is a key or a certificate, not a fingerprint: read it as a file"),
            Self::PemLine { .. } => f.write_str(
                "this may be a line of a key: if it is a fingerprint, write the name of its algorithm before it, as in sha384-…",
            ),
            Self::TooLong { .. } => {
                write!(f, "the text is longer than {MAX_FINGERPRINT_TEXT_BYTES} bytes: give the fingerprint alone")
            }
            Self::Length { digits, nearest, .. } => write_length(f, digits, nearest),
            Self::Base64Length { characters, nearest, .. } => write!(
                f,
                "{characters} base64 characters are the length of no fingerprint; the nearest is {nearest} with {}: copy it again as a whole",
                base64_characters(nearest)
            ),
            Self::Group { .. } => f.write_str(
                "this group of digits is not like the others: a digit is lost or doubled here, or it does not belong to the fingerprint; copy it again",
            ),
            Self::Character { found, .. } => write_character(f, found),
            Self::LastCharacter { .. } => f.write_str(
                "no fingerprint's base64 ends in this character: it is mistyped or the end is missing; copy it again as a whole",
            ),
            Self::Contradiction { named, actual, .. } => write!(
                f,
                "the text says {named}, which has {} hexadecimal digits, but the fingerprint is as long as {actual}'s, {}: copy both from the same line",
                hex_digits(named),
                hex_digits(actual)
            ),
            Self::Foreign { name, .. } => {
                write!(f, "the text says that this is {name}, which is not read: take the SHA-256 fingerprint instead")
            }
            Self::Several { .. } => {
                f.write_str("there are two fingerprints; this is where the second one begins: give one of them alone")
            }
        }
    }
}

impl core::error::Error for FingerprintError {}

fn write_length(f: &mut fmt::Formatter<'_>, digits: usize, nearest: HashAlgorithm) -> fmt::Result {
    if digits == MD5_HEX_DIGITS && nearest == HashAlgorithm::Sha1 {
        return write!(
            f,
            "{digits} hexadecimal digits are the length of MD5, which is not supported: copy the SHA-1 or SHA-256 one"
        );
    }
    let wanted = hex_digits(nearest);
    let verb = if digits == 1 { "digit is" } else { "digits are" };
    write!(f, "{digits} hexadecimal {verb} the length of no fingerprint; the nearest is {nearest} with {wanted}, ")?;
    match wanted.checked_sub(digits) {
        Some(missing) => write!(f, "{missing} more")?,
        None => write!(f, "{} fewer", digits.saturating_sub(wanted))?,
    }
    f.write_str(": copy it again as a whole")
}

fn write_character(f: &mut fmt::Formatter<'_>, found: char) -> fmt::Result {
    let meant = match found {
        'O' | 'o' => '0',
        'l' | 'I' | 'i' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        _ => '?',
    };
    match (found, meant) {
        ('|', _) => f.write_str("this is a vertical bar, not a hexadecimal digit: is the digit 1 meant?"),
        (_, '0') => write!(f, "this is the letter {found}, not a hexadecimal digit: is the digit 0 (zero) meant?"),
        (_, '1' | '2' | '5') => {
            write!(f, "this is the letter {found}, not a hexadecimal digit: is the digit {meant} meant?")
        }
        _ if found.is_ascii_graphic() => write!(f, "the character {found} does not belong in a fingerprint"),
        _ => write!(f, "the character U+{:04X} does not belong in a fingerprint", u32::from(found)),
    }
}
