//! `samlcert app log`: the history of an application.

use super::changes;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::store::Store;
use clap::Args;
use samlcert::application::{ApplicationId, Event};
use samlcert::json;

/// `samlcert app log ID`.
#[derive(Debug, Args)]
pub(super) struct Log {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
}

pub(super) fn run(command: &Log, options: &Options) -> Result<Outcome, Failure> {
    let store = Store::open(options)?;
    let events = store.at_once(|store| store.events(&store.record(&command.id)?))?;
    if options.json {
        return Ok(Outcome::json(GOOD, &json::Log::from(events.as_slice())));
    }
    let mut page = Page::default();
    page.verdict(&format!("{}: {}, the oldest first.", command.id, page::count(events.len(), "event")));
    let rows = events
        .iter()
        .map(|event| vec![format!("{}.", event.sequence), event.at.to_string(), event.actor.clone(), happened(event)]);
    page.columns("Events", &["", "when", "who", "what"], &rows.collect::<Vec<_>>());
    Ok(Outcome::text(GOOD, page.into_text()))
}

fn happened(event: &Event) -> String {
    let change = changes::describe(&event.change);
    let accepted = changes::accepted(&event.change).iter().map(ToString::to_string).collect::<Vec<_>>();
    let change =
        if accepted.is_empty() { change } else { format!("{change}; logins break at {}", page::list(&accepted)) };
    event.reason.as_ref().map_or(change.clone(), |reason| format!("{change}, because: {reason}"))
}
