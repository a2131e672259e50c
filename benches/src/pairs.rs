//! Pairs from two PEM texts, the key proven, beside what OpenSSL and ring do from the same texts.

use crate::{Contenders, data};
use openssl::pkey::PKey;
use openssl::x509::X509;
use samlcert::{CertKeyPair, Certificate, PrivateKey};
use std::hint::black_box;

struct Texts {
    key: Vec<u8>,
    certificate: Vec<u8>,
}

impl Texts {
    fn of(kind: &str) -> Self {
        Self { key: data(&format!("keys/{kind}.pem")), certificate: data(&format!("certificates/{kind}.pem")) }
    }

    /// Without the certificate's self-signature, which OpenSSL does not verify here either.
    fn own(&self) -> CertKeyPair {
        let certificate = samlcert::pem::decode(black_box(&self.certificate));
        let key = samlcert::pem::decode(black_box(&self.key));
        let certificate = Certificate::from_der(certificate[0].secret_bytes()).unwrap();
        CertKeyPair::new(certificate, PrivateKey::from_der(key[0].secret_bytes()).unwrap()).unwrap()
    }

    /// What `X509_check_private_key` does: the public halves are compared.
    fn openssl(&self) {
        let key = PKey::private_key_from_pem(black_box(&self.key)).unwrap();
        let certificate = X509::from_pem(black_box(&self.certificate)).unwrap();
        assert!(certificate.public_key().unwrap().public_eq(&key));
    }

    /// `RSA_check_key` from the same text.
    fn rsa_check_key(&self) {
        let key = PKey::private_key_from_pem(black_box(&self.key)).unwrap();
        assert!(key.rsa().unwrap().check_key().unwrap());
    }
}

pub(crate) fn run() {
    let (rsa, larger) = (Texts::of("rsa-2048"), Texts::of("rsa-4096"));
    let mut all = Contenders::default();
    all.add("pair, RSA-2048, from two texts", || rsa.own());
    all.add("pair, RSA-4096, from two texts", || larger.own());
    all.add("X509_check_private_key", || rsa.openssl());
    all.add("RSA_check_key", || rsa.rsa_check_key());
    let all = all.measured();
    all.goal("pair, RSA-2048, from two texts", "X509_check_private_key", 1.0 / 25.0);
    all.goal("pair, RSA-2048, from two texts", "RSA_check_key", 1.0 / 1000.0);
    all.goal("pair, RSA-4096, from two texts", "pair, RSA-2048, from two texts", 3.0);
    p256();
    ed25519();
}

fn p256() {
    let texts = Texts::of("p256");
    let key = PrivateKey::from_pem(&texts.key).unwrap();
    let der = key.secret_der();
    let algorithm = &ring::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let random = ring::rand::SystemRandom::new();
    let mut all = Contenders::default();
    all.add("pair, P-256, from two texts", || texts.own());
    all.add("ring's check of the key", || {
        ring::signature::EcdsaKeyPair::from_pkcs8(algorithm, black_box(der), &random).unwrap()
    });
    all.measured().goal("pair, P-256, from two texts", "ring's check of the key", 1.3);
}

fn ed25519() {
    let texts = Texts::of("ed25519");
    let key = PKey::private_key_from_pem(&texts.key).unwrap();
    let (seed, public) = (key.raw_private_key().unwrap(), key.raw_public_key().unwrap());
    let mut all = Contenders::default();
    all.add("pair, Ed25519, from two texts", || texts.own());
    all.add("ring's check of the key", || {
        ring::signature::Ed25519KeyPair::from_seed_and_public_key(black_box(&seed), black_box(&public)).unwrap()
    });
    all.measured().goal("pair, Ed25519, from two texts", "ring's check of the key", 1.3);
}
