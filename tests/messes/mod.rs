//! What people paste: each mess alone, in each encoding, and any two together.

mod spoil;
mod table;

use crate::support::{der, text};
use samlcert::pem::TextFault;
use samlcert::{Item, Normalized, Reason, Span, normalize};
pub(crate) use spoil::{base64, body_of, each_line, rewrapped, wrapped};
use table::MESSES;

/// Pairs of messes that leave two readings. This list may only shrink.
const AMBIGUOUS: &[(&str, &str)] =
    &[("plus signs lost", "blanks inside lines"), ("plus signs lost", "one line"), ("plus signs lost", "LDIF")];

pub(crate) fn der_of(item: &Item) -> Vec<u8> {
    match item {
        Item::Certificate(certificate) => certificate.der().to_vec(),
        Item::PrivateKey(key) => key.secret_der().to_vec(),
        Item::Encrypted(key) => key.encrypted_bytes().to_vec(),
        _ => unreachable!("no further kind"),
    }
}

/// What is wrong with the reading of a text that holds one item.
fn fault(text: &[u8], der: &[u8]) -> Option<String> {
    let normalized = normalize(text);
    let refused: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
    match normalized.items() {
        [found] if refused.is_empty() && der_of(found.item()) == der => None,
        [found] if der_of(found.item()) != der => Some("ANOTHER DER".to_owned()),
        items => Some(format!("{} items, refused: {refused:?}", items.len())),
    }
}

/// What is wrong with the refusal of a text that has two readings.
fn not_ambiguous(text: &[u8]) -> Option<String> {
    let normalized = normalize(text);
    let [refusal] = normalized.refused() else { return Some(format!("not ambiguous: {normalized:?}")) };
    let Reason::Text(TextFault::Ambiguous { other }) = refusal.reason() else {
        return Some(format!("not ambiguous: {}", refusal.code().as_str()));
    };
    // Two blanks, one of which was a plus sign.
    let is_blank = |span: Span| text.get(span.start..span.end) == Some(b" ");
    (refusal.span() == *other || !is_blank(refusal.span()) || !is_blank(*other))
        .then(|| "the places are wrong".to_owned())
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
            let text = (second.spoil)(&spoiled);
            let fault = if AMBIGUOUS.contains(&(first.name, second.name)) {
                not_ambiguous(text.as_bytes())
            } else {
                fault(text.as_bytes(), &der)
            };
            faults.extend(fault.map(|fault| format!("{} + {}: {fault}", first.name, second.name)));
        }
    }
    assert_none(&faults);
}

/// How the characters of a text become bytes.
struct Encoding {
    name: &'static str,
    encode: fn(&str) -> Vec<u8>,
    /// Whether it has every character.
    is_whole: bool,
}

const ENCODINGS: &[Encoding] = &[
    Encoding { name: "UTF-16, big-endian", encode: |text| utf16(text, u16::to_be_bytes), is_whole: true },
    Encoding { name: "UTF-16, little-endian", encode: |text| utf16(text, u16::to_le_bytes), is_whole: true },
    Encoding { name: "UTF-16 with a mark", encode: |text| utf16(&with_mark(text), u16::to_le_bytes), is_whole: true },
    Encoding {
        name: "UTF-16 with a big-endian mark",
        encode: |text| utf16(&with_mark(text), u16::to_be_bytes),
        is_whole: true,
    },
    Encoding { name: "UTF-32, big-endian", encode: |text| utf32(text, u32::to_be_bytes), is_whole: true },
    Encoding { name: "UTF-32, little-endian", encode: |text| utf32(text, u32::to_le_bytes), is_whole: true },
    Encoding { name: "UTF-32 with a mark", encode: |text| utf32(&with_mark(text), u32::to_le_bytes), is_whole: true },
    Encoding {
        name: "UTF-32 with a big-endian mark",
        encode: |text| utf32(&with_mark(text), u32::to_be_bytes),
        is_whole: true,
    },
    Encoding { name: "Windows-1252", encode: windows_1252, is_whole: false },
];

fn with_mark(text: &str) -> String {
    format!("\u{feff}{text}")
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf32(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|character| unit(character.into())).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |character: char| match character {
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        other => u8::try_from(other).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

#[test]
fn each_mess_is_read_in_each_encoding() {
    let pem = text("certificates/rsa-3072.pem");
    let der = der("certificates/rsa-3072.pem");
    let mut faults = Vec::new();
    for encoding in ENCODINGS {
        for mess in MESSES {
            let text = (mess.spoil)(&pem);
            let bytes = (encoding.encode)(&text);
            if encoding.is_whole || !bytes.contains(&b'?') {
                faults.extend(fault(&bytes, &der).map(|fault| format!("{}, {}: {fault}", mess.name, encoding.name)));
            }
        }
    }
    assert_none(&faults);
}

/// Private keys and other certificates are read in the same way.
#[test]
fn each_mess_is_read_of_keys_and_of_short_and_long_certificates() {
    let mut faults = Vec::new();
    for name in [
        "keys/rsa-2048.pem",
        "keys/p256.pem",
        "keys/ed25519.pem",
        "keys/p256.sec1.pem",
        "certificates/ed25519.pem",
        "certificates/100-sans.pem",
    ] {
        let (pem, der) = (text(name), der(name));
        for mess in MESSES.iter().filter(|mess| !needs_plus_signs(mess.name)) {
            let text = (mess.spoil)(&pem);
            faults.extend(fault(text.as_bytes(), &der).map(|fault| format!("{}, {name}: {fault}", mess.name)));
        }
    }
    assert_none(&faults);
}

/// A short value may have none of them; then nothing tells that they were lost.
fn needs_plus_signs(mess: &str) -> bool {
    mess == "plus signs lost"
}
