//! The known signature algorithms: their names, how to verify them, and which have a broken hash.

use super::KeyAlgorithm;
use super::hash::Hash;
use super::identifier::{AlgorithmIdentifier, Pss, PssParameters};
use crate::tlv::{Reader, SEQUENCE, TlvError, oid};

/// A signature algorithm that certificates are signed with.
pub(crate) struct KnownSignature {
    oid: &'static [u8],
    /// OpenSSL's long name.
    pub(crate) name: &'static str,
    kind: SignatureKind,
    /// Whether its hash is MD2, MD4, MD5 or SHA-1, with which signatures can be forged. A signature with a weak hash
    /// may still be verified, as SHA-1 with RSA is. For PSS, the parameters name the hash.
    has_weak_hash: bool,
}

impl KnownSignature {
    const fn weak(oid: &'static [u8], name: &'static str, kind: SignatureKind) -> Self {
        Self { oid, name, kind, has_weak_hash: true }
    }

    const fn sound(oid: &'static [u8], name: &'static str, kind: SignatureKind) -> Self {
        Self { oid, name, kind, has_weak_hash: false }
    }

    pub(crate) fn of_oid(oid: &[u8]) -> Option<&'static Self> {
        KNOWN.iter().find(|known| known.oid == oid)
    }

    /// The OID of a method (RFC 4055, RFC 5758, RFC 8410). PSS has one OID for all its parameters.
    #[cfg(feature = "issue")]
    pub(super) fn oid_of(method: Method) -> Option<&'static [u8]> {
        KNOWN.iter().find(|known| known.kind == SignatureKind::Known(method)).map(|known| known.oid)
    }
}

/// If a method has two OIDs, the one to write comes first.
const KNOWN: &[KnownSignature] = {
    use Family::{Dsa, Ed448, MlDsa, Rsa};
    use Hash::{Sha1, Sha224, Sha256, Sha384, Sha512};
    use KnownSignature as Row;
    use Method::{Ecdsa, Ed25519, Pkcs1};
    use SignatureKind::{Known, Unknown, Unsupported, Weak};
    &[
        Row::sound(oid::SHA256_RSA, "sha256WithRSAEncryption", Known(Pkcs1(Sha256))),
        Row::sound(oid::SHA384_RSA, "sha384WithRSAEncryption", Known(Pkcs1(Sha384))),
        Row::sound(oid::SHA512_RSA, "sha512WithRSAEncryption", Known(Pkcs1(Sha512))),
        Row::sound(oid::SHA224_RSA, "sha224WithRSAEncryption", Known(Pkcs1(Sha224))),
        Row::weak(oid::SHA1_RSA, "sha1WithRSAEncryption", Known(Pkcs1(Sha1))),
        Row::weak(oid::SHA1_RSA_OIW, "sha1WithRSA", Known(Pkcs1(Sha1))),
        Row::weak(oid::MD5_RSA, "md5WithRSAEncryption", Weak(Rsa)),
        Row::weak(oid::MD5_RSA_OIW, "md5WithRSA", Weak(Rsa)),
        Row::weak(oid::MD4_RSA, "md4WithRSAEncryption", Weak(Rsa)),
        Row::weak(oid::MD2_RSA, "md2WithRSAEncryption", Weak(Rsa)),
        Row::sound(oid::RSASSA_PSS, "rsassaPss", Unsupported(Rsa)),
        Row::sound(oid::SHA224_ECDSA, "ecdsa-with-SHA224", Known(Ecdsa(Sha224))),
        Row::sound(oid::SHA256_ECDSA, "ecdsa-with-SHA256", Known(Ecdsa(Sha256))),
        Row::sound(oid::SHA384_ECDSA, "ecdsa-with-SHA384", Known(Ecdsa(Sha384))),
        Row::sound(oid::SHA512_ECDSA, "ecdsa-with-SHA512", Known(Ecdsa(Sha512))),
        Row::weak(oid::SHA1_ECDSA, "ecdsa-with-SHA1", Weak(Family::Ec)),
        Row::sound(oid::ED25519, "ED25519", Known(Ed25519)),
        Row::sound(oid::ED448, "ED448", Unsupported(Ed448)),
        Row::weak(oid::SHA1_DSA, "dsaWithSHA1", Weak(Dsa)),
        Row::weak(oid::SHA1_DSA_OIW, "dsaWithSHA1-old", Unknown),
        Row::sound(oid::SHA224_DSA, "dsa_with_SHA224", Unsupported(Dsa)),
        Row::sound(oid::SHA256_DSA, "dsa_with_SHA256", Unsupported(Dsa)),
        Row::sound(oid::SHA384_DSA, "dsa_with_SHA384", Unsupported(Dsa)),
        Row::sound(oid::SHA512_DSA, "dsa_with_SHA512", Unsupported(Dsa)),
        Row::sound(oid::ML_DSA_44, "ML-DSA-44", Unsupported(MlDsa)),
        Row::sound(oid::ML_DSA_65, "ML-DSA-65", Unsupported(MlDsa)),
        Row::sound(oid::ML_DSA_87, "ML-DSA-87", Unsupported(MlDsa)),
    ]
};

/// Returns true if the hash of a signature is MD2, MD4, MD5 or SHA-1. Takes a whole DER `AlgorithmIdentifier`.
pub(crate) fn has_weak_hash(der: &[u8]) -> bool {
    let identifier = Reader::new(der).expect(SEQUENCE).and_then(|value| AlgorithmIdentifier::parse(&value));
    identifier.is_ok_and(|identifier| match identifier.oid.content {
        oid::RSASSA_PSS => identifier.pss_hash_is_weak(),
        oid => KnownSignature::of_oid(oid).is_some_and(|known| known.has_weak_hash),
    })
}

/// How a signature is made and verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Pkcs1(Hash),
    Pss(PssParameters),
    Ecdsa(Hash),
    Ed25519,
}

/// What is known of a signature algorithm, and whether it can be verified here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignatureKind {
    Known(Method),
    /// Not verified, since its hash is broken.
    Weak(Family),
    /// Not implemented here; the kind of its keys is known.
    Unsupported(Family),
    /// Nothing is known, not even the kind of its keys.
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
    /// Reads a whole DER `AlgorithmIdentifier`.
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
        match KnownSignature::of_oid(oid) {
            Some(known) => known.kind,
            None => Self::of_nist_arc(oid).map_or(Self::Unknown, Self::Unsupported),
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
