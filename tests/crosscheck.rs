//! Compares what the crate says of the fixtures with OpenSSL and Python's `cryptography`.
//!
//! A table lists each difference: the file and the rule.

use crate::support::{self, hex, python};
use samlcert::{Certificate, HashAlgorithm};
use serde_json::{Value, json};

/// Asks `tests/data/oracle.py` all questions in one process.
pub(crate) fn ask(questions: &[Value]) -> Vec<Value> {
    let script = support::path("oracle.py");
    let answers = support::output(python(), &[script], json!(questions).to_string().as_bytes());
    serde_json::from_slice(&answers).expect("the oracle answers in JSON")
}

pub(crate) fn openssl(arguments: &[&str], input: &[u8]) -> Result<String, String> {
    let output = support::run("openssl", arguments, input);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// The certificates that are read: file and DER, without the trailer of a TRUSTED CERTIFICATE.
fn certificates() -> Vec<(String, Vec<u8>)> {
    let rows = support::table("certificates/table.tsv").into_iter().filter(|row| row[1] != "refused");
    rows.map(|row| {
        let mut der = support::der(&format!("certificates/{}", row[0]));
        let size = usize::from(der[2]) << 8 | usize::from(der[3]);
        der.truncate(size + 4);
        (row[0].clone(), der)
    })
    .collect()
}

/// Certificates that Python refuses. They are read here because OpenSSL reads them.
const PYTHON_REFUSES: &[(&str, &str)] = &[
    ("name-invalid-printable.pem", "a PrintableString of other characters"),
    ("name-multi-valued-rdn-unsorted.pem", "a SET that is not sorted"),
    ("name-t61.pem", "a T61String"),
];

/// Names that python writes in another way than RFC 4514, section 2.4 has it.
const PYTHON_NAMES: &[(&str, &str)] = &[
    ("name-control-characters.pem", "control characters are not escaped"),
    ("name-email-and-domain.pem", "a dotted OID stands before a string, not before #hex"),
    ("name-numeric.pem", "a dotted OID stands before a string, not before #hex"),
    ("name-unknown-attribute.pem", "a dotted OID stands before a string, not before #hex"),
];

/// Names that OpenSSL writes in another way.
const OPENSSL_NAMES: &[(&str, &str)] = &[
    ("name-control-characters.pem", "a mark that turns the direction of writing is not escaped"),
    ("name-email-and-domain.pem", "emailAddress is not in the table of RFC 4514"),
    ("name-multi-valued-rdn-unsorted.pem", "the parts of one RDN are turned round as well"),
    ("name-multi-valued-rdn.pem", "the parts of one RDN are turned round as well"),
    ("name-numeric.pem", "serialNumber is not in the table of RFC 4514"),
];

/// A curve that is spelled out instead of named (RFC 5480 forbids it) is no P-256 here.
const EXPLICIT_CURVE: &str = "p256-explicit.pem";

pub(crate) fn listed(table: &[(&str, &str)], file: &str) -> bool {
    table.iter().any(|(name, _)| *name == file)
}

#[test]
#[ignore = "needs python"]
fn certificates_as_python_reads_them() {
    let certificates = certificates();
    let questions: Vec<Value> =
        certificates.iter().map(|(_, der)| json!({"do": "certificate", "der": hex(der)})).collect();
    let mut wrong = Vec::new();
    for ((file, der), answer) in certificates.iter().zip(ask(&questions)) {
        let own = Certificate::from_der(der).unwrap_or_else(|error| panic!("{file}: {error}"));
        let refused = listed(PYTHON_REFUSES, file);
        if refused != answer.get("error").is_some() {
            wrong.push(format!("{file}: {answer}"));
        }
        let said = [
            ("subject", json!(own.subject())),
            ("issuer", json!(own.issuer())),
            ("serial", json!(hex(own.serial()))),
            ("not_before", json!(own.validity().not_before().0)),
            ("not_after", json!(own.validity().not_after().0)),
            ("sha1", json!(own.fingerprint(HashAlgorithm::Sha1).to_hex())),
            ("sha256", json!(own.fingerprint(HashAlgorithm::Sha256).to_hex())),
            // Python knows the keys of PSS alone as RSA keys.
            ("key", json!(own.key_algorithm().as_str().trim_end_matches("-pss"))),
            ("bits", json!(own.key_bits())),
        ];
        for (field, value) in said.iter().filter(|(field, _)| answer.get(field).is_some()) {
            if file == EXPLICIT_CURVE && ["key", "bits"].contains(field) {
                continue;
            }
            let name = ["subject", "issuer"].contains(field) && listed(PYTHON_NAMES, file);
            if (answer[field] == *value) == name {
                wrong.push(format!("{file}: {field} is {value}, python says {}", answer[field]));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs openssl"]
fn certificates_as_openssl_reads_them() {
    let mut wrong = Vec::new();
    for (file, der) in certificates() {
        let own = Certificate::from_der(&der).unwrap_or_else(|error| panic!("{file}: {error}"));
        let text = openssl(OPENSSL_X509, &der).unwrap_or_else(|error| panic!("{file}: {error}"));
        // It breaks long serials.
        let text = text.replace("\\\n", "");
        let said = [
            ("subject", own.subject()),
            ("issuer", own.issuer()),
            ("serial", signed_hex(own.serial())),
            ("notBefore", own.validity().not_before().to_string().replace('T', " ")),
            ("notAfter", own.validity().not_after().to_string().replace('T', " ")),
            ("sha256 Fingerprint", own.fingerprint(HashAlgorithm::Sha256).to_string()),
        ];
        for (field, value) in said {
            let line = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix('=')).unwrap_or_default();
            let name = ["subject", "issuer"].contains(&field) && listed(OPENSSL_NAMES, &file);
            if (names_alike(line) == names_alike(&value)) == name {
                wrong.push(format!("{file}: {field} is {value}, openssl says {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const OPENSSL_X509: &[&str] = &[
    "x509",
    "-inform",
    "DER",
    "-noout",
    "-subject",
    "-issuer",
    "-serial",
    "-dates",
    "-sha256",
    "-fingerprint",
    "-dateopt",
    "iso_8601",
    "-nameopt",
    "RFC2253,-esc_msb,utf8",
];

/// OpenSSL writes `#0C…` in upper case, and the crate in lower.
fn names_alike(name: &str) -> String {
    if name.contains("=#") { name.to_lowercase() } else { name.to_owned() }
}

/// The content of an INTEGER as OpenSSL writes it: the amount in hexadecimal, with its sign.
fn signed_hex(content: &[u8]) -> String {
    let negative = content[0] >= 0x80;
    let mut amount = content.to_vec();
    if negative {
        let mut carry = true;
        for byte in amount.iter_mut().rev() {
            (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
        }
    }
    let digits = hex(&amount).to_uppercase();
    let digits = if amount.len() > 1 { digits.strip_prefix("00").unwrap_or(&digits) } else { &digits };
    format!("{}{digits}", if negative { "-" } else { "" })
}
