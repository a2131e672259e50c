//! A paste as it was read, with those encrypted keys opened that the password fits.

use crate::input::Input;
use crate::output::Failure;
use crate::page;
use crate::snippet::{self, Shown};
use crate::source::Source;
use samlcert::json::{InspectedItem, Problem};
use samlcert::{Certificate, ErrorCode, Item, NormalizedItem, Note, PrivateKey, Reason, Refusal, Span, normalize};
use std::sync::Arc;

/// How many encrypted keys of one input are opened: each may cost as much as the limits of the library allow.
pub(crate) const MAX_OPENED_KEYS: usize = 4;

/// What an input holds.
pub(crate) struct Reading<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) refused: Vec<Refused>,
}

/// An item, and what the password opened.
pub(crate) struct Entry {
    pub(crate) found: NormalizedItem,
    opened: Option<Item>,
}

/// A refused block, or an encrypted key that the password does not open.
pub(crate) struct Refused {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) span: Span,
    pub(crate) kind: BlockKind,
}

/// What a refused block was meant to be, as far as one can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Certificate,
    Key,
    /// Something else, or either of the two.
    Unknown,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(input: &'a Input, password: Option<&[u8]>) -> Self {
        let normalized = normalize(&input.bytes);
        let refused = normalized.refused().iter().map(|refusal| Refused::new(refusal, &input.bytes)).collect();
        let source = Source::new(&input.name, &input.bytes);
        let mut reading = Self { source, entries: Vec::new(), refused };
        let mut encrypted: usize = 0;
        for found in normalized.into_items() {
            encrypted = encrypted.saturating_add(matches!(found.item(), Item::Encrypted(_)).into());
            match Entry::new(found, password.filter(|_| encrypted <= MAX_OPENED_KEYS)) {
                Ok(entry) => reading.entries.push(entry),
                Err(refused) => reading.refused.push(refused),
            }
        }
        reading.refused.sort_by_key(|refused| refused.span.start);
        reading
    }

    /// The certificates, in the order of the paste.
    pub(crate) fn certificates(&self) -> Vec<Certificate> {
        let certificate = |item: &Item| match item {
            Item::Certificate(certificate) => Some(certificate.clone()),
            _ => None,
        };
        self.entries.iter().filter_map(|entry| certificate(entry.item())).collect()
    }

    /// The only private key, if there is one. It may stand there twice, as encrypted and as plain.
    pub(crate) fn into_private_key(self) -> Result<Option<Arc<PrivateKey>>, NoKey> {
        let is_encrypted = self.entries.iter().any(|entry| matches!(entry.item(), Item::Encrypted(_)));
        let mut keys = self.entries.into_iter().filter_map(|entry| match entry.into_item() {
            Item::PrivateKey(key) => Some(key),
            _ => None,
        });
        let first = keys.next();
        let another =
            keys.find(|key| first.as_ref().is_some_and(|one| !one.public_key().is_same_key(key.public_key())));
        match first {
            Some(_) if another.is_some() => Err(NoKey::Several),
            None if is_encrypted => Err(NoKey::Encrypted),
            first => Ok(first),
        }
    }

    pub(crate) fn problems(&self) -> Vec<Problem> {
        let problem = |refused: &Refused| Problem::new(refused.code, refused.message.clone(), Some(refused.span));
        self.refused.iter().map(problem).collect()
    }

    /// The refusals, each shown at its place in the input.
    pub(crate) fn pointed(&self) -> Vec<String> {
        self.refused.iter().map(|refused| self.point(refused)).collect()
    }

    pub(crate) fn point(&self, refused: &Refused) -> String {
        snippet::point(&self.source, refused.code, &refused.message, refused.span, Shown::Form)
    }

    /// A refusal as the reason why a command fails.
    pub(crate) fn failure(&self, refused: &Refused) -> Failure {
        Failure::new(refused.code, refused.message.clone()).at(refused.span, self.point(refused))
    }

    /// "there is no certificate in FILE, only 1 private key".
    pub(crate) fn missing(&self, wanted: &str) -> String {
        match self.inventory() {
            inventory if inventory.is_empty() => format!("there is no {wanted} in {}", self.source.name),
            inventory => format!("there is no {wanted} in {}, only {inventory}", self.source.name),
        }
    }

    /// "2 certificates, 1 private key and 1 encrypted private key"; empty if there is no item.
    pub(crate) fn inventory(&self) -> String {
        let counts = ["certificate", "private key", "encrypted private key"].into_iter().filter_map(|name| {
            let count = self.entries.iter().filter(|entry| kind(entry.item()) == name).count();
            (count > 0).then(|| page::count(count, name))
        });
        page::list(&counts.collect::<Vec<_>>())
    }
}

/// Why a paste does not give one private key.
#[derive(Clone, Copy)]
pub(crate) enum NoKey {
    Encrypted,
    Several,
}

impl NoKey {
    pub(crate) const fn code(self) -> ErrorCode {
        match self {
            Self::Encrypted => ErrorCode::PasswordRequired,
            Self::Several => ErrorCode::SeveralItems,
        }
    }

    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::Encrypted => {
                "the private key is encrypted; put its password into a file and add --password-file FILE"
            }
            Self::Several => "there are several private keys; remove all but the one that belongs to the certificate",
        }
    }
}

impl Entry {
    fn new(found: NormalizedItem, password: Option<&[u8]>) -> Result<Self, Refused> {
        let opened = match (found.item(), password) {
            (Item::Encrypted(key), Some(password)) => {
                let key = key.decrypt(password).map_err(|error| Refused {
                    code: error.code(),
                    message: error.to_string(),
                    span: found.span(),
                    kind: BlockKind::Key,
                })?;
                Some(Item::PrivateKey(Arc::new(key)))
            }
            _ => None,
        };
        Ok(Self { found, opened })
    }

    /// The item: the opened key, if the password opened it.
    pub(crate) fn item(&self) -> &Item {
        self.opened.as_ref().unwrap_or_else(|| self.found.item())
    }

    /// The notes on the item as it is now.
    pub(crate) fn notes(&self) -> Vec<Note> {
        match &self.opened {
            Some(Item::PrivateKey(key)) => Note::of_private_key(key),
            _ => self.found.notes().to_vec(),
        }
    }

    pub(crate) const fn was_encrypted(&self) -> bool {
        self.opened.is_some()
    }

    pub(crate) fn into_item(self) -> Item {
        self.opened.unwrap_or_else(|| self.found.into_item())
    }

    pub(crate) fn to_form(&self) -> InspectedItem {
        match &self.opened {
            Some(Item::PrivateKey(key)) => InspectedItem::opened(&self.found, key),
            _ => InspectedItem::new(&self.found),
        }
    }
}

/// The name of an item's kind.
pub(crate) const fn kind(item: &Item) -> &'static str {
    match item {
        Item::Certificate(_) => "certificate",
        Item::PrivateKey(_) => "private key",
        Item::Encrypted(_) => "encrypted private key",
        _ => "item",
    }
}

impl Refused {
    fn new(refusal: &Refusal, paste: &[u8]) -> Self {
        let kind = match refusal.reason() {
            Reason::Certificate(_) | Reason::SelfSignatureInvalid => BlockKind::Certificate,
            Reason::Key(_) => BlockKind::Key,
            _ => kind_by_label(paste, refusal.span()),
        };
        Self { code: refusal.code(), message: refusal.to_string(), span: refusal.span(), kind }
    }
}

/// How many bytes from BEGIN on are looked at.
const LONGEST_LABEL: usize = 60;

/// What the BEGIN line of the block around a place says.
fn kind_by_label(paste: &[u8], span: Span) -> BlockKind {
    let end = span.start.saturating_add(40).min(span.end).min(paste.len());
    let Some(begin) = last(paste.get(..end).unwrap_or_default(), b"BEGIN") else { return BlockKind::Unknown };
    let block = paste.get(begin..end).unwrap_or_default();
    let line = paste.get(begin..).unwrap_or_default().split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let line = line.unwrap_or_default();
    let label = line.get(..LONGEST_LABEL).unwrap_or(line);
    let says = |word: &[u8]| last(label, word).is_some();
    match () {
        () if last(block, b"-END").is_some() => BlockKind::Unknown,
        () if says(b"PRIVATE") => BlockKind::Key,
        () if says(b"CERTIFICATE") && !says(b"REQUEST") => BlockKind::Certificate,
        () => BlockKind::Unknown,
    }
}

/// The last place of a word, in upper or lower case.
fn last(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).rposition(|window| window.eq_ignore_ascii_case(word))
}
