//! `samlcert normalize`: the items of a paste in one strict form.

use crate::arguments::{Normalize, Options};
use crate::before;
use crate::input;
use crate::output::{Failure, GOOD, Outcome, UNUSABLE};
use crate::page::Page;
use crate::reading::{Entry, Reading, kind};
use samlcert::json::Written;
use samlcert::pem::Form;
use samlcert::{ErrorCode, SecretBytes};
use zeroize::Zeroizing;

pub(crate) fn run(command: &Normalize, options: &Options) -> Result<Outcome, Failure> {
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
    Ok(Outcome::raw(status, joined(form, &written), told(&reading)))
}

fn write(entry: &Entry, form: Form) -> Result<SecretBytes, Failure> {
    entry.item().secret_write(form).ok_or_else(|| {
        let message = format!("the {} cannot be written as {}; take --as pem", kind(entry.item()), form.as_str());
        Failure::new(ErrorCode::NoSuchForm, message)
    })
}

/// One item after the other, each in lines of its own; DER as it is.
fn joined(form: Form, written: &[SecretBytes]) -> Zeroizing<Vec<u8>> {
    let len = written.iter().map(|item| item.secret_bytes().len().saturating_add(2)).sum();
    let mut joined = Zeroizing::new(Vec::with_capacity(len));
    for item in written {
        // Where an item is lines without a beginning, only an empty line tells where the next one begins.
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

/// What the output does not say: what was mended in which places, and what was refused.
fn told(reading: &Reading<'_>) -> String {
    let mut page = Page::default();
    before::show(reading, &mut page);
    for pointed in reading.pointed() {
        page.paragraph(&pointed);
    }
    page.into_text()
}
