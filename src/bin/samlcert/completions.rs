//! `samlcert completions`: a script that completes commands and options in a shell.

use crate::options::Options;
use crate::output::{GOOD, Outcome};
use clap::Args;
use clap_complete::Shell;
use serde::Serialize;

/// `samlcert completions SHELL`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Print the script for this shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// `{"completions":s}`.
#[derive(Serialize)]
struct Form {
    completions: String,
}

pub(crate) fn run(command: &Completions, mut program: clap::Command, options: &Options) -> Outcome {
    let (name, mut script) = (program.get_name().to_owned(), Vec::new());
    clap_complete::generate(command.shell, &mut program, name, &mut script);
    if options.json {
        return Outcome::json(GOOD, &Form { completions: String::from_utf8_lossy(&script).into_owned() });
    }
    Outcome::raw(GOOD, script.into(), String::new())
}
