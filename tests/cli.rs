//! Runs the program as people do.

use crate::made::{Made, extension, oid, seq, tlv};
use crate::support::{data, der, hex, path, run, table, text};
use samlcert::pem::Form;
use samlcert::{Certificate, HashAlgorithm, PrivateKey};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output, which must be one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert!(self.out.ends_with("}\n"), "{:?} {:?}", self.out, self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {:?}", self.out))
    }
}

/// Runs the program in the folder of the fixtures.
pub(crate) fn samlcert(arguments: &[&str], input: &[u8]) -> Ran {
    let arguments = arguments.iter().map(OsString::from).collect::<Vec<_>>();
    samlcert_os(&arguments, input)
}

fn samlcert_os(arguments: &[OsString], input: &[u8]) -> Ran {
    let output = run(env!("CARGO_BIN_EXE_samlcert"), arguments, input);
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { status: output.status.code().expect("it exits"), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn fixture(name: &str) -> String {
    path(name).to_str().unwrap().to_owned()
}

/// Writes a file for this test run alone.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

const CERTIFICATE: &str = "certificates/rsa-2048.pem";
const KEY: &str = "keys/rsa-2048.pem";
const ENCRYPTED: &str = "keys/encrypted/rsa-2048.pem";

/// The PEM with a character in its third line that is not base64.
fn damaged(pem: &str) -> String {
    let at = pem.find('\n').unwrap() + 70;
    format!("{}!{}", &pem[..at], &pem[at + 1..])
}

fn sha256(der: &[u8]) -> String {
    samlcert::Fingerprint::of(HashAlgorithm::Sha256, samlcert::FingerprintTarget::Certificate, der).to_hex()
}

#[test]
fn inspect_a_certificate() {
    let certificate = Certificate::from_pem(&data(CERTIFICATE)).unwrap();
    let identifier = hex(certificate.subject_key_identifier().unwrap());
    let ran = samlcert(&["inspect", "--json", &fixture(CERTIFICATE)], b"");
    let expected = json!({"items": [{
        "kind": "certificate",
        "sha256": certificate.fingerprint(HashAlgorithm::Sha256).to_hex(),
        "sha1": certificate.fingerprint(HashAlgorithm::Sha1).to_hex(),
        "spki_sha256": certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
        "serial": hex(certificate.serial()),
        "subject": certificate.subject(),
        "issuer": certificate.issuer(),
        "not_before": certificate.validity().not_before().0,
        "not_after": certificate.validity().not_after().0,
        "key": "rsa",
        "bits": 2048,
        "self_signature": "valid",
        "label": "CERTIFICATE",
        "span": [0, data(CERTIFICATE).trim_ascii_end().len()],
        "repairs": [],
        "notes": ["ca"],
        "extensions": [
            {"oid": "2.5.29.14", "name": "subjectKeyIdentifier", "critical": false, "kind": "subject-key-identifier",
             "key_identifier": identifier},
            {"oid": "2.5.29.35", "name": "authorityKeyIdentifier", "critical": false, "kind": "authority-key-identifier",
             "key_identifier": identifier, "issuer": [], "serial": null},
            {"oid": "2.5.29.19", "name": "basicConstraints", "critical": true, "kind": "basic-constraints",
             "ca": true, "path_length": null},
        ],
    }], "refused": []});
    assert_eq!((ran.status, ran.json()), (0, expected));
    assert_eq!(ran.err, "");
}

/// The rows of extensions, in the order of the certificate.
#[test]
fn inspect_extensions() {
    fn squeezed(row: &str) -> String {
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    }
    let rows = |certificate: &[u8]| -> Vec<String> {
        let ran = samlcert(&["inspect"], certificate);
        let rows = ran.out.lines().skip_while(|line| !line.starts_with("  public key")).skip(1);
        rows.take_while(|line| !line.starts_with("  label") && !line.starts_with("  note")).map(squeezed).collect()
    };
    let critical = |number, value: &[u8]| seq(&[oid(&[0x55, 0x1d, number]), tlv(1, [0xff]), tlv(4, value)]);
    let purposes = seq(&[oid(&[0x2b, 6, 1, 5, 5, 7, 3, 1]), oid(&[0x2a, 3])]);
    let signer = seq(&[tlv(0x80, [0xab]), tlv(0xa1, tlv(0x82, "ca.example")), tlv(0x82, [0, 0x80])]);
    let made = Made::extensions(&[
        critical(15, &[3, 1, 0]),
        extension(&[0x55, 0x1d, 37], &purposes),
        critical(17, &seq(&[tlv(0x82, "idp\n.example"), tlv(0x87, [192, 0, 2, 1])])),
        extension(&[0x55, 0x1d, 35], &signer),
        extension(&[0x55, 0x1d, 19], &[]),
        critical(32, &seq(&[])),
        extension(&[0x2a, 4], &[]),
        seq(&[oid(&[0x2a, 5]), tlv(1, [0xff]), tlv(4, [])]),
    ]);
    let table: [(&[u8], &[&str]); 3] = [
        (
            &data("certificates/chain-intermediate.pem"),
            &[
                "subject key id d07acf8305f2037c0083d6dce09fe7b2ff8c5a73",
                "authority key id 04ef8807c809ad97dc99c971c813e78561104e93",
                "CA critical, yes, path length 0",
            ],
        ),
        (&data("certificates/version-3-without-extensions.pem"), &[]),
        (
            &made.signed().der(),
            &[
                "key usage critical, none",
                "extended usage serverAuth, 1.2.3",
                r"alternative name critical, dns idp\0A.example",
                "critical, ip 192.0.2.1",
                "authority key id ab",
                "of dns ca.example",
                "with the serial number 0080",
                "extension basicConstraints (2.5.29.19), cannot be decoded",
                "critical, certificatePolicies (2.5.29.32)",
                "1.2.4",
                "critical, 1.2.5, which is not widely known",
            ],
        ),
    ];
    for (certificate, expected) in table {
        assert_eq!(rows(certificate), expected);
    }
}

#[test]
fn inspect_keys() {
    let key = PrivateKey::from_pem(&data("keys/ed25519.pem")).unwrap();
    let expected = json!({"items": [{
        "kind": "private-key",
        "spki_sha256": key.public_key().fingerprint(HashAlgorithm::Sha256).to_hex(),
        "key": "ed25519",
        "bits": 256,
        "was_encrypted": false,
        "label": "PRIVATE KEY",
        "span": [0, data("keys/ed25519.pem").trim_ascii_end().len()],
        "repairs": [],
        "notes": ["unproven-content"],
    }], "refused": []});
    let ran = samlcert(&["inspect", "--json"], &data("keys/ed25519.pem"));
    assert_eq!((ran.status, ran.json()), (0, expected));
}

#[test]
fn inspect_an_encrypted_key() {
    let span = json!([0, data(ENCRYPTED).trim_ascii_end().len()]);
    let closed = samlcert(&["inspect", "--json", &fixture(ENCRYPTED)], b"");
    let expected = json!({"items": [{
        "kind": "encrypted-private-key",
        "sha256": sha256(&der(ENCRYPTED)),
        "label": "ENCRYPTED PRIVATE KEY",
        "span": span,
        "repairs": [],
        "notes": ["unproven-content"],
    }], "refused": []});
    assert_eq!((closed.status, closed.json()), (0, expected));

    let spki = PrivateKey::from_pem(&data(KEY)).unwrap().public_key().fingerprint(HashAlgorithm::Sha256).to_hex();
    for (name, password) in [("none", "correct horse"), ("lf", "correct horse\n"), ("crlf", "correct horse\r\n")] {
        let password = file(&format!("password-{name}"), password);
        for arguments in [
            ["--password-file", &password, "inspect", "--json", &fixture(ENCRYPTED)],
            ["inspect", &fixture(ENCRYPTED), "--json", "--password-file", &password],
        ] {
            let opened = samlcert(&arguments, b"");
            let item = &opened.json()["items"][0];
            assert_eq!(opened.status, 0, "{name}");
            assert_eq!((&item["kind"], &item["was_encrypted"]), (&json!("private-key"), &json!(true)), "{name}");
            assert_eq!((&item["spki_sha256"], &item["bits"]), (&json!(spki), &json!(2048)), "{name}");
            assert_eq!(
                (&item["label"], &item["span"], &item["notes"]),
                (&json!("ENCRYPTED PRIVATE KEY"), &span, &json!([]))
            );
        }
    }
    let password = file("password-unproven", "correct horse\n");
    let unproven =
        samlcert(&["inspect", "--json", "--password-file", &password, &fixture("keys/encrypted/ed25519.pem")], b"");
    let item = &unproven.json()["items"][0];
    assert_eq!((&item["was_encrypted"], &item["notes"]), (&json!(true), &json!(["unproven-content"])));
    for (name, password) in [("wrong", "correct horses"), ("two-lf", "correct horse\n\n"), ("empty", "")] {
        let password = file(&format!("password-{name}"), password);
        let refused = samlcert(&["inspect", "--json", "--password-file", &password, &fixture(ENCRYPTED)], b"");
        let form = refused.json();
        assert_eq!((refused.status, &form["items"]), (2, &json!([])), "{name}");
        assert_eq!(
            (&form["refused"][0]["code"], &form["refused"][0]["number"]),
            (&json!("decrypt-failed"), &json!(250))
        );
        assert_eq!(form["refused"][0]["span"], span, "{name}");
    }
}

#[test]
fn inspect_what_is_refused() {
    let paste = format!("{}junk\n{}", text(CERTIFICATE), &text(KEY)[..800]);
    let ran = samlcert(&["inspect", "--json", "-"], paste.as_bytes());
    let form = ran.json();
    assert_eq!((ran.status, form["items"].as_array().unwrap().len()), (0, 1));
    let refused = &form["refused"][0];
    assert_eq!(refused["code"], "truncated");
    assert_eq!(refused["number"], 106);
    assert!(refused["message"].as_str().unwrap().contains("missing"), "{refused}");
    assert!(refused["span"][0].as_u64().unwrap() > text(CERTIFICATE).len() as u64, "{refused}");

    let ran = samlcert(&["inspect", "--json"], b"hello");
    assert_eq!(
        (ran.status, &ran.json()["items"], &ran.json()["refused"][0]["code"]),
        (2, &json!([]), &json!("nothing-found"))
    );
}

#[test]
fn every_fixture_of_a_certificate_has_all_fields() {
    for row in table("certificates/table.tsv").iter().filter(|row| row[1] != "refused") {
        let ran = samlcert(&["inspect", "--json", &fixture(&format!("certificates/{}", row[0]))], b"");
        let form = ran.json();
        let item = &form["items"][0];
        let bits = row[2].parse::<u32>().map_or(Value::Null, Value::from);
        assert_eq!((&item["key"], &item["bits"]), (&json!(row[1]), &bits), "{row:?}");
        assert_eq!(item["self_signature"], row[3].replace("not-self-signed", "none"), "{row:?}");
        assert_eq!(item.as_object().unwrap().len(), 17, "{row:?}");
    }
}

#[test]
fn checks() {
    let encrypted = fixture(ENCRYPTED);
    let password = file("password-check", "correct horse\n");
    let wrong = file("password-check-wrong", "battery staple\n");
    let (certificate, key) = (fixture(CERTIFICATE), fixture(KEY));
    let chain = format!("{}{}", text("certificates/p256.pem"), text(CERTIFICATE));
    let twins = format!("{}{}", text("certificates/rsa-2048-renewed.pem"), text(CERTIFICATE));
    let strangers = format!("{}{}", text("certificates/p256.pem"), text("certificates/p384.pem"));
    let damaged_key = damaged(&text(KEY));
    let damaged_certificate = damaged(&text(CERTIFICATE));
    let keys = format!("{}{}", text(KEY), text("keys/p256.pem"));
    let table: &[(&str, &[&str], &str, &str, &str)] = &[
        ("a pair", &[&certificate, &key], "", "match", "ok"),
        ("a pair in one paste", &["-"], &(text(CERTIFICATE) + &text(KEY)), "match", "ok"),
        ("the key first", &["-"], &(text(KEY) + &text(CERTIFICATE)), "match", "ok"),
        ("a key from standard input", &[&certificate, "-"], &text(KEY), "match", "ok"),
        ("a certificate from standard input", &["-", &key], &text(CERTIFICATE), "match", "ok"),
        ("a chain", &["-", &key], &chain, "match", "ok"),
        ("an encrypted key", &["--password-file", &password, &certificate, &encrypted], "", "match", "ok"),
        ("another key", &[&certificate, &fixture("keys/p256.pem")], "", "mismatch", "mismatch"),
        ("a chain and another key", &["-", &key], &strangers, "mismatch", "mismatch"),
        ("two certificates of the key", &["-", &key], &twins, "invalid-certificate", "several-items"),
        ("no certificate", &[&key], "", "invalid-certificate", "no-certificate"),
        ("no certificate but prose", &["-", &key], "hello", "invalid-certificate", "nothing-found"),
        ("nothing", &["-", &key], "", "invalid-certificate", "empty"),
        ("a damaged certificate", &["-", &key], &damaged_certificate, "invalid-certificate", "invalid-character"),
        (
            "both damaged",
            &["-"],
            &(damaged_key.clone() + &damaged_certificate),
            "invalid-certificate",
            "invalid-character",
        ),
        (
            "a damaged certificate beside another",
            &["-", &key],
            &(text("certificates/p256.pem") + &damaged_certificate),
            "invalid-certificate",
            "invalid-character",
        ),
        (
            "a certificate for DSA",
            &[&fixture("certificates/dsa.pem"), &key],
            "",
            "invalid-certificate",
            "unsupported-certificate-key",
        ),
        ("no key", &[&certificate], "", "invalid-key", "no-private-key"),
        ("a damaged key", &[&certificate, "-"], &damaged_key, "invalid-key", "invalid-character"),
        ("a damaged key in one paste", &["-"], &(text(CERTIFICATE) + &damaged_key), "invalid-key", "invalid-character"),
        ("two keys", &[&certificate, "-"], &keys, "invalid-key", "several-items"),
        ("the same key twice", &[&certificate, "-"], &(text(KEY) + &text("keys/rsa-2048.pkcs1.pem")), "match", "ok"),
        (
            "the same key encrypted and plain",
            &["--password-file", &password, "-"],
            &(text(ENCRYPTED) + &text(CERTIFICATE) + &text(KEY)),
            "match",
            "ok",
        ),
        ("a public key", &[&certificate, &fixture("others/public-key-rsa-2048.pem")], "", "invalid-key", "public-key"),
        ("no password", &[&certificate, &encrypted], "", "invalid-key", "password-required"),
        (
            "a wrong password",
            &["--password-file", &wrong, &certificate, &encrypted],
            "",
            "invalid-key",
            "decrypt-failed",
        ),
    ];
    for (name, arguments, input, verdict, code) in table {
        let ran = samlcert(&[&["check", "--json"], *arguments].concat(), input.as_bytes());
        let form = ran.json();
        assert_eq!((&form["verdict"], &form["code"]), (&json!(verdict), &json!(code)), "{name}: {form}");
        assert_eq!(form.as_object().unwrap().len(), 6, "{name}");
        assert_eq!(form["number"].is_null(), *verdict == "match", "{name}");
        assert_eq!(form["span"].is_null(), form["source"].is_null(), "{name}");
        assert!(!form["message"].as_str().unwrap().is_empty(), "{name}");
        let status = match *verdict {
            "match" => 0,
            "mismatch" => 1,
            _ => 2,
        };
        assert_eq!(ran.status, status, "{name}");
        let told = samlcert(&[&["check"], *arguments].concat(), input.as_bytes());
        assert_eq!(told.status, status, "{name}: {} {}", told.out, told.err);
        let verdict = match *verdict {
            "match" => "Yes: the key belongs to the certificate.",
            "mismatch" => "No: the key does not belong to the certificate.",
            "invalid-key" => "The private key cannot be used.",
            _ => "The certificate cannot be used.",
        };
        assert_eq!(told.out.lines().next(), Some(verdict), "{name}");
    }
}

#[test]
fn a_composite_prime_is_caught_by_its_test_signature() {
    let pair = [fixture("tampered/composite-certificate.pem"), fixture("tampered/rsa-composite-p.der")];
    let ran = samlcert(&["check", "--json", &pair[0], &pair[1]], b"");
    assert_eq!((ran.status, &ran.json()["verdict"]), (2, &json!("invalid-key")), "{}", ran.out);
}

const HEX: &str = "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D";

#[test]
fn fingerprints_that_were_told() {
    let digest = HEX.replace(':', "").to_lowercase();
    for target in ["certificate", "spki"] {
        let text = if target == "spki" { format!("sha1/{digest}") } else { format!("SHA1 Fingerprint={HEX}") };
        let expected = json!({"algorithm": "sha1", "digest": digest, "target": target});
        let argument = samlcert(&["fingerprint", "--json", "--parse", &text], b"");
        assert_eq!((argument.status, argument.json()), (0, expected.clone()));
        let stdin = samlcert(&["fingerprint", "--parse", "-", "--json"], text.as_bytes());
        assert_eq!((stdin.status, stdin.json()), (0, expected));
    }
    let typo = HEX.replacen("3E", "3O", 1);
    let ran = samlcert(&["fingerprint", "--json", "--parse", &typo], b"");
    let refused = &ran.json()["refused"];
    assert_eq!(ran.status, 2);
    assert_eq!(
        (&refused["code"], &refused["number"], &refused["span"]),
        (&json!("fingerprint-character"), &json!(502), &json!([7, 8]))
    );
    let told = samlcert(&["fingerprint", "--parse", &typo], b"");
    assert_eq!((told.status, told.out.as_str()), (2, ""));
    assert!(told.err.contains("the letter O") && told.err.contains(&typo) && told.err.contains('^'), "{}", told.err);
    let told = samlcert(&["fingerprint", "--parse", HEX], b"");
    assert!(told.out.contains(HEX) && told.out.contains(&digest), "{}", told.out);
    for text in ["", "-foo", "--", &"A".repeat(70_000)] {
        let ran = samlcert(&["fingerprint", "--json", "--parse=-"], text.as_bytes());
        assert_eq!(
            (ran.status, ran.json().as_object().unwrap().keys().next().unwrap().as_str()),
            (2, "refused"),
            "{text:.20}"
        );
    }
}

#[test]
fn fingerprints_of_a_file() {
    let certificate = Certificate::from_pem(&data(CERTIFICATE)).unwrap();
    let paste = text(CERTIFICATE) + &text(KEY) + &text(ENCRYPTED);
    let ran = samlcert(&["fingerprint", "--json"], paste.as_bytes());
    let form = ran.json();
    assert_eq!(ran.status, 0);
    let kinds = form["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(kinds, ["certificate", "private-key", "encrypted-private-key"]);
    let of_certificate = form["items"][0]["fingerprints"].as_array().unwrap();
    for (algorithm, index) in HashAlgorithm::ALL.into_iter().zip(0..) {
        let digest = certificate.fingerprint(algorithm).to_hex();
        let spki = certificate.spki_fingerprint(algorithm).to_hex();
        let form = |digest, target| json!({"algorithm": algorithm.as_str(), "digest": digest, "target": target});
        assert_eq!(of_certificate[index], form(digest, "certificate"));
        assert_eq!(of_certificate[index + 4], form(spki, "spki"));
    }
    assert_eq!(form["items"][1]["fingerprints"], json!(of_certificate[4..]));
    assert_eq!(form["items"][2]["fingerprints"], json!([]));
    let told = samlcert(&["fingerprint", &fixture(CERTIFICATE)], b"");
    assert!(told.out.contains(&certificate.fingerprint(HashAlgorithm::Sha256).to_string()), "{}", told.out);
}

#[test]
fn comparisons() {
    let certificate = Certificate::from_pem(&data(CERTIFICATE)).unwrap();
    let one = fixture(CERTIFICATE);
    let sha384 = certificate.fingerprint(HashAlgorithm::Sha384).to_string();
    let sha1 = format!("sha1 Fingerprint={}", certificate.fingerprint(HashAlgorithm::Sha1));
    let pin = format!("sha256/{}", certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex());
    let of_key = certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex();
    let in_a_file = file("fingerprint.txt", &sha1);
    let named_like_one = file(&HEX.replace(':', ""), data(CERTIFICATE));
    let missing = format!("{one}.missing");
    let table: &[(&str, [&str; 2], i32, &str)] = &[
        ("the same file", [&one, &one], 0, "identical"),
        ("DER and PEM", [&one, &fixture("certificates/rsa-2048.der")], 0, "identical"),
        ("renewed", [&one, &fixture("certificates/rsa-2048-renewed.pem")], 1, "same-key"),
        ("a new key", [&one, &fixture("certificates/rsa-2048-same-subject-new-key.pem")], 1, "same-subject"),
        ("unrelated", [&one, &fixture("certificates/chain-root.pem")], 1, "unrelated"),
        ("its SHA-384", [&one, &sha384], 0, "identical"),
        ("its SHA-384 first", [&sha384, &one], 0, "identical"),
        ("its SHA-1 with a label", [&one, &sha1], 0, "identical"),
        ("its pin", [&one, &pin], 0, "identical"),
        ("the fingerprint of its key, not said to be one", [&one, &of_key], 1, "different"),
        ("another fingerprint", [&one, HEX], 1, "different"),
        ("a fingerprint in a file", [&in_a_file, &one], 0, "identical"),
        ("a file named like a fingerprint", [&named_like_one, &one], 0, "identical"),
        ("two fingerprints", [HEX, &HEX.replace(':', "")], 0, "identical"),
        ("two others", [HEX, &sha1], 1, "different"),
        ("two kinds of fingerprints", [HEX, &sha384], 2, "usage"),
        ("no such file", [&missing, &one], 2, "file"),
        ("no such file, named as long as a digest", ["/tmp/samlcert-cli-1234/missing-file-name-xy", &one], 2, "file"),
        ("no such file in this folder", ["./missing0123456789abcdefghijklmnopqrstuvwx", &one], 2, "file"),
        ("a file without a name", ["", &one], 2, "file"),
        ("base64 that begins with a slash", ["/+AwULJAidrwCUcxZ16RGPEsrTBxYfcMuznPqwcsJSE=", &one], 1, "different"),
        ("a short fingerprint", [&one, &HEX[3..]], 2, "fingerprint-length"),
        ("a mistyped fingerprint", [&one, &HEX.replacen("3E", "3O", 1)], 2, "fingerprint-character"),
        ("a key", [&fixture(KEY), &one], 2, "no-certificate"),
        ("two certificates", [&fixture("texts/chain-reversed.pem"), &one], 2, "several-items"),
        ("a damaged certificate", ["-", &one], 2, "invalid-character"),
    ];
    let damaged = damaged(&text(CERTIFICATE));
    for (name, [first, second], status, verdict) in table {
        let ran = samlcert(&["compare", "--json", first, second], damaged.as_bytes());
        let form = ran.json();
        assert_eq!(ran.status, *status, "{name}: {form}");
        if *status == 2 {
            assert_eq!(form["error"]["code"], *verdict, "{name}: {form}");
        } else {
            assert_eq!(form["verdict"], *verdict, "{name}: {form}");
            assert_eq!(form["fingerprints"].as_array().unwrap().len(), 2, "{name}");
            assert_eq!(form["fingerprints"][0] == form["fingerprints"][1], *status == 0, "{name}");
        }
        let told = samlcert(&["compare", first, second], damaged.as_bytes());
        assert_eq!(told.status, *status, "{name}: {} {}", told.out, told.err);
    }
    let renewed = samlcert(&["compare", "--json", &one, &fixture("certificates/rsa-2048-renewed.pem")], b"").json();
    assert_eq!(renewed["newer"], "second");
    assert!(renewed["first_difference"].as_u64().unwrap() < 100);
    let told = samlcert(&["compare", &one, &of_key], b"");
    assert!(told.out.contains("public key, not of the certificate"), "{}", told.out);
    let leaf = fixture("certificates/chain-leaf.pem");
    let mut other = der("certificates/chain-leaf.pem");
    let name = other.windows(15).position(|window| window == b"idp.example.org").unwrap();
    other[name] ^= 1;
    let renamed = file("renamed.der", other);
    let messages: &[(&str, [&str; 2], &str)] = &[
        (
            "a pin",
            [&one, &pin],
            "the certificate's public key; a renewed certificate for the same key has the same one",
        ),
        (
            "renewed",
            [&one, &fixture("certificates/rsa-2048-renewed.pem")],
            "one renews the other; the second begins later",
        ),
        ("the same key, another subject", [&leaf, &renamed], "for the same key, under different names"),
        ("MD5", [&one, &HEX[..47]], "the length of MD5, which is not supported: copy the SHA-1 or SHA-256 one"),
        ("no file name", ["", &one], "the name of the file is empty"),
    ];
    for (name, [first, second], message) in messages {
        let form = samlcert(&["compare", "--json", first, second], b"").json();
        let told = form["message"].as_str().or(form["error"]["message"].as_str()).unwrap();
        assert!(told.contains(message), "{name}: {told}");
    }
}

#[test]
fn check_says_what_matters_beside_the_verdict() {
    let (certificate, key) = (fixture(CERTIFICATE), fixture(KEY));
    let public = fixture("others/public-key-rsa-2048.pem");
    let refused = text(CERTIFICATE) + &damaged(&text("certificates/p256.pem")) + &text(KEY);
    let strangers = text("certificates/p256.pem") + &text("certificates/p384.pem");
    let (begin, end) = ("2020-01-01T00:00:00Z", "2050-01-01T00:00:00Z");
    let table: &[(&str, &[&str], &str, &str)] = &[
        ("expired", &[&certificate, &key, "--now", end], "", "Note: the certificate is not valid now: expired "),
        ("not yet valid", &[&certificate, &key, "--now", begin], "", "not valid now: not yet valid, begins in "),
        ("SHA-1", &[&fixture("certificates/rsa-2048-sha1.pem"), &key], "", "Note: the certificate is signed with "),
        ("a refused block", &["-"], &refused, "Note: 1 block was refused; see `samlcert inspect`."),
        ("a public key", &[&certificate, &public], "", "the private key that belongs to the certificate is needed"),
        ("DSA", &[&fixture("certificates/dsa.pem"), &key], "", "RSA, P-256, P-384, P-521, Ed25519"),
        ("swapped", &[&key, &certificate], "", "The arguments are swapped"),
        ("no key", &[&certificate], "", "the KEY argument is missing"),
        ("one of a chain", &["-", &key], &strangers, "made together with the certificate."),
    ];
    for (name, arguments, input, expected) in table {
        let told = samlcert(&[&["check"], *arguments].concat(), input.as_bytes()).out;
        assert!(told.contains(expected), "{name}: {told}");
    }
    let form = samlcert(&["check", "--json", &certificate, "-"], damaged(&text(KEY)).as_bytes()).json();
    let at = damaged(&text(KEY)).find('!').unwrap();
    assert_eq!((&form["source"], &form["span"], &form["number"]), (&json!("key"), &json!([at, at + 1]), &json!(105)));
}

#[test]
fn an_encrypted_key_has_a_digest_without_its_password() {
    let digest =
        samlcert::Fingerprint::of(HashAlgorithm::Sha256, samlcert::FingerprintTarget::Certificate, &der(ENCRYPTED));
    for command in ["inspect", "fingerprint"] {
        let told = samlcert(&[command, &fixture(ENCRYPTED)], b"").out;
        assert!(told.contains(&digest.to_string()) && told.contains("add --password-file FILE"), "{told}");
        assert!(!told.contains("compare its fingerprint"), "{told}");
    }
}

#[test]
fn signatures_that_are_not_verified() {
    for (name, expected) in [
        ("chain-leaf", "by its issuer; cannot be checked without the issuer's certificate"),
        ("p256-sha1", "claims to be by its own key; not checked"),
    ] {
        let told = samlcert(&["inspect", &fixture(&format!("certificates/{name}.pem"))], b"").out;
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn normalize_to_every_form_and_back() {
    let certificate = Certificate::from_pem(&data(CERTIFICATE)).unwrap();
    for form in Form::ALL.iter().map(|form| form.as_str()) {
        let output = run(env!("CARGO_BIN_EXE_samlcert"), &["normalize", "--as", form, &fixture(CERTIFICATE)], b"");
        assert!(output.status.success() && output.stderr.is_empty(), "{form}");
        assert_eq!(Certificate::from_pem(&output.stdout).unwrap(), certificate, "{form}");
        assert_eq!(output.stdout.ends_with(b"\n"), form != "der", "{form}");
        let ran = samlcert(&["normalize", "--as", form, "--json", &fixture(CERTIFICATE)], b"");
        let written = ran.json();
        assert_eq!((ran.status, &written["as"], &written["refused"]), (0, &json!(form), &json!([])));
        let item = &written["items"][0];
        assert_eq!((&item["kind"], &item["repairs"]), (&json!("certificate"), &json!([])), "{form}");
        match form {
            "der" => assert_eq!(item["der"], hex(certificate.der())),
            _ => assert_eq!(item["text"].as_str().unwrap().trim(), String::from_utf8(output.stdout).unwrap().trim()),
        }
    }
    let pem = samlcert(&["normalize", "--as", "pem", &fixture("certificates/rsa-2048.der")], b"");
    assert_eq!(pem.out, text(CERTIFICATE));
}

#[test]
fn normalize_several_items() {
    let paste = format!("prose\n{}more\n{}", text(CERTIFICATE).replace('\n', "\r\n  "), text(KEY));
    let ran = samlcert(&["normalize", "--as", "pem"], paste.as_bytes());
    assert_eq!((ran.status, ran.out), (0, text(CERTIFICATE) + &text(KEY)));
    let ran = samlcert(&["normalize", "--as", "base64"], paste.as_bytes());
    assert_eq!((ran.status, ran.out.lines().count()), (0, 2), "{}", ran.out);

    let chain = text("certificates/chain-leaf.pem") + &text("certificates/chain-root.pem");
    let elements = samlcert(&["normalize", "--as", "element"], chain.as_bytes());
    assert_eq!(elements.out.split("\n\n").count(), 2, "an empty line between the two");

    let der = samlcert(&["normalize", "--as", "der", "--json"], paste.as_bytes());
    assert_eq!((der.status, &der.json()["error"]["code"]), (2, &json!("several-items")));
    let element = samlcert(&["normalize", "--as", "element"], paste.as_bytes());
    assert_eq!((element.status, element.out.as_str()), (2, ""), "a key has no such form");
    assert!(element.err.contains("error[no-such-form]"), "{}", element.err);

    let with_damage = format!("{}{}", text(CERTIFICATE), damaged(&text(KEY)));
    let ran = samlcert(&["normalize", "--as", "pem"], with_damage.as_bytes());
    assert_eq!((ran.status, ran.out), (0, text(CERTIFICATE)));
    assert!(ran.err.contains("error[invalid-character]") && ran.err.contains("-->"), "{}", ran.err);
    let ran = samlcert(&["normalize", "--as", "pem"], b"hello");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("nothing-found"), "{}", ran.err);

    let password = file("password-normalize", "correct horse\n");
    let opened = samlcert(&["normalize", "--as", "pem", "--password-file", &password, &fixture(ENCRYPTED)], b"");
    assert_eq!((opened.status, opened.out), (0, text(KEY)));
    let closed = samlcert(&["normalize", "--as", "pem", &fixture(ENCRYPTED)], b"");
    assert_eq!((closed.status, closed.out), (0, text(ENCRYPTED)));
}

#[test]
fn odd_inputs() {
    let missing = fixture("no-such-file.pem");
    let folder = fixture("certificates");
    let empty = file("empty", "");
    let binary = file("binary", (0..=255).cycle().take(5000).collect::<Vec<u8>>());
    let large = file("large", " ".repeat(samlcert::limits::MAX_PASTE_BYTES + 10));
    let control = file("control\u{1b}[31m", "hello \u{1b}[31m\u{7}\u{202e}");
    let mut inputs = vec![missing.as_str(), &folder, &empty, &binary, &large, &control];
    let locked = file("locked", "x");
    if lock(&locked) {
        inputs.push(&locked);
    }
    for input in inputs {
        for command in [&["inspect"][..], &["normalize", "--as", "pem"], &["check"], &["fingerprint"]] {
            let told = samlcert(&[command, &[input]].concat(), b"");
            assert_eq!(told.status, 2, "{command:?} {input:?}");
            let all = told.out + &told.err;
            assert!(!all.is_empty(), "{command:?} {input:?}");
            assert!(!all.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'), "{command:?} {all:?}");
            let ran = samlcert(&[command, &[input, "--json"]].concat(), b"");
            let keys = ran.json().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!((ran.status, ran.err.as_str()), (2, ""), "{command:?} {input:?}");
            assert!(["error", "refused", "verdict"].iter().any(|key| keys.contains(&(*key).to_owned())), "{keys:?}");
        }
    }
    let code = |input: &str| samlcert(&["inspect", "--json", input], b"").json();
    assert_eq!(code(&missing)["error"]["code"], "file");
    assert_eq!(code(&folder)["error"]["number"], 901);
    assert_eq!(code(&empty)["refused"][0]["code"], "empty");
    assert_eq!(code(&large)["refused"][0]["code"], "paste-too-large");
}

/// Removes the permission to read; returns false if the user can still read, as root can.
#[cfg(unix)]
fn lock(path: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::read(path).is_err()
}

#[cfg(not(unix))]
fn lock(_: &str) -> bool {
    false
}

#[test]
fn one_json_document_in_every_case() {
    let key = fixture(KEY);
    let table: &[(&[&str], i32)] = &[
        (&["--json"], 2),
        (&["--json", "nonsense"], 2),
        (&["inspect", "--json", "--nonsense"], 2),
        (&["inspect", "a", "b", "--json"], 2),
        (&["check", "--json"], 2),
        (&["check", "--json", "-", "-"], 2),
        (&["compare", "--json", "-", "-"], 2),
        (&["inspect", "--json", "--password-file", "-"], 2),
        (&["inspect", "--json", "--password-file", "/no/such/file", &key], 2),
        (&["inspect", "--json", "--now", "yesterday", &key], 2),
        (&["normalize", "--as", "pem7", "--json", &key], 2),
        (&["fingerprint", "--json", "--parse", HEX, &key], 2),
        (&["compare", "--json", HEX], 2),
        (&["--help", "--json"], 0),
        (&["inspect", "--help", "--json"], 0),
        (&["--version", "--json"], 0),
    ];
    for (arguments, status) in table {
        let ran = samlcert(arguments, b"");
        let form = ran.json();
        assert_eq!((ran.status, ran.err.as_str()), (*status, ""), "{arguments:?}");
        let Some(error) = form.get("error") else {
            assert!(*status == 0 && form["help"].is_string(), "{arguments:?} {form}");
            continue;
        };
        assert!(error["code"] == "usage" || error["code"] == "file", "{arguments:?} {form}");
        assert!(error["message"].as_str().unwrap().len() > 10 && error["span"].is_null(), "{arguments:?} {form}");
    }
    let told = samlcert(&["inspect", "--password-file", "/no/such/file", &key], b"");
    assert!(told.err.contains("there is no password file /no/such/file"), "{}", told.err);
    let told = samlcert(&["check", "-", "-"], b"");
    assert_eq!((told.status, told.out.as_str()), (2, ""));
    assert!(told.err.contains("only once"), "{}", told.err);
}

#[test]
fn the_present_moment_is_an_option() {
    let after =
        |now: &str| samlcert(&["inspect", "--now", now, &fixture("certificates/dates-one-second.pem")], b"").out;
    let certificate = Certificate::from_pem(&data("certificates/dates-one-second.pem")).unwrap();
    let end = certificate.validity().not_after().0;
    let expired = after(&(end + 12 * 86_400 + 5).to_string());
    assert!(expired.contains("expired 12 days ago"), "{expired}");
    let future = after(&(certificate.validity().not_before().0 - 86_400).to_string());
    assert!(future.contains("not yet valid, begins in 24 hours"), "{future}");
    let expired = after(&(end + 5 * 3_600).to_string());
    assert!(expired.contains("expired 5 hours ago"), "{expired}");
    assert!(after("1950-01-01T00:00:00Z").contains("not yet valid"));
    assert!(after("-5").contains("not yet valid"));
    assert!(after("2126-01-01T01:00:00+01:00").contains("expired"));
}

#[test]
fn no_secret_is_ever_shown() {
    let key = text(KEY);
    let body = key.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let windows = body.as_bytes().windows(6).collect::<std::collections::HashSet<_>>();
    let lines = key.lines().collect::<Vec<_>>();
    let without = |skip: usize| [&lines[..skip], &lines[skip + 1..]].concat().join("\n");
    let spaced =
        body.as_bytes().chunks(4).map(|chunk| std::str::from_utf8(chunk).unwrap()).collect::<Vec<_>>().join(" ");
    let pastes = [
        key[..900].to_owned(),
        damaged(&key),
        damaged(&key).replace('\n', "\\n"),
        damaged(&key).replace("-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY"),
        without(5),
        [&lines[..4], &lines[3..]].concat().join("\n"),
        body.clone(),
        body[8..].to_owned(),
        spaced[8..].to_owned(),
        key.replacen("MIIE", "MIIF", 1),
        damaged(&key.replace("PRIVATE KEY", "CERTIFICATE")),
        format!("<X509Certificate>{}</X509Certificate>", &body[..400]),
        format!("password={body}"),
        format!("{}{}", text(CERTIFICATE), without(7)),
        String::from_utf8_lossy(&data(KEY)).replace('\n', "\r").replacen('B', "ä", 1),
    ];
    for paste in pastes {
        for command in [
            &["inspect"][..],
            &["inspect", "--json"],
            &["check", "-", &fixture("keys/p256.pem")],
            &["check", &fixture(CERTIFICATE), "-"],
            &["check", "-"],
            &["fingerprint"],
            &["fingerprint", "--parse", "-"],
            &["fingerprint", "--parse", "-", "--json"],
            &["compare", "-", HEX],
        ] {
            let ran = samlcert(command, paste.as_bytes());
            let shown = ran.out + &ran.err;
            let leaked = shown.as_bytes().windows(6).find(|window| windows.contains(window));
            assert!(leaked.is_none(), "{command:?} {paste:.60}\n{shown}");
        }
    }
}

#[test]
fn the_text_of_a_key_as_an_argument_is_not_repeated() {
    let certificate = fixture(CERTIFICATE);
    for name in ["keys/ed25519.pem", "keys/p256.pem", KEY] {
        let pem = text(name);
        let lines = pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>();
        let body = lines.concat();
        let hex = hex(&der(name));
        let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap()).collect::<Vec<_>>();
        let keys = [
            pem.clone(),
            pem.replace('\n', "\\n"),
            pem.replace('\n', " "),
            body.clone(),
            lines.join("\n"),
            lines.join(" "),
            lines[0].to_owned(),
            body.replace('+', "-").replace('/', "_"),
            format!("key={body}"),
            hex.clone(),
            hex.to_uppercase(),
            pairs.join(":"),
            pairs.join(" "),
        ];
        for key in &keys {
            let joined = |option: &str| format!("{option}={key}");
            let (now, form, password, parse) =
                (joined("--now"), joined("--as"), joined("--password-file"), joined("--parse"));
            let commands: &[&[&str]] = &[
                &[key],
                &["help", key],
                &["inspect", key],
                &["inspect", &certificate, key],
                &["inspect", "--now", key],
                &["inspect", &now],
                &["inspect", &password, &certificate],
                &["inspect", "--password-file", key, &certificate],
                &["inspect", "--json", key, key],
                &["normalize", "--as", key],
                &["normalize", &form],
                &["normalize", "--as", "pem", key],
                &["check", key],
                &["check", &certificate, key],
                &["check", key, &certificate],
                &["check", &certificate, &certificate, key],
                &["fingerprint", key],
                &["fingerprint", "--parse", key],
                &["fingerprint", &parse],
                &["fingerprint", "--parse", HEX, key],
                &["compare", key],
                &["compare", &certificate, key],
                &["compare", key, HEX],
                &["compare", key, key, key],
            ];
            let secret = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            for command in commands {
                for json in [false, true] {
                    let arguments = [*command, if json { &["--json"][..] } else { &[] }].concat();
                    let ran = samlcert(&arguments, b"");
                    let shown = secret(&(ran.out.clone() + &ran.err)).to_lowercase();
                    let is_leak = |text: &str| {
                        let text = secret(text).to_lowercase();
                        text.as_bytes().windows(8).any(|part| shown.contains(std::str::from_utf8(part).unwrap()))
                    };
                    assert!(!is_leak(&body) && !is_leak(&hex), "{name} {arguments:?}\n{}{}", ran.out, ran.err);
                    assert_eq!(ran.status, 2, "{arguments:?}");
                    if arguments.contains(&"--json") {
                        ran.json();
                    }
                }
            }
        }
    }
}

#[test]
fn names_of_files_are_told() {
    let sha1 = HEX.replace(':', "").to_lowercase();
    let sha1 = &sha1[..31];
    for name in
        ["key.pem", "no/such/folder/with/a/long/path/to/it/key.pem", "/srv/saml/identity/provider/keys/key", sha1]
    {
        let ran = samlcert(&["inspect", name], b"");
        assert!(ran.status == 2 && ran.err.contains(&format!("there is no file {name}")), "{}", ran.err);
    }
    let name = file(&"a".repeat(64), text(CERTIFICATE));
    assert!(samlcert(&["inspect", &name], b"").out.contains(&name));
}

#[test]
fn json_is_no_text_of_a_fingerprint() {
    for arguments in [&["fingerprint", "--parse", "--json"][..], &["fingerprint", "--json", "--parse"]] {
        let ran = samlcert(arguments, b"");
        assert_eq!((ran.status, &ran.json()["error"]["code"]), (2, &json!("usage")), "{arguments:?}");
    }
}

#[test]
fn at_most_four_encrypted_keys_are_opened() {
    let password = file("password-five", "correct horse\n");
    let paste = ["rsa-2048", "ed25519", "p384", "p521", "rsa-4096"]
        .map(|name| text(&format!("keys/encrypted/{name}.pem")))
        .concat();
    let ran = samlcert(&["inspect", "--json", "--password-file", &password], paste.as_bytes());
    let form = ran.json();
    let kinds = form["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(kinds, [&["private-key"; 4][..], &["encrypted-private-key"]].concat());
    let ran = samlcert(&["inspect", "--password-file", &password], paste.as_bytes());
    assert!(ran.out.contains("Only the first 4 encrypted keys are opened"), "{}", ran.out);
}

#[test]
fn the_place_is_pointed_at() {
    let damaged = damaged(&text(CERTIFICATE));
    let at = damaged.find('!').unwrap();
    let ran = samlcert(&["inspect"], damaged.as_bytes());
    assert!(
        ran.out.contains("error[invalid-character]: ") && ran.out.contains("--> standard input:3:5"),
        "{}",
        ran.out
    );
    let utf16 = damaged.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ran = samlcert(&["inspect"], &[&[0xff, 0xfe][..], &utf16].concat());
    assert!(ran.out.contains(&format!("bytes {} to {} of standard input", 2 + 2 * at, 4 + 2 * at)), "{}", ran.out);
    let ran = samlcert(&["inspect"], damaged.replace('\n', "\\n").repeat(20).as_bytes());
    assert!(ran.out.lines().all(|line| line.chars().count() < 200), "{}", ran.out);
}

#[test]
fn control_characters_are_escaped() {
    for name in ["name-control-characters", "name-special-characters", "name-t61", "name-bmp", "name-very-long"] {
        for command in ["inspect", "fingerprint"] {
            let ran = samlcert(&[command, &fixture(&format!("certificates/{name}.pem"))], b"");
            assert_eq!(ran.status, 0, "{name}");
            assert!(!ran.out.contains(|c: char| c != '\n' && c.is_control()), "{name}: {:?}", ran.out);
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let (paste, key) = (fixture(CERTIFICATE), fixture(KEY));
    for arguments in [&["inspect", &paste][..], &["inspect", "--json", &paste], &["check", &paste, &key], &["--help"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_samlcert"))
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for arguments in [&["inspect", "--json"][..], &["inspect"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_samlcert"))
            .args(arguments)
            .arg(path(CERTIFICATE))
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("standard output cannot be written"), "{arguments:?}");
    }
}
