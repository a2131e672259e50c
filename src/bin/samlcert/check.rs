//! `samlcert check`: whether a private key belongs to a certificate.

use crate::options::Options;
use crate::output::{Failure, GOOD, NO, Outcome, UNUSABLE};
use crate::page::{self, Facts, Page, sentence};
use crate::proof::{self, Answer, Arguments};
use samlcert::json::{Check, Verdict};
use samlcert::{CertificateNote, HashAlgorithm, UnixTime};

pub(crate) fn run(command: &Arguments, options: &Options) -> Result<Outcome, Failure> {
    let answer = proof::answer(command, options)?;
    let status = match answer.verdict {
        Verdict::Match => GOOD,
        Verdict::Mismatch => NO,
        _ => UNUSABLE,
    };
    if options.json {
        let form = Check::new(answer.verdict, answer.code, answer.message);
        let form = match answer.place {
            Some((source, span)) => form.at(source, span),
            None => form,
        };
        return Ok(Outcome::json(status, &form));
    }
    Ok(Outcome::text(status, page(&answer, options.now())))
}

fn page(answer: &Answer, now: UnixTime) -> String {
    let mut page = Page::default();
    page.verdict(match answer.verdict {
        Verdict::Match => "Yes: the key belongs to the certificate.",
        Verdict::Mismatch => "No: the key does not belong to the certificate.",
        Verdict::InvalidKey => "The private key cannot be used.",
        Verdict::InvalidCertificate => "The certificate cannot be used.",
    });
    let certified = answer.certificate.as_ref().map(|certificate| certificate.spki_fingerprint(HashAlgorithm::Sha256));
    let are_both_shown = certified.is_some() && answer.key.is_some();
    match &answer.pointed {
        Some(pointed) => page.paragraph(pointed),
        // The table says the same as the message.
        None if answer.verdict == Verdict::Mismatch && are_both_shown && certified != answer.key => {}
        None => page.sentence(&sentence(&answer.message)),
    }
    for warning in warnings(answer, now) {
        page.sentence(&warning);
    }
    let facts = facts(answer, now);
    if !facts.is_empty() {
        page.table("", &facts);
    }
    if answer.verdict == Verdict::Mismatch {
        page.sentence(match are_both_shown {
            true => "Look for the key that was made together with this certificate: both lines above must be equal.",
            false => "Look for the key that was made together with the certificate.",
        });
    }
    page.into_text()
}

/// What matters without changing the verdict.
fn warnings(answer: &Answer, now: UnixTime) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(certificate) = &answer.certificate {
        if !certificate.validity().contains(now) {
            warnings.push(format!("Note: the certificate is not valid now: {}.", page::age(certificate, now)));
        }
        let mut notes = certificate.notes();
        // What only the private key shows.
        let of_key = answer.pair.iter().flat_map(|pair| pair.private_key().notes()).map(CertificateNote::Key);
        notes.extend(of_key.filter(|note| !notes.contains(note)).collect::<Vec<_>>());
        warnings.extend(notes.iter().map(|note| format!("Note: {note}.")));
    }
    let beside = answer.refused.saturating_sub(usize::from(answer.pointed.is_some()));
    if beside > 0 {
        let blocks = page::count(beside, if answer.pointed.is_some() { "more block" } else { "block" });
        let were = if beside == 1 { "was" } else { "were" };
        warnings.push(format!("Note: {blocks} {were} refused; see `samlcert inspect`."));
    }
    warnings
}

fn facts(answer: &Answer, now: UnixTime) -> Facts {
    let mut facts = Facts::default();
    if let Some(certificate) = &answer.certificate {
        facts.add("certificate of", certificate.subject());
        facts.add("validity", page::validity(certificate, now));
        facts.add("its public key", page::digest(&certificate.spki_fingerprint(HashAlgorithm::Sha256)));
    }
    if let Some(key) = &answer.key {
        facts.add("the key's", page::digest(key));
    }
    facts
}
