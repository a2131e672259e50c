//! The command line: which commands there are, and what is wrong with a line that is none.

use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::{
    app, compare, completions, csr, fingerprint, generate, inspect, man, normalize, pasted, proof, remind, renewal,
};
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use samlcert::ErrorCode;

/// Reads the certificates and keys of SAML single sign-on as people have them, and proves what can be proven.
///
/// A FILE of `-` is standard input. The exit status is 0 for good, 1 for a clear no (a mismatch, a difference), 2 for
/// unusable input or a failed file operation.
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
    /// Say what a paste holds, what was mended in it, and what was refused and where
    Inspect(inspect::Arguments),
    /// Write certificates and keys anew, in one strict form, and show where a paste had to be mended
    Normalize(normalize::Arguments),
    /// Prove whether a private key belongs to a certificate
    Check(proof::Arguments),
    /// Print the fingerprints of certificates and keys, or read one in any notation
    Fingerprint(fingerprint::Arguments),
    /// Compare two certificates, or a certificate with a fingerprint
    Compare(compare::Arguments),
    /// Make a private key and its self-signed certificate
    Generate(generate::Generate),
    /// Make a new certificate for the same key, with the same subject and extensions
    Renew(renewal::Renew),
    /// Make a request for a CA to sign a certificate of the same key
    Csr(csr::Csr),
    /// Keep the pairs of applications in a store, and replace them step by step
    App(Box<app::App>),
    /// Remind of the ends of certificates: of each application in the store what fell due since the last run
    Remind(remind::Remind),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Completions),
    /// Write the manual pages: one for the program and one for each command
    Man(man::Man),
}

impl CommandLine {
    /// Reads the command line, or says what is wrong with it: in JSON if that was asked for anywhere in it.
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
            let message = "--json stands where the TEXT of --parse is wanted; put it before --parse";
            return Err(Failure::new(ErrorCode::Usage, message.to_owned()).outcome(json));
        }
        Ok(arguments)
    }
}

/// Whether an error may repeat what was typed.
const fn repeats(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::ArgumentConflict
    )
}

/// What is wrong, without the advice below it.
fn plain(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let message = text.split("\n\n").next().unwrap_or(&text).trim();
    message.strip_prefix("error: ").unwrap_or(message).split_whitespace().collect::<Vec<_>>().join(" ")
}
