//! `samlcert app provider`: the service providers that trust the certificates of an application.

use super::at::Actor;
use super::download::{self, Target};
use super::{lookup, shown, step};
use crate::options::Options;
use crate::output::{Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::store::Store;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use samlcert::application::{ApplicationId, Capability, DisplayName, EntityId, PasteFormat, Profile, ServiceProvider};
use samlcert::{ErrorCode, HashAlgorithm, json};
use std::num::NonZeroU32;

/// `samlcert app provider COMMAND`.
#[derive(Debug, Args)]
pub(super) struct Provider {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a service provider
    Add(Add),
    /// Record that a service provider was seen to hold a certificate
    Confirm(Confirm),
    /// Write the certificates that a service provider is to be given, and record that they were given out
    Export(Export),
    /// List the service providers
    List(List),
    /// Remove a service provider, and what is known about it
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    provider: Named,
    /// Say what it can take: one certificate, several, metadata that it pulls, or the fingerprint of one certificate
    #[arg(long, value_name = "CAPABILITY", value_parser = ["one-certificate", "several-certificates", "metadata", "fingerprint"])]
    capability: String,
    /// Say after how many seconds at most it pulls the metadata again
    #[arg(long, value_name = "SECONDS", value_parser = read_interval, required_if_eq("capability", "metadata"))]
    pull_interval: Option<NonZeroU32>,
    /// Say which hash its fingerprints are made with
    #[arg(long, value_name = "HASH", value_parser = hashes(), required_if_eq("capability", "fingerprint"))]
    hash: Option<HashAlgorithm>,
    /// Give it certificates in this form [default: pem]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    paste_format: Option<PasteFormat>,
    /// Choose which certificates it is given [default: the active one alone, unless it can take several]
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    profile: Option<Profile>,
    /// Set the name that people know it by
    #[arg(long, value_name = "NAME")]
    name: Option<DisplayName>,
}

#[derive(Debug, Args)]
struct Confirm {
    #[command(flatten)]
    provider: Named,
    /// Give the fingerprint of the certificate, or its first characters
    #[arg(value_name = "FINGERPRINT")]
    fingerprint: String,
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    provider: Named,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Remove {
    #[command(flatten)]
    provider: Named,
}

#[derive(Debug, Args)]
struct List {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
}

#[derive(Debug, Args)]
struct Named {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Give the entity ID of the service provider
    #[arg(value_name = "ENTITY")]
    entity: EntityId,
}

fn read_interval(text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_| format!("an interval is a whole number of seconds, from 1 to {}", u32::MAX))
}

fn hashes() -> impl TypedValueParser<Value = HashAlgorithm> {
    PossibleValuesParser::new(HashAlgorithm::ALL.map(HashAlgorithm::as_str))
        .try_map(|name| HashAlgorithm::ALL.into_iter().find(|hash| hash.as_str() == name).ok_or("no such hash"))
}

fn formats() -> impl TypedValueParser<Value = PasteFormat> {
    PossibleValuesParser::new(PasteFormat::ALL.map(PasteFormat::as_str))
        .try_map(|name| PasteFormat::ALL.into_iter().find(|format| format.as_str() == name).ok_or("no such format"))
}

fn profiles() -> impl TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(Profile::ALL.map(Profile::as_str))
        .try_map(|name| Profile::ALL.into_iter().find(|profile| profile.as_str() == name).ok_or("no such profile"))
}

pub(super) fn run(provider: &Provider, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    match &provider.command {
        Command::Add(command) => add(command, options, actor),
        Command::Confirm(command) => confirm(command, options, actor),
        Command::Export(command) => export(command, options, actor),
        Command::List(command) => list(command, options),
        Command::Remove(command) => remove(&command.provider, options, actor),
    }
}

impl Add {
    fn capability(&self) -> Result<Capability, Failure> {
        let misplaced = |argument: &str| {
            let message = format!("{argument} does not go with --capability {}", self.capability);
            Failure::new(ErrorCode::Usage, message)
        };
        match (self.capability.as_str(), self.pull_interval, self.hash) {
            ("metadata", Some(pull_interval), None) => Ok(Capability::Metadata { pull_interval }),
            ("fingerprint", None, Some(algorithm)) => Ok(Capability::Fingerprint { algorithm }),
            ("one-certificate", None, None) => Ok(Capability::OneCertificate),
            (_, None, None) => Ok(Capability::SeveralCertificates),
            (_, Some(_), _) if self.capability != "metadata" => Err(misplaced("--pull-interval")),
            _ => Err(misplaced("--hash")),
        }
    }

    fn provider(&self) -> Result<ServiceProvider, Failure> {
        let mut provider = ServiceProvider::new(self.provider.entity.clone(), self.capability()?);
        if let Some(format) = self.paste_format {
            provider = provider.with_paste_format(format);
        }
        if let Some(profile) = self.profile {
            provider = provider.with_profile(profile);
        }
        if let Some(name) = &self.name {
            provider = provider.with_name(name.clone());
        }
        Ok(provider)
    }
}

fn add(command: &Add, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let provider = command.provider()?;
    let done =
        step::take(
            options,
            actor,
            &command.provider.id,
            |application, at| Ok(application.add_provider(at, provider)?),
        )?;
    Ok(done.outcome(options))
}

/// A service provider that holds another certificate than the active one breaks its logins: the output says so at once.
fn confirm(command: &Confirm, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = step::take(options, actor, &command.provider.id, |application, at| {
        let fingerprint = lookup::fingerprint(application.record(), &command.fingerprint)?;
        Ok(application.confirm(at, &command.provider.entity, &fingerprint)?)
    })?;
    let logins = done.application.record().logins(options.now());
    let own = logins.into_iter().filter(|login| login.provider == command.provider.entity).collect::<Vec<_>>();
    Ok(done.outcome_with(options, step::NothingMore {}, |page| shown::broken(page, "Logins now", &own)))
}

/// The files are written before that is recorded. If recording fails, the files stay, and the log does not mention them.
fn export(command: &Export, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let mut written = Vec::new();
    let done = step::take(options, actor, &command.provider.id, |application, at| {
        let downloads = application.record().download_for(&command.provider.entity)?;
        let event = application.record_export(at, &command.provider.entity)?;
        written = command.target.write_each(&downloads)?;
        Ok(event)
    })?;
    let form = download::Files::new(&written);
    Ok(done.outcome_with(options, form, |page| download::add_files(page, &written)))
}

fn remove(command: &Named, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = step::take(options, actor, &command.id, |application, at| {
        Ok(application.remove_provider(at, &command.entity)?)
    })?;
    Ok(done.outcome(options))
}

fn list(command: &List, options: &Options) -> Result<Outcome, Failure> {
    let (record, now) = (Store::open(options)?.record(&command.id)?, options.now());
    if options.json {
        return Ok(Outcome::json(GOOD, &json::Providers::from(&record)));
    }
    let mut page = Page::default();
    let count = page::count(record.providers().len(), "service provider");
    page.verdict(&format!("{count} of {}.", record.id()));
    let rows = record.providers().iter().map(row).collect::<Vec<_>>();
    if !rows.is_empty() {
        page.columns("", &["entity ID", "name", "takes", "as", "is given"], &rows);
    }
    shown::providers(&mut page, &record.status(now));
    Ok(Outcome::text(GOOD, page.into_text()))
}

fn row(provider: &ServiceProvider) -> Vec<String> {
    let takes = match provider.capability() {
        Capability::Metadata { pull_interval } => format!("metadata, pulled every {pull_interval} seconds"),
        Capability::Fingerprint { algorithm } => format!("a fingerprint, {algorithm}"),
        Capability::OneCertificate => "one certificate".to_owned(),
        Capability::SeveralCertificates => "several certificates".to_owned(),
        other => other.as_str().to_owned(),
    };
    let name = provider.name().map(ToString::to_string).unwrap_or_default();
    let (format, profile) = (provider.paste_format().as_str(), provider.profile().as_str());
    vec![provider.entity_id().to_string(), name, takes, format.to_owned(), profile.to_owned()]
}
