//! Identifies a key independently of its encoding.

use super::spki::{Material, Spki};
use super::{PublicKey, write};
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};

impl PublicKey {
    /// Identifies a key independently of its encoding: the SHA-256 fingerprint of its default encoding, which has an
    /// uncompressed point, and for RSA no restriction to PSS. [The same keys](Self::is_same_key) have the same
    /// identity. It nearly always equals [`fingerprint`](Self::fingerprint).
    pub(crate) fn identity(&self) -> Fingerprint {
        let usual = Spki::parse(self.spki_der()).ok().and_then(|spki| usual_encoding(&spki));
        match usual {
            Some(der) => Fingerprint::of(HashAlgorithm::Sha256, FingerprintTarget::Spki, &der),
            None => self.fingerprint(HashAlgorithm::Sha256),
        }
    }
}

/// `None` if a key has only one encoding.
fn usual_encoding(spki: &Spki<'_>) -> Option<Vec<u8>> {
    match spki.material {
        Material::Rsa(numbers) | Material::RsaPss(numbers, _) => write::rsa_spki(&numbers, None).ok(),
        Material::Ec(curve, point) => write::ec_spki(curve, &curve.uncompressed_point(point)?).ok(),
        Material::Ed25519(_) | Material::OtherCurve { .. } | Material::Other => None,
    }
}
