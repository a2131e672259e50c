//! `samlcert app upload`: a certificate, a key, or both.

use super::at::Actor;
use super::halves::{Files, Halves};
use super::step;
use crate::options::Options;
use crate::output::{Failure, Outcome};
use clap::Args;
use samlcert::application::{ApplicationId, Half};
use samlcert::choose_certificate;

/// `samlcert app upload ID`.
#[derive(Debug, Args)]
pub(super) struct Upload {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    #[command(flatten)]
    files: Files,
}

pub(super) fn run(command: &Upload, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let halves = command.files.read(options)?;
    let done = step::take(options, actor, &command.id, |application, at| {
        Ok(match halves {
            Halves::Pair(pair) => application.stage(at, &pair)?,
            // A CA gives a chain: the certificate whose key is in the store counts.
            Halves::Certificates(certificates) => {
                let keys = application.secret_keys().map(|(_, key)| key.public_key()).collect::<Vec<_>>();
                let certificate = choose_certificate(&certificates, &keys)?.clone();
                application.upload(at, Half::Certificate(certificate))?
            }
            Halves::PrivateKey(key) => application.upload(at, Half::PrivateKey(key))?,
        })
    })?;
    Ok(done.outcome(options))
}
