//! The elliptic curves that sign here, each through its own crate.

use ecdsa::hazmat::sign_prehashed_rfc6979;
use ecdsa::signature::hazmat::PrehashVerifier;
use ecdsa::{EcdsaCurve, Signature};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::elliptic_curve::{CurveArithmetic, NonZeroScalar};
use rsa::sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::hash::Hash;
use crate::tlv::oid;

/// Evaluates an expression with the curve's crate under the given name.
macro_rules! on_curve {
    ($curve:expr, $ec:ident => $body:expr) => {
        match $curve {
            Curve::P256 => {
                use p256 as $ec;
                $body
            }
            Curve::P384 => {
                use p384 as $ec;
                $body
            }
            Curve::P521 => {
                use p521 as $ec;
                $body
            }
        }
    };
}

/// The curves that sign here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    pub(super) const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    pub(super) fn from_oid(oid: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.oid() == oid)
    }

    /// The content octets of the curve's OID.
    pub(super) const fn oid(self) -> &'static [u8] {
        match self {
            Self::P256 => oid::P256,
            Self::P384 => oid::P384,
            Self::P521 => oid::P521,
        }
    }

    pub(super) const fn bits(self) -> u32 {
        match self {
            Self::P256 => 256,
            Self::P384 => 384,
            Self::P521 => 521,
        }
    }

    /// The bytes of a coordinate, and of a scalar.
    pub(super) const fn field_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// The point in its uncompressed form, if the octets are a point of the curve, compressed or not
    /// (SEC 1, section 2.3.4), other than the one at infinity.
    pub(super) fn uncompressed_point(self, octets: &[u8]) -> Option<Box<[u8]>> {
        on_curve!(self, ec => Some(ec::PublicKey::from_sec1_bytes(octets).ok()?.to_sec1_point(false).as_bytes().into()))
    }

    /// Returns true if the octets are a point of the curve.
    pub(super) fn is_point(self, octets: &[u8]) -> bool {
        on_curve!(self, ec => ec::PublicKey::from_sec1_bytes(octets).is_ok())
    }

    /// The uncompressed public point of a scalar of the full length; `None` if that is not in 1..n−1.
    pub(super) fn public_point(self, scalar: &[u8]) -> Option<Box<[u8]>> {
        on_curve!(self, ec => {
            Some(ec::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_point(false).as_bytes().into())
        })
    }

    /// Checks a DER signature over a digest, which may be longer or shorter than the order of the curve.
    pub(super) fn verify_digest(self, point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
        on_curve!(self, ec => {
            let key = ec::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = ec::ecdsa::Signature::from_der(signature);
            matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(digest, &signature).is_ok())
        })
    }

    /// The DER signature over a digest with the nonce of RFC 6979; `None` if the scalar is not in 1..n−1.
    pub(super) fn sign_digest(self, scalar: &[u8], hash: Hash, digest: &[u8]) -> Option<Vec<u8>> {
        on_curve!(self, ec => {
            let scalar = ec::SecretKey::from_slice(scalar).ok()?.to_nonzero_scalar();
            let scalar = Zeroizing::new(scalar);
            Some(sign(&scalar, hash, digest).to_der().as_bytes().to_vec())
        })
    }
}

/// RFC 6979, section 3.2 derives the nonce with the hash of the message.
fn sign<C: EcdsaCurve + CurveArithmetic>(scalar: &NonZeroScalar<C>, hash: Hash, digest: &[u8]) -> Signature<C> {
    match hash {
        Hash::Sha1 | Hash::Sha224 | Hash::Sha256 => sign_prehashed_rfc6979::<C, Sha256>(scalar, digest, &[]).0,
        Hash::Sha384 => sign_prehashed_rfc6979::<C, Sha384>(scalar, digest, &[]).0,
        Hash::Sha512 => sign_prehashed_rfc6979::<C, Sha512>(scalar, digest, &[]).0,
    }
}
