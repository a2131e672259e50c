//! What extensions say (RFC 5280, section 4.2). `x509-cert` decodes them when somebody asks; nothing is proven or refused by
//! what they say.

use der::Decode;
use x509_cert::ext::pkix;

use super::extensions::{self, Extension};
use super::{GeneralName, KeyUsage, Oid};
use crate::tlv::{self, OID, Reader, SEQUENCE, oid};

/// An extension of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CertificateExtension {
    /// Which extension it is.
    pub oid: Oid,
    /// Whether whoever does not know the extension has to refuse the certificate.
    pub is_critical: bool,
    /// What it says.
    pub value: ExtensionValue,
}

/// What a [`CertificateExtension`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtensionValue {
    /// What the key may be used for (RFC 5280, section 4.2.1.3).
    KeyUsage(KeyUsage),
    /// What for in particular (section 4.2.1.12); never empty.
    ExtendedKeyUsage(Vec<Oid>),
    /// Whether the certificate is a CA's (section 4.2.1.9).
    #[non_exhaustive]
    BasicConstraints {
        /// Whether it may sign other certificates.
        is_ca: bool,
        /// How many certificates of CAs may stand between it and the last one of a chain.
        path_length: Option<u8>,
    },
    /// Further names of the subject (section 4.2.1.6); never empty.
    SubjectAltName(Vec<GeneralName>),
    /// Which key signed the certificate (section 4.2.1.1).
    #[non_exhaustive]
    AuthorityKeyIdentifier {
        /// The key identifier of the signer.
        key_identifier: Option<Vec<u8>>,
        /// The issuer of the signer's certificate; empty if it is not named.
        issuer: Vec<GeneralName>,
        /// The serial number of the signer's certificate: the content of the DER INTEGER.
        serial: Option<Vec<u8>>,
    },
    /// The identifier of the certificate's own key (section 4.2.1.2); never empty.
    SubjectKeyIdentifier(Vec<u8>),
    /// One of the above whose value cannot be decoded: it is malformed, or beyond what is read. That is a `pathLen` over
    /// 255, a key usage of more than 16 bits, an `x400Address`, and an `ediPartyName` in other characters than those of
    /// UTF-8, ASCII and UTF-16.
    Undecodable,
    /// An extension that is not decoded.
    Other,
}

impl CertificateExtension {
    /// Whether it is critical and none of those that RFC 5280, section 4.2 wants everybody to know: key identifiers, key
    /// usage, subject alternative name, basic constraints, name constraints, policies with their mappings and constraints,
    /// extended key usage, inhibit anyPolicy. [`CertificateNote::UnknownCriticalExtension`](super::CertificateNote) tells
    /// that there is one.
    #[must_use]
    pub fn is_unknown_critical(&self) -> bool {
        self.is_critical && !oid::KNOWN_EXTENSIONS.contains(&self.oid.content())
    }

    pub(super) fn of(extension: &Extension<'_>) -> Self {
        Self {
            oid: Oid::of(extension.oid),
            is_critical: extension.critical == Some(true),
            value: ExtensionValue::of(extension),
        }
    }
}

impl ExtensionValue {
    pub(super) fn of(extension: &Extension<'_>) -> Self {
        let decode = match extension.oid {
            oid::KEY_USAGE => key_usage,
            oid::EXTENDED_KEY_USAGE => extended_key_usage,
            oid::BASIC_CONSTRAINTS => basic_constraints,
            oid::SUBJECT_ALT_NAME => subject_alt_name,
            oid::AUTHORITY_KEY_IDENTIFIER => authority_key_identifier,
            oid::SUBJECT_KEY_IDENTIFIER => subject_key_identifier,
            _ => return Self::Other,
        };
        // `der` reads some tags and bit strings that are not DER.
        let is_der = tlv::check(extension.value).is_ok();
        is_der.then(|| decode(extension.value)).flatten().unwrap_or(Self::Undecodable)
    }
}

fn key_usage(value: &[u8]) -> Option<ExtensionValue> {
    KeyUsage::read(value).map(ExtensionValue::KeyUsage)
}

/// Read here, since the object identifiers of `x509-cert` end at 39 octets and at 32 bits a number.
fn extended_key_usage(value: &[u8]) -> Option<ExtensionValue> {
    let mut purposes = Reader::new(value).expect(SEQUENCE).ok()?.reader();
    let mut read = Vec::new();
    while !purposes.is_empty() {
        read.push(Oid::of(purposes.expect(OID).ok()?.content));
    }
    (!read.is_empty()).then_some(ExtensionValue::ExtendedKeyUsage(read))
}

fn basic_constraints(value: &[u8]) -> Option<ExtensionValue> {
    let constraints = pkix::BasicConstraints::from_der(value).ok()?;
    Some(ExtensionValue::BasicConstraints { is_ca: constraints.ca, path_length: constraints.path_len_constraint })
}

fn subject_alt_name(value: &[u8]) -> Option<ExtensionValue> {
    let names = Reader::new(value).expect(SEQUENCE).ok()?;
    GeneralName::list(&names).map(ExtensionValue::SubjectAltName)
}

fn authority_key_identifier(value: &[u8]) -> Option<ExtensionValue> {
    let fields = extensions::authority_key_identifier(value)?;
    Some(ExtensionValue::AuthorityKeyIdentifier {
        key_identifier: fields.key_identifier.map(<[u8]>::to_vec),
        issuer: fields.issuer.map_or(Some(Vec::new()), |names| GeneralName::list(&names))?,
        serial: fields.serial.map(<[u8]>::to_vec),
    })
}

fn subject_key_identifier(value: &[u8]) -> Option<ExtensionValue> {
    let identifier = pkix::SubjectKeyIdentifier::from_der(value).ok()?.0.into_bytes();
    (!identifier.is_empty()).then_some(ExtensionValue::SubjectKeyIdentifier(identifier.into_vec()))
}
