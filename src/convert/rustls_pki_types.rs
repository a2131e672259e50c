//! Conversions to and from types of `rustls-pki-types`.

use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};

use crate::certificate::{Certificate, CertificateError};
use crate::key::{KeyEncoding, KeyError, PrivateKey};

/// The DER of the certificate, borrowed (feature `rustls-pki-types`).
///
/// ```
/// use rustls_pki_types::CertificateDer;
/// use samlcert::Certificate;
///
/// let certificate = Certificate::from_pem(include_bytes!("../../tests/data/certificates/p256.pem"))?;
/// let der = CertificateDer::from(&certificate);
/// assert_eq!(&*der, certificate.der());
/// # Ok::<(), samlcert::ExtractError>(())
/// ```
impl<'a> From<&'a Certificate> for CertificateDer<'a> {
    fn from(certificate: &'a Certificate) -> Self {
        certificate.der().into()
    }
}

/// Reads it as [`Certificate::from_der`] does (feature `rustls-pki-types`).
///
/// ```
/// use rustls_pki_types::CertificateDer;
/// use samlcert::{Certificate, ErrorCode};
///
/// let error = Certificate::try_from(&CertificateDer::from(&b"0\x03"[..])).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::Truncated);
/// ```
impl TryFrom<&CertificateDer<'_>> for Certificate {
    type Error = CertificateError;

    fn try_from(der: &CertificateDer<'_>) -> Result<Self, CertificateError> {
        Self::from_der(der)
    }
}

/// Reads it as [`PrivateKey::from_der`] does, in the encoding that it says it has (feature `rustls-pki-types`).
///
/// ```
/// use rustls_pki_types::PrivateKeyDer;
/// use samlcert::{KeyAlgorithm, PrivateKey};
///
/// let der = PrivateKeyDer::Pkcs8(include_bytes!("../../tests/data/keys/ed25519.der")[..].into());
/// assert_eq!(PrivateKey::try_from(&der)?.algorithm(), KeyAlgorithm::Ed25519);
/// # Ok::<(), samlcert::KeyError>(())
/// ```
impl TryFrom<&PrivateKeyDer<'_>> for PrivateKey {
    type Error = KeyError;

    fn try_from(der: &PrivateKeyDer<'_>) -> Result<Self, KeyError> {
        match der {
            PrivateKeyDer::Pkcs8(der) => Self::from_pkcs8_der(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => Self::from_pkcs1_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Sec1(der) => Self::from_sec1_der(der.secret_sec1_der()),
            other => Self::from_der(other.secret_der()),
        }
    }
}

impl PrivateKey {
    /// The given DER, borrowed, for `rustls` and other crates that use its types (feature `rustls-pki-types`).
    ///
    /// Where a `PrivateKeyDer<'static>` is wanted, `clone_key` makes a copy, which is **not** wiped when dropped: that type
    /// leaves it to its owner, and implements `Zeroize`.
    ///
    /// ```
    /// use rustls_pki_types::PrivateKeyDer;
    /// use samlcert::PrivateKey;
    ///
    /// let key = PrivateKey::from_pem(include_bytes!("../../tests/data/keys/p256.pem"))?;
    /// let der = key.secret_private_key_der();
    /// assert!(matches!(der, PrivateKeyDer::Pkcs8(_)));
    /// assert_eq!(der.secret_der(), key.secret_der());
    /// # Ok::<(), samlcert::ExtractError>(())
    /// ```
    #[must_use]
    pub fn secret_private_key_der(&self) -> PrivateKeyDer<'_> {
        let der = self.secret_der();
        match self.encoding() {
            KeyEncoding::Pkcs8 => PrivatePkcs8KeyDer::from(der).into(),
            KeyEncoding::Pkcs1 => PrivatePkcs1KeyDer::from(der).into(),
            KeyEncoding::Sec1 => PrivateSec1KeyDer::from(der).into(),
        }
    }
}
