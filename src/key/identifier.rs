//! `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2) and the parameters of RSASSA-PSS (RFC 4055).

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
    pub(super) const fn usual(hash: Hash) -> Self {
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
