//! What to do next, for each service provider, in a message.

use super::line::Line;
use crate::application::{Action, EntityId, PlannedStep, Record};
use crate::time::{TimeSpan, UnixTime};

/// How many names one step lists; the others are counted.
const MAX_NAMES: usize = 20;

/// Steps of one kind that can be taken at one moment, for several service providers.
struct Group<'a> {
    at: UnixTime,
    action: &'a Action,
    providers: Vec<&'a EntityId>,
}

/// The plan of an application in sentences; `end` is the last moment of what signs.
pub(super) fn steps(record: &Record, now: UnixTime, end: UnixTime) -> Vec<Line> {
    let plan = record.plan(now);
    let mut lines = Vec::new();
    if record.providers().is_empty() {
        lines.push(Line::of("Find out which service providers hold this certificate: none is recorded."));
    }
    lines.extend(groups(&plan).iter().map(|group| sentence(record, group, now, end)));
    if !plan.iter().any(|step| matches!(step.action, Action::CutOver { .. })) {
        // The plan ends with what is left of the last rotation.
        lines.push(Line::of("Then regenerate the certificate, or renew it with the same key."));
    }
    lines
}

fn groups(plan: &[PlannedStep]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for step in plan {
        let providers = step.action.providers().iter();
        match groups.last_mut() {
            Some(last) if last.at == step.at && last.action.as_str() == step.action.as_str() => {
                last.providers.extend(providers);
            }
            _ => groups.push(Group { at: step.at, action: &step.action, providers: providers.collect() }),
        }
    }
    groups
}

fn sentence(record: &Record, group: &Group<'_>, now: UnixTime, end: UnixTime) -> Line {
    let when = when(group.at, now, end);
    let beginning = |words: &str| Line::of(&capitalized(&format!("{when}{words}")));
    let is_one = group.providers.len() == 1;
    let line = match group.action {
        Action::Export { .. } => {
            let line = names(record, beginning("export the certificates for "), &group.providers);
            line.words(", put them in there, and confirm it")
        }
        Action::WaitForPull { until, logins_may_break, .. } => {
            let line = beginning(&format!("wait until {until} ({}), when ", TimeSpan::between(now, *until)));
            let pull = if is_one { "has pulled metadata by itself" } else { "have pulled metadata by themselves" };
            let until_then = if *logins_may_break { "; logins there may break until then" } else { "" };
            names(record, line, &group.providers).words(" ").words(pull).words(until_then)
        }
        Action::CutOver { by_saving, .. } if !group.providers.is_empty() => {
            let step = if *by_saving { "save the draft, which signs at once," } else { "cut over" };
            let line = beginning(&format!("in one maintenance moment, {step} and put the new certificate in at "));
            names(record, line, &group.providers)
        }
        Action::Confirm { .. } => {
            let line =
                beginning(if is_one { "look up which certificate " } else { "look up which certificate each of " });
            names(record, line, &group.providers).words(" holds, and confirm it")
        }
        other => beginning(&other.to_string()),
    };
    line.words(".")
}

/// "in 3 days (2027-01-22T08:00:00Z): "; nothing for what can be done now.
fn when(at: UnixTime, now: UnixTime, end: UnixTime) -> String {
    let late = if now <= end && end < at { ", after the certificate has expired" } else { "" };
    match at <= now {
        true => String::new(),
        false => format!("in {} ({at}){late}: ", TimeSpan::between(now, at)),
    }
}

/// "A", "A and B", "A, B and C", "A, B and 7 more".
fn names(record: &Record, line: Line, providers: &[&EntityId]) -> Line {
    let name = |id: &EntityId| {
        let name = record.provider(id).and_then(|provider| provider.name());
        name.map_or_else(|| id.as_str().to_owned(), |name| name.as_str().to_owned())
    };
    let shown = providers.len().min(MAX_NAMES);
    let more = providers.len().saturating_sub(shown);
    let last = if more == 0 { shown.saturating_sub(1) } else { shown };
    let named = providers.iter().take(shown).enumerate().fold(line, |line, (index, id)| {
        let separator = match index {
            0 => "",
            _ if index == last => " and ",
            _ => ", ",
        };
        line.words(separator).name(&name(id))
    });
    if more == 0 { named } else { named.words(&format!(" and {more} more")) }
}

/// Capitalizes the first letter.
fn capitalized(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(rest).collect()
}
