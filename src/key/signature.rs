//! The signature algorithms that are recognized in certificates.

use super::KeyAlgorithm;
use super::hash::Hash;
use super::identifier::{AlgorithmIdentifier, Pss, PssParameters};
use crate::tlv::{Reader, SEQUENCE, TlvError, oid};

/// What a signature algorithm asks to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Pkcs1(Hash),
    Pss(PssParameters),
    Ecdsa(Hash),
    Ed25519,
}

/// What a signature algorithm is, as far as it is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignatureKind {
    Known(Method),
    /// Of a family, and with a hash that is broken.
    Weak(Family),
    /// Of a family, and otherwise not known here.
    Unsupported(Family),
    Unknown,
}

/// The kinds of keys that a signature algorithm belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Rsa,
    Ec,
    Ed25519,
    Ed448,
    Dsa,
    MlDsa,
}

impl Family {
    /// `None` for keys that sign nothing, and for unknown ones.
    pub(super) const fn of_key(algorithm: KeyAlgorithm) -> Option<Self> {
        use KeyAlgorithm as K;
        Some(match algorithm {
            K::Rsa | K::RsaPss => Self::Rsa,
            K::EcP256 | K::EcP384 | K::EcP521 | K::EcSecp256k1 | K::EcOther => Self::Ec,
            K::EcBrainpoolP256r1 | K::EcBrainpoolP384r1 | K::EcBrainpoolP512r1 => Self::Ec,
            K::Ed25519 => Self::Ed25519,
            K::Ed448 => Self::Ed448,
            K::Dsa => Self::Dsa,
            K::MlDsa44 | K::MlDsa65 | K::MlDsa87 => Self::MlDsa,
            K::Dh | K::X25519 | K::X448 | K::Other => return None,
        })
    }
}

impl SignatureKind {
    /// Told from a whole DER `AlgorithmIdentifier`.
    pub(super) fn parse(der: &[u8]) -> Result<Self, TlvError> {
        let identifier = AlgorithmIdentifier::parse(&Reader::new(der).expect(SEQUENCE)?)?;
        if identifier.oid.content == oid::RSASSA_PSS {
            return Ok(match Pss::parse(&identifier)? {
                Pss::Parameters(parameters) => Self::Known(Method::Pss(parameters)),
                Pss::Any | Pss::Unknown => Self::Unsupported(Family::Rsa),
            });
        }
        let kind = Self::of_oid(identifier.oid.content);
        let plain = match kind {
            Self::Known(Method::Ed25519) => identifier.parameters.is_none(),
            _ => identifier.parameters_are_null_or_absent(),
        };
        Ok(kind.family().filter(|_| !plain).map_or(kind, Self::Unsupported))
    }

    fn of_oid(oid: &[u8]) -> Self {
        match oid {
            oid::SHA1_RSA | oid::SHA1_RSA_OIW => Self::Known(Method::Pkcs1(Hash::Sha1)),
            oid::SHA224_RSA => Self::Known(Method::Pkcs1(Hash::Sha224)),
            oid::SHA256_RSA => Self::Known(Method::Pkcs1(Hash::Sha256)),
            oid::SHA384_RSA => Self::Known(Method::Pkcs1(Hash::Sha384)),
            oid::SHA512_RSA => Self::Known(Method::Pkcs1(Hash::Sha512)),
            oid::MD2_RSA | oid::MD4_RSA | oid::MD5_RSA | oid::MD5_RSA_OIW => Self::Weak(Family::Rsa),
            oid::SHA224_ECDSA => Self::Known(Method::Ecdsa(Hash::Sha224)),
            oid::SHA256_ECDSA => Self::Known(Method::Ecdsa(Hash::Sha256)),
            oid::SHA384_ECDSA => Self::Known(Method::Ecdsa(Hash::Sha384)),
            oid::SHA512_ECDSA => Self::Known(Method::Ecdsa(Hash::Sha512)),
            oid::SHA1_ECDSA => Self::Weak(Family::Ec),
            oid::ED25519 => Self::Known(Method::Ed25519),
            oid::ED448 => Self::Unsupported(Family::Ed448),
            oid::SHA1_DSA => Self::Weak(Family::Dsa),
            oid::ML_DSA_44 | oid::ML_DSA_65 | oid::ML_DSA_87 => Self::Unsupported(Family::MlDsa),
            _ => Self::of_nist_arc(oid).map_or(Self::Unknown, Self::Unsupported),
        }
    }

    /// The arc 2.16.840.1.101.3.4.3 of NIST: DSA, and the families with SHA-3.
    fn of_nist_arc(oid: &[u8]) -> Option<Family> {
        match oid.split_last()? {
            (1..=8, oid::NIST_SIGNATURE_ARC) => Some(Family::Dsa),
            (9..=12, oid::NIST_SIGNATURE_ARC) => Some(Family::Ec),
            (13..=16, oid::NIST_SIGNATURE_ARC) => Some(Family::Rsa),
            _ => None,
        }
    }

    pub(super) const fn family(self) -> Option<Family> {
        match self {
            Self::Known(Method::Pkcs1(_) | Method::Pss(_)) => Some(Family::Rsa),
            Self::Known(Method::Ecdsa(_)) => Some(Family::Ec),
            Self::Known(Method::Ed25519) => Some(Family::Ed25519),
            Self::Weak(family) | Self::Unsupported(family) => Some(family),
            Self::Unknown => None,
        }
    }
}
