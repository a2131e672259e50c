//! Compares the tampered pairs, and the signatures of sound pairs, with what OpenSSL and Python's `cryptography` say of
//! them.

use crate::crosscheck::{ask, listed, openssl};
use crate::support::{self, hex};
use samlcert::{CertKeyPair, Certificate, PrivateKey, SignatureScheme, SystemEntropy};
use serde_json::{Value, json};
use std::path::Path;

/// What the crate says of a key beside a certificate, in the words of `tampered/table.tsv`.
fn verdict(key: &[u8], certificate: &[u8]) -> String {
    let key = match PrivateKey::from_der(key) {
        Ok(key) => key,
        Err(error) => return format!("refused {}", error.code()),
    };
    let certificate = Certificate::from_der(certificate).expect("the certificates of the table are sound");
    let pair = match CertKeyPair::new(certificate, key) {
        Ok(pair) => pair,
        Err(error) => return error.code().to_string(),
    };
    match pair.test_signature(&mut SystemEntropy) {
        Ok(()) => "match".into(),
        Err(error) => error.code().to_string(),
    }
}

#[test]
fn tampered_pairs_as_their_making_says() {
    let mut wrong = Vec::new();
    for row in support::table("tampered/table.tsv") {
        let said = verdict(&support::data(&format!("tampered/{}", row[0])), &support::der(&row[3]));
        if row[2] != said {
            wrong.push(format!("{}: {said}, not {}", row[0], row[2]));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Pairs that match here although neither tool takes the key, and the rule.
const ONLY_HERE: &[(&str, &str)] = &[
    ("ed25519-v2-public-own.der", "PKCS#8 v2 (RFC 5958), which neither reads"),
    ("p256-v2-public-own.der", "PKCS#8 v2 (RFC 5958), which neither reads"),
    ("p384-v2-public-own.der", "PKCS#8 v2 (RFC 5958), which neither reads"),
    ("p521-v2-public-own.der", "PKCS#8 v2 (RFC 5958), which neither reads"),
    ("rsa-v2-public-own.der", "PKCS#8 v2 (RFC 5958), which neither reads"),
];

/// Pairs that a tool accepts and the crate refuses, and the rule.
const ONLY_ELSEWHERE: &[(&str, &str)] = &[
    ("ed25519-trailing-in-octets.der", "RFC 8410, section 7: the octets are one CurvePrivateKey"),
    ("ed25519-version-2.der", "RFC 5958, section 2: the version is 0 or 1"),
    ("p256-d-one-octet-more.der", "RFC 5915, section 3: the secret has the length of the order"),
    ("p256-public-hybrid.der", "RFC 5480, section 2.2 has no hybrid points"),
    ("p256-sec1-version-0.der", "RFC 5915, section 3: the version is 1"),
    ("p384-d-one-octet-more.der", "RFC 5915, section 3: the secret has the length of the order"),
    ("p384-public-hybrid.der", "RFC 5480, section 2.2 has no hybrid points"),
    ("p384-sec1-version-0.der", "RFC 5915, section 3: the version is 1"),
    ("p521-d-one-octet-more.der", "RFC 5915, section 3: the secret has the length of the order"),
    ("p521-public-hybrid.der", "RFC 5480, section 2.2 has no hybrid points"),
    ("p521-sec1-version-0.der", "RFC 5915, section 3: the version is 1"),
    ("rsa-d-larger-than-n.der", "RFC 8017, section 3.2: d is less than n"),
    ("rsa-not-minimal-integer.der", "X.690, section 8.3.2: an INTEGER has its shortest form"),
    ("rsa-pss-key-of-plain-certificate.der", "RFC 4055, section 1.2: a key of PSS alone is none for every padding"),
    ("rsa-version-0-with-other-primes.der", "RFC 8017, appendix A.1.2: version 0 has no other primes"),
];

#[test]
#[ignore = "needs openssl and python"]
fn tampered_pairs_as_the_tools_take_them() {
    let rows = support::table("tampered/table.tsv");
    let files: Vec<_> =
        rows.iter().map(|row| (support::data(&format!("tampered/{}", row[0])), support::der(&row[3]))).collect();
    let questions: Vec<Value> =
        files.iter().map(|(key, der)| json!({"do": "pair", "data": hex(key), "der": hex(der)})).collect();
    let mut wrong = Vec::new();
    for ((row, (key, der)), answer) in rows.iter().zip(&files).zip(ask(&questions)) {
        let here = verdict(key, der) == "match";
        let there = answer["match"] == json!(true) || openssl_pairs(key, der);
        let told = if here { listed(ONLY_HERE, &row[0]) } else { listed(ONLY_ELSEWHERE, &row[0]) };
        if (here == there) == told {
            wrong.push(format!("{}: {}, the tools say {there}", row[0], row[2]));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether OpenSSL finds the key sound, and its public half the certificate's.
fn openssl_pairs(key: &[u8], certificate: &[u8]) -> bool {
    let check = openssl(&["pkey", "-inform", "DER", "-check", "-pubout"], key);
    let sound = check.is_ok_and(|text| text.contains("Key is valid"));
    let public = |arguments: &[&str], input: &[u8]| openssl(arguments, input).ok();
    let own = public(&["pkey", "-inform", "DER", "-pubout"], key);
    sound && own.is_some() && own == public(&["x509", "-inform", "DER", "-pubkey", "-noout"], certificate)
}

/// Each scheme, the oracle's name of it, and the options of `openssl dgst`.
const SCHEMES: &[(SignatureScheme, &str, &str)] = &[
    (SignatureScheme::RsaPkcs1Sha256, "pkcs1-256", "-sha256"),
    (SignatureScheme::RsaPkcs1Sha384, "pkcs1-384", "-sha384"),
    (SignatureScheme::RsaPkcs1Sha512, "pkcs1-512", "-sha512"),
    (SignatureScheme::RsaPssSha256, "pss-256", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32"),
    (SignatureScheme::RsaPssSha384, "pss-384", "-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48"),
    (SignatureScheme::RsaPssSha512, "pss-512", "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:64"),
    (SignatureScheme::EcdsaSha256, "ecdsa-256", "-sha256"),
    (SignatureScheme::EcdsaSha384, "ecdsa-384", "-sha384"),
    (SignatureScheme::EcdsaSha512, "ecdsa-512", "-sha512"),
    (SignatureScheme::Ed25519, "ed25519", ""),
];

const SIGNERS: &[&str] = &[
    "rsa-1024",
    "rsa-2048",
    "rsa-3072",
    "rsa-4096",
    "rsa-2048-e3",
    "rsa-pss-2048",
    "rsa-pss-2048-sha256",
    "p256",
    "p384",
    "p521",
    "ed25519",
];

/// Whether a key of this fixture signs by this scheme.
fn signs(name: &str, scheme: &str) -> bool {
    match name {
        "rsa-pss-2048-sha256" => scheme == "pss-256",
        "rsa-pss-2048" => scheme.starts_with("pss-"),
        // The hash and a salt of its length do not fit into 1024 bits.
        "rsa-1024" if scheme == "pss-512" => false,
        _ if name.starts_with("rsa-") => scheme.starts_with("pss-") || scheme.starts_with("pkcs1-"),
        "ed25519" => scheme == "ed25519",
        _ => scheme.starts_with("ecdsa-"),
    }
}

#[test]
#[ignore = "needs openssl and python"]
fn signatures_as_the_tools_verify_them() {
    let message = b"<ds:SignedInfo/>";
    let mut questions = Vec::new();
    for name in SIGNERS {
        let certificate =
            Certificate::from_der(&support::der(&format!("certificates/{name}.pem"))).expect("a certificate");
        let key = PrivateKey::from_der(&support::der(&format!("keys/{name}.pem"))).expect("a key");
        let pair = CertKeyPair::new(certificate, key).expect("a pair");
        for (scheme, oracle, options) in SCHEMES {
            let signed = pair.sign(*scheme, message, &mut SystemEntropy);
            assert_eq!(signed.is_ok(), signs(name, oracle), "{name} {oracle}: {signed:?}");
            let Ok(signature) = signed else { continue };
            assert!(openssl_verifies(name, options, message, &signature), "{name} {oracle}");
            let spki = hex(pair.certificate().spki_der());
            questions.push(json!({"do": "verify", "scheme": oracle, "spki": spki, "message": hex(message), "signature": hex(&signature)}));
        }
    }
    let wrong: Vec<_> =
        ask(&questions).into_iter().zip(&questions).filter(|(answer, _)| answer["valid"] != json!(true)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn openssl_verifies(name: &str, options: &str, message: &[u8], signature: &[u8]) -> bool {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let write = |file: &str, bytes: &[u8]| {
        let path = folder.join(format!("{name}.{file}"));
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let certificate = support::der(&format!("certificates/{name}.pem"));
    let public = openssl(&["x509", "-inform", "DER", "-pubkey", "-noout"], &certificate).unwrap();
    let (public, message, signature) =
        (write("public", public.as_bytes()), write("message", message), write("signature", signature));
    let verified = if options.is_empty() {
        openssl(
            &["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", &public, "-in", &message, "-sigfile", &signature],
            b"",
        )
    } else {
        let mut arguments = vec!["dgst", "-verify", &public, "-signature", &signature];
        arguments.extend(options.split(' '));
        arguments.push(&message);
        openssl(&arguments, b"")
    };
    verified.is_ok()
}
