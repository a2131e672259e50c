//! `samlcert app status`: the status of an application.

use super::{shown, timeline};
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Facts, Page};
use crate::store::{Protection, Store};
use clap::Args;
use samlcert::application::{ApplicationId, Record, Settings};
use samlcert::{ErrorCode, UnixTime};
use serde::Serialize;

/// `samlcert app status ID`.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// Give the ID of the application
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
        return Ok(Outcome::json(GOOD, &Form::new(&record, options.now(), keys)?));
    }
    Ok(Outcome::text(GOOD, page(&record, keys, options.now())))
}

/// The status, with the settings as they stand in the record.
#[derive(Serialize)]
struct Form {
    #[serde(flatten)]
    status: shown::StatusForm,
    settings: Option<serde_json::Value>,
}

impl Form {
    fn new(record: &Record, now: UnixTime, keys: Protection) -> Result<Self, Failure> {
        let fault = |error: serde_json::Error| Failure::new(ErrorCode::RecordMalformed, error.to_string());
        let settings = serde_json::to_value(record).map_err(fault)?.get("settings").cloned();
        Ok(Self { status: shown::StatusForm::new(record, now, keys), settings })
    }
}

/// Adds the settings that have a value.
fn settings(page: &mut Page, settings: &Settings) {
    let mut facts = Facts::default();
    facts.add("policy", settings.policy.as_str());
    facts.add("skew", page::count(usize::try_from(settings.skew).unwrap_or(usize::MAX), "second"));
    if let Some(entity_id) = &settings.entity_id {
        facts.add("entity ID", entity_id);
    }
    for endpoint in &settings.sso {
        facts.add("single sign-on", format!("{} {}", endpoint.binding.as_str(), endpoint.location));
    }
    for endpoint in &settings.slo {
        facts.add("single logout", format!("{} {}", endpoint.binding.as_str(), endpoint.location));
    }
    for format in &settings.name_id_formats {
        facts.add("name identifiers", format.as_str());
    }
    if let Some(organization) = &settings.organization {
        facts.add("organization", &organization.name);
        organization.url.iter().for_each(|url| facts.add("organization", url));
    }
    if let Some(contact) = &settings.contact {
        contact.name.iter().for_each(|name| facts.add("contact", name));
        facts.add("contact", &contact.mail);
    }
    page.table("Settings", &facts);
}

fn page(record: &Record, keys: Protection, now: UnixTime) -> String {
    let status = record.status(now);
    let mut page = Page::default();
    page.verdict(&shown::verdict(record, &status, now));
    page.paragraph(&shown::indicators(&status, keys));
    shown::signing(&mut page, record, now);
    shown::certificates(&mut page, record, now);
    if let Some(drawing) = timeline::draw(record, now) {
        page.paragraph(&drawing);
    }
    shown::providers(&mut page, &status);
    settings(&mut page, record.settings());
    shown::to_do(&mut page, record, now);
    page.into_text()
}
