//! `samlcert generate`: a new private key and its certificate.

use crate::files::{self, Access, Existing, NewFile};
use crate::input;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Facts, Page};
use crate::request::{self, RequestArguments};
use clap::Args;
use samlcert::json::IssuedPair;
use samlcert::pem::Form;
use samlcert::{
    CertKeyPair, EncryptedPrivateKey, ErrorCode, HashAlgorithm, PrivateKey, SecretBytes, SystemEntropy, UnixTime,
};
use std::ffi::OsString;

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    request: RequestArguments,
    /// Write the certificate to this file
    #[arg(long, value_name = "FILE")]
    out_certificate: OsString,
    /// Write the private key to this file, which only its owner can read
    #[arg(long, value_name = "FILE")]
    out_key: OsString,
    /// Encrypt the private key with the password of --password-file
    #[arg(long)]
    encrypt_key: bool,
    /// Replace files that exist
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(command: &Generate, options: &Options) -> Result<Outcome, Failure> {
    let existing = Existing::of_force(command.force);
    let request = command.request.request()?;
    let password = password(command, options)?;
    files::check(&[&command.out_certificate, &command.out_key], existing)?;
    let pair = request::issue(&request, options.now())?;
    let certificate = pair.certificate().write(Form::Pem);
    let key = written(pair.private_key(), password.as_ref().map(|password| password.as_slice()))?;
    let certificate = NewFile { path: &command.out_certificate, bytes: &certificate, access: Access::Default };
    let key = NewFile { path: &command.out_key, bytes: key.secret_bytes(), access: Access::Owner };
    files::write(&[key, certificate], existing)?;
    if options.json {
        let names = [&command.out_certificate, &command.out_key].map(|name| name.to_string_lossy().into_owned());
        return Ok(Outcome::json(GOOD, &IssuedPair::new(&pair, names, command.encrypt_key)));
    }
    Ok(Outcome::text(GOOD, page(command, &pair, options.now())))
}

/// The password to encrypt the key with. A password without --encrypt-key is refused: it would have no effect.
fn password(command: &Generate, options: &Options) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, Failure> {
    let message = match (command.encrypt_key, &options.password_file) {
        (true, None) => "--encrypt-key needs the password; put it into a file and add --password-file FILE",
        (false, Some(_)) => "a password was given, but the key would not be encrypted; add --encrypt-key",
        _ => return input::password(options),
    };
    Err(Failure::new(ErrorCode::Usage, message.to_owned()))
}

fn written(key: &PrivateKey, password: Option<&[u8]>) -> Result<SecretBytes, Failure> {
    let pem = match password {
        Some(password) => {
            let encrypted = EncryptedPrivateKey::encrypt(key, password, &mut SystemEntropy)
                .map_err(|error| Failure::new(error.code(), error.to_string()))?;
            encrypted.write(Form::Pem).map(SecretBytes::new)
        }
        None => key.secret_write(Form::Pem),
    };
    pem.ok_or_else(|| Failure::new(ErrorCode::NoSuchForm, "the key cannot be written as PEM".to_owned()))
}

fn page(command: &Generate, pair: &CertKeyPair, now: UnixTime) -> String {
    let mut page = Page::default();
    page.verdict("A new private key and its certificate were generated.");
    let mut facts = Facts::default();
    facts.add("certificate in", command.out_certificate.to_string_lossy());
    let encrypted = if command.encrypt_key { "encrypted" } else { "not encrypted" };
    facts.add("private key in", format!("{} ({encrypted})", command.out_key.to_string_lossy()));
    add_certificate(&mut facts, pair, now);
    page.table("", &facts);
    page.sentence(
        "Give the certificate to the service providers before anything is signed with the key; keep the key to yourself.",
    );
    page.into_text()
}

/// Adds the facts of a new certificate.
pub(crate) fn add_certificate(facts: &mut Facts, pair: &CertKeyPair, now: UnixTime) {
    let certificate = pair.certificate();
    facts.add("subject", certificate.subject());
    facts.add("validity", page::validity(certificate, now));
    facts.add("key", page::key(certificate.key_algorithm(), certificate.key_bits()));
    facts.add("fingerprint", page::digest(&certificate.fingerprint(HashAlgorithm::Sha256)));
    facts.add("public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
}
