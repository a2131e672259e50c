//! Pairs from two PEM texts, the key proven, beside what OpenSSL and ring do from the same texts.

use crate::{cost, data, goal};
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
    fn own(&self) -> u128 {
        cost(|| {
            let certificate = samlcert::pem::decode(black_box(&self.certificate));
            let key = samlcert::pem::decode(black_box(&self.key));
            let certificate = Certificate::from_der(certificate[0].secret_bytes()).unwrap();
            CertKeyPair::new(certificate, PrivateKey::from_der(key[0].secret_bytes()).unwrap()).unwrap()
        })
    }

    /// What `X509_check_private_key` does: the public halves are compared.
    fn openssl(&self) -> u128 {
        cost(|| {
            let key = PKey::private_key_from_pem(black_box(&self.key)).unwrap();
            let certificate = X509::from_pem(black_box(&self.certificate)).unwrap();
            assert!(certificate.public_key().unwrap().public_eq(&key));
        })
    }

    /// `RSA_check_key` from the same text.
    fn rsa_check_key(&self) -> u128 {
        cost(|| {
            let key = PKey::private_key_from_pem(black_box(&self.key)).unwrap();
            assert!(key.rsa().unwrap().check_key().unwrap());
        })
    }
}

pub(crate) fn run() {
    let rsa = Texts::of("rsa-2048");
    let own = rsa.own();
    goal("pair, RSA-2048, from two texts", own, "X509_check_private_key", rsa.openssl(), 1.0 / 25.0);
    goal("pair, RSA-2048, from two texts", own, "RSA_check_key", rsa.rsa_check_key(), 1.0 / 1000.0);
    goal("pair, RSA-4096, from two texts", Texts::of("rsa-4096").own(), "RSA-2048", own, 3.0);
    p256();
    ed25519();
}

fn p256() {
    let texts = Texts::of("p256");
    let key = PrivateKey::from_pem(&texts.key).unwrap();
    let der = key.secret_der();
    let algorithm = &ring::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let random = ring::rand::SystemRandom::new();
    let ring = cost(|| ring::signature::EcdsaKeyPair::from_pkcs8(algorithm, black_box(der), &random).unwrap());
    goal("pair, P-256, from two texts", texts.own(), "ring's check of the key", ring, 1.3);
}

fn ed25519() {
    let texts = Texts::of("ed25519");
    let key = PKey::private_key_from_pem(&texts.key).unwrap();
    let (seed, public) = (key.raw_private_key().unwrap(), key.raw_public_key().unwrap());
    let ring = cost(|| {
        ring::signature::Ed25519KeyPair::from_seed_and_public_key(black_box(&seed), black_box(&public)).unwrap()
    });
    goal("pair, Ed25519, from two texts", texts.own(), "ring's check of the key", ring, 1.3);
}
