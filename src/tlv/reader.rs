//! Reads values one after the other, and checks a whole tree of them.
//!
//! It stands beside the reader of the `der` crate for three reasons. It is stricter: it looks at every value of the tree,
//! limits the depth, and wants unused bits to be zero. It reads what `der` refuses and certificates have: years before
//! 1970, object identifiers of more than 39 bytes. And it takes half the time.

use super::{BIT_STRING, BOOLEAN, ENUMERATED, INTEGER, NULL, OCTET_STRING, OID};
use crate::limits::MAX_DER_DEPTH;

const CONSTRUCTED: u8 = 0x20;
const CLASS: u8 = 0xc0;
const NUMBER: u8 = 0x1f;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The bytes end inside the value; this many are missing.
    Missing(usize),
    /// Bytes follow where the value must end.
    Trailing,
    /// A length that is indefinite, not in its shortest form, or over 4 bytes.
    Length,
    /// A tag that DER does not allow (number 0 or over 30, a wrong constructed bit).
    Tag,
    /// A tag other than the one that must stand here.
    Unexpected,
    /// The content does not fit the tag.
    Content,
    /// Nested deeper than the limit.
    Depth,
}

/// A fault and its place: the offset in the bytes that reading began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TlvError {
    pub(crate) fault: Fault,
    pub(crate) at: usize,
}

type Result<T> = core::result::Result<T, TlvError>;

const fn fail<T>(fault: Fault, at: usize) -> Result<T> {
    Err(TlvError { fault, at })
}

/// One value: its tag, its content, and the whole with its header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    pub(crate) whole: &'a [u8],
    /// The offset of the header.
    pub(crate) at: usize,
}

impl<'a> Tlv<'a> {
    /// A reader of the content.
    pub(crate) fn reader(&self) -> Reader<'a> {
        let header = self.whole.len().saturating_sub(self.content.len());
        Reader { rest: self.content, at: self.at.saturating_add(header) }
    }

    /// The offset of the content.
    pub(crate) fn content_at(&self) -> usize {
        self.reader().at
    }
}

/// Reads values one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next value, if there is one.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next value, whatever it is. Inlined, since a value returned through memory costs more than reading it:
    /// certificates were read three times slower.
    #[inline(always)]
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>> {
        let (tag, header, whole, rest) = split(self.rest).map_err(|fault| TlvError { fault, at: self.at })?;
        let value = Tlv { tag, content: whole.get(header..).unwrap_or_default(), whole, at: self.at };
        self.rest = rest;
        self.at = self.at.saturating_add(whole.len());
        Ok(value)
    }

    /// The next value, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Tlv<'a>> {
        match self.peek() {
            Some(found) if found != tag => fail(Fault::Unexpected, self.at),
            _ => self.any(),
        }
    }

    /// The next value if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// The values up to the end, or to the first fault.
    pub(crate) fn values(mut self) -> impl Iterator<Item = Tlv<'a>> {
        core::iter::from_fn(move || self.any().ok())
    }

    /// Nothing may be left.
    pub(crate) const fn finish(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { fail(Fault::Trailing, self.at) }
    }
}

/// The tag of the first value, the length of its header, the whole of it, and what follows it.
type Split<'a> = (u8, usize, &'a [u8], &'a [u8]);

#[inline(always)]
fn split(bytes: &[u8]) -> core::result::Result<Split<'_>, Fault> {
    let (tag, header, length) = match bytes {
        // Nearly all headers are this short.
        &[tag, length @ ..0x80, ..] if is_tag(tag) => (tag, 2, usize::from(length)),
        _ => read_header(bytes)?,
    };
    let end = header.saturating_add(length);
    let (whole, rest) = bytes.split_at_checked(end).ok_or(Fault::Missing(end.saturating_sub(bytes.len())))?;
    Ok((tag, header, whole, rest))
}

/// The octets that an OCTET STRING or a BIT STRING of whole octets has, of its tag and content.
pub(crate) const fn inside(tag: u8, content: &[u8]) -> Option<&[u8]> {
    match (tag, content) {
        (OCTET_STRING, octets) | (BIT_STRING, [0, octets @ ..]) => Some(octets),
        _ => None,
    }
}

/// The values in the content of the first value of the bytes.
pub(crate) fn children(bytes: &[u8]) -> impl Iterator<Item = Tlv<'_>> {
    Reader::new(bytes).any().ok().into_iter().flat_map(|outer| outer.reader().values())
}

/// Tag, length of the header, length of the content, of a value that may go on after the end of `bytes`.
pub(crate) fn read_header(bytes: &[u8]) -> core::result::Result<(u8, usize, usize), Fault> {
    let (&tag, rest) = bytes.split_first().ok_or(Fault::Missing(1))?;
    if !is_tag(tag) {
        return Err(Fault::Tag);
    }
    let (&first, rest) = rest.split_first().ok_or(Fault::Missing(1))?;
    if first < 0x80 {
        return Ok((tag, 2, usize::from(first)));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return Err(Fault::Length);
    }
    let octets = rest.get(..count).ok_or(Fault::Missing(count.saturating_sub(rest.len())))?;
    let length = octets.iter().fold(0u64, |sum, &octet| (sum << 8) | u64::from(octet));
    let shortest = octets.first() != Some(&0) && length >= 0x80;
    match usize::try_from(length) {
        Ok(length) if shortest => Ok((tag, count.saturating_add(2), length)),
        _ => Err(Fault::Length),
    }
}

/// Whether DER has a value with this identifier octet: no number over 30, which would take more octets, and of the
/// universal ones only SEQUENCE and SET are constructed.
const fn is_tag(tag: u8) -> bool {
    /// Bit by bit: 1 to 30, and with the constructed bit SEQUENCE and SET alone.
    const UNIVERSAL: u64 = 0x3_0000_7ffc_fffe;
    if tag & CLASS == 0 { UNIVERSAL >> tag & 1 != 0 } else { tag & NUMBER != NUMBER }
}

/// Checks one value and everything in it: every header, every nesting, the content of the universal types
/// whose rules do not depend on where they stand. Strings and times are looked at where they are used, defaults
/// and the order of sets too.
pub(crate) fn check(bytes: &[u8]) -> Result<()> {
    let mut reader = Reader::new(bytes);
    let outer = reader.any()?;
    reader.finish()?;
    check_values(outer.whole, 0, 0)
}

/// Checks the values that are the content of one at this depth and begin at this offset.
fn check_values(content: &[u8], content_at: usize, depth: usize) -> Result<()> {
    let mut rest = content;
    while !rest.is_empty() {
        let at = content_at.saturating_add(content.len().saturating_sub(rest.len()));
        let (tag, header, whole, after) = split(rest).map_err(|fault| TlvError { fault, at })?;
        let inner = whole.get(header..).unwrap_or_default();
        if tag & CONSTRUCTED == 0 {
            if !is_primitive(tag, inner) {
                return fail(Fault::Content, at);
            }
        } else if depth == MAX_DER_DEPTH {
            return fail(Fault::Depth, at);
        } else {
            check_values(inner, at.saturating_add(header), depth.saturating_add(1))?;
        }
        rest = after;
    }
    Ok(())
}

fn is_primitive(tag: u8, content: &[u8]) -> bool {
    match tag {
        BOOLEAN => matches!(content, [0x00 | 0xff]),
        INTEGER | ENUMERATED => is_shortest_integer(content),
        BIT_STRING => is_bit_string(content),
        NULL => content.is_empty(),
        OID => is_oid(content),
        _ => true,
    }
}

/// X.690 8.3.2: the first nine bits are neither all zero nor all one.
fn is_shortest_integer(content: &[u8]) -> bool {
    match content {
        [] => false,
        [0x00, next, ..] => next & 0x80 != 0,
        [0xff, next, ..] => next & 0x80 == 0,
        _ => true,
    }
}

/// X.690 11.2.1: at most seven unused bits, all zero.
pub(crate) fn is_bit_string(content: &[u8]) -> bool {
    match content {
        [0, ..] => true,
        [unused @ 1..=7, .., last] => last.trailing_zeros() >= u32::from(*unused),
        _ => false,
    }
}

/// X.690 8.19: every arc in its shortest form, the last one complete.
pub(crate) fn is_oid(content: &[u8]) -> bool {
    let mut starts_arc = true;
    for &octet in content {
        if starts_arc && octet == 0x80 {
            return false;
        }
        starts_arc = octet & 0x80 == 0;
    }
    starts_arc && !content.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::asn1::{AnyRef, BitStringRef, IntRef, ObjectIdentifier};
    use der::{Decode, Header, Reader as _, SliceReader};

    /// The same rules on the `der` crate: headers by its `Header`, contents by its types.
    fn check_by_der(bytes: &[u8]) -> der::Result<()> {
        let mut reader = SliceReader::new(bytes)?;
        let outer = reader.tlv_bytes()?;
        reader.finish()?;
        check_value_by_der(outer)
    }

    fn check_value_by_der(whole: &[u8]) -> der::Result<()> {
        let value = AnyRef::from_der(whole)?;
        let header = Header::decode(&mut SliceReader::new(whole)?)?;
        if header.is_constructed() {
            let mut reader = SliceReader::new(value.value())?;
            while !reader.is_finished() {
                check_value_by_der(reader.tlv_bytes()?)?;
            }
            return Ok(());
        }
        match whole[0] {
            BOOLEAN => bool::from_der(whole).map(drop),
            // der wants another tag for an ENUMERATED; its content is that of an INTEGER.
            INTEGER | ENUMERATED => IntRef::from_der(&[&[INTEGER], &whole[1..]].concat()).map(drop),
            BIT_STRING => BitStringRef::from_der(whole).map(drop),
            NULL => der::asn1::Null::from_der(whole).map(drop),
            OID => <ObjectIdentifier>::from_der(whole).map(drop),
            _ => Ok(()),
        }
    }

    /// Whether a value is in the bytes for which `der` has other rules. It does not know some tags; it limits OIDs to 39
    /// octets, arcs to 32 bits and the second one to 39; it reads tag numbers over 30, OIDs whose arcs begin with zeros,
    /// and BIT STRINGs whose unused bits are not zero.
    fn rules_differ(bytes: &[u8]) -> bool {
        const UNKNOWN_TO_DER: [u8; 9] = [0x07, 0x08, 0x0b, 0x0e, 0x0f, 0x10, 0x19, 0x1c, 0x1d];
        let mut open = vec![bytes];
        while let Some(bytes) = open.pop() {
            let mut reader = Reader::new(bytes);
            loop {
                if reader.peek().is_some_and(|tag| UNKNOWN_TO_DER.contains(&tag) || tag & 0x1f == 0x1f) {
                    return true;
                }
                let Ok(value) = reader.any() else { break };
                match value.tag {
                    OID if !is_oid(value.content) || is_large_oid(value.content) => return true,
                    BIT_STRING if !is_bit_string(value.content) => return true,
                    tag if tag & CONSTRUCTED != 0 => open.push(value.content),
                    _ => {}
                }
            }
        }
        false
    }

    fn is_large_oid(content: &[u8]) -> bool {
        let mut arcs = content.split_inclusive(|octet| octet & 0x80 == 0);
        content.len() > 39 || content.first() >= Some(&120) || arcs.any(|arc| arc.len() > 4)
    }

    fn certificates() -> Vec<(String, Vec<u8>)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/certificates");
        ["p256.der", "ed25519.der"].map(|name| (name.to_owned(), std::fs::read(folder.join(name)).unwrap())).into()
    }

    #[test]
    fn agrees_with_der_on_every_truncation_and_one_byte_mutant() {
        for (name, whole) in certificates() {
            assert_eq!(check(&whole), Ok(()), "{name}");
            for end in 0..whole.len() {
                assert!(check(&whole[..end]).is_err(), "{name} cut at {end}");
            }
            let mut mutant = whole.clone();
            for at in 0..whole.len() {
                for byte in 0..=u8::MAX {
                    mutant[at] = byte;
                    let (own, others) = (check(&mutant), check_by_der(&mutant));
                    let same = own.is_ok() == others.is_ok() || rules_differ(&mutant);
                    assert!(same, "{name} byte {at} = {byte:#04x}: {own:?}, der: {others:?}");
                }
                mutant[at] = whole[at];
            }
        }
    }
}
