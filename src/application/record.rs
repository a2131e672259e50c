//! Everything about an application but its private keys.

use super::event::{Change, Event};
use super::place::{Ending, Former, Next, Pending, Placed, RevocationReason, RevokedKey, Role, Stage};
use super::provider::ServiceProvider;
use super::settings::Settings;
use super::text::{ApplicationId, EntityId};
use crate::certificate::Certificate;
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;
use crate::limits::MAX_FORMER;
use crate::time::UnixTime;

/// Everything about an application but its private keys. [`Record::apply`] is the only thing that changes it, and
/// replaying all events gives the same record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub(crate) id: ApplicationId,
    pub(crate) revision: u64,
    pub(crate) settings: Settings,
    /// In the order of their entity IDs.
    pub(crate) providers: Vec<ServiceProvider>,
    pub(crate) activated_at: Option<UnixTime>,
    pub(crate) active: Option<Placed>,
    pub(crate) next: Option<Next>,
    pub(crate) previous: Option<Placed>,
    pub(crate) pending: Option<Pending>,
    /// Oldest first.
    pub(crate) former: Vec<Former>,
    pub(crate) revoked: Vec<RevokedKey>,
}

/// Why a record or an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A version that this release does not know.
    #[error("version: {found} is not known here; this release reads version {known}")]
    UnknownVersion {
        /// The version of the record.
        found: u64,
        /// The one that is read.
        known: u64,
    },
    /// A field is missing, unknown, or has no value that it may have.
    #[error("{field}: {what}")]
    Malformed {
        /// The path of the field.
        field: String,
        /// What is wrong with it.
        what: String,
    },
    /// An event does not follow the one before it.
    #[error("sequence: {found} stands where {expected} is expected; an event is missing, or stands twice")]
    Sequence {
        /// What should stand there.
        expected: u64,
        /// What stands there.
        found: u64,
    },
    /// An event does not fit what the events before it made.
    #[error("event {sequence} ({change}) does not fit the record: {field}")]
    DoesNotFit {
        /// The sequence of the event.
        sequence: u64,
        /// What it was to change.
        change: &'static str,
        /// The part of the record that it does not fit.
        field: &'static str,
    },
    /// Two fields contradict each other.
    #[error("{field}: {what}")]
    Contradiction {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// No private key was given for a certificate.
    #[error("{field}: no private key was given whose public half has the SHA-256 fingerprint {spki_sha256}")]
    MissingKey {
        /// The place of the certificate.
        field: &'static str,
        /// The fingerprint of its public key.
        spki_sha256: Fingerprint,
    },
    /// A private key was given that belongs to no certificate.
    #[error(
        "keys: the one whose public half has the SHA-256 fingerprint {spki_sha256} belongs to nothing in the record"
    )]
    UnneededKey {
        /// The fingerprint of its public half.
        spki_sha256: Fingerprint,
    },
}

impl RecordError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownVersion { .. } => ErrorCode::RecordVersion,
            Self::Malformed { .. } => ErrorCode::RecordMalformed,
            Self::Sequence { .. } => ErrorCode::RecordSequence,
            Self::DoesNotFit { .. } => ErrorCode::RecordEvent,
            Self::Contradiction { .. } => ErrorCode::RecordContradiction,
            Self::MissingKey { .. } => ErrorCode::RecordKeyMissing,
            Self::UnneededKey { .. } => ErrorCode::RecordKeyUnneeded,
        }
    }
}

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
        events.try_for_each(|event| record.apply(event))?;
        Ok(record)
    }

    pub(super) fn created(event: &Event) -> Result<Self, RecordError> {
        expect_sequence(1, event)?;
        let Change::Created { id, settings } = &event.change else { return does_not_fit(event, "id") };
        Ok(Self {
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
        })
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
        let sequence = self.revision.checked_add(1);
        expect_sequence(sequence.unwrap_or(u64::MAX), event)?;
        if !self.change(event.at, &event.change) {
            return does_not_fit(event, event.change.field());
        }
        self.revision = event.sequence;
        self.check()
    }

    /// Whether the change fits.
    fn change(&mut self, at: UnixTime, change: &Change) -> bool {
        match change {
            Change::Created { .. } => return false,
            Change::SettingsChanged { settings } => self.settings = (**settings).clone(),
            Change::Activated { certificate } => return self.activate(certificate, at),
            Change::CertificateUploaded { certificate, .. } => {
                self.pending = Some(Pending::Certificate(Box::new(Placed::new(certificate.clone(), at, None))));
            }
            Change::PrivateKeyUploaded { spki_sha256, .. } => {
                self.pending = Some(Pending::PrivateKey { spki_sha256: *spki_sha256, since: at });
            }
            Change::Staged { certificate, .. } => return self.stage(certificate, at),
            Change::Saved { certificate } => return self.advance(certificate, Stage::Draft, Stage::Saved, at),
            Change::Published { certificate } => return self.advance(certificate, Stage::Saved, Stage::Published, at),
            Change::SavedAndSwitched { certificate, .. } => return self.save_and_switch(certificate, at),
            Change::HalfDiscarded { half } => return self.pending.take().is_some_and(|it| it.fingerprint() == half),
            Change::Discarded { certificate, .. } => return self.discard(certificate, at),
            Change::CutOver { certificate, .. } => return self.cut_over(certificate, at),
            Change::RolledBack { certificate, .. } => return self.roll_back(certificate, at),
            Change::Retired { certificate, .. } => return self.retire(certificate, at),
            Change::Revoked { spki_sha256, reason, cleared, replacement, .. } => {
                let gone = self.revoke(spki_sha256, *reason, at);
                return gone == *cleared && self.replace_active(replacement.as_ref(), at);
            }
            Change::ProviderAdded { provider } => return self.add_provider(provider),
            Change::ProviderConfirmed { provider, certificate } => {
                return self.change_provider(provider, |it| it.confirm(*certificate, at));
            }
            Change::ProviderExported { provider, certificates } => {
                return self.change_provider(provider, |it| it.export(certificates.clone(), at));
            }
            Change::ProviderRemoved { provider } => return self.remove_provider(provider),
        }
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

    fn stage(&mut self, certificate: &Certificate, at: UnixTime) -> bool {
        let old = self.next.take();
        if self.activated_at.is_none() || old.as_ref().is_some_and(|next| next.stage == Stage::Published) {
            return false;
        }
        let placed = Placed::new(certificate.clone(), at, None);
        if let Some(old) = old.filter(|old| old.placed.sha256() != placed.sha256()) {
            self.end(old.placed, Ending::Replaced, at);
        }
        if self.pending.as_ref().is_some_and(|half| half.spki_sha256() == placed.spki_sha256()) {
            self.pending = None;
        }
        self.next = Some(Next { placed, stage: Stage::Draft });
        true
    }

    fn advance(&mut self, certificate: &Fingerprint, from: Stage, to: Stage, at: UnixTime) -> bool {
        let Some(next) = self.next.as_mut().filter(|next| next.stage == from) else { return false };
        next.stage = to;
        next.placed.since = at;
        next.placed.published_at = (to == Stage::Published).then_some(at);
        next.placed.sha256() == certificate
    }

    fn save_and_switch(&mut self, certificate: &Fingerprint, at: UnixTime) -> bool {
        let Some(Next { mut placed, stage: Stage::Draft }) = self.next.take() else { return false };
        placed.published_at = Some(at);
        if let Some(older) = self.previous.take() {
            self.end(older, Ending::Displaced, at);
        }
        placed.sha256() == certificate && self.sign_with(placed, at)
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
        self.pending.take_if(|half| half.spki_sha256() == placed.spki_sha256());
        let published_at = stood_next.or(stood_before).and_then(|old| old.published_at).or(Some(at));
        self.active = Some(Placed::new(certificate.clone(), at, published_at));
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
            Ok(_) => false,
            Err(at) => {
                self.providers.insert(at, provider.clone());
                true
            }
        }
    }

    fn change_provider(&mut self, entity_id: &EntityId, change: impl FnOnce(&mut ServiceProvider)) -> bool {
        let found = self.position(entity_id).ok().and_then(|at| self.providers.get_mut(at));
        found.map(change).is_some()
    }

    fn remove_provider(&mut self, entity_id: &EntityId) -> bool {
        self.position(entity_id).map(|at| self.providers.remove(at)).is_ok()
    }

    fn position(&self, entity_id: &EntityId) -> Result<usize, usize> {
        self.providers.binary_search_by(|provider| provider.entity_id().cmp(entity_id))
    }

    /// What holds of every record that steps can make.
    pub(crate) fn check(&self) -> Result<(), RecordError> {
        let fault = |field, what| Err(RecordError::Contradiction { field, what });
        let places = self.places().collect::<Vec<_>>();
        for (index, (field, placed)) in places.iter().enumerate() {
            if places.iter().take(index).any(|(_, other)| other.sha256() == placed.sha256()) {
                return fault(*field, "the same certificate stands in another place, too");
            }
            if self.is_revoked(placed.spki_sha256()) {
                return fault(*field, "its key is revoked");
            }
        }
        if self.activated_at.is_none() && (self.pending.is_some() || !places.is_empty()) {
            return fault("activated_at", "there are certificates, and it was never activated");
        }
        let is_shown = |placed: &Placed| placed.published_at.is_some();
        if !self.active.as_ref().is_none_or(is_shown) {
            return fault("active", "it signs and is not published");
        }
        if !self.previous.as_ref().is_none_or(is_shown) {
            return fault("previous", "it is not published");
        }
        if self.next.as_ref().is_some_and(|next| is_shown(&next.placed) != (next.stage == Stage::Published)) {
            return fault("next", "its stage and the moment of its publication contradict each other");
        }
        let is_sorted = self.providers.is_sorted_by(|one, other| one.entity_id() < other.entity_id());
        if is_sorted { Ok(()) } else { fault("providers", "one stands twice, or they are not in order") }
    }

    /// The certificates that have keys, and the names of their places.
    pub(super) fn places(&self) -> impl Iterator<Item = (&'static str, &Placed)> {
        let active = self.active.iter().map(|placed| ("active", placed));
        let next = self.next.iter().map(|next| ("next", &next.placed));
        active.chain(next).chain(self.previous.iter().map(|placed| ("previous", placed)))
    }

    pub(super) fn is_revoked(&self, spki_sha256: &Fingerprint) -> bool {
        self.revoked.iter().any(|key| key.spki_sha256 == *spki_sha256)
    }

    /// What the caller calls the application.
    #[must_use]
    pub const fn id(&self) -> &ApplicationId {
        &self.id
    }

    /// How many events made the record: one more with each. Compare it before storing a changed record.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// What the administrator set.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The service providers, in the order of their entity IDs.
    #[must_use]
    pub fn providers(&self) -> &[ServiceProvider] {
        &self.providers
    }

    /// The service provider of an entity ID.
    #[must_use]
    pub fn provider(&self, entity_id: &EntityId) -> Option<&ServiceProvider> {
        self.position(entity_id).ok().and_then(|at| self.providers.get(at))
    }

    /// When the first pair came in; `None` as long as the application was never activated.
    #[must_use]
    pub const fn activated_at(&self) -> Option<UnixTime> {
        self.activated_at
    }

    /// The certificate that signs.
    #[must_use]
    pub const fn active(&self) -> Option<&Placed> {
        self.active.as_ref()
    }

    /// The certificate that is to sign next.
    #[must_use]
    pub const fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// The certificate that signed before, is still published, and can come back.
    #[must_use]
    pub const fn previous(&self) -> Option<&Placed> {
        self.previous.as_ref()
    }

    /// The half of a pair that waits for its other half.
    #[must_use]
    pub const fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// The certificates that ended, oldest first; at most [`MAX_FORMER`], then the oldest is forgotten.
    #[must_use]
    pub fn former(&self) -> &[Former] {
        &self.former
    }

    /// The keys that no step takes again.
    #[must_use]
    pub fn revoked(&self) -> &[RevokedKey] {
        &self.revoked
    }

    /// Every certificate with its role, those that begin latest first.
    #[must_use]
    pub fn certificates(&self) -> Vec<(Role, &Placed)> {
        let active = self.active.iter().map(|placed| (Role::Active, placed));
        let next = self.next.iter().map(|next| (Role::Next(next.stage), &next.placed));
        let previous = self.previous.iter().map(|placed| (Role::Previous, placed));
        let pending = self.pending.iter().filter_map(|half| match half {
            Pending::Certificate(placed) => Some((Role::Pending, &**placed)),
            Pending::PrivateKey { .. } => None,
        });
        let former = self.former.iter().rev().map(|former| (Role::Former(former.ending), &former.placed));
        let mut all: Vec<_> = active.chain(next).chain(previous).chain(pending).chain(former).collect();
        all.sort_by_key(|(_, placed)| core::cmp::Reverse(placed.certificate.validity().not_before()));
        all
    }
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
