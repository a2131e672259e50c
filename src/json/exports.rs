//! The files that service providers get, as JSON.

use crate::application;
use serde::Serialize;

/// What service providers should be given: `{"exports":[{"entity_id":s,"suggested_name":s,"bytes":n,`
/// `"certificates":[hex]}]}`, with the size of each file and the SHA-256 fingerprints of the certificates in it,
/// without the content.
#[derive(Clone, Debug, Serialize)]
pub struct Exports {
    exports: Vec<Export>,
}

impl From<&[application::Export]> for Exports {
    fn from(exports: &[application::Export]) -> Self {
        Self { exports: exports.iter().map(Export::new).collect() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Export {
    entity_id: String,
    #[serde(flatten)]
    download: Download,
}

impl Export {
    fn new(export: &application::Export) -> Self {
        Self { entity_id: export.provider.as_str().to_owned(), download: Download::from(&export.download) }
    }
}

/// A file with certificates, without its content: `{"suggested_name":s,"bytes":n,"certificates":[hex]}`.
#[derive(Clone, Debug, Serialize)]
pub struct Download {
    suggested_name: String,
    bytes: usize,
    certificates: Vec<String>,
}

impl From<&application::Download> for Download {
    fn from(download: &application::Download) -> Self {
        Self {
            suggested_name: download.suggested_name.clone(),
            bytes: download.content.len(),
            certificates: download.certificates.iter().map(|sha256| sha256.to_hex()).collect(),
        }
    }
}
