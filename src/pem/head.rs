//! The first bytes of a DER value, which tell its length, and whether it may be secret before it is decoded.

use super::base64::{characters_for, decode, from_url_safe, is_any_base64};
use super::space::is_space;
use crate::tlv;
use base64ct::Encoding as _;
use zeroize::Zeroizing;

/// What the beginning of a certificate, key or container tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The length of the whole value in bytes.
    pub(crate) total: usize,
    /// SEQUENCE, INTEGER begins a private key; SEQUENCE, SEQUENCE does not.
    pub(crate) is_secret: bool,
}

/// In bytes. What begins like a shorter value does so by chance.
const SHORTEST_ITEM: usize = 32;

impl Head {
    /// The head of the value whose base64 begins here.
    pub(crate) fn at(bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        const WINDOW: usize = 256;
        // Every DER SEQUENCE begins with this character.
        bytes.get(at).filter(|first| **first == b'M')?;
        let end = end.min(at.saturating_add(WINDOW));
        let characters = bytes.get(at..end)?.iter().filter(|byte| !is_space(**byte));
        let characters = characters.take_while(|byte| is_any_base64(**byte));
        // The second character holds the first bits of the length, which is neither too short for an item nor too long.
        characters.clone().nth(1).filter(|second| matches!(second, b'B'..=b'I'))?;
        let mut first = Zeroizing::new([0u8; 16]);
        let mut count = 0usize;
        for (slot, byte) in first.iter_mut().zip(characters) {
            *slot = from_url_safe(*byte).unwrap_or(*byte);
            count = count.saturating_add(1);
        }
        Self::of(first.get(..count)?)
    }

    /// The head of the value that these base64 characters begin.
    pub(crate) fn of(characters: &[u8]) -> Option<Self> {
        let mut first = Zeroizing::new(*characters.first_chunk::<16>()?);
        let der = base64ct::Base64Unpadded::decode_in_place(first.as_mut_slice()).ok()?;
        // In a text, the tag of a SEQUENCE is the digit 0.
        let is_text = der.iter().all(|byte| byte.is_ascii_graphic() || is_space(*byte));
        if is_text { None } else { Self::of_der(der) }
    }

    /// The head of a value of any kind that these characters spell from beginning to end.
    pub(crate) fn of_whole(characters: &[u8]) -> Option<Self> {
        let der = decode(characters, true)?;
        tlv::check(&der).ok()?;
        Some(Self { total: der.len(), is_secret: true })
    }

    /// The head of the value that these characters begin, if it is an OCTET STRING or BIT STRING around an item.
    pub(crate) fn around(characters: &[u8]) -> Option<Self> {
        let first = decode(characters.get(..32)?, true)?;
        let (tag, header, length) = tlv::read_header(&first).ok()?;
        let content = tlv::inside(tag, first.get(header..)?)?;
        Self::of_der(content)?;
        Some(Self { total: header.checked_add(length)?, is_secret: true })
    }

    /// The head of the value that begins with these bytes.
    pub(crate) fn of_der(der: &[u8]) -> Option<Self> {
        let (tag, header, length) = tlv::read_header(der).ok()?;
        let total = header.checked_add(length)?;
        let content = der.get(header..)?;
        let is_secret = match content {
            [tlv::INTEGER, 1, 0 | 1 | 3, ..] => true,
            [tlv::SEQUENCE | tlv::OID, ..] => {
                let (_, inner_header, inner_length) = tlv::read_header(content).ok()?;
                (inner_header.checked_add(inner_length)? <= length).then_some(false)?
            }
            // The two numbers of a PKCS#1 public key.
            [tlv::INTEGER, 0x81 | 0x82, ..] => false,
            _ => return None,
        };
        (tag == tlv::SEQUENCE && total >= SHORTEST_ITEM).then_some(Self { total, is_secret })
    }

    /// How many base64 characters the value has.
    pub(crate) const fn characters(self) -> usize {
        characters_for(self.total)
    }
}

/// Returns true unless these characters begin a value that is public.
pub(crate) fn may_be_secret(characters: &[u8]) -> bool {
    !begins_certificate(characters) && Head::of(characters).is_none_or(|head| head.is_secret)
}

/// Returns true if these characters begin two SEQUENCEs whose lengths take two octets each: `30 82 .. .. 30 82`. Nearly all
/// certificates begin so, and no key does.
pub(crate) const fn begins_certificate(characters: &[u8]) -> bool {
    matches!(characters, [b'M', b'I', b'I', _, _, b'D' | b'T' | b'j' | b'z', b'C', b'B' | b'C', ..])
}
