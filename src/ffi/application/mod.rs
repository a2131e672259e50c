//! The pairs of an application, and the service providers that depend on them.

mod facts;
mod files;
mod forms;
mod providers;
mod reminders;
mod steps;

use std::sync::Arc;

pub use facts::*;
pub use files::*;
pub use forms::*;
pub use providers::*;
pub use reminders::*;
pub use steps::*;

use super::argument::{array, utf8};
use super::bytes::samlcert_bytes;
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::guard::{guard, guard_free};
use super::output::Output;
use super::private_key::samlcert_private_key;
use super::selector::{Selector, samlcert_policy};
use crate::application::{Application, Event, Record, Settings, StepContext, StepError};
use crate::json::{read_log, read_record, write_event};
use crate::key::PrivateKey;
use crate::time::UnixTime;

/// The pairs of one application of an identity provider, and what its service providers hold. One thread at a time.
#[derive(Debug)]
pub struct samlcert_application {
    application: Application,
    /// Of the steps that were taken with this object.
    events: Vec<Event>,
    /// A step began and never came to its end: the library failed in it.
    is_broken: bool,
}

impl samlcert_application {
    const fn new(application: Application) -> Self {
        Self { application, events: Vec::new(), is_broken: false }
    }

    const fn record(&self) -> &Record {
        self.application.record()
    }

    fn step(
        &mut self,
        event: Option<Output<*mut samlcert_bytes>>,
        take: impl FnOnce(&mut Application) -> Result<Event, StepError>,
    ) -> Result<(), Failure> {
        if self.is_broken {
            return Err(Failure::internal());
        }
        self.is_broken = true;
        let taken = take(&mut self.application);
        self.is_broken = false;
        self.events.push(taken?);
        self.events.last().map_or(Ok(()), |taken| give(event, taken))
    }
}

fn give(out: Option<Output<*mut samlcert_bytes>>, event: &Event) -> Result<(), Failure> {
    if let Some(out) = out {
        out.give(write_event(event)?.into());
    }
    Ok(())
}

const fn at(now: i64, actor: &str) -> StepContext<'_> {
    StepContext { now: UnixTime(now), actor }
}

/// The private keys behind an array of objects.
///
/// # Safety
/// As for [`array`], and each pointer in it is NULL or leads to a private key.
unsafe fn private_keys(keys: *const *const samlcert_private_key, len: usize) -> Result<Vec<Arc<PrivateKey>>, Failure> {
    // SAFETY: what the caller promised.
    let keys = unsafe { array(keys, len, "keys") }?;
    // SAFETY: the same.
    let shared = |key: &*const samlcert_private_key| unsafe { key.as_ref() }.map(|key| Arc::clone(&key.0));
    keys.iter().map(|key| shared(key).ok_or_else(|| Failure::null("keys[…]"))).collect()
}

/// A new application without a pair. `policy` (`samlcert_policy`) says what saving does; its clock skew is 300 seconds,
/// and other settings are empty. `id` is 1 to 128 visible characters without spaces. It may have a `/`, so do not use
/// it as a file name.
///
/// Owner: the caller, who frees `*out` with `samlcert_application_free`. `event`, unless it is NULL, becomes what
/// happened as JSON in its stored form; the caller frees it with `samlcert_bytes_free`.
/// Errors: `unknown-selector`; `invalid-text` of the actor and the ID, `not-utf8`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_new(
    now: i64,
    actor: *const u8,
    actor_len: usize,
    id: *const u8,
    id_len: usize,
    policy: u32,
    out: *mut *mut samlcert_application,
    event: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let actor = utf8(actor, actor_len, "actor")?;
            let id = utf8(id, id_len, "id")?;
            let out = Output::at(out, "out")?;
            let settings = Settings::new(samlcert_policy::select(policy)?);
            let (application, created) = Application::new(at(now, actor), id.parse()?, settings)?;
            give(Output::wanted(event), &created)?;
            let events = vec![created];
            out.give(samlcert_application { events, ..samlcert_application::new(application) });
            Ok(())
        })
    }
}

/// An application from its record as JSON (`samlcert_application_record_json`) and the private keys that were stored
/// beside it (`samlcert_application_key`), in any order. The keys are shared.
///
/// Owner: the caller, who frees `*out` with `samlcert_application_free`.
/// Errors: `record-version`, `record-malformed`, `record-contradiction`, `record-key-missing`, `record-key-unneeded`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_from_record(
    record: *const u8,
    record_len: usize,
    keys: *const *const samlcert_private_key,
    keys_len: usize,
    out: *mut *mut samlcert_application,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (record, out) = (array(record, record_len, "record")?, Output::at(out, "out")?);
            let keys = private_keys(keys, keys_len)?;
            out.give(samlcert_application::new(Application::from_record(read_record(record)?, keys)?));
            Ok(())
        })
    }
}

/// An application from all of its events as JSON (`samlcert_application_events_json`), the first one first, and its
/// private keys, in any order. The keys are shared.
///
/// Owner: the caller, who frees `*out` with `samlcert_application_free`.
/// Errors: `record-sequence`, `record-event`; those of `samlcert_application_from_record`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_from_events(
    events: *const u8,
    events_len: usize,
    keys: *const *const samlcert_private_key,
    keys_len: usize,
    out: *mut *mut samlcert_application,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (events, out) = (array(events, events_len, "events")?, Output::at(out, "out")?);
            let keys = private_keys(keys, keys_len)?;
            let record = Record::replay(&read_log(events)?)?;
            out.give(samlcert_application::new(Application::from_record(record, keys)?));
            Ok(())
        })
    }
}

/// Frees an application; private keys that nothing else holds are wiped. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_free(application: *mut samlcert_application) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(application) }
}
