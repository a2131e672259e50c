use super::spki::{Material, RsaNumbers, Spki};
use super::{PublicKey, oid};
use crate::HashAlgorithm;
use crate::der::{self, Der};
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
fn usual_encoding(spki: &Spki<'_>) -> Option<Der> {
    match spki.material {
        Material::Rsa(numbers) | Material::RsaPss(numbers, _) => Some(rsa(numbers)),
        Material::Ec(curve, point) => {
            let identifier = der::sequence(&[&der::oid(oid::EC_PUBLIC_KEY), &der::oid(curve.oid())]);
            let point = curve.uncompressed_point(point)?;
            Some(der::sequence(&[&identifier, &der::bits(&point)]))
        }
        Material::Ed25519(_) | Material::OtherCurve { .. } | Material::Other => None,
    }
}

/// RFC 3279, section 2.3.1.
fn rsa(numbers: RsaNumbers<'_>) -> Der {
    let identifier = der::sequence(&[&der::oid(oid::RSA_ENCRYPTION), &der::null()]);
    let key = der::sequence(&[&der::integer(numbers.n), &der::integer(numbers.e)]);
    der::sequence(&[&identifier, &der::bits(&key)])
}
