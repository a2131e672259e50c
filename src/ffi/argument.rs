//! What comes in from C.

use core::slice;

use super::failure::Failure;
use crate::error_code::ErrorCode;
use crate::span::Span;

/// The object behind a pointer that must not be NULL.
///
/// # Safety
/// `pointer` is NULL, or leads to a `T` that lives and does not change during the call.
pub(super) unsafe fn object<'a, T>(pointer: *const T, name: &'static str) -> Result<&'a T, Failure> {
    // SAFETY: what the caller promised.
    unsafe { pointer.as_ref() }.ok_or_else(|| Failure::null(name))
}

/// The object behind a pointer that must not be NULL, to be changed.
///
/// # Safety
/// `pointer` is NULL, or leads to a `T` that lives and that nobody else uses during the call.
pub(super) unsafe fn object_mut<'a, T>(pointer: *mut T, name: &'static str) -> Result<&'a mut T, Failure> {
    // SAFETY: what the caller promised.
    unsafe { pointer.as_mut() }.ok_or_else(|| Failure::null(name))
}

/// The `len` values behind a pointer, which may be NULL if there are none.
///
/// # Safety
/// `data` is NULL, or leads to `len` values that do not change during the call.
pub(super) unsafe fn array<'a, T>(data: *const T, len: usize, name: &'static str) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(Failure::null(name));
    }
    // No object is larger than half of the address space.
    let bytes = len.checked_mul(size_of::<T>()).and_then(|bytes| isize::try_from(bytes).ok());
    if bytes.is_none() {
        return Err(Failure::new(
            ErrorCode::ArgumentLength,
            format!("the length of `{name}` is larger than any object can be"),
        ));
    }
    // SAFETY: it is not NULL, no longer than an object can be, and the caller promised the rest.
    Ok(unsafe { slice::from_raw_parts(data, len) })
}

/// Text of UTF-8.
///
/// # Safety
/// As for [`array`].
pub(super) unsafe fn utf8<'a>(data: *const u8, len: usize, name: &'static str) -> Result<&'a str, Failure> {
    // SAFETY: what the caller promised.
    let bytes = unsafe { array(data, len, name) }?;
    core::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = error.error_len().map_or(len, |wrong| start.saturating_add(wrong));
        Failure::new(ErrorCode::NotUtf8, format!("`{name}` is not UTF-8")).at(Span::new(start, end))
    })
}

/// An index that is past the end of what it counts.
pub(super) fn past_the_end(what: &'static str, index: usize, count: usize) -> Failure {
    Failure::new(ErrorCode::OutOfRange, format!("there is no {what} of index {index}: there are {count}"))
}
