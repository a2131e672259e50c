//! The stored form of the settings of an application.

use super::form::{List, Named, Number, Object, OrNull, Text, Written, object};
use super::{from_json, to_json, value::Value};
use crate::application::{Binding, Contact, Endpoint, NameIdFormat, Organization, RecordError, SavePolicy, Settings};
use crate::json::stored::form::Form;
use crate::limits::MAX_SETTINGS;

/// Writes settings as JSON, in the same form as in a record.
///
/// # Errors
/// [`RecordError::Malformed`] if the JSON cannot be written, which no settings give cause for.
pub fn write_settings(settings: &Settings) -> Result<String, RecordError> {
    to_json(&Written(&Object, settings))
}

/// Reads settings that [`write_settings`] has written. Every field must be there, even if it is null.
///
/// # Errors
/// As [`read_record`](super::read_record), but neither an unknown version nor a [`RecordError::Contradiction`].
pub fn read_settings(json: &[u8]) -> Result<Settings, RecordError> {
    from_json(json, |value: Value<'_>| Object.read(value))
}

object! { Settings {
    entity_id: OrNull(Text),
    sso: List(MAX_SETTINGS, Object),
    slo: List(MAX_SETTINGS, Object),
    name_id_formats: List(MAX_SETTINGS, Named(&NameIdFormat::ALL, NameIdFormat::as_str)),
    organization: OrNull(Object),
    contact: OrNull(Object),
    skew = "skew_s": Number,
    policy: Named(&[SavePolicy::OnSave, SavePolicy::Staged], SavePolicy::as_str),
} }

object! { Endpoint { binding: Named(&Binding::ALL, Binding::as_str), location: Text } }

object! { Organization { name: Text, url: OrNull(Text) } }

object! { Contact { name: OrNull(Text), mail: Text } }
