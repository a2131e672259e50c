//! The JSON forms of an application, compared with literal JSON.

use crate::record::{BEGIN, DAY, Life, certificate, entity_id, key, on_save, pair, providers, staged};
use crate::support::hex;
use samlcert::application::{GuardedStep, Half, SavePolicy, Settings};
use samlcert::{ExpirySchedule, HashAlgorithm, UnixTime, Validity, Window, json};
use serde_json::Value;

const NAMES: [&str; 6] = ["p256", "p384", "p521", "ed25519", "rsa-1024", "rsa-2048"];

/// Compares values. In what is expected, `$NAME` is the SHA-256 fingerprint of a certificate, `$key:NAME` that of its
/// key, `$sha1:NAME` its SHA-1 fingerprint, `$der:NAME` the whole, `$day:N` the moment of the N-th day, and `$text` any
/// text for people.
#[track_caller]
fn is(form: &impl serde::Serialize, expected: &str) {
    let form = serde_json::to_value(form).unwrap();
    let mut expected: Value = serde_json::from_str(&filled(expected)).unwrap_or_else(|error| panic!("{error}"));
    any_text(&mut expected, &form);
    assert_eq!(form, expected, "\n{form}\n{expected}");
}

fn filled(expected: &str) -> String {
    let mut filled = expected.to_owned();
    for name in NAMES {
        let certificate = certificate(name);
        let key = certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex();
        let digest = |algorithm| certificate.fingerprint(algorithm).to_hex();
        for (mark, text) in [
            (format!("$key:{name}"), key),
            (format!("$sha1:{name}"), digest(HashAlgorithm::Sha1)),
            (format!("$der:{name}"), hex(certificate.der())),
            (format!("${name}"), digest(HashAlgorithm::Sha256)),
        ] {
            filled = filled.replace(&format!("\"{mark}\""), &format!("\"{text}\""));
        }
    }
    (0..40).rev().fold(filled, |filled, day| filled.replace(&format!("$day:{day}"), &(BEGIN.0 + day * DAY).to_string()))
}

fn any_text(expected: &mut Value, form: &Value) {
    match (expected, form) {
        (expected, Value::String(text)) if *expected == "$text" && !text.is_empty() => *expected = form.clone(),
        (Value::Object(expected), Value::Object(form)) => {
            expected.iter_mut().for_each(|(name, value)| any_text(value, form.get(name).unwrap_or(&Value::Null)));
        }
        (Value::Array(expected), Value::Array(form)) => {
            expected.iter_mut().zip(form).for_each(|(expected, form)| any_text(expected, form));
        }
        _ => {}
    }
}

/// A draft, half of a pair, and of each provider something else is known.
fn busy() -> Life {
    let mut life = Life::new("shop", Settings::new(SavePolicy::Staged));
    life.step(|it, at| it.activate(at, &pair("p256")));
    for provider in providers() {
        life.step(|it, at| it.add_provider(at, provider));
    }
    let other = certificate("rsa-1024").fingerprint(HashAlgorithm::Sha1);
    life.step(|it, at| it.confirm(at, &entity_id("one"), &other));
    life.step(|it, at| it.record_export(at, &entity_id("several")));
    life.step(|it, at| it.stage(at, &pair("ed25519")));
    life.save();
    life.step(|it, at| it.publish(at));
    life.cut_over();
    life.step(|it, at| it.stage(at, &pair("p384")));
    life.step(|it, at| it.upload(at, Half::PrivateKey(key("p521"))));
    life
}

/// The day after the last step of [`busy`].
fn status(life: &Life) -> json::Status {
    let record = life.application.record();
    json::Status::new(record.id(), &record.status(life.now()))
}

#[test]
fn the_status_of_what_was_never_activated() {
    let life = Life::new("new", Settings::new(SavePolicy::OnSave));
    is(
        &status(&life),
        r#"{"id": "new", "activated": false, "certificate": "grey", "key": "grey", "unsaved": false, "signs": null,
            "waits": null, "active": null, "previous": null, "providers": [], "revision": 1, "pending": null,
            "condition": "nothing-signs",
            "to_do": {"action": "activate", "providers": [], "until": null, "missing": null, "message": "$text"}}"#,
    );
}

#[test]
fn the_status_of_a_rotation() {
    is(
        &status(&busy()),
        r#"{"id": "shop", "activated": true, "certificate": "green", "key": "green", "unsaved": true,
            "signs": "$ed25519", "waits": {"sha256": "$p384", "stage": "draft"},
            "active": {"sha256": "$ed25519", "not_before": 1795515402, "not_after": 2110875402},
            "previous": {"sha256": "$p256", "not_before": 1795515402, "not_after": 2110875402},
            "providers": [
              {"entity_id": "https://fingerprint.example.org/sp", "login": "unknown", "stale": true, "holds": [],
               "why": "nothing-known", "until": null, "message": "$text"},
              {"entity_id": "https://metadata.example.org/sp", "login": "works", "stale": false,
               "holds": ["$ed25519", "$p256"], "why": "assumed", "until": null, "message": null},
              {"entity_id": "https://one.example.org/sp", "login": "breaks", "stale": true, "holds": ["$sha1:rsa-1024"],
               "why": "holds-another", "until": null, "message": "$text"},
              {"entity_id": "https://several.example.org/sp", "login": "breaks", "stale": true, "holds": ["$p256"],
               "why": "holds-another", "until": null, "message": "$text"}],
            "revision": 14, "pending": {"kind": "private-key", "sha256": "$key:p521", "since": $day:13},
            "condition": "active",
            "to_do": {"action": "complete-upload", "providers": [], "until": null, "missing": "certificate",
                      "message": "$text"}}"#,
    );
}

/// Also what `login` says of an export, of a confirmation, and before a pull.
#[test]
fn logins_and_the_impact_of_a_step() {
    let mut life = busy();
    let sha256 = certificate("ed25519").fingerprint(HashAlgorithm::Sha256);
    life.step(|it, at| it.confirm(at, &entity_id("one"), &sha256));
    life.step(|it, at| it.record_export(at, &entity_id("several")));
    life.step(|it, at| it.discard(at));
    life.step(|it, at| it.discard(at));
    let record = life.application.record();
    is(
        &json::Logins::from(record.logins(UnixTime(BEGIN.0 + 10 * DAY)).as_slice()),
        r#"{"logins": [
              {"entity_id": "https://fingerprint.example.org/sp", "login": "unknown", "why": "nothing-known",
               "until": null, "message": "$text"},
              {"entity_id": "https://metadata.example.org/sp", "login": "unknown", "why": "may-not-have-pulled",
               "until": 1796867900, "message": "$text"},
              {"entity_id": "https://one.example.org/sp", "login": "works", "why": "confirmed", "until": null,
               "message": null},
              {"entity_id": "https://several.example.org/sp", "login": "unknown", "why": "not-confirmed", "until": null,
               "message": "$text"}]}"#,
    );
    for (step, name, one, metadata) in [
        (GuardedStep::Retire, "retire", r#""works", "why": "confirmed""#, r#""works", "why": "assumed""#),
        (GuardedStep::RollBack, "roll-back", r#""breaks", "why": "holds-another""#, r#""works", "why": "assumed""#),
    ] {
        let logins = life.application.record().impact(step, life.now()).unwrap();
        let form = serde_json::to_value(json::Impact::new(step, &logins)).unwrap();
        let part = |text: &str| serde_json::from_str::<Value>(&format!("{{\"login\": {text}}}")).unwrap();
        assert_eq!(form["step"], name);
        for (index, expected) in [(2, part(one)), (1, part(metadata))] {
            let found = &form["logins"][index];
            assert_eq!((&found["login"], &found["why"]), (&expected["login"], &expected["why"]), "{name} {found}");
        }
    }
    life.step(|it, at| it.revoke(at, &sha256, samlcert::application::RevocationReason::Lost, None));
    let form = serde_json::to_value(status(&life)).unwrap();
    let whys = form["providers"].as_array().unwrap().iter().map(|it| it["why"].as_str().unwrap());
    assert_eq!(whys.collect::<Vec<_>>(), ["nothing-signs"; 4]);
    assert_eq!(form["condition"], "nothing-signs");
}

#[test]
fn the_plan_of_a_rotation() {
    let life = busy();
    let record = life.application.record();
    let earliest = record.earliest_cut_over(life.now());
    let form = serde_json::to_value(json::Plan::new(record.id(), &record.plan(life.now()), earliest.as_ref())).unwrap();
    assert_eq!(form["id"], "shop");
    let steps = form["steps"].as_array().unwrap();
    let step = |action: &str| steps.iter().find(|step| step["action"] == action).unwrap_or_else(|| panic!("{action}"));
    is(
        step("complete-upload"),
        r#"{"at": $day:14, "action": "complete-upload", "providers": [], "until": null, "missing": "certificate",
            "message": "$text"}"#,
    );
    is(
        step("wait-for-pull"),
        r#"{"at": $day:14, "action": "wait-for-pull", "providers": ["https://metadata.example.org/sp"],
            "until": 1797213500, "missing": null, "message": "$text"}"#,
    );
    is(
        step("cut-over"),
        r#"{"at": 1797213500, "action": "cut-over", "until": null, "missing": null, "message": "$text",
            "providers": ["https://fingerprint.example.org/sp", "https://one.example.org/sp"]}"#,
    );
    is(
        &form["earliest_cut_over"],
        r#"{"at": 1797213500, "blockers": ["https://fingerprint.example.org/sp", "https://one.example.org/sp",
                                           "https://several.example.org/sp"]}"#,
    );
    let life = on_save();
    let record = life.application.record();
    let plan = json::Plan::new(record.id(), &[], None);
    is(&plan, r#"{"id": "on-save", "steps": [], "earliest_cut_over": null}"#);
}

#[test]
fn every_certificate_with_its_role() {
    is(
        &json::Certificates::from(on_save().application.record()),
        r#"{"id": "on-save", "certificates": [
              {"sha256": "$ed25519", "spki_sha256": "$key:ed25519", "role": "active", "stage": null, "ending": null,
               "since": $day:5, "published_at": $day:5, "subject": "CN=idp.example.org,O=Example,C=DE",
               "serial": "5abc829fea7d25d048d5a4b623ff419b6dea6c57", "not_before": 1795515402, "not_after": 2110875402,
               "key": "ed25519", "bits": 256},
              {"sha256": "$p521", "spki_sha256": "$key:p521", "role": "next", "stage": "draft", "ending": null,
               "since": $day:6, "published_at": null, "subject": "CN=idp.example.org,O=Example,C=DE",
               "serial": "566081182ac2a3735cf9111634048f389396fcce", "not_before": 1795515402, "not_after": 2110875402,
               "key": "ec-p521", "bits": 521},
              {"sha256": "$p384", "spki_sha256": "$key:p384", "role": "previous", "stage": null, "ending": null,
               "since": $day:5, "published_at": $day:3, "subject": "CN=idp.example.org,O=Example,C=DE",
               "serial": "4176f9605089b51361778fc4a6399fbf3eaddc82", "not_before": 1795515402, "not_after": 2110875402,
               "key": "ec-p384", "bits": 384},
              {"sha256": "$p256", "spki_sha256": "$key:p256", "role": "former", "stage": null, "ending": "displaced",
               "since": $day:5, "published_at": $day:1, "subject": "CN=idp.example.org,O=Example,C=DE",
               "serial": "37f6d9af82b0a8dfaabfe38d3a7748c07def361f", "not_before": 1795515402, "not_after": 2110875402,
               "key": "ec-p256", "bits": 256}]}"#,
    );
}

#[test]
fn which_certificate_a_text_speaks_of() {
    let found = |name: &str, part: &str, role: &str, day: i64| {
        format!(r#"{{"sha256": "${name}", "part": "{part}", {role}, "since": $day:{day}, "message": "$text"}}"#)
    };
    let active = found("ed25519", "certificate", r#""role": "active", "stage": null, "ending": null"#, 11);
    let next = found("p384", "certificate", r#""role": "next", "stage": "draft", "ending": null"#, 12);
    let previous = found("p256", "certificate", r#""role": "previous", "stage": null, "ending": null"#, 11);
    let half = found("key:p521", "key", r#""role": "pending", "stage": null, "ending": null"#, 13);
    let life = busy();
    let sha1 = |name: &str| certificate(name).fingerprint(HashAlgorithm::Sha1).to_string();
    let table = [
        (sha1("ed25519"), "known", active.clone()),
        (crate::support::text("certificates/p384.pem"), "known", next.clone()),
        (filled("\"$key:p521\"").replace('"', ""), "known", half),
        ("MIIB".to_owned(), "ambiguous", format!("{active}, {previous}")),
        (sha1("rsa-2048"), "foreign", String::new()),
        ("hello".to_owned(), "unreadable", String::new()),
    ];
    for (text, verdict, found) in table {
        let form = json::Identification::from(&life.application.record().identify(text.as_bytes()));
        is(&form, &format!(r#"{{"verdict": "{verdict}", "found": [{found}]}}"#));
    }
    let former = json::Identification::from(&on_save().application.record().identify(sha1("p256").as_bytes()));
    is(
        &former,
        r#"{"verdict": "known", "found": [{"sha256": "$p256", "part": "certificate", "role": "former", "stage": null,
            "ending": "displaced", "since": $day:5, "message": "$text"}]}"#,
    );
}

#[test]
fn reminders_that_are_due_and_the_whole_schedule() {
    let life = on_save();
    let record = life.application.record();
    let window = Window::new(UnixTime(0), UnixTime(2110875402 - 30 * DAY));
    let due = record.reminders(&ExpirySchedule::default(), window);
    let due = due.iter().map(|reminder| json::Reminder::new(record, reminder).unwrap()).collect();
    is(
        &json::Reminders::new(due),
        r#"{"reminders": [
              {"id": "on-save", "threshold_s": 5184000, "at": 2105691402, "not_after": 2110875402, "sha256": "$ed25519"},
              {"id": "on-save", "threshold_s": 2592000, "at": 2108283402, "not_after": 2110875402, "sha256": "$ed25519"}]}"#,
    );
    is(&json::Reminders::new(Vec::new()), r#"{"reminders": []}"#);
    let new = Life::new("new", Settings::new(SavePolicy::OnSave));
    let reminder = samlcert::Reminder { threshold_s: 1, at: BEGIN };
    assert!(json::Reminder::new(new.application.record(), &reminder).is_none(), "nothing signs");

    let validity = Validity::new(UnixTime(0), UnixTime(40 * DAY)).unwrap();
    is(
        &json::Schedule::new(&ExpirySchedule::default(), validity),
        r#"{"not_before": 0, "not_after": 3456000, "thresholds_s": [5184000, 2592000, 604800, 86400],
            "reminders": [{"threshold_s": 2592000, "at": 864000}, {"threshold_s": 604800, "at": 2851200},
                          {"threshold_s": 86400, "at": 3369600}]}"#,
    );
}

#[test]
fn exports_without_their_content() {
    let life = busy();
    let exports = life.application.record().exports(life.now());
    is(
        &json::Exports::from(exports.as_slice()),
        r#"{"exports": [
              {"entity_id": "https://fingerprint.example.org/sp", "suggested_name": "shop-2026-11-24-aa0ebc1d.txt",
               "bytes": 60, "certificates": ["$ed25519"]},
              {"entity_id": "https://one.example.org/sp", "suggested_name": "shop-2026-11-24-aa0ebc1d.txt",
               "bytes": 537, "certificates": ["$ed25519"]},
              {"entity_id": "https://several.example.org/sp",
               "suggested_name": "shop-2026-11-24-aa0ebc1d-3863378b.pem",
               "bytes": 1267, "certificates": ["$ed25519", "$p256"]}]}"#,
    );
    is(
        &json::Download::from(&exports[0].download),
        r#"{"suggested_name": "shop-2026-11-24-aa0ebc1d.txt", "bytes": 60, "certificates": ["$ed25519"]}"#,
    );
}

const PROVIDERS: &str = r#"[
    {"entity_id": "https://fingerprint.example.org/sp", "name": null,
     "capability": {"kind": "fingerprint", "algorithm": "sha1"}, "paste_format": "fingerprint",
     "profile": "active-only", "holds": [], "exported": null},
    {"entity_id": "https://metadata.example.org/sp", "name": null,
     "capability": {"kind": "metadata", "pull_interval_s": 3600}, "paste_format": "pem", "profile": "active-next",
     "holds": [], "exported": null},
    {"entity_id": "https://one.example.org/sp", "name": null, "capability": {"kind": "one-certificate"},
     "paste_format": "element", "profile": "active-only", "exported": null,
     "holds": [{"certificate": {"algorithm": "sha1", "digest": "$sha1:rsa-1024", "target": "certificate"},
                "since": $day:6, "known": "confirmed"}]},
    {"entity_id": "https://several.example.org/sp", "name": "Several", "capability": {"kind": "several-certificates"},
     "paste_format": "pem", "profile": "next-active",
     "holds": [{"certificate": {"algorithm": "sha256", "digest": "$p256", "target": "certificate"},
                "since": $day:7, "known": "exported"}],
     "exported": {"at": $day:7, "certificates": ["$p256"]}}]"#;

#[test]
fn records_and_providers() {
    let life = busy();
    is(&json::Providers::from(life.application.record()), &format!(r#"{{"providers": {PROVIDERS}}}"#));
    let expected = r#"{"version": 1, "id": "shop", "revision": 14,
        "settings": {"entity_id": null, "sso": [], "slo": [], "name_id_formats": [], "organization": null,
                     "contact": null, "skew_s": 300, "policy": "staged"},
        "activated_at": $day:1,
        "active": {"certificate": "$der:ed25519", "sha256": "$ed25519", "since": $day:11, "published_at": $day:10},
        "next": {"stage": "draft", "certificate": "$der:p384", "sha256": "$p384", "since": $day:12, "published_at": null},
        "previous": {"certificate": "$der:p256", "sha256": "$p256", "since": $day:11, "published_at": $day:1},
        "pending": {"kind": "private-key", "spki_sha256": "$key:p521", "since": $day:13},
        "former": [], "revoked": [], "providers": PROVIDERS}"#;
    is(life.application.record(), &expected.replace("PROVIDERS", PROVIDERS));

    let full = serde_json::to_value(crate::record::full().application.record()).unwrap();
    is(
        &full["settings"],
        r#"{"entity_id": "urn:example:idp:Ω",
            "sso": [{"binding": "redirect", "location": "https://idp.example.org/sso?a=\"b\""},
                    {"binding": "post", "location": "https://idp.example.org/sso?a=\"b\""},
                    {"binding": "artifact", "location": "https://idp.example.org/sso?a=\"b\""},
                    {"binding": "soap", "location": "https://idp.example.org/sso?a=\"b\""}],
            "slo": [{"binding": "post", "location": "https://idp.example.org/slo?a=\"b\""}],
            "name_id_formats": ["unspecified", "email-address", "x509-subject-name", "windows-domain-qualified-name",
                                "kerberos", "persistent", "transient"],
            "organization": {"name": "Example \\ Sons", "url": "http://example.org"},
            "contact": {"name": "Example \\ Sons", "mail": "sso@example.org"}, "skew_s": 60, "policy": "staged"}"#,
    );
    let former = &full["former"][0];
    assert_eq!((&former["ending"], former["published_at"].is_null()), (&Value::from("replaced"), true));
    let lost = certificate("rsa-2048-new").spki_fingerprint(HashAlgorithm::Sha256).to_hex();
    let revoked = &full["revoked"][0];
    assert_eq!((&revoked["spki_sha256"], &revoked["reason"]), (&Value::from(lost), &Value::from("lost")));
    assert_eq!(full["pending"]["kind"], "certificate");
}

/// One of each kind; the index is that of the event, from 1.
#[test]
fn events() {
    let reason = "it is night";
    let accepted =
        r#"["https://fingerprint.example.org/sp", "https://one.example.org/sp", "https://several.example.org/sp"]"#;
    let table: &[(usize, Option<&str>, &str)] = &[
        (3, None, r#"{"kind": "activated", "certificate": "$der:p256", "sha256": "$p256"}"#),
        (
            8,
            None,
            r#"{"kind": "provider-confirmed", "provider": "https://several.example.org/sp", "certificate":
                {"algorithm": "sha1", "digest": "4f3c9a1b00112233445566778899aabbccddeeff", "target": "certificate"}}"#,
        ),
        (
            10,
            None,
            r#"{"kind": "provider-exported", "provider": "https://several.example.org/sp", "certificates": ["$p256"]}"#,
        ),
        (
            12,
            None,
            r#"{"kind": "certificate-uploaded", "certificate": "$der:p384", "sha256": "$p384",
                "replaced": {"algorithm": "sha256", "digest": "$p521", "target": "certificate"}}"#,
        ),
        (14, None, r#"{"kind": "private-key-uploaded", "spki_sha256": "$key:p521", "replaced": null}"#),
        (17, None, r#"{"kind": "staged", "certificate": "$der:ed25519", "sha256": "$ed25519", "replaced": "$p384"}"#),
        (18, None, r#"{"kind": "saved", "sha256": "$ed25519"}"#),
        (19, None, r#"{"kind": "published", "sha256": "$ed25519"}"#),
        (21, Some(reason), r#"{"kind": "cut-over", "sha256": "$ed25519", "previous": "$p256", "accepted": ACCEPTED}"#),
        (
            22,
            Some(reason),
            r#"{"kind": "rolled-back", "sha256": "$p256", "next": "$ed25519",
                "accepted": ["https://fingerprint.example.org/sp", "https://several.example.org/sp"]}"#,
        ),
        (
            23,
            None,
            r#"{"kind": "discarded", "sha256": "$ed25519",
                "held_by": ["https://metadata.example.org/sp", "https://several.example.org/sp"]}"#,
        ),
        (28, Some(reason), r#"{"kind": "retired", "sha256": "$p256", "accepted": ACCEPTED}"#),
        (
            29,
            None,
            r#"{"kind": "revoked", "spki_sha256": "$key:p256", "reason": "compromised",
                "cleared": ["8ce14b79e3857c24e04ab412e18e78711c6feb3ac87a2d6b306c751e55625044"],
                "replacement": {"certificate": "$der:rsa-2048", "sha256": "$rsa-2048"},
                "breaks": ["https://fingerprint.example.org/sp", "https://metadata.example.org/sp",
                           "https://one.example.org/sp", "https://several.example.org/sp"]}"#,
        ),
        (30, None, r#"{"kind": "provider-removed", "provider": "https://fingerprint.example.org/sp"}"#),
    ];
    let events = staged().events;
    for (sequence, reason, change) in table {
        let expected = format!(
            r#"{{"version": 1, "sequence": {sequence}, "at": $day:{}, "actor": "bob \"the admin\" Ω", "reason": {},
                "change": {}}}"#,
            sequence - 1,
            Value::from(*reason),
            change.replace("ACCEPTED", accepted),
        );
        is(&events[sequence - 1], &expected);
    }
    let half = &serde_json::to_value(&events[15]).unwrap()["change"];
    assert_eq!((&half["kind"], &half["half"]["target"]), (&Value::from("half-discarded"), &Value::from("spki")));
    let log = json::Log::from(&events[..2]);
    let changes = ["created", "settings-changed"];
    let log = serde_json::to_value(log).unwrap();
    assert!(changes.iter().enumerate().all(|(index, kind)| log["events"][index]["change"]["kind"] == *kind), "{log}");
}

/// The rest of the kinds.
#[test]
fn events_under_on_save() {
    let events = on_save().events;
    is(
        &events[5],
        r#"{"version": 1, "sequence": 6, "at": $day:5, "actor": "bob \"the admin\" Ω", "reason": null,
            "change": {"kind": "saved-and-switched", "sha256": "$ed25519", "previous": "$p384", "displaced": "$p256",
                       "accepted": []}}"#,
    );
    let created = Life::new("new", Settings::new(SavePolicy::OnSave)).events;
    is(
        &created[0],
        r#"{"version": 1, "sequence": 1, "at": $day:0, "actor": "alice", "reason": null, "change": {"kind": "created",
            "id": "new", "settings": {"entity_id": null, "sso": [], "slo": [], "name_id_formats": [],
            "organization": null, "contact": null, "skew_s": 300, "policy": "on-save"}}}"#,
    );
    let added = &busy().events[2];
    let form = &serde_json::to_value(added).unwrap()["change"];
    is(
        form,
        r#"{"kind": "provider-added", "provider": {"entity_id": "https://one.example.org/sp", "name": null,
            "capability": {"kind": "one-certificate"}, "paste_format": "element", "profile": "active-only",
            "holds": [], "exported": null}}"#,
    );
}

#[test]
fn what_a_step_or_a_record_refuses_is_a_problem() {
    let mut life = Life::new("new", Settings::new(SavePolicy::OnSave));
    let at = samlcert::application::StepContext { now: BEGIN, actor: "alice" };
    let refused = life.application.publish(at).unwrap_err();
    is(
        &json::Failure::from(json::Problem::from(&refused)),
        r#"{"error": {"code": "nothing-to-publish", "number": 607, "message": "$text", "span": null}}"#,
    );
    let refused = json::read_record(br#"{"version":2}"#).unwrap_err();
    is(
        &json::Failure::from(json::Problem::from(&refused)),
        r#"{"error": {"code": "record-version", "number": 650, "span": null,
            "message": "version: 2 is not known here; this release reads version 1"}}"#,
    );
}
