//! Private keys in the store: plain PKCS#8, or encrypted with the one password of the store.

use super::error::StoreError;
use rusqlite::{Connection, OptionalExtension, Row};
use samlcert::application::ApplicationId;
use samlcert::{EncryptedPrivateKey, Fingerprint, KeyError, PrivateKey, SecretBytes, SystemEntropy};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How private keys are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// There is no key.
    Keyless,
    /// As plain PKCS#8.
    Plain,
    /// As PKCS#8 encrypted with the password of the store.
    Encrypted,
    /// Some plain and some encrypted: the plain ones were stored before there was a password.
    Mixed,
}

impl Protection {
    /// The name in the JSON forms.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Keyless => "none",
            Self::Plain => "plain",
            Self::Encrypted => "encrypted",
            Self::Mixed => "mixed",
        }
    }

    fn of(keys: impl IntoIterator<Item = bool>) -> Self {
        keys.into_iter().fold(Self::Keyless, |all, is_encrypted| match (all, is_encrypted) {
            (Self::Keyless | Self::Encrypted, true) => Self::Encrypted,
            (Self::Keyless | Self::Plain, false) => Self::Plain,
            _ => Self::Mixed,
        })
    }
}

/// A key as it is stored. Its bytes are wiped on drop.
pub(crate) struct StoredKey {
    /// The SHA-256 fingerprint of the public half, in hexadecimal.
    pub(crate) spki_sha256: String,
    pub(crate) is_encrypted: bool,
    pkcs8: SecretBytes,
}

impl StoredKey {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let pkcs8 = row.get_ref(2)?.as_blob()?;
        let pkcs8 = SecretBytes::new(pkcs8.to_vec());
        Ok(Self { spki_sha256: row.get(0)?, is_encrypted: row.get(1)?, pkcs8 })
    }

    /// The key as it will be stored: encrypted if there is a password.
    pub(super) fn new(spki_sha256: &Fingerprint, key: &PrivateKey, password: Option<&[u8]>) -> Result<Self, KeyError> {
        let pkcs8 = match password {
            Some(password) => {
                let encrypted = EncryptedPrivateKey::encrypt(key, password, &mut SystemEntropy)?;
                SecretBytes::new(encrypted.encrypted_bytes().to_vec())
            }
            None => key.secret_pkcs8_der(),
        };
        Ok(Self { spki_sha256: spki_sha256.to_hex(), is_encrypted: password.is_some(), pkcs8 })
    }

    /// The DER, which is secret if the key is plain.
    pub(crate) fn secret_pkcs8(&self) -> &[u8] {
        self.pkcs8.secret_bytes()
    }

    /// Opens the key.
    pub(super) fn open(&self, password: Option<&[u8]>) -> Result<Arc<PrivateKey>, StoreError> {
        let damaged = |error: KeyError| StoreError::Damaged { what: format!("key {}: {error}", self.spki_sha256) };
        if !self.is_encrypted {
            return PrivateKey::from_der(self.secret_pkcs8()).map(Arc::new).map_err(damaged);
        }
        let encrypted = EncryptedPrivateKey::from_der(self.secret_pkcs8()).map_err(damaged)?;
        match encrypted.decrypt(password.ok_or(StoreError::PasswordRequired)?) {
            Ok(key) => Ok(Arc::new(key)),
            Err(KeyError::DecryptFailed) => Err(StoreError::PasswordWrong),
            Err(error) => Err(damaged(error)),
        }
    }
}

/// The keys of an application as they are stored.
pub(super) fn of(connection: &Connection, id: &ApplicationId) -> Result<Vec<StoredKey>, StoreError> {
    let query = "SELECT spki_sha256, encrypted, pkcs8 FROM keys WHERE application = ?1 ORDER BY spki_sha256";
    let mut statement = connection.prepare_cached(query)?;
    let rows = statement.query_map([id.as_str()], StoredKey::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How the keys of an application are stored.
pub(super) fn protection(connection: &Connection, id: &str) -> Result<Protection, StoreError> {
    let mut statement = connection.prepare_cached("SELECT encrypted FROM keys WHERE application = ?1")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(Protection::of(rows.collect::<Result<Vec<bool>, _>>()?))
}

/// An encrypted key of the store, if there is one: a password is tested with it.
pub(super) fn any_encrypted(connection: &Connection) -> Result<Option<StoredKey>, StoreError> {
    let query = "SELECT spki_sha256, encrypted, pkcs8 FROM keys WHERE encrypted = 1 LIMIT 1";
    Ok(connection.query_row(query, (), StoredKey::from_row).optional()?)
}

/// What a step changes in the stored keys of an application.
pub(super) struct KeyChanges {
    /// The fingerprints of the keys to delete.
    removed: Vec<String>,
    /// New keys, and plain ones that are encrypted now.
    added: Vec<StoredKey>,
}

impl KeyChanges {
    /// The changes from the stored keys to those of the application. With a password, plain keys are encrypted.
    pub(super) fn new<'a>(
        stored: &BTreeMap<String, bool>,
        keys: impl Iterator<Item = (&'a Fingerprint, &'a Arc<PrivateKey>)>,
        password: Option<&[u8]>,
    ) -> Result<Self, KeyError> {
        let keys: BTreeMap<String, _> = keys.map(|(spki, key)| (spki.to_hex(), (spki, key))).collect();
        let removed = stored.keys().filter(|spki| !keys.contains_key(*spki)).cloned().collect();
        let stays = |spki: &String| stored.get(spki).is_some_and(|is_encrypted| *is_encrypted || password.is_none());
        let added = keys.iter().filter(|(spki, _)| !stays(spki));
        let added = added.map(|(_, (spki, key))| StoredKey::new(spki, key, password)).collect::<Result<_, _>>()?;
        Ok(Self { removed, added })
    }

    /// Returns true if a key is added: then the password must be the right one.
    pub(super) fn adds(&self) -> bool {
        !self.added.is_empty()
    }

    pub(super) fn write(&self, connection: &Connection, id: &ApplicationId) -> Result<(), StoreError> {
        let mut delete = connection.prepare_cached("DELETE FROM keys WHERE application = ?1 AND spki_sha256 = ?2")?;
        for spki_sha256 in &self.removed {
            delete.execute((id.as_str(), spki_sha256))?;
        }
        let mut insert = connection.prepare_cached(
            "INSERT OR REPLACE INTO keys (application, spki_sha256, encrypted, pkcs8) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for key in &self.added {
            insert.execute((id.as_str(), &key.spki_sha256, key.is_encrypted, key.secret_pkcs8()))?;
        }
        Ok(())
    }

    /// Returns true if the bytes of a key are deleted or replaced: then none of them may stay in the log.
    pub(super) fn drops(&self, stored: &BTreeMap<String, bool>) -> bool {
        !self.removed.is_empty() || self.added.iter().any(|key| stored.contains_key(&key.spki_sha256))
    }
}
