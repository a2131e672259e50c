//! How long a new certificate is valid.

use super::IssueError;
use crate::time::{UnixTime, Validity};

/// How long a certificate is valid from the moment when it is made.
///
/// A year is a calendar year: a certificate made on 24 November 2026 for five years ends on 24 November 2031, at the
/// same time of day; one made on 29 February ends on 28 February if that year is not a leap year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lifetime {
    length: Length,
    back_dated_s: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Length {
    Days(u32),
    Years(u16),
}

impl Lifetime {
    /// The default lifetime.
    pub const FIVE_YEARS: Self = Self { length: Length::Years(5), back_dated_s: 0 };

    /// A number of calendar years.
    ///
    /// # Errors
    /// [`IssueError::NoLifetime`] for none.
    pub const fn years(years: u16) -> Result<Self, IssueError> {
        match years {
            0 => Err(IssueError::NoLifetime),
            years => Ok(Self { length: Length::Years(years), back_dated_s: 0 }),
        }
    }

    /// A number of days of 24 hours.
    ///
    /// # Errors
    /// [`IssueError::NoLifetime`] for none.
    pub const fn days(days: u32) -> Result<Self, IssueError> {
        match days {
            0 => Err(IssueError::NoLifetime),
            days => Ok(Self { length: Length::Days(days), back_dated_s: 0 }),
        }
    }

    /// Begins the lifetime this many seconds before the certificate is made, for service providers whose clocks are
    /// slow. The end stays as it is.
    #[must_use]
    pub const fn back_dated(self, seconds: u32) -> Self {
        Self { back_dated_s: seconds, ..self }
    }

    /// The validity of a certificate that is made at this moment.
    ///
    /// # Errors
    /// [`IssueError::Date`] outside the years 1950 to 9999.
    pub fn validity(self, now: UnixTime) -> Result<Validity, IssueError> {
        let not_before = UnixTime(now.0.saturating_sub(self.back_dated_s.into()));
        let not_after = match self.length {
            Length::Days(days) => Some(UnixTime(now.0.saturating_add(i64::from(days).saturating_mul(86_400)))),
            Length::Years(years) => now.checked_add_years(years),
        };
        let not_after = not_after.unwrap_or(UnixTime(i64::MAX));
        Validity::new(not_before, not_after)
            .filter(|_| FIRST <= not_before && not_after <= LAST)
            .ok_or(IssueError::Date { not_before, not_after })
    }
}

/// 1950-01-01T00:00:00Z.
const FIRST: UnixTime = UnixTime(-631_152_000);
/// 9999-12-31T23:59:59Z.
const LAST: UnixTime = UnixTime(253_402_300_799);
