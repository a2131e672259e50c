//! The applications that are to be reminded of.

use super::error::StoreError;
use super::{Store, read};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use samlcert::application::Record;
use samlcert::{ExpirySchedule, Reminder, UnixTime, Window};

/// How many rows are held at a time.
const PAGE: i64 = 256;

/// Before every moment: where there was no run yet, the window begins with the activation.
const NEVER: UnixTime = UnixTime(i64::MIN);

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// It is the last one now.
    Recorded,
    /// It is not later than the last one, so that nothing was due and nothing is recorded.
    NotLater {
        /// The moment of the last run.
        last: UnixTime,
    },
}

/// Who takes reminders.
pub(crate) trait Receive {
    type Error: From<StoreError>;

    /// Takes one.
    fn take(&mut self, record: &Record, reminder: Reminder) -> Result<(), Self::Error>;

    /// There are no more, and the run is about to be recorded.
    fn finish(&mut self) -> Result<(), Self::Error>;
}

impl Store {
    /// Hands on the most urgent reminder of each application that fell due since the last run, then records the run. If
    /// handing on fails, nothing is recorded, and the next run gives the same ones again.
    pub(crate) fn remind<R: Receive>(&mut self, now: UnixTime, receiver: &mut R) -> Result<Run, R::Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(StoreError::from)?;
        let last = last_run(&transaction)?;
        if let Some(last) = last.filter(|last| now <= *last) {
            return Ok(Run::NotLater { last });
        }
        let window = Window::new(last.unwrap_or(NEVER), now);
        loop {
            let due = due(&transaction, now)?;
            if due.is_empty() {
                break;
            }
            for record in due {
                if let Some(reminder) = record.catch_up(&ExpirySchedule::usual(), window) {
                    receiver.take(&record, reminder)?;
                }
                // Its next one is later than now, so that no page brings it again.
                set_wake_at(&transaction, &record, now)?;
            }
        }
        receiver.finish()?;
        record_run(&transaction, now)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(Run::Recorded)
    }
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

/// When a reminder next falls due, after the last run.
pub(super) fn wake_at(record: &Record, last: Option<UnixTime>) -> Option<i64> {
    record.next_reminder(&ExpirySchedule::usual(), last.unwrap_or(NEVER)).map(|reminder| reminder.at.0)
}

/// The moment of the last run, if there was one.
pub(super) fn last_run(connection: &Connection) -> Result<Option<UnixTime>, StoreError> {
    let query = "SELECT value FROM numbers WHERE name = 'reminded_until'";
    Ok(connection.query_row(query, (), |row| row.get(0)).optional()?.map(UnixTime))
}

fn record_run(connection: &Connection, now: UnixTime) -> Result<(), StoreError> {
    let statement = "INSERT OR REPLACE INTO numbers (name, value) VALUES ('reminded_until', ?1)";
    connection.execute(statement, [now.0])?;
    Ok(())
}
