//! Finds the certificate of an application that a text names.

use core::fmt;

use super::place::{Ending, Pending, PlacedCertificate, Role, Stage};
use super::record::Record;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::limits::MAX_FINGERPRINT_TEXT_BYTES;
use crate::normalize::{Item, normalize};
use crate::time::UnixTime;

/// What a text names.
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
    /// Its role.
    pub role: Role,
    /// Since when it has this role.
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
            Role::Pending => write!(f, "half of a pair, uploaded {since}, waits for its other half"),
            Role::Former(Ending::Revoked(reason)) => write!(f, "former, revoked as {} {since}", reason.as_str()),
            Role::Former(ending) => write!(f, "former, {} {since}", ending.as_str()),
        }
    }
}

/// The fewest first characters that name anything.
const SHORTEST_PREFIX: usize = 4;

impl Record {
    /// Finds the certificate of this application that a text names: a paste or file with certificates or keys, a
    /// fingerprint in any notation, or the first characters of the base64 of a certificate (`MIID…`) or of a
    /// fingerprint in hexadecimal, at least four.
    #[must_use]
    pub fn identify(&self, text: &[u8]) -> Identification {
        let normalized = normalize(text);
        let found: Vec<_> = normalized.items().iter().filter_map(|found| fingerprint(found.item())).collect();
        if !found.is_empty() {
            return known(found.iter().flat_map(|fingerprint| self.identify_fingerprint(fingerprint)).collect());
        }
        if let Ok(fingerprint) = Fingerprint::parse(text) {
            return known(self.identify_fingerprint(&fingerprint));
        }
        let found = first_characters(text).map(|prefix| self.identify_prefix(&prefix)).unwrap_or_default();
        match found.len() {
            0 => Identification::Unreadable,
            1 => Identification::Known(found),
            _ => Identification::Ambiguous(found),
        }
    }

    /// A certificate, or else all that have the key.
    fn identify_fingerprint(&self, fingerprint: &Fingerprint) -> Vec<Identified> {
        let all = self.certificates();
        let of = |target, part| {
            let of_target =
                move |(_, placed): &&(Role, &PlacedCertificate)| placed.target_of(fingerprint) == Some(target);
            all.iter().filter(of_target).map(move |one| identified(one, part))
        };
        let certificate: Vec<_> = of(FingerprintTarget::Certificate, IdentifiedPart::Certificate).collect();
        if !certificate.is_empty() {
            return certificate;
        }
        let waiting = self.waiting_key().filter(|key| key.sha256.digest() == fingerprint.digest());
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

    fn identify_prefix(&self, prefix: &str) -> Vec<Identified> {
        let (hex, all) = (prefix.to_ascii_lowercase(), self.certificates());
        let begins = |placed: &PlacedCertificate| {
            let certificate = &placed.certificate;
            let mut digests = HashAlgorithm::ALL.iter().map(|algorithm| certificate.fingerprint(*algorithm).to_hex());
            base64(certificate.der()).starts_with(prefix) || digests.any(|digest| digest.starts_with(&hex))
        };
        let found = all.iter().filter(|(_, placed)| begins(placed));
        found.map(|one| identified(one, IdentifiedPart::Certificate)).collect()
    }
}

/// The fingerprint that names an item; none of an encrypted key, of which nobody can tell.
fn fingerprint(item: &Item) -> Option<Fingerprint> {
    match item {
        Item::Certificate(certificate) => Some(certificate.fingerprint(HashAlgorithm::Sha256)),
        Item::PrivateKey(key) => Some(key.public_key().identity()),
        Item::Encrypted(_) => None,
    }
}

/// The first characters that somebody copied, without a header line, blanks, colons, quotes and the dots that stand for
/// the rest.
fn first_characters(text: &[u8]) -> Option<String> {
    let text = core::str::from_utf8(text).ok().filter(|text| text.len() <= MAX_FINGERPRINT_TEXT_BYTES)?;
    let is_mark = |c: &char| c.is_whitespace() || matches!(c, ':' | '…' | '"' | '\'');
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("-----"));
    let prefix: String = lines.flat_map(str::chars).filter(|c| !is_mark(c)).collect();
    let prefix = prefix.trim_end_matches("...");
    (prefix.len() >= SHORTEST_PREFIX).then(|| prefix.to_owned())
}

fn identified((role, placed): &(Role, &PlacedCertificate), part: IdentifiedPart) -> Identified {
    Identified { sha256: *placed.sha256(), part, role: *role, since: placed.since }
}

/// Removes duplicates.
fn known(found: Vec<Identified>) -> Identification {
    let mut distinct: Vec<Identified> = Vec::new();
    for one in found {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    if distinct.is_empty() { Identification::Foreign } else { Identification::Known(distinct) }
}

fn base64(der: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(der)
}
