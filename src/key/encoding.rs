//! The structures in which a private key is written.

use crate::pem::Label;

/// The structure that a private key was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyEncoding {
    /// PKCS#8 (RFC 5208) and its second version (RFC 5958): "PRIVATE KEY".
    Pkcs8,
    /// PKCS#1 (RFC 8017, appendix A.1.2): "RSA PRIVATE KEY".
    Pkcs1,
    /// SEC 1 (RFC 5915): "EC PRIVATE KEY".
    Sec1,
}

impl KeyEncoding {
    /// The label under which RFC 7468 (PKCS#8) and RFC 1421 (the older encodings) write a key.
    pub(crate) const fn pem_label(self) -> Label {
        match self {
            Self::Pkcs8 => Label::PrivateKey,
            Self::Pkcs1 => Label::RsaPrivateKey,
            Self::Sec1 => Label::EcPrivateKey,
        }
    }
}
