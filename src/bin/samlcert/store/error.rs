//! Errors of the store.

use super::lock::PATIENCE;
use crate::output::Failure;
use samlcert::ErrorCode;
use samlcert::application::{ApplicationId, RecordError};

/// Why the store did nothing. It is unchanged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("there is no store {store}; `samlcert app new` makes one")]
    Absent { store: String },
    #[error("the file {store} is not a store of this program")]
    NotAStore { store: String },
    #[error(
        "the store {store} has version {found}, and this release knows version {known}; use a later release of samlcert"
    )]
    LaterVersion { store: String, found: i64, known: i64 },
    #[error("there is no application {id} in the store")]
    NoSuchApplication { id: ApplicationId },
    #[error("the store already has an application {id}")]
    Exists { id: ApplicationId },
    #[error(
        "another process changed {id} in the meantime; look at it again, then repeat the step if it is still right"
    )]
    ChangedMeanwhile { id: ApplicationId },
    #[error(
        "the private keys in the store are encrypted; put their password into a file and add --store-password-file FILE"
    )]
    PasswordRequired,
    #[error("the password is not that of the private keys in the store")]
    PasswordWrong,
    #[error("another process writes to the store, and did not finish within {seconds} seconds; try again")]
    Busy { seconds: u64 },
    #[error("the store is damaged: {what}")]
    Damaged { what: String },
    #[error("the store cannot be {what}: {why}")]
    Failed { what: &'static str, why: String },
}

impl StoreError {
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::Absent { .. } => ErrorCode::File,
            Self::NotAStore { .. } => ErrorCode::NotAStore,
            Self::LaterVersion { .. } => ErrorCode::StoreVersion,
            Self::NoSuchApplication { .. } => ErrorCode::NoSuchApplication,
            Self::Exists { .. } => ErrorCode::ApplicationExists,
            Self::ChangedMeanwhile { .. } => ErrorCode::ChangedMeanwhile,
            Self::PasswordRequired => ErrorCode::StorePasswordRequired,
            Self::PasswordWrong => ErrorCode::StorePasswordWrong,
            Self::Busy { .. } => ErrorCode::StoreBusy,
            Self::Damaged { .. } => ErrorCode::StoreDamaged,
            Self::Failed { .. } => ErrorCode::StoreFailed,
        }
    }

    /// Adds the name of the file to an error about the file.
    pub(super) fn named(self, name: &str) -> Self {
        match self {
            Self::NotAStore { .. } => Self::NotAStore { store: name.to_owned() },
            other => other,
        }
    }

    /// A record in the store that contradicts itself.
    pub(super) fn damaged(id: &str, error: &RecordError) -> Self {
        Self::Damaged { what: format!("application {}: {error}", crate::page::escape(id)) }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, PermissionDenied,
            ReadOnly, SystemIoFailure,
        };
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy { seconds: PATIENCE.as_secs() },
            Some(NotADatabase) => Self::NotAStore { store: "of that name".to_owned() },
            Some(DatabaseCorrupt) => Self::Damaged { what: why },
            Some(DiskFull | SystemIoFailure | ReadOnly) => Self::Failed { what: "written", why },
            Some(CannotOpen | PermissionDenied) => Self::Failed { what: "opened", why },
            _ => Self::Failed { what: "used", why },
        }
    }
}

/// The store is usable, and the request is refused: a clear no.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let (code, message) = (error.code(), error.to_string());
        match error {
            StoreError::Exists { .. } | StoreError::ChangedMeanwhile { .. } => Self::new(code, message).refused(),
            _ => Self::new(code, message),
        }
    }
}
