//! No wrong character of base64, and no exchange of two, turns a certificate with a valid self-signature into another one that is
//! accepted.

use samlcert::{Certificate, SelfSignature};

use crate::support::der;

/// The DER with the six bits of one base64 character changed.
fn with_wrong_character(der: &[u8], index: usize, change: u8) -> Option<Vec<u8>> {
    let mut der = der.to_vec();
    for bit in (0..6).filter(|bit| change >> bit & 1 == 1) {
        let place = index * 6 + 5 - bit;
        *der.get_mut(place / 8)? ^= 0x80 >> (place % 8);
    }
    Some(der)
}

/// The six bits of one character of the base64.
fn character(der: &[u8], index: usize) -> u8 {
    (0..6).fold(0, |bits, bit| {
        let place = index * 6 + bit;
        bits << 1 | der.get(place / 8).map_or(0, |byte| byte >> (7 - place % 8) & 1)
    })
}

fn with_exchanged_characters(der: &[u8], index: usize) -> Option<Vec<u8>> {
    let change = character(der, index) ^ character(der, index + 1);
    with_wrong_character(der, index, change).and_then(|der| with_wrong_character(&der, index + 1, change))
}

/// Tries each wrong character that `changes` gives for a place, and the exchange of each character with the next one.
fn assert_damage_is_found(name: &str, changes: impl Fn(usize) -> Vec<u8>) {
    let der = der(&format!("certificates/{name}"));
    let whole = Certificate::from_der(&der).unwrap();
    assert_eq!(whole.self_signature(), SelfSignature::Valid, "{name}");
    for index in 0..(der.len() * 8).div_ceil(6) {
        let wrong = changes(index).into_iter().map(|change| with_wrong_character(&der, index, change));
        let exchanged = with_exchanged_characters(&der, index);
        for damaged in wrong.chain([exchanged]).flatten().filter(|damaged| *damaged != der) {
            let Ok(certificate) = Certificate::from_der(&damaged) else { continue };
            assert_eq!(certificate.self_signature(), SelfSignature::Invalid, "{name}: character {index}");
        }
    }
}

fn all(_: usize) -> Vec<u8> {
    (1..64).collect()
}

/// All 63 wrong characters at every place.
#[test]
fn every_wrong_character_is_found() {
    for name in ["ed25519.pem", "p256.pem"] {
        assert_damage_is_found(name, all);
    }
}

/// Two wrong characters at every place.
#[test]
fn sampled_wrong_characters_are_found() {
    for name in OTHERS.into_iter().chain(["p521.pem", "compressed-point-p521.pem"]) {
        assert_damage_is_found(name, |index| vec![1 << (index % 6), 63]);
    }
}

#[test]
#[ignore = "slow"]
fn every_wrong_character_is_found_in_others() {
    for name in OTHERS {
        assert_damage_is_found(name, all);
    }
}

const OTHERS: [&str; 18] = [
    "ski-without-aki.pem",
    "without-ski-aki.pem",
    "version-1-p256.pem",
    "version-1.pem",
    "version-3-without-extensions.pem",
    "unique-ids.pem",
    "name-empty-both.pem",
    "100-sans.pem",
    "compressed-point.pem",
    "compressed-point-p384.pem",
    "p256-sha512.pem",
    "p384.pem",
    "rsa-1024.pem",
    "rsa-2048.pem",
    "rsa-2048-e3.pem",
    "rsa-2048-null-missing.pem",
    "rsa-pss-2048.pem",
    "rsa-2048-pss-signed.pem",
];
