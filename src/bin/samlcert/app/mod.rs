//! `samlcert app`: applications in a store, and the steps that rotate their pairs.

mod at;
mod changes;
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
mod transfer;
mod upload;

use crate::options::Options;
use crate::output::{Failure, Outcome};
use at::Actor;
use clap::{Args, Subcommand};

/// `samlcert app COMMAND`.
#[derive(Debug, Args)]
pub(crate) struct App {
    /// Record this name for the step [default: the login name (LOGNAME, USER or USERNAME), else samlcert]
    #[arg(long, global = true, value_name = "NAME", help_heading = "Common options")]
    actor: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create an application, which has no pair yet
    New(new::New),
    /// List the applications
    List,
    /// Change the settings of an application; an empty value removes a setting
    Set(new::Set),
    /// Give an application its first pair, generated or read from files: it signs at once
    Activate(pairs::Activate),
    /// Upload a certificate, a private key, or both: a complete pair waits as a draft
    Upload(upload::Upload),
    /// Generate a new pair, which waits as a draft
    Regenerate(pairs::Regenerate),
    /// Renew the active certificate for the same key: the new one waits as a draft
    Renew(pairs::Renew),
    /// Make a certificate signing request (CSR) for a key in the store
    Csr(csr::Csr),
    /// Save the draft: it waits to be published, or signs at once if the policy is on-save
    Save(steps::Save),
    /// Discard the half that waits, or the next certificate if no half does
    Discard(steps::Plain),
    /// Publish the saved certificate to service providers, beside the active one
    Publish(steps::Plain),
    /// Cut over: make the published certificate sign
    CutOver(steps::Guarded),
    /// Roll back: make the previous certificate sign again
    RollBack(steps::Guarded),
    /// Retire the previous certificate, and delete its key
    Retire(steps::Guarded),
    /// Revoke a key, which is never used again: what signs with it stops
    Revoke(revoke::Revoke),
    /// Show the status of an application
    Status(status::Status),
    /// Show what to do next, in order and with dates
    Plan(plan::Plan),
    /// Manage the service providers of an application
    Provider(provider::Provider),
    /// Write certificates to files, for people and service providers
    Download(download::Download),
    /// Identify the certificate that a fingerprint or a file belongs to
    Identify(identify::Identify),
    /// Show the history of an application
    Log(log::Log),
    /// Export an application with its history
    Export(transfer::Export),
    /// Import an exported application
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
