//! The JSON forms (feature `serde`): what the program prints with `--json`, and what bindings hand on.
//!
//! Rules that hold for all of them: hexadecimal is lower case without separators; a `span` is `[start, end]` in bytes
//! of the input as it was given, start inclusive, end exclusive; times are seconds since 1970 in UTC; names are the text
//! of RFC 4514; `code` and `number` are those of [`ErrorCode`]. Fields may be added later; none changes its meaning.
//!
//! Serialize the types here with `serde_json` or another serializer; how each looks stands at its type.

use crate::certificate::{Certificate, SelfSignature};
use crate::compare::Comparison;
use crate::digest::HashAlgorithm;
use crate::error_code::ErrorCode;
use crate::fingerprint::{Fingerprint, FingerprintError};
use crate::key::{PrivateKey, PublicKey};
use crate::normalize::{Found, Item, Normalized, Note, Refusal};
use crate::pem::{Form, Repair};
use crate::span::Span;
use core::fmt;
use serde::{Serialize, Serializer};

/// What was refused or failed, and why: `{"code":s,"number":n,"message":s,"span":[a,b]|null}`.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    code: &'static str,
    number: u32,
    message: String,
    span: Option<[usize; 2]>,
}

impl Problem {
    /// A problem with its place in the input, where it has one.
    #[must_use]
    pub const fn new(code: ErrorCode, message: String, span: Option<Span>) -> Self {
        let span = match span {
            Some(span) => Some([span.start, span.end]),
            None => None,
        };
        Self { code: code.as_str(), number: code.number(), message, span }
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        Self::new(refusal.code(), refusal.to_string(), Some(refusal.span()))
    }
}

impl From<&FingerprintError> for Problem {
    fn from(error: &FingerprintError) -> Self {
        Self::new(error.code(), error.to_string(), Some(error.span()))
    }
}

/// What every command prints if it cannot do its work: `{"error":{…}}` with a [`Problem`].
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    error: Problem,
}

impl From<Problem> for Failure {
    fn from(error: Problem) -> Self {
        Self { error }
    }
}

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
///   `"label":s,"span":[a,b],"repairs":[{"code":s,"span":[a,b]}],"notes":[s]}`
/// - `{"kind":"private-key","spki_sha256":hex,"key":s,"bits":n|null,"was_encrypted":bool,"label":s,"span":[a,b],`
///   `"repairs":[…],"notes":[…]}`
/// - `{"kind":"encrypted-private-key","sha256":hex,"label":s,"span":[a,b],"repairs":[…],"notes":[…]}`
///
/// `serial` is the content of the DER INTEGER; `key` a name of [`KeyAlgorithm`](crate::KeyAlgorithm); `bits` null for a
/// kind without a size; `label` "" where the text had none; `sha256` of an encrypted key that of the encrypted DER, or
/// of the ciphertext where `Proc-Type` headers say how it is encrypted.
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

#[derive(Clone, Debug, Serialize)]
struct RepairPlace {
    code: &'static str,
    span: [usize; 2],
}

impl InspectedItem {
    /// An item as it was found.
    #[must_use]
    pub fn new(found: &Found) -> Self {
        let facts = match found.item() {
            Item::Certificate(certificate) => Facts::Certificate(certificate_facts(certificate, found.notes())),
            Item::PrivateKey(key) => Facts::PrivateKey(key_facts(key.public_key(), false)),
            Item::Encrypted(key) => Facts::EncryptedPrivateKey { sha256: sha256(key.encrypted_bytes()) },
        };
        Self { facts, place: Place::new(found, found.notes()) }
    }

    /// An encrypted key as it was found, that its password has opened.
    #[must_use]
    pub fn opened(found: &Found, key: &PrivateKey) -> Self {
        let notes: &[Note] = if key.embeds_public_half() { &[] } else { &[Note::UnprovenContent] };
        Self { facts: Facts::PrivateKey(key_facts(key.public_key(), true)), place: Place::new(found, notes) }
    }
}

impl Place {
    fn new(found: &Found, notes: &[Note]) -> Self {
        Self {
            label: found.label().to_owned(),
            span: span(found.span()),
            repairs: repairs(found),
            notes: notes.iter().map(|note| note.as_str()).collect(),
        }
    }
}

fn repairs(found: &Found) -> Vec<RepairPlace> {
    let form = |repair: &Repair| RepairPlace { code: repair.code().as_str(), span: span(repair.span()) };
    found.repairs().iter().map(form).collect()
}

const fn span(span: Span) -> [usize; 2] {
    [span.start, span.end]
}

fn sha256(bytes: &[u8]) -> String {
    hex(HashAlgorithm::Sha256.digest(bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn certificate_facts(certificate: &Certificate, notes: &[Note]) -> CertificateFacts {
    let validity = certificate.validity();
    CertificateFacts {
        sha256: certificate.fingerprint(HashAlgorithm::Sha256).to_hex(),
        sha1: certificate.fingerprint(HashAlgorithm::Sha1).to_hex(),
        spki_sha256: certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
        serial: hex(certificate.serial()),
        subject: certificate.subject(),
        issuer: certificate.issuer(),
        not_before: validity.not_before().0,
        not_after: validity.not_after().0,
        key: certificate.key_algorithm().as_str(),
        bits: certificate.key_bits(),
        self_signature: self_signature(certificate, notes),
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

/// Whether a key belongs to a certificate, as `samlcert check` prints it:
/// `{"verdict":"match"|"mismatch"|"invalid-key"|"invalid-certificate","code":s,"message":s}`, `code` "ok" for a match.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    verdict: Verdict,
    code: &'static str,
    message: String,
}

/// The verdict of a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The key belongs to the certificate, and a signature on trial has proven it.
    Match,
    /// Both can be read, and the key does not belong to the certificate.
    Mismatch,
    /// The key cannot be read, opened or used.
    InvalidKey,
    /// The certificate cannot be read or used.
    InvalidCertificate,
}

impl Check {
    /// A verdict with its reason; `None` as code for a match.
    #[must_use]
    pub fn new(verdict: Verdict, code: Option<ErrorCode>, message: String) -> Self {
        Self { verdict, code: code.map_or("ok", ErrorCode::as_str), message }
    }
}

/// A fingerprint, as `samlcert fingerprint --parse` prints it:
/// `{"algorithm":"sha1"|"sha256"|"sha384"|"sha512","digest":hex,"target":"certificate"|"spki"}`.
#[derive(Clone, Debug, Serialize)]
pub struct Digest {
    algorithm: &'static str,
    digest: String,
    target: &'static str,
}

impl From<&Fingerprint> for Digest {
    fn from(fingerprint: &Fingerprint) -> Self {
        Self {
            algorithm: fingerprint.algorithm().as_str(),
            digest: fingerprint.to_hex(),
            target: fingerprint.target().as_str(),
        }
    }
}

/// A text that is no fingerprint, as `samlcert fingerprint --parse` prints it: `{"refused":{…}}` with a [`Problem`].
#[derive(Clone, Debug, Serialize)]
pub struct RefusedText {
    refused: Problem,
}

impl From<Problem> for RefusedText {
    fn from(refused: Problem) -> Self {
        Self { refused }
    }
}

/// The fingerprints of all that a text holds, as `samlcert fingerprint` prints them:
/// `{"items":[{"kind":s,"span":[a,b],"fingerprints":[{…}]}],"refused":[…]}` with a [`Digest`] for each algorithm and
/// target, and a [`Problem`] for each refused block. Of a private key there are those of its SPKI, of an encrypted one
/// there are none.
#[derive(Clone, Debug, Serialize)]
pub struct Fingerprints {
    items: Vec<FingerprintedItem>,
    refused: Vec<Problem>,
}

#[derive(Clone, Debug, Serialize)]
struct FingerprintedItem {
    kind: &'static str,
    span: [usize; 2],
    fingerprints: Vec<Digest>,
}

impl Fingerprints {
    /// Of what was found, each as the item that it is now (an encrypted key may have been opened) and with its
    /// fingerprints, and of refusals.
    #[must_use]
    pub fn new<'a>(
        items: impl IntoIterator<Item = (&'a Found, &'a Item, Vec<Fingerprint>)>,
        refused: Vec<Problem>,
    ) -> Self {
        let form = |(found, item, fingerprints): (&Found, &Item, Vec<Fingerprint>)| FingerprintedItem {
            kind: kind(item),
            span: span(found.span()),
            fingerprints: fingerprints.iter().map(Digest::from).collect(),
        };
        Self { items: items.into_iter().map(form).collect(), refused }
    }
}

const fn kind(item: &Item) -> &'static str {
    match item {
        Item::Certificate(_) => "certificate",
        Item::PrivateKey(_) => "private-key",
        Item::Encrypted(_) => "encrypted-private-key",
    }
}

/// How two certificates, or a certificate and a fingerprint, belong together, as `samlcert compare` prints it:
/// `{"verdict":"identical"|"same-key"|"same-subject"|"unrelated"|"different","message":s,"fingerprints":[{…},{…}],`
/// `"newer":"first"|"second"|"neither"|null,"first_difference":n|null}`.
///
/// `fingerprints` are those that were compared, a [`Digest`] each; `different` is the verdict where one of the two is
/// a fingerprint, and then `newer` and `first_difference` are null. `first_difference` counts base64 characters from 0.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    verdict: &'static str,
    message: String,
    fingerprints: [Digest; 2],
    newer: Option<&'static str>,
    first_difference: Option<usize>,
}

impl Compared {
    /// Of two certificates.
    #[must_use]
    pub fn certificates(comparison: Comparison, first: &Certificate, second: &Certificate, message: String) -> Self {
        let digest = |certificate: &Certificate| Digest::from(&certificate.fingerprint(HashAlgorithm::Sha256));
        Self {
            verdict: comparison.relation().as_str(),
            message,
            fingerprints: [digest(first), digest(second)],
            newer: Some(comparison.newer().as_str()),
            first_difference: comparison.first_difference(),
        }
    }

    /// Of two fingerprints, at least one of which was given as such.
    #[must_use]
    pub fn fingerprints(first: &Fingerprint, second: &Fingerprint, message: String) -> Self {
        let verdict = if first == second { "identical" } else { "different" };
        let fingerprints = [Digest::from(first), Digest::from(second)];
        Self { verdict, message, fingerprints, newer: None, first_difference: None }
    }
}

/// Items in another form, as `samlcert normalize` prints them:
/// `{"as":s,"items":[{"kind":s,"span":[a,b],"repairs":[…],"text":s}],"refused":[…]}`; `"der":hex` in place of `text`
/// for the form `der`.
///
/// It borrows its texts, which hold private keys where the input does: write it into memory that is wiped.
#[derive(Serialize)]
pub struct Written<'a> {
    r#as: &'static str,
    items: Vec<WrittenItem<'a>>,
    refused: Vec<Problem>,
}

#[derive(Serialize)]
struct WrittenItem<'a> {
    kind: &'static str,
    span: [usize; 2],
    repairs: Vec<RepairPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    der: Option<Hex<'a>>,
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Goes to the writer byte by byte, so that no copy stays behind.
impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a> Written<'a> {
    /// Of what was found, each as the item that it is now (an encrypted key may have been opened) and with its bytes
    /// in that form, and of refusals.
    #[must_use]
    pub fn new(
        form: Form,
        items: impl IntoIterator<Item = (&'a Found, &'a Item, &'a [u8])>,
        refused: Vec<Problem>,
    ) -> Self {
        let item = |(found, item, output): (&Found, &Item, &'a [u8])| {
            let text = if form == Form::Der { None } else { core::str::from_utf8(output).ok() };
            WrittenItem {
                kind: kind(item),
                span: span(found.span()),
                repairs: repairs(found),
                text,
                der: text.is_none().then_some(Hex(output)),
            }
        };
        Self { r#as: form.as_str(), items: items.into_iter().map(item).collect(), refused }
    }
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} items as {})", self.items.len(), self.r#as)
    }
}
