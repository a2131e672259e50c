//! Fingerprints: the digest of a certificate or public key, read in any notation that people copy.

mod base64;
mod der;
mod error;
mod hex;
mod label;
mod length;
mod parse;
mod text;

pub use error::FingerprintError;

use crate::digest::HashAlgorithm;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use subtle::ConstantTimeEq;

/// What a fingerprint was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FingerprintTarget {
    /// The DER of a whole certificate.
    Certificate,
    /// The DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1), as in a pin of RFC 7469.
    Spki,
}

impl FingerprintTarget {
    /// The name in the JSON forms: `certificate`, `spki`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Spki => "spki",
        }
    }
}

const LONGEST: usize = HashAlgorithm::Sha512.digest_len();

/// The digest of a certificate or of a public key, with the hash algorithm and with what was hashed.
///
/// Two fingerprints are equal if all three are; the digests are compared in constant time. `Display` writes
/// upper case with colons, as most programs show it.
#[derive(Clone, Copy)]
pub struct Fingerprint {
    algorithm: HashAlgorithm,
    target: FingerprintTarget,
    /// The digest, with zeros behind a short one.
    digest: [u8; LONGEST],
}

impl Fingerprint {
    /// The fingerprint of `der`: a whole certificate, or a `SubjectPublicKeyInfo`, as `target` says.
    #[must_use]
    pub fn of(algorithm: HashAlgorithm, target: FingerprintTarget, der: &[u8]) -> Self {
        Self::from_digest(algorithm, target, algorithm.digest(der).as_ref())
    }

    /// The fingerprint with this digest; bytes beyond the algorithm's length are ignored.
    pub(crate) fn from_digest(algorithm: HashAlgorithm, target: FingerprintTarget, digest: &[u8]) -> Self {
        let mut kept = [0; LONGEST];
        for (to, from) in kept.iter_mut().zip(digest.iter().take(algorithm.digest_len())) {
            *to = *from;
        }
        Self { algorithm, target, digest: kept }
    }

    /// The hash algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// What was hashed.
    #[must_use]
    pub const fn target(&self) -> FingerprintTarget {
        self.target
    }

    /// The digest: 20, 32, 48 or 64 bytes, the length of [`Self::algorithm`].
    #[must_use]
    pub fn digest(&self) -> &[u8] {
        self.digest.get(..self.algorithm.digest_len()).unwrap_or(&self.digest)
    }

    /// The digest in lower-case hexadecimal without separators, as the JSON forms have it.
    #[must_use]
    pub fn to_hex(&self) -> String {
        crate::hex::to_lower(self.digest())
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.target == other.target && bool::from(self.digest.ct_eq(&other.digest))
    }
}

impl Eq for Fingerprint {}

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.algorithm, self.target, self.digest).hash(state);
    }
}

/// By algorithm, then by target, then by digest: an order for sorted collections, not in constant time.
impl Ord for Fingerprint {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.algorithm, self.target, self.digest).cmp(&(other.algorithm, other.target, other.digest))
    }
}

impl PartialOrd for Fingerprint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The digest in upper-case hexadecimal with colons between the bytes: `A9:09:50:…`.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.digest().iter().enumerate() {
            if position > 0 {
                f.write_str(":")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({} of {}, {self})", self.algorithm, self.target.as_str())
    }
}
