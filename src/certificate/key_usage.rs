//! The key usage of a certificate (RFC 5280, section 4.2.1.3).

use der::Decode;
use x509_cert::ext::pkix;

use crate::tlv;

/// What the key of a certificate may be used for (RFC 5280, section 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

/// The names of the bits, bit 0 first.
const NAMES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

impl KeyUsage {
    /// Reads the value of an extension. `der` alone would read bit strings that are not DER.
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        tlv::check(value).ok()?;
        pkix::KeyUsage::from_der(value).ok().map(|usage| Self(usage.0.bits()))
    }

    /// The bits: 1 is `digitalSignature`, bit 0 of the RFC; 256 is `decipherOnly`, its bit 8.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Returns true if the key may sign messages, not only certificates and revocation lists.
    #[must_use]
    pub const fn has_digital_signature(self) -> bool {
        self.0 & 1 != 0
    }

    /// The RFC's names of the bits that are set, in its order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().enumerate().filter(move |(bit, _)| self.0 >> bit & 1 != 0).map(|(_, name)| name)
    }
}
