//! Fingerprints in the notations that people copy, and what is refused.

use crate::support::{der, hex, text};
use samlcert::FingerprintTarget::{Certificate, Spki};
use samlcert::HashAlgorithm::{Sha1, Sha256, Sha384, Sha512};
use samlcert::{ErrorCode, Fingerprint, FingerprintError, FingerprintTarget, HashAlgorithm};
use std::collections::{BTreeSet, HashSet};

// The digests of "abc" (FIPS 180-4, examples); every text here writes one of them.
const HEX1: &str = "a9993e364706816aba3e25717850c26c9cd0d89d";
const HEX256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const HEX384: &str = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";
const HEX512: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                      2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
const B64_1: &str = "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=";
const URL_1: &str = "qZk-NkcGgWq6PiVxeFDCbJzQ2J0";
const B64_256: &str = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
const URL_256: &str = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";
const B64_384: &str = "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
const B64_512: &str = "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==";

fn of(algorithm: HashAlgorithm, target: FingerprintTarget) -> Fingerprint {
    Fingerprint::of(algorithm, target, b"abc")
}

/// Groups of `width` digits with `separator` between them.
fn grouped(hex: &str, width: usize, separator: &str) -> String {
    let groups: Vec<String> = hex.as_bytes().chunks(width).map(|group| String::from_utf8_lossy(group).into()).collect();
    groups.join(separator)
}

fn colons(hex: &str) -> String {
    grouped(&hex.to_uppercase(), 2, ":")
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2], with_mark: bool) -> Vec<u8> {
    with_mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn digests_of_abc() {
    for (algorithm, hex) in [(Sha1, HEX1), (Sha256, HEX256), (Sha384, HEX384), (Sha512, HEX512)] {
        let fingerprint = of(algorithm, Certificate);
        assert_eq!(fingerprint.to_hex(), hex, "{algorithm}");
        assert_eq!(fingerprint.to_string(), colons(hex), "{algorithm}");
        assert_eq!(fingerprint.digest().len(), algorithm.digest_len(), "{algorithm}");
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint), "{algorithm}");
        assert_eq!(fingerprint.to_hex().parse(), Ok(fingerprint), "{algorithm}");
    }
}

#[test]
fn equality_order_and_hash_regard_all_three() {
    let mut sorted = BTreeSet::new();
    let mut hashed = HashSet::new();
    for algorithm in HashAlgorithm::ALL {
        for target in [Certificate, Spki] {
            let fingerprint = of(algorithm, target);
            assert_eq!(fingerprint, of(algorithm, target));
            assert_ne!(fingerprint, Fingerprint::of(algorithm, target, b"abd"));
            sorted.insert(fingerprint);
            hashed.insert(fingerprint);
        }
    }
    assert_eq!((sorted.len(), hashed.len()), (8, 8));
}

#[test]
fn hexadecimal_in_every_spelling() {
    for (algorithm, hex) in [(Sha1, HEX1), (Sha256, HEX256), (Sha384, HEX384), (Sha512, HEX512)] {
        for width in [2, 4, 8] {
            for separator in
                [":", " ", "-", "  ", ": ", " : ", ", ", "\n", ":\n", " \r\n", "\t", "\u{a0}", "：", "\u{2013}", "_"]
            {
                for text in [grouped(hex, width, separator), grouped(&hex.to_uppercase(), width, separator)] {
                    assert_eq!(text.parse(), Ok(of(algorithm, Certificate)), "{text:?}");
                }
            }
        }
        let bytes = grouped(hex, 2, ", 0x");
        let half = hex.len() / 2;
        for text in [
            format!("0x{hex}"),
            format!("0X{}", hex.to_uppercase()),
            format!("0x{bytes}"),
            format!("{{ 0x{bytes} }};"),
            format!("\\x{}", grouped(hex, 2, "\\x")),
            format!("[\"{}\"]", grouped(hex, 2, "\", \"")),
            format!("'{hex}'"),
            format!("“{}”", colons(hex)),
            format!("({hex})"),
            format!("`{}`.", colons(hex)),
            format!("{};", colons(hex)),
            format!("  {} , ", colons(hex)),
            format!("{}:", colons(hex)),
            format!("\u{feff}\u{200e}{}\u{200f}\r\n", colons(hex)),
            full_width(&colons(hex)),
            format!("{}\u{200b}{}", &hex[..half], &hex[half..]),
            format!("{}\n{}", &hex[..half - 3], &hex[half - 3..]),
            format!("{}\r\n    {}", &hex[..half - 6], &hex[half - 6..]),
            format!("{}\\n{}", &hex[..half - 6], &hex[half - 6..]),
        ] {
            assert_eq!(text.parse(), Ok(of(algorithm, Certificate)), "{text:?}");
            for bytes in [utf16(&text, u16::to_le_bytes, true), utf16(&text, u16::to_be_bytes, true)] {
                assert_eq!(Fingerprint::parse(&bytes), Ok(of(algorithm, Certificate)), "{text:?}");
            }
        }
        for bytes in [utf16(hex, u16::to_le_bytes, false), utf16(hex, u16::to_be_bytes, false)] {
            assert_eq!(Fingerprint::parse(&bytes), Ok(of(algorithm, Certificate)), "UTF-16 without its mark");
        }
    }
    let latin1 = grouped(HEX1, 2, " ").bytes().map(|b| if b == b' ' { 0xa0 } else { b }).collect::<Vec<_>>();
    assert_eq!(Fingerprint::parse(&latin1), Ok(of(Sha1, Certificate)), "no-break spaces of Latin-1");
}

#[test]
fn what_programs_write() {
    let (c1, c256, c384, c512) = (colons(HEX1), colons(HEX256), colons(HEX384), colons(HEX512));
    let blanks = grouped(HEX1, 2, " ");
    let table = [
        ("openssl 1", format!("SHA256 Fingerprint={c256}\n"), Sha256),
        ("openssl 3", format!("sha256 Fingerprint={c256}\n"), Sha256),
        ("openssl sha1", format!("SHA1 Fingerprint={c1}"), Sha1),
        ("openssl sha512", format!("sha512 Fingerprint={c512}"), Sha512),
        ("openssl dgst", format!("SHA2-256(stdin)= {HEX256}"), Sha256),
        ("openssl dgst of a file", format!("SHA2-384(idp cert-2026.der)= {HEX384}"), Sha384),
        (
            "openssl with a subject",
            format!("SHA1 Fingerprint={c1}\nsubject=CN = idp.example.com, O = Example, C = DE\n"),
            Sha1,
        ),
        ("sha256sum", format!("{HEX256}  cert.der\n"), Sha256),
        ("sha256sum of a path", format!("{HEX256} */etc/ssl/idp/cert-2026.der\n"), Sha256),
        ("sha256sum of standard input", format!("{HEX256}  -\n"), Sha256),
        ("sha256sum --tag", format!("SHA256 (cert.der) = {HEX256}\n"), Sha256),
        ("keytool line", format!("\t SHA256: {c256}\n"), Sha256),
        ("keytool sha1 line", format!("         SHA1: {c1}\r\n"), Sha1),
        ("keytool -list", format!("Certificate fingerprint (SHA-256): {c256}"), Sha256),
        ("keytool block", format!("Certificate fingerprints:\n\t SHA256: {c256}\n"), Sha256),
        ("certutil", format!("Cert Hash(sha1): {blanks}\r\n"), Sha1),
        ("certutil sha256", format!("  Cert Hash(sha256): {HEX256}\r\n"), Sha256),
        (
            "certutil -hashfile",
            format!("SHA256 hash of cert.cer:\r\n{HEX256}\r\nCertUtil: -hashfile command completed successfully.\r\n"),
            Sha256,
        ),
        ("Windows dialog", format!("\u{200e}{blanks}"), Sha1),
        ("Windows dialog, both columns", format!("Thumbprint\t\u{200e}{blanks}"), Sha1),
        (
            "PowerShell table",
            format!(
                "Thumbprint                                Subject\r\n----------                                -------\r\n{}  CN=idp.example.com, O=Example, C=DE\r\n",
                HEX1.to_uppercase()
            ),
            Sha1,
        ),
        ("PowerShell list", format!("Thumbprint : {}", HEX1.to_uppercase()), Sha1),
        (
            "Get-FileHash",
            format!("Algorithm : SHA256\nHash      : {}\nPath      : C:\\certs\\idp.cer\n", HEX256.to_uppercase()),
            Sha256,
        ),
        ("XML", format!("<Thumbprint>{HEX1}</Thumbprint>"), Sha1),
        ("JSON", format!("  \"sha256Fingerprint\": \"{HEX256}\","), Sha256),
        ("YAML", format!("fingerprint_sha256: {c256}"), Sha256),
        ("env", format!("export IDP_CERT_FINGERPRINT='{c1}'"), Sha1),
        ("label with a dash", format!("SHA-256: {c256}"), Sha256),
        ("label with a blank", format!("SHA 256 {HEX256}"), Sha256),
        ("label without a blank", format!("sha256:{HEX256}"), Sha256),
        ("label behind", format!("{c1} (SHA-1)"), Sha1),
        ("full-width label", format!("ＳＨＡ－２５６：{c256}"), Sha256),
        ("German", format!("SHA-256-Fingerabdruck: {c256}"), Sha256),
        ("French", format!("Empreinte numérique (SHA-1) : {c1}"), Sha1),
        ("Spanish", format!("Huella digital de certificado: {c384}"), Sha384),
        ("Chinese", format!("指纹：{c1}"), Sha1),
        ("Japanese", format!("拇印 {blanks}"), Sha1),
        ("Chinese certutil", format!("证书哈希(sha1): {blanks}"), Sha1),
        ("after a serial number", format!("Serial: 1234, Fingerprint: {c1}"), Sha1),
        ("a sentence", format!("The SHA-256 fingerprint of the certificate is {c256}."), Sha256),
        ("SHA-512 cut at 64 columns", format!("SHA512: {}\n{}", &HEX512[..64], &HEX512[64..]), Sha512),
        (
            "another algorithm in an earlier line",
            format!("Signature hash algorithm: sha256\nThumbprint: {blanks}"),
            Sha1,
        ),
        ("signature algorithm", format!("sha256WithRSAEncryption fingerprint: {c1}"), Sha1),
    ];
    for (name, text, algorithm) in table {
        assert_eq!(text.parse(), Ok(of(algorithm, Certificate)), "{name}: {text:?}");
    }
}

#[test]
fn base64_in_every_notation() {
    let half = B64_512.split_at(64);
    let table = [
        ("bare", B64_1.to_owned(), Sha1, Certificate),
        ("bare, no padding", URL_256.to_owned(), Sha256, Certificate),
        ("bare 256", B64_256.to_owned(), Sha256, Certificate),
        ("named 384", format!("SHA-384: {B64_384}"), Sha384, Certificate),
        ("bare 512", B64_512.to_owned(), Sha512, Certificate),
        ("512 in two lines", format!("SHA-512: {}\r\n{}", half.0, half.1), Sha512, Certificate),
        ("256 in two lines", format!("sha256: {}\n  {}", &URL_256[..30], &URL_256[30..]), Sha256, Certificate),
        ("ssh", format!("SHA256:{}", B64_256.trim_end_matches('=')), Sha256, Certificate),
        ("subresource integrity", format!("sha384-{B64_384}"), Sha384, Certificate),
        ("x5t", format!("\"x5t\":\"{URL_1}\","), Sha1, Certificate),
        ("x5t alone", format!("x5t={URL_1}"), Sha1, Certificate),
        ("x5t#S256", format!("\"x5t#S256\":\"{URL_256}\""), Sha256, Certificate),
        ("x5t#S256 bare", format!("x5t#S256 {URL_256}"), Sha256, Certificate),
        ("x5t#S256 as a whole", format!("{{ \"x5t#S256\" : \"{URL_256}\" }}"), Sha256, Certificate),
        ("x5t in hexadecimal", format!("x5t: {HEX1}"), Sha1, Certificate),
        ("pin", format!("pin-sha256=\"{B64_256}\""), Sha256, Spki),
        ("pin with a semicolon", format!("pin-sha256=\"{B64_256}\";"), Sha256, Spki),
        ("pin in a header", format!("Public-Key-Pins: pin-sha256=\"{B64_256}\"; max-age=5184000"), Sha256, Spki),
        ("OkHttp", format!("sha256/{B64_256}"), Sha256, Spki),
        ("OkHttp sha1", format!("sha1/{B64_1}"), Sha1, Spki),
        ("curl", format!("--pinnedpubkey \"sha256//{B64_256}\""), Sha256, Spki),
        ("PHP's JSON", format!("\"sha256\\/{}\"", B64_256.replace('/', "\\/")), Sha256, Spki),
        ("pin in hexadecimal", format!("sha256/{HEX256}"), Sha256, Spki),
    ];
    for (name, text, algorithm, target) in table {
        assert_eq!(text.parse(), Ok(of(algorithm, target)), "{name}: {text:?}");
    }
}

/// One refusal: its name, the text, the code, and what stands at its place.
type Refused = (&'static str, String, ErrorCode, String);

#[track_caller]
fn assert_refused(table: impl IntoIterator<Item = Refused>) {
    for (name, text, code, place) in table {
        let error = Fingerprint::parse(text.as_bytes()).expect_err(name);
        let span = error.span();
        assert_eq!(error.code(), code, "{name}: {text:?}: {error}");
        assert_eq!(&text[span.start..span.end], place, "{name}: {text:?}: {error}");
        assert!(!error.to_string().contains(['\n', '\r']), "{name}");
    }
}

#[test]
fn nothing_in_the_text() {
    let code = ErrorCode::FingerprintEmpty;
    let texts =
        ["", " ", "\r\n\t ", "\u{feff}", "\u{200e}\u{a0}", "hello", "Thumbprint:", "SHA256 Fingerprint=", "\"\""];
    assert_refused(texts.map(|text| (text, text.to_owned(), code, text.to_owned())));
    let pem = "-----BEGIN CERTIFICATE-----\nMIIDazCCAlOgAwIBAgIUFx\n-----END CERTIFICATE-----\n";
    assert_refused([("a certificate", pem.to_owned(), code, "-----".to_owned())]);
}

#[test]
fn wrong_lengths() {
    let code = ErrorCode::FingerprintLength;
    let (c1, c256) = (colons(HEX1), colons(HEX256));
    let short = c256[3..].to_owned();
    let uneven = format!("{}{}", &c1[..6], &c1[7..]);
    let shifted = format!("{}:{}{}", &c1[..4], &c1[4..5], &c1[6..]);
    assert_refused([
        ("a byte less", short.clone(), code, short.clone()),
        ("a byte less, labelled", format!("SHA256: {short}"), code, short),
        ("a digit less", HEX256[1..].to_owned(), code, HEX256[1..].to_owned()),
        ("a byte more", format!("{c1}:00"), code, format!("{c1}:00")),
        ("a few digits", "SHA1: AB:CD:EF".to_owned(), code, "AB:CD:EF".to_owned()),
        ("a digit lost in a group", uneven, code, "E".to_owned()),
        ("a colon too early", shifted, code, "9".to_owned()),
        ("MD5 without a name", HEX1[..32].to_owned(), code, HEX1[..32].to_owned()),
        ("pin a character short", format!("sha256/{}", &URL_256[1..]), code, URL_256[1..].to_owned()),
        ("ssh a character short", format!("SHA256:{}", &URL_256[1..]), code, URL_256[1..].to_owned()),
        ("x5t nearly empty", "\"x5t\": \"abc\"".to_owned(), code, "abc".to_owned()),
        ("base64 of more", format!("{}AAAA", URL_256), code, format!("{URL_256}AAAA")),
    ]);
    let error = Fingerprint::parse(colons(&HEX256[2..]).as_bytes()).unwrap_err();
    assert!(matches!(error, FingerprintError::Length { digits: 62, nearest: Sha256, .. }), "{error:?}");
    assert!(error.to_string().contains("62") && error.to_string().contains("SHA-256 with 64, 2 more"), "{error}");
    let error = Fingerprint::parse(format!("SHA512: {HEX256}00").as_bytes()).unwrap_err();
    assert!(matches!(error, FingerprintError::Length { digits: 66, nearest: Sha512, .. }), "{error:?}");
    let long = vec![b' '; samlcert::limits::MAX_FINGERPRINT_TEXT_BYTES + 1];
    assert_eq!(Fingerprint::parse(&long).unwrap_err().code(), code);
}

#[test]
fn wrong_characters_at_every_place() {
    for hex in [HEX1, HEX512] {
        let texts = [hex.to_owned(), colons(hex), grouped(hex, 2, " "), grouped(hex, 4, " "), grouped(hex, 8, "-")];
        let labelled =
            texts.iter().map(|text| format!("SHA{} Fingerprint={text}", if hex == HEX1 { 1 } else { hex.len() * 4 }));
        for text in texts.iter().cloned().chain(labelled.collect::<Vec<_>>()) {
            let label = text.find('=').map_or(0, |equals| equals + 1);
            for (at, _) in text[label..].char_indices().filter(|(_, c)| c.is_ascii_hexdigit()) {
                for bad in ["O", "o", "l", "I", "G", "x", "!", "*", "?", "\u{410}", "\0", "\u{661}"] {
                    let at = label + at;
                    let text = format!("{}{bad}{}", &text[..at], &text[at + 1..]);
                    if is_prefixed(&text[label..]) {
                        continue; // 0x… is a notation of its own; the length is wrong then
                    }
                    let error = text.parse::<Fingerprint>().expect_err(&text);
                    assert_eq!(error.code(), ErrorCode::FingerprintCharacter, "{text:?}: {error}");
                    assert_eq!(&text[error.span().start..error.span().end], bad, "{text:?}: {error}");
                }
            }
        }
    }
}

fn is_prefixed(text: &str) -> bool {
    text.split([':', ' ', '-']).any(|group| group.starts_with("0x"))
}

#[test]
fn wrong_characters() {
    let code = ErrorCode::FingerprintCharacter;
    let mid = |from: &str, at: usize, bad: &str| format!("{}{bad}{}", &from[..at], &from[at + 1..]);
    assert_refused([
        ("an asterisk in a pin", mid(&format!("sha256/{B64_256}"), 30, "*"), code, "*".to_owned()),
        ("an asterisk in bare base64", mid(B64_256, 21, "*"), code, "*".to_owned()),
        ("an impossible last character", format!("{}b=", &B64_256[..42]), code, "b".to_owned()),
        ("dots for the middle", format!("{}…{}", &colons(HEX1)[..23], &colons(HEX1)[24..]), code, "…".to_owned()),
        ("semicolons", grouped(HEX1, 2, ";"), code, ";".to_owned()),
    ]);
    let error = "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:5O:C2:6C:9C:D0:D8:9D".parse::<Fingerprint>().unwrap_err();
    assert!(error.to_string().contains("the letter O"), "{error}");
    let error = "A9:99:3E:36:47:06:8l:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D".parse::<Fingerprint>().unwrap_err();
    assert!(error.to_string().contains("the letter l") && error.to_string().contains("digit 1"), "{error}");
}

#[test]
fn labels_that_contradict() {
    let code = ErrorCode::FingerprintLabel;
    let (c1, c256) = (colons(HEX1), colons(HEX256));
    assert_refused([
        ("SHA-1 over SHA-256", format!("SHA1 Fingerprint={c256}"), code, "SHA1".to_owned()),
        ("SHA-256 over SHA-1", format!("SHA-256: {c1}"), code, "SHA-256".to_owned()),
        ("SHA-256 behind SHA-1", format!("{c1} (sha256)"), code, "sha256".to_owned()),
        ("SHA-384 over base64 of SHA-256", format!("sha384/{B64_256}"), code, "sha384".to_owned()),
        ("x5t of SHA-256", format!("\"x5t\":\"{URL_256}\""), code, "x5t".to_owned()),
        ("x5t#S256 of SHA-1", format!("\"x5t#S256\":\"{URL_1}\""), code, "x5t#S256".to_owned()),
        ("pin-sha256 of SHA-1", format!("pin-sha256=\"{B64_1}\""), code, "sha256".to_owned()),
        ("MD5", format!("MD5 Fingerprint={}", colons(&HEX1[..32])), code, "MD5".to_owned()),
        ("SHA-3", format!("SHA3-256(stdin)= {HEX256}"), code, "SHA3-256".to_owned()),
        ("SHA-512/256", format!("SHA512/256: {HEX256}"), code, "SHA512/256".to_owned()),
        ("SHA-224", format!("sha224: {}", &HEX256[..56]), code, "sha224".to_owned()),
        ("a serial number", format!("serial={HEX1}"), code, "serial=".to_owned()),
        (
            "a key identifier",
            format!("Subject Key Identifier:\n  {c1}"),
            code,
            "Subject Key Identifier:\n  ".to_owned(),
        ),
        ("SKI", format!("SKI={HEX1}"), code, "SKI=".to_owned()),
        ("AKI", format!("x509 aki: {c1}"), code, "x509 aki: ".to_owned()),
        ("certutil's key id", format!("Key Id Hash(sha1): {HEX1}"), code, "Key Id Hash(sha1): ".to_owned()),
    ]);
}

#[test]
fn several_at_once() {
    let code = ErrorCode::FingerprintSeveral;
    let (c1, c256) = (colons(HEX1), colons(HEX256));
    assert_refused([
        ("keytool", format!("\t SHA1: {c1}\n\t SHA256: {c256}\n"), code, c256.clone()),
        ("openssl", format!("SHA1 Fingerprint={c1}\nsha256 Fingerprint={c256}\n"), code, c256.clone()),
        ("the same twice", format!("{c1}\n{c1}"), code, c1.clone()),
        ("two SHA-256, as long as a SHA-512", format!("{HEX256}\n{HEX256}"), code, HEX256.to_owned()),
        ("two SHA-256 with colons", format!("{c256}\n{c256}"), code, c256.clone()),
        ("two in a line", format!("{c256} {c256}"), code, c256.clone()),
        ("two with a comma", format!("{HEX256}, {HEX256}"), code, HEX256.to_owned()),
        ("two in groups", format!("{0}\n{0}", grouped(HEX256, 4, " ")), code, grouped(HEX256, 4, " ")),
        ("three", format!("{HEX1}\n{HEX256}\n{HEX384}"), code, HEX256.to_owned()),
        (
            "two pins",
            format!("pin-sha256=\"{B64_256}\"; pin-sha256=\"{B64_256}\""),
            code,
            B64_256.trim_end_matches('=').to_owned(),
        ),
        ("two in base64", format!("{URL_256}\n{URL_256}"), code, URL_256.to_owned()),
        ("x5t and x5t#S256", format!("\"x5t\":\"{URL_1}\",\"x5t#S256\":\"{URL_256}\""), code, URL_256.to_owned()),
        ("hexadecimal and base64", format!("{c256}\n{B64_256}"), code, B64_256.trim_end_matches('=').to_owned()),
        ("a SHA-1 and a rest", format!("{}\n{}", &HEX256[..40], &HEX256[40..]), code, HEX256[40..].to_owned()),
        ("a rest and a SHA-1", format!("{}\n{}", &HEX256[..24], &HEX256[24..]), code, HEX256[24..].to_owned()),
        ("a SHA-256 and a rest", format!("{}\n{}", &HEX384[..64], &HEX384[64..]), code, HEX384[64..].to_owned()),
        ("a SHA-1 and two rests", grouped(HEX384, 40, "\n"), code, HEX384[40..80].to_owned()),
        ("a SHA-384 and a rest", format!("{}\n{}", &HEX512[..96], &HEX512[96..]), code, HEX512[96..].to_owned()),
        ("labelled as the first", format!("SHA1: {}\n{}", &HEX256[..40], &HEX256[40..]), code, HEX256[40..].to_owned()),
        (
            "a SHA-1 and a rest in base64",
            format!("{}\n{}", &URL_256[..27], &URL_256[27..]),
            code,
            URL_256[27..].to_owned(),
        ),
    ]);
    for text in [
        format!("SHA256: {}\n{}", &HEX256[..40], &HEX256[40..]),
        format!("sha256: {}\n{}", &URL_256[..27], &URL_256[27..]),
    ] {
        assert_eq!(text.parse(), Ok(of(Sha256, Certificate)), "{text:?}");
    }
}

#[test]
fn never_a_fingerprint_that_the_text_does_not_have() {
    // A shorter one that a longer or broken one begins with.
    for text in [
        format!("{}\n{}", &HEX256[..40], &HEX256[40..62]),
        format!("{}\n{}", &B64_512[..64], &B64_512[64..84]),
        format!("{HEX1} {}", &HEX1[..6]),
        format!("{} be careful", &colons(HEX1)[..56]),
        format!("{} be careful", &HEX1[..38]),
        format!("be {}", &grouped(HEX1, 4, "-")[3..]),
        format!("{}:ABO", colons(HEX1)),
        format!("{}-xyz", colons(HEX1)),
    ] {
        assert!(text.parse::<Fingerprint>().is_err(), "{text:?}");
    }
    // A digest that is cut is still itself, if the cut is only a line break and no part is a digest.
    assert_eq!(format!("{}\n{}", &HEX256[..38], &HEX256[38..]).parse(), Ok(of(Sha256, Certificate)));
}

#[test]
fn keys_and_certificates_are_no_fingerprints() {
    let names = [
        "keys/ed25519.pem",
        "keys/p256.pem",
        "keys/p384.sec1.pem",
        "keys/rsa-2048.pem",
        "keys/rsa-2048.pkcs1.pem",
        "keys/encrypted/rsa-2048.pem",
        "certificates/rsa-2048.pem",
        "certificates/ed25519.pem",
    ];
    for name in names {
        let (pem, der) = (text(name), der(name));
        let first = pem.lines().nth(1).unwrap();
        let body = pem.lines().filter(|line| !line.starts_with('-')).collect::<String>();
        let hex = hex(&der);
        let line = &hex[..96];
        let texts = [
            first.to_owned(),
            format!("SHA-384: {first}"),
            format!("sha384-{first}"),
            body,
            hex.clone(),
            line.to_owned(),
            colons(line),
            grouped(line, 32, "\n"),
            line[..90].to_owned(),
            format!("{line}00"),
            format!("{}O{}", &line[..60], &line[61..]),
        ];
        for text in texts {
            let error = text.parse::<Fingerprint>().expect_err(&text);
            assert!(matches!(error, FingerprintError::Der { .. }), "{name}: {text}: {error:?}");
            assert_eq!(error.code(), ErrorCode::FingerprintCharacter, "{name}");
        }
    }
}

#[test]
fn what_may_be_a_line_of_a_key_is_not_shown() {
    let half = B64_512.split_at(64);
    let key = text("keys/rsa-2048.pem");
    let line = key.lines().nth(20).unwrap();
    let last_lines = key.lines().rev().take(2).collect::<Vec<_>>();
    let ed25519 = format!("X{}", &text("keys/ed25519.pem").lines().nth(1).unwrap()[1..]);
    let texts = [
        ("a digest without a name", B64_384.to_owned()),
        ("a digest in two lines", format!("{}\n{}", half.0, half.1)),
        ("a line of a key", line.to_owned()),
        ("a line of a key in a sentence", format!("It is {line}.")),
        ("a small key, its first character wrong", ed25519),
        ("the last line of a key, and its END", format!("{}\n{}", last_lines[1], last_lines[0])),
        ("its END and a comment", format!("PghICJMVPruY8WwlXjQ\n{}<!-- end -->", last_lines[0])),
    ];
    for (name, text) in texts {
        assert!(text.parse::<Fingerprint>().is_err(), "{name}");
    }
}

#[test]
fn spans_count_bytes_as_given() {
    let text = format!("\u{feff}\u{200e}Fingerprint：{}", colons(HEX1).replacen("3E", "3O", 1));
    let error = text.parse::<Fingerprint>().unwrap_err();
    assert_eq!(&text[error.span().start..error.span().end], "O");
    let bytes = utf16(&text[3..], u16::to_le_bytes, true);
    let error = Fingerprint::parse(&bytes).unwrap_err();
    assert_eq!(bytes[error.span().start..error.span().end], [b'O', 0]);
}

#[test]
fn a_text_of_one_part_at_the_limit_is_refused() {
    let limit = samlcert::limits::MAX_FINGERPRINT_TEXT_BYTES;
    let parts = [
        "a",
        "O",
        "s",
        "sha1",
        "sha1 ",
        "A:",
        "AB O: ",
        "zz ",
        "-",
        "---- ",
        "=",
        "\\",
        "\\u200e",
        "x5t\n",
        "A\n",
        "0x",
        "\u{200e}",
        "ABCDEFGHIJKLMNOPQRST0 ",
        "ABCDEFGHIJKLMNOPQRST0\n",
    ];
    for part in parts {
        let text = part.repeat(limit / part.len());
        assert!(text.parse::<Fingerprint>().is_err(), "{part:?}");
    }
}
