//! The request for a new pair.

use super::self_signed::SelfSigned;
use super::serial::random_serial;
use super::subject::Attribute;
use super::{IssueError, Lifetime, SubjectAttribute};
use crate::entropy::Entropy;
use crate::key::{KeyKind, PrivateKey};
use crate::pair::CertKeyPair;
use crate::time::UnixTime;

/// The request for a new pair: subject, kind of key, lifetime. A value of this type can be issued.
///
/// ```
/// use samlcert::{IssueRequest, KeyKind, Lifetime, SystemEntropy, UnixTime};
///
/// let request = IssueRequest::new("idp.example.org")?
///     .organization("Example")?
///     .country("DE")?
///     .key_kind(KeyKind::EcP256)
///     .lifetime(Lifetime::years(3)?.back_dated(300));
/// let pair = request.issue(UnixTime(1_795_514_106), &mut SystemEntropy)?;
/// assert_eq!(pair.certificate().subject(), "CN=idp.example.org,O=Example,C=DE");
/// assert_eq!(pair.certificate().validity().not_before().to_string(), "2026-11-24T09:50:06Z");
/// assert_eq!(pair.certificate().validity().not_after().to_string(), "2029-11-24T09:55:06Z");
/// # Ok::<(), samlcert::IssueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueRequest {
    common_name: Attribute,
    organization: Option<Attribute>,
    organizational_unit: Option<Attribute>,
    country: Option<Attribute>,
    key_kind: KeyKind,
    lifetime: Lifetime,
}

impl IssueRequest {
    /// A request for a common name: RSA-2048, five years, nothing else in the subject.
    ///
    /// # Errors
    /// [`IssueError::AttributeEmpty`]; [`IssueError::AttributeTooLong`] over 64 characters;
    /// [`IssueError::AttributeCharacter`] for control characters, and for those that break lines or change the
    /// direction of the text.
    pub fn new(common_name: &str) -> Result<Self, IssueError> {
        Ok(Self {
            common_name: Attribute::new(SubjectAttribute::CommonName, common_name)?,
            organization: None,
            organizational_unit: None,
            country: None,
            key_kind: KeyKind::Rsa2048,
            lifetime: Lifetime::FIVE_YEARS,
        })
    }

    /// Sets the organization.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn organization(self, text: &str) -> Result<Self, IssueError> {
        Ok(Self { organization: Some(Attribute::new(SubjectAttribute::Organization, text)?), ..self })
    }

    /// Sets the organizational unit.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn organizational_unit(self, text: &str) -> Result<Self, IssueError> {
        Ok(Self { organizational_unit: Some(Attribute::new(SubjectAttribute::OrganizationalUnit, text)?), ..self })
    }

    /// Sets the country: two letters A–Z (ISO 3166).
    ///
    /// # Errors
    /// [`IssueError::Country`].
    pub fn country(self, code: &str) -> Result<Self, IssueError> {
        Ok(Self { country: Some(Attribute::new(SubjectAttribute::Country, code)?), ..self })
    }

    /// Sets the kind of key.
    #[must_use]
    pub fn key_kind(self, key_kind: KeyKind) -> Self {
        Self { key_kind, ..self }
    }

    /// Sets the lifetime.
    #[must_use]
    pub fn lifetime(self, lifetime: Lifetime) -> Self {
        Self { lifetime, ..self }
    }

    /// Makes the key and its self-signed certificate: X.509 version 3, a random serial number of 16 octets, CA:FALSE and
    /// digitalSignature critical, a subject key identifier by method 1 of RFC 5280, section 4.2.1.2. The subject has
    /// the order C, O, OU, CN, each in a set of its own; C is a `PrintableString`, the others are `UTF8String`s.
    ///
    /// Randomness is drawn in this order: the key ([`PrivateKey::generate`]), the serial number. The same bytes give
    /// the same pair. The result is read again and its signature verified before it is returned.
    ///
    /// # Errors
    /// [`IssueError::Date`] if the validity leaves the years 1950 to 9999; [`IssueError::Key`] if the randomness fails.
    pub fn issue(&self, now: UnixTime, entropy: &mut dyn Entropy) -> Result<CertKeyPair, IssueError> {
        let validity = self.lifetime.validity(now)?;
        let key = PrivateKey::generate(self.key_kind, entropy)?;
        let serial = random_serial(entropy)?;
        let subject = self.attributes().collect();
        let made = SelfSigned { subject, serial, validity, key_kind: self.key_kind, key: &key };
        let certificate = made.sign(entropy)?;
        Ok(CertKeyPair::new(certificate, key)?)
    }

    /// From the country to the common name, as a path is written.
    fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        let optional = [&self.country, &self.organization, &self.organizational_unit];
        optional.into_iter().flatten().chain([&self.common_name])
    }
}
