//! What people do with a console for signing certificates, each as they know it. (That pairs are uploaded only together
//! is in `halves`, the download's name in `files`, the lights and the reminders in `told`.)

use super::life::Life;
use super::pool::{entity, pair, providers, sha256};
use samlcert::application::{Acceptance, Change, SavePolicy, Stage};
use samlcert::{CertKeyPair, ErrorCode, SignatureScheme, SystemEntropy};

fn signed_by(life: &Life) -> CertKeyPair {
    life.application.signing_pair().expect("a pair signs")
}

/// Made here or brought along: what was given to the activation signs.
#[test]
fn activation_makes_a_pair() {
    let mut life = Life::new(SavePolicy::OnSave);
    assert!(life.application.signing_pair().is_none());
    let made = made();
    life.good(|it, at| it.activate(at, &made));
    assert_eq!(signed_by(&life).certificate(), made.certificate());
    let signature = signed_by(&life).sign(SignatureScheme::Ed25519, b"<Response/>", &mut SystemEntropy).unwrap();
    assert_eq!(signature.len(), 64);
    assert_eq!(life.refused(|it, at| it.activate(at, &made)), ErrorCode::AlreadyActivated);
    assert_eq!(life.record().activated_at(), Some(life.now));
}

#[cfg(feature = "issue")]
fn made() -> CertKeyPair {
    use samlcert::{IssueRequest, KeyKind};
    let request = IssueRequest::new("shop.example").unwrap().key_kind(KeyKind::Ed25519);
    request.issue(super::pool::BEGIN, &mut crate::support::Seeded::new(1)).unwrap()
}

#[cfg(not(feature = "issue"))]
fn made() -> CertKeyPair {
    pair("e").clone()
}

#[test]
fn regenerate_needs_activation_and_replaces_the_key() {
    let made = made();
    let mut life = Life::new(SavePolicy::OnSave);
    assert_eq!(life.refused(|it, at| it.stage(at, &made)), ErrorCode::NotActivated);
    life.run("activate a");
    life.good(|it, at| it.stage(at, &made));
    life.run("save");
    assert_eq!(signed_by(&life).certificate(), made.certificate());
    assert!(!signed_by(&life).private_key().public_key().is_same_key(pair("a").private_key().public_key()));
    let previous = life.record().previous().map(|placed| *placed.sha256());
    assert_eq!(previous, Some(sha256("a")), "the old one can come back");
}

#[test]
fn an_unsaved_change_signs_with_the_old_one() {
    for policy in [SavePolicy::OnSave, SavePolicy::Staged] {
        let mut life = Life::activated(policy, "a");
        for script in ["stage b", "stage c"] {
            life.run(script);
            let status = life.record().status(life.now);
            assert!(status.unsaved, "{script}");
            assert_eq!(status.waits.map(|waits| waits.stage), Some(Stage::Draft), "{script}");
            assert_eq!(signed_by(&life).certificate(), pair("a").certificate(), "{script}");
        }
        life.run("discard");
        assert!(!life.record().status(life.now).unsaved);
    }
}

/// Save is the moment on which a console switches; the staged policy parts the two.
#[test]
fn save_switches_or_waits() {
    let mut life = Life::activated(SavePolicy::OnSave, "a");
    life.run("stage b; save");
    assert_eq!(signed_by(&life).certificate(), pair("b").certificate());
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage b; save");
    assert_eq!(signed_by(&life).certificate(), pair("a").certificate());
}

#[test]
fn metadata_is_stale_after_a_regeneration_until_it_was_exported() {
    let mut life = Life::activated(SavePolicy::OnSave, "a").with(providers());
    life.run("export several; stage b; save");
    let is_stale = |life: &Life| {
        let status = life.record().status(life.now);
        status.providers.iter().find(|provider| provider.entity_id == entity("several")).unwrap().stale
    };
    assert!(is_stale(&life));
    let given = life.record().profile_for(&entity("several")).unwrap();
    assert_eq!(given, [pair("b").certificate(), pair("a").certificate()]);
    life.run("export several");
    assert!(!is_stale(&life));
}

/// A renewal keeps the key: who pinned the key goes on working, who pinned the certificate does not.
#[test]
fn a_renewal_keeps_the_key() {
    let mut life = Life::activated(SavePolicy::OnSave, "a").with(providers());
    let spki = pair("a").certificate().spki_fingerprint(samlcert::HashAlgorithm::Sha256);
    life.good(|it, at| it.confirm(at, &entity("one"), &spki));
    life.run("stage a-renewed");
    let affected = life.force(samlcert::application::GuardedStep::Save);
    assert_eq!(affected, ["https://pulls.example", "https://several.example", "https://sha1.example"]);
    assert_eq!(life.application.secret_keys().count(), 1);
}

/// A discarded certificate that some know already is told to be so.
#[test]
fn a_withdrawal_tells_who_holds_it() {
    let held_by = |script: &str| -> Vec<String> {
        let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
        life.run(script).run("discard");
        let Change::Discarded { held_by, .. } = &life.events.last().unwrap().change else { panic!("{script}") };
        held_by.iter().map(|it| it.as_str()[8..].replace(".example", "")).collect()
    };
    assert_eq!(held_by("stage b"), [] as [&str; 0]);
    assert_eq!(held_by("stage b; save"), [] as [&str; 0]);
    assert_eq!(held_by("stage b; save; publish"), ["pulls"], "it may have pulled it");
    assert_eq!(held_by("stage b; save; publish; confirm one b; export several"), ["one", "pulls", "several"]);
}

/// Nothing switches by itself, whatever the time is.
#[test]
fn nothing_switches_by_itself() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage b; save; publish");
    let before = life.record().clone();
    life.run("wait 3650 d");
    assert_eq!(life.record().condition(life.now).as_str(), "expired");
    assert_eq!(*life.record(), before);
    assert_eq!(signed_by(&life).certificate(), pair("a").certificate());
    let error = life.step(|it, at| it.cut_over(at, Acceptance::NONE)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::CertificateExpired, "b has expired, too");
}
