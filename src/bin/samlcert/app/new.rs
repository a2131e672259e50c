//! `samlcert app new` and `samlcert app set`.

use super::at::Actor;
use super::settings::SettingsArguments;
use super::step;
use crate::options::Options;
use crate::output::{Failure, Outcome};
use crate::store::Store;
use clap::Args;
use samlcert::application::{ApplicationId, SavePolicy, Settings};
use samlcert::{Application, ErrorCode};

/// `samlcert app new ID`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// Choose the ID of the application: visible characters without spaces
    #[arg(value_name = "ID")]
    id: ApplicationId,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// `samlcert app set ID`.
#[derive(Debug, Args)]
pub(super) struct Set {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// Makes the store as well if there is none.
pub(super) fn new(command: &New, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let settings = command.settings.apply(Settings::new(SavePolicy::OnSave))?;
    let (application, event) = Application::new(actor.at(), command.id.clone(), settings)?;
    let mut store = Store::open_or_create(options)?;
    Ok(step::insert(&mut store, application, event)?.outcome(options))
}

pub(super) fn set(command: &Set, options: &Options, actor: &Actor) -> Result<Outcome, Failure> {
    let done = step::take(options, actor, &command.id, |application, at| {
        let before = application.record().settings();
        let settings = command.settings.apply(before.clone())?;
        if settings == *before {
            let message = "nothing would change; name a setting and its new value";
            return Err(Failure::new(ErrorCode::Usage, message.to_owned()));
        }
        Ok(application.set(at, settings)?)
    })?;
    Ok(done.outcome(options))
}
