//! `samlcert app download`: certificates as files, for people and service providers.

use crate::files::{self, Access, Existing, NewFile};
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::pasted;
use crate::store::Store;
use clap::Args;
use samlcert::application::{ApplicationId, Download as File, EntityId, Record, Stage, StepError};
use samlcert::{ErrorCode, json};
use serde::Serialize;
use std::ffi::{OsStr, OsString};
use std::fs;

/// `samlcert app download ID`.
#[derive(Debug, Args)]
pub(super) struct Download {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Write the certificates that this service provider is to be given, in its form
    #[arg(long = "for", value_name = "ENTITY")]
    provider: Option<EntityId>,
    /// Write the next certificate, for the moment of the cut-over, instead of the active one
    #[arg(long)]
    next: bool,
    /// Write to a file of the suggested name, which no other certificate has
    #[arg(long, conflicts_with = "out")]
    suggested: bool,
    #[command(flatten)]
    target: Target,
}

/// Where a file goes.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    out: Option<OsString>,
    /// Replace a file that exists with other content
    #[arg(long)]
    force: bool,
}

/// A file that was written, or that existed with this content.
pub(super) struct Written {
    name: String,
    file: File,
}

pub(super) fn run(command: &Download, options: &Options) -> Result<Outcome, Failure> {
    let record = Store::open(options)?.record(&command.id)?;
    let files = command.files(&record)?;
    let written = match files.as_slice() {
        [one] if !command.suggested => {
            vec![command.target.write(one, &default_name(one), "--out FILE or --suggested")?]
        }
        files => command.target.write_each(files)?,
    };
    if options.json {
        return Ok(Outcome::json(GOOD, &Files::new(&written)));
    }
    let mut page = Page::default();
    add_files(&mut page, &written);
    Ok(Outcome::text(GOOD, page.into_text()))
}

impl Download {
    fn files(&self, record: &Record) -> Result<Vec<File>, Failure> {
        let files: Vec<File> = match (&self.provider, self.next) {
            (Some(provider), false) => record.download_for(provider)?,
            (Some(provider), true) => record.next_download_for(provider)?.into_iter().collect(),
            (None, false) => record.active().map(|placed| record.download(placed)).into_iter().collect(),
            (None, true) => {
                let next = record.next().filter(|next| next.stage() != Stage::Draft);
                next.map(|next| record.download(next.placed())).into_iter().collect()
            }
        };
        if files.is_empty() { Err(self.nothing(record)) } else { Ok(files) }
    }

    fn nothing(&self, record: &Record) -> Failure {
        let refused = |code, message: &str| Failure::new(code, message.to_owned()).refused();
        match (self.next, record.next()) {
            (true, Some(_)) => refused(ErrorCode::Unsaved, "the next certificate is a draft; save it first"),
            (true, None) => refused(ErrorCode::NoCertificate, "there is no next certificate"),
            _ if record.activated_at().is_none() => StepError::NotActivated.into(),
            _ => refused(ErrorCode::NoCertificate, "nothing signs, so there is no certificate to give out"),
        }
    }
}

/// `certificate.pem`, or with the extension of another form.
fn default_name(file: &File) -> OsString {
    let ending = file.suggested_name.rsplit('.').next().unwrap_or("pem");
    format!("certificate.{ending}").into()
}

impl Target {
    /// Writes several files, each under its suggested name.
    pub(super) fn write_each(&self, files: &[File]) -> Result<Vec<Written>, Failure> {
        if self.out.is_some() && files.len() > 1 {
            let message = format!(
                "{} are needed in this form; leave out --out, or give the service provider the form pem, which holds all \
                 in one file",
                page::count(files.len(), "file")
            );
            return Err(Failure::new(ErrorCode::Usage, message));
        }
        files.iter().map(|file| self.write(file, &OsString::from(&file.suggested_name), "--out FILE")).collect()
    }

    /// Never replaces another certificate unless asked to. A file with the same content is left as it is.
    fn write(&self, file: &File, name: &OsString, other: &str) -> Result<Written, Failure> {
        let path = self.out.as_ref().unwrap_or(name);
        if !holds(path, &file.content) {
            if !self.force && fs::symlink_metadata(path).is_ok_and(|found| !found.is_dir()) {
                return Err(exists(path, other));
            }
            let new = NewFile { path, bytes: &file.content, access: Access::Default };
            files::write(&[new], Existing::of_force(self.force))?;
        }
        Ok(Written { name: path.to_string_lossy().into_owned(), file: file.clone() })
    }
}

fn exists(path: &OsStr, other: &str) -> Failure {
    let message = pasted::name(path).map(|name| {
        format!(
            "the file {name} already exists with other content; name another one with {other}, or add --force to replace it"
        )
    });
    Failure::new(ErrorCode::FileExists, message.unwrap_or_else(|| pasted::MESSAGE.to_owned()))
}

/// Returns true if a regular file has exactly this content. Other files are not read: a device may have no end.
fn holds(path: &OsStr, content: &[u8]) -> bool {
    let length = u64::try_from(content.len()).ok();
    let is_alike = fs::metadata(path).is_ok_and(|found| found.is_file() && Some(found.len()) == length);
    is_alike && fs::read(path).is_ok_and(|found| found == content)
}

/// `{"files":[{"file":s,"suggested_name":s,"bytes":n,"certificates":[hex]}]}`.
#[derive(Serialize)]
pub(super) struct Files {
    files: Vec<FileForm>,
}

#[derive(Serialize)]
struct FileForm {
    file: String,
    #[serde(flatten)]
    download: json::Download,
}

impl Files {
    pub(super) fn new(written: &[Written]) -> Self {
        let form = |one: &Written| FileForm { file: one.name.clone(), download: json::Download::from(&one.file) };
        Self { files: written.iter().map(form).collect() }
    }
}

/// Adds which files were written, and their suggested names.
pub(super) fn add_files(page: &mut Page, written: &[Written]) {
    for one in written {
        let certificates = one.file.certificates.iter().map(page::short).collect::<Vec<_>>();
        page.sentence(&format!("{} holds {}.", one.name, page::list(&certificates)));
        if !one.name.ends_with(&one.file.suggested_name) {
            page.sentence(&format!("Suggested name, which no other certificate has: {}", one.file.suggested_name));
        }
    }
}
