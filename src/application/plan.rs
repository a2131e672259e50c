//! What to do in order, for the service providers that there are.

use core::fmt;

use super::logins::later;
use super::place::{Next, Pending, Placed, Stage};
use super::provider::{Capability, ServiceProvider};
use super::record::Record;
use super::settings::SavePolicy;
use super::status::{Condition, EXPIRING_S};
use super::text::EntityId;
use crate::time::UnixTime;

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    /// Not before this moment.
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
    /// Upload what is missing to the half that waits.
    CompleteUpload {
        /// Whether the private key is missing; else the certificate is.
        missing_key: bool,
    },
    /// Make a new pair, or renew the certificate.
    Regenerate,
    /// Save the draft, which then waits.
    Save,
    /// Publish the saved certificate.
    Publish,
    /// Give a service provider its certificates, and confirm that they are in place.
    Export {
        /// Whom.
        provider: EntityId,
    },
    /// Wait until those that pull metadata have pulled.
    WaitForPull {
        /// Who.
        providers: Vec<EntityId>,
        /// Until when.
        until: UnixTime,
    },
    /// Make the new certificate sign: by a cut-over, or by saving where the policy is so. Those of `together_with` take
    /// one certificate only: it is put in there at the same moment, their maintenance moment.
    CutOver {
        /// The step: `save` or `cut-over`.
        by_saving: bool,
        /// Who puts the new certificate in at the same moment.
        together_with: Vec<EntityId>,
    },
    /// Look what a service provider holds, and confirm it.
    Confirm {
        /// Whom.
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
            Self::CompleteUpload { .. } => "complete-upload",
            Self::Regenerate => "regenerate",
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

    /// The service providers that it concerns.
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
            Self::CompleteUpload { missing_key: true } => {
                f.write_str("upload the private key of the certificate that waits, or discard it")
            }
            Self::CompleteUpload { missing_key: false } => {
                f.write_str("upload the certificate of the private key that waits, or discard it")
            }
            Self::Regenerate => f.write_str("regenerate the certificate, or renew it with the same key"),
            Self::Save => f.write_str("save the draft"),
            Self::Publish => f.write_str("publish the saved certificate"),
            Self::Export { provider } => {
                write!(f, "export the certificates for {provider}, put them in, and confirm it")
            }
            Self::WaitForPull { providers, until } => {
                write!(f, "wait until {until}: {} metadata by themselves", pull(providers))
            }
            Self::CutOver { by_saving, together_with } => {
                f.write_str(if *by_saving { "save the draft, which signs at once" } else { "cut over" })?;
                match together_with.as_slice() {
                    [] => Ok(()),
                    some => write!(f, ", and in the same moment put the new certificate in at {}", list(some)),
                }
            }
            Self::Confirm { provider } => write!(f, "look which certificate {provider} holds, and confirm it"),
            Self::Retire => f.write_str("retire the previous certificate"),
        }
    }
}

fn pull(providers: &[EntityId]) -> String {
    format!("{} {}", list(providers), if providers.len() == 1 { "pulls" } else { "pull" })
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
struct Draft {
    at: UnixTime,
    steps: Vec<PlannedStep>,
}

impl Draft {
    fn then(&mut self, action: Action) {
        self.steps.push(PlannedStep { at: self.at, action });
    }
}

impl Record {
    /// The steps of a rotation in order, from where the application stands to the end of the rotation, each with the
    /// earliest moment at which to take it.
    #[must_use]
    pub fn plan(&self, now: UnixTime) -> Vec<PlannedStep> {
        let mut plan = Draft { at: now, steps: Vec::new() };
        if self.activated_at.is_none() {
            plan.then(Action::Activate);
            return plan.steps;
        }
        if let Some(half) = &self.pending {
            plan.then(Action::CompleteUpload { missing_key: matches!(half, Pending::Certificate(_)) });
        }
        match (&self.next, &self.previous) {
            (None, Some(_)) if self.pending.is_none() => self.plan_end(&mut plan),
            (next, _) => self.plan_rotation(&mut plan, next.as_ref()),
        }
        plan.steps
    }

    /// From making a pair to retiring its predecessor.
    fn plan_rotation(&self, plan: &mut Draft, next: Option<&Next>) {
        if next.is_none() && self.pending.is_none() {
            let end = self.active.as_ref().map(|active| active.certificate.validity().not_after());
            let begin = end.map(|end| UnixTime(end.0.saturating_sub(EXPIRING_S)));
            plan.at = begin.map_or(plan.at, |begin| begin.max(plan.at));
            plan.then(Action::Regenerate);
        }
        let stage = next.map_or(Stage::Draft, |next| next.stage);
        let on_save = self.settings.policy == SavePolicy::OnSave && stage == Stage::Draft;
        if !on_save {
            self.plan_publication(plan, next, stage);
        }
        let valid_from = next.map(|next| next.placed.certificate.validity().not_before());
        plan.at = valid_from.map_or(plan.at, |valid_from| valid_from.max(plan.at));
        let new = next.map(|next| &next.placed);
        let together = |provider: &&ServiceProvider| provider.holds_one() || (on_save && !pulls(provider));
        let together_with = self.entity_ids(together, new);
        plan.then(Action::CutOver { by_saving: on_save, together_with: together_with.clone() });
        together_with.into_iter().for_each(|provider| plan.then(Action::Confirm { provider }));
        if on_save {
            self.plan_wait(plan, None);
        }
        plan.then(Action::Retire);
    }

    fn plan_publication(&self, plan: &mut Draft, next: Option<&Next>, stage: Stage) {
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
        let new = next.map(|next| &next.placed);
        let takes_both = |provider: &&ServiceProvider| !provider.holds_one() && !pulls(provider);
        for provider in self.entity_ids(takes_both, new) {
            plan.then(Action::Export { provider });
        }
        self.plan_wait(plan, new.filter(|_| stage == Stage::Published));
    }

    /// Waits for those that pull metadata, from the publication of a certificate or from now on.
    fn plan_wait(&self, plan: &mut Draft, published: Option<&Placed>) {
        let waits = |provider: &ServiceProvider| {
            let Capability::Metadata { pull_interval } = provider.capability else { return None };
            let until = published.and_then(|placed| self.pulled_by(provider, placed));
            let until = until.unwrap_or_else(|| later(plan.at, pull_interval.get(), self.settings.skew));
            (until > plan.at).then(|| (provider.entity_id.clone(), until))
        };
        let (providers, moments): (Vec<_>, Vec<_>) = self.providers.iter().filter_map(waits).unzip();
        if let Some(until) = moments.into_iter().max() {
            plan.then(Action::WaitForPull { providers, until });
            plan.at = until;
        }
    }

    /// What is left to do after the cut-over.
    fn plan_end(&self, plan: &mut Draft) {
        for provider in self.providers.iter().filter(|provider| !pulls(provider)) {
            if self.login(provider, self.active.as_ref(), plan.at).works() {
                continue;
            }
            let provider_id = provider.entity_id.clone();
            let is_stale = self.is_stale(provider, plan.at);
            plan.then(match is_stale {
                true => Action::Export { provider: provider_id },
                false => Action::Confirm { provider: provider_id },
            });
        }
        self.plan_wait(plan, self.active.as_ref());
        plan.then(Action::Retire);
    }

    /// Those of a kind that do not hold a certificate for certain.
    fn entity_ids(&self, is: impl Fn(&&ServiceProvider) -> bool, new: Option<&Placed>) -> Vec<EntityId> {
        let lacks = |provider: &&ServiceProvider| {
            let login = new.map(|placed| self.login(provider, Some(placed), placed.since));
            !login.is_some_and(|login| login.works())
        };
        let found = self.providers.iter().filter(|provider| is(provider)).filter(lacks);
        found.map(|provider| provider.entity_id.clone()).collect()
    }

    /// What to do now; `None` while all is well and nothing is under way.
    pub(super) fn to_do(&self, now: UnixTime) -> Option<Action> {
        let under_way = self.pending.is_some() || self.next.is_some() || self.previous.is_some();
        if under_way || self.condition(now) != Condition::Active {
            let first = self.plan(now).into_iter().next();
            return first.filter(|step| step.at <= now).map(|step| step.action);
        }
        let needs = |provider: &&ServiceProvider| !pulls(provider) && self.is_stale(provider, now);
        let stale = self.providers.iter().find(needs).map(|provider| provider.entity_id.clone());
        stale.map(|provider| Action::Export { provider })
    }
}

const fn pulls(provider: &ServiceProvider) -> bool {
    matches!(provider.capability, Capability::Metadata { .. })
}
