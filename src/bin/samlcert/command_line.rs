//! The command line: the commands, and what is wrong with a line that cannot be read.

use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::{
    app, compare, completions, csr, fingerprint, generate, inspect, man, normalize, pasted, proof, remind, renewal,
};
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use samlcert::ErrorCode;

/// Keep the signing certificates of SAML single sign-on from breaking logins: read, check, compare, renew and rotate them
///
/// A FILE of `-` is standard input. The exit status is 0 for success, 1 for a clear no (a mismatch, a difference, a refused
/// step), 2 for unusable input or a failed file operation.
#[derive(Debug, Parser)]
#[command(name = "samlcert", version)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what a paste holds, what was repaired in it, and what was refused and where
    Inspect(inspect::Arguments),
    /// Write certificates and keys in one strict form, and show what had to be repaired
    Normalize(normalize::Arguments),
    /// Check whether a private key belongs to a certificate
    Check(proof::Arguments),
    /// Print the fingerprints (thumbprints) of certificates and keys, or read one in any notation
    Fingerprint(fingerprint::Arguments),
    /// Compare two certificates, or a certificate with a fingerprint
    Compare(compare::Arguments),
    /// Generate a private key and its self-signed certificate
    Generate(generate::Generate),
    /// Renew a certificate: a new validity for the same key, subject and extensions
    Renew(renewal::Renew),
    /// Make a certificate signing request (CSR) for a key
    Csr(csr::Csr),
    /// Keep the pairs of applications in a store, and rotate them step by step
    App(Box<app::App>),
    /// Remind of certificates that expire: what fell due since the last run, for each application in the store
    Remind(remind::Remind),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Completions),
    /// Write the manual pages: one for the program and one for each command
    Man(man::Man),
}

impl CommandLine {
    /// Reads the command line, or says what is wrong with it: in JSON if `--json` stands anywhere in it.
    pub(crate) fn read() -> Result<Self, Outcome> {
        let line = std::env::args_os().collect::<Vec<_>>();
        let json = line.iter().take_while(|one| *one != "--").any(|one| one == "--json");
        let is_pasted = line.iter().any(|one| pasted::is_pasted(one));
        let arguments = Self::try_parse_from(line).map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Outcome::help(&error.render(), json),
            kind if is_pasted && repeats(kind) => {
                Failure::new(ErrorCode::Usage, pasted::MESSAGE.to_owned()).outcome(json)
            }
            _ if json => Failure::new(ErrorCode::Usage, plain(&error)).outcome(json),
            _ => Outcome::usage(&error.render()),
        })?;
        if json && !arguments.options.json {
            let message = "--json is where --parse needs its TEXT; put it before --parse";
            return Err(Failure::new(ErrorCode::Usage, message.to_owned()).outcome(json));
        }
        Ok(arguments)
    }
}

/// Returns true if the message of such an error may repeat what was typed.
const fn repeats(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::ArgumentConflict
    )
}

/// The message of an error, without the advice below it.
fn plain(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let message = text.split("\n\n").next().unwrap_or(&text).trim();
    message.strip_prefix("error: ").unwrap_or(message).split_whitespace().collect::<Vec<_>>().join(" ")
}
