//! Fingerprints, for C.

use super::argument::{array, object};
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::guard::{guard, guard_get};
use super::output::{Buffer, Output};
use super::selector::{Selector, samlcert_fingerprint_notation, samlcert_fingerprint_target, samlcert_hash};
use crate::error_code::ErrorCode;
use crate::fingerprint::Fingerprint;

const LONGEST: usize = 64;

/// The digest of a certificate or public key, with the hash algorithm and with what was hashed. It is a value: copy it
/// freely.
///
/// Two are equal if all three are: see `samlcert_fingerprint_equal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct samlcert_fingerprint {
    /// A `samlcert_hash`.
    pub algorithm: u32,
    /// A `samlcert_fingerprint_target`.
    pub target: u32,
    /// The length of the digest: 20, 32, 48 or 64 bytes.
    pub digest_len: u32,
    /// The digest, padded with zeros.
    pub digest: [u8; LONGEST],
}

impl Default for samlcert_fingerprint {
    fn default() -> Self {
        Self { algorithm: 0, target: 0, digest_len: 0, digest: [0; LONGEST] }
    }
}

impl From<Fingerprint> for samlcert_fingerprint {
    fn from(fingerprint: Fingerprint) -> Self {
        let mut digest = [0; LONGEST];
        for (to, from) in digest.iter_mut().zip(fingerprint.digest()) {
            *to = *from;
        }
        Self {
            algorithm: samlcert_hash::of(fingerprint.algorithm()).map(Selector::number).unwrap_or_default(),
            target: samlcert_fingerprint_target::of(fingerprint.target()).map(Selector::number).unwrap_or_default(),
            digest_len: u32::try_from(fingerprint.digest().len()).unwrap_or_default(),
            digest,
        }
    }
}

impl samlcert_fingerprint {
    /// A value from C, which must not contradict itself.
    pub(super) fn read(&self) -> Result<Fingerprint, Failure> {
        let algorithm = samlcert_hash::select(self.algorithm)?;
        let target = samlcert_fingerprint_target::select(self.target)?;
        let (digest, rest) = self.digest.split_at_checked(algorithm.digest_len()).ok_or_else(Failure::internal)?;
        let says_so = usize::try_from(self.digest_len).is_ok_and(|len| len == digest.len());
        if !says_so || rest.iter().any(|byte| *byte != 0) {
            return Err(Failure::new(
                ErrorCode::UnknownSelector,
                "the fingerprint contradicts itself: `digest_len` must be that of the algorithm, and the rest must be zeros",
            ));
        }
        Ok(Fingerprint::from_digest(algorithm, target, digest))
    }
}

/// The fingerprint of `der`: a whole certificate or a `SubjectPublicKeyInfo`, as `target` says
/// (`samlcert_fingerprint_target`), by a hash of `samlcert_hash`. `der` is hashed as it is, without a check.
///
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_fingerprint_of(
    hash: u32,
    target: u32,
    der: *const u8,
    der_len: usize,
    out: *mut samlcert_fingerprint,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (der, out) = (array(der, der_len, "der")?, Output::at(out, "out")?);
            let algorithm = samlcert_hash::select(hash)?;
            let target = samlcert_fingerprint_target::select(target)?;
            out.write(Fingerprint::of(algorithm, target, der).into());
            Ok(())
        })
    }
}

/// Reads a fingerprint in any notation that people copy: hexadecimal with or without separators and in either case,
/// base64, with the name of the algorithm or without.
/// It counts as one of a certificate, unless the notation says that it is one of a public key (`sha256/…`,
/// `pin-sha256="…"`). If you know better, set `target`.
///
/// Errors: `fingerprint-empty`, `fingerprint-length`, `fingerprint-character`, `fingerprint-label`,
/// `fingerprint-several`, each with its place.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_fingerprint_parse(
    text: *const u8,
    text_len: usize,
    out: *mut samlcert_fingerprint,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (text, out) = (array(text, text_len, "text")?, Output::at(out, "out")?);
            out.write(Fingerprint::parse(text)?.into());
            Ok(())
        })
    }
}

/// Writes a fingerprint in a notation of `samlcert_fingerprint_notation` into a buffer of `cap` bytes. No NUL ends it.
/// 191 bytes are enough for every fingerprint.
///
/// Errors: `unknown-selector`, also for a fingerprint that contradicts itself; `buffer-too-small`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_fingerprint_format(
    fingerprint: *const samlcert_fingerprint,
    notation: u32,
    out: *mut u8,
    cap: usize,
    needed: *mut usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (fingerprint, out) = (object(fingerprint, "fingerprint")?, Buffer::at(out, cap, needed)?);
            let fingerprint = fingerprint.read()?;
            let text = match samlcert_fingerprint_notation::select(notation)? {
                samlcert_fingerprint_notation::Hex => fingerprint.to_hex(),
                samlcert_fingerprint_notation::Colons => fingerprint.to_string(),
            };
            out.write(text.bytes())?;
            Ok(())
        })
    }
}

/// Returns true if two fingerprints are equal: the algorithm, what was hashed, and the digest, which is compared in
/// constant time. False for NULL and for one that contradicts itself.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_fingerprint_equal(
    first: *const samlcert_fingerprint,
    second: *const samlcert_fingerprint,
) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(first, |first| match (first.read(), object(second, "second").and_then(samlcert_fingerprint::read)) {
            (Ok(first), Ok(second)) => first == second,
            _ => false,
        })
    }
}
