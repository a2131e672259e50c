//! Weaknesses of a key that do not keep it from being read.

use core::fmt;

/// A weakness of an RSA key that does not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum KeyNote {
    /// The modulus has fewer than 2048 bits.
    WeakKey,
    /// The public exponent is 3 or less: programs that check the padding carelessly accept forged signatures.
    SmallExponent,
    /// A prime of the modulus is easily found: it is at most 751 (NIST SP 800-56B, section 6.4.2.2 asks for this
    /// check), or, in a private key, has fewer than 512 bits.
    SmallFactor,
    /// The primes are so close to each other that Fermat's method finds them, or, in a private key, closer than FIPS
    /// 186-5, appendix A.1.1 allows.
    ClosePrimes,
    /// The modulus looks like those of Infineon's library (ROCA, CVE-2017-15361). One in 200 million other moduli does
    /// so by chance.
    Roca,
}

impl KeyNote {
    /// The name in the JSON forms: lower case with hyphens. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WeakKey => "weak-key",
            Self::SmallExponent => "small-exponent",
            Self::SmallFactor => "small-factor",
            Self::ClosePrimes => "close-primes",
            Self::Roca => "roca",
        }
    }

    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::WeakKey => "the RSA key has fewer than 2048 bits",
            Self::SmallExponent => "the public exponent of the RSA key is 3 or less; 65537 is usual",
            Self::SmallFactor => "a prime of the RSA key is small: whoever looks for it has the key; make a new one",
            Self::ClosePrimes => {
                "the primes of the RSA key are too close to each other: whoever looks for them has the key; make a new one"
            }
            Self::Roca => {
                "the RSA key was made by a library whose keys can be broken (ROCA, CVE-2017-15361); make a new one elsewhere"
            }
        }
    }
}

/// One sentence for a reader.
impl fmt::Display for KeyNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}
