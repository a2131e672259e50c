//! Checks a whole tree of values against the rules of DER.

use super::reader::{Fault, Reader, Result, TlvError, fail, split};
use super::{BIT_STRING, BOOLEAN, ENUMERATED, INTEGER, NULL, OID};
use crate::limits::MAX_DER_DEPTH;

const CONSTRUCTED: u8 = 0x20;

/// Checks one value and everything in it: every header, the depth, and the content of those universal types whose rules are
/// the same everywhere. Strings, times, defaults and the order of sets are checked where they are used.
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
