//! `samlcert app`: applications in a store, and the steps that replace their pairs.

mod at;
mod csr;
mod download;
mod halves;
mod identify;
mod list;
mod log;
mod lookup;
mod new;
mod pairs;
mod plan;
mod provider;
mod revoke;
mod settings;
mod shown;
mod status;
mod step;
mod steps;
mod subject;
mod timeline;
mod told;
mod transfer;
mod upload;

use crate::options::Options;
use crate::output::{Failure, Outcome};
use at::Actor;
use clap::{Args, Subcommand};

/// `samlcert app COMMAND`.
#[derive(Debug, Args)]
pub(crate) struct App {
    /// Who takes the step, as the log tells it; unless told, the login name (LOGNAME, USER or USERNAME), else samlcert
    #[arg(long, global = true, value_name = "NAME", help_heading = "Common options")]
    actor: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an application, without a pair
    New(new::New),
    /// List the applications
    List,
    /// Change the settings of an application
    Set(new::Set),
    /// Give an application its first pair, made here or brought along: it signs at once
    Activate(pairs::Activate),
    /// Bring in a certificate, a private key, or both: a pair that is complete waits as a draft
    Upload(upload::Upload),
    /// Make a new pair, which waits as a draft
    Regenerate(pairs::Regenerate),
    /// Make a new certificate for the key that signs; it waits as a draft
    Renew(pairs::Renew),
    /// Make a request for a CA to sign a certificate of a key in the store
    Csr(csr::Csr),
    /// Save the draft: it waits to be published, or signs at once where the policy is on-save
    Save(steps::Save),
    /// Discard a half that waits; if none does, the next certificate
    Discard(steps::Plain),
    /// Show the saved certificate to service providers, beside the one that signs
    Publish(steps::Plain),
    /// Make the published certificate sign
    CutOver(steps::Guarded),
    /// Make the previous certificate sign again
    RollBack(steps::Guarded),
    /// End the previous certificate, and forget its key
    Retire(steps::Guarded),
    /// Make sure that a key is never used again; what signs with it stops
    Revoke(revoke::Revoke),
    /// Show how an application stands
    Status(status::Status),
    /// Show what to do, in order and with dates
    Plan(plan::Plan),
    /// Keep the service providers of an application
    Provider(provider::Provider),
    /// Write a certificate as a file
    Download(download::Download),
    /// Say which certificate of an application a text speaks of
    Identify(identify::Identify),
    /// Show what happened to an application
    Log(log::Log),
    /// Write an application with all that happened to it
    Export(transfer::Export),
    /// Take in what was exported
    Import(transfer::Import),
}

pub(crate) fn run(app: &App, options: &Options) -> Result<Outcome, Failure> {
    let actor = Actor::new(app.actor.as_deref(), options.now());
    match &app.command {
        Command::New(command) => new::new(command, options, &actor),
        Command::List => list::run(options),
        Command::Set(command) => new::set(command, options, &actor),
        Command::Activate(command) => pairs::activate(command, options, &actor),
        Command::Upload(command) => upload::run(command, options, &actor),
        Command::Regenerate(command) => pairs::regenerate(command, options, &actor),
        Command::Renew(command) => pairs::renew(command, options, &actor),
        Command::Csr(command) => csr::run(command, options),
        Command::Save(command) => steps::save(command, options, &actor),
        Command::Discard(command) => steps::discard(command, options, &actor),
        Command::Publish(command) => steps::publish(command, options, &actor),
        Command::CutOver(command) => steps::cut_over(command, options, &actor),
        Command::RollBack(command) => steps::roll_back(command, options, &actor),
        Command::Retire(command) => steps::retire(command, options, &actor),
        Command::Revoke(command) => revoke::run(command, options, &actor),
        Command::Status(command) => status::run(command, options),
        Command::Plan(command) => plan::run(command, options),
        Command::Provider(command) => provider::run(command, options, &actor),
        Command::Download(command) => download::run(command, options),
        Command::Identify(command) => identify::run(command, options),
        Command::Log(command) => log::run(command, options),
        Command::Export(command) => transfer::export(command, options),
        Command::Import(command) => transfer::import(command, options),
    }
}
