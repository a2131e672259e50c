//! The tables, and how a database is recognized as a store.

use super::error::StoreError;
use super::lock::{self, PATIENCE};
use rusqlite::Connection;
use std::thread;
use std::time::{Duration, Instant};

/// The version of the tables below, in `user_version`. A store of a later version is refused.
pub(super) const VERSION: i64 = 1;

/// In `application_id`: the letters SAML.
const APPLICATION_ID: i64 = 0x5341_4d4c;

/// - `applications`: everything but the private keys, as JSON, and when a reminder next falls due.
/// - `keys`: PKCS#8 DER, plain or encrypted with the password of the store. An index alone says how they are stored, so that
///   no key is read into memory for that.
/// - `events`: the history, as JSON.
/// - `numbers`: `reminded_until`, the moment of the last run of `remind`.
const TABLES: &str = "
    CREATE TABLE applications (
        id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL,
        wake_at INTEGER,
        record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX applications_by_wake_at ON applications (wake_at, id) WHERE wake_at IS NOT NULL;
    CREATE TABLE keys (
        application TEXT NOT NULL REFERENCES applications (id),
        spki_sha256 TEXT NOT NULL,
        encrypted INTEGER NOT NULL CHECK (encrypted IN (0, 1)),
        pkcs8 BLOB NOT NULL,
        PRIMARY KEY (application, spki_sha256)
    ) STRICT;
    CREATE INDEX keys_by_protection ON keys (application, encrypted);
    CREATE INDEX encrypted_keys ON keys (application) WHERE encrypted = 1;
    CREATE TABLE events (
        application TEXT NOT NULL REFERENCES applications (id),
        sequence INTEGER NOT NULL,
        event TEXT NOT NULL,
        PRIMARY KEY (application, sequence)
    ) STRICT;
    CREATE TABLE numbers (
        name TEXT NOT NULL PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT;
";

/// What a database file is.
pub(super) enum Found {
    /// A store of this version.
    Store,
    /// An empty database.
    Empty,
}

/// Finds out what a database file is.
pub(super) fn find(connection: &Connection, store: &str) -> Result<Found, StoreError> {
    // One statement, so that no other process makes the tables in between.
    let query = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) \
                 FROM pragma_application_id, pragma_user_version";
    let read = connection.query_row(query, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (application_id, version, tables): (i64, i64, i64) =
        read.map_err(|error| StoreError::from(error).named(store))?;
    match (application_id, version) {
        (0, 0) if tables == 0 => Ok(Found::Empty),
        (APPLICATION_ID, VERSION) => Ok(Found::Store),
        (APPLICATION_ID, found) if found > VERSION => {
            Err(StoreError::LaterVersion { store: store.to_owned(), found, known: VERSION })
        }
        _ => Err(StoreError::NotAStore { store: store.to_owned() }),
    }
}

/// Makes the tables, unless another process has made them.
pub(super) fn make(connection: &mut Connection, store: &str) -> Result<(), StoreError> {
    write_ahead(connection)?;
    let transaction = lock::begin(connection)?;
    if let Found::Empty = find(&transaction, store)? {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(transaction.commit()?)
}

/// Switches to the write-ahead log. SQLite does not wait by itself if two processes do so at once.
fn write_ahead(connection: &Connection) -> Result<(), StoreError> {
    let begin = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL").map_err(StoreError::from) {
            Err(StoreError::Busy { .. }) if begin.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}
