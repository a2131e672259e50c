//! The structures of private keys: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915), read, but not proven yet.

use super::KeyAlgorithm;
use super::curve::Curve;
use super::encoding::KeyEncoding;
use super::error::{KeyError, malformed};
use super::identifier::{AlgorithmIdentifier, Pss, only};
use super::rsa_private::RsaPrivate;
use super::spki::check_content;
use crate::limits::MAX_DER_BYTES;
use crate::tlv::{self, BIT_STRING, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, Tlv, TlvError, context};

/// The parts of a private key, borrowed from the DER. Nothing is proven yet.
pub(super) struct Parsed<'a> {
    pub(super) encoding: KeyEncoding,
    pub(super) secret: Secret<'a>,
    /// True if there is something beside the key that the key cannot prove: PKCS#8 attributes, or a restriction to PSS.
    pub(super) has_unproven_parts: bool,
}

/// The secret, and the public keys beside it.
pub(super) enum Secret<'a> {
    Rsa {
        key: RsaPrivate<'a>,
        /// The `AlgorithmIdentifier` that restricts the key to PSS, whole, and what it says.
        pss: Option<(&'a [u8], Pss)>,
        /// The `RSAPublicKey` of PKCS#8 version 2.
        public: Option<Tlv<'a>>,
    },
    Ec {
        curve: Curve,
        scalar: Tlv<'a>,
        /// The points of SEC 1 and of PKCS#8 version 2.
        points: [Option<&'a [u8]>; 2],
    },
    Ed25519 {
        seed: &'a [u8],
        public: Option<&'a [u8]>,
    },
}

impl<'a> Parsed<'a> {
    /// The structure shows the encoding: after the version comes a SEQUENCE in PKCS#8, an INTEGER in PKCS#1, and an
    /// OCTET STRING in SEC 1.
    pub(super) fn of(der: &'a [u8]) -> Result<Self, KeyError> {
        if der.len() > MAX_DER_BYTES {
            return Err(KeyError::TooLarge);
        }
        tlv::check(der).map_err(KeyError::private_tlv)?;
        let outer = Reader::new(der).expect(SEQUENCE).map_err(KeyError::private_tlv)?;
        let mut fields = outer.reader();
        match (next_tag(&mut fields), next_tag(&mut fields)) {
            (Some(INTEGER), Some(SEQUENCE)) => Self::pkcs8(&outer),
            (Some(INTEGER), Some(INTEGER)) => Ok(Self {
                encoding: KeyEncoding::Pkcs1,
                secret: Secret::Rsa { key: RsaPrivate::parse(&outer)?, pss: None, public: None },
                has_unproven_parts: false,
            }),
            (Some(INTEGER), Some(OCTET_STRING)) => {
                Ok(Self { encoding: KeyEncoding::Sec1, secret: ec(&outer, None, None)?, has_unproven_parts: false })
            }
            (Some(SEQUENCE), Some(OCTET_STRING)) => Err(KeyError::Encrypted),
            _ => malformed("it is none of PKCS#8, PKCS#1 and SEC 1", outer.at),
        }
    }

    /// `OneAsymmetricKey` (RFC 5958, section 2), of which `PrivateKeyInfo` (RFC 5208) is version 1.
    fn pkcs8(outer: &Tlv<'a>) -> Result<Self, KeyError> {
        let fields = Pkcs8::parse(outer).map_err(KeyError::private_tlv)?;
        match (fields.version.content, &fields.public) {
            ([0], None) | ([1], Some(_)) => {}
            ([0 | 1], _) => {
                return malformed("version 2 has a public key, and version 1 has none", fields.version.at);
            }
            _ => return malformed("the version is neither 1 nor 2", fields.version.at),
        }
        let secret = fields.secret()?;
        // One octet tells `id-RSASSA-PSS` from `rsaEncryption`; only the NULL of the latter speaks against the former.
        let has_null = fields.algorithm.parameters_are_null();
        let is_padding_unproven = matches!(&secret, Secret::Rsa { pss, .. } if pss.is_some() || !has_null);
        let has_unproven_parts = fields.has_attributes || is_padding_unproven;
        Ok(Self { encoding: KeyEncoding::Pkcs8, secret, has_unproven_parts })
    }
}

struct Pkcs8<'a> {
    version: Tlv<'a>,
    identifier: Tlv<'a>,
    algorithm: AlgorithmIdentifier<'a>,
    key: Tlv<'a>,
    has_attributes: bool,
    /// The BIT STRING's content without the octet that counts unused bits.
    public: Option<Tlv<'a>>,
}

impl<'a> Pkcs8<'a> {
    fn parse(outer: &Tlv<'a>) -> Result<Self, TlvError> {
        let mut fields = outer.reader();
        let version = fields.expect(INTEGER)?;
        let identifier = fields.expect(SEQUENCE)?;
        let algorithm = AlgorithmIdentifier::parse(&identifier)?;
        let key = fields.expect(OCTET_STRING)?;
        let has_attributes = fields.optional(context(0))?.is_some();
        let public = public_key(&mut fields)?;
        fields.finish()?;
        Ok(Self { version, identifier, algorithm, key, has_attributes, public })
    }

    fn secret(&self) -> Result<Secret<'a>, KeyError> {
        let Some(algorithm) = KeyAlgorithm::from_oid(self.algorithm.oid.content) else {
            let curve = named_curve(&self.algorithm)?;
            return ec(&content(&self.key)?, Some(curve), self.public.map(|public| public.content));
        };
        match algorithm {
            KeyAlgorithm::Rsa if self.algorithm.parameters_are_null_or_absent() => self.rsa(None),
            KeyAlgorithm::Rsa => malformed("the parameters of an RSA key must be NULL", self.algorithm.oid.at),
            KeyAlgorithm::RsaPss => match Pss::parse(&self.algorithm).map_err(KeyError::private_tlv)? {
                Pss::Unknown => Err(unknown_restriction(&self.algorithm.oid)),
                known => self.rsa(Some((self.identifier.whole, known))),
            },
            KeyAlgorithm::Ed25519 => self.ed25519(),
            _ => Err(unsupported(algorithm, &self.algorithm.oid)),
        }
    }

    fn rsa(&self, pss: Option<(&'a [u8], Pss)>) -> Result<Secret<'a>, KeyError> {
        Ok(Secret::Rsa { key: RsaPrivate::parse(&content(&self.key)?)?, pss, public: self.public })
    }

    /// RFC 8410, section 7: the seed is an OCTET STRING inside the OCTET STRING.
    fn ed25519(&self) -> Result<Secret<'a>, KeyError> {
        if self.algorithm.parameters.is_some() {
            return malformed("an Ed25519 key has no parameters", self.algorithm.oid.at);
        }
        check_content(&self.key).map_err(KeyError::private_tlv)?;
        let seed = self.key.reader().expect(OCTET_STRING).map_err(KeyError::private_tlv)?;
        if seed.content.len() != 32 {
            return malformed("an Ed25519 seed has 32 bytes", seed.at);
        }
        Ok(Secret::Ed25519 { seed: seed.content, public: self.public.map(|public| public.content) })
    }
}

/// The public key of version 2, `[1] IMPLICIT BIT STRING`. Early versions of *ring* wrote it with an explicit tag.
fn public_key<'a>(fields: &mut Reader<'a>) -> Result<Option<Tlv<'a>>, TlvError> {
    let bits = match fields.peek() {
        Some(IMPLICIT_1) => fields.any()?,
        Some(tag) if tag == context(1) => only(&fields.any()?, BIT_STRING)?,
        _ => return Ok(None),
    };
    whole_octets(&bits).map(Some)
}

/// The primitive tag `[1]`.
const IMPLICIT_1: u8 = 0x81;

/// The content of a BIT STRING without the octet that counts unused bits, which must be 0.
fn whole_octets<'a>(bits: &Tlv<'a>) -> Result<Tlv<'a>, TlvError> {
    match bits.content {
        [0, octets @ ..] => Ok(Tlv { content: octets, ..*bits }),
        _ => Err(TlvError { fault: tlv::Fault::Content, at: bits.at }),
    }
}

/// The structure inside the OCTET STRING of PKCS#8.
fn content<'a>(string: &Tlv<'a>) -> Result<Tlv<'a>, KeyError> {
    check_content(string).map_err(KeyError::private_tlv)?;
    string.reader().expect(SEQUENCE).map_err(KeyError::private_tlv)
}

/// `ECPrivateKey` (RFC 5915, section 3), alone or inside PKCS#8 that names the curve.
fn ec<'a>(outer: &Tlv<'a>, curve: Option<Curve>, point: Option<&'a [u8]>) -> Result<Secret<'a>, KeyError> {
    let fields = EcPrivateKey::parse(outer).map_err(KeyError::private_tlv)?;
    if fields.version.content != [1] {
        return malformed("the version of SEC 1 is not 1", fields.version.at);
    }
    let inner = match fields.parameters {
        Some(parameters) => Some(curve_of(&parameters)?),
        None => None,
    };
    let curve = match (curve, inner) {
        (Some(outer), Some(inner)) if outer != inner => {
            return Err(KeyError::Contradiction(super::Contradiction::Curve));
        }
        (Some(curve), _) | (None, Some(curve)) => curve,
        (None, None) => return malformed("the key names no curve", outer.at),
    };
    Ok(Secret::Ec { curve, scalar: fields.scalar, points: [fields.point, point] })
}

struct EcPrivateKey<'a> {
    version: Tlv<'a>,
    scalar: Tlv<'a>,
    parameters: Option<Tlv<'a>>,
    point: Option<&'a [u8]>,
}

impl<'a> EcPrivateKey<'a> {
    fn parse(outer: &Tlv<'a>) -> Result<Self, TlvError> {
        let mut fields = outer.reader();
        let version = fields.expect(INTEGER)?;
        let scalar = fields.expect(OCTET_STRING)?;
        let parameters = match fields.optional(context(0))? {
            Some(outer) => {
                let mut inside = outer.reader();
                let parameters = inside.any()?;
                inside.finish()?;
                Some(parameters)
            }
            None => None,
        };
        let point = match fields.optional(context(1))? {
            Some(outer) => Some(whole_octets(&only(&outer, BIT_STRING)?)?.content),
            None => None,
        };
        fields.finish()?;
        Ok(Self { version, scalar, parameters, point })
    }
}

fn named_curve(identifier: &AlgorithmIdentifier<'_>) -> Result<Curve, KeyError> {
    match identifier.parameters {
        Some(parameters) => curve_of(&parameters),
        None => malformed("the key names no curve", identifier.oid.at),
    }
}

/// The curve that `ECParameters` (RFC 5480, section 2.1.1) name.
fn curve_of(parameters: &Tlv<'_>) -> Result<Curve, KeyError> {
    match parameters.tag {
        OID => Curve::from_oid(parameters.content)
            .ok_or_else(|| unsupported(KeyAlgorithm::from_curve_oid(parameters.content), parameters)),
        SEQUENCE => Err(KeyError::Unsupported {
            algorithm: KeyAlgorithm::EcOther,
            name: "an elliptic curve given by explicit parameters".to_owned(),
            at: parameters.at,
        }),
        _ => malformed("the key names no curve", parameters.at),
    }
}

fn unknown_restriction(oid: &Tlv<'_>) -> KeyError {
    KeyError::Unsupported {
        algorithm: KeyAlgorithm::RsaPss,
        name: "a restriction to PSS with a hash, generator or salt that is not known here".to_owned(),
        at: oid.at,
    }
}

fn unsupported(algorithm: KeyAlgorithm, oid: &Tlv<'_>) -> KeyError {
    let name = match algorithm {
        KeyAlgorithm::EcOther => format!("the elliptic curve {}", tlv::oid::dotted(oid.content)),
        KeyAlgorithm::Other => format!("the algorithm {}", tlv::oid::dotted(oid.content)),
        known => known.to_string(),
    };
    KeyError::Unsupported { algorithm, name, at: oid.at }
}

fn next_tag(fields: &mut Reader<'_>) -> Option<u8> {
    fields.any().ok().map(|value| value.tag)
}
