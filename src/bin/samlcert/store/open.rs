//! Opens the file of a store.

use super::Store;
use super::error::StoreError;
use super::lock::PATIENCE;
use super::schema::{self, Found};
use crate::input;
use crate::options::Options;
use crate::output::Failure;
use crate::pasted;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use samlcert::ErrorCode;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;

impl Store {
    /// Opens an existing store.
    pub(crate) fn open(options: &Options) -> Result<Self, Failure> {
        let (file, name) = file(options)?;
        match std::fs::metadata(file) {
            Ok(metadata) if metadata.len() > 0 => {}
            Ok(_) => return Err(StoreError::Absent { store: name }.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::Absent { store: name }.into());
            }
            Err(error) => return Err(cannot_open(&name, &error)),
        }
        let connection = connect(file, &name)?;
        match schema::find(&connection, &name)? {
            Found::Store => {
                warn_of_readers(&name, file);
                Ok(Self { connection, password: input::store_password(options)? })
            }
            Found::Empty => Err(StoreError::Absent { store: name }.into()),
        }
    }

    /// Opens the store, or makes it: only its owner can read it.
    pub(crate) fn open_or_create(options: &Options) -> Result<Self, Failure> {
        let (file, name) = file(options)?;
        // A wrong password file must not leave an empty store behind.
        let password = input::store_password(options)?;
        match owned().open(file) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot_open(&name, &error)),
        }
        let mut connection = connect(file, &name)?;
        if let Found::Empty = schema::find(&connection, &name)? {
            schema::make(&mut connection, &name)?;
        }
        warn_of_readers(&name, file);
        Ok(Self { connection, password })
    }
}

/// The file, and its name in messages.
fn file(options: &Options) -> Result<(&Path, String), Failure> {
    let file = options.store.as_os_str();
    if file.is_empty() || input::is_stdin(file) {
        return Err(Failure::new(ErrorCode::Usage, "--store needs the name of a file".to_owned()));
    }
    // A name that looks like a key is not repeated in messages, but may be a name.
    let name = pasted::name(file).unwrap_or_else(|| "of that name".to_owned());
    Ok((Path::new(file), name))
}

/// A new file that only its owner can read from the first moment on. SQLite gives its log the same mode.
fn owned() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Warns if others can open the store, as after a copy.
#[cfg(unix)]
fn warn_of_readers(name: &str, file: &Path) {
    let mode = |metadata: std::fs::Metadata| std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
    if std::fs::metadata(file).is_ok_and(|metadata| mode(metadata) & 0o077 != 0) {
        anstream::eprintln!("Note: other users may open the store {name}; run: chmod 600");
    }
}

#[cfg(not(unix))]
fn warn_of_readers(_: &str, _: &Path) {}

fn connect(file: &Path, name: &str) -> Result<Connection, Failure> {
    // A relative name such as `:memory:` would have a special meaning.
    let file = std::path::absolute(file).map_err(|error| cannot_open(name, &error))?;
    Ok(configured(&file).map_err(|error| error.named(name))?)
}

fn configured(file: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // The file may come from anybody: nothing in its schema is run.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Deleted bytes are overwritten, a commit is on the disk before it is reported, and no temporary file is made.
    let settings = [("secure_delete", "ON"), ("synchronous", "FULL"), ("foreign_keys", "ON"), ("temp_store", "MEMORY")];
    for (name, value) in settings {
        connection.pragma_update(None, name, value)?;
    }
    Ok(connection)
}

fn cannot_open(name: &str, error: &io::Error) -> Failure {
    Failure::new(ErrorCode::StoreFailed, format!("the store {} cannot be opened: {error}", crate::page::escape(name)))
}
