//! Proves that the public values in a private key belong to its secret.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use super::curve::Curve;
use super::error::malformed;
use super::parsed::Secret;
use super::spki::RsaNumbers;
use super::{Contradiction, KeyAlgorithm, KeyError, PublicKey, write};
use crate::tlv::Tlv;

/// Proves that the public values beside a secret belong to it, and returns the public key.
pub(super) fn prove(secret: &Secret<'_>) -> Result<PublicKey, KeyError> {
    match secret {
        Secret::Rsa { key, pss, public } => {
            key.prove()?;
            prove_rsa_public(&key.public, public.as_ref())?;
            let algorithm = if pss.is_some() { KeyAlgorithm::RsaPss } else { KeyAlgorithm::Rsa };
            let spki = write::rsa_spki(&key.public, pss.map(|(identifier, _)| identifier));
            public_key(spki, algorithm, key.public.bits())
        }
        Secret::Ec { curve, scalar, points } => {
            let point = prove_ec(*curve, scalar, points)?;
            public_key(write::ec_spki(*curve, &point), KeyAlgorithm::of_curve(*curve), curve.bits())
        }
        Secret::Ed25519 { seed, public } => {
            let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| contradiction())?;
            let key = pair.public_key().as_ref();
            match public {
                Some(public) if *public != key => Err(contradiction()),
                _ => public_key(write::ed25519_spki(key), KeyAlgorithm::Ed25519, 256),
            }
        }
    }
}

fn public_key(spki: der::Result<Vec<u8>>, algorithm: KeyAlgorithm, bits: u32) -> Result<PublicKey, KeyError> {
    Ok(PublicKey::of_parts(&spki.map_err(KeyError::unwritten)?, algorithm, Some(bits)))
}

fn prove_rsa_public(numbers: &RsaNumbers<'_>, public: Option<&Tlv<'_>>) -> Result<(), KeyError> {
    match public.map(RsaNumbers::parse) {
        Some(Ok(public)) if public != *numbers => Err(contradiction()),
        Some(Err(error)) => Err(error),
        _ => Ok(()),
    }
}

/// The uncompressed public point of the scalar. Each point beside it must be the same.
fn prove_ec(curve: Curve, scalar: &Tlv<'_>, points: &[Option<&[u8]>; 2]) -> Result<Box<[u8]>, KeyError> {
    let mut embedded = points.iter().flatten();
    match scalar.content.len() {
        len if len > curve.field_len() => return malformed("the private scalar is too long for its curve", scalar.at),
        // RFC 5915 requires the full length, but old programs left out leading zeros. The public key proves such a
        // scalar.
        len if len < curve.field_len() && embedded.clone().next().is_none() => {
            return malformed("the private scalar is too short for its curve", scalar.at);
        }
        _ => {}
    }
    let scalar = curve.full_scalar(scalar.content);
    let first = embedded.next().and_then(|octets| curve.uncompressed_point(octets));
    let point = match first.filter(|point| ring_proves(curve, &scalar, point)) {
        Some(point) => point,
        None => curve.public_point(&scalar).ok_or(KeyError::Contradiction(Contradiction::Scalar))?,
    };
    let belongs = |octets: &&[u8]| **octets == *point || curve.uncompressed_point(octets).as_ref() == Some(&point);
    if points.iter().flatten().all(belongs) { Ok(point) } else { Err(contradiction()) }
}

/// `p256` takes six times as long. For P-384, *ring* is the slower one.
fn ring_proves(curve: Curve, scalar: &[u8], point: &[u8]) -> bool {
    curve == Curve::P256
        && EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_ASN1_SIGNING,
            scalar,
            point,
            &SystemRandom::new(),
        )
        .is_ok()
}

const fn contradiction() -> KeyError {
    KeyError::Contradiction(Contradiction::PublicKey)
}

impl Secret<'_> {
    pub(super) const fn embeds_public_half(&self) -> bool {
        match self {
            Self::Rsa { .. } => true,
            Self::Ec { points, .. } => !matches!(points, [None, None]),
            Self::Ed25519 { public, .. } => public.is_some(),
        }
    }
}

impl Curve {
    /// The scalar with leading zeros up to the length of the order.
    pub(super) fn full_scalar(self, scalar: &[u8]) -> Zeroizing<Vec<u8>> {
        let zeros = self.field_len().saturating_sub(scalar.len());
        let mut full = Zeroizing::new(Vec::with_capacity(self.field_len().max(scalar.len())));
        full.resize(zeros, 0);
        full.extend_from_slice(scalar);
        full
    }
}
