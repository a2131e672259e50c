use core::fmt;
use zeroize::Zeroizing;

/// Bytes that are wiped from memory when dropped, such as the DER or PEM of a private key.
///
/// `Debug` shows the length only, and there is no `PartialEq`, `Display` or `Clone`.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes over bytes; they are wiped when the value is dropped.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Takes over bytes that are wiped already when dropped.
    pub(crate) const fn of_wiped(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The bytes themselves. The caller keeps copies out of logs and unwiped memory.
    #[must_use]
    pub fn secret_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretBytes({} bytes)", self.0.len())
    }
}
