//! What is read here beside what OpenSSL, python `cryptography` and Go read, over certificates and keys that were changed.
//!
//! Where all read a value, its fields are equal; what none of the three reads is not read here either. Every difference that
//! remains is in a row of `tests/data/differential/differences.tsv` with the rule that it follows.

mod compare;
mod dictionary;
mod mutate;
mod readers;
mod reading;
mod rows;
mod tree;

use crate::support::{self, hex};
use compare::compare;
use mutate::{Draw, mutant};
use readers::{Given, NAMES, Reader};
use reading::{Kind, own};
use rows::Rows;
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

#[test]
fn the_originals_are_read() {
    for (name, (kind, der)) in CERTIFICATES.iter().chain(&KEYS).zip(originals()) {
        assert!(own(kind, &der).is_ok(), "{name}: {:?}", own(kind, &der));
    }
}

#[test]
fn every_difference_has_a_rule() {
    Rows::read();
}

/// So many mutants are read by all.
const MUTANTS: usize = 100_000;

#[test]
#[ignore = "needs openssl, python and the current go"]
fn mutants_as_others_read_them() {
    let given: Arc<[Given]> = mutants(MUTANTS).map(|(kind, der)| Given { kind, own: own(kind, &der), der }).collect();
    let mut readers = NAMES.map(|name| Reader::start(name, given.clone()));
    let mut rows = Rows::read();
    let mut read_here_alone = Vec::new();
    for one in given.iter() {
        let others = readers.each_mut().map(Reader::next);
        match compare(one, &others) {
            Some(differences) => differences.into_iter().for_each(|difference| rows.meet(difference, &one.der)),
            None => read_here_alone.push(hex(&one.der)),
        }
    }
    readers.into_iter().for_each(Reader::finish);
    assert!(read_here_alone.is_empty(), "none of the others reads\n{}", read_here_alone.join("\n"));
    let wrong = rows.wrong();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
