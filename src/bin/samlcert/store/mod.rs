//! The store: one SQLite file with many applications.
//!
//! A step reads an application, decides without a lock, and writes the result in one transaction that compares the revision
//! with the one that was read. So no process waits while another one generates a key, and of two that change the same
//! application at once, the second gets an error.

mod due;
mod error;
mod keys;
mod last_run;
mod lock;
mod open;
mod schema;

pub(crate) use due::{Receive, Recording};
pub(crate) use error::StoreError;
pub(crate) use keys::{Protection, StoredKey};

use keys::KeyChanges;
use rusqlite::{Connection, OptionalExtension, Row};
use samlcert::application::RecordError;
use samlcert::application::{ApplicationId, Event, Record};
use samlcert::{Application, json};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// An open store.
pub(crate) struct Store {
    connection: Connection,
    /// The password of its keys, if one was given.
    password: Option<Zeroizing<Vec<u8>>>,
}

/// An application as it was read: the beginning of a step.
pub(crate) struct Stored {
    pub(crate) application: Application,
    revision: u64,
    /// The fingerprints of its keys, and whether they are encrypted.
    keys: BTreeMap<String, bool>,
    /// Whether any key of the whole store is encrypted.
    is_protected: bool,
}

impl Stored {
    /// An application that is not in the store yet.
    const fn new(application: Application, is_protected: bool) -> Self {
        Self { application, revision: 0, keys: BTreeMap::new(), is_protected }
    }
}

/// Whether the bytes of a dropped key have left the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wiped {
    /// Nothing was dropped, or nothing of it is left.
    Yes,
    /// Another process was reading, so the log could not be emptied.
    NotYet,
}

impl Store {
    /// Everything about an application but its keys.
    pub(crate) fn record(&self, id: &ApplicationId) -> Result<Record, StoreError> {
        let query = "SELECT id, revision, record FROM applications WHERE id = ?1";
        let found = self.connection.query_row(query, [id.as_str()], |row| Ok(read(row))).optional()?;
        found.ok_or_else(|| StoreError::NoSuchApplication { id: id.clone() })?
    }

    /// Passes on every application, one at a time, in the order of the IDs.
    pub(crate) fn records<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(&Record, Protection) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = "SELECT id, revision, record FROM applications ORDER BY id";
        let mut statement = self.connection.prepare(query).map_err(StoreError::from)?;
        let mut rows = statement.query(()).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let record = read(row)?;
            each(&record, self.protection(&record)?)?;
        }
        Ok(())
    }

    /// How the keys of an application are stored. An application that signs must have one.
    pub(crate) fn protection(&self, record: &Record) -> Result<Protection, StoreError> {
        let protection = keys::protection(&self.connection, record.id().as_str())?;
        if protection == Protection::Keyless && record.active().is_some() {
            let what = format!("application {}: its private keys are missing", record.id());
            return Err(StoreError::Damaged { what });
        }
        Ok(protection)
    }

    /// The keys of an application as they are stored.
    pub(crate) fn stored_keys(&self, id: &ApplicationId) -> Result<Vec<StoredKey>, StoreError> {
        keys::of(&self.connection, id)
    }

    /// The events of an application, oldest first: one for each revision.
    pub(crate) fn events(&self, record: &Record) -> Result<Vec<Event>, StoreError> {
        let id = record.id().as_str();
        let damaged = |error: RecordError| StoreError::damaged(id, &error);
        let mut statement =
            self.connection.prepare("SELECT event FROM events WHERE application = ?1 ORDER BY sequence")?;
        let mut rows = statement.query([id])?;
        let (mut events, mut expected) = (Vec::new(), 1..=record.revision());
        while let Some(row) = rows.next()? {
            let event =
                json::read_event(row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?).map_err(damaged)?;
            let (expected, found) = (expected.next().unwrap_or(0), event.sequence);
            if found != expected {
                return Err(damaged(RecordError::Sequence { expected, found }));
            }
            events.push(event);
        }
        match expected.next() {
            Some(expected) => Err(damaged(RecordError::Sequence { expected, found: 0 })),
            None => Ok(events),
        }
    }

    /// Reads several things in one transaction, so that they fit together.
    pub(crate) fn at_once<T, E: From<StoreError>>(&self, look: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        let transaction = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let seen = look(self)?;
        transaction.finish().map_err(StoreError::from)?;
        Ok(seen)
    }

    /// An application with its keys.
    pub(crate) fn load(&self, id: &ApplicationId) -> Result<Stored, StoreError> {
        let (record, rows, is_protected) = self.at_once(|store| {
            let record = store.record(id)?;
            Ok::<_, StoreError>((record, store.stored_keys(id)?, store.is_protected()?))
        })?;
        let opened = rows.iter().map(|row| row.open(self.password())).collect::<Result<Vec<_>, _>>()?;
        let keys = rows.into_iter().map(|row| (row.spki_sha256, row.is_encrypted)).collect();
        let revision = record.revision();
        let application = Application::from_record(record, opened);
        let application = application.map_err(|error| StoreError::damaged(id.as_str(), &error))?;
        Ok(Stored { application, revision, keys, is_protected })
    }

    /// Stores a new application, with the events that made it.
    pub(crate) fn insert(&mut self, application: Application, events: &[Event]) -> Result<Application, StoreError> {
        let stored = Stored::new(application, self.is_protected()?);
        self.write(&stored, events, |connection, record, wake_at| {
            let id = record.id().as_str();
            let statement =
                "INSERT OR IGNORE INTO applications (id, revision, wake_at, record) VALUES (?1, ?2, ?3, ?4)";
            let row = (id, count(id, record.revision())?, wake_at, written(id, json::write_record(record))?);
            match connection.execute(statement, row)? {
                0 => Err(StoreError::Exists { id: record.id().clone() }),
                _ => Ok(()),
            }
        })?;
        Ok(stored.application)
    }

    /// Stores the result of steps, unless another process changed the application since it was read.
    pub(crate) fn update(&mut self, stored: &Stored, events: &[Event]) -> Result<Wiped, StoreError> {
        self.write(stored, events, |connection, record, wake_at| {
            let id = record.id().as_str();
            let statement =
                "UPDATE applications SET revision = ?3, wake_at = ?4, record = ?5 WHERE id = ?1 AND revision = ?2";
            let (before, after) = (count(id, stored.revision)?, count(id, record.revision())?);
            let row = (id, before, after, wake_at, written(id, json::write_record(record))?);
            match connection.execute(statement, row)? {
                0 => Err(StoreError::ChangedMeanwhile { id: record.id().clone() }),
                _ => Ok(()),
            }
        })
    }

    /// Writes in one transaction: the row of the application by `put`, its events, its keys.
    fn write(
        &mut self,
        stored: &Stored,
        events: &[Event],
        put: impl FnOnce(&Connection, &Record, Option<i64>) -> Result<(), StoreError>,
    ) -> Result<Wiped, StoreError> {
        let record = stored.application.record();
        let changes = self.key_changes(stored)?;
        let transaction = lock::begin(&mut self.connection)?;
        // The first encrypted key sets the password of the store: only one process may store it.
        if changes.adds() && keys::any_encrypted(&transaction)?.is_some() != stored.is_protected {
            return Err(StoreError::ChangedMeanwhile { id: record.id().clone() });
        }
        put(&transaction, record, last_run::wake_at(record, last_run::last_run(&transaction)?))?;
        write_events(&transaction, record.id(), events)?;
        changes.write(&transaction, record.id())?;
        transaction.commit()?;
        Ok(if changes.drops(&stored.keys) { self.empty_log() } else { Wiped::Yes })
    }

    /// Encrypts keys before the transaction begins: key derivation is slow.
    fn key_changes(&self, stored: &Stored) -> Result<KeyChanges, StoreError> {
        let fault = |error: samlcert::KeyError| StoreError::Failed { what: "written", why: error.to_string() };
        let keys = stored.application.secret_keys();
        let changes = KeyChanges::new(&stored.keys, keys, self.password()).map_err(fault)?;
        if changes.adds() && stored.is_protected {
            let password = self.password().ok_or(StoreError::PasswordRequired)?;
            let knows_password = stored.keys.values().any(|is_encrypted| *is_encrypted);
            if let (false, Some(other)) = (knows_password, keys::any_encrypted(&self.connection)?) {
                other.open(Some(password))?;
            }
        }
        Ok(changes)
    }

    fn password(&self) -> Option<&[u8]> {
        self.password.as_ref().map(|password| password.as_slice())
    }

    fn is_protected(&self) -> Result<bool, StoreError> {
        Ok(keys::any_encrypted(&self.connection)?.is_some())
    }

    /// Writes the log back into the database file and empties it. Where that fails, what was written stays written.
    fn empty_log(&self) -> Wiped {
        // A process that reads all the time must not delay the command.
        let _ = self.connection.busy_timeout(std::time::Duration::from_secs(1));
        let is_busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0));
        if let Ok(false) = is_busy { Wiped::Yes } else { Wiped::NotYet }
    }
}

fn write_events(connection: &Connection, id: &ApplicationId, events: &[Event]) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("INSERT INTO events (application, sequence, event) VALUES (?1, ?2, ?3)")?;
    for event in events {
        let text = written(id.as_str(), json::write_event(event))?;
        statement.execute((id.as_str(), count(id.as_str(), event.sequence)?, text))?;
    }
    Ok(())
}

/// A record, from a row of its ID, its revision and its JSON.
fn read(row: &Row<'_>) -> Result<Record, StoreError> {
    let (id, revision): (String, i64) = (row.get(0)?, row.get(1)?);
    let record = json::read_record(row.get_ref(2)?.as_bytes().map_err(rusqlite::Error::from)?);
    let record = record.map_err(|error| StoreError::damaged(&id, &error))?;
    if record.id().as_str() != id || u64::try_from(revision) != Ok(record.revision()) {
        let what = format!("application {}: its row and its record disagree", crate::page::escape(&id));
        return Err(StoreError::Damaged { what });
    }
    Ok(record)
}

/// Writing fails for no record or event that a step made.
fn written(id: &str, json: Result<String, RecordError>) -> Result<String, StoreError> {
    json.map_err(|error| StoreError::damaged(id, &error))
}

/// A number as the database stores it.
fn count(id: &str, number: u64) -> Result<i64, StoreError> {
    let what = || StoreError::Damaged { what: format!("application {id}: its revision is too large") };
    i64::try_from(number).map_err(|_| what())
}
