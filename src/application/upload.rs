//! Pairs come in only together: a half waits for its other half.

use std::sync::Arc;

use super::Application;
use super::error::StepError;
use super::event::{Change, Event, StepContext};
use super::place::Pending;
use super::record::Record;
use super::text::check_actor;
use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use crate::key::PrivateKey;
use crate::pair::{CertKeyPair, PairError};

/// Half of a pair, as it is uploaded.
#[derive(Clone, Debug)]
pub enum Half {
    /// A certificate.
    Certificate(Certificate),
    /// A private key.
    PrivateKey(Arc<PrivateKey>),
}

impl Application {
    /// Takes half of a pair. A certificate whose key is here already (it was renewed elsewhere, or answers a request)
    /// is a pair at once, and so is a half whose other half waits: it is [staged](Self::stage). Else it waits, in the
    /// place of one of its kind that waited before.
    ///
    /// # Errors
    /// [`StepError::NotActivated`], [`StepError::PublishedNext`]; [`StepError::RevokedKey`] if the key of the half is
    /// revoked; [`StepError::Pair`] if the half that waits belongs to another pair: it goes on waiting; or if a
    /// certificate is of a key that cannot sign SAML. What [`Self::stage`] refuses.
    pub fn upload(&mut self, at: StepContext<'_>, half: Half) -> Result<Event, StepError> {
        check_actor(at.actor)?;
        self.check_open()?;
        match half {
            Half::Certificate(certificate) => self.upload_certificate(at, certificate),
            Half::PrivateKey(key) => self.upload_private_key(at, &key),
        }
    }

    fn upload_certificate(&mut self, at: StepContext<'_>, certificate: Certificate) -> Result<Event, StepError> {
        let identity = certificate.public_key().identity();
        self.check_not_revoked(&identity)?;
        if let Some(key) = self.keys.get(&identity).or_else(|| self.waiting_key()) {
            return self.stage(at, &CertKeyPair::new(certificate, Arc::clone(key))?);
        }
        let algorithm = certificate.key_algorithm();
        if !algorithm.can_sign_saml() {
            return Err(PairError::UnsupportedCertificateKey { algorithm }.into());
        }
        let replaced = self.record.other_pending(&certificate.fingerprint(HashAlgorithm::Sha256));
        self.commit(at, Change::CertificateUploaded { certificate, replaced }, None)
    }

    fn upload_private_key(&mut self, at: StepContext<'_>, key: &Arc<PrivateKey>) -> Result<Event, StepError> {
        let spki_sha256 = key.public_key().identity();
        self.check_not_revoked(&spki_sha256)?;
        if let Some(Pending::Certificate(waiting)) = &self.record.pending {
            let pair = CertKeyPair::new(waiting.certificate.clone(), Arc::clone(key))?;
            return self.stage(at, &pair);
        }
        let replaced = self.record.other_pending(&spki_sha256);
        self.commit(at, Change::PrivateKeyUploaded { spki_sha256, replaced }, Some(key))
    }

    fn waiting_key(&self) -> Option<&Arc<PrivateKey>> {
        match &self.record.pending {
            Some(Pending::PrivateKey { spki_sha256, .. }) => self.keys.get(spki_sha256),
            _ => None,
        }
    }
}

impl Record {
    /// What waits already, if it is another one.
    pub(super) fn other_pending(&self, half: &Fingerprint) -> Option<Fingerprint> {
        self.pending.as_ref().map(|waiting| *waiting.fingerprint()).filter(|waiting| waiting != half)
    }
}
