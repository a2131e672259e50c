//! The status of an application, for people: indicators, certificates, service providers, and what to do next.

use super::changes;
use crate::page::{self, Facts, Page, digest, short};
use crate::store::Protection;
use samlcert::application::{
    Condition, Ending, Event, Indicator, Known, Login, LoginState, Pending, PlacedCertificate, Record, Role, Stage,
    Status,
};
use samlcert::{UnixTime, json};
use serde::Serialize;

/// The status in JSON, with how the private keys are stored.
#[derive(Serialize)]
pub(super) struct StatusForm {
    #[serde(flatten)]
    status: json::Status,
    keys: &'static str,
}

impl StatusForm {
    pub(super) fn new(record: &Record, now: UnixTime, keys: Protection) -> Self {
        Self { status: json::Status::new(record.id(), &record.status(now)), keys: keys.as_str() }
    }
}

/// The first sentences: an unsaved change, then what signs.
pub(super) fn verdict(record: &Record, status: &Status, now: UnixTime) -> String {
    let signs = match (record.active(), status.condition) {
        (None, _) if !status.activated => format!("{} has no pair yet.", record.id()),
        (None, _) => format!("Nothing signs in {}.", record.id()),
        (Some(active), condition) => signs(record, active, condition, now),
    };
    match unsaved(record) {
        Some(unsaved) => format!("{unsaved} {signs}"),
        None => signs,
    }
}

fn unsaved(record: &Record) -> Option<String> {
    let draft = record.next().filter(|next| next.stage() == Stage::Draft);
    let draft = draft.map(|next| format!("the draft {} is not saved", short(next.placed().sha256())));
    let half = record.pending().map(|half| match half {
        Pending::Certificate(placed) => format!("the certificate {} waits for its private key", short(placed.sha256())),
        half => format!("the private key {} waits for its certificate", short(half.fingerprint())),
    });
    let all: Vec<String> = draft.into_iter().chain(half).collect();
    (!all.is_empty()).then(|| format!("Unsaved change: {}.", page::list(&all)))
}

fn signs(record: &Record, active: &PlacedCertificate, condition: Condition, now: UnixTime) -> String {
    let (id, certificate) = (record.id(), short(active.sha256()));
    let validity = active.certificate().validity();
    match condition {
        Condition::Expired => {
            format!("{id} signs with {certificate}, which expired {}.", page::distance(validity.not_after(), now))
        }
        Condition::NotYetValid => {
            let begins = page::distance(validity.not_before(), now);
            format!("{id} signs with {certificate}, which is not valid yet: it begins {begins}.")
        }
        _ => format!("{id} signs with {certificate}, which expires {}.", page::distance(validity.not_after(), now)),
    }
}

/// The two indicators with words, and how the private keys are stored.
pub(super) fn indicators(status: &Status, keys: Protection) -> String {
    let line = |name: &str, light: Indicator| format!("  {} {name:11}  {}\n", dot(light), in_words(light));
    let stored = match keys {
        Protection::Keyless => "",
        Protection::Plain => "    its private keys are stored plain\n",
        Protection::Encrypted => "    its private keys are stored encrypted\n",
        Protection::Mixed => "    some of its private keys are stored plain, some encrypted\n",
    };
    format!("{}{}{stored}", line("certificate", status.certificate), line("key", status.key))
}

pub(super) const fn dot(light: Indicator) -> &'static str {
    match light {
        Indicator::Green => "\u{1b}[32m●\u{1b}[0m",
        Indicator::Grey => "\u{1b}[90m○\u{1b}[0m",
    }
}

const fn in_words(light: Indicator) -> &'static str {
    match light {
        Indicator::Green => "green: present",
        Indicator::Grey => "grey: missing",
    }
}

/// Adds which certificate signs, and which one waits.
pub(super) fn signing(page: &mut Page, record: &Record, now: UnixTime) {
    let mut facts = Facts::default();
    let until = |placed: &PlacedCertificate| page::moment(placed.certificate().validity().not_after(), now);
    if let Some(active) = record.active() {
        facts.add("signs", digest(active.sha256()));
        facts.add("", format!("until {}", until(active)));
    }
    if let Some(next) = record.next() {
        facts.add("waits", digest(next.placed().sha256()));
        facts.add("", format!("{}, until {}", next.stage().as_str(), until(next.placed())));
    }
    if let Some(half) = record.pending() {
        facts.add("half", digest(half.fingerprint()));
        facts.add("", format!("a {}, uploaded {}", half.as_str().replace('-', " "), page::moment(half.since(), now)));
    }
    if let Some(previous) = record.previous() {
        facts.add("previous", digest(previous.sha256()));
        facts.add("", "still published, for a roll-back".to_owned());
    }
    if !facts.is_empty() {
        page.table("", &facts);
    }
}

/// Adds every certificate with its place, newest first.
pub(super) fn certificates(page: &mut Page, record: &Record, now: UnixTime) {
    let rows: Vec<Vec<String>> = record.certificates().iter().map(|(role, placed)| row(*role, placed, now)).collect();
    if !rows.is_empty() {
        page.columns("Certificates", &["place", "SHA-256", "valid from", "valid until", ""], &rows);
    }
}

fn row(role: Role, placed: &PlacedCertificate, now: UnixTime) -> Vec<String> {
    let validity = placed.certificate().validity();
    let (from, until) = (validity.not_before(), validity.not_after());
    vec![
        place(role, placed),
        short(placed.sha256()),
        from.to_string(),
        until.to_string(),
        if now < from { format!("begins {}", page::distance(from, now)) } else { page::distance(until, now) },
    ]
}

/// "former, retired 12 May 2026".
fn place(role: Role, placed: &PlacedCertificate) -> String {
    let since = placed.since().to_date();
    match role {
        Role::Next(stage) => format!("next, {}", stage.as_str()),
        Role::Former(Ending::Revoked(reason)) => format!("former, revoked as {} {since}", reason.as_str()),
        Role::Former(ending) => format!("former, {} {since}", ending.as_str()),
        role => role.as_str().to_owned(),
    }
}

/// Adds every service provider: its logins, and what it holds.
pub(super) fn providers(page: &mut Page, status: &Status) {
    let rows = status.providers.iter().map(|provider| {
        let holds = provider.holds.iter().map(|holding| short(&holding.certificate)).collect::<Vec<_>>();
        vec![
            provider.entity_id.to_string(),
            login(&provider.login),
            if holds.is_empty() { "nothing known".to_owned() } else { page::list(&holds) },
            match (provider.stale, provider.holds.is_empty()) {
                (false, _) => String::new(),
                (true, true) => "to be given out".to_owned(),
                (true, false) => "to be given out again".to_owned(),
            },
        ]
    });
    let rows = rows.collect::<Vec<_>>();
    if !rows.is_empty() {
        page.columns("Service providers", &["entity ID", "logins", "holds", "to give"], &rows);
    }
}

/// "break: it does not hold the certificate that signs".
pub(super) fn login(state: &LoginState) -> String {
    match (state, why(state)) {
        (LoginState::Works { known: Known::Assumed }, _) => "work: it had time to pull the metadata".to_owned(),
        (LoginState::Works { .. }, _) => "work".to_owned(),
        (LoginState::Breaks(_), Some(why)) => format!("break: {why}"),
        (_, Some(why)) => format!("unknown: {why}"),
        (state, None) => state.as_str().to_owned(),
    }
}

/// Why logins break, or are not known to work.
pub(super) fn why(state: &LoginState) -> Option<String> {
    match state {
        LoginState::Breaks(why) => Some(why.to_string()),
        LoginState::Unknown(why) => Some(why.to_string()),
        _ => None,
    }
}

/// Adds the logins that break, or are not known to work.
pub(super) fn broken(page: &mut Page, title: &str, logins: &[Login]) {
    let broken = logins.iter().filter(|login| !login.state.works());
    let rows = broken.map(|one| vec![one.provider.to_string(), login(&one.state)]).collect::<Vec<_>>();
    if !rows.is_empty() {
        page.columns(title, &["service provider", "logins"], &rows);
    }
}

/// Adds the logins that an accepted step breaks.
pub(super) fn accepted(page: &mut Page, event: &Event, record: &Record, now: UnixTime) {
    let accepted = changes::accepted(&event.change);
    let logins = record.logins(now).into_iter().filter(|login| accepted.contains(&login.provider));
    broken(page, "Logins break, or may", &logins.collect::<Vec<_>>());
}

/// Adds the first thing to do, if there is one.
pub(super) fn to_do(page: &mut Page, record: &Record, now: UnixTime) {
    page.sentence(&match record.status(now).to_do {
        Some(action) => format!("Next: {action}."),
        None => "Nothing to do now.".to_owned(),
    });
}
