//! An application that is stepped through, and what holds after each step whatever it is.

use super::pool::{BEGIN, DAY, entity, pair, sha256};
use samlcert::application::{
    Acceptance, Event, GuardedStep, Record, RevocationReason, SavePolicy, ServiceProvider, Settings, StepContext,
    StepError,
};
use samlcert::{Application, ErrorCode, Fingerprint, PrivateKey, UnixTime};
use std::sync::Arc;

pub(crate) const ALICE: &str = "alice";

/// An application, its events, and the present moment.
pub(crate) struct Life {
    pub(crate) application: Application,
    pub(crate) events: Vec<Event>,
    pub(crate) now: UnixTime,
}

impl Life {
    /// Not activated.
    pub(crate) fn new(policy: SavePolicy) -> Self {
        let at = StepContext { now: BEGIN, actor: ALICE };
        let (application, event) = Application::new(at, "shop".parse().unwrap(), Settings::new(policy)).unwrap();
        Self { application, events: vec![event], now: BEGIN }
    }

    /// With a pair of the pool that signs.
    pub(crate) fn activated(policy: SavePolicy, name: &str) -> Self {
        let mut life = Self::new(policy);
        life.good(|it, at| it.activate(at, pair(name)));
        life
    }

    /// The same application with these service providers, each of which is known to hold what signs.
    pub(crate) fn with(mut self, providers: impl IntoIterator<Item = ServiceProvider>) -> Self {
        for provider in providers {
            let entity_id = provider.entity_id().clone();
            self.good(|it, at| it.add_provider(at, provider));
            let signs = self.record().active().map(|placed| *placed.sha256());
            if let Some(signs) = signs {
                self.good(|it, at| it.confirm(at, &entity_id, &signs));
            }
        }
        self
    }

    pub(crate) fn record(&self) -> &Record {
        self.application.record()
    }

    /// Takes a step. An error changes nothing; else there is one event more, and all of them make the record.
    pub(crate) fn step(
        &mut self,
        step: impl FnOnce(&mut Application, StepContext<'_>) -> Result<Event, StepError>,
    ) -> Result<&Event, StepError> {
        let (record, keys) = (self.record().clone(), keys(&self.application));
        match step(&mut self.application, StepContext { now: self.now, actor: ALICE }) {
            Ok(event) => {
                assert_eq!((event.sequence, self.record().revision()), (record.revision() + 1, record.revision() + 1));
                assert_eq!((event.at, event.actor.as_str()), (self.now, ALICE));
                self.events.push(event);
                assert_eq!(Record::replay(&self.events).as_ref(), Ok(self.record()), "{:?}", self.events.last());
                Ok(self.events.last().unwrap())
            }
            Err(error) => {
                assert_eq!(*self.record(), record, "{error}");
                assert!(same_keys(&keys, &self::keys(&self.application)), "{error}");
                assert!(!error.to_string().is_empty());
                Err(error)
            }
        }
    }

    /// A step that must be taken.
    pub(crate) fn good(
        &mut self,
        step: impl FnOnce(&mut Application, StepContext<'_>) -> Result<Event, StepError>,
    ) -> &Event {
        self.step(step).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The code of a step that must be refused.
    pub(crate) fn refused(
        &mut self,
        step: impl FnOnce(&mut Application, StepContext<'_>) -> Result<Event, StepError>,
    ) -> ErrorCode {
        self.step(step).map(|event| event.change.as_str()).expect_err("it was taken").code()
    }

    /// Takes a guarded step and accepts whatever it breaks; gives the names of those.
    pub(crate) fn force(&mut self, step: GuardedStep) -> Vec<String> {
        let providers = self.record().to_accept(step, self.now).unwrap();
        let reason = if providers.is_empty() { "" } else { "it was announced" };
        self.good(|it, at| take(it, at, step, Acceptance { providers: &providers, reason }));
        providers.iter().map(ToString::to_string).collect()
    }

    /// Takes steps that stand in words between semicolons; guarded ones accept whatever they break.
    pub(crate) fn run(&mut self, script: &str) -> &mut Self {
        for words in script.split(';').map(str::trim).filter(|words| !words.is_empty()) {
            let words: Vec<&str> = words.split(' ').collect();
            self.run_one(&words);
        }
        self
    }

    fn run_one(&mut self, words: &[&str]) {
        match *words {
            ["save"] => drop(self.force(GuardedStep::Save)),
            ["cut", "over"] => drop(self.force(GuardedStep::CutOver)),
            ["roll", "back"] => drop(self.force(GuardedStep::RollBack)),
            ["retire"] => drop(self.force(GuardedStep::Retire)),
            ["wait", number, unit] => {
                let unit = [("s", 1), ("h", 3600), ("d", DAY)].into_iter().find(|(name, _)| *name == unit).unwrap().1;
                self.now = UnixTime(self.now.0 + number.parse::<i64>().unwrap() * unit);
            }
            _ => drop(self.good(|it, at| free(it, at, words)).clone()),
        }
    }

    /// `works`, `breaks` or `unknown` for each provider, in the order of their names.
    pub(crate) fn logins(&self) -> Vec<&'static str> {
        self.record().logins(self.now).iter().map(|login| login.state.as_str()).collect()
    }
}

/// A step without a guard, in words.
fn free(it: &mut Application, at: StepContext<'_>, words: &[&str]) -> Result<Event, StepError> {
    match *words {
        ["activate", name] => it.activate(at, pair(name)),
        ["stage", name] => it.stage(at, pair(name)),
        ["publish"] => it.publish(at),
        ["discard"] => it.discard(at),
        ["export", provider] => it.record_export(at, &entity(provider)),
        ["remove", provider] => it.remove_provider(at, &entity(provider)),
        ["confirm", provider, name] => it.confirm(at, &entity(provider), &sha256(name)),
        ["revoke", name] => it.revoke(at, &sha256(name), RevocationReason::Lost, None),
        ["revoke", name, "for", new] => it.revoke(at, &sha256(name), RevocationReason::Compromised, Some(pair(new))),
        _ => panic!("no step {words:?}"),
    }
}

pub(crate) fn take(
    application: &mut Application,
    at: StepContext<'_>,
    step: GuardedStep,
    accept: Acceptance<'_>,
) -> Result<Event, StepError> {
    match step {
        GuardedStep::Save => application.save(at, accept),
        GuardedStep::CutOver => application.cut_over(at, accept),
        GuardedStep::RollBack => application.roll_back(at, accept),
        GuardedStep::Retire => application.retire(at, accept),
        _ => panic!("a step that is not known here"),
    }
}

pub(crate) type Keys = Vec<(Fingerprint, Arc<PrivateKey>)>;

pub(crate) fn keys(application: &Application) -> Keys {
    application.secret_keys().map(|(fingerprint, key)| (*fingerprint, Arc::clone(key))).collect()
}

pub(crate) fn same_keys(some: &Keys, others: &Keys) -> bool {
    let same = |((one, key), (other, other_key)): (&(_, Arc<_>), &(_, _))| one == other && Arc::ptr_eq(key, other_key);
    some.len() == others.len() && some.iter().zip(others).all(same)
}
