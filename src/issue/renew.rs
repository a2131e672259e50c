//! Renews a certificate: the same key, subject and extensions, with a new serial number and validity.

use std::sync::Arc;

use super::self_signed::read_verified;
use super::serial::{Serial, random_serial};
use super::{IssueError, Lifetime};
use crate::certificate::{Certificate, SelfSignature};
use crate::entropy::Entropy;
use crate::key::KeyError;
use crate::pair::CertKeyPair;
use crate::time::{UnixTime, Validity};
use crate::tlv::writer::{self as der, Der};
use crate::tlv::{GENERALIZED_TIME, UTC_TIME, context};

/// Makes a new certificate for the key of a pair. Whoever verifies logins by the key sees no difference.
///
/// Version, subject, public key, unique identifiers and extensions are copied byte for byte. New are the serial number
/// (16 random octets), the validity, and the signature, with the default scheme for the key: RSA and P-256 with
/// SHA-256, P-384 with SHA-384, P-521 with SHA-512, Ed25519; a key restricted to PSS with the first of SHA-256, SHA-384
/// and SHA-512 that it allows. So a certificate of version 1 stays one, and one that was signed with MD5 or SHA-1 is
/// signed with SHA-256. The private key is shared, not copied.
///
/// Randomness is drawn in this order: the serial number, the salt of PSS. The result is read again and its signature
/// verified before it is returned.
///
/// # Errors
/// [`IssueError::SignedByCa`] for a certificate that its own key did not sign: make a [`csr`](crate::csr);
/// [`IssueError::SelfSignatureInvalid`] if its self-signature is wrong; [`IssueError::NamesSerial`] if its authority
/// key identifier names a serial number; [`IssueError::Date`] if the validity leaves the years 1950 to 9999;
/// [`IssueError::Certificate`] for one that grows over 64 KiB; [`IssueError::Key`] if the randomness fails or repeats the old
/// serial number; [`IssueError::Pair`] if the key does not sign.
pub fn renew(
    pair: &CertKeyPair,
    lifetime: Lifetime,
    now: UnixTime,
    entropy: &mut dyn Entropy,
) -> Result<CertKeyPair, IssueError> {
    check(pair)?;
    let (old, scheme) = (pair.certificate(), pair.default_scheme());
    let validity = lifetime.validity(now)?;
    let serial = random_serial(entropy)?;
    // Two certificates of one issuer never have the same serial number (RFC 5280, section 4.1.2.2).
    if serial == old.serial() {
        return Err(KeyError::EntropyFailed.into());
    }
    let algorithm = scheme.identifier();
    let tbs = tbs(old, &serial, &algorithm, validity);
    let signature = der::bits(&pair.sign(scheme, &tbs, entropy)?);
    let certificate = read_verified(&der::sequence(&[&tbs, &algorithm, &signature]))?;
    Ok(CertKeyPair::new(certificate, Arc::clone(pair.private_key()))?)
}

/// Checks that the certificate can be renewed by its own key. A signature whose hash or algorithm cannot be checked is
/// no obstacle: nothing of it goes into the new certificate.
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

/// The part to be signed (RFC 5280, section 4.1.2): the old one with another serial number, algorithm and validity. It
/// is put together from the old bytes, because decoding and encoding them again would change unusual encodings.
fn tbs(old: &Certificate, serial: &Serial, algorithm: &[u8], validity: Validity) -> Der {
    // Version 1 is the default, which DER leaves out.
    let version = match old.version().checked_sub(1) {
        None | Some(0) => Der::default(),
        Some(number) => der::value(context(0), &[&der::integer(&[number])]),
    };
    let dates = der::sequence(&[&date(validity.not_before()), &date(validity.not_after())]);
    der::sequence(&[&version, &der::integer(serial), algorithm, old.issuer_der(), &dates, old.subject_onwards()])
}

/// 2049-12-31T23:59:59Z, the last moment of a `UTCTime`.
const LAST_UTC_TIME: UnixTime = UnixTime(2_524_607_999);

/// `UTCTime` through 2049, `GeneralizedTime` from 2050 on (RFC 5280, section 4.1.2.5): the digits of RFC 3339, with Z,
/// the former without those of the century.
fn date(date: UnixTime) -> Der {
    let text = date.to_string();
    let digits: Vec<u8> = text.bytes().filter(|byte| byte.is_ascii_digit() || *byte == b'Z').collect();
    if date <= LAST_UTC_TIME {
        der::value(UTC_TIME, &[digits.get(2..).unwrap_or_default()])
    } else {
        der::value(GENERALIZED_TIME, &[&digits])
    }
}
