//! Names and requests, compared with what `x509-cert` reads in the same bytes.

use std::collections::BTreeMap;

use der::Decode;
use samlcert::Certificate;
use x509_cert::certificate::{CertificateInner, Raw};

use crate::support::table;

/// The certificates that are read: file, certificate.
fn certificates() -> Vec<(String, Certificate)> {
    let rows = table("certificates/table.tsv").into_iter().filter(|row| row[1] != "refused");
    rows.map(|row| {
        let text = crate::support::data(&format!("certificates/{}", row[0]));
        let certificate = Certificate::from_pem(&text).unwrap_or_else(|error| panic!("{}: {error}", row[0]));
        (row[0].clone(), certificate)
    })
    .collect()
}

/// Certificates that `x509-cert` does not read, even with its laxest profile, and the rule.
const UNREAD: &[(&str, &str)] = &[
    ("dates-1950.pem", "RFC 5280, section 4.1.2.5.1: a UTCTime begins in 1950; that of `der` begins in 1970"),
    ("dates-1969-1970.pem", "RFC 5280, section 4.1.2.5.1: a UTCTime begins in 1950; that of `der` begins in 1970"),
    (
        "name-universal.pem",
        "RFC 5280, section 4.1.2.4: a DirectoryString may be a UniversalString; `der` has no such tag",
    ),
];

/// Subjects that `x509-cert` writes in another way: file, what it writes, and the rule.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "name-bmp.pem",
        "2.5.4.3=#1e1a017d006c00750165006f0075010d006b00fd0020006b016f0148,C=DE",
        "RFC 4514, section 2.4: a BMPString has characters, and is written as they are",
    ),
    (
        "name-control-characters.pem",
        "CN=idp\\1b[31m\\0d\\0a\u{202e}example,C=DE",
        "RFC 4514, section 2.4 leaves free which characters are escaped, and how hexadecimal is written: what turns the \
         direction of writing is escaped here, in capital letters",
    ),
    (
        "name-email-and-domain.pem",
        "UID=jdoe,EMAIL=admin@example.org,DC=example,DC=org",
        "RFC 4514, section 3: an attribute type that is not in the table is a dotted OID, and its value `#` and hexadecimal",
    ),
    (
        "name-invalid-printable.pem",
        "2.5.4.3=#1307612a6240635f64,C=DE",
        "X.680, section 41.4: a PrintableString has no `*`, `@` or `_`; that is noted here, and OpenSSL reads it too",
    ),
    (
        "name-multi-valued-rdn-unsorted.pem",
        "O=Example,OU=SSO+CN=idp.example.org",
        "X.690, section 11.6: a set is sorted; `x509-cert` sorts it, here it is written as it stands, and noted",
    ),
    (
        "name-t61.pem",
        "2.5.4.3=#140b556e69766572736974e474,C=DE",
        "RFC 5280, section 4.1.2.4: a TeletexString may stand in an old name; here it is read as Latin-1, and noted",
    ),
];

#[test]
fn names_of_every_fixture() {
    let (mut unread, mut different) = (Vec::new(), BTreeMap::new());
    for (file, certificate) in certificates() {
        let Ok(read) = CertificateInner::<Raw>::from_der(certificate.der()) else {
            unread.push(file);
            continue;
        };
        let tbs = read.tbs_certificate();
        for (own, other) in [(certificate.subject(), tbs.subject()), (certificate.issuer(), tbs.issuer())] {
            if own != other.to_string() {
                different.insert(file.clone(), other.to_string());
            }
        }
    }
    assert_eq!(unread, UNREAD.iter().map(|(file, _)| *file).collect::<Vec<_>>());
    let explained = NAMES.iter().map(|(file, text, _)| (file.to_string(), text.to_string())).collect();
    assert_eq!(different, explained);
}

#[cfg(feature = "issue")]
mod requests {
    use super::*;
    use crate::support::{data, path};
    use der::Encode;
    use p521::ecdsa::signature::Verifier;
    use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
    use samlcert::{CertKeyPair, SystemEntropy, csr, normalize};
    use x509_cert::name::Name;
    use x509_cert::request::CertReq;

    /// Every pair of the fixtures, and those to step through the life of an application with.
    fn pairs() -> Vec<(String, CertKeyPair)> {
        let mut pairs = crate::renew::pairs();
        for entry in std::fs::read_dir(path("pool")).unwrap() {
            let name = format!("pool/{}", entry.unwrap().file_name().to_str().unwrap());
            pairs.push((name.clone(), normalize(&data(&name)).into_pair().unwrap()));
        }
        pairs
    }

    /// Each request has subject and key of the certificate, byte for byte, no attributes, and a signature by that key.
    #[test]
    fn of_every_pair() {
        for (name, pair) in pairs() {
            let der = csr(&pair, &mut SystemEntropy).unwrap().der().to_vec();
            let Ok(request) = CertReq::from_der(&der) else {
                assert_eq!(name, "name-universal.pem", "see `UNREAD`");
                continue;
            };
            let info = crate::support::children(&der)[0];
            let certificate = pair.certificate();
            let subject = crate::support::children(info)[1];
            assert_eq!(request.info.public_key.to_der().unwrap(), certificate.spki_der(), "{name}");
            assert_eq!(request.info.subject, Name::from_der(subject).unwrap(), "{name}");
            assert!(certificate.der().windows(subject.len()).any(|window| window == subject), "{name}");
            assert!(request.info.attributes.is_empty(), "{name}");
            assert!(verifies(&request, info), "{name}: {}", request.algorithm.oid);
        }
    }

    /// With the hash of the size of the curve; `ring` reads no compressed points.
    macro_rules! verifies_on {
        ($curve:ident, $key:ident, $message:ident, $signature:ident) => {{
            let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes($key).unwrap();
            $curve::ecdsa::DerSignature::from_bytes($signature).is_ok_and(|made| key.verify($message, &made).is_ok())
        }};
    }

    fn verifies(request: &CertReq, info: &[u8]) -> bool {
        let key = request.info.public_key.subject_public_key.raw_bytes();
        let signature = request.signature.raw_bytes();
        let algorithm: &dyn VerificationAlgorithm = match request.algorithm.oid.to_string().as_str() {
            "1.2.840.113549.1.1.11" => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            "1.2.840.113549.1.1.10" => &signature::RSA_PSS_2048_8192_SHA256,
            "1.2.840.10045.4.3.2" => return verifies_on!(p256, key, info, signature),
            "1.2.840.10045.4.3.3" => return verifies_on!(p384, key, info, signature),
            "1.2.840.10045.4.3.4" => return verifies_on!(p521, key, info, signature),
            "1.3.101.112" => &signature::ED25519,
            _ => return false,
        };
        UnparsedPublicKey::new(algorithm, key).verify(info, signature).is_ok()
    }
}
