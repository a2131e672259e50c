//! Pairs through the public API: which match, which do not, and which sign. `crosscheck_pairs.rs` has the tampered
//! keys, and OpenSSL's verdict on the signatures.

use crate::support::{data, der, hex};
use samlcert::{
    CertKeyPair, Certificate, Entropy, EntropyError, ErrorCode, HashAlgorithm, Mismatch, MismatchReason, PairError,
    PrivateKey, SignatureScheme, SystemEntropy,
};
use std::sync::Arc;

fn certificate(name: &str) -> Certificate {
    Certificate::from_der(&der(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_der(&der(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn pair(certificate_name: &str, key_name: &str) -> Result<CertKeyPair, PairError> {
    CertKeyPair::new(certificate(certificate_name), key(key_name))
}

/// Gives only 0x5a.
struct Fixed;

impl Entropy for Fixed {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        out.fill(0x5a);
        Ok(())
    }
}

/// Fails.
struct Broken;

impl Entropy for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyError> {
        Err(EntropyError)
    }
}

#[test]
fn a_composite_prime_signs_nothing_in_any_scheme() {
    for name in ["rsa-composite-p.der", "rsa-composite-q.der"] {
        let pair = pair("tampered/composite-certificate.pem", &format!("tampered/{name}")).expect(name);
        for scheme in &SignatureScheme::ALL[..6] {
            let code = pair.sign(*scheme, b"message", &mut SystemEntropy).map_err(|error| error.code());
            assert_eq!(code, Err(ErrorCode::SigningFailed), "{name} {scheme:?}");
        }
    }
}

#[test]
fn a_mismatch_names_both_fingerprints() {
    let certificate = certificate("certificates/rsa-2048.pem");
    let key = key("keys/rsa-3072.pem");
    let certified = certificate.spki_fingerprint(HashAlgorithm::Sha256);
    let own = key.public_key().fingerprint(HashAlgorithm::Sha256);
    let error = CertKeyPair::new(certificate, key).unwrap_err();
    let reason = MismatchReason::AnotherKey;
    let mismatch = Mismatch { certificate: certified, key: own, reason };
    assert_eq!(error, PairError::Mismatch(Box::new(mismatch)));
    let text = error.to_string();
    assert!(text.contains(&certified.to_string()) && text.contains(&own.to_string()), "{text}");
}

#[test]
fn pss_is_a_restriction_of_one_side() {
    // A certificate for PSS alone and the unrestricted key of the same numbers: the key does less than it may.
    let restricted = pair("certificates/rsa-pss-2048.pem", "tampered/rsa-pss-key-as-plain-key.der").unwrap();
    restricted.test_signature(&mut SystemEntropy).unwrap();
    let code = restricted.sign(SignatureScheme::RsaPkcs1Sha256, b"", &mut Fixed).map_err(|error| error.code());
    assert_eq!(code, Err(ErrorCode::UnsuitableScheme));
    restricted.sign(SignatureScheme::RsaPssSha512, b"", &mut Fixed).unwrap();

    let error = pair("certificates/rsa-2048.pem", "tampered/rsa-pss-key-of-plain-certificate.der").unwrap_err();
    assert!(
        matches!(&error, PairError::Mismatch(mismatch) if mismatch.reason == MismatchReason::RestrictedToPss),
        "{error:?}"
    );
    assert!(error.to_string().contains("restricted to PSS"), "{error}");

    // The parameters of the key fix the hash.
    let sha256 = pair("certificates/rsa-pss-2048-sha256.pem", "keys/rsa-pss-2048-sha256.pem").unwrap();
    sha256.sign(SignatureScheme::RsaPssSha256, b"", &mut Fixed).unwrap();
    let code = sha256.sign(SignatureScheme::RsaPssSha512, b"", &mut Fixed).map_err(|error| error.code());
    assert_eq!(code, Err(ErrorCode::UnsuitableScheme));
}

#[test]
fn a_certificate_that_cannot_sign_is_refused_by_its_kind() {
    for (name, kind) in [
        ("dsa", "DSA"),
        ("dh", "Diffie-Hellman"),
        ("x25519", "X25519"),
        ("x448", "X448"),
        ("ed448", "Ed448"),
        ("ml-dsa-44", "ML-DSA-44"),
        ("secp256k1", "secp256k1"),
        ("brainpoolP256r1", "brainpoolP256r1"),
        ("P-192", "another elliptic curve"),
        ("p256-explicit", "another elliptic curve"),
        ("unknown-key-algorithm", "unknown"),
    ] {
        let error = pair(&format!("certificates/{name}.pem"), "keys/p256.pem").expect_err(name);
        assert_eq!(error.code(), ErrorCode::UnsupportedCertificateKey, "{name}");
        assert_eq!(error.to_string(), format!("the certificate's key cannot sign SAML here: {kind}"));
    }
}

/// A certificate and key of every kind that signs, and the number of schemes that fit.
const SIGNERS: [(&str, usize); 10] = [
    ("rsa-1024", 5),
    ("rsa-2048", 6),
    ("rsa-2048-e3", 6),
    ("rsa-3072", 6),
    ("rsa-8192", 6),
    ("rsa-pss-2048", 3),
    ("p256", 3),
    ("p384", 3),
    ("p521", 3),
    ("ed25519", 1),
];

#[test]
fn every_kind_signs_with_the_schemes_that_fit_it() {
    for (name, schemes) in SIGNERS {
        let pair = pair(&format!("certificates/{name}.pem"), &format!("keys/{name}.pem")).expect(name);
        pair.test_signature(&mut SystemEntropy).expect(name);
        let mut fitting = 0;
        for scheme in SignatureScheme::ALL {
            match pair.sign(*scheme, b"message", &mut Fixed) {
                Ok(signature) => {
                    fitting += 1;
                    let again = pair.sign(*scheme, b"message", &mut Fixed);
                    assert_eq!(again, Ok(signature), "{name} {scheme:?} follows its entropy");
                }
                Err(error) => assert_eq!(error.code(), ErrorCode::UnsuitableScheme, "{name} {scheme:?}"),
            }
        }
        assert_eq!(fitting, schemes, "{name}");
    }
}

#[test]
fn only_pss_takes_randomness() {
    let rsa = pair("certificates/rsa-2048.pem", "keys/rsa-2048.pem").unwrap();
    rsa.sign(SignatureScheme::RsaPkcs1Sha256, b"", &mut Broken).unwrap();
    let code = rsa.sign(SignatureScheme::RsaPssSha256, b"", &mut Broken).map_err(|error| error.code());
    assert_eq!(code, Err(ErrorCode::EntropyFailed));
    let p256 = pair("certificates/p256.pem", "keys/p256.pem").unwrap();
    p256.sign(SignatureScheme::EcdsaSha256, b"", &mut Broken).unwrap();
    let one = rsa.sign(SignatureScheme::RsaPssSha256, b"", &mut SystemEntropy).unwrap();
    assert_ne!(one, rsa.sign(SignatureScheme::RsaPssSha256, b"", &mut SystemEntropy).unwrap());
}

/// DER of fewer than 128 bytes of content.
fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&[tag, u8::try_from(content.len()).unwrap()], &content[..]].concat()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// A pair of this scalar and a certificate that nobody signed: the one of the fixture with another key in it.
fn pair_of_scalar(fixture: &str, curve: &[u8], scalar: &str) -> CertKeyPair {
    let sec1 = value(0x30, &[&[2, 1, 1], &value(4, &[&unhex(scalar)]), &value(0xa0, &[&value(6, &[curve])])]);
    let key = PrivateKey::from_sec1_der(&sec1).unwrap();
    let given = certificate(fixture);
    let spki = key.public_key().spki_der();
    let at = given.der().windows(spki.len()).position(|part| part == given.spki_der()).unwrap();
    let changed = [&given.der()[..at], spki, &given.der()[at + spki.len()..]].concat();
    CertKeyPair::new(Certificate::from_der(&changed).unwrap(), key).unwrap()
}

/// RFC 6979, appendix A.2.5 to A.2.7, the message "sample".
#[test]
fn ecdsa_signs_as_rfc_6979_does() {
    const P256: (&str, &[u8], &str) = (
        "certificates/p256.pem",
        &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
        "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
    );
    const P384: (&str, &[u8], &str) = (
        "certificates/p384.pem",
        &[0x2b, 0x81, 4, 0, 0x22],
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
    );
    const P521: (&str, &[u8], &str) = (
        "certificates/p521.pem",
        &[0x2b, 0x81, 4, 0, 0x23],
        "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db\
         89ec0c08b0e996b83538",
    );
    let vectors = [
        (
            P256,
            SignatureScheme::EcdsaSha256,
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            P256,
            SignatureScheme::EcdsaSha384,
            "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719",
            "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
        ),
        (
            P256,
            SignatureScheme::EcdsaSha512,
            "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
            "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
        ),
        (
            P384,
            SignatureScheme::EcdsaSha256,
            "21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e354b63a21d3daa33bde1e888e63355d92fa2b3c36d8fb2cd",
            "f3aa443fb107745bf4bd77cb3891674632068a10ca67e3d45db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4fa0ab0",
        ),
        (
            P384,
            SignatureScheme::EcdsaSha384,
            "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
            "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
        ),
        (
            P384,
            SignatureScheme::EcdsaSha512,
            "ed0959d5880ab2d869ae7f6c2915c6d60f96507f9cb3e047c0046861da4a799cfe30f35cc900056d7c99cd7882433709",
            "512c8cceee3890a84058ce1e22dbc2198f42323ce8aca9135329f03c068e5112dc7cc3ef3446defceb01a45c2667fdd5",
        ),
        (
            P521,
            SignatureScheme::EcdsaSha256,
            "01511bb4d675114fe266fc4372b87682baecc01d3cc62cf2303c92b3526012659d16876e25c7c1e57648f23b73564d67f61c6f14d527d549\
             72810421e7d87589e1a7",
            "004a171143a83163d6df460aaf61522695f207a58b95c0644d87e52aa1a347916e4f7a72930b1bc06dbe22ce3f58264afd23704cbb63b29b\
             931f7de6c9d949a7ecfc",
        ),
        (
            P521,
            SignatureScheme::EcdsaSha512,
            "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b534931d7d4e8455cc9\
             1f9b15bf05ec36e377fa",
            "00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc\
             43997f1ee0e44da4a67a",
        ),
    ];
    for ((fixture, curve, scalar), scheme, r, s) in vectors {
        let signature = pair_of_scalar(fixture, curve, scalar).sign(scheme, b"sample", &mut Broken).unwrap();
        let shown = hex(&signature);
        let (r, s) = (r.trim_start_matches("00"), s.trim_start_matches("00"));
        assert!(shown.contains(r) && shown.ends_with(s), "{fixture} {scheme:?}: {shown}");
    }
}

/// RFC 8032, section 7.1, test 2.
#[test]
fn ed25519_signs_as_rfc_8032_does() {
    let seed = unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let pkcs8 =
        value(0x30, &[&[2, 1, 0], &value(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]), &value(4, &[&value(4, &[&seed])])]);
    let key = PrivateKey::from_pkcs8_der(&pkcs8).unwrap();
    let spki = key.public_key().spki_der().to_vec();
    assert_eq!(hex(&spki[12..]), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    let given = certificate("certificates/ed25519.pem");
    let at = given.der().windows(spki.len()).position(|part| part == given.spki_der()).unwrap();
    let changed = [&given.der()[..at], &spki, &given.der()[at + spki.len()..]].concat();
    let pair = CertKeyPair::new(Certificate::from_der(&changed).unwrap(), key).unwrap();
    assert_eq!(
        hex(&pair.sign(SignatureScheme::Ed25519, &[0x72], &mut Broken).unwrap()),
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb0\
         0d291612bb0c00"
    );
}

#[test]
fn certificates_share_a_key_and_a_mismatch_loses_none() {
    let shared = Arc::new(key("keys/rsa-2048.pem"));
    let first = CertKeyPair::new(certificate("certificates/rsa-2048.pem"), Arc::clone(&shared)).unwrap();
    let second = CertKeyPair::new(certificate("certificates/rsa-2048-renewed.pem"), Arc::clone(&shared)).unwrap();
    CertKeyPair::new(certificate("certificates/p256.pem"), Arc::clone(&shared)).unwrap_err();
    for pair in [first, second] {
        assert!(Arc::ptr_eq(pair.private_key(), &shared));
        pair.test_signature(&mut SystemEntropy).unwrap();
    }
}

#[test]
fn pairs_are_shared_and_show_no_secret() {
    fn is_shared<T: Clone + Send + Sync + std::fmt::Debug>(_: &T) {}
    let pair = pair("certificates/p256.pem", "keys/p256.pem").unwrap();
    is_shared(&pair);
    let copy = pair.clone();
    assert!(std::ptr::eq(pair.certificate(), copy.certificate()));
    assert!(std::ptr::eq(pair.private_key(), copy.private_key()));
    let secret = hex(&data("keys/p256.der")[36..68]);
    assert!(!format!("{pair:?}").to_lowercase().replace([':', ' ', ','], "").contains(&secret[..16]));
}
