//! The stored form of an event.

use super::place::{certificate, reason};
use super::provider::{ProviderForm, digest, provider};
use super::record::positive;
use super::settings::{SettingsForm, settings};
use super::tree::Tree;
use super::value::{Fields, Value, sha256, spki_sha256, time};
use super::write::{self, Der};
use super::{STORED_VERSION, from_json, to_json};
use crate::application::text::{check_actor, check_reason};
use crate::application::{
    ApplicationId, Change, EntityId, Event, RecordError, RevocationReason, ServiceProvider, Settings,
};
use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use crate::json::Digest;
use crate::limits::{MAX_HOLDINGS, MAX_PROVIDERS, MAX_RECORD_VALUES};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Writes an event as JSON; the form is in `docs/json.md`. It never holds anything of a private key.
///
/// # Errors
/// [`RecordError::Malformed`] if an event that was made by hand has a fingerprint that is not of the kind that its field
/// has.
pub fn write_event(event: &Event) -> Result<String, RecordError> {
    to_json(event)
}

/// Reads an event that [`write_event`] has written. Whether it fits a record,
/// [`Record::apply`](crate::application::Record::apply) says.
///
/// # Errors
/// As [`read_record`](super::read_record), but no [`RecordError::Contradiction`].
pub fn read_event(json: &[u8]) -> Result<Event, RecordError> {
    from_json(json, event)
}

/// Reads a [`Log`]: events in their order. Whether they make a record,
/// [`Record::replay`](crate::application::Record::replay) says.
///
/// # Errors
/// As [`read_event`].
pub fn read_log(json: &[u8]) -> Result<Vec<Event>, RecordError> {
    from_json(json, |value| value.fields(|fields| fields.read("events", |value| value.list(MAX_RECORD_VALUES, event))))
}

/// What happened to an application, as `samlcert app log` prints it: `{"events":[…]}`, each as [`write_event`] writes it,
/// in the order given.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Log<'a> {
    events: &'a [Event],
}

impl<'a> From<&'a [Event]> for Log<'a> {
    fn from(events: &'a [Event]) -> Self {
        Self { events }
    }
}

#[derive(Serialize)]
struct EventForm<'a> {
    version: u64,
    sequence: u64,
    at: i64,
    actor: &'a str,
    reason: Option<&'a str>,
    #[serde(with = "ChangeForm")]
    change: &'a Change,
}

/// Certificates that came in stand here whole, all others with their fingerprints.
#[derive(Serialize)]
#[serde(remote = "Change", tag = "kind", rename_all = "kebab-case")]
enum ChangeForm {
    Created {
        #[serde(serialize_with = "application_id")]
        id: ApplicationId,
        #[serde(serialize_with = "settings_form")]
        settings: Box<Settings>,
    },
    SettingsChanged {
        #[serde(serialize_with = "settings_form")]
        settings: Box<Settings>,
    },
    Activated {
        #[serde(flatten, serialize_with = "came_in")]
        certificate: Certificate,
    },
    CertificateUploaded {
        #[serde(flatten, serialize_with = "came_in")]
        certificate: Certificate,
        #[serde(serialize_with = "digest_or_null")]
        replaced: Option<Fingerprint>,
    },
    PrivateKeyUploaded {
        #[serde(serialize_with = "write::spki_sha256")]
        spki_sha256: Fingerprint,
        #[serde(serialize_with = "digest_or_null")]
        replaced: Option<Fingerprint>,
    },
    Staged {
        #[serde(flatten, serialize_with = "came_in")]
        certificate: Certificate,
        #[serde(serialize_with = "write::sha256_or_null")]
        replaced: Option<Fingerprint>,
    },
    Saved {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
    },
    SavedAndSwitched {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
        #[serde(serialize_with = "write::sha256_or_null")]
        previous: Option<Fingerprint>,
        #[serde(serialize_with = "write::sha256_or_null")]
        displaced: Option<Fingerprint>,
        #[serde(serialize_with = "write::entity_ids")]
        accepted: Vec<EntityId>,
    },
    HalfDiscarded {
        #[serde(serialize_with = "digest_form")]
        half: Fingerprint,
    },
    Discarded {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
        #[serde(serialize_with = "write::entity_ids")]
        held_by: Vec<EntityId>,
    },
    Published {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
    },
    CutOver {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
        #[serde(serialize_with = "write::sha256_or_null")]
        previous: Option<Fingerprint>,
        #[serde(serialize_with = "write::entity_ids")]
        accepted: Vec<EntityId>,
    },
    RolledBack {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
        #[serde(serialize_with = "write::sha256_or_null")]
        next: Option<Fingerprint>,
        #[serde(serialize_with = "write::entity_ids")]
        accepted: Vec<EntityId>,
    },
    Retired {
        #[serde(rename = "sha256", serialize_with = "write::sha256")]
        certificate: Fingerprint,
        #[serde(serialize_with = "write::entity_ids")]
        accepted: Vec<EntityId>,
    },
    Revoked {
        #[serde(serialize_with = "write::spki_sha256")]
        spki_sha256: Fingerprint,
        #[serde(serialize_with = "reason_form")]
        reason: RevocationReason,
        #[serde(serialize_with = "write::sha256s")]
        cleared: Vec<Fingerprint>,
        #[serde(serialize_with = "came_in_or_null")]
        replacement: Option<Certificate>,
        #[serde(serialize_with = "write::entity_ids")]
        breaks: Vec<EntityId>,
    },
    ProviderAdded {
        #[serde(serialize_with = "provider_form")]
        provider: Box<ServiceProvider>,
    },
    ProviderConfirmed {
        #[serde(serialize_with = "write::entity_id")]
        provider: EntityId,
        #[serde(serialize_with = "digest_form")]
        certificate: Fingerprint,
    },
    ProviderExported {
        #[serde(serialize_with = "write::entity_id")]
        provider: EntityId,
        #[serde(serialize_with = "write::sha256s")]
        certificates: Vec<Fingerprint>,
    },
    ProviderRemoved {
        #[serde(serialize_with = "write::entity_id")]
        provider: EntityId,
    },
}

#[derive(Serialize)]
struct CertificateForm<'a> {
    certificate: Der<'a>,
    sha256: String,
}

impl<'a> CertificateForm<'a> {
    fn new(certificate: &'a Certificate) -> Self {
        let sha256 = certificate.fingerprint(HashAlgorithm::Sha256).to_hex();
        Self { certificate: Der(certificate.der()), sha256 }
    }
}

fn application_id<S: Serializer>(id: &ApplicationId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.as_str())
}

fn settings_form<S: Serializer>(settings: &Settings, serializer: S) -> Result<S::Ok, S::Error> {
    SettingsForm::new(settings).serialize(serializer)
}

fn provider_form<S: Serializer>(provider: &ServiceProvider, serializer: S) -> Result<S::Ok, S::Error> {
    ProviderForm::new(provider).serialize(serializer)
}

fn reason_form<S: Serializer>(reason: &RevocationReason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(reason.as_str())
}

fn came_in<S: Serializer>(certificate: &Certificate, serializer: S) -> Result<S::Ok, S::Error> {
    CertificateForm::new(certificate).serialize(serializer)
}

fn came_in_or_null<S: Serializer>(certificate: &Option<Certificate>, serializer: S) -> Result<S::Ok, S::Error> {
    certificate.as_ref().map(CertificateForm::new).serialize(serializer)
}

fn digest_form<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    Digest::from(fingerprint).serialize(serializer)
}

fn digest_or_null<S: Serializer>(fingerprint: &Option<Fingerprint>, serializer: S) -> Result<S::Ok, S::Error> {
    fingerprint.as_ref().map(Digest::from).serialize(serializer)
}

/// In the form of [`write_event`].
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = EventForm {
            version: STORED_VERSION,
            sequence: self.sequence,
            at: self.at.0,
            actor: &self.actor,
            reason: self.reason.as_deref(),
            change: &self.change,
        };
        form.serialize(serializer)
    }
}

/// As [`read_event`] does, from any format that names the kinds of its values.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        event(Value::top(&Tree::read(deserializer)?)).map_err(de::Error::custom)
    }
}

fn event(value: Value<'_>) -> Result<Event, RecordError> {
    value.fields(|fields| {
        fields.version(STORED_VERSION)?;
        Ok(Event {
            sequence: fields.read("sequence", positive)?,
            at: fields.read("at", time)?,
            actor: fields.read("actor", |value| checked(value, check_actor))?,
            reason: fields.read_or_null("reason", |value| checked(value, check_reason))?,
            change: fields.read("change", |value| value.fields(change))?,
        })
    })
}

fn checked<E: core::fmt::Display>(
    value: Value<'_>,
    check: impl FnOnce(&str) -> Result<(), E>,
) -> Result<String, RecordError> {
    value.parse(|text| check(text).map(|()| text.to_owned()))
}

fn change(fields: &mut Fields<'_>) -> Result<Change, RecordError> {
    let kind = fields.read("kind", |value| value.text().map(str::to_owned))?;
    let found = match kind.as_str() {
        "created" | "settings-changed" => of_settings(&kind, fields)?,
        "provider-added" | "provider-confirmed" | "provider-exported" | "provider-removed" => {
            of_provider(&kind, fields)?
        }
        "activated" | "certificate-uploaded" | "private-key-uploaded" | "staged" => of_arrival(&kind, fields)?,
        _ => of_move(&kind, fields)?,
    };
    found.ok_or_else(|| fields.fault("kind", "is no kind of change"))
}

fn of_settings(kind: &str, fields: &mut Fields<'_>) -> Result<Option<Change>, RecordError> {
    let settings = Box::new(fields.read("settings", settings)?);
    Ok(Some(match kind {
        "created" => Change::Created { id: fields.read("id", |value| value.parse(ApplicationId::new))?, settings },
        _ => Change::SettingsChanged { settings },
    }))
}

fn of_arrival(kind: &str, fields: &mut Fields<'_>) -> Result<Option<Change>, RecordError> {
    Ok(Some(match kind {
        "activated" => Change::Activated { certificate: certificate(fields)? },
        "certificate-uploaded" => {
            Change::CertificateUploaded { certificate: certificate(fields)?, replaced: replaced(fields)? }
        }
        "private-key-uploaded" => Change::PrivateKeyUploaded {
            spki_sha256: fields.read("spki_sha256", spki_sha256)?,
            replaced: replaced(fields)?,
        },
        "staged" => Change::Staged { certificate: certificate(fields)?, replaced: sha256_at("replaced", fields)? },
        _ => return Ok(None),
    }))
}

/// What waited may have been a certificate or a key.
fn replaced(fields: &mut Fields<'_>) -> Result<Option<Fingerprint>, RecordError> {
    fields.read_or_null("replaced", |value| value.fields(digest))
}

fn sha256_at(name: &'static str, fields: &mut Fields<'_>) -> Result<Option<Fingerprint>, RecordError> {
    fields.read_or_null(name, sha256)
}

fn providers_at(name: &'static str, fields: &mut Fields<'_>) -> Result<Vec<EntityId>, RecordError> {
    fields.read(name, |value| value.list(MAX_PROVIDERS, |value| value.parse(EntityId::new)))
}

fn of_move(kind: &str, fields: &mut Fields<'_>) -> Result<Option<Change>, RecordError> {
    Ok(Some(match kind {
        "half-discarded" => Change::HalfDiscarded { half: fields.read("half", |value| value.fields(digest))? },
        "revoked" => revoked(fields)?,
        "saved" | "saved-and-switched" | "discarded" | "published" | "cut-over" | "rolled-back" | "retired" => {
            moved(kind, fields)?
        }
        _ => return Ok(None),
    }))
}

fn moved(kind: &str, fields: &mut Fields<'_>) -> Result<Change, RecordError> {
    let certificate = fields.read("sha256", sha256)?;
    Ok(match kind {
        "saved" => Change::Saved { certificate },
        "published" => Change::Published { certificate },
        "discarded" => Change::Discarded { certificate, held_by: providers_at("held_by", fields)? },
        "retired" => Change::Retired { certificate, accepted: providers_at("accepted", fields)? },
        "rolled-back" => Change::RolledBack {
            certificate,
            next: sha256_at("next", fields)?,
            accepted: providers_at("accepted", fields)?,
        },
        "cut-over" => Change::CutOver {
            certificate,
            previous: sha256_at("previous", fields)?,
            accepted: providers_at("accepted", fields)?,
        },
        _ => Change::SavedAndSwitched {
            certificate,
            previous: sha256_at("previous", fields)?,
            displaced: sha256_at("displaced", fields)?,
            accepted: providers_at("accepted", fields)?,
        },
    })
}

/// As many certificates as have places.
const MOST_CLEARED: usize = 4;

fn revoked(fields: &mut Fields<'_>) -> Result<Change, RecordError> {
    Ok(Change::Revoked {
        spki_sha256: fields.read("spki_sha256", spki_sha256)?,
        reason: fields.read("reason", reason)?,
        cleared: fields.read("cleared", |value| value.list(MOST_CLEARED, sha256))?,
        replacement: fields.read_or_null("replacement", |value| value.fields(certificate))?,
        breaks: providers_at("breaks", fields)?,
    })
}

fn of_provider(kind: &str, fields: &mut Fields<'_>) -> Result<Option<Change>, RecordError> {
    if kind == "provider-added" {
        return Ok(Some(Change::ProviderAdded { provider: Box::new(fields.read("provider", provider)?) }));
    }
    let provider = fields.read("provider", |value| value.parse(EntityId::new))?;
    Ok(Some(match kind {
        "provider-confirmed" => Change::ProviderConfirmed {
            provider,
            certificate: fields.read("certificate", |value| value.fields(digest))?,
        },
        "provider-exported" => Change::ProviderExported {
            provider,
            certificates: fields.read("certificates", |value| value.list(MAX_HOLDINGS, sha256))?,
        },
        _ => Change::ProviderRemoved { provider },
    }))
}
