//! Conversions to and from types of `time`.

use time::OffsetDateTime;
use time::error::ComponentRange;

use crate::time::UnixTime;

/// The moment in `time`, in UTC (feature `time`).
///
/// ```
/// use samlcert::UnixTime;
/// use time::OffsetDateTime;
///
/// let date_time = OffsetDateTime::try_from(UnixTime(1_795_514_106))?;
/// assert_eq!((date_time.year(), date_time.hour(), date_time.second()), (2026, 9, 6));
/// # Ok::<(), time::error::ComponentRange>(())
/// ```
///
/// # Errors
/// [`ComponentRange`] outside the years −9999 to 9999, or −999,999 to 999,999 where a crate of the build switches on
/// the feature `large-dates` of `time`.
impl TryFrom<UnixTime> for OffsetDateTime {
    type Error = ComponentRange;

    fn try_from(time: UnixTime) -> Result<Self, ComponentRange> {
        Self::from_unix_timestamp(time.0)
    }
}

/// The last whole second that is not after the moment (feature `time`).
///
/// ```
/// use samlcert::UnixTime;
/// use time::OffsetDateTime;
///
/// let date_time = OffsetDateTime::from_unix_timestamp_nanos(1_795_514_106_900_000_000)?;
/// assert_eq!(UnixTime::from(date_time), UnixTime(1_795_514_106));
/// # Ok::<(), time::error::ComponentRange>(())
/// ```
impl From<OffsetDateTime> for UnixTime {
    fn from(date_time: OffsetDateTime) -> Self {
        Self(date_time.unix_timestamp())
    }
}
