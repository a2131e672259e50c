//! The stored form of a record.

use super::place::{
    FormerForm, NextForm, PendingForm, PlacedForm, RevokedForm, former, next, pending, placed, revoked,
};
use super::provider::{ProviderForm, provider};
use super::settings::{SettingsForm, settings};
use super::tree::Tree;
use super::value::{Fields, Value, natural, time};
use super::{STORED_VERSION, from_json, to_json};
use crate::application::{ApplicationId, Record, RecordError};
use crate::limits::{MAX_FORMER, MAX_PROVIDERS, MAX_RECORD_VALUES};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Writes a record as JSON; the form is in `docs/json.md`. It never holds anything of a private key.
///
/// Store the private keys beside it, and join both again:
///
/// ```
/// use samlcert::application::{At, SavePolicy, Settings};
/// use samlcert::{Application, PrivateKey, SecretBytes, UnixTime, json, normalize};
/// use std::sync::Arc;
///
/// let pair = normalize(include_bytes!("../../../tests/data/texts/pair.pem")).into_pair()?;
/// let at = At { now: UnixTime(1_795_514_106), actor: "alice" };
/// let (mut idp, _) = Application::new(at, "shop".parse()?, Settings::new(SavePolicy::OnSave))?;
/// idp.activate(at, &pair)?;
///
/// let record: String = json::write_record(idp.record())?;
/// let keys: Vec<SecretBytes> = idp.secret_keys().map(|(_, key)| key.secret_pkcs8_der()).collect();
///
/// let keys = keys.iter().map(|der| PrivateKey::from_pkcs8_der(der.secret_bytes()).map(Arc::new));
/// let again = Application::from_record(json::read_record(record.as_bytes())?, keys.collect::<Result<Vec<_>, _>>()?)?;
/// assert_eq!(again.record(), idp.record());
/// assert!(again.signing_pair().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`RecordError::Malformed`] if an event that was made by hand has left a fingerprint in the record that is not of the
/// kind that its field has.
pub fn write_record(record: &Record) -> Result<String, RecordError> {
    to_json(record)
}

/// Reads a record that [`write_record`] has written, and checks everything that holds of each record.
///
/// # Errors
/// [`RecordError::UnknownVersion`] before anything else is judged; [`RecordError::Malformed`] with the path of the field
/// (`former[3].certificate`) if it is missing, unknown, stands twice, or has no value that it may have, and with the
/// field `json` if the text is no JSON or larger than [`MAX_RECORD_BYTES`](crate::limits::MAX_RECORD_BYTES);
/// [`RecordError::Contradiction`] for fields that contradict each other.
pub fn read_record(json: &[u8]) -> Result<Record, RecordError> {
    from_json(json, record)
}

#[derive(Serialize)]
struct RecordForm<'a> {
    version: u64,
    id: &'a str,
    revision: u64,
    settings: SettingsForm<'a>,
    activated_at: Option<i64>,
    active: Option<PlacedForm<'a>>,
    next: Option<NextForm<'a>>,
    previous: Option<PlacedForm<'a>>,
    pending: Option<PendingForm<'a>>,
    former: Vec<FormerForm<'a>>,
    revoked: Vec<RevokedForm<'a>>,
    providers: Vec<ProviderForm<'a>>,
}

/// In the form of [`write_record`].
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = RecordForm {
            version: STORED_VERSION,
            id: self.id.as_str(),
            revision: self.revision,
            settings: SettingsForm::new(&self.settings),
            activated_at: self.activated_at.map(|at| at.0),
            active: self.active.as_ref().map(PlacedForm::new),
            next: self.next.as_ref().map(NextForm::new),
            previous: self.previous.as_ref().map(PlacedForm::new),
            pending: self.pending.as_ref().map(PendingForm::new),
            former: self.former.iter().map(FormerForm::new).collect(),
            revoked: self.revoked.iter().map(RevokedForm::new).collect(),
            providers: self.providers.iter().map(ProviderForm::new).collect(),
        };
        form.serialize(serializer)
    }
}

/// As [`read_record`] does, from any format that names the kinds of its values.
impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        record(Value::top(&Tree::read(deserializer)?)).map_err(de::Error::custom)
    }
}

fn record(value: Value<'_>) -> Result<Record, RecordError> {
    let record = value.fields(fields)?;
    record.check()?;
    Ok(record)
}

fn fields(fields: &mut Fields<'_>) -> Result<Record, RecordError> {
    fields.version(STORED_VERSION)?;
    Ok(Record {
        id: fields.read("id", |value| value.parse(ApplicationId::new))?,
        revision: fields.read("revision", positive)?,
        settings: fields.read("settings", settings)?,
        activated_at: fields.read_or_null("activated_at", time)?,
        active: fields.read_or_null("active", |value| value.fields(placed))?,
        next: fields.read_or_null("next", |value| value.fields(next))?,
        previous: fields.read_or_null("previous", |value| value.fields(placed))?,
        pending: fields.read_or_null("pending", |value| value.fields(pending))?,
        former: fields.read("former", |value| value.list(MAX_FORMER, |value| value.fields(former)))?,
        // No step forgets one: only the size of the whole bounds them.
        revoked: fields.read("revoked", |value| value.list(MAX_RECORD_VALUES, |value| value.fields(revoked)))?,
        providers: fields.read("providers", |value| value.list(MAX_PROVIDERS, provider))?,
    })
}

/// Revisions and sequences begin at 1.
pub(super) fn positive(value: Value<'_>) -> Result<u64, RecordError> {
    match natural(value)? {
        0 => Err(value.fault("is 0")),
        number => Ok(number),
    }
}
