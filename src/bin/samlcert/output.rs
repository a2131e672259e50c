//! What a command answers with, and how it leaves the process.

use crate::snippet;
use clap::builder::StyledStr;
use samlcert::json;
use samlcert::{ErrorCode, Span};
use serde::Serialize;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// Good.
pub(crate) const GOOD: u8 = 0;
/// A clear no.
pub(crate) const NO: u8 = 1;
/// Unusable input, or a failed file operation.
pub(crate) const UNUSABLE: u8 = 2;

/// What goes to standard output and to standard error, and the exit status.
pub(crate) struct Outcome {
    status: u8,
    output: Output,
    /// Text with colours, that are taken out where standard error is no terminal.
    told: String,
}

enum Output {
    /// Text with colours, that are taken out where standard output is no terminal.
    Styled(String),
    /// Bytes as they are, which may be secret.
    Raw(Zeroizing<Vec<u8>>),
}

impl Outcome {
    pub(crate) const fn text(status: u8, text: String) -> Self {
        Self { status, output: Output::Styled(text), told: String::new() }
    }

    pub(crate) const fn raw(status: u8, bytes: Zeroizing<Vec<u8>>, told: String) -> Self {
        Self { status, output: Output::Raw(bytes), told }
    }

    /// With something that goes to standard error.
    pub(crate) fn with_notes(self, notes: String) -> Self {
        Self { told: notes, ..self }
    }

    /// Nothing but what goes to standard error.
    pub(crate) const fn told(status: u8, told: String) -> Self {
        Self { status, output: Output::Styled(String::new()), told }
    }

    /// One JSON document.
    pub(crate) fn json(status: u8, form: &impl Serialize) -> Self {
        match secret_json(form) {
            Ok(bytes) => Self { status, output: Output::Raw(bytes), told: String::new() },
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
        // Help, where a command is missing, is no error.
        let is_error = text.to_string().starts_with("error:");
        let text = text.ansi().to_string();
        Self::told(UNUSABLE, if is_error { text.replacen("error:", "error[usage]:", 1) } else { text })
    }
}

/// One JSON document and a line feed. The length is counted first: one allocation, so that no half-grown copy of a
/// secret stays behind.
pub(crate) fn secret_json(form: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // No form here can fail to be written: none has keys that are not strings.
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

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    status: u8,
    code: ErrorCode,
    message: String,
    span: Option<Span>,
    /// The message with the place in the input.
    pointed: String,
    /// Whose logins a refused step would break: in the JSON form fields beside `error`.
    impact: Option<json::Impact>,
}

impl Failure {
    pub(crate) fn new(code: ErrorCode, message: String) -> Self {
        let pointed = snippet::plain(code, &message);
        Self { status: UNUSABLE, code, message, span: None, pointed, impact: None }
    }

    /// With what a refused step would break: for people below the message, in the JSON form beside `error`.
    pub(crate) fn with_impact(self, text: &str, impact: json::Impact) -> Self {
        let pointed = format!("{}\n\n{}", self.pointed, text.trim_end());
        Self { pointed, impact: Some(impact), ..self }
    }

    /// With the place in the input, that `pointed` shows.
    pub(crate) fn at(self, span: Span, pointed: String) -> Self {
        Self { span: Some(span), pointed, ..self }
    }

    /// As a clear no: the input is usable, and what was asked for is refused.
    pub(crate) fn refused(self) -> Self {
        Self { status: NO, ..self }
    }

    pub(crate) fn outcome(self, json: bool) -> Outcome {
        if json {
            return Outcome::json(self.status, &self.into_form());
        }
        Outcome::told(self.status, format!("{}\n", self.pointed))
    }

    /// The rest of a JSON document that has begun as an object, and of which a list is open.
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

/// Writes an outcome. Who closes the pipe has read enough, which is no error.
pub(crate) fn deliver(outcome: Outcome) -> ExitCode {
    // Nobody is left to tell that standard error cannot be written to.
    let _ = anstream::stderr().write_all(outcome.told.as_bytes());
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

/// Writes a part of what a command prints before it ends. What nobody reads any more was not given out.
pub(crate) fn write_part(text: &str) -> Result<(), Failure> {
    let fault = |error| Failure::new(ErrorCode::File, format!("standard output cannot be written: {error}"));
    write_styled(text).map_err(fault)
}

fn write_styled(text: &str) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Past the buffer of the standard library, that nobody wipes.
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
