//! The steps that bring pairs in, move them, and take them out.

use std::sync::Arc;

use super::error::StepError;
use super::event::{Acceptance, At, Change, Event};
use super::place::{Next, Pending, Placed, RevocationReason, Role, Stage};
use super::record::Record;
use super::settings::{SavePolicy, Settings};
use super::text::{self, ApplicationId, EntityId};
use super::{Application, Login};
use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::entropy::SystemEntropy;
use crate::fingerprint::Fingerprint;
use crate::key::PrivateKey;
use crate::pair::CertKeyPair;
use crate::time::UnixTime;

/// Half of a pair, as it is uploaded.
#[derive(Clone, Debug)]
pub enum Half {
    /// A certificate.
    Certificate(Certificate),
    /// A private key.
    PrivateKey(Arc<PrivateKey>),
}

/// A step that may break logins: whose, [`Application::impact`] tells beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GuardedStep {
    /// [`Application::save`].
    Save,
    /// [`Application::cut_over`].
    CutOver,
    /// [`Application::roll_back`].
    RollBack,
    /// [`Application::retire`].
    Retire,
}

impl Application {
    /// A new application without a pair.
    ///
    /// # Errors
    /// [`StepError::Text`] if the actor is not valid; [`StepError::TooMany`] for too many settings.
    pub fn new(at: At<'_>, id: ApplicationId, settings: Settings) -> Result<(Self, Event), StepError> {
        check_actor(at)?;
        check_settings(&settings)?;
        let change = Change::Created { id, settings: Box::new(settings) };
        let event = Event { sequence: 1, at: at.now, actor: at.actor.to_owned(), reason: None, change };
        Ok((Self { record: Record::created(&event)?, keys: Default::default() }, event))
    }

    /// Takes the first pair; it signs from now on.
    ///
    /// # Errors
    /// [`StepError::AlreadyActivated`]; [`StepError::Pair`] if the pair does not sign.
    pub fn activate(&mut self, at: At<'_>, pair: &CertKeyPair) -> Result<Event, StepError> {
        check_actor(at)?;
        if self.record.activated_at.is_some() {
            return Err(StepError::AlreadyActivated);
        }
        try_out(pair)?;
        self.commit(at, Change::Activated { certificate: pair.certificate().clone() }, None, Some(pair.private_key()))
    }

    /// Takes half of a pair. With its other half, which waits or is the key of a certificate that is here already, it
    /// is a pair and is [staged](Self::stage); else it waits, in the place of one of its kind that waited before.
    ///
    /// # Errors
    /// [`StepError::NotActivated`], [`StepError::PublishedNext`]; [`StepError::RevokedKey`] if the key of the half is
    /// revoked; [`StepError::Pair`] if the half that waits belongs to another pair: it goes on waiting. What
    /// [`Self::stage`] refuses.
    pub fn upload(&mut self, at: At<'_>, half: Half) -> Result<Event, StepError> {
        check_actor(at)?;
        self.check_open()?;
        match half {
            Half::Certificate(certificate) => self.upload_certificate(at, certificate),
            Half::PrivateKey(key) => self.upload_private_key(at, &key),
        }
    }

    fn upload_certificate(&mut self, at: At<'_>, certificate: Certificate) -> Result<Event, StepError> {
        let placed = Placed::new(certificate, at.now, None);
        self.check_not_revoked(placed.spki_sha256())?;
        let waiting = match &self.record.pending {
            Some(Pending::PrivateKey { spki_sha256, .. }) => Some(spki_sha256),
            _ => None,
        };
        let key = self.keys.get(placed.spki_sha256()).or_else(|| self.keys.get(waiting?)).map(Arc::clone);
        if let Some(key) = key {
            return self.stage(at, &CertKeyPair::new(placed.certificate, key)?);
        }
        let replaced = self.record.pending.as_ref().map(|half| *half.fingerprint());
        self.commit(at, Change::CertificateUploaded { certificate: placed.certificate, replaced }, None, None)
    }

    fn upload_private_key(&mut self, at: At<'_>, key: &Arc<PrivateKey>) -> Result<Event, StepError> {
        let spki_sha256 = key.public_key().fingerprint(HashAlgorithm::Sha256);
        self.check_not_revoked(&spki_sha256)?;
        if let Some(Pending::Certificate(waiting)) = &self.record.pending {
            let pair = CertKeyPair::new(waiting.certificate.clone(), Arc::clone(key))?;
            return self.stage(at, &pair);
        }
        let replaced = self.record.pending.as_ref().map(|half| *half.fingerprint());
        self.commit(at, Change::PrivateKeyUploaded { spki_sha256, replaced }, None, Some(key))
    }

    /// Takes a pair as the next one: a draft, which changes nothing until it is saved. It takes the place of a draft or
    /// saved one, which the event then names.
    ///
    /// # Errors
    /// [`StepError::NotActivated`], [`StepError::PublishedNext`], [`StepError::AlreadyPresent`],
    /// [`StepError::RevokedKey`]; [`StepError::Pair`] if the pair does not sign.
    pub fn stage(&mut self, at: At<'_>, pair: &CertKeyPair) -> Result<Event, StepError> {
        check_actor(at)?;
        self.check_open()?;
        let certificate = pair.certificate();
        for (role, placed) in [(Role::Active, &self.record.active), (Role::Previous, &self.record.previous)] {
            if placed.as_ref().is_some_and(|placed| placed.certificate == *certificate) {
                return Err(StepError::AlreadyPresent { role });
            }
        }
        self.check_not_revoked(&certificate.spki_fingerprint(HashAlgorithm::Sha256))?;
        try_out(pair)?;
        let old = self.record.next.as_ref().filter(|next| next.placed.certificate != *certificate);
        let replaced = old.map(|next| *next.placed.sha256());
        let change = Change::Staged { certificate: certificate.clone(), replaced };
        self.commit(at, change, None, Some(pair.private_key()))
    }

    /// Saves the draft. Under [`SavePolicy::Staged`] it then waits; under [`SavePolicy::OnSave`] it signs at once.
    ///
    /// # Errors
    /// [`StepError::NothingToSave`]; under [`SavePolicy::OnSave`] what [`Self::cut_over`] says of logins and validity.
    pub fn save(&mut self, at: At<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::Save, accept)
    }

    /// Discards the half that waits; if none does, the next certificate at any stage.
    ///
    /// # Errors
    /// [`StepError::NothingToDiscard`].
    pub fn discard(&mut self, at: At<'_>) -> Result<Event, StepError> {
        check_actor(at)?;
        let change = match (&self.record.pending, &self.record.next) {
            (Some(half), _) => Change::HalfDiscarded { half: *half.fingerprint() },
            (None, Some(Next { placed, .. })) => {
                let held_by = self.record.holders(placed, at.now);
                Change::Discarded { certificate: *placed.sha256(), held_by }
            }
            (None, None) => return Err(StepError::NothingToDiscard),
        };
        self.commit(at, change, None, None)
    }

    /// Shows the saved certificate to service providers, beside the one that signs.
    ///
    /// # Errors
    /// [`StepError::NothingToPublish`], [`StepError::Unsaved`], [`StepError::AlreadyPublished`].
    pub fn publish(&mut self, at: At<'_>) -> Result<Event, StepError> {
        check_actor(at)?;
        let Some(Next { placed, stage }) = &self.record.next else { return Err(StepError::NothingToPublish) };
        let certificate = *placed.sha256();
        match stage {
            Stage::Draft => Err(StepError::Unsaved { certificate }),
            Stage::Published => Err(StepError::AlreadyPublished { certificate }),
            Stage::Saved => self.commit(at, Change::Published { certificate }, None, None),
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
    pub fn cut_over(&mut self, at: At<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::CutOver, accept)
    }

    /// Makes the previous certificate sign again; the one that signed is next, and stays published.
    ///
    /// # Errors
    /// [`StepError::NothingToRollBack`], [`StepError::NextInTheWay`]; what [`Self::cut_over`] says of logins and
    /// validity.
    pub fn roll_back(&mut self, at: At<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::RollBack, accept)
    }

    /// Ends the previous certificate: it is no longer published, cannot come back, and its key is forgotten.
    ///
    /// # Errors
    /// [`StepError::NothingToRetire`]; what [`Self::cut_over`] says of logins, since whoever holds only this certificate
    /// is among those whose logins break.
    pub fn retire(&mut self, at: At<'_>, accept: Acceptance<'_>) -> Result<Event, StepError> {
        self.guarded(at, GuardedStep::Retire, accept)
    }

    /// Revokes a key: every certificate of it loses its place, and no step takes the key again. A replacement signs at
    /// once; without one nothing signs where the key did.
    ///
    /// `fingerprint` is of the key, or of a certificate of it, by any hash.
    ///
    /// # Errors
    /// [`StepError::UnknownKey`]; [`StepError::RevokedKey`] if it is revoked already, or the replacement's key is or has
    /// just this key; [`StepError::ReplacementNotNeeded`] if another certificate goes on signing; [`StepError::Pair`] if
    /// the replacement does not sign.
    pub fn revoke(
        &mut self,
        at: At<'_>,
        fingerprint: &Fingerprint,
        reason: RevocationReason,
        replacement: Option<&CertKeyPair>,
    ) -> Result<Event, StepError> {
        check_actor(at)?;
        let spki_sha256 = self.record.key_named(fingerprint)?;
        self.check_not_revoked(&spki_sha256)?;
        if let Some(pair) = replacement {
            self.check_replacement(&spki_sha256, pair)?;
        }
        let replacement_certificate = replacement.map(|pair| pair.certificate().clone());
        let cleared = self.record.certificates_with(&spki_sha256);
        let mut change =
            Change::Revoked { spki_sha256, reason, cleared, replacement: replacement_certificate, breaks: Vec::new() };
        let affected = self.after(at, &change)?.affected(at.now);
        if let Change::Revoked { breaks, .. } = &mut change {
            *breaks = affected;
        }
        self.commit(at, change, None, replacement.map(CertKeyPair::private_key))
    }

    fn check_replacement(&self, revoked: &Fingerprint, pair: &CertKeyPair) -> Result<(), StepError> {
        if self.record.active.as_ref().is_some_and(|active| active.spki_sha256() != revoked) {
            return Err(StepError::ReplacementNotNeeded);
        }
        let spki_sha256 = pair.certificate().spki_fingerprint(HashAlgorithm::Sha256);
        if spki_sha256 == *revoked {
            return Err(StepError::RevokedKey { spki_sha256 });
        }
        self.check_not_revoked(&spki_sha256)?;
        try_out(pair)
    }

    /// Replaces the settings.
    ///
    /// # Errors
    /// [`StepError::TooMany`] for more than [`MAX_SETTINGS`](crate::limits::MAX_SETTINGS) endpoints or formats.
    pub fn set(&mut self, at: At<'_>, settings: Settings) -> Result<Event, StepError> {
        check_actor(at)?;
        check_settings(&settings)?;
        self.commit(at, Change::SettingsChanged { settings: Box::new(settings) }, None, None)
    }

    /// The logins after a step, in the order of the entity IDs: those that do not work are what its acceptance must
    /// name.
    ///
    /// # Errors
    /// Why the step cannot be taken, whatever is accepted.
    pub fn impact(&self, step: GuardedStep, now: UnixTime) -> Result<Vec<Login>, StepError> {
        let change = self.record.decide(step, &[])?;
        let after = self.after(At { now, actor: "-" }, &change)?;
        check_validity(step, &after, now)?;
        Ok(after.logins(now))
    }

    fn guarded(&mut self, at: At<'_>, step: GuardedStep, accept: Acceptance<'_>) -> Result<Event, StepError> {
        check_actor(at)?;
        let change = self.record.decide(step, accept.providers)?;
        let after = self.after(at, &change)?;
        // A staged save moves nothing that signs or is shown.
        if !matches!(change, Change::Saved { .. }) {
            check_validity(step, &after, at.now)?;
            check_acceptance(&after, at.now, accept)?;
        } else if !accept.providers.is_empty() {
            return Err(StepError::NotAffected { providers: accept.providers.to_vec() });
        }
        let reason = (!accept.reason.is_empty()).then(|| accept.reason.to_owned());
        reason.as_deref().map_or(Ok(()), text::check_reason)?;
        self.commit(at, change, reason, None)
    }

    fn check_open(&self) -> Result<(), StepError> {
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

    fn check_not_revoked(&self, spki_sha256: &Fingerprint) -> Result<(), StepError> {
        if self.record.is_revoked(spki_sha256) {
            return Err(StepError::RevokedKey { spki_sha256: *spki_sha256 });
        }
        Ok(())
    }

    fn event(&self, at: At<'_>, change: Change, reason: Option<String>) -> Event {
        let sequence = self.record.revision.saturating_add(1);
        Event { sequence, at: at.now, actor: at.actor.to_owned(), reason, change }
    }

    /// The record as it would be after a change.
    fn after(&self, at: At<'_>, change: &Change) -> Result<Record, StepError> {
        let mut after = self.record.clone();
        after.apply(&self.event(at, change.clone(), None))?;
        Ok(after)
    }

    /// Keys that no place needs any more are forgotten.
    pub(super) fn commit(
        &mut self,
        at: At<'_>,
        change: Change,
        reason: Option<String>,
        key: Option<&Arc<PrivateKey>>,
    ) -> Result<Event, StepError> {
        let event = self.event(at, change, reason);
        self.record.apply(&event)?;
        if let Some(key) = key {
            self.keys.insert(key.public_key().fingerprint(HashAlgorithm::Sha256), Arc::clone(key));
        }
        let needed = self.record.needed_keys();
        self.keys.retain(|key, _| needed.iter().any(|(_, needed)| needed == key));
        Ok(event)
    }
}

impl Record {
    /// What a guarded step would change, its guard aside.
    fn decide(&self, step: GuardedStep, accepted: &[EntityId]) -> Result<Change, StepError> {
        match step {
            GuardedStep::Save => self.decide_save(accepted.to_vec()),
            GuardedStep::CutOver => self.decide_cut_over(accepted.to_vec()),
            GuardedStep::RollBack => self.decide_roll_back(accepted.to_vec()),
            GuardedStep::Retire => match &self.previous {
                Some(placed) => Ok(Change::Retired { certificate: *placed.sha256(), accepted: accepted.to_vec() }),
                None => Err(StepError::NothingToRetire),
            },
        }
    }

    fn decide_save(&self, accepted: Vec<EntityId>) -> Result<Change, StepError> {
        let Some(Next { placed, stage: Stage::Draft }) = &self.next else { return Err(StepError::NothingToSave) };
        let certificate = *placed.sha256();
        Ok(match self.settings.policy {
            SavePolicy::Staged => Change::Saved { certificate },
            SavePolicy::OnSave => Change::SavedAndSwitched {
                certificate,
                previous: self.active.as_ref().map(|placed| *placed.sha256()),
                displaced: self.previous.as_ref().map(|placed| *placed.sha256()),
                accepted,
            },
        })
    }

    fn decide_cut_over(&self, accepted: Vec<EntityId>) -> Result<Change, StepError> {
        let Some(Next { placed, stage }) = &self.next else { return Err(StepError::NothingToCutOver) };
        let certificate = *placed.sha256();
        match stage {
            Stage::Draft => return Err(StepError::Unsaved { certificate }),
            Stage::Saved => return Err(StepError::NotPublished { certificate }),
            Stage::Published => {}
        }
        if let Some(previous) = &self.previous {
            return Err(StepError::PreviousStillPublished { certificate: *previous.sha256() });
        }
        let previous = self.active.as_ref().map(|placed| *placed.sha256());
        Ok(Change::CutOver { certificate, previous, accepted })
    }

    fn decide_roll_back(&self, accepted: Vec<EntityId>) -> Result<Change, StepError> {
        let Some(previous) = &self.previous else { return Err(StepError::NothingToRollBack) };
        if let Some(Next { placed, .. }) = &self.next {
            return Err(StepError::NextInTheWay { certificate: *placed.sha256() });
        }
        let next = self.active.as_ref().map(|placed| *placed.sha256());
        Ok(Change::RolledBack { certificate: *previous.sha256(), next, accepted })
    }

    /// The key that a fingerprint of itself or of one of its certificates names.
    fn key_named(&self, fingerprint: &Fingerprint) -> Result<Fingerprint, StepError> {
        let waiting = self.pending.iter().map(|half| *half.spki_sha256());
        let revoked = self.revoked.iter().map(|key| key.spki_sha256);
        let by_key = waiting.chain(revoked).find(|key| key == fingerprint);
        let of_certificate = |placed: &&Placed| placed.certificate.has_fingerprint(fingerprint);
        let by_certificate = || {
            let all = self.certificates();
            all.into_iter().map(|(_, placed)| placed).find(of_certificate).map(|placed| *placed.spki_sha256())
        };
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

/// A signature on trial: what the arithmetic of a key cannot prove. The randomness is that of a salt which nobody sees.
fn try_out(pair: &CertKeyPair) -> Result<(), StepError> {
    Ok(pair.trial_signature(&mut SystemEntropy)?)
}

pub(super) fn check_actor(at: At<'_>) -> Result<(), StepError> {
    Ok(text::check_actor(at.actor)?)
}

fn check_settings(settings: &Settings) -> Result<(), StepError> {
    let limit = crate::limits::MAX_SETTINGS;
    let lists = [
        ("SSO endpoints", settings.sso.len()),
        ("SLO endpoints", settings.slo.len()),
        ("name identifier formats", settings.name_id_formats.len()),
    ];
    match lists.into_iter().find(|(_, length)| *length > limit) {
        Some((what, _)) => Err(StepError::TooMany { what, limit }),
        None => Ok(()),
    }
}

/// What would sign is valid now. Retiring does not touch what signs.
fn check_validity(step: GuardedStep, after: &Record, now: UnixTime) -> Result<(), StepError> {
    let Some(active) = after.active.as_ref().filter(|_| step != GuardedStep::Retire) else { return Ok(()) };
    let validity = active.certificate.validity();
    if now > validity.not_after() {
        return Err(StepError::CertificateExpired { not_after: validity.not_after() });
    }
    if now < validity.not_before() {
        return Err(StepError::CertificateNotYetValid { not_before: validity.not_before() });
    }
    Ok(())
}

/// Exactly those are accepted whose logins break or are unknown, and with a reason.
fn check_acceptance(after: &Record, now: UnixTime, accept: Acceptance<'_>) -> Result<(), StepError> {
    if let Some(provider) = accept.providers.iter().find(|provider| after.provider(provider).is_none()) {
        return Err(StepError::UnknownProvider { provider: provider.clone() });
    }
    let affected = after.affected(now);
    let is_accepted = |provider: &EntityId| accept.providers.contains(provider);
    let missing: Vec<EntityId> = affected.iter().filter(|provider| !is_accepted(provider)).cloned().collect();
    if !missing.is_empty() {
        return Err(StepError::LoginsWouldBreak { providers: missing });
    }
    let needless: Vec<EntityId> =
        accept.providers.iter().filter(|provider| !affected.contains(provider)).cloned().collect();
    if !needless.is_empty() {
        return Err(StepError::NotAffected { providers: needless });
    }
    if !accept.providers.is_empty() && accept.reason.is_empty() {
        return Err(StepError::ReasonRequired);
    }
    Ok(())
}
