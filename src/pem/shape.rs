//! The shape of a certificate: its fields by their tags alone. A random change of damaged DER may yield sound DER, but hardly
//! ever a certificate.

use crate::tlv::{
    self, BIT_STRING, BOOLEAN, GENERALIZED_TIME, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, SET, Tlv, UTC_TIME, oid,
};

/// Returns true if sound DER has the fields of a certificate (RFC 5280, section 4.1).
pub(super) fn is_certificate(der: &[u8]) -> bool {
    let signed: Vec<Tlv<'_>> = tlv::children(der).collect();
    matches!(signed.as_slice(), [content, algorithm, signature]
        if is_content(content, algorithm) && signature.tag == BIT_STRING)
}

/// Returns true for the signed content of a certificate, which names the same signature algorithm as the certificate.
fn is_content(content: &Tlv<'_>, signed_by: &Tlv<'_>) -> bool {
    let fields: Vec<Tlv<'_>> = fields(content).collect();
    let fields = match fields.as_slice() {
        [version, rest @ ..] if version.tag == tlv::context(0) => rest,
        all => all,
    };
    let [serial, algorithm, issuer, validity, subject, key, extras @ ..] = fields else { return false };
    serial.tag == INTEGER
        && is_algorithm(algorithm)
        && algorithm.whole == signed_by.whole
        && is_name(issuer)
        && is_validity(validity)
        && is_name(subject)
        && is_key(key)
        && extras.iter().all(is_extra)
}

fn fields<'a>(value: &Tlv<'a>) -> impl Iterator<Item = Tlv<'a>> + use<'a> {
    value.reader().values()
}

fn tags(value: &Tlv<'_>) -> Vec<u8> {
    fields(value).map(|field| field.tag).collect()
}

/// Returns true if the first field is an OID under an arc that certificates use.
fn has_oid(value: &Tlv<'_>) -> bool {
    const ARCS: [&[u8]; 9] = [
        oid::ANSI_ARC,
        oid::IETF_ARC,
        oid::OIW_ARC,
        oid::TELETRUST_ARC,
        oid::THAWTE_ARC,
        oid::SECG_ARC,
        oid::X500_ARC,
        oid::NIST_ARC,
        oid::PILOT_ARC,
    ];
    let first = fields(value).next();
    first.is_some_and(|oid| oid.tag == OID && ARCS.iter().any(|arcs| oid.content.starts_with(arcs)))
}

fn is_algorithm(value: &Tlv<'_>) -> bool {
    value.tag == SEQUENCE && has_oid(value) && matches!(tags(value).as_slice(), [OID] | [OID, NULL | OID | SEQUENCE])
}

fn is_name(value: &Tlv<'_>) -> bool {
    /// The string types of X.520 and `IA5String`.
    const STRINGS: [u8; 6] = [0x0c, 0x13, 0x14, 0x16, 0x1c, 0x1e];
    let is_attribute = |value: Tlv<'_>| {
        value.tag == SEQUENCE
            && has_oid(&value)
            && matches!(tags(&value).as_slice(), [OID, string] if STRINGS.contains(string))
    };
    value.tag == SEQUENCE && fields(value).all(|set| set.tag == SET && fields(&set).all(is_attribute))
}

fn is_validity(value: &Tlv<'_>) -> bool {
    value.tag == SEQUENCE
        && matches!(tags(value).as_slice(), [UTC_TIME | GENERALIZED_TIME, UTC_TIME | GENERALIZED_TIME])
}

fn is_key(value: &Tlv<'_>) -> bool {
    value.tag == SEQUENCE
        && tags(value) == [SEQUENCE, BIT_STRING]
        && fields(value).next().is_some_and(|algorithm| is_algorithm(&algorithm))
}

/// Returns true for a unique identifier, or for the extensions.
fn is_extra(value: &Tlv<'_>) -> bool {
    const UNIQUE_IDS: [u8; 2] = [0x81, 0x82];
    // An extension has DER of a universal type inside.
    let is_value =
        |value: Tlv<'_>| value.content.first().is_some_and(|tag| tag & 0xc0 == 0) && tlv::check(value.content).is_ok();
    let is_extension = |value: Tlv<'_>| {
        has_oid(&value)
            && matches!(tags(&value).as_slice(), [OID, OCTET_STRING] | [OID, BOOLEAN, OCTET_STRING])
            && fields(&value).last().is_some_and(is_value)
    };
    let is_extensions = || fields(value).all(|list| list.tag == SEQUENCE && fields(&list).all(is_extension));
    UNIQUE_IDS.contains(&value.tag) || (value.tag == tlv::context(3) && is_extensions())
}
