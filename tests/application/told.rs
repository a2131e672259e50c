//! What an application says of itself: status, certificates, plan, who is stale, when to remind.

use super::life::Life;
use super::pool::{BEGIN, DAY, certificate, entity, pair, providers, pulls, sha256};
use samlcert::application::{Capability, GuardedStep, Indicator, Profile, SavePolicy, ServiceProvider, Status};
use samlcert::{ExpirySchedule, Reminder, UnixTime, Window};

const ONE: Capability = Capability::OneCertificate;
const SEVERAL: Capability = Capability::SeveralCertificates;

fn status(life: &Life) -> Status {
    life.record().status(life.now)
}

fn name_of(fingerprint: &samlcert::Fingerprint) -> &'static str {
    super::pool::pool().iter().find(|(name, _)| sha256(name) == *fingerprint).map_or("?", |(name, _)| *name)
}

/// Certificate and key, what signs and what waits, in one line.
fn lights(life: &Life) -> String {
    let status = status(life);
    let signs = status.signs.map_or("nothing", |signs| name_of(&signs));
    let waits = status.waits.map(|waits| format!(", {} waits as {}", name_of(&waits.sha256), waits.stage.as_str()));
    let unsaved = if status.unsaved { "unsaved: " } else { "" };
    let (certificate, key) = (status.certificate.as_str(), status.key.as_str());
    format!("{unsaved}{certificate} {key}, {signs} signs{}", waits.unwrap_or_default())
}

#[test]
fn lights_and_what_waits() {
    let table = [
        ("", "grey grey, nothing signs"),
        ("activate a", "green green, a signs"),
        ("activate a; stage b", "unsaved: green green, a signs, b waits as draft"),
        ("activate a; stage b; save", "green green, a signs, b waits as saved"),
        ("activate a; stage b; save; publish", "green green, a signs, b waits as published"),
        ("activate a; stage b; save; publish; cut over", "green green, b signs"),
        ("activate a; stage b; save; publish; cut over; roll back", "green green, a signs, b waits as published"),
        ("activate a; revoke a", "grey grey, nothing signs"),
        ("activate a; revoke a; stage b", "unsaved: grey grey, nothing signs, b waits as draft"),
        ("activate a; stage b; revoke a for c", "unsaved: green green, c signs, b waits as draft"),
    ];
    for (script, expected) in table {
        let mut life = Life::new(SavePolicy::Staged);
        life.run(script);
        assert_eq!(lights(&life), expected, "{script}");
        assert_eq!(status(&life).activated, !script.is_empty(), "{script}");
        assert_eq!(status(&life).revision, life.record().revision(), "{script}");
        let is_green = status(&life).certificate == Indicator::Green;
        assert_eq!(life.application.signing_pair().is_some(), is_green, "{script}");
    }
}

/// The dates of what signs, to the second.
#[test]
fn conditions() {
    let end = certificate("a").validity().not_after().0;
    let begin = certificate("a").validity().not_before().0;
    let table = [
        (begin - 1, "not-yet-valid"),
        (begin, "active"),
        (end - 60 * DAY - 1, "active"),
        (end - 60 * DAY, "expiring"),
        (end, "expiring"),
        (end + 1, "expired"),
        (i64::MAX, "expired"),
        (i64::MIN, "not-yet-valid"),
    ];
    let life = Life::activated(SavePolicy::OnSave, "a");
    for (now, expected) in table {
        assert_eq!(life.record().condition(UnixTime(now)).as_str(), expected, "{now}");
        assert_eq!(life.record().status(UnixTime(now)).condition.as_str(), expected, "{now}");
    }
    assert_eq!(Life::new(SavePolicy::OnSave).record().condition(BEGIN).as_str(), "nothing-signs");
    let short = Life::activated(SavePolicy::OnSave, "not-yet-valid");
    assert_eq!(short.record().condition(BEGIN).as_str(), "not-yet-valid");
}

/// Whoever asks at any time finds what to do first.
#[test]
fn what_to_do_now() {
    let table = [
        ("", "activate"),
        ("activate a", "-"),
        ("activate a; wait 304 d", "-"),
        ("activate a; wait 305 d", "regenerate"),
        ("activate a; wait 400 d", "regenerate"),
        ("activate a; stage b", "save"),
        ("activate a; stage b; save", "publish"),
        ("activate a; stage b; save; publish", "cut-over"),
        ("activate a; stage b; save; publish; cut over", "retire"),
        ("activate a; stage b; save; publish; cut over; retire", "-"),
        ("activate a; revoke a", "new-pair"),
        ("activate a; stage b; save; publish; cut over; revoke b", "new-pair"),
    ];
    for (script, expected) in table {
        let mut life = Life::new(SavePolicy::Staged);
        life.run(script);
        let to_do = status(&life).to_do;
        assert_eq!(to_do.as_ref().map_or("-", |action| action.as_str()), expected, "{script}");
    }
    let life = Life::activated(SavePolicy::Staged, "a").with([ServiceProvider::new(entity("one"), ONE)]);
    assert_eq!(status(&life).to_do, None, "it was seen to hold what signs");
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.good(|it, at| it.add_provider(at, ServiceProvider::new(entity("one"), ONE)));
    let to_do = status(&life).to_do.unwrap();
    assert_eq!((to_do.as_str(), to_do.providers()), ("export", [entity("one")].as_slice()), "it was given nothing yet");
    life.run("export one");
    assert_eq!(status(&life).to_do, None);
}

#[test]
fn certificates_with_their_roles_newest_first() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage b; save; publish; cut over; stage c; discard; stage d; stage e");
    life.good(|it, at| it.upload(at, samlcert::application::Half::Certificate(certificate("p256").clone())));
    let told = |life: &Life| -> Vec<String> {
        let all = life.record().certificates();
        all.iter().map(|(role, placed)| format!("{} {}", name_of(placed.sha256()), role.as_str())).collect()
    };
    assert_eq!(told(&life), ["p256 pending", "e next", "d former", "c former", "b active", "a previous"]);
    // One that comes back has the role that it has now, and is told once.
    life.run("discard; stage d; discard; roll back");
    assert_eq!(told(&life), ["e former", "d former", "c former", "b next", "a active"]);
}

/// Metadata is stale after a regeneration until it was exported; whoever pulls it is until it had the time to.
#[test]
fn stale_until_exported() {
    let mut life = Life::activated(SavePolicy::OnSave, "a").with(providers());
    let stale = |life: &Life| -> Vec<String> {
        let all = status(life).providers.into_iter().filter(|provider| provider.stale);
        all.map(|provider| provider.entity_id.as_str()[8..].replace(".example", "")).collect()
    };
    assert_eq!(stale(&life), ["one", "pulls", "several", "sha1"]);
    life.run("export one; export several; export sha1; wait 24 h");
    assert_eq!(stale(&life), ["pulls"]);
    life.run("wait 300 s");
    assert_eq!(stale(&life), [] as [&str; 0]);

    life.run("stage b");
    assert_eq!(stale(&life), [] as [&str; 0], "a draft is shown to nobody");
    life.run("save");
    assert_eq!(stale(&life), ["one", "pulls", "several", "sha1"]);
    life.run("export several; export one; export sha1; wait 25 h");
    assert_eq!(stale(&life), [] as [&str; 0]);
    life.run("retire");
    assert_eq!(stale(&life), ["several"], "it still has the certificate that was retired");
}

/// What each profile gives at each stage of a rotation.
#[test]
fn profiles() {
    let profile_of = |life: &Life, profile: Profile| -> String {
        let given = life.record().profile_for(&entity(profile.as_str())).unwrap();
        let names = given.iter().map(|it| name_of(&it.fingerprint(samlcert::HashAlgorithm::Sha256)));
        names.collect::<Vec<_>>().join(" ")
    };
    let table = [
        ("", ["", "", ""]),
        ("activate a", ["a", "a", "a"]),
        ("activate a; stage b", ["a", "a", "a"]),
        ("activate a; stage b; save", ["a", "a", "a"]),
        ("activate a; stage b; save; publish", ["a", "a b", "b a"]),
        ("activate a; stage b; save; publish; cut over", ["b", "b a", "b a"]),
        ("activate a; stage b; save; publish; cut over; stage c; save; publish", ["b", "b c a", "c b a"]),
        ("activate a; stage b; save; publish; cut over; retire", ["b", "b", "b"]),
        ("activate a; stage b; save; publish; cut over; roll back", ["a", "a b", "b a"]),
        ("activate a; stage b; save; publish; revoke a", ["", "b", "b"]),
    ];
    for (script, expected) in table {
        let mut life = Life::new(SavePolicy::Staged);
        for profile in Profile::ALL {
            let provider = ServiceProvider::new(entity(profile.as_str()), SEVERAL).with_profile(profile);
            life.good(|it, at| it.add_provider(at, provider));
        }
        life.run(script);
        assert_eq!(Profile::ALL.map(|profile| profile_of(&life, profile)), expected, "{script}");
    }
    let life = Life::new(SavePolicy::Staged);
    assert_eq!(life.record().profile_for(&entity("who")).unwrap_err().code().as_str(), "unknown-provider");
}

#[test]
fn the_earliest_cut_over_and_who_is_in_the_way() {
    let table = [
        ("nothing is next", SavePolicy::Staged, "", None),
        ("all have to act", SavePolicy::Staged, "stage b; save; publish", Some((86_700, "one several sha1"))),
        ("one is ready", SavePolicy::Staged, "stage b; save; publish; confirm several b", Some((86_700, "one sha1"))),
        (
            "half of the time is over",
            SavePolicy::Staged,
            "stage b; save; publish; wait 12 h",
            Some((86_700, "one several sha1")),
        ),
        (
            "the time is over",
            SavePolicy::Staged,
            "stage b; save; publish; wait 48 h",
            Some((172_800, "one several sha1")),
        ),
        (
            "it is published now at the latest",
            SavePolicy::Staged,
            "stage b; save; wait 1 h",
            Some((90_300, "one several sha1")),
        ),
        (
            "it is valid in three years",
            SavePolicy::Staged,
            "stage not-yet-valid; save; publish",
            Some((1096 * DAY, "one several sha1")),
        ),
        (
            "saving is the cut-over: nobody can learn it before",
            SavePolicy::OnSave,
            "stage b; wait 1 h",
            Some((3600, "one pulls several sha1")),
        ),
        (
            "who pulls was seen to have it",
            SavePolicy::OnSave,
            "stage b; confirm pulls b",
            Some((0, "one several sha1")),
        ),
    ];
    for (name, policy, script, expected) in table {
        let mut life = Life::activated(policy, "a").with(providers());
        life.run(script);
        let earliest = life.record().earliest_cut_over(life.now).map(|earliest| {
            let blockers: Vec<_> =
                earliest.blockers.iter().map(|it| it.as_str()[8..].replace(".example", "")).collect();
            (earliest.at.0 - BEGIN.0, blockers.join(" "))
        });
        assert_eq!(earliest, expected.map(|(at, blockers)| (at, blockers.to_owned())), "{name}");
    }
}

/// The plan in words, each step with the days until it.
fn plan(life: &Life) -> Vec<String> {
    let days = |at: UnixTime| (at.0 - life.now.0).div_euclid(DAY);
    life.record().plan(life.now).iter().map(|step| format!("{}: {}", days(step.at), step.action)).collect()
}

#[test]
fn the_plan_for_a_one_certificate_provider_has_its_maintenance_moment() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with([ServiceProvider::new(entity("one"), ONE)]);
    assert_eq!(
        plan(&life),
        [
            "305: regenerate the certificate, or renew it with the same key",
            "305: save the draft",
            "305: publish the saved certificate",
            "305: cut over, and in the same moment put the new certificate in at https://one.example",
            "305: look up which certificate https://one.example holds, and confirm it",
            "305: retire the previous certificate",
        ]
    );
    life.run("wait 305 d; stage b; save; publish");
    assert_eq!(
        plan(&life),
        [
            "0: cut over, and in the same moment put the new certificate in at https://one.example",
            "0: look up which certificate https://one.example holds, and confirm it",
            "0: retire the previous certificate",
        ]
    );
    life.run("cut over");
    assert_eq!(
        plan(&life),
        [
            "0: export the certificates for https://one.example, put them in, and confirm it",
            "0: retire the previous certificate",
        ]
    );
    life.run("export one");
    assert_eq!(plan(&life)[0], "0: look up which certificate https://one.example holds, and confirm it");
    life.run("confirm one b");
    assert_eq!(plan(&life), ["0: retire the previous certificate"]);
}

#[test]
fn the_plan_for_each_capability() {
    type Row = (&'static str, Vec<ServiceProvider>, SavePolicy, &'static str, &'static [&'static str]);
    let table: [Row; 14] = [
        ("nothing yet", vec![], SavePolicy::OnSave, "", &["0 activate"]),
        ("nobody depends on it", vec![], SavePolicy::OnSave, "activate a; stage b", &["0 save-and-switch", "0 retire"]),
        (
            "nobody, staged",
            vec![],
            SavePolicy::Staged,
            "activate a; stage b",
            &["0 save", "0 publish", "0 cut-over", "0 retire"],
        ),
        (
            "several",
            vec![ServiceProvider::new(entity("it"), SEVERAL)],
            SavePolicy::Staged,
            "activate a; stage b",
            &["0 save", "0 publish", "0 export it", "0 cut-over", "0 retire"],
        ),
        (
            "several, given out",
            vec![ServiceProvider::new(entity("it"), SEVERAL)],
            SavePolicy::Staged,
            "activate a; stage b; save; publish; export it",
            &["0 confirm it", "0 cut-over", "0 retire"],
        ),
        (
            "several, in place",
            vec![ServiceProvider::new(entity("it"), SEVERAL)],
            SavePolicy::Staged,
            "activate a; stage b; save; publish; export it; confirm it b",
            &["0 cut-over", "0 retire"],
        ),
        (
            "several, that are given only what signs",
            vec![ServiceProvider::new(entity("it"), SEVERAL).with_profile(Profile::ActiveOnly)],
            SavePolicy::Staged,
            "activate a; stage b; save; publish",
            &["0 cut-over it", "0 confirm it", "0 retire"],
        ),
        (
            "several, on save",
            vec![ServiceProvider::new(entity("it"), SEVERAL)],
            SavePolicy::OnSave,
            "activate a; stage b",
            &["0 save-and-switch it", "0 confirm it", "0 retire"],
        ),
        (
            "pulls daily",
            vec![ServiceProvider::new(entity("it"), pulls(24))],
            SavePolicy::Staged,
            "activate a; stage b",
            &["0 save", "0 publish", "0 wait-for-pull it", "1 cut-over", "1 retire"],
        ),
        (
            "pulls daily, some time ago",
            vec![ServiceProvider::new(entity("it"), pulls(24))],
            SavePolicy::Staged,
            "activate a; stage b; save; publish; wait 2 d",
            &["0 cut-over", "0 retire"],
        ),
        (
            "pulls what signs only",
            vec![ServiceProvider::new(entity("it"), pulls(24)).with_profile(Profile::ActiveOnly)],
            SavePolicy::Staged,
            "activate a; stage b; save; publish",
            &["0 cut-over", "0 wait-for-pull it", "1 retire"],
        ),
        (
            "pulls, on save",
            vec![ServiceProvider::new(entity("it"), pulls(24))],
            SavePolicy::OnSave,
            "activate a; stage b",
            &["0 save-and-switch", "0 wait-for-pull it", "1 retire"],
        ),
        (
            "pulls, after the switch",
            vec![ServiceProvider::new(entity("it"), pulls(24))],
            SavePolicy::OnSave,
            "activate a; stage b; save",
            &["0 wait-for-pull it", "1 retire"],
        ),
        (
            "the previous one is in the way",
            vec![],
            SavePolicy::Staged,
            "activate a; stage b; save; publish; cut over; stage c",
            &["0 save", "0 retire", "0 publish", "0 cut-over", "0 retire"],
        ),
    ];
    for (name, providers, policy, script, expected) in table {
        let mut life = Life::new(policy);
        for provider in providers {
            life.good(|it, at| it.add_provider(at, provider));
        }
        life.run(script);
        let told: Vec<String> = life
            .record()
            .plan(life.now)
            .iter()
            .map(|step| {
                let days = (step.at.0 - life.now.0).div_euclid(DAY);
                let who = step.action.providers().iter().map(|it| it.as_str()[8..].replace(".example", ""));
                let who = who.map(|who| format!(" {who}")).collect::<String>();
                format!("{days} {}{who}", step.action.as_str())
            })
            .collect();
        assert_eq!(told, expected, "{name}");
    }
}

/// Halves, certificates that are valid later, and losses change the plan.
#[test]
fn the_plan_of_what_is_not_usual() {
    let actions = |life: &Life| -> Vec<String> {
        life.record().plan(life.now).iter().map(|step| step.action.to_string()).collect()
    };
    let mut life = Life::activated(SavePolicy::OnSave, "a");
    life.good(|it, at| it.upload(at, samlcert::application::Half::Certificate(certificate("b").clone())));
    let expected = [
        "upload the private key of the certificate that waits, or discard it",
        "save the draft, which signs at once",
        "retire the previous certificate",
    ];
    assert_eq!(actions(&life), expected);
    life.run("discard");
    life.good(|it, at| it.upload(at, samlcert::application::Half::PrivateKey(pair("b").private_key().clone())));
    assert_eq!(actions(&life)[0], "upload the certificate of the private key that waits, or discard it");

    let mut life = Life::activated(SavePolicy::OnSave, "a");
    life.run("stage not-yet-valid");
    let begins = certificate("not-yet-valid").validity().not_before();
    assert_eq!(life.record().plan(life.now).iter().map(|step| step.at).collect::<Vec<_>>(), [begins, begins]);

    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("revoke a");
    let expected = ["regenerate or upload a pair", "save the draft", "publish the saved certificate", "cut over"];
    assert_eq!(actions(&life), expected, "there is nothing to retire");
}

fn due(life: &Life, after: UnixTime, until: UnixTime) -> Vec<u32> {
    let reminders = life.record().reminders(&ExpirySchedule::default(), Window::new(after, until));
    reminders.iter().map(|reminder| reminder.threshold_s / 86_400).collect()
}

const FOREVER: (UnixTime, UnixTime) = (UnixTime(i64::MIN), UnixTime(i64::MAX));

#[test]
fn reminders_at_60_d_30_d_7_d_24_h() {
    let life = Life::activated(SavePolicy::OnSave, "a");
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [60, 30, 7, 1]);
    let reminders = life.record().reminders(&ExpirySchedule::default(), Window::new(FOREVER.0, FOREVER.1));
    let end = certificate("a").validity().not_after();
    let before: Vec<_> = reminders.iter().map(|reminder| end.0 - reminder.at.0).collect();
    assert_eq!(before, [60 * DAY, 30 * DAY, 7 * DAY, 24 * 3600]);
    for (threshold_s, at) in [(5_184_000, end.0 - 60 * DAY), (86_400, end.0 - DAY)] {
        let expected = Reminder { threshold_s, at: UnixTime(at) };
        let window = Window::new(UnixTime(at - 1), UnixTime(at));
        assert_eq!(life.record().reminders(&ExpirySchedule::default(), window), [expected], "to the second");
        assert_eq!(due(&life, UnixTime(at), UnixTime(at + 1)), [] as [u32; 0], "once");
    }
}

#[test]
fn reminders_follow_what_signs() {
    let schedule = ExpirySchedule::default();
    // Before the activation nothing was due, however early the first run's window begins.
    let mut life = Life::new(SavePolicy::OnSave);
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [] as [u32; 0]);
    assert_eq!(life.record().next_reminder(&schedule, FOREVER.0), None);
    life.now = UnixTime(certificate("a").validity().not_after().0 - 20 * DAY);
    life.run("activate a");
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [7, 1], "who activated it saw its dates");
    assert_eq!(life.record().next_reminder(&schedule, FOREVER.0).map(|next| next.threshold_s), Some(7 * 86_400));

    // After a gap the most urgent one; a run with an earlier time gives nothing.
    let (after, until) = (life.now, UnixTime(life.now.0 + 30 * DAY));
    let caught_up = life.record().catch_up(&schedule, Window::new(after, until));
    assert_eq!(caught_up.map(|reminder| reminder.threshold_s), Some(86_400));
    assert_eq!(due(&life, until, after), [] as [u32; 0]);
    assert_eq!(life.record().catch_up(&schedule, Window::new(until, after)), None);

    // A draft changes nothing; once a successor signs, there are only its own.
    life.run("stage b");
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [7, 1]);
    life.run("save");
    let next = life.record().next_reminder(&schedule, FOREVER.0).unwrap();
    assert_eq!(next.at.0, certificate("b").validity().not_after().0 - 60 * DAY);
    // The old one signs again: what fell due before that is not told anew.
    life.run("wait 14 d; roll back");
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [1]);
    life.run("revoke a");
    assert_eq!(due(&life, FOREVER.0, FOREVER.1), [] as [u32; 0]);
}

/// The impact of a step before it is taken, which changes nothing.
#[test]
fn impact_before_the_step() {
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    life.run("stage b; save; publish");
    let before = life.record().clone();
    let impact = life.record().impact(GuardedStep::CutOver, life.now).unwrap();
    let states: Vec<_> = impact.iter().map(|login| login.state.as_str()).collect();
    assert_eq!(states, ["breaks", "unknown", "breaks", "breaks"]);
    assert_eq!(*life.record(), before);
    let error = life.record().impact(GuardedStep::RollBack, life.now).unwrap_err();
    assert_eq!(error.code().as_str(), "nothing-to-roll-back");
    life.run("cut over");
    assert_eq!(life.record().logins(life.now), impact);
}
