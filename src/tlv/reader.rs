//! Reads values one after the other.
//!
//! There are three reasons not to use the reader of the `der` crate. This one is stricter: it checks every value of the tree,
//! limits the depth, and requires unused bits to be zero. It reads what certificates have and `der` refuses: years before
//! 1970, and object identifiers of more than 39 bytes. And it takes half the time.

use super::{BIT_STRING, OCTET_STRING};

const CLASS: u8 = 0xc0;
const NUMBER: u8 = 0x1f;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The value goes on behind the end of the bytes; this many are missing.
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

/// A fault and its place: an offset in the bytes that the reader began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TlvError {
    pub(crate) fault: Fault,
    pub(crate) at: usize,
}

pub(super) type Result<T> = core::result::Result<T, TlvError>;

pub(super) const fn fail<T>(fault: Fault, at: usize) -> Result<T> {
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

    /// The next value, whatever it is. Inlined, because returning a value through memory costs more than reading it: without
    /// that, reading a certificate takes three times as long.
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

    /// Refuses anything that is left.
    pub(crate) const fn finish(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { fail(Fault::Trailing, self.at) }
    }
}

/// The tag of the first value, the length of its header, the whole of it, and what follows it.
type Split<'a> = (u8, usize, &'a [u8], &'a [u8]);

#[inline(always)]
pub(super) fn split(bytes: &[u8]) -> core::result::Result<Split<'_>, Fault> {
    let (tag, header, length) = match bytes {
        // Nearly all headers are this short.
        &[tag, length @ ..0x80, ..] if is_tag(tag) => (tag, 2, usize::from(length)),
        _ => read_header(bytes)?,
    };
    let end = header.saturating_add(length);
    let (whole, rest) = bytes.split_at_checked(end).ok_or(Fault::Missing(end.saturating_sub(bytes.len())))?;
    Ok((tag, header, whole, rest))
}

/// The octets inside an OCTET STRING or a BIT STRING of whole octets with this tag and content.
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

/// The tag, the length of the header and the length of the content of a value, of which `bytes` may have only the beginning.
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

/// Returns true for an identifier octet that DER allows: no number over 30, which would take more octets, and of the universal
/// types only SEQUENCE and SET are constructed.
const fn is_tag(tag: u8) -> bool {
    /// Bit by bit: 1 to 30, and with the constructed bit SEQUENCE and SET alone.
    const UNIVERSAL: u64 = 0x3_0000_7ffc_fffe;
    if tag & CLASS == 0 { UNIVERSAL >> tag & 1 != 0 } else { tag & NUMBER != NUMBER }
}
