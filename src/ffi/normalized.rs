//! What a paste holds, for C.

use std::sync::Arc;

use super::argument::{array, object, past_the_end};
use super::bytes::{samlcert_bytes, samlcert_slice};
use super::certificate::samlcert_certificate;
use super::encrypted_key::samlcert_encrypted_key;
use super::error::samlcert_span;
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::guard::{guard, guard_free, guard_get};
use super::json::json;
use super::output::Output;
use super::private_key::samlcert_private_key;
use super::selector::samlcert_item_kind;
use crate::error_code::ErrorCode;
use crate::json::Inspection;
use crate::normalize::{Item, Normalized, NormalizedItem, normalize};

/// What a paste holds: its items and its refusals, each in the order of the text. Immutable: any number of threads may
/// use it at once.
#[derive(Debug)]
pub struct samlcert_normalized {
    normalized: Normalized,
    /// The sentence of each refusal, for C to borrow.
    refusals: Vec<String>,
}

impl samlcert_normalized {
    fn item(&self, index: usize) -> Result<&NormalizedItem, Failure> {
        let items = self.normalized.items();
        items.get(index).ok_or_else(|| past_the_end("item", index, items.len()))
    }
}

impl From<Normalized> for samlcert_normalized {
    fn from(normalized: Normalized) -> Self {
        let refusals = normalized.refused().iter().map(ToString::to_string).collect();
        Self { normalized, refusals }
    }
}

fn wrong_kind(wanted: &'static str) -> Failure {
    Failure::new(
        ErrorCode::WrongKind,
        format!("the item is no {wanted}; `samlcert_normalized_item_kind` tells what it is"),
    )
}

/// Reads whatever was pasted or uploaded: text with certificates and private keys in any wrapping, or DER. It never
/// fails because of the paste: what is wrong with it is among the refusals. There is at least one item or one refusal.
///
/// Owner: the caller, who frees `*out` with `samlcert_normalized_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalize(
    paste: *const u8,
    paste_len: usize,
    out: *mut *mut samlcert_normalized,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (paste, out) = (array(paste, paste_len, "paste")?, Output::at(out, "out")?);
            out.give(normalize(paste).into());
            Ok(())
        })
    }
}

/// Frees the result. Items that were taken out of it stay valid. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_free(normalized: *mut samlcert_normalized) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(normalized) }
}

/// Items and refusals as JSON: what `samlcert inspect --json` prints. It has no secret bytes.
///
/// Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_json(
    normalized: *const samlcert_normalized,
    out: *mut *mut samlcert_bytes,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (normalized, out) = (object(normalized, "normalized")?, Output::at(out, "out")?);
            out.give(json(&Inspection::from(&normalized.normalized))?);
            Ok(())
        })
    }
}

/// How many items there are.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_count(normalized: *const samlcert_normalized) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(normalized, |normalized| normalized.normalized.items().len()) }
}

/// The kind of an item; `SAMLCERT_ITEM_KIND_NONE` past the end.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_kind(
    normalized: *const samlcert_normalized,
    index: usize,
) -> samlcert_item_kind {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(normalized, |normalized| match normalized.item(index).map(NormalizedItem::item) {
            Ok(Item::Certificate(_)) => samlcert_item_kind::Certificate,
            Ok(Item::PrivateKey(_)) => samlcert_item_kind::PrivateKey,
            Ok(Item::Encrypted(_)) => samlcert_item_kind::EncryptedKey,
            Err(_) => samlcert_item_kind::None,
        })
    }
}

/// The place of an item in the paste.
///
/// Errors: `out-of-range`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_span(
    normalized: *const samlcert_normalized,
    index: usize,
    out: *mut samlcert_span,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (normalized, out) = (object(normalized, "normalized")?, Output::at(out, "out")?);
            out.write(normalized.item(index)?.span().into());
            Ok(())
        })
    }
}

/// The label of an item in the paste; empty if it had none, and past the end.
///
/// Owner: what the paste holds; valid until it is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_label(
    normalized: *const samlcert_normalized,
    index: usize,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(normalized, |normalized| normalized.item(index).map(NormalizedItem::label).unwrap_or_default().into())
    }
}

/// How many repairs of an item there are; 0 past the end.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_repair_count(
    normalized: *const samlcert_normalized,
    index: usize,
) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(normalized, |normalized| normalized.item(index).map_or(0, |found| found.repairs().len())) }
}

/// A repair of an item: its name, such as `mail-quotes`, one sentence about it, and its place in the paste.
///
/// Owner of both texts: the library; valid for as long as the program runs.
/// Errors: `out-of-range`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_repair(
    normalized: *const samlcert_normalized,
    index: usize,
    repair: usize,
    name: *mut samlcert_slice,
    message: *mut samlcert_slice,
    span: *mut samlcert_span,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let normalized = object(normalized, "normalized")?;
            let name = Output::at(name, "name")?;
            let message = Output::at(message, "message")?;
            let span = Output::at(span, "span")?;
            let repairs = normalized.item(index)?.repairs();
            let repair = repairs.get(repair).ok_or_else(|| past_the_end("repair", repair, repairs.len()))?;
            name.write(repair.code().as_str().into());
            message.write(repair.code().message().into());
            span.write(repair.span().into());
            Ok(())
        })
    }
}

/// How many notes on an item there are: what is worth knowing about it; 0 past the end.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_note_count(
    normalized: *const samlcert_normalized,
    index: usize,
) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(normalized, |normalized| normalized.item(index).map_or(0, |found| found.notes().len())) }
}

/// A note on an item: its name, such as `unproven-content`, and one sentence about it.
///
/// Owner of both texts: the library; valid for as long as the program runs.
/// Errors: `out-of-range`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_item_note(
    normalized: *const samlcert_normalized,
    index: usize,
    note: usize,
    name: *mut samlcert_slice,
    message: *mut samlcert_slice,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let normalized = object(normalized, "normalized")?;
            let name = Output::at(name, "name")?;
            let message = Output::at(message, "message")?;
            let notes = normalized.item(index)?.notes();
            let note = notes.get(note).ok_or_else(|| past_the_end("note", note, notes.len()))?;
            name.write(note.as_str().into());
            message.write(note.message().into());
            Ok(())
        })
    }
}

/// The certificate that an item is.
///
/// Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
/// Errors: `out-of-range`, `wrong-kind`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_certificate(
    normalized: *const samlcert_normalized,
    index: usize,
    out: *mut *mut samlcert_certificate,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (normalized, out) = (object(normalized, "normalized")?, Output::at(out, "out")?);
            let Item::Certificate(certificate) = normalized.item(index)?.item() else {
                return Err(wrong_kind("certificate"));
            };
            out.give(samlcert_certificate(certificate.clone()));
            Ok(())
        })
    }
}

/// The private key that an item is; the key itself is shared, not copied.
///
/// Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
/// Errors: `out-of-range`, `wrong-kind`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_private_key(
    normalized: *const samlcert_normalized,
    index: usize,
    out: *mut *mut samlcert_private_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (normalized, out) = (object(normalized, "normalized")?, Output::at(out, "out")?);
            let Item::PrivateKey(key) = normalized.item(index)?.item() else { return Err(wrong_kind("private key")) };
            out.give(samlcert_private_key(Arc::clone(key)));
            Ok(())
        })
    }
}

/// The encrypted private key that an item is.
///
/// Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
/// Errors: `out-of-range`, `wrong-kind`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_encrypted_key(
    normalized: *const samlcert_normalized,
    index: usize,
    out: *mut *mut samlcert_encrypted_key,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (normalized, out) = (object(normalized, "normalized")?, Output::at(out, "out")?);
            let Item::Encrypted(key) = normalized.item(index)?.item() else {
                return Err(wrong_kind("encrypted private key"));
            };
            out.give(samlcert_encrypted_key(key.clone()));
            Ok(())
        })
    }
}

/// How many refusals there are.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_refusal_count(normalized: *const samlcert_normalized) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(normalized, |normalized| normalized.normalized.refused().len()) }
}

/// A refusal: the number of its reason, what is wrong and what to do, and its place in the paste.
///
/// Owner of the text: what the paste holds; valid until that is freed.
/// Errors: `out-of-range`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_normalized_refusal(
    normalized: *const samlcert_normalized,
    index: usize,
    code: *mut samlcert_status,
    message: *mut samlcert_slice,
    span: *mut samlcert_span,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let normalized = object(normalized, "normalized")?;
            let code = Output::at(code, "code")?;
            let message = Output::at(message, "message")?;
            let span = Output::at(span, "span")?;
            let (refused, sentences) = (normalized.normalized.refused(), &normalized.refusals);
            let both = refused.get(index).zip(sentences.get(index));
            let (refusal, sentence) = both.ok_or_else(|| past_the_end("refusal", index, refused.len()))?;
            code.write(refusal.code().number());
            message.write(sentence.as_str().into());
            span.write(refusal.span().into());
            Ok(())
        })
    }
}
