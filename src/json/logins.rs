//! Whose logins work, and whose a step would break, as JSON.

use crate::application::{self, Break, Doubt, EntityId, GuardedStep, Known, LoginState};
use serde::Serialize;

/// Whose logins work: `{"logins":[{"entity_id":s,"login":"works"|"breaks"|"unknown","why":s,"until":unix|null,`
/// `"message":s|null}]}`, in the order of the entity IDs.
///
/// `why` is `confirmed` or `assumed` if they work, `nothing-signs` or `holds-another` if they break, and
/// `nothing-known`, `not-confirmed` or `may-not-have-pulled` if nobody knows; `until` stands with the last one: from
/// then on they work. `message` is null if they work.
#[derive(Clone, Debug, Serialize)]
pub struct Logins {
    logins: Vec<Login>,
}

impl From<&[application::Login]> for Logins {
    fn from(logins: &[application::Login]) -> Self {
        Self { logins: logins.iter().map(Login::new).collect() }
    }
}

/// Whose logins would work after a step: `{"step":"save"|"cut-over"|"roll-back"|"retire","logins":[…]}` with logins as in
/// [`Logins`].
#[derive(Clone, Debug, Serialize)]
pub struct Impact {
    step: &'static str,
    #[serde(flatten)]
    logins: Logins,
}

impl Impact {
    /// Of a step, and what [`Record::impact`](crate::application::Record::impact) says of it.
    #[must_use]
    pub fn new(step: GuardedStep, logins: &[application::Login]) -> Self {
        let step = match step {
            GuardedStep::Save => "save",
            GuardedStep::CutOver => "cut-over",
            GuardedStep::RollBack => "roll-back",
            GuardedStep::Retire => "retire",
        };
        Self { step, logins: Logins::from(logins) }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Login {
    entity_id: String,
    login: &'static str,
    #[serde(flatten)]
    reason: Reason,
}

impl Login {
    fn new(login: &application::Login) -> Self {
        let entity_id = login.provider.as_str().to_owned();
        Self { entity_id, login: login.state.as_str(), reason: Reason::new(&login.state) }
    }
}

/// Why logins work, or do not.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Reason {
    why: &'static str,
    until: Option<i64>,
    message: Option<String>,
}

impl Reason {
    pub(super) fn new(state: &LoginState) -> Self {
        let message = match state {
            LoginState::Works { .. } => None,
            LoginState::Breaks(why) => Some(why.to_string()),
            LoginState::Unknown(why) => Some(why.to_string()),
        };
        let until = match state {
            LoginState::Unknown(Doubt::MayNotHavePulled { until }) => Some(until.0),
            _ => None,
        };
        Self { why: why(state), until, message }
    }
}

const fn why(state: &LoginState) -> &'static str {
    match state {
        LoginState::Works { known } => Known::as_str(*known),
        LoginState::Breaks(Break::NothingSigns) => "nothing-signs",
        LoginState::Breaks(Break::HoldsAnother { .. }) => "holds-another",
        LoginState::Unknown(Doubt::NothingKnown) => "nothing-known",
        LoginState::Unknown(Doubt::NotConfirmed) => "not-confirmed",
        LoginState::Unknown(Doubt::MayNotHavePulled { .. }) => "may-not-have-pulled",
    }
}

pub(super) fn names(entity_ids: &[EntityId]) -> Vec<String> {
    entity_ids.iter().map(|entity_id| entity_id.as_str().to_owned()).collect()
}
