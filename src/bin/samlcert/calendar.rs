//! Calendar files (`.ics`, RFC 5545): the coming reminders and the expiry of certificates. Nothing in them depends on the
//! machine.

use crate::names;
use crate::page;
use icalendar::{Calendar, Component, Event, Property};
use samlcert::UnixTime;

/// One entry of a calendar.
#[derive(Clone, Copy)]
pub(crate) struct CalendarEvent<'a> {
    /// The ID of the application.
    pub(crate) id: &'a str,
    /// The SHA-256 fingerprint of the certificate, in hexadecimal.
    pub(crate) sha256_hex: &'a str,
    pub(crate) kind: EventKind,
    /// The moment of the entry.
    pub(crate) at: UnixTime,
    /// One line.
    pub(crate) summary: &'a str,
    /// Lines, ended by line feeds.
    pub(crate) description: &'a str,
}

/// What an entry is about.
#[derive(Clone, Copy)]
pub(crate) enum EventKind {
    /// A reminder, so many seconds before the certificate expires.
    Reminder { threshold_s: u32 },
    /// The expiry of the certificate.
    Expiry,
}

/// The beginning of a calendar, before the entries.
pub(crate) fn begin() -> String {
    let mut calendar = Calendar::empty();
    let product = concat!("-//samlcert//samlcert ", env!("CARGO_PKG_VERSION"), "//EN");
    calendar.properties = Property::from_array([("VERSION", "2.0"), ("PRODID", product), ("CALSCALE", "GREGORIAN")]);
    calendar.to_string().trim_end_matches(END).to_owned()
}

/// The end of a calendar, behind the entries.
pub(crate) const END: &str = "END:VCALENDAR\r\n";

/// An entry. Written again, it has the same UID, so that a calendar program takes it for the same entry.
pub(crate) fn write(event: &CalendarEvent<'_>, now: UnixTime) -> String {
    entry(event, now).to_string()
}

fn entry(event: &CalendarEvent<'_>, now: UnixTime) -> Event {
    Event::new()
        .uid(&uid(event))
        .add_property("DTSTAMP", date_time(now))
        .add_property("DTSTART", date_time(event.at))
        .summary(&page::escape(event.summary))
        .description(&lines(event.description))
        // Nobody is busy at that time.
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}

fn uid(event: &CalendarEvent<'_>) -> String {
    let kind = match event.kind {
        EventKind::Reminder { threshold_s } => names::short_duration(threshold_s),
        EventKind::Expiry => "expiry".to_owned(),
    };
    names::identifier(&["calendar", event.id, event.sha256_hex, &kind])
}

/// Escapes invisible characters in each line; line feeds stay.
fn lines(text: &str) -> String {
    text.lines().map(page::escape).collect::<Vec<_>>().join("\n")
}

/// The first and the last second of the years with four digits.
const YEARS: (i64, i64) = (-62_167_219_200, 253_402_300_799);

/// `20261124T095506Z` (RFC 5545, section 3.3.5, form 2).
fn date_time(time: UnixTime) -> String {
    let (first, last) = YEARS;
    UnixTime(time.0.clamp(first, last)).to_string().replace(['-', ':'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(events: &[CalendarEvent<'_>], now: UnixTime) -> String {
        let entries = events.iter().map(|event| super::write(event, now));
        [begin()].into_iter().chain(entries).chain([END.to_owned()]).collect()
    }
    use crate::python;
    use serde_json::json;
    use std::collections::BTreeSet;

    const SHA256: &str = "4224240f56a94224240f56a94224240f56a94224240f56a94224240f56a94224";

    const NOW: UnixTime = UnixTime(1_790_000_000);

    fn reminder<'a>(id: &'a str, summary: &'a str, description: &'a str) -> CalendarEvent<'a> {
        let kind = EventKind::Reminder { threshold_s: 604_800 };
        CalendarEvent { id, sha256_hex: SHA256, kind, at: UnixTime(1_800_000_000), summary, description }
    }

    #[test]
    fn a_calendar_is_made_of_what_is_given() {
        let first = reminder("portal", "portal: 7 days left", "Regenerate it, then\nconfirm; see \\notes.\n");
        let end = CalendarEvent { kind: EventKind::Expiry, at: UnixTime(1_800_604_800), description: "", ..first };
        let expected = "\
            BEGIN:VCALENDAR\r\n\
            VERSION:2.0\r\n\
            PRODID:-//samlcert//samlcert VERSION//EN\r\n\
            CALSCALE:GREGORIAN\r\n\
            BEGIN:VEVENT\r\n\
            DESCRIPTION:Regenerate it\\, then\\nconfirm\\; see \\\\notes.\r\n\
            DTSTAMP:20260921T141320Z\r\n\
            DTSTART:20270115T080000Z\r\n\
            SUMMARY:portal: 7 days left\r\n\
            TRANSP:TRANSPARENT\r\n\
            UID:UID1@samlcert.invalid\r\n\
            END:VEVENT\r\n\
            BEGIN:VEVENT\r\n\
            DESCRIPTION:\r\n\
            DTSTAMP:20260921T141320Z\r\n\
            DTSTART:20270122T080000Z\r\n\
            SUMMARY:portal: 7 days left\r\n\
            TRANSP:TRANSPARENT\r\n\
            UID:UID2@samlcert.invalid\r\n\
            END:VEVENT\r\n\
            END:VCALENDAR\r\n"
            .replace("VERSION//", concat!(env!("CARGO_PKG_VERSION"), "//"))
            .replace("UID1@samlcert.invalid", &uid(&first))
            .replace("UID2@samlcert.invalid", &uid(&end));
        assert_eq!(write(&[first, end], NOW), expected);
    }

    #[test]
    fn an_entry_keeps_its_uid_and_another_has_another() {
        let base = reminder("portal", "", "");
        let reworded = CalendarEvent { summary: "other words", at: UnixTime(0), ..base };
        assert_eq!(uid(&reworded), uid(&base));
        let others = [
            base,
            CalendarEvent { id: "portal2", ..base },
            CalendarEvent { sha256_hex: "99", ..base },
            CalendarEvent { kind: EventKind::Reminder { threshold_s: 86_400 }, ..base },
            CalendarEvent { kind: EventKind::Expiry, ..base },
        ];
        assert_eq!(others.iter().map(uid).collect::<BTreeSet<_>>().len(), others.len());
    }

    /// What tries to be more than one line, and what becomes of it in one line and in several. (A backslash before an n
    /// or a comma is left out: python reads the two, rightly escaped, as a line feed or a comma.)
    const TEXTS: [(&str, &str, &str); 8] = [
        ("a\r\nEND:VEVENT", "a\\u{d}\\u{a}END:VEVENT", "a\nEND:VEVENT"),
        ("a\nEND:VEVENT", "a\\u{a}END:VEVENT", "a\nEND:VEVENT"),
        ("a\rEND:VEVENT", "a\\u{d}END:VEVENT", "a\\u{d}END:VEVENT"),
        ("a\u{85}b\u{2028}c\0", "a\\u{85}b\\u{2028}c\\u{0}", "a\\u{85}b\\u{2028}c\\u{0}"),
        ("\u{202e}a", "\\u{202e}a", "\\u{202e}a"),
        ("a\\b, c; d: \"e\" \\", "a\\b, c; d: \"e\" \\", "a\\b, c; d: \"e\" \\"),
        ("Zürich 老虎 💥", "Zürich 老虎 💥", "Zürich 老虎 💥"),
        ("", "", ""),
    ];

    #[test]
    fn no_text_makes_a_line_of_its_own() {
        for (hostile, ..) in TEXTS {
            let event = CalendarEvent { sha256_hex: hostile, ..reminder(hostile, hostile, hostile) };
            let calendar = write(&[event], NOW);
            assert_eq!(calendar.split("\r\n").filter(|line| !line.starts_with(' ')).count(), 14, "{calendar}");
            assert!(!calendar.replace("\r\n", "").contains(char::is_control), "{calendar}");
            assert_eq!(calendar.matches("\r\nEND:VEVENT\r\n").count(), 1, "{calendar}");
        }
    }

    #[test]
    fn every_moment_has_a_date() {
        let table = [
            (0, "19700101T000000Z"),
            (i64::MIN, "00000101T000000Z"),
            (i64::MAX, "99991231T235959Z"),
            (253_402_300_799, "99991231T235959Z"),
        ];
        for (seconds, text) in table {
            assert_eq!(date_time(UnixTime(seconds)), text);
        }
    }

    const READ: &str = r#"
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
assert calendar.errors == [], calendar.errors
print(json.dumps([{
    "uid": e["UID"], "stamp": e["DTSTAMP"].dt.isoformat(), "start": e["DTSTART"].dt.isoformat(), "summary": e["SUMMARY"],
    "description": e["DESCRIPTION"], "keys": sorted(e.keys()), "errors": e.errors,
} for e in calendar.walk("VEVENT")]))"#;

    #[test]
    #[ignore = "needs python's icalendar"]
    fn python_reads_what_is_written() {
        // Long lines are folded somewhere: also between the bytes of one character, and beside blanks.
        let long: Vec<String> = (0..120).map(|cut| format!("{}老虎 é 💥 , ; \\", "x ".repeat(cut))).collect();
        let long = long.iter().map(|text| (text.as_str(), text.as_str(), text.as_str()));
        let texts: Vec<_> = TEXTS.into_iter().chain(long).collect();
        let events: Vec<_> = texts.iter().map(|(text, ..)| reminder(text, text, text)).collect();
        let calendar = write(&events, NOW);
        // RFC 5545, section 3.1 recommends 75; the crate lets the last part of a long line have one more.
        let longest = calendar.split("\r\n").map(str::len).max();
        assert!(longest <= Some(76), "{longest:?} bytes in one line");
        let read = python::ask(READ, calendar.as_bytes());
        let keys = ["DESCRIPTION", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP", "UID"];
        assert_eq!(read.as_array().map(Vec::len), Some(texts.len()));
        for (index, ((_, summary, description), event)) in texts.iter().zip(&events).enumerate() {
            let expected = json!({
                "uid": uid(event), "stamp": "2026-09-21T14:13:20+00:00", "start": "2027-01-15T08:00:00+00:00",
                "summary": summary, "description": description, "keys": keys, "errors": [],
            });
            assert_eq!(read[index], expected);
        }
    }
}
