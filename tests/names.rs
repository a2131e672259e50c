//! Distinguished names as text.

use crate::made::{Made, name, oid, seq, tlv};

/// RFC 4514: one attribute type and value, and the text.
#[test]
fn names() {
    const CN: &[u8] = &[0x55, 4, 3];
    let cases: [(&[u8], u8, &[u8], &str); 30] = [
        (CN, 0x0c, b"idp", "CN=idp"),
        (CN, 0x13, b"idp", "CN=idp"),
        (CN, 0x16, b"idp", "CN=idp"),
        (CN, 0x14, b"K\xf6ln", "CN=K\u{f6}ln"),
        (CN, 0x1e, b"\x26\x03", "CN=\u{2603}"),
        (CN, 0x1c, b"\0\x01\xf5\x11", "CN=\u{1f511}"),
        (CN, 0x12, b"12 34", "CN=12 34"),
        (CN, 0x0c, b"", "CN="),
        (CN, 0x0c, b" ", "CN=\\ "),
        (CN, 0x0c, b"   ", "CN=\\  \\ "),
        (CN, 0x0c, b"#", "CN=\\#"),
        (CN, 0x0c, b"a#b c", "CN=a#b c"),
        (CN, 0x0c, br#"",+;<>\="#, r#"CN=\"\,\+\;\<\>\\="#),
        (CN, 0x0c, b"\0\x1b\n\x7f", r"CN=\00\1B\0A\7F"),
        (CN, 0x0c, "\u{85}\u{202e}\u{feff}".as_bytes(), r"CN=\C2\85\E2\80\AE\EF\BB\BF"),
        (CN, 0x0c, "Lu\u{10d}i\u{107}".as_bytes(), "CN=Lu\u{10d}i\u{107}"),
        (CN, 0x16, b"\xe4", "CN=#1601e4"),
        (CN, 0x30, b"", "CN=#3000"),
        (&[0x55, 4, 6], 0x13, b"DE", "C=DE"),
        (&[0x55, 4, 7], 0x0c, b"x", "L=x"),
        (&[0x55, 4, 8], 0x0c, b"x", "ST=x"),
        (&[0x55, 4, 9], 0x0c, b"x", "STREET=x"),
        (&[0x55, 4, 10], 0x0c, b"x", "O=x"),
        (&[0x55, 4, 11], 0x0c, b"x", "OU=x"),
        (&[9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], 0x0c, b"x", "UID=x"),
        (&[9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], 0x16, b"x", "DC=x"),
        (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], 0x16, b"x", "1.2.840.113549.1.9.1=#160178"),
        (&[0x27], 0x0c, b"", "0.39=#0c00"),
        (&[0x88, 0x37], 0x0c, b"", "2.999=#0c00"),
        // A UUID under 2.25, all bits set.
        (
            &[
                0x69, 0x83, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                0xff, 0xff, 0x7f,
            ],
            0x0c,
            b"",
            "2.25.340282366920938463463374607431768211455=#0c00",
        ),
    ];
    for (attribute_type, tag, value, text) in cases {
        let certificate = Made::with(|made| made.subject = name(attribute_type, tlv(tag, value))).read();
        assert_eq!(certificate.subject(), text);
    }
}

#[test]
fn names_begin_with_the_last_part() {
    let attribute = |number, text: &str| seq(&[oid(&[0x55, 4, number]), tlv(0x0c, text)]);
    let subject = seq(&[
        tlv(0x31, attribute(6, "DE")),
        tlv(0x31, [attribute(10, "a, b"), attribute(11, "c")].concat()),
        tlv(0x31, attribute(3, "idp")),
    ]);
    let certificate = Made::with(|made| made.subject = subject).read();
    assert_eq!(certificate.subject(), r"CN=idp,O=a\, b+OU=c,C=DE");
    assert_eq!(certificate.issuer(), "CN=idp");
    assert_eq!(Made::with(|made| made.subject = seq(&[])).read().subject(), "");
}
