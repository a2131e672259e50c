//! `samlcert app status`: how an application stands.

use super::{shown, timeline};
use crate::arguments::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::Page;
use crate::store::{Protection, Store};
use clap::Args;
use samlcert::UnixTime;
use samlcert::application::{ApplicationId, Record};

/// `samlcert app status ID`.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The application
    #[arg(value_name = "ID")]
    id: ApplicationId,
}

pub(super) fn run(command: &Status, options: &Options) -> Result<Outcome, Failure> {
    let store = Store::open(options)?;
    let (record, keys) = store.at_once(|store| {
        let record = store.record(&command.id)?;
        let keys = store.protection(&record)?;
        Ok::<_, Failure>((record, keys))
    })?;
    if options.json {
        return Ok(Outcome::json(GOOD, &shown::StatusForm::new(&record, options.now(), keys)));
    }
    Ok(Outcome::text(GOOD, page(&record, keys, options.now())))
}

fn page(record: &Record, keys: Protection, now: UnixTime) -> String {
    let status = record.status(now);
    let mut page = Page::default();
    page.verdict(&shown::verdict(record, &status, now));
    page.paragraph(&shown::lights(&status, keys));
    shown::signing(&mut page, record, now);
    shown::certificates(&mut page, record, now);
    if let Some(drawing) = timeline::draw(record, now) {
        page.paragraph(&drawing);
    }
    shown::providers(&mut page, &status);
    shown::to_do(&mut page, record, now);
    page.into_text()
}
