//! What people paste, and what `normalize` makes of it.

use crate::messes::{base64, body_of, der_of, each_line, rewrapped, wrapped};
use crate::support::{data, der, table, text};
use samlcert::pem::Form;
use samlcert::{Item, Normalized, normalize};

fn certificate_pem() -> String {
    text("certificates/rsa-3072.pem")
}

fn key_pem() -> String {
    text("keys/rsa-2048.pem")
}

fn codes(normalized: &Normalized) -> Vec<&'static str> {
    normalized.items()[0].repairs().iter().map(|repair| repair.code().as_str()).collect()
}

/// The code with which a spoiled text is refused, and the text at its place.
#[test]
fn damage_is_refused_by_name_and_place() {
    let pem = certificate_pem();
    let body = body_of(&pem);
    let lines: Vec<&str> = pem.lines().collect();
    let without = |number: usize| {
        let kept = lines.iter().enumerate().filter(|(index, _)| *index != number);
        kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
    };
    let swapped = |number: usize| {
        let mut lines = lines.clone();
        lines.swap(number, number + 1);
        lines.join("\n")
    };
    let doubled = |number: usize| {
        let mut lines = lines.clone();
        lines.insert(number, lines[number]);
        lines.join("\n")
    };
    let cut =
        |count: usize| rewrapped(&pem.replace(&pem, &framed(&body[..body.trim_end_matches('=').len() - count])), 64);
    let rows: Vec<(&str, String, &str, Option<&str>)> = vec![
        ("nothing", String::new(), "empty", None),
        ("blanks", " \n\t\r\n".into(), "empty", None),
        ("prose", "Please find the certificate attached.".into(), "nothing-found", None),
        ("an empty block", framed(""), "empty-block", None),
        ("one character cut off", cut(1), "truncated", None),
        ("ten characters cut off", cut(10), "truncated", None),
        ("four lines cut off", cut(256), "truncated", None),
        ("the second line missing", without(2), "line-missing", None),
        ("a line in the middle missing", without(9), "line-missing", None),
        ("a line doubled", doubled(5), "line-doubled", Some(lines[5])),
        ("the last line doubled", doubled(lines.len() - 2), "line-doubled", Some(lines[lines.len() - 2])),
        ("two lines swapped", swapped(1), "not-der", None),
        ("two later lines swapped", swapped(2), "lines-swapped", Some(lines[3])),
        ("a character lost", pem.replacen(&lines[4][9..11], &lines[4][9..10], 1), "character-lost", None),
        ("twenty characters lost", pem.replacen(lines[4], &lines[4][..44], 1), "character-lost", Some(&lines[4][..44])),
        (
            "a character inserted",
            pem.replacen(lines[4], &format!("{}A{}", &lines[4][..9], &lines[4][9..]), 1),
            "character-inserted",
            None,
        ),
        (
            "a wrong character",
            pem.replacen(lines[4], &format!("{}!{}", &lines[4][..9], &lines[4][10..]), 1),
            "invalid-character",
            Some("!"),
        ),
        ("an ellipsis", pem.replacen(lines[4], "\u{2026}", 1), "masked", Some("\u{2026}")),
        ("trailing base64", pem.replace("-----END", "AAAA\n-----END"), "trailing-data", None),
        ("two in one block", pem.replace("-----END", &format!("{body}\n-----END")), "two-in-one-block", None),
        ("not a certificate", framed(&base64(&[7; 300])), "not-der", None),
        ("too large", "x".repeat((1 << 20) + 1), "paste-too-large", None),
        (
            "an item too large",
            framed("MIIx//8wggAA").replace("MIIx//8wggAA", &format!("MIMBAAAwgv8A{}", "AAAA".repeat(22000))),
            "item-too-large",
            None,
        ),
    ];
    for (name, text, code, place) in rows {
        let normalized = normalize(text.as_bytes());
        assert!(normalized.items().is_empty(), "{name}: an item was given out");
        let codes: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
        assert_eq!(codes, [code], "{name}");
        let span = normalized.refused()[0].span();
        assert!(span.start <= span.end && span.end <= text.len(), "{name}: {span:?}");
        if let Some(place) = place {
            assert_eq!(&text[span.start..span.end], place, "{name}");
        }
    }
}

fn framed(body: &str) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", wrapped(body, 64))
}

#[test]
fn a_refused_block_hides_no_good_one() {
    let good = certificate_pem();
    let key = key_pem();
    let lines: Vec<&str> = good.lines().collect();
    let truncated = lines[..12].join("\n");
    let bad = good.replacen(lines[5], "???", 1);
    for (name, text, items, refused) in [
        ("bad before good", format!("{bad}{good}"), 1, 1),
        ("good before bad", format!("{good}{bad}"), 1, 1),
        ("between", format!("{good}{bad}{key}"), 2, 1),
        ("truncated, no END, before good", format!("{truncated}\n{good}"), 1, 1),
        (
            "truncated without header before one without header",
            format!("{}\n\n{}", lines[1..12].join("\n"), wrapped(&body_of(&good), 64)),
            1,
            1,
        ),
        ("an END alone before good", format!("-----END CERTIFICATE-----\n{good}"), 1, 1),
        ("a BEGIN alone before good", format!("-----BEGIN CERTIFICATE-----\n{good}"), 1, 1),
        ("a public key between", format!("{good}{}{key}", text("others/public-key-rsa-2048.pem")), 2, 1),
    ] {
        let normalized = normalize(text.as_bytes());
        assert_eq!(
            (normalized.items().len(), normalized.refused().len()),
            (items, refused),
            "{name}: {:?}",
            normalized.refused()
        );
    }
}

/// The items and the codes of what is refused.
fn outcome(paste: &[u8]) -> (Vec<Vec<u8>>, Vec<&'static str>) {
    let normalized = normalize(paste);
    let items = normalized.items().iter().map(|found| der_of(found.item())).collect();
    (items, normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect())
}

#[test]
fn der_and_text_side_by_side() {
    let (pem, binary) = (data("certificates/p256.pem"), data("certificates/rsa-2048.der"));
    let p256 = der("certificates/p256.pem");
    for (name, paste, items, refused) in [
        ("DER behind a PEM", [&pem[..], &binary].concat(), vec![p256.clone(), binary.clone()], vec![]),
        (
            "DER behind a PEM and blank lines",
            [&pem[..], b"\r\n\r\n", &binary].concat(),
            vec![p256.clone(), binary.clone()],
            vec![],
        ),
        ("a PEM behind DER", [&binary[..], &pem].concat(), vec![p256.clone()], vec!["trailing-data"]),
        ("DER behind DER", [&binary[..], &p256].concat(), vec![], vec!["two-in-one-block"]),
        (
            "a text in Latin-1 that begins with 0",
            [b"01. Zertifikat f\xfcr den IdP:\n", &pem[..]].concat(),
            vec![p256.clone()],
            vec![],
        ),
    ] {
        assert_eq!(outcome(&paste), (items, refused), "{name}");
    }
}

#[test]
fn what_an_attack_found() {
    let (rsa, p256) = (text("certificates/rsa-2048.pem"), text("certificates/p256.pem"));
    let both = base64(format!("{rsa}{p256}").as_bytes());
    let ders = [der("certificates/rsa-2048.pem"), der("certificates/p256.pem")];
    for cut in 1..=8 {
        let cut = &both[..both.len() - cut];
        assert_eq!(outcome(cut.as_bytes()).0[0], ders[0], "base64 of two PEMs, cut");
    }
    let spaced = wrapped(&both, 76).replace('\n', " ");
    assert_eq!(outcome(spaced.as_bytes()), (ders.to_vec(), vec![]), "base64 of two PEMs, its lines joined by blanks");
    for spoil in [rsa.replace("-----", "\u{2013}\u{2013}"), format!("F\u{fc}r euch\n{rsa}"), format!("\u{a0}{rsa}")] {
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            let without_mark: Vec<u8> = spoil.encode_utf16().flat_map(unit).collect();
            assert_eq!(outcome(&without_mark), (vec![ders[0].clone()], vec![]), "UTF-16 without a mark");
        }
    }
    let (one, two) = (base64(&ders[0]), base64(&ders[1]));
    for glued in
        [format!("{one}{two}"), framed(&format!("{one}{two}")), format!("{two}{one}"), framed(&format!("{two}{one}"))]
    {
        assert_eq!(outcome(glued.as_bytes()), (vec![], vec!["two-in-one-block"]), "two in one line: {glued}");
    }
    let joined = each_line(&rsa, |line| format!("> {line}")).replace('\n', " ");
    assert_eq!(outcome(joined.as_bytes()), (vec![ders[0].clone()], vec![]), "quoted lines, joined");
    for (name, blank) in [("a no-break blank", "\u{a0}"), ("a byte order mark", "\u{feff}")] {
        assert_eq!(outcome(blank.as_bytes()), (vec![], vec!["empty"]), "{name}");
    }
    let parameters = [data("keys/rsa-2048.pem"), data("others/dh-parameters.pem")].concat();
    assert_eq!(outcome(&parameters).1, ["parameters"], "DH parameters beside an RSA key");
}

/// Content that looks like a layer around the text hides no item.
#[test]
fn what_is_no_layer_hides_nothing() {
    let body = body_of(&text("certificates/chain-root.pem"));
    let (padded, strict) = (der("certificates/chain-root.pem"), text("certificates/version-1.pem"));
    let behind = |prefix: &str| each_line(&strict, |line| format!("{prefix}{line}"));
    let twice = each_line(&text("certificates/name-bmp.pem").repeat(2), |line| format!("     1\t{line}"));
    let cases = [
        ("a time-out", format!("timeout=20\ncert={body}\nname=x\n"), vec![padded.clone()]),
        ("an identifier", format!("trace_id=0af7651916cd43dd8448eb211c80319c\n{body}\nX\n"), vec![padded.clone()]),
        ("a word of a mail's header", format!("Subject: =?UTF-8?Q?f=C3=BCr?=\n\n{body}\nX\n"), vec![padded.clone()]),
        ("an address of hardware", format!("mac=A0-36-9F-12-34-56\n{body}\nX\n"), vec![padded.clone()]),
        ("a link", format!("https://x/?a=%2B\n{strict}"), vec![der("certificates/version-1.pem")]),
        ("a link, indented", format!("https://x/?a=%2B\n{}", behind(" ")), vec![der("certificates/version-1.pem")]),
        ("padding that looks like soft breaks", twice, vec![der("certificates/name-bmp.pem")]),
        (
            "a diff of another one",
            format!("{}{}", text("certificates/dates-2049-2050.pem"), each_line(&strict, |line| format!("+{line}"))),
            vec![der("certificates/dates-2049-2050.pem"), der("certificates/version-1.pem")],
        ),
        (
            "digits before lines with a prefix",
            format!("# serial 30:82:01\n{}", each_line(&wrapped(&body, 64), |line| format!("# {line}"))),
            vec![padded],
        ),
    ];
    for (name, paste, ders) in cases {
        assert_eq!(outcome(paste.as_bytes()), (ders, vec![]), "{name}");
    }
}

#[test]
fn the_limit_of_layers_is_one_of_depth() {
    let names = [
        "rsa-2048",
        "p256",
        "p384",
        "p521",
        "ed25519",
        "rsa-3072",
        "rsa-4096",
        "rsa-pss-2048",
        "version-1",
        "chain-root",
    ]
    .map(|name| format!("certificates/{name}.pem"));
    let secrets = names.each_ref().map(|name| base64(text(name).replace('\n', "\\n").as_bytes()));
    let ders = names.each_ref().map(|name| der(name)).to_vec();
    let paste: String = secrets.iter().map(|secret| format!("\"certificate\": \"{secret}\",\n")).collect();
    assert_eq!(outcome(paste.as_bytes()), (ders, vec![]), "ten texts, each with escapes in base64");
}

#[test]
fn an_encrypted_key_of_old_kind_is_read_in_one_line() {
    let pem = text("keys/encrypted/proc-type-rsa-2048-aes256.pem");
    let whole = normalize(pem.as_bytes());
    let one_line = normalize(pem.lines().collect::<Vec<_>>().join(" ").as_bytes());
    assert_eq!(one_line.refused(), []);
    assert_eq!(der_of(one_line.items()[0].item()), der_of(whole.items()[0].item()));
}

#[test]
fn a_label_never_decides_what_an_item_is() {
    let key = key_pem();
    let body = body_of(&key);
    for (name, text) in [
        ("under a CERTIFICATE label", framed(&body)),
        ("in an element", format!("<X509Certificate>{body}</X509Certificate>")),
        ("without a header", body.clone()),
    ] {
        let normalized = normalize(text.as_bytes());
        assert!(matches!(normalized.items()[0].item(), Item::PrivateKey(_)), "{name}");
        assert!(samlcert::Certificate::from_pem(text.as_bytes()).is_err(), "{name}");
    }
}

#[test]
fn every_form_that_is_written_is_read_again() {
    for (file, forms) in [("certificates/rsa-2048.pem", 7), ("keys/rsa-2048.pem", 6), ("keys/p256.sec1.pem", 6)] {
        let source = data(file);
        let normalized = normalize(&source);
        let item = normalized.items()[0].item();
        let mut written = 0;
        for form in Form::ALL {
            let Some(text) = item.secret_write(*form) else { continue };
            written += 1;
            let again = normalize(text.secret_bytes());
            assert_eq!(again.refused(), [], "{file} as {}", form.as_str());
            assert_eq!(der_of(again.items()[0].item()), der(file), "{file} as {}", form.as_str());
            if matches!(form, Form::Pem | Form::PemCrlf | Form::Der) {
                assert_eq!(again.items()[0].repairs(), [], "{file} as {}", form.as_str());
            }
        }
        assert_eq!(written, forms, "{file}");
    }
}

/// The items of a fixture, each as it is read alone.
fn expected(files: &str) -> Vec<Vec<u8>> {
    files.split(' ').map(der).collect()
}

#[test]
fn what_tools_print_and_people_wrap_is_read() {
    for row in table("texts/table.tsv") {
        let normalized = normalize(&data(&format!("texts/{}", row[0])));
        let found: Vec<_> = normalized.items().iter().map(|found| der_of(found.item())).collect();
        assert_eq!(found, expected(&row[1]), "{}", row[0]);
        assert_eq!(normalized.refused(), [], "{}", row[0]);
    }
}

#[test]
fn other_kinds_are_refused_by_name() {
    for row in table("others/table.tsv") {
        let normalized = normalize(&data(&format!("others/{}", row[0])));
        if row[0] == "ec-parameters-and-key.pem" {
            // The key names its curve itself, so parameters beside it are not a mistake.
            assert_eq!(codes(&normalized), ["parameters-dropped"], "{}", row[0]);
            continue;
        }
        let refused: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
        assert_eq!(refused, [row[1].as_str()], "{}", row[0]);
        assert!(normalized.items().is_empty(), "{}", row[0]);
    }
}

#[test]
fn each_certificate_of_the_fixtures_is_read_or_refused_as_its_table_says() {
    for row in table("certificates/table.tsv") {
        let normalized = normalize(&data(&format!("certificates/{}", row[0])));
        let refused: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
        if row[1] == "refused" {
            assert!(normalized.items().is_empty(), "{}", row[0]);
            assert!(row[2].split('|').any(|code| refused == [code]), "{}: {refused:?}", row[0]);
            continue;
        }
        assert_eq!(refused, [] as [&str; 0], "{}", row[0]);
        let notes: Vec<_> = normalized.items()[0].notes().iter().map(|note| note.as_str()).collect();
        assert_eq!(notes.contains(&"unproven-content"), row[3] != "valid", "{}: {notes:?}", row[0]);
    }
}

#[test]
fn each_key_of_the_fixtures_is_read_or_refused_as_its_table_says() {
    for row in table("keys/table.tsv") {
        let normalized = normalize(&data(&format!("keys/{}", row[0])));
        let refused: Vec<_> = normalized.refused().iter().map(|refusal| refusal.code().as_str()).collect();
        if row[1] == "refused" && normalized.items().is_empty() {
            assert!(row[2].split('|').any(|code| refused == [code]), "{}: {refused:?}", row[0]);
            continue;
        }
        assert_eq!(refused, [] as [&str; 0], "{}", row[0]);
        match (row[1].as_str(), normalized.items()[0].item()) {
            ("refused", Item::Encrypted(key)) => {
                let code = key.decrypt(&password()).unwrap_err().code();
                assert!(row[2].split('|').any(|expected| expected == code.as_str()), "{}: {code}", row[0]);
            }
            ("opens", Item::Encrypted(key)) => {
                let opened = key.decrypt(&password()).unwrap();
                let plain = normalize(&data(&format!("keys/{}", row[2])));
                let Item::PrivateKey(plain) = plain.items()[0].item() else { panic!("{}", row[2]) };
                assert!(opened.public_key().is_same_key(plain.public_key()), "{}", row[0]);
            }
            (kind, Item::PrivateKey(key)) => assert_eq!(key.algorithm().as_str(), kind, "{}", row[0]),
            (kind, _) => panic!("{}: not a {kind}", row[0]),
        }
    }
}

fn password() -> Vec<u8> {
    data("keys/password").trim_ascii_end().to_vec()
}

#[test]
fn a_pair_is_taken_from_one_paste() {
    for (name, paste, code) in [
        ("certificate and key", data("texts/pair.pem"), None),
        ("a chain with the key of its leaf", data("texts/full-chain-with-key.pem"), None),
        ("a key of another certificate", data("texts/pair-mismatch.pem"), Some("mismatch")),
        ("no key", data("texts/chain-reversed.pem"), Some("no-private-key")),
        ("no certificate", data("keys/p256.pem"), Some("no-certificate")),
        ("a refused block", [data("texts/pair.pem"), data("others/crl.pem")].concat(), Some("crl")),
        ("two keys", [data("texts/pair.pem"), data("keys/p256.pem")].concat(), Some("several-items")),
        (
            "two certificates of one key",
            [data("texts/pair.pem"), data("certificates/rsa-2048-renewed.pem")].concat(),
            Some("several-items"),
        ),
        (
            "an encrypted key",
            [data("certificates/rsa-2048.pem"), data("keys/encrypted/p384.pem")].concat(),
            Some("password-required"),
        ),
    ] {
        let pair = normalize(&paste).into_pair();
        assert_eq!(pair.as_ref().err().map(|error| error.code().as_str()), code, "{name}");
    }
}

#[test]
fn one_item_is_wanted_and_the_others_are_named() {
    let several = data("texts/full-chain-with-key.pem");
    let error = samlcert::Certificate::from_pem(&several).unwrap_err();
    assert_eq!(error.to_string(), "one item is wanted here, and the text has 3 certificates, 1 private key");
    let error = samlcert::PrivateKey::from_pem(&data("certificates/p256.pem")).unwrap_err();
    assert_eq!(error.to_string(), "there is no private key in this text, only 1 certificate");
    let error = samlcert::PrivateKey::from_pem(&data("keys/encrypted/p384.pem")).unwrap_err();
    assert_eq!(error.code().as_str(), "password-required");
    let error = samlcert::Certificate::from_pem(b"hello").unwrap_err();
    assert_eq!(error.code().as_str(), "nothing-found");
}
