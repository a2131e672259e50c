//! Who takes a step, and when.

use samlcert::UnixTime;
use samlcert::application::At;

/// Who takes a step, and when.
pub(super) struct Actor {
    name: String,
    now: UnixTime,
}

impl Actor {
    /// The one that was named, else the login name, else this program.
    pub(super) fn new(named: Option<&str>, now: UnixTime) -> Self {
        let name = named.map(str::to_owned).or_else(login_name).unwrap_or_else(|| "samlcert".to_owned());
        Self { name, now }
    }

    pub(super) fn at(&self) -> At<'_> {
        At { now: self.now, actor: &self.name }
    }
}

/// As the system tells it; what could not stand in a log is no name.
fn login_name() -> Option<String> {
    let names = ["LOGNAME", "USER", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    names
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty() && name.chars().count() <= 256 && !name.contains(samlcert::is_invisible))
}
