//! What holds for every text: written items are read again without repairs, and no change gives another item.

use crate::support::{data, der, hex, text};
use samlcert::pem::Form;
use samlcert::{HashAlgorithm, Item, normalize};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What an item is, in a form that can be compared.
fn identity(item: &Item) -> String {
    match item {
        Item::Certificate(certificate) => hex(certificate.der()),
        Item::PrivateKey(key) => key.public_key().fingerprint(HashAlgorithm::Sha256).to_hex(),
        Item::Encrypted(key) => hex(key.encrypted_bytes()),
        _ => unreachable!("no further kind"),
    }
}

fn identities(text: &[u8]) -> Vec<String> {
    normalize(text).items().iter().map(|found| identity(found.item())).collect()
}

/// The places of the base64 characters between header and footer.
fn significant(pem: &str) -> Vec<usize> {
    let start = pem.find("-----\n").unwrap() + 6;
    let end = pem.find("-----END").unwrap();
    (start..end).filter(|&at| ALPHABET.contains(&pem.as_bytes()[at])).collect()
}

const CERTIFICATES: &[&str] = &[
    "certificates/rsa-2048.pem",
    "certificates/p256.pem",
    "certificates/p384.pem",
    "certificates/p521.pem",
    "certificates/ed25519.pem",
    "certificates/rsa-pss-2048.pem",
    "certificates/version-1-p256.pem",
    "certificates/without-ski-aki.pem",
    "certificates/ski-without-aki.pem",
];

const KEYS: &[&str] = &[
    "keys/rsa-2048.pem",
    "keys/rsa-2048.pkcs1.pem",
    "keys/p256.pem",
    "keys/p256.sec1.pem",
    "keys/p384.pem",
    "keys/p521.pem",
    "keys/ed25519-v2.pem",
];

#[test]
fn a_strict_form_is_read_again_without_repairs() {
    for file in CERTIFICATES.iter().chain(KEYS) {
        let first = normalize(&data(file));
        assert_eq!(first.items().len(), 1, "{file}: {:?}", first.refused());
        assert_eq!(first.items()[0].repairs(), [], "{file}");
        for form in [Form::Pem, Form::PemCrlf, Form::Der] {
            let written = first.items()[0].item().secret_write(form).unwrap();
            let again = normalize(written.secret_bytes());
            assert_eq!(again.items()[0].repairs(), [], "{file} as {}", form.as_str());
            let rewritten = again.items()[0].item().secret_write(form).unwrap();
            assert_eq!(rewritten.secret_bytes(), written.secret_bytes(), "{file} as {}", form.as_str());
        }
    }
}

#[test]
fn cutting_any_number_of_significant_characters_is_refused() {
    for file in CERTIFICATES.iter().chain(KEYS) {
        let pem = text(file);
        let places = significant(&pem);
        let end = places[places.len() - 1] + 1;
        for count in 1..=places.len() {
            let from = places[places.len() - count];
            for rest in [&pem[end..], "\n", ""] {
                let cut = format!("{}{rest}", &pem[..from]);
                assert_eq!(identities(cut.as_bytes()), [] as [String; 0], "{file}: {count} cut, then {rest:?}");
            }
        }
    }
}

#[test]
fn cutting_what_says_nothing_is_a_repair() {
    for file in CERTIFICATES.iter().chain(KEYS) {
        let pem = text(file);
        let own = identities(pem.as_bytes());
        let end = significant(&pem).last().unwrap() + 1;
        for cut in end..=pem.len() {
            // A dash or two of an END line is left: it is no part of the content.
            assert_eq!(identities(&pem.as_bytes()[..cut]), own, "{file}: cut to {cut}");
        }
    }
}

/// Whatever one character is changed to, the item stays the same or is refused.
fn no_change_gives_another_item(file: &str, step: usize) {
    let pem = data(file);
    let own = identities(&pem);
    assert_eq!(own.len(), 1, "{file}");
    let odd = b" =-\n!\x00\xff";
    for at in 0..pem.len() {
        let offset = at % step;
        let replacements = ALPHABET.iter().skip(offset).step_by(step).chain(odd);
        for replacement in replacements {
            let mut changed = pem.clone();
            changed[at] = *replacement;
            for other in identities(&changed) {
                assert_eq!(other, own[0], "{file}: byte {at} is now {replacement:#x}");
            }
        }
    }
}

#[test]
fn no_change_of_one_character_gives_another_item() {
    for file in
        ["certificates/p256.pem", "certificates/ed25519.pem", "certificates/version-1-p256.pem", "keys/ed25519-v2.pem"]
    {
        no_change_gives_another_item(file, 9);
    }
    for file in CERTIFICATES.iter().chain(KEYS) {
        no_change_gives_another_item(file, 101);
    }
}

/// Of the long ones, of RSA, P-384 and P-521, each place gets a third of the characters, and its neighbours the others: all
/// of them would take five minutes.
#[test]
#[ignore = "needs minutes"]
fn no_change_of_any_character_to_any_other_gives_another_item() {
    let files: Vec<&str> = CERTIFICATES.iter().chain(KEYS).copied().collect();
    let (even, odd): (Vec<_>, Vec<_>) = files.iter().enumerate().partition(|(index, _)| index % 2 == 0);
    std::thread::scope(|scope| {
        for half in [even, odd] {
            scope.spawn(move || {
                for (_, file) in half {
                    no_change_gives_another_item(file, if data(file).len() > 700 { 3 } else { 1 });
                }
            });
        }
    });
}

#[test]
fn spans_lie_in_the_text_and_in_order() {
    for file in
        ["texts/metadata.xml", "texts/full-chain-with-key.pem", "texts/s-client-showcerts.txt", "texts/twice.json"]
    {
        let paste = data(file);
        let normalized = normalize(&paste);
        assert!(!normalized.items().is_empty(), "{file}");
        let mut last = 0;
        for found in normalized.items() {
            let span = found.span();
            assert!(last <= span.start && span.start < span.end && span.end <= paste.len(), "{file}: {span:?}");
            last = span.end;
            let own = normalize(&paste[span.start..span.end]);
            assert_eq!(own.items().len(), 1, "{file}: the span holds the item");
            assert_eq!(identity(own.items()[0].item()), identity(found.item()), "{file}");
        }
    }
}

#[test]
fn raw_der_is_read_whole_or_not_at_all() {
    for file in CERTIFICATES.iter().chain(KEYS) {
        let der = der(file);
        assert_eq!(identities(&der).len(), 1, "{file}");
        for cut in [1, 2, der.len() / 2, der.len() - 20] {
            assert_eq!(identities(&der[..der.len() - cut]), [] as [String; 0], "{file}: {cut} cut");
        }
        assert_eq!(identities(&[&der[..], b"x"].concat()), [] as [String; 0], "{file}: one byte more");
    }
}

/// Each way to lose, double or exchange lines and characters of a block.
fn accidents(pem: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = pem.lines().collect();
    let last = lines.len() - 1;
    let mut accidents = Vec::new();
    let mut add = |name: String, lines: Vec<&str>| accidents.push((name, lines.join("\n")));
    for line in 1..last {
        add(format!("line {line} missing"), [&lines[..line], &lines[line + 1..]].concat());
        add(format!("line {line} doubled"), [&lines[..=line], &lines[line..]].concat());
        for other in line + 1..last {
            let mut swapped = lines.clone();
            swapped.swap(line, other);
            if swapped != lines {
                add(format!("lines {line} and {other} exchanged"), swapped);
            }
        }
    }
    for at in significant(pem) {
        let (before, after) = pem.split_at(at);
        accidents.push((format!("character {at} lost"), format!("{before}{}", &after[1..])));
        accidents.push((format!("character {at} doubled"), format!("{before}{}{after}", &after[..1])));
        let next = after[1..].chars().next().unwrap();
        if ALPHABET.contains(&(next as u8)) && !after.starts_with(next) {
            accidents.push((
                format!("character {at} exchanged with the next"),
                format!("{before}{next}{}{}", &after[..1], &after[2..]),
            ));
        }
    }
    accidents
}

#[test]
fn no_accident_with_lines_or_characters_gives_an_item() {
    for file in CERTIFICATES.iter().chain(KEYS) {
        for (name, paste) in accidents(&text(file)) {
            assert_eq!(identities(paste.as_bytes()), [] as [String; 0], "{file}: {name}");
        }
    }
}
