//! The program `samlcert`: what a certificate or key is, whether the two belong together, and what of a paste can be
//! mended. It uses the public API of the library alone.

mod app;
mod arguments;
mod before;
mod calendar;
mod check;
mod compare;
mod csr;
mod destination;
mod files;
mod fingerprint;
mod generate;
mod input;
mod inspect;
mod mail;
mod names;
mod normalize;
mod output;
mod page;
mod pasted;
#[cfg(test)]
mod python;
mod reading;
mod remind;
mod renewal;
mod request;
mod snippet;
mod source;
mod store;

use arguments::{Arguments, Command};
use output::{Failure, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    output::deliver(match Arguments::from_command_line() {
        Ok(arguments) => run(&arguments).unwrap_or_else(|failure| failure.outcome(arguments.options.json)),
        Err(outcome) => outcome,
    })
}

fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    match &arguments.command {
        Command::Inspect(command) => inspect::run(command, options),
        Command::Normalize(command) => normalize::run(command, options),
        Command::Check(command) => check::run(command, options),
        Command::Fingerprint(command) => fingerprint::run(command, options),
        Command::Compare(command) => compare::run(command, options),
        Command::Generate(command) => generate::run(command, options),
        Command::Renew(command) => renewal::run(command, options),
        Command::Csr(command) => csr::run(command, options),
        Command::App(command) => app::run(command, options),
        Command::Remind(command) => remind::run(command, options),
    }
}
