//! `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2) and the parameters of RSASSA-PSS (RFC 4055), read and written.

use der::Tag;
use der::asn1::{AnyRef, ObjectIdentifier};
use spki::AlgorithmIdentifierRef;

use super::curve::Curve;
use super::hash::Hash;
use crate::tlv::{Fault, INTEGER, NULL, OID, Reader, SEQUENCE, Tlv, TlvError, context, oid};

/// `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2).
#[derive(Clone, Copy, Debug)]
pub(super) struct AlgorithmIdentifier<'a> {
    pub(super) oid: Tlv<'a>,
    pub(super) parameters: Option<Tlv<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    pub(super) fn parse(value: &Tlv<'a>) -> Result<Self, TlvError> {
        let mut fields = value.reader();
        let oid = fields.expect(OID)?;
        let parameters = if fields.is_empty() { None } else { Some(fields.any()?) };
        fields.finish()?;
        Ok(Self { oid, parameters })
    }

    pub(super) const fn parameters_are_null(&self) -> bool {
        matches!(self.parameters, Some(Tlv { tag: NULL, .. }))
    }

    pub(super) const fn parameters_are_null_or_absent(&self) -> bool {
        self.parameters.is_none() || self.parameters_are_null()
    }

    /// Whether the parameters of RSASSA-PSS name MD2, MD4, MD5 or SHA-1. Other hashes need not be known here, nor the
    /// rest be well-formed. Left out, the hash is SHA-1 (RFC 4055, section 3.1).
    pub(super) fn pss_hash_is_weak(&self) -> bool {
        let hash = self
            .parameters
            .filter(|parameters| parameters.tag == SEQUENCE)
            .and_then(|parameters| parameters.reader().optional(context(0)).ok().flatten())
            .and_then(|hash| hash.reader().expect(SEQUENCE).ok())
            .and_then(|hash| hash.reader().expect(OID).ok());
        hash.is_none_or(|oid| matches!(oid.content, oid::MD2 | oid::MD4 | oid::MD5 | oid::SHA1))
    }
}

/// `RSASSA-PSS-params` (RFC 8017, appendix A.2.3) with a hash that is known here and the one trailer that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PssParameters {
    pub(super) hash: Hash,
    pub(super) mgf_hash: Hash,
    /// In bytes.
    pub(super) salt_len: usize,
}

/// What an identifier with the OID `id-RSASSA-PSS` says about hash and salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pss {
    /// Nothing: of a key, any; of a signature, malformed.
    Any,
    Parameters(PssParameters),
    /// Well-formed, and of a hash, generator or trailer that is not known here.
    Unknown,
}

impl Pss {
    /// Whether a signature with these parameters may be made under a key that says this (RFC 4055, section 3.3).
    pub(super) fn allows(self, signature: &PssParameters) -> bool {
        match self {
            Self::Any => true,
            Self::Parameters(key) => {
                signature.hash == key.hash && signature.mgf_hash == key.mgf_hash && signature.salt_len >= key.salt_len
            }
            Self::Unknown => false,
        }
    }

    pub(super) fn parse(identifier: &AlgorithmIdentifier<'_>) -> Result<Self, TlvError> {
        match &identifier.parameters {
            None => Ok(Self::Any),
            Some(parameters) => Ok(PssParameters::parse(parameters)?.map_or(Self::Unknown, Self::Parameters)),
        }
    }
}

impl PssParameters {
    /// One hash for everything, and a salt of its length, as everybody uses PSS.
    pub(super) const fn default_for(hash: Hash) -> Self {
        Self { hash, mgf_hash: hash, salt_len: hash.len() }
    }

    /// `None` if the parameters are well-formed and not usable. A field that is absent has the RFC's default: SHA-1, MGF1 with SHA-1, 20 bytes, trailer 1.
    fn parse(value: &Tlv<'_>) -> Result<Option<Self>, TlvError> {
        if value.tag != SEQUENCE {
            return Err(TlvError { fault: Fault::Unexpected, at: value.at });
        }
        let mut fields = value.reader();
        let hash = match explicit(&mut fields, 0, SEQUENCE)? {
            Some(identifier) => hash_of(&AlgorithmIdentifier::parse(&identifier)?),
            None => Some(Hash::Sha1),
        };
        let mgf_hash = match explicit(&mut fields, 1, SEQUENCE)? {
            Some(identifier) => mgf1_hash(&AlgorithmIdentifier::parse(&identifier)?)?,
            None => Some(Hash::Sha1),
        };
        let salt_len = explicit(&mut fields, 2, INTEGER)?.map_or(Some(20), |salt| small_number(salt.content));
        let trailer = explicit(&mut fields, 3, INTEGER)?.map_or(Some(1), |trailer| small_number(trailer.content));
        fields.finish()?;
        Ok(match (hash, mgf_hash, salt_len, trailer) {
            (Some(hash), Some(mgf_hash), Some(salt_len), Some(1)) => Some(Self { hash, mgf_hash, salt_len }),
            _ => None,
        })
    }
}

fn explicit<'a>(fields: &mut Reader<'a>, number: u8, tag: u8) -> Result<Option<Tlv<'a>>, TlvError> {
    fields.optional(context(number))?.map(|outer| only(&outer, tag)).transpose()
}

/// The one value inside a constructed one.
pub(super) fn only<'a>(outer: &Tlv<'a>, tag: u8) -> Result<Tlv<'a>, TlvError> {
    let mut inside = outer.reader();
    let value = inside.expect(tag)?;
    inside.finish()?;
    Ok(value)
}

fn mgf1_hash(generator: &AlgorithmIdentifier<'_>) -> Result<Option<Hash>, TlvError> {
    match generator.parameters {
        Some(parameters) if generator.oid.content == oid::MGF1 && parameters.tag == SEQUENCE => {
            Ok(hash_of(&AlgorithmIdentifier::parse(&parameters)?))
        }
        _ => Ok(None),
    }
}

fn hash_of(identifier: &AlgorithmIdentifier<'_>) -> Option<Hash> {
    Hash::from_oid(identifier.oid.content).filter(|_| identifier.parameters_are_null_or_absent())
}

/// A number from 0 to 65535.
fn small_number(content: &[u8]) -> Option<usize> {
    match content {
        [low @ 0..0x80] | [0, low] => Some(usize::from(*low)),
        [high @ 0..0x80, low] | [0, high, low] => Some(usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    }
}

/// An identifier to write, by the content octets of its OID.
pub(super) fn write<P>(oid: &[u8], parameters: Option<P>) -> der::Result<spki::AlgorithmIdentifier<P>> {
    Ok(spki::AlgorithmIdentifier { oid: ObjectIdentifier::from_bytes(oid)?, parameters })
}

/// `rsaEncryption` (RFC 8017, appendix A.1).
pub(super) fn rsa() -> der::Result<AlgorithmIdentifierRef<'static>> {
    write(oid::RSA_ENCRYPTION, Some(AnyRef::NULL))
}

/// A named curve (RFC 5480, section 2.1.1).
pub(super) fn ec(curve: Curve) -> der::Result<AlgorithmIdentifierRef<'static>> {
    write(oid::EC_PUBLIC_KEY, Some(AnyRef::new(Tag::ObjectIdentifier, curve.oid())?))
}

/// RFC 8410, section 3.
pub(super) fn ed25519() -> der::Result<AlgorithmIdentifierRef<'static>> {
    write(oid::ED25519, None)
}

/// A hash function (RFC 4055, section 2.1).
pub(super) fn of_hash(hash: Hash) -> der::Result<AlgorithmIdentifierRef<'static>> {
    write(hash.oid(), Some(AnyRef::NULL))
}

/// RFC 4055, section 3.1: the trailer is the default, which DER leaves out.
#[cfg(feature = "issue")]
pub(super) fn pss(
    parameters: &PssParameters,
) -> der::Result<spki::AlgorithmIdentifier<pkcs1::RsaPssParams<AnyRef<'static>>>> {
    let mgf_hash = of_hash(parameters.mgf_hash)?;
    let parameters = pkcs1::RsaPssParams {
        hash: of_hash(parameters.hash)?,
        mask_gen: write(oid::MGF1, Some(mgf_hash))?,
        salt_len: u8::try_from(parameters.salt_len)?,
        trailer_field: pkcs1::TrailerField::BC,
    };
    write(oid::RSASSA_PSS, Some(parameters))
}
