//! The stored form of an event.

use super::form::{
    AnyFingerprint, Boxed, CERTIFICATE_SHA256, Checked, Flat, Form, List, Object, OrNull, Positive, SPKI_SHA256, Text,
    Time, Versioned, Written, kinds, object,
};
use super::place::REASON;
use super::tree::Tree;
use super::value::Value;
use super::{from_json, to_json};
use crate::application::text::{check_stored_actor, check_stored_reason};
use crate::application::{Change, Event, RecordError};
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
    from_json(json, |value| Versioned.read(value))
}

/// Reads a [`Log`]: events in their order. Whether they make a record,
/// [`Record::replay`](crate::application::Record::replay) says.
///
/// # Errors
/// As [`read_event`].
pub fn read_log(json: &[u8]) -> Result<Vec<Event>, RecordError> {
    from_json(json, |value| {
        let events = List(MAX_RECORD_VALUES, Versioned);
        value.fields(|fields| fields.read("events", |value| events.read(value)))
    })
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

object! { Event {
    sequence: Positive,
    at: Time,
    actor: Checked(check_stored_actor),
    reason: OrNull(Checked(check_stored_reason)),
    change: Object,
} }

const PROVIDERS: List<Text> = List(MAX_PROVIDERS, Text);

/// As many certificates as have places.
const MOST_CLEARED: usize = 4;

// Certificates that came in are stored whole, all others by their fingerprints.
kinds! { Change, "is not a kind of change" {
    "created" => Created { id: Text, settings: Boxed(Object) },
    "settings-changed" => SettingsChanged { settings: Boxed(Object) },
    "activated" => Activated { certificate: Flat },
    "certificate-uploaded" => CertificateUploaded { certificate: Flat, replaced: OrNull(AnyFingerprint) },
    "private-key-uploaded" => PrivateKeyUploaded { spki_sha256: SPKI_SHA256, replaced: OrNull(AnyFingerprint) },
    "staged" => Staged { certificate: Flat, replaced: OrNull(CERTIFICATE_SHA256) },
    "saved" => Saved { certificate = "sha256": CERTIFICATE_SHA256 },
    "saved-and-switched" => SavedAndSwitched {
        certificate = "sha256": CERTIFICATE_SHA256,
        previous: OrNull(CERTIFICATE_SHA256),
        displaced: OrNull(CERTIFICATE_SHA256),
        accepted: PROVIDERS,
    },
    "half-discarded" => HalfDiscarded { half: AnyFingerprint },
    "discarded" => Discarded { certificate = "sha256": CERTIFICATE_SHA256, held_by: PROVIDERS },
    "published" => Published { certificate = "sha256": CERTIFICATE_SHA256 },
    "cut-over" => CutOver {
        certificate = "sha256": CERTIFICATE_SHA256,
        previous: OrNull(CERTIFICATE_SHA256),
        accepted: PROVIDERS,
    },
    "rolled-back" => RolledBack {
        certificate = "sha256": CERTIFICATE_SHA256,
        next: OrNull(CERTIFICATE_SHA256),
        accepted: PROVIDERS,
    },
    "retired" => Retired { certificate = "sha256": CERTIFICATE_SHA256, accepted: PROVIDERS },
    "revoked" => Revoked {
        spki_sha256: SPKI_SHA256,
        reason: REASON,
        cleared: List(MOST_CLEARED, CERTIFICATE_SHA256),
        replacement: OrNull(Object),
        breaks: PROVIDERS,
    },
    "provider-added" => ProviderAdded { provider: Boxed(Object) },
    "provider-confirmed" => ProviderConfirmed { provider: Text, certificate: AnyFingerprint },
    "provider-exported" => ProviderExported { provider: Text, certificates: List(MAX_HOLDINGS, CERTIFICATE_SHA256) },
    "provider-removed" => ProviderRemoved { provider: Text },
} }

/// In the form of [`write_event`].
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&Versioned, self).serialize(serializer)
    }
}

/// As [`read_event`] does, from any format that names the kinds of its values.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Versioned.read(Value::top(&Tree::read(deserializer)?)).map_err(de::Error::custom)
    }
}
