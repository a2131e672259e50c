//! Writes values in the stored forms.

use crate::application::EntityId;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::hex;
use serde::ser::{Error, Serialize, Serializer};

/// The SHA-256 fingerprint of a certificate, in hexadecimal.
pub(super) struct Sha256<'a>(pub(super) &'a Fingerprint);

impl Serialize for Sha256<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        digest(self.0, FingerprintTarget::Certificate, serializer)
    }
}

/// The SHA-256 fingerprint of a key's public half, in hexadecimal.
pub(super) struct SpkiSha256<'a>(pub(super) &'a Fingerprint);

impl Serialize for SpkiSha256<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        digest(self.0, FingerprintTarget::Spki, serializer)
    }
}

/// Events can be made by hand, with fingerprints of any kind: what would be read as another one is not written.
fn digest<S: Serializer>(
    fingerprint: &Fingerprint,
    target: FingerprintTarget,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if (fingerprint.algorithm(), fingerprint.target()) != (HashAlgorithm::Sha256, target) {
        let what = target.as_str();
        return Err(S::Error::custom(format_args!("{fingerprint:?} is no SHA-256 fingerprint of a {what}")));
    }
    serializer.serialize_str(&fingerprint.to_hex())
}

/// DER in hexadecimal.
pub(super) struct Der<'a>(pub(super) &'a [u8]);

impl Serialize for Der<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::to_lower(self.0))
    }
}

pub(super) fn sha256<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    Sha256(fingerprint).serialize(serializer)
}

pub(super) fn spki_sha256<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    SpkiSha256(fingerprint).serialize(serializer)
}

pub(super) fn sha256s<S: Serializer>(fingerprints: &[Fingerprint], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(fingerprints.iter().map(Sha256))
}

pub(super) fn sha256_or_null<S: Serializer>(
    fingerprint: &Option<Fingerprint>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    fingerprint.as_ref().map(Sha256).serialize(serializer)
}

pub(super) fn entity_id<S: Serializer>(entity_id: &EntityId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(entity_id.as_str())
}

pub(super) fn entity_ids<S: Serializer>(entity_ids: &[EntityId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entity_ids.iter().map(EntityId::as_str))
}
