//! The events make the record; those that no step made are refused, and so are keys that are not its own.

use super::life::{Life, keys};
use super::pool::{certificate, entity, key, pair, pool, providers, sha256};
use samlcert::application::{
    Acceptance, Capability, Change, Event, Half, Record, RecordError, RevocationReason, SavePolicy, ServiceProvider,
    Settings,
};
use samlcert::{Application, ErrorCode, HashAlgorithm, PrivateKey, UnixTime};
use std::sync::Arc;

/// A life in which each kind of event comes up.
fn full_life() -> Life {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    life.good(|it, at| it.upload(at, Half::Certificate(certificate("b").clone())));
    life.good(|it, at| it.upload(at, Half::Certificate(certificate("c").clone())));
    life.run("discard");
    life.good(|it, at| it.upload(at, Half::PrivateKey(key("c").clone())));
    life.good(|it, at| it.upload(at, Half::PrivateKey(key("b").clone())));
    life.good(|it, at| it.upload(at, Half::Certificate(certificate("b").clone())));
    life.run("save; publish; export several; remove sha1; cut over; roll back; discard; stage c; stage d; save");
    life.run("publish; cut over; retire");
    life.good(|it, at| it.set(at, Settings::new(SavePolicy::OnSave)));
    life.run("stage e; save; stage c; save; revoke c for b-renewed");
    life
}

/// The life goes on after each event as it did.
#[test]
fn every_prefix_of_the_events_makes_the_record_of_its_time() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    let mut records = vec![life.record().clone()];
    for script in ["stage b", "save", "publish", "cut over", "stage c", "discard", "retire", "revoke b"] {
        life.run(script);
        records.push(life.record().clone());
    }
    for (index, record) in records.iter().enumerate() {
        assert_eq!(Record::replay(&life.events[..index + 2]).as_ref(), Ok(record), "{index}");
    }
}

#[test]
fn a_hole_a_repetition_and_a_wrong_order_are_refused() {
    let life = full_life_events();
    for index in 0..life.len() {
        let without: Vec<_> = life[..index].iter().chain(&life[index + 1..]).collect();
        if index + 1 < life.len() {
            let sequence = u64::try_from(index).unwrap() + 1;
            let expected = RecordError::Sequence { expected: sequence, found: sequence + 1 };
            assert_eq!(Record::replay(without).unwrap_err(), expected, "without event {sequence}");
        }
        let twice = life[..=index].iter().chain(&life[index..]);
        assert_eq!(Record::replay(twice).unwrap_err().code(), ErrorCode::RecordSequence, "event {index} twice");
        // Numbered anew, most do not fit either; if one does, the record is another one.
        if let Some(next) = life.get(index + 1) {
            let renumbered = Event { sequence: life[index].sequence, ..next.clone() };
            let before = Record::replay(&life[..index]);
            if let Ok(mut record) = before {
                let unchanged = record.clone();
                match record.apply(&renumbered) {
                    Ok(()) => assert_ne!(Ok(record), Record::replay(&life[..index + 2]), "event {index} left out"),
                    Err(_) => assert_eq!(record, unchanged, "event {index} left out"),
                }
            }
        }
    }
    assert_eq!(Record::replay([]).unwrap_err(), RecordError::Sequence { expected: 1, found: 0 });
}

fn full_life_events() -> Vec<Event> {
    full_life().events
}

/// An event that no step made, after some steps: what it says does not fit.
#[test]
fn events_that_no_step_made_are_refused() {
    let none = Vec::new;
    let (a, b, c, d) = (sha256("a"), sha256("b"), sha256("c"), sha256("d"));
    let spki = |name: &str| certificate(name).spki_fingerprint(HashAlgorithm::Sha256);
    let of = |name: &str| certificate(name).clone();
    let provider = || Box::new(providers()[0].clone());
    let holding = || {
        let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
        life.run("confirm one a");
        Box::new(life.record().provider(&entity("one")).unwrap().clone())
    };
    let lost = RevocationReason::Lost;
    let revoked = |spki_sha256, cleared, replacement| Change::Revoked {
        spki_sha256,
        reason: lost,
        cleared,
        replacement,
        breaks: Vec::new(),
    };
    let many = |policy| {
        let mut settings = Settings::new(policy);
        settings.name_id_formats = vec![samlcert::application::NameIdFormat::Persistent; 33];
        Box::new(settings)
    };
    let created =
        Change::Created { id: "shop".parse().unwrap(), settings: Box::new(Settings::new(SavePolicy::OnSave)) };
    let table: Vec<(&str, &str, Change, ErrorCode)> = vec![
        ("created again", "", created, ErrorCode::RecordEvent),
        ("activated again", "", Change::Activated { certificate: of("b") }, ErrorCode::RecordEvent),
        (
            "a half that replaced nothing",
            "",
            Change::CertificateUploaded { certificate: of("b"), replaced: Some(c) },
            ErrorCode::RecordEvent,
        ),
        (
            "a half beside a published one",
            "stage b; save; publish",
            Change::PrivateKeyUploaded { spki_sha256: spki("c"), replaced: None },
            ErrorCode::RecordEvent,
        ),
        (
            "a half of a revoked key",
            "stage b; save; revoke b",
            Change::PrivateKeyUploaded { spki_sha256: spki("b"), replaced: None },
            ErrorCode::RecordContradiction,
        ),
        (
            "staged over a published one",
            "stage b; save; publish",
            Change::Staged { certificate: of("c"), replaced: Some(b) },
            ErrorCode::RecordEvent,
        ),
        (
            "staged over one that it does not name",
            "stage b",
            Change::Staged { certificate: of("c"), replaced: None },
            ErrorCode::RecordEvent,
        ),
        (
            "staged over one that it names wrongly",
            "stage b",
            Change::Staged { certificate: of("c"), replaced: Some(a) },
            ErrorCode::RecordEvent,
        ),
        (
            "the active one staged",
            "",
            Change::Staged { certificate: of("a"), replaced: None },
            ErrorCode::RecordContradiction,
        ),
        (
            "a revoked key staged",
            "stage b; revoke b",
            Change::Staged { certificate: of("b-renewed"), replaced: None },
            ErrorCode::RecordContradiction,
        ),
        ("saved what is not there", "", Change::Saved { certificate: b }, ErrorCode::RecordEvent),
        ("saved another one", "stage b", Change::Saved { certificate: c }, ErrorCode::RecordEvent),
        ("saved twice", "stage b; save", Change::Saved { certificate: b }, ErrorCode::RecordEvent),
        (
            "switched under the other policy",
            "stage b",
            Change::SavedAndSwitched { certificate: b, previous: Some(a), displaced: None, accepted: none() },
            ErrorCode::RecordEvent,
        ),
        ("discarded a half that does not wait", "", Change::HalfDiscarded { half: b }, ErrorCode::RecordEvent),
        (
            "discarded another one",
            "stage b",
            Change::Discarded { certificate: c, held_by: none() },
            ErrorCode::RecordEvent,
        ),
        ("published a draft", "stage b", Change::Published { certificate: b }, ErrorCode::RecordEvent),
        (
            "cut over to a saved one",
            "stage b; save",
            Change::CutOver { certificate: b, previous: Some(a), accepted: none() },
            ErrorCode::RecordEvent,
        ),
        (
            "cut over from another one",
            "stage b; save; publish",
            Change::CutOver { certificate: b, previous: Some(d), accepted: none() },
            ErrorCode::RecordEvent,
        ),
        (
            "cut over with a previous one",
            "stage b; save; publish; cut over; stage c; save; publish",
            Change::CutOver { certificate: c, previous: Some(b), accepted: none() },
            ErrorCode::RecordEvent,
        ),
        (
            "rolled back to nothing",
            "",
            Change::RolledBack { certificate: b, next: Some(a), accepted: none() },
            ErrorCode::RecordEvent,
        ),
        (
            "rolled back with a next one",
            "stage b; save; publish; cut over; stage c",
            Change::RolledBack { certificate: a, next: Some(b), accepted: none() },
            ErrorCode::RecordEvent,
        ),
        ("retired nothing", "", Change::Retired { certificate: a, accepted: none() }, ErrorCode::RecordEvent),
        (
            "retired what signs",
            "stage b; save; publish; cut over",
            Change::Retired { certificate: b, accepted: none() },
            ErrorCode::RecordEvent,
        ),
        (
            "accepted without a reason",
            "stage b; save; publish; cut over",
            Change::Retired { certificate: a, accepted: vec![entity("one")] },
            ErrorCode::RecordEvent,
        ),
        ("revoked an unknown key", "", revoked(spki("d"), Vec::new(), None), ErrorCode::RecordEvent),
        ("revoked a key twice", "stage b; revoke b", revoked(spki("b"), vec![b], None), ErrorCode::RecordEvent),
        (
            "revoked and cleared too little",
            "stage a-renewed",
            revoked(spki("a"), vec![a], None),
            ErrorCode::RecordEvent,
        ),
        ("revoked and cleared too much", "stage b", revoked(spki("a"), vec![a, b], None), ErrorCode::RecordEvent),
        ("replaced what still signs", "stage b", revoked(spki("b"), vec![b], Some(of("c"))), ErrorCode::RecordEvent),
        (
            "replaced by the same key",
            "",
            revoked(spki("a"), vec![a], Some(of("a-renewed"))),
            ErrorCode::RecordContradiction,
        ),
        ("added twice", "", Change::ProviderAdded { provider: provider() }, ErrorCode::RecordEvent),
        (
            "added with what it holds",
            "remove one",
            Change::ProviderAdded { provider: holding() },
            ErrorCode::RecordEvent,
        ),
        (
            "confirmed of nobody",
            "",
            Change::ProviderConfirmed { provider: entity("who"), certificate: a },
            ErrorCode::RecordEvent,
        ),
        (
            "exported for nobody",
            "",
            Change::ProviderExported { provider: entity("who"), certificates: vec![a] },
            ErrorCode::RecordEvent,
        ),
        ("removed nobody", "", Change::ProviderRemoved { provider: entity("who") }, ErrorCode::RecordEvent),
        (
            "set too much",
            "",
            Change::SettingsChanged { settings: many(SavePolicy::Staged) },
            ErrorCode::RecordContradiction,
        ),
    ];
    for (name, script, change, expected) in table {
        let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
        life.run(script);
        let mut record = life.record().clone();
        let sequence = record.revision() + 1;
        let event = Event { sequence, at: life.now, actor: "eve".to_owned(), reason: None, change };
        let error = record.apply(&event).unwrap_err();
        assert_eq!(error.code(), expected, "{name}: {error}");
        assert_eq!(record, *life.record(), "{name}: an event that is refused changes nothing");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn an_event_has_an_actor_and_a_good_reason() {
    let life = Life::activated(SavePolicy::Staged, "a");
    for (actor, reason) in [("", None), ("a\nb", None), ("eve", Some("")), ("eve", Some("a\u{202e}b"))] {
        let change = Change::SettingsChanged { settings: Box::new(Settings::new(SavePolicy::Staged)) };
        let (actor, reason) = (actor.to_owned(), reason.map(str::to_owned));
        let event = Event { sequence: life.record().revision() + 1, at: life.now, actor, reason, change };
        assert_eq!(life.record().clone().apply(&event).unwrap_err().code(), ErrorCode::RecordEvent, "{event:?}");
    }
}

/// Whatever is known of an application stands in its events; no byte of a key does.
#[test]
fn events_hold_the_certificates_and_no_key() {
    let life = full_life();
    let told = format!("{:?}", life.events);
    for (name, pair) in pool() {
        let secret = pair.private_key().secret_der();
        let shown = format!("{:?}", &secret[secret.len() - 16..]);
        assert!(!told.contains(shown.trim_matches(['[', ']'])), "{name}");
    }
    let came_in: Vec<_> = life
        .events
        .iter()
        .filter_map(|event| match &event.change {
            Change::Activated { certificate } | Change::Staged { certificate, .. } => Some(certificate.clone()),
            Change::Revoked { replacement, .. } => replacement.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(came_in.len(), 7);
    let kinds: std::collections::BTreeSet<_> = life.events.iter().map(|event| event.change.as_str()).collect();
    assert_eq!(kinds.len(), 19, "{kinds:?}");
}

fn all_keys(life: &Life) -> Vec<Arc<PrivateKey>> {
    keys(&life.application).into_iter().map(|(_, key)| key).collect()
}

/// Active, next and previous have three keys, and one waits.
fn four_keys() -> Life {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage b; save; publish; cut over; stage c");
    life.good(|it, at| it.upload(at, Half::PrivateKey(key("d").clone())));
    life
}

#[test]
fn a_record_goes_on_with_exactly_its_keys() {
    let life = four_keys();
    let (record, keys) = (life.record().clone(), all_keys(&life));
    assert_eq!(keys.len(), 4);
    let mut reversed = keys.clone();
    reversed.reverse();
    reversed.push(Arc::clone(&keys[0]));
    let mut again = Application::from_record(record.clone(), reversed).unwrap();
    assert_eq!(again.record(), &record);
    let at = samlcert::application::StepContext { now: life.now, actor: "alice" };
    again.upload(at, Half::Certificate(certificate("d").clone())).unwrap();
    assert_eq!(again.signing_pair().unwrap().certificate(), certificate("b"));

    for (name, field) in [("b", "active"), ("c", "next"), ("a", "previous"), ("d", "pending")] {
        let without = keys.iter().filter(|it| !it.public_key().is_same_key(key(name).public_key())).cloned();
        let error = Application::from_record(record.clone(), without).unwrap_err();
        let spki_sha256 = key(name).public_key().fingerprint(HashAlgorithm::Sha256);
        assert_eq!(error, RecordError::MissingKey { field, spki_sha256 });
        assert!(error.to_string().starts_with(&format!("{field}: ")), "{error}");
    }
    let more = keys.iter().cloned().chain([Arc::clone(key("e"))]);
    let error = Application::from_record(record.clone(), more).unwrap_err();
    assert_eq!(
        error,
        RecordError::UnneededKey { spki_sha256: key("e").public_key().fingerprint(HashAlgorithm::Sha256) }
    );
    let another = keys.iter().skip(1).cloned().chain([Arc::clone(key("e"))]);
    assert_eq!(Application::from_record(record, another).unwrap_err().code(), ErrorCode::RecordKeyMissing);
}

/// The keys beside the record are those that something needs, and no others.
#[test]
fn keys_are_forgotten_with_their_places() {
    let table = [
        ("activate a", 1),
        ("activate a; stage b", 2),
        ("activate a; stage b; stage c", 2),
        ("activate a; stage b; discard", 1),
        ("activate a; stage a-renewed", 1),
        ("activate a; stage a-renewed; save; publish; cut over; retire", 1),
        ("activate a; stage b; save; publish; cut over", 2),
        ("activate a; stage b; save; publish; cut over; retire", 1),
        ("activate a; stage b; revoke a", 1),
        ("activate a; stage b; revoke b", 1),
        ("activate a; revoke a for b", 1),
    ];
    for (script, count) in table {
        let mut life = Life::new(SavePolicy::Staged);
        life.run(script);
        assert_eq!(life.application.secret_keys().count(), count, "{script}");
    }
    let shown = format!("{:?}", four_keys().application);
    let secret = key("d").secret_der();
    assert!(!shown.contains(format!("{:?}", &secret[20..]).trim_matches(['[', ']'])), "Debug shows no key");
}

/// Only so many certificates that ended are remembered; the events have all.
#[test]
fn the_oldest_of_the_former_are_forgotten() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    for count in 0..102 {
        life.run("wait 1 s");
        let name = if count % 2 == 0 { "b" } else { "c" };
        life.good(|it, at| it.stage(at, pair(name)));
        life.good(|it, at| it.discard(at));
    }
    let former = life.record().former();
    assert_eq!(former.len(), samlcert::limits::MAX_FORMER);
    assert_eq!(former[0].placed().since(), UnixTime(super::pool::BEGIN.0 + 3));
    assert_eq!(life.events.len(), 2 + 204);
}

/// What a provider holds is bounded, too.
#[test]
fn the_oldest_of_the_holdings_are_forgotten() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    for number in 0..40_u8 {
        let fingerprint = format!("{number:02x}").repeat(32).parse().unwrap();
        life.good(|it, at| it.confirm(at, &entity("several"), &fingerprint));
    }
    let several = life.record().provider(&entity("several")).unwrap();
    assert_eq!(several.holds().len(), samlcert::limits::MAX_HOLDINGS);
    assert_eq!(life.logins()[2], "breaks", "that it held what signs is forgotten");
    let error = life.step(|it, at| it.cut_over(at, Acceptance::NONE)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NothingToCutOver);
}

#[test]
fn there_are_at_most_ten_thousand_service_providers() {
    let mut events = Life::new(SavePolicy::Staged).events;
    for number in 0..samlcert::limits::MAX_PROVIDERS {
        let entity_id = format!("https://{number}.example").parse().unwrap();
        let provider = Box::new(ServiceProvider::new(entity_id, Capability::SeveralCertificates));
        let sequence = u64::try_from(number).unwrap() + 2;
        events.push(Event { sequence, change: Change::ProviderAdded { provider }, ..events[0].clone() });
    }
    let record = Record::replay(&events).unwrap();
    let mut application = Application::from_record(record.clone(), []).unwrap();
    let at = samlcert::application::StepContext { now: super::pool::BEGIN, actor: "alice" };
    let one_more = ServiceProvider::new(entity("one"), Capability::OneCertificate);
    assert_eq!(application.add_provider(at, one_more.clone()).unwrap_err().code(), ErrorCode::TooMany);
    assert_eq!(application.record(), &record);
    let change = Change::ProviderAdded { provider: Box::new(one_more) };
    let event = Event { sequence: record.revision() + 1, change, ..events[0].clone() };
    assert_eq!(record.clone().apply(&event).unwrap_err().code(), ErrorCode::RecordContradiction);
}
