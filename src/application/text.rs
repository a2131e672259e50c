//! Short texts that people type: each type holds only what is valid for it.

use core::fmt;
use std::sync::Arc;

use crate::error_code::ErrorCode;

/// Why a text is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Nothing but blanks.
    #[error("{what} is empty")]
    Empty {
        /// What the text was to be.
        what: &'static str,
    },
    /// Longer than it may be.
    #[error("{what} is longer than {limit} characters")]
    TooLong {
        /// What the text was to be.
        what: &'static str,
        /// How many characters it may have.
        limit: usize,
    },
    /// A character that is invisible, turns the direction of text, or may not stand there.
    #[error("{what} has a character that may not stand there: number {}", .at.saturating_add(1))]
    Character {
        /// What the text was to be.
        what: &'static str,
        /// How many characters stand before it.
        at: usize,
    },
    /// Not an absolute `http` or `https` address.
    #[error("{what} is no address such as https://idp.example.org/sso")]
    NotAnAddress {
        /// What the text was to be.
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

/// Text of 1 to `limit` characters, none of them invisible, no blanks at its ends.
fn check(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Empty { what });
    }
    if let Some(at) = text.chars().position(is_invisible) {
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

/// Who takes a step.
pub(crate) fn check_actor(actor: &str) -> Result<(), TextError> {
    check("the actor", actor, 256)
}

/// Why a step is taken.
pub(crate) fn check_reason(reason: &str) -> Result<(), TextError> {
    check("the reason", reason, 1024)
}

fn check_no_blank(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check(what, text, limit)?;
    let blank = text.chars().position(char::is_whitespace);
    blank.map_or(Ok(()), |at| Err(TextError::Character { what, at }))
}

/// Control characters, and those that hide or turn what is around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
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
            /// [`TextError`], saying what is wrong with it.
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
    /// An address of electronic mail: 3 to 254 characters with an `@` inside.
    MailAddress = check_mail("the mail address", 254);
}

fn check_address(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check_no_blank(what, text, limit)?;
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_host = host.chars().any(char::is_alphanumeric) && !host.contains(['"', '<', '>', '\\', '^', '`', '{', '}']);
    if is_web && is_host { Ok(()) } else { Err(TextError::NotAnAddress { what }) }
}

fn check_mail(what: &'static str, text: &str, limit: usize) -> Result<(), TextError> {
    check_no_blank(what, text, limit)?;
    let (name, host) = text.rsplit_once('@').unwrap_or_default();
    if name.is_empty() || host.is_empty() {
        return Err(TextError::Character { what, at: text.chars().count() });
    }
    Ok(())
}
