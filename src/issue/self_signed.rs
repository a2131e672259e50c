//! The one home of `rcgen`: it writes a certificate from its values; our own reader reads the result.

use std::cell::Cell;

use rcgen::string::PrintableString;
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, IsCa, KeyIdMethod, KeyUsagePurpose};
use time::OffsetDateTime;

use super::IssueError;
use super::attribute::SubjectAttribute;
use super::serial::Serial;
use super::subject::Attribute;
use crate::certificate::{Certificate, SelfSignature};
use crate::digest::HashAlgorithm;
use crate::entropy::Entropy;
use crate::key::{KeyError, KeyKind, PrivateKey, SignatureScheme};
use crate::time::{UnixTime, Validity};
use crate::tlv;

/// The contents of a self-signed certificate.
pub(super) struct SelfSigned<'a> {
    pub(super) subject: Vec<&'a Attribute>,
    pub(super) serial: Serial,
    pub(super) validity: Validity,
    pub(super) key_kind: KeyKind,
    pub(super) key: &'a PrivateKey,
}

impl SelfSigned<'_> {
    /// Makes the certificate, reads it again, and verifies its signature.
    pub(super) fn sign(&self, entropy: &mut dyn Entropy) -> Result<Certificate, IssueError> {
        let scheme = SignatureScheme::default_for(self.key.public_key()).ok_or(KeyError::SigningFailed)?;
        let (entropy, failure) = (Cell::new(Some(entropy)), Cell::new(None));
        let signer = Signer { key: self.key, scheme, algorithm: algorithm(self.key_kind), entropy, failure };
        signer.certify(&self.parameters()?)
    }

    /// Sets every field, because the defaults of `rcgen` are not what a signing certificate needs.
    fn parameters(&self) -> Result<CertificateParams, IssueError> {
        let identifier = HashAlgorithm::Sha1.digest(subject_public_key(self.key)).as_ref().to_vec();
        let mut parameters = CertificateParams::default();
        (parameters.not_before, parameters.not_after) = dates(self.validity)?;
        parameters.serial_number = Some(self.serial.to_vec().into());
        parameters.subject_alt_names = Vec::new();
        parameters.distinguished_name = distinguished_name(&self.subject)?;
        parameters.is_ca = IsCa::ExplicitNoCa;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = Vec::new();
        parameters.name_constraints = None;
        parameters.crl_distribution_points = Vec::new();
        parameters.custom_extensions = Vec::new();
        parameters.use_authority_key_identifier_extension = false;
        parameters.key_identifier_method = KeyIdMethod::PreSpecified(identifier);
        Ok(parameters)
    }
}

/// Reads the result with our own reader, and returns it only if its own key verifies it.
pub(super) fn read_verified(der: &[u8]) -> Result<Certificate, IssueError> {
    let certificate = Certificate::from_der(der)?;
    match certificate.self_signature() {
        SelfSignature::Valid => Ok(certificate),
        _ => Err(IssueError::Unverified),
    }
}

/// In whole seconds of UTC. `rcgen` panics for years outside 0 to 9999, which a [`Lifetime`](super::Lifetime) never has.
fn dates(validity: Validity) -> Result<(OffsetDateTime, OffsetDateTime), IssueError> {
    let (not_before, not_after) = (validity.not_before(), validity.not_after());
    let date = |UnixTime(seconds)| OffsetDateTime::from_unix_timestamp(seconds);
    let refused = IssueError::Date { not_before, not_after };
    date(not_before).and_then(|first| Ok((first, date(not_after)?))).map_err(|_| refused)
}

fn distinguished_name(attributes: &[&Attribute]) -> Result<DistinguishedName, IssueError> {
    let mut name = DistinguishedName::new();
    for attribute in attributes {
        let text = attribute.text().to_owned();
        let (kind, value) = match attribute.kind() {
            SubjectAttribute::CommonName => (DnType::CommonName, DnValue::Utf8String(text)),
            SubjectAttribute::Organization => (DnType::OrganizationName, DnValue::Utf8String(text)),
            SubjectAttribute::OrganizationalUnit => (DnType::OrganizationalUnitName, DnValue::Utf8String(text)),
            SubjectAttribute::Country => {
                let letters = PrintableString::try_from(text).map_err(|_| IssueError::Country)?;
                (DnType::CountryName, DnValue::PrintableString(letters))
            }
        };
        name.push(kind, value);
    }
    Ok(name)
}

/// The algorithm of key and signature that belongs to [`SignatureScheme::default_for`] this kind.
const fn algorithm(kind: KeyKind) -> &'static rcgen::SignatureAlgorithm {
    match kind {
        KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => &rcgen::PKCS_RSA_SHA256,
        KeyKind::EcP256 => &rcgen::PKCS_ECDSA_P256_SHA256,
        KeyKind::EcP384 => &rcgen::PKCS_ECDSA_P384_SHA384,
        KeyKind::Ed25519 => &rcgen::PKCS_ED25519,
    }
}

/// The content of the BIT STRING in the SPKI, without the octet that counts unused bits: the public key, of which the
/// key identifier is the SHA-1 (RFC 5280, section 4.2.1.2, method 1).
fn subject_public_key(key: &PrivateKey) -> &[u8] {
    let bits = tlv::children(key.public_key().spki_der()).nth(1);
    bits.and_then(|bits| tlv::inside(bits.tag, bits.content)).unwrap_or_default()
}

/// Signs with our own key. The error of `rcgen` cannot hold ours, so ours is kept here.
struct Signer<'a, 'e> {
    key: &'a PrivateKey,
    scheme: SignatureScheme,
    algorithm: &'static rcgen::SignatureAlgorithm,
    entropy: Cell<Option<&'e mut dyn Entropy>>,
    failure: Cell<Option<KeyError>>,
}

impl Signer<'_, '_> {
    fn certify(&self, parameters: &CertificateParams) -> Result<Certificate, IssueError> {
        match parameters.self_signed(self) {
            Ok(made) => read_verified(made.der()),
            Err(_) => Err(self.failure.take().map_or(IssueError::Unverified, IssueError::Key)),
        }
    }
}

impl rcgen::PublicKeyData for Signer<'_, '_> {
    fn der_bytes(&self) -> &[u8] {
        subject_public_key(self.key)
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        self.algorithm
    }
}

impl rcgen::SigningKey for Signer<'_, '_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let entropy = self.entropy.take().ok_or(rcgen::Error::RemoteKeyError)?;
        self.key.sign(self.scheme, message, entropy).map_err(|error| {
            self.failure.set(Some(error));
            rcgen::Error::RemoteKeyError
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    fn parameters(key: &PrivateKey) -> CertificateParams {
        let name = Attribute::new(SubjectAttribute::CommonName, "idp.example.org").unwrap();
        let validity = Validity::new(UnixTime(0), UnixTime(1)).unwrap();
        let made = SelfSigned { subject: vec![&name], serial: [0x40; 16], validity, key_kind: KeyKind::EcP256, key };
        made.parameters().unwrap()
    }

    /// A later `rcgen` may have more of them, each with a default.
    #[test]
    fn these_are_all_the_parameters_of_rcgen() {
        let key = PrivateKey::generate(KeyKind::EcP256, &mut SystemEntropy).unwrap();
        let shown = format!("{:#?}", parameters(&key));
        let outermost =
            shown.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| !line.starts_with(' '));
        let fields: Vec<&str> = outermost.filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        let expected = [
            "not_before",
            "not_after",
            "serial_number",
            "subject_alt_names",
            "distinguished_name",
            "is_ca",
            "key_usages",
            "extended_key_usages",
            "name_constraints",
            "crl_distribution_points",
            "custom_extensions",
            "use_authority_key_identifier_extension",
            "key_identifier_method",
        ];
        assert_eq!(fields, expected);
    }

    /// If `sign` fails, the error is ours, whatever `rcgen` says.
    #[test]
    fn the_error_of_the_key_comes_through() {
        let key = PrivateKey::generate(KeyKind::EcP256, &mut SystemEntropy).unwrap();
        let table = [
            ("all fits", SignatureScheme::EcdsaSha256, KeyKind::EcP256, Ok(())),
            (
                "a scheme of another key",
                SignatureScheme::Ed25519,
                KeyKind::EcP256,
                Err(KeyError::UnsuitableScheme { algorithm: key.algorithm(), scheme: "ed25519" }.into()),
            ),
            ("another hash", SignatureScheme::EcdsaSha384, KeyKind::EcP256, Err(IssueError::Unverified)),
        ];
        for (name, scheme, kind, expected) in table {
            let entropy: &mut dyn Entropy = &mut SystemEntropy;
            let (entropy, failure) = (Cell::new(Some(entropy)), Cell::new(None));
            let signer = Signer { key: &key, scheme, algorithm: algorithm(kind), entropy, failure };
            assert_eq!(signer.certify(&parameters(&key)).map(drop), expected, "{name}");
        }
    }
}
