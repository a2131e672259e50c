//! The hash algorithms of signatures.

use rsa::sha2::{Digest, Sha224};

use crate::digest::HashAlgorithm;
use crate::tlv::oid;

/// The hash functions that signatures are verified with: those of fingerprints and SHA-224.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    const ALL: [Self; 5] = [Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    pub(super) fn from_oid(content: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|hash| hash.oid() == content)
    }

    /// The content octets of its OID.
    pub(super) const fn oid(self) -> &'static [u8] {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha224 => oid::SHA224,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    /// The length of a digest in bytes.
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    pub(super) fn digest(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            // ring has no SHA-224.
            Self::Sha224 => return Sha224::digest(bytes).to_vec(),
            Self::Sha1 => HashAlgorithm::Sha1,
            Self::Sha256 => HashAlgorithm::Sha256,
            Self::Sha384 => HashAlgorithm::Sha384,
            Self::Sha512 => HashAlgorithm::Sha512,
        };
        algorithm.digest(bytes).as_ref().to_vec()
    }
}
