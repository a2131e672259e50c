//! `samlcert compare`: two certificates, or a certificate and a fingerprint.

use crate::input::{self, Input};
use crate::options::Options;
use crate::output::{Failure, GOOD, NO, Outcome};
use crate::page::{self, Facts, Page, sentence};
use crate::pasted;
use crate::reading::Reading;
use clap::Args;
use samlcert::json::Compared;
use samlcert::{
    Certificate, Comparison, ErrorCode, Fingerprint, FingerprintError, FingerprintTarget, HashAlgorithm, Item, Newer,
    Relation, UnixTime, compare,
};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// What an argument stands for.
enum Side {
    Certificate(Certificate),
    Fingerprint(Fingerprint),
}

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Compare this file or fingerprint; a file of that name wins over a fingerprint
    #[arg(value_name = "A")]
    pub(crate) first: OsString,
    /// Compare it with this file or fingerprint
    #[arg(value_name = "B")]
    pub(crate) second: OsString,
}

pub(crate) fn run(command: &Arguments, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[&command.first, &command.second], options)?;
    match (side(&command.first)?, side(&command.second)?) {
        (Side::Certificate(first), Side::Certificate(second)) => Ok(certificates(&first, &second, options)),
        (Side::Certificate(certificate), Side::Fingerprint(given)) => {
            let own = own(&certificate, &given);
            Ok(fingerprints(&own, &given, certificate_message(&certificate, &own, &given), options))
        }
        (Side::Fingerprint(given), Side::Certificate(certificate)) => {
            let own = own(&certificate, &given);
            Ok(fingerprints(&given, &own, certificate_message(&certificate, &own, &given), options))
        }
        (Side::Fingerprint(first), Side::Fingerprint(second)) => two_fingerprints(&first, &second, options),
    }
}

/// An existing file wins over a fingerprint.
fn side(argument: &OsStr) -> Result<Side, Failure> {
    if input::is_stdin(argument) || Path::new(argument).exists() || is_path(argument) {
        return from_file(&input::read(argument)?);
    }
    match Fingerprint::parse(argument.as_encoded_bytes()) {
        Ok(fingerprint) => Ok(Side::Fingerprint(fingerprint)),
        Err(error) if is_meant(argument, &error) => {
            let name = pasted::name(argument).unwrap_or_else(|| "the argument".to_owned());
            Err(Failure::new(error.code(), format!("{name} is not a file, and as a fingerprint: {error}")))
        }
        Err(_) if is_short_hex(argument) => {
            let message = format!("{} is neither a file nor a fingerprint", argument.to_string_lossy());
            Err(Failure::new(ErrorCode::File, message))
        }
        // Nothing like a fingerprint: a file was meant, and reading it says what is wrong.
        Err(_) => from_file(&input::read(argument)?),
    }
}

/// Returns true if an argument is meant as the path of a file, although no such file exists and it may be base64.
fn is_path(argument: &OsStr) -> bool {
    let text = argument.as_encoded_bytes();
    let is_pin = text.get(..3).is_some_and(|label| label.eq_ignore_ascii_case(b"sha")) || text.ends_with(b"=");
    let begins = [&b"/"[..], b"./", b"../", b"~"].iter().any(|begin| text.starts_with(begin));
    let folder = Path::new(argument).parent().filter(|folder| !folder.as_os_str().is_empty());
    !is_pin && (begins || folder.is_some_and(Path::is_dir))
}

/// Returns true for hexadecimal digits that are too few for a fingerprint.
fn is_short_hex(argument: &OsStr) -> bool {
    let text = argument.as_encoded_bytes();
    !text.is_empty() && text.len() <= 32 && text.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b':')
}

/// Returns true if an unreadable fingerprint was meant as one, and not as the name of a file.
fn is_meant(argument: &OsStr, error: &FingerprintError) -> bool {
    let text = argument.as_encoded_bytes();
    let is_path = text.starts_with(b"/") || text.trim_ascii_end().strip_suffix(b".").unwrap_or(text).contains(&b'.');
    match error {
        _ if is_path => false,
        FingerprintError::Length { digits, .. } => *digits >= 16,
        FingerprintError::Base64Length { characters, nearest, .. } => {
            characters.abs_diff(nearest.digest_len().saturating_mul(4).div_ceil(3)) <= 2
        }
        _ => error.code() != ErrorCode::FingerprintEmpty,
    }
}

/// The only certificate in a file, or the fingerprint that stands there instead.
fn from_file(input: &Input) -> Result<Side, Failure> {
    let reading = Reading::new(input, None);
    let mut certificates = reading.entries.iter().filter_map(|entry| match entry.item() {
        Item::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    match (certificates.next(), certificates.next()) {
        (Some(certificate), None) => Ok(Side::Certificate(certificate.clone())),
        (Some(_), Some(_)) => {
            let message = format!("{} holds {}; remove all but the one to compare", input.name, reading.inventory());
            Err(Failure::new(ErrorCode::SeveralItems, message))
        }
        (None, _) if reading.entries.is_empty() => match (Fingerprint::parse(&input.bytes), reading.refused.first()) {
            (Ok(fingerprint), _) => Ok(Side::Fingerprint(fingerprint)),
            (Err(_), Some(refused)) => Err(reading.failure(refused)),
            (Err(error), None) => Err(Failure::new(error.code(), error.to_string())),
        },
        (None, _) => Err(Failure::new(ErrorCode::NoCertificate, reading.missing("certificate"))),
    }
}

fn certificates(first: &Certificate, second: &Certificate, options: &Options) -> Outcome {
    let comparison = compare(first, second);
    let status = if comparison.relation() == Relation::Identical { GOOD } else { NO };
    let message = certificates_message(comparison, first, second);
    if options.json {
        return Outcome::json(status, &Compared::certificates(comparison, first, second, message));
    }
    let mut page = Page::default();
    page.verdict(&sentence(&message));
    page.table("first", &facts(first, options.now()));
    page.table("second", &facts(second, options.now()));
    if let Some(character) = comparison.first_difference() {
        page.sentence(&format!(
            "As base64 without line breaks, the two first differ in character {}. Equal beginnings such as MIID say \
             nothing: almost any two certificates have them. Compare fingerprints instead.",
            character.saturating_add(1)
        ));
    }
    Outcome::text(status, page.into_text())
}

fn certificates_message(comparison: Comparison, first: &Certificate, second: &Certificate) -> String {
    let later = if first.validity().not_before() == second.validity().not_before() { "expires" } else { "begins" };
    let newer = match comparison.newer() {
        Newer::First => format!("; the first {later} later"),
        Newer::Second => format!("; the second {later} later"),
        Newer::Neither => String::new(),
    };
    let relation = match comparison.relation() {
        Relation::Identical => "the two certificates are identical, byte for byte",
        Relation::SameKeyRenewed if first.subject() == second.subject() => {
            "two different certificates for the same key: one renews the other"
        }
        Relation::SameKeyRenewed => "the two certificates are for the same key, under different names",
        Relation::SameSubjectNewKey => "two certificates of the same subject for different keys",
        _ => "the two certificates have neither the key nor the subject in common",
    };
    format!("{relation}{newer}")
}

fn facts(certificate: &Certificate, now: UnixTime) -> Facts {
    let mut facts = Facts::default();
    facts.add("subject", certificate.subject());
    facts.add("validity", page::validity(certificate, now));
    facts.add("key", page::key(certificate.key_algorithm(), certificate.key_bits()));
    facts.add("fingerprint", page::digest(&certificate.fingerprint(HashAlgorithm::Sha256)));
    facts.add("public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
    facts
}

/// The certificate's own fingerprint, of the same kind as the given one.
fn own(certificate: &Certificate, given: &Fingerprint) -> Fingerprint {
    match given.target() {
        FingerprintTarget::Certificate => certificate.fingerprint(given.algorithm()),
        FingerprintTarget::Spki => certificate.spki_fingerprint(given.algorithm()),
    }
}

fn certificate_message(certificate: &Certificate, own: &Fingerprint, given: &Fingerprint) -> String {
    let of_key = certificate.spki_fingerprint(given.algorithm());
    if own == given {
        match given.target() {
            FingerprintTarget::Certificate => "the fingerprint is that of the certificate".to_owned(),
            FingerprintTarget::Spki => {
                "the fingerprint is that of the certificate's public key; a renewed certificate \
                                        for the same key has the same one"
                    .to_owned()
            }
        }
    } else if of_key.digest() == given.digest() {
        "the fingerprint is that of the certificate's public key, not of the certificate".to_owned()
    } else {
        "the fingerprint is of another certificate".to_owned()
    }
}

fn fingerprints(first: &Fingerprint, second: &Fingerprint, message: String, options: &Options) -> Outcome {
    let status = if first == second { GOOD } else { NO };
    if options.json {
        return Outcome::json(status, &Compared::fingerprints(first, second, message));
    }
    let mut page = Page::default();
    page.verdict(&sentence(&message));
    let mut facts = Facts::default();
    facts.add("first", page::digest(first));
    facts.add("second", page::digest(second));
    page.table("", &facts);
    Outcome::text(status, page.into_text())
}

/// Compares two fingerprints. A digest does not say what was hashed; equal digests are of the same.
fn two_fingerprints(first: &Fingerprint, second: &Fingerprint, options: &Options) -> Result<Outcome, Failure> {
    if first.digest() == second.digest() {
        return Ok(fingerprints(first, first, "the two fingerprints are identical".to_owned(), options));
    }
    if first.algorithm() != second.algorithm() || first.target() != second.target() {
        let (first, second) = (page::describe(first), page::describe(second));
        let message = format!("{first} and {second} cannot be compared; give a certificate for one of them");
        return Err(Failure::new(ErrorCode::Usage, message));
    }
    Ok(fingerprints(first, second, "the two fingerprints differ".to_owned(), options))
}
