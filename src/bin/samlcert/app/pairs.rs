//! The steps that bring in whole pairs: generated, renewed, or read from files.

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
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    #[command(flatten)]
    lifetime: LifetimeArguments,
}

/// A pair to generate.
#[derive(Debug, Args)]
struct Made {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Set the common name of the subject [default: that of the newest certificate, else the ID of the application]
    #[arg(long, value_name = "NAME")]
    cn: Option<String>,
    #[command(flatten)]
    pair: PairArguments,
}

impl Made {
    /// Generates the pair. Its subject is that of the newest certificate, unless another one is given.
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
        let message = "a pair is either generated or read from files: leave out --certificate and --key, or the \
                       options of the pair to generate";
        return Err(Failure::new(ErrorCode::Usage, message.to_owned()));
    }
    let uploaded = command.files.are_given().then(|| command.files.pair(options)).transpose()?;
    let done = step::take(options, actor, &made.id, |application, at| {
        if application.record().activated_at().is_some() {
            return Err(StepError::AlreadyActivated.into());
        }
        let pair = uploaded.map_or_else(|| made.pair(application.record(), options), Ok)?;
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

/// Renews the active certificate for the same key.
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

/// A certificate that a CA signed is renewed by the CA.
fn not_renewed(error: IssueError, id: &ApplicationId) -> Failure {
    let IssueError::SignedByCa = error else { return error.into() };
    let id = page::shell_word(id.as_str());
    let message = format!(
        "a CA signed the certificate, and only the CA can renew it: samlcert app csr {id} makes the request, and samlcert \
         app upload {id} --certificate FILE brings in what comes back"
    );
    Failure::new(error.code(), message).refused()
}

/// Warns of an uploaded certificate that is not valid now.
fn warning(record: &Record, now: UnixTime) -> Option<String> {
    let status = record.status(now);
    let is_valid = !matches!(status.condition, Condition::Expired | Condition::NotYetValid);
    (!is_valid).then(|| format!("Note: {}", shown::verdict(record, &status, now)))
}

pub(super) fn nothing_signs(record: &Record) -> Failure {
    if record.activated_at().is_none() {
        return StepError::NotActivated.into();
    }
    let message = "nothing signs, so there is no certificate to renew; regenerate or upload a pair";
    Failure::new(ErrorCode::NoCertificate, message.to_owned()).refused()
}
