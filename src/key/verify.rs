use super::PublicKey;

/// What a signature check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verification {
    Valid,
    Invalid,
    NotChecked(NotChecked),
}

/// Why a signature was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotChecked {
    /// Its hash is broken and not implemented here: MD5, MD2, or SHA-1 with ECDSA.
    WeakHash,
    /// Its algorithm is not known here.
    UnsupportedAlgorithm,
    /// The key is of a kind that is not known here.
    UnsupportedKey,
    /// The RSA key is too small or too large.
    KeySize,
    /// [`MAX_SELF_SIGNATURES`](crate::limits::MAX_SELF_SIGNATURES) others of the same paste were checked before it.
    TooMany,
}

impl PublicKey {
    /// Checks a signature over `message`.
    ///
    /// `signature_algorithm` is a whole DER `AlgorithmIdentifier`, `signature` the content of the BIT STRING without the
    /// octet that counts unused bits.
    pub(crate) fn verify(&self, signature_algorithm: &[u8], message: &[u8], signature: &[u8]) -> Verification {
        let _ = (signature_algorithm, message, signature);
        Verification::NotChecked(NotChecked::UnsupportedAlgorithm)
    }
}
