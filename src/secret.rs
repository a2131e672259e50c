//! Bytes that are wiped from memory when they are dropped.

use core::fmt;
use core::ops::{Deref, DerefMut};
use zeroize::{Zeroize, Zeroizing};

/// A vector that is wiped in bulk when dropped. `Zeroizing` wipes one element after the other, which takes longer than
/// decoding them.
#[derive(Default)]
pub(crate) struct Wiped(Vec<u8>);

impl Wiped {
    /// An empty vector with room for so many bytes. Use [`Self::append`] if there may be more: a vector that grows leaves copies
    /// behind.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Adds bytes; if there is no room, everything moves to a larger place, and the old one is wiped.
    #[inline]
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        let len = self.0.len().saturating_add(bytes.len());
        if len > self.0.capacity() {
            let mut larger = Self::with_capacity(len.max(self.0.capacity().saturating_mul(2)));
            larger.0.extend_from_slice(&self.0);
            *self = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    /// The same bytes without spare room: if more than half is spare, they move to a place of their size.
    pub(crate) fn fitted(self) -> Self {
        if self.0.capacity() / 2 <= self.0.len() {
            return self;
        }
        let mut fitted = Self::with_capacity(self.0.len());
        fitted.0.extend_from_slice(&self.0);
        fitted
    }
}

impl From<Vec<u8>> for Wiped {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Deref for Wiped {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        // `zeroize` wipes the spare room of a vector in bulk, so make all of it spare.
        self.0.clear();
        self.0.zeroize();
    }
}

/// Bytes that are wiped from memory when dropped, such as the DER or PEM of a private key.
///
/// `Debug` shows the length only, and there is no `PartialEq`, `Display` or `Clone`.
pub struct SecretBytes(Wiped);

impl SecretBytes {
    /// Takes over bytes; they are wiped when the value is dropped.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Wiped(bytes))
    }

    /// Takes over bytes from a container that wipes them.
    pub(crate) fn of_wiped(mut bytes: Zeroizing<Vec<u8>>) -> Self {
        Self::new(core::mem::take(&mut bytes))
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

impl From<Wiped> for SecretBytes {
    fn from(bytes: Wiped) -> Self {
        Self(bytes)
    }
}
