//! What goes out to C.

use core::ptr::NonNull;

use super::failure::Failure;
use crate::error_code::ErrorCode;

/// A place for one value. It is looked at before any work is done, and written last.
pub(super) struct Output<T>(NonNull<T>);

impl<T> Output<T> {
    /// # Safety
    /// `out` is NULL, or writable until the end of the call, and nothing else uses it.
    pub(super) unsafe fn at(out: *mut T, name: &'static str) -> Result<Self, Failure> {
        // SAFETY: what the caller promised.
        unsafe { Self::wanted(out) }.ok_or_else(|| Failure::null(name))
    }

    /// A place that the caller may do without.
    ///
    /// # Safety
    /// As for [`Self::at`].
    pub(super) unsafe fn wanted(out: *mut T) -> Option<Self> {
        NonNull::new(out).map(Self)
    }

    pub(super) fn write(self, value: T) {
        // SAFETY: `at` was promised that it is writable. What stood there is the caller's, and is not dropped.
        unsafe { self.0.write(value) }
    }
}

impl<T> Output<*mut T> {
    /// Gives an object to the caller, who frees it.
    pub(super) fn give(self, object: T) {
        self.give_option(Some(object));
    }

    /// Gives an object, or NULL for none.
    pub(super) fn give_option(self, object: Option<T>) {
        self.write(object.map_or(core::ptr::null_mut(), |object| Box::into_raw(Box::new(object))));
    }
}

/// A caller's buffer for a small number of values.
pub(super) struct Buffer<T> {
    out: *mut T,
    cap: usize,
    needed: Output<usize>,
}

impl<T: Copy> Buffer<T> {
    /// # Safety
    /// `out` is NULL, or `cap` values can be written there until the end of the call; `needed` as for [`Output::at`].
    pub(super) unsafe fn at(out: *mut T, cap: usize, needed: *mut usize) -> Result<Self, Failure> {
        // SAFETY: what the caller promised.
        let needed = unsafe { Output::at(needed, "needed") }?;
        if out.is_null() && cap != 0 {
            return Err(Failure::null("out"));
        }
        Ok(Self { out, cap, needed })
    }

    /// Writes all of the values or none; how many there are, always.
    pub(super) fn write(self, values: impl Iterator<Item = T> + Clone) -> Result<(), Failure> {
        let count = values.clone().count();
        self.needed.write(count);
        if self.cap < count {
            return Err(Failure::new(
                ErrorCode::BufferTooSmall,
                format!("the buffer has room for {}, and {count} are needed", self.cap),
            ));
        }
        for (index, value) in values.take(self.cap).enumerate() {
            // SAFETY: the index is less than `cap`, and so there is room for it, as `at` was promised.
            unsafe { self.out.add(index).write(value) };
        }
        Ok(())
    }
}
