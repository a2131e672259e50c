//! The outcome of a command, and how it leaves the process.

use crate::snippet;
use clap::builder::StyledStr;
use samlcert::json;
use samlcert::{ErrorCode, Span};
use serde::Serialize;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// Exit status for success.
pub(crate) const GOOD: u8 = 0;
/// Exit status for a clear no.
pub(crate) const NO: u8 = 1;
/// Exit status for unusable input, or a failed file operation.
pub(crate) const UNUSABLE: u8 = 2;

/// What goes to standard output and to standard error, and the exit status.
pub(crate) struct Outcome {
    status: u8,
    output: Output,
    /// Goes to standard error; its colours are removed unless that is a terminal.
    notes: String,
}

enum Output {
    /// Text; its colours are removed unless standard output is a terminal.
    Styled(String),
    /// Bytes as they are, which may be secret.
    Raw(Zeroizing<Vec<u8>>),
}

impl Outcome {
    pub(crate) const fn text(status: u8, text: String) -> Self {
        Self { status, output: Output::Styled(text), notes: String::new() }
    }

    pub(crate) const fn raw(status: u8, bytes: Zeroizing<Vec<u8>>, notes: String) -> Self {
        Self { status, output: Output::Raw(bytes), notes }
    }

    /// Adds what goes to standard error.
    pub(crate) fn with_notes(self, notes: String) -> Self {
        Self { notes, ..self }
    }

    /// Prints on standard error alone.
    pub(crate) const fn only_notes(status: u8, notes: String) -> Self {
        Self { status, output: Output::Styled(String::new()), notes }
    }

    /// One JSON document.
    pub(crate) fn json(status: u8, form: &impl Serialize) -> Self {
        match secret_json(form) {
            Ok(bytes) => Self { status, output: Output::Raw(bytes), notes: String::new() },
            Err(failure) => failure.outcome(false),
        }
    }

    pub(crate) fn help(text: &StyledStr, json: bool) -> Self {
        #[derive(Serialize)]
        struct Help {
            help: String,
        }
        if json {
            Self::json(GOOD, &Help { help: text.to_string() })
        } else {
            Self::text(GOOD, text.ansi().to_string())
        }
    }

    pub(crate) fn usage(text: &StyledStr) -> Self {
        // Help is printed where a command is missing: that is not an error.
        let is_error = text.to_string().starts_with("error:");
        let text = text.ansi().to_string();
        Self::only_notes(UNUSABLE, if is_error { text.replacen("error:", "error[usage]:", 1) } else { text })
    }
}

/// One JSON document and a line feed. The length is counted first, so that one allocation suffices: a buffer that grows
/// leaves copies of a secret behind.
pub(crate) fn secret_json(form: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // Never fails: every form has strings for keys.
    let fault = |error: serde_json::Error| Failure::new(ErrorCode::RecordMalformed, error.to_string());
    let mut count = Count(0);
    serde_json::to_writer(&mut count, form).map_err(fault)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(count.0.saturating_add(1)));
    serde_json::to_writer(&mut *bytes, form).map_err(fault)?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    status: u8,
    code: ErrorCode,
    message: String,
    span: Option<Span>,
    /// The message together with the place in the input.
    pointed: String,
    /// Whose logins a refused step would break; in JSON, fields beside `error`.
    impact: Option<json::Impact>,
}

impl Failure {
    pub(crate) fn new(code: ErrorCode, message: String) -> Self {
        let pointed = snippet::plain(code, &message);
        Self { status: UNUSABLE, code, message, span: None, pointed, impact: None }
    }

    /// Adds whose logins a refused step would break: as text below the message, in JSON beside `error`.
    pub(crate) fn with_impact(self, text: &str, impact: json::Impact) -> Self {
        let pointed = format!("{}\n\n{}", self.pointed, text.trim_end());
        Self { pointed, impact: Some(impact), ..self }
    }

    /// Adds the place in the input, which `pointed` shows.
    pub(crate) fn at(self, span: Span, pointed: String) -> Self {
        Self { span: Some(span), pointed, ..self }
    }

    /// Turns it into a clear no: the input is usable, but the request is refused.
    pub(crate) fn refused(self) -> Self {
        Self { status: NO, ..self }
    }

    pub(crate) fn outcome(self, json: bool) -> Outcome {
        if json {
            return Outcome::json(self.status, &self.into_form());
        }
        Outcome::only_notes(self.status, format!("{}\n", self.pointed))
    }

    /// Completes a JSON document that ends within a list of its object.
    pub(crate) fn closing(self) -> Outcome {
        let status = self.status;
        match secret_json(&self.into_form()) {
            Ok(form) => {
                let fields = form.strip_prefix(b"{").unwrap_or_default();
                Outcome::raw(status, Zeroizing::new([b"],".as_slice(), fields].concat()), String::new())
            }
            Err(failure) => failure.outcome(false),
        }
    }

    fn into_form(self) -> FailureForm {
        let problem = json::Problem::new(self.code, self.message, self.span);
        FailureForm { failure: problem.into(), impact: self.impact }
    }
}

#[derive(Serialize)]
struct FailureForm {
    #[serde(flatten)]
    failure: json::Failure,
    #[serde(flatten)]
    impact: Option<json::Impact>,
}

/// Writes an outcome. A reader that closes the pipe has read enough: that is not an error.
pub(crate) fn deliver(outcome: Outcome) -> ExitCode {
    // Where standard error cannot be written to, nothing can be reported.
    let _ = anstream::stderr().write_all(outcome.notes.as_bytes());
    let written = match &outcome.output {
        Output::Styled(text) => write_styled(text),
        Output::Raw(bytes) => write_raw(bytes),
    };
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(anstream::stderr(), "error: standard output cannot be written: {error}");
            ExitCode::from(UNUSABLE)
        }
        _ => ExitCode::from(outcome.status),
    }
}

/// Writes a part of the output before the command ends. A closed pipe is an error: nobody reads the rest.
pub(crate) fn write_part(text: &str) -> Result<(), Failure> {
    let fault = |error| Failure::new(ErrorCode::File, format!("standard output cannot be written: {error}"));
    write_styled(text).map_err(fault)
}

fn write_styled(text: &str) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Bypasses the buffer of the standard library, which is not wiped.
fn write_raw(bytes: &[u8]) -> io::Result<()> {
    unbuffered()?.write_all(bytes)
}

#[cfg(unix)]
fn unbuffered() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn unbuffered() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdout().as_handle().try_clone_to_owned().map(File::from)
}
