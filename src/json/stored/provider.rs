//! The stored form of a service provider.

use super::value::{Fields, Value, natural, sha256, time};
use super::write::Sha256;
use crate::application::{
    Capability, DisplayName, EntityId, Exported, Holding, Known, PasteFormat, Profile, Record, RecordError,
    ServiceProvider,
};
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::json::Digest;
use crate::limits::MAX_HOLDINGS;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ProviderForm<'a> {
    entity_id: &'a str,
    name: Option<&'a str>,
    capability: CapabilityForm,
    paste_format: &'static str,
    profile: &'static str,
    holds: Vec<HoldingForm>,
    exported: Option<ExportedForm<'a>>,
}

#[derive(Serialize)]
struct CapabilityForm {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_interval_s: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<&'static str>,
}

#[derive(Serialize)]
struct HoldingForm {
    certificate: Digest,
    since: i64,
    known: &'static str,
}

#[derive(Serialize)]
struct ExportedForm<'a> {
    at: i64,
    certificates: Vec<Sha256<'a>>,
}

/// The service providers of an application: `{"providers":[{"entity_id":s,"name":s|null,"capability":{…},`
/// `"paste_format":s,"profile":s,"holds":[…],"exported":{…}|null}]}`, each as it stands in the record.
#[derive(Serialize)]
pub struct Providers<'a> {
    providers: Vec<ProviderForm<'a>>,
}

impl<'a> From<&'a Record> for Providers<'a> {
    fn from(record: &'a Record) -> Self {
        Self { providers: record.providers.iter().map(ProviderForm::new).collect() }
    }
}

impl core::fmt::Debug for Providers<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Providers({})", self.providers.len())
    }
}

impl<'a> ProviderForm<'a> {
    pub(super) fn new(provider: &'a ServiceProvider) -> Self {
        let holding = |it: &Holding| HoldingForm {
            certificate: Digest::from(&it.certificate),
            since: it.since.0,
            known: it.known.as_str(),
        };
        let exported =
            |it: &'a Exported| ExportedForm { at: it.at.0, certificates: it.certificates.iter().map(Sha256).collect() };
        Self {
            entity_id: provider.entity_id.as_str(),
            name: provider.name.as_ref().map(DisplayName::as_str),
            capability: CapabilityForm::new(provider.capability),
            paste_format: provider.paste_format.as_str(),
            profile: provider.profile.as_str(),
            holds: provider.holds.iter().map(holding).collect(),
            exported: provider.exported.as_ref().map(exported),
        }
    }
}

impl CapabilityForm {
    const fn new(capability: Capability) -> Self {
        let (pull_interval_s, algorithm) = match capability {
            Capability::Metadata { pull_interval } => (Some(pull_interval.get()), None),
            Capability::Fingerprint { algorithm } => (None, Some(algorithm.as_str())),
            Capability::OneCertificate | Capability::SeveralCertificates => (None, None),
        };
        Self { kind: capability.as_str(), pull_interval_s, algorithm }
    }
}

pub(super) fn provider(value: Value<'_>) -> Result<ServiceProvider, RecordError> {
    value.fields(|fields| {
        Ok(ServiceProvider {
            entity_id: fields.read("entity_id", |value| value.parse(EntityId::new))?,
            name: fields.read_or_null("name", |value| value.parse(DisplayName::new))?,
            capability: fields.read("capability", |value| value.fields(capability))?,
            paste_format: fields.read("paste_format", |value| value.one_of(&PasteFormat::ALL, PasteFormat::as_str))?,
            profile: fields.read("profile", |value| value.one_of(&Profile::ALL, Profile::as_str))?,
            holds: fields.read("holds", holds)?,
            exported: fields.read_or_null("exported", |value| value.fields(exported))?,
        })
    })
}

fn capability(fields: &mut Fields<'_>) -> Result<Capability, RecordError> {
    fields.read("kind", |value| value.text().map(str::to_owned)).and_then(|kind| match kind.as_str() {
        "one-certificate" => Ok(Capability::OneCertificate),
        "several-certificates" => Ok(Capability::SeveralCertificates),
        "metadata" => Ok(Capability::Metadata { pull_interval: fields.read("pull_interval_s", pull_interval)? }),
        "fingerprint" => Ok(Capability::Fingerprint { algorithm: fields.read("algorithm", algorithm)? }),
        _ => Err(fields.fault("kind", "is none of one-certificate, several-certificates, metadata, fingerprint")),
    })
}

fn pull_interval(value: Value<'_>) -> Result<core::num::NonZeroU32, RecordError> {
    core::num::NonZeroU32::new(natural(value)?).ok_or_else(|| value.fault("is 0"))
}

fn algorithm(value: Value<'_>) -> Result<HashAlgorithm, RecordError> {
    value.one_of(&HashAlgorithm::ALL, HashAlgorithm::as_str)
}

/// Oldest first, no certificate twice.
fn holds(value: Value<'_>) -> Result<Vec<Holding>, RecordError> {
    let holds = value.list(MAX_HOLDINGS, |value| value.fields(holding))?;
    for (index, holding) in holds.iter().enumerate() {
        if holds.iter().take(index).any(|other| other.certificate == holding.certificate) {
            return Err(value.fault(format_args!("has a certificate twice, the second time as number {index}")));
        }
    }
    Ok(holds)
}

fn holding(fields: &mut Fields<'_>) -> Result<Holding, RecordError> {
    Ok(Holding {
        certificate: fields.read("certificate", |value| value.fields(digest))?,
        since: fields.read("since", time)?,
        known: fields.read("known", |value| value.one_of(&TOLD, Known::as_str))?,
    })
}

/// What is assumed follows from the time, and is not stored.
const TOLD: [Known; 2] = [Known::Confirmed, Known::Exported];

fn exported(fields: &mut Fields<'_>) -> Result<Exported, RecordError> {
    Ok(Exported {
        at: fields.read("at", time)?,
        certificates: fields.read("certificates", |value| value.list(MAX_HOLDINGS, sha256))?,
    })
}

/// A fingerprint of any kind.
pub(super) fn digest(fields: &mut Fields<'_>) -> Result<Fingerprint, RecordError> {
    let targets = [FingerprintTarget::Certificate, FingerprintTarget::Spki];
    let algorithm = fields.read("algorithm", algorithm)?;
    let target = fields.read("target", |value| value.one_of(&targets, FingerprintTarget::as_str))?;
    fields.read("digest", |value| value.fingerprint(algorithm, target))
}
