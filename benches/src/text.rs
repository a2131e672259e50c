//! Text to DER, DER to a certificate, and the whole way: beside the physical limit, the peers, and the goals.

use crate::{Contenders, data};
use base64ct::Encoding;
use openssl::x509::X509;
use rustls_pki_types::pem::PemObject;
use samlcert::{Certificate, PrivateKey};
use std::hint::black_box;
use x509_cert::der::{Decode, DecodePem};

pub(crate) fn run() {
    println!("| work | ns | beside | ns | ratio | goal | |\n|---|---|---|---|---|---|---|");
    let pem = String::from_utf8(data("certificates/rsa-2048.pem")).unwrap();
    texts(&pem);
    printed();
    certificate(&pem);
    key();
}

fn characters(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// What no reader can be faster than: the base64 decoded as fast as the machine does, line breaks found.
const LIMIT: &str = "limit: base64-simd over the same bytes without line breaks";
const SCAN: &str = "limit: the line breaks found";
const CANONICAL: &str = "canonical PEM to DER";
const PEERS: [&str; 4] = [
    "canonical PEM to DER, `pem`",
    "canonical PEM to DER, `rustls-pki-types`",
    "canonical PEM to DER, `x509-parser`",
    "canonical PEM to DER, `pem-rfc7468`",
];

fn texts(pem: &str) {
    let bytes = pem.as_bytes();
    let characters = characters(pem);
    let forms = forms(pem, &characters);
    let mut all = Contenders::default();
    all.add(LIMIT, || base64_simd::STANDARD.decode_to_vec(black_box(characters.as_bytes())).unwrap());
    all.add(SCAN, || memchr::memchr_iter(b'\n', black_box(bytes)).count());
    all.add(PEERS[0], || ::pem::parse(black_box(bytes)).unwrap());
    all.add(PEERS[1], || rustls_pki_types::CertificateDer::from_pem_slice(black_box(bytes)).unwrap());
    all.add(PEERS[2], || x509_parser::pem::parse_x509_pem(black_box(bytes)).unwrap().1);
    all.add(PEERS[3], || pem_rfc7468::decode_vec(black_box(bytes)).unwrap());
    all.add(CANONICAL, || samlcert::pem::decode(black_box(bytes)));
    for (name, text, _) in &forms {
        assert_eq!(samlcert::pem::decode(text.as_bytes()).len(), 1, "{name}");
        all.add(name, || samlcert::pem::decode(black_box(text.as_bytes())));
    }
    let all = all.measured();
    all.show(&[LIMIT, SCAN]);
    all.show(&PEERS);
    all.goal(CANONICAL, LIMIT, 1.5);
    let fastest = PEERS.into_iter().min_by_key(|peer| all.of(peer)).unwrap();
    all.goal(CANONICAL, fastest, 1.0 / 6.0);
    for (name, _, most) in &forms {
        all.goal(name, LIMIT, *most);
    }
}

fn forms(pem: &str, characters: &str) -> [(&'static str, String, f64); 6] {
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
    [
        ("CRLF, to DER", pem.replace('\n', "\r\n"), 4.0),
        ("76 columns, to DER", in_lines(76), 4.0),
        ("indented, to DER", each_line("    "), 4.0),
        ("one line without header, to DER", characters.to_owned(), 4.0),
        ("`\\n`-escaped, to DER", pem.replace('\n', "\\n"), 4.0),
        ("blanks inside lines, to DER", pem.lines().map(with_blanks).collect(), 10.0),
    ]
}

/// What `openssl x509 -text` prints, its prose repeated so that there are 10 KB.
fn printed() {
    let printed = String::from_utf8(data("texts/x509-text-rsa-2048.txt")).unwrap();
    let (prose, block) = printed.split_at(printed.find("-----BEGIN").unwrap());
    let text = prose.repeat((10_240 - block.len()).div_ceil(prose.len())) + block;
    assert_eq!(samlcert::pem::decode(text.as_bytes()).len(), 1);
    let work = format!("`openssl -text`, {} bytes, to DER", text.len());
    let mut all = Contenders::default();
    all.add("text", || samlcert::pem::decode(black_box(text.as_bytes())));
    all.add("memmem over it", || memchr::memmem::find(black_box(text.as_bytes()), b"-----BEGIN CERTIFICATE-----"));
    let all = all.measured();
    all.goal_of(&work, all.of("text"), "memmem over it", all.of("memmem over it"), 3.0);
}

fn certificate(pem: &str) {
    let der = X509::from_pem(pem.as_bytes()).unwrap().to_der().unwrap();
    let both = |pem: &str| Certificate::from_der(samlcert::pem::decode(pem.as_bytes())[0].secret_bytes()).unwrap();
    let verify = verification(&der);
    let signed = x509_parser::parse_x509_certificate(&der).unwrap().1;
    let mut all = Contenders::default();
    all.add("text", || samlcert::pem::decode(black_box(pem.as_bytes())));
    all.add("certificate from DER", || Certificate::from_der(black_box(&der)).unwrap());
    all.add("x509-parser", || {
        x509_parser::parse_x509_certificate(black_box(&der)).unwrap().1.tbs_certificate.raw_serial().len()
    });
    all.add("x509-cert", || x509_cert::Certificate::from_der(black_box(&der)).unwrap());
    all.add("certificate from DER, `openssl`", || X509::from_der(black_box(&der)).unwrap());
    all.add("certificate from PEM, `x509-cert`", || x509_cert::Certificate::from_pem(black_box(pem)).unwrap());
    all.add("PEM to a checked certificate", || both(black_box(pem)));
    all.add("limit: ring's digest of a certificate", || {
        ring::digest::digest(&ring::digest::SHA256, black_box(signed.tbs_certificate.as_ref()))
    });
    all.add("limit: ring's verification of a certificate", verify);
    all.add("`normalize`, self-signature verified", || samlcert::normalize(black_box(pem.as_bytes())));
    let all = all.measured();
    all.show(&["certificate from DER, `openssl`", "certificate from PEM, `x509-cert`"]);
    all.show(&["limit: ring's digest of a certificate", "limit: ring's verification of a certificate"]);
    all.goal("certificate from DER", "x509-parser", 1.0 / 2.3);
    all.goal("certificate from DER", "x509-cert", 1.0 / 2.3);
    let whole = all.of("PEM to a checked certificate");
    let sum = all.of("text") + all.of("certificate from DER");
    all.goal_of("PEM to a checked certificate", whole, "the sum of both", sum, 1.3);
    let normalized = all.of("`normalize`, self-signature verified");
    let parts = whole + all.of("limit: ring's verification of a certificate");
    all.goal_of("`normalize`, self-signature verified", normalized, "its parts", parts, 1.15);
}

/// ring's one verification of the self-signature.
fn verification(der: &[u8]) -> impl FnMut() + 'static {
    let parsed = x509_parser::parse_x509_certificate(der).unwrap().1;
    let content = parsed.tbs_certificate.as_ref().to_vec();
    let key = parsed.tbs_certificate.subject_pki.subject_public_key.data.to_vec();
    let key = ring::signature::UnparsedPublicKey::new(&ring::signature::RSA_PKCS1_2048_8192_SHA256, key);
    let signature = parsed.signature_value.data.to_vec();
    move || key.verify(black_box(&content), &signature).unwrap()
}

fn key() {
    let pem = String::from_utf8(data("keys/rsa-2048.pem")).unwrap();
    assert!(PrivateKey::from_pem(pem.as_bytes()).is_ok());
    let characters = characters(&pem);
    let mut all = Contenders::default();
    all.add("private key, PEM to DER", || samlcert::pem::decode(black_box(pem.as_bytes())));
    all.add("base64ct alone", || {
        let mut buffer = characters.as_bytes().to_vec();
        base64ct::Base64::decode_in_place(black_box(&mut buffer)).unwrap().len()
    });
    all.measured().goal("private key, PEM to DER", "base64ct alone", 1.2);
}
