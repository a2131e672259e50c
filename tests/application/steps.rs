//! What holds whatever steps are taken: any bytes are a sequence of steps, and a step that breaks an invariant panics.
//! The fuzz target `application_steps` includes this file, too.

use super::pool::{self, BEGIN, entity, pool};
use samlcert::application::{
    Acceptance, Change, EntityId, Event, GuardedStep, Half, Identification, Pending, PlacedCertificate, Record,
    RevocationReason, SavePolicy, Settings, Stage, StepContext, StepError,
};
use samlcert::{
    Application, CertKeyPair, Certificate, ExpirySchedule, Fingerprint, HashAlgorithm, PrivateKey, Reminder, UnixTime,
    Window,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Four bytes a step: which one, two choices, and how much time passes before it.
pub(crate) fn application_steps(data: &[u8]) {
    let policy = if data.first().is_some_and(|first| first & 1 == 1) { SavePolicy::Staged } else { SavePolicy::OnSave };
    let mut run = Run::new(policy);
    for step in data.get(1..).unwrap_or_default().chunks_exact(4).take(200) {
        run.step([step[0], step[1], step[2], step[3]]);
    }
    run.end();
}

struct Run {
    application: Application,
    events: Vec<Event>,
    /// What the events make, one after the other.
    mirror: Record,
    now: UnixTime,
    /// The reminders of each step's window, with the certificate that they are of.
    reminded: Vec<(Fingerprint, Reminder)>,
}

/// How long to wait before a step: seconds, hours, a day, weeks.
const WAITS: [i64; 8] = [0, 0, 1, 3_600, 90_000, 200_000, 2_000_000, 8_000_000];

impl Run {
    fn new(policy: SavePolicy) -> Self {
        let at = StepContext { now: BEGIN, actor: "fuzz" };
        let id = "shop".parse().expect("it is valid");
        let (application, event) = Application::new(at, id, Settings::new(policy)).expect("it can be made");
        let mirror = Record::replay([&event]).expect("it can be replayed");
        Self { application, events: vec![event], mirror, now: BEGIN, reminded: Vec::new() }
    }

    fn step(&mut self, [which, first, second, wait]: [u8; 4]) {
        let until = UnixTime(self.now.0 + WAITS[usize::from(wait % 8)]);
        self.remind(until);
        self.now = until;
        let before = self.application.record().clone();
        let keys = keys(&self.application);
        let at = StepContext { now: self.now, actor: "fuzz" };
        match take(&mut self.application, at, [which, first, second]) {
            Ok(event) => {
                self.mirror.apply(&event).expect("an event fits the record before it");
                self.took(&before, &event);
                self.events.push(event);
                stands(&self.application, self.now);
            }
            Err(error) => {
                assert_eq!(*self.application.record(), before, "{error} changed something");
                assert!(same_keys(&keys, &self::keys(&self.application)), "{error} changed the keys");
            }
        }
    }

    /// What holds of a step that was taken.
    fn took(&self, before: &Record, event: &Event) {
        let after = self.application.record();
        assert_eq!(*after, self.mirror, "an event does not tell the whole change");
        assert_eq!(after.revision(), before.revision() + 1);
        assert_eq!(event.sequence, after.revision());
        signing(before, after, event, self.now);
        guarded(before, after, event, self.now);
        lost(before, after, event);
        half_lost(before, after, &event.change);
        assert!(Record::apply(&mut before.clone(), &Event { sequence: event.sequence + 1, ..event.clone() }).is_err());
        assert!(Record::apply(&mut after.clone(), event).is_err(), "an event fits twice");
    }

    /// A program that asks for reminders between any two steps.
    fn remind(&mut self, until: UnixTime) {
        let record = self.application.record();
        let (schedule, window) = (ExpirySchedule::default(), Window::new(self.now, until));
        let due = record.reminders(&schedule, window);
        assert_eq!(record.catch_up(&schedule, window), due.last().copied());
        let next = record.next_reminder(&schedule, self.now).filter(|next| next.at <= until);
        assert_eq!(next.as_ref(), due.first());
        assert_eq!(record.reminders(&schedule, Window::new(until, self.now)), [], "back in time");
        let signs = record.active().map(|placed| *placed.sha256());
        self.reminded.extend(due.into_iter().filter_map(|reminder| Some((signs?, reminder))));
    }

    /// The whole of the events makes the record; it goes on with its keys; no reminder came twice.
    fn end(&self) {
        let record = self.application.record();
        assert_eq!(Record::replay(&self.events).as_ref(), Ok(record));
        let keys = keys(&self.application).into_iter().map(|(_, key)| key);
        let again = Application::from_record(record.clone(), keys).expect("a record and its keys make an application");
        assert!(same_keys(&self::keys(&again), &self::keys(&self.application)));
        if self.events.len() > 1 {
            let hole = self.events.iter().take(1).chain(self.events.iter().skip(2));
            assert!(self.events.len() == 2 || Record::replay(hole).is_err(), "an event is missing");
        }
        let distinct: BTreeSet<_> = self.reminded.iter().map(|(of, it)| (of, it.threshold_s)).collect();
        assert_eq!(distinct.len(), self.reminded.len(), "a reminder came twice");
    }
}

const NAMES: [&str; 4] = ["one", "several", "pulls", "sha1"];

fn take(it: &mut Application, at: StepContext<'_>, [which, first, second]: [u8; 3]) -> Result<Event, StepError> {
    let pairs = pool();
    let pair = &pairs[usize::from(first) % pairs.len()].1;
    let index = usize::from(first) % NAMES.len();
    let provider = entity(NAMES[index]);
    match which % 32 {
        0 => it.activate(at, pair),
        1 | 2 => it.upload(at, Half::Certificate(pair.certificate().clone())),
        3 | 4 => it.upload(at, Half::PrivateKey(Arc::clone(pair.private_key()))),
        5..=8 => it.stage(at, pair),
        9..=11 => guard(it, at, GuardedStep::Save, second),
        12 => it.discard(at),
        13 | 14 => it.publish(at),
        15..=17 => guard(it, at, GuardedStep::CutOver, second),
        18 => guard(it, at, GuardedStep::RollBack, second),
        19 => guard(it, at, GuardedStep::Retire, second),
        20 if second % 4 == 0 => revoke(it, at, pair, second / 4),
        21 if second % 2 == 0 => set(it, at, second / 2),
        22 if second % 4 == 0 => it.remove_provider(at, &provider),
        20..=22 => it.add_provider(at, pool::providers()[index].clone()),
        23 => it.record_export(at, &provider),
        24 => it.confirm(at, &provider, &pair.certificate().fingerprint(HashAlgorithm::Sha1)),
        25 => confirm(it, at, &provider, |record| record.next().map(|next| next.placed())),
        26 => confirm(it, at, &provider, Record::active),
        _ => go_on(it, at, pair, second),
    }
}

/// The step with which a rotation goes on.
fn go_on(it: &mut Application, at: StepContext<'_>, pair: &CertKeyPair, choice: u8) -> Result<Event, StepError> {
    let record = it.record();
    match (record.activated_at(), record.next().map(|next| next.stage()), record.previous()) {
        (None, ..) => it.activate(at, pair),
        (_, Some(Stage::Draft), _) => guard(it, at, GuardedStep::Save, choice),
        (_, Some(Stage::Saved), _) => it.publish(at),
        (_, Some(_), None) => guard(it, at, GuardedStep::CutOver, choice),
        (_, _, Some(_)) => guard(it, at, GuardedStep::Retire, choice),
        (_, None, None) => it.stage(at, pair),
    }
}

fn confirm(
    it: &mut Application,
    at: StepContext<'_>,
    provider: &EntityId,
    which: impl Fn(&Record) -> Option<&PlacedCertificate>,
) -> Result<Event, StepError> {
    let unknown = pool()[0].1.certificate().spki_fingerprint(HashAlgorithm::Sha512);
    let fingerprint = which(it.record()).map_or(unknown, |placed| *placed.sha256());
    it.confirm(at, provider, &fingerprint)
}

/// Mostly without a replacement, and of a key that is in a place.
fn revoke(it: &mut Application, at: StepContext<'_>, pair: &CertKeyPair, choice: u8) -> Result<Event, StepError> {
    let active = it.record().active().map(|placed| *placed.spki_sha256());
    let key = match (active, choice % 2) {
        (Some(active), 0) => active,
        _ => pair.certificate().fingerprint(HashAlgorithm::Sha256),
    };
    let pairs = pool();
    let replacement = choice.is_multiple_of(3).then(|| &pairs[usize::from(choice / 6) % pairs.len()].1);
    let reason = if choice.is_multiple_of(5) { RevocationReason::Lost } else { RevocationReason::Compromised };
    it.revoke(at, &key, reason, replacement)
}

fn set(it: &mut Application, at: StepContext<'_>, choice: u8) -> Result<Event, StepError> {
    let mut settings = it.record().settings().clone();
    settings.policy = if choice.is_multiple_of(2) { SavePolicy::Staged } else { SavePolicy::OnSave };
    settings.skew = u32::from(choice) * 60;
    it.set(at, settings)
}

/// Accepts whom the step affects, or somebody else.
fn guard(it: &mut Application, at: StepContext<'_>, step: GuardedStep, choice: u8) -> Result<Event, StepError> {
    let exact = it.record().to_accept(step, at.now).unwrap_or_default();
    let mut accepted = exact.clone();
    match choice % 8 {
        0 => accepted.clear(),
        1 => drop(accepted.pop()),
        2 => accepted.push(entity(NAMES[usize::from(choice) % NAMES.len()])),
        3 => accepted.reverse(),
        _ => {}
    }
    let reason = if accepted.is_empty() || choice % 16 == 15 { "" } else { "it was announced" };
    let accept = Acceptance { providers: &accepted, reason };
    let result = match step {
        GuardedStep::Save => it.save(at, accept),
        GuardedStep::CutOver => it.cut_over(at, accept),
        GuardedStep::RollBack => it.roll_back(at, accept),
        _ => it.retire(at, accept),
    };
    let same: bool = exact.iter().collect::<BTreeSet<_>>() == accepted.iter().collect::<BTreeSet<_>>();
    assert!(same || result.is_err(), "{step:?} was taken without its guard");
    assert!(accepted.is_empty() || !reason.is_empty() || result.is_err(), "{step:?} was taken without a reason");
    result
}

/// At most one signs. Once activated one always does, unless its key is revoked; and what begins to sign is valid.
fn signing(before: &Record, after: &Record, event: &Event, now: UnixTime) {
    let is_revoked = matches!(event.change, Change::Revoked { .. });
    let (old, new) = (before.active(), after.active());
    assert!(old.is_none() || new.is_some() || is_revoked, "{} left nothing that signs", event.change.as_str());
    let changes = old.map(PlacedCertificate::sha256) != new.map(PlacedCertificate::sha256);
    let by = &event.change;
    let may_change = matches!(
        by,
        Change::Activated { .. }
            | Change::SavedAndSwitched { .. }
            | Change::CutOver { .. }
            | Change::RolledBack { .. }
            | Change::Revoked { .. }
    );
    assert!(!changes || may_change, "{} changed what signs", by.as_str());
    if let (true, Some(new), false) = (changes, new, matches!(by, Change::Activated { .. })) {
        assert!(new.certificate().validity().contains(now), "{} made sign what is not valid", by.as_str());
    }
}

/// Whose logins do not work after a step that may break some is exactly who was accepted, and why was told.
fn guarded(before: &Record, after: &Record, event: &Event, now: UnixTime) {
    let accepted = match &event.change {
        Change::SavedAndSwitched { accepted, .. }
        | Change::CutOver { accepted, .. }
        | Change::RolledBack { accepted, .. }
        | Change::Retired { accepted, .. } => accepted,
        Change::Revoked { breaks, .. } => return assert_eq!(*breaks, not_working(after, now)),
        _ => {
            let same = before.active().map(PlacedCertificate::sha256) == after.active().map(PlacedCertificate::sha256);
            assert!(same || matches!(event.change, Change::Activated { .. }));
            return;
        }
    };
    assert_eq!(*accepted, not_working(after, now), "{}", event.change.as_str());
    assert!(accepted.is_empty() || event.reason.is_some(), "{}", event.change.as_str());
}

fn not_working(record: &Record, now: UnixTime) -> Vec<EntityId> {
    let logins = record.logins(now).into_iter();
    logins.filter(|login| !login.state.works()).map(|login| login.provider).collect()
}

fn placed(record: &Record) -> Vec<&PlacedCertificate> {
    let next = record.next().map(|next| next.placed());
    record.active().into_iter().chain(next).chain(record.previous()).collect()
}

/// A pair is lost only by steps that say so, and then the event names it and the record remembers it.
fn lost(before: &Record, after: &Record, event: &Event) {
    let kept: BTreeSet<_> = placed(after).iter().map(|placed| *placed.sha256()).collect();
    let mut gone: Vec<_> = placed(before).iter().map(|placed| *placed.sha256()).collect();
    gone.retain(|sha256| !kept.contains(sha256));
    let named = match &event.change {
        Change::Retired { certificate, .. } | Change::Discarded { certificate, .. } => vec![*certificate],
        Change::Staged { replaced, .. } => replaced.iter().copied().collect(),
        Change::SavedAndSwitched { displaced, .. } => displaced.iter().copied().collect(),
        Change::Revoked { cleared, .. } => cleared.clone(),
        _ => Vec::new(),
    };
    for sha256 in gone {
        assert!(named.contains(&sha256), "{} lost a pair that it does not name", event.change.as_str());
        let former = after.former().iter().rev().take(4).find(|former| *former.placed().sha256() == sha256);
        assert!(former.is_some(), "{} lost a pair that nobody remembers", event.change.as_str());
    }
}

/// A half that waits is not lost without a word, either.
fn half_lost(before: &Record, after: &Record, change: &Change) {
    let Some(half) = before.pending() else { return };
    if after.pending().is_some_and(|kept| kept.fingerprint() == half.fingerprint()) {
        return;
    }
    let completes = |certificate: &Certificate| match half {
        Pending::Certificate(waiting) => waiting.certificate() == certificate,
        _ => pool().iter().any(|(_, pair)| {
            let is_key = pair.certificate().public_key().is_same_key(&certificate.public_key());
            is_key && pair.private_key().public_key().fingerprint(HashAlgorithm::Sha256) == *half.spki_sha256()
        }),
    };
    let is_named = match change {
        Change::CertificateUploaded { replaced, .. } | Change::PrivateKeyUploaded { replaced, .. } => {
            replaced.as_ref() == Some(half.fingerprint())
        }
        Change::HalfDiscarded { half: discarded } => discarded == half.fingerprint(),
        Change::Staged { certificate, .. } => completes(certificate),
        Change::Revoked { spki_sha256, replacement, .. } => {
            spki_sha256 == half.spki_sha256() || replacement.as_ref().is_some_and(completes)
        }
        _ => false,
    };
    assert!(is_named, "{} lost a half", change.as_str());
}

/// What holds of an application at any time.
fn stands(application: &Application, now: UnixTime) {
    let record = application.record();
    let places = placed(record);
    let distinct: BTreeSet<_> = places.iter().map(|placed| placed.sha256()).collect();
    assert_eq!(distinct.len(), places.len(), "a certificate stands in two places");
    for placed in &places {
        assert!(application.pair_of(placed).is_some(), "a certificate has no key");
        let is_revoked = record.revoked().iter().any(|key| key.spki_sha256 == *placed.spki_sha256());
        assert!(!is_revoked, "a revoked key stands in a place");
    }
    let needed: BTreeSet<_> = places.iter().map(|placed| placed.spki_sha256()).collect();
    let waiting = record.pending().filter(|half| half.as_str() == "private-key").map(|half| half.spki_sha256());
    let needed: BTreeSet<_> = needed.into_iter().chain(waiting).collect();
    assert!(application.secret_keys().map(|(fingerprint, _)| fingerprint).eq(needed), "other keys than are needed");
    let signs = application.signing_pair().map(|pair| pair.certificate().clone());
    assert_eq!(signs.as_ref(), record.active().map(PlacedCertificate::certificate));
    told(record, now);
}

/// What the application says of itself agrees with what it does.
fn told(record: &Record, now: UnixTime) {
    let status = record.status(now);
    assert_eq!(status.signs.as_ref(), record.active().map(PlacedCertificate::sha256));
    assert_eq!(
        (status.certificate.as_str() == "green", status.key.as_str() == "green"),
        (status.signs.is_some(), status.signs.is_some())
    );
    let is_draft = record.next().is_some_and(|next| next.stage() == Stage::Draft);
    assert_eq!(status.unsaved, is_draft || record.pending().is_some());
    let working = status.providers.iter().filter(|provider| provider.login.works()).count();
    assert_eq!(working + not_working(record, now).len(), record.providers().len());
    let plan = record.plan(now);
    assert!(plan.first().is_none_or(|first| first.at >= now) && plan.is_sorted_by_key(|step| step.at));
    assert!(plan.iter().all(|step| !step.action.to_string().is_empty()));
    cut_over_is_safe(record, now);
    // It hashes every certificate.
    if record.revision().is_multiple_of(8) {
        identified(record);
    }
}

fn identified(record: &Record) {
    for (role, placed) in record.certificates() {
        let Identification::Known(found) = record.identify(placed.sha256().to_string().as_bytes()) else {
            panic!("a certificate is not known by its fingerprint")
        };
        assert_eq!((found.len(), found[0].role, found[0].sha256), (1, role, *placed.sha256()));
    }
}

/// A cut-over at the earliest moment affects nobody but those who are named as being in the way.
fn cut_over_is_safe(record: &Record, now: UnixTime) {
    let Some(earliest) = record.earliest_cut_over(now) else { return assert!(record.next().is_none()) };
    let is_published = record.next().is_some_and(|next| next.stage() == Stage::Published);
    if is_published && record.previous().is_none() {
        match record.to_accept(GuardedStep::CutOver, earliest.at) {
            Ok(affected) => assert_eq!(affected, earliest.blockers),
            Err(error) => assert!(matches!(error, StepError::CertificateExpired { .. }), "{error}"),
        }
    }
}

type Keys = Vec<(Fingerprint, Arc<PrivateKey>)>;

fn keys(application: &Application) -> Keys {
    application.secret_keys().map(|(fingerprint, key)| (*fingerprint, Arc::clone(key))).collect()
}

fn same_keys(some: &Keys, others: &Keys) -> bool {
    let same = |((one, key), (other, other_key)): (&(_, Arc<_>), &(_, _))| one == other && Arc::ptr_eq(key, other_key);
    some.len() == others.len() && some.iter().zip(others).all(same)
}
