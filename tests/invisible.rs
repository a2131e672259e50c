//! Characters that nobody sees: removed by the reader, escaped where names are shown, refused where names are given.

use crate::support::text;
use samlcert::application::{ApplicationId, DisplayName, MailAddress, TextError};
use samlcert::{Fingerprint, is_invisible, normalize};

/// What becomes of a character.
struct Row {
    character: char,
    is_removed: bool,
    is_escaped: bool,
    is_refused: bool,
}

const fn row(character: char, is_removed: bool, is_escaped: bool, is_refused: bool) -> Row {
    Row { character, is_removed, is_escaped, is_refused }
}

const TABLE: &[Row] = &[
    row('a', false, false, false),
    row('ä', false, false, false),
    row('\u{301}', false, false, false),
    row('\u{1f600}', false, false, false),
    // Control characters, and what ends a line.
    row('\u{7}', true, true, true),
    row('\u{9f}', false, true, true),
    row('\u{2028}', true, true, true),
    // What scripts need.
    row('\u{200c}', true, true, false),
    row('\u{200d}', true, true, false),
    row('\u{180b}', true, true, false),
    row('\u{fe0f}', true, true, false),
    row('\u{e0100}', true, true, false),
    // What hides, joins or turns.
    row('\u{ad}', true, true, true),
    row('\u{34f}', true, true, true),
    row('\u{61c}', true, true, true),
    row('\u{180e}', true, true, true),
    row('\u{200b}', true, true, true),
    row('\u{202e}', true, true, true),
    row('\u{2060}', true, true, true),
    row('\u{2069}', true, true, true),
    row('\u{3164}', true, true, true),
    row('\u{feff}', true, true, true),
    row('\u{ffa0}', true, true, true),
    row('\u{fff9}', false, true, true),
    row('\u{e0001}', true, true, true),
    row('\u{e0041}', true, true, true),
];

#[test]
fn the_reader_removes_it() {
    let pem = text("certificates/rsa-2048.pem");
    let at = pem.find("MII").unwrap() + 101;
    for row in TABLE.iter().filter(|row| row.is_removed) {
        let paste = format!("{}{}{}", &pem[..at], row.character, &pem[at..]);
        assert_eq!(normalize(paste.as_bytes()).items().len(), 1, "{:?}", row.character);
        // A line break would end the fingerprint.
        if row.is_refused && !row.character.is_control() && row.character != '\u{2028}' {
            let fingerprint = format!("{}{}{}", "ab".repeat(10), row.character, "cd".repeat(10));
            assert!(fingerprint.parse::<Fingerprint>().is_ok(), "{:?}", row.character);
        }
    }
}

#[test]
fn it_is_escaped_when_shown() {
    for row in TABLE {
        assert_eq!(is_invisible(row.character), row.is_escaped, "{:?}", row.character);
    }
}

#[test]
fn a_name_may_not_have_it() {
    for row in TABLE {
        let name = format!("por{}tal", row.character);
        let expected = if row.is_refused { Err(TextError::Character { what: "the name", at: 3 }) } else { Ok(()) };
        assert_eq!(DisplayName::new(&name).map(drop), expected, "{:?}", row.character);
        // What is compared letter by letter has nothing that is not seen.
        assert_eq!(ApplicationId::new(&name).is_err(), row.is_escaped, "{:?}", row.character);
        #[cfg(feature = "issue")]
        assert_eq!(samlcert::IssueRequest::new(&name).is_err(), row.is_refused, "{:?}", row.character);
    }
    for blank in ["\u{200c}", " \u{fe0f} "] {
        assert_eq!(DisplayName::new(blank), Err(TextError::Empty { what: "the name" }), "{blank:?}");
        #[cfg(feature = "issue")]
        assert!(samlcert::IssueRequest::new(blank).is_err(), "{blank:?}");
    }
}

#[cfg(feature = "issue")]
#[test]
fn the_text_of_a_name_shows_it_escaped() {
    use crate::support::Seeded;
    use samlcert::{IssueRequest, KeyKind, UnixTime};
    for row in TABLE.iter().filter(|row| row.is_escaped && !row.is_refused) {
        let request = IssueRequest::new(&format!("a{}b", row.character)).unwrap().key_kind(KeyKind::Ed25519);
        let pair = request.issue(UnixTime(1_800_000_000), &mut Seeded::new(1)).unwrap();
        let octets: String = row.character.to_string().bytes().map(|octet| format!("\\{octet:02X}")).collect();
        assert_eq!(pair.certificate().subject(), format!("CN=a{octets}b"));
    }
}

#[test]
fn addresses_of_mail() {
    let table = [
        ("sso@example.org", true),
        ("a.b+c/d=e@mail-1.example.org", true),
        ("jürgen@müller.example", true),
        ("me@localhost", true),
        ("me", false),
        ("@example.org", false),
        ("me@", false),
        ("a@b@example.org", false),
        ("a..b@example.org", false),
        ("me@example..org", false),
        ("me@exam_ple.org", false),
        ("<me@example.org>", false),
        ("\"a b\"@example.org", false),
        ("me@[192.0.2.1]", false),
        ("me@example.org,you@example.org", false),
        ("mailto:me@example.org", false),
    ];
    for (address, is_one) in table {
        assert_eq!(MailAddress::new(address).is_ok(), is_one, "{address}");
    }
}
