//! The stored forms of the places of an application: active, next, previous and former certificates, and what waits.

use super::form::{CERTIFICATE_SHA256, Flat, Form, Named, OrNull, SPKI_SHA256, Stored, Time, object};
use super::value::{Fields, Value, der};
use crate::application::{
    Ending, Former, Next, Pending, PlacedCertificate, RecordError, RevocationReason, RevokedKey, Stage,
};
use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use crate::hex;
use serde::ser::{SerializeMap, Serializer};

object! { Next {
    stage: Named(&[Stage::Draft, Stage::Saved, Stage::Published], Stage::as_str),
    placed: Flat,
} }

object! { Former { ending: Named(ENDINGS, Ending::as_str), placed: Flat } }

const ENDINGS: &[Ending] = &[
    Ending::Retired,
    Ending::Displaced,
    Ending::Discarded,
    Ending::Replaced,
    Ending::Revoked(RevocationReason::Lost),
    Ending::Revoked(RevocationReason::Compromised),
];

object! { RevokedKey { spki_sha256: SPKI_SHA256, reason: REASON, since: Time } }

pub(super) const REASON: Named<RevocationReason> =
    Named(&[RevocationReason::Lost, RevocationReason::Compromised], RevocationReason::as_str);

impl Stored for PlacedCertificate {
    fn read(fields: &mut Fields<'_>) -> Result<Self, RecordError> {
        let certificate = Flat.read_part("", fields)?;
        let since = Time.read_part("since", fields)?;
        Ok(Self::new(certificate, since, OrNull(Time).read_part("published_at", fields)?))
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        write_certificate(&self.certificate, self.sha256(), map)?;
        Time.write_part("since", &self.since, map)?;
        OrNull(Time).write_part("published_at", &self.published_at, map)
    }
}

impl Stored for Pending {
    fn read(fields: &mut Fields<'_>) -> Result<Self, RecordError> {
        let kind = fields.read("kind", |value| value.text().map(str::to_owned))?;
        match kind.as_str() {
            "certificate" => {
                let certificate = Flat.read_part("", fields)?;
                // It was never published: it has no key yet.
                let placed = PlacedCertificate::new(certificate, Time.read_part("since", fields)?, None);
                Ok(Self::Certificate(Box::new(placed)))
            }
            "private-key" => Ok(Self::PrivateKey {
                spki_sha256: SPKI_SHA256.read_part("spki_sha256", fields)?,
                since: Time.read_part("since", fields)?,
            }),
            _ => Err(fields.fault("kind", "is none of certificate, private-key")),
        }
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("kind", self.as_str())?;
        match self {
            Self::Certificate(placed) => {
                write_certificate(&placed.certificate, placed.sha256(), map)?;
                Time.write_part("since", &placed.since, map)
            }
            Self::PrivateKey { spki_sha256, since } => {
                SPKI_SHA256.write_part("spki_sha256", spki_sha256, map)?;
                Time.write_part("since", since, map)
            }
        }
    }
}

/// A certificate, and its fingerprint beside it.
impl Stored for Certificate {
    fn read(fields: &mut Fields<'_>) -> Result<Self, RecordError> {
        let certificate: Self = WholeCertificate.read_part("certificate", fields)?;
        if certificate.fingerprint(HashAlgorithm::Sha256) != CERTIFICATE_SHA256.read_part("sha256", fields)? {
            return Err(fields.fault("sha256", "is not the fingerprint of the certificate beside it"));
        }
        Ok(certificate)
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        write_certificate(self, &self.fingerprint(HashAlgorithm::Sha256), map)
    }
}

fn write_certificate<M: SerializeMap>(
    certificate: &Certificate,
    sha256: &Fingerprint,
    map: &mut M,
) -> Result<(), M::Error> {
    WholeCertificate.write_part("certificate", certificate, map)?;
    CERTIFICATE_SHA256.write_part("sha256", sha256, map)
}

/// The DER of a certificate in hexadecimal.
struct WholeCertificate;

impl Form<Certificate> for WholeCertificate {
    fn read(&self, value: Value<'_>) -> Result<Certificate, RecordError> {
        Certificate::from_der(&der(value)?).map_err(|error| value.fault(error))
    }

    fn write<S: Serializer>(&self, certificate: &Certificate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::to_lower(certificate.der()))
    }
}
