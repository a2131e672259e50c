//! When to remind of the end of a certificate.

use crate::invariants;
use samlcert::limits::{MAX_THRESHOLD_S, MAX_THRESHOLDS};
use samlcert::{ErrorCode, ExpirySchedule, Reminder, ScheduleError, UnixTime, Validity, Window};

const DAY: i64 = 86_400;
const DAY_S: u32 = 86_400;

fn validity(not_before: i64, not_after: i64) -> Validity {
    Validity::new(UnixTime(not_before), UnixTime(not_after)).unwrap()
}

fn window(after: i64, until: i64) -> Window {
    Window::new(UnixTime(after), UnixTime(until))
}

fn reminder(threshold_s: u32, at: i64) -> Reminder {
    Reminder { threshold_s, at: UnixTime(at) }
}

fn thresholds(reminders: impl Iterator<Item = Reminder>) -> Vec<u32> {
    reminders.map(|reminder| reminder.threshold_s).collect()
}

#[test]
fn the_usual_thresholds_are_60_30_and_7_days_and_24_hours() {
    let schedule = ExpirySchedule::default();
    assert_eq!(schedule.thresholds_s(), [60 * DAY_S, 30 * DAY_S, 7 * DAY_S, 24 * 3_600]);
    let reminders: Vec<_> = schedule.reminders(validity(0, 100 * DAY)).collect();
    let expected = [
        reminder(60 * DAY_S, 40 * DAY),
        reminder(30 * DAY_S, 70 * DAY),
        reminder(7 * DAY_S, 93 * DAY),
        reminder(DAY_S, 99 * DAY),
    ];
    assert_eq!(reminders, expected);
}

#[test]
fn own_thresholds() {
    use ScheduleError::{NoThresholds, Repeated, TooLong, TooManyThresholds, Zero};
    let many = |count: u32| (1..=count).rev().collect::<Vec<u32>>();
    type Row = (&'static str, Vec<u32>, Result<Vec<u32>, ScheduleError>);
    let table: [Row; 14] = [
        ("one", vec![5], Ok(vec![5])),
        ("in order", vec![9, 5, 1], Ok(vec![9, 5, 1])),
        ("in another order", vec![5, 1, 9], Ok(vec![9, 5, 1])),
        ("32", many(32), Ok(many(32))),
        ("the shortest and the longest", vec![1, MAX_THRESHOLD_S], Ok(vec![MAX_THRESHOLD_S, 1])),
        ("none", vec![], Err(NoThresholds)),
        ("33", many(33), Err(TooManyThresholds { count: 33 })),
        ("33 bad ones", vec![0; 33], Err(TooManyThresholds { count: 33 })),
        ("zero", vec![5, 0], Err(Zero)),
        ("two zeros", vec![0, 0], Err(Zero)),
        ("too long", vec![5, MAX_THRESHOLD_S + 1], Err(TooLong { threshold_s: MAX_THRESHOLD_S + 1 })),
        ("too long, then zero", vec![u32::MAX, 0], Err(TooLong { threshold_s: u32::MAX })),
        ("one twice", vec![5, 9, 5], Err(Repeated { threshold_s: 5 })),
        ("two twice", vec![5, 9, 9, 5], Err(Repeated { threshold_s: 9 })),
    ];
    for (name, given, expected) in table {
        let schedule = ExpirySchedule::new(&given).map(|schedule| schedule.thresholds_s().to_vec());
        assert_eq!(schedule, expected, "{name}");
    }
    assert_eq!(many(32).len(), MAX_THRESHOLDS);
}

#[test]
fn errors_have_codes_and_say_what_to_do() {
    let table = [
        (ScheduleError::NoThresholds, ErrorCode::NoThresholds, "give 1 to 32"),
        (ScheduleError::TooManyThresholds { count: 40 }, ErrorCode::TooManyThresholds, "40 thresholds"),
        (ScheduleError::Zero, ErrorCode::ThresholdZero, "give at least 1 second"),
        (ScheduleError::TooLong { threshold_s: 4_000_000_000 }, ErrorCode::ThresholdTooLong, "4000000000 seconds"),
        (ScheduleError::Repeated { threshold_s: 60 }, ErrorCode::ThresholdRepeated, "give it once"),
    ];
    for (error, code, part) in table {
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(part), "{error}");
    }
}

/// A threshold counts if its moment is later than `not_before`.
#[test]
fn thresholds_that_the_certificate_never_had_are_dropped() {
    let table: [(&str, i64, i64, &[u32]); 7] = [
        ("begins a second before the longest", 0, 60 * DAY + 1, &[60, 30, 7, 1]),
        ("begins with the longest", 0, 60 * DAY, &[30, 7, 1]),
        ("of 25 days", 0, 25 * DAY, &[7, 1]),
        ("of a day and a second", 0, DAY + 1, &[1]),
        ("of a day", 0, DAY, &[]),
        ("of one moment", 7, 7, &[]),
        ("before 1970", -90 * DAY, -20 * DAY, &[60, 30, 7, 1]),
    ];
    for (name, not_before, not_after, days) in table {
        let given = thresholds(ExpirySchedule::default().reminders(validity(not_before, not_after)));
        assert_eq!(given, days.iter().map(|day| day * DAY_S).collect::<Vec<_>>(), "{name}");
    }
}

/// A certificate of a hundred days: the moments of its reminders are the days 40, 70, 93 and 99.
#[test]
fn windows_begin_after_a_moment_and_end_with_one() {
    let table: [(&str, i64, i64, &[u32]); 12] = [
        ("before all", 0, 40 * DAY - 1, &[]),
        ("ends with one", 0, 40 * DAY, &[60]),
        ("begins with one", 40 * DAY, 70 * DAY - 1, &[]),
        ("begins with one, ends with one", 40 * DAY, 70 * DAY, &[30]),
        ("one second", 70 * DAY - 1, 70 * DAY, &[30]),
        ("a gap", 41 * DAY, 94 * DAY, &[30, 7]),
        ("a gap beyond the end", 41 * DAY, 400 * DAY, &[30, 7, 1]),
        ("after the end", 100 * DAY, 400 * DAY, &[]),
        ("all of time", i64::MIN, i64::MAX, &[60, 30, 7, 1]),
        ("empty", 70 * DAY, 70 * DAY, &[]),
        ("ends before it begins", 70 * DAY + 1, 70 * DAY - 1, &[]),
        ("all of time, turned round", i64::MAX, i64::MIN, &[]),
    ];
    let schedule = ExpirySchedule::default();
    let validity = validity(0, 100 * DAY);
    for (name, after, until, days) in table {
        let expected: Vec<_> = days.iter().map(|day| day * DAY_S).collect();
        let window = window(after, until);
        assert_eq!(thresholds(schedule.due(validity, window)), expected, "{name}");
        let caught_up = schedule.catch_up(validity, window).map(|reminder| reminder.threshold_s);
        assert_eq!(caught_up, expected.last().copied(), "{name}: the most urgent one");
        assert_eq!(window.is_empty(), after >= until, "{name}");
        assert_eq!((window.after(), window.until()), (UnixTime(after), UnixTime(until)), "{name}");
        assert_eq!(window.contains(UnixTime(until)), !window.is_empty(), "{name}");
        assert!(!window.contains(UnixTime(after)), "{name}");
    }
}

#[test]
fn the_next_reminder_is_later_than_the_moment() {
    let table = [
        ("the beginning of time", i64::MIN, Some(60)),
        ("before all", 40 * DAY - 1, Some(60)),
        ("with the first", 40 * DAY, Some(30)),
        ("between two", 71 * DAY, Some(7)),
        ("a second before the last", 99 * DAY - 1, Some(1)),
        ("with the last", 99 * DAY, None),
        ("after the end", 101 * DAY, None),
        ("the end of time", i64::MAX, None),
    ];
    for (name, moment, days) in table {
        let next = ExpirySchedule::default().next_after(validity(0, 100 * DAY), UnixTime(moment));
        assert_eq!(next.map(|reminder| reminder.threshold_s), days.map(|day: u32| day * DAY_S), "{name}");
    }
}

#[test]
fn the_ends_of_time() {
    let schedule = ExpirySchedule::new(&[1, 10, MAX_THRESHOLD_S]).unwrap();
    let longest = i64::from(MAX_THRESHOLD_S);
    let table: [(&str, i64, i64, &[u32]); 6] = [
        ("all of time", i64::MIN, i64::MAX, &[MAX_THRESHOLD_S, 10, 1]),
        ("the first moment", i64::MIN, i64::MIN, &[]),
        ("the first two", i64::MIN, i64::MIN + 1, &[]),
        ("the first three", i64::MIN, i64::MIN + 2, &[1]),
        ("just long enough", i64::MIN, i64::MIN + longest + 1, &[MAX_THRESHOLD_S, 10, 1]),
        ("the last moments", i64::MAX - 10, i64::MAX, &[1]),
    ];
    for (name, not_before, not_after, expected) in table {
        let validity = validity(not_before, not_after);
        assert_eq!(thresholds(schedule.reminders(validity)), expected, "{name}");
        assert_eq!(thresholds(schedule.due(validity, window(i64::MIN, i64::MAX))), expected, "{name}: due");
    }
}

/// A program that runs at odd moments, with gaps and with a clock that is set back, and remembers its latest run.
#[test]
fn runs_at_any_moments_remind_of_each_threshold_once() {
    let schedule = ExpirySchedule::default();
    let validity = validity(0, 100 * DAY);
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let (mut last, mut told) = (0, Vec::new());
        while last < 101 * DAY {
            let now = last + dice.below(12 * DAY) - 2 * DAY;
            told.extend(schedule.due(validity, window(last, now)));
            last = last.max(now);
        }
        assert_eq!(told, schedule.reminders(validity).collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn cutting_a_window_changes_nothing() {
    for seed in 0..3_000 {
        let mut dice = Dice(seed);
        // Moments near each other, near the ends of time, or anywhere.
        let base = [0, 1_800_000_000, i64::MIN, i64::MAX, dice.any()][dice.index(5)];
        let span = [3, 100, 200 * DAY, 300 * 365 * DAY][dice.index(4)];
        let moments: [i64; 4] = std::array::from_fn(|_| base.saturating_add(dice.below(2 * span) - span));
        let (first, second) = (moments[0].min(moments[1]), moments[0].max(moments[1]));
        let count = 1 + dice.index(34);
        let thresholds = (0..count).map(|_| u32::try_from(1 + dice.below(span.min(4_000_000_000))).unwrap());
        let mut data: Vec<u8> =
            [first, second, moments[2], moments[3]].iter().flat_map(|it| it.to_le_bytes()).collect();
        data.extend(thresholds.flat_map(u32::to_le_bytes));
        invariants::schedule(&data);
    }
}

/// Numbers that look random and are the same in each run (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn any(&mut self) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) as i64
    }

    /// From 0 to one below the bound.
    fn below(&mut self, bound: i64) -> i64 {
        self.any().rem_euclid(bound)
    }

    fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.below(i64::try_from(count).unwrap())).unwrap()
    }
}
