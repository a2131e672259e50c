//! `samlcert man`: the manual pages of the program.

use crate::files::{self, Access, Existing, NewFile};
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use clap::Args;
use clap_mangen::Man as ManualPage;
use samlcert::ErrorCode;
use serde::Serialize;
use std::ffi::OsString;
use std::io;

/// `samlcert man DIR`.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write the pages into this folder, such as /usr/local/share/man/man1
    #[arg(value_name = "DIR")]
    folder: OsString,
}

/// `{"files":[s]}`.
#[derive(Serialize)]
struct Form {
    files: Vec<String>,
}

/// A page for the program and one for each of its commands.
pub(crate) fn run(command: &Man, program: clap::Command, options: &Options) -> Result<Outcome, Failure> {
    let folder = files::folder(&command.folder)?;
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    render(&program, &mut pages).map_err(|error| Failure::new(ErrorCode::File, error.to_string()))?;
    let paths: Vec<_> = pages.iter().map(|(name, _)| folder.join(name).into_os_string()).collect();
    let new = paths.iter().zip(&pages);
    let new: Vec<_> = new.map(|(path, (_, bytes))| NewFile { path, bytes, access: Access::Default }).collect();
    files::write(&new, Existing::Replace)?;
    if options.json {
        let files = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        return Ok(Outcome::json(GOOD, &Form { files }));
    }
    let mut page = Page::default();
    let first = page::shell_word(&folder.join("samlcert.1").to_string_lossy());
    page.sentence(&format!(
        "{} were written; read the first one with: man {first}",
        page::count(pages.len(), "manual page")
    ));
    Ok(Outcome::text(GOOD, page.into_text()))
}

/// The names and texts of the pages of a command and of all below it.
fn render(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let (page, mut text) = (ManualPage::new(command.clone()), Vec::new());
    page.render(&mut text)?;
    pages.push((page.get_filename(), text));
    command.get_subcommands().try_for_each(|below| render(below, pages))
}
