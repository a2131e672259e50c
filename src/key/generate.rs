//! Generates private keys.

use core::fmt;

use der::Encode;
use der::asn1::UintRef;
use pkcs1::RsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroizing;

use super::curve::Curve;
use super::random::Random;
use super::write::SecretDer;
use super::{KeyError, PrivateKey, write};
use crate::entropy::{Entropy, EntropyError};

/// The kind of key to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA of 2048 bits, for any padding: what every service provider reads.
    Rsa2048,
    /// RSA of 3072 bits.
    Rsa3072,
    /// RSA of 4096 bits.
    Rsa4096,
    /// The NIST curve P-256.
    EcP256,
    /// The NIST curve P-384.
    EcP384,
    /// Ed25519, which few service providers read.
    Ed25519,
}

impl KeyKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Rsa2048, Self::Rsa3072, Self::Rsa4096, Self::EcP256, Self::EcP384, Self::Ed25519];

    /// The name, which never changes: `rsa-2048`, `rsa-3072`, `rsa-4096`, `ec-p256`, `ec-p384`, `ed25519`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
            Self::EcP256 => "ec-p256",
            Self::EcP384 => "ec-p384",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PrivateKey {
    /// Generates a key, as PKCS#8 version 1. It depends on `entropy` alone: the same bytes give the same key. The RSA
    /// public exponent is 65537.
    ///
    /// RSA-2048 takes some 100 ms, RSA-4096 seconds.
    ///
    /// # Errors
    /// [`KeyError::EntropyFailed`], also if it gives no valid key in many draws, as may a source
    /// that repeats itself.
    pub fn generate(kind: KeyKind, entropy: &mut dyn Entropy) -> Result<Self, KeyError> {
        let der = match kind {
            KeyKind::Rsa2048 => rsa(2048, entropy),
            KeyKind::Rsa3072 => rsa(3072, entropy),
            KeyKind::Rsa4096 => rsa(4096, entropy),
            KeyKind::EcP256 => ec(Curve::P256, entropy),
            KeyKind::EcP384 => ec(Curve::P384, entropy),
            KeyKind::Ed25519 => ed25519(entropy),
        };
        Self::from_der(&der.map_err(|EntropyError| KeyError::EntropyFailed)?)
    }
}

/// The most draws of random bytes for one key. RSA draws once for each prime and hardly ever again; P-256 draws a
/// second time once in 2³² keys. A source that needs more is not random, and would never succeed.
const MAX_DRAWS: u32 = 16;

struct Bounded<'a> {
    entropy: &'a mut dyn Entropy,
    draws: u32,
}

impl Entropy for Bounded<'_> {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.draws = self.draws.checked_sub(1).ok_or(EntropyError)?;
        self.entropy.fill(out)
    }
}

/// Besides the randomness, only equal primes can be refused.
fn rsa(bits: usize, entropy: &mut dyn Entropy) -> Result<SecretDer, EntropyError> {
    let mut bounded = Bounded { entropy, draws: MAX_DRAWS };
    let key = rsa::PrivateKey::new(&mut Random(&mut bounded), bits).map_err(|_| EntropyError)?;
    rsa_private_key(&key).and_then(|key| write::rsa_pkcs8(&key).ok()).ok_or(EntropyError)
}

/// `RSAPrivateKey` (RFC 8017, appendix A.1.2); `None` if the key lacks its precomputed values.
fn rsa_private_key(key: &rsa::PrivateKey) -> Option<SecretDer> {
    let [p, q] = key.primes() else { return None };
    let qinv = Zeroizing::new(key.qinv()?.retrieve());
    let octets = [key.n().as_ref(), key.e(), key.d(), p.as_ref(), q.as_ref(), key.dp()?, key.dq()?, &qinv]
        .map(|number| Zeroizing::new(number.to_be_bytes()));
    let [n, e, d, p, q, dp, dq, qinv] = octets.each_ref().map(|octets| UintRef::new(octets).ok());
    let numbers = RsaPrivateKey {
        modulus: n?,
        public_exponent: e?,
        private_exponent: d?,
        prime1: p?,
        prime2: q?,
        exponent1: dp?,
        exponent2: dq?,
        coefficient: qinv?,
        other_prime_infos: None,
    };
    numbers.to_der().map(Zeroizing::new).ok()
}

/// A scalar in 1..n−1; others are rejected and drawn again (FIPS 186-5, appendix A.2.2).
fn ec(curve: Curve, entropy: &mut dyn Entropy) -> Result<SecretDer, EntropyError> {
    let mut scalar = Zeroizing::new(vec![0; curve.field_len()]);
    for _ in 0..MAX_DRAWS {
        entropy.fill(&mut scalar)?;
        if let Some(point) = curve.public_point(&scalar) {
            return write::ec_pkcs8(curve, &scalar, &point).map_err(|_| EntropyError);
        }
    }
    Err(EntropyError)
}

/// OpenSSL 3.0 does not read version 2, which has the public key.
fn ed25519(entropy: &mut dyn Entropy) -> Result<SecretDer, EntropyError> {
    let mut seed = Zeroizing::new([0; 32]);
    entropy.fill(&mut *seed)?;
    write::ed25519_pkcs8(&*seed).map_err(|_| EntropyError)
}
