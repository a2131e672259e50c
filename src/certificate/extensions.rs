//! The list of extensions as given, and the values of the two that name the key which signed a certificate.
//!
//! Those two are decoded here, because proving a certificate depends on what is well-formed in them. `x509-cert`
//! accepts an issuer without a serial number, refuses serial numbers over 21 octets, sorts the names of an issuer in
//! quadratic time, and copies.

use std::collections::BTreeSet;

use super::CertificateError;
use super::error::{field, malformed};
use crate::tlv::{self, BOOLEAN, OCTET_STRING, OID, Reader, SEQUENCE, Tlv, context};

/// One extension (RFC 5280, section 4.1.2.9).
#[derive(Clone, Copy)]
pub(super) struct Extension<'a> {
    pub(super) oid: &'a [u8],
    /// `None` if it is left out, as DER requires for FALSE.
    pub(super) critical: Option<bool>,
    /// The content of the OCTET STRING.
    pub(super) value: &'a [u8],
}

impl<'a> Extension<'a> {
    fn parse(value: &Tlv<'a>) -> Result<Self, tlv::TlvError> {
        let mut fields = value.reader();
        let oid = fields.expect(OID)?.content;
        let critical = fields.optional(BOOLEAN)?.map(|value| value.content != [0]);
        let value = fields.expect(OCTET_STRING)?.content;
        fields.finish()?;
        Ok(Self { oid, critical, value })
    }
}

/// Up to this many extensions, every pair is compared, which allocates nothing.
const FEW: usize = 32;

/// Checks the content of `[3]`: at least one extension, none twice.
pub(super) fn check(explicit: &Tlv<'_>) -> Result<(), CertificateError> {
    let mut outer = explicit.reader();
    let list = field(outer.expect(SEQUENCE), "the list of extensions")?;
    field(outer.finish(), "the end of the extensions")?;
    let mut few: [&[u8]; FEW] = [&[]; FEW];
    let mut many = BTreeSet::new();
    let mut reader = list.reader();
    if reader.is_empty() {
        return malformed(list.at, "an extension, as a list of none is not allowed");
    }
    let mut count = 0usize;
    while !reader.is_empty() {
        let value = field(reader.expect(SEQUENCE), "an extension")?;
        let oid = field(Extension::parse(&value), "an extension: identifier, critical, value")?.oid;
        let twice = match few.split_at_mut_checked(count) {
            Some((seen, [free, ..])) => {
                *free = oid;
                seen.contains(&oid)
            }
            _ => few.contains(&oid) || !many.insert(oid),
        };
        if twice {
            return Err(CertificateError::DuplicateExtension { position: value.at });
        }
        count = count.saturating_add(1);
    }
    Ok(())
}

/// The extensions of a list that [`check`] has passed.
pub(super) fn iter(explicit: &[u8]) -> impl Iterator<Item = Extension<'_>> {
    tlv::children(explicit).flat_map(|list| list.reader().values()).filter_map(|value| Extension::parse(&value).ok())
}

/// The key identifier in the value of a subject key identifier extension (RFC 5280, section 4.2.1.2).
pub(super) fn subject_key_identifier(value: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(value);
    let identifier = reader.expect(OCTET_STRING).ok()?.content;
    reader.finish().ok()?;
    (!identifier.is_empty()).then_some(identifier)
}

/// `cA` in the value of a basic constraints extension (RFC 5280, section 4.2.1.9), if it is present.
pub(super) fn written_ca(value: &[u8]) -> Option<bool> {
    tlv::check(value).ok()?;
    let ca = Reader::new(value).expect(SEQUENCE).ok()?.reader().optional(BOOLEAN).ok()??;
    Some(ca.content != [0])
}

/// `AuthorityKeyIdentifier` (RFC 5280, section 4.2.1.1).
pub(super) struct AuthorityKeyIdentifier<'a> {
    pub(super) key_identifier: Option<&'a [u8]>,
    /// `GeneralNames`.
    pub(super) issuer: Option<Tlv<'a>>,
    /// The content of the INTEGER.
    pub(super) serial: Option<&'a [u8]>,
}

/// The value of an authority key identifier extension; `None` if it is malformed. Issuer and serial number are either
/// both present or both absent.
pub(super) fn authority_key_identifier(value: &[u8]) -> Option<AuthorityKeyIdentifier<'_>> {
    tlv::check(value).ok()?;
    let mut fields = Reader::new(value).expect(SEQUENCE).ok()?.reader();
    let mut field = |tag| fields.optional(tag).ok();
    let (key_identifier, issuer, serial) = (field(0x80)?, field(context(1))?, field(0x82)?);
    fields.finish().ok()?;
    (issuer.is_some() == serial.is_some()).then_some(AuthorityKeyIdentifier {
        key_identifier: key_identifier.map(|field| field.content),
        issuer,
        serial: serial.map(|field| field.content),
    })
}

/// Returns true if the value of an authority key identifier extension has a serial number.
#[cfg(feature = "issue")]
pub(super) fn has_authority_serial(value: &[u8]) -> bool {
    tlv::children(value).any(|field| field.tag == 0x82)
}
