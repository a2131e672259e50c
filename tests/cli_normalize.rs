//! What `normalize` shows of a paste beside its result: what was repaired, and where.

use crate::cli::{Ran, samlcert};
use crate::support::{path, text};
use std::collections::HashSet;
use std::fs;

const CERTIFICATE: &str = "certificates/rsa-2048.pem";
const KEY: &str = "keys/rsa-2048.pem";

fn normalize(paste: &str) -> Ran {
    samlcert(&["normalize"], paste.as_bytes())
}

#[test]
fn every_repair_of_every_fixture_is_told() {
    for entry in fs::read_dir(path("texts")).unwrap() {
        let paste = fs::read(entry.unwrap().path()).unwrap();
        let ran = samlcert(&["normalize"], &paste);
        let normalized = samlcert::normalize(&paste);
        for found in normalized.items() {
            for repair in found.repairs() {
                assert!(ran.err.contains(&repair.to_string()), "{repair}: {}", ran.err);
            }
        }
        let is_repaired = normalized.items().iter().any(|found| !found.repairs().is_empty());
        assert_eq!(ran.err.contains("repaired: "), is_repaired, "{}", ran.err);
    }
}

#[test]
fn a_repair_is_marked_where_it_stands() {
    let certificate = text(CERTIFICATE);
    let second_line = certificate.lines().nth(1).unwrap();
    let mail = certificate.lines().map(|line| format!("> {line}\n")).collect::<String>();
    let mail = format!("Hello,\n{mail}");
    let quoted_line = format!("3 | > {second_line}\n");
    let escaped = format!("{{\"certificate\": \"{}\"}}", certificate.replace('\n', "\\n"));
    let invisible = certificate.replacen("MII", "M\u{200b}II", 1);
    let utf_16 = format!("\u{feff}{certificate}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let rows: &[(&str, &[u8], &[&str])] = &[
        (
            "mail",
            mail.as_bytes(),
            &[
                "repaired: certificate, lines 2 to 21 of standard input\n",
                "2 | > -----BEGIN CERTIFICATE-----\n",
                "^ the quote marks of a mail reply were removed (to line 21)\n",
                &quoted_line,
                "21 | > -----END CERTIFICATE-----\n",
            ],
        ),
        (
            "a line with an item in it",
            escaped.as_bytes(),
            &[
                "1 | …·········\": \"-----BEGIN CERTIFICATE-----\\nMIID",
                "the quotes around the block were removed",
                "…\n",
            ],
        ),
        ("invisible", invisible.as_bytes(), &["\\u{200b}", "an invisible character was removed"]),
        ("no lines", &utf_16, &["note: bytes 0 to", ": the text was converted from UTF-16"]),
    ];
    for (name, paste, told) in rows {
        let ran = samlcert(&["normalize"], paste);
        assert_eq!((ran.status, ran.out.as_str()), (0, certificate.as_str()), "{name}");
        for text in *told {
            assert!(ran.err.contains(text), "{name}: {text:?}\n{}", ran.err);
        }
    }
}

#[test]
fn nothing_of_a_key_is_shown_beside_the_result() {
    let key = text(KEY);
    let body = key.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let windows = body.as_bytes().windows(6).collect::<HashSet<_>>();
    let pastes = [
        ("quoted", key.replace('\n', "\n> ")),
        ("escaped", format!("KEY=\"{}\"", key.replace('\n', "\\n"))),
        ("one line", format!("key: {body}")),
        ("blanks", key.replace("MII", "MI I")),
        (
            "beside a certificate",
            format!("{{\"c\":\"{}\",\"k\":\"{key}\"}}", text("certificates/p256.pem")).replace('\n', "\\n"),
        ),
        ("headers", key.replacen('\n', &format!("\nComment: {}\n\n", &body[..60]), 1)),
        (
            "in the headers of a certificate",
            text("certificates/p256.pem").replacen('\n', &format!("\nComment: {}\n\n", &body[..60]), 1),
        ),
    ];
    for (name, paste) in pastes {
        let ran = normalize(&paste);
        assert_eq!(ran.status, 0, "{name}: {}", ran.err);
        assert!(ran.err.contains("repaired: "), "{name}: {}", ran.err);
        let leaked = ran.err.as_bytes().windows(6).find(|window| windows.contains(window));
        assert!(leaked.is_none(), "{name}\n{}", ran.err);
    }
}

#[test]
fn nothing_invisible_reaches_the_terminal() {
    let paste = text(CERTIFICATE).replace('\n', "\u{202e}\u{1b}[31m\u{feff}\t\n").replace("=\u{202e}", "=\u{200f}");
    let ran = normalize(&paste);
    let strange = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{200b}'..='\u{202e}' | '\u{feff}'));
    assert!(!ran.err.contains(strange) && !ran.err.is_empty(), "{:?}", ran.err);
}

#[test]
fn what_is_shown_of_a_large_paste_is_bounded() {
    let certificate = text(CERTIFICATE);
    let blanks = " ".repeat(100_000);
    let rows = [
        ("many items", certificate.replace('\n', "  \n").repeat(90)),
        ("one line", certificate.replace('\n', "\\n").repeat(90)),
        (
            "one column",
            certificate.lines().flat_map(|line| line.split_inclusive(|_| true)).collect::<Vec<_>>().join("\n"),
        ),
        ("long lines", certificate.replacen('\n', &format!("\n{blanks}"), 9)),
        ("far to the right", format!("{blanks}{}", certificate.replace('\n', "\\n"))),
    ];
    for (name, paste) in rows {
        let ran = normalize(&paste);
        assert!(ran.err.len() < 100_000, "{name}: {}", ran.err.len());
        let longest = ran.err.lines().map(|line| line.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest < 250), "{name}: {longest:?}");
    }
}
