//! Compares new pairs, renewals and requests with what OpenSSL, Python's `cryptography` and Go say of them.

use crate::crosscheck::{ask, openssl};
use crate::issue::{NOW, request};
use crate::renew::{pairs, renewed};
use crate::support::{self, Seeded, der, hex};
use samlcert::pem::Form;
use samlcert::{CertKeyPair, Certificate, KeyKind, Lifetime, PrivateKey, SelfSignature, SystemEntropy, UnixTime, csr};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that only one test uses.
fn file(name: &str, bytes: &[u8]) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("issue-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Asks `tests/data/oracle.go` all questions in one process.
fn ask_go(questions: &[Value]) -> Vec<Value> {
    let script = support::path("oracle.go");
    let arguments = ["run", script.to_str().unwrap()];
    let answers = support::output("go", &arguments, json!(questions).to_string().as_bytes());
    serde_json::from_slice(&answers).expect("the oracle answers in JSON")
}

/// Whether OpenSSL takes the certificate for one that it can trust, if it is told to trust it.
fn openssl_verifies(name: &str, certificate: &Certificate, options: &[&str]) -> Result<String, String> {
    let path = file(&format!("{name}.pem"), &certificate.write(Form::Pem));
    let verified = openssl(&[&["verify"], options, &["-CAfile", &path, &path]].concat(), b"");
    std::fs::remove_file(&path).unwrap();
    verified
}

/// A pair of each kind with all that a subject may have, and one that ends after 2049.
fn issued() -> Vec<(String, CertKeyPair)> {
    let full = request()
        .organization("Beispiel & Söhne")
        .unwrap()
        .organizational_unit("Login")
        .unwrap()
        .country("DE")
        .unwrap();
    let issue = |kind: &KeyKind| {
        let pair = full.clone().key_kind(*kind).issue(NOW, &mut Seeded::new(1)).unwrap();
        (kind.to_string(), pair)
    };
    let mut pairs: Vec<_> = KeyKind::ALL.iter().map(issue).collect();
    let long = request().key_kind(KeyKind::EcP256).lifetime(Lifetime::years(100).unwrap().back_dated(300));
    pairs.push(("long".into(), long.issue(NOW, &mut Seeded::new(2)).unwrap()));
    pairs
}

#[test]
#[ignore = "needs openssl"]
fn what_is_issued_as_openssl_takes_it() {
    let time = (NOW.0 + 1).to_string();
    for (name, pair) in issued() {
        let said = openssl_verifies(&name, pair.certificate(), &["-x509_strict", "-check_ss_sig", "-attime", &time]);
        assert!(said.as_ref().is_ok_and(|text| text.trim_end().ends_with(": OK")), "{name}: {said:?}");
        let key = pair.private_key().secret_write(Form::Pem).unwrap();
        let said = openssl(&["pkey", "-check", "-noout"], key.secret_bytes());
        assert!(said.as_ref().is_ok_and(|text| text.contains("Key is valid")), "{name}: {said:?}");
        let text = openssl(
            &["x509", "-noout", "-text", "-nameopt", "RFC2253,utf8,-esc_msb"],
            &pair.certificate().write(Form::Pem),
        );
        let text = text.unwrap();
        for part in [
            "Version: 3 (0x2)",
            "X509v3 Basic Constraints: critical\n                CA:FALSE\n",
            "X509v3 Key Usage: critical\n                Digital Signature\n",
            "X509v3 Subject Key Identifier: \n",
            "Not Before: Nov 24 09:5",
            &format!("Subject: {}\n", pair.certificate().subject()),
        ] {
            assert!(text.contains(part), "{name}: {part} is not in {text}");
        }
    }
}

#[test]
#[ignore = "needs python"]
fn what_is_issued_as_python_takes_it() {
    let pairs = issued();
    let questions: Vec<Value> = pairs
        .iter()
        .map(|(_, pair)| {
            let key = hex(pair.private_key().secret_der());
            json!({"do": "issued", "der": hex(pair.certificate().der()), "data": key})
        })
        .collect();
    for ((name, pair), answer) in pairs.iter().zip(ask(&questions)) {
        let validity = pair.certificate().validity();
        let expected = json!({
            "match": true,
            "version": 3,
            "serial": hex(pair.certificate().serial()),
            "subject": pair.certificate().subject(),
            "not_before": validity.not_before().0,
            "not_after": validity.not_after().0,
            "extensions": ["keyUsage critical", "subjectKeyIdentifier", "basicConstraints critical"],
            "ca": false,
            "usage": ["digital_signature"],
            "key_identifier": true,
        });
        assert_eq!(answer, expected, "{name}");
    }
}

#[test]
#[ignore = "needs go"]
fn what_is_issued_as_go_takes_it() {
    let pairs = issued();
    let mut questions = Vec::new();
    for (_, pair) in &pairs {
        let (certificate, key) = (hex(pair.certificate().der()), hex(pair.private_key().secret_der()));
        questions.push(json!({"do": "issued", "der": certificate, "key": key, "now": NOW.0 + 1}));
        let renewed = renewed(pair).unwrap();
        questions.push(json!({"do": "issued", "der": hex(renewed.certificate().der()), "key": key, "now": NOW.0 + 1}));
        let request = csr(pair, &mut Seeded::new(1)).unwrap();
        questions.push(json!({"do": "requested", "der": certificate, "key": hex(request.der())}));
    }
    // The oracle does report faults.
    let (one, other) = (&pairs[3].1, &pairs[4].1);
    let (certificate, key) = (hex(one.certificate().der()), hex(other.private_key().secret_der()));
    questions.push(json!({"do": "issued", "der": certificate, "key": key, "now": NOW.0 + 1}));
    questions.push(
        json!({"do": "issued", "der": certificate, "key": hex(one.private_key().secret_der()), "now": NOW.0 - 1}),
    );
    let answers = ask_go(&questions);
    let (good, wrong) = answers.split_at(answers.len() - 2);
    assert!(good.iter().all(|answer| answer["valid"] == true), "{good:?}");
    assert!(wrong.iter().all(|answer| answer["valid"] == false), "{wrong:?}");
}

/// Each self-signed fixture and what it is renewed to.
fn renewals() -> Vec<(String, CertKeyPair, CertKeyPair)> {
    let self_signed = |pair: &CertKeyPair| pair.certificate().self_signature() != SelfSignature::NotSelfSigned;
    let renew = |(name, pair): (String, CertKeyPair)| {
        let renewed = renewed(&pair).unwrap();
        (name, pair, renewed)
    };
    pairs().into_iter().filter(|(_, pair)| self_signed(pair)).map(renew).collect()
}

/// A renewed certificate is accepted wherever the old one was, apart from its dates.
#[test]
#[ignore = "needs openssl"]
fn what_is_renewed_as_openssl_takes_it() {
    let mut taken = 0;
    for (name, old, new) in renewals() {
        let verify = |pair: &CertKeyPair| openssl_verifies(&name, pair.certificate(), &["-no_check_time"]);
        let (was, is) = (verify(&old), verify(&new));
        assert!(is.is_ok() || was.is_err(), "{name}: {was:?}, now {is:?}");
        taken += usize::from(is.is_ok());
    }
    assert!(taken > 60, "{taken}");
}

#[test]
#[ignore = "needs go"]
fn what_is_renewed_as_go_takes_it() {
    let renewals = renewals();
    let ask = |pairs: Vec<&CertKeyPair>| {
        let question = |pair: &CertKeyPair| json!({"do": "self-signed", "der": hex(pair.certificate().der())});
        ask_go(&pairs.into_iter().map(question).collect::<Vec<_>>())
    };
    let old = ask(renewals.iter().map(|(_, old, _)| old).collect());
    let new = ask(renewals.iter().map(|(_, _, new)| new).collect());
    let mut taken = 0;
    for (((name, ..), was), is) in renewals.iter().zip(old).zip(new) {
        assert!(is["valid"] == true || was["valid"] == false, "{name}: {was}, now {is}");
        taken += usize::from(is["valid"] == true);
    }
    assert!(taken > 50, "{taken}");
}

/// The way out of a certificate that cannot be renewed: a request for the same key, to which the answer belongs.
#[test]
#[ignore = "needs openssl"]
fn a_ca_answers_a_request_with_a_certificate_of_the_same_key() {
    let (ca, ca_key) = (support::path("certificates/chain-root.pem"), support::path("keys/chain-root.pem"));
    let sign = [
        "x509",
        "-req",
        "-days",
        "9",
        "-outform",
        "DER",
        "-CA",
        ca.to_str().unwrap(),
        "-CAkey",
        ca_key.to_str().unwrap(),
    ];
    for (name, pair) in pairs() {
        let request = csr(&pair, &mut SystemEntropy).unwrap();
        let pem = request.write(Form::Pem).unwrap();
        openssl(&["req", "-verify", "-noout"], &pem).unwrap_or_else(|error| panic!("{name}: {error}"));
        let answer = support::output("openssl", &sign, &pem);
        let answer = Certificate::from_der(&answer).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(answer.subject(), pair.certificate().subject(), "{name}");
        CertKeyPair::new(answer, Arc::clone(pair.private_key())).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// A certificate whose authority key identifier names its own serial number, as old settings of OpenSSL made it, is
/// refused, since a renewed one that has it too is no longer taken for self-signed.
#[test]
#[ignore = "needs openssl"]
fn a_serial_number_in_the_extensions_stands_in_the_way() {
    let key = support::path("keys/p256.pem");
    let options = ["req", "-x509", "-new", "-outform", "DER", "-subj", "/CN=old", "-key", key.to_str().unwrap()];
    let extension = ["-addext", "authorityKeyIdentifier=keyid:always,issuer:always"];
    let made = Certificate::from_der(&support::output("openssl", &[&options[..], &extension].concat(), b"")).unwrap();
    assert!(openssl_verifies("serial", &made, &[]).is_ok());
    let pair = CertKeyPair::new(made, PrivateKey::from_der(&der("keys/p256.pem")).unwrap()).unwrap();
    assert_eq!(renewed(&pair).map(drop), Err(samlcert::IssueError::NamesSerial));
}

const MANY: usize = 1000;

/// RSA keys as `openssl pkey -check` takes them: in two threads, since most of the work is its.
fn make(count: usize) -> Vec<CertKeyPair> {
    let now = UnixTime(NOW.0);
    (0..count)
        .map(|_| {
            let pair = request().issue(now, &mut SystemEntropy).unwrap();
            let pem = pair.private_key().secret_write(Form::Pem).unwrap();
            let said = openssl(&["pkey", "-check", "-noout"], pem.secret_bytes());
            assert!(said.as_ref().is_ok_and(|text| text.contains("Key is valid")), "{said:?}");
            pair
        })
        .collect()
}

#[test]
#[ignore = "needs openssl and python, and minutes"]
fn a_thousand_keys_share_no_prime_and_no_serial_number() {
    let half = MANY / 2;
    let pairs: Vec<CertKeyPair> = std::thread::scope(|scope| {
        let threads = [scope.spawn(|| make(half)), scope.spawn(|| make(MANY - half))];
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let serials: BTreeSet<&[u8]> = pairs.iter().map(|pair| pair.certificate().serial()).collect();
    assert_eq!(serials.len(), MANY);
    assert!(serials.iter().all(|serial| serial.len() == 16 && (0x01..0x80).contains(&serial[0])));
    let moduli = |pairs: &[CertKeyPair]| -> Vec<String> {
        pairs.iter().map(|pair| hex(pair.certificate().spki_der())).collect()
    };
    let shared = |keys: Vec<String>| ask(&[json!({"do": "shared", "keys": keys})])[0]["shared"].clone();
    assert_eq!(shared(moduli(&pairs)), json!([]));
    // It finds a prime that two keys share, and the same key twice.
    let again = [moduli(&pairs[..3]), moduli(&pairs[1..2])].concat();
    assert_eq!(shared(again), json!([1, 3]));
}
