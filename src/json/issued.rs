//! What was generated, renewed or requested, as JSON.

use crate::certificate::Certificate;
use crate::digest::HashAlgorithm;
use crate::hex;
use crate::issue::CertificateRequest;
use crate::pair::CertKeyPair;
use crate::pem::Form;
use serde::Serialize;

/// A pair that was made, as `samlcert generate` prints it:
/// `{"certificate":{…},"key_file":s,"key_encrypted":bool}` with an [`IssuedCertificate`].
#[derive(Clone, Debug, Serialize)]
pub struct IssuedPair {
    certificate: IssuedCertificate,
    key_file: String,
    key_encrypted: bool,
}

impl IssuedPair {
    /// Of a pair, the names of the files that certificate and key stand in, and whether the latter is encrypted.
    #[must_use]
    pub fn new(pair: &CertKeyPair, [certificate_file, key_file]: [String; 2], key_encrypted: bool) -> Self {
        Self {
            certificate: IssuedCertificate::new(pair.certificate(), Some(certificate_file)),
            key_file,
            key_encrypted,
        }
    }
}

/// A certificate that was renewed, as `samlcert renew` prints it: `{"certificate":{…}}` with an [`IssuedCertificate`].
#[derive(Clone, Debug, Serialize)]
pub struct Renewed {
    certificate: IssuedCertificate,
}

impl Renewed {
    /// Of a certificate, and the name of the file that it stands in.
    #[must_use]
    pub fn new(certificate: &Certificate, file: Option<String>) -> Self {
        Self { certificate: IssuedCertificate::new(certificate, file) }
    }
}

/// A certificate that was made: `{"file":s|null,"sha256":hex,"spki_sha256":hex,"serial":hex,"subject":s,`
/// `"not_before":unix,"not_after":unix,"key":s,"bits":n,"pem":s}`.
#[derive(Clone, Debug, Serialize)]
pub struct IssuedCertificate {
    file: Option<String>,
    sha256: String,
    spki_sha256: String,
    serial: String,
    subject: String,
    not_before: i64,
    not_after: i64,
    key: &'static str,
    bits: Option<u32>,
    pem: String,
}

impl IssuedCertificate {
    fn new(certificate: &Certificate, file: Option<String>) -> Self {
        Self {
            file,
            sha256: certificate.fingerprint(HashAlgorithm::Sha256).to_hex(),
            spki_sha256: certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
            serial: hex::to_lower(certificate.serial()),
            subject: certificate.subject(),
            not_before: certificate.validity().not_before().0,
            not_after: certificate.validity().not_after().0,
            key: certificate.key_algorithm().as_str(),
            bits: certificate.key_bits(),
            pem: text(certificate.write(Form::Pem)),
        }
    }
}

/// A request, as `samlcert csr` prints it: `{"request":{"file":s|null,"spki_sha256":hex,"subject":s,"key":s,"bits":n,"pem":s}}`.
#[derive(Clone, Debug, Serialize)]
pub struct Requested {
    request: Request,
}

#[derive(Clone, Debug, Serialize)]
struct Request {
    file: Option<String>,
    spki_sha256: String,
    subject: String,
    key: &'static str,
    bits: Option<u32>,
    pem: String,
}

impl Requested {
    /// Of a request, the certificate that it was made from, and the name of the file that it stands in.
    #[must_use]
    pub fn new(certificate: &Certificate, request: &CertificateRequest, file: Option<String>) -> Self {
        Self {
            request: Request {
                file,
                spki_sha256: certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
                subject: certificate.subject(),
                key: certificate.key_algorithm().as_str(),
                bits: certificate.key_bits(),
                pem: text(request.write(Form::Pem).unwrap_or_default()),
            },
        }
    }
}

/// PEM is ASCII.
fn text(pem: Vec<u8>) -> String {
    String::from_utf8(pem).unwrap_or_default()
}
