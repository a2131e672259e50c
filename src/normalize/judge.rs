//! Turns a DER candidate into a proven item, or into a refusal with its reason.

use std::sync::Arc;

use super::item::{Item, NormalizedItem, Proof};
use super::kind::{Kind, kind_of};
use super::refusal::{Reason, Refusal};
use crate::certificate::{Certificate, SelfSignature};
use crate::key::{EncryptedPrivateKey, KeyEncoding, KeyError, NotChecked, PrivateKey};
use crate::limits::MAX_SELF_SIGNATURES;
use crate::pem::{Candidate, Label, RepairCode, TextFault, Wrapping};
use crate::tlv::{self, Fault};

/// Decides what each candidate of one paste is.
#[derive(Default)]
pub(crate) struct Judge {
    self_signatures: usize,
}

type Judged = Result<(Item, Proof), Refusal>;

impl Judge {
    pub(crate) fn judge(&mut self, mut candidate: Candidate<'_>) -> Result<NormalizedItem, Refusal> {
        let (item, proof) = match &candidate.wrapping {
            Wrapping::ProcType { cipher, iv } => proc_type(&candidate, cipher, iv)?,
            Wrapping::None => match kind_of(&candidate.der) {
                Kind::Certificate => self.certificate(&candidate)?,
                Kind::PrivateKey => private_key(&candidate)?,
                Kind::EncryptedPrivateKey => encrypted(&candidate, EncryptedPrivateKey::from_der(&candidate.der))?,
                Kind::Other(kind) => return Err(refuse(&candidate, TextFault::Other(kind), None)),
                Kind::Unknown => return Err(refuse(&candidate, TextFault::UnknownContent, None)),
            },
        };
        if let Some(repair) = label_repair(&candidate, &item) {
            candidate.repairs.add(repair, candidate.span);
        }
        let Candidate { span, label, repairs, .. } = candidate;
        Ok(NormalizedItem::new(item, proof, span, label, repairs.into_sorted()))
    }

    fn certificate(&mut self, candidate: &Candidate<'_>) -> Judged {
        let certificate = Certificate::from_der(&candidate.der)
            .map_err(|error| refuse(candidate, error.clone(), error.position()))?;
        let proof = match self.self_signature(&certificate) {
            SelfSignature::Valid => Proof::Proven,
            SelfSignature::Invalid => return Err(altered(candidate)),
            SelfSignature::NotChecked(_) | SelfSignature::NotSelfSigned => Proof::Unproven,
        };
        Ok((Item::Certificate(certificate), proof))
    }

    fn self_signature(&mut self, certificate: &Certificate) -> SelfSignature {
        if self.self_signatures >= MAX_SELF_SIGNATURES {
            return SelfSignature::NotChecked(NotChecked::TooMany);
        }
        let verdict = certificate.self_signature();
        if verdict != SelfSignature::NotSelfSigned {
            self.self_signatures = self.self_signatures.saturating_add(1);
        }
        verdict
    }
}

/// The refusal of a certificate whose self-signature is invalid: a mask may leave sound DER.
fn altered(candidate: &Candidate<'_>) -> Refusal {
    match candidate.damage() {
        (TextFault::Masked, span) => Refusal::new(TextFault::Masked, span),
        _ => Refusal::new(Reason::SelfSignatureInvalid, candidate.span),
    }
}

fn private_key(candidate: &Candidate<'_>) -> Judged {
    let key = PrivateKey::from_der(&candidate.der).map_err(|error| refuse_key(candidate, error))?;
    let proof = if key.proves_itself() { Proof::Proven } else { Proof::Unproven };
    Ok((Item::PrivateKey(Arc::new(key)), proof))
}

fn proc_type(candidate: &Candidate<'_>, cipher: &str, iv: &[u8]) -> Judged {
    let encoding = match candidate.known_label {
        Some(Label::EcPrivateKey) => KeyEncoding::Sec1,
        Some(Label::PrivateKey | Label::AnyPrivateKey) => KeyEncoding::Pkcs8,
        // The one that OpenSSL writes most; in the end the plaintext decides.
        _ => KeyEncoding::Pkcs1,
    };
    encrypted(candidate, EncryptedPrivateKey::from_proc_type(encoding, cipher.as_bytes(), iv, &candidate.der))
}

fn encrypted(candidate: &Candidate<'_>, key: Result<EncryptedPrivateKey, KeyError>) -> Judged {
    let key = key.map_err(|error| refuse_key(candidate, error))?;
    Ok((Item::Encrypted(key), Proof::Unproven))
}

fn refuse_key(candidate: &Candidate<'_>, error: KeyError) -> Refusal {
    let position = error.position();
    refuse(candidate, error, position)
}

/// The refusal of a candidate. If its DER is not sound, the damage of the text says more than the error of a parser.
fn refuse(candidate: &Candidate<'_>, reason: impl Into<Reason>, position: Option<usize>) -> Refusal {
    let fault = match &candidate.wrapping {
        Wrapping::None => tlv::check(&candidate.der).err(),
        Wrapping::ProcType { .. } => None,
    };
    match fault.map(|error| (error.fault, error.at)) {
        Some((Fault::Depth, at)) => Refusal::new(TextFault::DerTooDeep, candidate.place(at)),
        Some(_) if candidate.is_text() => {
            let (fault, span) = candidate.damage();
            Refusal::new(fault, span)
        }
        _ => Refusal::new(reason, position.map_or(candidate.span, |offset| candidate.place(offset))),
    }
}

/// The repair that the label of an item needs.
fn label_repair(candidate: &Candidate<'_>, item: &Item) -> Option<RepairCode> {
    let is_alias = |label: Label| match item {
        Item::Certificate(_) => label.is_alias_of_certificate(),
        Item::PrivateKey(_) => label == Label::AnyPrivateKey,
        Item::Encrypted(_) => false,
    };
    match candidate.known_label {
        Some(label) if label == item.pem_label() => None,
        Some(label) if label.is_of_pkcs7() && candidate.is_inner() => None,
        Some(label) if is_alias(label) => Some(RepairCode::LabelAlias),
        None if candidate.label.is_empty() => None,
        _ => Some(RepairCode::LabelWrong),
    }
}
