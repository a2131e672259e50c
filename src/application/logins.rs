//! Whose logins work: does each service provider hold what signs?

use super::place::{PlacedCertificate, Stage};
use super::provider::{Capability, Holding, Known, Profile, ServiceProvider};
use super::record::Record;
use super::text::EntityId;
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// The state of the logins at a service provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The provider's entity ID.
    pub provider: EntityId,
    /// Says if they work, and why.
    pub state: LoginState,
}

/// Says if logins work, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginState {
    /// The provider holds what signs.
    Works {
        /// How that is known.
        known: Known,
    },
    /// The provider does not hold what signs.
    Breaks(Break),
    /// Nobody knows what the provider holds.
    Unknown(Doubt),
}

/// Why logins break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Break {
    /// No certificate signs.
    #[error("nothing signs")]
    NothingSigns,
    /// The provider holds other certificates.
    #[error("it does not hold the certificate that signs")]
    HoldsAnother {
        /// The fingerprints of what it holds.
        holds: Vec<Fingerprint>,
    },
}

/// Why nobody knows whether logins work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Doubt {
    /// Nobody has said what the provider holds.
    #[error("nobody has confirmed what it holds")]
    NothingKnown,
    /// The certificate that signs was exported for the provider, perhaps another one after it. Nobody has confirmed
    /// which of them is in place.
    #[error("it was given the certificate that signs, and nobody has confirmed that this one is in place")]
    NotConfirmed,
    /// The provider pulls metadata, and may not have pulled what signs.
    #[error("it pulls metadata, and may not have it before {until}")]
    MayNotHavePulled {
        /// The moment from which it has.
        until: UnixTime,
    },
}

impl LoginState {
    /// The name in the JSON forms: `works`, `breaks`, `unknown`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Works { .. } => "works",
            Self::Breaks(_) => "breaks",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Returns true if they work for certain.
    #[must_use]
    pub const fn works(&self) -> bool {
        matches!(self, Self::Works { .. })
    }
}

impl Record {
    /// The state of the logins at each service provider at a moment, in the order of the entity IDs.
    #[must_use]
    pub fn logins(&self, now: UnixTime) -> Vec<Login> {
        let login = |provider: &ServiceProvider| {
            let state = self.login(provider, self.active.as_ref(), now);
            Login { provider: provider.entity_id.clone(), state }
        };
        self.providers.iter().map(login).collect()
    }

    /// The state of the logins at a provider if this certificate signed.
    pub(super) fn login(
        &self,
        provider: &ServiceProvider,
        signs: Option<&PlacedCertificate>,
        now: UnixTime,
    ) -> LoginState {
        let Some(signs) = signs else { return LoginState::Breaks(Break::NothingSigns) };
        match (provider.known_to_hold(signs), self.pulled_by(provider, signs)) {
            (Some(Known::Confirmed), _) => LoginState::Works { known: Known::Confirmed },
            (_, Some(until)) if until <= now => LoginState::Works { known: Known::Assumed },
            (_, Some(until)) => LoginState::Unknown(Doubt::MayNotHavePulled { until }),
            (Some(_), None) => LoginState::Unknown(Doubt::NotConfirmed),
            (None, None) if provider.holds.is_empty() => LoginState::Unknown(Doubt::NothingKnown),
            (None, None) => LoginState::Breaks(Break::HoldsAnother { holds: fingerprints(&provider.holds) }),
        }
    }

    /// The moment from which a provider that pulls metadata has a certificate; `None` for the others, and for a
    /// certificate that is not published to it.
    pub(super) fn pulled_by(&self, provider: &ServiceProvider, placed: &PlacedCertificate) -> Option<UnixTime> {
        let Capability::Metadata { pull_interval } = provider.capability else { return None };
        let shown = match provider.profile {
            // It is shown a certificate from the moment at which it signs.
            Profile::ActiveOnly => self.active.as_ref().filter(|active| active.is(placed)).map(|active| active.since),
            _ => placed.published_at,
        };
        shown.map(|shown| later(shown, pull_interval.get(), self.settings.skew))
    }

    /// From when on a provider that pulls metadata has the next certificate, if that is shown to it from a moment on;
    /// `None` for the others, and for those that are known for certain to hold it.
    pub(super) fn next_pulled_by(&self, provider: &ServiceProvider, shown: UnixTime) -> Option<UnixTime> {
        match provider.capability {
            Capability::Metadata { pull_interval } if !self.holds_next(provider) => {
                Some(later(shown, pull_interval.get(), self.settings.skew))
            }
            _ => None,
        }
    }

    /// The certificates that a provider is given, in the order of its profile.
    pub(super) fn profile(&self, provider: &ServiceProvider) -> impl Iterator<Item = &PlacedCertificate> + use<'_> {
        let active = self.active.as_ref();
        let next = self.next.as_ref().filter(|next| next.stage == Stage::Published).map(|next| &next.placed);
        let order = match provider.profile {
            Profile::ActiveOnly => [active, None, None],
            Profile::ActiveNext => [active, next, self.previous.as_ref()],
            Profile::NextActive => [next, active, self.previous.as_ref()],
        };
        order.into_iter().flatten()
    }

    /// What a provider holds at a moment: what was confirmed or exported, and what a provider that pulls metadata is
    /// assumed to hold.
    pub(super) fn held(&self, provider: &ServiceProvider, now: UnixTime) -> Vec<Holding> {
        let mut holds = provider.holds.clone();
        if !provider.pulls() {
            return holds;
        }
        for placed in self.profile(provider) {
            let since = self.pulled_by(provider, placed).filter(|since| *since <= now);
            let untold = since.filter(|_| provider.known_to_hold(placed).is_none());
            holds.extend(untold.map(|since| Holding { certificate: *placed.sha256(), since, known: Known::Assumed }));
        }
        holds
    }

    /// Returns true if a provider should be given certificates again: its profile gives others now than at the last
    /// export. A provider that pulls metadata gets them by itself, and is stale until it has.
    pub(super) fn is_stale(&self, provider: &ServiceProvider, now: UnixTime) -> bool {
        let mut profile = self.profile(provider);
        if provider.pulls() {
            return profile.any(|placed| self.pulled_by(provider, placed).is_some_and(|until| now < until));
        }
        let exported = provider.exported.as_ref().map(|exported| exported.certificates.as_slice()).unwrap_or_default();
        // Nothing secret is compared, and in a million applications it counts.
        !profile.map(|placed| placed.sha256().digest()).eq(exported.iter().map(Fingerprint::digest))
    }

    /// Returns true if somebody must give a provider its certificates: it is stale, does not pull them, and nobody has
    /// seen that it holds all of them.
    pub(super) fn needs_export(&self, provider: &ServiceProvider, now: UnixTime) -> bool {
        let is_unseen = |placed| provider.known_to_hold(placed) != Some(Known::Confirmed);
        !provider.pulls() && self.is_stale(provider, now) && self.profile(provider).any(is_unseen)
    }

    /// The providers that hold a certificate, or may have pulled it.
    pub(super) fn holders(&self, placed: &PlacedCertificate, now: UnixTime) -> Vec<EntityId> {
        let holds = |provider: &&ServiceProvider| {
            let is_shown = self.pulled_by(provider, placed).is_some() && placed.published_at <= Some(now);
            is_shown || provider.known_to_hold(placed).is_some()
        };
        self.providers.iter().filter(holds).map(|provider| provider.entity_id.clone()).collect()
    }
}

fn fingerprints(holds: &[Holding]) -> Vec<Fingerprint> {
    holds.iter().map(|holding| holding.certificate).collect()
}

/// Adds two numbers of seconds to a moment; gives the last moment there is if the sum is later.
fn later(moment: UnixTime, seconds: u32, more: u32) -> UnixTime {
    UnixTime(moment.0.saturating_add(i64::from(seconds)).saturating_add(i64::from(more)))
}
