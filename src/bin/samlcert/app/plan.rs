//! `samlcert app plan`: what to do next, in order and with dates.

use super::timeline;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::store::Store;
use clap::Args;
use samlcert::application::{ApplicationId, PlannedStep, Record};
use samlcert::{UnixTime, json};

/// `samlcert app plan ID`.
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
}

pub(super) fn run(command: &Plan, options: &Options) -> Result<Outcome, Failure> {
    let (record, now) = (Store::open(options)?.record(&command.id)?, options.now());
    if options.json {
        return Ok(Outcome::json(
            GOOD,
            &json::Plan::new(record.id(), &record.plan(now), record.earliest_cut_over(now).as_ref()),
        ));
    }
    Ok(Outcome::text(GOOD, page(&record, now)))
}

fn page(record: &Record, now: UnixTime) -> String {
    let plan = record.plan(now);
    let mut page = Page::default();
    page.verdict(&format!("What to do for {}, each step no earlier than its date:", record.id()));
    let rows =
        (1_u32..).zip(&plan).map(|(number, step)| vec![format!("{number}."), when(step, now), step.action.to_string()]);
    page.columns("Plan", &["", "not before", "step"], &rows.collect::<Vec<_>>());
    if let Some(earliest) = record.earliest_cut_over(now) {
        page.sentence(&format!(
            "A cut-over breaks no login from {} on{}.",
            page::moment(earliest.at, now),
            blockers(&earliest.blockers)
        ));
    }
    if let Some(drawing) = timeline::draw(record, now) {
        page.paragraph(&drawing);
    }
    page.into_text()
}

fn when(step: &PlannedStep, now: UnixTime) -> String {
    if step.at <= now { "now".to_owned() } else { page::moment(step.at, now) }
}

/// ", if … is confirmed to hold the new certificate by then".
fn blockers(blockers: &[samlcert::application::EntityId]) -> String {
    let names = blockers.iter().map(ToString::to_string).collect::<Vec<_>>();
    match names.len() {
        0 => String::new(),
        1 => format!(", if {} is confirmed to hold the new certificate by then", page::list(&names)),
        _ => format!(", if {} are confirmed to hold the new certificate by then", page::list(&names)),
    }
}
