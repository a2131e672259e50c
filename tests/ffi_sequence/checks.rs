//! What holds of every call.

use std::mem::{MaybeUninit, size_of};
use std::{ptr, slice};

use samlcert::ErrorCode;
use samlcert::ffi::*;

use super::Run;
use super::input::Text;

pub(super) type Err = *mut *mut samlcert_error;

/// What stands in an output before a call.
const UNSET: u8 = 0xa5;

/// The bytes of a slice.
pub(super) unsafe fn bytes<'a>(of: samlcert_slice) -> &'a [u8] {
    if of.data.is_null() {
        assert_eq!(of.len, 0, "nothing has a length");
        return &[];
    }
    unsafe { slice::from_raw_parts(of.data, of.len) }
}

pub(super) unsafe fn text<'a>(of: samlcert_slice) -> &'a str {
    std::str::from_utf8(unsafe { bytes(of) }).expect("text is UTF-8")
}

/// An output that records whether it was written.
#[repr(transparent)]
struct Place<T>(MaybeUninit<T>);

impl<T> Place<T> {
    fn unset() -> Self {
        let mut place = MaybeUninit::uninit();
        unsafe { ptr::write_bytes(place.as_mut_ptr(), UNSET, 1) };
        Self(place)
    }

    fn is_untouched(&self) -> bool {
        let bytes = unsafe { slice::from_raw_parts(self.0.as_ptr().cast::<u8>(), size_of::<T>()) };
        bytes.iter().all(|byte| *byte == UNSET)
    }

    fn written(self) -> T {
        assert!(!self.is_untouched(), "an output was not written");
        unsafe { self.0.assume_init() }
    }
}

impl Run<'_> {
    pub(super) fn text(&mut self) -> Text {
        let text = self.input.text();
        self.hostile |= text.is_hostile;
        text
    }

    pub(super) fn actor(&mut self) -> Text {
        let actor = self.input.actor();
        self.hostile |= actor.is_hostile;
        actor
    }

    pub(super) fn entity(&mut self) -> Text {
        let entity = self.input.entity();
        self.hostile |= entity.is_hostile;
        entity
    }

    /// A call that can fail, sometimes without a place for the error.
    pub(super) fn status(&mut self, call: impl FnOnce(Err) -> samlcert_status) -> samlcert_status {
        let hostile = std::mem::take(&mut self.hostile);
        if self.input.once_in(8) {
            let status = call(ptr::null_mut());
            assert!(!hostile || status != SAMLCERT_OK, "what must fail did not");
            return status;
        }
        let mut err = Place::unset();
        let status = call(err.0.as_mut_ptr());
        assert!(!hostile || status != SAMLCERT_OK, "what must fail did not");
        if status == SAMLCERT_OK {
            assert!(err.is_untouched(), "there is an error of what did not fail");
        } else {
            let err = err.written();
            unsafe { failed(status, err) };
            self.errors.add(err);
        }
        status
    }

    /// A place that is sometimes missing, which the call must refuse.
    fn out<T>(&mut self, place: &mut Place<T>) -> *mut T {
        if !self.input.once_in(16) {
            return place.0.as_mut_ptr();
        }
        self.hostile = true;
        ptr::null_mut()
    }

    /// A value that a call writes; `None` if it failed.
    pub(super) fn value<T>(&mut self, call: impl FnOnce(*mut T, Err) -> samlcert_status) -> Option<T> {
        let mut place = Place::unset();
        let out = self.out(&mut place);
        let status = self.status(|err| call(out, err));
        if status != SAMLCERT_OK {
            assert!(place.is_untouched(), "{status} wrote an output");
            return None;
        }
        Some(place.written())
    }

    /// Values that a call writes into a buffer; `None` if it failed.
    pub(super) fn buffer<T: Copy>(
        &mut self,
        call: impl FnOnce(*mut T, usize, *mut usize, Err) -> samlcert_status,
    ) -> Option<Vec<T>> {
        let cap = if self.input.once_in(4) { usize::from(self.input.byte() % 64) } else { 256 };
        let mut places: Vec<Place<T>> = (0..256).map(|_| Place::unset()).collect();
        let out = if cap == 0 { ptr::null_mut() } else { places.as_mut_ptr().cast::<T>() };
        let mut needed = Place::unset();
        let to_needed = self.out(&mut needed);
        let status = self.status(|err| call(out, cap, to_needed, err));
        let is_too_small = status == ErrorCode::BufferTooSmall.number();
        let count = if status == SAMLCERT_OK || is_too_small { needed.written() } else { 0 };
        assert_eq!(is_too_small, count > cap, "{count} were needed of {cap}");
        let written = if status == SAMLCERT_OK { count } else { 0 };
        let rest = places.split_off(written);
        assert!(rest.iter().all(Place::is_untouched), "{status} wrote behind its values");
        (status == SAMLCERT_OK).then(|| places.into_iter().map(Place::written).collect())
    }

    /// A call that may find nothing, and then leaves the other output alone.
    pub(super) fn found<T>(&mut self, call: impl FnOnce(*mut T, *mut bool, Err) -> samlcert_status) -> Option<T> {
        let mut place = Place::unset();
        let out = self.out(&mut place);
        let found = self.value(|found, err| call(out, found, err)).unwrap_or(false);
        assert_eq!(found, !place.is_untouched(), "it is found, or it is not");
        found.then(|| place.written())
    }
}

/// What holds of an error.
unsafe fn failed(status: samlcert_status, err: *mut samlcert_error) {
    unsafe {
        assert!(!err.is_null(), "{status} has no error");
        assert_eq!(samlcert_error_code(err), status);
        let message = text(samlcert_error_message(err));
        assert!(!message.is_empty(), "{status} says nothing");
        assert!(!message.contains(char::is_control), "{status} hands control characters on");
        let name = text(samlcert_status_name(status));
        assert!(!matches!(name, "" | "ok" | "internal"), "{status} {name}: {message}");
        let mut place: Place<samlcert_span> = Place::unset();
        if samlcert_error_span(err, place.0.as_mut_ptr()) {
            let span = place.written();
            assert!(span.start <= span.end, "{status} has a span that is turned round");
        } else {
            assert!(place.is_untouched(), "{status} wrote a span that it has not");
        }
        assert!(!samlcert_error_span(err, ptr::null_mut()));
    }
}
