//! The structures of keys, written by the crates of their RFCs.
//!
//! An error would be about a length over 256 MiB; no key comes near it.

use der::asn1::{BitStringRef, OctetStringRef, UintRef};
use der::{Decode, Encode, Result};
use pkcs1::RsaPublicKey;
use pkcs8::PrivateKeyInfoRef;
use sec1::EcPrivateKey;
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::curve::Curve;
use super::identifier;
use super::spki::RsaNumbers;

/// The DER of a private key, wiped when dropped.
pub(super) type SecretDer = Zeroizing<Vec<u8>>;

/// `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7).
fn spki(algorithm: AlgorithmIdentifierRef<'_>, key: &[u8]) -> Result<Vec<u8>> {
    SubjectPublicKeyInfoRef { algorithm, subject_public_key: BitStringRef::from_bytes(key)? }.to_der()
}

/// The SPKI of an RSA key (RFC 3279, section 2.3.1), with the identifier that restricts it to PSS, if one does.
pub(super) fn rsa_spki(numbers: &RsaNumbers<'_>, pss: Option<&[u8]>) -> Result<Vec<u8>> {
    let key = RsaPublicKey { modulus: UintRef::new(numbers.n)?, public_exponent: UintRef::new(numbers.e)? };
    let algorithm = match pss {
        Some(identifier) => AlgorithmIdentifierRef::from_der(identifier)?,
        None => identifier::rsa()?,
    };
    spki(algorithm, &key.to_der()?)
}

pub(super) fn ec_spki(curve: Curve, point: &[u8]) -> Result<Vec<u8>> {
    spki(identifier::ec(curve)?, point)
}

pub(super) fn ed25519_spki(key: &[u8]) -> Result<Vec<u8>> {
    spki(identifier::ed25519()?, key)
}

/// `PrivateKeyInfo` (RFC 5208, section 5).
fn pkcs8(algorithm: AlgorithmIdentifierRef<'_>, key: &[u8]) -> Result<SecretDer> {
    PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(key)?).to_der().map(Zeroizing::new)
}

/// An `RSAPrivateKey` (RFC 8017, appendix A.1.2) as PKCS#8.
pub(super) fn rsa_pkcs8(key: &[u8]) -> Result<SecretDer> {
    pkcs8(identifier::rsa()?, key)
}

/// `ECPrivateKey` (RFC 5915, section 3) as PKCS#8: with the point, without the curve that the identifier names.
pub(super) fn ec_pkcs8(curve: Curve, full_scalar: &[u8], point: &[u8]) -> Result<SecretDer> {
    let key = EcPrivateKey { private_key: full_scalar, parameters: None, public_key: Some(point) };
    pkcs8(identifier::ec(curve)?, &Zeroizing::new(key.to_der()?))
}

/// RFC 8410, section 7: the seed is an OCTET STRING inside the OCTET STRING.
#[cfg(feature = "issue")]
pub(super) fn ed25519_pkcs8(seed: &[u8]) -> Result<SecretDer> {
    pkcs8(identifier::ed25519()?, &Zeroizing::new(OctetStringRef::new(seed)?.to_der()?))
}
