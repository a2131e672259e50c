//! Takes a step on a stored application, stores the result, and prints it.

use super::at::Actor;
use super::{changes, shown};
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::store::{Protection, Store, Wiped};
use samlcert::Application;
use samlcert::application::{ApplicationId, Change, Event, StepContext, StepError};
use serde::Serialize;

/// A step that was taken and stored.
pub(super) struct Done {
    pub(super) application: Application,
    pub(super) event: Event,
    keys: Protection,
    wiped: Wiped,
}

/// Takes a step. A refused step changes nothing.
pub(super) fn take(
    options: &Options,
    actor: &Actor,
    id: &ApplicationId,
    step: impl FnOnce(&mut Application, StepContext<'_>) -> Result<Event, Failure>,
) -> Result<Done, Failure> {
    let mut store = Store::open(options)?;
    let mut stored = store.load(id)?;
    let event = step(&mut stored.application, actor.at())?;
    let wiped = store.update(&stored, std::slice::from_ref(&event))?;
    let keys = store.protection(stored.application.record())?;
    Ok(Done { application: stored.application, event, keys, wiped })
}

/// Stores a new application.
pub(super) fn insert(store: &mut Store, application: Application, event: Event) -> Result<Done, Failure> {
    let application = store.insert(application, std::slice::from_ref(&event))?;
    Ok(Done { application, event, keys: Protection::Keyless, wiped: Wiped::Yes })
}

/// A refused step is a clear no; an invalid text is unusable input.
impl From<StepError> for Failure {
    fn from(error: StepError) -> Self {
        let (code, message) = (error.code(), error.to_string());
        match error {
            StepError::Text(_) => Self::new(code, message),
            _ => Self::new(code, message).refused(),
        }
    }
}

/// The output of a step: `{"event":{…},"status":{…}}`.
#[derive(Serialize)]
pub(super) struct StepForm<'a, T> {
    event: &'a Event,
    status: shown::StatusForm,
    #[serde(flatten)]
    more: T,
}

/// Nothing more than the event and the status.
#[derive(Serialize)]
pub(super) struct NothingMore {}

impl Done {
    /// Prints the event and the new status.
    pub(super) fn outcome(self, options: &Options) -> Outcome {
        self.outcome_with(options, NothingMore {}, |_| {})
    }

    /// Prints the event, something more, and the new status.
    pub(super) fn outcome_with<T: Serialize>(self, options: &Options, more: T, add: impl FnOnce(&mut Page)) -> Outcome {
        let (record, now) = (self.application.record(), options.now());
        let notes = match self.wiped {
            Wiped::Yes => String::new(),
            Wiped::NotYet => format!("{NOT_WIPED}\n"),
        };
        if options.json {
            let status = shown::StatusForm::new(record, now, self.keys);
            return Outcome::json(GOOD, &StepForm { event: &self.event, status, more }).with_notes(notes);
        }
        let mut page = Page::default();
        page.verdict(&page::sentence(&changes::describe(&self.event.change)));
        shown::accepted(&mut page, &self.event, record, now);
        if concerns_pairs(&self.event.change) {
            shown::signing(&mut page, record, now);
        }
        add(&mut page);
        shown::to_do(&mut page, record, now);
        Outcome::text(GOOD, page.into_text()).with_notes(notes)
    }
}

/// Returns true if a step may have changed which certificate signs, or which one waits.
const fn concerns_pairs(change: &Change) -> bool {
    !matches!(
        change,
        Change::Created { .. }
            | Change::SettingsChanged { .. }
            | Change::ProviderAdded { .. }
            | Change::ProviderConfirmed { .. }
            | Change::ProviderExported { .. }
            | Change::ProviderRemoved { .. }
    )
}

const NOT_WIPED: &str = "Note: another process was reading the store; bytes of the dropped key may stay in its log \
                         (the file whose name ends with -wal) until the next command ends.";
