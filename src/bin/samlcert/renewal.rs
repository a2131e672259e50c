//! `samlcert renew`: a new certificate for the same private key.

use crate::destination::Destination;
use crate::generate::add_certificate;
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{Facts, Page};
use crate::proof;
use crate::request::LifetimeArguments;
use clap::Args;
use samlcert::json::Renewed;
use samlcert::pem::Form;
use samlcert::{CertKeyPair, SystemEntropy, UnixTime};

#[derive(Debug, Args)]
pub(crate) struct Renew {
    #[command(flatten)]
    pair: proof::Arguments,
    #[command(flatten)]
    lifetime: LifetimeArguments,
    #[command(flatten)]
    destination: Destination,
}

pub(crate) fn run(command: &Renew, options: &Options) -> Result<Outcome, Failure> {
    command.destination.check()?;
    let lifetime = command.lifetime.lifetime()?;
    let pair = proof::proven(&command.pair, options)?;
    let renewed = samlcert::renew(&pair, lifetime, options.now(), &mut SystemEntropy)?;
    let pem = renewed.certificate().write(Form::Pem);
    command.destination.write(&pem)?;
    if options.json {
        return Ok(Outcome::json(GOOD, &Renewed::new(renewed.certificate(), command.destination.name())));
    }
    Ok(command.destination.outcome(pem, page(&renewed, &command.destination, options.now())))
}

fn page(renewed: &CertKeyPair, destination: &Destination, now: UnixTime) -> String {
    let mut page = Page::default();
    page.verdict("The certificate was renewed for the same key.");
    let mut facts = Facts::default();
    destination.add(&mut facts);
    add_certificate(&mut facts, renewed, now);
    page.table("", &facts);
    page.sentence(
        "Service providers that know the key notice nothing; those that hold the certificate itself or its fingerprint need \
         the new one.",
    );
    page.into_text()
}
