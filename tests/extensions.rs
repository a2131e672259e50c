//! The values of extensions, and the notes on them.

use samlcert::{Certificate, ExtensionValue, GeneralName};

use crate::hostile::heap::most;
use crate::made::{Made, extension, name, oid, seq, ski, tlv};
use crate::support::{data, hex};

const KEY_USAGE: u8 = 15;
const SUBJECT_ALT_NAME: u8 = 17;
const BASIC_CONSTRAINTS: u8 = 19;
const AUTHORITY_KEY_IDENTIFIER: u8 = 35;
const EXTENDED_KEY_USAGE: u8 = 37;

/// An extension of `id-ce`.
fn standard(number: u8, value: &[u8]) -> Vec<u8> {
    extension(&[0x55, 0x1d, number], value)
}

fn critical(identifier: &[u8], value: &[u8]) -> Vec<u8> {
    seq(&[oid(identifier), tlv(1, [0xff]), tlv(4, value)])
}

fn names(names: &[GeneralName]) -> String {
    let names = names.iter().map(|name| format!(" {}:{}", name.kind.as_str(), name.text));
    names.collect()
}

fn said(value: &ExtensionValue) -> String {
    match value {
        ExtensionValue::KeyUsage(usage) => format!("usage {}", usage.names().collect::<Vec<_>>().join(" ")),
        ExtensionValue::ExtendedKeyUsage(purposes) => {
            let purposes = purposes.iter().map(|purpose| purpose.name().unwrap_or(purpose.as_str()));
            format!("for {}", purposes.collect::<Vec<_>>().join(" "))
        }
        ExtensionValue::BasicConstraints { is_ca, path_length, .. } => format!("{is_ca} {path_length:?}"),
        ExtensionValue::SubjectAltName(of) => format!("names{}", names(of)),
        ExtensionValue::AuthorityKeyIdentifier { key_identifier, issuer, serial, .. } => {
            let [identifier, serial] =
                [key_identifier, serial].map(|octets| octets.as_ref().map_or("-".to_owned(), |octets| hex(octets)));
            format!("by {identifier} {serial}{}", names(issuer))
        }
        ExtensionValue::SubjectKeyIdentifier(identifier) => format!("key {}", hex(identifier)),
        ExtensionValue::Undecodable => "undecodable".to_owned(),
        ExtensionValue::Other => "other".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// What one extension of `id-ce` with this value says.
fn says(number: u8, value: &[u8]) -> String {
    let certificate = Made::extensions(&[standard(number, value)]).read();
    let extensions = certificate.extensions();
    assert_eq!((extensions.len(), extensions[0].oid.as_str()), (1, format!("2.5.29.{number}").as_str()));
    said(&extensions[0].value)
}

/// The octets of hexadecimal digits, blanks aside.
fn octets(digits: &str) -> Vec<u8> {
    let digits: Vec<_> = digits.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[test]
fn values() {
    let long_oid = format!("30 2a 06 28 2a {} 01", "81".repeat(38));
    let long_serial = format!("30 1c a1 02 82 00 82 16 {} 01", "01".repeat(21));
    let long_serial_said = format!("by - {} dns:", "01".repeat(22));
    for (case, number, value, expected) in [
        ("one bit", KEY_USAGE, "03 02 07 80", "usage digitalSignature"),
        ("some bits", KEY_USAGE, "03 02 05 a0", "usage digitalSignature keyEncipherment"),
        ("those of a CA", KEY_USAGE, "03 02 01 06", "usage keyCertSign cRLSign"),
        ("the ninth bit", KEY_USAGE, "03 03 07 00 80", "usage decipherOnly"),
        (
            "all bits",
            KEY_USAGE,
            "03 03 07 ff 80",
            "usage digitalSignature nonRepudiation keyEncipherment dataEncipherment keyAgreement keyCertSign cRLSign encipherOnly decipherOnly",
        ),
        ("bits that are not cut", KEY_USAGE, "03 02 00 80", "usage digitalSignature"),
        ("a tenth bit", KEY_USAGE, "03 03 06 80 40", "usage digitalSignature"),
        ("no bit", KEY_USAGE, "03 01 00", "usage "),
        ("unused bits that are set", KEY_USAGE, "03 02 07 81", "undecodable"),
        ("24 bits", KEY_USAGE, "03 04 00 80 00 00", "undecodable"),
        ("an OCTET STRING", KEY_USAGE, "04 01 80", "undecodable"),
        ("something behind it", KEY_USAGE, "03 02 07 80 05 00", "undecodable"),
        ("nothing", KEY_USAGE, "", "undecodable"),
        (
            "purposes",
            EXTENDED_KEY_USAGE,
            "30 19 06 08 2b 06 01 05 05 07 03 01 06 08 2b 06 01 05 05 07 03 02 06 03 2a 03 04",
            "for serverAuth clientAuth 1.2.3.4",
        ),
        ("any purpose", EXTENDED_KEY_USAGE, "30 06 06 04 55 1d 25 00", "for anyExtendedKeyUsage"),
        ("no purpose", EXTENDED_KEY_USAGE, "30 00", "undecodable"),
        ("a purpose of 40 octets", EXTENDED_KEY_USAGE, &long_oid, "for 1.2.?"),
        ("a purpose below 2.999", EXTENDED_KEY_USAGE, "30 05 06 03 88 37 03", "for 2.999.3"),
        ("no CA", BASIC_CONSTRAINTS, "30 00", "false None"),
        ("no CA, written out", BASIC_CONSTRAINTS, "30 03 01 01 00", "false None"),
        ("a CA", BASIC_CONSTRAINTS, "30 03 01 01 ff", "true None"),
        ("a CA of the last rank", BASIC_CONSTRAINTS, "30 06 01 01 ff 02 01 00", "true Some(0)"),
        ("a path of 255", BASIC_CONSTRAINTS, "30 07 01 01 ff 02 02 00 ff", "true Some(255)"),
        ("a path of 256", BASIC_CONSTRAINTS, "30 07 01 01 ff 02 02 01 00", "undecodable"),
        ("a path of -1", BASIC_CONSTRAINTS, "30 06 01 01 ff 02 01 ff", "undecodable"),
        ("a boolean of BER", BASIC_CONSTRAINTS, "30 03 01 01 01", "undecodable"),
        ("a key identifier", 14, "04 02 0a 0b", "key 0a0b"),
        ("an empty key identifier", 14, "04 00", "undecodable"),
        ("the signer's key", AUTHORITY_KEY_IDENTIFIER, "30 03 80 01 0a", "by 0a -"),
        ("the signer's certificate", AUTHORITY_KEY_IDENTIFIER, "30 09 a1 03 82 01 61 82 02 00 80", "by - 0080 dns:a"),
        ("an issuer alone", AUTHORITY_KEY_IDENTIFIER, "30 05 a1 03 82 01 61", "undecodable"),
        ("nothing of the signer", AUTHORITY_KEY_IDENTIFIER, "30 00", "by - -"),
        ("an issuer without names", AUTHORITY_KEY_IDENTIFIER, "30 02 a1 00", "undecodable"),
        ("a serial number of 22 octets", AUTHORITY_KEY_IDENTIFIER, &long_serial, &long_serial_said),
        ("policies", 32, "30 00", "other"),
        ("garbage in what is not decoded", 31, "ff ff ff", "other"),
    ] {
        assert_eq!(says(number, &octets(value)), expected, "{case}");
    }
}

#[test]
fn subject_alternative_names() {
    let (cn, ou) = (seq(&[oid(&[0x55, 4, 3]), tlv(0x1e, [0x26, 3])]), seq(&[oid(&[0x55, 4, 11]), tlv(0x14, [0xf6])]));
    let unsorted = seq(&[tlv(0x31, [ou.as_slice(), &cn].concat())]);
    let upn = [oid(&[0x2b, 6, 1, 4, 1, 0x82, 0x37, 20, 2, 3]), tlv(0xa0, tlv(0x0c, "ada@example.org"))].concat();
    let party = [tlv(0xa0, tlv(0x0c, "who")), tlv(0xa1, tlv(0x0c, "party"))].concat();
    let huge_tag = seq(&[tlv(0x31, seq(&[oid(&[0x55, 4, 3]), octets("1f 1e 01 61")]))]);
    let universal = name(&[0x55, 4, 3], tlv(0x1c, [0, 0, 0, b'a']));
    let cases: [(&str, Vec<Vec<u8>>, &str); 23] = [
        ("a host", vec![tlv(0x82, "idp.example.org")], "names dns:idp.example.org"),
        ("a mailbox", vec![tlv(0x81, "ada@example.org")], "names email:ada@example.org"),
        (
            "a URI",
            vec![tlv(0x86, "https://idp.example.org/?a=1,b;c+d")],
            "names uri:https://idp.example.org/?a=1,b;c+d",
        ),
        ("IPv4", vec![tlv(0x87, [192, 0, 2, 1])], "names ip:192.0.2.1"),
        ("IPv6", vec![tlv(0x87, octets("20010db8000000000000000000000001"))], "names ip:2001:db8::1"),
        ("an address of 5 octets", vec![tlv(0x87, [1, 2, 3, 4, 5])], "names ip:#0102030405"),
        ("an address of none", vec![tlv(0x87, [])], "names ip:#"),
        ("a name", vec![tlv(0xa4, name(&[0x55, 4, 3], tlv(0x0c, "a,b")))], r"names directory:CN=a\,b"),
        ("a name out of order", vec![tlv(0xa4, unsorted)], "names directory:OU=\u{f6}+CN=\u{2603}"),
        ("an empty name", vec![tlv(0xa4, seq(&[]))], "names directory:"),
        ("a form of its own", vec![tlv(0xa0, upn)], "names other:1.3.6.1.4.1.311.20.2.3"),
        (
            "a form below 2.999",
            vec![tlv(0xa0, [oid(&[0x88, 0x37]), tlv(0xa0, tlv(0x1c, []))].concat())],
            "names other:2.999",
        ),
        ("a UniversalString", vec![tlv(0xa4, universal)], "names directory:CN=a"),
        ("an OID that is none", vec![tlv(0x88, [0x2a, 0x80, 1])], "undecodable"),
        ("a part of a name without attributes", vec![tlv(0xa4, seq(&[tlv(0x31, [])]))], "undecodable"),
        ("a party", vec![tlv(0xa5, party)], "names edi-party:party"),
        ("an OID", vec![tlv(0x88, [0x2a, 3, 4])], "names registered-id:1.2.3.4"),
        ("two", vec![tlv(0x82, "b"), tlv(0x82, "a")], "names dns:b dns:a"),
        ("what is not seen", vec![tlv(0x82, "a\0b\n\\0A\x7f")], r"names dns:a\00b\0A\\0A\7F"),
        ("a host that is no ASCII", vec![tlv(0x82, "\u{e4}")], "undecodable"),
        ("an address of X.400", vec![tlv(0x82, "a"), tlv(0xa3, seq(&[]))], "undecodable"),
        ("a tag of two octets in a name", vec![tlv(0xa4, huge_tag)], "undecodable"),
        ("no name", vec![], "undecodable"),
    ];
    for (case, list, expected) in cases {
        assert_eq!(says(SUBJECT_ALT_NAME, &seq(&list)), expected, "{case}");
    }
}

/// The order of the certificate, the object identifier of each, and whether it is critical.
#[test]
fn every_extension_is_listed() {
    let long = [&[0x2a], [0x81; 40].as_slice(), &[1]].concat();
    let certificate = Made::extensions(&[
        critical(&[0x2a, 3], &[]),
        standard(KEY_USAGE, &[]),
        ski(&[7]),
        critical(&[0x55, 0x1d, BASIC_CONSTRAINTS], &seq(&[])),
        extension(&long, &[]),
        seq(&[oid(&[0x2a, 4]), tlv(1, [0]), tlv(4, [])]),
    ])
    .read();
    let listed = certificate.extensions().into_iter().map(|extension| {
        let name = extension.oid.name().unwrap_or("-").to_owned();
        (extension.oid.to_string(), name, extension.is_critical, said(&extension.value))
    });
    let expected = [
        ("1.2.3", "-", true, "other"),
        ("2.5.29.15", "keyUsage", false, "undecodable"),
        ("2.5.29.14", "subjectKeyIdentifier", false, "key 07"),
        ("2.5.29.19", "basicConstraints", true, "false None"),
        ("1.2.?", "-", false, "other"),
        ("1.2.4", "-", false, "other"),
    ];
    let expected =
        expected.map(|(oid, name, critical, said)| (oid.to_owned(), name.to_owned(), critical, said.to_owned()));
    assert_eq!(listed.collect::<Vec<_>>(), expected);
    assert!(Made::new().read().extensions().is_empty());
}

/// What it is, the extensions, the notes.
type Noted = (&'static str, Vec<Vec<u8>>, &'static [&'static str]);

#[test]
fn notes() {
    let id = |number: u8| [0x55, 0x1d, number];
    let ca = || standard(BASIC_CONSTRAINTS, &octets("30 03 01 01 ff"));
    let usage = |bits: u8| standard(KEY_USAGE, &[3, 2, 0, bits]);
    let known: Vec<_> = [30, 32, 33, 36, 54].map(|number| critical(&id(number), &[])).into();
    let decoded = vec![
        critical(&id(KEY_USAGE), &[3, 2, 0, 0x80]),
        critical(&id(EXTENDED_KEY_USAGE), &octets("30 06 06 04 55 1d 25 00")),
    ];
    let all = vec![critical(&[0x2a, 3], &[]), standard(SUBJECT_ALT_NAME, &[]), usage(0x40), ca()];
    let basic_constraints = |value: &str| vec![standard(BASIC_CONSTRAINTS, &octets(value))];
    let cases: [Noted; 15] = [
        ("a CA", vec![ca()], &["ca"]),
        ("no CA", vec![standard(BASIC_CONSTRAINTS, &seq(&[]))], &[]),
        ("no CA, written out", basic_constraints("30 03 01 01 00"), &["lax-der"]),
        ("a CA with a path of 256", basic_constraints("30 07 01 01 ff 02 02 01 00"), &["ca", "undecodable-extension"]),
        ("basic constraints of BER", basic_constraints("30 03 01 01 01"), &["undecodable-extension"]),
        ("a signature", vec![usage(0x80)], &[]),
        ("a signature and more", vec![usage(0xa0)], &[]),
        ("no signature", vec![usage(0x06)], &["no-digital-signature"]),
        ("no use", vec![usage(0)], &["no-digital-signature"]),
        ("an unknown critical one", vec![critical(&[0x2a, 3], &[])], &["unknown-critical-extension"]),
        ("one that need not be known", vec![critical(&id(31), &seq(&[]))], &["unknown-critical-extension"]),
        ("an unknown one", vec![extension(&[0x2a, 3], &[])], &[]),
        ("known critical ones", known, &[]),
        ("decoded critical ones", decoded, &[]),
        ("all", all, &["ca", "no-digital-signature", "unknown-critical-extension", "undecodable-extension"]),
    ];
    for (case, extensions, expected) in cases {
        let notes = Made::extensions(&extensions).read().notes();
        assert_eq!(notes.iter().map(|note| note.as_str()).collect::<Vec<_>>(), expected, "{case}");
    }
}

/// The two shortcuts: `is_ca` and `key_usage`.
#[test]
fn of_fixtures() {
    for (file, is_ca, usage, notes) in [
        ("rsa-2048", true, None, vec!["ca"]),
        ("chain-root", true, Some(0x60), vec!["ca", "no-digital-signature"]),
        ("chain-intermediate", true, None, vec!["ca"]),
        ("chain-leaf", false, None, vec![]),
        ("unknown-critical-extension", true, None, vec!["ca", "unknown-critical-extension"]),
        ("version-3-without-extensions", false, None, vec![]),
    ] {
        let certificate = Certificate::from_pem(&data(&format!("certificates/{file}.pem"))).unwrap();
        let usage_of = certificate.key_usage();
        assert_eq!((certificate.is_ca(), usage_of.map(|usage| usage.bits())), (is_ca, usage), "{file}");
        assert_eq!(
            usage_of.is_some_and(|usage| usage.has_digital_signature()),
            usage.is_some_and(|bits| bits & 1 == 1)
        );
        assert_eq!(certificate.notes().iter().map(|note| note.as_str()).collect::<Vec<_>>(), notes, "{file}");
    }
    let certificate = Certificate::from_pem(&data("certificates/100-sans.pem")).unwrap();
    let names = certificate.extensions().into_iter().find_map(|extension| match extension.value {
        ExtensionValue::SubjectAltName(names) => Some(names),
        _ => None,
    });
    let names: Vec<_> = names.unwrap().into_iter().map(|name| name.text).collect();
    assert_eq!(names, (0..100).map(|number| format!("host-{number}.example.org")).collect::<Vec<_>>());
}

/// The memory is proportional to the size, up to the largest certificate.
#[test]
fn many() {
    let values = |value: &[u8], size: usize| seq(&[value.repeat(size / value.len())]);
    let sets = |value: Vec<u8>| seq(&[tlv(0xa4, seq(&[tlv(0x31, value)]))]);
    let attribute = |number: usize| seq(&[oid(&[0x2a, (number >> 7) as u8 | 0x81, (number & 0x7f) as u8]), tlv(5, [])]);
    let falling: Vec<u8> = (0..4500).rev().flat_map(attribute).collect();
    let extensions = (0..4500).map(|number| extension(&[0x2a, (number >> 7) as u8 | 0x81, (number & 0x7f) as u8], &[]));
    let extensions = std::collections::BTreeSet::from_iter(extensions).into_iter().collect::<Vec<_>>();
    for (case, extensions) in [
        ("names of 2 octets", vec![standard(SUBJECT_ALT_NAME, &values(&[0x82, 0], 60_000))]),
        ("purposes of 3 octets", vec![standard(EXTENDED_KEY_USAGE, &values(&oid(&[0x2a]), 60_000))]),
        ("a set that is sorted backwards", vec![standard(SUBJECT_ALT_NAME, &sets(falling))]),
        ("extensions", extensions),
    ] {
        let certificate = Made::extensions(&extensions).read();
        let size = certificate.der().len();
        let heap = most(|| certificate.extensions()).max(most(|| certificate.notes()));
        assert!(heap < 64 * size, "{case}: {heap} of {size}");
    }
}
