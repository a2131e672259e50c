//! Whose logins work, and what a step that breaks some needs.

use super::life::{Life, take};
use super::pool::{certificate, day, entity, pair, providers, pulls, sha256};
use samlcert::application::{
    Acceptance, Capability, Change, EntityId, GuardedStep, LoginState, Profile, RevocationReason, SavePolicy,
    ServiceProvider, Settings,
};
use samlcert::{Application, ErrorCode, HashAlgorithm};

const ONE: Capability = Capability::OneCertificate;
const SEVERAL: Capability = Capability::SeveralCertificates;
const SHA1: Capability = Capability::Fingerprint { algorithm: HashAlgorithm::Sha1 };

fn why(state: &LoginState) -> String {
    match state {
        LoginState::Works { known } => format!("works: {}", known.as_str()),
        LoginState::Breaks(why) => format!("breaks: {why}"),
        LoginState::Unknown(why) => format!("unknown: {why}"),
        _ => panic!("no further state"),
    }
}

/// The login at one provider, after steps with it.
#[test]
fn logins_of_each_capability() {
    let unknown = "unknown: nobody has confirmed what it holds";
    let given = "unknown: it was given the certificate that signs, and nobody has confirmed that this one is in place";
    let another = "breaks: it does not hold the certificate that signs";
    let nothing = "breaks: nothing signs";
    let confirmed = "works: confirmed";
    let assumed = "works: assumed";
    let rotate = "stage b; save; publish; cut over";
    let day_2 = "unknown: it pulls metadata, and may not have it before 2027-01-02T00:05:00Z";
    let day_3 = "unknown: it pulls metadata, and may not have it before 2027-01-03T00:05:00Z";
    let table = [
        ("one certificate, of which nothing is known", ONE, "", unknown),
        ("one certificate, confirmed", ONE, "confirm it a", confirmed),
        ("one certificate, given out", ONE, "export it", given),
        ("one certificate, given out and confirmed", ONE, "export it; confirm it a", confirmed),
        ("one certificate, the old one", ONE, &format!("confirm it a; {rotate}"), another),
        ("one certificate, the new one too early", ONE, "confirm it a; stage b; save; publish; confirm it b", another),
        (
            "one certificate, at its moment",
            ONE,
            "confirm it a; stage b; save; publish; confirm it b; cut over",
            confirmed,
        ),
        ("one certificate, the new one given out", ONE, &format!("confirm it a; {rotate}; export it"), given),
        (
            "one certificate, rolled back after the new one was given out",
            ONE,
            &format!("confirm it a; {rotate}; export it; roll back"),
            given,
        ),
        ("one certificate, rolled back before", ONE, &format!("confirm it a; {rotate}; roll back"), confirmed),
        ("one certificate, the key lost", ONE, "confirm it a; revoke a", nothing),
        ("one certificate, replaced", ONE, "confirm it a; revoke a for b", another),
        ("several, of which nothing is known", SEVERAL, "", unknown),
        ("several, the old one", SEVERAL, &format!("confirm it a; {rotate}"), another),
        ("several, both", SEVERAL, "confirm it a; stage b; save; publish; confirm it b; cut over", confirmed),
        ("several, both, before", SEVERAL, "confirm it a; stage b; save; publish; confirm it b", confirmed),
        ("several, the new one given out", SEVERAL, "confirm it a; stage b; save; publish; export it; cut over", given),
        ("several, given out anew", SEVERAL, "confirm it a; export it", confirmed),
        (
            "several, rolled back after the new one was given out",
            SEVERAL,
            &format!("confirm it a; {rotate}; export it; roll back"),
            confirmed,
        ),
        ("pulls, early", pulls(24), "", day_2),
        ("pulls, a second too early", pulls(24), "wait 24 h; wait 299 s", day_2),
        ("pulls, in time", pulls(24), "wait 24 h; wait 300 s", assumed),
        ("pulls, confirmed early", pulls(24), "confirm it a", confirmed),
        ("pulls, the new one early", pulls(24), &format!("confirm it a; wait 24 h; {rotate}"), day_3),
        ("pulls, the new one in time", pulls(24), "wait 24 h; stage b; save; publish; wait 25 h; cut over", assumed),
        (
            "pulls, the new one discarded and published again",
            pulls(24),
            "stage b; save; publish; discard; wait 24 h; stage b; save; publish; cut over",
            day_3,
        ),
        ("pulls, rolled back", pulls(24), &format!("wait 25 h; {rotate}; roll back"), assumed),
        ("pulls, a replacement", pulls(24), "wait 24 h; revoke a for b", day_3),
        ("pulls, the key lost", pulls(24), "wait 25 h; revoke a", nothing),
        ("fingerprint, confirmed", SHA1, "confirm it a", confirmed),
        ("fingerprint, the old one", SHA1, &format!("confirm it a; {rotate}"), another),
        ("fingerprint, given out", SHA1, "export it", given),
        ("a certificate that is not of this application", ONE, "confirm it d", another),
    ];
    for (name, capability, script, expected) in table {
        let mut life = Life::activated(SavePolicy::Staged, "a");
        life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("it"), capability)));
        life.run(script);
        assert_eq!(why(&life.record().logins(life.now)[0].state), expected, "{name}");
    }
}

/// Metadata that shows only what signs is pulled after the cut-over; the next one first changes nothing of that.
#[test]
fn what_metadata_shows_is_what_is_pulled() {
    let table = [(Profile::ActiveNext, "works"), (Profile::NextActive, "works"), (Profile::ActiveOnly, "unknown")];
    for (profile, after) in table {
        let mut life = Life::activated(SavePolicy::Staged, "a");
        life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("it"), pulls(1)).with_profile(profile)));
        life.run("wait 2 h; stage b; save; publish; wait 2 h; cut over");
        assert_eq!(life.logins(), [after], "{}", profile.as_str());
        life.run("wait 2 h");
        assert_eq!(life.logins(), ["works"], "{}", profile.as_str());
    }
}

/// People confirm what a provider shows them: any hash, any notation, a certificate or its key.
#[test]
fn a_holding_is_confirmed_by_any_fingerprint() {
    let of = certificate("a");
    let mut fingerprints = Vec::new();
    for algorithm in HashAlgorithm::ALL {
        fingerprints.push(of.fingerprint(algorithm));
        fingerprints.push(of.spki_fingerprint(algorithm));
        // A bare digest does not say what it is of.
        fingerprints.push(of.spki_fingerprint(algorithm).to_hex().parse().unwrap());
    }
    for fingerprint in fingerprints {
        let mut life = Life::activated(SavePolicy::Staged, "a");
        life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("it"), ONE)));
        life.good(|it, at| it.confirm(at, &entity("it"), &fingerprint));
        assert_eq!(life.logins(), ["works"], "{fingerprint:?}");
        life.run("stage a-renewed; save; publish; cut over");
        let holds_the_key = fingerprint.digest() != of.fingerprint(fingerprint.algorithm()).digest();
        assert_eq!(life.logins(), [if holds_the_key { "works" } else { "breaks" }], "{fingerprint:?}");
    }
    // What is confirmed before it is here counts once it is.
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("it"), SEVERAL)));
    life.good(|it, at| it.confirm(at, &entity("it"), &certificate("b").fingerprint(HashAlgorithm::Sha1)));
    life.run("stage b; save; publish; cut over");
    assert_eq!(life.logins(), ["works"]);
}

/// The issue's own words: confirming the new certificate of a one-certificate provider before the cut-over breaks its
/// logins.
#[test]
fn the_new_certificate_too_early_breaks_the_logins_at_once() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    life.run("wait 2 d; stage b; save; publish");
    assert_eq!(life.logins(), ["works"; 4], "one, pulls, several, sha1");
    life.run("confirm one b; confirm several b");
    assert_eq!(life.logins(), ["breaks", "works", "works", "works"]);
    let status = life.record().status(life.now);
    assert_eq!(status.providers[0].login.as_str(), "breaks");
    life.run("wait 2 d");
    let after: Vec<_> = life.record().impact(GuardedStep::CutOver, life.now).unwrap();
    let after: Vec<_> = after.iter().map(|login| login.state.as_str()).collect();
    assert_eq!(after, ["works", "works", "works", "breaks"]);
}

fn ids(names: &[&str]) -> Vec<EntityId> {
    names.iter().map(|name| entity(name)).collect()
}

/// `one` and `sha1` are affected by the cut-over; `several` and `pulls` are not.
fn before_a_cut_over() -> Life {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    life.run("stage b; save; publish; confirm several b; wait 2 d");
    life
}

#[test]
fn an_acceptance_names_exactly_those_who_are_affected() {
    let affected: &[&str] = &["one", "sha1"];
    let long = "x".repeat(1025);
    type Row<'a> = (&'a str, &'a [&'a str], &'a str, Result<(), ErrorCode>);
    let table: [Row<'_>; 15] = [
        ("exactly", affected, "announced", Ok(())),
        ("in another order", &["sha1", "one"], "announced", Ok(())),
        ("one twice", &["sha1", "one", "sha1"], "announced", Ok(())),
        ("nobody", &[], "", Err(ErrorCode::LoginsWouldBreak)),
        ("nobody, with a reason", &[], "announced", Err(ErrorCode::LoginsWouldBreak)),
        ("one is missing", &["one"], "announced", Err(ErrorCode::LoginsWouldBreak)),
        ("one is needless", &["one", "several", "sha1"], "announced", Err(ErrorCode::NotAffected)),
        ("one that pulled is needless", &["one", "pulls", "sha1"], "announced", Err(ErrorCode::NotAffected)),
        ("one is missing and one is needless", &["several", "sha1"], "announced", Err(ErrorCode::LoginsWouldBreak)),
        ("one is not there", &["one", "sha1", "who"], "announced", Err(ErrorCode::UnknownProvider)),
        ("one is not there, and one is missing", &["who"], "announced", Err(ErrorCode::UnknownProvider)),
        ("no reason", affected, "", Err(ErrorCode::ReasonRequired)),
        ("a blank reason", affected, "  ", Err(ErrorCode::InvalidText)),
        ("a reason with a line break", affected, "one\ntwo", Err(ErrorCode::InvalidText)),
        ("a long reason", affected, &long, Err(ErrorCode::InvalidText)),
    ];
    for (name, accepted, reason, expected) in table {
        let mut life = before_a_cut_over();
        let providers = ids(accepted);
        let result = life.step(|it, at| it.cut_over(at, Acceptance { providers: &providers, reason }));
        match (result, expected) {
            (Ok(event), Ok(())) => {
                let Change::CutOver { accepted, .. } = &event.change else { panic!("{event:?}") };
                assert_eq!(*accepted, ids(affected), "{name}: each once and in order");
                assert_eq!(event.reason.as_deref(), Some(reason), "{name}");
            }
            (result, expected) => assert_eq!(result.map(|_| ()).map_err(|error| error.code()), expected, "{name}"),
        }
    }
}

#[test]
fn the_errors_say_who() {
    let mut life = before_a_cut_over();
    let refused = |life: &mut Life, accepted: &[&str]| {
        let providers = ids(accepted);
        life.step(|it, at| it.cut_over(at, Acceptance { providers: &providers, reason: "x" })).unwrap_err().to_string()
    };
    assert!(refused(&mut life, &["one"]).contains(" at https://sha1.example;"));
    assert!(
        refused(&mut life, &["one", "sha1", "pulls", "several"])
            .contains(" at https://pulls.example, https://several.example;")
    );
}

/// A safe step needs no acceptance, and may have a reason.
#[test]
fn a_safe_step_needs_nothing() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with([ServiceProvider::new(entity("several"), SEVERAL)]);
    life.run("stage b; save; publish; confirm several b");
    assert_eq!(life.record().to_accept(GuardedStep::CutOver, life.now), Ok(Vec::new()));
    let event = life.good(|it, at| it.cut_over(at, Acceptance { providers: &[], reason: "the yearly rotation" }));
    assert_eq!(event.reason.as_deref(), Some("the yearly rotation"));
}

/// Each guarded step takes exactly what it affects, and nothing else.
#[test]
fn each_guarded_step_has_its_guard() {
    use GuardedStep::{CutOver, Retire, RollBack, Save};
    let table = [
        ("a staged save moves nothing", SavePolicy::Staged, "stage b", Save, vec![]),
        ("a save that switches", SavePolicy::OnSave, "stage b", Save, vec!["one", "pulls", "several", "sha1"]),
        (
            "a save that all wait for",
            SavePolicy::OnSave,
            "stage b; confirm one b; confirm several b; confirm sha1 b",
            Save,
            vec!["pulls"],
        ),
        (
            "a cut-over at once",
            SavePolicy::Staged,
            "stage b; save; publish",
            CutOver,
            vec!["one", "pulls", "several", "sha1"],
        ),
        (
            "a cut-over in time",
            SavePolicy::Staged,
            "stage b; save; publish; wait 2 d",
            CutOver,
            vec!["one", "several", "sha1"],
        ),
        ("a roll-back at once", SavePolicy::Staged, "wait 2 d; stage b; save; publish; cut over", RollBack, vec![]),
        (
            "a roll-back after some were changed",
            SavePolicy::Staged,
            "wait 2 d; stage b; save; publish; cut over; confirm one b; confirm several b",
            RollBack,
            vec!["one"],
        ),
        (
            "a retirement in time",
            SavePolicy::Staged,
            "stage b; save; publish; cut over; wait 2 d; confirm one b; confirm several b; confirm sha1 b",
            Retire,
            vec![],
        ),
        (
            "a retirement while some hold only the previous one",
            SavePolicy::Staged,
            "stage b; save; publish; cut over; wait 2 d; confirm one b",
            Retire,
            vec!["several", "sha1"],
        ),
        (
            "a retirement while one may not have pulled",
            SavePolicy::Staged,
            "stage b; save; publish; cut over; confirm one b; confirm several b; confirm sha1 b",
            Retire,
            vec!["pulls"],
        ),
        (
            "a retirement while nothing signs",
            SavePolicy::Staged,
            "stage b; save; publish; cut over; revoke b",
            Retire,
            vec!["one", "pulls", "several", "sha1"],
        ),
    ];
    for (name, policy, script, step, affected) in table {
        let mut life = Life::activated(policy, "a").with(providers());
        life.run(script);
        let affected = ids(&affected);
        assert_eq!(life.record().to_accept(step, life.now).as_ref(), Ok(&affected), "{name}");
        let needless = ids(&["one", "pulls", "several", "sha1"]);
        let wrong = if affected == needless { Vec::new() } else { needless };
        let code = life.refused(|it, at| take(it, at, step, Acceptance { providers: &wrong, reason: "x" }));
        let expected = if wrong.is_empty() { ErrorCode::LoginsWouldBreak } else { ErrorCode::NotAffected };
        assert_eq!(code, expected, "{name}");
        assert_eq!(life.force(step), affected.iter().map(ToString::to_string).collect::<Vec<_>>(), "{name}");
    }
}

/// What begins to sign must be valid now; that is looked at before the logins.
#[test]
fn what_would_sign_is_valid_now() {
    use GuardedStep::{CutOver, Retire, RollBack, Save};
    let table = [
        ("expired", SavePolicy::OnSave, "stage expired", Save, "certificate-expired"),
        ("expired, staged: it does not sign yet", SavePolicy::Staged, "stage expired", Save, "ok"),
        ("expired", SavePolicy::Staged, "stage expired; save; publish", CutOver, "certificate-expired"),
        ("not yet valid", SavePolicy::OnSave, "stage not-yet-valid", Save, "certificate-not-yet-valid"),
        (
            "not yet valid",
            SavePolicy::Staged,
            "stage not-yet-valid; save; publish",
            CutOver,
            "certificate-not-yet-valid",
        ),
        (
            "expired since",
            SavePolicy::Staged,
            "stage b; save; publish; cut over; wait 366 d",
            RollBack,
            "certificate-expired",
        ),
        (
            "what signs has expired, and does not change",
            SavePolicy::Staged,
            "stage e; save; publish; cut over; confirm one e; wait 366 d",
            Retire,
            "ok",
        ),
        ("what signs has expired, and a draft is saved", SavePolicy::Staged, "stage b; wait 366 d", Save, "ok"),
    ];
    for (name, policy, script, step, expected) in table {
        let mut life = Life::activated(policy, "a").with([ServiceProvider::new(entity("one"), ONE)]);
        life.run(script);
        let result = life.step(|it, at| take(it, at, step, Acceptance::NONE));
        let said = result.map_or_else(|error| error.code().as_str(), |_| "ok");
        assert_eq!(said, expected, "{step:?}: {name}");
        if expected != "ok" {
            let told = life.record().impact(step, life.now).unwrap_err();
            assert_eq!(told.code().as_str(), expected, "{step:?}: {name}");
            assert_eq!(life.record().to_accept(step, life.now), Err(told), "{step:?}: {name}");
        }
    }
    // To the second.
    for (now, expected) in [(day(365), "ok"), (samlcert::UnixTime(day(365).0 + 1), "certificate-expired")] {
        let mut life = Life::activated(SavePolicy::OnSave, "b");
        life.good(|it, at| it.stage(at, pair("a")));
        life.now = now;
        let result = life.step(|it, at| it.save(at, Acceptance::NONE));
        assert_eq!(result.map_or_else(|error| error.code().as_str(), |_| "ok"), expected);
    }
}

/// What people have is taken as it is: the pair that signs today may have expired long ago.
#[test]
fn an_expired_pair_can_be_activated() {
    let life = Life::activated(SavePolicy::OnSave, "expired");
    assert_eq!(life.record().condition(life.now).as_str(), "expired");
    assert!(life.application.signing_pair().is_some());
}

#[test]
fn a_replacement_signs_at_once_and_the_event_tells_whose_logins_break() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    life.run("stage b; save; publish; confirm several b; wait 2 d");
    let compromised = RevocationReason::Compromised;
    for (name, code) in [
        ("expired", ErrorCode::CertificateExpired),
        ("not-yet-valid", ErrorCode::CertificateNotYetValid),
        ("a-renewed", ErrorCode::RevokedKey),
    ] {
        assert_eq!(life.refused(|it, at| it.revoke(at, &sha256("a"), compromised, Some(pair(name)))), code, "{name}");
    }
    let event = life.good(|it, at| it.revoke(at, &sha256("a"), compromised, Some(pair("b"))));
    let Change::Revoked { breaks, cleared, replacement, .. } = &event.change else { panic!("{event:?}") };
    assert_eq!(*breaks, ids(&["one", "sha1"]));
    assert_eq!((cleared.as_slice(), replacement.as_ref()), ([sha256("a")].as_slice(), Some(certificate("b"))));
    let record = life.record();
    assert!(record.next().is_none(), "it left the place of the next one");
    assert_eq!(
        record.active().map(|active| active.published_at()),
        Some(Some(super::pool::BEGIN)),
        "it was shown before"
    );
    assert_eq!(life.refused(|it, at| it.revoke(at, &sha256("a"), compromised, None)), ErrorCode::RevokedKey);
    assert_eq!(life.refused(|it, at| it.stage(at, pair("a-renewed"))), ErrorCode::RevokedKey);
}

/// A key is revoked by the fingerprint that people have at hand.
#[test]
fn a_key_is_revoked_by_any_fingerprint() {
    let mut fingerprints = Vec::new();
    for algorithm in HashAlgorithm::ALL {
        fingerprints.push(certificate("a").fingerprint(algorithm));
        fingerprints.push(certificate("a").spki_fingerprint(algorithm));
        fingerprints.push(certificate("a").spki_fingerprint(algorithm).to_hex().parse().unwrap());
    }
    for fingerprint in fingerprints {
        let mut life = Life::activated(SavePolicy::Staged, "a");
        life.good(|it, at| it.revoke(at, &fingerprint, RevocationReason::Lost, None));
        assert!(life.record().active().is_none(), "{fingerprint:?}");
    }
    // Also one that ended long ago: it must not come back.
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage b; save; publish; cut over; retire; revoke a");
    assert_eq!(life.record().active().map(|placed| *placed.sha256()), Some(sha256("b")));
    assert_eq!(life.refused(|it, at| it.stage(at, pair("a"))), ErrorCode::RevokedKey);
}

/// After a key was lost nothing signs; the way on is a new pair, or the previous one.
#[test]
fn after_a_loss() {
    for (policy, script) in [
        (SavePolicy::OnSave, "revoke a; stage b; save"),
        (SavePolicy::Staged, "revoke a; stage b; save; publish; cut over"),
        (SavePolicy::Staged, "stage c; save; publish; cut over; revoke c; roll back"),
        (SavePolicy::OnSave, "stage c; save; revoke c; roll back"),
    ] {
        let mut life = Life::activated(policy, "a");
        life.run(script);
        let record = life.record();
        assert!(record.active().is_some() && record.previous().is_none() && record.next().is_none(), "{script}");
        assert!(life.application.signing_pair().is_some(), "{script}");
    }
}

#[test]
fn what_is_set_counts_at_once() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("it"), pulls(1))));
    life.run("wait 1 h; wait 60 s");
    assert_eq!(life.logins(), ["unknown"], "the clocks may differ by 300 s");
    let mut settings = Settings::new(SavePolicy::Staged);
    settings.skew = 60;
    life.good(|it, at| it.set(at, settings.clone()));
    assert_eq!(life.logins(), ["works"]);
    settings.skew = u32::MAX;
    life.good(|it, at| it.set(at, settings.clone()));
    assert_eq!(life.logins(), ["unknown"]);
    settings.sso = vec![
        samlcert::application::Endpoint {
            binding: samlcert::application::Binding::Post,
            location: "https://idp.example/sso".parse().unwrap(),
        };
        33
    ];
    assert_eq!(life.refused(|it, at| it.set(at, settings)), ErrorCode::TooMany);
}

#[test]
fn providers_come_and_go() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    let again = ServiceProvider::new(entity("one"), SEVERAL);
    assert_eq!(life.refused(|it, at| it.add_provider(at, again.clone())), ErrorCode::DuplicateProvider);
    life.run("remove one");
    assert!(life.record().provider(&entity("one")).is_none());
    life.good(|it, at| it.add_provider(at, again));
    assert_eq!(life.record().provider(&entity("one")).unwrap().holds(), [], "what was known of it is forgotten");
    let names: Vec<_> = life.record().providers().iter().map(|it| it.entity_id().to_string()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for actor in ["", " ", "a\u{202e}b", "tab\t", &"x".repeat(257)] {
        let at = samlcert::application::StepContext { now: life.now, actor };
        assert_eq!(life.application.publish(at).unwrap_err().code(), ErrorCode::InvalidText, "{actor:?}");
        assert!(Application::new(at, "x".parse().unwrap(), Settings::new(SavePolicy::OnSave)).is_err(), "{actor:?}");
    }
}
