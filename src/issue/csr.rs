//! Certificate signing requests (PKCS#10, RFC 2986).

use core::fmt;

use der::asn1::{AnyRef, BitStringRef, SetOfVec};
use der::{Decode, Encode, Sequence};

use super::IssueError;
use crate::certificate::Certificate;
use crate::entropy::Entropy;
use crate::key::KeyError;
use crate::pair::CertKeyPair;
use crate::pem::{self, Form};

/// A certificate signing request (PKCS#10, RFC 2986), from which a CA makes a certificate for a key.
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

    /// Writes the request in a strict form; `None` for [`Form::Element`], which only certificates have.
    #[must_use]
    pub fn write(&self, form: Form) -> Option<Vec<u8>> {
        pem::write(pem::Label::CertificateRequest, "", &self.der, form).map(|written| written.to_vec())
    }
}

impl fmt::Debug for CertificateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateRequest({} bytes)", self.der.len())
    }
}

/// Makes a request for the key of a pair, with the subject and key of the certificate and no attributes, signed with
/// the default scheme for the key.
///
/// The certificate that the CA returns is for the same key; use it like any other.
///
/// Only a key restricted to PSS draws from `entropy`, for the salt.
///
/// # Errors
/// [`IssueError::Pair`] if the pair does not sign.
pub fn csr(pair: &CertKeyPair, entropy: &mut dyn Entropy) -> Result<CertificateRequest, IssueError> {
    let scheme = pair.default_scheme();
    let info = Info::of(pair.certificate()).map_err(KeyError::unwritten)?;
    let signature = pair.sign(scheme, &info.to_der().map_err(KeyError::unwritten)?, entropy)?;
    let der = write(info, &scheme.identifier(), &signature).map_err(KeyError::unwritten)?;
    Ok(CertificateRequest { der })
}

/// `CertificationRequestInfo` (RFC 2986, section 4.1).
#[derive(Sequence)]
struct Info<'a> {
    version: u8,
    subject: AnyRef<'a>,
    subject_public_key_info: AnyRef<'a>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    attributes: SetOfVec<AnyRef<'a>>,
}

impl<'a> Info<'a> {
    /// The subject and key of the certificate, byte for byte.
    fn of(certificate: &'a Certificate) -> der::Result<Self> {
        let (subject, spki) = (certificate.subject_der(), certificate.spki_der());
        Ok(Self {
            version: 0,
            subject: AnyRef::from_der(subject)?,
            subject_public_key_info: AnyRef::from_der(spki)?,
            attributes: SetOfVec::new(),
        })
    }
}

/// `CertificationRequest` (RFC 2986, section 4.2).
#[derive(Sequence)]
struct Request<'a> {
    info: Info<'a>,
    algorithm: AnyRef<'a>,
    signature: BitStringRef<'a>,
}

fn write(info: Info<'_>, algorithm: &[u8], signature: &[u8]) -> der::Result<Vec<u8>> {
    let (algorithm, signature) = (AnyRef::from_der(algorithm)?, BitStringRef::from_bytes(signature)?);
    Request { info, algorithm, signature }.to_der()
}
