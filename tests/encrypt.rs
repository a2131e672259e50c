//! Encrypted keys: which passwords open them, and that the plaintext is the key as PKCS#8.

use crate::crosscheck::ask;
use crate::support::{self, Seeded, der, hex};
use samlcert::{EncryptedPrivateKey, Entropy, EntropyError, ErrorCode, Item, PrivateKey, SystemEntropy, normalize};
use serde_json::json;

const PASSWORD: &[u8] = "Zwölf Boxkämpfer".as_bytes();

/// One of each encoding and kind; those that OpenSSL and python read, too.
const KEYS: [&str; 8] = [
    "rsa-2048.pem",
    "rsa-2048.pkcs1.pem",
    "rsa-pss-2048.pem",
    "p256.pem",
    "p256.sec1.pem",
    "p384.pem",
    "p521.pem",
    "ed25519.pem",
];

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_der(&der(&format!("keys/{name}"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn encrypt(name: &str) -> EncryptedPrivateKey {
    EncryptedPrivateKey::encrypt(&key(name), PASSWORD, &mut Seeded::new(1)).unwrap()
}

fn pem(key: EncryptedPrivateKey) -> Vec<u8> {
    Item::Encrypted(key).secret_write(samlcert::pem::Form::Pem).unwrap().secret_bytes().to_vec()
}

#[test]
fn what_was_encrypted_opens_with_its_password_alone() {
    for name in KEYS.into_iter().chain(["rsa-8192.pem", "ed25519-v2.pem", "p256-attributes.pem"]) {
        let encrypted = encrypt(name);
        let opened = encrypted.decrypt(PASSWORD).expect(name);
        assert_eq!(opened.secret_der(), key(name).secret_pkcs8_der().secret_bytes(), "{name}");
        assert_eq!(encrypted.decrypt(b"another").map_err(|error| error.code()).err(), Some(ErrorCode::DecryptFailed));
        let read = EncryptedPrivateKey::from_der(encrypted.encrypted_bytes()).expect(name);
        assert!(read.decrypt(PASSWORD).expect(name).public_key().is_same_key(opened.public_key()), "{name}");
        let pem = pem(encrypted);
        assert!(pem.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{name}");
        assert!(matches!(normalize(&pem).items()[0].item(), Item::Encrypted(_)), "{name}");
    }
}

#[test]
fn nothing_of_the_key_stands_in_what_was_encrypted() {
    let key = key("p256.pem");
    let encrypted = encrypt("p256.pem");
    let plain = key.secret_der();
    assert!(plain.windows(8).all(|part| !encrypted.encrypted_bytes().windows(8).any(|other| other == part)));
}

#[test]
fn the_randomness_decides_and_is_new_each_time() {
    let key = key("p256.pem");
    let encrypt = |entropy: &mut dyn Entropy| {
        EncryptedPrivateKey::encrypt(&key, PASSWORD, entropy).unwrap().encrypted_bytes().to_vec()
    };
    assert_eq!(encrypt(&mut Seeded::new(7)), encrypt(&mut Seeded::new(7)));
    assert_ne!(encrypt(&mut Seeded::new(7)), encrypt(&mut Seeded::new(8)));
    assert_ne!(encrypt(&mut SystemEntropy), encrypt(&mut SystemEntropy));
}

/// Gives a number of pieces, and then fails.
struct Fails(usize);

impl Entropy for Fails {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.0 = self.0.checked_sub(1).ok_or(EntropyError)?;
        out.fill(1);
        Ok(())
    }
}

#[test]
fn what_is_refused() {
    let key = key("p256.pem");
    let code = |password: &[u8], entropy: &mut dyn Entropy| {
        EncryptedPrivateKey::encrypt(&key, password, entropy).map_err(|error| error.code()).err()
    };
    assert_eq!(code(b"", &mut SystemEntropy), Some(ErrorCode::EmptyPassword));
    assert_eq!(code(PASSWORD, &mut Fails(0)), Some(ErrorCode::EntropyFailed));
    assert_eq!(code(PASSWORD, &mut Fails(1)), Some(ErrorCode::EntropyFailed));
    assert_eq!(code(PASSWORD, &mut Fails(2)), None);
}

#[test]
#[ignore = "needs openssl and python"]
fn openssl_and_python_open_what_was_encrypted() {
    let password = str::from_utf8(PASSWORD).unwrap();
    let pass = format!("pass:{password}");
    let mut questions = Vec::new();
    for name in KEYS {
        let pem = pem(encrypt(name));
        let spki = support::output("openssl", &["pkey", "-passin", &pass, "-pubout", "-outform", "DER"], &pem);
        assert_eq!(hex(&spki), hex(key(name).public_key().spki_der()), "{name}");
        questions.push(json!({"do": "key", "data": hex(&pem), "password": password}));
    }
    for (name, answer) in KEYS.into_iter().zip(ask(&questions)) {
        assert_eq!(answer["bits"], json!(key(name).bits()), "{name}: {answer}");
    }
}
