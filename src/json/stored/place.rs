//! The stored forms of the places of an application: active, next, previous and former certificates, and what waits.

use super::value::{Fields, Value, der, sha256, spki_sha256, time};
use super::write::{Der, Sha256, SpkiSha256};
use crate::application::{Ending, Former, Next, Pending, Placed, RecordError, RevocationReason, RevokedKey, Stage};
use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::time::UnixTime;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct PlacedForm<'a> {
    certificate: Der<'a>,
    sha256: Sha256<'a>,
    since: i64,
    published_at: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct NextForm<'a> {
    stage: &'static str,
    #[serde(flatten)]
    placed: PlacedForm<'a>,
}

#[derive(Serialize)]
pub(super) struct FormerForm<'a> {
    ending: &'static str,
    #[serde(flatten)]
    placed: PlacedForm<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum PendingForm<'a> {
    Certificate { certificate: Der<'a>, sha256: Sha256<'a>, since: i64 },
    PrivateKey { spki_sha256: SpkiSha256<'a>, since: i64 },
}

#[derive(Serialize)]
pub(super) struct RevokedForm<'a> {
    spki_sha256: SpkiSha256<'a>,
    reason: &'static str,
    since: i64,
}

impl<'a> PlacedForm<'a> {
    pub(super) fn new(placed: &'a Placed) -> Self {
        Self {
            certificate: Der(placed.certificate.der()),
            sha256: Sha256(placed.sha256()),
            since: placed.since.0,
            published_at: placed.published_at.map(|at| at.0),
        }
    }
}

impl<'a> NextForm<'a> {
    pub(super) fn new(next: &'a Next) -> Self {
        Self { stage: next.stage.as_str(), placed: PlacedForm::new(&next.placed) }
    }
}

impl<'a> FormerForm<'a> {
    pub(super) fn new(former: &'a Former) -> Self {
        Self { ending: former.ending.as_str(), placed: PlacedForm::new(&former.placed) }
    }
}

impl<'a> PendingForm<'a> {
    pub(super) fn new(pending: &'a Pending) -> Self {
        match pending {
            Pending::Certificate(placed) => Self::Certificate {
                certificate: Der(placed.certificate.der()),
                sha256: Sha256(placed.sha256()),
                since: placed.since.0,
            },
            Pending::PrivateKey { spki_sha256, since } => {
                Self::PrivateKey { spki_sha256: SpkiSha256(spki_sha256), since: since.0 }
            }
        }
    }
}

impl<'a> RevokedForm<'a> {
    pub(super) const fn new(key: &'a RevokedKey) -> Self {
        Self { spki_sha256: SpkiSha256(&key.spki_sha256), reason: key.reason.as_str(), since: key.since.0 }
    }
}

pub(super) fn placed(fields: &mut Fields<'_>) -> Result<Placed, RecordError> {
    let certificate = certificate(fields)?;
    let since = fields.read("since", time)?;
    let published_at = fields.read_or_null("published_at", time)?;
    Ok(Placed::new(certificate, since, published_at))
}

/// A certificate, and its fingerprint beside it.
pub(super) fn certificate(fields: &mut Fields<'_>) -> Result<Certificate, RecordError> {
    let certificate = fields.read("certificate", |value| {
        let der = der(value)?;
        Certificate::from_der(&der).map_err(|error| value.fault(error))
    })?;
    let sha256 = fields.read("sha256", sha256)?;
    if certificate.fingerprint(HashAlgorithm::Sha256) != sha256 {
        return Err(fields.fault("sha256", "is not the fingerprint of the certificate beside it"));
    }
    Ok(certificate)
}

pub(super) fn next(fields: &mut Fields<'_>) -> Result<Next, RecordError> {
    let stages = [Stage::Draft, Stage::Saved, Stage::Published];
    let stage = fields.read("stage", |value| value.one_of(&stages, Stage::as_str))?;
    Ok(Next { placed: placed(fields)?, stage })
}

pub(super) fn former(fields: &mut Fields<'_>) -> Result<Former, RecordError> {
    let ending = fields.read("ending", |value| value.one_of(&ENDINGS, Ending::as_str))?;
    Ok(Former { placed: placed(fields)?, ending })
}

const ENDINGS: [Ending; 6] = [
    Ending::Retired,
    Ending::Displaced,
    Ending::Discarded,
    Ending::Replaced,
    Ending::Revoked(RevocationReason::Lost),
    Ending::Revoked(RevocationReason::Compromised),
];

pub(super) fn pending(fields: &mut Fields<'_>) -> Result<Pending, RecordError> {
    let kind = fields.read("kind", |value| value.text().map(str::to_owned))?;
    let since: UnixTime = fields.read("since", time)?;
    match kind.as_str() {
        "certificate" => Ok(Pending::Certificate(Box::new(Placed::new(certificate(fields)?, since, None)))),
        "private-key" => Ok(Pending::PrivateKey { spki_sha256: fields.read("spki_sha256", spki_sha256)?, since }),
        _ => Err(fields.fault("kind", "is none of certificate, private-key")),
    }
}

pub(super) fn revoked(fields: &mut Fields<'_>) -> Result<RevokedKey, RecordError> {
    Ok(RevokedKey {
        spki_sha256: fields.read("spki_sha256", spki_sha256)?,
        reason: fields.read("reason", reason)?,
        since: fields.read("since", time)?,
    })
}

pub(super) fn reason(value: Value<'_>) -> Result<RevocationReason, RecordError> {
    value.one_of(&[RevocationReason::Lost, RevocationReason::Compromised], RevocationReason::as_str)
}
