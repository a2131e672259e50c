//! Recognizes RSA keys that can be broken by their numbers.

use crypto_bigint::{BoxedUint, ConcatenatingSquare};
use zeroize::Zeroizing;

use super::note::KeyNote;
use super::parsed::Secret;
use super::private::PrivateKey;
use super::public::PublicKey;
use super::rsa_private::RsaPrivate;
use super::spki::RsaNumbers;
use crate::limits::MAX_RSA_BITS;

impl PublicKey {
    /// The weaknesses that the public half of an RSA key shows, each once. Only `Roca` can be a false alarm.
    ///
    /// This takes some 30 microseconds for 2048 bits, and under a millisecond for the largest keys.
    #[must_use]
    pub fn notes(&self) -> Vec<KeyNote> {
        self.rsa_numbers().map(|numbers| notes(&numbers)).unwrap_or_default()
    }
}

impl PrivateKey {
    /// The weaknesses of an RSA key, each once: those that [`PublicKey::notes`] finds, and those that its primes show.
    #[must_use]
    pub fn notes(&self) -> Vec<KeyNote> {
        let mut notes = self.public_key().notes();
        if let Ok(Secret::Rsa { key, .. }) = self.parsed().map(|parsed| parsed.secret) {
            notes.extend(notes_of_primes(&key));
            notes.sort_unstable();
            notes.dedup();
        }
        notes
    }
}

/// The weaknesses that the public half shows, in the order of [`KeyNote`].
pub(super) fn notes(key: &RsaNumbers<'_>) -> Vec<KeyNote> {
    let noted = [
        (KeyNote::WeakKey, key.bits() < 2048),
        (KeyNote::SmallExponent, matches!(key.e, [0..=3])),
        (KeyNote::SmallFactor, residues(key.n).any(|(_, residue)| residue == 0)),
        // A square root takes more than linear time, and no larger key signs here.
        (KeyNote::ClosePrimes, key.bits() <= MAX_RSA_BITS && has_close_primes(key.n)),
        (KeyNote::Roca, is_roca(key.n)),
    ];
    noted.into_iter().filter_map(|(note, holds)| holds.then_some(note)).collect()
}

/// The weaknesses that only the primes show.
pub(super) fn notes_of_primes(key: &RsaPrivate<'_>) -> impl Iterator<Item = KeyNote> {
    let [p, q] = [key.p, key.q].map(|prime| Zeroizing::new(BoxedUint::from_be_slice_vartime(prime)));
    let (larger, smaller) = if *p > *q { (&p, &q) } else { (&q, &p) };
    let distance = Zeroizing::new(larger.wrapping_sub(&**smaller));
    // FIPS 186-5, appendix A.1.1: |p - q| is over 2 to the power of nlen/2 - 100.
    let is_close = distance.bit_width() <= key.public.bits().div_ceil(2).saturating_sub(100);
    [(KeyNote::SmallFactor, smaller.bit_width() < SHORTEST_PRIME), (KeyNote::ClosePrimes, is_close)]
        .into_iter()
        .filter_map(|(note, holds)| holds.then_some(note))
}

/// In bits: the primes of a 1024-bit key. How long it takes to find a prime by elliptic curves depends on its own
/// length alone.
const SHORTEST_PRIME: u32 = 512;

/// The primes up to 751, in groups whose product is less than 2^64.
const PRIMES: &[&[u64]] = &[
    &[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47],
    &[53, 59, 61, 67, 71, 73, 79, 83, 89, 97],
    &[101, 103, 107, 109, 113, 127, 131, 137, 139],
    &[149, 151, 157, 163, 167, 173, 179, 181],
    &[191, 193, 197, 199, 211, 223, 227, 229],
    &[233, 239, 241, 251, 257, 263, 269, 271],
    &[277, 281, 283, 293, 307, 311, 313],
    &[317, 331, 337, 347, 349, 353, 359],
    &[367, 373, 379, 383, 389, 397, 401],
    &[409, 419, 421, 431, 433, 439, 443],
    &[449, 457, 461, 463, 467, 479, 487],
    &[491, 499, 503, 509, 521, 523, 541],
    &[547, 557, 563, 569, 571, 577],
    &[587, 593, 599, 601, 607, 613],
    &[617, 619, 631, 641, 643, 647],
    &[653, 659, 661, 673, 677, 683],
    &[691, 701, 709, 719, 727, 733],
    &[739, 743, 751],
];

/// Each of the primes, with the remainder of a big-endian number divided by it.
fn residues(number: &[u8]) -> impl Iterator<Item = (u64, u64)> {
    PRIMES.iter().flat_map(move |group| {
        let remainder = remainder(number, group.iter().product());
        group.iter().filter_map(move |&prime| Some((prime, remainder.checked_rem(prime)?)))
    })
}

fn remainder(number: &[u8], modulus: u64) -> u64 {
    number.rchunks(8).rev().fold(0, |high, octets| {
        let low = octets.iter().fold(0, |word, octet| word << 8 | u64::from(*octet));
        let remainder = (u128::from(high) << 64 | u128::from(low)).checked_rem(modulus.into());
        remainder.and_then(|remainder| remainder.try_into().ok()).unwrap_or_default()
    })
}

/// The largest prime that shows in every affected key.
const LAST_ROCA_PRIME: u64 = 167;

/// Returns true if the number is a power of 65537 modulo each small prime. The primes of Infineon's library are, and so
/// is their product (Nemec and others, "The Return of Coppersmith's Attack", 2017, section 2.2).
fn is_roca(n: &[u8]) -> bool {
    residues(n).take_while(|(prime, _)| *prime <= LAST_ROCA_PRIME).all(|(prime, residue)| {
        let next = |power: &u64| power.saturating_mul(65537).checked_rem(prime);
        core::iter::successors(Some(1), next).take(RESIDUES_AT_MOST).any(|power| power == residue)
    })
}

/// A prime up to 167 has at most 166 residues, so further powers only repeat.
const RESIDUES_AT_MOST: usize = 167;

/// How many squares are tried. More would help little: the first finds primes n^(1/4) apart, 100 find those 14 times as
/// far apart.
const FERMAT_STEPS: u64 = 100;

/// Returns true if Fermat's method finds p and q: n = a² - b² for some a just above the root of n.
fn has_close_primes(n: &[u8]) -> bool {
    let number = BoxedUint::from_be_slice_vartime(n);
    let root = number.floor_sqrt_vartime();
    let may_be_square = SquareSieve::new(&root, n);
    root.concatenating_square() == number
        || (1..=FERMAT_STEPS).any(|step| may_be_square.at(step) && is_square_less(&root, step, &number))
}

/// Returns true if (root + step)² - n is a square.
fn is_square_less(root: &BoxedUint, step: u64, n: &BoxedUint) -> bool {
    let difference = root.concatenating_add(BoxedUint::from(step)).concatenating_square().wrapping_sub(n);
    difference.checked_sqrt_vartime().is_some()
}

/// A sieve: the residues rule out 499 of 500 numbers (root + step)² - n as squares.
struct SquareSieve {
    root: u64,
    n: u64,
    /// For each modulus, the residues of squares, as bits.
    squares: [u64; 6],
}

impl SquareSieve {
    const MODULI: [u64; 6] = [64, 63, 61, 59, 55, 53];

    fn new(root: &BoxedUint, n: &[u8]) -> Self {
        let product = Self::MODULI.iter().product();
        let squares = Self::MODULI.map(|modulus| {
            let residues = (0..modulus).filter_map(|root| root.saturating_mul(root).checked_rem(modulus));
            residues.fold(0, |squares, residue| squares | bit(residue))
        });
        Self { root: remainder(&root.to_be_bytes(), product), n: remainder(n, product), squares }
    }

    fn at(&self, step: u64) -> bool {
        let root = u128::from(self.root.saturating_add(step));
        Self::MODULI.iter().zip(self.squares).all(|(&modulus, squares)| {
            let residue = |number: u128| number.checked_rem(modulus.into()).and_then(|rest| u64::try_from(rest).ok());
            let (Some(square), Some(n)) = (residue(root.saturating_mul(root)), residue(self.n.into())) else {
                return true;
            };
            // The modulus is added so that the difference is not negative.
            let difference = square.saturating_add(modulus).saturating_sub(n).checked_rem(modulus);
            difference.is_none_or(|difference| squares & bit(difference) != 0)
        })
    }
}

const fn bit(number: u64) -> u64 {
    1 << (number & 63)
}
