//! Distinguished names (RFC 5280, section 4.1.2.4) and their text (RFC 4514).

use core::fmt::Write as _;

use super::error::{field, malformed};
use super::{CertificateError, oid, string};
use crate::hex::HexDisplay;
use crate::invisible::is_invisible;
use crate::tlv::{self, OID, SEQUENCE, SET, Tlv, TlvError};

/// One attribute of a name: its type and its value.
#[derive(Clone, Copy)]
struct Attribute<'a> {
    oid: Tlv<'a>,
    value: Tlv<'a>,
}

impl<'a> Attribute<'a> {
    fn parse(attribute: &Tlv<'a>) -> Result<Self, TlvError> {
        let mut fields = attribute.reader();
        let (oid, value) = (fields.expect(OID)?, fields.any()?);
        fields.finish()?;
        Ok(Self { oid, value })
    }
}

/// Checks that a name is a list of sets of attributes.
pub(super) fn check(name: &Tlv<'_>) -> Result<(), CertificateError> {
    let mut sets = name.reader();
    while !sets.is_empty() {
        let set = field(sets.expect(SET), "a part of a name")?;
        let mut attributes = set.reader();
        if attributes.is_empty() {
            return malformed(set.at, "a part of a name, as an empty one is not allowed");
        }
        while !attributes.is_empty() {
            let attribute = field(attributes.expect(SEQUENCE), "an attribute of a name")?;
            let Attribute { oid, value } = field(Attribute::parse(&attribute), "an attribute: type and value")?;
            oid::check(&oid)?;
            if !string::is_readable(&value) {
                return malformed(value.at, "a string in a name");
            }
        }
    }
    Ok(())
}

fn attributes<'a>(set: &Tlv<'a>) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
    set.reader().values().filter_map(|attribute| Attribute::parse(&attribute).ok())
}

/// Every attribute value of a name that [`check`] has passed.
pub(super) fn values(name: &[u8]) -> impl Iterator<Item = Tlv<'_>> {
    tlv::children(name).flat_map(|set| attributes(&set)).map(|attribute| attribute.value)
}

/// Returns true if the attributes of every set are in DER order (X.690, section 11.6).
pub(super) fn is_sorted(name: &[u8]) -> bool {
    tlv::children(name).all(|set| set.reader().values().is_sorted_by_key(|attribute| attribute.whole))
}

/// The text of a name that [`check`] has passed: RFC 4514, the last set first.
pub(super) fn to_text(name: &[u8]) -> String {
    let mut text = String::new();
    let sets: Vec<_> = tlv::children(name).collect();
    for set in sets.iter().rev() {
        let mut separator = if text.is_empty() { "" } else { "," };
        for attribute in attributes(set) {
            text.push_str(separator);
            write_attribute(&attribute, &mut text);
            separator = "+";
        }
    }
    text
}

fn write_attribute(attribute: &Attribute<'_>, text: &mut String) {
    let short = short_name(attribute.oid.content);
    match short {
        Some(short) => text.push_str(short),
        None => tlv::oid::write(attribute.oid.content, text),
    }
    text.push('=');
    match short.and_then(|_| string::decode(&attribute.value)) {
        Some(value) => write_escaped(&value, text),
        None => text.push_str(&hexadecimal(attribute.value.whole)),
    }
}

/// The table of RFC 4514, section 3.
const fn short_name(oid: &[u8]) -> Option<&'static str> {
    Some(match oid {
        tlv::oid::COMMON_NAME => "CN",
        tlv::oid::COUNTRY => "C",
        tlv::oid::LOCALITY => "L",
        tlv::oid::STATE => "ST",
        tlv::oid::STREET => "STREET",
        tlv::oid::ORGANIZATION => "O",
        tlv::oid::ORGANIZATIONAL_UNIT => "OU",
        tlv::oid::USER_ID => "UID",
        tlv::oid::DOMAIN_COMPONENT => "DC",
        _ => return None,
    })
}

/// RFC 4514, section 2.4; an invisible character is written as the hexadecimal of its octets.
fn write_escaped(value: &str, text: &mut String) {
    let last = value.char_indices().last().map(|(index, _)| index);
    for (index, character) in value.char_indices() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            ' ' if index == 0 || Some(index) == last => text.push_str("\\ "),
            '#' if index == 0 => text.push_str("\\#"),
            _ => write_seen(character, text),
        }
    }
}

fn write_seen(character: char, text: &mut String) {
    if !is_invisible(character) {
        return text.push(character);
    }
    for octet in character.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(text, "\\{octet:02X}");
    }
}

/// Escapes a text outside a distinguished name: invisible characters as in a name, and a backslash doubled.
pub(super) fn show(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            _ => write_seen(character, &mut text),
        }
    }
    text
}

/// The form of octets that are not text: `#` and hexadecimal.
pub(super) fn hexadecimal(octets: &[u8]) -> String {
    format!("#{:x}", HexDisplay(octets))
}
