//! The steps that move a pair from one stage to the next.

use super::at::Actor;
use super::shown;
use super::step::{self, Done};
use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::page::{self, Page};
use clap::Args;
use samlcert::application::{
    Acceptance, ApplicationId, EntityId, Event, Export, GuardedStep, Record, StepContext, StepError,
};
use samlcert::{Application, UnixTime, json};

/// A step that needs nothing but the application.
#[derive(Debug, Args)]
pub(super) struct Plain {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
}

/// A step that may break logins.
#[derive(Debug, Args)]
pub(super) struct Guarded {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Accept that the step may break the logins of this service provider: name each one that it may break, and no other;
    /// may be given several times
    #[arg(long, value_name = "ENTITY")]
    accept: Vec<EntityId>,
    /// Record why the step is taken although logins break
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reason: String,
}

/// `samlcert app save ID`.
pub(super) type Save = Guarded;

type Step = fn(&mut Application, StepContext<'_>, Acceptance<'_>) -> Result<Event, StepError>;

fn guarded(
    command: &Guarded,
    options: &Options,
    actor: &Actor,
    kind: GuardedStep,
    step: Step,
) -> Result<Done, Failure> {
    step::take(options, actor, &command.id, |application, at| {
        let accept = Acceptance { providers: &command.accept, reason: &command.reason };
        step(application, at, accept).map_err(|error| match error {
            StepError::LoginsWouldBreak { .. } => would_break(error, application, kind, at.now),
            error => error.into(),
        })
    })
}

/// Says whose logins break, and how to take the step anyway.
fn would_break(error: StepError, application: &Application, step: GuardedStep, now: UnixTime) -> Failure {
    let logins = application.record().impact(step, now).unwrap_or_default();
    let mut page = Page::default();
    shown::broken(&mut page, "After this step", &logins);
    let broken = logins.iter().filter(|login| !login.state.works());
    let accept =
        broken.map(|login| page::shell_option("--accept", login.provider.as_str())).collect::<Vec<_>>().join(" ");
    page.sentence(&format!("To take the step anyway: {accept} --reason TEXT"));
    Failure::from(error).with_impact(&page.into_text(), json::Impact::new(step, &logins))
}

pub(super) fn cut_over(command: &Guarded, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    Ok(guarded(command, options, actor, GuardedStep::CutOver, Application::cut_over)?.outcome(options))
}

pub(super) fn roll_back(command: &Guarded, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    Ok(guarded(command, options, actor, GuardedStep::RollBack, Application::roll_back)?.outcome(options))
}

pub(super) fn retire(command: &Guarded, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    Ok(guarded(command, options, actor, GuardedStep::Retire, Application::retire)?.outcome(options))
}

pub(super) fn discard(command: &Plain, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = step::take(options, actor, &command.id, |application, at| Ok(application.discard(at)?))?;
    Ok(done.outcome(options))
}

pub(super) fn publish(command: &Plain, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = step::take(options, actor, &command.id, |application, at| Ok(application.publish(at)?))?;
    Ok(done.outcome(options))
}

/// Saves, and says what to download for whom.
pub(super) fn save(command: &Save, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = guarded(command, options, actor, GuardedStep::Save, Application::save)?;
    let exports = done.application.record().exports(options.now());
    let form = json::Exports::from(exports.as_slice());
    let record = done.application.record().clone();
    Ok(done.outcome_with(options, form, |page| add_exports(page, &record, &exports)))
}

/// Adds the command that writes each file, also for a certificate that is replaced at the moment of the cut-over.
fn add_exports(page: &mut Page, record: &Record, exports: &[Export]) {
    let next = record.next().map(|next| next.placed().sha256());
    let rows = exports.iter().map(|export| {
        let certificates = &export.download.certificates;
        let is_next = certificates.len() == 1 && certificates.first() == next;
        vec![
            export.provider.to_string(),
            page::list(&certificates.iter().map(page::short).collect::<Vec<_>>()),
            download(record.id(), &export.provider, is_next),
        ]
    });
    let rows = rows.collect::<Vec<_>>();
    if !rows.is_empty() {
        page.columns("To be given out", &["service provider", "certificates", "by"], &rows);
    }
}

/// The command that writes the file of a service provider.
fn download(id: &ApplicationId, provider: &EntityId, is_next: bool) -> String {
    let provider = page::shell_option("--for", provider.as_str());
    let next = if is_next { " --next" } else { "" };
    let word = page::shell_word(id.as_str());
    if id.as_str().starts_with('-') {
        format!("samlcert app download {provider}{next} -- {word}")
    } else {
        format!("samlcert app download {word} {provider}{next}")
    }
}
