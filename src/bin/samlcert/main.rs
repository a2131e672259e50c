//! The program `samlcert`: reads, repairs and checks certificates and keys, and rotates those of applications. It uses only
//! the public API of the library.

mod app;
mod before;
mod calendar;
mod check;
mod command_line;
mod compare;
mod completions;
mod csr;
mod destination;
mod files;
mod fingerprint;
mod generate;
mod input;
mod inspect;
mod mail;
mod man;
mod names;
mod normalize;
mod options;
mod output;
mod page;
mod pasted;
mod progress;
mod proof;
#[cfg(test)]
mod python;
mod reading;
mod remind;
mod renewal;
mod request;
mod snippet;
mod source;
mod store;

use clap::CommandFactory;
use command_line::{Command, CommandLine};
use output::{Failure, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    output::deliver(match CommandLine::read() {
        Ok(line) => run(&line).unwrap_or_else(|failure| failure.outcome(line.options.json)),
        Err(outcome) => outcome,
    })
}

fn run(line: &CommandLine) -> Result<Outcome, Failure> {
    let options = &line.options;
    match &line.command {
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
        Command::Completions(command) => Ok(completions::run(command, CommandLine::command(), options)),
        Command::Man(command) => man::run(command, CommandLine::command(), options),
    }
}
