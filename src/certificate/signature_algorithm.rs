use core::fmt;
use std::borrow::Cow;

use crate::tlv::{self, OID, SEQUENCE, context};

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
        Self(known(oid).map_or_else(
            || {
                let mut text = String::new();
                crate::oid::write(oid, &mut text);
                Cow::Owned(text)
            },
            |algorithm| Cow::Borrowed(algorithm.0),
        ))
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
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last] => match last {
            2 => Known("md2WithRSAEncryption", Weak),
            3 => Known("md4WithRSAEncryption", Weak),
            4 => Known("md5WithRSAEncryption", Weak),
            5 => Known("sha1WithRSAEncryption", Weak),
            10 => Known("rsassaPss", InParameters),
            11 => Known("sha256WithRSAEncryption", Good),
            12 => Known("sha384WithRSAEncryption", Good),
            13 => Known("sha512WithRSAEncryption", Good),
            14 => Known("sha224WithRSAEncryption", Good),
            _ => return None,
        },
        [0x2b, 0x0e, 0x03, 0x02, 0x03] => Known("md5WithRSA", Weak),
        [0x2b, 0x0e, 0x03, 0x02, 0x1b] => Known("dsaWithSHA1-old", Weak),
        [0x2b, 0x0e, 0x03, 0x02, 0x1d] => Known("sha1WithRSA", Weak),
        [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x03] => Known("dsaWithSHA1", Weak),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => Known("ecdsa-with-SHA1", Weak),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, last] => match last {
            1 => Known("ecdsa-with-SHA224", Good),
            2 => Known("ecdsa-with-SHA256", Good),
            3 => Known("ecdsa-with-SHA384", Good),
            4 => Known("ecdsa-with-SHA512", Good),
            _ => return None,
        },
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, last] => match last {
            1 => Known("dsa_with_SHA224", Good),
            2 => Known("dsa_with_SHA256", Good),
            3 => Known("dsa_with_SHA384", Good),
            4 => Known("dsa_with_SHA512", Good),
            17 => Known("ML-DSA-44", Good),
            18 => Known("ML-DSA-65", Good),
            19 => Known("ML-DSA-87", Good),
            _ => return None,
        },
        [0x2b, 0x65, 0x70] => Known("ED25519", Good),
        [0x2b, 0x65, 0x71] => Known("ED448", Good),
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
        // MD2, MD4 and MD5; SHA-1.
        Some([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 2 | 4 | 5] | [0x2b, 0x0e, 0x03, 0x02, 0x1a]) | None => true,
        Some(_) => false,
    }
}
