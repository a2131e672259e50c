//! Opening the file.

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
    /// Opens the store that is there.
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

    /// Opens the store, and makes it if it is not there: for its owner alone.
    pub(crate) fn open_or_create(options: &Options) -> Result<Self, Failure> {
        let (file, name) = file(options)?;
        // Before anything is made.
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

/// The file, and what it is called in messages.
fn file(options: &Options) -> Result<(&Path, String), Failure> {
    let file = options.store.as_os_str();
    if file.is_empty() || input::is_stdin(file) {
        return Err(Failure::new(ErrorCode::Usage, "--store wants the name of a file".to_owned()));
    }
    // What looks like a key is not repeated, and may be the name of a folder all the same.
    let name = pasted::name(file).unwrap_or_else(|| "of that name".to_owned());
    Ok((Path::new(file), name))
}

/// A new file that nobody else can read, from its first moment on. SQLite gives its log the same mode.
fn owned() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// As after a copy: the store is for its owner alone.
#[cfg(unix)]
fn warn_of_readers(name: &str, file: &Path) {
    let mode = |metadata: std::fs::Metadata| std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
    if std::fs::metadata(file).is_ok_and(|metadata| mode(metadata) & 0o077 != 0) {
        anstream::eprintln!("Note: others than its owner may open the store {name}; run: chmod 600");
    }
}

#[cfg(not(unix))]
fn warn_of_readers(_: &str, _: &Path) {}

fn connect(file: &Path, name: &str) -> Result<Connection, Failure> {
    // Else a name such as `:memory:` would have a meaning of its own.
    let file = std::path::absolute(file).map_err(|error| cannot_open(name, &error))?;
    Ok(configured(&file).map_err(|error| error.named(name))?)
}

fn configured(file: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // The file may be anybody's: its schema runs nothing.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // What is deleted is overwritten, a commit is on the disk before it is reported, and nothing is put aside in files.
    let settings = [("secure_delete", "ON"), ("synchronous", "FULL"), ("foreign_keys", "ON"), ("temp_store", "MEMORY")];
    for (name, value) in settings {
        connection.pragma_update(None, name, value)?;
    }
    Ok(connection)
}

fn cannot_open(name: &str, error: &io::Error) -> Failure {
    Failure::new(ErrorCode::StoreFailed, format!("the store {} cannot be opened: {error}", crate::page::escape(name)))
}
