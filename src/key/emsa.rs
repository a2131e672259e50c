//! The encodings that RSA signs (RFC 8017, section 9).
//!
//! Our own, because `rsa` uses one hash for the message and MGF1, although certificates may name two, and because it
//! draws the salt from the same randomness as the blinding.

use der::asn1::OctetStringRef;
use der::{Encode, Sequence};
use spki::AlgorithmIdentifierRef;

use super::hash::Hash;
use super::identifier::{self, PssParameters};

/// EMSA-PKCS1-v1_5 (section 9.2) of `len` bytes; `None` if they are too few.
pub(super) fn pkcs1(hash: Hash, message: &[u8], len: usize) -> Option<Vec<u8>> {
    let info = digest_info(hash, &hash.digest(message)).ok()?;
    let padding = len.checked_sub(info.len())?.checked_sub(3).filter(|&padding| padding >= 8)?;
    let mut encoded = vec![0x00, 0x01];
    encoded.resize(padding.checked_add(2)?, 0xff);
    encoded.push(0x00);
    encoded.extend_from_slice(&info);
    Some(encoded)
}

/// `DigestInfo` (RFC 8017, appendix A.2.4).
#[derive(Sequence)]
struct DigestInfo<'a> {
    algorithm: AlgorithmIdentifierRef<'a>,
    digest: &'a OctetStringRef,
}

fn digest_info(hash: Hash, digest: &[u8]) -> der::Result<Vec<u8>> {
    DigestInfo { algorithm: identifier::of_hash(hash)?, digest: OctetStringRef::new(digest)? }.to_der()
}

/// EMSA-PSS encoding (section 9.1.1) of `bits` bits; `None` if they are too few.
pub(super) fn pss(hash: Hash, message: &[u8], salt: &[u8], bits: usize) -> Option<Vec<u8>> {
    let len = bits.div_ceil(8);
    let seed = pss_hash(hash, message, salt);
    let zeros = len.checked_sub(hash.len())?.checked_sub(salt.len())?.checked_sub(2)?;
    let mut block = vec![0; zeros];
    block.push(0x01);
    block.extend_from_slice(salt);
    mask(hash, &seed, &mut block);
    clear_top(&mut block, bits);
    block.extend_from_slice(&seed);
    block.push(0xbc);
    Some(block)
}

/// EMSA-PSS verification (section 9.1.2) of an encoding of `bits` bits, given with zeros before it.
pub(super) fn is_pss(parameters: &PssParameters, message: &[u8], encoded: &[u8], bits: usize) -> bool {
    check_pss(parameters, message, encoded, bits).unwrap_or(false)
}

fn check_pss(parameters: &PssParameters, message: &[u8], encoded: &[u8], bits: usize) -> Option<bool> {
    let (before, encoded) = encoded.split_at_checked(encoded.len().checked_sub(bits.div_ceil(8))?)?;
    let (0xbc, encoded) = encoded.split_last()? else { return None };
    let (block, seed) = encoded.split_at_checked(encoded.len().checked_sub(parameters.hash.len())?)?;
    let mut cleared = block.to_vec();
    clear_top(&mut cleared, bits);
    let clean = before.iter().all(|&octet| octet == 0) && cleared == block;
    mask(parameters.mgf_hash, seed, &mut cleared);
    clear_top(&mut cleared, bits);
    let (padding, salt) = cleared.split_at_checked(cleared.len().checked_sub(parameters.salt_len)?)?;
    let (0x01, zeros) = padding.split_last()? else { return None };
    Some(clean && zeros.iter().all(|&octet| octet == 0) && pss_hash(parameters.hash, message, salt) == seed)
}

/// `Hash(0x00 × 8 ‖ mHash ‖ salt)`.
fn pss_hash(hash: Hash, message: &[u8], salt: &[u8]) -> Vec<u8> {
    hash.digest(&[&[0; 8], hash.digest(message).as_slice(), salt].concat())
}

/// Adds the mask of MGF1 (appendix B.2.1) to the block.
fn mask(hash: Hash, seed: &[u8], block: &mut [u8]) {
    for (counter, part) in (0u32..).zip(block.chunks_mut(hash.len())) {
        let mask = hash.digest(&[seed, &counter.to_be_bytes()].concat());
        part.iter_mut().zip(mask).for_each(|(octet, mask)| *octet ^= mask);
    }
}

/// Clears the leading bits, so that `bits` bits are left.
fn clear_top(block: &mut [u8], bits: usize) {
    let kept = u8::try_from(bits.wrapping_sub(1) & 7).map_or(0xff, |top| 0xff >> 7u8.saturating_sub(top));
    if let Some(first) = block.first_mut() {
        *first &= kept;
    }
}
