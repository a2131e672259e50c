//! The algorithm that a certificate is signed with.

use core::fmt;
use std::borrow::Cow;

use crate::tlv::{self, OID, SEQUENCE, context, oid};

/// The algorithm that a certificate is signed with, by the name that OpenSSL gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignatureAlgorithm(Cow<'static, str>);

impl SignatureAlgorithm {
    /// The name, such as `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, `rsassaPss` or `ED25519`; the dotted OID of an
    /// algorithm that has none here.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of a checked algorithm identifier.
    pub(super) fn of(identifier: &[u8]) -> Self {
        let oid = identifier_oid(identifier);
        Self(known(oid).map_or_else(|| Cow::Owned(oid::to_text(oid)), |algorithm| Cow::Borrowed(algorithm.0)))
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether the hash of the signature is MD2, MD4, MD5 or SHA-1, with which signatures can be forged.
pub(super) fn has_weak_hash(identifier: &[u8]) -> bool {
    match known(identifier_oid(identifier)) {
        Some(Known(_, Hash::Weak)) => true,
        Some(Known(_, Hash::InParameters)) => pss_hash_is_weak(identifier),
        _ => false,
    }
}

fn identifier_oid(identifier: &[u8]) -> &[u8] {
    tlv::children(identifier).next().map_or(&[], |oid| oid.content)
}

enum Hash {
    Weak,
    Good,
    InParameters,
}

struct Known(&'static str, Hash);

/// The names are OpenSSL's long names.
const fn known(oid: &[u8]) -> Option<Known> {
    use Hash::{Good, InParameters, Weak};
    Some(match oid {
        oid::MD2_RSA => Known("md2WithRSAEncryption", Weak),
        oid::MD4_RSA => Known("md4WithRSAEncryption", Weak),
        oid::MD5_RSA => Known("md5WithRSAEncryption", Weak),
        oid::SHA1_RSA => Known("sha1WithRSAEncryption", Weak),
        oid::RSASSA_PSS => Known("rsassaPss", InParameters),
        oid::SHA256_RSA => Known("sha256WithRSAEncryption", Good),
        oid::SHA384_RSA => Known("sha384WithRSAEncryption", Good),
        oid::SHA512_RSA => Known("sha512WithRSAEncryption", Good),
        oid::SHA224_RSA => Known("sha224WithRSAEncryption", Good),
        oid::MD5_RSA_OIW => Known("md5WithRSA", Weak),
        oid::SHA1_DSA_OIW => Known("dsaWithSHA1-old", Weak),
        oid::SHA1_RSA_OIW => Known("sha1WithRSA", Weak),
        oid::SHA1_DSA => Known("dsaWithSHA1", Weak),
        oid::SHA1_ECDSA => Known("ecdsa-with-SHA1", Weak),
        oid::SHA224_ECDSA => Known("ecdsa-with-SHA224", Good),
        oid::SHA256_ECDSA => Known("ecdsa-with-SHA256", Good),
        oid::SHA384_ECDSA => Known("ecdsa-with-SHA384", Good),
        oid::SHA512_ECDSA => Known("ecdsa-with-SHA512", Good),
        oid::SHA224_DSA => Known("dsa_with_SHA224", Good),
        oid::SHA256_DSA => Known("dsa_with_SHA256", Good),
        oid::SHA384_DSA => Known("dsa_with_SHA384", Good),
        oid::SHA512_DSA => Known("dsa_with_SHA512", Good),
        oid::ML_DSA_44 => Known("ML-DSA-44", Good),
        oid::ML_DSA_65 => Known("ML-DSA-65", Good),
        oid::ML_DSA_87 => Known("ML-DSA-87", Good),
        oid::ED25519 => Known("ED25519", Good),
        oid::ED448 => Known("ED448", Good),
        _ => return None,
    })
}

/// RFC 4055, section 3.1: the hash is in `[0]`; left out, it is SHA-1.
fn pss_hash_is_weak(identifier: &[u8]) -> bool {
    let hash = tlv::children(identifier)
        .nth(1)
        .filter(|parameters| parameters.tag == SEQUENCE)
        .and_then(|parameters| parameters.reader().optional(context(0)).ok().flatten())
        .and_then(|hash| hash.reader().expect(SEQUENCE).ok())
        .and_then(|hash| hash.reader().expect(OID).ok());
    match hash.map(|oid| oid.content) {
        Some(oid::MD2 | oid::MD4 | oid::MD5 | oid::SHA1) | None => true,
        Some(_) => false,
    }
}
