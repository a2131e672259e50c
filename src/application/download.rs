//! Certificates as files for people and service providers.

use super::error::StepError;
use super::place::{Next, PlacedCertificate, Stage};
use super::provider::{Capability, PasteFormat, ServiceProvider};
use super::record::Record;
use super::text::EntityId;
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use crate::time::UnixTime;

/// A file with certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// A name that no other content has: the application, the day from which on the first certificate is valid, and the
    /// first eight digits of the SHA-256 fingerprint of each, as in `shop-2026-11-24-4f3c9a1b.pem`.
    pub suggested_name: String,
    /// The content.
    pub content: Vec<u8>,
    /// The SHA-256 fingerprints of the certificates in it, in order.
    pub certificates: Vec<Fingerprint>,
}

/// A file that a service provider should be given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Export {
    /// The provider's entity ID.
    pub provider: EntityId,
    /// The file, in the form in which the provider wants it.
    pub download: Download,
}

impl Record {
    /// A certificate of this application as a file: the PEM that is usually named `certificate.pem`.
    #[must_use]
    pub fn download(&self, placed: &PlacedCertificate) -> Download {
        self.file(&[placed], PasteFormat::Pem, HashAlgorithm::Sha256)
    }

    /// The files that service providers should be given now, each in its form. A stale provider gets what its profile
    /// says, unless somebody has confirmed that it holds it. A provider that takes a single certificate gets the saved
    /// or published next one already, to put it in at the moment of the cut-over. A provider that pulls metadata gets
    /// nothing.
    #[must_use]
    pub fn exports(&self, now: UnixTime) -> Vec<Export> {
        let files = |provider| self.files_for(provider, now).into_iter().map(move |download| (provider, download));
        let all = self.providers.iter().flat_map(files);
        all.map(|(provider, download)| Export { provider: provider.entity_id.clone(), download }).collect()
    }

    /// The certificates of a service provider's profile as files in its form: one, or as many as there are certificates
    /// where the form holds one only.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn download_for(&self, provider: &EntityId) -> Result<Vec<Download>, StepError> {
        let provider = self.known(provider)?;
        Ok(self.files(&self.profile(provider).collect::<Vec<_>>(), provider))
    }

    /// The next certificate as a file in the form of a service provider, for the moment of the cut-over; `None` if
    /// there is none, or only a draft that does not sign as soon as it is saved.
    ///
    /// # Errors
    /// [`StepError::UnknownProvider`].
    pub fn next_download_for(&self, provider: &EntityId) -> Result<Option<Download>, StepError> {
        let provider = self.known(provider)?;
        Ok(self.files(&self.waiting().into_iter().collect::<Vec<_>>(), provider).pop())
    }

    /// The next certificate, once it is saved, or if saving it is the cut-over.
    fn waiting(&self) -> Option<&PlacedCertificate> {
        let is_ready = |next: &&Next| next.stage != Stage::Draft || self.saving_switches();
        self.next.as_ref().filter(is_ready).map(|next| &next.placed)
    }

    fn files_for(&self, provider: &ServiceProvider, now: UnixTime) -> Vec<Download> {
        let waiting = self.waiting();
        match provider.capability {
            Capability::Metadata { .. } => Vec::new(),
            _ if provider.holds_one() && waiting.is_some() => {
                let missing = waiting.filter(|placed| provider.known_to_hold(placed).is_none());
                self.files(&missing.into_iter().collect::<Vec<_>>(), provider)
            }
            _ if self.needs_export(provider, now) => self.files(&self.profile(provider).collect::<Vec<_>>(), provider),
            _ => Vec::new(),
        }
    }

    /// One file, or as many as there are certificates where the form holds one only.
    fn files(&self, certificates: &[&PlacedCertificate], provider: &ServiceProvider) -> Vec<Download> {
        let algorithm = match provider.capability {
            Capability::Fingerprint { algorithm } => algorithm,
            _ => HashAlgorithm::Sha256,
        };
        match provider.paste_format {
            _ if certificates.is_empty() => Vec::new(),
            format @ (PasteFormat::Pem | PasteFormat::PemCrlf) => vec![self.file(certificates, format, algorithm)],
            format => certificates.iter().map(|placed| self.file(&[placed], format, algorithm)).collect(),
        }
    }

    fn file(&self, certificates: &[&PlacedCertificate], format: PasteFormat, algorithm: HashAlgorithm) -> Download {
        let content = certificates.iter().flat_map(|placed| match format.form() {
            Some(form) => placed.certificate.write(form),
            None => format!("{}\n", placed.certificate.fingerprint(algorithm)).into_bytes(),
        });
        let content = content.collect();
        let fingerprints = certificates.iter().map(|placed| *placed.sha256()).collect();
        let suggested_name = self.file_name(certificates, format);
        Download { suggested_name, content, certificates: fingerprints }
    }

    fn file_name(&self, certificates: &[&PlacedCertificate], format: PasteFormat) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let id: String = self.id.as_str().chars().map(|c| if is_plain(c) { c } else { '_' }).take(64).collect();
        // A name that begins with a dot is hidden, one with a dash is an option.
        let id = id.trim_start_matches(['.', '-']).to_owned();
        let day = certificates.first().map(|placed| placed.certificate.validity().not_before().to_string());
        let day = day.and_then(|time| time.split('T').next().map(str::to_owned));
        let digests = certificates.iter().map(|placed| placed.sha256().to_hex().chars().take(8).collect());
        let extension = match format {
            PasteFormat::Pem | PasteFormat::PemCrlf => "pem",
            PasteFormat::Der => "cer",
            PasteFormat::OneLine | PasteFormat::Element | PasteFormat::Fingerprint => "txt",
        };
        let parts: Vec<String> = [id].into_iter().chain(day).chain(digests).filter(|part| !part.is_empty()).collect();
        format!("{}.{extension}", parts.join("-"))
    }
}
