//! The algorithm that a certificate is signed with.

use core::fmt;
use std::borrow::Cow;

use crate::key::KnownSignature;
use crate::tlv::{self, oid};

/// The algorithm that a certificate is signed with, under OpenSSL's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignatureAlgorithm(Cow<'static, str>);

impl SignatureAlgorithm {
    /// The name, such as `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, `rsassaPss` or `ED25519`; the dotted OID of an
    /// unknown algorithm.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the algorithm in a checked `AlgorithmIdentifier`.
    pub(super) fn of(identifier: &[u8]) -> Self {
        let oid = tlv::children(identifier).next().map_or(&[][..], |oid| oid.content);
        Self(KnownSignature::of_oid(oid).map_or_else(|| oid::to_text(oid).into(), |known| known.name.into()))
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
