//! `samlcert app csr`: a certificate signing request for a key in the store.

use super::pairs;
use crate::csr;
use crate::destination::Destination;
use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::page;
use crate::store::Store;
use clap::Args;
use samlcert::ErrorCode;
use samlcert::application::ApplicationId;

/// `samlcert app csr ID`.
#[derive(Debug, Args)]
pub(super) struct Csr {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Use the key of the next certificate instead of the active one
    #[arg(long)]
    next: bool,
    #[command(flatten)]
    destination: Destination,
}

/// The application stays as it is: the certificate of the CA is uploaded like any other.
pub(super) fn run(command: &Csr, options: &Options) -> Result<Outcome, Failure> {
    command.destination.check()?;
    let application = Store::open(options)?.load(&command.id)?.application;
    let record = application.record();
    let pair = if command.next {
        let next = record.next().and_then(|next| application.pair_of(next.placed()));
        next.ok_or_else(|| Failure::new(ErrorCode::NoCertificate, "there is no next certificate".to_owned()).refused())?
    } else {
        application.signing_pair().ok_or_else(|| pairs::nothing_signs(record))?
    };
    let id = page::shell_word(command.id.as_str());
    let advice =
        format!("Send it to the CA, and bring in what comes back: samlcert app upload {id} --certificate FILE.");
    csr::made(&pair, &command.destination, &advice, options)
}
