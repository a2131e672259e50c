//! Moments, periods and lengths of time. The caller gives the present moment; nothing here reads a clock.

mod civil;

use civil::{Civil, month_name};
use core::fmt;
use core::time::Duration;
use std::time::SystemTime;

/// A moment in UTC: seconds since 1970-01-01T00:00:00Z, negative before. Leap seconds are not counted.
///
/// The library reads no clock; the caller gives the present moment:
///
/// ```
/// use samlcert::UnixTime;
/// use std::time::SystemTime;
///
/// let now = UnixTime::try_from(SystemTime::now())?;
/// assert!(now.to_string().ends_with('Z'));
/// # Ok::<(), samlcert::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime(pub i64);

/// Rounds down to the whole second.
///
/// # Errors
/// [`TimeError`] if the seconds since 1970 do not fit into 64 bits, which cannot happen on Linux, macOS and Windows.
impl TryFrom<SystemTime> for UnixTime {
    type Error = TimeError;

    fn try_from(time: SystemTime) -> Result<Self, TimeError> {
        let seconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).ok(),
            Err(before) => seconds_before_1970(before.duration()),
        };
        seconds.map(Self).ok_or(TimeError)
    }
}

/// Rounds down to the whole second.
fn seconds_before_1970(before: Duration) -> Option<i64> {
    let part = i64::from(before.subsec_nanos() > 0);
    0_i64.checked_sub_unsigned(before.as_secs())?.checked_sub(part)
}

/// A moment that [`UnixTime`] cannot count: the seconds from 1970 to it do not fit into 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the seconds from 1970 to this time do not fit into 64 bits")]
pub struct TimeError;

/// A period that includes both of its ends (RFC 5280, section 4.1.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Validity {
    not_before: UnixTime,
    not_after: UnixTime,
}

impl Validity {
    /// The period from `not_before` to `not_after`; `None` if it ends before it begins.
    #[must_use]
    pub fn new(not_before: UnixTime, not_after: UnixTime) -> Option<Self> {
        (not_before <= not_after).then_some(Self { not_before, not_after })
    }

    /// The first moment.
    #[must_use]
    pub const fn not_before(self) -> UnixTime {
        self.not_before
    }

    /// The last moment.
    #[must_use]
    pub const fn not_after(self) -> UnixTime {
        self.not_after
    }

    /// Returns true if the moment is within the period.
    #[must_use]
    pub fn contains(self, moment: UnixTime) -> bool {
        self.not_before <= moment && moment <= self.not_after
    }
}

impl UnixTime {
    /// Reads an ASN.1 `UTCTime` in the one form that DER allows, `YYMMDDHHMMSSZ`: years 1950–2049
    /// (RFC 5280, section 4.1.2.5.1).
    pub(crate) fn from_utc_time(content: &[u8]) -> Option<Self> {
        let (year, rest) = content.split_at_checked(2)?;
        let year = decimal(year)?;
        Self::from_fields(if year < 50 { year.checked_add(2000)? } else { year.checked_add(1900)? }, rest)
    }

    /// Reads an ASN.1 `GeneralizedTime` in the form of RFC 5280, section 4.1.2.5.2: `YYYYMMDDHHMMSSZ`.
    pub(crate) fn from_generalized_time(content: &[u8]) -> Option<Self> {
        let (year, rest) = content.split_at_checked(4)?;
        Self::from_fields(decimal(year)?, rest)
    }

    /// The date in words, as in "12 May 2026" (UTC); outside the years 0–9999, what `Display` writes.
    #[must_use]
    pub fn to_date(self) -> String {
        match Civil::from_unix(self.0) {
            Some(Civil { year: year @ 0..=9999, month, day, .. }) => format!("{day} {} {year}", month_name(month)),
            _ => self.to_string(),
        }
    }

    /// The same date and time of day so many years later; 28 February for 29 February unless that is a leap year. `None` if the
    /// seconds do not fit into 64 bits.
    #[must_use]
    pub fn checked_add_years(self, years: u16) -> Option<Self> {
        Civil::from_unix(self.0)?.checked_add_years(years.into())?.to_unix().map(Self)
    }

    /// The moment of a year and the rest of an ASN.1 time, `MMDDHHMMSSZ`.
    fn from_fields(year: i64, rest: &[u8]) -> Option<Self> {
        let (digits, b"Z") = rest.split_at_checked(10)? else { return None };
        let mut fields = [0i64; 5];
        for (field, pair) in fields.iter_mut().zip(digits.chunks_exact(2)) {
            *field = decimal(pair)?;
        }
        let [month, day, hour, minute, second] = fields;
        Civil::new(year, month, day, [hour, minute, second])?.to_unix().map(Self)
    }
}

/// The number that decimal digits spell.
fn decimal(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0i64, |value, &digit| {
        digit.is_ascii_digit().then_some(())?;
        value.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0')))
    })
}

/// RFC 3339 in UTC, as in `2026-11-24T09:55:06Z`; outside the years 0–9999, the seconds, as in `@-99999999999`.
impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Civil::from_unix(self.0) {
            Some(Civil { year: year @ 0..=9999, month, day, second_of_day }) => {
                let (hour, minute) = (second_of_day.div_euclid(3600), second_of_day.div_euclid(60).rem_euclid(60));
                let second = second_of_day.rem_euclid(60);
                write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
            }
            _ => write!(f, "@{}", self.0),
        }
    }
}

/// A length of time in whole seconds. `Display` writes it in words: `12 days`, `23 hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeSpan(pub u64);

impl TimeSpan {
    /// The time from one moment to another; 0 if the other is not later.
    #[must_use]
    pub const fn between(from: UnixTime, to: UnixTime) -> Self {
        Self(if from.0 < to.0 { to.0.abs_diff(from.0) } else { 0 })
    }
}

/// Written in the largest unit (days, hours, minutes, seconds) of which there are at least two, rounded down. So a day and a
/// half is `36 hours`, and less than a day never shows as a day.
impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
        let counts = units.map(|(unit, name)| (self.0.div_euclid(unit), name));
        match counts.into_iter().find(|(count, _)| *count > 1) {
            Some((count, name)) => write!(f, "{count} {name}"),
            None if self.0 == 1 => f.write_str("1 second"),
            None => write!(f, "{} seconds", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A `GeneralizedTime`, the seconds, the text.
    const MOMENTS: [(&[u8], i64, &str); 12] = [
        (b"00000101000000Z", -62_167_219_200, "0000-01-01T00:00:00Z"),
        (b"00001231235959Z", -62_135_596_801, "0000-12-31T23:59:59Z"),
        (b"19000228235959Z", -2_203_891_201, "1900-02-28T23:59:59Z"),
        (b"19500101000000Z", -631_152_000, "1950-01-01T00:00:00Z"),
        (b"19691231235959Z", -1, "1969-12-31T23:59:59Z"),
        (b"19700101000000Z", 0, "1970-01-01T00:00:00Z"),
        (b"20000229120000Z", 951_825_600, "2000-02-29T12:00:00Z"),
        (b"20380119031408Z", 2_147_483_648, "2038-01-19T03:14:08Z"),
        (b"20491231235959Z", 2_524_607_999, "2049-12-31T23:59:59Z"),
        (b"20500101000000Z", 2_524_608_000, "2050-01-01T00:00:00Z"),
        (b"21000301000000Z", 4_107_542_400, "2100-03-01T00:00:00Z"),
        (b"99991231235959Z", 253_402_300_799, "9999-12-31T23:59:59Z"),
    ];

    #[test]
    fn generalized_time() {
        for (content, seconds, text) in MOMENTS {
            let time = UnixTime::from_generalized_time(content);
            assert_eq!(time, Some(UnixTime(seconds)), "{text}");
            assert_eq!(UnixTime(seconds).to_string(), text);
            let day = text[8..10].trim_start_matches('0');
            assert!(UnixTime(seconds).to_date().starts_with(&format!("{day} ")), "{text}");
        }
    }

    /// No system has a clock with which a test could ask for the last of them.
    #[test]
    fn seconds_before_1970_count_down() {
        let table = [
            (Duration::ZERO, Some(0)),
            (Duration::from_nanos(1), Some(-1)),
            (Duration::from_secs(1), Some(-1)),
            (Duration::new(1, 1), Some(-2)),
            (Duration::new((1 << 63) - 1, 1), Some(i64::MIN)),
            (Duration::from_secs(1 << 63), Some(i64::MIN)),
            (Duration::new(1 << 63, 1), None),
            (Duration::MAX, None),
        ];
        for (before, expected) in table {
            assert_eq!(seconds_before_1970(before), expected, "{before:?}");
        }
    }

    #[test]
    fn utc_time_is_of_1950_to_2049() {
        for (content, text) in [
            (b"500101000000Z", "1950-01-01T00:00:00Z"),
            (b"991231235959Z", "1999-12-31T23:59:59Z"),
            (b"000229000000Z", "2000-02-29T00:00:00Z"),
            (b"491231235959Z", "2049-12-31T23:59:59Z"),
        ] {
            assert_eq!(UnixTime::from_utc_time(content).unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for content in [
            "",
            "Z",
            "2001010000Z",
            "200101000000",
            "200101000000+0000",
            "200101000000z",
            "20010100000Z",
            "2001010000000Z",
            "200101000000ZZ",
            " 00101000000Z",
            "+00101000000Z",
            "200001000000Z",
            "201301000000Z",
            "200100000000Z",
            "200132000000Z",
            "200431000000Z",
            "200230000000Z",
            "210229000000Z",
            "200101240000Z",
            "200101006000Z",
            "200101000060Z",
        ] {
            assert_eq!(UnixTime::from_utc_time(content.as_bytes()), None, "{content}");
            let long = format!("20{content}");
            assert_eq!(UnixTime::from_generalized_time(long.as_bytes()), None, "{long}");
        }
        for content in ["20200101000000.5Z", "19000229000000Z", "21000229000000Z", "٢٠٢٠0101000000Z"] {
            assert_eq!(UnixTime::from_generalized_time(content.as_bytes()), None, "{content}");
        }
    }

    #[test]
    fn years_are_of_the_calendar() {
        for (from, years, to) in [
            ("20261124095506Z", 5, "2031-11-24T09:55:06Z"),
            ("20261124095506Z", 0, "2026-11-24T09:55:06Z"),
            ("20240229235959Z", 1, "2025-02-28T23:59:59Z"),
            ("20240229235959Z", 4, "2028-02-29T23:59:59Z"),
            ("20960229000000Z", 4, "2100-02-28T00:00:00Z"),
            ("19690228000000Z", 3, "1972-02-28T00:00:00Z"),
            ("19991231235959Z", 8000, "9999-12-31T23:59:59Z"),
        ] {
            let time = UnixTime::from_generalized_time(from.as_bytes()).unwrap();
            assert_eq!(time.checked_add_years(years).unwrap().to_string(), to, "{from} + {years}");
        }
        for extreme in [i64::MAX, i64::MAX - 1_000_000_000_000] {
            assert_eq!(UnixTime(extreme).checked_add_years(u16::MAX), None);
        }
        assert!(UnixTime(i64::MIN).checked_add_years(1).is_none_or(|time| time > UnixTime(i64::MIN)));
    }

    #[test]
    fn shows_any_moment() {
        for (seconds, text) in [
            (-62_167_219_201, "@-62167219201"),
            (253_402_300_800, "@253402300800"),
            (i64::MIN, "@-9223372036854775808"),
            (i64::MAX, "@9223372036854775807"),
        ] {
            assert_eq!(UnixTime(seconds).to_string(), text);
        }
    }

    #[test]
    fn time_spans_in_words() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (119, "119 seconds"),
            (120, "2 minutes"),
            (7_199, "119 minutes"),
            (7_200, "2 hours"),
            (86_399, "23 hours"),
            (86_400, "24 hours"),
            (129_600, "36 hours"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
            (604_799, "6 days"),
            (5_184_000, "60 days"),
            (u64::MAX, "213503982334601 days"),
        ] {
            assert_eq!(TimeSpan(seconds).to_string(), words);
        }
    }

    #[test]
    fn time_spans_go_forward() {
        for (from, to, seconds) in [(5, 9, 4), (5, 5, 0), (9, 5, 0), (-3, 3, 6), (i64::MIN, i64::MAX, u64::MAX)] {
            assert_eq!(TimeSpan::between(UnixTime(from), UnixTime(to)), TimeSpan(seconds), "{from} to {to}");
        }
    }

    #[test]
    fn validity_includes_its_ends() {
        let validity = Validity::new(UnixTime(5), UnixTime(7)).unwrap();
        assert_eq!([4, 5, 7, 8].map(|second| validity.contains(UnixTime(second))), [false, true, true, false]);
        assert!(Validity::new(UnixTime(5), UnixTime(5)).is_some());
        assert!(Validity::new(UnixTime(5), UnixTime(4)).is_none());
    }
}
