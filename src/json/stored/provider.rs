//! The stored form of a service provider.

use super::form::{
    ALGORITHM, AnyFingerprint, CERTIFICATE_SHA256, Form, List, Named, Object, OrNull, Positive, Text, Time, Written,
    kinds, object,
};
use super::value::Value;
use crate::application::{
    Capability, Exported, Holding, Known, PasteFormat, Profile, Record, RecordError, ServiceProvider,
};
use crate::limits::{MAX_HOLDINGS, MAX_PROVIDERS};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// The service providers of an application: `{"providers":[{"entity_id":s,"name":s|null,"capability":{…},`
/// `"paste_format":s,"profile":s,"holds":[…],"exported":{…}|null}]}`, each in the same form as in the record.
pub struct Providers<'a> {
    record: &'a Record,
}

impl<'a> From<&'a Record> for Providers<'a> {
    fn from(record: &'a Record) -> Self {
        Self { record }
    }
}

impl Serialize for Providers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("providers", &Written(&PROVIDERS, &self.record.providers))?;
        map.end()
    }
}

impl core::fmt::Debug for Providers<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Providers({})", self.record.providers.len())
    }
}

pub(super) const PROVIDERS: List<Object> = List(MAX_PROVIDERS, Object);

object! { ServiceProvider {
    entity_id: Text,
    name: OrNull(Text),
    capability: Object,
    paste_format: Named(&PasteFormat::ALL, PasteFormat::as_str),
    profile: Named(&Profile::ALL, Profile::as_str),
    holds: Holds,
    exported: OrNull(Object),
} }

kinds! { Capability, "is none of one-certificate, several-certificates, metadata, fingerprint" {
    "one-certificate" => OneCertificate {},
    "several-certificates" => SeveralCertificates {},
    "metadata" => Metadata { pull_interval = "pull_interval_s": Positive },
    "fingerprint" => Fingerprint { algorithm: ALGORITHM },
} }

object! { Holding {
    certificate: AnyFingerprint,
    since: Time,
    // What is assumed follows from the time, and is not stored.
    known: Named(&[Known::Confirmed, Known::Exported], Known::as_str),
} }

object! { Exported { at: Time, certificates: List(MAX_HOLDINGS, CERTIFICATE_SHA256) } }

/// Oldest first, no certificate twice.
struct Holds;

const HOLDINGS: List<Object> = List(MAX_HOLDINGS, Object);

impl Form<Vec<Holding>> for Holds {
    fn read(&self, value: Value<'_>) -> Result<Vec<Holding>, RecordError> {
        let holds: Vec<Holding> = HOLDINGS.read(value)?;
        for (index, holding) in holds.iter().enumerate() {
            if holds.iter().take(index).any(|other| other.certificate == holding.certificate) {
                return Err(value.fault(format_args!("has a certificate twice, the second time as number {index}")));
            }
        }
        Ok(holds)
    }

    fn write<S: Serializer>(&self, holds: &Vec<Holding>, serializer: S) -> Result<S::Ok, S::Error> {
        HOLDINGS.write(holds, serializer)
    }
}
