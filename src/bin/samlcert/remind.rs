//! `samlcert remind`: the reminders that fell due since the last run, of all applications in the store.
//!
//! All of them are written before the run is recorded. If the program ends in between, the next run writes the same
//! reminders again, to files of the same names and entries of the same UIDs.

use crate::calendar::{self, CalendarEvent, EventKind};
use crate::files::{self, Access, Existing, Growing, NewFile};
use crate::mail::{self, Mail, Mailbox};
use crate::options::Options;
use crate::output::{self, Failure, GOOD, Outcome};
use crate::page;
use crate::progress::Progress;
use crate::store::{Receive, Recording, Store};
use clap::Args;
use samlcert::application::{PlacedCertificate, Record};
use samlcert::{ExpirySchedule, LinkTemplate, Reminder, TimeSpan, UnixTime, Window, json, notice};
use std::ffi::OsString;
use std::path::Path;

/// `samlcert remind`.
#[derive(Debug, Args)]
pub(crate) struct Remind {
    /// Write each reminder as a message (.eml) into this folder
    #[arg(long, value_name = "DIR")]
    eml: Option<OsString>,
    /// Write a calendar (.ics) of all applications to this file: for each, the last reminder, those to come, and the expiry
    #[arg(long, value_name = "FILE")]
    ics: Option<OsString>,
    /// Link to this page in the messages, where people regenerate the certificate: {id} stands for the application, and
    /// {sha256} for the certificate
    #[arg(long, value_name = "URL", requires = "eml")]
    link: Option<LinkTemplate>,
    /// Print what is due without recording the run, so that the next run prints the same again
    #[arg(long)]
    dry_run: bool,
    /// Set the sender of the messages
    #[arg(long, value_name = "MAILBOX", requires = "eml")]
    mail_from: Option<Mailbox>,
    /// Set the recipient of the messages
    #[arg(long, value_name = "MAILBOX", requires = "eml")]
    mail_to: Option<Mailbox>,
}

pub(crate) fn run(command: &Remind, options: &Options) -> Result<Outcome, Failure> {
    command.eml.as_deref().map(files::folder).transpose()?;
    let mut store = Store::open(options)?;
    let mut given = Given { command, json: options.json, now: options.now(), calendar: None, count: 0, progress: None };
    let recording = if command.dry_run { Recording::Dry } else { Recording::Recorded };
    match store.remind(options.now(), recording, &mut given) {
        Ok(last) => Ok(given.end(last)),
        Err(failure) if options.json && given.count > 0 => Ok(failure.closing()),
        Err(failure) => Err(failure),
    }
}

/// Writes the reminders one by one: they are never all in memory.
struct Given<'a> {
    command: &'a Remind,
    json: bool,
    now: UnixTime,
    /// Begins with the first entry: a calendar must have one.
    calendar: Option<Growing>,
    count: usize,
    /// Begins with the first application: until then, waiting for the store may be shown.
    progress: Option<Progress>,
}

impl Receive for Given<'_> {
    type Error = Failure;

    fn take(&mut self, record: &Record, reminder: Reminder) -> Result<(), Failure> {
        self.show_progress();
        let Some(active) = record.active() else { return Ok(()) };
        let due = Due { record, active, reminder };
        if let Some(folder) = &self.command.eml {
            self.write_mail(&due, Path::new(folder))?;
        }
        self.print(&due)?;
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    fn wants_all(&self) -> bool {
        self.command.ics.is_some()
    }

    fn take_any(&mut self, record: &Record) -> Result<(), Failure> {
        self.show_progress();
        let (Some(active), Some(file)) = (record.active(), &self.command.ics) else { return Ok(()) };
        let calendar = match &mut self.calendar {
            Some(calendar) => calendar,
            none => {
                let calendar = none.insert(Growing::begin(file)?);
                calendar.append(&calendar::begin())?;
                calendar
            }
        };
        calendar_events(record, active, self.now).try_for_each(|entry| calendar.append(&entry))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        let Some(mut calendar) = self.calendar.take() else { return Ok(()) };
        calendar.append(calendar::END)?;
        calendar.finish()
    }
}

impl Given<'_> {
    /// Shows progress, unless a JSON document is being printed in parts.
    fn show_progress(&mut self) {
        if !self.json {
            self.progress.get_or_insert_with(|| Progress::begin("Going through the store"));
        }
    }

    fn write_mail(&self, due: &Due<'_>, folder: &Path) -> Result<(), Failure> {
        let Some(notice) = notice(due.record, self.now, self.command.link.as_ref()) else { return Ok(()) };
        let mail = Mail {
            id: due.record.id().as_str(),
            sha256_hex: &due.active.sha256().to_hex(),
            threshold_s: due.reminder.threshold_s,
            at: due.reminder.at,
            from: self.command.mail_from.as_ref(),
            to: self.command.mail_to.as_ref(),
            subject: &notice.subject,
            text: &notice.text,
            html: &notice.html,
        };
        let (name, bytes) = mail::message(&mail);
        let path = folder.join(name).into_os_string();
        files::write(&[NewFile { path: &path, bytes: &bytes, access: Access::Default }], Existing::Replace)
    }

    fn print(&self, due: &Due<'_>) -> Result<(), Failure> {
        if !self.json {
            let write = || output::write_part(&due.line(self.now));
            return self.progress.as_ref().map_or_else(write, |progress| progress.aside(write));
        }
        let Some(form) = json::Reminder::new(due.record, &due.reminder) else { return Ok(()) };
        let form = output::secret_json(&form)?;
        let begin = if self.count == 0 { JSON_BEGIN } else { "," };
        output::write_part(&format!("{begin}{}", String::from_utf8_lossy(form.trim_ascii_end())))
    }

    /// The end of the output.
    fn end(&self, last: Option<UnixTime>) -> Outcome {
        if self.json {
            let begin = if self.count == 0 { JSON_BEGIN } else { "" };
            let last = last.map_or("null".to_owned(), |last| last.0.to_string());
            return Outcome::raw(GOOD, format!("{begin}],\"last_run\":{last}}}\n").into_bytes().into(), String::new());
        }
        let due = match (last.filter(|last| self.now <= *last), self.count) {
            (Some(last), _) => format!("Nothing is due: the last run was at {last}, and this one is not later."),
            (None, 0) => "Nothing is due.".to_owned(),
            (None, 1) => "1 reminder was due.".to_owned(),
            (None, count) => format!("{count} reminders were due."),
        };
        let dry = if self.command.dry_run { " The run was not recorded." } else { "" };
        Outcome::text(GOOD, format!("{due}{dry}\n"))
    }
}

const JSON_BEGIN: &str = "{\"reminders\":[";

/// A reminder that fell due, and what it is about.
struct Due<'a> {
    record: &'a Record,
    active: &'a PlacedCertificate,
    reminder: Reminder,
}

impl Due<'_> {
    /// "portal: 42240f56 expires in 58 days, at …".
    fn line(&self, now: UnixTime) -> String {
        let (id, certificate) = (page::escape(self.record.id().as_str()), page::short(self.active.sha256()));
        let (end, before) = (self.end(), TimeSpan(self.reminder.threshold_s.into()));
        let verb = if now <= end { "expires" } else { "expired" };
        format!("{id}: {certificate} {verb} {}, at {end} (reminder of {before} before)\n", page::distance(end, now))
    }

    fn end(&self) -> UnixTime {
        self.active.certificate().validity().not_after()
    }
}

/// The reminder that fell due last, those to come, and the expiry.
fn calendar_events(record: &Record, active: &PlacedCertificate, now: UnixTime) -> impl Iterator<Item = String> {
    let schedule = ExpirySchedule::default();
    let window = Window::new(UnixTime(i64::MIN), now);
    let first = record.catch_up(&schedule, window).or_else(|| record.next_reminder(&schedule, now));
    let next = move |reminder: &Reminder| record.next_reminder(&schedule, reminder.at);
    let reminders = std::iter::successors(first, next);
    let reminders = reminders.map(|one| (EventKind::Reminder { threshold_s: one.threshold_s }, one.at));
    let end = active.certificate().validity().not_after();
    reminders.chain([(EventKind::Expiry, end)]).map(move |(kind, at)| calendar_event(record, active, (kind, at), now))
}

fn calendar_event(
    record: &Record,
    active: &PlacedCertificate,
    (kind, at): (EventKind, UnixTime),
    now: UnixTime,
) -> String {
    let (id, sha256, end) = (record.id().as_str(), active.sha256(), active.certificate().validity().not_after());
    let when = match kind {
        EventKind::Reminder { threshold_s } => format!("expires in {}", TimeSpan(threshold_s.into())),
        EventKind::Expiry => "expires".to_owned(),
    };
    let event = CalendarEvent {
        id,
        sha256_hex: &sha256.to_hex(),
        kind,
        at,
        summary: &format!("{id}: the signing certificate {when}"),
        description: &format!("It expires at {end}.\nIts SHA-256 fingerprint is {sha256}.\n"),
    };
    calendar::write(&event, now)
}
