//! Reads the applications with a reminder that is due.

use super::error::StoreError;
use super::last_run::{NEVER, last_run, record_run, wake_at};
use super::{Store, lock, read};
use rusqlite::Connection;
use samlcert::application::Record;
use samlcert::{ExpirySchedule, Reminder, UnixTime, Window};

/// How many rows are in memory at a time.
const PAGE: i64 = 256;

/// Whether a run is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recording {
    /// It becomes the last run.
    Recorded,
    /// Nothing in the store changes.
    Dry,
}

/// Receives reminders.
pub(crate) trait Receive {
    type Error: From<StoreError>;

    /// Takes a reminder.
    fn take(&mut self, record: &Record, reminder: Reminder) -> Result<(), Self::Error>;

    /// Returns true if every application is wanted as well.
    fn wants_all(&self) -> bool;

    /// Takes an application, whether or not a reminder of it is due.
    fn take_any(&mut self, record: &Record) -> Result<(), Self::Error>;

    /// Ends the run, just before it is recorded.
    fn finish(&mut self) -> Result<(), Self::Error>;
}

impl Store {
    /// Passes on the most urgent reminder of each application that fell due since the last run, then records the run. If the
    /// receiver fails, nothing is recorded, and the next run passes on the same reminders again. In a run that is not later
    /// than the last one, nothing is due, and it is not recorded. Returns the moment of the last run.
    pub(crate) fn remind<R: Receive>(
        &mut self,
        now: UnixTime,
        recording: Recording,
        receiver: &mut R,
    ) -> Result<Option<UnixTime>, R::Error> {
        let transaction = lock::begin(&mut self.connection).map_err(StoreError::from)?;
        let last = last_run(&transaction)?;
        let is_later = last.is_none_or(|last| last < now);
        if is_later {
            each_due(&transaction, Window::new(last.unwrap_or(NEVER), now), now, receiver)?;
        }
        if receiver.wants_all() {
            each(&transaction, receiver)?;
        }
        receiver.finish()?;
        if is_later && recording == Recording::Recorded {
            record_run(&transaction, now)?;
            transaction.commit().map_err(StoreError::from)?;
        }
        Ok(last)
    }
}

fn each_due<R: Receive>(
    connection: &Connection,
    window: Window,
    now: UnixTime,
    receiver: &mut R,
) -> Result<(), R::Error> {
    loop {
        let due = due(connection, now)?;
        if due.is_empty() {
            return Ok(());
        }
        for record in due {
            if let Some(reminder) = record.catch_up(&ExpirySchedule::default(), window) {
                receiver.take(&record, reminder)?;
            }
            // The next reminder is later than now, so no further page has the application again.
            set_wake_at(connection, &record, now)?;
        }
    }
}

/// Passes on every application, one at a time, in the order of the IDs.
fn each<R: Receive>(connection: &Connection, receiver: &mut R) -> Result<(), R::Error> {
    let query = "SELECT id, revision, record FROM applications ORDER BY id";
    let mut statement = connection.prepare(query).map_err(StoreError::from)?;
    let mut rows = statement.query(()).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        receiver.take_any(&read(row)?)?;
    }
    Ok(())
}

/// The next applications with a reminder that is due.
fn due(connection: &Connection, now: UnixTime) -> Result<Vec<Record>, StoreError> {
    let query = "SELECT id, revision, record FROM applications WHERE wake_at <= ?1 ORDER BY wake_at, id LIMIT ?2";
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query((now.0, PAGE))?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(row)?);
    }
    Ok(records)
}

fn set_wake_at(connection: &Connection, record: &Record, now: UnixTime) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("UPDATE applications SET wake_at = ?2 WHERE id = ?1")?;
    statement.execute((record.id().as_str(), wake_at(record, Some(now))))?;
    Ok(())
}
