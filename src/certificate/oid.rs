//! Object identifiers of certificates.

use core::fmt;

use super::CertificateError;
use crate::tlv::Tlv;
use crate::tlv::oid::{self, arcs};

/// Refuses arcs that are larger than 128 bits; the UUIDs under 2.25 are the largest in use (X.667).
pub(super) fn check(oid: &Tlv<'_>) -> Result<(), CertificateError> {
    if oid.content.len() <= 18 || arcs(oid.content).all(|arc| arc.is_some()) {
        return Ok(());
    }
    super::parse::malformed(oid.at, "an object identifier whose numbers have at most 128 bits")
}

/// An object identifier as dotted numbers: `2.5.29.15`. A number of more than 128 bits is shown as `?`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Oid {
    /// What is compared: two that have too large numbers may have the same text.
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

    /// The name that RFC 5280 has for an extension (sections 4.2.1 and 4.2.2) or for an extended key usage (section
    /// 4.2.1.12), such as `keyUsage` and `serverAuth`, and the names that are usual for some more; `None` for all others.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        NAMES.iter().find(|(oid, _)| *oid == self.text).map(|(_, name)| *name)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

const NAMES: &[(&str, &str)] = &[
    ("2.5.29.9", "subjectDirectoryAttributes"),
    ("2.5.29.14", "subjectKeyIdentifier"),
    ("2.5.29.15", "keyUsage"),
    ("2.5.29.16", "privateKeyUsagePeriod"),
    ("2.5.29.17", "subjectAltName"),
    ("2.5.29.18", "issuerAltName"),
    ("2.5.29.19", "basicConstraints"),
    ("2.5.29.30", "nameConstraints"),
    ("2.5.29.31", "cRLDistributionPoints"),
    ("2.5.29.32", "certificatePolicies"),
    ("2.5.29.33", "policyMappings"),
    ("2.5.29.35", "authorityKeyIdentifier"),
    ("2.5.29.36", "policyConstraints"),
    ("2.5.29.37", "extKeyUsage"),
    ("2.5.29.46", "freshestCRL"),
    ("2.5.29.54", "inhibitAnyPolicy"),
    ("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
    ("1.3.6.1.5.5.7.1.11", "subjectInfoAccess"),
    // RFC 6962, RFC 7633, and what Netscape and Microsoft left behind.
    ("1.3.6.1.4.1.11129.2.4.2", "signedCertificateTimestampList"),
    ("1.3.6.1.5.5.7.1.24", "tlsFeature"),
    ("2.16.840.1.113730.1.1", "netscapeCertType"),
    ("2.16.840.1.113730.1.13", "netscapeComment"),
    ("1.3.6.1.4.1.311.20.2", "certificateTemplateName"),
    ("1.3.6.1.4.1.311.21.7", "certificateTemplate"),
    // Extended key usages.
    ("2.5.29.37.0", "anyExtendedKeyUsage"),
    ("1.3.6.1.5.5.7.3.1", "serverAuth"),
    ("1.3.6.1.5.5.7.3.2", "clientAuth"),
    ("1.3.6.1.5.5.7.3.3", "codeSigning"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    ("1.3.6.1.4.1.311.10.3.12", "documentSigning"),
    ("1.3.6.1.4.1.311.20.2.2", "smartcardLogon"),
];
