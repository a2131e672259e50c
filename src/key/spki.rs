//! `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7): reads public keys strictly.

use super::curve::Curve;
use super::identifier::{AlgorithmIdentifier, Pss};
use super::{KeyAlgorithm, KeyError};
use crate::tlv::{self, BIT_STRING, INTEGER, OID, Reader, SEQUENCE, Tlv, TlvError};

/// A `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7), borrowed: reading one allocates nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spki<'a> {
    pub(crate) algorithm: KeyAlgorithm,
    /// The bits of the modulus for RSA, of the curve for EC; 256 for Ed25519.
    pub(crate) bits: Option<u32>,
    pub(super) material: Material<'a>,
}

/// The key itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Material<'a> {
    Rsa(RsaNumbers<'a>),
    RsaPss(RsaNumbers<'a>, Pss),
    Ec(Curve, &'a [u8]),
    Ed25519(&'a [u8]),
    /// A named curve that does not sign here, and its point.
    OtherCurve {
        oid: &'a [u8],
        point: &'a [u8],
    },
    Other,
}

impl<'a> Spki<'a> {
    /// Reads an SPKI that [`tlv::check`] has passed. Offsets in errors count from its start.
    pub(crate) fn parse(der: &'a [u8]) -> Result<Self, KeyError> {
        let (identifier, bit_string) = fields(der).map_err(KeyError::public_tlv)?;
        let (unused, octets) = bit_string.content.split_first().unwrap_or((&0, &[]));
        let key = Tlv { content: octets, ..bit_string };
        let spki = Self::of_parts(&identifier, &key)?;
        if *unused == 0 || matches!(spki.material, Material::Other | Material::OtherCurve { .. }) {
            Ok(spki)
        } else {
            malformed("the key does not end at a full byte", key.at)
        }
    }

    fn of_parts(identifier: &AlgorithmIdentifier<'a>, key: &Tlv<'a>) -> Result<Self, KeyError> {
        let Some(algorithm) = KeyAlgorithm::from_oid(identifier.oid.content) else {
            return Self::ec(identifier, key);
        };
        let at = identifier.oid.at;
        let (bits, material) = match algorithm {
            KeyAlgorithm::Rsa if !identifier.parameters_are_null_or_absent() => {
                return malformed("the parameters of an RSA key must be NULL", at);
            }
            KeyAlgorithm::Rsa => {
                let numbers = RsaNumbers::parse(key)?;
                (Some(numbers.bits()), Material::Rsa(numbers))
            }
            KeyAlgorithm::RsaPss => {
                let numbers = RsaNumbers::parse(key)?;
                (Some(numbers.bits()), Material::RsaPss(numbers, Pss::parse(identifier).map_err(KeyError::public_tlv)?))
            }
            KeyAlgorithm::Ed25519 if identifier.parameters.is_some() => {
                return malformed("an Ed25519 key has no parameters", at);
            }
            KeyAlgorithm::Ed25519 if key.content.len() != 32 => {
                return malformed("an Ed25519 key has 32 bytes", key.content_at());
            }
            KeyAlgorithm::Ed25519 => (Some(256), Material::Ed25519(key.content)),
            _ => (None, Material::Other),
        };
        Ok(Self { algorithm, bits, material })
    }

    /// RFC 5480, section 2.1.1. Curves with explicit parameters are not supported.
    fn ec(identifier: &AlgorithmIdentifier<'a>, key: &Tlv<'a>) -> Result<Self, KeyError> {
        let parameters = match identifier.parameters {
            Some(parameters) if parameters.tag == OID => parameters,
            Some(parameters) if parameters.tag == SEQUENCE => {
                return Ok(Self { algorithm: KeyAlgorithm::EcOther, bits: None, material: Material::Other });
            }
            _ => return malformed("an elliptic curve key names no curve", identifier.oid.at),
        };
        let algorithm = KeyAlgorithm::from_curve_oid(parameters.content);
        match Curve::from_oid(parameters.content) {
            Some(curve) if curve.is_point(key.content) => {
                Ok(Self { algorithm, bits: Some(curve.bits()), material: Material::Ec(curve, key.content) })
            }
            Some(_) => malformed("the key is not a point of its curve", key.content_at()),
            None => {
                let material = Material::OtherCurve { oid: parameters.content, point: key.content };
                Ok(Self { algorithm, bits: None, material })
            }
        }
    }

    /// The numbers of an RSA key, restricted to PSS or not.
    pub(super) const fn rsa(&self) -> Option<RsaNumbers<'a>> {
        match self.material {
            Material::Rsa(numbers) | Material::RsaPss(numbers, _) => Some(numbers),
            _ => None,
        }
    }
}

fn fields(der: &[u8]) -> Result<(AlgorithmIdentifier<'_>, Tlv<'_>), TlvError> {
    let mut reader = Reader::new(der);
    let outer = reader.expect(SEQUENCE)?;
    reader.finish()?;
    let mut fields = outer.reader();
    let identifier = AlgorithmIdentifier::parse(&fields.expect(SEQUENCE)?)?;
    let key = fields.expect(BIT_STRING)?;
    fields.finish()?;
    Ok((identifier, key))
}

/// Modulus and exponent, big-endian without leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RsaNumbers<'a> {
    pub(super) n: &'a [u8],
    pub(super) e: &'a [u8],
}

impl<'a> RsaNumbers<'a> {
    /// `RSAPublicKey` (RFC 8017, appendix A.1.1).
    pub(super) fn parse(key: &Tlv<'a>) -> Result<Self, KeyError> {
        check_content(key).map_err(KeyError::public_tlv)?;
        let (n, e) = Self::fields(key).map_err(KeyError::public_tlv)?;
        match (positive(&n), positive(&e)) {
            (Some(n), Some(e)) => Ok(Self { n, e }),
            (None, _) => malformed("the modulus is not positive", n.at),
            _ => malformed("the public exponent is not positive", e.at),
        }
    }

    fn fields(key: &Tlv<'a>) -> Result<(Tlv<'a>, Tlv<'a>), TlvError> {
        let mut fields = key.reader().expect(SEQUENCE)?.reader();
        let pair = (fields.expect(INTEGER)?, fields.expect(INTEGER)?);
        fields.finish()?;
        Ok(pair)
    }

    pub(super) fn bits(&self) -> u32 {
        bit_length(self.n)
    }
}

/// Checks the DER inside a string.
pub(super) fn check_content(string: &Tlv<'_>) -> Result<(), TlvError> {
    tlv::check(string.content).map_err(|error| TlvError { at: error.at.saturating_add(string.content_at()), ..error })
}

/// The bits of a big-endian number without leading zeros.
fn bit_length(number: &[u8]) -> u32 {
    let top = number.first().map_or(0, |octet| octet.leading_zeros());
    u32::try_from(number.len()).unwrap_or(u32::MAX).saturating_mul(8).saturating_sub(top)
}

/// The magnitude of a DER INTEGER that is not negative, without leading zeros; empty for 0.
pub(super) fn natural<'a>(integer: &Tlv<'a>) -> Option<&'a [u8]> {
    match integer.content {
        [] | [0x80..=0xff, ..] => None,
        [0, magnitude @ ..] | magnitude => Some(magnitude),
    }
}

/// The magnitude of a DER INTEGER over zero, without leading zeros.
pub(super) fn positive<'a>(integer: &Tlv<'a>) -> Option<&'a [u8]> {
    natural(integer).filter(|magnitude| !magnitude.is_empty())
}

const fn malformed<T>(what: &'static str, at: usize) -> Result<T, KeyError> {
    Err(KeyError::PublicKeyMalformed { what, at })
}
