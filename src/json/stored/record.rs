//! The stored form of a record.

use super::form::{Form, List, Object, OrNull, Positive, Text, Time, Versioned, Written, object};
use super::provider::PROVIDERS;
use super::tree::Tree;
use super::value::Value;
use super::{from_json, to_json};
use crate::application::{Record, RecordError};
use crate::limits::{MAX_FORMER, MAX_RECORD_VALUES};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Writes a record as JSON; the form is in `docs/json.md`. It never holds anything of a private key.
///
/// Store the private keys beside it, and join both again:
///
/// ```
/// use samlcert::application::{SavePolicy, Settings, StepContext};
/// use samlcert::{Application, PrivateKey, SecretBytes, UnixTime, json, normalize};
/// use std::sync::Arc;
///
/// let pair = normalize(include_bytes!("../../../tests/data/texts/pair.pem")).into_pair()?;
/// let at = StepContext { now: UnixTime(1_795_514_106), actor: "alice" };
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
/// (`former[3].certificate`) if it is missing, unknown, appears twice, or has no value that it may have, and with the
/// field `json` if the text is no JSON or larger than [`MAX_RECORD_BYTES`](crate::limits::MAX_RECORD_BYTES);
/// [`RecordError::Contradiction`] for fields that contradict each other.
pub fn read_record(json: &[u8]) -> Result<Record, RecordError> {
    from_json(json, record)
}

object! { Record {
    id: Text,
    revision: Positive,
    settings: Object,
    activated_at: OrNull(Time),
    active: OrNull(Object),
    next: OrNull(Object),
    previous: OrNull(Object),
    pending: OrNull(Object),
    former: List(MAX_FORMER, Object),
    // No step forgets one: only the size of the whole bounds them.
    revoked: List(MAX_RECORD_VALUES, Object),
    providers: PROVIDERS,
} }

/// In the form of [`write_record`].
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&Versioned, self).serialize(serializer)
    }
}

/// As [`read_record`] does, from any format that names the kinds of its values.
impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        record(Value::top(&Tree::read(deserializer)?)).map_err(de::Error::custom)
    }
}

fn record(value: Value<'_>) -> Result<Record, RecordError> {
    let record: Record = Versioned.read(value)?;
    record.check()?;
    Ok(record)
}
