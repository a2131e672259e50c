use p256::elliptic_curve::sec1::{ModulusSize, ToSec1Point};
use p256::elliptic_curve::{CurveArithmetic, FieldBytesSize, PublicKey};

use super::KeyAlgorithm;
use super::algorithm::oid;

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

    pub(super) const fn algorithm(self) -> KeyAlgorithm {
        match self {
            Self::P256 => KeyAlgorithm::EcP256,
            Self::P384 => KeyAlgorithm::EcP384,
            Self::P521 => KeyAlgorithm::EcP521,
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
        fn write<C>(key: &PublicKey<C>) -> Box<[u8]>
        where
            C: CurveArithmetic,
            PublicKey<C>: ToSec1Point<C>,
            FieldBytesSize<C>: ModulusSize,
        {
            key.to_sec1_point(false).as_bytes().into()
        }
        Some(match self {
            Self::P256 => write(&p256::PublicKey::from_sec1_bytes(octets).ok()?),
            Self::P384 => write(&p384::PublicKey::from_sec1_bytes(octets).ok()?),
            Self::P521 => write(&p521::PublicKey::from_sec1_bytes(octets).ok()?),
        })
    }

    /// Whether the octets are such a point.
    pub(super) fn is_point(self, octets: &[u8]) -> bool {
        match self {
            Self::P256 => p256::PublicKey::from_sec1_bytes(octets).is_ok(),
            Self::P384 => p384::PublicKey::from_sec1_bytes(octets).is_ok(),
            Self::P521 => p521::PublicKey::from_sec1_bytes(octets).is_ok(),
        }
    }
}
