//! What a DER value is, told from its structure alone.

use crate::pem::OtherKind;
use crate::tlv::{self, Reader, Tlv};

/// The kinds that a DER value can be told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Certificate,
    PrivateKey,
    EncryptedPrivateKey,
    Other(OtherKind),
    Unknown,
}

/// Looks at tags only, at most seven of them, so it tells the kind of damaged values too.
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

/// Certificate, request or revocation list: all three are signed in the same way.
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
