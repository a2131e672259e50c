//! Content of other formats and certificates that are damaged beyond repair are refused by name. Items inside a PKCS#7
//! container, or inside a further DER value, are read.

use crate::support::{data, der, hex, table, text};
use samlcert::{Item, Normalized, normalize};

const GOOD: &str = "certificates/p256.pem";

fn base64(bytes: &[u8]) -> String {
    <base64ct::Base64 as base64ct::Encoding>::encode_string(bytes)
}

fn lines(body: &str) -> String {
    let characters: Vec<char> = body.chars().collect();
    characters.chunks(64).map(|line| line.iter().collect::<String>() + "\n").collect()
}

fn framed(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", lines(body))
}

/// The base64 of the certificate that the tests damage.
fn body() -> String {
    base64(&der("certificates/rsa-3072.pem"))
}

/// The certificate's PEM with its base64 changed.
fn with_body(change: impl Fn(&str) -> String) -> Vec<u8> {
    framed("CERTIFICATE", &change(&body())).into_bytes()
}

/// The certificate's PEM with this in place of some characters of the tenth line.
fn with_line(len: usize, put: &str) -> Vec<u8> {
    let body = body();
    let (before, behind) = (&body[..596], &body[596 + len..]);
    format!("-----BEGIN CERTIFICATE-----\n{}", lines(before))
        .trim_end()
        .bytes()
        .chain(put.bytes())
        .chain(behind[..44 - len].bytes())
        .chain([b'\n'])
        .chain(lines(&behind[44 - len..]).bytes())
        .chain(*b"-----END CERTIFICATE-----\n")
        .collect()
}

/// One DER value.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    match content.len() {
        0..0x80 => [&[tag, length[1]], content].concat(),
        0x80..0x100 => [&[tag, 0x81, length[1]], content].concat(),
        _ => [&[tag, 0x82], &length[..], content].concat(),
    }
}

/// PKCS#7 `SignedData` with these values in its set of certificates.
fn pkcs7(certificates: &[Vec<u8>]) -> Vec<u8> {
    let oid = |last| [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last];
    let inner = value(0x30, &oid(1));
    let parts = [&[2, 1, 1, 0x31, 0], &inner[..], &value(0xa0, &certificates.concat()), &[0x31, 0]].concat();
    value(0x30, &[&oid(2)[..], &value(0xa0, &value(0x30, &parts))].concat())
}

/// The same in BER: every length that may be indefinite is.
fn pkcs7_in_ber(certificates: &[Vec<u8>]) -> Vec<u8> {
    let der = pkcs7(certificates);
    let header = if der[1] == 0x82 { 4 } else { 2 };
    [&[0x30, 0x80], &der[header..], &[0, 0]].concat()
}

fn gzip() -> Vec<u8> {
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0], &[0x9b; 60]].concat()
}

fn zip(first: &str) -> Vec<u8> {
    let length = u8::try_from(first.len()).unwrap();
    let header = [&b"PK\x03\x04\x14\0\0\0\x08\0"[..], &[0x21; 16], &[length, 0, 0, 0]].concat();
    [&header[..], first.as_bytes(), &[0x9b; 90]].concat()
}

fn ole() -> Vec<u8> {
    [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 90]].concat()
}

const PDF: &[u8] =
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\nxref\n0 2\n0000000000 65535 f \ntrailer\n%%EOF\n";

/// DER that a program read as one character for each byte and wrote as UTF-8.
fn as_characters(character: fn(u8) -> char) -> Vec<u8> {
    der("certificates/rsa-2048.pem").iter().map(|byte| character(*byte)).collect::<String>().into_bytes()
}

fn replaced(replacement: char) -> Vec<u8> {
    let put = |byte: u8| if byte.is_ascii() { char::from(byte) } else { char::MAX };
    String::from_utf8(as_characters(put)).unwrap().replace(char::MAX, &replacement.to_string()).into_bytes()
}

fn with_crlf() -> Vec<u8> {
    let der = der("certificates/rsa-4096.pem");
    assert!(der.contains(&b'\n'));
    der.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect()
}

/// DER with a CRLF in its serial number that has lost the CR.
fn without_cr() -> Vec<u8> {
    let mut der = der("certificates/rsa-2048.pem");
    // Version, then the serial number: its header stands at 13.
    assert_eq!(der[13], 2);
    der[17] = b'\n';
    der.remove(16);
    der
}

const HS256: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const RS256: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAxMjM0NTY3ODkwIiwidHlwIjoiSldUIn0";
const CLAIMS: &str = "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyLCJhdWQiOiJodHRwczovL3NwLmV4YW1wbGUub3JnIn0";
const SIGNATURE: &str = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c-SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV5adQssw5c0";
const SHA256: &str = "2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24";
const PAGE: &str =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>404 Not Found</title></head>\n<body>Not found</body>\n</html>\n";

fn ssh(algorithm: &str, len: usize) -> String {
    let name = algorithm.as_bytes();
    let blob = [&[0, 0, 0, u8::try_from(name.len()).unwrap()], name, &[0, 0, 0, 32], &vec![0x5c; len]].concat();
    format!("{algorithm} {} ada@example.org\n", base64(&blob))
}

/// A name, a text, and the code that it is refused with.
type Case = (&'static str, Vec<u8>, &'static str);

/// Binary files.
fn binaries() -> Vec<Case> {
    vec![
        ("gzip", gzip(), "archive"),
        ("zip", zip("certificate.pem"), "archive"),
        ("Word", zip("[Content_Types].xml"), "document"),
        ("LibreOffice", zip("mimetypeapplication/vnd.oasis.opendocument.text"), "document"),
        ("old Word", ole(), "document"),
        ("PDF", PDF.to_vec(), "document"),
        ("PDF behind a blank line", [b"\n", PDF].concat(), "document"),
        ("PDF behind a byte order mark", [b"\xef\xbb\xbf", PDF].concat(), "document"),
        ("rich text", b"{\\rtf1\\ansi the certificate}".to_vec(), "document"),
        ("an empty zip", [b"PK\x05\x06".as_slice(), &[0; 18]].concat(), "archive"),
        ("DER in UTF-8, replaced", replaced('\u{fffd}'), "mangled-binary"),
        ("DER in ASCII, replaced", replaced('?'), "mangled-binary"),
        ("DER as Latin-1 in UTF-8", as_characters(char::from), "mangled-binary"),
        ("DER with LF made CRLF", with_crlf(), "mangled-binary"),
        ("DER with CRLF made LF", without_cr(), "mangled-binary"),
        ("PKCS#7 in BER", pkcs7_in_ber(&[der(GOOD)]), "pkcs7"),
        ("PKCS#7 without certificates", pkcs7(&[]), "pkcs7-empty"),
    ]
}

/// Pastes that are something else as a whole, which is named only if nothing else was found.
fn wholes() -> Vec<Case> {
    let texts = [
        ("a page", PAGE.to_owned(), "html-page"),
        ("a page in capitals", PAGE.to_uppercase(), "html-page"),
        ("the answer of a server", format!("HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n{PAGE}"), "html-page"),
        (
            "a page with a picture",
            PAGE.replace("Not found</", &format!("<img src=\"data:image/png;base64,{}\"></", base64(&[0x89; 90]))),
            "html-page",
        ),
        (
            "a page without the tag of one",
            "<title>502 Bad Gateway</title>\n<h1>Bad Gateway</h1>\n".to_owned(),
            "html-page",
        ),
        ("an empty page", "<html></html>".to_owned(), "html-page"),
        ("a URL", "https://idp.example.org/saml/metadata?id=1#x\n".to_owned(), "url"),
        ("a URL in brackets", "<http://idp.example.org/cert.pem>".to_owned(), "url"),
        ("a URL with a digest", format!("https://idp.example.org/{}", SHA256.replace(':', "").to_lowercase()), "url"),
        ("a URL of LDAP", "ldap://ds.example.org/cn=idp?userCertificate;binary".to_owned(), "url"),
        ("a URN", "urn:oasis:names:tc:SAML:2.0:metadata".to_owned(), "url"),
        ("a path of Unix", "/etc/ssl/certs/idp.pem\n".to_owned(), "path"),
        ("a path below", "./keys/idp.key".to_owned(), "path"),
        ("a path of Windows", "C:\\temp\\new\\idp.cer".to_owned(), "path"),
        ("a share of Windows", "\\\\files\\saml\\idp.cer".to_owned(), "path"),
        ("the name of a file", "certificate (1).pem".to_owned(), "path"),
        ("a short token", format!("{HS256}.e30.{}", &SIGNATURE[..38]), "jwt"),
        ("a fingerprint", format!("SHA256 Fingerprint={SHA256}\n"), "fingerprint"),
        ("a fingerprint alone", SHA256.replace(':', ""), "fingerprint"),
        ("a fingerprint in base64", format!("SHA256:{}", base64(&[0xab; 32])), "fingerprint"),
        (
            "a fingerprint that begins as a path",
            base64(&[[0xfc; 3], [0xff; 3]].concat().repeat(6)[..32]),
            "fingerprint",
        ),
        ("a fingerprint of MD5", format!("MD5 Fingerprint={}", &SHA256[..47]), "fingerprint"),
        ("a fingerprint of MD5 alone", SHA256[..47].to_owned(), "fingerprint"),
        ("a line of X", "X".repeat(64), "masked"),
        ("a string of asterisks", "{\"cert\": \"***\"}".to_owned(), "masked"),
        ("a string of a word in brackets", "idp_cert = '[REDACTED]'".to_owned(), "masked"),
        ("a beginning and an ellipsis", "cert: MIIDdzCC...\n".to_owned(), "masked"),
        ("a masked element", "<ds:X509Certificate>MIID\u{2026}</ds:X509Certificate>".to_owned(), "masked"),
        ("an element of nothing but dots", "<X509Certificate>\n ... \n</X509Certificate>".to_owned(), "masked"),
    ];
    texts.into_iter().map(|(name, text, code)| (name, text.into_bytes(), code)).collect()
}

/// Blocks, and what resembles one.
fn blocks() -> Vec<Case> {
    let swap = |from: char, to: char| with_body(|body| body.replace(from, &to.to_string()));
    let mut cases = vec![
        ("a token", format!("{RS256}.{CLAIMS}.{SIGNATURE}\n").into_bytes(), "jwt"),
        ("a token in a header", format!("Authorization: Bearer {HS256}.{CLAIMS}.{SIGNATURE}\n").into_bytes(), "jwt"),
        ("an RSA key of SSH", ssh("ssh-rsa", 279).into_bytes(), "ssh-key"),
        ("an Ed25519 key of SSH", ssh("ssh-ed25519", 32).into_bytes(), "ssh-key"),
        ("an EC key of SSH", ssh("ecdsa-sha2-nistp256", 85).into_bytes(), "ssh-key"),
        ("a key of a token of SSH", ssh("sk-ssh-ed25519@openssh.com", 36).into_bytes(), "ssh-key"),
        (
            "a key of SSH in its own lines",
            framed("SSH2 PUBLIC KEY", ssh("ssh-rsa", 279).split(' ').nth(1).unwrap())
                .replace("-----", "---- ")
                .into_bytes(),
            "ssh-key",
        ),
        (
            "a key of OpenPGP",
            format!(
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 1\n\n{}=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n",
                lines(&base64(&[0x99; 200]))
            )
            .into_bytes(),
            "pgp",
        ),
        (
            "a message of OpenPGP that was cut",
            format!("-----BEGIN PGP MESSAGE-----\n\n{}\n", lines(&base64(&[0x85; 200]))).into_bytes(),
            "pgp",
        ),
        ("a message of OpenPGP", framed("PGP MESSAGE", &base64(&[0x85; 200])).into_bytes(), "pgp"),
        ("an ellipsis inside", with_line(9, "\u{2026}"), "masked"),
        ("dots inside", with_line(9, "..."), "masked"),
        ("asterisks inside", with_line(9, "*****"), "masked"),
        ("bullets inside", with_line(9, "\u{2022}\u{2022}\u{2022}"), "masked"),
        ("X inside", with_line(9, "XXXXXXXXX"), "masked"),
        ("dashes inside", with_line(9, "----------"), "masked"),
        ("underscores inside", with_line(9, "__________"), "masked"),
        ("number signs inside", with_line(9, "##########"), "masked"),
        ("a word in brackets", with_line(9, "[REDACTED]"), "masked"),
        ("dots in brackets", with_line(9, "[...]"), "masked"),
        ("a word between dashes", with_line(44, "\n--- snip ---"), "masked"),
        ("nothing but dots", with_body(|_| "...".into()), "masked"),
        ("the beginning and dots", with_body(|body| format!("{}...", &body[..4])), "masked"),
        ("the beginning and X", with_body(|body| format!("{}{}", &body[..4], "X".repeat(100))), "masked"),
        (
            "the beginning, dots, the end",
            with_body(|body| format!("{}....{}", &body[..8], &body[body.len() - 8..])),
            "masked",
        ),
        ("the beginning in an element", element(&format!("{}...", &body()[..30])), "masked"),
        ("capitals", with_body(str::to_uppercase), "case-folded"),
        ("small letters", with_body(str::to_lowercase), "case-folded"),
        ("small letters, the markers too", with_body(str::to_lowercase).to_ascii_lowercase(), "case-folded"),
        ("capitals in an element", element(&body().to_uppercase()), "case-folded"),
        ("small letters in an element", element(&body().to_lowercase()), "case-folded"),
        ("a Cyrillic letter", with_line(1, "\u{410}"), "homoglyph"),
        ("a Greek letter", with_line(1, "\u{39f}"), "homoglyph"),
        ("a full-width letter", with_line(1, "\u{ff21}"), "homoglyph"),
        ("all of a letter Cyrillic", swap('A', '\u{410}'), "homoglyph"),
        ("a Cyrillic letter first", with_body(|body| body.replacen('M', "\u{41c}", 1)), "homoglyph"),
        ("bars for a letter", swap('l', '|'), "confused-characters"),
        ("dollars for a letter", swap('S', '$'), "confused-characters"),
        ("ones for I", swap('I', '1'), "confused-characters"),
        ("l for I", swap('I', 'l'), "confused-characters"),
        ("no digit 0 but O", swap('0', 'O'), "confused-characters"),
    ];
    let spelled = |name, bytes: Vec<u8>, code| (name, lines(&base64(&bytes)).into_bytes(), code);
    cases.extend([
        spelled("gzip in base64", gzip(), "archive"),
        spelled("zip in base64", zip("certificate.pem"), "archive"),
        spelled("Word in base64", zip("[Content_Types].xml"), "document"),
        spelled("old Word in base64", ole(), "document"),
        spelled("PDF in base64", PDF.to_vec(), "document"),
        spelled("a page in base64", PAGE.into(), "html-page"),
        spelled("DER in UTF-8, replaced, in base64", replaced('\u{fffd}'), "mangled-binary"),
        spelled("DER as Latin-1 in UTF-8, in base64", as_characters(char::from), "mangled-binary"),
        spelled("PKCS#7 in BER in base64", pkcs7_in_ber(&[der(GOOD)]), "pkcs7"),
        ("PKCS#7 in BER in PEM", framed("PKCS7", &base64(&pkcs7_in_ber(&[der(GOOD)]))).into_bytes(), "pkcs7"),
        ("PKCS#7 without certificates in PEM", framed("PKCS7", &base64(&pkcs7(&[]))).into_bytes(), "pkcs7-empty"),
    ]);
    cases
}

fn element(text: &str) -> Vec<u8> {
    format!("<ds:X509Certificate>{text}</ds:X509Certificate>").into_bytes()
}

fn codes(normalized: &Normalized) -> Vec<&'static str> {
    normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect()
}

fn assert_refused(name: &str, text: &[u8], code: &str) {
    let normalized = normalize(text);
    assert!(normalized.items().is_empty(), "{name}: an item was given out");
    assert_eq!(codes(&normalized), [code], "{name}");
    let span = normalized.refused()[0].span();
    assert!(span.start < span.end && span.end <= text.len(), "{name}: {span:?}");
}

#[test]
fn each_is_refused_by_name() {
    for (name, text, code) in [binaries(), wholes(), blocks()].concat() {
        assert_refused(name, &text, code);
    }
}

#[test]
fn each_is_refused_by_name_in_crlf_and_in_quotes() {
    for (name, text, code) in [wholes(), blocks()].concat() {
        let text = String::from_utf8(text).unwrap();
        assert_refused(&format!("{name}, CRLF"), text.replace('\n', "\r\n").as_bytes(), code);
        assert_refused(&format!("{name}, quoted"), format!("\"{}\"", text.trim()).as_bytes(), code);
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_refused(&format!("{name}, UTF-16"), &utf16, code);
    }
}

#[test]
fn none_hides_a_good_one() {
    let (good, der) = (data(GOOD), der(GOOD));
    let is_given = |name: &str, normalized: &Normalized| {
        let ders: Vec<_> = normalized.items().iter().map(|found| der_of(found.item())).collect();
        assert_eq!(ders, [&der[..]], "{name}: {:?}", normalized.refused());
    };
    for (name, text, code) in [wholes(), blocks()].concat() {
        for both in [[&good[..], b"\n\n", &text].concat(), [&text[..], b"\n\n", &good].concat()] {
            let normalized = normalize(&both);
            is_given(name, &normalized);
            // Beside an item, only what resembles base64 is refused, such as a picture in a page.
            let is_expected = |found: &&str| *found == code || *found == "not-der";
            assert!(codes(&normalized).iter().all(is_expected), "{name}: {:?}", normalized.refused());
        }
    }
    for (name, bytes, _) in binaries() {
        is_given(name, &normalize(&[&bytes[..], b"\n\n", &good].concat()));
        is_given(name, &normalize(&[&good[..], b"\n\n", &bytes].concat()));
    }
}

/// A page or a document that holds a good block as text gives it.
#[test]
fn a_block_in_a_page_is_given() {
    let good = text(GOOD);
    let page = PAGE.replace("Not found", &format!("<pre>\n{good}</pre>"));
    let pdf = [PDF, good.as_bytes(), PDF].concat();
    for (name, text, refused) in [("a page", page.into_bytes(), vec![]), ("a PDF", pdf, vec!["document"])] {
        let normalized = normalize(&text);
        assert_eq!(normalized.items().len(), 1, "{name}");
        assert_eq!(codes(&normalized), refused, "{name}");
    }
}

fn der_of(item: &Item) -> &[u8] {
    match item {
        Item::Certificate(certificate) => certificate.der(),
        Item::PrivateKey(key) => key.secret_der(),
        _ => &[],
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DISFIGURED: [&str; 5] = ["masked", "case-folded", "homoglyph", "confused-characters", "mangled-binary"];

fn with_character(body: &str, index: usize, character: u8) -> String {
    let mut body = body.as_bytes().to_vec();
    body[index] = character;
    String::from_utf8(body).unwrap()
}

/// Every confused character is named, or the damage is proven in another way; none is repaired.
#[test]
fn confused_characters_are_found_one_by_one() {
    let body = base64(&der("certificates/p256.pem"));
    let mut named = 0;
    for (index, own) in body.bytes().enumerate() {
        let groups = ["0O", "1lI"];
        for other in groups.iter().filter(|group| group.as_bytes().contains(&own)).flat_map(|group| group.bytes()) {
            if other == own {
                continue;
            }
            let normalized = normalize(framed("CERTIFICATE", &with_character(&body, index, other)).as_bytes());
            assert!(normalized.items().is_empty(), "{own} as {other} at {index} is read");
            let code = codes(&normalized)[0];
            assert!(!["damaged", "not-der"].contains(&code), "{own} as {other} at {index}: {code}");
            if code == "confused-characters" {
                named += 1;
                assert_eq!(normalized.refused()[0].span().len(), 1);
            }
        }
    }
    assert!(named > 20, "{named}");
}

/// Other damage has no such name.
#[test]
fn other_damage_is_not_named_so() {
    for name in ["certificates/p256.pem", "certificates/rsa-3072.pem", "keys/p256.pem"] {
        let body = base64(&der(name));
        let characters = body.trim_end_matches('=').len();
        let rotated = |index: usize, by: usize| {
            let own = ALPHABET.iter().position(|c| *c == body.as_bytes()[index]).unwrap();
            with_character(&body, index, ALPHABET[(own + by) % 64])
        };
        let texts = (0..characters).flat_map(|index| {
            let lost = format!("{}{}", &body[..index], &body[index + 1..]);
            let doubled = format!("{}{}", &body[..=index], &body[index..]);
            let strange = with_character(&body, index, b'!');
            [
                rotated(index, 7),
                rotated(index, 12),
                rotated(index, 40),
                lost,
                doubled,
                strange,
                body[..index].to_owned(),
            ]
        });
        for text in texts {
            let normalized = normalize(framed("CERTIFICATE", &text).as_bytes());
            let code = codes(&normalized).first().copied().unwrap_or_default();
            assert!(!DISFIGURED.contains(&code), "{name}: {code}: {text}");
        }
    }
}

#[test]
fn no_fixture_is_named_falsely() {
    let known = |file: &str| table(file).into_iter().map(|row| row[0].clone());
    let certificates = known("certificates/table.tsv").map(|name| format!("certificates/{name}"));
    let keys = known("keys/table.tsv").map(|name| format!("keys/{name}"));
    let texts = known("texts/table.tsv").map(|name| format!("texts/{name}"));
    let tampered = known("tampered/table.tsv").map(|name| format!("tampered/{name}"));
    let names =
        ["archive", "document", "html-page", "jwt", "ssh-key", "pgp", "url", "path", "fingerprint", "pkcs7-empty"];
    for file in certificates.chain(keys).chain(texts).chain(tampered).filter(|file| crate::support::path(file).exists())
    {
        let found = codes(&normalize(&data(&file)));
        assert!(!found.iter().any(|code| names.contains(code) || DISFIGURED.contains(code)), "{file}: {found:?}");
    }
}

/// Prose with words that the reader looks for is nothing at all.
#[test]
fn prose_is_not_named() {
    for text in [
        "See https://idp.example.org/ for the certificate.",
        "The certificate is in /etc/ssl.\nAsk Ada.",
        "Send us the certificate...",
        "A token such as eyJ and a page with <html> in it",
        "MI6 and the MIT",
        "The MIME type is wrong. Released under the MIT license, your rights are kept; see MIT... or MIN...MAX.",
        "Phone: xxxx, order no. XXXX-1234",
        "{\"include\":[\"**\"],\"password\":\"***\"}",
        "He said \"\u{2026}\" and left",
        "<svg><title>x</title></svg>",
        "<?xml version=\"1.0\"?><rss><channel><title>News</title></channel></rss>",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "AES: 000102030405060708090a0b0c0d0e0f",
        "Please find attached cert.pem",
        "/ is the root",
        "Hello,\n----------\nplease send it.\n__________\n",
        "the \"best\" certificate - '90s style",
        "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}, \u{43a}\u{430}\u{43a} \u{434}\u{435}\u{43b}\u{430}?",
    ] {
        assert_eq!(codes(&normalize(text.as_bytes())), ["nothing-found"], "{text}");
    }
    let cut = text("certificates/rsa-2048.pem").lines().take(9).collect::<Vec<_>>().join("\n");
    let in_russian = format!("{cut}\n\u{421} \u{443}\u{432}\u{430}\u{436}\u{435}\u{43d}\u{438}\u{435}\u{43c}\n");
    let code = codes(&normalize(in_russian.as_bytes()))[0];
    assert!(!DISFIGURED.contains(&code), "{code}");
}

/// The items and the repairs of each.
fn given(paste: &[u8]) -> Vec<(String, Vec<&'static str>)> {
    let normalized = normalize(paste);
    assert_eq!(normalized.refused(), []);
    let repairs =
        |found: &samlcert::NormalizedItem| found.repairs().iter().map(|repair| repair.code().as_str()).collect();
    normalized.items().iter().map(|found| (hex(der_of(found.item())), repairs(found))).collect()
}

#[test]
fn the_certificates_of_pkcs7_are_given() {
    let both = ["certificates/rsa-2048.pem", "certificates/chain-root.pem"].map(|name| hex(&der(name)));
    let (pem, binary) = (text("texts/pkcs7.pem"), data("texts/pkcs7.der"));
    let body = base64(&binary);
    for (name, paste, repairs) in [
        ("PEM", pem.clone().into_bytes(), vec!["pkcs7"]),
        ("DER", binary.clone(), vec!["pkcs7"]),
        ("PEM in CRLF", pem.replace('\n', "\r\n").into_bytes(), vec!["pkcs7"]),
        ("another label", framed("PKCS #7 SIGNED DATA", &body).into_bytes(), vec!["pkcs7"]),
        ("the label of CMS", framed("CMS", &body).into_bytes(), vec!["pkcs7"]),
        ("the label of a certificate", framed("CERTIFICATE", &body).into_bytes(), vec!["pkcs7"]),
        ("no label", lines(&body).into_bytes(), vec!["header-missing", "footer-missing", "pkcs7"]),
        ("indented", pem.replace('\n', "\n  ").into_bytes(), vec!["blanks", "pkcs7"]),
    ] {
        let found = given(&paste);
        let ders: Vec<_> = found.iter().map(|(der, _)| der.clone()).collect();
        assert_eq!(sorted(ders), sorted(both.to_vec()), "{name}");
        for (_, found) in found {
            assert_eq!(found, repairs, "{name}");
        }
    }
    let span = normalize(pem.as_bytes()).items()[1].span();
    assert_eq!((span.start, span.end), (0, pem.trim_end().len()), "the container is the place");
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

#[test]
fn a_certificate_of_pkcs7_is_refused_by_itself() {
    let good = der(GOOD);
    let bad = der("certificates/refused/signature-damaged.der");
    let attribute = value(0xa1, &[0x30, 0]);
    let container = pkcs7(&[good.clone(), bad, attribute]);
    let normalized = normalize(&container);
    assert_eq!(codes(&normalized), ["self-signature-invalid"]);
    assert_eq!(der_of(normalized.items()[0].item()), good);
    let beside = [&data(GOOD)[..], framed("PKCS7", &base64(&pkcs7(std::slice::from_ref(&good)))).as_bytes()].concat();
    assert_eq!(given(&beside), [(hex(&good), vec!["duplicate"])], "the same in PEM and in PKCS#7");
    let many = vec![good; 101];
    let normalized = normalize(&pkcs7(&many));
    assert_eq!(normalized.items().len(), 1);
    assert_eq!(codes(&normalized), ["too-many-blocks"]);
    assert_eq!(codes(&normalize(&pkcs7(&many[..100]))), [] as [&str; 0]);
}

#[test]
fn der_in_der_is_taken_out() {
    let certificate = der(GOOD);
    let key = der("keys/p256.pem");
    for (what, item) in [("certificate", certificate), ("key", key)] {
        let bits = [&[0], &item[..]].concat();
        for (name, outer) in
            [("OCTET STRING", value(4, &item)), ("BIT STRING", value(3, &bits)), ("SEQUENCE", value(0x30, &item))]
        {
            let name = format!("{what} in a {name}");
            let label = if what == "key" { "PRIVATE KEY" } else { "CERTIFICATE" };
            assert_eq!(given(&outer), [(hex(&item), vec!["der-twice"])], "{name}");
            let pem = framed(label, &base64(&outer));
            assert_eq!(given(pem.as_bytes()), [(hex(&item), vec!["der-twice"])], "{name}, PEM");
            let body = lines(&base64(&outer));
            assert_eq!(given(body.as_bytes())[0].0, hex(&item), "{name}, no label");
        }
        let twice = item.repeat(2);
        assert_eq!(given(&twice), [(hex(&item), vec!["duplicate"])], "{what} twice");
        assert_eq!(given(framed("CERTIFICATE", &base64(&twice)).as_bytes())[0].0, hex(&item), "{what} twice, PEM");
    }
    let two = [der(GOOD), der("certificates/rsa-2048.pem")].concat();
    assert_eq!(codes(&normalize(&two)), ["two-in-one-block"]);
}
