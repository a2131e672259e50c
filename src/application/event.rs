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
    /// Exactly those whose logins break, or of whom it is unknown.
    pub providers: &'a [EntityId],
    /// Required if a provider is named: 1 to 1024 visible characters. Else it may be empty.
    pub reason: &'a str,
}

impl Acceptance<'_> {
    /// Nothing may break.
    pub const NONE: Self = Self { providers: &[], reason: "" };
}

/// One step that was taken: enough to take it again on a copy, and never a byte of a private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// 1 for the first event of an application, and one more for each.
    pub sequence: u64,
    /// When.
    pub at: UnixTime,
    /// Who.
    pub actor: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// What.
    pub change: Change,
}

/// What a step changed. Fingerprints are SHA-256, of certificates unless a key is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The application was made.
    Created {
        /// Its ID.
        id: ApplicationId,
        /// Its first settings.
        settings: Box<Settings>,
    },
    /// The settings were replaced.
    SettingsChanged {
        /// The new ones.
        settings: Box<Settings>,
    },
    /// The first pair came in, and signs.
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
        /// Whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// What waited for its other half was discarded.
    HalfDiscarded {
        /// The certificate; or the key, then the fingerprint of its public half.
        half: Fingerprint,
    },
    /// The next certificate was withdrawn.
    Discarded {
        /// Which.
        certificate: Fingerprint,
        /// Who may hold it already.
        held_by: Vec<EntityId>,
    },
    /// The next certificate is shown to service providers.
    Published {
        /// Which.
        certificate: Fingerprint,
    },
    /// The next certificate signs.
    CutOver {
        /// What signs now.
        certificate: Fingerprint,
        /// What signed before.
        previous: Option<Fingerprint>,
        /// Whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// The previous certificate signs again.
    RolledBack {
        /// What signs now.
        certificate: Fingerprint,
        /// What signed before, and is next again.
        next: Option<Fingerprint>,
        /// Whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// The previous certificate is no longer published and cannot come back.
    Retired {
        /// Which.
        certificate: Fingerprint,
        /// Whose logins were accepted to break.
        accepted: Vec<EntityId>,
    },
    /// A key was revoked.
    Revoked {
        /// The fingerprint of its public half.
        spki_sha256: Fingerprint,
        /// Why.
        reason: RevocationReason,
        /// The certificates that lost their places.
        cleared: Vec<Fingerprint>,
        /// The certificate of the pair that signs in its place.
        replacement: Option<Certificate>,
        /// Whose logins break, or of whom it is unknown.
        breaks: Vec<EntityId>,
    },
    /// A service provider was added.
    ProviderAdded {
        /// The provider.
        provider: Box<ServiceProvider>,
    },
    /// Somebody looked at what a service provider holds.
    ProviderConfirmed {
        /// Whom.
        provider: EntityId,
        /// What it holds.
        certificate: Fingerprint,
    },
    /// Certificates were given out for a service provider.
    ProviderExported {
        /// Whom.
        provider: EntityId,
        /// Which, in order.
        certificates: Vec<Fingerprint>,
    },
    /// A service provider was removed.
    ProviderRemoved {
        /// Whom.
        provider: EntityId,
    },
}

impl Change {
    /// Whose logins were accepted to break; `None` of steps that break none.
    pub(super) fn accepted(&self) -> Option<&[EntityId]> {
        match self {
            Self::SavedAndSwitched { accepted, .. }
            | Self::CutOver { accepted, .. }
            | Self::RolledBack { accepted, .. }
            | Self::Retired { accepted, .. } => Some(accepted),
            _ => None,
        }
    }

    /// The same, to be filled in.
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
