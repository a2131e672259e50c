//! Waits for other processes that write to the store.

use crate::progress::Progress;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::Duration;

/// How long a process waits for another one that writes to the store.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Begins a transaction that writes.
pub(super) fn begin(connection: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    let _waiting = Progress::begin("Waiting for another process that writes to the store");
    connection.transaction_with_behavior(TransactionBehavior::Immediate)
}
