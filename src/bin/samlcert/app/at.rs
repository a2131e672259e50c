//! Who takes a step, and when.

use samlcert::UnixTime;
use samlcert::application::StepContext;

/// Who takes a step, and when.
pub(super) struct Actor {
    name: String,
    now: UnixTime,
}

impl Actor {
    /// The given name, else the login name, else the name of this program.
    pub(super) fn new(named: Option<&str>, now: UnixTime) -> Self {
        let name = named.map(str::to_owned).or_else(login_name).unwrap_or_else(|| "samlcert".to_owned());
        Self { name, now }
    }

    pub(super) fn at(&self) -> StepContext<'_> {
        StepContext { now: self.now, actor: &self.name }
    }
}

/// The login name in the environment, if it can stand in a log.
fn login_name() -> Option<String> {
    let names = ["LOGNAME", "USER", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    names
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty() && name.chars().count() <= 256 && !name.contains(samlcert::is_invisible))
}
