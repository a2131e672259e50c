//! The kind of a DER value, which its structure alone tells.

use crate::pem::OtherKind;
use crate::tlv::{self, Reader, Tlv};

/// What a DER value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Certificate,
    PrivateKey,
    EncryptedPrivateKey,
    Other(OtherKind),
    Unknown,
}

/// The kind of a DER value. It depends on at most seven tags, so a damaged value has a kind too.
pub(crate) fn kind_of(der: &[u8]) -> Kind {
    let Ok(outer) = Reader::new(der).any() else { return Kind::Unknown };
    let mut fields = [None; 3];
    let mut reader = outer.reader();
    for field in &mut fields {
        *field = reader.any().ok();
    }
    let [first, second, third] = fields;
    let tags = (tag(first), tag(second), tag(third));
    match (tags, first) {
        ((tlv::INTEGER, tlv::INTEGER, 0), _) => Kind::Other(OtherKind::PublicKey),
        ((tlv::INTEGER, tlv::SEQUENCE, _), Some(version)) if version.content == [3] => Kind::Other(OtherKind::Pkcs12),
        ((tlv::INTEGER, tlv::SEQUENCE | tlv::OCTET_STRING | tlv::INTEGER, _), _) => Kind::PrivateKey,
        ((tlv::OID, _, _), _) => Kind::Other(OtherKind::Pkcs7),
        ((tlv::SEQUENCE, tlv::SEQUENCE, tlv::BIT_STRING), Some(signed)) => signed_kind(&signed),
        ((tlv::SEQUENCE, tlv::BIT_STRING, 0), _) => Kind::Other(OtherKind::PublicKey),
        ((tlv::SEQUENCE, tlv::OCTET_STRING, 0), _) => Kind::EncryptedPrivateKey,
        _ => Kind::Unknown,
    }
}

const fn tag(value: Option<Tlv<'_>>) -> u8 {
    match value {
        Some(value) => value.tag,
        None => 0,
    }
}

/// Tells certificates, requests and revocation lists apart, which are signed in the same way.
fn signed_kind(signed: &Tlv<'_>) -> Kind {
    let mut reader = signed.reader();
    let tags: [u8; 4] = core::array::from_fn(|_| tag(reader.any().ok()));
    match tags {
        [tlv::INTEGER, tlv::SEQUENCE, tlv::SEQUENCE, CONTEXT_0] => Kind::Other(OtherKind::CertificateRequest),
        [tlv::INTEGER, tlv::SEQUENCE, tlv::SEQUENCE, tlv::UTC_TIME | tlv::GENERALIZED_TIME]
        | [tlv::SEQUENCE, tlv::SEQUENCE, tlv::UTC_TIME | tlv::GENERALIZED_TIME, _] => Kind::Other(OtherKind::Crl),
        _ => Kind::Certificate,
    }
}

const CONTEXT_0: u8 = tlv::context(0);
