//! Encrypted private keys, for C.

use super::argument::{array, object};
use super::bytes::{samlcert_bytes, samlcert_slice};
use super::failure::{in_der, no_such_form, samlcert_error, samlcert_status};
use super::guard::{guard, guard_free, guard_get};
use super::output::Output;
use super::private_key::samlcert_private_key;
use super::selector::{Selector, samlcert_form};
use crate::entropy::SystemEntropy;
use crate::key::EncryptedPrivateKey;

/// An encrypted private key. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_encrypted_key(pub(super) EncryptedPrivateKey);

/// Reads an `EncryptedPrivateKeyInfo` (RFC 5958, section 3) from its DER. The cost of opening it is checked here.
///
/// Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
/// Errors: `item-too-large`, `encrypted-key-malformed`, `pbes1`, `unsupported-encryption`, `kdf-cost`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_encrypted_key_from_der(
    der: *const u8,
    der_len: usize,
    out: *mut *mut samlcert_encrypted_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (der, out) = (array(der, der_len, "der")?, Output::at(out, "out")?);
            let read = EncryptedPrivateKey::from_der(der).map_err(|error| in_der(error, der));
            out.give(samlcert_encrypted_key(read?));
            Ok(())
        })
    }
}

/// Frees an encrypted private key. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_encrypted_key_free(encrypted_key: *mut samlcert_encrypted_key) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(encrypted_key) }
}

/// The label of its PEM form, such as `ENCRYPTED PRIVATE KEY`.
///
/// Owner: the library; valid for as long as the program runs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_encrypted_key_label(encrypted_key: *const samlcert_encrypted_key) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(encrypted_key, |encrypted_key| encrypted_key.0.label().into()) }
}

/// Writes the key, still encrypted, in a form of `samlcert_form`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`, and for all forms but PEM of a key with
/// `Proc-Type` headers.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_encrypted_key_write(
    encrypted_key: *const samlcert_encrypted_key,
    form: u32,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (encrypted_key, out) = (object(encrypted_key, "encrypted_key")?, Output::at(out, "out")?);
            let form = samlcert_form::select(form)?;
            out.give(samlcert_bytes(encrypted_key.0.write(form).ok_or_else(no_such_form)?));
            Ok(())
        })
    }
}

/// Opens the key with its password. The key derivation may take seconds, and up to 64 MiB of memory.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `decrypt-failed` for a wrong password or a damaged ciphertext, which look the same; those of
/// `samlcert_private_key_from_der` for the key inside.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_encrypted_key_decrypt(
    encrypted_key: *const samlcert_encrypted_key,
    password: *const u8,
    password_len: usize,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let encrypted_key = object(encrypted_key, "encrypted_key")?;
            let password = array(password, password_len, "password")?;
            let out = Output::at(out, "out")?;
            out.give(encrypted_key.0.decrypt(password)?.into());
            Ok(())
        })
    }
}

/// Encrypts the private key with a password: PBES2 (RFC 8018) with scrypt and AES-256. This takes tens of milliseconds
/// and 16 MiB.
///
/// Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
/// Errors: `empty-password`, `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_private_key_encrypt(
    private_key: *const samlcert_private_key,
    password: *const u8,
    password_len: usize,
    out: *mut *mut samlcert_encrypted_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let private_key = object(private_key, "private_key")?;
            let password = array(password, password_len, "password")?;
            let out = Output::at(out, "out")?;
            out.give(samlcert_encrypted_key(EncryptedPrivateKey::encrypt(
                &private_key.0,
                password,
                &mut SystemEntropy,
            )?));
            Ok(())
        })
    }
}
