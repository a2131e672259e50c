//! What holds for every input of the readers of records and events: shared by the tests and the fuzz target `record`.

use samlcert::application::{Event, Record};
use samlcert::{UnixTime, json};

/// Lines, each a record, or an event for the record before it.
///
/// What is read is written as it was and read as the same; so is what an event makes of a record. An event that is
/// refused changes nothing. Every form of a record can be written at every moment.
pub(crate) fn records(data: &[u8]) {
    let mut record = None;
    for line in data.split(|byte| *byte == b'\n') {
        match json::read_record(line) {
            Ok(read) => record = Some(comes_back(read)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        match json::read_event(line) {
            Ok(event) => record = happens(record, &event),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn comes_back(record: Record) -> Record {
    let written = json::write_record(&record).expect("what was read is written");
    let again = json::read_record(written.as_bytes()).expect("what was written is read");
    assert_eq!(again, record, "what was written reads otherwise");
    assert_eq!(json::write_record(&again).as_ref(), Ok(&written), "it is written otherwise a second time");
    [i64::MIN, 0, 1_800_000_000, i64::MAX].into_iter().for_each(|now| forms(&record, UnixTime(now)));
    record
}

/// An event begins a record if there is none.
fn happens(record: Option<Record>, event: &Event) -> Option<Record> {
    let written = json::write_event(event).expect("what was read is written");
    assert_eq!(json::read_event(written.as_bytes()).as_ref(), Ok(event), "what was written reads otherwise");
    let Some(before) = record else { return Record::replay([event]).ok().map(comes_back) };
    let mut after = before.clone();
    match after.apply(event) {
        Ok(()) => Some(comes_back(after)),
        Err(error) => {
            assert!(after == before, "{error}, and the record changed");
            Some(before)
        }
    }
}

fn forms(record: &Record, now: UnixTime) {
    let earliest = record.earliest_cut_over(now);
    let forms = [
        serde_json::to_string(&json::Status::new(record.id(), &record.status(now))),
        serde_json::to_string(&json::Plan::new(record.id(), &record.plan(now), earliest.as_ref())),
        serde_json::to_string(&json::Logins::from(record.logins(now).as_slice())),
        serde_json::to_string(&json::Exports::from(record.exports(now).as_slice())),
        serde_json::to_string(&json::Certificates::from(record)),
        serde_json::to_string(&json::Providers::from(record)),
    ];
    assert!(forms.iter().all(|form| form.as_ref().is_ok_and(|text| text.starts_with('{'))), "{forms:?}");
}
