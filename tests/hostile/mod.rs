//! Pastes of attackers: time, heap and stack that they take are bounded.

pub(crate) mod families;
mod heap;

use families::{families, values};
use samlcert::limits::{MAX_DER_BYTES, MAX_PASTE_BYTES};
use samlcert::{ErrorCode, normalize};

/// So that no value is over the limit for the sake of its headers.
const LARGEST_VALUE: usize = MAX_DER_BYTES - 8;
const QUARTER: usize = MAX_PASTE_BYTES / 4;
const SIZES: [usize; 3] = [QUARTER, 2 * QUARTER, MAX_PASTE_BYTES];

#[test]
fn families_are_of_the_size_that_is_asked_for() {
    for family in families() {
        for size in SIZES {
            let len = family.paste(size).len();
            assert!(len <= size && len > size / 4 * 3, "{}: {len} of {size}", family.name);
        }
    }
    for (name, make) in values::VALUES {
        assert!(make(LARGEST_VALUE).len() <= MAX_DER_BYTES, "{name}");
    }
}

#[test]
fn the_heap_is_bounded() {
    let mut over = Vec::new();
    for family in families() {
        for size in SIZES {
            let paste = family.paste(size);
            let most = heap::most(|| normalize(&paste));
            if most > 8 * paste.len() + (1 << 20) {
                over.push(format!("{}, {size}: {most}", family.name));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

/// The stack of a thread that has little of it.
const SMALL_STACK: usize = 64 << 10;

#[test]
fn the_stack_is_bounded() {
    let read = |name: &str, paste: Vec<u8>| {
        let thread = std::thread::Builder::new().name(name.to_owned()).stack_size(SMALL_STACK);
        thread.spawn(move || normalize(&paste)).unwrap().join().unwrap()
    };
    for (name, make) in values::VALUES {
        read(name, make(LARGEST_VALUE));
    }
    for family in families() {
        read(family.name, family.paste(QUARTER));
    }
    let (name, nested) = values::VALUES[0];
    for paste in [nested(MAX_DER_BYTES), values::blocks(nested, 2 * MAX_DER_BYTES)] {
        let normalized = read(name, paste);
        assert_eq!(normalized.refused()[0].code(), ErrorCode::DerTooDeep);
    }
}

/// Where the numbers of instructions are to be written: set for a test that runs below another one.
const SIZES_COUNTED: [usize; 2] = [QUARTER, MAX_PASTE_BYTES];
const COUNTING: &str = "SAMLCERT_HOSTILE_COUNTING";

/// Reads every paste, where valgrind counts the instructions of it.
#[test]
fn reads_every_paste() {
    let Ok(part) = std::env::var(COUNTING) else { return };
    for family in families().iter().filter(|family| family.name.contains(&part)) {
        for size in SIZES_COUNTED {
            read_counted(&family.paste(size));
        }
    }
}

/// What is counted, by its name.
#[inline(never)]
fn read_counted(paste: &[u8]) {
    std::hint::black_box(normalize(std::hint::black_box(paste)));
}
