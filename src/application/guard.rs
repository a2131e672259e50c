//! The steps that may break logins: each is refused unless exactly the affected service providers are accepted.

use std::collections::BTreeSet;

use super::Application;
use super::error::StepError;
use super::event::{Acceptance, Change, Event, StepContext};
use super::logins::Login;
use super::place::{Next, PlacedCertificate, Stage};
use super::record::Record;
use super::settings::SavePolicy;
use super::text::{EntityId, check_actor, check_reason};
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// A step that may break logins. [`Record::impact`] says beforehand whose.
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

impl Record {
    /// The logins after a step, in the order of the entity IDs.
    ///
    /// # Errors
    /// Why the step cannot be taken, whatever is accepted.
    pub fn impact(&self, step: GuardedStep, now: UnixTime) -> Result<Vec<Login>, StepError> {
        let event = self.event(StepContext { now, actor: "-" }, self.decide(step)?);
        self.logins_of(&self.after(&event)?, now)
    }

    /// Whom the [`Acceptance`] of a step must name, no more and no fewer: those whose logins break after it, or may. A
    /// save under [`SavePolicy::Staged`] changes neither what signs nor what is shown, and needs no acceptance.
    ///
    /// # Errors
    /// Why the step cannot be taken, whatever is accepted.
    pub fn to_accept(&self, step: GuardedStep, now: UnixTime) -> Result<Vec<EntityId>, StepError> {
        let logins = self.impact(step, now)?;
        Ok(if self.is_guarded(step) { affected(logins) } else { Vec::new() })
    }

    fn is_guarded(&self, step: GuardedStep) -> bool {
        step != GuardedStep::Save || self.settings.policy == SavePolicy::OnSave
    }

    /// The logins of `after`, which a step makes of this record. No step may make a certificate sign that is not valid.
    pub(super) fn logins_of(&self, after: &Self, now: UnixTime) -> Result<Vec<Login>, StepError> {
        match &after.active {
            Some(active) if after.active_sha256() != self.active_sha256() => check_validity(active, now)?,
            _ => {}
        }
        Ok(after.logins(now))
    }

    /// The change that a step makes, before anybody accepted anything.
    fn decide(&self, step: GuardedStep) -> Result<Change, StepError> {
        match step {
            GuardedStep::Save => self.decide_save(),
            GuardedStep::CutOver => self.decide_cut_over(),
            GuardedStep::RollBack => self.decide_roll_back(),
            GuardedStep::Retire => match self.previous_sha256() {
                Some(certificate) => Ok(Change::Retired { certificate, accepted: Vec::new() }),
                None => Err(StepError::NothingToRetire),
            },
        }
    }

    fn decide_save(&self) -> Result<Change, StepError> {
        let Some(Next { placed, stage: Stage::Draft }) = &self.next else { return Err(StepError::NothingToSave) };
        let certificate = *placed.sha256();
        Ok(match self.settings.policy {
            SavePolicy::Staged => Change::Saved { certificate },
            SavePolicy::OnSave => Change::SavedAndSwitched {
                certificate,
                previous: self.active_sha256(),
                displaced: self.previous_sha256(),
                accepted: Vec::new(),
            },
        })
    }

    fn decide_cut_over(&self) -> Result<Change, StepError> {
        let Some(Next { placed, stage }) = &self.next else { return Err(StepError::NothingToCutOver) };
        let certificate = *placed.sha256();
        match (stage, self.previous_sha256()) {
            (Stage::Draft, _) => Err(StepError::Unsaved { certificate }),
            (Stage::Saved, _) => Err(StepError::NotPublished { certificate }),
            (Stage::Published, Some(certificate)) => Err(StepError::PreviousStillPublished { certificate }),
            (Stage::Published, None) => {
                Ok(Change::CutOver { certificate, previous: self.active_sha256(), accepted: Vec::new() })
            }
        }
    }

    fn decide_roll_back(&self) -> Result<Change, StepError> {
        let Some(certificate) = self.previous_sha256() else { return Err(StepError::NothingToRollBack) };
        match &self.next {
            Some(Next { placed, .. }) => Err(StepError::NextInTheWay { certificate: *placed.sha256() }),
            None => Ok(Change::RolledBack { certificate, next: self.active_sha256(), accepted: Vec::new() }),
        }
    }

    pub(super) fn active_sha256(&self) -> Option<Fingerprint> {
        self.active.as_ref().map(|placed| *placed.sha256())
    }

    pub(super) fn previous_sha256(&self) -> Option<Fingerprint> {
        self.previous.as_ref().map(|placed| *placed.sha256())
    }
}

impl Application {
    pub(super) fn guarded(
        &mut self,
        at: StepContext<'_>,
        step: GuardedStep,
        accept: Acceptance<'_>,
    ) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        let record = &self.record;
        let mut event = record.event(at, record.decide(step)?);
        let after = record.after(&event)?;
        let logins = record.logins_of(&after, at.now)?;
        let affected = if record.is_guarded(step) { affected(logins) } else { Vec::new() };
        accept.providers.iter().try_for_each(|provider| record.known(provider).map(|_| ()))?;
        check_acceptance(&affected, accept)?;
        event.reason = (!accept.reason.is_empty()).then(|| accept.reason.to_owned());
        if let Some(accepted) = event.change.accepted_mut() {
            *accepted = affected;
        }
        self.put(after, None);
        Ok(event)
    }
}

/// Everybody who is affected is accepted, nobody else, and with a reason.
fn check_acceptance(affected: &[EntityId], accept: Acceptance<'_>) -> Result<(), StepError> {
    let (affected, accepted): (BTreeSet<_>, BTreeSet<_>) =
        (affected.iter().collect(), accept.providers.iter().collect());
    let missing: Vec<EntityId> = affected.difference(&accepted).copied().cloned().collect();
    let needless: Vec<EntityId> = accepted.difference(&affected).copied().cloned().collect();
    match (missing.is_empty(), needless.is_empty()) {
        (false, _) => Err(StepError::LoginsWouldBreak { providers: missing }),
        (true, false) => Err(StepError::NotAffected { providers: needless }),
        _ if !accept.reason.is_empty() => Ok(check_reason(accept.reason)?),
        _ if affected.is_empty() => Ok(()),
        _ => Err(StepError::ReasonRequired),
    }
}

/// The service providers whose logins break, or may.
pub(super) fn affected(logins: Vec<Login>) -> Vec<EntityId> {
    logins.into_iter().filter(|login| !login.state.works()).map(|login| login.provider).collect()
}

fn check_validity(placed: &PlacedCertificate, now: UnixTime) -> Result<(), StepError> {
    let validity = placed.certificate.validity();
    if now > validity.not_after() {
        return Err(StepError::CertificateExpired { not_after: validity.not_after() });
    }
    if now < validity.not_before() {
        return Err(StepError::CertificateNotYetValid { not_before: validity.not_before() });
    }
    Ok(())
}
