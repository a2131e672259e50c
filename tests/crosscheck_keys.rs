//! Compares the keys of the fixtures with what OpenSSL and Python's `cryptography` say of them.

use crate::crosscheck::ask;
use crate::support::{self, hex};
use samlcert::{HashAlgorithm, Item, NormalizedItem, PrivateKey, PublicKey, normalize};
use serde_json::{Value, json};

/// The private keys that are read as they are: file, DER.
fn keys() -> Vec<(String, Vec<u8>)> {
    let rows =
        support::table("keys/table.tsv").into_iter().filter(|row| !["refused", "opens"].contains(&row[1].as_str()));
    rows.map(|row| (row[0].clone(), support::der(&format!("keys/{}", row[0])))).collect()
}

/// Neither OpenSSL 3.0 nor python reads PKCS#8 v2 (RFC 5958) with its public key; the key itself is the same.
fn reads_version_2(file: &str) -> bool {
    file.contains("-v2")
}

#[test]
#[ignore = "needs openssl"]
fn keys_as_openssl_reads_them() {
    for (file, der) in keys().into_iter().filter(|(file, _)| !reads_version_2(file)) {
        let own = PrivateKey::from_der(&der).unwrap_or_else(|error| panic!("{file}: {error}"));
        let spki = support::output("openssl", &["pkey", "-inform", "DER", "-pubout", "-outform", "DER"], &der);
        // OpenSSL keeps a point compressed; the crate writes the public half of a private key in one way.
        if file == "p256-compressed.pem" {
            let public = PublicKey::from_spki_der(&spki).expect("OpenSSL's public key");
            assert!(own.public_key().is_same_key(&public), "{file}");
        } else {
            assert_eq!(hex(own.public_key().spki_der()), hex(&spki), "{file}");
        }
    }
}

#[test]
#[ignore = "needs python"]
fn keys_as_python_reads_them() {
    let keys: Vec<_> = keys().into_iter().filter(|(file, _)| !reads_version_2(file)).collect();
    let questions: Vec<Value> = keys.iter().map(|(_, der)| json!({"do": "key", "data": hex(der)})).collect();
    for ((file, der), answer) in keys.iter().zip(ask(&questions)) {
        let own = PrivateKey::from_der(der).unwrap_or_else(|error| panic!("{file}: {error}"));
        // Python forgets that a key is of PSS alone.
        let kind = own.algorithm().as_str().trim_end_matches("-pss");
        assert_eq!((&answer["key"], &answer["bits"]), (&json!(kind), &json!(own.bits())), "{file}: {answer}");
        if kind == own.algorithm().as_str() {
            let spki = own.public_key().fingerprint(HashAlgorithm::Sha256).to_hex();
            assert_eq!(answer["spki_sha256"], json!(spki), "{file}");
        }
    }
}

/// Opens the one encrypted key of a fixture; the code if it is refused before or after.
fn open(file: &str, password: &[u8]) -> Result<PrivateKey, String> {
    let normalized = normalize(&support::data(&format!("keys/{file}")));
    let refused = normalized.refused().first().map(|refusal| refusal.code().to_string());
    match normalized.into_items().into_iter().next().map(NormalizedItem::into_item) {
        Some(Item::Encrypted(key)) => key.decrypt(password).map_err(|error| error.code().to_string()),
        other => Err(refused.unwrap_or_else(|| format!("{other:?}"))),
    }
}

#[test]
fn encrypted_keys_as_their_making_says() {
    let password = support::text("keys/password");
    let rows = support::table("keys/table.tsv").into_iter().filter(|row| row[0].starts_with("encrypted/"));
    for row in rows {
        let said = open(&row[0], password.trim_end().as_bytes());
        match said {
            Ok(key) => {
                let plain = PrivateKey::from_der(&support::der(&format!("keys/{}", row[2]))).expect("a plain key");
                assert_eq!(row[1], "opens", "{}", row[0]);
                assert!(key.public_key().is_same_key(plain.public_key()), "{}", row[0]);
            }
            Err(code) => assert_eq!(["refused", code.as_str()], [row[1].as_str(), row[2].as_str()], "{}", row[0]),
        }
        if row[1] == "opens" {
            assert_eq!(open(&row[0], b"wrong horse").unwrap_err(), "decrypt-failed", "{}", row[0]);
        }
    }
}

#[test]
#[ignore = "needs openssl"]
fn encrypted_keys_as_openssl_opens_them() {
    let password = format!("pass:{}", support::text("keys/password").trim_end());
    for row in support::table("keys/table.tsv").iter().filter(|row| row[1] == "opens") {
        // The command limits scrypt to 32 MiB.
        if row[0] == "encrypted/scrypt-64-mib.pem" {
            continue;
        }
        let path = support::path(&format!("keys/{}", row[0]));
        let arguments = ["pkey", "-in", path.to_str().unwrap(), "-passin", &password, "-pubout", "-outform", "DER"];
        let spki = support::output("openssl", &arguments, b"");
        let key = open(&row[0], &password.as_bytes()[5..]).unwrap_or_else(|code| panic!("{}: {code}", row[0]));
        assert_eq!(hex(key.public_key().spki_der()), hex(&spki), "{}", row[0]);
    }
}
