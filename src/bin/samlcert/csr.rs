//! `samlcert csr`: a certificate signing request for a CA.

use crate::destination::Destination;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Facts, Page};
use crate::proof;
use clap::Args;
use samlcert::json::Requested;
use samlcert::pem::Form;
use samlcert::{CertKeyPair, HashAlgorithm, SystemEntropy};

#[derive(Debug, Args)]
pub(crate) struct Csr {
    #[command(flatten)]
    pair: proof::Arguments,
    #[command(flatten)]
    destination: Destination,
}

pub(crate) fn run(command: &Csr, options: &Options) -> Result<Outcome, Failure> {
    command.destination.check()?;
    let pair = proof::proven(&command.pair, options)?;
    made(&pair, &command.destination, ADVICE, options)
}

const ADVICE: &str = "Send it to the CA, and check what comes back: samlcert check CERT KEY, with this key.";

/// Makes and writes a request; its page ends with the advice.
pub(crate) fn made(
    pair: &CertKeyPair,
    destination: &Destination,
    advice: &str,
    options: &Options,
) -> Result<Outcome, Failure> {
    let request = samlcert::csr(pair, &mut SystemEntropy)?;
    let pem = request.write(Form::Pem).unwrap_or_default();
    destination.write(&pem)?;
    if options.json {
        return Ok(Outcome::json(GOOD, &Requested::new(pair.certificate(), &request, destination.name())));
    }
    Ok(destination.outcome(pem, page(pair, destination, advice)))
}

fn page(pair: &CertKeyPair, destination: &Destination, advice: &str) -> String {
    let certificate = pair.certificate();
    let mut page = Page::default();
    page.verdict("A certificate signing request for this key was made.");
    let mut facts = Facts::default();
    destination.add(&mut facts);
    facts.add("subject", certificate.subject());
    facts.add("key", page::key(certificate.key_algorithm(), certificate.key_bits()));
    facts.add("public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
    page.table("", &facts);
    page.sentence(advice);
    page.into_text()
}
