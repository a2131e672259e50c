//! Links from a message into a console.

use core::fmt::Write;

use crate::application::split_web_address;
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;

/// An absolute `http` or `https` URL with placeholders, which leads people to one of their applications.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkTemplate(String);

const ID: &str = "{id}";
const SHA256: &str = "{sha256}";

/// The longest URL that common programs accept, in bytes.
const MAX_BYTES: usize = 2048;

impl LinkTemplate {
    /// Takes a URL of at most 2048 bytes in which `{id}` stands for the application's ID and `{sha256}` for the
    /// certificate's SHA-256 fingerprint in hexadecimal, behind the host. Neither need stand there.
    ///
    /// Values are percent-encoded (RFC 3986, section 2.1) but for letters, digits, `-`, `.`, `_` and `~`, so that they
    /// stay within the place of the path or query in which they stand. An ID that would become a segment `.` or `..` of
    /// the path would lead elsewhere; it gets no link.
    ///
    /// # Errors
    /// [`LinkError::TooLong`]; [`LinkError::NotAnAddress`] without `http://` or `https://` and a host;
    /// [`LinkError::Placeholder`] for a brace of anything but the two, or before the path; [`LinkError::Character`] for
    /// what may not stand in a URL as it is (RFC 3986, section 2); [`LinkError::DotSegment`].
    pub fn new(template: &str) -> Result<Self, LinkError> {
        if template.len() > MAX_BYTES {
            return Err(LinkError::TooLong);
        }
        let (host, rest) = split_web_address(template).ok_or(LinkError::NotAnAddress)?;
        if !host.contains(|c: char| c.is_ascii_alphanumeric()) || host.contains('@') {
            return Err(LinkError::NotAnAddress);
        }
        check_characters(rest, template.len().saturating_sub(rest.len()), host.len())?;
        if has_dot_segment(rest) { Err(LinkError::DotSegment) } else { Ok(Self(template.to_owned())) }
    }

    /// The template as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The link for an application and its certificate.
    pub(super) fn fill(&self, id: &str, sha256: &Fingerprint) -> Option<String> {
        // The values have no braces of their own, since they are percent-encoded.
        let link = self.0.replace(ID, &percent_encoded(id)).replace(SHA256, &sha256.to_hex());
        let (_, rest) = link.split_once("://")?;
        (!has_dot_segment(rest)).then_some(link)
    }
}

impl core::str::FromStr for LinkTemplate {
    type Err = LinkError;

    fn from_str(template: &str) -> Result<Self, LinkError> {
        Self::new(template)
    }
}

/// Checks what stands behind the `start` bytes of the scheme; placeholders only behind the host.
fn check_characters(text: &str, start: usize, host: usize) -> Result<(), LinkError> {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before = text.len().saturating_sub(rest.len());
        let at = start.saturating_add(before);
        let taken = match first {
            '{' | '}' if before < host => None,
            '{' | '}' => [ID, SHA256].into_iter().find_map(|placeholder| rest.strip_prefix(placeholder)),
            _ => Some(after_character(rest).ok_or(LinkError::Character { at })?),
        };
        rest = taken.ok_or(LinkError::Placeholder { at })?;
    }
    Ok(())
}

/// What follows the first character, or the first percent-encoded octet; `None` if it may not stand in a URL.
fn after_character(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    match characters.next()? {
        '%' => {
            let is_octet = characters.by_ref().take(2).filter(char::is_ascii_hexdigit).count() == 2;
            is_octet.then_some(characters.as_str())
        }
        c if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=".contains(c) => Some(characters.as_str()),
        _ => None,
    }
}

/// Returns true if a segment of the path leads elsewhere (RFC 3986, section 5.2.4). Percent-encoded dots count, since
/// browsers read them as dots.
fn has_dot_segment(host_and_path: &str) -> bool {
    let path = host_and_path.split(['?', '#']).next().unwrap_or_default();
    let is_dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.split('/').any(is_dots)
}

/// Percent-encodes everything but unreserved characters (RFC 3986, section 2.3).
fn percent_encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Why a text is no template of a link. `at` counts the bytes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The template is longer than 2048 bytes.
    #[error("the link is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// Not an absolute `http` or `https` address.
    #[error("the link is not an address such as https://sso.example.org/apps/{{id}}")]
    NotAnAddress,
    /// Something in braces that is no placeholder, or a placeholder in the host.
    #[error("the link has a brace at byte {at} that is none of {{id}} and {{sha256}} behind the host")]
    Placeholder {
        /// How many bytes stand before it.
        at: usize,
    },
    /// A character that may not stand in a URL as it is.
    #[error("the link has a character at byte {at} that is not allowed: percent-encode it")]
    Character {
        /// How many bytes stand before it.
        at: usize,
    },
    /// A segment `.` or `..` in the path.
    #[error("the link has a segment of dots in its path: write the path that it leads to")]
    DotSegment,
}

impl LinkError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidLink
    }
}
