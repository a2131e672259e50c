//! Counts the memory that a thread has on the heap.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

#[global_allocator]
static HEAP: Counting = Counting;

thread_local! {
    // Without a destructor, and made without allocating: the allocator may ask at any time.
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    let live = LIVE.get().wrapping_add(bytes);
    LIVE.set(live);
    MOST.set(MOST.get().max(live));
}

// SAFETY: the system's allocator does all of it; counting allocates nothing and cannot fail.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both may exist at once for a while.
        count(size as isize);
        // SAFETY: as the caller promises.
        let new = unsafe { System.realloc(old, layout, size) };
        count(-(layout.size() as isize));
        new
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(old, layout) }
    }
}

/// The most bytes that a call has on the heap of this thread at once, its result included.
pub(crate) fn most<T>(call: impl FnOnce() -> T) -> usize {
    let before = LIVE.get();
    MOST.set(before);
    let result = call();
    let most = MOST.get() - before;
    drop(result);
    most as usize
}

#[test]
fn what_is_on_the_heap_is_counted() {
    assert_eq!(most(|| ()), 0);
    assert_eq!(most(|| vec![0_u8; 1000].len()), 1000);
    assert_eq!(most(|| drop((vec![0_u8; 1000], vec![0_u8; 500]))), 1500);
    let grown = most(|| {
        let mut bytes = vec![0_u8; 1000];
        bytes.reserve_exact(1);
        drop(bytes);
        vec![0_u8; 300]
    });
    assert_eq!(grown, 2001, "old and new at once");
}
