//! Signs with a private key, and verifies the signature before returning it.

use ring::rand::SystemRandom;
use ring::signature::{self as ring_signature, Ed25519KeyPair, RsaEncoding, RsaKeyPair};
use rsa::BoxedUint;
use rsa::hazmat::rsa_decrypt_and_check;
use rsa::traits::PublicKeyParts;

use super::hash::Hash;
use super::parsed::Secret;
use super::random::Random;
use super::rsa_private::RsaPrivate;
use super::signature::Method;
use super::verify::Verification;
use super::{KeyError, PrivateKey, SignatureScheme, emsa};
use crate::entropy::{Entropy, EntropyError, SystemEntropy};

impl PrivateKey {
    /// Signs a message. ECDSA signatures are DER. The signature is verified before it is returned: a wrong one, made by
    /// a faulty machine or with a crafted key, could reveal the secret.
    ///
    /// Only PSS draws from `entropy`, once, for its salt.
    pub(crate) fn sign(
        &self,
        scheme: SignatureScheme,
        message: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, KeyError> {
        self.public_key().check_scheme(scheme)?;
        let signature = match (self.parsed()?.secret, scheme.method()) {
            (Secret::Rsa { key, .. }, Method::Pkcs1(hash)) => key.sign_pkcs1(hash, message),
            (Secret::Rsa { key, .. }, Method::Pss(parameters)) => {
                let mut salt = vec![0; parameters.salt_len];
                entropy.fill(&mut salt).map_err(|EntropyError| KeyError::EntropyFailed)?;
                let bits = usize::try_from(self.bits()).unwrap_or_default().saturating_sub(1);
                // Only the hash can be too long, for a key of 1024 bits.
                let encoded = emsa::pss(parameters.hash, message, &salt, bits);
                key.raise(&encoded.ok_or_else(|| self.public_key().unsuitable(scheme))?)
            }
            (Secret::Ec { curve, scalar, .. }, Method::Ecdsa(hash)) => {
                curve.sign_digest(&curve.full_scalar(scalar.content), hash, &hash.digest(message))
            }
            (Secret::Ed25519 { seed, .. }, Method::Ed25519) => {
                Ed25519KeyPair::from_seed_unchecked(seed).ok().map(|pair| pair.sign(message).as_ref().to_vec())
            }
            _ => None,
        };
        let verifies = |signature: &Vec<u8>| {
            self.public_key().verify_by(scheme.method(), message, signature) == Verification::Valid
        };
        signature.filter(verifies).ok_or(KeyError::SigningFailed)
    }
}

impl RsaPrivate<'_> {
    /// Uses *ring* if it accepts the key (2048 to 4096 bits, e of 65537 or more, primes of the same length), else
    /// `rsa`.
    fn sign_pkcs1(&self, hash: Hash, message: &[u8]) -> Option<Vec<u8>> {
        let encoding: Option<&'static dyn RsaEncoding> = match hash {
            Hash::Sha256 => Some(&ring_signature::RSA_PKCS1_SHA256),
            Hash::Sha384 => Some(&ring_signature::RSA_PKCS1_SHA384),
            Hash::Sha512 => Some(&ring_signature::RSA_PKCS1_SHA512),
            Hash::Sha1 | Hash::Sha224 => None,
        };
        match (encoding, RsaKeyPair::from_der(self.der)) {
            (Some(encoding), Ok(pair)) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(encoding, &SystemRandom::new(), message, &mut signature).ok()?;
                Some(signature)
            }
            _ => self.raise(&emsa::pkcs1(hash, message, self.public.n.len())?),
        }
    }

    /// Raises an encoded message to the private exponent, in as many octets as the modulus has; `None` if the public
    /// exponent does not undo it. It is blinded with the system's randomness, on which no result depends.
    fn raise(&self, encoded: &[u8]) -> Option<Vec<u8>> {
        let key = self.build_rsa().ok()?;
        let encoded = BoxedUint::from_be_slice(encoded, key.n_bits_precision()).ok()?;
        let raised = rsa_decrypt_and_check(&key, Some(&mut Random(&mut SystemEntropy)), &encoded).ok()?;
        let octets = raised.to_be_bytes();
        octets.get(octets.len().checked_sub(self.public.n.len())?..).map(<[u8]>::to_vec)
    }

    /// The widths are those that `rsa` uses itself. If it had to narrow a number, it would leave an unwiped copy
    /// behind. Primes of different lengths need a width of their own.
    fn build_rsa(&self) -> rsa::Result<rsa::PrivateKey> {
        let (bits, half) = (self.public.bits(), self.public.bits().div_ceil(2));
        let read =
            |number: &[u8], bits: u32| BoxedUint::from_be_slice(number, bits).map_err(|_| rsa::Error::InvalidArguments);
        let (n, e, d) =
            (read(self.public.n, bits)?, BoxedUint::from_be_slice_vartime(self.public.e), read(self.d, bits)?);
        match (read(self.p, half), read(self.q, half)) {
            (Ok(p), Ok(q)) => rsa::PrivateKey::from_components(n, e, d, vec![p, q]),
            _ => {
                let primes = vec![read(self.p, bits)?, read(self.q, bits)?];
                rsa::PrivateKey::from_components_with_wide_primes(n, e, d, primes)
            }
        }
    }
}
