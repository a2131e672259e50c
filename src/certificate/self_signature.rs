//! Verifies whether a certificate is signed with its own key.
//!
//! One wrong character of base64 changes one byte or two adjacent ones; two exchanged characters change up to three.
//! Such an accident must never turn a self-signed certificate into one that is accepted as signed by somebody else.
//! Therefore the claim of being self-signed is read loosely, and the proof strictly: after any such accident, the
//! certificate still claims to be self-signed, and its signature is invalid.

use super::Certificate;
use super::extensions;
use crate::key::{NotChecked, PublicKey, Verification};
use crate::tlv::oid::{AUTHORITY_KEY_IDENTIFIER, SUBJECT_KEY_IDENTIFIER};

/// What is known about a certificate's signature by its own key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SelfSignature {
    /// Its own key made the signature: nothing has been changed since.
    Valid,
    /// It claims that its own key made the signature, but the signature is wrong: it is damaged.
    Invalid,
    /// It claims that its own key made the signature, but that cannot be checked here.
    NotChecked(NotChecked),
    /// It makes no such claim: issuer and subject differ, or its authority key identifier names another key. Nothing
    /// here proves its content.
    NotSelfSigned,
}

impl Certificate {
    /// Verifies the signature with the certificate's own key, if the certificate claims that this key made it: issuer
    /// and subject are equal, and no authority key identifier names another key. This takes about as long as verifying
    /// one login.
    #[must_use]
    pub fn self_signature(&self) -> SelfSignature {
        check(self)
    }
}

fn check(certificate: &Certificate) -> SelfSignature {
    let names_are_close = is_close(certificate.issuer_der(), certificate.subject_der());
    if !names_are_close || KeyIds::of(certificate).differ_clearly() {
        return SelfSignature::NotSelfSigned;
    }
    let key = certificate.public_key();
    if !certificate.is_self_issued() {
        return with_damaged_name(certificate, &key);
    }
    match certificate.verify(&key, certificate.tbs_der()) {
        Verification::Valid if is_proof(certificate) => SelfSignature::Valid,
        Verification::Valid => SelfSignature::NotSelfSigned,
        Verification::Invalid => SelfSignature::Invalid,
        Verification::NotChecked(why) => SelfSignature::NotChecked(why),
    }
}

/// Names that are close are those of a CA and what it signed, `CN=idp-ca` and `CN=idp-01`, or of a certificate that was
/// self-signed until one of them was damaged. Then the signature is valid with the other one in both places.
fn with_damaged_name(certificate: &Certificate, key: &PublicKey) -> SelfSignature {
    let is_signed_with =
        |name: &[u8]| certificate.verify(key, &certificate.tbs_with_names(name)) == Verification::Valid;
    if certificate.names().into_iter().any(is_signed_with) {
        SelfSignature::Invalid
    } else {
        SelfSignature::NotSelfSigned
    }
}

/// How many adjacent bytes an accident changes: one wrong character up to two, two exchanged ones up to three.
const ACCIDENT: usize = 3;

/// Equal, or of one length and different only within as many adjacent bytes as an accident changes.
fn is_close(one: &[u8], two: &[u8]) -> bool {
    let Some(first) = one.iter().zip(two).position(|(one, two)| one != two) else { return one.len() == two.len() };
    let rest = first.saturating_add(ACCIDENT);
    one.len() == two.len() && one.get(rest..) == two.get(rest..)
}

/// Returns true if a valid signature proves every byte, and a single wrong character cannot turn the certificate into
/// one that no longer claims to be self-signed.
fn is_proof(certificate: &Certificate) -> bool {
    let ids = KeyIds::of(certificate);
    ids.agree() && !ids.differ_with_look_alikes(certificate)
}

/// The values of the two extensions that name the certificate's key and the key that signed it.
#[derive(Clone, Copy)]
struct KeyIds<'a> {
    subject: Option<&'a [u8]>,
    authority: Option<&'a [u8]>,
}

/// The longest key identifier that says anything: a SHA-512.
const MAX_KEY_ID: usize = 64;

/// A value of at least this length counts as a key identifier, whatever the length of the other one. Dates and small
/// numbers in other extensions are shorter.
const SURE_KEY_ID: usize = 16;

impl<'a> KeyIds<'a> {
    fn of(certificate: &'a Certificate) -> Self {
        Self {
            subject: certificate.extension(SUBJECT_KEY_IDENTIFIER),
            authority: certificate.extension(AUTHORITY_KEY_IDENTIFIER),
        }
    }

    /// Returns true if both are present and name two keys, even allowing for a wrong character.
    fn differ_clearly(self) -> bool {
        let subject = self.subject.and_then(extensions::subject_key_identifier);
        let authority = self.authority.and_then(extensions::authority_key_identifier);
        let signer = authority.and_then(|fields| fields.key_identifier);
        let (Some(own), Some(signer), Some(raw)) = (subject, signer, self.authority) else { return false };
        let comparable = signer.len() >= SURE_KEY_ID || signer.len() == own.len();
        // A wrong length inside the extension moves the identifier, but does not change its bytes.
        comparable && own.len() <= MAX_KEY_ID && !raw.windows(own.len()).any(|window| is_close(window, own))
    }

    /// Returns true if they are well-formed, and equal if both are present.
    fn agree(self) -> bool {
        let subject = self.subject.map(extensions::subject_key_identifier);
        let authority = self.authority.map(extensions::authority_key_identifier);
        let signer = authority.map(|fields| fields.map(|fields| fields.key_identifier));
        match (subject, signer) {
            (Some(None), _) | (_, Some(None)) => false,
            (Some(Some(own)), Some(Some(Some(signer)))) => own == signer,
            _ => true,
        }
    }

    /// Returns true if another extension, whose OID is one wrong character away from that of the missing one, would
    /// make the two differ.
    fn differ_with_look_alikes(self, certificate: &'a Certificate) -> bool {
        certificate.raw_extensions().any(|extension| {
            let value = Some(extension.value);
            let with = match self {
                Self { authority: None, .. } if is_close(extension.oid, AUTHORITY_KEY_IDENTIFIER) => {
                    Self { authority: value, ..self }
                }
                Self { subject: None, .. } if is_close(extension.oid, SUBJECT_KEY_IDENTIFIER) => {
                    Self { subject: value, ..self }
                }
                _ => return false,
            };
            with.differ_clearly()
        })
    }
}
