//! The command line.

use crate::app;
use crate::csr::Csr;
use crate::generate::Generate;
use crate::output::{Failure, Outcome};
use crate::pasted;
use crate::remind::Remind;
use crate::renewal::Renew;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use samlcert::pem::Form;
use samlcert::{ErrorCode, UnixTime};
use std::ffi::OsString;
use std::time::SystemTime;

/// Reads the certificates and keys of SAML single sign-on as people have them, and proves what can be proven.
///
/// A FILE of `-` is standard input. The exit status is 0 for good, 1 for a clear no (a mismatch, a difference), 2 for
/// unusable input or a failed file operation.
#[derive(Debug, Parser)]
#[command(name = "samlcert", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) options: Options,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Print one JSON document on standard output, whatever happens
    #[arg(long, global = true, help_heading = "Common options")]
    pub(crate) json: bool,
    /// The present moment, in Unix seconds or RFC 3339, instead of the clock's
    #[arg(long, global = true, help_heading = "Common options", value_name = "T", value_parser = read_time, allow_hyphen_values = true)]
    now: Option<UnixTime>,
    /// The file that holds the password of encrypted keys, or of the one to encrypt; one line break at its end is removed
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE")]
    pub(crate) password_file: Option<OsString>,
    /// The store of applications
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE", default_value = "samlcert.db")]
    pub(crate) store: OsString,
    /// The file that holds the password of the private keys in the store; without one, they are stored plain
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE")]
    pub(crate) store_password_file: Option<OsString>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what a paste holds, what was mended in it, and what was refused and where
    Inspect(Inspect),
    /// Write certificates and keys anew, in one strict form, and show where a paste had to be mended
    Normalize(Normalize),
    /// Prove whether a private key belongs to a certificate
    Check(Check),
    /// Print the fingerprints of certificates and keys, or read one in any notation
    Fingerprint(Fingerprint),
    /// Compare two certificates, or a certificate with a fingerprint
    Compare(Compare),
    /// Make a private key and its self-signed certificate
    Generate(Generate),
    /// Make a new certificate for the same key, with the same subject and extensions
    Renew(Renew),
    /// Make a request for a CA to sign a certificate of the same key
    Csr(Csr),
    /// Keep the pairs of applications in a store, and replace them step by step
    App(Box<app::App>),
    /// Remind of the ends of certificates: of each application in the store what fell due since the last run
    Remind(Remind),
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// What to read
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: OsString,
}

#[derive(Debug, Args)]
pub(crate) struct Normalize {
    /// The form to write
    #[arg(long = "as", value_name = "FORM", value_parser = forms(), default_value = "pem")]
    pub(crate) form: Form,
    /// What to read
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: OsString,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The certificate; or certificate and key in one paste, if no KEY is given
    #[arg(value_name = "CERT")]
    pub(crate) certificate: OsString,
    /// The private key
    #[arg(value_name = "KEY")]
    pub(crate) key: Option<OsString>,
}

#[derive(Debug, Args)]
pub(crate) struct Fingerprint {
    /// Read this fingerprint, in any notation, instead of a file; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) parse: Option<OsString>,
    /// What to read
    #[arg(value_name = "FILE", default_value = "-", conflicts_with = "parse")]
    pub(crate) file: OsString,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// A file with a certificate, or a fingerprint; if there is such a file, the file
    #[arg(value_name = "A")]
    pub(crate) first: OsString,
    /// What to compare it with: the same
    #[arg(value_name = "B")]
    pub(crate) second: OsString,
}

impl Arguments {
    /// Reads the command line, or says what is wrong with it: in JSON if that was asked for anywhere in it.
    pub(crate) fn from_command_line() -> Result<Self, Outcome> {
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

impl Options {
    /// The present moment: given, or the clock's.
    pub(crate) fn now(&self) -> UnixTime {
        self.now.unwrap_or_else(|| UnixTime::try_from(SystemTime::now()).unwrap_or(UnixTime(i64::MAX)))
    }
}

fn read_time(text: &str) -> Result<UnixTime, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(UnixTime(seconds));
    }
    let time = text.parse::<jiff::Timestamp>();
    time.map(UnixTime::from)
        .map_err(|_| "a time is Unix seconds such as 1795514106, or RFC 3339 such as 2026-11-24T09:55:06Z".to_owned())
}

fn forms() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.iter().map(|form| form.as_str()))
        .try_map(|name| Form::ALL.iter().find(|form| form.as_str() == name).copied().ok_or("no such form"))
}
