//! Private keys, for C.

use std::sync::Arc;

use super::argument::{array, object};
use super::bytes::{samlcert_secret, samlcert_slice};
use super::failure::{Failure, in_der, no_such_form, samlcert_error, samlcert_status};
use super::fingerprint::samlcert_fingerprint;
use super::guard::{guard, guard_free, guard_get};
use super::output::Output;
use super::selector::{Selector, samlcert_form, samlcert_hash, samlcert_key_kind};
use crate::entropy::SystemEntropy;
use crate::key::PrivateKey;

/// A private key. It is wiped when nothing uses it any more. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_private_key(pub(super) Arc<PrivateKey>);

impl From<PrivateKey> for samlcert_private_key {
    fn from(private_key: PrivateKey) -> Self {
        Self(Arc::new(private_key))
    }
}

/// A private key from its DER, with the place of what is wrong.
pub(super) fn private_key_of(der: &[u8]) -> Result<PrivateKey, Failure> {
    PrivateKey::from_der(der).map_err(|error| in_der(error, der))
}

/// Reads a private key from its DER: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, appendix A.1.2) or SEC 1 (RFC 5915). Every
/// value in it must agree with the others.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `item-too-large`, `key-malformed`, `unsupported-key`, `multi-prime-rsa`, `rsa-size`, `rsa-exponent`,
/// `key-contradiction`, `public-key-malformed`; `password-required` if it is encrypted.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_from_der(
    der: *const u8,
    der_len: usize,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (der, out) = (array(der, der_len, "der")?, Output::at(out, "out")?);
            out.give(private_key_of(der)?.into());
            Ok(())
        })
    }
}

/// Reads the only private key of whatever was pasted or uploaded; see `samlcert_normalize`.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `no-private-key`, `password-required`, `several-items`; why the one block was refused, with its place.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_from_pem(
    text: *const u8,
    text_len: usize,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (text, out) = (array(text, text_len, "text")?, Output::at(out, "out")?);
            out.give(samlcert_private_key(PrivateKey::from_pem(text)?));
            Ok(())
        })
    }
}

/// Generates a private key of a kind of `samlcert_key_kind`. An RSA key takes from 0.1 s to several seconds.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `unknown-selector`, `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_generate(
    key_kind: u32,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let out = Output::at(out, "out")?;
            out.give(PrivateKey::generate(samlcert_key_kind::select(key_kind)?, &mut SystemEntropy)?.into());
            Ok(())
        })
    }
}

/// Frees a private key; if nothing else holds it (a pair, an application), it is wiped. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_free(private_key: *mut samlcert_private_key) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(private_key) }
}

/// The kind of the key, such as `rsa` or `ec-p256`, as in the JSON forms.
///
/// Owner: the library; valid for as long as the program runs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_algorithm(private_key: *const samlcert_private_key) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.algorithm().as_str().into()) }
}

/// The size of the key in bits; 0 for NULL.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_bits(private_key: *const samlcert_private_key) -> u32 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.bits()) }
}

/// The label of its PEM form, such as `PRIVATE KEY`.
///
/// Owner: the library; valid for as long as the program runs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_label(private_key: *const samlcert_private_key) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.label().into()) }
}

/// The DER of the `SubjectPublicKeyInfo` of the public half.
///
/// Owner: the private key; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_spki_der(private_key: *const samlcert_private_key) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.public_key().spki_der().into()) }
}

/// The fingerprint of the `SubjectPublicKeyInfo` of the public half, by a hash of `samlcert_hash`.
///
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_fingerprint(
    private_key: *const samlcert_private_key,
    hash: u32,
    out: *mut samlcert_fingerprint,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (private_key, out) = (object(private_key, "private_key")?, Output::at(out, "out")?);
            out.write(private_key.0.public_key().fingerprint(samlcert_hash::select(hash)?).into());
            Ok(())
        })
    }
}

/// Returns true if the text or DER of the key also has its public key, so that damage is noticed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_embeds_public_half(private_key: *const samlcert_private_key) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.embeds_public_half()) }
}

/// Returns true if any change to the key would be noticed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_proves_itself(private_key: *const samlcert_private_key) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(private_key, |private_key| private_key.0.proves_itself()) }
}

/// Writes the private key, not encrypted, in a form of `samlcert_form`, in the encoding in which it was given.
///
/// Owner: the caller, who frees `*out` with `samlcert_secret_free`.
/// Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_secret_write(
    private_key: *const samlcert_private_key,
    form: u32,
    out: *mut *mut samlcert_secret,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (private_key, out) = (object(private_key, "private_key")?, Output::at(out, "out")?);
            let form = samlcert_form::select(form)?;
            out.give(samlcert_secret(private_key.0.secret_write(form).ok_or_else(no_such_form)?));
            Ok(())
        })
    }
}

/// The private key as DER of PKCS#8 (RFC 5958), not encrypted, whatever encoding it was given in.
///
/// Owner: the caller, who frees `*out` with `samlcert_secret_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_secret_pkcs8_der(
    private_key: *const samlcert_private_key,
    out: *mut *mut samlcert_secret,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (private_key, out) = (object(private_key, "private_key")?, Output::at(out, "out")?);
            out.give(samlcert_secret(private_key.0.secret_pkcs8_der()));
            Ok(())
        })
    }
}
