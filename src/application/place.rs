//! Where a certificate of an application stands.

use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::time::UnixTime;

/// A certificate in its place. Its fingerprints are computed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedCertificate {
    pub(crate) certificate: Certificate,
    sha256: Fingerprint,
    spki_sha256: Fingerprint,
    pub(crate) since: UnixTime,
    pub(crate) published_at: Option<UnixTime>,
}

impl PlacedCertificate {
    pub(crate) fn new(certificate: Certificate, since: UnixTime, published_at: Option<UnixTime>) -> Self {
        let sha256 = certificate.fingerprint(HashAlgorithm::Sha256);
        let spki_sha256 = certificate.public_key().identity();
        Self { certificate, sha256, spki_sha256, since, published_at }
    }

    /// The same certificate in another place.
    pub(super) fn moved(self, since: UnixTime) -> Self {
        Self { since, ..self }
    }

    /// The same certificate, published at a moment.
    pub(super) fn published(self, published_at: UnixTime) -> Self {
        Self { published_at: Some(published_at), ..self }
    }

    /// The certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its SHA-256 fingerprint.
    #[must_use]
    pub const fn sha256(&self) -> &Fingerprint {
        &self.sha256
    }

    /// The SHA-256 fingerprint of its public key in the default encoding (an uncompressed point; RSA without a
    /// restriction to PSS). All certificates of a key have the same one.
    #[must_use]
    pub const fn spki_sha256(&self) -> &Fingerprint {
        &self.spki_sha256
    }

    /// Returns true if a fingerprint, by any hash, is of this certificate, or of its public key if its target is a key.
    /// SHA-256 costs no hashing.
    pub(super) fn has_fingerprint(&self, fingerprint: &Fingerprint) -> bool {
        match (fingerprint.target(), fingerprint.algorithm()) {
            // Nothing secret is compared, so the comparison need not take constant time.
            (FingerprintTarget::Certificate, HashAlgorithm::Sha256) => self.sha256.digest() == fingerprint.digest(),
            _ => self.spki_sha256 == *fingerprint || self.certificate.has_fingerprint(fingerprint),
        }
    }

    /// Returns true if it is the same certificate.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.sha256.digest() == other.sha256.digest()
    }

    /// The target of a digest. A bare digest may be of a certificate or of a key, whatever the fingerprint says.
    pub(super) fn target_of(&self, fingerprint: &Fingerprint) -> Option<FingerprintTarget> {
        let (algorithm, digest) = (fingerprint.algorithm(), fingerprint.digest());
        let is_key = |own: &Fingerprint| own.digest() == digest;
        match self.certificate.fingerprint(algorithm) {
            own if own.digest() == digest => Some(FingerprintTarget::Certificate),
            _ if is_key(&self.spki_sha256) || is_key(&self.certificate.spki_fingerprint(algorithm)) => {
                Some(FingerprintTarget::Spki)
            }
            _ => None,
        }
    }

    /// When it came to its place; for a next certificate, when it reached its stage.
    #[must_use]
    pub const fn since(&self) -> UnixTime {
        self.since
    }

    /// Since when it is published without a break; `None` for a draft or saved certificate.
    #[must_use]
    pub const fn published_at(&self) -> Option<UnixTime> {
        self.published_at
    }
}

/// The certificate that is to sign next, and its stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub(crate) placed: PlacedCertificate,
    pub(crate) stage: Stage,
}

impl Next {
    /// The certificate.
    #[must_use]
    pub const fn placed(&self) -> &PlacedCertificate {
        &self.placed
    }

    /// Its stage.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }
}

/// The stage of the next certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stage {
    /// Not saved yet.
    Draft,
    /// Saved, but not published.
    Saved,
    /// Published to service providers beside the certificate that signs.
    Published,
}

impl Stage {
    /// The name in the JSON forms: `draft`, `saved`, `published`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Saved => "saved",
            Self::Published => "published",
        }
    }
}

/// A half of a pair that waits for its other half.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pending {
    /// A certificate without its key.
    Certificate(Box<PlacedCertificate>),
    /// A key without its certificate.
    PrivateKey {
        /// The SHA-256 fingerprint of its public half.
        spki_sha256: Fingerprint,
        /// Since when it waits.
        since: UnixTime,
    },
}

impl Pending {
    /// The fingerprint that names it: of the certificate, or of the key's public half.
    #[must_use]
    pub const fn fingerprint(&self) -> &Fingerprint {
        match self {
            Self::Certificate(placed) => placed.sha256(),
            Self::PrivateKey { spki_sha256, .. } => spki_sha256,
        }
    }

    /// The SHA-256 fingerprint of its public key.
    #[must_use]
    pub const fn spki_sha256(&self) -> &Fingerprint {
        match self {
            Self::Certificate(placed) => placed.spki_sha256(),
            Self::PrivateKey { spki_sha256, .. } => spki_sha256,
        }
    }

    /// Since when it waits.
    #[must_use]
    pub const fn since(&self) -> UnixTime {
        match self {
            Self::Certificate(placed) => placed.since,
            Self::PrivateKey { since, .. } => *since,
        }
    }

    /// The name in the JSON forms of what waits: `certificate`, `private-key`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate",
            Self::PrivateKey { .. } => "private-key",
        }
    }
}

/// A certificate that an application had once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    pub(crate) placed: PlacedCertificate,
    pub(crate) ending: Ending,
}

impl Former {
    /// The certificate; its `since` is the moment at which it ended.
    #[must_use]
    pub const fn placed(&self) -> &PlacedCertificate {
        &self.placed
    }

    /// Why it ended.
    #[must_use]
    pub const fn ending(&self) -> Ending {
        self.ending
    }
}

/// Why a certificate has no place any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ending {
    /// It was retired after its successor signed.
    Retired,
    /// A save under [`SavePolicy::OnSave`](super::SavePolicy::OnSave) needed its place.
    Displaced,
    /// It was discarded before it ever signed, or while it waited after a roll-back.
    Discarded,
    /// Another certificate was staged in its place.
    Replaced,
    /// Its key was revoked.
    Revoked(RevocationReason),
}

impl Ending {
    /// The name in the JSON forms: `retired`, `displaced`, `discarded`, `replaced`, `lost`, `compromised`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Retired => "retired",
            Self::Displaced => "displaced",
            Self::Discarded => "discarded",
            Self::Replaced => "replaced",
            Self::Revoked(reason) => reason.as_str(),
        }
    }
}

/// Why a key must not be used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationReason {
    /// Nobody has it any more.
    Lost,
    /// Somebody else may have it.
    Compromised,
}

impl RevocationReason {
    /// The name in the JSON forms: `lost`, `compromised`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Compromised => "compromised",
        }
    }
}

/// A key that no step takes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokedKey {
    /// The SHA-256 fingerprint of its public half.
    pub spki_sha256: Fingerprint,
    /// Why it was revoked.
    pub reason: RevocationReason,
    /// When it was revoked.
    pub since: UnixTime,
}

/// The role of a certificate in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// It signs.
    Active,
    /// It is to sign next.
    Next(Stage),
    /// It signed before, is still published, and can come back.
    Previous,
    /// It waits for its key.
    Pending,
    /// It ended: it was retired, displaced, discarded, replaced or revoked.
    Former(Ending),
}

impl Role {
    /// The name in the JSON forms: `active`, `next`, `previous`, `pending`, `former`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Next(_) => "next",
            Self::Previous => "previous",
            Self::Pending => "pending",
            Self::Former(_) => "former",
        }
    }
}
