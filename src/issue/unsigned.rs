use super::{IssueError, lifetime};
use crate::certificate::{Certificate, SelfSignature};
use crate::entropy::{Entropy, EntropyError};
use crate::key::{KeyError, SignatureScheme};
use crate::time::Validity;
use crate::tlv::context;
use crate::tlv::writer as der;

/// The content of a serial number: positive, and of exactly 16 octets.
pub(crate) type Serial = [u8; 16];

/// Draws 16 octets, of which the first two bits become 01: never negative, never shorter, 126 bits of randomness
/// (RFC 5280, section 4.1.2.2).
pub(crate) fn random_serial(entropy: &mut dyn Entropy) -> Result<Serial, IssueError> {
    let mut serial = [0; 16];
    entropy.fill(&mut serial).map_err(|EntropyError| KeyError::EntropyFailed)?;
    let [first, ..] = &mut serial;
    *first = *first & 0x3f | 0x40;
    Ok(serial)
}

/// A self-signed certificate before it is signed.
pub(crate) struct Unsigned<'a> {
    /// 1, 2 or 3.
    pub(crate) version: u8,
    pub(crate) serial: Serial,
    pub(crate) scheme: SignatureScheme,
    /// The `Name`.
    pub(crate) issuer: &'a [u8],
    pub(crate) validity: Validity,
    /// All that follows the validity: the subject, the SPKI, what else the version has.
    pub(crate) subject_onwards: &'a [u8],
}

impl Unsigned<'_> {
    /// Has the signed part (RFC 5280, section 4.1.2) signed, reads the whole again, and verifies it.
    pub(crate) fn sign<E>(self, signer: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>) -> Result<Certificate, IssueError>
    where
        IssueError: From<E>,
    {
        let algorithm = self.scheme.identifier();
        let tbs = self.tbs(&algorithm);
        let signature = der::bits(&signer(&tbs)?);
        let certificate = Certificate::from_der(&der::sequence(&[&tbs, &algorithm, &signature]))?;
        match certificate.self_signature() {
            SelfSignature::Valid => Ok(certificate),
            _ => Err(IssueError::Unverified),
        }
    }

    fn tbs(&self, algorithm: &[u8]) -> der::Der {
        // Version 1 is the default, which DER leaves out.
        let version = match self.version.checked_sub(1) {
            None | Some(0) => der::Der::default(),
            Some(number) => der::value(context(0), &[&der::integer(&[number])]),
        };
        let (serial, validity) = (der::integer(&self.serial), lifetime::write(self.validity));
        der::sequence(&[&version, &serial, algorithm, self.issuer, &validity, self.subject_onwards])
    }
}
