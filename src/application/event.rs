//! What happened to an application.

use super::place::RevocationReason;
use super::provider::ServiceProvider;
use super::settings::Settings;
use super::text::{ApplicationId, EntityId};
use crate::certificate::Certificate;
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// When a step is taken, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    /// The present moment.
    pub now: UnixTime,
    /// Who takes the step: 1 to 256 visible characters.
    pub actor: &'a str,
}

/// The service providers whose logins a step may break, and why it is taken all the same.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance<'a> {
    /// Exactly the providers whose logins break, or are unknown.
    pub providers: &'a [EntityId],
    /// 1 to 1024 visible characters. It may be empty only if no provider is named.
    pub reason: &'a str,
}

impl Acceptance<'_> {
    /// Accepts no broken login.
    pub const NONE: Self = Self { providers: &[], reason: "" };
}

/// One step that was taken. It is enough to repeat the step on a copy, and holds no byte of a private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The number of the event: 1 for the first event of an application, then counted up.
    pub sequence: u64,
    /// When the step was taken.
    pub at: UnixTime,
    /// Who took the step.
    pub actor: String,
    /// Why the step was taken, if a reason was given.
    pub reason: Option<String>,
    /// What the step changed.
    pub change: Change,
}

/// What a step changed. Fingerprints are SHA-256, and of certificates unless a field says that they are of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The application was created.
    Created {
        /// Its ID.
        id: ApplicationId,
        /// Its first settings.
        settings: Box<Settings>,
    },
    /// The settings were replaced.
    SettingsChanged {
        /// The new settings.
        settings: Box<Settings>,
    },
    /// The first pair came in and signs.
    Activated {
        /// Its certificate.
        certificate: Certificate,
    },
    /// A certificate came in and waits for its key.
    CertificateUploaded {
        /// The certificate.
        certificate: Certificate,
        /// The certificate that waited before, if it is another one.
        replaced: Option<Fingerprint>,
    },
    /// A private key came in and waits for its certificate.
    PrivateKeyUploaded {
        /// The fingerprint of the key's public half.
        spki_sha256: Fingerprint,
        /// The key that waited before, if it is another one.
        replaced: Option<Fingerprint>,
    },
    /// A pair came in and is a draft.
    Staged {
        /// Its certificate.
        certificate: Certificate,
        /// The draft or saved certificate that it replaced.
        replaced: Option<Fingerprint>,
    },
    /// The draft was saved and waits.
    Saved {
        /// Its certificate.
        certificate: Fingerprint,
    },
    /// The draft was saved, and signs.
    SavedAndSwitched {
        /// What signs now.
        certificate: Fingerprint,
        /// What signed before.
        previous: Option<Fingerprint>,
        /// The older previous certificate that lost its place.
        displaced: Option<Fingerprint>,
        /// The providers whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// What waited for its other half was discarded.
    HalfDiscarded {
        /// The certificate; or the key, then the fingerprint of its public half.
        half: Fingerprint,
    },
    /// The next certificate was withdrawn.
    Discarded {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
        /// The providers that may hold it already.
        held_by: Vec<EntityId>,
    },
    /// The next certificate was published to service providers.
    Published {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
    },
    /// The next certificate signs.
    CutOver {
        /// What signs now.
        certificate: Fingerprint,
        /// What signed before.
        previous: Option<Fingerprint>,
        /// The providers whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// The previous certificate signs again.
    RolledBack {
        /// What signs now.
        certificate: Fingerprint,
        /// What signed before, and is next again.
        next: Option<Fingerprint>,
        /// The providers whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// The previous certificate is no longer published and cannot come back.
    Retired {
        /// Its SHA-256 fingerprint.
        certificate: Fingerprint,
        /// The providers whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// A key was revoked.
    Revoked {
        /// The fingerprint of its public half.
        spki_sha256: Fingerprint,
        /// Why it was revoked.
        reason: RevocationReason,
        /// The certificates that lost their places.
        cleared: Vec<Fingerprint>,
        /// The certificate of the pair that signs in its place.
        replacement: Option<Certificate>,
        /// The providers whose logins break, or are unknown.
        breaks: Vec<EntityId>,
    },
    /// A service provider was added.
    ProviderAdded {
        /// The provider as it was added.
        provider: Box<ServiceProvider>,
    },
    /// Somebody confirmed what a service provider holds.
    ProviderConfirmed {
        /// Its entity ID.
        provider: EntityId,
        /// What it holds.
        certificate: Fingerprint,
    },
    /// Certificates were exported for a service provider.
    ProviderExported {
        /// Its entity ID.
        provider: EntityId,
        /// Their SHA-256 fingerprints, in the order of the export.
        certificates: Vec<Fingerprint>,
    },
    /// A service provider was removed.
    ProviderRemoved {
        /// Its entity ID.
        provider: EntityId,
    },
}

impl Change {
    /// The providers whose logins were accepted to break; `None` for a change that takes no acceptance.
    pub(super) fn accepted(&self) -> Option<&[EntityId]> {
        match self {
            Self::SavedAndSwitched { accepted, .. }
            | Self::CutOver { accepted, .. }
            | Self::RolledBack { accepted, .. }
            | Self::Retired { accepted, .. } => Some(accepted),
            _ => None,
        }
    }

    /// As [`Self::accepted`], to be filled in.
    pub(super) const fn accepted_mut(&mut self) -> Option<&mut Vec<EntityId>> {
        match self {
            Self::SavedAndSwitched { accepted, .. }
            | Self::CutOver { accepted, .. }
            | Self::RolledBack { accepted, .. }
            | Self::Retired { accepted, .. } => Some(accepted),
            _ => None,
        }
    }

    /// The name in the JSON forms, such as `cut-over`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::SettingsChanged { .. } => "settings-changed",
            Self::Activated { .. } => "activated",
            Self::CertificateUploaded { .. } => "certificate-uploaded",
            Self::PrivateKeyUploaded { .. } => "private-key-uploaded",
            Self::Staged { .. } => "staged",
            Self::Saved { .. } => "saved",
            Self::SavedAndSwitched { .. } => "saved-and-switched",
            Self::HalfDiscarded { .. } => "half-discarded",
            Self::Discarded { .. } => "discarded",
            Self::Published { .. } => "published",
            Self::CutOver { .. } => "cut-over",
            Self::RolledBack { .. } => "rolled-back",
            Self::Retired { .. } => "retired",
            Self::Revoked { .. } => "revoked",
            Self::ProviderAdded { .. } => "provider-added",
            Self::ProviderConfirmed { .. } => "provider-confirmed",
            Self::ProviderExported { .. } => "provider-exported",
            Self::ProviderRemoved { .. } => "provider-removed",
        }
    }
}
