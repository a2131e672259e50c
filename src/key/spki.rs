use super::curve::Curve;
use super::{KeyAlgorithm, KeyError};
use crate::tlv::{self, BIT_STRING, INTEGER, NULL, OID, Reader, SEQUENCE, Tlv};

/// A `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7), borrowed: reading one allocates nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spki<'a> {
    pub(crate) algorithm: KeyAlgorithm,
    /// RSA: of the modulus; EC: of the curve; Ed25519: 256.
    pub(crate) bits: Option<u32>,
    pub(super) material: Material<'a>,
}

/// The key itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Material<'a> {
    Rsa(RsaNumbers<'a>),
    /// RSA with the parameters of its `id-RSASSA-PSS`, whole, if it has any.
    RsaPss(RsaNumbers<'a>, Option<Tlv<'a>>),
    Ec(Curve, &'a [u8]),
    Ed25519(&'a [u8]),
    /// A named curve that does not sign here, and its point.
    OtherCurve(&'a [u8]),
    Other,
}

/// Modulus and exponent, big-endian without leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RsaNumbers<'a> {
    pub(super) n: &'a [u8],
    pub(super) e: &'a [u8],
}

impl<'a> Spki<'a> {
    /// Reads an SPKI whose own values [`tlv::check`] has passed; offsets in errors count from its start.
    pub(crate) fn parse(der: &'a [u8]) -> Result<Self, KeyError> {
        let mut reader = Reader::new(der);
        let outer = reader.expect(SEQUENCE).map_err(KeyError::public_tlv)?;
        reader.finish().map_err(KeyError::public_tlv)?;
        let mut fields = outer.reader();
        let identifier = fields.expect(SEQUENCE).map_err(KeyError::public_tlv)?;
        let key = fields.expect(BIT_STRING).map_err(KeyError::public_tlv)?;
        fields.finish().map_err(KeyError::public_tlv)?;
        let algorithm = AlgorithmIdentifier::parse(&identifier)?;
        let (unused, octets) = key.content.split_first().unwrap_or((&0, &[]));
        let key = Key { octets, at: key.content_at().saturating_add(1) };
        let spki = Self::of_parts(&algorithm, key)?;
        if *unused == 0 || matches!(spki.material, Material::Other | Material::OtherCurve(_)) {
            Ok(spki)
        } else {
            malformed("the key does not end at a full byte", key.at)
        }
    }

    fn of_parts(identifier: &AlgorithmIdentifier<'a>, key: Key<'a>) -> Result<Self, KeyError> {
        let Some(algorithm) = KeyAlgorithm::from_oid(identifier.oid.content) else {
            return Self::ec(identifier, key);
        };
        let (bits, material) = match algorithm {
            KeyAlgorithm::Rsa => {
                identifier.expect_null_or_nothing()?;
                let numbers = RsaNumbers::parse(key)?;
                (Some(numbers.bits()), Material::Rsa(numbers))
            }
            KeyAlgorithm::RsaPss => {
                let numbers = RsaNumbers::parse(key)?;
                (Some(numbers.bits()), Material::RsaPss(numbers, identifier.pss_parameters()?))
            }
            KeyAlgorithm::Ed25519 => {
                identifier.expect_nothing()?;
                if key.octets.len() != 32 {
                    return malformed("an Ed25519 key has 32 bytes", key.at);
                }
                (Some(256), Material::Ed25519(key.octets))
            }
            _ => (None, Material::Other),
        };
        Ok(Self { algorithm, bits, material })
    }

    /// RFC 5480, section 2.1.1. Curves given by explicit parameters are of a kind that is not known here.
    fn ec(identifier: &AlgorithmIdentifier<'a>, key: Key<'a>) -> Result<Self, KeyError> {
        let parameters = match identifier.parameters {
            Some(parameters) if parameters.tag == OID => parameters,
            Some(parameters) if parameters.tag == SEQUENCE => {
                return Ok(Self { algorithm: KeyAlgorithm::EcOther, bits: None, material: Material::Other });
            }
            _ => return malformed("an elliptic curve key names no curve", identifier.oid.at),
        };
        let algorithm = KeyAlgorithm::from_curve_oid(parameters.content);
        match Curve::from_oid(parameters.content) {
            Some(curve) if curve.is_point(key.octets) => {
                Ok(Self { algorithm, bits: Some(curve.bits()), material: Material::Ec(curve, key.octets) })
            }
            Some(_) => malformed("the key is not a point of its curve", key.at),
            None => Ok(Self { algorithm, bits: None, material: Material::OtherCurve(key.octets) }),
        }
    }

    /// RSA's numbers, restricted to PSS or not.
    pub(super) const fn rsa(&self) -> Option<RsaNumbers<'a>> {
        match self.material {
            Material::Rsa(numbers) | Material::RsaPss(numbers, _) => Some(numbers),
            _ => None,
        }
    }
}

/// The content of the BIT STRING and its offset.
#[derive(Clone, Copy)]
struct Key<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> RsaNumbers<'a> {
    /// `RSAPublicKey` (RFC 8017, appendix A.1.1).
    fn parse(key: Key<'a>) -> Result<Self, KeyError> {
        let moved = |error: KeyError| match error {
            KeyError::PublicKeyMalformed { what, at } => {
                KeyError::PublicKeyMalformed { what, at: at.saturating_add(key.at) }
            }
            other => other,
        };
        Self::parse_der(key.octets).map_err(moved)
    }

    pub(super) fn parse_der(der: &'a [u8]) -> Result<Self, KeyError> {
        tlv::check(der).map_err(KeyError::public_tlv)?;
        let mut fields = Reader::new(der).expect(SEQUENCE).map_err(KeyError::public_tlv)?.reader();
        let n = fields.expect(INTEGER).map_err(KeyError::public_tlv)?;
        let e = fields.expect(INTEGER).map_err(KeyError::public_tlv)?;
        fields.finish().map_err(KeyError::public_tlv)?;
        Ok(Self { n: positive(&n)?, e: positive(&e)? })
    }

    pub(super) fn bits(&self) -> u32 {
        bit_length(self.n)
    }
}

/// The bits of a big-endian number without leading zeros.
pub(super) fn bit_length(number: &[u8]) -> u32 {
    let top = number.first().map_or(0, |octet| octet.leading_zeros());
    u32::try_from(number.len()).unwrap_or(u32::MAX).saturating_mul(8).saturating_sub(top)
}

/// The magnitude of a DER INTEGER over zero.
fn positive<'a>(integer: &Tlv<'a>) -> Result<&'a [u8], KeyError> {
    match integer.content {
        [0] => malformed("a number of an RSA key is 0", integer.at),
        [0, magnitude @ ..] => Ok(magnitude),
        [first, ..] if first & 0x80 != 0 => malformed("a number of an RSA key is negative", integer.at),
        magnitude => Ok(magnitude),
    }
}

/// `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2).
#[derive(Clone, Copy, Debug)]
pub(super) struct AlgorithmIdentifier<'a> {
    pub(super) oid: Tlv<'a>,
    pub(super) parameters: Option<Tlv<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    pub(super) fn parse(value: &Tlv<'a>) -> Result<Self, KeyError> {
        let mut fields = value.reader();
        let oid = fields.expect(OID).map_err(KeyError::public_tlv)?;
        let parameters = if fields.is_empty() { None } else { Some(fields.any().map_err(KeyError::public_tlv)?) };
        fields.finish().map_err(KeyError::public_tlv)?;
        Ok(Self { oid, parameters })
    }

    fn expect_nothing(&self) -> Result<(), KeyError> {
        match self.parameters {
            None => Ok(()),
            Some(parameters) => malformed("the algorithm has no parameters", parameters.at),
        }
    }

    pub(super) fn expect_null_or_nothing(&self) -> Result<(), KeyError> {
        match self.parameters {
            Some(parameters) if parameters.tag != NULL => malformed("the parameters must be NULL", parameters.at),
            _ => Ok(()),
        }
    }

    fn pss_parameters(&self) -> Result<Option<Tlv<'a>>, KeyError> {
        match self.parameters {
            Some(parameters) if parameters.tag != SEQUENCE => malformed("PSS parameters are a SEQUENCE", parameters.at),
            parameters => Ok(parameters),
        }
    }
}

const fn malformed<T>(what: &'static str, at: usize) -> Result<T, KeyError> {
    Err(KeyError::PublicKeyMalformed { what, at })
}
