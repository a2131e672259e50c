//! Three whole rotations. The same stand in the documentation of `samlcert::application`.

use super::life::Life;
use super::pool::{day, entity, pair, pulls, sha256};
use samlcert::application::{
    Acceptance, Action, Capability, Change, GuardedStep, RevocationReason, SavePolicy, ServiceProvider,
};
use samlcert::{ErrorCode, UnixTime};

/// A provider that takes one certificate has a maintenance moment: cut-over and its own change side by side.
#[test]
fn a_one_certificate_provider() {
    let shop = entity("shop");
    let mut life =
        Life::activated(SavePolicy::Staged, "a").with([ServiceProvider::new(shop.clone(), Capability::OneCertificate)]);
    life.run("export shop; confirm shop a; wait 305 d");
    assert_eq!(life.record().status(life.now).to_do, Some(Action::Regenerate), "60 days before the end");

    // A draft, saved and published: nothing changes for the provider.
    life.run("stage b; save; publish");
    assert_eq!(life.logins(), ["works"]);
    let exports = life.record().exports(life.now);
    assert_eq!(exports[0].download.certificates, [sha256("b")], "it is ready for the moment");
    let plan = life.record().plan(life.now);
    assert_eq!(plan[0].action, Action::CutOver { by_saving: false, together_with: vec![shop.clone()] });

    // The moment: whoever cuts over says that the provider breaks until it was changed.
    assert_eq!(life.refused(|it, at| it.cut_over(at, Acceptance::NONE)), ErrorCode::LoginsWouldBreak);
    let accept =
        Acceptance { providers: std::slice::from_ref(&shop), reason: "maintenance, 22:00, agreed with the shop" };
    life.good(|it, at| it.cut_over(at, accept));
    assert_eq!(life.logins(), ["breaks"]);
    life.run("export shop; confirm shop b");
    assert_eq!(life.logins(), ["works"]);

    // Nobody holds only the old one: it ends.
    life.good(|it, at| it.retire(at, Acceptance::NONE));
    assert_eq!(life.record().status(life.now).to_do, None);
    assert!(life.record().previous().is_none());
}

/// The provider changes late, and logins break meanwhile: back to the old one, and forward again.
#[test]
fn a_one_certificate_provider_that_is_late() {
    let mut life = Life::activated(SavePolicy::Staged, "a")
        .with([ServiceProvider::new(entity("shop"), Capability::OneCertificate)]);
    life.run("stage b; save; publish; cut over");
    assert_eq!(life.logins(), ["breaks"]);
    life.good(|it, at| it.roll_back(at, Acceptance::NONE));
    assert_eq!(life.logins(), ["works"]);
    life.run("wait 1 d; cut over; confirm shop b; retire");
    assert_eq!(life.logins(), ["works"]);
}

/// A provider that pulls metadata needs nobody's hand: publish, wait, cut over, wait, retire.
#[test]
fn a_metadata_pulling_provider() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("wiki"), pulls(24))));
    life.run("wait 305 d; stage b; save; publish");
    let published = life.now;
    let earliest = life.record().earliest_cut_over(life.now).unwrap();
    assert_eq!(earliest.at, UnixTime(published.0 + 24 * 3600 + 300), "a day and the clocks' difference");
    assert_eq!(earliest.blockers, []);

    // Too early is unknown, not broken; and it is not taken by mistake.
    assert_eq!(life.refused(|it, at| it.cut_over(at, Acceptance::NONE)), ErrorCode::LoginsWouldBreak);
    let impact = life.record().impact(GuardedStep::CutOver, life.now).unwrap();
    assert_eq!(impact[0].state.as_str(), "unknown");

    life.now = earliest.at;
    life.good(|it, at| it.cut_over(at, Acceptance::NONE));
    assert_eq!(life.logins(), ["works"]);
    life.good(|it, at| it.retire(at, Acceptance::NONE));
    assert_eq!(life.record().profile_for(&entity("wiki")).unwrap(), [pair("b").certificate()]);
    assert!(life.now < day(307));
}

/// A key that somebody else may have: a replacement signs at once, and the event names whose logins break.
#[test]
fn a_compromised_key() {
    let providers = [
        ServiceProvider::new(entity("shop"), Capability::OneCertificate),
        ServiceProvider::new(entity("wiki"), pulls(24)),
    ];
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers);
    // A renewal with the same key waits already: it is as bad.
    life.run("wait 2 d; stage a-renewed; save; publish");
    let event = life.good(|it, at| it.revoke(at, &sha256("a"), RevocationReason::Compromised, Some(pair("b")))).clone();
    let Change::Revoked { cleared, breaks, .. } = &event.change else { panic!("{event:?}") };
    assert_eq!(*cleared, [sha256("a"), sha256("a-renewed")]);
    assert_eq!(*breaks, [entity("shop"), entity("wiki")]);
    assert_eq!(life.application.signing_pair().unwrap().certificate(), pair("b").certificate());
    assert_eq!(life.logins(), ["breaks", "unknown"]);
    assert!(life.record().previous().is_none(), "there is no way back to a key that was revoked");
    assert_eq!(life.refused(|it, at| it.stage(at, pair("a"))), ErrorCode::RevokedKey);

    // Then everybody is told.
    assert_eq!(life.record().exports(life.now)[0].provider, entity("shop"));
    life.run("export shop; confirm shop b; wait 25 h");
    assert_eq!(life.logins(), ["works", "works"]);
}

/// A key that nobody has any more: nothing signs until there is another one.
#[test]
fn a_lost_key() {
    let mut life = Life::activated(SavePolicy::OnSave, "a")
        .with([ServiceProvider::new(entity("shop"), Capability::OneCertificate)]);
    life.run("revoke a");
    assert!(life.application.signing_pair().is_none());
    assert_eq!(life.logins(), ["breaks"]);
    assert_eq!(life.record().status(life.now).to_do, Some(Action::NewPair { or_roll_back: false }));
    life.run("stage b; save; export shop; confirm shop b");
    assert_eq!(life.logins(), ["works"]);
    assert_eq!(life.record().status(life.now).to_do, None);
}
