//! Reminders that are due, and the whole schedule, as JSON.

use crate::application::Record;
use crate::schedule::{self, ExpirySchedule};
use crate::time::Validity;
use serde::Serialize;

/// What is due, as `samlcert remind` prints it: `{"reminders":[{"id":s,"threshold_s":n,"at":unix,"not_after":unix,`
/// `"sha256":hex}]}`, with the certificate that signs.
#[derive(Clone, Debug, Serialize)]
pub struct Reminders {
    reminders: Vec<Reminder>,
}

impl Reminders {
    /// In the order given.
    #[must_use]
    pub const fn new(reminders: Vec<Reminder>) -> Self {
        Self { reminders }
    }
}

/// A reminder of [`Reminders`].
#[derive(Clone, Debug, Serialize)]
pub struct Reminder {
    id: String,
    threshold_s: u32,
    at: i64,
    not_after: i64,
    sha256: String,
}

impl Reminder {
    /// Of a reminder of this application; `None` if nothing signs there.
    #[must_use]
    pub fn new(record: &Record, reminder: &schedule::Reminder) -> Option<Self> {
        let active = record.active()?;
        Some(Self {
            id: record.id().as_str().to_owned(),
            threshold_s: reminder.threshold_s,
            at: reminder.at.0,
            not_after: active.certificate().validity().not_after().0,
            sha256: active.sha256().to_hex(),
        })
    }
}

/// All reminders of a certificate, in the order of time: `{"not_before":unix,"not_after":unix,"thresholds_s":[n],`
/// `"reminders":[{"threshold_s":n,"at":unix}]}`, the longest threshold first.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule {
    not_before: i64,
    not_after: i64,
    thresholds_s: Vec<u32>,
    reminders: Vec<Moment>,
}

#[derive(Clone, Debug, Serialize)]
struct Moment {
    threshold_s: u32,
    at: i64,
}

impl Schedule {
    /// Of a schedule and the validity of a certificate.
    #[must_use]
    pub fn new(schedule: &ExpirySchedule, validity: Validity) -> Self {
        let reminders = schedule.reminders(validity);
        Self {
            not_before: validity.not_before().0,
            not_after: validity.not_after().0,
            thresholds_s: schedule.thresholds_s().to_vec(),
            reminders: reminders.map(|it| Moment { threshold_s: it.threshold_s, at: it.at.0 }).collect(),
        }
    }
}
