//! The only thing that changes a record: an event that a step made, taken as it was told.

use super::event::{Change, Event};
use super::place::{Ending, Former, Next, Pending, Placed, RevocationReason, RevokedKey, Stage};
use super::provider::ServiceProvider;
use super::record::{Record, RecordError};
use super::settings::{SavePolicy, Settings};
use super::text::{EntityId, check_actor, check_reason};
use crate::certificate::Certificate;
use crate::fingerprint::Fingerprint;
use crate::limits::MAX_FORMER;
use crate::time::UnixTime;

impl Record {
    /// The record that the events of an application make, from its first one on.
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

    /// Takes a step that was taken elsewhere. An event that does not fit changes nothing.
    ///
    /// # Errors
    /// [`RecordError::Sequence`] unless the event is the next one; [`RecordError::DoesNotFit`] if no step could have made
    /// it; [`RecordError::Contradiction`] if it would put one certificate into two places, or a revoked key into one.
    pub fn apply(&mut self, event: &Event) -> Result<(), RecordError> {
        let mut after = self.clone();
        after.take(event)?;
        *self = after;
        Ok(())
    }

    /// As [`Self::apply`]; an error leaves the record half changed.
    fn take(&mut self, event: &Event) -> Result<(), RecordError> {
        // After the last number there is none that an event could have.
        expect_sequence(self.revision.checked_add(1).unwrap_or(0), event)?;
        check_texts(event)?;
        if !self.change(event.at, &event.change) {
            return does_not_fit(event, event.change.field());
        }
        self.revision = event.sequence;
        self.check_change()
    }

    /// Whether the change fits.
    fn change(&mut self, at: UnixTime, change: &Change) -> bool {
        match change {
            Change::Created { .. } => false,
            Change::SettingsChanged { settings } => self.set(settings),
            Change::Activated { certificate } => self.activate(certificate, at),
            Change::CertificateUploaded { certificate, replaced } => {
                let placed = Placed::new(certificate.clone(), at, None);
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
                is_named && self.save_and_switch(certificate, at)
            }
            Change::HalfDiscarded { half } => self.pending.take().is_some_and(|it| it.fingerprint() == half),
            Change::Discarded { certificate, .. } => self.pending.is_none() && self.discard(certificate, at),
            Change::CutOver { certificate, previous, .. } => {
                *previous == self.active_sha256() && self.cut_over(certificate, at)
            }
            Change::RolledBack { certificate, next, .. } => {
                *next == self.active_sha256() && self.roll_back(certificate, at)
            }
            Change::Retired { certificate, .. } => self.retire(certificate, at),
            Change::Revoked { spki_sha256, reason, cleared, replacement, .. } => {
                self.knows(spki_sha256)
                    && self.revoke(spki_sha256, *reason, at) == *cleared
                    && self.replace_active(replacement.as_ref(), at)
            }
            Change::ProviderAdded { provider } => self.add_provider(provider),
            Change::ProviderConfirmed { provider, certificate } => {
                self.change_provider(provider, |it| it.confirm(*certificate, at))
            }
            Change::ProviderExported { provider, certificates } => {
                self.change_provider(provider, |it| it.export(certificates.clone(), at))
            }
            Change::ProviderRemoved { provider } => self.remove_provider(provider),
        }
    }

    /// Always fits; whether there is too much is looked at later.
    fn set(&mut self, settings: &Settings) -> bool {
        self.settings = settings.clone();
        true
    }

    fn activate(&mut self, certificate: &Certificate, at: UnixTime) -> bool {
        if self.activated_at.is_some() {
            return false;
        }
        self.activated_at = Some(at);
        self.active = Some(Placed::new(certificate.clone(), at, Some(at)));
        true
    }

    /// Whether there is room for a next certificate.
    pub(super) fn is_open(&self) -> bool {
        let is_published = self.next.as_ref().is_some_and(|next| next.stage == Stage::Published);
        self.activated_at.is_some() && !is_published
    }

    /// A half takes the place of one of its kind; two of different kinds would be a pair.
    fn upload(&mut self, half: Pending, replaced: Option<Fingerprint>) -> bool {
        let of_its_kind = |old: &Pending| old.as_str() == half.as_str();
        let fits = self.is_open() && self.pending.as_ref().is_none_or(of_its_kind);
        let is_named = self.other_pending(half.fingerprint()) == replaced;
        self.pending = Some(half);
        fits && is_named
    }

    fn stage(&mut self, certificate: &Certificate, replaced: Option<Fingerprint>, at: UnixTime) -> bool {
        let is_open = self.is_open();
        let placed = Placed::new(certificate.clone(), at, None);
        let old = self.next.take().map(|next| next.placed).filter(|old| old.sha256() != placed.sha256());
        let is_named = old.as_ref().map(|old| *old.sha256()) == replaced;
        if let Some(old) = old {
            self.end(old, Ending::Replaced, at);
        }
        self.complete(&placed);
        self.next = Some(Next { placed, stage: Stage::Draft });
        is_open && is_named
    }

    /// A half no longer waits once a pair of it came in: of the very certificate, or with the very key.
    fn complete(&mut self, pair: &Placed) {
        self.pending.take_if(|half| match half {
            Pending::Certificate(certificate) => certificate.sha256() == pair.sha256(),
            Pending::PrivateKey { spki_sha256, .. } => spki_sha256 == pair.spki_sha256(),
        });
    }

    fn save(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        self.settings.policy == SavePolicy::Staged && self.advance(certificate, Stage::Draft, Stage::Saved, at)
    }

    fn publish(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let fits = self.advance(certificate, Stage::Saved, Stage::Published, at);
        self.next.iter_mut().for_each(|next| next.placed.published_at = Some(at));
        fits
    }

    fn advance(&mut self, certificate: &Fingerprint, from: Stage, to: Stage, at: UnixTime) -> bool {
        let Some(next) = self.next.as_mut().filter(|next| next.stage == from) else { return false };
        next.stage = to;
        next.placed.since = at;
        next.placed.sha256() == certificate
    }

    fn save_and_switch(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(Next { placed, stage: Stage::Draft }) = self.next.take() else { return false };
        if let Some(older) = self.previous.take() {
            self.end(older, Ending::Displaced, at);
        }
        let fits = self.settings.policy == SavePolicy::OnSave && placed.sha256() == certificate;
        fits && self.sign_with(placed.published(at), at)
    }

    fn cut_over(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(Next { placed, stage: Stage::Published }) = self.next.take() else { return false };
        self.previous.is_none() && placed.sha256() == certificate && self.sign_with(placed, at)
    }

    /// The active one becomes the previous one. Always fits.
    fn sign_with(&mut self, placed: Placed, at: UnixTime) -> bool {
        self.previous = self.active.take().map(|old| old.moved(at));
        self.active = Some(placed.moved(at));
        true
    }

    fn roll_back(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(placed) = self.previous.take() else { return false };
        if self.next.is_some() || placed.sha256() != certificate {
            return false;
        }
        self.next = self.active.take().map(|old| Next { placed: old.moved(at), stage: Stage::Published });
        self.active = Some(placed.moved(at));
        true
    }

    fn discard(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(next) = self.next.take() else { return false };
        let fits = next.placed.sha256() == certificate;
        self.end(next.placed, Ending::Discarded, at);
        fits
    }

    fn retire(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(placed) = self.previous.take() else { return false };
        let fits = placed.sha256() == certificate;
        self.end(placed, Ending::Retired, at);
        fits
    }

    /// Whether a key is of the application, and not revoked already.
    fn knows(&self, key: &Fingerprint) -> bool {
        let waits = self.pending.iter().any(|half| half.spki_sha256() == key);
        let is_certified = self.certificates().into_iter().any(|(_, placed)| placed.spki_sha256() == key);
        (waits || is_certified) && !self.is_revoked(key)
    }

    /// Clears every place that has the key; gives the certificates that stood there.
    fn revoke(&mut self, key: &Fingerprint, reason: RevocationReason, at: UnixTime) -> Vec<Fingerprint> {
        self.revoked.push(RevokedKey { spki_sha256: *key, reason, since: at });
        let has_key = |placed: &Placed| placed.spki_sha256() == key;
        let pending = self.pending.take_if(|half| half.spki_sha256() == key);
        let gone = [
            self.active.take_if(|placed| has_key(placed)),
            self.next.take_if(|next| has_key(&next.placed)).map(|next| next.placed),
            self.previous.take_if(|placed| has_key(placed)),
            pending.and_then(|half| if let Pending::Certificate(placed) = half { Some(*placed) } else { None }),
        ];
        let gone: Vec<Placed> = gone.into_iter().flatten().collect();
        let cleared = gone.iter().map(|placed| *placed.sha256()).collect();
        gone.into_iter().for_each(|placed| self.end(placed, Ending::Revoked(reason), at));
        cleared
    }

    /// A replacement that stood in another place leaves it.
    fn replace_active(&mut self, replacement: Option<&Certificate>, at: UnixTime) -> bool {
        let Some(certificate) = replacement else { return true };
        let fits = self.active.is_none();
        let placed = Placed::new(certificate.clone(), at, None);
        let stood_next = self.next.take_if(|next| next.placed.sha256() == placed.sha256()).map(|next| next.placed);
        let stood_before = self.previous.take_if(|previous| previous.sha256() == placed.sha256());
        self.complete(&placed);
        let published_at = stood_next.or(stood_before).and_then(|old| old.published_at);
        self.active = Some(placed.published(published_at.unwrap_or(at)));
        fits
    }

    fn end(&mut self, placed: Placed, ending: Ending, at: UnixTime) {
        if self.former.len() >= MAX_FORMER {
            self.former.remove(0);
        }
        self.former.push(Former { placed: placed.moved(at), ending });
    }

    fn add_provider(&mut self, provider: &ServiceProvider) -> bool {
        match self.position(provider.entity_id()) {
            Err(at) if provider.is_new() => {
                self.providers.insert(at, provider.clone());
                true
            }
            _ => false,
        }
    }

    fn change_provider(&mut self, entity_id: &EntityId, change: impl FnOnce(&mut ServiceProvider)) -> bool {
        let found = self.position(entity_id).ok().and_then(|at| self.providers.get_mut(at));
        found.map(change).is_some()
    }

    fn remove_provider(&mut self, entity_id: &EntityId) -> bool {
        self.position(entity_id).map(|at| self.providers.remove(at)).is_ok()
    }

    pub(super) fn position(&self, entity_id: &EntityId) -> Result<usize, usize> {
        self.providers.binary_search_by(|provider| provider.entity_id().cmp(entity_id))
    }
}

/// The actor and the reason are such as steps take, and there is a reason wherever logins were accepted to break.
fn check_texts(event: &Event) -> Result<(), RecordError> {
    if check_actor(&event.actor).is_err() {
        return does_not_fit(event, "actor");
    }
    let is_good = |reason: &String| check_reason(reason).is_ok();
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

impl Change {
    /// The part of the record that the change concerns.
    const fn field(&self) -> &'static str {
        match self {
            Self::Created { .. } => "id",
            Self::SettingsChanged { .. } => "settings",
            Self::Activated { .. } => "active",
            Self::CertificateUploaded { .. } | Self::PrivateKeyUploaded { .. } | Self::HalfDiscarded { .. } => {
                "pending"
            }
            Self::Staged { .. }
            | Self::Saved { .. }
            | Self::SavedAndSwitched { .. }
            | Self::Discarded { .. }
            | Self::Published { .. }
            | Self::CutOver { .. } => "next",
            Self::RolledBack { .. } | Self::Retired { .. } => "previous",
            Self::Revoked { .. } => "revoked",
            Self::ProviderAdded { .. }
            | Self::ProviderConfirmed { .. }
            | Self::ProviderExported { .. }
            | Self::ProviderRemoved { .. } => "providers",
        }
    }
}
