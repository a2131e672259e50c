//! Where a command writes its public output: a file, or standard output.

use crate::files::{self, Access, Existing, NewFile};
use crate::output::{Failure, GOOD, Outcome};
use crate::page::Facts;
use clap::Args;
use std::ffi::OsString;

/// A file, or standard output.
#[derive(Debug, Args)]
pub(crate) struct Destination {
    /// Write to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<OsString>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    force: bool,
}

impl Destination {
    fn file(&self) -> Option<&OsString> {
        self.out.as_ref().filter(|out| *out != "-")
    }

    /// The name of the file; `None` for standard output.
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

    /// Writes the file; does nothing for standard output.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(path) = self.file() else { return Ok(()) };
        files::write(&[NewFile { path, bytes, access: Access::Default }], Existing::of_force(self.force))
    }

    /// Prints the bytes, and the page on standard error; if a file was written, the page alone.
    pub(crate) fn outcome(&self, bytes: Vec<u8>, page: String) -> Outcome {
        match self.file() {
            Some(_) => Outcome::text(GOOD, page),
            None => Outcome::raw(GOOD, bytes.into(), page),
        }
    }
}
