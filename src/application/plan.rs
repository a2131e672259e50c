//! The steps of a rotation in order, for the service providers of an application.

use core::fmt;

use super::condition::{Condition, EXPIRING_S};
use super::logins::{Doubt, LoginState};
use super::place::{Pending, Stage};
use super::provider::ServiceProvider;
use super::record::Record;
use super::text::EntityId;
use crate::time::UnixTime;

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    /// The moment before which it is not to be taken.
    pub at: UnixTime,
    /// What to do.
    pub action: Action,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Give the application its first pair.
    Activate,
    /// Upload the private key of the certificate that waits.
    UploadPrivateKey,
    /// Upload the certificate of the private key that waits.
    UploadCertificate,
    /// Make a new pair, or renew the certificate.
    Regenerate,
    /// Make or upload a new pair, since nothing signs, or only a CA could renew what signs.
    NewPair {
        /// True if a roll-back to the previous certificate is another way.
        or_roll_back: bool,
    },
    /// Save the draft, which then waits.
    Save,
    /// Publish the saved certificate.
    Publish,
    /// Give a service provider its certificates, and confirm that they are in place.
    Export {
        /// The provider's entity ID.
        provider: EntityId,
    },
    /// Wait until those that pull metadata have pulled.
    WaitForPull {
        /// The providers that pull metadata.
        providers: Vec<EntityId>,
        /// The moment until which to wait.
        until: UnixTime,
        /// True if the new certificate signs already, so that their logins may break until then.
        logins_may_break: bool,
    },
    /// Make the new certificate sign: by a cut-over, or by saving where the policy is so. Those of `together_with` take
    /// one certificate only: it is put in there at the same moment, their maintenance moment.
    CutOver {
        /// The step: `save` or `cut-over`.
        by_saving: bool,
        /// The providers that put the new certificate in at the same moment.
        together_with: Vec<EntityId>,
    },
    /// Look up what a service provider holds, and confirm it.
    Confirm {
        /// The provider's entity ID.
        provider: EntityId,
    },
    /// Retire the previous certificate.
    Retire,
}

impl Action {
    /// The name in the JSON forms, such as `cut-over`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Activate => "activate",
            Self::UploadPrivateKey | Self::UploadCertificate => "complete-upload",
            Self::Regenerate => "regenerate",
            Self::NewPair { .. } => "new-pair",
            Self::Save => "save",
            Self::Publish => "publish",
            Self::Export { .. } => "export",
            Self::WaitForPull { .. } => "wait-for-pull",
            Self::CutOver { by_saving: true, .. } => "save-and-switch",
            Self::CutOver { by_saving: false, .. } => "cut-over",
            Self::Confirm { .. } => "confirm",
            Self::Retire => "retire",
        }
    }

    /// The service providers that the step concerns.
    #[must_use]
    pub fn providers(&self) -> &[EntityId] {
        match self {
            Self::Export { provider } | Self::Confirm { provider } => core::slice::from_ref(provider),
            Self::WaitForPull { providers, .. } | Self::CutOver { together_with: providers, .. } => providers,
            _ => &[],
        }
    }
}

/// A sentence without its full stop, as in "publish the saved certificate".
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Activate => f.write_str("activate the application, which gives it its pair"),
            Self::UploadPrivateKey => {
                f.write_str("upload the private key of the certificate that waits, or discard it")
            }
            Self::UploadCertificate => {
                f.write_str("upload the certificate of the private key that waits, or discard it")
            }
            Self::Regenerate => f.write_str("regenerate the certificate, or renew it with the same key"),
            Self::NewPair { or_roll_back: false } => f.write_str("regenerate or upload a pair"),
            Self::NewPair { or_roll_back: true } => {
                f.write_str("regenerate or upload a pair, or roll back to the previous one")
            }
            Self::Save => f.write_str("save the draft"),
            Self::Publish => f.write_str("publish the saved certificate"),
            Self::Export { provider } => {
                write!(f, "export the certificates for {provider}, put them in, and confirm it")
            }
            Self::WaitForPull { providers, until, logins_may_break } => {
                write!(f, "wait until {until}: {}", pull(providers))?;
                f.write_str(if *logins_may_break { ", and logins there may break until then" } else { "" })
            }
            Self::CutOver { by_saving, together_with } => {
                f.write_str(if *by_saving { "save the draft, which signs at once" } else { "cut over" })?;
                match together_with.as_slice() {
                    [] => Ok(()),
                    some => write!(f, ", and in the same moment put the new certificate in at {}", list(some)),
                }
            }
            Self::Confirm { provider } => write!(f, "look up which certificate {provider} holds, and confirm it"),
            Self::Retire => f.write_str("retire the previous certificate"),
        }
    }
}

fn pull(providers: &[EntityId]) -> String {
    let pull = if providers.len() == 1 { "pulls metadata by itself" } else { "pull metadata by themselves" };
    format!("{} {pull}", list(providers))
}

fn list(providers: &[EntityId]) -> String {
    let names: Vec<&str> = providers.iter().map(EntityId::as_str).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A plan as it grows: each step at the moment that the ones before it have reached.
struct Outline {
    at: UnixTime,
    steps: Vec<PlannedStep>,
}

impl Outline {
    fn then(&mut self, action: Action) {
        self.steps.push(PlannedStep { at: self.at, action });
    }

    fn not_before(&mut self, moment: UnixTime) {
        self.at = self.at.max(moment);
    }

    /// Until the last of those that pull metadata has pulled.
    fn wait(&mut self, waiting: impl Iterator<Item = (EntityId, UnixTime)>, logins_may_break: bool) {
        let at = self.at;
        let (providers, moments): (Vec<_>, Vec<_>) = waiting.filter(|(_, until)| *until > at).unzip();
        if let Some(until) = moments.into_iter().max() {
            self.then(Action::WaitForPull { providers, until, logins_may_break });
            self.at = until;
        }
    }
}

impl Record {
    /// The steps of a rotation in order, from where the application stands to the end of the rotation, each with the
    /// earliest moment at which to take it.
    #[must_use]
    pub fn plan(&self, now: UnixTime) -> Vec<PlannedStep> {
        let mut plan = Outline { at: now, steps: Vec::new() };
        let completable = self.pending.as_ref().filter(|_| self.is_open());
        if self.activated_at.is_none() {
            plan.then(Action::Activate);
        } else if let Some(half) = completable {
            plan.then(match half {
                Pending::Certificate(_) => Action::UploadPrivateKey,
                Pending::PrivateKey { .. } => Action::UploadCertificate,
            });
            self.plan_rotation(&mut plan);
        } else if self.next.is_none() && self.active.is_some() && self.previous.is_some() {
            self.plan_end(&mut plan);
        } else {
            if self.next.is_none() {
                self.plan_begin(&mut plan);
            }
            self.plan_rotation(&mut plan);
        }
        plan.steps
    }

    /// The successor in its time, and until then what is still to be given out.
    fn plan_begin(&self, plan: &mut Outline) {
        let now = plan.at;
        if let Some(active) = &self.active {
            let end = active.certificate.validity().not_after();
            plan.not_before(UnixTime(end.0.saturating_sub(EXPIRING_S)));
        }
        if now < plan.at {
            let needs = self.providers.iter().filter(|provider| self.needs_export(provider, now));
            let export = |it: &ServiceProvider| Action::Export { provider: it.entity_id.clone() };
            plan.steps.extend(needs.map(|it| PlannedStep { at: now, action: export(it) }));
        }
        let can_renew = self.active.as_ref().is_some_and(|active| active.certificate.is_self_issued());
        let or_roll_back = self.active.is_none() && self.previous.is_some();
        plan.then(if can_renew { Action::Regenerate } else { Action::NewPair { or_roll_back } });
    }

    /// From the draft to the retirement of its predecessor.
    fn plan_rotation(&self, plan: &mut Outline) {
        let by_saving = self.saving_switches();
        if !by_saving {
            self.plan_publication(plan);
        }
        if let Some(next) = &self.next {
            plan.not_before(next.placed.certificate.validity().not_before());
        }
        let learns_late = |provider: &&ServiceProvider| by_saving || !provider.learns_early();
        let together_with = self.who_lacks_next(|it| !it.pulls() && learns_late(it));
        plan.then(Action::CutOver { by_saving, together_with: together_with.clone() });
        together_with.into_iter().for_each(|provider| plan.then(Action::Confirm { provider }));
        self.plan_wait(plan, plan.at, true, learns_late);
        if self.active.is_some() {
            plan.then(Action::Retire);
        }
    }

    fn plan_publication(&self, plan: &mut Outline) {
        let stage = self.next.as_ref().map_or(Stage::Draft, |next| next.stage);
        if stage == Stage::Draft {
            plan.then(Action::Save);
        }
        // The place of the previous certificate must be free for the cut-over.
        if self.previous.is_some() {
            plan.then(Action::Retire);
        }
        if stage != Stage::Published {
            plan.then(Action::Publish);
        }
        for provider in self.who_lacks_next(|it| !it.pulls() && it.learns_early()) {
            let is_given =
                stage == Stage::Published && self.provider(&provider).is_some_and(|it| !self.is_stale(it, plan.at));
            plan.then(if is_given { Action::Confirm { provider } } else { Action::Export { provider } });
        }
        let shown = self.next.as_ref().and_then(|next| next.placed.published_at).unwrap_or(plan.at);
        self.plan_wait(plan, shown, false, |it| it.learns_early());
    }

    /// Waits for those of a kind that pull metadata, which shows the next certificate from a moment on.
    fn plan_wait(
        &self,
        plan: &mut Outline,
        shown: UnixTime,
        logins_may_break: bool,
        is: impl Fn(&&ServiceProvider) -> bool,
    ) {
        let until = |it: &ServiceProvider| Some((it.entity_id.clone(), self.next_pulled_by(it, shown)?));
        plan.wait(self.providers.iter().filter(is).filter_map(until), logins_may_break);
    }

    /// Those of a kind that are not known for certain to hold the next certificate.
    fn who_lacks_next(&self, is: impl Fn(&&ServiceProvider) -> bool) -> Vec<EntityId> {
        let lacking = self.providers.iter().filter(is).filter(|provider| !self.holds_next(provider));
        lacking.map(|provider| provider.entity_id.clone()).collect()
    }

    /// What is left to do after the cut-over.
    fn plan_end(&self, plan: &mut Outline) {
        let mut waiting = Vec::new();
        for provider in &self.providers {
            let entity_id = provider.entity_id.clone();
            match self.login(provider, self.active.as_ref(), plan.at) {
                LoginState::Works { .. } => {}
                LoginState::Unknown(Doubt::MayNotHavePulled { until }) => waiting.push((entity_id, until)),
                _ if self.is_stale(provider, plan.at) => plan.then(Action::Export { provider: entity_id }),
                _ => plan.then(Action::Confirm { provider: entity_id }),
            }
        }
        plan.wait(waiting.into_iter(), true);
        plan.then(Action::Retire);
    }

    /// The step to take now; `None` if nothing is under way and nothing is wrong.
    pub(super) fn to_do(&self, now: UnixTime) -> Option<Action> {
        let under_way = self.pending.is_some() || self.next.is_some() || self.previous.is_some();
        let needs_export = || self.providers.iter().any(|provider| self.needs_export(provider, now));
        if !under_way && self.condition(now) == Condition::Active && !needs_export() {
            return None;
        }
        let first = self.plan(now).into_iter().next();
        first.filter(|step| step.at <= now).map(|step| step.action)
    }
}
