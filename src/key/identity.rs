//! Identifies a key independently of its encoding.

use super::spki::{Material, Spki};
use super::{PublicKey, write};
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};

impl PublicKey {
    /// By what a key is known, however it is written: the SHA-256 fingerprint of its usual encoding, with an uncompressed
    /// point, and for RSA without a restriction to PSS. Keys that are [the same](Self::is_same_key) have the same one; as
    /// good as always it is [`fingerprint`](Self::fingerprint).
    pub(crate) fn identity(&self) -> Fingerprint {
        let usual = Spki::parse(self.spki_der()).ok().and_then(|spki| usual_encoding(&spki));
        match usual {
            Some(der) => Fingerprint::of(HashAlgorithm::Sha256, FingerprintTarget::Spki, &der),
            None => self.fingerprint(HashAlgorithm::Sha256),
        }
    }
}

/// `None` where a key has one encoding only.
fn usual_encoding(spki: &Spki<'_>) -> Option<Vec<u8>> {
    match spki.material {
        Material::Rsa(numbers) | Material::RsaPss(numbers, _) => write::rsa_spki(&numbers, None).ok(),
        Material::Ec(curve, point) => write::ec_spki(curve, &curve.uncompressed_point(point)?).ok(),
        Material::Ed25519(_) | Material::OtherCurve { .. } | Material::Other => None,
    }
}
