//! Pairs of a certificate and its key, for C.

use std::sync::Arc;

use super::argument::{array, object};
use super::bytes::samlcert_bytes;
use super::certificate::{certificate_of, samlcert_certificate};
use super::failure::{Failure, no_such_form, samlcert_error, samlcert_status};
use super::guard::{guard, guard_free, guard_get};
use super::lifetime::lifetime_of;
use super::output::Output;
use super::private_key::{private_key_of, samlcert_private_key};
use super::selector::{Selector, samlcert_form, samlcert_scheme, samlcert_verdict};
use crate::certificate::Certificate;
use crate::entropy::SystemEntropy;
use crate::issue::{csr, renew};
use crate::key::{PrivateKey, SignatureScheme};
use crate::normalize::normalize;
use crate::pair::{CertKeyPair, MismatchReason, PairError};
use crate::time::UnixTime;

/// A certificate with the private key that belongs to it. That they match is proven. Immutable: any number of threads
/// may use it at once.
#[derive(Debug)]
pub struct samlcert_pair(pub(super) CertKeyPair);

/// Proves that a certificate and a private key belong together, and makes a pair of them. Both stay valid; the pair
/// shares them.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: `mismatch`, `unsupported-certificate-key`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_new(
    certificate: *const samlcert_certificate,
    private_key: *const samlcert_private_key,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let certificate = object(certificate, "certificate")?;
            let private_key = object(private_key, "private_key")?;
            let out = Output::at(out, "out")?;
            out.give(samlcert_pair(CertKeyPair::new(certificate.0.clone(), Arc::clone(&private_key.0))?));
            Ok(())
        })
    }
}

/// Reads a certificate and a private key from their DER, and proves that they belong together.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: those of `samlcert_certificate_from_der`, `samlcert_private_key_from_der` and `samlcert_pair_new`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_from_der(
    certificate: *const u8,
    certificate_len: usize,
    private_key: *const u8,
    private_key_len: usize,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let certificate = array(certificate, certificate_len, "certificate")?;
            let private_key = array(private_key, private_key_len, "private_key")?;
            let out = Output::at(out, "out")?;
            let certificate = certificate_of(certificate).map_err(|failure| failure.of("the certificate"))?;
            let private_key = private_key_of(private_key).map_err(|failure| failure.of("the private key"))?;
            out.give(samlcert_pair(CertKeyPair::new(certificate, private_key)?));
            Ok(())
        })
    }
}

/// Reads the pair of one paste: one private key and the certificate for it. Other certificates, such as those of the
/// chain, may be beside it.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: `no-certificate`, `no-private-key`, `password-required`, `several-items`; why the first block was refused,
/// with its place; those of `samlcert_pair_new`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_from_paste(
    paste: *const u8,
    paste_len: usize,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (paste, out) = (array(paste, paste_len, "paste")?, Output::at(out, "out")?);
            out.give(samlcert_pair(normalize(paste).into_pair()?));
            Ok(())
        })
    }
}

/// Reads a certificate from one paste and a private key from another, and proves that they belong together. The place
/// of an error is in the paste that its message names.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: those of `samlcert_certificate_from_pem`, `samlcert_private_key_from_pem` and `samlcert_pair_new`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_from_pastes(
    certificate: *const u8,
    certificate_len: usize,
    private_key: *const u8,
    private_key_len: usize,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let certificate = array(certificate, certificate_len, "certificate")?;
            let private_key = array(private_key, private_key_len, "private_key")?;
            let out = Output::at(out, "out")?;
            let certificate =
                Certificate::from_pem(certificate).map_err(|error| Failure::from(error).of("the certificate"))?;
            let private_key =
                PrivateKey::from_pem(private_key).map_err(|error| Failure::from(error).of("the private key"))?;
            out.give(samlcert_pair(CertKeyPair::new(certificate, private_key)?));
            Ok(())
        })
    }
}

/// Frees a pair; its private key is wiped if nothing else holds it. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_free(pair: *mut samlcert_pair) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(pair) }
}

/// Says whether a certificate and a private key are a pair, and if not, why. What cannot be proven is an error, never a
/// match.
///
/// Errors: `unsupported-certificate-key`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_verdict(
    certificate: *const samlcert_certificate,
    private_key: *const samlcert_private_key,
    out: *mut samlcert_verdict,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let certificate = object(certificate, "certificate")?;
            let private_key = object(private_key, "private_key")?;
            let out = Output::at(out, "out")?;
            out.write(verdict(CertKeyPair::new(certificate.0.clone(), Arc::clone(&private_key.0)))?);
            Ok(())
        })
    }
}

/// The certificate of a pair, as an object of its own.
///
/// Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_certificate(
    pair: *const samlcert_pair,
    out: *mut *mut samlcert_certificate,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (pair, out) = (object(pair, "pair")?, Output::at(out, "out")?);
            out.give(samlcert_certificate(pair.0.certificate().clone()));
            Ok(())
        })
    }
}

/// The private key of a pair, as an object of its own; the key itself is shared, not copied.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_private_key(
    pair: *const samlcert_pair,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (pair, out) = (object(pair, "pair")?, Output::at(out, "out")?);
            out.give(samlcert_private_key(Arc::clone(pair.0.private_key())));
            Ok(())
        })
    }
}

/// The default scheme for the key of the pair; `SAMLCERT_SCHEME_NONE` if its restriction to PSS allows no scheme.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_usual_scheme(pair: *const samlcert_pair) -> samlcert_scheme {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(pair, |pair| {
            SignatureScheme::default_for(&pair.0.certificate().public_key())
                .and_then(samlcert_scheme::of)
                .unwrap_or_default()
        })
    }
}

/// Signs a message with a scheme of `samlcert_scheme`. The signature is verified before it is returned. ECDSA
/// signatures are DER (RFC 3279, section 2.2.3).
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `unknown-selector`, `unsuitable-scheme`, `signing-failed`, `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_sign(
    pair: *const samlcert_pair,
    scheme: u32,
    message: *const u8,
    message_len: usize,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let pair = object(pair, "pair")?;
            let message = array(message, message_len, "message")?;
            let out = Output::at(out, "out")?;
            out.give(samlcert_bytes(pair.0.sign(samlcert_scheme::select(scheme)?, message, &mut SystemEntropy)?));
            Ok(())
        })
    }
}

/// Makes a test signature: signs a fixed message and verifies it. This shows the one thing that the arithmetic of an
/// RSA key cannot: that its primes are primes.
///
/// Errors: `trial-signature`, `unsuitable-scheme`, `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_trial_signature(
    pair: *const samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let pair = object(pair, "pair")?;
            Ok(pair.0.test_signature(&mut SystemEntropy)?)
        })
    }
}

/// Makes a new certificate for the key of a pair, valid from `now` (less `back_dated_s` seconds) for `lifetime` days or
/// years, as `lifetime_unit` says (`samlcert_lifetime_unit`). The new pair shares the private key.
///
/// Owner: the caller, who frees `*out` with `samlcert_pair_free`.
/// Errors: `unknown-selector`, `out-of-range`, `no-lifetime`, `issue-date`; `signed-by-ca` if its own key did not sign
/// it (use `samlcert_pair_csr`); `self-signature-invalid`, `names-serial`, `item-too-large`, `unsuitable-scheme`,
/// `signing-failed`, `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_renew(
    pair: *const samlcert_pair,
    lifetime_unit: u32,
    lifetime: u32,
    back_dated_s: u32,
    now: i64,
    out: *mut *mut samlcert_pair,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (pair, out) = (object(pair, "pair")?, Output::at(out, "out")?);
            let lifetime = lifetime_of(lifetime_unit, lifetime, back_dated_s)?;
            out.give(samlcert_pair(renew(&pair.0, lifetime, UnixTime(now), &mut SystemEntropy)?));
            Ok(())
        })
    }
}

/// Makes a certificate signing request (PKCS#10, RFC 2986) for the subject and key of a pair, in a form of
/// `samlcert_form`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`; `unsuitable-scheme`, `signing-failed`,
/// `entropy-failed`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_pair_csr(
    pair: *const samlcert_pair,
    form: u32,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (pair, out) = (object(pair, "pair")?, Output::at(out, "out")?);
            let form = samlcert_form::select(form)?;
            let request = csr(&pair.0, &mut SystemEntropy)?;
            out.give(samlcert_bytes(request.write(form).ok_or_else(no_such_form)?));
            Ok(())
        })
    }
}

fn verdict(pair: Result<CertKeyPair, PairError>) -> Result<samlcert_verdict, Failure> {
    match pair {
        Ok(_) => Ok(samlcert_verdict::Match),
        Err(PairError::Mismatch(mismatch)) => Ok(match mismatch.reason {
            MismatchReason::AnotherKey => samlcert_verdict::AnotherKey,
            MismatchReason::RestrictedToPss => samlcert_verdict::RestrictedToPss,
        }),
        Err(error) => Err(error.into()),
    }
}
