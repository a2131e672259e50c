//! Reads the parts of a certificate strictly (RFC 5280, section 4.1), without copying them.

use super::error::{CertificateError, field, malformed};
use super::{extensions, name};
use crate::key::{KeyAlgorithm, Spki};
use crate::limits::MAX_DER_BYTES;
use crate::span::Span;
use crate::time::{UnixTime, Validity};
use crate::tlv::{self, BIT_STRING, GENERALIZED_TIME, INTEGER, OID, Reader, SEQUENCE, Tlv, UTC_TIME, context};

/// The places of the parts of a certificate in its DER, and the facts found while checking them.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// The signed part, whole.
    pub(super) tbs: Span,
    pub(super) version: u8,
    /// The content of the INTEGER.
    pub(super) serial: Span,
    /// The algorithm identifier, whole.
    pub(super) signature_algorithm: Span,
    /// The names, whole.
    pub(super) issuer: Span,
    pub(super) subject: Span,
    pub(super) validity: Validity,
    /// The `SubjectPublicKeyInfo`, whole.
    pub(super) spki: Span,
    pub(super) key_algorithm: KeyAlgorithm,
    pub(super) key_bits: Option<u32>,
    /// `[3]`, whole; empty if it is absent.
    pub(super) extensions: Span,
    /// The content of the BIT STRING without the octet that counts unused bits.
    pub(super) signature: Span,
}

type Result<T> = core::result::Result<T, CertificateError>;

const fn whole(value: &Tlv<'_>) -> Span {
    Span::new(value.at, value.at.saturating_add(value.whole.len()))
}

fn content(value: &Tlv<'_>) -> Span {
    Span::new(value.content_at(), whole(value).end)
}

/// Reads a certificate (RFC 5280, section 4.1). It allocates only for more than 32 extensions.
pub(super) fn parse(der: &[u8]) -> Result<Parts> {
    if der.len() > MAX_DER_BYTES {
        return Err(CertificateError::TooLarge);
    }
    tlv::check(der)?;
    let mut fields = field(Reader::new(der).expect(SEQUENCE), "a certificate is a SEQUENCE")?.reader();
    let tbs = field(fields.expect(SEQUENCE), "the signed part")?;
    let algorithm = field(fields.expect(SEQUENCE), "the signature algorithm")?;
    let signature = field(fields.expect(BIT_STRING), "the signature")?;
    field(fields.finish(), "the end of the certificate")?;
    check_algorithm(&algorithm)?;
    if signature.content.first() != Some(&0) {
        return malformed(signature.at, "a signature of whole octets");
    }
    let signature = content(&signature);
    parse_tbs(&tbs, &algorithm, Span::new(signature.start.saturating_add(1), signature.end))
}

fn parse_tbs(tbs: &Tlv<'_>, outer_algorithm: &Tlv<'_>, signature: Span) -> Result<Parts> {
    let mut fields = tbs.reader();
    let version = version(&mut fields)?;
    let serial = field(fields.expect(INTEGER), "the serial number")?;
    let algorithm = field(fields.expect(SEQUENCE), "the inner signature algorithm")?;
    if algorithm.whole != outer_algorithm.whole {
        return Err(CertificateError::AlgorithmMismatch { position: algorithm.at });
    }
    let issuer = field(fields.expect(SEQUENCE), "the issuer")?;
    name::check(&issuer)?;
    let validity = validity(&field(fields.expect(SEQUENCE), "the validity")?)?;
    let subject = field(fields.expect(SEQUENCE), "the subject")?;
    name::check(&subject)?;
    let spki = field(fields.expect(SEQUENCE), "the public key")?;
    let key = Spki::parse(spki.whole).map_err(|error| CertificateError::of_key(error, spki.at))?;
    unique_identifiers(&mut fields, version)?;
    let extensions = extension_list(&mut fields, version)?;
    field(fields.finish(), "the end of the signed part")?;
    Ok(Parts {
        tbs: whole(tbs),
        version,
        serial: content(&serial),
        signature_algorithm: whole(outer_algorithm),
        issuer: whole(&issuer),
        subject: whole(&subject),
        validity,
        spki: whole(&spki),
        key_algorithm: key.algorithm,
        key_bits: key.bits,
        extensions,
        signature,
    })
}

/// An algorithm identifier: an OID, and parameters of any kind or none.
fn check_algorithm(identifier: &Tlv<'_>) -> Result<()> {
    let mut fields = identifier.reader();
    let oid = field(fields.expect(OID), "the identifier of the signature algorithm")?;
    super::oid::check(&oid)?;
    if !fields.is_empty() {
        field(fields.any(), "the parameters of the signature algorithm")?;
    }
    field(fields.finish(), "the end of the signature algorithm")
}

/// Version 1 is the default, which DER leaves out.
fn version(fields: &mut Reader<'_>) -> Result<u8> {
    let Some(explicit) = field(fields.optional(context(0)), "the version")? else { return Ok(1) };
    let mut inner = explicit.reader();
    let number = field(inner.expect(INTEGER), "the version")?;
    field(inner.finish(), "the end of the version")?;
    match number.content {
        [number @ 1..=2] => Ok(number.saturating_add(1)),
        [0] => {
            Err(CertificateError::Version { position: number.at, what: "version 1 is written out, which is not DER" })
        }
        _ => Err(CertificateError::Version { position: number.at, what: "there are only the versions 1, 2 and 3" }),
    }
}

fn validity(value: &Tlv<'_>) -> Result<Validity> {
    let mut fields = value.reader();
    let not_before = time(&mut fields, "the first moment of the validity")?;
    let not_after = time(&mut fields, "the last moment of the validity")?;
    field(fields.finish(), "the end of the validity")?;
    Validity::new(not_before, not_after).ok_or(CertificateError::ValidityInverted { position: value.at })
}

fn time(fields: &mut Reader<'_>, what: &'static str) -> Result<UnixTime> {
    let value = field(fields.any(), what)?;
    let time = match value.tag {
        UTC_TIME => UnixTime::from_utc_time(value.content),
        GENERALIZED_TIME => UnixTime::from_generalized_time(value.content),
        _ => None,
    };
    time.ok_or(CertificateError::Malformed { position: value.at, what })
}

/// `issuerUniqueID [1]` and `subjectUniqueID [2]`: skipped, because nobody uses them.
fn unique_identifiers(fields: &mut Reader<'_>, version: u8) -> Result<()> {
    for (tag, what) in [(0x81, "the unique identifier of the issuer"), (0x82, "the unique identifier of the subject")] {
        let Some(value) = field(fields.optional(tag), what)? else { continue };
        if version == 1 {
            return Err(CertificateError::Version { position: value.at, what: "version 1 has no unique identifiers" });
        }
        if !tlv::is_bit_string(value.content) {
            return malformed(value.at, what);
        }
    }
    Ok(())
}

fn extension_list(fields: &mut Reader<'_>, version: u8) -> Result<Span> {
    let Some(value) = field(fields.optional(context(3)), "the extensions")? else { return Ok(Span::new(0, 0)) };
    if version != 3 {
        return Err(CertificateError::Version { position: value.at, what: "only version 3 has extensions" });
    }
    extensions::check(&value)?;
    Ok(whole(&value))
}
