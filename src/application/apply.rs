//! Applies events: the only code that changes a record.

use super::event::{Change, Event};
use super::place::{Ending, Former, Next, Pending, PlacedCertificate, RevocationReason, RevokedKey, Stage};
use super::provider::ServiceProvider;
use super::record::{Record, RecordError};
use super::settings::SavePolicy;
use super::text::{EntityId, check_stored_actor, check_stored_reason};
use crate::certificate::Certificate;
use crate::fingerprint::Fingerprint;
use crate::limits::MAX_FORMER;
use crate::time::UnixTime;

impl Record {
    /// Makes the record of an application from all its events, beginning with the first.
    ///
    /// # Errors
    /// [`RecordError::Sequence`] and [`RecordError::DoesNotFit`] at the first event that does not follow.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, RecordError> {
        let mut events = events.into_iter();
        let mut record = match events.next() {
            Some(first) => Self::created(first)?,
            None => return Err(RecordError::Sequence { expected: 1, found: 0 }),
        };
        events.try_for_each(|event| record.take(event))?;
        Ok(record)
    }

    pub(super) fn created(event: &Event) -> Result<Self, RecordError> {
        expect_sequence(1, event)?;
        check_texts(event)?;
        let Change::Created { id, settings } = &event.change else { return does_not_fit(event, "id") };
        let record = Self {
            id: id.clone(),
            revision: 1,
            settings: (**settings).clone(),
            providers: Vec::new(),
            activated_at: None,
            active: None,
            next: None,
            previous: None,
            pending: None,
            former: Vec::new(),
            revoked: Vec::new(),
        };
        record.check_change()?;
        Ok(record)
    }

    /// Applies an event that another copy of the record has made. An event that does not fit changes nothing.
    ///
    /// # Errors
    /// [`RecordError::Sequence`] unless the event is the next one; [`RecordError::DoesNotFit`] if no step could have
    /// made it; [`RecordError::Contradiction`] if it would put one certificate into two places, or a revoked key into
    /// one.
    pub fn apply(&mut self, event: &Event) -> Result<(), RecordError> {
        *self = self.after(event)?;
        Ok(())
    }

    /// The record as it is after an event.
    pub(super) fn after(&self, event: &Event) -> Result<Self, RecordError> {
        let mut after = self.clone();
        after.take(event)?;
        Ok(after)
    }

    /// As [`Self::apply`]; an error leaves the record half changed.
    fn take(&mut self, event: &Event) -> Result<(), RecordError> {
        // No event has a number after the last one.
        expect_sequence(self.revision.checked_add(1).unwrap_or(0), event)?;
        check_texts(event)?;
        self.change(event.at, &event.change).or_else(|field| does_not_fit(event, field))?;
        self.revision = event.sequence;
        self.check_change()
    }

    fn change(&mut self, at: UnixTime, change: &Change) -> Fit {
        match change {
            Change::Created { .. } => Err("id"),
            Change::SettingsChanged { settings } => {
                self.settings = (**settings).clone();
                Ok(())
            }
            Change::Activated { certificate } => self.activate(certificate, at),
            Change::CertificateUploaded { certificate, replaced } => {
                let placed = PlacedCertificate::new(certificate.clone(), at, None);
                self.upload(Pending::Certificate(Box::new(placed)), *replaced)
            }
            Change::PrivateKeyUploaded { spki_sha256, replaced } => {
                self.upload(Pending::PrivateKey { spki_sha256: *spki_sha256, since: at }, *replaced)
            }
            Change::Staged { certificate, replaced } => self.stage(certificate, *replaced, at),
            Change::Saved { certificate } => self.save(certificate, at),
            Change::Published { certificate } => self.publish(certificate, at),
            Change::SavedAndSwitched { certificate, previous, displaced, .. } => {
                let is_named = (*previous, *displaced) == (self.active_sha256(), self.previous_sha256());
                ensure(is_named, "next")?;
                self.save_and_switch(certificate, at)
            }
            Change::HalfDiscarded { half } => {
                ensure(self.pending.take().is_some_and(|waiting| waiting.fingerprint() == half), "pending")
            }
            Change::Discarded { certificate, .. } => self.discard(certificate, at),
            Change::CutOver { certificate, previous, .. } => {
                ensure(*previous == self.active_sha256(), "next")?;
                self.cut_over(certificate, at)
            }
            Change::RolledBack { certificate, next, .. } => {
                ensure(*next == self.active_sha256(), "previous")?;
                self.roll_back(certificate, at)
            }
            Change::Retired { certificate, .. } => self.retire(certificate, at),
            Change::Revoked { spki_sha256, reason, cleared, replacement, .. } => {
                ensure(self.knows(spki_sha256), "revoked")?;
                ensure(self.revoke(spki_sha256, *reason, at) == *cleared, "revoked")?;
                replacement.as_ref().map_or(Ok(()), |certificate| self.replace_active(certificate, at))
            }
            Change::ProviderAdded { provider } => self.add_provider(provider),
            Change::ProviderConfirmed { provider, certificate } => {
                self.provider_mut(provider).map(|it| it.confirm(*certificate, at))
            }
            Change::ProviderExported { provider, certificates } => {
                self.provider_mut(provider).map(|it| it.export(certificates.clone(), at))
            }
            Change::ProviderRemoved { provider } => self.remove_provider(provider),
        }
    }

    fn activate(&mut self, certificate: &Certificate, at: UnixTime) -> Fit {
        ensure(self.activated_at.is_none(), "active")?;
        self.activated_at = Some(at);
        self.active = Some(PlacedCertificate::new(certificate.clone(), at, Some(at)));
        Ok(())
    }

    /// Returns true if a next certificate may come in.
    pub(super) fn is_open(&self) -> bool {
        let is_published = self.next.as_ref().is_some_and(|next| next.stage == Stage::Published);
        self.activated_at.is_some() && !is_published
    }

    /// A half replaces one of its kind; two of different kinds would be a pair.
    fn upload(&mut self, half: Pending, replaced: Option<Fingerprint>) -> Fit {
        ensure(self.is_open(), "pending")?;
        ensure(self.pending.as_ref().is_none_or(|old| old.as_str() == half.as_str()), "pending")?;
        ensure(self.other_pending(half.fingerprint()) == replaced, "pending")?;
        self.pending = Some(half);
        Ok(())
    }

    fn stage(&mut self, certificate: &Certificate, replaced: Option<Fingerprint>, at: UnixTime) -> Fit {
        ensure(self.is_open(), "next")?;
        let placed = PlacedCertificate::new(certificate.clone(), at, None);
        let old = self.next.take().map(|next| next.placed).filter(|old| old.sha256() != placed.sha256());
        ensure(old.as_ref().map(|old| *old.sha256()) == replaced, "next")?;
        if let Some(old) = old {
            self.end(old, Ending::Replaced, at);
        }
        self.complete(&placed);
        self.next = Some(Next { placed, stage: Stage::Draft });
        Ok(())
    }

    /// Clears the pending half when its pair comes in: with the same certificate, or with the same key.
    fn complete(&mut self, pair: &PlacedCertificate) {
        self.pending.take_if(|half| match half {
            Pending::Certificate(certificate) => certificate.sha256() == pair.sha256(),
            Pending::PrivateKey { spki_sha256, .. } => spki_sha256 == pair.spki_sha256(),
        });
    }

    fn save(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        ensure(self.settings.policy == SavePolicy::Staged, "next")?;
        self.advance(certificate, Stage::Draft, Stage::Saved, at)
    }

    fn publish(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        self.advance(certificate, Stage::Saved, Stage::Published, at)?;
        self.next.iter_mut().for_each(|next| next.placed.published_at = Some(at));
        Ok(())
    }

    fn advance(&mut self, certificate: &Fingerprint, from: Stage, to: Stage, at: UnixTime) -> Fit {
        let mut next = self.next.take_if(|next| next.stage == from).ok_or("next")?;
        ensure(next.placed.sha256() == certificate, "next")?;
        next.placed.since = at;
        self.next = Some(Next { stage: to, ..next });
        Ok(())
    }

    /// Takes the next certificate out of its place, if it is this one and at this stage.
    fn take_next(&mut self, certificate: &Fingerprint, stage: Stage) -> Result<PlacedCertificate, &'static str> {
        let is_it = |next: &mut Next| next.stage == stage && next.placed.sha256() == certificate;
        self.next.take_if(is_it).map(|next| next.placed).ok_or("next")
    }

    /// Takes the previous certificate out of its place, if it is this one.
    fn take_previous(&mut self, certificate: &Fingerprint) -> Result<PlacedCertificate, &'static str> {
        self.previous.take_if(|previous| previous.sha256() == certificate).ok_or("previous")
    }

    fn save_and_switch(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        ensure(self.settings.policy == SavePolicy::OnSave, "next")?;
        let placed = self.take_next(certificate, Stage::Draft)?;
        if let Some(older) = self.previous.take() {
            self.end(older, Ending::Displaced, at);
        }
        self.sign_with(placed.published(at), at);
        Ok(())
    }

    fn cut_over(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        ensure(self.previous.is_none(), "next")?;
        let placed = self.take_next(certificate, Stage::Published)?;
        self.sign_with(placed, at);
        Ok(())
    }

    /// The active certificate becomes the previous one.
    fn sign_with(&mut self, placed: PlacedCertificate, at: UnixTime) {
        self.previous = self.active.take().map(|old| old.moved(at));
        self.active = Some(placed.moved(at));
    }

    fn roll_back(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        ensure(self.next.is_none(), "previous")?;
        let placed = self.take_previous(certificate)?;
        self.next = self.active.take().map(|old| Next { placed: old.moved(at), stage: Stage::Published });
        self.active = Some(placed.moved(at));
        Ok(())
    }

    fn discard(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        ensure(self.pending.is_none(), "next")?;
        let next = self.next.take_if(|next| next.placed.sha256() == certificate).ok_or("next")?;
        self.end(next.placed, Ending::Discarded, at);
        Ok(())
    }

    fn retire(&mut self, certificate: &Fingerprint, at: UnixTime) -> Fit {
        let placed = self.take_previous(certificate)?;
        self.end(placed, Ending::Retired, at);
        Ok(())
    }

    /// Returns true if the application has this key and it is not revoked.
    fn knows(&self, key: &Fingerprint) -> bool {
        let waits = self.pending.iter().any(|half| half.spki_sha256() == key);
        let is_certified = self.certificates().into_iter().any(|(_, placed)| placed.spki_sha256() == key);
        (waits || is_certified) && !self.is_revoked(key)
    }

    /// Clears every place that has the key, and returns the certificates that were there.
    fn revoke(&mut self, key: &Fingerprint, reason: RevocationReason, at: UnixTime) -> Vec<Fingerprint> {
        self.revoked.push(RevokedKey { spki_sha256: *key, reason, since: at });
        let has_key = |placed: &PlacedCertificate| placed.spki_sha256() == key;
        let pending = self.pending.take_if(|half| half.spki_sha256() == key);
        let gone = [
            self.active.take_if(|placed| has_key(placed)),
            self.next.take_if(|next| has_key(&next.placed)).map(|next| next.placed),
            self.previous.take_if(|placed| has_key(placed)),
            pending.and_then(|half| if let Pending::Certificate(placed) = half { Some(*placed) } else { None }),
        ];
        let gone: Vec<PlacedCertificate> = gone.into_iter().flatten().collect();
        let cleared = gone.iter().map(|placed| *placed.sha256()).collect();
        gone.into_iter().for_each(|placed| self.end(placed, Ending::Revoked(reason), at));
        cleared
    }

    /// The replacement of a revoked certificate signs at once; if it was next or previous, it leaves that place.
    fn replace_active(&mut self, certificate: &Certificate, at: UnixTime) -> Fit {
        ensure(self.active.is_none(), "revoked")?;
        let placed = PlacedCertificate::new(certificate.clone(), at, None);
        let was_next = self.next.take_if(|next| next.placed.sha256() == placed.sha256()).map(|next| next.placed);
        let was_previous = self.previous.take_if(|previous| previous.sha256() == placed.sha256());
        self.complete(&placed);
        let published_at = was_next.or(was_previous).and_then(|old| old.published_at);
        self.active = Some(placed.published(published_at.unwrap_or(at)));
        Ok(())
    }

    fn end(&mut self, placed: PlacedCertificate, ending: Ending, at: UnixTime) {
        if self.former.len() >= MAX_FORMER {
            self.former.remove(0);
        }
        self.former.push(Former { placed: placed.moved(at), ending });
    }

    fn add_provider(&mut self, provider: &ServiceProvider) -> Fit {
        ensure(provider.is_new(), "providers")?;
        let at = self.position(provider.entity_id()).err().ok_or("providers")?;
        self.providers.insert(at, provider.clone());
        Ok(())
    }

    fn provider_mut(&mut self, entity_id: &EntityId) -> Result<&mut ServiceProvider, &'static str> {
        let at = self.position(entity_id).map_err(|_| "providers")?;
        self.providers.get_mut(at).ok_or("providers")
    }

    fn remove_provider(&mut self, entity_id: &EntityId) -> Fit {
        let at = self.position(entity_id).map_err(|_| "providers")?;
        self.providers.remove(at);
        Ok(())
    }

    pub(super) fn position(&self, entity_id: &EntityId) -> Result<usize, usize> {
        self.providers.binary_search_by(|provider| provider.entity_id().cmp(entity_id))
    }
}

/// The field of the record that a change does not fit.
type Fit = Result<(), &'static str>;

const fn ensure(fits: bool, field: &'static str) -> Fit {
    if fits { Ok(()) } else { Err(field) }
}

/// The actor and the reason are valid, and there is a reason if somebody accepted that logins break.
fn check_texts(event: &Event) -> Result<(), RecordError> {
    if check_stored_actor(&event.actor).is_err() {
        return does_not_fit(event, "actor");
    }
    let is_good = |reason: &String| check_stored_reason(reason).is_ok();
    let is_missing = event.reason.is_none() && event.change.accepted().is_some_and(|accepted| !accepted.is_empty());
    if is_missing || !event.reason.as_ref().is_none_or(is_good) {
        return does_not_fit(event, "reason");
    }
    Ok(())
}

const fn expect_sequence(expected: u64, event: &Event) -> Result<(), RecordError> {
    if event.sequence == expected { Ok(()) } else { Err(RecordError::Sequence { expected, found: event.sequence }) }
}

const fn does_not_fit<T>(event: &Event, field: &'static str) -> Result<T, RecordError> {
    Err(RecordError::DoesNotFit { sequence: event.sequence, change: event.change.as_str(), field })
}
