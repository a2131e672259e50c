//! The status of an application.

use super::condition::Condition;
use super::guard::affected;
use super::logins::LoginState;
use super::place::{Next, Pending, PlacedCertificate, Stage};
use super::plan::Action;
use super::provider::{Holding, Known, ServiceProvider};
use super::record::Record;
use super::settings::SavePolicy;
use super::text::EntityId;
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// The status of an application at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// An unsaved change: a draft, or half of a pair that waits. What signs is still the old pair.
    pub unsaved: bool,
    /// The indicator of a certificate that signs.
    pub certificate: Indicator,
    /// The indicator of a key that signs.
    pub key: Indicator,
    /// True if the application was ever activated.
    pub activated: bool,
    /// The SHA-256 fingerprint of the certificate that signs.
    pub signs: Option<Fingerprint>,
    /// The certificate that waits, and at which stage.
    pub waits: Option<Waiting>,
    /// The half of a pair that waits for its other half.
    pub pending: Option<Pending>,
    /// The certificate that signs, with its dates.
    pub active: Option<Dated>,
    /// The one that signed before and is still published.
    pub previous: Option<Dated>,
    /// The condition of what signs.
    pub condition: Condition,
    /// The service providers, in the order of their entity IDs.
    pub providers: Vec<ProviderStatus>,
    /// The step to take now; `None` if there is nothing to do.
    pub to_do: Option<Action>,
    /// The revision of the record.
    pub revision: u64,
}

/// An indicator as consoles show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Indicator {
    /// It is not there.
    Grey,
    /// It is there.
    Green,
}

impl Indicator {
    const fn of(is_there: bool) -> Self {
        if is_there { Self::Green } else { Self::Grey }
    }

    /// The name in the JSON forms: `grey`, `green`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Green => "green",
        }
    }
}

/// A certificate that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its SHA-256 fingerprint.
    pub sha256: Fingerprint,
    /// Its stage.
    pub stage: Stage,
}

/// A certificate with its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its SHA-256 fingerprint.
    pub sha256: Fingerprint,
    /// The first moment of its validity.
    pub not_before: UnixTime,
    /// The last moment of its validity.
    pub not_after: UnixTime,
}

impl Dated {
    fn of(placed: &PlacedCertificate) -> Self {
        let validity = placed.certificate.validity();
        Self { sha256: *placed.sha256(), not_before: validity.not_before(), not_after: validity.not_after() }
    }
}

/// The status of a service provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderStatus {
    /// Its entity ID.
    pub entity_id: EntityId,
    /// Says if its logins work, and why.
    pub login: LoginState,
    /// True if it should be given certificates again.
    pub stale: bool,
    /// What it holds, as far as that is known.
    pub holds: Vec<Holding>,
}

/// The earliest moment at which a cut-over breaks no login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarliestCutOver {
    /// Not before this moment: the certificate is valid, and those that pull metadata have pulled by then, if it is
    /// published now at the latest.
    pub at: UnixTime,
    /// The providers that must be given the certificate and confirmed before that, or accepted.
    pub blockers: Vec<EntityId>,
}

impl Record {
    /// How the application stands at a moment.
    #[must_use]
    pub fn status(&self, now: UnixTime) -> Status {
        Status {
            unsaved: self.is_unsaved(),
            certificate: self.certificate_indicator(),
            key: self.key_indicator(),
            activated: self.activated_at.is_some(),
            signs: self.active.as_ref().map(|placed| *placed.sha256()),
            waits: self.next.as_ref().map(|next| Waiting { sha256: *next.placed.sha256(), stage: next.stage }),
            pending: self.pending.clone(),
            active: self.active.as_ref().map(Dated::of),
            previous: self.previous.as_ref().map(Dated::of),
            condition: self.condition(now),
            providers: self.providers.iter().map(|provider| self.provider_status(provider, now)).collect(),
            to_do: self.to_do(now),
            revision: self.revision,
        }
    }

    pub(crate) fn is_unsaved(&self) -> bool {
        self.pending.is_some() || self.next.as_ref().is_some_and(|next| next.stage == Stage::Draft)
    }

    pub(crate) const fn certificate_indicator(&self) -> Indicator {
        Indicator::of(self.active.is_some())
    }

    /// A certificate never stands in its place without its key.
    pub(crate) const fn key_indicator(&self) -> Indicator {
        Indicator::of(self.active.is_some())
    }

    fn provider_status(&self, provider: &ServiceProvider, now: UnixTime) -> ProviderStatus {
        ProviderStatus {
            entity_id: provider.entity_id.clone(),
            login: self.login(provider, self.active.as_ref(), now),
            stale: self.is_stale(provider, now),
            holds: self.held(provider, now),
        }
    }

    /// When a cut-over to the next certificate breaks no login, and who must act before; `None` if there is no next
    /// one.
    #[must_use]
    pub fn earliest_cut_over(&self, now: UnixTime) -> Option<EarliestCutOver> {
        let next = self.next.as_ref()?;
        let begin = now.max(next.placed.certificate.validity().not_before());
        let published_at = next.placed.published_at.unwrap_or(now);
        let early = self.providers.iter().filter(|provider| provider.learns_early() && !self.saving_switches());
        let learnt = early.filter_map(|provider| self.next_pulled_by(provider, published_at));
        let at = learnt.fold(begin, UnixTime::max);
        let published_at = if self.saving_switches() { at } else { published_at };
        let active = Some(next.placed.clone().published(published_at).moved(at));
        let after = Self { active, next: None, previous: self.active.clone(), ..self.clone() };
        Some(EarliestCutOver { at, blockers: affected(after.logins(at)) })
    }

    /// Returns true if the next certificate signs as soon as it is saved.
    pub(super) fn saving_switches(&self) -> bool {
        let stage = self.next.as_ref().map_or(Stage::Draft, |next| next.stage);
        self.settings.policy == SavePolicy::OnSave && stage == Stage::Draft
    }

    /// Returns true if a provider is known for certain to hold the next certificate.
    pub(super) fn holds_next(&self, provider: &ServiceProvider) -> bool {
        let holds = |next: &Next| provider.known_to_hold(&next.placed) == Some(Known::Confirmed);
        self.next.as_ref().is_some_and(holds)
    }
}
