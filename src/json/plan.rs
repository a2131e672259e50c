//! The plan of a rotation, as JSON.

use super::logins::names;
use crate::application::{self, ApplicationId, EarliestCutOver, PlannedStep};
use serde::Serialize;

/// The steps in order, as `samlcert app plan` prints it:
/// `{"id":s,"steps":[{"at":unix,"action":s,"providers":[s],"until":unix|null,"missing":"certificate"|"private-key"|null,`
/// `"message":s}],"earliest_cut_over":{"at":unix,"blockers":[s]}|null}`
///
/// `action` is one of `activate`, `complete-upload`, `regenerate`, `new-pair`, `save`, `publish`, `export`,
/// `wait-for-pull`, `save-and-switch`, `cut-over`, `confirm`, `retire`; `at` the moment before which it is not to be
/// taken; `providers` those that it concerns: of `cut-over` and `save-and-switch` those that put the new certificate in
/// at the same moment. `until` stands with `wait-for-pull`, `missing` with `complete-upload`.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    id: String,
    steps: Vec<Step>,
    earliest_cut_over: Option<CutOver>,
}

impl Plan {
    /// Of the plan of the application that has this ID.
    #[must_use]
    pub fn new(id: &ApplicationId, steps: &[PlannedStep], earliest: Option<&EarliestCutOver>) -> Self {
        let step = |step: &PlannedStep| Step { at: step.at.0, action: Action::new(&step.action) };
        let cut_over = |it: &EarliestCutOver| CutOver { at: it.at.0, blockers: names(&it.blockers) };
        Self {
            id: id.as_str().to_owned(),
            steps: steps.iter().map(step).collect(),
            earliest_cut_over: earliest.map(cut_over),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Step {
    at: i64,
    #[serde(flatten)]
    action: Action,
}

#[derive(Clone, Debug, Serialize)]
struct CutOver {
    at: i64,
    blockers: Vec<String>,
}

/// The step to take.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Action {
    action: &'static str,
    providers: Vec<String>,
    until: Option<i64>,
    missing: Option<&'static str>,
    message: String,
}

impl Action {
    pub(super) fn new(action: &application::Action) -> Self {
        let until = match action {
            application::Action::WaitForPull { until, .. } => Some(until.0),
            _ => None,
        };
        let missing = match action {
            application::Action::UploadPrivateKey => Some("private-key"),
            application::Action::UploadCertificate => Some("certificate"),
            _ => None,
        };
        let (providers, message) = (names(action.providers()), action.to_string());
        Self { action: action.as_str(), providers, until, missing, message }
    }
}
