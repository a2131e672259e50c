//! Conversions to and from types of `jiff`.

use jiff::Timestamp;

use crate::time::UnixTime;

/// The moment in `jiff` (feature `jiff`).
///
/// ```
/// use jiff::Timestamp;
/// use samlcert::UnixTime;
///
/// let timestamp = Timestamp::try_from(UnixTime(1_795_514_106))?;
/// assert_eq!(timestamp.to_string(), "2026-11-24T09:55:06Z");
/// # Ok::<(), jiff::Error>(())
/// ```
///
/// # Errors
/// [`jiff::Error`] outside [`Timestamp::MIN`] to [`Timestamp::MAX`], 9999-12-30T22:00:00Z. So the end 9999-12-31T23:59:59Z of
/// certificates that never expire (RFC 5280, section 4.1.2.5) is refused.
impl TryFrom<UnixTime> for Timestamp {
    type Error = jiff::Error;

    fn try_from(time: UnixTime) -> Result<Self, jiff::Error> {
        Self::from_second(time.0)
    }
}

/// The last whole second that is not after the moment (feature `jiff`).
///
/// ```
/// use jiff::Timestamp;
/// use samlcert::UnixTime;
///
/// let time = UnixTime::from("2026-11-24T09:55:06.9Z".parse::<Timestamp>()?);
/// assert_eq!(time, UnixTime(1_795_514_106));
/// # Ok::<(), jiff::Error>(())
/// ```
impl From<Timestamp> for UnixTime {
    fn from(timestamp: Timestamp) -> Self {
        // Before 1970 jiff counts the parts of a second downwards, from the second after the moment.
        let part = i64::from(timestamp.subsec_nanosecond() < 0);
        Self(timestamp.as_second().saturating_sub(part))
    }
}
