//! The status of an application and of its service providers, as JSON.

use super::logins::Reason;
use super::plan::Action;
use crate::application::{self, ApplicationId, Dated, Pending, ProviderStatus, Waiting};
use serde::Serialize;

/// The status of an application, as `samlcert app status` prints it:
/// `{"id":s,"activated":bool,"certificate":"grey"|"green","key":"grey"|"green","unsaved":bool,"signs":hex|null,`
/// `"waits":{"sha256":hex,"stage":"draft"|"saved"|"published"}|null,`
/// `"active":{"sha256":hex,"not_before":unix,"not_after":unix}|null,"previous":{…}|null,`
/// `"providers":[{"entity_id":s,"login":"works"|"breaks"|"unknown","stale":bool,"holds":[hex],"why":s,"until":unix|null,`
/// `"message":s|null}],"revision":n,"pending":{"kind":"certificate"|"private-key","sha256":hex,"since":unix}|null,`
/// `"condition":"nothing-signs"|"not-yet-valid"|"active"|"expiring"|"expired","to_do":{…}|null}`
///
/// `why`, `until` and `message` are those of [`Logins`](super::Logins), `to_do` is an action of a
/// [`Plan`](super::Plan). `holds` are digests by the algorithm that the provider uses. `sha256` of a pending key is
/// that of its public half.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    id: String,
    activated: bool,
    certificate: &'static str,
    key: &'static str,
    unsaved: bool,
    signs: Option<String>,
    waits: Option<Waits>,
    active: Option<Dates>,
    previous: Option<Dates>,
    providers: Vec<Provider>,
    revision: u64,
    pending: Option<Half>,
    condition: &'static str,
    to_do: Option<Action>,
}

#[derive(Clone, Debug, Serialize)]
struct Waits {
    sha256: String,
    stage: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Dates {
    sha256: String,
    not_before: i64,
    not_after: i64,
}

#[derive(Clone, Debug, Serialize)]
struct Provider {
    entity_id: String,
    login: &'static str,
    stale: bool,
    holds: Vec<String>,
    #[serde(flatten)]
    reason: Reason,
}

#[derive(Clone, Debug, Serialize)]
struct Half {
    kind: &'static str,
    sha256: String,
    since: i64,
}

impl Status {
    /// Of the status of the application that has this ID.
    #[must_use]
    pub fn new(id: &ApplicationId, status: &application::Status) -> Self {
        Self {
            id: id.as_str().to_owned(),
            activated: status.activated,
            certificate: status.certificate.as_str(),
            key: status.key.as_str(),
            unsaved: status.unsaved,
            signs: status.signs.map(|sha256| sha256.to_hex()),
            waits: status.waits.as_ref().map(Waits::new),
            active: status.active.as_ref().map(Dates::new),
            previous: status.previous.as_ref().map(Dates::new),
            providers: status.providers.iter().map(Provider::new).collect(),
            revision: status.revision,
            pending: status.pending.as_ref().map(Half::new),
            condition: status.condition.as_str(),
            to_do: status.to_do.as_ref().map(Action::new),
        }
    }
}

impl Waits {
    fn new(waiting: &Waiting) -> Self {
        Self { sha256: waiting.sha256.to_hex(), stage: waiting.stage.as_str() }
    }
}

impl Dates {
    fn new(dated: &Dated) -> Self {
        Self { sha256: dated.sha256.to_hex(), not_before: dated.not_before.0, not_after: dated.not_after.0 }
    }
}

impl Provider {
    fn new(provider: &ProviderStatus) -> Self {
        Self {
            entity_id: provider.entity_id.as_str().to_owned(),
            login: provider.login.as_str(),
            stale: provider.stale,
            holds: provider.holds.iter().map(|holding| holding.certificate.to_hex()).collect(),
            reason: Reason::new(&provider.login),
        }
    }
}

impl Half {
    fn new(half: &Pending) -> Self {
        Self { kind: half.as_str(), sha256: half.fingerprint().to_hex(), since: half.since().0 }
    }
}
