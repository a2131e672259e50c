//! Applications: the pairs that an identity provider signs with, and what its service providers hold.

#![doc = include_str!("rotations.md")]

mod apply;
mod check;
mod condition;
mod download;
mod error;
mod event;
mod guard;
mod identify;
mod logins;
mod place;
mod plan;
mod provider;
mod providers;
mod record;
mod reminders;
mod settings;
mod status;
mod steps;
pub(crate) mod text;
mod upload;

pub use condition::Condition;
pub use download::{Download, Export};
pub use error::StepError;
pub use event::{Acceptance, Change, Event, StepContext};
pub use guard::GuardedStep;
pub use identify::{Identification, Identified, IdentifiedPart};
pub use logins::{Break, Doubt, Login, LoginState};
pub use place::{Ending, Former, Next, Pending, PlacedCertificate, RevocationReason, RevokedKey, Role, Stage};
pub use plan::{Action, PlannedStep};
pub use provider::{Capability, Exported, Holding, Known, PasteFormat, Profile, ServiceProvider};
pub use record::{Record, RecordError};
pub use settings::{Binding, Contact, Endpoint, NameIdFormat, Organization, SavePolicy, Settings};
pub use status::{Dated, EarliestCutOver, Indicator, ProviderStatus, Status, Waiting};
pub(crate) use text::split_web_address;
pub use text::{ApplicationId, DisplayName, EntityId, Location, MailAddress, TextError};
pub use upload::Half;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::key::PrivateKey;
use crate::pair::CertKeyPair;

/// The pairs of one application, and the service providers that depend on them.
///
/// Its [`Record`] holds everything but the private keys, which are joined to it by the fingerprint of their public
/// half. Each step is decided first and committed last: an error changes nothing. Nothing switches by itself.
#[derive(Debug)]
pub struct Application {
    record: Record,
    /// By [`PlacedCertificate::spki_sha256`]; exactly those that a place of the record needs.
    keys: BTreeMap<Fingerprint, Arc<PrivateKey>>,
}

impl Application {
    /// Joins a record that was stored with the private keys that were stored beside it.
    ///
    /// # Errors
    /// [`RecordError::MissingKey`] and [`RecordError::UnneededKey`] unless the keys are exactly those of the active,
    /// the next and the previous certificate and of a key that waits for its certificate, in any order;
    /// [`RecordError::Contradiction`] if a key cannot sign for the certificate that has its public half.
    pub fn from_record(record: Record, keys: impl IntoIterator<Item = Arc<PrivateKey>>) -> Result<Self, RecordError> {
        record.check()?;
        let by_fingerprint = |key: Arc<PrivateKey>| (key.public_key().identity(), key);
        let keys: BTreeMap<_, _> = keys.into_iter().map(by_fingerprint).collect();
        let needed = record.needed_keys();
        for (field, spki_sha256) in &needed {
            if !keys.contains_key(spki_sha256) {
                return Err(RecordError::MissingKey { field, spki_sha256: *spki_sha256 });
            }
        }
        let is_unneeded = |key: &&Fingerprint| !needed.iter().any(|(_, needed)| needed == *key);
        if let Some(spki_sha256) = keys.keys().find(is_unneeded) {
            return Err(RecordError::UnneededKey { spki_sha256: *spki_sha256 });
        }
        let application = Self { record, keys };
        let unusable = application.record.places().find(|(_, placed)| application.pair_of(placed).is_none());
        if let Some((field, _)) = unusable {
            return Err(RecordError::Contradiction { field, what: "its key cannot sign for it" });
        }
        Ok(application)
    }

    /// Everything but the private keys.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// The private keys to store beside the record, by the SHA-256 fingerprint of their public half in the default
    /// encoding: [`PlacedCertificate::spki_sha256`].
    pub fn secret_keys(&self) -> impl Iterator<Item = (&Fingerprint, &Arc<PrivateKey>)> {
        self.keys.iter()
    }

    /// The pair that signs: sign with it, and with no other.
    #[must_use]
    pub fn signing_pair(&self) -> Option<CertKeyPair> {
        self.pair_of(self.record.active.as_ref()?)
    }

    /// The pair of a certificate that stands in a place of this application.
    #[must_use]
    pub fn pair_of(&self, placed: &PlacedCertificate) -> Option<CertKeyPair> {
        let key = self.keys.get(placed.spki_sha256())?;
        CertKeyPair::new(placed.certificate.clone(), Arc::clone(key)).ok()
    }
}

impl Record {
    /// The keys that the record needs, each with the field that needs it.
    fn needed_keys(&self) -> Vec<(&'static str, Fingerprint)> {
        let waiting = match &self.pending {
            Some(Pending::PrivateKey { spki_sha256, .. }) => Some(("pending", *spki_sha256)),
            _ => None,
        };
        self.places().map(|(field, placed)| (field, *placed.spki_sha256())).chain(waiting).collect()
    }
}
