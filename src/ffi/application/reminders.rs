//! When to remind of the end of what signs.

use super::super::argument::object;
use super::super::failure::{samlcert_error, samlcert_status};
use super::super::guard::guard;
use super::super::output::{Buffer, Output};
use super::super::schedule::{samlcert_reminder, samlcert_schedule, write_found};
use super::samlcert_application;
use crate::schedule::Window;
use crate::time::UnixTime;

/// Writes the reminders of the active certificate that are due later than `after`, up to and including `until`, in
/// chronological order. There are at most 32.
///
/// Errors: `buffer-too-small`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_reminders(
    application: *const samlcert_application,
    schedule: *const samlcert_schedule,
    after: i64,
    until: i64,
    out: *mut samlcert_reminder,
    cap: usize,
    needed: *mut usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let schedule = object(schedule, "schedule")?;
            let out = Buffer::at(out, cap, needed)?;
            let window = Window::new(UnixTime(after), UnixTime(until));
            out.write(application.record().reminders(&schedule.0, window).into_iter().map(Into::into))?;
            Ok(())
        })
    }
}

/// The most urgent of them. After a gap, send only this one. If there is none, `*found` is false and `*out` is
/// unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_catch_up(
    application: *const samlcert_application,
    schedule: *const samlcert_schedule,
    after: i64,
    until: i64,
    out: *mut samlcert_reminder,
    found: *mut bool,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let schedule = object(schedule, "schedule")?;
            let out = Output::at(out, "out")?;
            let found = Output::at(found, "found")?;
            let window = Window::new(UnixTime(after), UnixTime(until));
            write_found(out, found, application.record().catch_up(&schedule.0, window));
            Ok(())
        })
    }
}

/// The first reminder of the active certificate later than `moment`. If there is none, `*found` is false and `*out` is
/// unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_application_next_reminder(
    application: *const samlcert_application,
    schedule: *const samlcert_schedule,
    moment: i64,
    out: *mut samlcert_reminder,
    found: *mut bool,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let application = object(application, "application")?;
            let schedule = object(schedule, "schedule")?;
            let out = Output::at(out, "out")?;
            let found = Output::at(found, "found")?;
            write_found(out, found, application.record().next_reminder(&schedule.0, UnixTime(moment)));
            Ok(())
        })
    }
}
