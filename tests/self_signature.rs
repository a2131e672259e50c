//! Which certificates claim to be self-signed, and which are proven by that.

use samlcert::SelfSignature::{Invalid, NotSelfSigned, Valid};

use crate::made::{Made, aki, common_name, extension, malformed, seq, ski, tlv};

const OWN: &[u8; 20] = b"01234567890123456789";
const ANOTHER: &[u8; 20] = b"abcdefghijklmnopqrst";
const CLOSE: &[u8; 20] = b"01234567890123456xx9";

/// Which certificates claim to be self-signed: names, extensions, and the verdict with a valid and with a wrong
/// signature.
#[test]
fn self_signature() {
    let issuer_serial = [tlv(0xa1, tlv(0xa4, common_name("idp"))), tlv(0x82, [1])].concat();
    let aki_of = |content: &[&[u8]]| extension(&[0x55, 0x1d, 35], &tlv(0x30, content.concat()));
    // One wrong character away from an authority key identifier, and from a subject key identifier.
    let like_aki = |identifier: &[u8]| extension(&[0x55, 0x1d, 36], &seq(&[tlv(0x80, identifier)]));
    let like_ski = |identifier: &[u8]| extension(&[0x55, 0x1d, 15], &tlv(4, identifier));
    let cases = [
        ("nothing", "idp", vec![], Valid, Invalid),
        ("only own id", "idp", vec![ski(OWN)], Valid, Invalid),
        ("both ids, equal", "idp", vec![ski(OWN), aki(OWN)], Valid, Invalid),
        ("only the signer's id", "idp", vec![aki(ANOTHER)], Valid, Invalid),
        ("both ids, different", "idp", vec![ski(OWN), aki(ANOTHER)], NotSelfSigned, NotSelfSigned),
        ("both ids, close", "idp", vec![ski(OWN), aki(CLOSE)], NotSelfSigned, Invalid),
        ("ids of different lengths", "idp", vec![ski(OWN), aki(&ANOTHER[..16])], NotSelfSigned, NotSelfSigned),
        ("too short to be an id", "idp", vec![ski(OWN), aki(b"1")], NotSelfSigned, Invalid),
        ("issuer and serial number", "idp", vec![ski(OWN), aki_of(&[&issuer_serial])], Valid, Invalid),
        (
            "another id, issuer and serial number",
            "idp",
            vec![ski(OWN), aki_of(&[&tlv(0x80, ANOTHER), &issuer_serial])],
            NotSelfSigned,
            NotSelfSigned,
        ),
        (
            "serial number without issuer",
            "idp",
            vec![ski(OWN), aki_of(&[&tlv(0x80, ANOTHER), &tlv(0x82, [1])])],
            NotSelfSigned,
            Invalid,
        ),
        ("own id malformed", "idp", vec![malformed(14), aki(ANOTHER)], NotSelfSigned, Invalid),
        ("signer's id malformed", "idp", vec![ski(OWN), malformed(35)], NotSelfSigned, Invalid),
        ("like a signer's id", "idp", vec![ski(OWN), like_aki(ANOTHER)], NotSelfSigned, Invalid),
        ("like a signer's id, own", "idp", vec![ski(OWN), like_aki(OWN)], Valid, Invalid),
        ("like a signer's id, short", "idp", vec![ski(OWN), like_aki(b"\x01")], Valid, Invalid),
        ("like a signer's id, beside one", "idp", vec![ski(OWN), aki(OWN), like_aki(ANOTHER)], Valid, Invalid),
        ("like an own id", "idp", vec![aki(OWN), like_ski(ANOTHER)], NotSelfSigned, Invalid),
        ("like an own id, beside one", "idp", vec![aki(OWN), ski(OWN), like_ski(ANOTHER)], Valid, Invalid),
        ("names close", "idq", vec![], NotSelfSigned, NotSelfSigned),
        ("names close, own id", "idq", vec![ski(OWN), aki(OWN)], NotSelfSigned, NotSelfSigned),
        ("names different", "foo", vec![ski(OWN), aki(OWN)], NotSelfSigned, NotSelfSigned),
        ("names of different lengths", "idp2", vec![], NotSelfSigned, NotSelfSigned),
    ];
    for (case, issuer, extensions, signed, unsigned) in cases {
        let made = Made::with(|made| {
            made.issuer = common_name(issuer);
            made.extensions = Some(extensions).filter(|list| !list.is_empty());
        });
        assert_eq!(made.read().self_signature(), unsigned, "{case}, not signed");
        assert_eq!(made.signed().read().self_signature(), signed, "{case}, signed");
    }
}
