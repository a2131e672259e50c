use core::fmt;

use super::IssueError;
use crate::der;
use crate::entropy::Entropy;
use crate::pair::CertKeyPair;
use crate::pem::{self, Form};
use crate::tlv::context;

/// A PKCS#10 certification request (RFC 2986), as a CA takes it to sign a certificate for a key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CertificateRequest {
    der: Vec<u8>,
}

impl CertificateRequest {
    /// The DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Writes the request in a strict form; `None` for [`Form::Element`], which is of certificates.
    #[must_use]
    pub fn write(&self, form: Form) -> Option<Vec<u8>> {
        pem::write("CERTIFICATE REQUEST", "", &self.der, form).map(|written| written.to_vec())
    }
}

impl fmt::Debug for CertificateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateRequest({} bytes)", self.der.len())
    }
}

/// Makes a request for the key of a pair: subject and key as they stand in the certificate, no attributes, signed with the
/// scheme that is usual for the key.
///
/// The certificate that comes back from the CA is for the same key, and is taken in like any other.
///
/// Only a key restricted to PSS takes randomness: the salt.
///
/// # Errors
/// [`IssueError::Pair`] if the pair does not sign.
pub fn csr(pair: &CertKeyPair, entropy: &mut dyn Entropy) -> Result<CertificateRequest, IssueError> {
    let (certificate, scheme) = (pair.certificate(), pair.usual_scheme());
    let attributes = der::value(context(0), &[]);
    let info = der::sequence(&[&der::integer(&[0]), certificate.subject_der(), certificate.spki_der(), &attributes]);
    let signature = der::bits(&pair.sign(scheme, &info, entropy)?);
    Ok(CertificateRequest { der: der::sequence(&[&info, &scheme.identifier(), &signature]).to_vec() })
}
