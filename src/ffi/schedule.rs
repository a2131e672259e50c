//! Schedules of reminders, for C.

use super::argument::{array, object};
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::guard::{guard, guard_free};
use super::output::{Buffer, Output};
use crate::error_code::ErrorCode;
use crate::schedule::{ExpirySchedule, Reminder, Window};
use crate::time::{UnixTime, Validity};

/// When to remind that a certificate expires. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_schedule(pub(super) ExpirySchedule);

/// A reminder that a certificate expires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct samlcert_reminder {
    /// When it is due, in seconds since 1970, UTC.
    pub at: i64,
    /// How many seconds that is before the last moment of the certificate.
    pub threshold_s: i64,
}

impl From<Reminder> for samlcert_reminder {
    fn from(reminder: Reminder) -> Self {
        Self { at: reminder.at.0, threshold_s: reminder.threshold_s.into() }
    }
}

/// Writes a reminder if there is one, and whether there is.
pub(super) fn write_found(out: Output<samlcert_reminder>, found: Output<bool>, reminder: Option<Reminder>) {
    found.write(reminder.is_some());
    if let Some(reminder) = reminder {
        out.write(reminder.into());
    }
}

fn validity(not_before: i64, not_after: i64) -> Result<Validity, Failure> {
    Validity::new(UnixTime(not_before), UnixTime(not_after))
        .ok_or_else(|| Failure::new(ErrorCode::ValidityInverted, "`not_after` is earlier than `not_before`"))
}

/// The default schedule: 60 days, 30 days, 7 days and 24 hours before a certificate expires.
///
/// Owner: the caller, who frees `*out` with `samlcert_schedule_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_usual(
    out: *mut *mut samlcert_schedule,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let out = Output::at(out, "out")?;
            out.give(samlcert_schedule(ExpirySchedule::default()));
            Ok(())
        })
    }
}

/// A schedule of 1 to 32 thresholds, in seconds before the certificate expires, in any order.
///
/// Owner: the caller, who frees `*out` with `samlcert_schedule_free`.
/// Errors: `no-thresholds`, `too-many-thresholds`, `threshold-zero`, `threshold-too-long`, `threshold-repeated`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_new(
    thresholds_s: *const u32,
    thresholds_len: usize,
    out: *mut *mut samlcert_schedule,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (thresholds_s, out) = (array(thresholds_s, thresholds_len, "thresholds_s")?, Output::at(out, "out")?);
            out.give(samlcert_schedule(ExpirySchedule::new(thresholds_s)?));
            Ok(())
        })
    }
}

/// Frees a schedule. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_free(schedule: *mut samlcert_schedule) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(schedule) }
}

/// Writes the thresholds, in seconds before the certificate expires, the longest first, into a buffer for `cap` of
/// them. There are at most 32.
///
/// Errors: `buffer-too-small`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_thresholds(
    schedule: *const samlcert_schedule,
    out: *mut u32,
    cap: usize,
    needed: *mut usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (schedule, out) = (object(schedule, "schedule")?, Buffer::at(out, cap, needed)?);
            out.write(schedule.0.thresholds_s().iter().copied())
        })
    }
}

/// Writes every reminder for a certificate of this validity, in chronological order, into a buffer for `cap` of them.
/// There are at most 32.
///
/// Errors: `validity-inverted`, `buffer-too-small`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_reminders(
    schedule: *const samlcert_schedule,
    not_before: i64,
    not_after: i64,
    out: *mut samlcert_reminder,
    cap: usize,
    needed: *mut usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (schedule, out) = (object(schedule, "schedule")?, Buffer::at(out, cap, needed)?);
            out.write(schedule.0.reminders(validity(not_before, not_after)?).map(Into::into))
        })
    }
}

/// Writes the reminders that are due later than `after`, up to and including `until`, in chronological order. Pass the
/// `until` of the last run as `after`, and each reminder is due exactly once. If `until` is not later than `after`,
/// nothing is due.
///
/// Errors: `validity-inverted`, `buffer-too-small`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_due(
    schedule: *const samlcert_schedule,
    not_before: i64,
    not_after: i64,
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
            let (schedule, out) = (object(schedule, "schedule")?, Buffer::at(out, cap, needed)?);
            let window = Window::new(UnixTime(after), UnixTime(until));
            out.write(schedule.0.due(validity(not_before, not_after)?, window).map(Into::into))?;
            Ok(())
        })
    }
}

/// The first reminder later than `moment`: when to check this certificate again. If there is none, `*found` is false
/// and `*out` is unchanged.
///
/// Errors: `validity-inverted`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_next_after(
    schedule: *const samlcert_schedule,
    not_before: i64,
    not_after: i64,
    moment: i64,
    out: *mut samlcert_reminder,
    found: *mut bool,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let schedule = object(schedule, "schedule")?;
            let out = Output::at(out, "out")?;
            let found = Output::at(found, "found")?;
            write_found(out, found, schedule.0.next_after(validity(not_before, not_after)?, UnixTime(moment)));
            Ok(())
        })
    }
}

/// The most urgent of the reminders that are due later than `after`, up to and including `until`. After a gap, send
/// only this one. If there is none, `*found` is false and `*out` is unchanged.
///
/// Errors: `validity-inverted`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_schedule_catch_up(
    schedule: *const samlcert_schedule,
    not_before: i64,
    not_after: i64,
    after: i64,
    until: i64,
    out: *mut samlcert_reminder,
    found: *mut bool,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let schedule = object(schedule, "schedule")?;
            let out = Output::at(out, "out")?;
            let found = Output::at(found, "found")?;
            let window = Window::new(UnixTime(after), UnixTime(until));
            write_found(out, found, schedule.0.catch_up(validity(not_before, not_after)?, window));
            Ok(())
        })
    }
}
