//! `samlcert app identify`: which certificate of an application a fingerprint or a file belongs to.

use crate::input::{self, Input};
use crate::options::Options;
use crate::output::{Failure, GOOD, NO, Outcome, UNUSABLE};
use crate::page::{self, Page};
use crate::store::Store;
use clap::Args;
use samlcert::application::{ApplicationId, Identification, Identified};
use samlcert::json;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// `samlcert app identify ID TEXT`.
#[derive(Debug, Args)]
pub(super) struct Identify {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Look up this file or fingerprint, or the first characters of a fingerprint or certificate (MIID...); a file of
    /// that name wins
    #[arg(value_name = "TEXT|FILE", allow_hyphen_values = true)]
    text: OsString,
}

pub(super) fn run(command: &Identify, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[&command.text], options)?;
    let record = Store::open(options)?.record(&command.id)?;
    let input = text(&command.text)?;
    let found = record.identify(&input.bytes);
    let status = match found {
        Identification::Known(_) => GOOD,
        Identification::Unreadable => UNUSABLE,
        _ => NO,
    };
    if options.json {
        return Ok(Outcome::json(status, &json::Identification::from(&found)));
    }
    Ok(Outcome::text(status, page(&found, &command.id)))
}

/// An existing file wins over a text.
fn text(argument: &OsStr) -> Result<Input, Failure> {
    let is_file = input::is_stdin(argument) || Path::new(argument).is_file();
    if is_file { input::read(argument) } else { input::argument_or_stdin(argument) }
}

fn page(found: &Identification, id: &ApplicationId) -> String {
    let mut page = Page::default();
    match found {
        Identification::Known(all) => match all.as_slice() {
            [one] => {
                page.verdict(&page::sentence(&one.to_string()));
                page.sentence(&format!("  SHA-256 {}", one.sha256.to_hex()));
            }
            all => {
                page.verdict(&format!("{} of {id}.", page::count(all.len(), "certificate")));
                table(&mut page, all);
            }
        },
        Identification::Ambiguous(all) => {
            page.verdict("Several certificates begin with this: give more characters.");
            table(&mut page, all);
        }
        Identification::Foreign => page.verdict(&format!("This is not a certificate or key of {id}.")),
        _ => page.verdict("This is not a certificate, key or fingerprint, nor the first characters of a known one."),
    }
    page.into_text()
}

fn table(page: &mut Page, all: &[Identified]) {
    let rows = all.iter().map(|one| vec![one.sha256.to_hex(), one.to_string()]);
    page.columns("", &["SHA-256", "which"], &rows.collect::<Vec<_>>());
}
