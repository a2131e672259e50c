//! Which certificate of an application a text speaks of.

use core::fmt;

use super::place::{Ending, Pending, Placed, Role, Stage};
use super::record::Record;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::normalize::{Item, normalize};
use crate::time::UnixTime;

/// What a text speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identification {
    /// A certificate or key of this application, or several that the text holds or names by their common key.
    Known(Vec<Identified>),
    /// The first characters of more than one certificate: more of them are needed.
    Ambiguous(Vec<Identified>),
    /// A certificate, key or fingerprint that is not of this application.
    Foreign,
    /// Neither a certificate or key, nor a fingerprint, nor the first characters of one that is known here.
    Unreadable,
}

/// A certificate of the application, or a key that waits for its certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identified {
    /// The SHA-256 fingerprint: of the certificate; of a key that waits, that of its public half.
    pub sha256: Fingerprint,
    /// What the text has of it.
    pub part: IdentifiedPart,
    /// The part that it plays.
    pub role: Role,
    /// Since when it plays it.
    pub since: UnixTime,
}

/// What a text has of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentifiedPart {
    /// The certificate, or its fingerprint.
    Certificate,
    /// The key, or the fingerprint of its public half.
    Key,
}

/// "former, retired 12 May 2026".
impl fmt::Display for Identified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.to_date();
        if self.part == IdentifiedPart::Key {
            f.write_str("the key of: ")?;
        }
        match self.role {
            Role::Active => write!(f, "active, signs since {since}"),
            Role::Next(Stage::Draft) => write!(f, "next, an unsaved draft of {since}"),
            Role::Next(stage) => write!(f, "next, {} {since}", stage.as_str()),
            Role::Previous => write!(f, "previous, signed until {since}"),
            Role::Pending => write!(f, "uploaded {since}, waits for its other half"),
            Role::Former(Ending::Revoked(reason)) => write!(f, "former, revoked as {} {since}", reason.as_str()),
            Role::Former(ending) => write!(f, "former, {} {since}", ending.as_str()),
        }
    }
}

/// How many first characters are looked at, at least.
const SHORTEST_PREFIX: usize = 4;

impl Record {
    /// Says which certificate of this application a text speaks of: a paste or file with certificates or keys, a
    /// fingerprint in any notation, or the first characters of the base64 of a certificate (`MIID…`) or of a fingerprint
    /// in hexadecimal, at least four.
    #[must_use]
    pub fn identify(&self, text: &[u8]) -> Identification {
        let normalized = normalize(text);
        if !normalized.items().is_empty() {
            return known(normalized.items().iter().flat_map(|found| self.identify_item(found.item())).collect());
        }
        let prefixed = self.identify_prefix(text);
        match (Fingerprint::parse(text), prefixed.len()) {
            (Ok(fingerprint), _) => known(self.identify_fingerprint(&fingerprint)),
            (Err(_), 0) => Identification::Unreadable,
            (Err(_), 1) => Identification::Known(prefixed),
            (Err(_), _) => Identification::Ambiguous(prefixed),
        }
    }

    fn identify_item(&self, item: &Item) -> Vec<Identified> {
        let fingerprint = match item {
            Item::Certificate(certificate) => certificate.fingerprint(HashAlgorithm::Sha256),
            Item::PrivateKey(key) => key.public_key().fingerprint(HashAlgorithm::Sha256),
            Item::Encrypted(_) => return Vec::new(),
        };
        self.identify_fingerprint(&fingerprint)
    }

    /// A digest of a bare notation may be of a certificate or of a key.
    fn identify_fingerprint(&self, fingerprint: &Fingerprint) -> Vec<Identified> {
        let (algorithm, digest) = (fingerprint.algorithm(), fingerprint.digest());
        let is_named = |target, placed: &Placed| match target {
            FingerprintTarget::Certificate => placed.certificate.fingerprint(algorithm).digest() == digest,
            FingerprintTarget::Spki => placed.certificate.spki_fingerprint(algorithm).digest() == digest,
        };
        let all = self.certificates();
        let of = |target, part| {
            all.iter().filter(move |(_, placed)| is_named(target, placed)).map(move |one| identified(one, part))
        };
        let by_certificate: Vec<_> = of(FingerprintTarget::Certificate, IdentifiedPart::Certificate).collect();
        if !by_certificate.is_empty() {
            return by_certificate;
        }
        let waiting = self.waiting_key().filter(|key| key.sha256.digest() == digest);
        of(FingerprintTarget::Spki, IdentifiedPart::Key).chain(waiting).collect()
    }

    fn waiting_key(&self) -> Option<Identified> {
        match &self.pending {
            Some(Pending::PrivateKey { spki_sha256, since }) => {
                Some(Identified { sha256: *spki_sha256, part: IdentifiedPart::Key, role: Role::Pending, since: *since })
            }
            _ => None,
        }
    }

    fn identify_prefix(&self, text: &[u8]) -> Vec<Identified> {
        let is_mark = |c: &char| c.is_whitespace() || matches!(c, ':' | '…' | '"' | '\'');
        let prefix: String = String::from_utf8_lossy(text).chars().filter(|c| !is_mark(c)).collect();
        let prefix = prefix.trim_end_matches("...");
        if prefix.len() < SHORTEST_PREFIX {
            return Vec::new();
        }
        let (hex, all) = (prefix.to_ascii_lowercase(), self.certificates());
        let begins = |placed: &Placed| {
            let certificate = &placed.certificate;
            let mut digests = HashAlgorithm::ALL.iter().map(|algorithm| certificate.fingerprint(*algorithm).to_hex());
            base64(certificate.der()).starts_with(prefix) || digests.any(|digest| digest.starts_with(&hex))
        };
        let found = all.iter().filter(|(_, placed)| begins(placed));
        found.map(|one| identified(one, IdentifiedPart::Certificate)).collect()
    }
}

fn identified((role, placed): &(Role, &Placed), part: IdentifiedPart) -> Identified {
    Identified { sha256: *placed.sha256(), part, role: *role, since: placed.since }
}

fn known(found: Vec<Identified>) -> Identification {
    if found.is_empty() { Identification::Foreign } else { Identification::Known(found) }
}

fn base64(der: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(der)
}
