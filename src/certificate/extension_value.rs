//! The values of extensions (RFC 5280, section 4.2). `x509-cert` decodes them on request. No certificate is proven or
//! refused by them.

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
    /// True if a program that does not know the extension must refuse the certificate.
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
    /// The purposes of the key (section 4.2.1.12); never empty.
    ExtendedKeyUsage(Vec<Oid>),
    /// Whether the certificate belongs to a CA (section 4.2.1.9).
    #[non_exhaustive]
    BasicConstraints {
        /// Whether it may sign other certificates.
        is_ca: bool,
        /// How many CA certificates may follow it in a chain, not counting the last certificate.
        path_length: Option<u8>,
    },
    /// Further names of the subject (section 4.2.1.6); never empty.
    SubjectAltName(Vec<GeneralName>),
    /// The key that signed the certificate (section 4.2.1.1).
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
    /// One of the above whose value cannot be decoded. It is malformed, or not supported: a `pathLen` over 255, a key
    /// usage of more than 16 bits, an `x400Address`, or an `ediPartyName` that is not in UTF-8, ASCII or UTF-16.
    Undecodable,
    /// An extension that is not decoded.
    Other,
}

impl CertificateExtension {
    /// Returns true if it is critical, and not one of those that RFC 5280, section 4.2 requires everybody to know: key
    /// identifiers, key usage, subject alternative name, basic constraints, name constraints, policies with their
    /// mappings and constraints, extended key usage, inhibit anyPolicy.
    /// [`CertificateNote::UnknownCriticalExtension`](super::CertificateNote) notes it.
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

/// Decoded here, because `x509-cert` reads object identifiers only up to 39 octets and 32 bits a number.
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
