//! What stands between C and the library: nothing unwinds into C, and an error is given out where it is wanted.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::failure::{Failure, samlcert_error, samlcert_status};

/// Runs a function that can fail.
///
/// # Safety
/// `err` is NULL or writable.
pub(super) unsafe fn guard(
    err: *mut *mut samlcert_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> samlcert_status {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return super::failure::SAMLCERT_OK,
        Ok(Err(failure)) => failure,
        Err(_panic) => Failure::internal(),
    };
    let status = failure.status();
    if !err.is_null() {
        let error = Box::into_raw(Box::new(samlcert_error(failure)));
        // SAFETY: it is not NULL, and the caller promised that it is writable then.
        unsafe { err.write(error) };
    }
    status
}

/// Runs a function that cannot fail and asks no object.
pub(super) fn guard_value<T: Default>(body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_default()
}

/// Asks an object; NULL gives the default of the answer.
///
/// # Safety
/// `object` is NULL, or leads to a `T` that lives and does not change during the call.
pub(super) unsafe fn guard_get<O, T: Default>(object: *const O, body: impl FnOnce(&O) -> T) -> T {
    // SAFETY: what the caller promised.
    guard_value(|| unsafe { object.as_ref() }.map(body).unwrap_or_default())
}

/// Frees an object.
///
/// # Safety
/// `object` is NULL, or was given out by [`Output::give`](super::output::Output::give) and is not freed yet.
pub(super) unsafe fn guard_free<T>(object: *mut T) {
    let free = || {
        if !object.is_null() {
            // SAFETY: it came from `Box::into_raw`, and nobody uses it any more.
            drop(unsafe { Box::from_raw(object) });
        }
    };
    // There is nobody to tell.
    let _ = catch_unwind(AssertUnwindSafe(free));
}

#[cfg(test)]
mod tests {
    use core::ptr;

    use super::*;
    use crate::error_code::ErrorCode;
    use crate::ffi::error::samlcert_error_free;

    static FOUR: u32 = 4;

    struct PanicsWhenFreed;

    impl Drop for PanicsWhenFreed {
        fn drop(&mut self) {
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_becomes_a_status_and_an_error() {
        let mut err = ptr::null_mut();
        // SAFETY: `err` is writable, and freed once.
        unsafe {
            assert_eq!(guard(&raw mut err, || panic!("on purpose")), ErrorCode::Internal.number());
            assert!(!err.is_null());
            samlcert_error_free(err);
            assert_eq!(guard(ptr::null_mut(), || panic!("on purpose")), ErrorCode::Internal.number());
        }
    }

    #[test]
    fn a_panic_of_a_getter_gives_the_default() {
        assert_eq!(guard_value(|| -> u32 { panic!("on purpose") }), 0);
        assert_eq!(guard_value(|| 8), 8);
        // SAFETY: the object lives; NULL is allowed.
        unsafe {
            assert_eq!(guard_get(&raw const FOUR, |_| -> u32 { panic!("on purpose") }), 0);
            assert_eq!(guard_get(&raw const FOUR, |four| *four), 4);
            assert_eq!(guard_get(ptr::null::<u32>(), |four| *four), 0);
        }
    }

    #[test]
    fn a_panic_while_freeing_ends_there() {
        // SAFETY: it comes from a box.
        unsafe { guard_free(Box::into_raw(Box::new(PanicsWhenFreed))) };
    }

    #[test]
    fn success_leaves_the_error_as_it_was() {
        let mut err = ptr::dangling_mut();
        // SAFETY: `err` is writable.
        let status = unsafe { guard(&raw mut err, || Ok(())) };
        assert_eq!((status, err), (0, ptr::dangling_mut()));
    }
}
