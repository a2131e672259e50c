//! What a reader tells of a certificate or a key, in one form for all readers.

use crate::support::hex;
use samlcert::{Certificate, CertificateError, KeyAlgorithm, KeyError, PrivateKey};
use std::collections::BTreeMap;

/// The fields by name; or why there are none.
pub(super) type Reading = Result<Fields, String>;

pub(super) type Fields = BTreeMap<String, String>;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Certificate,
    Key,
}

/// What this crate tells.
pub(super) fn own(kind: Kind, der: &[u8]) -> Reading {
    match kind {
        Kind::Certificate => Certificate::from_der(der).map(|read| certificate(&read)).map_err(|error| why(&error)),
        Kind::Key => PrivateKey::from_der(der).map(|read| key(&read)).map_err(|error| why_key(&error)),
    }
}

/// What another reader tells in its line: `name=value` between tabs.
pub(super) fn of_line(line: &str) -> Reading {
    let fields = line.split('\t').filter_map(|field| field.split_once('='));
    let fields: Fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    match fields.get("refused") {
        Some(reason) => Err(reason.clone()),
        None => Ok(fields),
    }
}

fn certificate(read: &Certificate) -> Fields {
    let mut fields = vec![
        ("version", read.version().to_string()),
        ("serial", hex(read.serial())),
        ("signature-algorithm", read.signature_algorithm().as_str().to_owned()),
        ("issuer", name(&read.issuer())),
        ("not-before", read.validity().not_before().0.to_string()),
        ("not-after", read.validity().not_after().0.to_string()),
        ("subject", name(&read.subject())),
        ("key", kind_of_key(read.key_algorithm(), read.key_bits())),
        ("spki", hex(read.spki_der())),
    ];
    fields.extend(read.subject_key_identifier().map(|identifier| ("ski", hex(identifier))));
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn key(read: &PrivateKey) -> Fields {
    let public = read.public_key();
    let fields = [("key", kind_of_key(read.algorithm(), Some(read.bits()))), ("spki", hex(public.spki_der()))];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

fn kind_of_key(algorithm: KeyAlgorithm, bits: Option<u32>) -> String {
    match bits {
        Some(bits) => format!("{algorithm} {bits}", algorithm = algorithm.as_str()),
        None => "other".to_owned(),
    }
}

/// Why a certificate is refused, without the place.
fn why(error: &CertificateError) -> String {
    match error {
        CertificateError::Malformed { what, .. }
        | CertificateError::NotDer { what, .. }
        | CertificateError::Version { what, .. } => format!("{}: {what}", error.code()),
        CertificateError::PublicKey(error) => why_key(error),
        _ => error.code().to_string(),
    }
}

fn why_key(error: &KeyError) -> String {
    match error {
        KeyError::Malformed { what, .. } | KeyError::PublicKeyMalformed { what, .. } => {
            format!("{}: {what}", error.code())
        }
        KeyError::Contradiction(what) => format!("{}: {what}", error.code()),
        _ => error.code().to_string(),
    }
}

/// The attributes of a name as text (RFC 4514), in the order of the DER: `type=value`, both spelled out, the value as the
/// hexadecimal of its UTF-8; of its octets, after `!`, if it is no string.
fn name(text: &str) -> String {
    let mut rdns: Vec<_> = split(text, ',').into_iter().map(|rdn| attributes(&rdn)).collect();
    rdns.reverse();
    rdns.join(",")
}

fn attributes(rdn: &str) -> String {
    split(rdn, '+').iter().map(|one| attribute(one)).collect::<Vec<_>>().join("+")
}

fn attribute(text: &str) -> String {
    let (name, value) = text.split_once('=').expect("a type and a value");
    let number = SHORT_NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, number)| number);
    let value = match value.strip_prefix('#') {
        Some(whole) => decoded(&octets(whole)),
        None => hex(&unescaped(value)),
    };
    format!("{number}={value}")
}

const SHORT_NAMES: [(&str, &str); 9] = [
    ("CN", "2.5.4.3"),
    ("C", "2.5.4.6"),
    ("L", "2.5.4.7"),
    ("ST", "2.5.4.8"),
    ("STREET", "2.5.4.9"),
    ("O", "2.5.4.10"),
    ("OU", "2.5.4.11"),
    ("UID", "0.9.2342.19200300.100.1.1"),
    ("DC", "0.9.2342.19200300.100.1.25"),
];

/// The parts between separators that are not escaped; none of an empty text.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for character in text.chars() {
        if character == separator && !is_escaped {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("the first part").push(character);
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    if text.is_empty() { Vec::new() } else { parts }
}

/// RFC 4514, section 3: after a backslash stand two hexadecimal digits or the character itself.
fn unescaped(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut out = Vec::new();
    while let [first, after @ ..] = rest {
        (rest, _) = match (first, after) {
            (b'\\', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (after, out.extend(octets(std::str::from_utf8(&[*high, *low]).unwrap())))
            }
            (b'\\', [escaped, after @ ..]) => (after, out.push(*escaped)),
            _ => (after, out.push(*first)),
        };
    }
    out
}

pub(super) fn octets(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// The value of an attribute as its DER has it.
fn decoded(whole: &[u8]) -> String {
    let content = &whole[if whole[1] < 0x80 { 2 } else { 2 + usize::from(whole[1] & 0x7f) }..];
    let text = match whole[0] {
        0x0c => std::str::from_utf8(content).ok().map(str::to_owned),
        0x12 | 0x13 | 0x16 | 0x1a if content.is_ascii() => std::str::from_utf8(content).ok().map(str::to_owned),
        0x14 => Some(content.iter().copied().map(char::from).collect()),
        0x1e => String::from_utf16(&units(content).map(u16::from_be_bytes).collect::<Vec<_>>()).ok(),
        0x1c => units(content).map(|unit| char::from_u32(u32::from_be_bytes(unit))).collect(),
        _ => None,
    };
    text.map_or_else(|| format!("!{}", hex(content)), |text| hex(text.as_bytes()))
}

fn units<const N: usize>(content: &[u8]) -> impl Iterator<Item = [u8; N]> {
    content.chunks_exact(N).map(|unit| unit.try_into().unwrap())
}
