//! What is weak about a key that is read all the same.

use core::fmt;

/// Something weak about an RSA key that is read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum KeyNote {
    /// The modulus has fewer than 2048 bits.
    WeakKey,
    /// The public exponent is 3 or less: programs that check the padding of a signature carelessly take forged ones.
    SmallExponent,
    /// A prime of the modulus is easily found: it is 751 at most (NIST SP 800-56B, section 6.4.2.2 wants this looked for);
    /// of a private key, it has fewer than 512 bits.
    SmallFactor,
    /// The primes are so close to each other that Fermat's method finds them; of a private key, closer than FIPS 186-5,
    /// appendix A.1.1 allows.
    ClosePrimes,
    /// The modulus has the marks of the primes that Infineon's library made (CVE-2017-15361). Of other moduli, one in
    /// 200 million has them by chance.
    Roca,
}

impl KeyNote {
    /// The name in the JSON forms: lower case with hyphens, the same for ever.
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
