//! Keys through the public API: which are read, and with which code the others are refused.

use crate::support::{data, der, table};
use samlcert::{
    Certificate, Contradiction, EncryptedPrivateKey, ErrorCode, Item, KeyAlgorithm, KeyEncoding, KeyError, NotChecked,
    PrivateKey, PublicKey, SelfSignature, normalize,
};

/// Returns true if the code is one of those separated by bars.
fn is_one_of(code: ErrorCode, codes: &str) -> bool {
    codes.split('|').any(|expected| expected == code.as_str())
}

fn unsupported(name: &str) -> (KeyAlgorithm, String) {
    match PrivateKey::from_der(&der(name)) {
        Err(KeyError::Unsupported { algorithm, name, .. }) => (algorithm, name),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_plain_fixture_is_read() {
    for row in table("keys/table.tsv").iter().filter(|row| row.len() == 5) {
        let [name, kind, bits, encoding, proven] = row.as_slice() else { unreachable!() };
        let given = der(&format!("keys/{name}"));
        let key = PrivateKey::from_der(&given).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(key.algorithm().as_str(), kind, "{name}");
        assert_eq!(key.bits().to_string(), *bits, "{name}");
        assert_eq!(format!("{:?}", key.encoding()).to_lowercase(), *encoding, "{name}");
        assert_eq!(key.embeds_public_half(), proven == "yes", "{name}");
        assert_eq!(key.secret_der(), given, "{name}");
        assert_eq!(key.public_key().bits(), Some(key.bits()), "{name}");
    }
}

#[test]
fn every_unsupported_fixture_is_refused_by_its_code() {
    for row in table("keys/table.tsv").iter().filter(|row| row[0].starts_with("unsupported/")) {
        let error = PrivateKey::from_der(&der(&format!("keys/{}", row[0]))).expect_err(&row[0]);
        assert!(is_one_of(error.code(), &row[2]), "{}: {error:?}", row[0]);
    }
}

#[test]
fn unknown_restrictions_to_pss_are_refused_by_name() {
    let whole = der("keys/rsa-pss-2048-sha256.pem");
    let sha_256 = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
    let mgf_1 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8];
    let salt = [0xa2, 3, 2, 1, 0x20];
    for (part, last) in [(&sha_256[..], 8), (&mgf_1, 9), (&salt, 0xc4)] {
        let end = whole.windows(part.len()).position(|window| window == part).unwrap() + part.len();
        let mut changed = whole.clone();
        changed[end - 1] = last;
        match PrivateKey::from_der(&changed) {
            Err(KeyError::Unsupported { algorithm: KeyAlgorithm::RsaPss, name, .. }) => assert!(name.contains("PSS")),
            other => panic!("{part:x?}: {other:?}"),
        }
    }
}

#[test]
fn unsupported_kinds_are_named() {
    let named = [
        ("dsa.pem", KeyAlgorithm::Dsa, "DSA"),
        ("dsa.traditional.pem", KeyAlgorithm::Dsa, "DSA"),
        ("dh.pem", KeyAlgorithm::Dh, "Diffie-Hellman"),
        ("ed448.pem", KeyAlgorithm::Ed448, "Ed448"),
        ("x25519.pem", KeyAlgorithm::X25519, "X25519"),
        ("x448.pem", KeyAlgorithm::X448, "X448"),
        ("ml-dsa-44.der", KeyAlgorithm::MlDsa44, "ML-DSA-44"),
        ("secp256k1.pem", KeyAlgorithm::EcSecp256k1, "secp256k1"),
        ("secp256k1.sec1.pem", KeyAlgorithm::EcSecp256k1, "secp256k1"),
        ("brainpoolP256r1.pem", KeyAlgorithm::EcBrainpoolP256r1, "brainpoolP256r1"),
        ("brainpoolP384r1.pem", KeyAlgorithm::EcBrainpoolP384r1, "brainpoolP384r1"),
        ("P-192.pem", KeyAlgorithm::EcOther, "the elliptic curve 1.2.840.10045.3.1.1"),
        ("P-224.pem", KeyAlgorithm::EcOther, "the elliptic curve 1.3.132.0.33"),
        ("sm2.pem", KeyAlgorithm::EcOther, "the elliptic curve 1.2.156.10197.1.301"),
        ("p256-explicit.pem", KeyAlgorithm::EcOther, "an elliptic curve given by explicit parameters"),
    ];
    for (file, algorithm, name) in named {
        assert_eq!(unsupported(&format!("keys/unsupported/{file}")), (algorithm, name.to_owned()), "{file}");
        assert!(!algorithm.can_sign_saml(), "{file}");
    }
    let mut unknown = data("keys/ed25519.der");
    let oid = unknown.windows(5).position(|part| part == [0x06, 3, 0x2b, 0x65, 0x70]).unwrap();
    unknown[oid + 4] = 0x7f;
    match PrivateKey::from_der(&unknown) {
        Err(KeyError::Unsupported { algorithm: KeyAlgorithm::Other, name, at }) => {
            assert_eq!((name.as_str(), at), ("the algorithm 1.3.101.127", oid));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_contradiction_names_what_contradicts_what() {
    let named = [
        ("rsa-n-plus-2.der", Contradiction::Modulus, "n is not p·q"),
        ("rsa-p-1-q-n.der", Contradiction::Primes, "p and q are not two different odd numbers over 1"),
        ("rsa-d-larger-than-n.der", Contradiction::PrivateExponent, "d is not less than n"),
        ("rsa-dp-plus-2.der", Contradiction::ExponentP, "dP is not d mod p−1"),
        ("rsa-dq-plus-2.der", Contradiction::ExponentQ, "dQ is not d mod q−1"),
        ("rsa-e-3.der", Contradiction::InverseP, "e·dP is not 1 mod p−1"),
        ("rsa-qinv-plus-2.der", Contradiction::Coefficient, "qInv·q is not 1 mod p"),
        ("p256-d-order.der", Contradiction::Scalar, "the private scalar is not in 1..n−1 of its curve"),
        ("p256-d-plus-1.der", Contradiction::PublicKey, "the embedded public key is not the one of the private scalar"),
        ("p384-inner-curve-disagrees.der", Contradiction::Curve, "the two embedded curves differ"),
    ];
    for (name, contradiction, text) in named {
        let error = PrivateKey::from_der(&data(&format!("tampered/{name}"))).expect_err(name);
        assert_eq!(error, KeyError::Contradiction(contradiction), "{name}");
        assert_eq!(
            error.to_string(),
            format!(
                "the private key contradicts itself: {text}; a part of it was changed, copy it again from its source"
            ),
            "{name}"
        );
    }
}

#[test]
fn the_public_half_is_the_spki_that_openssl_writes() {
    for (key, public) in [
        ("rsa-2048.pem", "public-key-rsa-2048.pem"),
        ("rsa-2048.pkcs1.pem", "public-key-rsa-2048.pem"),
        ("rsa-2048-v2.pem", "public-key-rsa-2048.pem"),
        ("p256.pem", "public-key-p256.pem"),
        ("p256.sec1.pem", "public-key-p256.pem"),
        ("p256-compressed.pem", "public-key-p256.pem"),
        ("p256-no-public.pem", "public-key-p256.pem"),
        ("ed25519.pem", "public-key-ed25519.pem"),
        ("ed25519-v2.pem", "public-key-ed25519.pem"),
    ] {
        let derived = PrivateKey::from_der(&der(&format!("keys/{key}"))).expect(key);
        let given = PublicKey::from_spki_der(&der(&format!("others/{public}"))).expect(public);
        assert!(derived.public_key().is_same_key(&given), "{key}");
        assert_eq!(derived.public_key().spki_der(), given.spki_der(), "{key}");
    }
}

#[test]
fn pkcs8_is_given_or_written_anew() {
    for (older, plain) in [
        ("rsa-2048.pkcs1.der", "rsa-2048.der"),
        ("p256.sec1.der", "p256.der"),
        ("p384.sec1.der", "p384.der"),
        ("p521.sec1.der", "p521.der"),
        ("rsa-2048.der", "rsa-2048.der"),
        ("p256.der", "p256.der"),
    ] {
        let key = PrivateKey::from_der(&data(&format!("keys/{older}"))).expect(older);
        let written = key.secret_pkcs8_der();
        assert!(written.secret_bytes() == data(&format!("keys/{plain}")), "{older}");
        let again = PrivateKey::from_pkcs8_der(written.secret_bytes()).expect(older);
        assert!(again.public_key().is_same_key(key.public_key()), "{older}");
    }
    let bare = PrivateKey::from_sec1_der(&der("keys/p256-no-public.sec1.pem")).unwrap();
    let written = PrivateKey::from_pkcs8_der(bare.secret_pkcs8_der().secret_bytes()).unwrap();
    assert!(written.embeds_public_half() && !bare.embeds_public_half());
}

#[test]
fn a_reader_of_one_encoding_refuses_the_others() {
    type Read = fn(&[u8]) -> Result<PrivateKey, KeyError>;
    let readers: [(KeyEncoding, Read); 3] = [
        (KeyEncoding::Pkcs8, PrivateKey::from_pkcs8_der),
        (KeyEncoding::Pkcs1, PrivateKey::from_pkcs1_der),
        (KeyEncoding::Sec1, PrivateKey::from_sec1_der),
    ];
    for name in ["rsa-1024.der", "rsa-1024.pkcs1.der", "p256.der", "p256.sec1.der", "ed25519.der"] {
        let given = data(&format!("keys/{name}"));
        let encoding = PrivateKey::from_der(&given).unwrap().encoding();
        for (reads, read) in readers {
            let code = read(&given).map_err(|error| error.code());
            assert_eq!(code.is_ok(), reads == encoding, "{name} as {reads:?}");
            assert!(code.is_ok() || code.unwrap_err() == ErrorCode::KeyMalformed, "{name} as {reads:?}");
        }
    }
}

#[test]
fn other_structures_are_told() {
    let refused: [(&str, Vec<u8>, ErrorCode); 6] = [
        ("nothing", Vec::new(), ErrorCode::KeyMalformed),
        ("a certificate", der("certificates/p256.pem"), ErrorCode::KeyMalformed),
        ("a public key", der("others/public-key-p256.pem"), ErrorCode::KeyMalformed),
        ("an encrypted key", der("keys/encrypted/rsa-2048.pem"), ErrorCode::PasswordRequired),
        ("64 KiB and more", vec![0x30; 65 * 1024], ErrorCode::ItemTooLarge),
        ("trailing data", [der("keys/p256.pem"), vec![0]].concat(), ErrorCode::KeyMalformed),
    ];
    for (what, given, code) in refused {
        assert_eq!(PrivateKey::from_der(&given).map_err(|error| error.code()).err(), Some(code), "{what}");
    }
}

#[test]
fn proves_itself_or_has_parts_that_nothing_proves() {
    for (name, proves) in [
        ("rsa-2048.pem", true),
        ("rsa-2048.pkcs1.pem", true),
        ("rsa-2048-v2.pem", true),
        ("rsa-2048-attributes.pem", false),
        ("rsa-pss-2048.pem", false),
        ("p256.pem", true),
        ("p256-no-public.pem", false),
        ("p256-attributes.pem", false),
        ("ed25519-v2.pem", true),
        ("ed25519.pem", false),
    ] {
        assert_eq!(PrivateKey::from_der(&der(&format!("keys/{name}"))).unwrap().proves_itself(), proves, "{name}");
    }
}

/// If a key proves itself, changing any byte of it gives no key.
#[test]
fn no_changed_byte_of_a_key_that_proves_itself_is_read() {
    for name in ["rsa-1024.der", "rsa-1024.pkcs1.der", "p256.der", "p256.sec1.der", "p384.der", "p521.sec1.der"] {
        let given = data(&format!("keys/{name}"));
        assert_no_neighbour(name, &given);
    }
    assert_no_neighbour("ed25519-v2", &der("keys/ed25519-v2.pem"));
}

fn assert_no_neighbour(name: &str, given: &[u8]) {
    for at in 0..given.len() {
        for flip in [0x01, 0x80, 0x0b, 0x3f] {
            let mut changed = given.to_vec();
            changed[at] ^= flip;
            assert!(PrivateKey::from_der(&changed).is_err(), "{name}: byte {at} xor {flip:#x}");
        }
    }
}

#[test]
fn no_truncated_key_is_read() {
    for name in ["rsa-2048.der", "p256.sec1.der", "ed25519.der"] {
        let given = data(&format!("keys/{name}"));
        for end in 0..given.len() {
            assert!(PrivateKey::from_der(&given[..end]).is_err(), "{name}: {end} bytes");
        }
    }
}

#[test]
fn debug_and_errors_show_no_secret() {
    let key = PrivateKey::from_der(&data("keys/p256.der")).unwrap();
    let shown = format!("{key:?}");
    let fingerprint = key.public_key().fingerprint(samlcert::HashAlgorithm::Sha256);
    assert!(shown.contains("EcP256") && shown.contains(&fingerprint.to_string()), "{shown}");
    assert!(shown.len() < 250, "{shown}");
    let secret = crate::support::hex(&data("keys/p256.der")[36..68]);
    assert!(!shown.to_lowercase().replace(':', "").contains(&secret[..8]));
}

#[test]
fn public_keys_are_read_or_refused() {
    let rsa = PublicKey::from_spki_der(&der("others/public-key-rsa-2048.pem")).unwrap();
    assert_eq!((rsa.algorithm(), rsa.bits()), (KeyAlgorithm::Rsa, Some(2048)));
    let p256 = PublicKey::from_spki_der(&der("others/public-key-p256.pem")).unwrap();
    assert_eq!((p256.algorithm(), p256.bits()), (KeyAlgorithm::EcP256, Some(256)));
    assert!(!rsa.is_same_key(&p256) && rsa.is_same_key(&rsa.clone()));

    let spki = p256.spki_der();
    let off_curve = [&spki[..spki.len() - 1], &[spki[spki.len() - 1] ^ 1]].concat();
    let malformed: [(&str, &[u8]); 4] = [
        ("not on the curve", &off_curve),
        ("cut", &spki[..spki.len() - 1]),
        ("a certificate", &der("certificates/p256.pem")),
        ("PKCS#1", &der("others/public-key-rsa-2048.pkcs1.pem")),
    ];
    for (what, given) in malformed {
        let error = PublicKey::from_spki_der(given).expect_err(what);
        assert_eq!(error.code(), ErrorCode::PublicKeyMalformed, "{what}: {error}");
        assert!(error.position().is_some_and(|at| at < given.len()), "{what}: {error:?}");
    }
}

#[test]
fn a_compressed_point_is_the_same_key() {
    let whole = PublicKey::from_spki_der(&der("others/public-key-p256.pem")).unwrap();
    let point = &whole.spki_der()[26..];
    assert_eq!((point.len(), point[0]), (65, 4));
    let mut compressed = vec![0x30, 0x39, 0x30, 0x13];
    compressed.extend_from_slice(&whole.spki_der()[4..23]);
    compressed.extend_from_slice(&[0x03, 0x22, 0x00, 2 + (point[64] & 1)]);
    compressed.extend_from_slice(&point[1..33]);
    let same = PublicKey::from_spki_der(&compressed).unwrap();
    assert!(same.is_same_key(&whole) && whole.is_same_key(&same));
    assert_ne!(same.spki_der(), whole.spki_der());
    compressed[26] ^= 1;
    let negated = PublicKey::from_spki_der(&compressed).unwrap();
    assert!(!negated.is_same_key(&whole));
}

fn password() -> Vec<u8> {
    let password = data("keys/password");
    password.strip_suffix(b"\n").unwrap_or(&password).to_vec()
}

/// The rows of encrypted PKCS#8 fixtures: name, expectation, code or plain key.
fn encrypted_pkcs8() -> Vec<Vec<String>> {
    let encrypted = |row: &Vec<String>| row[0].starts_with("encrypted/") && !row[0].contains("proc-type");
    table("keys/table.tsv").into_iter().filter(encrypted).collect()
}

#[test]
fn every_encrypted_fixture_opens_or_is_refused_by_its_code() {
    for row in encrypted_pkcs8() {
        let [name, expected, what] = row.as_slice() else { panic!("{row:?}") };
        let key = EncryptedPrivateKey::from_der(&der(&format!("keys/{name}")));
        let opened = key.and_then(|key| key.decrypt(&password()));
        match (expected.as_str(), opened) {
            ("opens", Ok(key)) => assert!(key.secret_der() == der(&format!("keys/{what}")), "{name}"),
            ("refused", Err(error)) => assert!(is_one_of(error.code(), what), "{name}: {error:?}"),
            (_, opened) => panic!("{name}: expected {expected} {what}, found {opened:?}"),
        }
    }
}

#[test]
fn what_needs_no_password_is_refused_without_one() {
    for row in encrypted_pkcs8().iter().filter(|row| row[1] == "refused" && row[2] != "unsupported-key") {
        let error = EncryptedPrivateKey::from_der(&der(&format!("keys/{}", row[0]))).expect_err(&row[0]);
        assert!(is_one_of(error.code(), &row[2]), "{}: {error:?}", row[0]);
    }
    for (name, told) in [
        ("pbes1-md5-des.pem", "PBES1 with MD5 and DES"),
        ("pbes1-sha1-3des.pem", "the PKCS#12 scheme with 3DES"),
        ("pbes1-sha1-rc2-40.pem", "the PKCS#12 scheme with RC2"),
        ("pbkdf2-SHA256-des.pem", "DES-CBC"),
        ("pbkdf2-SHA256-rc2-cbc.pem", "RC2-CBC"),
        ("pbkdf2-SHA256-camellia-256-cbc.pem", "1.2.392.200011.61.1.1.1.4"),
        ("aes-256-gcm.pem", "AES-GCM"),
    ] {
        let error = EncryptedPrivateKey::from_der(&der(&format!("keys/encrypted/{name}"))).expect_err(name);
        assert!(error.to_string().contains(told), "{name}: {error}");
    }
}

#[test]
fn a_wrong_password_and_a_damaged_ciphertext_fail_alike() {
    let given = der("keys/encrypted/pbkdf2-SHA256-aes-256-cbc.pem");
    let key = EncryptedPrivateKey::from_der(&given).unwrap();
    assert_eq!(key.encrypted_bytes(), given);
    for wrong in [b"".as_slice(), b"wrong", &[&password()[..], b"\n"].concat()] {
        assert_eq!(key.decrypt(wrong).unwrap_err(), KeyError::DecryptFailed);
    }
    for at in [given.len() - 1, given.len() - 20, given.len() - 100] {
        let mut damaged = given.clone();
        damaged[at] ^= 1;
        let error = EncryptedPrivateKey::from_der(&damaged).unwrap().decrypt(&password()).unwrap_err();
        let code = error.code();
        assert!(code == ErrorCode::DecryptFailed || code == ErrorCode::KeyContradiction, "{at}: {error:?}");
    }
}

#[test]
fn no_changed_byte_around_a_ciphertext_panics_or_runs_for_long() {
    for name in ["pbkdf2-SHA256-des3.pem", "scrypt.pem", "pbkdf2-SHA1-aes-256-cbc.pem"] {
        let given = der(&format!("keys/encrypted/{name}"));
        for at in 0..given.len() - 140 {
            for value in 0..=255 {
                let mut changed = given.clone();
                changed[at] = value;
                let _ = EncryptedPrivateKey::from_der(&changed);
            }
        }
        for end in 0..given.len() {
            let code = EncryptedPrivateKey::from_der(&given[..end]).map_err(|error| error.code());
            assert_eq!(code.err(), Some(ErrorCode::EncryptedKeyMalformed), "{name}: {end} bytes");
        }
    }
}

/// DER with a tag and the concatenated parts.
fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let header = match u8::try_from(content.len()) {
        Ok(len @ 0..0x80) => vec![tag, len],
        Ok(len) => vec![tag, 0x81, len],
        Err(_) => [&[tag, 0x82], &u16::try_from(content.len()).unwrap().to_be_bytes()[..]].concat(),
    };
    [header, content].concat()
}

fn integer(number: u64) -> Vec<u8> {
    let octets = [&[0], &number.to_be_bytes()[..]].concat();
    let zeros = octets.windows(2).take_while(|pair| pair[0] == 0 && pair[1] & 0x80 == 0).count();
    value(2, &[&octets[zeros..]])
}

const PBKDF2: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 12];
const SCRYPT: &[u8] = &[0x06, 9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 4, 11];
const AES_128: &[u8] = &[0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 2];
const TRIPLE_DES: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 3, 7];

/// The code of an `EncryptedPrivateKeyInfo` with these parts, or "good".
fn pbes2(kdf: &[&[u8]], cipher: (&[u8], usize), ciphertext_len: usize) -> &'static str {
    let pbes2 = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13];
    let kdf = value(0x30, &[kdf[0], &value(0x30, &kdf[1..])]);
    let encryption = value(0x30, &[cipher.0, &value(4, &[&vec![0; cipher.1]])]);
    let identifier = value(0x30, &[&pbes2, &value(0x30, &[&kdf, &encryption])]);
    let der = value(0x30, &[&identifier, &value(4, &[&vec![0; ciphertext_len]])]);
    EncryptedPrivateKey::from_der(&der).map_or_else(|error| error.code().as_str(), |_| "good")
}

#[test]
fn lengths_of_pbes2_are_checked() {
    let salt = |len: usize| value(4, &[&vec![7; len]]);
    let few = [PBKDF2, &salt(8), &integer(2048)];
    let malformed = "encrypted-key-malformed";
    for (len, expected) in [(16, "good"), (0, malformed), (8, malformed), (15, malformed), (17, malformed)] {
        assert_eq!(pbes2(&few, (AES_128, len), 160), expected, "AES with a vector of {len}");
    }
    for (len, expected) in [(8, "good"), (0, malformed), (7, malformed), (9, malformed), (16, malformed)] {
        assert_eq!(pbes2(&few, (TRIPLE_DES, len), 160), expected, "3DES with a vector of {len}");
    }
    for (len, expected) in [(16, "good"), (0, malformed), (8, malformed), (33, malformed)] {
        assert_eq!(pbes2(&few, (AES_128, 16), len), expected, "a ciphertext of {len}");
    }
    for (len, expected) in [(0, "good"), (32, "good"), (33, "unsupported-encryption")] {
        assert_eq!(pbes2(&[PBKDF2, &salt(len), &integer(1)], (AES_128, 16), 16), expected, "a salt of {len}");
    }
    for (len, expected) in [(16, "good"), (0, malformed), (24, malformed), (65552, malformed)] {
        let told = [PBKDF2, &salt(8), &integer(1), &integer(len)];
        assert_eq!(pbes2(&told, (AES_128, 16), 16), expected, "a key of {len}");
    }
}

#[test]
fn the_cost_of_a_key_derivation_is_limited() {
    let salt = value(4, &[&[7; 8]]);
    let (malformed, cost) = ("encrypted-key-malformed", "kdf-cost");
    for (iterations, expected) in
        [(1, "good"), (10_000_000, "good"), (10_000_001, cost), (1 << 40, cost), (u64::MAX, cost), (0, malformed)]
    {
        let pbkdf2 = [PBKDF2, &salt, &integer(iterations)];
        assert_eq!(pbes2(&pbkdf2, (AES_128, 16), 16), expected, "{iterations} iterations");
    }
    for (n, r, p, expected) in [
        (1 << 14, 8, 1, "good"),
        (1 << 16, 8, 16, "good"),
        (1 << 17, 8, 1, cost),
        (1 << 16, 9, 1, cost),
        (1 << 16, 8, 17, cost),
        (u64::MAX, u64::MAX, 1, cost),
        (3, 8, 1, malformed),
        (1, 8, 1, malformed),
        (0, 8, 1, malformed),
        (1 << 14, 0, 1, malformed),
        (1 << 14, 8, 0, malformed),
        (1 << 16, 1, 1, malformed),
        (2, 1 << 17, 1, "unsupported-encryption"),
    ] {
        let scrypt = [SCRYPT, &salt, &integer(n), &integer(r), &integer(p)];
        assert_eq!(pbes2(&scrypt, (AES_128, 16), 16), expected, "scrypt {n} {r} {p}");
    }
}

#[test]
fn every_proc_type_fixture_opens_or_is_refused_by_its_code() {
    for row in table("keys/table.tsv").iter().filter(|row| row[0].contains("proc-type")) {
        let [name, expected, what] = row.as_slice() else { panic!("{row:?}") };
        let read = normalize(&data(&format!("keys/{name}")));
        match (expected.as_str(), read.items(), read.refused()) {
            ("opens", [found], []) => {
                let Item::Encrypted(key) = found.item() else { panic!("{name}: {found:?}") };
                assert_eq!(key.decrypt(b"wrong").unwrap_err(), KeyError::DecryptFailed, "{name}");
                let opened = key.decrypt(&password()).unwrap_or_else(|error| panic!("{name}: {error}"));
                let plain = PrivateKey::from_der(&der(&format!("keys/{what}"))).unwrap();
                assert!(opened.secret_pkcs8_der().secret_bytes() == plain.secret_der(), "{name}");
            }
            ("refused", [], [refusal]) => assert!(is_one_of(refusal.code(), what), "{name}: {refusal:?}"),
            _ => panic!("{name}: {read:?}"),
        }
    }
}

#[test]
fn the_tag_that_early_ring_gave_the_public_key_is_read() {
    let given = der("keys/ed25519-v2.pem");
    let tail = given.len() - 35;
    assert_eq!(given[tail..tail + 3], [0x81, 0x21, 0x00]);
    let mut early = [&given[..tail], &[0xa1, 0x23, 0x03], &given[tail + 1..]].concat();
    early[1] += 2;
    let key = PrivateKey::from_der(&early).unwrap();
    assert!(
        key.embeds_public_half() && key.public_key().is_same_key(PrivateKey::from_der(&given).unwrap().public_key())
    );
    let last = early.len() - 1;
    early[last] ^= 1;
    assert_eq!(PrivateKey::from_der(&early).unwrap_err(), KeyError::Contradiction(Contradiction::PublicKey));
}

/// Old programs left out the leading zeros of a scalar. The public half proves such a key; without one it is refused.
#[test]
fn a_short_scalar_is_read_beside_its_point() {
    let p256 = value(0xa0, &[&[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]]);
    let full = [&[0; 31], &[1][..]].concat();
    let sec1 = |scalar: &[u8], point: &[u8]| value(0x30, &[&[2, 1, 1], &value(4, &[scalar]), &p256, point]);
    let one = PrivateKey::from_sec1_der(&sec1(&full, &[])).unwrap();
    let point = &one.public_key().spki_der()[26..];
    let tagged = value(0xa1, &[&value(3, &[&[0], point])]);
    let short = PrivateKey::from_sec1_der(&sec1(&[1], &tagged)).unwrap();
    assert!(short.public_key().is_same_key(one.public_key()));
    let written = PrivateKey::from_der(short.secret_pkcs8_der().secret_bytes()).unwrap();
    assert!(written.public_key().is_same_key(one.public_key()));
    let code = |scalar: &[u8], point: &[u8]| PrivateKey::from_sec1_der(&sec1(scalar, point)).unwrap_err().code();
    assert_eq!(code(&[1], &[]), ErrorCode::KeyMalformed);
    assert_eq!(code(&[2], &tagged), ErrorCode::KeyContradiction);
    assert_eq!(code(&[], &tagged), ErrorCode::KeyContradiction);
    assert_eq!(code(&[&[0], &full[..]].concat(), &tagged), ErrorCode::KeyMalformed);
}

/// The kind of the key and the verdict on the self-signature, after the first `from` is replaced by `to`.
fn changed(certificate: &str, from: &[u8], to: &[u8]) -> (KeyAlgorithm, SelfSignature) {
    let mut der = der(&format!("certificates/{certificate}.pem"));
    let at = der.windows(from.len()).position(|part| part == from).expect(certificate);
    der[at..at + to.len()].copy_from_slice(to);
    let certificate = Certificate::from_der(&der).expect(certificate);
    (certificate.key_algorithm(), certificate.self_signature())
}

/// Damage to the algorithm identifier of the key must not keep the signature from being checked.
#[test]
fn a_damaged_kind_of_a_key_makes_the_signature_invalid() {
    const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
    const P384: &[u8] = &[0x06, 5, 0x2b, 0x81, 4, 0, 0x22];
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
    // The identifier before the key, not the one before the validity.
    const ED25519: &[u8] = &[0x06, 3, 0x2b, 0x65, 0x70, 0x03, 0x21];
    let invalid = SelfSignature::Invalid;
    for (name, from, to, kind) in [
        ("p256", P256, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 8][..], KeyAlgorithm::EcOther),
        ("compressed-point", P256, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 9, 7], KeyAlgorithm::EcOther),
        ("p384", P384, &[0x06, 5, 0x2b, 0x81, 4, 0, 0x0a], KeyAlgorithm::EcSecp256k1),
        ("compressed-point-p384", P384, &[0x06, 5, 0x2b, 0x81, 4, 0, 0x21], KeyAlgorithm::EcOther),
        ("p256", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 2], KeyAlgorithm::Other),
        ("rsa-2048", RSA, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 2], KeyAlgorithm::Other),
        ("ed25519", ED25519, &[0x06, 3, 0x2b, 0x65, 0x6e], KeyAlgorithm::X25519),
    ] {
        assert_eq!(changed(name, from, to), (kind, invalid), "{name} {to:02x?}");
    }
    // The exponent 65537 becomes an even number, and some others.
    let exponent = [0x02, 3, 1, 0, 1];
    for to in [[0x02, 3, 1, 0, 0], [0x02, 3, 1, 1, 1], [0x02, 3, 0x7f, 0, 1]] {
        assert_eq!(changed("rsa-2048", &exponent, &to), (KeyAlgorithm::Rsa, invalid), "{to:02x?}");
    }
}

#[test]
fn a_compressed_point_of_another_known_curve_is_not_taken_for_damage() {
    const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
    const SM2: &[u8] = &[0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d];
    let not_checked = SelfSignature::NotChecked(NotChecked::UnsupportedKey);
    assert_eq!(changed("compressed-point", P256, SM2), (KeyAlgorithm::EcOther, not_checked));
    assert_eq!(changed("p256", P256, SM2), (KeyAlgorithm::EcOther, SelfSignature::Invalid));
}
