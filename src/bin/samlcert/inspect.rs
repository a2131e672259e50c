//! `samlcert inspect`: what a paste holds.

use crate::input;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome, UNUSABLE};
use crate::page::{self, Facts, Page};
use crate::reading::{Entry, MAX_OPENED_KEYS, Reading, kind};
use base16ct::lower::encode_string as to_hex;
use clap::Args;
use samlcert::json::Inspection;
use samlcert::{
    Certificate, CertificateExtension, EncryptedPrivateKey, ExtensionValue, GeneralName, HashAlgorithm, Item, Note,
    PrivateKey, PublicKey, SelfSignature, UnixTime,
};
use std::ffi::OsString;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Read this file
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: OsString,
}

pub(crate) fn run(command: &Arguments, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[&command.file], options)?;
    let password = input::password(options)?;
    let input = input::read(&command.file)?;
    let reading = Reading::new(&input, password.as_ref().map(|password| password.as_slice()));
    let status = if reading.entries.is_empty() { UNUSABLE } else { GOOD };
    if options.json {
        let items = reading.entries.iter().map(Entry::to_form).collect();
        return Ok(Outcome::json(status, &Inspection::new(items, reading.problems())));
    }
    Ok(Outcome::text(status, page(&reading, password.is_some(), options.now())))
}

fn page(reading: &Reading<'_>, has_password: bool, now: UnixTime) -> String {
    let mut page = Page::default();
    page.verdict(&verdict(reading));
    for entry in &reading.entries {
        let title = format!("{}, {}", kind(entry.item()), page::place(&reading.source, entry.found.span()));
        page.table(&title, &facts(reading, entry, now));
    }
    for pointed in reading.pointed() {
        page.paragraph(&pointed);
    }
    if reading.entries.iter().any(|entry| matches!(entry.item(), Item::Encrypted(_))) {
        page.sentence(&if has_password {
            format!("Only the first {MAX_OPENED_KEYS} encrypted keys are opened; inspect the others separately.")
        } else {
            page::OPENING.to_owned()
        });
    }
    page.into_text()
}

fn verdict(reading: &Reading<'_>) -> String {
    let read = match reading.inventory() {
        inventory if inventory.is_empty() => "Nothing usable was found".to_owned(),
        inventory => format!("{} holds {inventory}", reading.source.name),
    };
    match reading.refused.len() {
        0 => format!("{read}."),
        refused => {
            format!("{read}; {} refused.", page::count(refused, "block") + if refused == 1 { " was" } else { " were" })
        }
    }
}

fn facts(reading: &Reading<'_>, entry: &Entry, now: UnixTime) -> Facts {
    let mut facts = Facts::default();
    match entry.item() {
        Item::Certificate(certificate) => certificate_facts(&mut facts, certificate, entry.found.notes(), now),
        Item::PrivateKey(key) => key_facts(&mut facts, key, entry.was_encrypted()),
        Item::Encrypted(key) => encrypted_facts(&mut facts, key),
        _ => {}
    }
    if !entry.found.label().is_empty() {
        facts.add("label", entry.found.label());
    }
    for repair in entry.found.repairs() {
        facts.add("repair", format!("{repair} ({})", page::place(&reading.source, repair.span())));
    }
    for note in entry.notes() {
        facts.add("note", note_text(entry.item(), &note));
    }
    facts
}

fn note_text(item: &Item, note: &Note) -> String {
    match note {
        Note::UnprovenContent => match item {
            Item::Certificate(_) => "nothing in the paste proves this content: compare its fingerprint with its source",
            Item::PrivateKey(_) => "nothing in the paste proves this content: check the key against its certificate",
            _ => "nothing proves this content before it is opened",
        }
        .to_owned(),
        note => note.to_string(),
    }
}

fn certificate_facts(facts: &mut Facts, certificate: &Certificate, notes: &[Note], now: UnixTime) {
    facts.add("subject", certificate.subject());
    facts.add("issuer", certificate.issuer());
    facts.add("serial", to_hex(certificate.serial()));
    facts.add("validity", page::validity(certificate, now));
    facts.add("key", page::key(certificate.key_algorithm(), certificate.key_bits()));
    facts.add("signature", format!("{}, {}", certificate.signature_algorithm().as_str(), signer(certificate, notes)));
    facts.add("fingerprint", page::digest(&certificate.fingerprint(HashAlgorithm::Sha256)));
    facts.add("fingerprint", page::digest(&certificate.fingerprint(HashAlgorithm::Sha1)));
    facts.add("public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
    for extension in certificate.extensions() {
        // It stands first, where the text of a name cannot imitate it.
        let critical = if extension.is_critical { "critical, " } else { "" };
        for (name, value) in rows(&extension) {
            facts.add(name, format!("{critical}{value}"));
        }
    }
}

/// The rows of an extension: name and value.
fn rows(extension: &CertificateExtension) -> Vec<(&'static str, String)> {
    let row = |name, value| vec![(name, value)];
    match &extension.value {
        ExtensionValue::AuthorityKeyIdentifier { key_identifier: None, serial: None, .. } => {
            row("extension", format!("{}, which names no key", extension_name(extension)))
        }
        ExtensionValue::KeyUsage(usage) => row("key usage", joined(usage.names())),
        ExtensionValue::ExtendedKeyUsage(purposes) => {
            row("extended usage", joined(purposes.iter().map(|purpose| purpose.name().unwrap_or(purpose.as_str()))))
        }
        ExtensionValue::BasicConstraints { is_ca, path_length, .. } => {
            let length = path_length.map(|length| format!(", path length {length}")).unwrap_or_default();
            row("CA", format!("{}{length}", if *is_ca { "yes" } else { "no" }))
        }
        ExtensionValue::SubjectAltName(names) => {
            names.iter().map(|name| ("alternative name", general_name(name))).collect()
        }
        ExtensionValue::AuthorityKeyIdentifier { key_identifier, issuer, serial, .. } => {
            let identifier = key_identifier.iter().map(|identifier| match to_hex(identifier) {
                empty if empty.is_empty() => "an empty identifier".to_owned(),
                identifier => identifier,
            });
            let issuer = issuer.iter().map(|name| format!("of {}", general_name(name)));
            let serial = serial.iter().map(|serial| format!("with the serial number {}", to_hex(serial)));
            identifier.chain(issuer).chain(serial).map(|part| ("authority key id", part)).collect()
        }
        ExtensionValue::SubjectKeyIdentifier(identifier) => row("subject key id", to_hex(identifier)),
        ExtensionValue::Undecodable => row("extension", format!("{}, cannot be decoded", extension_name(extension))),
        _ if extension.is_unknown_critical() => {
            row("extension", format!("{}, which is not widely known", extension_name(extension)))
        }
        _ => row("extension", extension_name(extension)),
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.collect::<Vec<_>>();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn general_name(name: &GeneralName) -> String {
    format!("{} {}", name.kind.as_str(), name.text)
}

fn extension_name(extension: &CertificateExtension) -> String {
    let oid = &extension.oid;
    oid.name().map_or_else(|| oid.to_string(), |name| format!("{name} ({oid})"))
}

fn signer(certificate: &Certificate, notes: &[Note]) -> &'static str {
    match certificate.self_signature() {
        _ if !notes.contains(&Note::UnprovenContent) => "by its own key, verified",
        SelfSignature::NotSelfSigned => "by its issuer; cannot be checked without the issuer's certificate",
        _ => "claims to be by its own key; not checked",
    }
}

fn key_facts(facts: &mut Facts, key: &PrivateKey, was_encrypted: bool) {
    public_key_facts(facts, key.public_key());
    if was_encrypted {
        facts.add("encrypted", "yes, opened with the password");
    }
}

fn public_key_facts(facts: &mut Facts, key: &PublicKey) {
    facts.add("key", page::key(key.algorithm(), key.bits()));
    facts.add("public key", page::digest(&key.fingerprint(HashAlgorithm::Sha256)));
}

fn encrypted_facts(facts: &mut Facts, key: &EncryptedPrivateKey) {
    facts.add("encrypted", format!("yes, {}", page::count(key.encrypted_bytes().len(), "byte")));
    facts.add("encrypted form", page::encrypted_digest(key));
}
