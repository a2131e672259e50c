//! Draws a rotation: when each certificate is valid, today, and the reminders.

use crate::page;
use samlcert::application::{PlacedCertificate, Record, Role};
use samlcert::{ExpirySchedule, Reminder, TimeSpan, UnixTime};

/// The width of the time axis, in columns.
const WIDTH: usize = 64;
/// The width of the names before it.
const MARGIN: usize = 13;

/// The period that the drawing shows.
struct Axis {
    begin: UnixTime,
    end: UnixTime,
}

/// The drawing; `None` if all certificates are former ones.
pub(super) fn draw(record: &Record, now: UnixTime) -> Option<String> {
    let certificates = record.certificates();
    let rows: Vec<_> = certificates.into_iter().filter(|(role, _)| !matches!(role, Role::Former(_))).collect();
    let validities = rows.iter().map(|(_, placed)| placed.certificate().validity());
    let begin = validities.clone().map(|validity| validity.not_before()).min()?.min(now);
    let axis = Axis { begin, end: validities.map(|validity| validity.not_after()).max()?.max(now) };
    let reminders = reminders(record, now);
    let mut lines = vec![heading(&axis)];
    lines.extend(rows.iter().map(|(role, placed)| {
        let marks = if *role == Role::Active { reminders.as_slice() } else { &[] };
        format!("{:MARGIN$}{}", format!("  {}", role.as_str()), bar(&axis, placed, now, marks))
    }));
    lines.push(format!("{:1$}▲ today, {now}", "", MARGIN.saturating_add(axis.column(now))));
    lines.extend(reminders.iter().map(|reminder| {
        let before = TimeSpan(reminder.threshold_s.into());
        format!("{:MARGIN$}! {before} before it expires: {}", "", page::moment(reminder.at, now))
    }));
    Some(lines.into_iter().map(|line| format!("{}\n", line.trim_end())).collect())
}

/// The reminders of the active certificate that are still to come.
pub(crate) fn reminders(record: &Record, now: UnixTime) -> Vec<Reminder> {
    let schedule = ExpirySchedule::default();
    let first = record.next_reminder(&schedule, now);
    std::iter::successors(first, |reminder| record.next_reminder(&schedule, reminder.at)).collect()
}

fn heading(axis: &Axis) -> String {
    let day = |moment: UnixTime| moment.to_string().split('T').next().unwrap_or_default().to_owned();
    format!("{:MARGIN$}{:<WIDTH$}{}", "  UTC", day(axis.begin), day(axis.end))
}

/// `├━━━━───!─!┤`: the past is drawn heavy, and `!` marks a reminder.
fn bar(axis: &Axis, placed: &PlacedCertificate, now: UnixTime, reminders: &[Reminder]) -> String {
    let validity = placed.certificate().validity();
    let (from, until, today) =
        (axis.column(validity.not_before()), axis.column(validity.not_after()), axis.column(now));
    let marks: Vec<usize> = reminders.iter().map(|reminder| axis.column(reminder.at)).collect();
    let drawn = |column: usize| match column {
        _ if column < from || column > until => ' ',
        _ if marks.contains(&column) => '!',
        _ if column == until => '┤',
        _ if column == from => '├',
        _ if column < today => '━',
        _ => '─',
    };
    (0..=WIDTH).map(drawn).collect()
}

impl Axis {
    /// The column of a moment, from 0 to the width.
    fn column(&self, moment: UnixTime) -> usize {
        let since = |moment: UnixTime| i128::from(moment.0).saturating_sub(i128::from(self.begin.0));
        let width = i128::try_from(WIDTH).unwrap_or(i128::MAX);
        let column = since(moment).saturating_mul(width).checked_div(since(self.end).max(1)).unwrap_or(0);
        usize::try_from(column).unwrap_or(0).min(WIDTH)
    }
}
