//! The steps that concern service providers.

use super::Application;
use super::error::StepError;
use super::event::{Change, Event, StepContext};
use super::provider::ServiceProvider;
use super::record::Record;
use super::text::{EntityId, check_actor};
use crate::certificate::Certificate;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::limits::MAX_PROVIDERS;

impl Application {
    /// Adds a service provider, of which nothing is known yet.
    ///
    /// # Errors
    /// [`StepError::DuplicateProvider`]; [`StepError::TooMany`] beyond
    /// [`MAX_PROVIDERS`].
    pub fn add_provider(&mut self, at: StepContext<'_>, provider: ServiceProvider) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        if self.record.provider(provider.entity_id()).is_some() {
            return Err(StepError::DuplicateProvider { provider: provider.entity_id().clone() });
        }
        if self.record.providers.len() >= MAX_PROVIDERS {
            return Err(StepError::TooMany { what: "service providers", limit: MAX_PROVIDERS });
        }
        let provider = Box::new(ServiceProvider { holds: Vec::new(), exported: None, ..provider });
        self.commit(at, Change::ProviderAdded { provider }, None)
    }

    /// Notes that somebody looked and saw which certificate a service provider holds: for one that takes a single
    /// certificate in place of what it held before, for the others beside it.
    ///
    /// `certificate` is its fingerprint, or that of its key, by any hash; it need not be of this application.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn confirm(
        &mut self,
        at: StepContext<'_>,
        provider: &EntityId,
        certificate: &Fingerprint,
    ) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        self.record.known(provider)?;
        let certificate = self.record.known_holding(certificate);
        self.commit(at, Change::ProviderConfirmed { provider: provider.clone(), certificate }, None)
    }

    /// Notes that the certificates of a service provider's profile were given out for it now.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn record_export(&mut self, at: StepContext<'_>, provider: &EntityId) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        let profile = self.record.profile(self.record.known(provider)?);
        let certificates = profile.map(|placed| *placed.sha256()).collect();
        self.commit(at, Change::ProviderExported { provider: provider.clone(), certificates }, None)
    }

    /// Removes a service provider, and forgets what it holds.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn remove_provider(&mut self, at: StepContext<'_>, provider: &EntityId) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        self.record.known(provider)?;
        self.commit(at, Change::ProviderRemoved { provider: provider.clone() }, None)
    }
}

impl Record {
    /// The certificates that a service provider is given now, in the order of its profile.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn profile_for(&self, provider: &EntityId) -> Result<Vec<&Certificate>, StepError> {
        let profile = self.profile(self.known(provider)?);
        Ok(profile.map(|placed| &placed.certificate).collect())
    }

    pub(super) fn known(&self, provider: &EntityId) -> Result<&ServiceProvider, StepError> {
        self.provider(provider).ok_or_else(|| StepError::UnknownProvider { provider: provider.clone() })
    }

    /// The SHA-256 fingerprint of the certificate that a fingerprint names. A fingerprint of a key here stays one of
    /// the key, so that it names every certificate of the key. Any other fingerprint stays as it was given.
    fn known_holding(&self, fingerprint: &Fingerprint) -> Fingerprint {
        let all = self.certificates();
        let find = |target| all.iter().find(|(_, placed)| placed.target_of(fingerprint) == Some(target));
        match (find(FingerprintTarget::Certificate), find(FingerprintTarget::Spki)) {
            (Some((_, placed)), _) => *placed.sha256(),
            (None, Some((_, placed))) => placed.certificate.spki_fingerprint(fingerprint.algorithm()),
            (None, None) => *fingerprint,
        }
    }
}
