//! Why a step was refused.

use super::place::Role;
use super::record::RecordError;
use super::text::{EntityId, TextError};
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;
use crate::pair::PairError;
use crate::time::UnixTime;

/// Why a step was refused. The application is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StepError {
    /// The application was never activated.
    #[error("the application is not activated; activate it first, which gives it its pair")]
    NotActivated,
    /// The application has a pair, or had one.
    #[error("the application is activated already; to replace its pair, regenerate or upload one")]
    AlreadyActivated,
    /// The next certificate is published.
    #[error("the next certificate {certificate} is published; cut over to it, or discard it first")]
    PublishedNext {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// The certificate stands in this application already.
    #[error("this certificate is there already, as the {} one", .role.as_str())]
    AlreadyPresent {
        /// The role in which it stands there.
        role: Role,
    },
    /// The key was revoked.
    #[error("the key {spki_sha256} is revoked already and never taken again; make a new pair")]
    RevokedKey {
        /// The SHA-256 fingerprint of its public half.
        spki_sha256: Fingerprint,
    },
    /// There is no draft to save.
    #[error("there is no unsaved certificate; regenerate, renew or upload one first")]
    NothingToSave,
    /// There is neither a half nor a next certificate to discard.
    #[error("there is nothing to discard")]
    NothingToDiscard,
    /// There is no next certificate.
    #[error("there is no next certificate to publish; regenerate, renew or upload one first")]
    NothingToPublish,
    /// The next certificate is not saved.
    #[error("the next certificate {certificate} is not saved; save it first")]
    Unsaved {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// The next certificate is published.
    #[error("the next certificate {certificate} is published already")]
    AlreadyPublished {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// There is no next certificate.
    #[error("there is no next certificate to cut over to; regenerate, renew or upload one first")]
    NothingToCutOver,
    /// The next certificate is saved, but not published.
    #[error(
        "the next certificate {certificate} is not published; publish it first, so that service providers learn it"
    )]
    NotPublished {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// There is a previous certificate, which must be retired first.
    #[error("the previous certificate {certificate} is still published; retire it first")]
    PreviousStillPublished {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// There is no previous certificate.
    #[error("there is no previous certificate to roll back to")]
    NothingToRollBack,
    /// There is a next certificate, which must be discarded first.
    #[error("the next certificate {certificate} is in the way; discard it first")]
    NextInTheWay {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// There is no previous certificate.
    #[error("there is no previous certificate to retire")]
    NothingToRetire,
    /// The fingerprint is of no certificate or key of this application.
    #[error("the application has no certificate or key with the fingerprint {fingerprint}")]
    UnknownKey {
        /// The fingerprint that was given.
        fingerprint: Fingerprint,
    },
    /// A replacement was given, but the revoked key is not the one that signs.
    #[error("the key of the certificate that signs is another one: revoke without a replacement")]
    ReplacementNotNeeded,
    /// Logins would break or are unknown, and that was not accepted.
    #[error("logins would break, or nobody knows whether they work, at {}; accept each by its entity ID, or confirm what it holds", listed(.providers))]
    LoginsWouldBreak {
        /// The service providers, in order.
        providers: Vec<EntityId>,
    },
    /// Logins that work were accepted to break.
    #[error("logins keep working at {}; accept only the service providers whose logins break or are unknown", listed(.providers))]
    NotAffected {
        /// The service providers, in order.
        providers: Vec<EntityId>,
    },
    /// Logins are accepted to break without a reason.
    #[error("a reason is required where logins are accepted to break")]
    ReasonRequired,
    /// The certificate that would sign has expired.
    #[error("the certificate that would sign expired at {not_after}; regenerate or renew it")]
    CertificateExpired {
        /// The last moment of its validity.
        not_after: UnixTime,
    },
    /// The certificate that would sign is not valid yet.
    #[error("the certificate that would sign is not valid before {not_before}")]
    CertificateNotYetValid {
        /// The first moment of its validity.
        not_before: UnixTime,
    },
    /// There is a service provider with this entity ID.
    #[error("there is a service provider {provider} already")]
    DuplicateProvider {
        /// The entity ID.
        provider: EntityId,
    },
    /// There is no service provider with this entity ID.
    #[error("there is no service provider {provider}")]
    UnknownProvider {
        /// The entity ID.
        provider: EntityId,
    },
    /// There is more of something than the limit allows.
    #[error("{what}: there may be at most {limit}")]
    TooMany {
        /// The name of what there is too much of.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// The actor or the reason is not valid.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The certificate and the key are no pair, or the pair does not sign.
    #[error(transparent)]
    Pair(#[from] PairError),
    /// The record takes no further event, since its revision is the last number.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl StepError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotActivated => ErrorCode::NotActivated,
            Self::AlreadyActivated => ErrorCode::AlreadyActivated,
            Self::PublishedNext { .. } => ErrorCode::PublishedNext,
            Self::AlreadyPresent { .. } => ErrorCode::AlreadyPresent,
            Self::RevokedKey { .. } => ErrorCode::RevokedKey,
            Self::NothingToSave => ErrorCode::NothingToSave,
            Self::NothingToDiscard => ErrorCode::NothingToDiscard,
            Self::NothingToPublish => ErrorCode::NothingToPublish,
            Self::Unsaved { .. } => ErrorCode::Unsaved,
            Self::AlreadyPublished { .. } => ErrorCode::AlreadyPublished,
            Self::NothingToCutOver => ErrorCode::NothingToCutOver,
            Self::NotPublished { .. } => ErrorCode::NotPublished,
            Self::PreviousStillPublished { .. } => ErrorCode::PreviousStillPublished,
            Self::NothingToRollBack => ErrorCode::NothingToRollBack,
            Self::NextInTheWay { .. } => ErrorCode::NextInTheWay,
            Self::NothingToRetire => ErrorCode::NothingToRetire,
            Self::UnknownKey { .. } => ErrorCode::UnknownKey,
            Self::ReplacementNotNeeded => ErrorCode::ReplacementNotNeeded,
            Self::LoginsWouldBreak { .. } => ErrorCode::LoginsWouldBreak,
            Self::NotAffected { .. } => ErrorCode::NotAffected,
            Self::ReasonRequired => ErrorCode::ReasonRequired,
            Self::CertificateExpired { .. } => ErrorCode::CertificateExpired,
            Self::CertificateNotYetValid { .. } => ErrorCode::CertificateNotYetValid,
            Self::DuplicateProvider { .. } => ErrorCode::DuplicateProvider,
            Self::UnknownProvider { .. } => ErrorCode::UnknownProvider,
            Self::TooMany { .. } => ErrorCode::TooMany,
            Self::Text(error) => error.code(),
            Self::Pair(error) => error.code(),
            Self::Record(error) => error.code(),
        }
    }
}

/// Lists three providers, and counts the others: "a, b, c and 4 more".
fn listed(providers: &[EntityId]) -> String {
    let named = providers.iter().take(3).map(EntityId::as_str).collect::<Vec<_>>().join(", ");
    match providers.len().saturating_sub(3) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
