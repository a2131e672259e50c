//! Bytes that go to C: borrowed, owned, and secret.

use super::guard::{guard_free, guard_get};
use crate::secret::SecretBytes;

/// Bytes that belong to another object. Text is UTF-8, without a NUL at its end.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct samlcert_slice {
    /// The first byte; NULL if there are none.
    pub data: *const u8,
    /// The number of bytes.
    pub len: usize,
}

impl Default for samlcert_slice {
    fn default() -> Self {
        Self { data: core::ptr::null(), len: 0 }
    }
}

impl From<&[u8]> for samlcert_slice {
    fn from(bytes: &[u8]) -> Self {
        if bytes.is_empty() { Self::default() } else { Self { data: bytes.as_ptr(), len: bytes.len() } }
    }
}

impl From<&str> for samlcert_slice {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

/// Bytes or text that the caller owns. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_bytes(pub(super) Vec<u8>);

impl From<String> for samlcert_bytes {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

/// Secret bytes that the caller owns; they are wiped when they are freed. Immutable: any number of threads may use it
/// at once.
#[derive(Debug)]
pub struct samlcert_secret(pub(super) SecretBytes);

/// The bytes.
///
/// Owner: `bytes`; valid until it is freed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_bytes_slice(bytes: *const samlcert_bytes) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(bytes, |bytes| bytes.0.as_slice().into()) }
}

/// Frees bytes. NULL is allowed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_bytes_free(bytes: *mut samlcert_bytes) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(bytes) }
}

/// The secret bytes. Whoever copies them must wipe the copy.
///
/// Owner: `secret`; valid until it is freed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_secret_slice(secret: *const samlcert_secret) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(secret, |secret| secret.0.secret_bytes().into()) }
}

/// Wipes and frees secret bytes. NULL is allowed.
///
/// # Safety
/// See [`ffi`](super).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_secret_free(secret: *mut samlcert_secret) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(secret) }
}
