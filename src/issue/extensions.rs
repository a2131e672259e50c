use crate::digest::HashAlgorithm;
use crate::tlv::oid::{BASIC_CONSTRAINTS, KEY_USAGE, SUBJECT_KEY_IDENTIFIER};
use crate::tlv::writer::{self as der, Der};
use crate::tlv::{self, BIT_STRING, BOOLEAN, context};

/// `[3]` of a certificate for a key that signs and certifies nobody else: CA:FALSE and digitalSignature, both critical,
/// and the subject key identifier.
pub(super) fn write(spki: &[u8]) -> Der {
    // CA:FALSE is the default, which DER leaves out; digitalSignature is bit 0 (RFC 5280, sections 4.2.1.9, 4.2.1.3).
    let basic_constraints = critical(BASIC_CONSTRAINTS, &der::sequence(&[]));
    let key_usage = critical(KEY_USAGE, &der::value(BIT_STRING, &[&[7, 0x80]]));
    let identifier = der::octets(HashAlgorithm::Sha1.digest(subject_public_key(spki)).as_ref());
    let key_identifier = der::sequence(&[&der::oid(SUBJECT_KEY_IDENTIFIER), &der::octets(&identifier)]);
    der::value(context(3), &[&der::sequence(&[&basic_constraints, &key_usage, &key_identifier])])
}

fn critical(identifier: &[u8], value: &[u8]) -> Der {
    der::sequence(&[&der::oid(identifier), &der::value(BOOLEAN, &[&[0xff]]), &der::octets(value)])
}

/// What the key identifier is the SHA-1 of (RFC 5280, section 4.2.1.2, method 1): the BIT STRING's content without the
/// octet that counts unused bits.
fn subject_public_key(spki: &[u8]) -> &[u8] {
    tlv::children(spki).nth(1).and_then(|bits| bits.content.get(1..)).unwrap_or_default()
}
