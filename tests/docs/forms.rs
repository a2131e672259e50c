//! The JSON forms in `docs/json.md` have every field that the program prints.

use super::transcripts::Folder;
use super::{read, updating};
use serde_json::Value;
use std::collections::BTreeSet;

const COMMANDS: &[&str] = &[
    "inspect tests/data/texts/full-chain-with-key.pem",
    "inspect tests/data/keys/encrypted/proc-type-rsa-2048-aes256.pem",
    "check tests/data/texts/pair.pem",
    "check tests/data/pool/a.pem tests/data/keys/p256.pem",
    "check nowhere.pem",
    "fingerprint tests/data/pool/a.pem",
    "fingerprint --parse 2A02412D4D2670A0A9323006DF4FA7114D0384A1",
    "fingerprint --parse nothing",
    "compare tests/data/pool/a.pem tests/data/pool/b.pem",
    "normalize tests/data/texts/pair.pem",
    "normalize --as der tests/data/certificates/p256.pem",
    "generate --cn idp.example.org --kind ed25519 --out-certificate made.pem --out-key made-key.pem",
    "renew made.pem made-key.pem",
    "csr made.pem made-key.pem",
    "app new portal --policy staged",
    "app set portal --entity-id https://idp.example.org --sso-post https://idp.example.org/sso --contact-mail a@example.org",
    "app activate portal --certificate tests/data/pool/a.pem",
    "app provider add portal https://wiki.example.org --capability one-certificate",
    "app provider add portal https://mail.example.org --capability metadata --pull-interval 60",
    "app provider confirm portal https://wiki.example.org 2157",
    "app upload portal --certificate tests/data/pool/d.pem",
    "app save portal",
    "app publish portal",
    "app plan portal",
    "app cut-over portal",
    "app provider export portal https://wiki.example.org",
    "app provider list portal",
    "app identify portal 2157",
    "app download portal",
    "app csr portal",
    "app status portal",
    "app log portal",
    "app list",
    "app export portal --secret-keys --out portal.json && cat portal.json",
    "remind",
    "completions bash",
    "man .",
];

#[test]
fn every_field_stands_there() {
    if updating() {
        return;
    }
    let folder = Folder::new("docs/json.md-fields");
    let documented = read("docs/json.md");
    for command in COMMANDS {
        let (command, then) = command.split_once(" && ").unwrap_or((command, "true"));
        let printed = folder.output(&format!("samlcert {command} --json --now 2027-12-20T09:00:00Z; {then}"));
        let documents = serde_json::Deserializer::from_str(&printed).into_iter::<Value>();
        for document in documents {
            let mut fields = BTreeSet::new();
            collect(&document.unwrap_or_else(|error| panic!("{command}: {error}\n{printed}")), &mut fields);
            assert!(!fields.is_empty(), "{command}");
            for field in fields {
                assert!(documented.contains(&format!("\"{field}\":")), "{command}: {field} is not in docs/json.md");
            }
        }
    }
}

/// The names of all fields, at any depth.
fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, fields)),
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            fields.insert(name.clone());
            collect(value, fields);
        }),
        _ => {}
    }
}
