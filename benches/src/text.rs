//! Text to DER, DER to a certificate, and the whole way: beside the physical limit, the peers, and the goals.

use crate::{cost, data, goal};
use base64ct::Encoding;
use openssl::x509::X509;
use rustls_pki_types::pem::PemObject;
use samlcert::{Certificate, PrivateKey};
use std::hint::black_box;
use x509_cert::der::{Decode, DecodePem};

pub(crate) fn run() {
    println!("| work | samlcert, ns | beside | ns | ratio | goal | |\n|---|---|---|---|---|---|---|");
    let pem = String::from_utf8(data("certificates/rsa-2048.pem")).unwrap();
    let limit = limit(&pem);
    canonical(&pem, limit);
    bent(&pem, limit);
    certificate(&pem);
    key();
}

fn characters(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// What no reader can be faster than: the base64 decoded as fast as the machine does, line breaks found.
fn limit(pem: &str) -> u128 {
    let characters = characters(pem);
    let decoded = cost(|| base64_simd::STANDARD.decode_to_vec(black_box(characters.as_bytes())).unwrap());
    let scanned = cost(|| memchr::memchr_iter(b'\n', black_box(pem.as_bytes())).count());
    println!(
        "| limit: base64-simd over the same bytes without line breaks | {decoded} | newline scan | {scanned} | | | |"
    );
    decoded
}

fn canonical(pem: &str, limit: u128) {
    let bytes = pem.as_bytes();
    let own = cost(|| samlcert::pem::decode(black_box(bytes)));
    let peers = [
        ("pem", cost(|| ::pem::parse(black_box(bytes)).unwrap())),
        ("rustls-pki-types", cost(|| rustls_pki_types::CertificateDer::from_pem_slice(black_box(bytes)).unwrap())),
        ("x509-parser", cost(|| x509_parser::pem::parse_x509_pem(black_box(bytes)).unwrap().1)),
        ("pem-rfc7468", cost(|| pem_rfc7468::decode_vec(black_box(bytes)).unwrap())),
    ];
    for (name, cost) in peers {
        println!("| canonical PEM to DER, a peer | | {name} | {cost} | | | |");
    }
    let fastest = peers.iter().map(|(_, cost)| *cost).min().unwrap();
    goal("canonical PEM to DER", own, "limit", limit, 1.5);
    goal("canonical PEM to DER", own, "the fastest peer", fastest, 1.0 / 6.0);
}

fn bent(pem: &str, limit: u128) {
    let characters = characters(pem);
    let framed = |body: &str| format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n");
    let in_lines = |width: usize| {
        let lines: Vec<&str> = characters.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
        framed(&lines.join("\n"))
    };
    let each_line = |prefix: &str| pem.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>();
    let with_blanks = |line: &str| {
        if line.starts_with('-') {
            format!("{line}\n")
        } else {
            line.split_inclusive('A').collect::<Vec<_>>().join(" ") + "\n"
        }
    };
    let forms = [
        ("CRLF", pem.replace('\n', "\r\n"), 4.0),
        ("76 columns", in_lines(76), 4.0),
        ("indented", each_line("    "), 4.0),
        ("one line without header", characters.clone(), 4.0),
        ("\\n-escaped", pem.replace('\n', "\\n"), 4.0),
        ("blanks inside lines", pem.lines().map(with_blanks).collect(), 10.0),
    ];
    for (name, text, most) in forms {
        assert_eq!(samlcert::pem::decode(text.as_bytes()).len(), 1, "{name}");
        goal(
            &format!("{name}, to DER"),
            cost(|| samlcert::pem::decode(black_box(text.as_bytes()))),
            "limit",
            limit,
            most,
        );
    }
    let printed = String::from_utf8(data("texts/x509-text-rsa-2048.txt")).unwrap();
    let begin = printed.find("-----BEGIN").unwrap();
    let prose: String =
        printed[..begin].lines().filter(|line| line.contains(' ')).map(|line| format!("{line}\n")).collect();
    let text = prose.repeat((10_240 - (printed.len() - begin)) / prose.len()) + &printed[begin..];
    let found = cost(|| memchr::memmem::find(black_box(text.as_bytes()), b"-----BEGIN CERTIFICATE-----"));
    let own = cost(|| samlcert::pem::decode(black_box(text.as_bytes())));
    goal(&format!("`openssl -text`, {} bytes, to DER", text.len()), own, "memmem over it", found, 3.0);
}

fn certificate(pem: &str) {
    let der = X509::from_pem(pem.as_bytes()).unwrap().to_der().unwrap();
    let own = cost(|| Certificate::from_der(black_box(&der)).unwrap());
    let parser =
        cost(|| x509_parser::parse_x509_certificate(black_box(&der)).unwrap().1.tbs_certificate.raw_serial().len());
    let cert = cost(|| x509_cert::Certificate::from_der(black_box(&der)).unwrap());
    let openssl = cost(|| X509::from_der(black_box(&der)).unwrap());
    println!("| certificate from DER, a peer | | openssl | {openssl} | | | |");
    goal("certificate from DER", own, "x509-parser", parser, 1.0 / 2.3);
    goal("certificate from DER", own, "x509-cert", cert, 1.0 / 2.3);
    let text = cost(|| samlcert::pem::decode(black_box(pem.as_bytes())));
    let both = |pem: &str| Certificate::from_der(samlcert::pem::decode(pem.as_bytes())[0].secret_bytes()).unwrap();
    let whole = cost(|| both(black_box(pem)));
    goal("PEM to a checked certificate", whole, "the sum of both", text + own, 1.3);
    println!(
        "| PEM to a certificate, a peer | | x509-cert | {} | | | |",
        cost(|| x509_cert::Certificate::from_pem(black_box(pem)).unwrap())
    );
    let verified = verification(&der);
    goal(
        "`normalize`, self-signature verified",
        cost(|| samlcert::normalize(black_box(pem.as_bytes()))),
        "its parts",
        whole + verified,
        1.15,
    );
}

/// ring's one verification of the self-signature; its digest apart.
fn verification(der: &[u8]) -> u128 {
    let parsed = x509_parser::parse_x509_certificate(der).unwrap().1;
    let content = parsed.tbs_certificate.as_ref();
    let key = parsed.tbs_certificate.subject_pki.subject_public_key.data.to_vec();
    let key = ring::signature::UnparsedPublicKey::new(&ring::signature::RSA_PKCS1_2048_8192_SHA256, key);
    let signature = parsed.signature_value.data.to_vec();
    let verified = cost(|| key.verify(black_box(content), &signature).unwrap());
    let digest = cost(|| ring::digest::digest(&ring::digest::SHA256, black_box(content)));
    println!("| limit: ring's verification | | its digest | {digest} | | | |");
    println!("| limit: ring's verification | | all of it | {verified} | | | |");
    verified
}

fn key() {
    let pem = String::from_utf8(data("keys/rsa-2048.pem")).unwrap();
    let characters = characters(&pem);
    let alone = cost(|| {
        let mut buffer = characters.as_bytes().to_vec();
        base64ct::Base64::decode_in_place(black_box(&mut buffer)).unwrap().len()
    });
    goal(
        "private key, PEM to DER",
        cost(|| samlcert::pem::decode(black_box(pem.as_bytes()))),
        "base64ct alone",
        alone,
        1.2,
    );
    assert!(PrivateKey::from_pem(pem.as_bytes()).is_ok());
}
