//! `samlcert app export` and `samlcert app import`: a whole application as a file.

use super::shown;
use crate::files::{self, Access, Existing, NewFile};
use crate::input::{self, Input};
use crate::options::Options;
use crate::output::{self, Failure, GOOD, Outcome};
use crate::page::{self, Page};
use crate::progress::Progress;
use crate::store::{Protection, Store, StoreError, StoredKey};
use base16ct::HexDisplay;
use clap::Args;
use samlcert::application::{ApplicationId, Event, Record, RecordError};
use samlcert::{Application, EncryptedPrivateKey, ErrorCode, KeyError, PrivateKey};
use serde::{Deserialize, Serialize, Serializer};
use std::ffi::{OsStr, OsString};
use std::sync::Arc;
use zeroize::Zeroizing;

/// `samlcert app export ID`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Give the ID of the application
    #[arg(value_name = "ID")]
    id: ApplicationId,
    /// Write to this file, which only its owner can read [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<OsString>,
    /// Include the private keys as they are stored: plain keys are plain in the file
    #[arg(long, requires = "out")]
    secret_keys: bool,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    force: bool,
}

/// `samlcert app import FILE`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Read this file, which `samlcert app export ID --secret-keys` wrote
    #[arg(value_name = "FILE", default_value = "-")]
    file: OsString,
}

/// The version of the form below.
const VERSION: u64 = 1;

/// `{"version":1,"record":{…},"events":[…],"keys":[{"spki_sha256":hex,"encrypted":bool,"pkcs8":hex}]|null}`.
#[derive(Serialize)]
struct Exported<'a> {
    version: u64,
    record: &'a Record,
    events: &'a [Event],
    keys: Option<Vec<ExportedKey<'a>>>,
}

#[derive(Serialize)]
struct ExportedKey<'a> {
    spki_sha256: &'a str,
    encrypted: bool,
    pkcs8: SecretHex<'a>,
}

/// Written digit by digit, so that no copy of it stays behind.
struct SecretHex<'a>(&'a [u8]);

impl Serialize for SecretHex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:x}", HexDisplay(self.0)))
    }
}

pub(super) fn export(command: &Export, options: &Options) -> Result<Outcome, Failure> {
    if command.out.as_deref().is_some_and(input::is_stdin) {
        return Err(Failure::new(ErrorCode::Usage, "--out needs the name of a file".to_owned()));
    }
    let (id, store) = (&command.id, Store::open(options)?);
    let (record, events, keys) = store.at_once(|store| {
        let record = store.record(id)?;
        let events = store.events(&record)?;
        Ok::<_, Failure>((record, events, store.stored_keys(id)?))
    })?;
    if Record::replay(&events).ok().as_ref() != Some(&record) {
        return Err(
            StoreError::Damaged { what: format!("application {id}: its events do not result in its record") }.into()
        );
    }
    let form = Exported {
        version: VERSION,
        record: &record,
        events: &events,
        keys: command.secret_keys.then(|| keys.iter().map(ExportedKey::new).collect()),
    };
    let bytes = output::secret_json(&form)?;
    let note = if command.secret_keys || keys.is_empty() { "" } else { KEYLESS };
    match &command.out {
        None => Ok(Outcome::raw(GOOD, bytes, note.to_owned())),
        Some(out) => {
            let file = NewFile { path: out, bytes: &bytes, access: Access::Owner };
            files::write(&[file], Existing::of_force(command.force))?;
            Ok(exported(command, out, &keys, options).with_notes(note.to_owned()))
        }
    }
}

const KEYLESS: &str = "Note: the private keys are left out, and nothing can be imported without them; --secret-keys --out FILE adds them.\n";

impl<'a> ExportedKey<'a> {
    fn new(key: &'a StoredKey) -> Self {
        Self { spki_sha256: &key.spki_sha256, encrypted: key.is_encrypted, pkcs8: SecretHex(key.secret_pkcs8()) }
    }
}

fn exported(command: &Export, out: &OsStr, keys: &[StoredKey], options: &Options) -> Outcome {
    #[derive(Serialize)]
    struct File<'a> {
        file: &'a str,
        keys: usize,
    }
    let (name, count) = (out.to_string_lossy(), if command.secret_keys { keys.len() } else { 0 });
    if options.json {
        return Outcome::json(GOOD, &File { file: &name, keys: count });
    }
    let plain = keys.iter().filter(|key| !key.is_encrypted).count();
    let mut page = Page::default();
    page.verdict(&format!("{} was exported to {name}, with {}.", command.id, page::count(count, "private key")));
    if command.secret_keys && plain > 0 {
        page.sentence("Whoever reads the file has the private keys: they are not encrypted.");
    }
    Outcome::text(GOOD, page.into_text())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Imported<'a> {
    #[serde(rename = "version")]
    _version: u64,
    record: Record,
    events: Vec<Event>,
    #[serde(borrow)]
    keys: Option<Vec<ImportedKey<'a>>>,
}

/// Read first: a later version may have other fields.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Borrows from the input, which is wiped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImportedKey<'a> {
    spki_sha256: &'a str,
    encrypted: bool,
    pkcs8: &'a str,
}

/// Makes the store as well if there is none.
pub(super) fn import(command: &Import, options: &Options) -> Result<Outcome, Failure> {
    input::at_most_one_stdin(&[&command.file], options)?;
    let password = input::password(options)?;
    let input = input::read_export(&command.file)?;
    let progress = Progress::begin("Checking the application");
    let imported = Imported::read(&input)?;
    let keys = imported.keys(password.as_ref().map(|password| password.as_slice()))?;
    let application = Application::from_record(imported.record.clone(), keys).map_err(refused)?;
    imported.check_names(&application)?;
    drop(progress);
    let mut store = Store::open_or_create(options)?;
    let application = store.insert(application, &imported.events)?;
    let record = application.record();
    let keys = store.protection(record)?;
    let note = if imported.was_encrypted() && keys == Protection::Plain { STORED_PLAIN } else { "" };
    let outcome = if options.json {
        Outcome::json(GOOD, &shown::StatusForm::new(record, options.now(), keys))
    } else {
        Outcome::text(GOOD, imported_page(record, keys, options))
    };
    Ok(outcome.with_notes(note.to_owned()))
}

const STORED_PLAIN: &str =
    "Note: the keys were encrypted and are stored plain here; a step with --store-password-file FILE encrypts them.\n";

impl<'a> Imported<'a> {
    fn read(input: &'a Input) -> Result<Self, Failure> {
        let fault = |error| malformed(&format!("{} is not an exported application: {}", input.name, reason(&error)));
        let found = serde_json::from_slice::<Versioned>(&input.bytes).map_err(fault)?.version;
        if found != VERSION {
            return Err(refused(RecordError::UnknownVersion { found, known: VERSION }));
        }
        serde_json::from_slice(&input.bytes).map_err(fault)
    }

    /// Opens the keys, after checking that the events result in the record.
    fn keys(&self, password: Option<&[u8]>) -> Result<Vec<Arc<PrivateKey>>, Failure> {
        if Record::replay(&self.events).map_err(refused)? != self.record {
            return Err(malformed("events: they do not result in the record"));
        }
        self.keys.iter().flatten().map(|key| key.open(password)).collect()
    }

    fn was_encrypted(&self) -> bool {
        self.keys.iter().flatten().any(|key| key.encrypted)
    }

    /// Checks that each key is listed once, under its own fingerprint.
    fn check_names(&self, application: &Application) -> Result<(), Failure> {
        let mut named: Vec<_> = self.keys.iter().flatten().map(|key| key.spki_sha256.to_owned()).collect();
        let mut own: Vec<_> = application.secret_keys().map(|(spki_sha256, _)| spki_sha256.to_hex()).collect();
        named.sort_unstable();
        own.sort_unstable();
        if named == own {
            Ok(())
        } else {
            Err(malformed("keys: spki_sha256 is not that of the key, or a key is listed twice"))
        }
    }
}

impl ImportedKey<'_> {
    fn open(&self, password: Option<&[u8]>) -> Result<Arc<PrivateKey>, Failure> {
        let fault = |error: KeyError| {
            Failure::new(error.code(), format!("the key {}: {error}", page::escape(self.spki_sha256)))
        };
        // Decoded into a buffer that is wiped, also if a digit is wrong.
        let mut der = Zeroizing::new(vec![0; self.pkcs8.len().div_euclid(2)]);
        base16ct::mixed::decode(self.pkcs8, &mut der).map_err(|_| malformed("keys: pkcs8 is not hexadecimal"))?;
        if !self.encrypted {
            return PrivateKey::from_der(&der).map(Arc::new).map_err(fault);
        }
        let encrypted = EncryptedPrivateKey::from_der(&der).map_err(fault)?;
        let password = password.ok_or_else(|| {
            let message = "the private keys in the file are encrypted with the password of the store that they come \
                           from; put it into a file and add --password-file FILE";
            Failure::new(ErrorCode::PasswordRequired, message.to_owned())
        })?;
        encrypted.decrypt(password).map(Arc::new).map_err(fault)
    }
}

/// What is wrong with the JSON. For an unexpected value or field, serde repeats the text, which may be part of a key: then
/// only its place is given.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if !["invalid ", "unknown "].iter().any(|begin| message.starts_with(begin)) {
        return message;
    }
    format!("what ends at line {} column {} does not belong there in an export", error.line(), error.column())
}

fn malformed(message: &str) -> Failure {
    Failure::new(ErrorCode::RecordMalformed, message.to_owned())
}

fn refused(error: RecordError) -> Failure {
    let hint = match error {
        RecordError::MissingKey { .. } => "; export it with --secret-keys",
        _ => "",
    };
    Failure::new(error.code(), format!("{error}{hint}"))
}

fn imported_page(record: &Record, keys: Protection, options: &Options) -> String {
    let (now, mut page) = (options.now(), Page::default());
    let status = record.status(now);
    page.verdict(&format!("{} was imported.", record.id()));
    page.paragraph(&shown::indicators(&status, keys));
    shown::signing(&mut page, record, now);
    shown::to_do(&mut page, record, now);
    page.into_text()
}
