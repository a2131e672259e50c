//! `samlcert normalize`: the items of a paste in one strict form.

use crate::before;
use crate::input;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome, UNUSABLE};
use crate::page::Page;
use crate::reading::{Entry, Reading, kind};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use samlcert::json::Written;
use samlcert::pem::Form;
use samlcert::{ErrorCode, SecretBytes};
use std::ffi::OsString;
use zeroize::Zeroizing;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Write this form
    #[arg(long = "as", value_name = "FORM", value_parser = forms(), default_value = "pem")]
    pub(crate) form: Form,
    /// Read this file
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: OsString,
}

pub(crate) fn run(command: &Arguments, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[&command.file], options)?;
    let password = input::password(options)?;
    let input = input::read(&command.file)?;
    let reading = Reading::new(&input, password.as_ref().map(|password| password.as_slice()));
    let form = command.form;
    if form == Form::Der && reading.entries.len() > 1 {
        let message = format!("DER is one item, and {} holds {}", reading.source.name, reading.inventory());
        return Err(Failure::new(ErrorCode::SeveralItems, message));
    }
    let written = reading.entries.iter().map(|entry| write(entry, form)).collect::<Result<Vec<_>, _>>()?;
    let status = if written.is_empty() { UNUSABLE } else { GOOD };
    if options.json {
        let items = reading.entries.iter().zip(&written);
        let items = items.map(|(entry, bytes)| (&entry.found, entry.item(), bytes.secret_bytes()));
        return Ok(Outcome::json(status, &Written::new(form, items, reading.problems())));
    }
    Ok(Outcome::raw(status, joined(form, &written), notes(&reading)))
}

fn write(entry: &Entry, form: Form) -> Result<SecretBytes, Failure> {
    entry.item().secret_write(form).ok_or_else(|| {
        let message = format!("the {} cannot be written as {}; take --as pem", kind(entry.item()), form.as_str());
        Failure::new(ErrorCode::NoSuchForm, message)
    })
}

/// The items one after the other, each on lines of its own; DER as it is.
fn joined(form: Form, written: &[SecretBytes]) -> Zeroizing<Vec<u8>> {
    let len = written.iter().map(|item| item.secret_bytes().len().saturating_add(2)).sum();
    let mut joined = Zeroizing::new(Vec::with_capacity(len));
    for item in written {
        // Elements have no marker at their beginning: an empty line separates them.
        if form == Form::Element && !joined.is_empty() {
            joined.push(b'\n');
        }
        joined.extend_from_slice(item.secret_bytes());
        if form != Form::Der && !joined.ends_with(b"\n") {
            joined.push(b'\n');
        }
    }
    joined
}

/// What goes beside the output: what was repaired and where, and what was refused.
fn notes(reading: &Reading<'_>) -> String {
    let mut page = Page::default();
    before::show(reading, &mut page);
    for pointed in reading.pointed() {
        page.paragraph(&pointed);
    }
    page.into_text()
}

fn forms() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.iter().map(|form| form.as_str()))
        .try_map(|name| Form::ALL.iter().find(|form| form.as_str() == name).copied().ok_or("no such form"))
}
