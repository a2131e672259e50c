//! The attributes of the subject of a new certificate.

use core::fmt;

/// An attribute of the subject of a new certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubjectAttribute {
    /// The common name (CN).
    CommonName,
    /// The organization (O).
    Organization,
    /// The organizational unit (OU).
    OrganizationalUnit,
    /// The country (C).
    Country,
}

/// Its name in a sentence: `common name`.
impl fmt::Display for SubjectAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CommonName => "common name",
            Self::Organization => "organization",
            Self::OrganizationalUnit => "organizational unit",
            Self::Country => "country",
        })
    }
}
