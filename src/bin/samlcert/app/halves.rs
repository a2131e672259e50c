//! The files of a pair: a certificate, a private key, or both, as people have them.

use crate::input;
use crate::options::Options;
use crate::output::Failure;
use crate::reading::Reading;
use clap::Args;
use samlcert::{CertKeyPair, Certificate, ChoiceError, ErrorCode, Item, PairError, PrivateKey, choose_certificate};
use std::ffi::OsString;
use std::sync::Arc;

/// The files of a pair.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Read the certificate from this file, which may hold the key as well
    #[arg(long, value_name = "FILE")]
    certificate: Option<OsString>,
    /// Read the private key from this file
    #[arg(long, value_name = "FILE")]
    key: Option<OsString>,
}

/// What the files hold.
pub(super) enum Halves {
    /// One certificate, or several of a chain.
    Certificates(Vec<Certificate>),
    PrivateKey(Arc<PrivateKey>),
    Pair(CertKeyPair),
}

impl Files {
    pub(super) const fn are_given(&self) -> bool {
        self.certificate.is_some() || self.key.is_some()
    }

    /// Reads a pair, which must be complete.
    pub(super) fn pair(&self, options: &Options) -> Result<CertKeyPair, Failure> {
        match self.read(options)? {
            Halves::Pair(pair) => Ok(pair),
            Halves::Certificates(_) => Err(missing("private key", "--key")),
            Halves::PrivateKey(_) => Err(missing("certificate", "--certificate")),
        }
    }

    /// Reads one half, or both.
    pub(super) fn read(&self, options: &Options) -> Result<Halves, Failure> {
        let files = [self.certificate.as_deref(), self.key.as_deref()];
        input::at_most_one_stdin(&files.into_iter().flatten().collect::<Vec<_>>(), options)?;
        let password = input::password(options)?;
        let password = password.as_ref().map(|password| password.as_slice());
        let (mut certificates, mut key) = (Vec::new(), None);
        if let Some(file) = &self.certificate {
            let input = input::read(file)?;
            let reading = Reading::new(&input, password);
            certificates = certificates_of(&reading)?;
            key = if self.key.is_none() { key_beside(reading)? } else { None };
        }
        if let Some(file) = &self.key {
            let input = input::read(file)?;
            key = Some(key_of(Reading::new(&input, password))?);
        }
        join(certificates, key)
    }
}

fn missing(what: &str, argument: &str) -> Failure {
    let message = format!("the {what} is missing, and a pair needs both halves; add {argument} FILE");
    Failure::new(ErrorCode::Usage, message)
}

fn certificates_of(reading: &Reading<'_>) -> Result<Vec<Certificate>, Failure> {
    let found = reading.certificates();
    if found.is_empty() { Err(unread(reading, "certificate", ErrorCode::NoCertificate)) } else { Ok(found) }
}

/// The key that the file of the certificate holds as well, if there is one.
fn key_beside(reading: Reading<'_>) -> Result<Option<Arc<PrivateKey>>, Failure> {
    let is_key = |item: &Item| !matches!(item, Item::Certificate(_));
    let has_key = reading.entries.iter().any(|entry| is_key(entry.item()));
    has_key.then(|| key_of(reading)).transpose()
}

/// The only key in a file.
fn key_of(reading: Reading<'_>) -> Result<Arc<PrivateKey>, Failure> {
    let missing = unread(&reading, "private key", ErrorCode::NoPrivateKey);
    let key = reading.into_private_key().map_err(|reason| Failure::new(reason.code(), reason.message().to_owned()))?;
    key.ok_or(missing)
}

/// Why there is no such item: it was refused, or it is missing.
fn unread(reading: &Reading<'_>, wanted: &str, code: ErrorCode) -> Failure {
    match reading.refused.first() {
        Some(refused) => reading.failure(refused),
        None => Failure::new(code, reading.missing(wanted)),
    }
}

fn join(certificates: Vec<Certificate>, key: Option<Arc<PrivateKey>>) -> Result<Halves, Failure> {
    match (certificates.is_empty(), key) {
        (false, Some(key)) => {
            let certificate = choose_certificate(&certificates, &[key.public_key()])?;
            Ok(Halves::Pair(CertKeyPair::new(certificate.clone(), key)?))
        }
        (false, None) => Ok(Halves::Certificates(certificates)),
        (true, Some(key)) => Ok(Halves::PrivateKey(key)),
        (true, None) => {
            let message = "give --certificate FILE, --key FILE, or both";
            Err(Failure::new(ErrorCode::Usage, message.to_owned()))
        }
    }
}

/// A key that no certificate belongs to is a clear no.
impl From<ChoiceError> for Failure {
    fn from(error: ChoiceError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        if error.code() == ErrorCode::Mismatch { failure.refused() } else { failure }
    }
}

/// A mismatch is a clear no.
impl From<PairError> for Failure {
    fn from(error: PairError) -> Self {
        Self::new(error.code(), error.to_string()).refused()
    }
}
