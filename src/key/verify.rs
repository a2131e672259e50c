//! Verifies a signature with a public key, or says why it cannot be verified.

use ring::signature::{self as ring_signature, RsaParameters, UnparsedPublicKey, VerificationAlgorithm};
use rsa::BoxedUint;
use rsa::hazmat::rsa_encrypt;
use rsa::traits::PublicKeyParts;

use super::curve::Curve;
use super::hash::Hash;
use super::identifier::{Pss, PssParameters};
use super::signature::{Family, Method, SignatureKind};
use super::spki::{Material, RsaNumbers, Spki};
use super::{PublicKey, emsa};

/// What a signature check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verification {
    Valid,
    Invalid,
    NotChecked(NotChecked),
}

impl From<bool> for Verification {
    fn from(valid: bool) -> Self {
        if valid { Self::Valid } else { Self::Invalid }
    }
}

/// Why a signature was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotChecked {
    /// Its hash is broken and not implemented here: MD5, MD2, MD4, or SHA-1 with ECDSA or DSA.
    WeakHash,
    /// Its algorithm is unknown or not implemented here.
    UnsupportedAlgorithm,
    /// Keys of this kind are not supported here.
    UnsupportedKey,
    /// The RSA key is too small or too large.
    KeySize,
    /// [`MAX_SELF_SIGNATURES`](crate::limits::MAX_SELF_SIGNATURES) other self-signatures of the same paste were checked
    /// before it.
    TooMany,
}

impl PublicKey {
    /// Checks a signature over `message`.
    ///
    /// `signature_algorithm` is a whole DER `AlgorithmIdentifier`. `signature` is the content of the BIT STRING without
    /// the octet that counts unused bits. The result is `Invalid` if the algorithm belongs to another kind of key, or
    /// if the key is restricted to PSS and does not allow it.
    pub(crate) fn verify(&self, signature_algorithm: &[u8], message: &[u8], signature: &[u8]) -> Verification {
        let Ok(kind) = SignatureKind::parse(signature_algorithm) else {
            return Verification::NotChecked(NotChecked::UnsupportedAlgorithm);
        };
        match (kind, kind.family()) {
            (_, Some(family)) if Family::of_key(self.algorithm()) != Some(family) => Verification::Invalid,
            (SignatureKind::Known(method), _) => self.verify_by(method, message, signature),
            (SignatureKind::Weak(_), _) => Verification::NotChecked(NotChecked::WeakHash),
            _ => Verification::NotChecked(NotChecked::UnsupportedAlgorithm),
        }
    }

    pub(super) fn verify_by(&self, method: Method, message: &[u8], signature: &[u8]) -> Verification {
        let Ok(spki) = Spki::parse(self.spki_der()) else { return Verification::Invalid };
        match (spki.material, method) {
            (Material::Rsa(numbers), Method::Pkcs1(hash)) => numbers.verify_pkcs1(hash, message, signature),
            (Material::Rsa(numbers), Method::Pss(parameters)) => numbers.verify_pss(&parameters, message, signature),
            (Material::RsaPss(_, Pss::Unknown), Method::Pss(_)) => {
                Verification::NotChecked(NotChecked::UnsupportedAlgorithm)
            }
            (Material::RsaPss(numbers, restriction), Method::Pss(parameters)) if restriction.allows(&parameters) => {
                numbers.verify_pss(&parameters, message, signature)
            }
            (Material::Ec(curve, point), Method::Ecdsa(hash)) => curve.verify(point, hash, message, signature).into(),
            (Material::OtherCurve { oid, point }, Method::Ecdsa(_)) => unsupported_curve(oid, point),
            (Material::Ed25519(key), Method::Ed25519) => {
                by_ring(&ring_signature::ED25519, key, message, signature).into()
            }
            (Material::Other, Method::Ecdsa(_)) => Verification::NotChecked(NotChecked::UnsupportedKey),
            _ => Verification::Invalid,
        }
    }
}

fn by_ring(algorithm: &'static dyn VerificationAlgorithm, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
}

/// If the OID names an unknown curve, but the point is on a known one, the OID is damaged. An uncompressed point is on
/// a known curve by chance once in 2²⁵⁶. A compressed point is so every second time, and therefore its OID must be
/// close to the known one, too.
fn unsupported_curve(oid: &[u8], point: &[u8]) -> Verification {
    let is_close =
        |known: &[u8]| known.len() == oid.len() && known.iter().zip(oid).filter(|(one, two)| one != two).count() <= 2;
    let damaged = Curve::ALL
        .into_iter()
        .any(|curve| curve.is_point(point) && (point.first() == Some(&0x04) || is_close(curve.oid())));
    if damaged { Verification::Invalid } else { Verification::NotChecked(NotChecked::UnsupportedKey) }
}

impl Curve {
    fn verify(self, point: &[u8], hash: Hash, message: &[u8], signature: &[u8]) -> bool {
        let by_ring_with = |algorithm| match self.uncompressed_point(point) {
            Some(point) => by_ring(algorithm, &point, message, signature),
            None => false,
        };
        match (self, hash) {
            (Self::P256, Hash::Sha256) => by_ring_with(&ring_signature::ECDSA_P256_SHA256_ASN1),
            (Self::P256, Hash::Sha384) => by_ring_with(&ring_signature::ECDSA_P256_SHA384_ASN1),
            (Self::P384, Hash::Sha256) => by_ring_with(&ring_signature::ECDSA_P384_SHA256_ASN1),
            (Self::P384, Hash::Sha384) => by_ring_with(&ring_signature::ECDSA_P384_SHA384_ASN1),
            _ => self.verify_digest(point, &hash.digest(message), signature),
        }
    }
}

/// The sizes of RSA keys that verify, as octets of the modulus and of the exponent. The range is wider than that of
/// keys that sign, so that damage to the first octet is still noticed.
const MODULUS_LEN: core::ops::RangeInclusive<usize> = 64..=2049;
const EXPONENT_LEN: core::ops::RangeInclusive<usize> = 1..=8;

impl RsaNumbers<'_> {
    fn verify_pkcs1(&self, hash: Hash, message: &[u8], signature: &[u8]) -> Verification {
        let algorithm = match hash {
            Hash::Sha1 => Some(&ring_signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
            Hash::Sha224 => None,
            Hash::Sha256 => Some(&ring_signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
            Hash::Sha384 => Some(&ring_signature::RSA_PKCS1_2048_8192_SHA384),
            Hash::Sha512 => Some(&ring_signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
        };
        if algorithm.is_some_and(|algorithm| self.by_ring(algorithm, message, signature)) {
            return Verification::Valid;
        }
        self.open(signature, |encoded| emsa::pkcs1(hash, message, encoded.len()).is_some_and(|good| good == encoded))
    }

    fn verify_pss(&self, parameters: &PssParameters, message: &[u8], signature: &[u8]) -> Verification {
        let algorithm = match parameters.hash {
            _ if *parameters != PssParameters::default_for(parameters.hash) => None,
            Hash::Sha256 => Some(&ring_signature::RSA_PSS_2048_8192_SHA256),
            Hash::Sha384 => Some(&ring_signature::RSA_PSS_2048_8192_SHA384),
            Hash::Sha512 => Some(&ring_signature::RSA_PSS_2048_8192_SHA512),
            Hash::Sha1 | Hash::Sha224 => None,
        };
        if algorithm.is_some_and(|algorithm| self.by_ring(algorithm, message, signature)) {
            return Verification::Valid;
        }
        let bits = usize::try_from(self.bits()).unwrap_or(0).saturating_sub(1);
        self.open(signature, |encoded| emsa::is_pss(parameters, message, encoded, bits))
    }

    fn by_ring(&self, algorithm: &'static RsaParameters, message: &[u8], signature: &[u8]) -> bool {
        let key = ring_signature::RsaPublicKeyComponents { n: self.n, e: self.e };
        key.verify(algorithm, message, signature).is_ok()
    }

    /// Raises the signature to the public exponent, and judges the result, which has as many octets as the modulus.
    fn open(&self, signature: &[u8], is_good: impl FnOnce(&[u8]) -> bool) -> Verification {
        if !MODULUS_LEN.contains(&self.n.len()) || !EXPONENT_LEN.contains(&self.e.len()) {
            return Verification::NotChecked(NotChecked::KeySize);
        }
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        if !is_odd(self.n) || !is_odd(self.e) || self.e == [1] {
            return Verification::Invalid;
        }
        let (n, e) = (BoxedUint::from_be_slice_vartime(self.n), BoxedUint::from_be_slice_vartime(self.e));
        // The checked constructor refuses exponents over 2³³. An even modulus would panic later; it was refused above.
        let key = rsa::PublicKey::new_unchecked(n, e);
        let Some(signature) = representative(&key, signature) else { return Verification::Invalid };
        let Ok(opened) = rsa_encrypt(&key, &signature) else { return Verification::Invalid };
        let octets = opened.to_be_bytes();
        let encoded = octets.len().checked_sub(self.n.len()).and_then(|from| octets.get(from..));
        encoded.is_some_and(is_good).into()
    }
}

/// A signature as a number: it has as many octets as the modulus and is less than it (RFC 8017, section 8.1.2).
fn representative(key: &rsa::PublicKey, signature: &[u8]) -> Option<BoxedUint> {
    let number = BoxedUint::from_be_slice(signature, key.n_bits_precision()).ok()?;
    (signature.len() == key.size() && number < **key.n()).then_some(number)
}
