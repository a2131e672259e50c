//! Conversions to and from types of `x509-cert`.

use x509_cert::der::{Decode, Encode, Error};

use crate::certificate::{Certificate, CertificateError};

/// Decodes the DER (feature `x509-cert`).
///
/// ```
/// use samlcert::Certificate;
///
/// let certificate = Certificate::from_pem(include_bytes!("../../tests/data/certificates/p256.pem"))?;
/// let decoded = x509_cert::Certificate::try_from(&certificate)?;
/// assert_eq!(decoded.tbs_certificate().serial_number().as_bytes(), certificate.serial());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`x509_cert::der::Error`] for what is read here and not by `x509-cert`: serial numbers of more than 21 octets, dates before
/// 1970, a `UniversalString`, object identifiers of more than 39 octets, with a number of more than 32 bits, or whose second
/// number is over 39.
impl TryFrom<&Certificate> for x509_cert::Certificate {
    type Error = Error;

    fn try_from(certificate: &Certificate) -> Result<Self, Error> {
        Self::from_der(certificate.der())
    }
}

/// Encodes the certificate, and reads it as [`Certificate::from_der`] does (feature `x509-cert`).
///
/// `x509-cert` keeps values, not bytes, and encodes some of them anew: a `GeneralizedTime` before 2050 becomes a `UTCTime`, a
/// set is sorted, `critical FALSE` is left out. The result then has other fingerprints, and its signature does not verify.
/// Where the bytes are at hand, read those.
///
/// ```
/// use samlcert::Certificate;
///
/// let certificate = Certificate::from_pem(include_bytes!("../../tests/data/certificates/p256.pem"))?;
/// let decoded = x509_cert::Certificate::try_from(&certificate)?;
/// assert_eq!(Certificate::try_from(&decoded)?, certificate);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`Certificate::from_der`].
impl TryFrom<&x509_cert::Certificate> for Certificate {
    type Error = CertificateError;

    fn try_from(certificate: &x509_cert::Certificate) -> Result<Self, CertificateError> {
        // Only what is too large for the lengths of `der` cannot be encoded.
        Self::from_der(&certificate.to_der().map_err(|_| CertificateError::TooLarge)?)
    }
}
