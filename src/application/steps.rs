//! The steps that bring pairs in, move them, and take them out.

use std::sync::Arc;

use super::Application;
use super::error::StepError;
use super::event::{Acceptance, Change, Event, StepContext};
use super::guard::{GuardedStep, affected};
use super::place::{Next, Pending, PlacedCertificate, RevocationReason, Role, Stage};
use super::record::Record;
use super::settings::Settings;
use super::text::{ApplicationId, check_actor};
use crate::entropy::SystemEntropy;
use crate::fingerprint::Fingerprint;
use crate::key::{KeyAlgorithm, PrivateKey};
use crate::limits::MAX_SETTINGS;
use crate::pair::CertKeyPair;

impl Application {
    /// A new application without a pair.
    ///
    /// # Errors
    /// [`StepError::Text`] if the actor is not valid; [`StepError::TooMany`] for too many settings.
    pub fn new(at: StepContext<'_>, id: ApplicationId, settings: Settings) -> Result<(Self, Event), StepError> {
        check_actor(at.actor)?;
        check_settings(&settings)?;
        let change = Change::Created { id, settings: Box::new(settings) };
        let event = Event { sequence: 1, at: at.now, actor: at.actor.to_owned(), reason: None, change };
        Ok((Self { record: Record::created(&event)?, keys: Default::default() }, event))
    }

    /// Takes the first pair; it signs from now on.
    ///
    /// # Errors
    /// [`StepError::AlreadyActivated`]; [`StepError::Pair`] if the pair does not sign.
    pub fn activate(&mut self, at: StepContext<'_>, pair: &CertKeyPair) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        if self.record.activated_at.is_some() {
            return Err(StepError::AlreadyActivated);
        }
        self.try_out(pair)?;
        self.commit(at, Change::Activated { certificate: pair.certificate().clone() }, Some(pair.private_key()))
    }

    /// Takes a pair as the next one: a draft, which changes nothing until it is saved. It takes the place of a draft or
    /// saved one, which the event then names.
    ///
    /// # Errors
    /// [`StepError::NotActivated`], [`StepError::PublishedNext`], [`StepError::AlreadyPresent`],
    /// [`StepError::RevokedKey`]; [`StepError::Pair`] if the pair does not sign.
    pub fn stage(&mut self, at: StepContext<'_>, pair: &CertKeyPair) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        self.check_open()?;
        let certificate = pair.certificate();
        for (role, placed) in [(Role::Active, &self.record.active), (Role::Previous, &self.record.previous)] {
            if placed.as_ref().is_some_and(|placed| placed.certificate == *certificate) {
                return Err(StepError::AlreadyPresent { role });
            }
        }
        self.check_not_revoked(&certificate.public_key().identity())?;
        self.try_out(pair)?;
        let old = self.record.next.as_ref().filter(|next| next.placed.certificate != *certificate);
        let replaced = old.map(|next| *next.placed.sha256());
        let change = Change::Staged { certificate: certificate.clone(), replaced };
        self.commit(at, change, Some(pair.private_key()))
    }

    /// Saves the draft. Under the [policy](super::SavePolicy) `Staged` it then waits; under `OnSave` it signs at once.
    /// [`Record::exports`] gives what to download then, and for whom.
    ///
    /// # Errors
    /// [`StepError::NothingToSave`]; under `OnSave` what [`Self::cut_over`] says of logins and validity.
    pub fn save(&mut self, at: StepContext<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::Save, accept)
    }

    /// Discards the half that waits; if none does, the next certificate at any stage.
    ///
    /// # Errors
    /// [`StepError::NothingToDiscard`].
    pub fn discard(&mut self, at: StepContext<'_>) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        let change = match (&self.record.pending, &self.record.next) {
            (Some(half), _) => Change::HalfDiscarded { half: *half.fingerprint() },
            (None, Some(Next { placed, .. })) => {
                let held_by = self.record.holders(placed, at.now);
                Change::Discarded { certificate: *placed.sha256(), held_by }
            }
            (None, None) => return Err(StepError::NothingToDiscard),
        };
        self.commit(at, change, None)
    }

    /// Publishes the saved certificate to service providers, beside the one that signs.
    ///
    /// # Errors
    /// [`StepError::NothingToPublish`], [`StepError::Unsaved`], [`StepError::AlreadyPublished`].
    pub fn publish(&mut self, at: StepContext<'_>) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        let Some(Next { placed, stage }) = &self.record.next else { return Err(StepError::NothingToPublish) };
        let certificate = *placed.sha256();
        match stage {
            Stage::Draft => Err(StepError::Unsaved { certificate }),
            Stage::Published => Err(StepError::AlreadyPublished { certificate }),
            Stage::Saved => self.commit(at, Change::Published { certificate }, None),
        }
    }

    /// Makes the published certificate sign; the one that signed stays published and can come back.
    ///
    /// # Errors
    /// [`StepError::NothingToCutOver`], [`StepError::Unsaved`], [`StepError::NotPublished`],
    /// [`StepError::PreviousStillPublished`]; [`StepError::CertificateExpired`] and
    /// [`StepError::CertificateNotYetValid`]; [`StepError::LoginsWouldBreak`] and [`StepError::NotAffected`] unless
    /// exactly those providers are accepted whose logins break or are unknown after the step;
    /// [`StepError::ReasonRequired`].
    pub fn cut_over(&mut self, at: StepContext<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::CutOver, accept)
    }

    /// Makes the previous certificate sign again; the one that signed is next, and stays published.
    ///
    /// # Errors
    /// [`StepError::NothingToRollBack`], [`StepError::NextInTheWay`]; what [`Self::cut_over`] says of logins and
    /// validity.
    pub fn roll_back(&mut self, at: StepContext<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::RollBack, accept)
    }

    /// Ends the previous certificate: it is no longer published, cannot come back, and its key is forgotten.
    ///
    /// # Errors
    /// [`StepError::NothingToRetire`]; what [`Self::cut_over`] says of logins, since whoever holds only this
    /// certificate is among those whose logins break.
    pub fn retire(&mut self, at: StepContext<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::Retire, accept)
    }

    /// Revokes a key: every certificate of it loses its place, and no step takes the key again. A replacement signs at
    /// once, and the event names the providers whose logins that breaks. Without a replacement, nothing signs where the
    /// key did.
    ///
    /// `fingerprint` names the key, or one of its certificates, by any hash.
    ///
    /// # Errors
    /// [`StepError::UnknownKey`]; [`StepError::RevokedKey`] if it is revoked already, or the replacement's key is, or
    /// is this one; [`StepError::ReplacementNotNeeded`] if another certificate goes on signing; [`StepError::Pair`] if
    /// the replacement does not sign; [`StepError::CertificateExpired`] and [`StepError::CertificateNotYetValid`] of
    /// the replacement.
    pub fn revoke(
        &mut self,
        at: StepContext<'_>,
        fingerprint: &Fingerprint,
        reason: RevocationReason,
        replacement: Option<&CertKeyPair>,
    ) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        let spki_sha256 = self.record.key_named(fingerprint)?;
        self.check_not_revoked(&spki_sha256)?;
        if let Some(pair) = replacement {
            self.check_replacement(&spki_sha256, pair)?;
        }
        let certificate = replacement.map(|pair| pair.certificate().clone());
        let cleared = self.record.certificates_with(&spki_sha256);
        let change = Change::Revoked { spki_sha256, reason, cleared, replacement: certificate, breaks: Vec::new() };
        let mut event = self.record.event(at, change);
        let after = self.record.after(&event)?;
        let logins = self.record.logins_of(&after, at.now)?;
        if let Change::Revoked { breaks, .. } = &mut event.change {
            *breaks = affected(logins);
        }
        self.put(after, replacement.map(CertKeyPair::private_key));
        Ok(event)
    }

    fn check_replacement(&self, revoked: &Fingerprint, pair: &CertKeyPair) -> Result<(), StepError> {
        if self.record.active.as_ref().is_some_and(|active| active.spki_sha256() != revoked) {
            return Err(StepError::ReplacementNotNeeded);
        }
        let spki_sha256 = pair.certificate().public_key().identity();
        if spki_sha256 == *revoked {
            return Err(StepError::RevokedKey { spki_sha256 });
        }
        self.check_not_revoked(&spki_sha256)?;
        self.try_out(pair)
    }

    /// Replaces the settings.
    ///
    /// # Errors
    /// [`StepError::TooMany`] for more than [`MAX_SETTINGS`] endpoints or formats.
    pub fn set(&mut self, at: StepContext<'_>, settings: Settings) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        check_settings(&settings)?;
        self.commit(at, Change::SettingsChanged { settings: Box::new(settings) }, None)
    }

    pub(super) fn check_open(&self) -> Result<(), StepError> {
        if self.record.activated_at.is_none() {
            return Err(StepError::NotActivated);
        }
        match &self.record.next {
            Some(Next { placed, stage: Stage::Published }) => {
                Err(StepError::PublishedNext { certificate: *placed.sha256() })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn check_not_revoked(&self, spki_sha256: &Fingerprint) -> Result<(), StepError> {
        if self.record.is_revoked(spki_sha256) {
            return Err(StepError::RevokedKey { spki_sha256: *spki_sha256 });
        }
        Ok(())
    }

    /// Makes the event of a change, and applies it.
    pub(super) fn commit(
        &mut self,
        at: StepContext<'_>,
        change: Change,
        key: Option<&Arc<PrivateKey>>,
    ) -> Result<Event, StepError> {
        let event = self.record.event(at, change);
        let after = self.record.after(&event)?;
        self.put(after, key);
        Ok(event)
    }

    /// Puts the record after a step in place, with the key that came in. Keys that no place needs any more are dropped.
    pub(super) fn put(&mut self, after: Record, key: Option<&Arc<PrivateKey>>) {
        self.record = after;
        if let Some(key) = key {
            self.keys.insert(key.public_key().identity(), self.serving(key));
        }
        let needed = self.record.needed_keys();
        self.keys.retain(|key, _| needed.iter().any(|(_, needed)| needed == key));
    }

    /// Makes a test signature, which proves what the arithmetic of a key cannot. Its randomness is only a salt, which
    /// nobody sees.
    fn try_out(&self, pair: &CertKeyPair) -> Result<(), StepError> {
        let kept = CertKeyPair::new(pair.certificate().clone(), self.serving(pair.private_key()))?;
        Ok(kept.test_signature(&mut SystemEntropy)?)
    }

    /// The key object to keep for a key: the one that is here already, unless that is restricted to RSA-PSS and the new
    /// one is not.
    fn serving(&self, key: &Arc<PrivateKey>) -> Arc<PrivateKey> {
        let here = self.keys.get(&key.public_key().identity());
        let serves = |here: &&Arc<PrivateKey>| {
            here.algorithm() != KeyAlgorithm::RsaPss || key.algorithm() == KeyAlgorithm::RsaPss
        };
        Arc::clone(here.filter(serves).unwrap_or(key))
    }
}

impl Record {
    pub(super) fn event(&self, at: StepContext<'_>, change: Change) -> Event {
        let sequence = self.revision.saturating_add(1);
        Event { sequence, at: at.now, actor: at.actor.to_owned(), reason: None, change }
    }

    /// The key that a fingerprint of itself or of one of its certificates names.
    fn key_named(&self, fingerprint: &Fingerprint) -> Result<Fingerprint, StepError> {
        let waiting = self.pending.iter().map(|half| *half.spki_sha256());
        let revoked = self.revoked.iter().map(|key| key.spki_sha256);
        let by_key = waiting.chain(revoked).find(|key| key.digest() == fingerprint.digest());
        let certified =
            |(_, placed): (Role, &PlacedCertificate)| placed.target_of(fingerprint).map(|_| *placed.spki_sha256());
        let by_certificate = || self.certificates().into_iter().find_map(certified);
        by_key.or_else(by_certificate).ok_or(StepError::UnknownKey { fingerprint: *fingerprint })
    }

    /// The certificates in places that have a key, in the order in which [`Change::Revoked`] names them.
    fn certificates_with(&self, spki_sha256: &Fingerprint) -> Vec<Fingerprint> {
        let waiting = match &self.pending {
            Some(Pending::Certificate(placed)) => Some(&**placed),
            _ => None,
        };
        let placed = self.places().map(|(_, placed)| placed).chain(waiting);
        placed.filter(|placed| placed.spki_sha256() == spki_sha256).map(|placed| *placed.sha256()).collect()
    }
}

fn check_settings(settings: &Settings) -> Result<(), StepError> {
    match settings.too_many() {
        Some(what) => Err(StepError::TooMany { what, limit: MAX_SETTINGS }),
        None => Ok(()),
    }
}
