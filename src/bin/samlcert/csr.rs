//! `samlcert csr`: a request for a certificate of a CA.

use crate::arguments::{Check, Options};
use crate::check;
use crate::destination::Destination;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Facts, Page};
use clap::Args;
use samlcert::json::Requested;
use samlcert::pem::Form;
use samlcert::{CertKeyPair, HashAlgorithm, SystemEntropy};

#[derive(Debug, Args)]
pub(crate) struct Csr {
    #[command(flatten)]
    pair: Check,
    #[command(flatten)]
    destination: Destination,
}

pub(crate) fn run(command: &Csr, options: &Options) -> Result<Outcome, Failure> {
    command.destination.check()?;
    let pair = check::proven(&command.pair, options)?;
    let request = samlcert::csr(&pair, &mut SystemEntropy)?;
    let pem = request.write(Form::Pem).unwrap_or_default();
    command.destination.write(&pem)?;
    if options.json {
        return Ok(Outcome::json(GOOD, &Requested::new(pair.certificate(), &request, command.destination.name())));
    }
    Ok(command.destination.outcome(pem, page(&pair, &command.destination)))
}

fn page(pair: &CertKeyPair, destination: &Destination) -> String {
    let certificate = pair.certificate();
    let mut page = Page::default();
    page.verdict("A request for a certificate of this key was made.");
    let mut facts = Facts::default();
    destination.add(&mut facts);
    facts.add("subject", certificate.subject());
    facts.add("key", page::key(certificate.key_algorithm(), certificate.key_bits()));
    facts.add("public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
    page.table("", &facts);
    page.sentence("Send it to the CA, and check what comes back: samlcert check CERT KEY, with this key.");
    page.into_text()
}
