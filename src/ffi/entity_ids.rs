//! Lists of entity IDs, for C.

use super::argument::{object_mut, utf8};
use super::bytes::samlcert_slice;
use super::failure::{samlcert_error, samlcert_status};
use super::guard::{guard, guard_free, guard_get};
use super::output::Output;
use crate::application::EntityId;

/// A list of entity IDs of service providers: those whose logins a step breaks, or those that are accepted. One thread
/// at a time.
#[derive(Debug)]
pub struct samlcert_entity_ids(pub(super) Vec<EntityId>);

/// An empty list.
///
/// Owner: the caller, who frees `*out` with `samlcert_entity_ids_free`.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_entity_ids_new(
    out: *mut *mut samlcert_entity_ids,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let out = Output::at(out, "out")?;
            out.give(samlcert_entity_ids(Vec::new()));
            Ok(())
        })
    }
}

/// Frees a list. NULL is allowed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_entity_ids_free(entity_ids: *mut samlcert_entity_ids) {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_free(entity_ids) }
}

/// Adds an entity ID.
///
/// Errors: `invalid-text`, `not-utf8`. The list is then unchanged.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_entity_ids_add(
    entity_ids: *mut samlcert_entity_ids,
    entity_id: *const u8,
    entity_id_len: usize,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let (entity_ids, entity_id) =
                (object_mut(entity_ids, "entity_ids")?, utf8(entity_id, entity_id_len, "entity_id")?);
            entity_ids.0.push(EntityId::new(entity_id)?);
            Ok(())
        })
    }
}

/// How many there are.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_entity_ids_count(entity_ids: *const samlcert_entity_ids) -> usize {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe { guard_get(entity_ids, |entity_ids| entity_ids.0.len()) }
}

/// One of them, by its index from 0; empty past the end.
///
/// Owner: the list; valid until something is added, or the list is freed.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_entity_ids_get(
    entity_ids: *const samlcert_entity_ids,
    index: usize,
) -> samlcert_slice {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard_get(entity_ids, |entity_ids| entity_ids.0.get(index).map(EntityId::as_str).unwrap_or_default().into())
    }
}
