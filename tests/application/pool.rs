//! Pairs, service providers and moments to step through the life of an application with. The fuzz target
//! `application_steps` includes this file, too.

use samlcert::application::{Capability, EntityId, ServiceProvider};
use samlcert::{CertKeyPair, Certificate, Fingerprint, HashAlgorithm, PrivateKey, UnixTime};
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

pub(crate) const DAY: i64 = 86_400;

/// 2027-01-01, when all of the pool but what its name says is valid.
pub(crate) const BEGIN: UnixTime = UnixTime(1_798_761_600);

/// A moment some days later.
pub(crate) fn day(days: i64) -> UnixTime {
    UnixTime(BEGIN.0 + days * DAY)
}

/// The PEM of a certificate and of its key, in one file or two.
const PAIRS: &[(&str, &[u8], &[u8])] = &[
    ("a", include_bytes!("../data/pool/a.pem"), &[]),
    ("b", include_bytes!("../data/pool/b.pem"), &[]),
    ("c", include_bytes!("../data/pool/c.pem"), &[]),
    ("d", include_bytes!("../data/pool/d.pem"), &[]),
    ("e", include_bytes!("../data/pool/e.pem"), &[]),
    ("a-renewed", include_bytes!("../data/pool/a-renewed.pem"), &[]),
    ("b-renewed", include_bytes!("../data/pool/b-renewed.pem"), &[]),
    ("a-expired", include_bytes!("../data/pool/a-expired.pem"), &[]),
    ("expired", include_bytes!("../data/pool/expired.pem"), &[]),
    ("not-yet-valid", include_bytes!("../data/pool/not-yet-valid.pem"), &[]),
    ("p256", include_bytes!("../data/certificates/p256.pem"), include_bytes!("../data/keys/p256.pem")),
    // The same key in another encoding.
    (
        "p256-compressed",
        include_bytes!("../data/certificates/compressed-point.pem"),
        include_bytes!("../data/keys/p256.pem"),
    ),
];

/// All pairs with their names, read once: reading a key is work.
pub(crate) fn pool() -> &'static [(&'static str, CertKeyPair)] {
    static POOL: OnceLock<Vec<(&str, CertKeyPair)>> = OnceLock::new();
    let read = |(name, certificate, key): &(&'static str, &[u8], &[u8])| {
        let pair = samlcert::normalize(&[*certificate, *key].concat()).into_pair();
        (*name, pair.unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    POOL.get_or_init(|| PAIRS.iter().map(read).collect())
}

pub(crate) fn pair(name: &str) -> &'static CertKeyPair {
    &pool().iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no pair {name}")).1
}

pub(crate) fn certificate(name: &str) -> &'static Certificate {
    pair(name).certificate()
}

pub(crate) fn key(name: &str) -> &'static Arc<PrivateKey> {
    pair(name).private_key()
}

/// The SHA-256 fingerprint of a certificate.
pub(crate) fn sha256(name: &str) -> Fingerprint {
    certificate(name).fingerprint(HashAlgorithm::Sha256)
}

/// An entity ID by a short name.
pub(crate) fn entity(name: &str) -> EntityId {
    format!("https://{name}.example").parse().expect("it is valid")
}

/// Pulls metadata every so many hours.
pub(crate) fn pulls(hours: u32) -> Capability {
    Capability::Metadata { pull_interval: NonZeroU32::new(hours * 3600).expect("it is not 0") }
}

/// A service provider of each capability: `one`, `several`, `pulls` (every 24 hours), `sha1`.
pub(crate) fn providers() -> [ServiceProvider; 4] {
    [
        ServiceProvider::new(entity("one"), Capability::OneCertificate),
        ServiceProvider::new(entity("several"), Capability::SeveralCertificates),
        ServiceProvider::new(entity("pulls"), pulls(24)),
        ServiceProvider::new(entity("sha1"), Capability::Fingerprint { algorithm: HashAlgorithm::Sha1 }),
    ]
}
