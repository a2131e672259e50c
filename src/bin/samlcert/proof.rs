//! Proves that a private key belongs to a certificate, or says why it does not: for `check`, `renew` and `csr`.

use crate::input::{self, Input};
use crate::options::Options;
use crate::output::Failure;
use crate::reading::{BlockKind, Reading, Refused};
use clap::Args;
use samlcert::json::{CheckSource, Verdict};
use samlcert::{
    CertKeyPair, Certificate, ErrorCode, Fingerprint, HashAlgorithm, Item, PrivateKey, Span, SystemEntropy,
    choose_certificate,
};
use std::ffi::OsString;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Read the certificate from this file, which may hold the key as well if KEY is left out
    #[arg(value_name = "CERT")]
    certificate: OsString,
    /// Read the private key from this file
    #[arg(value_name = "KEY")]
    key: Option<OsString>,
}

/// The pair in the files, proven by a test signature.
pub(crate) fn proven(command: &Arguments, options: &Options) -> Result<CertKeyPair, Failure> {
    let answer = answer(command, options)?;
    answer.pair.clone().ok_or_else(|| answer.into_failure())
}

/// The verdict on the certificate and the key in the files.
pub(crate) fn answer(command: &Arguments, options: &Options) -> Result<Answer, Failure> {
    let files = [Some(&command.certificate), command.key.as_ref()];
    input::at_most_one_stdin(&files.into_iter().flatten().map(|file| file.as_os_str()).collect::<Vec<_>>(), options)?;
    let password = input::password(options)?;
    let password = password.as_ref().map(|password| password.as_slice());
    let certificate_input = input::read(&command.certificate)?;
    let key_input = command.key.as_deref().map(input::read).transpose()?;
    Ok(judge(&certificate_input, key_input.as_ref(), password))
}

/// A verdict, its reason, and what it is about.
pub(crate) struct Answer {
    pub(crate) verdict: Verdict,
    /// `None` for a match.
    pub(crate) code: Option<ErrorCode>,
    pub(crate) message: String,
    /// The reason, shown at its place in the input.
    pub(crate) pointed: Option<String>,
    pub(crate) place: Option<(CheckSource, Span)>,
    /// How many blocks were refused, of whatever kind.
    pub(crate) refused: usize,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) key: Option<Fingerprint>,
    /// The pair of a match.
    pub(crate) pair: Option<CertKeyPair>,
}

impl Answer {
    const fn new(verdict: Verdict, code: ErrorCode, message: String) -> Self {
        Self {
            verdict,
            code: Some(code),
            message,
            pointed: None,
            place: None,
            refused: 0,
            certificate: None,
            key: None,
            pair: None,
        }
    }

    /// Why there is no pair, for a command that needs one.
    fn into_failure(self) -> Failure {
        let failure = Failure::new(self.code.unwrap_or(ErrorCode::Mismatch), self.message);
        let failure = match (self.place, self.pointed) {
            (Some((_, span)), Some(pointed)) => failure.at(span, pointed),
            _ => failure,
        };
        if self.verdict == Verdict::Mismatch { failure.refused() } else { failure }
    }
}

/// The certificate is judged before the key, and both before the pair.
fn judge(certificate_input: &Input, key_input: Option<&Input>, password: Option<&[u8]>) -> Answer {
    let first = Read { reading: Reading::new(certificate_input, password), source: CheckSource::Certificate };
    let second = key_input.map(|input| Read { reading: Reading::new(input, password), source: CheckSource::Key });
    let refused = [Some(&first), second.as_ref()].into_iter().flatten().map(|read| read.reading.refused.len()).sum();
    Answer { refused, ..judge_both(first, second) }
}

fn judge_both(first: Read<'_>, second: Option<Read<'_>>) -> Answer {
    let certificates = first.reading.certificates();
    if let Some(answer) = unusable_certificates(&first, second.as_ref(), &certificates) {
        return answer;
    }
    let keys = second.as_ref().unwrap_or(&first);
    let unread = first
        .refused_of(BlockKind::Certificate, Verdict::InvalidCertificate)
        .or_else(|| keys.refused_of(BlockKind::Key, Verdict::InvalidKey));
    let mut answer = match private_key(second.unwrap_or(first)) {
        Ok(key) => pair(&certificates, key),
        Err(answer) => *answer,
    };
    // A block that cannot be read may be the one that matches: that is not a mismatch.
    if let (Verdict::Mismatch, Some(unread)) = (answer.verdict, unread) {
        answer = Answer { key: answer.key, ..unread };
    }
    if let (None, [one]) = (&answer.certificate, certificates.as_slice()) {
        answer.certificate = Some(one.clone());
    }
    answer
}

/// The answer if no certificate can be part of a pair.
fn unusable_certificates(first: &Read<'_>, second: Option<&Read<'_>>, certificates: &[Certificate]) -> Option<Answer> {
    let verdict = Verdict::InvalidCertificate;
    let Some(one) = certificates.first() else {
        let refused =
            first.refused_of(BlockKind::Certificate, verdict).or_else(|| first.refused_of(BlockKind::Unknown, verdict));
        let message = if second.is_some_and(|second| are_swapped(first, second)) {
            "the arguments are swapped: the first holds the private key, the second the certificate; give the \
             certificate first"
                .to_owned()
        } else {
            first.reading.missing("certificate")
        };
        return Some(refused.unwrap_or_else(|| Answer::new(verdict, ErrorCode::NoCertificate, message)));
    };
    if certificates.iter().any(|certificate| certificate.key_algorithm().can_sign_saml()) {
        return None;
    }
    let message = format!(
        "the certificate is for a key that cannot sign SAML ({}); these kinds can: RSA, P-256, P-384, P-521, Ed25519",
        one.key_algorithm()
    );
    Some(Answer::new(verdict, ErrorCode::UnsupportedCertificateKey, message))
}

/// Returns true if the second argument holds the certificate, and the first one only a private key.
fn are_swapped(first: &Read<'_>, second: &Read<'_>) -> bool {
    let is_certificate = |item: &Item| matches!(item, Item::Certificate(_));
    let has_items = !first.reading.entries.is_empty();
    has_items && second.reading.entries.iter().any(|entry| is_certificate(entry.item()))
}

/// What one of the files holds.
struct Read<'a> {
    reading: Reading<'a>,
    source: CheckSource,
}

impl Read<'_> {
    /// The first refused block of a kind, as an answer.
    fn refused_of(&self, kind: BlockKind, verdict: Verdict) -> Option<Answer> {
        let refused = self.reading.refused.iter().find(|refused| refused.kind == kind)?;
        let message = match (verdict, refused.code) {
            (Verdict::InvalidKey, ErrorCode::PublicKey) => {
                "this is a public key; the private key that belongs to the certificate is needed".to_owned()
            }
            _ => refused.message.clone(),
        };
        let refused = Refused { message, ..*refused };
        let pointed = Some(self.reading.point(&refused));
        let answer = Answer::new(verdict, refused.code, refused.message);
        Some(Answer { pointed, place: Some((self.source, refused.span)), ..answer })
    }

    fn no_private_key(&self) -> Answer {
        let mut message = self.reading.missing("private key");
        if self.source == CheckSource::Certificate {
            message.push_str("; the KEY argument is missing: samlcert check CERT KEY");
        }
        Answer::new(Verdict::InvalidKey, ErrorCode::NoPrivateKey, message)
    }
}

/// The only private key in an argument.
fn private_key(read: Read<'_>) -> Result<Arc<PrivateKey>, Box<Answer>> {
    let verdict = Verdict::InvalidKey;
    let missing = read
        .refused_of(BlockKind::Key, verdict)
        .or_else(|| read.refused_of(BlockKind::Unknown, verdict))
        .unwrap_or_else(|| read.no_private_key());
    let key = read.reading.into_private_key();
    let key = key.map_err(|reason| Answer::new(verdict, reason.code(), reason.message().to_owned()))?;
    key.ok_or_else(|| Box::new(missing))
}

/// Exactly one certificate, of a chain for example, must belong to the key.
fn pair(certificates: &[Certificate], key: Arc<PrivateKey>) -> Answer {
    let fingerprint = key.public_key().fingerprint(HashAlgorithm::Sha256);
    let answer = match choose_certificate(certificates, &[key.public_key()]) {
        Ok(certificate) => pair_with(certificate, key),
        Err(error) => {
            let verdict = match error.code() {
                ErrorCode::Mismatch => Verdict::Mismatch,
                _ => Verdict::InvalidCertificate,
            };
            Answer::new(verdict, error.code(), error.to_string())
        }
    };
    Answer { key: Some(fingerprint), ..answer }
}

fn pair_with(certificate: &Certificate, key: Arc<PrivateKey>) -> Answer {
    let proven = CertKeyPair::new(certificate.clone(), key)
        .and_then(|pair| pair.test_signature(&mut SystemEntropy).map(|()| pair));
    let answer = match proven {
        Ok(pair) => {
            let message = "the private key belongs to the certificate; verified by a test signature";
            Answer {
                code: None,
                pair: Some(pair),
                ..Answer::new(Verdict::Match, ErrorCode::Mismatch, message.to_owned())
            }
        }
        Err(error) => {
            let verdict = match error.code() {
                ErrorCode::Mismatch => Verdict::Mismatch,
                ErrorCode::UnsupportedCertificateKey => Verdict::InvalidCertificate,
                _ => Verdict::InvalidKey,
            };
            Answer::new(verdict, error.code(), error.to_string())
        }
    };
    Answer { certificate: Some(certificate.clone()), ..answer }
}
