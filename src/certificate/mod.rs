//! X.509 certificates (RFC 5280): read strictly, kept as they were given.

mod error;
mod extension_value;
mod extensions;
mod general_name;
mod key_usage;
mod name;
mod notes;
mod oid;
mod parse;
mod self_signature;
mod signature_algorithm;
mod string;

pub use error::CertificateError;
pub use extension_value::{CertificateExtension, ExtensionValue};
pub use general_name::{GeneralName, GeneralNameKind};
pub use key_usage::KeyUsage;
pub use notes::CertificateNote;
pub use oid::Oid;
pub use self_signature::SelfSignature;
pub use signature_algorithm::SignatureAlgorithm;

use core::fmt;
use core::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::key::{KeyAlgorithm, PublicKey, Verification};
use crate::pem::{self, Form};
use crate::span::Span;
use crate::time::Validity;
use crate::tlv;

/// An X.509 certificate (RFC 5280, section 4.1). Cloning shares the bytes.
///
/// Reading one checks everything that the methods use later, so none of them fails. Two certificates are equal if their
/// bytes are equal.
#[derive(Clone)]
pub struct Certificate {
    der: Arc<[u8]>,
    parts: parse::Parts,
}

impl Certificate {
    /// Reads a DER certificate. Its signature is not verified; see [`self_signature`](Self::self_signature).
    ///
    /// Oddities that other programs accept are accepted here, too; [`notes`](Self::notes) lists them.
    ///
    /// # Errors
    /// [`CertificateError`] says what is wrong and where.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let parts = parse::parse(der)?;
        Ok(Self { der: der.into(), parts })
    }

    /// The DER as given.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Writes the given DER in a strict form.
    #[must_use]
    pub fn write(&self, form: Form) -> Vec<u8> {
        // Every form can hold a certificate, and a certificate within the limits fits into memory.
        pem::write(pem::Label::Certificate, "", self.der(), form).map(|written| written.to_vec()).unwrap_or_default()
    }

    fn part(&self, span: Span) -> &[u8] {
        self.der.get(core::ops::Range::from(span)).unwrap_or_default()
    }

    /// The version of X.509: 1, 2 or 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.parts.version
    }

    /// The serial number: the content octets of the DER INTEGER, big-endian, two's complement; never empty.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        self.part(self.parts.serial)
    }

    /// The name of the holder as text by RFC 4514, the most specific part first: `CN=idp.example,O=Example`.
    ///
    /// Attribute types outside the table of RFC 4514, section 3 are written as dotted numbers, and their values as `#`
    /// and hexadecimal. So are strings that cannot be decoded. Control and invisible characters are escaped in the form
    /// `\0A`. Empty for a name without parts.
    #[must_use]
    pub fn subject(&self) -> String {
        name::to_text(self.subject_der())
    }

    /// The name of the signer, in the form of [`subject`](Self::subject).
    #[must_use]
    pub fn issuer(&self) -> String {
        name::to_text(self.issuer_der())
    }

    /// The period in which the certificate is valid.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        self.parts.validity
    }

    /// The `SubjectPublicKeyInfo` as given in the certificate.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        self.part(self.parts.spki)
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey::of_parts(self.spki_der(), self.parts.key_algorithm, self.parts.key_bits)
    }

    /// The kind of the public key.
    #[must_use]
    pub const fn key_algorithm(&self) -> KeyAlgorithm {
        self.parts.key_algorithm
    }

    /// The size of the public key; see [`PublicKey::bits`].
    #[must_use]
    pub const fn key_bits(&self) -> Option<u32> {
        self.parts.key_bits
    }

    /// The algorithm that the certificate is signed with.
    #[must_use]
    pub fn signature_algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::of(self.signature_algorithm_der())
    }

    /// Returns true if issuer and subject are the same bytes.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer_der() == self.subject_der()
    }

    /// The subject key identifier (RFC 5280, section 4.2.1.2); `None` if there is none or it is malformed.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.extension(tlv::oid::SUBJECT_KEY_IDENTIFIER).and_then(extensions::subject_key_identifier)
    }

    /// The extensions (RFC 5280, section 4.2), in the order of the certificate. This call decodes them.
    #[must_use]
    pub fn extensions(&self) -> Vec<CertificateExtension> {
        self.raw_extensions().map(|extension| CertificateExtension::of(&extension)).collect()
    }

    /// Returns true if the basic constraints (RFC 5280, section 4.2.1.9) say that the certificate is a CA's, whatever
    /// path length they allow.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.extension(tlv::oid::BASIC_CONSTRAINTS).and_then(extensions::written_ca) == Some(true)
    }

    /// What the key may be used for (RFC 5280, section 4.2.1.3); `None` if the extension is absent or cannot be
    /// decoded.
    #[must_use]
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.extension(tlv::oid::KEY_USAGE).and_then(KeyUsage::read)
    }

    /// The digest of the whole certificate.
    #[must_use]
    pub fn fingerprint(&self, algorithm: HashAlgorithm) -> Fingerprint {
        Fingerprint::of(algorithm, FingerprintTarget::Certificate, &self.der)
    }

    /// The digest of the `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn spki_fingerprint(&self, algorithm: HashAlgorithm) -> Fingerprint {
        Fingerprint::of(algorithm, FingerprintTarget::Spki, self.spki_der())
    }

    /// Returns true if a fingerprint, by any hash, is that of this certificate, or of its public key if that is its
    /// target.
    #[must_use]
    pub fn has_fingerprint(&self, fingerprint: &Fingerprint) -> bool {
        let der = match fingerprint.target() {
            FingerprintTarget::Certificate => self.der(),
            FingerprintTarget::Spki => self.spki_der(),
        };
        Fingerprint::of(fingerprint.algorithm(), fingerprint.target(), der) == *fingerprint
    }

    /// The subject's DER.
    pub(crate) fn subject_der(&self) -> &[u8] {
        self.part(self.parts.subject)
    }

    /// The issuer's DER.
    pub(crate) fn issuer_der(&self) -> &[u8] {
        self.part(self.parts.issuer)
    }

    /// All of the signed part that follows the validity: subject, public key, unique identifiers, extensions.
    #[cfg(feature = "issue")]
    pub(crate) fn subject_onwards(&self) -> &[u8] {
        self.part(Span::new(self.parts.subject.start, self.parts.tbs.end))
    }

    /// Returns true if the authority key identifier has the serial number of the signer's certificate.
    #[cfg(feature = "issue")]
    pub(crate) fn names_serial(&self) -> bool {
        self.extension(tlv::oid::AUTHORITY_KEY_IDENTIFIER).is_some_and(extensions::has_authority_serial)
    }

    fn names(&self) -> [&[u8]; 2] {
        [self.issuer_der(), self.subject_der()]
    }

    fn tbs_der(&self) -> &[u8] {
        self.part(self.parts.tbs)
    }

    fn signature_algorithm_der(&self) -> &[u8] {
        self.part(self.parts.signature_algorithm)
    }

    fn raw_extensions(&self) -> impl Iterator<Item = extensions::Extension<'_>> {
        extensions::iter(self.part(self.parts.extensions))
    }

    /// The value of an extension.
    fn extension(&self, oid: &[u8]) -> Option<&[u8]> {
        self.raw_extensions().find(|extension| extension.oid == oid).map(|extension| extension.value)
    }

    fn verify(&self, key: &PublicKey, tbs: &[u8]) -> Verification {
        key.verify(self.signature_algorithm_der(), tbs, self.part(self.parts.signature))
    }

    /// The signed part with both names replaced by another of the same length.
    fn tbs_with_names(&self, name: &[u8]) -> Vec<u8> {
        let mut der = self.der.to_vec();
        for place in [self.parts.issuer, self.parts.subject] {
            if let Some(old) = der.get_mut(core::ops::Range::from(place)).filter(|old| old.len() == name.len()) {
                old.copy_from_slice(name);
            }
        }
        der.get(core::ops::Range::from(self.parts.tbs)).unwrap_or_default().to_vec()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der.hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("subject", &self.subject()).finish_non_exhaustive()
    }
}
