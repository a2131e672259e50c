//! What people paste, and what comes of it.

use crate::support::{data, der, table, text};
use samlcert::pem::Form;
use samlcert::{Item, Normalized, normalize};

fn certificate_pem() -> String {
    text("certificates/rsa-3072.pem")
}

fn key_pem() -> String {
    text("keys/rsa-2048.pem")
}

fn der_of(item: &Item) -> Vec<u8> {
    match item {
        Item::Certificate(certificate) => certificate.der().to_vec(),
        Item::PrivateKey(key) => key.secret_der().to_vec(),
        Item::Encrypted(key) => key.encrypted_bytes().to_vec(),
        _ => unreachable!("no further kind"),
    }
}

fn body_of(pem: &str) -> String {
    pem.lines().filter(|line| !line.contains("-----")).collect::<Vec<_>>().concat()
}

fn wrapped(body: &str, width: usize) -> String {
    let characters: Vec<char> = body.chars().collect();
    let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join("\n")
}

fn rewrapped(pem: &str, width: usize) -> String {
    let first = pem.lines().next().unwrap();
    let last = pem.lines().last().unwrap();
    format!("{first}\n{}\n{last}\n", wrapped(&body_of(pem), width))
}

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(change).collect::<Vec<_>>().join("\n") + "\n"
}

fn without_lines(text: &str, word: &str) -> String {
    text.lines().filter(|line| !line.contains(&format!("{word} "))).collect::<Vec<_>>().join("\n")
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
}

/// A way to spoil a text that has a PEM block, and the repairs that tell it.
struct Mess {
    name: &'static str,
    spoil: fn(&str) -> String,
    repairs: &'static [&'static str],
}

const fn mess(name: &'static str, spoil: fn(&str) -> String, repairs: &'static [&'static str]) -> Mess {
    Mess { name, spoil, repairs }
}

/// In the order in which a text meets them: first its block is bent, then its lines, then the whole is wrapped.
const MESSES: &[Mess] = &[
    mess("as it is", str::to_owned, &[]),
    mess("76 columns", |t| rewrapped(t, 76), &["line-width"]),
    mess("10 columns", |t| rewrapped(t, 10), &["line-width"]),
    mess("one long line inside", |t| rewrapped(t, 100_000), &["line-width"]),
    mess("padding missing", |t| t.replace('=', ""), &["padding"]),
    mess("both missing", |t| wrapped(&body_of(t), 64), &["header-missing", "footer-missing"]),
    mess("both missing, one line", body_of, &["header-missing", "footer-missing", "line-width"]),
    mess(
        "X509Certificate element",
        |t| format!("<ds:X509Certificate>\n{}\n</ds:X509Certificate>", wrapped(&body_of(t), 76)),
        &["xml-element"],
    ),
    mess("header missing", |t| without_lines(t, "BEGIN"), &["header-missing"]),
    mess("footer missing", |t| without_lines(t, "END"), &["footer-missing"]),
    mess("header glued", |t| t.replacen("-----\n", "-----", 1), &["header-glued"]),
    mess("footer glued", |t| t.replace("\n-----END", "-----END"), &["footer-glued"]),
    mess(
        "both glued",
        |t| t.replace("-----\n", "-----").replace("\n-----END", "-----END"),
        &["header-glued", "footer-glued"],
    ),
    mess("four dashes", |t| t.replace("-----", "----"), &["dashes"]),
    mess("six dashes", |t| t.replace("-----", "------"), &["dashes"]),
    mess("one dash", |t| t.replace("-----", "-"), &["dashes"]),
    mess("dashes lost on the right", |t| t.replace("-----\n", "\n"), &["dashes"]),
    mess("dashes lost on the left", |t| t.replace("-----BEGIN", "BEGIN").replace("-----END", "END"), &["dashes"]),
    mess("em dashes", |t| t.replace("-----", "\u{2014}\u{2014}-"), &["typographic-dash", "dashes"]),
    mess("en dashes", |t| t.replace("-----", "\u{2013}\u{2013}\u{2013}\u{2013}\u{2013}"), &["typographic-dash"]),
    mess(
        "lower case",
        |t| t.replace("BEGIN CERTIFICATE", "begin certificate").replace("END CERTIFICATE", "end certificate"),
        &["label-case"],
    ),
    mess("blanks in the marker", |t| t.replace("BEGIN ", " BEGIN  ").replace("END ", "END   "), &["label-blanks"]),
    mess("no blank in the marker", |t| t.replace("BEGIN ", "BEGIN").replace("END ", "END"), &["label-blanks"]),
    mess("old label", |t| t.replace("CERTIFICATE", "X509 CERTIFICATE"), &["label-alias"]),
    mess("a label that lies", |t| t.replace("CERTIFICATE", "PUBLIC KEY"), &["label-wrong"]),
    mess("BEGIN and END differ", |t| t.replace("END CERTIFICATE", "END X509 CERTIFICATE"), &["labels-differ"]),
    mess(
        "blanks inside lines",
        |t| each_line(t, |line| if line.contains(" CERT") { line.into() } else { wrapped(line, 8).replace('\n', " ") }),
        &["blanks"],
    ),
    mess("one line", |t| t.lines().collect::<Vec<_>>().join(" "), &[]),
    mess("zero-width inside", |t| t.replace("MII", "M\u{200b}I\u{2060}I"), &["invisible-character"]),
    mess("blank lines", |t| t.replace('\n', "\n\n"), &["blank-lines"]),
    mess("blank lines with blanks", |t| t.replace('\n', "\n  \t\n"), &["blank-lines"]),
    mess("blanks at the ends of lines", |t| each_line(t, |line| format!("{line} \t")), &["blanks"]),
    mess("indented by blanks", |t| each_line(t, |line| format!("    {line}")), &["blanks"]),
    mess("indented by tabs", |t| each_line(t, |line| format!("\t\t{line}")), &["blanks"]),
    mess("no-break blanks", |t| each_line(t, |line| format!("\u{a0}{line}\u{a0}")), &["unusual-blank", "blanks"]),
    mess("zero-width marks", |t| each_line(t, |line| format!("\u{200b}{line}\u{200d}")), &["invisible-character"]),
    mess("prose around", |t| format!("Dear admin,\n\nhere is our new certificate:\n\n{t}\nBest regards,\nMary\n"), &[]),
    mess(
        "bag attributes",
        |t| format!("Bag Attributes\n    localKeyID: 01 00 00 00 \nsubject=CN = idp\nissuer=CN = idp\n{t}"),
        &[],
    ),
    mess(
        "YAML block",
        |t| format!("saml:\n  certificate: |\n{}  entity: urn:x\n", each_line(t, |line| format!("    {line}"))),
        &["blanks"],
    ),
    mess("mail quotes", |t| each_line(t, |line| format!("> {line}")), &["mail-quotes"]),
    mess("mail quotes twice", |t| each_line(t, |line| format!("> > {line}")), &["mail-quotes"]),
    mess("mixed line ends", |t| t.replacen('\n', "\r\n", 3), &["line-endings"]),
    mess("CRLF", |t| t.replace('\n', "\r\n"), &[]),
    mess("CR", |t| t.replace('\n', "\r"), &["line-endings"]),
    mess("character references", |t| t.replace('\n', "&#13;\n"), &["character-references"]),
    mess("hexadecimal references", |t| t.replace('\n', "&#xD;&#xA;"), &["character-references"]),
    mess("BOM", |t| format!("\u{feff}{t}"), &["byte-order-mark"]),
    mess("escaped LF", |t| t.replace('\n', "\\n"), &["escapes"]),
    mess("escaped CRLF", |t| t.replace('\n', "\\r\\n"), &["escapes"]),
    mess("doubly escaped", |t| t.replace('\n', "\\\\n"), &["escapes"]),
    mess("in quotes", |t| format!("\"{t}\""), &["quotes"]),
    mess("in single quotes", |t| format!("'{}'", t.trim_end()), &["quotes"]),
    mess("JSON string", |t| format!("{{\"certificate\": {}}}", serde_json::to_string(t).unwrap()), &["escapes"]),
    mess(
        "JSON string with escaped slashes",
        |t| format!("[{}]", serde_json::to_string(t).unwrap().replace('/', "\\/")),
        &["escapes"],
    ),
    mess("environment value", |t| format!("SAML_CERT=\"{}\"\nPORT=8080\n", t.replace('\n', "\\n")), &["escapes"]),
    mess("base64 of the PEM", |t| base64(t.as_bytes()), &["base64-layer"]),
    mess("base64 of the PEM, wrapped", |t| wrapped(&base64(t.as_bytes()), 76), &["base64-layer"]),
    mess(
        "PEM in an X509Certificate element",
        |t| format!("<X509Data><X509Certificate>{t}</X509Certificate></X509Data>"),
        &[],
    ),
];

fn base64(bytes: &[u8]) -> String {
    <base64ct::Base64 as base64ct::Encoding>::encode_string(bytes)
}

fn only_certificate(name: &str, text: &[u8], der: &[u8]) -> Normalized {
    let normalized = normalize(text);
    let shown = String::from_utf8_lossy(text);
    let shown: String = shown.chars().take(300).collect();
    assert_eq!(normalized.refused(), [], "{name}: refused\n{shown}");
    assert_eq!(normalized.items().len(), 1, "{name}: number of items\n{shown}");
    assert_eq!(der_of(normalized.items()[0].item()), der, "{name}: another DER");
    normalized
}

fn codes(normalized: &Normalized) -> Vec<&'static str> {
    normalized.items()[0].repairs().iter().map(|repair| repair.code().as_str()).collect()
}

#[test]
fn each_mess_is_read_and_each_repair_told() {
    let pem = certificate_pem();
    let der = der("certificates/rsa-3072.pem");
    for mess in MESSES {
        let text = (mess.spoil)(&pem);
        let normalized = only_certificate(mess.name, text.as_bytes(), &der);
        let codes = codes(&normalized);
        for repair in mess.repairs {
            assert!(codes.contains(repair), "{}: {repair} is not told, only {codes:?}", mess.name);
        }
        if mess.repairs.is_empty() && mess.name != "one line" {
            assert!(codes.is_empty(), "{}: {codes:?}", mess.name);
        }
    }
}

#[test]
fn any_two_messes_are_read() {
    let pem = certificate_pem();
    let der = der("certificates/rsa-3072.pem");
    for (index, first) in MESSES.iter().enumerate() {
        for second in MESSES.iter().skip(index + 1) {
            let spoiled = (first.spoil)(&pem);
            let name = format!("{} + {}", first.name, second.name);
            only_certificate(&name, (second.spoil)(&spoiled).as_bytes(), &der);
        }
    }
}

#[test]
fn every_mess_is_read_in_utf_16() {
    let pem = certificate_pem();
    let der = der("certificates/rsa-3072.pem");
    for mess in MESSES {
        let text = (mess.spoil)(&pem);
        only_certificate(mess.name, &utf16(&text, u16::to_le_bytes), &der);
        only_certificate(mess.name, &utf16(&text, u16::to_be_bytes), &der);
    }
}

/// Which code a spoiled text is refused with, and the text at the place.
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
        ("an ellipsis", pem.replacen(lines[4], "\u{2026}", 1), "invalid-character", Some("\u{2026}")),
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

/// The items of a file of the fixtures, as what they are read from alone.
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
            // The key has its curve itself: the parameters are no mistake beside it.
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
