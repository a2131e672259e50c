//! The steps that bring whole pairs in: made here, or brought along.

use super::at::Actor;
use super::halves::Files;
use super::{shown, step};
use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::page;
use crate::request::{self, LifetimeArguments, PairArguments, Subject};
use clap::Args;
use samlcert::application::{ApplicationId, Condition, Record, StepError};
use samlcert::{CertKeyPair, ErrorCode, IssueError, SystemEntropy, UnixTime};

/// `samlcert app activate ID`.
#[derive(Debug, Args)]
pub(super) struct Activate {
    #[command(flatten)]
    made: Made,
    #[command(flatten)]
    files: Files,
}

/// `samlcert app regenerate ID`.
#[derive(Debug, Args)]
pub(super) struct Regenerate {
    #[command(flatten)]
    made: Made,
}

/// `samlcert app renew ID`.
#[derive(Debug, Args)]
pub(super) struct Renew {
    /// The application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    #[command(flatten)]
    lifetime: LifetimeArguments,
}

/// A pair that is made here.
#[derive(Debug, Args)]
struct Made {
    /// The application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// The common name, if not that of the newest certificate, or where there is none the application's ID
    #[arg(long, value_name = "NAME")]
    cn: Option<String>,
    #[command(flatten)]
    pair: PairArguments,
}

impl Made {
    /// Makes the pair; this can take seconds. Its subject is that of the newest certificate, where nothing else is told.
    fn pair(&self, record: &Record, options: &Options) -> Result<CertKeyPair, Failure> {
        let newest = record.certificates().into_iter().next();
        let subject = newest.map(|(_, placed)| Subject::of(placed.certificate())).unwrap_or_default();
        let cn = self.cn.as_deref().or(subject.cn.as_deref()).unwrap_or(record.id().as_str());
        Ok(request::issue(&self.pair.request(cn, &subject)?, options.now())?)
    }
}

pub(super) fn activate(command: &Activate, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let made = &command.made;
    if command.files.are_given() && (made.cn.is_some() || made.pair.are_given()) {
        let message = "a pair is either made here or brought along: leave away --certificate and --key, or what is said \
                       of the one to be made";
        return Err(Failure::new(ErrorCode::Usage, message.to_owned()));
    }
    let brought = command.files.are_given().then(|| command.files.pair(options)).transpose()?;
    let done = step::take(options, actor, &made.id, |application, at| {
        if application.record().activated_at().is_some() {
            return Err(StepError::AlreadyActivated.into());
        }
        let pair = brought.map_or_else(|| made.pair(application.record(), options), Ok)?;
        Ok(application.activate(at, &pair)?)
    })?;
    let warning = warning(done.application.record(), options.now());
    Ok(done.outcome_with(options, step::NothingMore {}, |page| {
        warning.iter().for_each(|warning| page.sentence(warning));
    }))
}

pub(super) fn regenerate(command: &Regenerate, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let made = &command.made;
    let done = step::take(options, actor, &made.id, |application, at| {
        if application.record().activated_at().is_none() {
            return Err(StepError::NotActivated.into());
        }
        let pair = made.pair(application.record(), options)?;
        Ok(application.stage(at, &pair)?)
    })?;
    Ok(done.outcome(options))
}

/// The certificate that signs, made anew for the same key.
pub(super) fn renew(command: &Renew, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let lifetime = command.lifetime.lifetime()?;
    let done = step::take(options, actor, &command.id, |application, at| {
        let pair = application.signing_pair().ok_or_else(|| nothing_signs(application.record()))?;
        let renewed = samlcert::renew(&pair, lifetime, options.now(), &mut SystemEntropy)
            .map_err(|error| not_renewed(error, &command.id))?;
        Ok(application.stage(at, &renewed)?)
    })?;
    Ok(done.outcome(options))
}

/// Of what a CA signed, the CA makes the next one.
fn not_renewed(error: IssueError, id: &ApplicationId) -> Failure {
    let IssueError::SignedByCa = error else { return error.into() };
    let id = page::shell_word(id.as_str());
    let message = format!(
        "a CA signed the certificate, and it alone can make another one for the same key: samlcert app csr {id} makes \
         the request, and samlcert app upload {id} --certificate FILE brings in what comes back"
    );
    Failure::new(error.code(), message).refused()
}

/// A certificate may be brought along that is not valid now.
fn warning(record: &Record, now: UnixTime) -> Option<String> {
    let status = record.status(now);
    let is_valid = !matches!(status.condition, Condition::Expired | Condition::NotYetValid);
    (!is_valid).then(|| format!("Note: {}", shown::verdict(record, &status, now)))
}

pub(super) fn nothing_signs(record: &Record) -> Failure {
    if record.activated_at().is_none() {
        return StepError::NotActivated.into();
    }
    let message = "nothing signs, so that there is no certificate to renew; regenerate or upload a pair";
    Failure::new(ErrorCode::NoCertificate, message.to_owned()).refused()
}
