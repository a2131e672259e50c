//! The applications that are to be reminded of.

use super::error::StoreError;
use super::last_run::{NEVER, last_run, record_run, wake_at};
use super::{Store, lock, read};
use rusqlite::Connection;
use samlcert::application::Record;
use samlcert::{ExpirySchedule, Reminder, UnixTime, Window};

/// How many rows are held at a time.
const PAGE: i64 = 256;

/// What is done about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recording {
    /// It becomes the last one.
    Recorded,
    /// Nothing in the store changes.
    Dry,
}

/// Who takes reminders.
pub(crate) trait Receive {
    type Error: From<StoreError>;

    /// Takes one.
    fn take(&mut self, record: &Record, reminder: Reminder) -> Result<(), Self::Error>;

    /// Whether every application is wanted, too.
    fn wants_all(&self) -> bool;

    /// Takes an application, whether or not a reminder of it is due.
    fn take_any(&mut self, record: &Record) -> Result<(), Self::Error>;

    /// There are no more, and the run is about to be recorded.
    fn finish(&mut self) -> Result<(), Self::Error>;
}

impl Store {
    /// Hands on the most urgent reminder of each application that fell due since the last run, then records the run. If
    /// handing on fails, nothing is recorded, and the next run gives the same ones again. A run that is not later than
    /// the last one has nothing that is due, and is not recorded. Returns the moment of the last run.
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
            if let Some(reminder) = record.catch_up(&ExpirySchedule::usual(), window) {
                receiver.take(&record, reminder)?;
            }
            // Its next one is later than now, so that no page brings it again.
            set_wake_at(connection, &record, now)?;
        }
    }
}

/// Every application, in the order of the IDs, one at a time.
fn each<R: Receive>(connection: &Connection, receiver: &mut R) -> Result<(), R::Error> {
    let query = "SELECT id, revision, record FROM applications ORDER BY id";
    let mut statement = connection.prepare(query).map_err(StoreError::from)?;
    let mut rows = statement.query(()).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        receiver.take_any(&read(row)?)?;
    }
    Ok(())
}

/// The next applications, of which something is due.
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
