//! The algorithm identifiers that are written for signatures made here.

use der::Encode;
use der::asn1::AnyRef;
use pkcs1::{RsaPssParams, TrailerField};

use super::hash::Hash;
use super::identifier::PssParameters;
use super::signature::Method;
use super::{SignatureScheme, write};
use crate::tlv::oid;

impl SignatureScheme {
    /// The DER `AlgorithmIdentifier` of a signature by this scheme.
    pub(crate) fn identifier(self) -> Vec<u8> {
        // There are ten, and a test writes each of them.
        write_identifier(self.method()).unwrap_or_default()
    }
}

fn write_identifier(method: Method) -> der::Result<Vec<u8>> {
    let (oid, parameters) = match method {
        Method::Pkcs1(hash) => (rsa_oid(hash), Some(AnyRef::NULL)),
        Method::Ecdsa(hash) => (ecdsa_oid(hash), None),
        Method::Ed25519 => (oid::ED25519, None),
        Method::Pss(parameters) => return pss_identifier(&parameters),
    };
    write::identifier(oid, parameters)?.to_der()
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
fn pss_identifier(parameters: &PssParameters) -> der::Result<Vec<u8>> {
    let mgf_hash = write::hash(parameters.mgf_hash)?;
    let parameters = RsaPssParams {
        hash: write::hash(parameters.hash)?,
        mask_gen: write::identifier(oid::MGF1, Some(mgf_hash))?,
        salt_len: u8::try_from(parameters.salt_len)?,
        trailer_field: TrailerField::BC,
    };
    write::identifier(oid::RSASSA_PSS, Some(parameters))?.to_der()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::signature::SignatureKind;

    #[test]
    fn each_is_read_as_its_method() {
        for scheme in SignatureScheme::ALL {
            let read = SignatureKind::parse(&scheme.identifier());
            assert_eq!(read, Ok(SignatureKind::Known(scheme.method())), "{}", scheme.as_str());
        }
    }
}
