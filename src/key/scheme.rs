//! The signature schemes that keys sign with.

use super::hash::Hash;
use super::identifier::PssParameters;
use super::signature::Method;
use super::spki::{Material, Spki};
use super::{KeyAlgorithm, KeyError, PublicKey};

/// How a message is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2) with SHA-256.
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaPkcs1Sha512,
    /// RSASSA-PSS (RFC 8017, section 8.1) with SHA-256, also for MGF1, and a salt of 32 bytes.
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, also for MGF1, and a salt of 48 bytes.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, also for MGF1, and a salt of 64 bytes.
    RsaPssSha512,
    /// ECDSA (FIPS 186-5) with SHA-256, the nonce of RFC 6979, written in DER.
    EcdsaSha256,
    /// ECDSA with SHA-384.
    EcdsaSha384,
    /// ECDSA with SHA-512.
    EcdsaSha512,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl SignatureScheme {
    /// Every scheme.
    pub const ALL: &'static [Self] = &[
        Self::RsaPkcs1Sha256,
        Self::RsaPkcs1Sha384,
        Self::RsaPkcs1Sha512,
        Self::RsaPssSha256,
        Self::RsaPssSha384,
        Self::RsaPssSha512,
        Self::EcdsaSha256,
        Self::EcdsaSha384,
        Self::EcdsaSha512,
        Self::Ed25519,
    ];

    /// The name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RsaPkcs1Sha256 => "rsa-pkcs1-sha256",
            Self::RsaPkcs1Sha384 => "rsa-pkcs1-sha384",
            Self::RsaPkcs1Sha512 => "rsa-pkcs1-sha512",
            Self::RsaPssSha256 => "rsa-pss-sha256",
            Self::RsaPssSha384 => "rsa-pss-sha384",
            Self::RsaPssSha512 => "rsa-pss-sha512",
            Self::EcdsaSha256 => "ecdsa-sha256",
            Self::EcdsaSha384 => "ecdsa-sha384",
            Self::EcdsaSha512 => "ecdsa-sha512",
            Self::Ed25519 => "ed25519",
        }
    }

    /// The default scheme for a key: SHA-256 for RSA, for EC the hash that is as wide as the curve, and for a key
    /// restricted to PSS the first scheme that it allows. `None` for a key that does not sign here.
    #[must_use]
    pub fn default_for(key: &PublicKey) -> Option<Self> {
        match key.algorithm() {
            KeyAlgorithm::Rsa => Some(Self::RsaPkcs1Sha256),
            KeyAlgorithm::RsaPss => {
                let pss = [Self::RsaPssSha256, Self::RsaPssSha384, Self::RsaPssSha512];
                pss.into_iter().find(|scheme| key.check_scheme(*scheme).is_ok())
            }
            KeyAlgorithm::EcP256 => Some(Self::EcdsaSha256),
            KeyAlgorithm::EcP384 => Some(Self::EcdsaSha384),
            KeyAlgorithm::EcP521 => Some(Self::EcdsaSha512),
            KeyAlgorithm::Ed25519 => Some(Self::Ed25519),
            _ => None,
        }
    }

    pub(super) const fn method(self) -> Method {
        match self {
            Self::RsaPkcs1Sha256 => Method::Pkcs1(Hash::Sha256),
            Self::RsaPkcs1Sha384 => Method::Pkcs1(Hash::Sha384),
            Self::RsaPkcs1Sha512 => Method::Pkcs1(Hash::Sha512),
            Self::RsaPssSha256 => Method::Pss(PssParameters::default_for(Hash::Sha256)),
            Self::RsaPssSha384 => Method::Pss(PssParameters::default_for(Hash::Sha384)),
            Self::RsaPssSha512 => Method::Pss(PssParameters::default_for(Hash::Sha512)),
            Self::EcdsaSha256 => Method::Ecdsa(Hash::Sha256),
            Self::EcdsaSha384 => Method::Ecdsa(Hash::Sha384),
            Self::EcdsaSha512 => Method::Ecdsa(Hash::Sha512),
            Self::Ed25519 => Method::Ed25519,
        }
    }
}

impl PublicKey {
    /// Refuses a scheme that does not fit the key, or that its restriction to PSS does not allow.
    pub(crate) fn check_scheme(&self, scheme: SignatureScheme) -> Result<(), KeyError> {
        let fits = match (Spki::parse(self.spki_der()).map(|spki| spki.material), scheme.method()) {
            (Ok(Material::Rsa(_)), Method::Pkcs1(_) | Method::Pss(_)) => true,
            (Ok(Material::RsaPss(_, restriction)), Method::Pss(parameters)) => restriction.allows(&parameters),
            (Ok(Material::Ec(..)), Method::Ecdsa(_)) | (Ok(Material::Ed25519(_)), Method::Ed25519) => true,
            _ => false,
        };
        if fits { Ok(()) } else { Err(self.unsuitable(scheme)) }
    }

    pub(super) const fn unsuitable(&self, scheme: SignatureScheme) -> KeyError {
        KeyError::UnsuitableScheme { algorithm: self.algorithm(), scheme: scheme.as_str() }
    }
}
