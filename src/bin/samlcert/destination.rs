//! Where a command writes the one public text that it makes: a file, or standard output.

use crate::files::{self, Access, Existing, NewFile};
use crate::output::{Failure, GOOD, Outcome};
use crate::page::Facts;
use clap::Args;
use std::ffi::OsString;

/// A file, or standard output.
#[derive(Debug, Args)]
pub(crate) struct Destination {
    /// The file to write, if not standard output
    #[arg(long, value_name = "FILE")]
    out: Option<OsString>,
    /// Replace the file if it is there already
    #[arg(long, requires = "out")]
    force: bool,
}

impl Destination {
    fn file(&self) -> Option<&OsString> {
        self.out.as_ref().filter(|out| *out != "-")
    }

    /// The name of the file, if it is one.
    pub(crate) fn name(&self) -> Option<String> {
        self.file().map(|file| file.to_string_lossy().into_owned())
    }

    pub(crate) fn add(&self, facts: &mut Facts) {
        if let Some(name) = self.name() {
            facts.add("written to", name);
        }
    }

    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.file().map_or(Ok(()), |file| files::check(&[file], Existing::of_force(self.force)))
    }

    /// Writes the file, if it is one.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(path) = self.file() else { return Ok(()) };
        files::write(&[NewFile { path, bytes, access: Access::Usual }], Existing::of_force(self.force))
    }

    /// What was made on standard output and what is told about it beside, or that alone if a file was written.
    pub(crate) fn outcome(&self, bytes: Vec<u8>, page: String) -> Outcome {
        match self.file() {
            Some(_) => Outcome::text(GOOD, page),
            None => Outcome::raw(GOOD, bytes.into(), page),
        }
    }
}
