//! Everything about an application but its private keys.

use super::place::{Former, Next, Pending, PlacedCertificate, RevokedKey, Role};
use super::provider::ServiceProvider;
use super::settings::Settings;
use super::text::{ApplicationId, EntityId};
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// Everything about an application but its private keys. [`Record::apply`] is the only thing that changes it, and
/// replaying all events gives the same record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub(crate) id: ApplicationId,
    pub(crate) revision: u64,
    pub(crate) settings: Settings,
    /// In the order of their entity IDs.
    pub(crate) providers: Vec<ServiceProvider>,
    pub(crate) activated_at: Option<UnixTime>,
    pub(crate) active: Option<PlacedCertificate>,
    pub(crate) next: Option<Next>,
    pub(crate) previous: Option<PlacedCertificate>,
    pub(crate) pending: Option<Pending>,
    /// Oldest first.
    pub(crate) former: Vec<Former>,
    pub(crate) revoked: Vec<RevokedKey>,
}

/// Why a record or an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A version that this release does not know.
    #[error("version: {found} is not known here; this release reads version {known}")]
    UnknownVersion {
        /// The version of the record.
        found: u64,
        /// The version that this release reads.
        known: u64,
    },
    /// A field is missing, unknown, or has a value that is not allowed.
    #[error("{field}: {what}")]
    Malformed {
        /// The path of the field.
        field: String,
        /// What is wrong with it.
        what: String,
    },
    /// An event does not follow the one before it.
    #[error("sequence: found {found} instead of {expected}; an event is missing, or appears twice")]
    Sequence {
        /// The sequence that was expected.
        expected: u64,
        /// The sequence of the event.
        found: u64,
    },
    /// An event does not fit the record that the events before it give.
    #[error("event {sequence} ({change}) does not fit the record: {field}")]
    DoesNotFit {
        /// The sequence of the event.
        sequence: u64,
        /// The name of its change, such as `cut-over`.
        change: &'static str,
        /// The part of the record that it does not fit.
        field: &'static str,
    },
    /// Two fields contradict each other.
    #[error("{field}: {what}")]
    Contradiction {
        /// The field that contradicts another one.
        field: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// No private key was given for a certificate.
    #[error("{field}: no private key was given whose public half has the SHA-256 fingerprint {spki_sha256}")]
    MissingKey {
        /// The place of the certificate.
        field: &'static str,
        /// The fingerprint of its public key.
        spki_sha256: Fingerprint,
    },
    /// A private key was given that belongs to no certificate.
    #[error(
        "keys: the one whose public half has the SHA-256 fingerprint {spki_sha256} belongs to nothing in the record"
    )]
    UnneededKey {
        /// The fingerprint of its public half.
        spki_sha256: Fingerprint,
    },
}

impl RecordError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownVersion { .. } => ErrorCode::RecordVersion,
            Self::Malformed { .. } => ErrorCode::RecordMalformed,
            Self::Sequence { .. } => ErrorCode::RecordSequence,
            Self::DoesNotFit { .. } => ErrorCode::RecordEvent,
            Self::Contradiction { .. } => ErrorCode::RecordContradiction,
            Self::MissingKey { .. } => ErrorCode::RecordKeyMissing,
            Self::UnneededKey { .. } => ErrorCode::RecordKeyUnneeded,
        }
    }
}

impl Record {
    /// The certificates that have keys, and the names of their places.
    pub(super) fn places(&self) -> impl Iterator<Item = (&'static str, &PlacedCertificate)> {
        let active = self.active.iter().map(|placed| ("active", placed));
        let next = self.next.iter().map(|next| ("next", &next.placed));
        active.chain(next).chain(self.previous.iter().map(|placed| ("previous", placed)))
    }

    pub(super) fn is_revoked(&self, spki_sha256: &Fingerprint) -> bool {
        self.revoked.iter().any(|key| key.spki_sha256 == *spki_sha256)
    }

    /// What the caller calls the application.
    #[must_use]
    pub const fn id(&self) -> &ApplicationId {
        &self.id
    }

    /// How many events made the record: one more with each. Compare it before storing a changed record.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The settings of the administrator.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The service providers, in the order of their entity IDs.
    #[must_use]
    pub fn providers(&self) -> &[ServiceProvider] {
        &self.providers
    }

    /// The service provider with an entity ID.
    #[must_use]
    pub fn provider(&self, entity_id: &EntityId) -> Option<&ServiceProvider> {
        self.position(entity_id).ok().and_then(|at| self.providers.get(at))
    }

    /// When the first pair came in; `None` as long as the application was never activated.
    #[must_use]
    pub const fn activated_at(&self) -> Option<UnixTime> {
        self.activated_at
    }

    /// The certificate that signs.
    #[must_use]
    pub const fn active(&self) -> Option<&PlacedCertificate> {
        self.active.as_ref()
    }

    /// The certificate that is to sign next.
    #[must_use]
    pub const fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// The certificate that signed before, is still published, and can come back.
    #[must_use]
    pub const fn previous(&self) -> Option<&PlacedCertificate> {
        self.previous.as_ref()
    }

    /// The half of a pair that waits for its other half.
    #[must_use]
    pub const fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// The certificates that ended, oldest first; at most [`MAX_FORMER`](crate::limits::MAX_FORMER), then the oldest is
    /// forgotten.
    #[must_use]
    pub fn former(&self) -> &[Former] {
        &self.former
    }

    /// The keys that no step takes again.
    #[must_use]
    pub fn revoked(&self) -> &[RevokedKey] {
        &self.revoked
    }

    /// Every certificate with its role, those that begin latest first. One that ended and came back, or ended twice,
    /// has its latest role.
    #[must_use]
    pub fn certificates(&self) -> Vec<(Role, &PlacedCertificate)> {
        let active = self.active.iter().map(|placed| (Role::Active, placed));
        let next = self.next.iter().map(|next| (Role::Next(next.stage), &next.placed));
        let previous = self.previous.iter().map(|placed| (Role::Previous, placed));
        let pending = self.pending.iter().filter_map(|half| match half {
            Pending::Certificate(placed) => Some((Role::Pending, &**placed)),
            Pending::PrivateKey { .. } => None,
        });
        let former = self.former.iter().rev().map(|former| (Role::Former(former.ending), &former.placed));
        let mut all: Vec<(Role, &PlacedCertificate)> = Vec::new();
        for (role, placed) in active.chain(next).chain(previous).chain(pending).chain(former) {
            if !all.iter().any(|(_, known)| known.sha256() == placed.sha256()) {
                all.push((role, placed));
            }
        }
        all.sort_by_key(|(_, placed)| core::cmp::Reverse(placed.certificate.validity().not_before()));
        all
    }
}
