//! Object identifiers of certificates.

use core::fmt;

use super::error::{CertificateError, malformed};
use crate::tlv::Tlv;
use crate::tlv::oid::{self, arcs};

/// Refuses arcs that are larger than 128 bits; the UUIDs under 2.25 are the largest in use (X.667).
pub(super) fn check(oid: &Tlv<'_>) -> Result<(), CertificateError> {
    if oid.content.len() <= 18 || arcs(oid.content).all(|arc| arc.is_some()) {
        return Ok(());
    }
    malformed(oid.at, "an object identifier whose numbers have at most 128 bits")
}

/// An object identifier as dotted numbers: `2.5.29.15`. A number of more than 128 bits is shown as `?`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Oid {
    /// The octets, which are compared: two with numbers that are too large may have the same text.
    content: Box<[u8]>,
    text: String,
}

impl Oid {
    pub(super) fn of(content: &[u8]) -> Self {
        Self { content: content.into(), text: oid::to_text(content) }
    }

    pub(super) fn content(&self) -> &[u8] {
        &self.content
    }

    /// The dotted numbers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name of an extension (RFC 5280, sections 4.2.1 and 4.2.2) or of an extended key usage (section 4.2.1.12),
    /// such as `keyUsage` or `serverAuth`. Some more have their well-known names; `None` for all others.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        NAMES.iter().find(|(oid, _)| *oid == self.content()).map(|(_, name)| *name)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

const NAMES: [(&[u8], &str); 33] = [
    (oid::SUBJECT_DIRECTORY_ATTRIBUTES, "subjectDirectoryAttributes"),
    (oid::SUBJECT_KEY_IDENTIFIER, "subjectKeyIdentifier"),
    (oid::KEY_USAGE, "keyUsage"),
    (oid::PRIVATE_KEY_USAGE_PERIOD, "privateKeyUsagePeriod"),
    (oid::SUBJECT_ALT_NAME, "subjectAltName"),
    (oid::ISSUER_ALT_NAME, "issuerAltName"),
    (oid::BASIC_CONSTRAINTS, "basicConstraints"),
    (oid::NAME_CONSTRAINTS, "nameConstraints"),
    (oid::CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints"),
    (oid::CERTIFICATE_POLICIES, "certificatePolicies"),
    (oid::POLICY_MAPPINGS, "policyMappings"),
    (oid::AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier"),
    (oid::POLICY_CONSTRAINTS, "policyConstraints"),
    (oid::EXTENDED_KEY_USAGE, "extKeyUsage"),
    (oid::FRESHEST_CRL, "freshestCRL"),
    (oid::INHIBIT_ANY_POLICY, "inhibitAnyPolicy"),
    (oid::AUTHORITY_INFO_ACCESS, "authorityInfoAccess"),
    (oid::SUBJECT_INFO_ACCESS, "subjectInfoAccess"),
    (oid::TLS_FEATURE, "tlsFeature"),
    (oid::SIGNED_CERTIFICATE_TIMESTAMPS, "signedCertificateTimestampList"),
    (oid::NETSCAPE_CERT_TYPE, "netscapeCertType"),
    (oid::NETSCAPE_COMMENT, "netscapeComment"),
    (oid::CERTIFICATE_TEMPLATE_NAME, "certificateTemplateName"),
    (oid::CERTIFICATE_TEMPLATE, "certificateTemplate"),
    (oid::ANY_EXTENDED_KEY_USAGE, "anyExtendedKeyUsage"),
    (oid::SERVER_AUTH, "serverAuth"),
    (oid::CLIENT_AUTH, "clientAuth"),
    (oid::CODE_SIGNING, "codeSigning"),
    (oid::EMAIL_PROTECTION, "emailProtection"),
    (oid::TIME_STAMPING, "timeStamping"),
    (oid::OCSP_SIGNING, "OCSPSigning"),
    (oid::DOCUMENT_SIGNING, "documentSigning"),
    (oid::SMARTCARD_LOGON, "smartcardLogon"),
];
