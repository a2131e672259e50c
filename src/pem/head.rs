//! How a DER value begins in base64, and its decoding.

use super::alphabet::{is_any_base64, is_space, usual};
use crate::secret::Wiped;
use crate::tlv;
use base64ct::Encoding as _;
use zeroize::Zeroizing;

/// The beginning of a DER value of a kind that is read: how long it is, and whether it is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The length of the whole value in bytes.
    pub(crate) total: usize,
    /// SEQUENCE, INTEGER begins a private key; SEQUENCE, SEQUENCE does not.
    pub(crate) is_secret: bool,
}

/// Shorter values are taken for chance.
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
        // The first bits of a length that is neither too short for an item nor too long.
        characters.clone().nth(1).filter(|second| matches!(second, b'B'..=b'I'))?;
        let mut first = Zeroizing::new([0u8; 16]);
        let mut count = 0usize;
        for (slot, byte) in first.iter_mut().zip(characters) {
            *slot = usual(*byte).unwrap_or(*byte);
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

    /// The head of a value of any kind, if these characters spell it whole.
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

    /// The head of a value of which the first bytes are given.
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
        self.total.saturating_mul(4).div_ceil(3)
    }
}

/// Whether the value that these characters begin is secret, or may be.
pub(crate) fn may_be_secret(characters: &[u8]) -> bool {
    !begins_certificate(characters) && Head::of(characters).is_none_or(|head| head.is_secret)
}

/// Whether these characters begin two SEQUENCEs whose lengths take two octets each, as nearly all certificates do and no
/// key does: `30 82 .. .. 30 82`.
pub(crate) const fn begins_certificate(characters: &[u8]) -> bool {
    matches!(characters, [b'M', b'I', b'I', _, _, b'D' | b'T' | b'j' | b'z', b'C', b'B' | b'C', ..])
}

/// The padding that so many characters need.
pub(crate) const fn padding_for(characters: usize) -> usize {
    match characters % 4 {
        2 => 2,
        3 => 1,
        _ => 0,
    }
}

/// Decodes base64 characters (no blanks, no padding); `None` if their number is impossible or unused bits are
/// not zero (RFC 4648, section 3.5).
pub(crate) fn decode(characters: &[u8], is_secret: bool) -> Option<Wiped> {
    let mut copy = Wiped::with_capacity(characters.len());
    copy.extend_from_slice(characters);
    decode_in_place(copy, is_secret)
}

/// As [`decode`], in the place of the characters.
pub(crate) fn decode_in_place(mut characters: Wiped, is_secret: bool) -> Option<Wiped> {
    let len = if is_secret {
        check_last_group(&characters)?;
        base64ct::Base64Unpadded::decode_in_place(&mut characters).ok()?.len()
    } else {
        base64_simd::STANDARD_NO_PAD.decode_inplace(&mut characters).ok()?.len()
    };
    characters.truncate(len);
    Some(characters)
}

/// Refuses unused bits that are not zero, which decoding in place does not look at.
fn check_last_group(characters: &[u8]) -> Option<()> {
    let whole = characters.len().checked_sub(characters.len() % 4)?;
    let mut bytes = Zeroizing::new([0u8; 3]);
    base64ct::Base64Unpadded::decode(characters.get(whole..)?, bytes.as_mut_slice()).ok().map(drop)
}
