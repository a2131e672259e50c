//! Public keys: their kind, size and fingerprint, and the checks before one is used.

use core::fmt;
use std::sync::Arc;

use super::spki::{Material, RsaNumbers, Spki};
use super::{KeyAlgorithm, KeyError};
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::limits::MAX_DER_BYTES;
use crate::tlv;

/// A public key: the `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7) as given.
///
/// Keys of unknown kinds are public keys, too. Cloning shares the bytes.
#[derive(Clone)]
pub struct PublicKey {
    der: Arc<[u8]>,
    algorithm: KeyAlgorithm,
    bits: Option<u32>,
}

impl PublicKey {
    /// Reads a DER `SubjectPublicKeyInfo`.
    ///
    /// The numbers of RSA keys and the points of EC keys are checked. An Ed25519 key that is not a point of its curve
    /// is noticed only when it verifies.
    ///
    /// # Errors
    /// [`KeyError::TooLarge`]; [`KeyError::PublicKeyMalformed`] if it is not DER, not an SPKI, or not a key of the kind that it names.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        if der.len() > MAX_DER_BYTES {
            return Err(KeyError::TooLarge);
        }
        tlv::check(der).map_err(KeyError::public_tlv)?;
        let spki = Spki::parse(der)?;
        Ok(Self::of_parts(der, spki.algorithm, spki.bits))
    }

    /// The key of an SPKI that [`Spki::parse`] has passed, with what that found.
    pub(crate) fn of_parts(der: &[u8], algorithm: KeyAlgorithm, bits: Option<u32>) -> Self {
        Self { der: der.into(), algorithm, bits }
    }

    /// The kind of the key.
    #[must_use]
    pub const fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// The size: bits of the modulus for RSA, of the curve for P-256, P-384 and P-521, 256 for Ed25519, else `None`.
    #[must_use]
    pub const fn bits(&self) -> Option<u32> {
        self.bits
    }

    /// The `SubjectPublicKeyInfo` as it was given.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        &self.der
    }

    /// The fingerprint of the `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn fingerprint(&self, algorithm: HashAlgorithm) -> Fingerprint {
        Fingerprint::of(algorithm, FingerprintTarget::Spki, &self.der)
    }

    /// The modulus and the exponent of an RSA key.
    pub(super) fn rsa_numbers(&self) -> Option<RsaNumbers<'_>> {
        Spki::parse(&self.der).ok()?.rsa()
    }

    /// The point of an EC key as it was given; empty for other keys.
    pub(super) fn ec_point(&self) -> &[u8] {
        match Spki::parse(&self.der) {
            Ok(Spki { material: Material::Ec(_, point), .. }) => point,
            _ => &[],
        }
    }

    /// Returns true if both are the same key: the same numbers, however they are written.
    ///
    /// A compressed EC point is the same key as the uncompressed one. An RSA key restricted to PSS (RFC 4055) is the same key
    /// as the unrestricted one with the same numbers. Keys of unknown kinds are the same if their bytes are.
    #[must_use]
    pub fn is_same_key(&self, other: &Self) -> bool {
        if self.der == other.der {
            return true;
        }
        let (Ok(one), Ok(two)) = (Spki::parse(&self.der), Spki::parse(&other.der)) else { return false };
        match (one.material, two.material) {
            (Material::Ec(curve, point), Material::Ec(other_curve, other_point)) => {
                curve == other_curve && curve.uncompressed_point(point) == curve.uncompressed_point(other_point)
            }
            (Material::Ed25519(key), Material::Ed25519(other_key)) => key == other_key,
            _ => one.rsa().is_some_and(|numbers| two.rsa() == Some(numbers)),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey")
            .field("algorithm", &self.algorithm)
            .field("bits", &self.bits)
            .finish_non_exhaustive()
    }
}
