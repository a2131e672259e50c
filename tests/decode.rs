//! `pem::decode` reads strict blocks with text around them, and everything else as `normalize` does.

use crate::support::{data, der, hex, text};
use samlcert::limits::MAX_BLOCKS;
use samlcert::pem::decode;

/// The fixtures whose DER is expected, in order.
type Row = (&'static str, String, &'static [&'static str]);

const ONE: &str = "certificates/rsa-2048.pem";
const OTHER: &str = "certificates/p256.pem";
const SMALL: &str = "keys/ed25519.pem";
const KEY: &str = "keys/rsa-2048.pem";

fn decoded(text: &[u8]) -> Vec<Vec<u8>> {
    decode(text).iter().map(|value| value.secret_bytes().to_vec()).collect()
}

fn characters(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// The base64 with a line break after so many characters.
fn in_lines(pem: &str, width: usize) -> String {
    let characters: Vec<char> = characters(pem).chars().collect();
    characters.chunks(width).map(|line| line.iter().collect::<String>() + "\n").collect()
}

fn rows() -> Vec<Row> {
    let (one, other, key) = (text(ONE), text(OTHER), text(KEY));
    let bare = characters(&one);
    let each_line = |prefix: &str| one.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>();
    let framed = |lines: &str| format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----");
    let each_body_line = |change: &dyn Fn(&str) -> String| {
        let line = |line: &str| if line.starts_with('-') { line.to_owned() } else { change(line) };
        one.lines().map(|text| line(text) + "\n").collect::<String>()
    };
    let with_blank = |line: &str| format!("{} {}", &line[..4], &line[4..]);
    vec![
        ("nothing", String::new(), &[]),
        ("prose", "Nothing is in here.\n".into(), &[]),
        ("one block", one.clone(), &[ONE]),
        ("without a line break at the end", one.trim_end().into(), &[ONE]),
        ("CRLF", one.replace('\n', "\r\n"), &[ONE]),
        ("line breaks of both kinds", one.replacen('\n', "\r\n", 3), &[ONE]),
        ("76 columns", framed(&in_lines(&one, 76)), &[ONE]),
        ("one column", framed(&in_lines(&one, 1)), &[ONE]),
        (
            "lines of changing lengths",
            framed(&(in_lines(&one, 64)[..130].to_owned() + &in_lines(&one, 8)[144..])),
            &[ONE],
        ),
        ("indented", each_line("\t  "), &[ONE]),
        ("blanks at the end of lines", one.replace('\n', "  \n"), &[ONE]),
        ("a blank inside the first line", one.replacen(&bare[..64], &with_blank(&bare[..64]), 1), &[ONE]),
        ("a blank inside the second line", one.replacen(&bare[64..128], &with_blank(&bare[64..128]), 1), &[ONE]),
        ("a blank at the same place of each line", each_body_line(&|line| with_blank(line)), &[ONE]),
        ("line breaks written out", one.replace('\n', "\\n"), &[ONE]),
        ("line breaks written out with CR", one.replace('\n', "\\r\\n"), &[ONE]),
        ("base64 alone", bare.clone(), &[ONE]),
        ("base64 alone, in lines", in_lines(&one, 64), &[ONE]),
        ("base64 alone with what is left of a longer one", bare.clone() + "AAAA", &[]),
        ("a chain", format!("{one}{other}"), &[ONE, OTHER]),
        (
            "a chain with subjects between",
            format!("subject=CN = a\n{one}subject=CN = b\n\n{other}\n0 s:c\n"),
            &[ONE, OTHER],
        ),
        ("a key beside its certificate", format!("{key}{one}"), &[KEY, ONE]),
        ("two of the same", format!("{one}{one}"), &[ONE, ONE]),
        ("base64 around a block is ignored", format!("{}\n{other}", bare), &[OTHER]),
        ("a bent block beside a strict one", format!("{other}{}", one.replace("-----BEGIN", "--BEGIN")), &[OTHER, ONE]),
        (
            "a block that has no end beside a strict one",
            format!("{other}{}", one.replace("-----END CERTIFICATE-----\n", "")),
            &[OTHER, ONE],
        ),
        ("a damaged block beside a strict one", format!("{other}{}", one.replacen(&bare[300..304], "", 1)), &[OTHER]),
        ("a block within a line", format!("cert: {one}"), &[ONE]),
        ("words behind BEGIN", one.replacen("-----\n", "----- as sent on Monday\n", 1), &[ONE]),
        (
            "an array of lines in one line",
            format!(
                "{{\"kid\": \"a\", \"cert\": [{}]}}",
                one.lines().map(|line| format!("\"{line}\"")).collect::<Vec<_>>().join(", ")
            ),
            &[ONE],
        ),
        (
            "an array of base64 in one line",
            format!("{{\"x5c\":[\"{}\",\"{}\"]}}", bare, characters(&other)),
            &[ONE, OTHER],
        ),
        ("a small key in hexadecimal", hex(&der(SMALL)), &[SMALL]),
        (
            "a small key in hexadecimal with colons",
            hex(&der(SMALL)).as_bytes().chunks(2).map(|two| str::from_utf8(two).unwrap()).collect::<Vec<_>>().join(":"),
            &[SMALL],
        ),
        ("something behind END on its line", format!("{}!\n", one.trim_end()), &[ONE]),
        ("in quotes with line breaks written out", format!("\"{}\"", one.replace('\n', "\\n")), &[ONE]),
    ]
}

#[test]
fn values_of_a_text() {
    for (name, text, expected) in rows() {
        let expected: Vec<Vec<u8>> = expected.iter().map(|name| der(name)).collect();
        let decoded = decoded(text.as_bytes());
        assert!(decoded == expected, "{name}: {} values", decoded.len());
    }
}

#[test]
fn more_blocks_than_the_limit_are_not_given() {
    let text = data(OTHER).repeat(MAX_BLOCKS + 1);
    assert_eq!(decode(&text).len(), MAX_BLOCKS);
}
