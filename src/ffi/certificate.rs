//! Certificates, for C.

use super::argument::{array, object};
use super::bytes::{samlcert_bytes, samlcert_slice};
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::fingerprint::samlcert_fingerprint;
use super::guard::{guard, guard_free, guard_get};
use super::json::json;
use super::output::Output;
use super::selector::{Selector, samlcert_form, samlcert_hash, samlcert_self_signature};
use crate::certificate::{Certificate, SelfSignature};
use crate::json::Extensions;

/// A certificate. Immutable: any number of threads may use it at once.
#[derive(Debug)]
pub struct samlcert_certificate(pub(super) Certificate);

/// A certificate from its DER, with the place of what is wrong.
pub(super) fn certificate_of(der: &[u8]) -> Result<Certificate, Failure> {
    Certificate::from_der(der).map_err(|error| {
        let position = error.position();
        Failure::from(error).in_der(position, der)
    })
}

impl From<SelfSignature> for samlcert_self_signature {
    fn from(signature: SelfSignature) -> Self {
        match signature {
            SelfSignature::Valid => Self::Valid,
            SelfSignature::Invalid => Self::Invalid,
            SelfSignature::NotChecked(_) => Self::NotChecked,
            SelfSignature::NotSelfSigned => Self::NotSelfSigned,
        }
    }
}

/// Reads a certificate from its DER (RFC 5280, section 4.1). Its self-signature is not verified.
///
/// Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
/// Errors: `item-too-large`, `not-der`, `der-too-deep`, `truncated`, `trailing-data`; `certificate-malformed`,
/// `public-key-malformed`, `algorithm-mismatch`, `validity-inverted`, `certificate-version`, `duplicate-extension`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_from_der(
    der: *const u8,
    der_len: usize,
    out: *mut *mut samlcert_certificate,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (der, out) = (array(der, der_len, "der")?, Output::at(out, "out")?);
            out.give(samlcert_certificate(certificate_of(der)?));
            Ok(())
        })
    }
}

/// Reads the only certificate of whatever was pasted or uploaded; see `samlcert_normalize`.
///
/// Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
/// Errors: `no-certificate`, `several-items`; why the one block was refused, with its place.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_from_pem(
    text: *const u8,
    text_len: usize,
    out: *mut *mut samlcert_certificate,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (text, out) = (array(text, text_len, "text")?, Output::at(out, "out")?);
            out.give(samlcert_certificate(Certificate::from_pem(text)?));
            Ok(())
        })
    }
}

/// Frees a certificate. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_free(certificate: *mut samlcert_certificate) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(certificate) }
}

/// The DER as given.
///
/// Owner: the certificate; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_der(certificate: *const samlcert_certificate) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.der().into()) }
}

/// Writes the certificate in a form of `samlcert_form`.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_write(
    certificate: *const samlcert_certificate,
    form: u32,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.give(samlcert_bytes(certificate.0.write(samlcert_form::select(form)?)));
            Ok(())
        })
    }
}

/// The X.509 version: 1, 2 or 3; 0 for NULL.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_version(certificate: *const samlcert_certificate) -> u32 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.version().into()) }
}

/// The content octets of the serial number, as in the DER.
///
/// Owner: the certificate; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_serial(certificate: *const samlcert_certificate) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.serial().into()) }
}

/// The subject as text of RFC 4514.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_subject(
    certificate: *const samlcert_certificate,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.give(certificate.0.subject().into());
            Ok(())
        })
    }
}

/// The issuer as text of RFC 4514.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_issuer(
    certificate: *const samlcert_certificate,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.give(certificate.0.issuer().into());
            Ok(())
        })
    }
}

/// The first moment at which the certificate is valid, in seconds since 1970, UTC; 0 for NULL.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_not_before(certificate: *const samlcert_certificate) -> i64 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.validity().not_before().0) }
}

/// The last moment at which the certificate is valid, in seconds since 1970, UTC; 0 for NULL.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_not_after(certificate: *const samlcert_certificate) -> i64 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.validity().not_after().0) }
}

/// The DER of the `SubjectPublicKeyInfo`, as in the certificate.
///
/// Owner: the certificate; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_spki_der(certificate: *const samlcert_certificate) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.spki_der().into()) }
}

/// The kind of the public key, such as `rsa` or `ec-p256`, as in the JSON forms.
///
/// Owner: the library; valid for as long as the program runs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_key_algorithm(
    certificate: *const samlcert_certificate,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.key_algorithm().as_str().into()) }
}

/// The size of the public key in bits; 0 for NULL, and for a kind that has none.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_key_bits(certificate: *const samlcert_certificate) -> u32 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.key_bits().unwrap_or_default()) }
}

/// The name of the algorithm that the certificate is signed with, or its OID.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_signature_algorithm(
    certificate: *const samlcert_certificate,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.give(certificate.0.signature_algorithm().to_string().into());
            Ok(())
        })
    }
}

/// Returns true if issuer and subject are the same (RFC 5280, section 3.2).
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_is_self_issued(certificate: *const samlcert_certificate) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.is_self_issued()) }
}

/// What is known about the certificate's signature by its own key. This verifies it: up to a millisecond.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_self_signature(
    certificate: *const samlcert_certificate,
) -> samlcert_self_signature {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.self_signature().into()) }
}

/// The subject key identifier; `data` is NULL if there is none.
///
/// Owner: the certificate; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_subject_key_identifier(
    certificate: *const samlcert_certificate,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.subject_key_identifier().unwrap_or_default().into()) }
}

/// Returns true if the basic constraints (RFC 5280, section 4.2.1.9) say that the certificate is a CA's.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_is_ca(certificate: *const samlcert_certificate) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.is_ca()) }
}

/// What the key may be used for (RFC 5280, section 4.2.1.3): 1 `digitalSignature`, 2 `nonRepudiation`, 4
/// `keyEncipherment`, and so on to 256, `decipherOnly`. `UINT32_MAX`, which allows everything, if the extension is
/// absent or cannot be decoded.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_key_usage(certificate: *const samlcert_certificate) -> u32 {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(certificate, |certificate| certificate.0.key_usage().map_or(u32::MAX, |usage| usage.bits().into()))
    }
}

/// The extensions (RFC 5280, section 4.2), in the order of the certificate:
/// `{"extensions":[{"oid":s,"name":s|null,"critical":bool,"kind":s,...}]}`; each `kind` has fields of its own, which
/// `docs/json.md` lists.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_extensions_json(
    certificate: *const samlcert_certificate,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.give(json(&Extensions::from(&certificate.0))?);
            Ok(())
        })
    }
}

/// The fingerprint of the DER, by a hash of `samlcert_hash`.
///
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_fingerprint(
    certificate: *const samlcert_certificate,
    hash: u32,
    out: *mut samlcert_fingerprint,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.write(certificate.0.fingerprint(samlcert_hash::select(hash)?).into());
            Ok(())
        })
    }
}

/// The fingerprint of the `SubjectPublicKeyInfo`, by a hash of `samlcert_hash`.
///
/// Errors: `unknown-selector`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_spki_fingerprint(
    certificate: *const samlcert_certificate,
    hash: u32,
    out: *mut samlcert_fingerprint,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (certificate, out) = (object(certificate, "certificate")?, Output::at(out, "out")?);
            out.write(certificate.0.spki_fingerprint(samlcert_hash::select(hash)?).into());
            Ok(())
        })
    }
}

/// Returns true if the fingerprint is that of the certificate, or, if its `target` says so, of its public key. False
/// for a fingerprint that contradicts itself.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_has_fingerprint(
    certificate: *const samlcert_certificate,
    fingerprint: *const samlcert_fingerprint,
) -> bool {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(certificate, |certificate| {
            object(fingerprint, "fingerprint")
                .and_then(samlcert_fingerprint::read)
                .is_ok_and(|fingerprint| certificate.0.has_fingerprint(&fingerprint))
        })
    }
}

/// How many notes there are: what is worth knowing about the certificate.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_note_count(certificate: *const samlcert_certificate) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(certificate, |certificate| certificate.0.notes().len()) }
}

/// The name of a note, such as `weak-signature-hash`; empty past the end.
///
/// Owner: the library; valid for as long as the program runs.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_certificate_note(
    certificate: *const samlcert_certificate,
    index: usize,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(certificate, |certificate| {
            certificate.0.notes().get(index).map(|note| note.as_str()).unwrap_or_default().into()
        })
    }
}
