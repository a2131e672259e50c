//! DER (X.690) as tag-length-value triples: the reader, the check of a whole tree, the writer, and object identifiers.

mod check;
pub(crate) mod oid;
mod reader;
#[cfg(feature = "issue")]
pub(crate) mod writer;

pub(crate) use check::{check, is_bit_string, is_oid};
pub(crate) use reader::{Fault, Reader, Tlv, TlvError, children, inside, read_header};

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
const ENUMERATED: u8 = 0x0a;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The tag of a constructed, context-specific value `[number]`.
pub(crate) const fn context(number: u8) -> u8 {
    0xa0 | number
}
