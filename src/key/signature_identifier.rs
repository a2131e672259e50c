use super::hash::Hash;
use super::identifier::PssParameters;
use super::signature::Method;
use super::{SignatureScheme, oid, write};
use crate::der::{self, Der};
use crate::tlv::context;

impl SignatureScheme {
    /// The `AlgorithmIdentifier` of a signature by this scheme.
    pub(crate) fn identifier(self) -> Der {
        match self.method() {
            Method::Pkcs1(hash) => der::sequence(&[&der::oid(rsa_oid(hash)), &der::null()]),
            Method::Pss(parameters) => pss_identifier(&parameters),
            Method::Ecdsa(hash) => der::sequence(&[&der::oid(ecdsa_oid(hash))]),
            Method::Ed25519 => write::ed25519_identifier(),
        }
    }
}

/// RFC 4055, section 5.
const fn rsa_oid(hash: Hash) -> &'static [u8] {
    match hash {
        Hash::Sha1 => oid::SHA1_RSA,
        Hash::Sha224 => oid::SHA224_RSA,
        Hash::Sha256 => oid::SHA256_RSA,
        Hash::Sha384 => oid::SHA384_RSA,
        Hash::Sha512 => oid::SHA512_RSA,
    }
}

/// RFC 5758, section 3.2: without parameters.
const fn ecdsa_oid(hash: Hash) -> &'static [u8] {
    match hash {
        Hash::Sha1 => oid::SHA1_ECDSA,
        Hash::Sha224 => oid::SHA224_ECDSA,
        Hash::Sha256 => oid::SHA256_ECDSA,
        Hash::Sha384 => oid::SHA384_ECDSA,
        Hash::Sha512 => oid::SHA512_ECDSA,
    }
}

/// RFC 4055, section 3.1: the trailer is the default, which DER leaves out.
fn pss_identifier(parameters: &PssParameters) -> Der {
    let hash = |hash: Hash| der::sequence(&[&der::oid(hash.oid()), &der::null()]);
    let generator = der::sequence(&[&der::oid(oid::MGF1), &hash(parameters.mgf_hash)]);
    let salt_len = der::integer(&[u8::try_from(parameters.salt_len).unwrap_or(u8::MAX)]);
    let fields = der::sequence(&[
        &der::value(context(0), &[&hash(parameters.hash)]),
        &der::value(context(1), &[&generator]),
        &der::value(context(2), &[&salt_len]),
    ]);
    der::sequence(&[&der::oid(oid::RSASSA_PSS), &fields])
}
