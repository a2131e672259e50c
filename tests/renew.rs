//! Renewed certificates, and requests for the same key: what is copied byte for byte, what is new, and which way out a
//! refusal names.

use crate::issue::{NOW, request};
use crate::made::{Made, aki, common_name, extension, ski, tlv};
use crate::support::{Seeded, children, content, data, der, hex, table};
use samlcert::pem::Form;
use samlcert::{
    CertKeyPair, Certificate, Entropy, EntropyError, ErrorCode, IssueError, KeyKind, Lifetime, PrivateKey, Relation,
    SelfSignature, compare, csr, normalize, renew,
};
use std::sync::Arc;

/// Every private key of the fixtures that is read.
fn keys() -> Vec<Arc<PrivateKey>> {
    let rows = table("keys/table.tsv").into_iter().filter(|row| row.len() == 5 && !row[0].contains("pkcs1"));
    rows.map(|row| Arc::new(PrivateKey::from_der(&der(&format!("keys/{}", row[0]))).unwrap())).collect()
}

/// The pairs of the fixtures: certificate and its key, whichever file that is in.
pub(crate) fn pairs() -> Vec<(String, CertKeyPair)> {
    let keys = keys();
    let rows = table("certificates/table.tsv").into_iter().filter(|row| row[1] != "refused");
    let pair = |row: Vec<String>| {
        let text = data(&format!("certificates/{}", row[0]));
        let certificate = normalize(&text).into_certificate().ok()?;
        let pair = keys.iter().find_map(|key| CertKeyPair::new(certificate.clone(), Arc::clone(key)).ok())?;
        Some((row[0].clone(), pair))
    };
    let pairs: Vec<_> = rows.filter_map(pair).collect();
    assert!(pairs.len() > 70, "{}", pairs.len());
    pairs
}

fn pair(name: &str) -> CertKeyPair {
    pairs().into_iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name} has no key")).1
}

/// The fields of the signed part, each whole; of version 1 without its version.
fn fields(certificate: &Certificate) -> Vec<Vec<u8>> {
    let fields = children(children(certificate.der())[0]);
    fields.into_iter().filter(|field| field[0] != 0xa0).map(<[u8]>::to_vec).collect()
}

pub(crate) fn renewed(pair: &CertKeyPair) -> Result<CertKeyPair, IssueError> {
    renew(pair, Lifetime::FIVE_YEARS, NOW, &mut Seeded::new(1))
}

/// What a key signs its own certificate with.
fn own_algorithm(pair: &CertKeyPair) -> &'static str {
    match pair.certificate().key_algorithm().as_str() {
        "rsa" => "sha256WithRSAEncryption",
        "rsa-pss" => "rsassaPss",
        "ec-p256" => "ecdsa-with-SHA256",
        "ec-p384" => "ecdsa-with-SHA384",
        "ec-p521" => "ecdsa-with-SHA512",
        "ed25519" => "ED25519",
        other => panic!("{other}"),
    }
}

#[test]
fn every_self_signed_fixture_is_renewed_byte_by_byte() {
    let mut count = 0;
    for (name, pair) in pairs() {
        let old = pair.certificate();
        if old.self_signature() == SelfSignature::NotSelfSigned {
            assert_eq!(renewed(&pair).map(drop), Err(IssueError::SignedByCa), "{name}");
            continue;
        }
        count += 1;
        let renewed = renewed(&pair).unwrap_or_else(|error| panic!("{name}: {error}"));
        let new = renewed.certificate();
        let (was, is) = (fields(old), fields(new));
        // Serial number, algorithm, issuer, validity, subject, SPKI, and what follows.
        assert_ne!(was[0], is[0], "{name}");
        assert_eq!(was[2], is[2], "{name}");
        assert_eq!(was[4..], is[4..], "{name}");
        assert_eq!((old.version(), new.serial().len()), (new.version(), 16), "{name}");
        assert_eq!(new.validity(), Lifetime::FIVE_YEARS.validity(NOW).unwrap(), "{name}");
        assert_eq!(new.self_signature(), SelfSignature::Valid, "{name}");
        assert_eq!(new.signature_algorithm().as_str(), own_algorithm(&pair), "{name}");
        assert_eq!(compare(old, new).relation(), Relation::SameKeyRenewed, "{name}");
        assert!(Arc::ptr_eq(pair.private_key(), renewed.private_key()), "{name}");
    }
    assert!(count > 60, "{count}");
}

#[test]
fn the_same_randomness_renews_to_the_same_bytes() {
    for name in ["rsa-2048.pem", "rsa-pss-2048.pem", "p256.pem", "ed25519.pem"] {
        let pair = pair(name);
        let renew =
            |seed| renew(&pair, Lifetime::days(90).unwrap().back_dated(60), NOW, &mut Seeded::new(seed)).unwrap();
        assert_eq!(renew(1).certificate(), renew(1).certificate(), "{name}");
        assert_ne!(renew(1).certificate().serial(), renew(2).certificate().serial(), "{name}");
        let validity = renew(1).certificate().validity();
        assert_eq!((validity.not_before().0, validity.not_after().0), (NOW.0 - 60, NOW.0 + 90 * 86_400), "{name}");
    }
}

#[test]
fn what_was_issued_is_renewed_again_and_again() {
    let first = request().key_kind(KeyKind::EcP256).issue(NOW, &mut Seeded::new(1)).unwrap();
    let mut entropy = Seeded::new(2);
    let (mut pair, mut serials) = (first.clone(), vec![first.certificate().serial().to_vec()]);
    for _ in 0..10 {
        pair = renew(&pair, Lifetime::FIVE_YEARS, NOW, &mut entropy).unwrap();
        serials.push(pair.certificate().serial().to_vec());
        assert_eq!(fields(pair.certificate())[4..], fields(first.certificate())[4..]);
    }
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 11);
}

#[test]
fn a_certificate_of_a_ca_is_refused_with_the_way_out() {
    for name in ["chain-leaf.pem", "chain-intermediate.pem", "self-issued-rollover.pem"] {
        let error = renewed(&pair(name)).expect_err(name);
        assert_eq!(error.code(), ErrorCode::SignedByCa, "{name}");
        assert!(error.to_string().contains("make a request (csr)"), "{error}");
    }
}

fn ed25519() -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from_der(&data("keys/ed25519.der")).unwrap())
}

/// Certificates written by hand, with extensions that prevent renewal.
#[test]
fn odd_certificates() {
    let own: &[u8; 20] = b"01234567890123456789";
    let issuer_serial = [tlv(0xa1, tlv(0xa4, common_name("idp"))), tlv(0x82, [1])].concat();
    let aki_of = |parts: &[&[u8]]| extension(&[0x55, 0x1d, 35], &tlv(0x30, parts.concat()));
    let cases = [
        ("no extensions", vec![], Ok(())),
        ("both identifiers", vec![ski(own), aki(own)], Ok(())),
        ("an unknown one", vec![extension(&[0x2a, 3, 4], b"anything")], Ok(())),
        ("a serial number", vec![aki_of(&[&issuer_serial])], Err(ErrorCode::NamesSerial)),
        ("all three", vec![ski(own), aki_of(&[&tlv(0x80, own), &issuer_serial])], Err(ErrorCode::NamesSerial)),
        ("another signer", vec![ski(own), aki(b"abcdefghijklmnopqrst")], Err(ErrorCode::SignedByCa)),
    ];
    for (case, extensions, expected) in cases {
        let made = Made::with(|made| made.extensions = Some(extensions).filter(|list| !list.is_empty())).signed();
        let pair = CertKeyPair::new(made.read(), ed25519()).unwrap();
        assert_eq!(renewed(&pair).map(drop).map_err(|error| error.code()), expected, "{case}");
    }
    let damaged = CertKeyPair::new(Made::new().read(), ed25519()).unwrap();
    assert_eq!(renewed(&damaged).map(drop), Err(IssueError::SelfSignatureInvalid));
    let pair =
        CertKeyPair::new(Made::with(|made| made.issuer = common_name("idq")).signed().read(), ed25519()).unwrap();
    assert_eq!(renewed(&pair).map(drop), Err(IssueError::SignedByCa));
}

/// A certificate whose renewed one would be larger than 64 KiB.
#[test]
fn a_certificate_that_grows_too_large_is_refused() {
    let sized = |size: usize| {
        let made = Made::extensions(&[extension(&[0x2a, 3, 4], &vec![0; size])]).signed();
        CertKeyPair::new(made.read(), ed25519()).unwrap()
    };
    renewed(&sized(65_000)).unwrap();
    // The serial number is 15 octets longer, the validity as long as it was.
    let largest = (65_000..).find(|size| Certificate::from_der(&made_of(*size)).is_err()).unwrap() - 1;
    let code = renewed(&sized(largest)).map(drop).map_err(|error| error.code());
    assert_eq!(code, Err(ErrorCode::ItemTooLarge));
}

fn made_of(size: usize) -> Vec<u8> {
    Made::extensions(&[extension(&[0x2a, 3, 4], &vec![0; size])]).der()
}

/// Repeats the same octets, or fails.
struct Octets(Option<Vec<u8>>);

impl Entropy for Octets {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        out.copy_from_slice(self.0.as_ref().ok_or(EntropyError)?);
        Ok(())
    }
}

#[test]
fn a_serial_number_never_comes_twice() {
    let pair = request().key_kind(KeyKind::Ed25519).issue(NOW, &mut Seeded::new(1)).unwrap();
    let again = Octets(Some(pair.certificate().serial().to_vec()));
    for mut entropy in [again, Octets(None)] {
        let error = renew(&pair, Lifetime::FIVE_YEARS, NOW, &mut entropy).unwrap_err();
        assert_eq!(error.code(), ErrorCode::EntropyFailed);
    }
}

#[test]
fn a_date_out_of_range_is_refused() {
    let lifetime = Lifetime::years(9999).unwrap();
    let error = renew(&pair("p256.pem"), lifetime, NOW, &mut Octets(None)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::IssueDate);
}

#[test]
fn a_request_has_the_subject_and_the_key_of_every_fixture() {
    for (name, pair) in pairs() {
        let request = csr(&pair, &mut Seeded::new(1)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let certificate = fields(pair.certificate());
        let parts = children(request.der());
        let info: Vec<String> = children(parts[0]).into_iter().map(hex).collect();
        assert_eq!(info, ["020100", &hex(&certificate[4]), &hex(&certificate[5]), "a000"], "{name}");
        if pair.certificate().self_signature() != SelfSignature::NotSelfSigned {
            let renewed = renewed(&pair).unwrap();
            assert_eq!(parts[1], children(renewed.certificate().der())[1], "{name}");
        }
        assert_eq!((parts.len(), content(parts[2])[0]), (3, 0), "{name}");
        assert_eq!(request, csr(&pair, &mut Seeded::new(1)).unwrap(), "{name}");
    }
}

#[test]
fn a_request_is_written_in_every_form_but_one() {
    let request = csr(&pair("p256.pem"), &mut Octets(None)).unwrap();
    let pem = request.write(Form::Pem).unwrap();
    assert!(pem.starts_with(b"-----BEGIN CERTIFICATE REQUEST-----\n"));
    assert_eq!(crate::support::unpem(&pem), request.der());
    assert_eq!(request.write(Form::Der).unwrap(), request.der());
    assert_eq!(request.write(Form::Element), None);
    let refused = normalize(&pem);
    assert_eq!(refused.refused()[0].code(), ErrorCode::CertificateRequest);
}
