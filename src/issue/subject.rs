//! The texts in the subject of a new certificate.

use super::attribute::SubjectAttribute;
use super::error::IssueError;
use crate::invisible::{is_blank, is_refused_in_names};

/// The upper bound of CN, O and OU in characters (X.520; RFC 5280, appendix A.1).
const MAX_CHARACTERS: usize = 64;

/// The text of an attribute that a subject may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    kind: SubjectAttribute,
    text: String,
}

impl Attribute {
    pub(super) fn new(kind: SubjectAttribute, text: &str) -> Result<Self, IssueError> {
        match kind {
            SubjectAttribute::Country => check_country(text)?,
            _ => check_text(kind, text)?,
        }
        Ok(Self { kind, text: text.to_owned() })
    }

    pub(super) const fn kind(&self) -> SubjectAttribute {
        self.kind
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

fn check_country(text: &str) -> Result<(), IssueError> {
    match text.as_bytes() {
        [b'A'..=b'Z', b'A'..=b'Z'] => Ok(()),
        _ => Err(IssueError::Country),
    }
}

fn check_text(attribute: SubjectAttribute, text: &str) -> Result<(), IssueError> {
    if is_blank(text) {
        return Err(IssueError::AttributeEmpty(attribute));
    }
    if let Some(index) = text.chars().position(is_refused_in_names) {
        return Err(IssueError::AttributeCharacter { attribute, number: index.saturating_add(1) });
    }
    match text.chars().count() {
        ..=MAX_CHARACTERS => Ok(()),
        characters => Err(IssueError::AttributeTooLong { attribute, characters }),
    }
}
