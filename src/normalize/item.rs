//! An item of a paste: a certificate or key, where it stood, what was repaired, and what is worth knowing about it.

use crate::certificate::{Certificate, CertificateNote};
use crate::key::{EncryptedPrivateKey, KeyAlgorithm, KeyNote, PrivateKey};
use crate::pem::{Form, Label, Repair, RepairCode, Repairs};
use crate::secret::SecretBytes;
use crate::span::Span;
use core::fmt;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// A certificate or key that was read from a text. Cloning one shares it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A certificate.
    Certificate(Certificate),
    /// A private key that is consistent in itself.
    PrivateKey(Arc<PrivateKey>),
    /// A private key that its password opens: [`EncryptedPrivateKey::decrypt`].
    Encrypted(EncryptedPrivateKey),
}

impl Item {
    /// The label under which RFC 7468 (RFC 1421 and OpenSSL for older encodings of keys) writes the item.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.pem_label().as_str()
    }

    pub(crate) fn pem_label(&self) -> Label {
        match self {
            Self::Certificate(_) => Label::Certificate,
            Self::PrivateKey(key) => key.pem_label(),
            Self::Encrypted(key) => key.pem_label(),
        }
    }

    /// Writes the item: the DER that was read, in a strict form. The result of a private key is secret.
    ///
    /// `None` where the item has no such form: only a certificate is the text of an `X509Certificate` element, and
    /// a key encrypted by `Proc-Type` headers exists as PEM only.
    #[must_use]
    pub fn secret_write(&self, form: Form) -> Option<SecretBytes> {
        match self {
            Self::Certificate(certificate) => Some(SecretBytes::new(certificate.write(form))),
            Self::PrivateKey(key) => key.secret_write(form),
            Self::Encrypted(key) => key.write(form).map(SecretBytes::new),
        }
    }

    /// What is worth knowing about the item.
    fn notes(&self, proof: Proof) -> Vec<Note> {
        let unproven = (proof == Proof::Unproven).then_some(Note::UnprovenContent).into_iter();
        match self {
            Self::Certificate(certificate) => {
                unproven.chain(certificate.notes().into_iter().map(Note::Certificate)).collect()
            }
            Self::PrivateKey(key) => Note::of_private_key(key),
            Self::Encrypted(_) => unproven.collect(),
        }
    }

    /// Returns true for a private key on a curve, and for an encrypted one, which may be on a curve.
    pub(crate) fn may_be_ec_key(&self) -> bool {
        match self {
            Self::Certificate(_) => false,
            Self::PrivateKey(key) => {
                matches!(key.algorithm(), KeyAlgorithm::EcP256 | KeyAlgorithm::EcP384 | KeyAlgorithm::EcP521)
            }
            Self::Encrypted(_) => true,
        }
    }

    /// Returns true for the same certificate, or for the same key in any encoding.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Certificate(a), Self::Certificate(b)) => a == b,
            (Self::PrivateKey(a), Self::PrivateKey(b)) => a.public_key().is_same_key(b.public_key()),
            (Self::Encrypted(a), Self::Encrypted(b)) => a.encrypted_bytes() == b.encrypted_bytes(),
            _ => false,
        }
    }
}

/// What is worth knowing about an item that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Note {
    /// Nothing in the text can prove the content: a changed character would not show.
    UnprovenContent,
    /// What is worth knowing about the certificate.
    Certificate(CertificateNote),
    /// What is weak about the private key.
    Key(KeyNote),
}

impl Note {
    /// What is worth knowing about a private key, wherever it was read from.
    #[must_use]
    pub fn of_private_key(key: &PrivateKey) -> Vec<Self> {
        let unproven = (!key.proves_itself()).then_some(Self::UnprovenContent);
        unproven.into_iter().chain(key.notes().into_iter().map(Self::Key)).collect()
    }

    /// The name in the JSON forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnprovenContent => "unproven-content",
            Self::Certificate(note) => note.as_str(),
            Self::Key(note) => note.as_str(),
        }
    }

    /// The note as a clause without a full stop.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::UnprovenContent => "nothing in the text can prove the content: a changed character would not show",
            Self::Certificate(note) => note.message(),
            Self::Key(note) => note.message(),
        }
    }
}

/// The note in words.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

/// An item, where it stood, and what was repaired.
#[derive(Debug)]
pub struct NormalizedItem {
    pub(crate) item: Item,
    pub(crate) span: Span,
    pub(crate) label: Cow<'static, str>,
    pub(crate) repairs: Vec<Repair>,
    proof: Proof,
    notes: OnceLock<Vec<Note>>,
}

/// Says if something in the paste proves the content of an item, such as a self-signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    Proven,
    Unproven,
}

impl NormalizedItem {
    pub(crate) const fn new(
        item: Item,
        proof: Proof,
        span: Span,
        label: Cow<'static, str>,
        repairs: Vec<Repair>,
    ) -> Self {
        Self { item, span, label, repairs, proof, notes: OnceLock::new() }
    }

    /// The item.
    #[must_use]
    pub const fn item(&self) -> &Item {
        &self.item
    }

    /// The item, owned.
    #[must_use]
    pub fn into_item(self) -> Item {
        self.item
    }

    /// Where it stood: from the first byte of its BEGIN line, or of its content, to the last of its END line.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The label as it stood in the text; empty if there was none.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What was repaired, in the order in which it was done. Empty for strict PEM and DER.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// What is worth knowing about it. The first call computes the notes; see [`PublicKey::notes`](crate::PublicKey::notes).
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        self.notes.get_or_init(|| self.item.notes(self.proof))
    }

    pub(crate) fn add_repair(&mut self, code: RepairCode, span: Span) {
        let mut repairs = Repairs::from(core::mem::take(&mut self.repairs));
        repairs.add(code, span);
        self.repairs = repairs.into_sorted();
    }
}
