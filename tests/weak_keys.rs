//! RSA keys that can be broken are noted; sound keys are not.

use samlcert::{Item, KeyNote, Note, PublicKey, normalize};

use crate::made::{oid, seq, tlv};
use crate::support::{data, table, text};

const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];

/// A key of this modulus, given big-endian with its highest bit set, and the exponent 65537.
fn public_key(modulus: &[u8]) -> PublicKey {
    let numbers = seq(&[tlv(2, [&[0], modulus].concat()), tlv(2, [1, 0, 1])]);
    let spki = seq(&[seq(&[oid(&RSA_ENCRYPTION), tlv(5, [])]), tlv(3, [vec![0], numbers].concat())]);
    PublicKey::from_spki_der(&spki).unwrap()
}

fn octets(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn told(notes: &[Note]) -> String {
    let notes = notes.iter().filter(|note| **note != Note::UnprovenContent).map(|note| note.as_str());
    let told = notes.collect::<Vec<_>>().join(" ");
    if told.is_empty() { "-".to_owned() } else { told }
}

/// Keys made by `make_weak.py`: those that can be broken are noted, and those just beyond are not.
#[test]
fn each_weakness_is_noted() {
    for row in table("weak/table.tsv") {
        let [file, of_certificate, of_key] = row.try_into().unwrap();
        let found = normalize(&data(&format!("weak/{file}")));
        assert!(found.refused().is_empty(), "{file}: {:?}", found.refused());
        let expected = [of_certificate, of_key];
        let noted: Vec<_> = found.items().iter().map(|item| told(item.notes())).collect();
        let wanted: Vec<_> = expected.iter().filter(|notes| !notes.is_empty()).cloned().collect();
        assert_eq!(noted, wanted, "{file}");
        if let Item::Certificate(certificate) = found.items()[0].item() {
            let of_public_key: Vec<_> = certificate.public_key().notes().into_iter().map(Note::Key).collect();
            assert_eq!(told(&of_public_key), expected[0], "{file}");
        }
    }
}

/// The example of the authors of the published test (`mod01.txt` of `crocs-muni/roca`).
#[test]
fn the_published_example_is_noted() {
    let modulus = octets(
        "944e13208a280c37efc31c3114485e590192adbb8e11c87cad60cdef0037ce99278330d3f471a2538fa667802ed2a3c4\
         4a8b7dea826e888d0aa341fd664f7fa7",
    );
    assert_eq!(public_key(&modulus).notes(), [KeyNote::WeakKey, KeyNote::Roca]);
}

/// The product of two numbers of the same length, big-endian.
fn product(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut digits = vec![0u32; a.len() + b.len()];
    for (i, x) in a.iter().rev().enumerate() {
        let mut carry = 0;
        for (j, y) in b.iter().rev().enumerate() {
            let sum = digits[i + j] + u32::from(*x) * u32::from(*y) + carry;
            (digits[i + j], carry) = (sum & 0xff, sum >> 8);
        }
        digits[i + b.len()] = carry;
    }
    digits.into_iter().rev().map(|digit| digit as u8).collect()
}

/// `primes.txt` has 46 primes of 1024 bits that OpenSSL made; any two of them make a good key.
#[test]
fn no_alarm_is_given_on_a_thousand_good_keys() {
    let primes: Vec<_> = text("weak/primes.txt").lines().map(octets).collect();
    let pairs = primes.iter().enumerate().flat_map(|(at, p)| primes[at + 1..].iter().map(move |q| (p, q)));
    let mut keys = 0;
    for (p, q) in pairs {
        let key = public_key(&product(p, q));
        assert_eq!((key.bits(), key.notes()), (Some(2048), vec![]), "{}", crate::support::hex(p));
        keys += 1;
    }
    assert!(keys >= 1000);
}

/// Keys that are too large to sign here are checked in linear time.
#[test]
fn a_key_of_any_size_is_looked_at() {
    let modulus = [vec![0x80; 1], vec![0x5a; 60_000], vec![0x33; 1]].concat();
    let notes = public_key(&modulus).notes();
    assert!(!notes.contains(&KeyNote::WeakKey) && !notes.contains(&KeyNote::Roca), "{notes:?}");
}
