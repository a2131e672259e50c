//! Items inside another DER value: the certificates of PKCS#7, and an item in a further value around it.

use super::kind::{Kind, kind_of};
use super::refusal::Refusal;
use crate::pem::{Candidate, OtherKind, RepairCode, TextFault, Wrapping};
use crate::tlv::oid::SIGNED_DATA;
use crate::tlv::{self, Fault, Reader, Tlv, TlvError};

/// What a candidate holds: itself, the item inside, or the certificates of a PKCS#7 container.
pub(crate) fn open(candidate: Candidate<'_>) -> Result<Vec<Candidate<'_>>, Refusal> {
    let kind = match candidate.wrapping {
        Wrapping::None => kind_of(&candidate.der),
        Wrapping::ProcType { .. } => return Ok(vec![candidate]),
    };
    match (kind, tlv::check(&candidate.der)) {
        (Kind::Unknown, Ok(())) => {
            let inner = wrapped(&candidate.der).map(|inner| candidate.inner(inner, RepairCode::DerTwice));
            Ok(vec![inner.unwrap_or(candidate)])
        }
        (Kind::Other(OtherKind::Pkcs7), Ok(())) => {
            let refuse = |kind| Refusal::new(TextFault::Other(kind), candidate.span);
            let certificates = certificates(&candidate.der).map_err(refuse)?;
            Ok(certificates.into_iter().map(|value| candidate.inner(value.whole, RepairCode::Pkcs7)).collect())
        }
        (Kind::Other(OtherKind::Pkcs7), Err(error)) if is_ber(&candidate.der, error) => {
            Err(Refusal::new(TextFault::Other(OtherKind::Pkcs7), candidate.span))
        }
        _ => Ok(vec![candidate]),
    }
}

/// Returns true if the fault is BER: a value of indefinite length, or an OCTET STRING in parts.
fn is_ber(der: &[u8], error: TlvError) -> bool {
    const PARTS: u8 = tlv::OCTET_STRING | 0x20;
    matches!(der.get(error.at..), Some([PARTS, ..] | [_, 0x80, ..]))
}

/// The item inside an OCTET STRING, a BIT STRING or a SEQUENCE of one value.
fn wrapped(der: &[u8]) -> Option<&[u8]> {
    let outer = Reader::new(der).any().ok()?;
    let inner = if outer.tag == tlv::SEQUENCE { outer.content } else { tlv::inside(outer.tag, outer.content)? };
    let is_item = matches!(kind_of(inner), Kind::Certificate | Kind::PrivateKey | Kind::EncryptedPrivateKey);
    (is_item && tlv::check(inner).is_ok()).then_some(inner)
}

/// The certificates of `SignedData`, whatever they signed.
fn certificates(der: &[u8]) -> Result<Vec<Tlv<'_>>, OtherKind> {
    let set = certificate_set(der).map_err(|_| OtherKind::Pkcs7)?;
    // Among the choices of RFC 5652, section 10.2.2, only an X.509 certificate is a SEQUENCE.
    let certificates: Vec<_> =
        set.iter().flat_map(|set| set.reader().values()).filter(|value| value.tag == tlv::SEQUENCE).collect();
    if certificates.is_empty() { Err(OtherKind::Pkcs7Empty) } else { Ok(certificates) }
}

/// The set of certificates, if there is one.
fn certificate_set(der: &[u8]) -> Result<Option<Tlv<'_>>, TlvError> {
    let mut info = Reader::new(der).expect(tlv::SEQUENCE)?.reader();
    let kind = info.expect(tlv::OID)?;
    let mut explicit = info.expect(tlv::context(0))?.reader();
    let mut data = explicit.expect(tlv::SEQUENCE)?.reader();
    data.expect(tlv::INTEGER)?;
    data.expect(tlv::SET)?;
    data.expect(tlv::SEQUENCE)?;
    let set = data.optional(tlv::context(0))?;
    if kind.content == SIGNED_DATA { Ok(set) } else { Err(TlvError { fault: Fault::Unexpected, at: kind.at }) }
}
