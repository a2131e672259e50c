//! What is read here beside what OpenSSL, python `cryptography` and Go read, over certificates and keys that were changed.
//!
//! Where all read a value, its fields are equal; what none of the three reads is not read here either. Every difference that
//! remains is a row of `tests/data/differential/differences.tsv` with the rule that it follows.

mod dictionary;
mod mutate;
mod reading;
mod readers;
mod tree;

use crate::support::{self, hex};
use mutate::{Draw, mutant};
use readers::{Given, NAMES, Reader};
use reading::{Kind, Reading, own};
use samlcert::PublicKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const CERTIFICATES: [&str; 40] = [
    "100-sans",
    "P-224",
    "chain-leaf",
    "compressed-point",
    "dates-1950",
    "dates-2049-2050",
    "dates-9999",
    "dsa",
    "ed25519",
    "ed448",
    "ml-dsa-44",
    "name-bmp",
    "name-control-characters",
    "name-email-and-domain",
    "name-empty-both",
    "name-empty-value",
    "name-ia5",
    "name-multi-valued-rdn",
    "name-numeric",
    "name-special-characters",
    "name-t61",
    "name-universal",
    "name-unknown-attribute",
    "p256",
    "p256-explicit",
    "p384",
    "p521",
    "rsa-1024",
    "rsa-2048",
    "rsa-2048-e3",
    "rsa-2048-null-missing",
    "rsa-2048-pss-signed",
    "rsa-pss-2048-sha256",
    "secp256k1",
    "serial-negative",
    "unique-ids",
    "unknown-critical-extension",
    "unknown-key-algorithm",
    "version-1",
    "x25519",
];

const KEYS: [&str; 20] = [
    "ed25519",
    "ed25519-attributes",
    "ed25519-v2",
    "p256",
    "p256-attributes",
    "p256-compressed",
    "p256-no-public",
    "p256-no-public.sec1",
    "p256-v2",
    "p256.sec1",
    "p384",
    "p384.sec1",
    "p521",
    "p521.sec1",
    "rsa-1024",
    "rsa-1024.pkcs1",
    "rsa-2048-attributes",
    "rsa-2048-v2",
    "rsa-2048.pkcs1",
    "rsa-pss-2048-sha256",
];

/// The certificates and the keys, as they are.
fn originals() -> Vec<(Kind, Vec<u8>)> {
    let certificates = CERTIFICATES.iter().map(|name| (Kind::Certificate, format!("certificates/{name}.pem")));
    let keys = KEYS.iter().map(|name| (Kind::Key, format!("keys/{name}.pem")));
    certificates.chain(keys).map(|(kind, file)| (kind, support::der(&file))).collect()
}

/// So many mutants of all originals in turn.
fn mutants(count: usize) -> impl Iterator<Item = (Kind, Vec<u8>)> {
    let originals = originals();
    (0..count).map(move |index| {
        let (kind, der) = &originals[index % originals.len()];
        (*kind, mutant(der, &mut Draw::new(u64::try_from(index).unwrap())))
    })
}

/// One class of differences: who, what they do, and why.
type Class = [String; 3];

#[derive(Default)]
struct Differences(BTreeMap<Class, (usize, String, usize)>);

impl Differences {
    fn add(&mut self, who: &str, does: &str, why: String, der: &[u8]) {
        let found = self.0.entry([who.to_owned(), does.to_owned(), why]).or_insert_with(|| (0, hex(der), 0));
        found.0 += 1;
        if der.len() * 2 < found.1.len() {
            found.1 = hex(der);
        }
    }
}

fn compare(given: &Given, readings: &[(&str, Reading)], differences: &mut Differences) {
    let der = &given.der;
    let own = own(given.kind, der);
    let fields = match own {
        Err(why) => {
            let who: Vec<_> =
                readings.iter().filter(|(_, reading)| reads(reading, true)).map(|(name, _)| *name).collect();
            if !who.is_empty() {
                differences.add(&who.join("+"), "reads", why, der);
            }
            return;
        }
        Ok(fields) => fields,
    };
    let with_key = SIGNING.contains(&fields["key"].split(' ').next().unwrap_or_default());
    let mut none = true;
    for (name, reading) in readings {
        match reading {
            Err(why) => differences.add(name, "refuses", why.clone(), der),
            Ok(theirs) => {
                if reads(reading, with_key) {
                    none = false;
                } else {
                    differences.add(name, "refuses", format!("key: {}", theirs["no-key"]), der);
                }
                if fields.contains_key("ski") && !theirs.contains_key("ski") {
                    differences.add(name, "lacks", "ski".to_owned(), der);
                }
                for (field, value) in theirs {
                    let Some(own) = fields.get(field) else {
                        if field != "no-key" {
                            differences.add(name, "adds", field.clone(), der);
                        }
                        continue;
                    };
                    if !alike(name, field, own, value) {
                        differences.add(name, "differs", how(field, own, value), der);
                    }
                }
            }
        }
    }
    if none {
        differences.add("ALL", "refuse", readings.iter().map(|(_, r)| format!("{:?}", r.as_ref().err())).collect(), der);
    }
}

const SIGNING: [&str; 6] = ["rsa", "rsa-pss", "ec-p256", "ec-p384", "ec-p521", "ed25519"];

fn reads(reading: &Reading, with_key: bool) -> bool {
    reading.as_ref().is_ok_and(|fields| !with_key || fields.contains_key("key"))
}

fn alike(who: &str, field: &str, own: &str, theirs: &str) -> bool {
    match (who, field) {
        ("go", "issuer" | "subject") => own.replace('+', ",") == theirs,
        (_, "spki") => own == theirs || is_same_key(own, theirs),
        _ => own == theirs,
    }
}

/// How two values of a field differ.
fn how(field: &str, own: &str, theirs: &str) -> String {
    match field {
        "issuer" | "subject" => {
            let attributes = |name: &str| name.split([',', '+']).map(str::to_owned).collect::<Vec<_>>();
            let (own, theirs) = (attributes(own), attributes(theirs));
            let pairs = own.iter().zip(&theirs).filter(|(own, theirs)| own != theirs);
            let classes: BTreeSet<_> = pairs.map(|(own, theirs)| how_attributes(own, theirs)).collect();
            match own.len() == theirs.len() {
                true => classes.into_iter().collect::<Vec<_>>().join(" and "),
                false => "name: the number of attributes".to_owned(),
            }
        }
        "key" => format!("key: {own}, {theirs}"),
        _ => field.to_owned(),
    }
}

fn how_attributes(own: &str, theirs: &str) -> String {
    let (own_type, own) = own.split_once('=').expect("a type and a value");
    let (their_type, theirs) = theirs.split_once('=').expect("a type and a value");
    let shape = |value: &str| if value.starts_with('!') { "octets" } else { "text" };
    if own_type == their_type { format!("name: {}, {}", shape(own), shape(theirs)) } else { "name: type".to_owned() }
}

fn is_same_key(one: &str, two: &str) -> bool {
    let key = |hex: &str| PublicKey::from_spki_der(&reading::octets(hex)).ok();
    matches!((key(one), key(two)), (Some(one), Some(two)) if one.is_same_key(&two))
}

#[test]
#[ignore = "needs openssl, python and the current go"]
fn mutants_as_others_read_them() {
    let count = std::env::var("MUTANTS").map_or(100_000, |n| n.parse().unwrap());
    let given: Arc<[Given]> = mutants(count)
        .map(|(kind, der)| Given { kind, is_read: own(kind, &der).is_ok(), der })
        .collect();
    let mut readers = NAMES.map(|name| Reader::start(name, given.clone()));
    let mut differences = Differences::default();
    for one in given.iter() {
        let readings: Vec<_> = readers.iter_mut().map(|reader| (reader.name, reader.next())).collect();
        compare(one, &readings, &mut differences);
    }
    readers.map(Reader::finish);
    for (class, (count, example, _)) in &differences.0 {
        println!("{}\t{count}\t{example}", class.join("\t"));
    }
}
