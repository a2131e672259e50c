//! Short texts that people type: each type holds only what is valid for it.

use core::fmt;
use std::sync::Arc;

use crate::error_code::ErrorCode;
use crate::invisible::{is_blank, is_invisible, is_refused_in_names};

/// Why a text is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// The text has no visible character.
    #[error("{what} is empty")]
    Empty {
        /// The name of what the text was to be.
        what: &'static str,
    },
    /// The text is longer than its limit.
    #[error("{what} is longer than {limit} characters")]
    TooLong {
        /// The name of what the text was to be.
        what: &'static str,
        /// How many characters it may have.
        limit: usize,
    },
    /// A character that is invisible, turns the direction of text, or may not stand there.
    #[error("{what} has a character that is not allowed: number {}", .at.saturating_add(1))]
    Character {
        /// The name of what the text was to be.
        what: &'static str,
        /// How many characters stand before it.
        at: usize,
    },
    /// The text is not an e-mail address.
    #[error("{what} must look like admin@example.org")]
    NotAMailAddress {
        /// The name of what the text was to be.
        what: &'static str,
    },
    /// Not an absolute `http` or `https` address.
    #[error("{what} is not an address such as https://idp.example.org/sso")]
    NotAnAddress {
        /// The name of what the text was to be.
        what: &'static str,
    },
}

impl TextError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidText
    }
}

/// Text of 1 to `limit` characters that a name may have, without blanks at its ends.
fn check(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    if is_blank(text) {
        return Err(TextError::Empty { what });
    }
    if let Some(at) = text.chars().position(is_refused_in_names) {
        return Err(TextError::Character { what, at });
    }
    if text.starts_with(char::is_whitespace) {
        return Err(TextError::Character { what, at: 0 });
    }
    let length = text.chars().count();
    if text.ends_with(char::is_whitespace) {
        return Err(TextError::Character { what, at: length.saturating_sub(1) });
    }
    if length > limit { Err(TextError::TooLong { what, limit }) } else { Ok(()) }
}

/// Checks the actor of a step.
pub(crate) fn check_actor(actor: &str) -> Result<(), TextError> {
    check("the actor", actor, 256)
}

/// Checks the reason of a step.
pub(crate) fn check_reason(reason: &str) -> Result<(), TextError> {
    check("the reason", reason, 1024)
}

/// Text that is compared letter by letter. It may hold nothing invisible.
fn check_no_blank(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check(what, text, limit)?;
    let unseen = text.chars().position(|character| character.is_whitespace() || is_invisible(character));
    unseen.map_or(Ok(()), |at| Err(TextError::Character { what, at }))
}

/// A text that is read from storage. The rules have become stricter since the first release: what was valid when it was
/// written stays readable, so that nobody loses an application, and the text can still be changed.
#[cfg(feature = "serde")]
pub(crate) trait StoredText: Sized {
    fn from_stored(text: &str) -> Result<Self, TextError>;
    fn as_stored(&self) -> &str;
}

/// As [`check_actor`], for an actor that was recorded.
pub(crate) fn check_stored_actor(actor: &str) -> Result<(), TextError> {
    check_actor(&as_first_judged(actor))
}

/// As [`check_reason`], for a reason that was recorded.
pub(crate) fn check_stored_reason(reason: &str) -> Result<(), TextError> {
    check_reason(&as_first_judged(reason))
}

/// The text, with a letter for each invisible character that the first release did not refuse.
fn as_first_judged(text: &str) -> String {
    let was_refused = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    text.chars().map(|c| if is_invisible(c) && !was_refused(c) { 'x' } else { c }).collect()
}

/// The first release took every address with something on both sides of an `@`.
#[cfg(feature = "serde")]
fn check_stored(checked: Result<(), TextError>, text: &str) -> Result<(), TextError> {
    match checked {
        Err(TextError::NotAMailAddress { .. })
            if text.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()) =>
        {
            Ok(())
        }
        checked => checked,
    }
}

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident = $check:ident($what:literal, $limit:literal);)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text that is valid for this type.
            ///
            /// # Errors
            /// [`TextError`] says what is wrong with it.
            pub fn new(text: &str) -> Result<Self, TextError> {
                $check($what, text, $limit)?;
                Ok(Self(text.into()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "serde")]
        impl StoredText for $name {
            fn from_stored(text: &str) -> Result<Self, TextError> {
                check_stored($check($what, &as_first_judged(text), $limit), text)?;
                Ok(Self(text.into()))
            }

            fn as_stored(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                Self::new(text)
            }
        }
    )* };
}

text_types! {
    /// What the caller calls an application: 1 to 128 visible characters without blanks.
    ApplicationId = check_no_blank("the application's ID", 128);
    /// The entity ID of an identity or service provider: 1 to 1024 visible characters without blanks
    /// (SAML 2.0 Core, section 8.3.6).
    EntityId = check_no_blank("the entity ID", 1024);
    /// A name for people: 1 to 256 visible characters.
    DisplayName = check("the name", 256);
    /// An absolute `http` or `https` address of at most 2048 characters, at which an endpoint is reached.
    Location = check_address("the location", 2048);
    /// An e-mail address: 3 to 254 characters, `local@domain` (RFC 5321, section 4.1.2; beyond ASCII, RFC 6531),
    /// without quotes and address literals.
    MailAddress = check_mail("the mail address", 254);
}

fn check_address(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check_no_blank(what, text, limit)?;
    let is_host = |host: &str| {
        host.chars().any(char::is_alphanumeric) && !host.contains(['"', '<', '>', '\\', '^', '`', '{', '}'])
    };
    let parts = split_web_address(text);
    if parts.is_some_and(|(host, _)| is_host(host)) { Ok(()) } else { Err(TextError::NotAnAddress { what }) }
}

/// The authority of an absolute `http` or `https` address (RFC 3986, section 3.2), and all that stands behind `://`.
pub(crate) fn split_web_address(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    is_web.then_some((authority, rest))
}

/// `local@domain` of RFC 5321, section 4.1.2, without quotes and address literals, and of RFC 6531 beyond ASCII.
fn check_mail(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check_no_blank(what, text, limit)?;
    let is_one = |part: &str, is_allowed: fn(char) -> bool| !part.is_empty() && part.chars().all(is_allowed);
    let parts = text.split_once('@').is_some_and(|(local, domain)| {
        local.split('.').all(|atom| is_one(atom, is_atom)) && domain.split('.').all(|label| is_one(label, is_label))
    });
    if parts { Ok(()) } else { Err(TextError::NotAMailAddress { what }) }
}

/// `atext` of RFC 5322, section 3.2.3, with what RFC 6531, section 3.3, adds.
fn is_atom(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || c == '-'
}
