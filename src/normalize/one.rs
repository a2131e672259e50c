//! Takes one certificate, one key or one pair out of what was read, or says what is there instead.

use std::sync::Arc;

use super::{Item, Normalized, Refusal, normalize};
use crate::certificate::Certificate;
use crate::error_code::ErrorCode;
use crate::key::PrivateKey;
use crate::pair::{CertKeyPair, ChoiceError, PairError, choose_certificate};
use core::fmt;

/// What a text held: how many items of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Inventory {
    /// Certificates.
    pub certificates: usize,
    /// Private keys.
    pub private_keys: usize,
    /// Encrypted private keys.
    pub encrypted: usize,
    /// Blocks that were refused.
    pub refused: usize,
}

impl Inventory {
    const fn is_one(self) -> bool {
        matches!(
            self.certificates
                .saturating_add(self.private_keys)
                .saturating_add(self.encrypted)
                .saturating_add(self.refused),
            1
        )
    }
}

/// As in "2 certificates, 1 private key, 1 refused block".
impl fmt::Display for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.certificates, "certificate"),
            (self.private_keys, "private key"),
            (self.encrypted, "encrypted private key"),
            (self.refused, "refused block"),
        ];
        let mut separator = "";
        for (count, name) in counts.into_iter().filter(|(count, _)| *count > 0) {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{separator}{count} {name}{plural}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// Why a text does not hold exactly what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The one block of the text was refused.
    #[error(transparent)]
    Refused(Refusal),
    /// There is no certificate.
    #[error("there is no certificate in this text, only {0}")]
    NoCertificate(Inventory),
    /// There is no private key.
    #[error("there is no private key in this text, only {0}")]
    NoPrivateKey(Inventory),
    /// There is more than was wanted.
    #[error("one item is wanted here, and the text has {0}")]
    Several(Inventory),
    /// The private key is encrypted.
    #[error("the private key is encrypted; open it with its password first")]
    PasswordRequired,
    /// Certificate and key are no pair.
    #[error(transparent)]
    Pair(#[from] PairError),
}

impl ExtractError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::NoCertificate(_) => ErrorCode::NoCertificate,
            Self::NoPrivateKey(_) => ErrorCode::NoPrivateKey,
            Self::Several(_) => ErrorCode::SeveralItems,
            Self::PasswordRequired => ErrorCode::PasswordRequired,
            Self::Pair(error) => error.code(),
        }
    }
}

impl Normalized {
    /// How many items of each kind there are.
    #[must_use]
    pub fn inventory(&self) -> Inventory {
        let count = |is_kind: fn(&Item) -> bool| self.items().iter().filter(|found| is_kind(found.item())).count();
        Inventory {
            certificates: count(|item| matches!(item, Item::Certificate(_))),
            private_keys: count(|item| matches!(item, Item::PrivateKey(_))),
            encrypted: count(|item| matches!(item, Item::Encrypted(_))),
            refused: self.refused().len(),
        }
    }

    /// The one certificate of a text that has nothing else.
    ///
    /// # Errors
    /// [`ExtractError::Refused`] if the one block was refused, [`ExtractError::NoCertificate`], or
    /// [`ExtractError::Several`] with all that the text has.
    pub fn into_certificate(self) -> Result<Certificate, ExtractError> {
        let inventory = self.inventory();
        match self.into_only()? {
            Some(Item::Certificate(certificate)) => Ok(certificate),
            Some(_) => Err(ExtractError::NoCertificate(inventory)),
            None if inventory.certificates == 0 => Err(ExtractError::NoCertificate(inventory)),
            None => Err(ExtractError::Several(inventory)),
        }
    }

    /// The one private key of a text that has nothing else.
    ///
    /// # Errors
    /// [`ExtractError::Refused`] if the one block was refused, [`ExtractError::PasswordRequired`] if it is encrypted,
    /// [`ExtractError::NoPrivateKey`], or [`ExtractError::Several`] with all that the text has.
    pub fn into_private_key(self) -> Result<Arc<PrivateKey>, ExtractError> {
        let inventory = self.inventory();
        match self.into_only()? {
            Some(Item::PrivateKey(key)) => Ok(key),
            Some(Item::Encrypted(_)) => Err(ExtractError::PasswordRequired),
            Some(Item::Certificate(_)) => Err(ExtractError::NoPrivateKey(inventory)),
            None if inventory.private_keys == 0 && inventory.encrypted == 0 => {
                Err(ExtractError::NoPrivateKey(inventory))
            }
            None => Err(ExtractError::Several(inventory)),
        }
    }

    /// The item if it is the only block; an error if that was refused; `None` if there are several.
    fn into_only(self) -> Result<Option<Item>, ExtractError> {
        let is_one = self.inventory().is_one();
        let Self { items, refused } = self;
        match (refused.into_iter().next(), items.into_iter().next()) {
            _ if !is_one => Ok(None),
            (Some(refusal), _) => Err(ExtractError::Refused(refusal)),
            (None, found) => Ok(found.map(super::NormalizedItem::into_item)),
        }
    }

    /// The pair of a text that has one private key and the certificate for it. Other certificates, as of the chain,
    /// may stand beside it.
    ///
    /// # Errors
    /// [`ExtractError::Refused`] with the first refusal if there is any; [`ExtractError::NoCertificate`],
    /// [`ExtractError::NoPrivateKey`] or [`ExtractError::PasswordRequired`] if something is missing;
    /// [`ExtractError::Several`] for two private keys, or two certificates of the same key;
    /// [`ExtractError::Pair`] if no certificate belongs to the key.
    pub fn into_pair(self) -> Result<CertKeyPair, ExtractError> {
        let inventory = self.inventory();
        let Self { items, refused } = self;
        if let Some(refusal) = refused.into_iter().next() {
            return Err(ExtractError::Refused(refusal));
        }
        let mut certificates = Vec::new();
        let mut keys = Vec::new();
        for found in items {
            match found.into_item() {
                Item::Certificate(certificate) => certificates.push(certificate),
                Item::PrivateKey(key) => keys.push(key),
                Item::Encrypted(_) => return Err(ExtractError::PasswordRequired),
            }
        }
        let (Some(first), Some(key)) = (certificates.first().cloned(), keys.pop()) else {
            let is_key_missing = inventory.private_keys == 0;
            let error = if is_key_missing { ExtractError::NoPrivateKey } else { ExtractError::NoCertificate };
            return Err(error(inventory));
        };
        if !keys.is_empty() {
            return Err(ExtractError::Several(inventory));
        }
        let certificate = match choose_certificate(&certificates, &[key.public_key()]) {
            Ok(certificate) => certificate.clone(),
            Err(ChoiceError::NoneBelongs { .. }) => first,
            Err(ChoiceError::SeveralBelong { .. }) => return Err(ExtractError::Several(inventory)),
        };
        Ok(CertKeyPair::new(certificate, key)?)
    }
}

impl Certificate {
    /// Reads a certificate from whatever was pasted or uploaded; see [`normalize`].
    ///
    /// # Errors
    /// As [`Normalized::into_certificate`]: the text must have one certificate and nothing else.
    pub fn from_pem(text: &[u8]) -> Result<Self, ExtractError> {
        normalize(text).into_certificate()
    }
}

impl PrivateKey {
    /// Reads a private key from whatever was pasted or uploaded; see [`normalize`].
    ///
    /// # Errors
    /// As [`Normalized::into_private_key`]: the text must have one private key and nothing else.
    pub fn from_pem(text: &[u8]) -> Result<Arc<Self>, ExtractError> {
        normalize(text).into_private_key()
    }
}
