//! A certificate and the private key that belongs to it.

use core::fmt;
use std::sync::Arc;

use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::entropy::Entropy;
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;
use crate::key::{KeyAlgorithm, KeyError, PrivateKey, PublicKey, SignatureScheme};

/// A certificate and the private key that belongs to it. A value of this type is a proven match.
///
/// Cloning shares both. `Debug` shows public facts only.
#[derive(Clone)]
pub struct CertKeyPair(Arc<Pair>);

struct Pair {
    certificate: Certificate,
    private_key: Arc<PrivateKey>,
}

impl CertKeyPair {
    /// Proves that the key belongs to the certificate: its public half is the certificate's key. They are compared as
    /// keys, not as bytes (a compressed EC point is the same key).
    ///
    /// Together with the checks of reading the key, this is a proof for every modulus of two primes. A key that was
    /// crafted with a composite "prime" fails [`Self::test_signature`].
    ///
    /// A key in an `Arc` is shared, not copied: several certificates may have the same key, and the caller keeps the
    /// key if it does not belong to this certificate.
    ///
    /// # Errors
    /// [`PairError::UnsupportedCertificateKey`]; [`PairError::Mismatch`] with the fingerprints of both public keys. A key
    /// restricted to PSS does not belong to a certificate for any padding (RFC 4055, section 1.2); the other way round it does.
    pub fn new(certificate: Certificate, private_key: impl Into<Arc<PrivateKey>>) -> Result<Self, PairError> {
        Self::of_shared(certificate, private_key.into())
    }

    fn of_shared(certificate: Certificate, private_key: Arc<PrivateKey>) -> Result<Self, PairError> {
        let certified = certificate.public_key();
        if !certified.algorithm().can_sign_saml() {
            return Err(PairError::UnsupportedCertificateKey { algorithm: certified.algorithm() });
        }
        let key = private_key.public_key();
        let reason = match (certified.algorithm(), key.algorithm()) {
            _ if !certified.is_same_key(key) => MismatchReason::AnotherKey,
            (KeyAlgorithm::Rsa, KeyAlgorithm::RsaPss) => MismatchReason::RestrictedToPss,
            _ => return Ok(Self(Arc::new(Pair { certificate, private_key }))),
        };
        Err(PairError::Mismatch(Box::new(Mismatch {
            certificate: certified.fingerprint(HashAlgorithm::Sha256),
            key: key.fingerprint(HashAlgorithm::Sha256),
            reason,
        })))
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.certificate
    }

    /// The private key; cloning the `Arc` shares it.
    #[must_use]
    pub fn private_key(&self) -> &Arc<PrivateKey> {
        &self.0.private_key
    }

    /// Signs a message with a scheme that both the certificate and the key allow. The signature is verified before it
    /// is returned. ECDSA signatures are DER (RFC 3279, section 2.2.3).
    ///
    /// Only PSS takes randomness: its salt. ECDSA is deterministic (RFC 6979).
    ///
    /// # Errors
    /// [`PairError::Key`] if the scheme does not fit, the randomness fails, or the key makes no signature that verifies.
    pub fn sign(
        &self,
        scheme: SignatureScheme,
        message: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, PairError> {
        self.certificate().public_key().check_scheme(scheme)?;
        Ok(self.private_key().sign(scheme, message, entropy)?)
    }

    /// The default scheme for the certificate's key. If the key's restriction to PSS allows no scheme, signing with
    /// this one fails.
    pub(crate) fn default_scheme(&self) -> SignatureScheme {
        SignatureScheme::default_for(&self.certificate().public_key()).unwrap_or(SignatureScheme::RsaPssSha256)
    }

    /// Makes a test signature: signs a fixed message with the default scheme for the certificate's key, and verifies
    /// it.
    ///
    /// This shows the one thing that the arithmetic of the key cannot: that its primes are primes.
    ///
    /// # Errors
    /// [`PairError::TestSignature`] if no signature verifies; as [`Self::sign`] otherwise.
    pub fn test_signature(&self, entropy: &mut dyn Entropy) -> Result<(), PairError> {
        match self.sign(self.default_scheme(), TEST_MESSAGE, entropy) {
            Ok(_) => Ok(()),
            Err(PairError::Key(KeyError::SigningFailed)) => Err(PairError::TestSignature),
            Err(other) => Err(other),
        }
    }
}

/// Chooses the certificate that belongs to one of the keys, among those of a paste or chain.
///
/// A single certificate is chosen whatever its key is; making the pair then says what differs.
///
/// # Errors
/// [`ChoiceError::NoneBelongs`] if none of several certificates, or of none at all, belongs to a key;
/// [`ChoiceError::SeveralBelong`] for two certificates or more, as where one was renewed.
pub fn choose_certificate<'a>(
    certificates: &'a [Certificate],
    keys: &[&PublicKey],
) -> Result<&'a Certificate, ChoiceError> {
    if let [only] = certificates {
        return Ok(only);
    }
    let belongs = |certificate: &&Certificate| keys.iter().any(|key| certificate.public_key().is_same_key(key));
    let own: Vec<_> = certificates.iter().filter(belongs).collect();
    match own.as_slice() {
        [one] => Ok(one),
        [] => Err(ChoiceError::NoneBelongs { certificates: certificates.len() }),
        several => Err(ChoiceError::SeveralBelong { certificates: several.len() }),
    }
}

/// Why no certificate was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// No certificate belongs to a key.
    #[error("none of the {certificates} certificates belongs to a private key that is here")]
    NoneBelongs {
        /// How many certificates there are.
        certificates: usize,
    },
    /// More than one certificate belongs to a key.
    #[error("{certificates} certificates belong to this private key; leave the one that is to sign")]
    SeveralBelong {
        /// How many certificates belong to it.
        certificates: usize,
    },
}

impl ChoiceError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NoneBelongs { .. } => ErrorCode::Mismatch,
            Self::SeveralBelong { .. } => ErrorCode::SeveralItems,
        }
    }
}

const TEST_MESSAGE: &[u8] = b"samlcert trial signature";

impl fmt::Debug for CertKeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertKeyPair")
            .field("certificate", self.certificate())
            .field("private_key", self.private_key())
            .finish()
    }
}

/// Why a certificate and a key are not a pair, or why a pair did not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairError {
    /// The key does not belong to the certificate.
    #[error("{0}")]
    Mismatch(Box<Mismatch>),
    /// The certificate's key is of a kind that cannot sign SAML here.
    #[error("the certificate's key cannot sign SAML here: {algorithm}")]
    UnsupportedCertificateKey {
        /// The kind.
        algorithm: KeyAlgorithm,
    },
    /// The test signature does not verify: the key is consistent, but its primes are not primes.
    #[error("the private key's test signature does not verify under the certificate")]
    TestSignature,
    /// Signing failed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl PairError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Mismatch(_) => ErrorCode::Mismatch,
            Self::UnsupportedCertificateKey { .. } => ErrorCode::UnsupportedCertificateKey,
            Self::TestSignature => ErrorCode::TrialSignature,
            Self::Key(error) => error.code(),
        }
    }
}

/// A certificate and a key that are not a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The SHA-256 fingerprint of the certificate's SPKI.
    pub certificate: Fingerprint,
    /// The SHA-256 fingerprint of the SPKI of the private key's public half.
    pub key: Fingerprint,
    /// What differs.
    pub reason: MismatchReason,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { certificate, key, reason } = self;
        write!(
            f,
            "the private key does not belong to the certificate{reason}: the certificate's public key has the SHA-256 \
             fingerprint {certificate}, the private key's {key}"
        )
    }
}

/// What differs between a certificate and a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MismatchReason {
    /// The public keys are different ones.
    AnotherKey,
    /// The numbers are the same, and the private key may be used for PSS only (`id-RSASSA-PSS`), while the certificate
    /// promises signatures of any padding.
    RestrictedToPss,
}

/// Continues "the private key does not belong to the certificate".
impl fmt::Display for MismatchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnotherKey => Ok(()),
            Self::RestrictedToPss => f.write_str(
                " (the numbers are the same, but the key is restricted to PSS and the certificate is for any padding)",
            ),
        }
    }
}
