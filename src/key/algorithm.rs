use core::fmt;

use super::curve::Curve;

/// What kind of key it is, told from the algorithm identifier of its SPKI or PKCS#8 structure.
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
    /// An algorithm that is not known here.
    Other,
}

impl KeyAlgorithm {
    /// The name in the JSON forms, such as `rsa`, `ec-p256`, `ed25519`; the same for ever.
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

    /// Whether this library signs with keys of this kind: RSA, RSA-PSS, P-256, P-384, P-521, Ed25519.
    #[must_use]
    pub const fn can_sign_saml(self) -> bool {
        matches!(self, Self::Rsa | Self::RsaPss | Self::EcP256 | Self::EcP384 | Self::EcP521 | Self::Ed25519)
    }

    /// Told from the content octets of an algorithm's OID; `None` for elliptic curves, which the parameters name.
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

    /// Told from the content octets of a named curve's OID.
    pub(super) fn from_curve_oid(oid: &[u8]) -> Self {
        if let Some(curve) = Curve::from_oid(oid) {
            return curve.algorithm();
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

/// The content octets of object identifiers.
pub(super) mod oid {
    pub(in crate::key) const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    pub(in crate::key) const RSASSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
    pub(in crate::key) const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    pub(in crate::key) const X25519: &[u8] = &[0x2b, 0x65, 0x6e];
    pub(in crate::key) const X448: &[u8] = &[0x2b, 0x65, 0x6f];
    pub(in crate::key) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    pub(in crate::key) const ED448: &[u8] = &[0x2b, 0x65, 0x71];
    pub(in crate::key) const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
    pub(in crate::key) const DH_PKCS3: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01];
    pub(in crate::key) const DH_X942: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3e, 0x02, 0x01];
    pub(in crate::key) const ML_DSA_44: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11];
    pub(in crate::key) const ML_DSA_65: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12];
    pub(in crate::key) const ML_DSA_87: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x13];
    pub(in crate::key) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    pub(in crate::key) const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
    pub(in crate::key) const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
    pub(in crate::key) const SECP256K1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x0a];
    pub(in crate::key) const BRAINPOOL_P256R1: &[u8] = &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07];
    pub(in crate::key) const BRAINPOOL_P384R1: &[u8] = &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0b];
    pub(in crate::key) const BRAINPOOL_P512R1: &[u8] = &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0d];
}

/// The longest dotted OID in a message, in characters.
const MAX_DOTTED: usize = 128;

/// The dotted form of an OID's content octets, cut to 128 characters. An arc of more than 64 bits is shown as `?`.
pub(crate) fn dotted_oid(content: &[u8]) -> String {
    let mut text = String::new();
    for arc in content.split_inclusive(|octet| octet & 0x80 == 0) {
        let value = arc.iter().try_fold(0u64, |value, octet| {
            (value.leading_zeros() >= 7).then_some((value << 7) | u64::from(octet & 0x7f))
        });
        match value {
            Some(first) if text.is_empty() => {
                let root = (first / 40).min(2);
                text = format!("{root}.{}", first.saturating_sub(root.saturating_mul(40)));
            }
            Some(value) => text.push_str(&format!(".{value}")),
            None if text.is_empty() => text.push('?'),
            None => text.push_str(".?"),
        }
    }
    text.truncate(MAX_DOTTED);
    text
}
