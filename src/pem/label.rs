//! The labels of BEGIN and END lines that the reader knows, and what each says about its block.

use super::space::{is_blank, is_line_break};

macro_rules! labels {
    ($($name:ident = $text:literal;)*) => {
        /// A label as the standards and common programs write it: RFC 7468, section 4, OpenSSL, Java and others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Label {
            $($name,)*
        }

        impl Label {
            /// Every label.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The label as it stands between the dashes.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

labels! {
    Certificate = "CERTIFICATE";
    X509Certificate = "X509 CERTIFICATE";
    DottedX509Certificate = "X.509 CERTIFICATE";
    TrustedCertificate = "TRUSTED CERTIFICATE";
    CertificateRequest = "CERTIFICATE REQUEST";
    NewCertificateRequest = "NEW CERTIFICATE REQUEST";
    CertificateChain = "CERTIFICATE CHAIN";
    PrivateKey = "PRIVATE KEY";
    RsaPrivateKey = "RSA PRIVATE KEY";
    EcPrivateKey = "EC PRIVATE KEY";
    DsaPrivateKey = "DSA PRIVATE KEY";
    EncryptedPrivateKey = "ENCRYPTED PRIVATE KEY";
    AnyPrivateKey = "ANY PRIVATE KEY";
    OpensshPrivateKey = "OPENSSH PRIVATE KEY";
    PublicKey = "PUBLIC KEY";
    RsaPublicKey = "RSA PUBLIC KEY";
    X509Crl = "X509 CRL";
    Pkcs7 = "PKCS7";
    SpacedPkcs7 = "PKCS #7";
    Pkcs7SignedData = "PKCS #7 SIGNED DATA";
    Pkcs12 = "PKCS12";
    Cms = "CMS";
    EcParameters = "EC PARAMETERS";
    DhParameters = "DH PARAMETERS";
    X942DhParameters = "X9.42 DH PARAMETERS";
    DsaParameters = "DSA PARAMETERS";
}

impl Label {
    /// The label that is written exactly so.
    pub(crate) fn exact(text: &[u8]) -> Option<Self> {
        Self::ALL.iter().copied().find(|label| label.as_str().as_bytes() == text)
    }

    /// The longest label that a text begins with, in either case and however spaced, and the length of it in the text.
    pub(crate) fn at_start(text: &[u8]) -> Option<(Self, usize)> {
        let found = Self::ALL.iter().filter_map(|label| Some((*label, label.len_in(text)?)));
        found.max_by_key(|(_, len)| *len)
    }

    /// How many of the first bytes spell the label, ignoring blanks, line breaks and case.
    fn len_in(self, text: &[u8]) -> Option<usize> {
        let mut letters = self.as_str().bytes().filter(|letter| *letter != b' ');
        let mut wanted = letters.next()?;
        for (index, byte) in text.iter().enumerate() {
            if is_blank(*byte) || is_line_break(*byte) {
                continue;
            }
            if byte.to_ascii_uppercase() != wanted {
                return None;
            }
            match letters.next() {
                Some(next) => wanted = next,
                None => return index.checked_add(1),
            }
        }
        None
    }

    /// Returns true for key parameters in a block of their own.
    pub(crate) const fn is_of_parameters(self) -> bool {
        matches!(self, Self::EcParameters | Self::DhParameters | Self::X942DhParameters | Self::DsaParameters)
    }

    /// Returns true for a PKCS#7 (CMS) container.
    pub(crate) const fn is_of_pkcs7(self) -> bool {
        matches!(self, Self::Pkcs7 | Self::SpacedPkcs7 | Self::Pkcs7SignedData | Self::Cms)
    }

    /// Returns true for an old or rare label of a certificate.
    pub(crate) const fn is_alias_of_certificate(self) -> bool {
        matches!(
            self,
            Self::X509Certificate | Self::DottedX509Certificate | Self::TrustedCertificate | Self::CertificateChain
        )
    }
}

/// Returns true if a label that is not in the list is that of an `OpenPGP` block (RFC 9580, section 6.2.1).
pub(super) fn is_pgp(label: &str) -> bool {
    label.trim_start().starts_with("PGP ")
}
