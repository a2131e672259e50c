//! New pairs: what they contain, that they depend on randomness and time alone, and which requests are refused.

use crate::support::{Seeded, children, content, hex};
use samlcert::{
    CertKeyPair, Entropy, EntropyError, ErrorCode, HashAlgorithm, IssueError, IssueRequest, KeyAlgorithm, KeyEncoding,
    KeyKind, Lifetime, PrivateKey, SelfSignature, SubjectAttribute, SystemEntropy, UnixTime, normalize,
};

/// 2026-11-24T09:55:06Z.
pub(crate) const NOW: UnixTime = UnixTime(1_795_514_106);

pub(crate) fn request() -> IssueRequest {
    IssueRequest::new("idp.example.org").unwrap()
}

fn issue(kind: KeyKind, seed: u64) -> CertKeyPair {
    request().key_kind(kind).issue(NOW, &mut Seeded::new(seed)).unwrap_or_else(|error| panic!("{kind}: {error}"))
}

/// The fields of the signed part, each whole.
fn fields(pair: &CertKeyPair) -> Vec<&[u8]> {
    children(children(pair.certificate().der())[0])
}

/// Kind, key, bits, the DER of the signature algorithm, and the SHA-256 fingerprint of the certificate made with seed
/// 1.
const KINDS: [(KeyKind, KeyAlgorithm, u32, &str, &str); 6] = [
    (
        KeyKind::Rsa2048,
        KeyAlgorithm::Rsa,
        2048,
        "300d06092a864886f70d01010b0500",
        "c96ab2d8cd4ca47f87ad2658a9d3f47861b7fc4110c77f1a1d15b48069006c89",
    ),
    (
        KeyKind::Rsa3072,
        KeyAlgorithm::Rsa,
        3072,
        "300d06092a864886f70d01010b0500",
        "becf4642ed8f0132ebc2d1a8be68de9c116ecaf05b0bb244b683bec7774094d3",
    ),
    (
        KeyKind::Rsa4096,
        KeyAlgorithm::Rsa,
        4096,
        "300d06092a864886f70d01010b0500",
        "fd6c5f499e640d2620fb5f61e0d2b8a7ae7dfa1847518ac0a7e46fae3ac3dc18",
    ),
    (
        KeyKind::EcP256,
        KeyAlgorithm::EcP256,
        256,
        "300a06082a8648ce3d040302",
        "6d0c5fdb1f9de26589704218aba03a708ae233573c1b28ea2ea67b9bfc31d45c",
    ),
    (
        KeyKind::EcP384,
        KeyAlgorithm::EcP384,
        384,
        "300a06082a8648ce3d040303",
        "57b5c32cf733576d301ef516c58da500874bdaaf42d3c18b8109fe96da817532",
    ),
    (
        KeyKind::Ed25519,
        KeyAlgorithm::Ed25519,
        256,
        "300506032b6570",
        "c5194d56f31bfddd9cd8f3abd3ca9da4e9b2d30e67ea7f60038eacb39a01c95e",
    ),
];

#[test]
fn each_kind_has_its_fields_and_the_same_bytes_for_the_same_randomness() {
    assert_eq!(KINDS.map(|(kind, ..)| kind), KeyKind::ALL);
    for (kind, algorithm, bits, signature, fingerprint) in KINDS {
        let pair = issue(kind, 1);
        let certificate = pair.certificate();
        assert_eq!(certificate.fingerprint(HashAlgorithm::Sha256).to_hex(), fingerprint, "{kind}");
        assert_eq!((certificate.key_algorithm(), certificate.key_bits()), (algorithm, Some(bits)), "{kind}");
        assert_eq!(certificate.version(), 3, "{kind}");
        assert_eq!(certificate.self_signature(), SelfSignature::Valid, "{kind}");
        assert_eq!(certificate.notes(), [], "{kind}");
        assert_eq!((certificate.subject(), certificate.issuer()), ("CN=idp.example.org".into(), certificate.subject()));
        assert_eq!(certificate.validity().not_before(), NOW, "{kind}");
        assert_eq!(certificate.validity().not_after().to_string(), "2031-11-24T09:55:06Z", "{kind}");
        assert_eq!(hex(fields(&pair)[2]), signature, "{kind}");
        assert_eq!(pair.private_key().encoding(), KeyEncoding::Pkcs8, "{kind}");
        assert_eq!(pair.private_key().public_key().spki_der(), certificate.spki_der(), "{kind}");
        pair.test_signature(&mut SystemEntropy).unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
}

#[test]
fn other_randomness_gives_another_pair() {
    for kind in [KeyKind::Rsa2048, KeyKind::EcP256, KeyKind::EcP384, KeyKind::Ed25519] {
        let (one, other) = (issue(kind, 1), issue(kind, 2));
        assert_ne!(one.certificate().serial(), other.certificate().serial(), "{kind}");
        assert!(!one.certificate().public_key().is_same_key(&other.certificate().public_key()), "{kind}");
        assert_eq!(one.certificate(), issue(kind, 1).certificate(), "{kind}");
    }
}

#[test]
fn the_extensions_are_the_three_that_a_signing_certificate_needs() {
    for kind in [KeyKind::EcP256, KeyKind::Ed25519] {
        let pair = issue(kind, 3);
        let spki = children(pair.certificate().spki_der());
        // RFC 5280, section 4.2.1.2, method 1.
        let identifier =
            hex(ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &content(spki[1])[1..]).as_ref());
        assert_eq!(pair.certificate().subject_key_identifier().map(hex), Some(identifier.clone()));
        let key_usage = "300e0603551d0f0101ff040403020780";
        let key_identifier = format!("301d0603551d0e04160414{identifier}");
        let basic_constraints = "300c0603551d130101ff04023000";
        let expected = format!("a33f303d{key_usage}{key_identifier}{basic_constraints}");
        assert_eq!(hex(fields(&pair)[7]), expected, "{kind}");
    }
}

#[test]
fn the_subject_stands_from_the_country_to_the_common_name() {
    let full = request().organizational_unit("Login").unwrap().country("DE").unwrap().organization("Beispiel").unwrap();
    let pair = full.key_kind(KeyKind::EcP256).issue(NOW, &mut Seeded::new(1)).unwrap();
    assert_eq!(pair.certificate().subject(), "CN=idp.example.org,OU=Login,O=Beispiel,C=DE");
    let expected = [
        "310b3009060355040613024445",
        "3111300f060355040a0c08426569737069656c",
        "310e300c060355040b0c054c6f67696e",
        "311830160603550403 0c0f6964702e6578616d706c652e6f7267",
    ];
    let sets: Vec<String> = children(fields(&pair)[5]).into_iter().map(hex).collect();
    assert_eq!(sets, expected.map(|set| set.replace(' ', "")));
    assert_eq!(fields(&pair)[3], fields(&pair)[5]);
}

#[test]
fn texts_that_may_stand_in_a_subject() {
    let longest = "ä".repeat(64);
    for text in ["x", " x ", "Zwölf, Boxkämpfer & Co. \"+\" #;<>\\", "例え", "می\u{200c}خواهم", "\u{1f600}", &longest]
    {
        let request = IssueRequest::new(text).unwrap().organization(text).unwrap().organizational_unit(text).unwrap();
        let pair = request.key_kind(KeyKind::Ed25519).issue(NOW, &mut Seeded::new(1)).unwrap();
        for set in children(fields(&pair)[5]) {
            assert_eq!(content(children(children(set)[0])[1]), text.as_bytes());
        }
        assert_eq!(pair.certificate().notes(), [], "{text}");
    }
}

#[test]
fn texts_that_are_refused() {
    use SubjectAttribute::{CommonName, Organization, OrganizationalUnit};
    let too_long = "ä".repeat(65);
    let character = |number| IssueError::AttributeCharacter { attribute: CommonName, number };
    let cases = [
        ("", IssueError::AttributeEmpty(CommonName)),
        (" \u{a0}\t", IssueError::AttributeEmpty(CommonName)),
        (&too_long, IssueError::AttributeTooLong { attribute: CommonName, characters: 65 }),
        ("idp\0.example", character(4)),
        ("idp\n", character(4)),
        ("ä\u{7f}", character(2)),
        ("\u{85}x", character(1)),
        ("abc\u{202e}def", character(4)),
        ("abc\u{2066}def", character(4)),
        ("abc\u{200f}", character(4)),
        ("abc\u{2028}", character(4)),
    ];
    for (text, expected) in cases {
        assert_eq!(IssueRequest::new(text), Err(expected), "{text:?}");
    }
    assert_eq!(request().organization(""), Err(IssueError::AttributeEmpty(Organization)));
    assert_eq!(request().organizational_unit(" "), Err(IssueError::AttributeEmpty(OrganizationalUnit)));
    for country in ["", "D", "de", "De", "DEU", "D1", "D ", "ÄÖ", "Д"] {
        assert_eq!(request().country(country), Err(IssueError::Country), "{country}");
    }
    assert_eq!(request().country("DE").map(drop), Ok(()));
}

/// Now, lifetime, the two dates as they stand in the DER: tag and digits.
#[test]
fn dates_are_utc_time_through_2049_and_generalized_time_after() {
    let years = |years| Lifetime::years(years).unwrap();
    let days = |days| Lifetime::days(days).unwrap();
    let cases = [
        ("usual", NOW, Lifetime::FIVE_YEARS, "17 261124095506Z", "17 311124095506Z"),
        ("days", NOW, days(1), "17 261124095506Z", "17 261125095506Z"),
        ("back-dated", NOW, days(1).back_dated(300), "17 261124095006Z", "17 261125095506Z"),
        ("back-dated by a long time", NOW, days(1).back_dated(2_000_000_000), "17 630710062146Z", "17 261125095506Z"),
        (
            "to the last second of 2049",
            UnixTime(2_524_607_999 - 86_400),
            days(1),
            "17 491230235959Z",
            "17 491231235959Z",
        ),
        ("to the first of 2050", UnixTime(2_524_608_000 - 86_400), days(1), "17 491231000000Z", "18 20500101000000Z"),
        ("from the first of 2050", UnixTime(2_524_608_000), days(1), "18 20500101000000Z", "18 20500102000000Z"),
        (
            "back-dated into 2049",
            UnixTime(2_524_608_000),
            days(1).back_dated(1),
            "17 491231235959Z",
            "18 20500102000000Z",
        ),
        ("from a leap day", UnixTime(1_709_164_800), years(1), "17 240229000000Z", "17 250228000000Z"),
        ("from the first of 1950", UnixTime(-631_152_000), days(1), "17 500101000000Z", "17 500102000000Z"),
        ("back-dated to it", UnixTime(-631_151_999), days(1).back_dated(1), "17 500101000000Z", "17 500102000001Z"),
        ("before 1970", UnixTime(-1), days(1), "17 691231235959Z", "17 700101235959Z"),
        ("to the last of 9999", UnixTime(253_402_214_399), days(1), "18 99991230235959Z", "18 99991231235959Z"),
        ("for 7973 years", NOW, years(7973), "17 261124095506Z", "18 99991124095506Z"),
    ];
    for (case, now, lifetime, not_before, not_after) in cases {
        let request = request().key_kind(KeyKind::Ed25519).lifetime(lifetime);
        let pair = request.issue(now, &mut Seeded::new(1)).unwrap_or_else(|error| panic!("{case}: {error}"));
        let written = children(fields(&pair)[4])
            .into_iter()
            .map(|time| format!("{:02x} {}", time[0], std::str::from_utf8(content(time)).unwrap()));
        assert_eq!(written.collect::<Vec<_>>(), [not_before, not_after], "{case}");
        assert_eq!(pair.certificate().validity(), lifetime.validity(now).unwrap(), "{case}");
    }
}

#[test]
fn dates_that_are_refused() {
    assert_eq!(Lifetime::years(0), Err(IssueError::NoLifetime));
    assert_eq!(Lifetime::days(0), Err(IssueError::NoLifetime));
    let day = Lifetime::days(1).unwrap();
    let cases = [
        ("before 1950", UnixTime(-631_152_001), day),
        ("back-dated before 1950", UnixTime(-631_152_000), day.back_dated(1)),
        ("back-dated by the longest time", NOW, day.back_dated(u32::MAX)),
        ("to 10000", UnixTime(253_402_214_400), day),
        ("years to 10000", NOW, Lifetime::years(7974).unwrap()),
        ("the most years", NOW, Lifetime::years(u16::MAX).unwrap()),
        ("the most days", NOW, Lifetime::days(u32::MAX).unwrap()),
        ("the first moment", UnixTime(i64::MIN), day.back_dated(u32::MAX)),
        ("the last moment, days", UnixTime(i64::MAX), day),
        ("the last moment, years", UnixTime(i64::MAX), Lifetime::FIVE_YEARS),
    ];
    for (case, now, lifetime) in cases {
        // A request that is refused draws no randomness.
        let error = request().lifetime(lifetime).issue(now, &mut Draws::after(0, 0)).expect_err(case);
        assert_eq!(error.code(), ErrorCode::IssueDate, "{case}");
    }
}

/// Repeats one byte, and fails after a number of draws.
struct Draws {
    byte: u8,
    left: usize,
}

impl Draws {
    fn after(byte: u8, left: usize) -> Self {
        Self { byte, left }
    }
}

impl Entropy for Draws {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.left = self.left.checked_sub(1).ok_or(EntropyError)?;
        out.fill(self.byte);
        Ok(())
    }
}

#[test]
fn randomness_that_fails_or_repeats_itself_gives_no_pair() {
    let code = |kind, entropy: &mut dyn Entropy| {
        request().key_kind(kind).issue(NOW, entropy).map(drop).map_err(|error| error.code())
    };
    for kind in [KeyKind::Rsa2048, KeyKind::EcP256, KeyKind::EcP384, KeyKind::Ed25519] {
        for left in 0..2 {
            assert_eq!(code(kind, &mut Draws::after(7, left)), Err(ErrorCode::EntropyFailed), "{kind} {left}");
        }
    }
    for byte in [0, 0x5a, 0xff] {
        assert_eq!(code(KeyKind::Rsa2048, &mut Draws::after(byte, 99)), Err(ErrorCode::EntropyFailed), "{byte:#x}");
    }
    // It never gives a scalar in 1..n−1; drawing must end nevertheless.
    for (kind, byte) in [(KeyKind::EcP256, 0), (KeyKind::EcP256, 0xff), (KeyKind::EcP384, 0xff)] {
        assert_eq!(code(kind, &mut Draws::after(byte, 999)), Err(ErrorCode::EntropyFailed), "{kind} {byte:#x}");
    }
    assert_eq!(code(KeyKind::EcP256, &mut Draws::after(7, 2)), Ok(()));
}

/// Gives one of its pieces for each draw.
struct Script(Vec<Vec<u8>>);

impl Entropy for Script {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        out.copy_from_slice(&self.0.remove(0));
        Ok(())
    }
}

#[test]
fn a_scalar_beyond_the_order_is_drawn_anew() {
    let scalar = vec![9; 32];
    let mut script = Script(vec![vec![0xff; 32], vec![0; 32], scalar.clone()]);
    let key = PrivateKey::generate(KeyKind::EcP256, &mut script).unwrap();
    assert!(key.secret_der().windows(32).any(|part| part == scalar));
}

#[test]
fn serial_numbers_have_sixteen_octets_and_are_positive() {
    let serial = |byte| {
        let mut script = Script(vec![vec![9; 32], vec![byte; 16]]);
        let pair = request().key_kind(KeyKind::Ed25519).issue(NOW, &mut script).unwrap();
        hex(pair.certificate().serial())
    };
    assert_eq!(serial(0x00), format!("40{}", "00".repeat(15)));
    assert_eq!(serial(0xff), format!("7f{}", "ff".repeat(15)));
    assert_eq!(serial(0x80), format!("40{}", "80".repeat(15)));
}

#[test]
fn what_is_issued_is_read_again_without_repairs() {
    let pair = issue(KeyKind::EcP256, 1);
    let form = samlcert::pem::Form::Pem;
    let key = pair.private_key().secret_write(form).unwrap();
    let text = [pair.certificate().write(form), key.secret_bytes().to_vec()].concat();
    let normalized = normalize(&text);
    assert!(normalized.items().iter().all(|found| found.repairs().is_empty() && found.notes().is_empty()));
    assert_eq!(normalized.into_pair().unwrap().certificate(), pair.certificate());
}
