//! The live objects of a type.

use std::ptr;

/// How many of a type live at once.
const MOST: usize = 6;

pub(super) struct Objects<T> {
    live: Vec<*mut T>,
    free: unsafe extern "C" fn(*mut T),
}

impl<T> Objects<T> {
    pub(super) fn new(free: unsafe extern "C" fn(*mut T)) -> Self {
        Self { live: Vec::new(), free }
    }

    /// One that lives; NULL of every eighth index, and if none does.
    pub(super) fn get(&self, index: u8) -> *mut T {
        let index = usize::from(index);
        if index % 8 == 7 || self.live.is_empty() { ptr::null_mut() } else { self.live[index % self.live.len()] }
    }

    pub(super) fn newest(&self) -> *mut T {
        self.live.last().copied().unwrap_or(ptr::null_mut())
    }

    /// Keeps an object that was given out; the oldest goes when there are too many. NULL is none.
    pub(super) fn add(&mut self, object: *mut T) {
        if object.is_null() {
            return;
        }
        assert!(!self.live.contains(&object), "an object was given out twice");
        if self.live.len() == MOST {
            self.free(0);
        }
        self.live.push(object);
    }

    pub(super) fn free(&mut self, index: u8) {
        let object = self.get(index);
        self.live.retain(|live| *live != object);
        unsafe { (self.free)(object) };
    }
}

impl<T> Drop for Objects<T> {
    fn drop(&mut self) {
        for object in self.live.drain(..).chain([ptr::null_mut()]) {
            unsafe { (self.free)(object) };
        }
    }
}
