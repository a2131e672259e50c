//! What people paste: each mess alone, in each encoding, and any two together.

mod spoil;
mod table;

use crate::support::{der, text};
use samlcert::{Item, Normalized, normalize};
pub(crate) use spoil::{base64, body_of, each_line, rewrapped, wrapped};
use table::MESSES;

/// Two messes together that leave two readings. This list may only shrink.
const AMBIGUOUS: &[(&str, &str)] = &[];

pub(crate) fn der_of(item: &Item) -> Vec<u8> {
    match item {
        Item::Certificate(certificate) => certificate.der().to_vec(),
        Item::PrivateKey(key) => key.secret_der().to_vec(),
        Item::Encrypted(key) => key.encrypted_bytes().to_vec(),
        _ => unreachable!("no further kind"),
    }
}

/// What is wrong with the reading of a text that holds one item, if anything is.
fn fault(text: &[u8], der: &[u8]) -> Option<String> {
    let normalized = normalize(text);
    let refused: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
    match normalized.items() {
        [found] if refused.is_empty() && der_of(found.item()) == der => None,
        [found] if der_of(found.item()) != der => Some("ANOTHER DER".to_owned()),
        items => Some(format!("{} items, refused: {refused:?}", items.len())),
    }
}

fn codes(normalized: &Normalized) -> Vec<&'static str> {
    normalized.items()[0].repairs().iter().map(|repair| repair.code().as_str()).collect()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_mess_is_read_and_each_repair_told() {
    let pem = text("certificates/rsa-3072.pem");
    let der = der("certificates/rsa-3072.pem");
    let mut faults = Vec::new();
    for mess in MESSES {
        let text = (mess.spoil)(&pem);
        if let Some(fault) = fault(text.as_bytes(), &der) {
            faults.push(format!("{}: {fault}", mess.name));
            continue;
        }
        let codes = codes(&normalize(text.as_bytes()));
        for repair in mess.repairs.iter().filter(|repair| !codes.contains(repair)) {
            faults.push(format!("{}: {repair} is not told, only {codes:?}", mess.name));
        }
    }
    assert_none(&faults);
}

#[test]
fn any_two_messes_are_read() {
    let pem = text("certificates/rsa-3072.pem");
    let der = der("certificates/rsa-3072.pem");
    let mut faults = Vec::new();
    for (index, first) in MESSES.iter().enumerate() {
        let spoiled = (first.spoil)(&pem);
        for second in MESSES.iter().skip(index + 1) {
            if let Some(fault) = fault((second.spoil)(&spoiled).as_bytes(), &der) {
                faults.push(format!("{} + {}: {fault}", first.name, second.name));
            }
        }
    }
    assert_none(&faults);
}
