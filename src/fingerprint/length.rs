//! How long digests are in hexadecimal and in base64, and which digest is as long as a row of digits.

use crate::digest::HashAlgorithm;

/// The number of hexadecimal digits of an MD5 digest, which is not read.
pub(super) const MD5_HEX_DIGITS: usize = 32;

/// The number of hexadecimal digits of a digest.
pub(super) const fn hex_digits(algorithm: HashAlgorithm) -> usize {
    algorithm.digest_len().saturating_mul(2)
}

/// The number of base64 characters of a digest, without padding.
pub(super) const fn base64_characters(algorithm: HashAlgorithm) -> usize {
    algorithm.digest_len().saturating_mul(4).div_ceil(3)
}

/// The algorithm whose digest has this length, measured in digits or characters.
pub(super) fn algorithm_of(len: usize, measure: fn(HashAlgorithm) -> usize) -> Option<HashAlgorithm> {
    HashAlgorithm::ALL.into_iter().find(|algorithm| measure(*algorithm) == len)
}

/// The algorithm whose digest comes nearest to this length.
pub(super) fn nearest(len: usize, measure: fn(HashAlgorithm) -> usize) -> HashAlgorithm {
    let all = HashAlgorithm::ALL.into_iter();
    all.min_by_key(|algorithm| measure(*algorithm).abs_diff(len)).unwrap_or(HashAlgorithm::Sha256)
}
