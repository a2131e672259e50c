use samlcert::{Fingerprint, FingerprintTarget, HashAlgorithm};
use std::collections::{BTreeSet, HashSet};

fn of(algorithm: HashAlgorithm, target: FingerprintTarget) -> Fingerprint {
    Fingerprint::of(algorithm, target, b"abc")
}

#[test]
fn digests_of_abc() {
    // FIPS 180-4, the examples for "abc" (first and last four bytes).
    let table = [
        (HashAlgorithm::Sha1, "a9993e36", "9cd0d89d"),
        (HashAlgorithm::Sha256, "ba7816bf", "f20015ad"),
        (HashAlgorithm::Sha384, "cb00753f", "34c825a7"),
        (HashAlgorithm::Sha512, "ddaf35a1", "a54ca49f"),
    ];
    for (algorithm, first, last) in table {
        let fingerprint = of(algorithm, FingerprintTarget::Certificate);
        let hex = fingerprint.to_hex();
        assert!(hex.starts_with(first) && hex.ends_with(last), "{algorithm}: {hex}");
        assert_eq!(hex.len(), 2 * algorithm.digest_len(), "{algorithm}");
        assert_eq!(fingerprint.digest().len(), algorithm.digest_len(), "{algorithm}");
        assert_eq!(fingerprint.to_string().replace(':', "").to_lowercase(), hex, "{algorithm}");
    }
}

#[test]
fn equality_order_and_hash_regard_all_three() {
    let mut sorted = BTreeSet::new();
    let mut hashed = HashSet::new();
    for algorithm in HashAlgorithm::ALL {
        for target in [FingerprintTarget::Certificate, FingerprintTarget::Spki] {
            let fingerprint = of(algorithm, target);
            assert_eq!(fingerprint, of(algorithm, target));
            sorted.insert(fingerprint);
            hashed.insert(fingerprint);
        }
    }
    assert_eq!((sorted.len(), hashed.len()), (8, 8));
}
