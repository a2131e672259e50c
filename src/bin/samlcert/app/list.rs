//! `samlcert app list`: the applications of a store.

use super::shown;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::store::{Protection, Store};
use samlcert::UnixTime;
use samlcert::application::{Record, Status};
use serde::Serialize;

/// `{"applications":[…]}`, each as `app status --json` gives it.
#[derive(Serialize)]
struct Applications {
    applications: Vec<shown::StatusForm>,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Failure> {
    let (store, now) = (Store::open(options)?, options.now());
    if options.json {
        let mut applications = Vec::new();
        store.records(|record, keys| {
            applications.push(shown::StatusForm::new(record, now, keys));
            Ok::<_, Failure>(())
        })?;
        return Ok(Outcome::json(GOOD, &Applications { applications }));
    }
    let (mut lines, mut count, mut plain, mut encrypted) = (String::new(), 0_usize, 0_usize, 0_usize);
    store.records(|record, keys| {
        lines.push_str(&line(record, &record.status(now), now));
        count = count.saturating_add(1);
        plain = plain.saturating_add(usize::from(matches!(keys, Protection::Plain | Protection::Mixed)));
        encrypted = encrypted.saturating_add(usize::from(keys == Protection::Encrypted));
        Ok::<_, Failure>(())
    })?;
    let mut page = Page::default();
    page.verdict(&format!("The store holds {}.", page::count(count, "application")));
    if count > 0 {
        let heading = format!("  {:3} {:40} {}", "c k", "until", "application");
        page.paragraph(&format!("{heading}\n{lines}"));
        page.sentence(
            "Column c shows whether there is a certificate, column k whether there is its key: ● green for yes, ○ grey for no.",
        );
    }
    if plain > 0 && encrypted > 0 {
        page.sentence(&format!(
            "Note: the private keys of {} are still stored plain: the next step on each with --store-password-file \
             encrypts them.",
            page::count(plain, "application")
        ));
    }
    Ok(Outcome::text(GOOD, page.into_text()))
}

fn line(record: &Record, status: &Status, now: UnixTime) -> String {
    let until = status.active.map_or("nothing signs".to_owned(), |active| page::moment(active.not_after, now));
    let unsaved = if status.unsaved { ", unsaved change" } else { "" };
    let (certificate, key) = (shown::dot(status.certificate), shown::dot(status.key));
    format!("  {certificate} {key} {until:40} {}{unsaved}\n", page::escape(record.id().as_str()))
}
