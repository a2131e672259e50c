//! Why a key was refused.

use core::fmt;

use super::KeyAlgorithm;
use crate::error_code::ErrorCode;
use crate::tlv::{Fault, TlvError};

/// Why a key was refused: the place and the reason, never a byte of the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The structure of a private key is malformed.
    #[error("the private key is malformed at byte {at}: {what}; copy or export it again from its source")]
    Malformed {
        /// What is wrong.
        what: &'static str,
        /// The offset in the DER that was given.
        at: usize,
    },
    /// The structure of a public key is malformed.
    #[error("the public key is malformed at byte {at}: {what}; copy it again from its source")]
    PublicKeyMalformed {
        /// What is wrong.
        what: &'static str,
        /// The offset in the DER that was given.
        at: usize,
    },
    /// The DER is larger than [`MAX_DER_BYTES`](crate::limits::MAX_DER_BYTES).
    #[error("the key is larger than 64 KiB; no key that signs SAML is")]
    TooLarge,
    /// The key is encrypted: it is an [`EncryptedPrivateKey`](crate::EncryptedPrivateKey).
    #[error("the private key is encrypted; it must be opened with its password first")]
    Encrypted,
    /// The key is of a kind that cannot sign SAML here.
    #[error("a key of this kind cannot sign SAML here: {name}; RSA, P-256, P-384, P-521 and Ed25519 keys can")]
    Unsupported {
        /// The kind.
        algorithm: KeyAlgorithm,
        /// Its name; the dotted OID where it has no other.
        name: String,
        /// The offset of the algorithm identifier in the DER that was given.
        at: usize,
    },
    /// An RSA key of more than two primes (RFC 8017, section 3.2, version 1).
    #[error("the RSA key has more than two primes, which is not supported; make a new pair")]
    MultiPrimeRsa,
    /// The RSA modulus is outside
    /// [`MIN_RSA_BITS`](crate::limits::MIN_RSA_BITS)..=[`MAX_RSA_BITS`](crate::limits::MAX_RSA_BITS).
    #[error("the RSA modulus has {bits} bits; 1024 to 8192 are read: make a new pair of 2048 bits or more")]
    RsaSize {
        /// The size of the modulus.
        bits: u32,
    },
    /// The RSA public exponent cannot be used.
    #[error("the RSA public exponent is {0}; make a new pair, the usual exponent is 65537")]
    RsaExponent(ExponentFault),
    /// Two parts of the key contradict each other.
    #[error("the private key contradicts itself: {0}; a part of it was changed, copy it again from its source")]
    Contradiction(Contradiction),
    /// The password is wrong, or the ciphertext is damaged: nothing can tell the two apart.
    #[error(
        "the private key could not be decrypted: the password is wrong (blanks and upper case count), or the ciphertext is damaged"
    )]
    DecryptFailed,
    /// The structure around the ciphertext is malformed.
    #[error("the encrypted private key is malformed at byte {at}: {what}; copy it again from its source")]
    EncryptedMalformed {
        /// What is wrong.
        what: &'static str,
        /// The offset in the DER, or in the ciphertext, that was given.
        at: usize,
    },
    /// The key is encrypted with PBES1 or a PKCS#12 scheme, which are broken.
    #[error("the private key is encrypted with {name}, which is broken; encrypt it anew with PBES2")]
    Pbes1 {
        /// The scheme.
        name: &'static str,
    },
    /// The key is encrypted with a method that is not supported.
    #[error(
        "the private key is encrypted with a method that is not supported: {name}; encrypt it anew with PBES2, as `openssl pkcs8 -topk8` does"
    )]
    UnsupportedEncryption {
        /// The method; the dotted OID where it has no other name.
        name: String,
    },
    /// Opening the key would cost more than the limits allow.
    #[error("opening the private key would cost too much: {0}; encrypt it anew with a lower cost")]
    KdfCost(KdfCost),
    /// A key was to be encrypted with an empty password.
    #[error("the password is empty; a key that is encrypted with it is open to everybody")]
    EmptyPassword,
    /// The signature scheme does not fit the key.
    #[error("a key of this kind ({algorithm}) does not sign with {scheme}")]
    UnsuitableScheme {
        /// The kind of the key.
        algorithm: KeyAlgorithm,
        /// The name of the scheme.
        scheme: &'static str,
    },
    /// The signature that was made does not verify, or could not be made.
    #[error("the private key made no signature that verifies under its own public half")]
    SigningFailed,
    /// The source of random bytes failed.
    #[error("the source of random bytes failed")]
    EntropyFailed,
}

impl KeyError {
    /// `der` refuses to write only what is too long.
    pub(crate) const fn unwritten(_: der::Error) -> Self {
        Self::TooLarge
    }

    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Malformed { .. } => ErrorCode::KeyMalformed,
            Self::PublicKeyMalformed { .. } => ErrorCode::PublicKeyMalformed,
            Self::TooLarge => ErrorCode::ItemTooLarge,
            Self::Encrypted => ErrorCode::PasswordRequired,
            Self::Unsupported { .. } => ErrorCode::UnsupportedKey,
            Self::MultiPrimeRsa => ErrorCode::MultiPrimeRsa,
            Self::RsaSize { .. } => ErrorCode::RsaSize,
            Self::RsaExponent(_) => ErrorCode::RsaExponent,
            Self::Contradiction(_) => ErrorCode::KeyContradiction,
            Self::DecryptFailed => ErrorCode::DecryptFailed,
            Self::EncryptedMalformed { .. } => ErrorCode::EncryptedKeyMalformed,
            Self::Pbes1 { .. } => ErrorCode::Pbes1,
            Self::UnsupportedEncryption { .. } => ErrorCode::UnsupportedEncryption,
            Self::KdfCost(_) => ErrorCode::KdfCost,
            Self::EmptyPassword => ErrorCode::EmptyPassword,
            Self::UnsuitableScheme { .. } => ErrorCode::UnsuitableScheme,
            Self::SigningFailed => ErrorCode::SigningFailed,
            Self::EntropyFailed => ErrorCode::EntropyFailed,
        }
    }

    /// The offset in the given DER, if the error has one.
    #[must_use]
    pub const fn position(&self) -> Option<usize> {
        match self {
            Self::Malformed { at, .. }
            | Self::PublicKeyMalformed { at, .. }
            | Self::EncryptedMalformed { at, .. }
            | Self::Unsupported { at, .. } => Some(*at),
            _ => None,
        }
    }

    pub(super) const fn public_tlv(error: TlvError) -> Self {
        Self::PublicKeyMalformed { what: fault_text(error.fault), at: error.at }
    }

    pub(super) const fn private_tlv(error: TlvError) -> Self {
        Self::Malformed { what: fault_text(error.fault), at: error.at }
    }

    pub(super) const fn encrypted_tlv(error: TlvError) -> Self {
        Self::EncryptedMalformed { what: fault_text(error.fault), at: error.at }
    }
}

const fn fault_text(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing(_) => "the bytes end too early",
        Fault::Trailing => "bytes follow the end",
        Fault::Length => "a length is not in its shortest form",
        Fault::Tag => "a tag that DER does not allow",
        Fault::Unexpected => "another value is expected here",
        Fault::Content => "the content does not fit the tag",
        Fault::Depth => "nested too deep",
    }
}

/// What is wrong with an RSA public exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExponentFault {
    /// It is 1: a signature would be the message itself.
    One,
    /// It is even.
    Even,
    /// It is 2³³ or more.
    TooLarge,
}

impl fmt::Display for ExponentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One => "1",
            Self::Even => "even",
            Self::TooLarge => "2^33 or more",
        })
    }
}

/// Which two parts of a private key contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contradiction {
    /// RSA: n is not the product of p and q.
    Modulus,
    /// RSA: p or q is 1, even, or both are the same.
    Primes,
    /// RSA: d is not less than n.
    PrivateExponent,
    /// RSA: dP is not d mod p−1.
    ExponentP,
    /// RSA: dQ is not d mod q−1.
    ExponentQ,
    /// RSA: e·dP is not 1 mod p−1.
    InverseP,
    /// RSA: e·dQ is not 1 mod q−1.
    InverseQ,
    /// RSA: qInv·q is not 1 mod p.
    Coefficient,
    /// EC: the private scalar is 0, or not less than the order of the curve.
    Scalar,
    /// EC, Ed25519: the public key inside is not the one of the private key.
    PublicKey,
    /// EC: the curves that PKCS#8 and SEC 1 name differ.
    Curve,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Modulus => "n is not p·q",
            Self::Primes => "p and q are not two different odd numbers over 1",
            Self::PrivateExponent => "d is not less than n",
            Self::ExponentP => "dP is not d mod p−1",
            Self::ExponentQ => "dQ is not d mod q−1",
            Self::InverseP => "e·dP is not 1 mod p−1",
            Self::InverseQ => "e·dQ is not 1 mod q−1",
            Self::Coefficient => "qInv·q is not 1 mod p",
            Self::Scalar => "the private scalar is not in 1..n−1 of its curve",
            Self::PublicKey => "the embedded public key is not the one of the private scalar",
            Self::Curve => "the two embedded curves differ",
        })
    }
}

/// Which cost of a key derivation is over its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KdfCost {
    /// PBKDF2 iterations, over [`MAX_PBKDF2_ITERATIONS`](crate::limits::MAX_PBKDF2_ITERATIONS).
    Pbkdf2Iterations,
    /// scrypt memory, over [`MAX_SCRYPT_BYTES`](crate::limits::MAX_SCRYPT_BYTES).
    ScryptMemory,
    /// scrypt parallelization, over [`MAX_SCRYPT_PARALLELIZATION`](crate::limits::MAX_SCRYPT_PARALLELIZATION).
    ScryptParallelization,
}

impl fmt::Display for KdfCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pbkdf2Iterations => "more than 10,000,000 iterations of PBKDF2",
            Self::ScryptMemory => "more than 64 MiB of memory for scrypt",
            Self::ScryptParallelization => "an scrypt parallelization over 16",
        })
    }
}

pub(super) const fn malformed<T>(what: &'static str, at: usize) -> Result<T, KeyError> {
    Err(KeyError::Malformed { what, at })
}
