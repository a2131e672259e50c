//! What a paste holds, as JSON: each item with its facts, and what was refused.

use super::{Extensions, Problem, RepairPlace, repairs, span};
use crate::certificate::{Certificate, SelfSignature};
use crate::digest::HashAlgorithm;
use crate::hex;
use crate::key::{PrivateKey, PublicKey};
use crate::normalize::{Item, Normalized, NormalizedItem, Note};
use serde::Serialize;

/// What a text holds, as `samlcert inspect` prints it: `{"items":[…],"refused":[…]}` with an [`InspectedItem`] and a
/// [`Problem`] each, in the order of the text. One of the two lists is not empty.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    items: Vec<InspectedItem>,
    refused: Vec<Problem>,
}

impl Inspection {
    /// Of items and refusals that were put together by the caller.
    #[must_use]
    pub const fn new(items: Vec<InspectedItem>, refused: Vec<Problem>) -> Self {
        Self { items, refused }
    }
}

impl From<&Normalized> for Inspection {
    fn from(normalized: &Normalized) -> Self {
        Self::new(
            normalized.items().iter().map(InspectedItem::new).collect(),
            normalized.refused().iter().map(Problem::from).collect(),
        )
    }
}

/// An item of an [`Inspection`], in one of three forms:
///
/// - `{"kind":"certificate","sha256":hex,"sha1":hex,"spki_sha256":hex,"serial":hex,"subject":s,"issuer":s,`
///   `"not_before":unix,"not_after":unix,"key":s,"bits":n|null,"self_signature":"valid"|"not-checked"|"none",`
///   `"extensions":[…],"label":s,"span":[a,b],"repairs":[{"code":s,"span":[a,b]}],"notes":[s]}`
/// - `{"kind":"private-key","spki_sha256":hex,"key":s,"bits":n|null,"was_encrypted":bool,"label":s,"span":[a,b],`
///   `"repairs":[…],"notes":[…]}`
/// - `{"kind":"encrypted-private-key","sha256":hex,"label":s,"span":[a,b],"repairs":[…],"notes":[…]}`
///
/// `serial` is the content of the DER INTEGER; `key` a name of [`KeyAlgorithm`](crate::KeyAlgorithm); `bits` null for a
/// kind without a size; `extensions` those of [`Extensions`]; `label` "" where the text had none; `sha256` of an
/// encrypted key that of the encrypted DER, or of the ciphertext where `Proc-Type` headers say how it is encrypted.
#[derive(Clone, Debug, Serialize)]
pub struct InspectedItem {
    #[serde(flatten)]
    facts: Facts,
    #[serde(flatten)]
    place: Place,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Facts {
    Certificate(CertificateFacts),
    PrivateKey(KeyFacts),
    EncryptedPrivateKey { sha256: String },
}

#[derive(Clone, Debug, Serialize)]
struct CertificateFacts {
    sha256: String,
    sha1: String,
    spki_sha256: String,
    serial: String,
    subject: String,
    issuer: String,
    not_before: i64,
    not_after: i64,
    key: &'static str,
    bits: Option<u32>,
    self_signature: &'static str,
    #[serde(flatten)]
    extensions: Extensions,
}

#[derive(Clone, Debug, Serialize)]
struct KeyFacts {
    spki_sha256: String,
    key: &'static str,
    bits: Option<u32>,
    was_encrypted: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Place {
    label: String,
    span: [usize; 2],
    repairs: Vec<RepairPlace>,
    notes: Vec<&'static str>,
}

impl InspectedItem {
    /// An item as it was found.
    #[must_use]
    pub fn new(found: &NormalizedItem) -> Self {
        let facts = match found.item() {
            Item::Certificate(certificate) => Facts::Certificate(certificate_facts(certificate, found.notes())),
            Item::PrivateKey(key) => Facts::PrivateKey(key_facts(key.public_key(), false)),
            Item::Encrypted(key) => Facts::EncryptedPrivateKey { sha256: sha256(key.encrypted_bytes()) },
        };
        Self { facts, place: Place::new(found, found.notes()) }
    }

    /// An encrypted key as it was found, that its password has opened.
    #[must_use]
    pub fn opened(found: &NormalizedItem, key: &PrivateKey) -> Self {
        Self {
            facts: Facts::PrivateKey(key_facts(key.public_key(), true)),
            place: Place::new(found, &Note::of_private_key(key)),
        }
    }
}

impl Place {
    fn new(found: &NormalizedItem, notes: &[Note]) -> Self {
        Self {
            label: found.label().to_owned(),
            span: span(found.span()),
            repairs: repairs(found),
            notes: notes.iter().map(|note| note.as_str()).collect(),
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::to_lower(HashAlgorithm::Sha256.digest(bytes).as_ref())
}

fn certificate_facts(certificate: &Certificate, notes: &[Note]) -> CertificateFacts {
    let validity = certificate.validity();
    CertificateFacts {
        sha256: certificate.fingerprint(HashAlgorithm::Sha256).to_hex(),
        sha1: certificate.fingerprint(HashAlgorithm::Sha1).to_hex(),
        spki_sha256: certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
        serial: hex::to_lower(certificate.serial()),
        subject: certificate.subject(),
        issuer: certificate.issuer(),
        not_before: validity.not_before().0,
        not_after: validity.not_after().0,
        key: certificate.key_algorithm().as_str(),
        bits: certificate.key_bits(),
        self_signature: self_signature(certificate, notes),
        extensions: certificate.into(),
    }
}

/// What reading the text has found: there, not every signature is verified.
fn self_signature(certificate: &Certificate, notes: &[Note]) -> &'static str {
    if !notes.contains(&Note::UnprovenContent) {
        return "valid";
    }
    match certificate.self_signature() {
        SelfSignature::NotSelfSigned => "none",
        _ => "not-checked",
    }
}

fn key_facts(key: &PublicKey, was_encrypted: bool) -> KeyFacts {
    KeyFacts {
        spki_sha256: key.fingerprint(HashAlgorithm::Sha256).to_hex(),
        key: key.algorithm().as_str(),
        bits: key.bits(),
        was_encrypted,
    }
}
