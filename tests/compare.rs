//! How two certificates are related.

use samlcert::{Certificate, Newer, Relation, compare};

use crate::made::{Made, common_name, seq, tlv};
use crate::support::der;

fn fixture(name: &str) -> Certificate {
    Certificate::from_der(&der(&format!("certificates/{name}.pem"))).unwrap()
}

#[test]
fn relations() {
    use Relation::{Identical, SameKeyRenewed, SameSubjectNewKey, Unrelated};
    for (first, second, relation) in [
        ("rsa-2048", "rsa-2048", Identical),
        ("rsa-2048", "rsa-2048-renewed", SameKeyRenewed),
        ("rsa-2048", "rsa-2048-same-subject-new-key", SameSubjectNewKey),
        ("rsa-2048", "p256", SameSubjectNewKey),
        ("p256", "compressed-point", SameKeyRenewed),
        ("p256", "chain-root", Unrelated),
        ("chain-leaf", "chain-root", Unrelated),
    ] {
        let (one, two) = (fixture(first), fixture(second));
        assert_eq!(compare(&one, &two).relation(), relation, "{first}, {second}");
        assert_eq!(compare(&two, &one).relation(), relation, "{second}, {first}");
    }
    let names = [Identical, SameKeyRenewed, SameSubjectNewKey, Unrelated].map(Relation::as_str);
    assert_eq!(names, ["identical", "same-key", "same-subject", "unrelated"]);
}

#[test]
fn same_key_under_another_name() {
    let renamed = Made::with(|made| made.subject = common_name("sso"));
    let [one, two] = [Made::new(), renamed].map(|made| Certificate::from_der(&made.der()).unwrap());
    assert_eq!(compare(&one, &two).relation(), Relation::SameKeyRenewed);
}

#[test]
fn newer() {
    let valid = |from: &str, to: &str| {
        let validity = seq(&[tlv(0x17, from), tlv(0x17, to)]);
        Certificate::from_der(&Made::with(|made| made.validity = validity).der()).unwrap()
    };
    let base = valid("200101000000Z", "300101000000Z");
    for (from, to, expected) in [
        ("200101000001Z", "250101000000Z", Newer::Second),
        ("191231235959Z", "400101000000Z", Newer::First),
        ("200101000000Z", "300101000001Z", Newer::Second),
        ("200101000000Z", "291231235959Z", Newer::First),
        ("200101000000Z", "300101000000Z", Newer::Neither),
    ] {
        assert_eq!(compare(&base, &valid(from, to)).newer(), expected, "{from} {to}");
    }
    assert_eq!([Newer::First, Newer::Second, Newer::Neither].map(Newer::as_str), ["first", "second", "neither"]);
}

/// Compares with the base64 itself, for every changed bit that leaves a readable certificate.
#[test]
fn first_difference() {
    let der = der("certificates/ed25519.pem");
    let whole = Certificate::from_der(&der).unwrap();
    assert_eq!(compare(&whole, &whole).first_difference(), None);
    let text = base64(&der);
    let mut compared = 0;
    for bit in 0..der.len() * 8 {
        let mut other = der.clone();
        other[bit / 8] ^= 0x80 >> (bit % 8);
        let Ok(other) = Certificate::from_der(&other) else { continue };
        let other_text = base64(other.der());
        let expected = text.bytes().zip(other_text.bytes()).position(|(one, two)| one != two);
        assert_eq!(compare(&whole, &other).first_difference(), expected, "bit {bit}");
        compared += 1;
    }
    assert!(compared > 1000, "{compared}");
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> (7 - bit) & 1));
    let bits: Vec<u8> = bits.collect();
    bits.chunks(6)
        .map(|bits| (0..6).fold(0, |sum, index| sum << 1 | bits.get(index).copied().unwrap_or(0)))
        .map(|index| char::from(ALPHABET[usize::from(index)]))
        .collect()
}
