//! `samlcert fingerprint`: the fingerprints of what a paste holds, or one in any notation.

use crate::input;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome, UNUSABLE};
use crate::page::{self, Facts, Page};
use crate::reading::{Entry, Reading, kind};
use crate::snippet::{self, Shown};
use crate::source::Source;
use clap::Args;
use samlcert::json::{Digest, Fingerprints, Problem, RefusedText};
use samlcert::{Fingerprint, FingerprintError, FingerprintTarget, HashAlgorithm, Item, PublicKey};
use std::ffi::{OsStr, OsString};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Read this fingerprint, in any notation, instead of a file; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) parse: Option<OsString>,
    /// Read this file
    #[arg(value_name = "FILE", default_value = "-", conflicts_with = "parse")]
    pub(crate) file: OsString,
}

pub(crate) fn run(command: &Arguments, options: &Options) -> Result<Outcome, Failure> {
    match &command.parse {
        Some(text) => parse(text, options),
        None => print(&command.file, options),
    }
}

fn parse(argument: &OsStr, options: &Options) -> Result<Outcome, Failure> {
    let input = input::argument_or_stdin(argument)?;
    match Fingerprint::parse(&input.bytes) {
        Ok(fingerprint) if options.json => Ok(Outcome::json(GOOD, &Digest::from(&fingerprint))),
        Ok(fingerprint) => Ok(Outcome::text(GOOD, parsed(&fingerprint))),
        Err(error) if options.json => Ok(Outcome::json(UNUSABLE, &RefusedText::from(Problem::from(&error)))),
        Err(error) => Ok(Outcome::only_notes(
            UNUSABLE,
            point(&Source::new(&input.name, &input.bytes), &error, is_long(&input.bytes)),
        )),
    }
}

fn parsed(fingerprint: &Fingerprint) -> String {
    let mut page = Page::default();
    page.verdict(&format!("This is {}.", page::describe(fingerprint)));
    let mut facts = Facts::default();
    facts.add("with colons", fingerprint);
    facts.add("without", fingerprint.to_hex());
    page.table("", &facts);
    page.into_text()
}

/// Returns true if a text has more digits than some fingerprints together: it may be a key in hexadecimal.
fn is_long(text: &[u8]) -> bool {
    text.iter().filter(|byte| byte.is_ascii_hexdigit()).count() > 200
}

/// An error in a fingerprint, shown at its place.
fn point(source: &Source<'_>, error: &FingerprintError, is_long: bool) -> String {
    let message = error.to_string();
    match error {
        // There is no place to point at, or what stands there may be secret.
        FingerprintError::Empty { .. }
        | FingerprintError::NothingFound { .. }
        | FingerprintError::Pem { .. }
        | FingerprintError::Der { .. }
        | FingerprintError::PemLine { .. }
        | FingerprintError::TooLong { .. } => format!("{}\n", snippet::plain(error.code(), &message)),
        _ => {
            let shown = if is_long { Shown::Form } else { Shown::Hexadecimal };
            format!("{}\n", snippet::point(source, error.code(), &message, error.span(), shown))
        }
    }
}

fn print(file: &OsStr, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[file], options)?;
    let password = input::password(options)?;
    let input = input::read(file)?;
    let reading = Reading::new(&input, password.as_ref().map(|password| password.as_slice()));
    let status = if reading.entries.is_empty() { UNUSABLE } else { GOOD };
    if options.json {
        let items = reading.entries.iter().map(|entry| (&entry.found, entry.item(), fingerprints(entry.item())));
        return Ok(Outcome::json(status, &Fingerprints::new(items, reading.problems())));
    }
    Ok(Outcome::text(status, page(&reading)))
}

fn fingerprints(item: &Item) -> Vec<Fingerprint> {
    let of_key = |key: &PublicKey| HashAlgorithm::ALL.map(|algorithm| key.fingerprint(algorithm)).to_vec();
    match item {
        Item::Certificate(certificate) => {
            let mut all = HashAlgorithm::ALL.map(|algorithm| certificate.fingerprint(algorithm)).to_vec();
            all.extend(HashAlgorithm::ALL.map(|algorithm| certificate.spki_fingerprint(algorithm)));
            all
        }
        Item::PrivateKey(key) => of_key(key.public_key()),
        _ => Vec::new(),
    }
}

fn page(reading: &Reading<'_>) -> String {
    let mut page = Page::default();
    if reading.entries.is_empty() {
        page.verdict("There is nothing here that has a fingerprint.");
    }
    for entry in &reading.entries {
        let title = format!("{}, {}", title(entry), page::place(&reading.source, entry.found.span()));
        let mut facts = Facts::default();
        for fingerprint in fingerprints(entry.item()) {
            let name = match fingerprint.target() {
                FingerprintTarget::Certificate => "certificate",
                FingerprintTarget::Spki => "public key",
            };
            facts.add(name, page::digest(&fingerprint));
        }
        if let Item::Encrypted(key) = entry.item() {
            facts.add("encrypted form", page::encrypted_digest(key));
        }
        page.table(&title, &facts);
    }
    for pointed in reading.pointed() {
        page.paragraph(&pointed);
    }
    if reading.entries.iter().any(|entry| matches!(entry.item(), Item::Encrypted(_))) {
        page.sentence(page::OPENING);
    }
    page.into_text()
}

fn title(entry: &Entry) -> String {
    match entry.item() {
        Item::Certificate(certificate) => format!("certificate of {}", certificate.subject()),
        item => kind(item).to_owned(),
    }
}
