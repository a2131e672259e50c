//! `samlcert app revoke`: a key that must not be used again.

use super::at::Actor;
use super::halves::Files;
use super::{lookup, step};
use crate::options::Options;
use crate::output::{Failure, Outcome};
use clap::Args;
use samlcert::application::{ApplicationId, RevocationReason};

/// `samlcert app revoke ID FINGERPRINT`.
#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Give the fingerprint of the key or of a certificate for it, or its first characters
    #[arg(value_name = "FINGERPRINT")]
    fingerprint: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    replacement: Files,
}

/// Why a key is revoked.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Reason {
    /// Say that nobody has the key any more
    #[arg(long)]
    lost: bool,
    /// Say that somebody else may have the key
    #[arg(long)]
    compromised: bool,
}

/// Revokes the key; a replacement signs at once.
pub(super) fn run(command: &Revoke, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let replacement = command.replacement.are_given().then(|| command.replacement.pair(options)).transpose()?;
    let reason = if command.reason.lost { RevocationReason::Lost } else { RevocationReason::Compromised };
    let done = step::take(options, actor, &command.id, |application, at| {
        let fingerprint = lookup::fingerprint(application.record(), &command.fingerprint)?;
        Ok(application.revoke(at, &fingerprint, reason, replacement.as_ref())?)
    })?;
    Ok(done.outcome(options))
}
