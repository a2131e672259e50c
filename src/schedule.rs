//! When to remind that a certificate expires. It keeps no state: the caller asks with a window of time.

use crate::error_code::ErrorCode;
use crate::limits::{MAX_THRESHOLD_S, MAX_THRESHOLDS};
use crate::time::{UnixTime, Validity};

/// When to remind that a certificate expires: 1 to [`MAX_THRESHOLDS`] thresholds, each a number of seconds before
/// `not_after`.
///
/// It keeps no state: what is due depends only on the certificate's validity and on a [`Window`] of time. Let each
/// window begin where the one before it ended, and you get each reminder exactly once, however long the windows are.
///
/// ```
/// use samlcert::{ExpirySchedule, UnixTime, Validity, Window};
///
/// let schedule = ExpirySchedule::default();
/// let validity = Validity::new(UnixTime(0), UnixTime(100 * 86_400)).ok_or("inverted")?;
/// let (yesterday, today) = (UnixTime(69 * 86_400), UnixTime(70 * 86_400));
///
/// let due: Vec<_> = schedule.due(validity, Window::new(yesterday, today)).collect();
/// assert_eq!((due[0].threshold_s, due[0].at), (30 * 86_400, today));
/// assert_eq!(schedule.next_after(validity, today).map(|next| next.at), Some(UnixTime(93 * 86_400)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExpirySchedule {
    /// In seconds, the longest first, so that their moments are in chronological order; none twice.
    thresholds_s: Vec<u32>,
}

/// 60 days, 30 days, 7 days, 24 hours.
const DEFAULT_S: [u32; 4] = [5_184_000, 2_592_000, 604_800, 86_400];

/// 60 days, 30 days, 7 days and 24 hours before a certificate expires.
impl Default for ExpirySchedule {
    fn default() -> Self {
        Self { thresholds_s: DEFAULT_S.to_vec() }
    }
}

impl ExpirySchedule {
    /// A schedule of these thresholds, in seconds before `not_after`, in any order.
    ///
    /// # Errors
    /// [`ScheduleError::NoThresholds`] or [`ScheduleError::TooManyThresholds`] for too few or too many;
    /// [`ScheduleError::Zero`] or [`ScheduleError::TooLong`] for the first one that is out of range;
    /// [`ScheduleError::Repeated`] if one appears twice.
    pub fn new(thresholds_s: &[u32]) -> Result<Self, ScheduleError> {
        match thresholds_s.len() {
            0 => return Err(ScheduleError::NoThresholds),
            1..=MAX_THRESHOLDS => {}
            count => return Err(ScheduleError::TooManyThresholds { count }),
        }
        thresholds_s.iter().try_for_each(|&threshold_s| in_range(threshold_s))?;
        let mut sorted = thresholds_s.to_vec();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        let mut neighbours = sorted.iter().zip(sorted.iter().skip(1));
        match neighbours.find(|(one, next)| one == next) {
            Some((&threshold_s, _)) => Err(ScheduleError::Repeated { threshold_s }),
            None => Ok(Self { thresholds_s: sorted }),
        }
    }

    /// The thresholds in seconds before `not_after`, the longest first.
    #[must_use]
    pub fn thresholds_s(&self) -> &[u32] {
        &self.thresholds_s
    }

    /// Every reminder of a certificate, in chronological order, the most urgent one last.
    ///
    /// A threshold whose moment is at or before `not_before` gives none: the certificate was never valid for that long.
    #[must_use]
    pub fn reminders(&self, validity: Validity) -> impl DoubleEndedIterator<Item = Reminder> + Clone {
        self.thresholds_s.iter().filter_map(move |&threshold_s| Reminder::of(validity, threshold_s))
    }

    /// The reminders whose moment is in the window, in chronological order.
    #[must_use]
    pub fn due(&self, validity: Validity, window: Window) -> impl DoubleEndedIterator<Item = Reminder> + Clone {
        self.reminders(validity).filter(move |reminder| window.contains(reminder.at))
    }

    /// The first reminder after the moment: when to check this certificate again.
    #[must_use]
    pub fn next_after(&self, validity: Validity, moment: UnixTime) -> Option<Reminder> {
        self.reminders(validity).find(|reminder| moment < reminder.at)
    }

    /// The most urgent of the reminders that are due. After a gap in which several came due, send this one alone.
    #[must_use]
    pub fn catch_up(&self, validity: Validity, window: Window) -> Option<Reminder> {
        self.due(validity, window).next_back()
    }
}

const fn in_range(threshold_s: u32) -> Result<(), ScheduleError> {
    match threshold_s {
        0 => Err(ScheduleError::Zero),
        1..=MAX_THRESHOLD_S => Ok(()),
        _ => Err(ScheduleError::TooLong { threshold_s }),
    }
}

/// One reminder that a certificate expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reminder {
    /// How many seconds before `not_after` it is due.
    pub threshold_s: u32,
    /// The moment when it is due.
    pub at: UnixTime,
}

impl Reminder {
    fn of(validity: Validity, threshold_s: u32) -> Option<Self> {
        // A moment that 64 bits cannot count is before every `not_before`.
        let at = UnixTime(validity.not_after().0.checked_sub(i64::from(threshold_s))?);
        (validity.not_before() < at).then_some(Self { threshold_s, at })
    }
}

/// A period of time: later than one moment, up to and including another.
///
/// If the second moment is not later than the first (a clock was set back), the window is empty, and nothing is due in
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    after: UnixTime,
    until: UnixTime,
}

impl Window {
    /// Later than `after`, up to and including `until`.
    #[must_use]
    pub const fn new(after: UnixTime, until: UnixTime) -> Self {
        Self { after, until }
    }

    /// The moment after which it begins; it is not in the window.
    #[must_use]
    pub const fn after(self) -> UnixTime {
        self.after
    }

    /// The last moment of the window, unless it is empty.
    #[must_use]
    pub const fn until(self) -> UnixTime {
        self.until
    }

    /// Returns true if no moment is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.until <= self.after
    }

    /// Returns true if the moment is in it.
    #[must_use]
    pub fn contains(self, moment: UnixTime) -> bool {
        self.after < moment && moment <= self.until
    }
}

/// Why a list of thresholds cannot be a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScheduleError {
    /// The list is empty.
    #[error("a schedule without thresholds reminds of nothing: give 1 to {MAX_THRESHOLDS}")]
    NoThresholds,
    /// There are more than [`MAX_THRESHOLDS`].
    #[error("{count} thresholds are too many: give 1 to {MAX_THRESHOLDS}")]
    TooManyThresholds {
        /// How many there are.
        count: usize,
    },
    /// A threshold is 0 seconds, so that the reminder would come when the certificate expires.
    #[error("a threshold of 0 seconds reminds of nothing that can still be prevented: give at least 1 second")]
    Zero,
    /// A threshold is longer than [`MAX_THRESHOLD_S`].
    #[error("a threshold of {threshold_s} seconds is too long: give at most {MAX_THRESHOLD_S} (100 years)")]
    TooLong {
        /// The threshold in seconds.
        threshold_s: u32,
    },
    /// A threshold is in the list twice.
    #[error("the threshold of {threshold_s} seconds appears twice: give it once")]
    Repeated {
        /// The threshold in seconds.
        threshold_s: u32,
    },
}

impl ScheduleError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NoThresholds => ErrorCode::NoThresholds,
            Self::TooManyThresholds { .. } => ErrorCode::TooManyThresholds,
            Self::Zero => ErrorCode::ThresholdZero,
            Self::TooLong { .. } => ErrorCode::ThresholdTooLong,
            Self::Repeated { .. } => ErrorCode::ThresholdRepeated,
        }
    }
}
