//! The last run of `remind`, and the next reminder of an application after it.

use super::error::StoreError;
use rusqlite::{Connection, OptionalExtension};
use samlcert::application::Record;
use samlcert::{ExpirySchedule, UnixTime};

/// Before every moment: until the first run, the window begins with the activation.
pub(super) const NEVER: UnixTime = UnixTime(i64::MIN);

/// When a reminder next falls due, after the last run.
pub(super) fn wake_at(record: &Record, last: Option<UnixTime>) -> Option<i64> {
    record.next_reminder(&ExpirySchedule::default(), last.unwrap_or(NEVER)).map(|reminder| reminder.at.0)
}

/// The moment of the last run, if there was one.
pub(super) fn last_run(connection: &Connection) -> Result<Option<UnixTime>, StoreError> {
    let query = "SELECT value FROM numbers WHERE name = 'reminded_until'";
    Ok(connection.query_row(query, (), |row| row.get(0)).optional()?.map(UnixTime))
}

pub(super) fn record_run(connection: &Connection, now: UnixTime) -> Result<(), StoreError> {
    let statement = "INSERT OR REPLACE INTO numbers (name, value) VALUES ('reminded_until', ?1)";
    connection.execute(statement, [now.0])?;
    Ok(())
}
