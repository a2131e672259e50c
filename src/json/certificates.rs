//! The certificates of an application and what a text identifies, as JSON.

use crate::application::{self, Identified, IdentifiedPart, PlacedCertificate, Record, Role};
use crate::hex;
use serde::Serialize;

/// Every certificate of an application, those that begin latest first: `{"id":s,"certificates":[{"sha256":hex,`
/// `"spki_sha256":hex,"role":"active"|"next"|"previous"|"pending"|"former","stage":"draft"|"saved"|"published"|null,`
/// `"ending":s|null,"since":unix,"published_at":unix|null,"subject":s,"serial":hex,"not_before":unix,"not_after":unix,`
/// `"key":s,"bits":n|null}]}`
///
/// `stage` stands with a next one, `ending` (`retired`, `displaced`, `discarded`, `replaced`, `lost`, `compromised`)
/// with a former one; `since` is the moment at which it came to its role or stage.
#[derive(Clone, Debug, Serialize)]
pub struct Certificates {
    id: String,
    certificates: Vec<Listed>,
}

impl From<&Record> for Certificates {
    fn from(record: &Record) -> Self {
        let certificates = record.certificates();
        Self {
            id: record.id().as_str().to_owned(),
            certificates: certificates.into_iter().map(|(role, placed)| Listed::new(role, placed)).collect(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Listed {
    sha256: String,
    spki_sha256: String,
    #[serde(flatten)]
    part: Part,
    since: i64,
    published_at: Option<i64>,
    subject: String,
    serial: String,
    not_before: i64,
    not_after: i64,
    key: &'static str,
    bits: Option<u32>,
}

impl Listed {
    fn new(role: Role, placed: &PlacedCertificate) -> Self {
        let certificate = placed.certificate();
        Self {
            sha256: placed.sha256().to_hex(),
            spki_sha256: placed.spki_sha256().to_hex(),
            part: Part::new(role),
            since: placed.since().0,
            published_at: placed.published_at().map(|at| at.0),
            subject: certificate.subject(),
            serial: hex::to_lower(certificate.serial()),
            not_before: certificate.validity().not_before().0,
            not_after: certificate.validity().not_after().0,
            key: certificate.key_algorithm().as_str(),
            bits: certificate.key_bits(),
        }
    }
}

/// Which certificate of an application a text speaks of, as `samlcert app identify` prints it:
/// `{"verdict":"known"|"ambiguous"|"foreign"|"unreadable","found":[{"sha256":hex,"part":"certificate"|"key","role":s,`
/// `"stage":s|null,"ending":s|null,"since":unix,"message":s}]}`, `role`, `stage` and `ending` as in [`Certificates`].
///
/// `part` is what the text has of it; `sha256` that of the certificate, of a key that waits that of its public half.
#[derive(Clone, Debug, Serialize)]
pub struct Identification {
    verdict: &'static str,
    found: Vec<Found>,
}

impl From<&application::Identification> for Identification {
    fn from(identification: &application::Identification) -> Self {
        let (verdict, found) = match identification {
            application::Identification::Known(found) => ("known", found.as_slice()),
            application::Identification::Ambiguous(found) => ("ambiguous", found.as_slice()),
            application::Identification::Foreign => ("foreign", [].as_slice()),
            application::Identification::Unreadable => ("unreadable", [].as_slice()),
        };
        Self { verdict, found: found.iter().map(Found::new).collect() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Found {
    sha256: String,
    part: &'static str,
    #[serde(flatten)]
    role: Part,
    since: i64,
    message: String,
}

impl Found {
    fn new(identified: &Identified) -> Self {
        let part = match identified.part {
            IdentifiedPart::Certificate => "certificate",
            IdentifiedPart::Key => "key",
        };
        let (sha256, message) = (identified.sha256.to_hex(), identified.to_string());
        Self { sha256, part, role: Part::new(identified.role), since: identified.since.0, message }
    }
}

/// The role of a certificate.
#[derive(Clone, Debug, Serialize)]
struct Part {
    role: &'static str,
    stage: Option<&'static str>,
    ending: Option<&'static str>,
}

impl Part {
    const fn new(role: Role) -> Self {
        let (stage, ending) = match role {
            Role::Next(stage) => (Some(stage.as_str()), None),
            Role::Former(ending) => (None, Some(ending.as_str())),
            Role::Active | Role::Previous | Role::Pending => (None, None),
        };
        Self { role: role.as_str(), stage, ending }
    }
}
