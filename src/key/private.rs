//! Private keys whose parts are proven to agree.

use core::fmt;

use super::encoding::KeyEncoding;
use super::error::malformed;
use super::parsed::{Parsed, Secret};
use super::prove::prove;
use super::{KeyAlgorithm, KeyError, PublicKey, write};
use crate::digest::HashAlgorithm;
use crate::pem::{self, Form, Label};
use crate::secret::SecretBytes;

/// A consistent private key: every public value in it belongs to the secret.
///
/// RSA of 1024 to 8192 bits and two primes, restricted to PSS or not; P-256, P-384, P-521; Ed25519. It keeps the given
/// DER, and wipes it when dropped. It is not `Clone` and not `PartialEq`; `Debug` shows public facts only.
pub struct PrivateKey {
    der: SecretBytes,
    encoding: KeyEncoding,
    public: PublicKey,
    embeds_public_half: bool,
    proves_itself: bool,
}

impl PrivateKey {
    /// Reads a DER private key: PKCS#8 in both versions, PKCS#1 or SEC 1. The structure shows which.
    ///
    /// # Errors
    /// [`KeyError`] if the structure is malformed, if keys of this kind do not sign here, or if two parts of the key
    /// contradict each other. It names the kind or the contradiction.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let parsed = Parsed::of(der)?;
        let public = prove(&parsed.secret)?;
        let embeds_public_half = parsed.secret.embeds_public_half();
        Ok(Self {
            der: SecretBytes::new(der.to_vec()),
            encoding: parsed.encoding,
            public,
            embeds_public_half,
            proves_itself: embeds_public_half && !parsed.has_unproven_parts,
        })
    }

    /// Reads a DER PKCS#8 `PrivateKeyInfo` or `OneAsymmetricKey`.
    ///
    /// # Errors
    /// As [`Self::from_der`], and [`KeyError::Malformed`] for another encoding.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_encoding(der, KeyEncoding::Pkcs8, "it is not PKCS#8")
    }

    /// Reads a DER PKCS#1 `RSAPrivateKey`.
    ///
    /// # Errors
    /// As [`Self::from_der`], and [`KeyError::Malformed`] for another encoding.
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_encoding(der, KeyEncoding::Pkcs1, "it is not PKCS#1")
    }

    /// Reads a DER SEC 1 `ECPrivateKey` that names its curve.
    ///
    /// # Errors
    /// As [`Self::from_der`], and [`KeyError::Malformed`] for another encoding.
    pub fn from_sec1_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_encoding(der, KeyEncoding::Sec1, "it is not SEC 1")
    }

    fn from_encoding(der: &[u8], encoding: KeyEncoding, otherwise: &'static str) -> Result<Self, KeyError> {
        match Self::from_der(der)? {
            key if key.encoding == encoding => Ok(key),
            _ => malformed(otherwise, 0),
        }
    }

    /// The kind of the key.
    #[must_use]
    pub const fn algorithm(&self) -> KeyAlgorithm {
        self.public.algorithm()
    }

    /// The size: bits of the modulus for RSA, of the curve for P-256, P-384 and P-521, 256 for Ed25519.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.public.bits().unwrap_or_default()
    }

    /// The public key. The point of an EC key is uncompressed, however it was given.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The structure that the key was given in.
    #[must_use]
    pub const fn encoding(&self) -> KeyEncoding {
        self.encoding
    }

    /// The DER as it was given.
    #[must_use]
    pub fn secret_der(&self) -> &[u8] {
        self.der.secret_bytes()
    }

    /// The key as PKCS#8: the DER as it was given if that is PKCS#8, else written anew in version 1.
    #[must_use]
    pub fn secret_pkcs8_der(&self) -> SecretBytes {
        let secret = Parsed::of(self.secret_der()).map(|parsed| parsed.secret);
        let written = match (self.encoding, secret) {
            (KeyEncoding::Pkcs1, Ok(Secret::Rsa { key, .. })) => write::rsa_pkcs8(key.der),
            (KeyEncoding::Sec1, Ok(Secret::Ec { curve, scalar, .. })) => {
                write::ec_pkcs8(curve, &curve.full_scalar(scalar.content), self.public.ec_point())
            }
            _ => return SecretBytes::new(self.secret_der().to_vec()),
        };
        // No key of 64 KiB fails; if one did, nothing would be better than another encoding.
        SecretBytes::of_wiped(written.unwrap_or_default())
    }

    /// The label under which RFC 7468 (PKCS#8) and RFC 1421 (the older encodings) write the key.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.pem_label().as_str()
    }

    pub(crate) const fn pem_label(&self) -> Label {
        self.encoding.pem_label()
    }

    /// Writes the DER as it was given in a strict form; `None` for [`Form::Element`].
    #[must_use]
    pub fn secret_write(&self, form: Form) -> Option<SecretBytes> {
        pem::write(self.pem_label(), "", self.secret_der(), form).map(SecretBytes::of_wiped)
    }

    /// Returns true if the text holds the public key, too, so that damage to the secret is noticed. Every RSA key does.
    /// An EC or Ed25519 key may be a bare number, and then any other number would be read just as well.
    #[must_use]
    pub const fn embeds_public_half(&self) -> bool {
        self.embeds_public_half
    }

    /// Returns true if any change to the DER would be noticed: it embeds its public key, and has neither PKCS#8
    /// attributes nor a restriction to PSS, which nothing in the text proves.
    #[must_use]
    pub const fn proves_itself(&self) -> bool {
        self.proves_itself
    }

    /// What [`Parsed::of`] finds in the DER, as it was found when the key was read.
    pub(super) fn parsed(&self) -> Result<Parsed<'_>, KeyError> {
        Parsed::of(self.secret_der())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("algorithm", &self.algorithm())
            .field("bits", &self.bits())
            .field("public_key", &self.public.fingerprint(HashAlgorithm::Sha256))
            .finish_non_exhaustive()
    }
}
