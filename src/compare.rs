//! Compares two certificates and names the difference.

use core::cmp::Ordering;

use crate::certificate::Certificate;

/// How two certificates are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// They are the same bytes.
    Identical,
    /// They certify the same key: one renews the other. Whoever compares only keys sees no difference.
    SameKeyRenewed,
    /// They have the same subject and different keys. Whoever holds only one of them refuses what the other's key
    /// signs.
    SameSubjectNewKey,
    /// They have neither the key nor the subject in common.
    Unrelated,
}

impl Relation {
    /// The name in the JSON forms: `identical`, `same-key`, `same-subject`, `unrelated`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::SameKeyRenewed => "same-key",
            Self::SameSubjectNewKey => "same-subject",
            Self::Unrelated => "unrelated",
        }
    }
}

/// Which of two certificates begins later, or, if they begin together, ends later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Newer {
    /// The first one.
    First,
    /// The second one.
    Second,
    /// Neither: they have the same validity.
    Neither,
}

impl Newer {
    /// The name in the JSON forms: `first`, `second`, `neither`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Neither => "neither",
        }
    }
}

/// What [`compare`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    relation: Relation,
    newer: Newer,
    first_difference: Option<usize>,
}

impl Comparison {
    /// How the two are related.
    #[must_use]
    pub const fn relation(self) -> Relation {
        self.relation
    }

    /// Which one is newer.
    #[must_use]
    pub const fn newer(self) -> Newer {
        self.newer
    }

    /// The index, from 0, of the first character in which the base64 of the two (without line breaks) differs; `None`
    /// if they are identical.
    ///
    /// People compare `MIID…` by eye. But the first characters are the structure that every certificate begins with,
    /// and are equal in almost any two of the same size.
    #[must_use]
    pub const fn first_difference(self) -> Option<usize> {
        self.first_difference
    }
}

/// Compares two certificates. Keys are compared as keys, not as bytes: see
/// [`PublicKey::is_same_key`](crate::PublicKey::is_same_key).
#[must_use]
pub fn compare(first: &Certificate, second: &Certificate) -> Comparison {
    Comparison {
        relation: relation(first, second),
        newer: newer(first, second),
        first_difference: first_difference(first.der(), second.der()),
    }
}

fn relation(first: &Certificate, second: &Certificate) -> Relation {
    if first == second {
        Relation::Identical
    } else if first.public_key().is_same_key(&second.public_key()) {
        Relation::SameKeyRenewed
    } else if first.subject_der() == second.subject_der() {
        Relation::SameSubjectNewKey
    } else {
        Relation::Unrelated
    }
}

fn newer(first: &Certificate, second: &Certificate) -> Newer {
    let period = |certificate: &Certificate| {
        let validity = certificate.validity();
        (validity.not_before(), validity.not_after())
    };
    match period(first).cmp(&period(second)) {
        Ordering::Greater => Newer::First,
        Ordering::Less => Newer::Second,
        Ordering::Equal => Newer::Neither,
    }
}

/// A character of base64 is six bits.
fn first_difference(first: &[u8], second: &[u8]) -> Option<usize> {
    let byte = first.iter().zip(second).position(|(one, two)| one != two)?;
    let differing = first.get(byte)? ^ second.get(byte)?;
    let bit = byte.saturating_mul(8).saturating_add(usize::try_from(differing.leading_zeros()).ok()?);
    Some(bit / 6)
}
