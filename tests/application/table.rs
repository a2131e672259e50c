//! Every step in every state: what it says first, and that an error changes nothing.

use super::life::Life;
use super::pool::{certificate, entity, key, pair, sha256};
use samlcert::Application;
use samlcert::application::{
    Acceptance, Capability, Event, Half, RevocationReason, SavePolicy, ServiceProvider, Settings, StepContext,
    StepError,
};

/// What each step says in each state: `ok`, or the code of the first error.
struct Row {
    step: &'static str,
    /// Before the activation. Of these states there is this one: nothing comes in before, as this column shows of each
    /// step that brings something in, so that there is no next and no previous certificate.
    never: &'static str,
    /// For each stage of the next certificate: with an active one; with an active and a previous one; with neither, since
    /// the key was revoked; with a previous one only.
    none: [&'static str; 4],
    draft: [&'static str; 4],
    saved: [&'static str; 4],
    published: [&'static str; 4],
}

const OK: &str = "ok";

#[rustfmt::skip]
const TABLE: &[Row] = &[
    Row {
        step: "activate",
        never:     OK,
        none:      ["already-activated"; 4],
        draft:     ["already-activated"; 4],
        saved:     ["already-activated"; 4],
        published: ["already-activated"; 4],
    },
    Row {
        step: "upload a certificate",
        never:     "not-activated",
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: ["published-next"; 4],
    },
    Row {
        step: "upload a key",
        never:     "not-activated",
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: ["published-next"; 4],
    },
    Row {
        step: "upload the other half",
        never:     "not-activated",
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: ["published-next"; 4],
    },
    Row {
        step: "upload what renews the active certificate",
        never:     "not-activated",
        none:      [OK, OK, "revoked-key", "revoked-key"],
        draft:     [OK, OK, "revoked-key", "revoked-key"],
        saved:     [OK, OK, "revoked-key", "revoked-key"],
        published: ["published-next"; 4],
    },
    Row {
        step: "stage a pair",
        never:     "not-activated",
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: ["published-next"; 4],
    },
    Row {
        step: "stage the active pair",
        never:     "not-activated",
        none:      ["already-present", "already-present", "revoked-key", "revoked-key"],
        draft:     ["already-present", "already-present", "revoked-key", "revoked-key"],
        saved:     ["already-present", "already-present", "revoked-key", "revoked-key"],
        published: ["published-next"; 4],
    },
    Row {
        step: "save, staged",
        never:     "nothing-to-save",
        none:      ["nothing-to-save"; 4],
        draft:     [OK; 4],
        saved:     ["nothing-to-save"; 4],
        published: ["nothing-to-save"; 4],
    },
    Row {
        step: "save, which switches",
        never:     "nothing-to-save",
        none:      ["nothing-to-save"; 4],
        draft:     [OK; 4],
        saved:     ["nothing-to-save"; 4],
        published: ["nothing-to-save"; 4],
    },
    Row {
        step: "discard",
        never:     "nothing-to-discard",
        none:      ["nothing-to-discard"; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: [OK; 4],
    },
    Row {
        step: "discard the half that waits",
        never:     "nothing-to-discard",
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: [OK; 4],
    },
    Row {
        step: "publish",
        never:     "nothing-to-publish",
        none:      ["nothing-to-publish"; 4],
        draft:     ["unsaved"; 4],
        saved:     [OK; 4],
        published: ["already-published"; 4],
    },
    Row {
        step: "cut over",
        never:     "nothing-to-cut-over",
        none:      ["nothing-to-cut-over"; 4],
        draft:     ["unsaved"; 4],
        saved:     ["not-published"; 4],
        published: [OK, "previous-still-published", OK, "previous-still-published"],
    },
    Row {
        step: "roll back",
        never:     "nothing-to-roll-back",
        none:      ["nothing-to-roll-back", OK, "nothing-to-roll-back", OK],
        draft:     ["nothing-to-roll-back", "next-in-the-way", "nothing-to-roll-back", "next-in-the-way"],
        saved:     ["nothing-to-roll-back", "next-in-the-way", "nothing-to-roll-back", "next-in-the-way"],
        published: ["nothing-to-roll-back", "next-in-the-way", "nothing-to-roll-back", "next-in-the-way"],
    },
    Row {
        step: "retire",
        never:     "nothing-to-retire",
        none:      ["nothing-to-retire", OK, "nothing-to-retire", OK],
        draft:     ["nothing-to-retire", OK, "nothing-to-retire", OK],
        saved:     ["nothing-to-retire", OK, "nothing-to-retire", OK],
        published: ["nothing-to-retire", OK, "nothing-to-retire", OK],
    },
    Row {
        step: "revoke the active key",
        never:     "unknown-key",
        none:      [OK, OK, "revoked-key", "revoked-key"],
        draft:     [OK, OK, "revoked-key", "revoked-key"],
        saved:     [OK, OK, "revoked-key", "revoked-key"],
        published: [OK, OK, "revoked-key", "revoked-key"],
    },
    Row {
        step: "revoke the active key and replace it",
        never:     "unknown-key",
        none:      [OK, OK, "revoked-key", "revoked-key"],
        draft:     [OK, OK, "revoked-key", "revoked-key"],
        saved:     [OK, OK, "revoked-key", "revoked-key"],
        published: [OK, OK, "revoked-key", "revoked-key"],
    },
    Row {
        step: "revoke the next key",
        never:     "unknown-key",
        none:      ["unknown-key"; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: [OK; 4],
    },
    Row {
        step: "revoke the next key and replace what signs",
        never:     "unknown-key",
        none:      ["unknown-key"; 4],
        draft:     ["replacement-not-needed", "replacement-not-needed", OK, OK],
        saved:     ["replacement-not-needed", "replacement-not-needed", OK, OK],
        published: ["replacement-not-needed", "replacement-not-needed", OK, OK],
    },
    Row {
        step: "set",
        never:     OK,
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: [OK; 4],
    },
    Row {
        step: "add a service provider",
        never:     OK,
        none:      [OK; 4],
        draft:     [OK; 4],
        saved:     [OK; 4],
        published: [OK; 4],
    },
    Row {
        step: "confirm, export for and remove a service provider that is not there",
        never:     "unknown-provider",
        none:      ["unknown-provider"; 4],
        draft:     ["unknown-provider"; 4],
        saved:     ["unknown-provider"; 4],
        published: ["unknown-provider"; 4],
    },
];

const STAGES: [&str; 4] = ["none", "draft", "saved", "published"];

#[derive(Clone, Copy, Debug)]
struct State {
    is_active: bool,
    has_previous: bool,
    stage: &'static str,
}

/// `a` was activated; if there is a previous one it is `a`, and `b` signs; `c` is the next one. The key of what signs is
/// revoked at last, if nothing is to sign. If a half waits, it came in before.
fn built(state: State, half: Option<Half>) -> Life {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    if state.has_previous {
        life.run("stage b; save; publish; cut over");
    }
    if let Some(half) = half {
        life.good(|it, at| it.upload(at, half));
    }
    if state.stage != "none" {
        life.good(|it, at| it.stage(at, pair("c")));
    }
    if state.stage == "saved" || state.stage == "published" {
        life.good(|it, at| it.save(at, Acceptance::NONE));
    }
    if state.stage == "published" {
        life.good(Application::publish);
    }
    if !state.is_active {
        life.good(|it, at| it.revoke(at, &sha256(signs(state)), RevocationReason::Lost, None));
    }
    let record = life.record();
    assert_eq!((record.active().is_some(), record.previous().is_some()), (state.is_active, state.has_previous));
    assert_eq!(record.next().map_or("none", |next| next.stage().as_str()), state.stage);
    life
}

/// The pair that signs, or did before its key was revoked.
const fn signs(state: State) -> &'static str {
    if state.has_previous { "b" } else { "a" }
}

const fn renews(state: State) -> &'static str {
    if state.has_previous { "b-renewed" } else { "a-renewed" }
}

/// The half that waits before a step is taken.
fn half_for(step: &str) -> Option<Half> {
    let waits = matches!(step, "upload the other half" | "discard the half that waits");
    waits.then(|| Half::Certificate(certificate("d").clone()))
}

fn policy_for(step: &str) -> SavePolicy {
    if step == "save, which switches" { SavePolicy::OnSave } else { SavePolicy::Staged }
}

fn take(name: &str, state: State, it: &mut Application, at: StepContext<'_>) -> Result<Event, StepError> {
    let none = Acceptance::NONE;
    let lost = RevocationReason::Lost;
    match name {
        "activate" => it.activate(at, pair("d")),
        "upload a certificate" => it.upload(at, Half::Certificate(certificate("d").clone())),
        "upload a key" | "upload the other half" => it.upload(at, Half::PrivateKey(key("d").clone())),
        "upload what renews the active certificate" => {
            it.upload(at, Half::Certificate(certificate(renews(state)).clone()))
        }
        "stage a pair" => it.stage(at, pair("d")),
        "stage the active pair" => it.stage(at, pair(signs(state))),
        "save, staged" | "save, which switches" => it.save(at, none),
        "discard" | "discard the half that waits" => it.discard(at),
        "publish" => it.publish(at),
        "cut over" => it.cut_over(at, none),
        "roll back" => it.roll_back(at, none),
        "retire" => it.retire(at, none),
        "revoke the active key" => it.revoke(at, &sha256(signs(state)), lost, None),
        "revoke the active key and replace it" => it.revoke(at, &sha256(signs(state)), lost, Some(pair("d"))),
        "revoke the next key" => it.revoke(at, &sha256("c"), lost, None),
        "revoke the next key and replace what signs" => it.revoke(at, &sha256("c"), lost, Some(pair("d"))),
        "set" => it.set(at, Settings::new(SavePolicy::OnSave)),
        "add a service provider" => {
            it.add_provider(at, ServiceProvider::new(entity("one"), Capability::OneCertificate))
        }
        "confirm, export for and remove a service provider that is not there" => {
            assert_eq!(it.confirm(at, &entity("one"), &sha256("a")).unwrap_err().code().as_str(), "unknown-provider");
            assert_eq!(it.record_export(at, &entity("one")).unwrap_err().code().as_str(), "unknown-provider");
            it.remove_provider(at, &entity("one"))
        }
        _ => panic!("no step {name}"),
    }
}

fn said(life: &mut Life, step: &str, state: State) -> &'static str {
    match life.step(|it, at| take(step, state, it, at)) {
        Ok(_) => OK,
        Err(error) => error.code().as_str(),
    }
}

#[test]
fn each_step_in_each_state() {
    for row in TABLE {
        let mut fresh = Life::new(policy_for(row.step));
        let state = State { is_active: false, has_previous: false, stage: "none" };
        assert_eq!(said(&mut fresh, row.step, state), row.never, "{}: never activated", row.step);
        for (stage, cells) in STAGES.into_iter().zip([row.none, row.draft, row.saved, row.published]) {
            for (index, expected) in cells.into_iter().enumerate() {
                let state = State { is_active: index < 2, has_previous: index % 2 == 1, stage };
                let mut life = built(state, half_for(row.step));
                life.good(|it, at| it.set(at, Settings::new(policy_for(row.step))));
                assert_eq!(said(&mut life, row.step, state), expected, "{}: {state:?}", row.step);
            }
        }
    }
}

/// Where each certificate stands after each step that was taken, from the fullest state.
#[test]
fn what_each_step_moves() {
    let places = |life: &Life| {
        let name = |fingerprint: &samlcert::Fingerprint| {
            super::pool::pool().iter().find(|(name, _)| sha256(name) == *fingerprint).map_or("?", |(name, _)| name)
        };
        let record = life.record();
        let active = record.active().map_or("-", |placed| name(placed.sha256()));
        let next = record
            .next()
            .map_or("-".to_owned(), |it| format!("{} {}", name(it.placed().sha256()), it.stage().as_str()));
        let previous = record.previous().map_or("-", |placed| name(placed.sha256()));
        let former: Vec<String> = record
            .former()
            .iter()
            .map(|former| format!("{} {}", name(former.placed().sha256()), former.ending().as_str()))
            .collect();
        format!("{active} | {next} | {previous} | {}", former.join(", "))
    };
    let table = [
        ("none", "upload a certificate", "b | - | a | "),
        ("none", "upload the other half", "b | d draft | a | "),
        ("none", "upload what renews the active certificate", "b | b-renewed draft | a | "),
        ("draft", "stage a pair", "b | d draft | a | c replaced"),
        ("saved", "stage a pair", "b | d draft | a | c replaced"),
        ("draft", "save, staged", "b | c saved | a | "),
        ("draft", "save, which switches", "c | - | b | a displaced"),
        ("draft", "discard", "b | - | a | c discarded"),
        ("published", "discard", "b | - | a | c discarded"),
        ("published", "discard the half that waits", "b | c published | a | "),
        ("saved", "publish", "b | c published | a | "),
        ("none", "roll back", "a | b published | - | "),
        ("published", "retire", "b | c published | - | a retired"),
        ("published", "revoke the active key", "- | c published | a | b lost"),
        ("published", "revoke the active key and replace it", "d | c published | a | b lost"),
        ("published", "revoke the next key", "b | - | a | c lost"),
    ];
    for (stage, step, expected) in table {
        let state = State { is_active: true, has_previous: true, stage };
        let mut life = built(state, half_for(step));
        life.good(|it, at| it.set(at, Settings::new(policy_for(step))));
        assert_eq!(said(&mut life, step, state), OK, "{step}: {stage}");
        assert_eq!(places(&life), expected, "{step}: {stage}");
    }
    // What was empty stays empty.
    let table = [
        ("draft", false, "save, which switches", "c | - | - | a lost"),
        ("draft", true, "save, which switches", "c | - | - | b lost, a displaced"),
        ("published", false, "cut over", "c | - | - | a lost"),
        ("none", true, "roll back", "a | - | - | b lost"),
        ("published", true, "retire", "- | c published | - | b lost, a retired"),
    ];
    for (stage, has_previous, step, expected) in table {
        let state = State { is_active: false, has_previous, stage };
        let mut life = built(state, None);
        life.good(|it, at| it.set(at, Settings::new(policy_for(step))));
        assert_eq!(said(&mut life, step, state), OK, "{step}: {state:?}");
        assert_eq!(places(&life), expected, "{step}: {state:?}");
    }
}
