//! The service providers of an application: what each can take, and what it is known to hold.

use core::num::NonZeroU32;

use super::place::PlacedCertificate;
use super::text::{DisplayName, EntityId};
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use crate::limits::MAX_HOLDINGS;
use crate::pem::Form;
use crate::time::UnixTime;

/// A service provider, what it can take, and what it holds as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    pub(crate) entity_id: EntityId,
    pub(crate) name: Option<DisplayName>,
    pub(crate) capability: Capability,
    pub(crate) paste_format: PasteFormat,
    pub(crate) profile: Profile,
    pub(crate) holds: Vec<Holding>,
    pub(crate) exported: Option<Exported>,
}

impl ServiceProvider {
    /// A provider of which nothing is known yet but what it can take. Its paste format is PEM (or a fingerprint, if it
    /// takes only that), its profile is the default of the capability.
    #[must_use]
    pub const fn new(entity_id: EntityId, capability: Capability) -> Self {
        let (paste_format, profile) = match capability {
            Capability::OneCertificate => (PasteFormat::Pem, Profile::ActiveOnly),
            Capability::Fingerprint { .. } => (PasteFormat::Fingerprint, Profile::ActiveOnly),
            Capability::SeveralCertificates | Capability::Metadata { .. } => (PasteFormat::Pem, Profile::ActiveNext),
        };
        Self { entity_id, name: None, capability, paste_format, profile, holds: Vec::new(), exported: None }
    }

    /// With a name for people.
    #[must_use]
    pub fn with_name(self, name: DisplayName) -> Self {
        Self { name: Some(name), ..self }
    }

    /// With the form in which it wants a certificate.
    #[must_use]
    pub fn with_paste_format(self, paste_format: PasteFormat) -> Self {
        Self { paste_format, ..self }
    }

    /// With another profile than the default of its capability.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// The entity ID.
    #[must_use]
    pub const fn entity_id(&self) -> &EntityId {
        &self.entity_id
    }

    /// The name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&DisplayName> {
        self.name.as_ref()
    }

    /// What it can take.
    #[must_use]
    pub const fn capability(&self) -> Capability {
        self.capability
    }

    /// The form in which it wants a certificate.
    #[must_use]
    pub const fn paste_format(&self) -> PasteFormat {
        self.paste_format
    }

    /// Which certificates it is given.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// What it was confirmed to hold, or what was exported for it, oldest first. What a provider that pulls metadata is
    /// assumed to hold follows from the time, and stands in [`Login`](super::Login).
    #[must_use]
    pub fn holds(&self) -> &[Holding] {
        &self.holds
    }

    /// What was last exported for it.
    #[must_use]
    pub const fn exported(&self) -> Option<&Exported> {
        self.exported.as_ref()
    }

    /// Returns true if nothing is known of what it holds.
    pub(super) const fn is_new(&self) -> bool {
        self.holds.is_empty() && self.exported.is_none()
    }

    /// Returns true if a new certificate takes the place of the old one.
    pub(super) const fn holds_one(&self) -> bool {
        matches!(self.capability, Capability::OneCertificate | Capability::Fingerprint { .. })
    }

    /// How it is known that the provider holds a certificate. Where a new one takes the place of the one before, one
    /// that was given out later may have: then it is as good as given out, too.
    pub(super) fn known_to_hold(&self, placed: &PlacedCertificate) -> Option<Known> {
        let is_it = |holding: &&Holding| placed.has_fingerprint(&holding.certificate);
        let mut known = self.holds.iter().filter(is_it).map(|holding| holding.known);
        let is_sure = match self.holds.last() {
            Some(latest) if self.holds_one() => is_it(&latest) && latest.known == Known::Confirmed,
            _ => known.clone().any(|known| known == Known::Confirmed),
        };
        if is_sure { Some(Known::Confirmed) } else { known.next().map(|_| Known::Exported) }
    }

    pub(super) const fn pulls(&self) -> bool {
        matches!(self.capability, Capability::Metadata { .. })
    }

    /// Returns true if it is given the next certificate beside the one that signs, as soon as the next one is
    /// published.
    pub(super) fn learns_early(&self) -> bool {
        !self.holds_one() && self.profile != Profile::ActiveOnly
    }

    pub(super) fn confirm(&mut self, certificate: Fingerprint, since: UnixTime) {
        if self.holds_one() {
            self.holds.clear();
        }
        self.hold(Holding { certificate, since, known: Known::Confirmed });
    }

    /// Notes an export. A confirmed certificate stays confirmed, since another export of it proves nothing new.
    pub(super) fn export(&mut self, certificates: Vec<Fingerprint>, at: UnixTime) {
        for certificate in &certificates {
            let is_known = self.holds.iter().any(|holding| holding.certificate == *certificate);
            if !is_known {
                self.hold(Holding { certificate: *certificate, since: at, known: Known::Exported });
            }
        }
        self.exported = Some(Exported { at, certificates });
    }

    /// Forgets the oldest where there are too many.
    fn hold(&mut self, holding: Holding) {
        self.holds.retain(|known| known.certificate != holding.certificate);
        if self.holds.len() >= MAX_HOLDINGS {
            self.holds.remove(0);
        }
        self.holds.push(holding);
    }
}

/// What a service provider can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// One certificate: a new one takes the place of the old one, at one moment.
    OneCertificate,
    /// Several certificates side by side.
    SeveralCertificates,
    /// It pulls metadata by itself.
    Metadata {
        /// The longest time between two pulls, in seconds.
        pull_interval: NonZeroU32,
    },
    /// The fingerprint of one certificate.
    Fingerprint {
        /// The hash of the fingerprint.
        algorithm: HashAlgorithm,
    },
}

impl Capability {
    /// The name in the JSON forms: `one-certificate`, `several-certificates`, `metadata`, `fingerprint`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneCertificate => "one-certificate",
            Self::SeveralCertificates => "several-certificates",
            Self::Metadata { .. } => "metadata",
            Self::Fingerprint { .. } => "fingerprint",
        }
    }
}

/// The form in which a service provider wants a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PasteFormat {
    /// PEM with LF line ends.
    Pem,
    /// PEM with CRLF line ends.
    PemCrlf,
    /// The base64 of the DER in one line.
    OneLine,
    /// The DER itself.
    Der,
    /// The text of an `X509Certificate` element.
    Element,
    /// The fingerprint.
    Fingerprint,
}

impl PasteFormat {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Pem, Self::PemCrlf, Self::OneLine, Self::Der, Self::Element, Self::Fingerprint];

    /// The name in the JSON forms: `pem`, `pem-crlf`, `one-line`, `der`, `element`, `fingerprint`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::PemCrlf => "pem-crlf",
            Self::OneLine => "one-line",
            Self::Der => "der",
            Self::Element => "element",
            Self::Fingerprint => "fingerprint",
        }
    }

    /// How a certificate is written; `None` for a fingerprint.
    pub(super) const fn form(self) -> Option<Form> {
        match self {
            Self::Pem => Some(Form::Pem),
            Self::PemCrlf => Some(Form::PemCrlf),
            Self::OneLine => Some(Form::Base64),
            Self::Der => Some(Form::Der),
            Self::Element => Some(Form::Element),
            Self::Fingerprint => None,
        }
    }
}

/// Which certificates a service provider is given, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// The certificate that signs.
    ActiveOnly,
    /// The one that signs, then a published next one, then a previous one as long as it is published.
    ActiveNext,
    /// A published next one, then the one that signs, then a previous one as long as it is published: for providers
    /// that look at the first only, and should learn the next one first.
    NextActive,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::ActiveOnly, Self::ActiveNext, Self::NextActive];

    /// The name in the JSON forms: `active-only`, `active-next`, `next-active`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ActiveOnly => "active-only",
            Self::ActiveNext => "active-next",
            Self::NextActive => "next-active",
        }
    }
}

/// A certificate that a service provider holds, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The SHA-256 fingerprint of a certificate of the application, or what the provider said.
    pub certificate: Fingerprint,
    /// Since when it holds it.
    pub since: UnixTime,
    /// How it is known.
    pub known: Known,
}

/// How it is known that a provider holds a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Known {
    /// Somebody confirmed it.
    Confirmed,
    /// It was exported for the provider, but nobody has confirmed it.
    Exported,
    /// The provider pulls metadata, and its pull interval has passed.
    Assumed,
}

impl Known {
    /// The name in the JSON forms: `confirmed`, `exported`, `assumed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Exported => "exported",
            Self::Assumed => "assumed",
        }
    }
}

/// What was exported for a provider, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// When it was exported.
    pub at: UnixTime,
    /// The SHA-256 fingerprints of the certificates, in order.
    pub certificates: Vec<Fingerprint>,
}
