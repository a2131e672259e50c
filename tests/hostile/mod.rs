//! Pastes of attackers: the time, heap and stack that they take are bounded.

pub(crate) mod families;
pub(crate) mod heap;

use families::{families, values};
use samlcert::limits::{MAX_DER_BYTES, MAX_PASTE_BYTES};
use samlcert::{ErrorCode, normalize, pem};

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
            let most = heap::most(|| normalize(&paste)).max(heap::most(|| pem::decode(&paste)));
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

/// Smaller than the other sizes: counting takes fifty times as long as the work.
const COUNTED: [usize; 2] = [32 << 10, 128 << 10];
/// Set where valgrind counts.
const COUNTING: &str = "SAMLCERT_COUNTING";
/// The goal of the benches holds for instructions, too.
const MOST_GROWTH: u64 = 6;

#[test]
#[ignore = "needs valgrind, and minutes"]
fn the_work_is_linear() {
    let folder = std::env::temp_dir().join(format!("samlcert-counted-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let output = std::process::Command::new("valgrind")
        .arg("--tool=callgrind")
        .args(["zero-before", "dump-after"].map(|option| format!("--{option}=samlcert::hostile::read_counted")))
        .arg(format!("--callgrind-out-file={}/counted", folder.display()))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "hostile::reads_every_paste", "--test-threads=1"])
        .env(COUNTING, "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut over = Vec::new();
    for (index, family) in families().iter().enumerate() {
        let [once, four_times] = [1, 2].map(|part| instructions(&folder.join(format!("counted.{}", index * 2 + part))));
        assert!(once > 1000, "{}: {once} instructions", family.name);
        if four_times > MOST_GROWTH * once {
            over.push(format!("{}: {once}, {four_times}", family.name));
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(over.is_empty(), "{over:#?}");
}

fn instructions(dump: &std::path::Path) -> u64 {
    let text = std::fs::read_to_string(dump).unwrap_or_else(|error| panic!("{}: {error}", dump.display()));
    let totals = text.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    totals.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("{}: no total", dump.display()))
}

/// Reads every paste where instructions are counted; nothing elsewhere.
#[test]
fn reads_every_paste() {
    if std::env::var_os(COUNTING).is_none() {
        return;
    }
    for family in families() {
        for size in COUNTED {
            read_counted(&family.paste(size));
        }
    }
}

/// What is counted, by its name.
#[inline(never)]
fn read_counted(paste: &[u8]) {
    std::hint::black_box(normalize(std::hint::black_box(paste)));
}
