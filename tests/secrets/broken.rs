//! Broken keys, through every path that reads keys: no message has any part of them.

use super::shown::Pieces;
use crate::made::{oid, seq, tlv};
use crate::support::{data, der, table};
use base64ct::{Base64, Encoding};
use pem_rfc7468::LineEnding;
use pkcs8::der::Encode;
use pkcs8::pkcs5::pbes2::Parameters;
use samlcert::application::{ApplicationId, Half, SavePolicy, Settings, StepContext};
use samlcert::{
    Application, CertKeyPair, Certificate, EncryptedPrivateKey, Fingerprint, PrivateKey, PublicKey, SystemEntropy,
    UnixTime, normalize,
};
use std::fmt::{Debug, Display};

/// A key that is broken, or does not belong to its certificate.
pub(super) struct Broken {
    pub(super) name: String,
    pub(super) der: Vec<u8>,
    /// The certificate that it stands beside.
    pub(super) certificate: String,
    /// Whether it is refused as it stands, without a look at the certificate.
    pub(super) is_refused: bool,
}

impl Broken {
    pub(super) fn pem(&self) -> String {
        pem_rfc7468::encode_string("PRIVATE KEY", LineEnding::LF, &self.der).unwrap()
    }

    pub(super) fn pieces(&self) -> Pieces {
        let pem = self.pem();
        let body = pem.split("-----").nth(2).unwrap();
        Pieces::of(&self.der).and(Pieces::of(body.as_bytes()))
    }
}

/// The keys of the fixtures that were tampered with or are of kinds that are not read, and sound ones that are cut off.
pub(super) fn broken() -> Vec<Broken> {
    const CERTIFICATE: &str = "certificates/rsa-2048.pem";
    let tampered = table("tampered/table.tsv").into_iter().filter(|row| row[2] != "match").map(|row| Broken {
        name: row[0].clone(),
        der: data(&format!("tampered/{}", row[0])),
        certificate: row[3].clone(),
        is_refused: row[2].starts_with("refused"),
    });
    let refused = |name: String, der| Broken { name, der, certificate: CERTIFICATE.to_owned(), is_refused: true };
    let unsupported = table("keys/table.tsv").into_iter().filter(|row| row[0].starts_with("unsupported/"));
    let unsupported = unsupported.map(|row| refused(row[0].clone(), der(&format!("keys/{}", row[0]))));
    let cut = ["rsa-2048", "p256", "p384", "p521", "ed25519", "rsa-2048.pkcs1", "p256.sec1"].map(|name| {
        let whole = data(&format!("keys/{name}.der"));
        refused(format!("{name} cut off"), whole[..whole.len() - 9].to_vec())
    });
    tampered.chain(unsupported).chain(cut).collect()
}

/// As people paste a key: in ways that are read as it stands, in ways that are repaired, and damaged.
fn pastes(key: &Broken) -> Vec<(&'static str, Vec<u8>)> {
    let pem = key.pem();
    let base64 = Base64::encode_string(&key.der);
    let lines: Vec<_> = pem.lines().collect();
    let (at, few) = (base64.len() / 3, base64.len() / 8);
    let without_a_line = [&lines[..1], &lines[2..]].concat().join("\n");
    let texts = [
        ("PEM", pem.clone()),
        ("CRLF", pem.replace('\n', "\r\n")),
        ("escaped", pem.replace('\n', "\\n")),
        ("on one line", pem.replace('\n', " ")),
        ("without header", base64.clone()),
        ("URL-safe", base64.replace('+', "-").replace('/', "_")),
        ("base64 twice", Base64::encode_string(pem.as_bytes())),
        ("as a certificate", pem.replace("PRIVATE KEY", "CERTIFICATE")),
        ("hexadecimal", crate::support::hex(&key.der)),
        ("in an element", format!("<X509Certificate>{base64}</X509Certificate>")),
        ("another character", pem.replacen(&base64[at..=at], "!", 1)),
        ("a character lost", pem.replacen(&base64[at..at + few], &base64[at + 1..at + few], 1)),
        ("a line lost", without_a_line),
        ("cut off", pem[..pem.len() * 2 / 3].to_owned()),
        ("masked", pem.replacen(&base64[at..at + few], &"*".repeat(few), 1)),
        ("with a password", format!("password: {base64}")),
    ];
    let texts = texts.map(|(name, text)| (name, text.into_bytes()));
    texts.into_iter().chain([("DER", key.der.clone())]).collect()
}

/// What a path says: every form in which a program might show it.
#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    fn debug(&mut self, value: &dyn Debug) {
        self.0.push(format!("{value:?} {value:#?}"));
    }

    fn error<E: std::error::Error>(&mut self, error: &E) {
        let mut source: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = source {
            self.text(&error);
            self.debug(&error);
            source = error.source();
        }
    }

    fn text(&mut self, value: &dyn Display) {
        self.0.push(value.to_string());
    }

    fn result<T: Debug, E: std::error::Error>(&mut self, result: &Result<T, E>) {
        match result {
            Ok(value) => self.debug(value),
            Err(error) => self.error(error),
        }
    }
}

/// What is said of a text that holds the key.
fn read(paste: &[u8], said: &mut Said) {
    let found = normalize(paste);
    said.debug(&found);
    found.refused().iter().for_each(|refusal| said.text(refusal));
    #[cfg(feature = "serde")]
    said.0.push(serde_json::to_string(&samlcert::json::Inspection::from(&found)).unwrap());
    said.result(&found.into_pair());
    said.result(&PrivateKey::from_pem(paste));
    said.result(&Certificate::from_pem(paste));
    said.result(&Fingerprint::parse(paste));
}

/// What is said of bytes that are, or may be, the key.
fn parse(der: &[u8], said: &mut Said) {
    said.result(&PrivateKey::from_der(der));
    said.result(&PrivateKey::from_pkcs8_der(der));
    said.result(&PrivateKey::from_pkcs1_der(der));
    said.result(&PrivateKey::from_sec1_der(der));
    said.result(&EncryptedPrivateKey::from_der(der));
    said.result(&Certificate::from_der(der));
    said.result(&PublicKey::from_spki_der(der));
}

/// What is said of the key beside its certificate, alone and in an application where that waits.
fn pair(key: &Broken, said: &mut Said) {
    let Ok(private_key) = PrivateKey::from_der(&key.der) else { return };
    let certificate = Certificate::from_der(&der(&key.certificate)).unwrap();
    let private_key = std::sync::Arc::new(private_key);
    match CertKeyPair::new(certificate.clone(), std::sync::Arc::clone(&private_key)) {
        Ok(pair) => {
            said.debug(&pair);
            said.result(&pair.test_signature(&mut SystemEntropy));
        }
        Err(error) => said.error(&error),
    }
    let at = StepContext { now: UnixTime(1_796_000_000), actor: "alice" };
    let id = ApplicationId::new("portal").unwrap();
    let (mut application, _) = Application::new(at, id, Settings::new(SavePolicy::OnSave)).unwrap();
    let first = PrivateKey::from_der(&der("keys/p256.pem")).unwrap();
    let first = CertKeyPair::new(Certificate::from_der(&der("certificates/p256.pem")).unwrap(), first).unwrap();
    application.activate(at, &first).unwrap();
    said.result(&application.upload(at, Half::Certificate(certificate)));
    said.result(&application.upload(at, Half::PrivateKey(private_key)));
    said.debug(&application);
}

const PASSWORD: &[u8] = b"Zd8-qw3.Lk5_Yt9+Ux2";

/// The key, encrypted as nothing here would encrypt it.
fn encrypted(plaintext: &[u8]) -> EncryptedPrivateKey {
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(1, &[7; 16], [9; 16]).unwrap();
    let mut buffer = [plaintext, &[0; 16]].concat();
    let ciphertext = parameters.encrypt_in_place(PASSWORD, &mut buffer, plaintext.len()).unwrap().to_vec();
    let pbes2 = oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13]);
    let scheme = seq(&[pbes2, parameters.to_der().unwrap()]);
    EncryptedPrivateKey::from_der(&seq(&[scheme, tlv(4, ciphertext)])).unwrap()
}

fn decrypt(key: &Broken, said: &mut Said) {
    let encrypted = encrypted(&key.der);
    said.debug(&encrypted);
    said.result(&encrypted.decrypt(PASSWORD));
    said.result(&encrypted.decrypt(&PASSWORD[1..]));
}

/// What one path says of a key.
type Say = fn(&Broken, &mut Said);

#[test]
fn a_sound_key_that_is_encrypted_like_the_broken_ones_opens() {
    encrypted(&data("keys/p256.der")).decrypt(PASSWORD).unwrap();
}

#[test]
fn nothing_that_is_said_of_a_broken_key_shows_it() {
    let password = Pieces::of(PASSWORD);
    let keys = broken();
    assert!(keys.len() > 300, "{}", keys.len());
    for key in &keys {
        let pieces = key.pieces();
        let check = |path: &str, said: Said| {
            assert!(!said.0.is_empty(), "{path}");
            for shown in said.0 {
                let leaks = pieces.is_in(shown.as_bytes()) || password.is_in(shown.as_bytes());
                assert!(!leaks, "{} {path}: {shown}", key.name);
            }
        };
        for (path, paste) in pastes(key) {
            let mut said = Said::default();
            read(&paste, &mut said);
            check(path, said);
        }
        let others: [(&str, Say); 2] = [("from_der", |key, said| parse(&key.der, said)), ("decrypt", decrypt)];
        for (path, say) in others {
            let mut said = Said::default();
            say(key, &mut said);
            check(path, said);
        }
        if !key.is_refused {
            let mut said = Said::default();
            pair(key, &mut said);
            check("pair", said);
        }
    }
}
