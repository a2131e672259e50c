//! The kinds of keys.

use core::fmt;

use super::curve::Curve;
use crate::tlv::oid;

/// The kind of a key, as the algorithm identifier of its SPKI or PKCS#8 structure names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA for any padding (`rsaEncryption`, RFC 8017).
    Rsa,
    /// RSA restricted to PSS (`id-RSASSA-PSS`, RFC 4055).
    RsaPss,
    /// The NIST curve P-256 (secp256r1, RFC 5480).
    EcP256,
    /// The NIST curve P-384 (secp384r1, RFC 5480).
    EcP384,
    /// The NIST curve P-521 (secp521r1, RFC 5480).
    EcP521,
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// DSA (RFC 3279, section 2.3.2).
    Dsa,
    /// Diffie-Hellman, as X9.42 or PKCS#3 name it.
    Dh,
    /// X25519 key agreement (RFC 8410).
    X25519,
    /// X448 key agreement (RFC 8410).
    X448,
    /// Ed448 (RFC 8410).
    Ed448,
    /// ML-DSA-44 (FIPS 204).
    MlDsa44,
    /// ML-DSA-65 (FIPS 204).
    MlDsa65,
    /// ML-DSA-87 (FIPS 204).
    MlDsa87,
    /// The curve secp256k1.
    EcSecp256k1,
    /// The curve brainpoolP256r1 (RFC 5639).
    EcBrainpoolP256r1,
    /// The curve brainpoolP384r1 (RFC 5639).
    EcBrainpoolP384r1,
    /// The curve brainpoolP512r1 (RFC 5639).
    EcBrainpoolP512r1,
    /// Another named curve, or one given by explicit parameters.
    EcOther,
    /// Any other algorithm.
    Other,
}

impl KeyAlgorithm {
    /// The name in the JSON forms, such as `rsa`, `ec-p256`, `ed25519`; which never change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::RsaPss => "rsa-pss",
            Self::EcP256 => "ec-p256",
            Self::EcP384 => "ec-p384",
            Self::EcP521 => "ec-p521",
            Self::Ed25519 => "ed25519",
            Self::Dsa => "dsa",
            Self::Dh => "dh",
            Self::X25519 => "x25519",
            Self::X448 => "x448",
            Self::Ed448 => "ed448",
            Self::MlDsa44 => "ml-dsa-44",
            Self::MlDsa65 => "ml-dsa-65",
            Self::MlDsa87 => "ml-dsa-87",
            Self::EcSecp256k1 => "ec-secp256k1",
            Self::EcBrainpoolP256r1 => "ec-brainpoolP256r1",
            Self::EcBrainpoolP384r1 => "ec-brainpoolP384r1",
            Self::EcBrainpoolP512r1 => "ec-brainpoolP512r1",
            Self::EcOther => "ec-other",
            Self::Other => "other",
        }
    }

    /// Returns true if this library signs with keys of this kind: RSA, RSA-PSS, P-256, P-384, P-521, Ed25519.
    #[must_use]
    pub const fn can_sign_saml(self) -> bool {
        matches!(self, Self::Rsa | Self::RsaPss | Self::EcP256 | Self::EcP384 | Self::EcP521 | Self::Ed25519)
    }

    /// Looks up an algorithm by the content octets of its OID. `None` for elliptic curves: their parameters name the
    /// curve.
    pub(super) fn from_oid(oid: &[u8]) -> Option<Self> {
        Some(match oid {
            oid::RSA_ENCRYPTION => Self::Rsa,
            oid::RSASSA_PSS => Self::RsaPss,
            oid::EC_PUBLIC_KEY => return None,
            oid::ED25519 => Self::Ed25519,
            oid::ED448 => Self::Ed448,
            oid::X25519 => Self::X25519,
            oid::X448 => Self::X448,
            oid::DSA => Self::Dsa,
            oid::DH_PKCS3 | oid::DH_X942 => Self::Dh,
            oid::ML_DSA_44 => Self::MlDsa44,
            oid::ML_DSA_65 => Self::MlDsa65,
            oid::ML_DSA_87 => Self::MlDsa87,
            _ => Self::Other,
        })
    }

    pub(super) const fn of_curve(curve: Curve) -> Self {
        match curve {
            Curve::P256 => Self::EcP256,
            Curve::P384 => Self::EcP384,
            Curve::P521 => Self::EcP521,
        }
    }

    /// Looks up a named curve by the content octets of its OID.
    pub(super) fn from_curve_oid(oid: &[u8]) -> Self {
        if let Some(curve) = Curve::from_oid(oid) {
            return Self::of_curve(curve);
        }
        match oid {
            oid::SECP256K1 => Self::EcSecp256k1,
            oid::BRAINPOOL_P256R1 => Self::EcBrainpoolP256r1,
            oid::BRAINPOOL_P384R1 => Self::EcBrainpoolP384r1,
            oid::BRAINPOOL_P512R1 => Self::EcBrainpoolP512r1,
            _ => Self::EcOther,
        }
    }
}

/// The name that people know, such as `RSA`, `P-256`, `Ed25519`.
impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::RsaPss => "RSA-PSS",
            Self::EcP256 => "P-256",
            Self::EcP384 => "P-384",
            Self::EcP521 => "P-521",
            Self::Ed25519 => "Ed25519",
            Self::Dsa => "DSA",
            Self::Dh => "Diffie-Hellman",
            Self::X25519 => "X25519",
            Self::X448 => "X448",
            Self::Ed448 => "Ed448",
            Self::MlDsa44 => "ML-DSA-44",
            Self::MlDsa65 => "ML-DSA-65",
            Self::MlDsa87 => "ML-DSA-87",
            Self::EcSecp256k1 => "secp256k1",
            Self::EcBrainpoolP256r1 => "brainpoolP256r1",
            Self::EcBrainpoolP384r1 => "brainpoolP384r1",
            Self::EcBrainpoolP512r1 => "brainpoolP512r1",
            Self::EcOther => "another elliptic curve",
            Self::Other => "unknown",
        })
    }
}
