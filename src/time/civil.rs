//! The Gregorian calendar: dates and times of day, counted from and to seconds since 1970.

const SECONDS_PER_DAY: i64 = 86_400;

/// A date and a time of day of the Gregorian calendar.
#[derive(Clone, Copy)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) second_of_day: i64,
}

/// The English name of a month.
pub(super) const fn month_name(month: i64) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

const fn is_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The calendar is computed in years that begin in March, so that the leap day is the last of its year.
const DAYS_FROM_MARCH_0000_TO_1970: i64 = 719_468;

impl Civil {
    /// A date and a time of day; `None` if the calendar does not have it. Leap seconds are refused.
    pub(super) fn new(year: i64, month: i64, day: i64, [hour, minute, second]: [i64; 3]) -> Option<Self> {
        let is_date = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        let is_time = hour < 24 && minute < 60 && second < 60;
        let second_of_day = hour.checked_mul(3600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
        (is_date && is_time).then_some(Self { year, month, day, second_of_day })
    }

    /// The same date so many years later; 28 February for 29 February unless that is a leap year.
    pub(super) fn checked_add_years(self, years: i64) -> Option<Self> {
        let year = self.year.checked_add(years)?;
        Some(Self { year, day: self.day.min(days_in_month(year, self.month)), ..self })
    }

    /// The seconds since 1970; `None` if they do not fit into 64 bits.
    pub(super) fn to_unix(self) -> Option<i64> {
        let march_month = self.month.checked_add(9)?.rem_euclid(12);
        let march_year = if self.month > 2 { self.year } else { self.year.checked_sub(1)? };
        let days = march_year
            .checked_mul(365)?
            .checked_add(march_year.div_euclid(4))?
            .checked_sub(march_year.div_euclid(100))?
            .checked_add(march_year.div_euclid(400))?
            .checked_add(march_month.checked_mul(153)?.checked_add(2)?.div_euclid(5))?
            .checked_add(self.day.checked_sub(1)?)?
            .checked_sub(DAYS_FROM_MARCH_0000_TO_1970)?;
        days.checked_mul(SECONDS_PER_DAY)?.checked_add(self.second_of_day)
    }

    /// The date of so many seconds since 1970; `None` if the arithmetic overflows.
    pub(super) fn from_unix(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(SECONDS_PER_DAY).checked_add(DAYS_FROM_MARCH_0000_TO_1970)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = day_of_era
            .checked_sub(day_of_era.div_euclid(1460))?
            .checked_add(day_of_era.div_euclid(36_524))?
            .checked_sub(day_of_era.div_euclid(146_096))?
            .div_euclid(365);
        let day_of_year = day_of_era
            .checked_sub(year_of_era.checked_mul(365)?)?
            .checked_sub(year_of_era.div_euclid(4))?
            .checked_add(year_of_era.div_euclid(100))?;
        let march_month = day_of_year.checked_mul(5)?.checked_add(2)?.div_euclid(153);
        let month = march_month.checked_add(2)?.rem_euclid(12).checked_add(1)?;
        let year = era.checked_mul(400)?.checked_add(year_of_era)?.checked_add(i64::from(month <= 2))?;
        let day =
            day_of_year.checked_sub(march_month.checked_mul(153)?.checked_add(2)?.div_euclid(5))?.checked_add(1)?;
        Some(Self { year, month, day, second_of_day: seconds.rem_euclid(SECONDS_PER_DAY) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day after day through two of the calendar's cycles of 400 years.
    #[test]
    fn counts_every_day() {
        let mut date = (1600, 1, 1);
        for day in -135_140..157_054 {
            let (year, month, of_month) = date;
            let time = day * SECONDS_PER_DAY;
            let civil = Civil::from_unix(time).unwrap();
            assert_eq!((civil.year, civil.month, civil.day, civil.second_of_day), (year, month, of_month, 0));
            assert_eq!(civil.to_unix(), Some(time));
            date = match date {
                (year, month, day) if day < days_in_month(year, month) => (year, month, day + 1),
                (year, 12, _) => (year + 1, 1, 1),
                (year, month, _) => (year, month + 1, 1),
            };
        }
        assert_eq!(date, (2400, 1, 1));
    }
}
