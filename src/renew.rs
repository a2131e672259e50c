use std::sync::Arc;

use crate::certificate::SelfSignature;
use crate::entropy::Entropy;
use crate::issue::{IssueError, Lifetime, Unsigned, random_serial};
use crate::key::KeyError;
use crate::pair::CertKeyPair;
use crate::time::UnixTime;

/// Makes a new certificate for the key of a pair: who checks logins by the key notices nothing.
///
/// Version, subject, public key, unique identifiers and extensions are copied as bytes, whatever stands there. New are the
/// serial number (16 octets, at random), the validity, and the signature, with the scheme that is usual for the key: RSA
/// and P-256 with SHA-256, P-384 with SHA-384, P-521 with SHA-512, Ed25519; a key restricted to PSS with the first of
/// SHA-256, SHA-384 and SHA-512 that it allows. So a certificate of version 1 stays one, and one that was signed with MD5
/// or SHA-1 is signed with SHA-256. The private key is shared, not copied.
///
/// The randomness is taken in this order: the serial number, the salt of PSS. What is given out was read again, and its
/// signature verified.
///
/// # Errors
/// [`IssueError::SignedByCa`] for a certificate that its own key did not sign: make a [`csr`](crate::csr);
/// [`IssueError::SelfSignatureInvalid`] if it says so wrongly; [`IssueError::NamesSerial`] if its authority key
/// identifier names a serial number; [`IssueError::Date`] if the validity leaves the years 1950 to 9999;
/// [`IssueError::Certificate`] for one that grows over 64 KiB; [`IssueError::Key`] if the randomness fails or repeats the old
/// serial number; [`IssueError::Pair`] if the key does not sign.
pub fn renew(
    pair: &CertKeyPair,
    lifetime: Lifetime,
    now: UnixTime,
    entropy: &mut dyn Entropy,
) -> Result<CertKeyPair, IssueError> {
    check(pair)?;
    let (old, scheme) = (pair.certificate(), pair.usual_scheme());
    let validity = lifetime.validity(now)?;
    let serial = random_serial(entropy)?;
    // Two certificates of one issuer never have the same (RFC 5280, section 4.1.2.2).
    if serial == old.serial() {
        return Err(KeyError::EntropyFailed.into());
    }
    let (version, issuer, subject_onwards) = (old.version(), old.issuer_der(), old.subject_onwards());
    let unsigned = Unsigned { version, serial, scheme, issuer, validity, subject_onwards };
    let certificate = unsigned.sign(|tbs| pair.sign(scheme, tbs, entropy))?;
    Ok(CertKeyPair::new(certificate, Arc::clone(pair.private_key()))?)
}

/// Whether the certificate can be renewed by its own key. A signature that cannot be checked, for its hash or algorithm,
/// is no reason against it: nothing of it goes into the new certificate.
fn check(pair: &CertKeyPair) -> Result<(), IssueError> {
    let certificate = pair.certificate();
    match certificate.self_signature() {
        SelfSignature::Invalid => Err(IssueError::SelfSignatureInvalid),
        SelfSignature::NotSelfSigned => Err(IssueError::SignedByCa),
        _ if !certificate.is_self_issued() => Err(IssueError::SignedByCa),
        _ if certificate.names_serial() => Err(IssueError::NamesSerial),
        SelfSignature::Valid | SelfSignature::NotChecked(_) => Ok(()),
    }
}
