//! Secrets in the installed library: what is left of them in memory, and what branches on them.

use super::programs::{ARCHIVE, Built, CLANG, GCC, STATIC, Way, here, succeeds};
use std::collections::BTreeSet;

/// The sanitizers and valgrind keep freed memory for a while, which would hide the residues.
const WAYS: [&Way; 3] = [&GCC, &CLANG, &STATIC];

/// What a program prints, a line each.
fn told(source: &str, way: &Way) -> BTreeSet<String> {
    let run = Built::new(source, way).run(&[&here("tests/data")]);
    succeeds(&run, &format!("{}: {source}", way.name));
    String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The rows of the table of residues in SECURITY.md, as the program tells them, and whether each is there every time.
fn listed() -> Vec<(String, bool)> {
    let document = std::fs::read_to_string(here("SECURITY.md")).unwrap();
    let rows = document.lines().skip_while(|line| !line.starts_with("| operation | key | what")).skip(2);
    let rows = rows.map_while(|row| row.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    cells
        .flat_map(|cells| {
            let [operations, key, secrets, place, _, when] = cells[..] else { panic!("{cells:?}") };
            let pairs = operations.split(", ").flat_map(|operation| secrets.split(", ").map(move |it| (operation, it)));
            let told = pairs.map(|(operation, secret)| format!("{operation}, {key}: {secret}, {place}"));
            told.map(|told| (told, when == "always")).collect::<Vec<_>>()
        })
        .collect()
}

/// The list may only shrink: remove a row that is not seen, unless it appears only sometimes.
#[test]
#[ignore = "needs gcc, clang and pkg-config"]
fn what_is_left_of_secrets_is_listed() {
    let listed = listed();
    let mut seen = BTreeSet::new();
    for way in WAYS {
        let told = told("tests/c/secrets.c", way);
        assert!(told.iter().any(|line| line.starts_with("control, ")), "{}: the search finds nothing", way.name);
        seen.extend(told.into_iter().filter(|line| !line.starts_with("control, ")));
    }
    let new: Vec<_> = seen.iter().filter(|line| !listed.iter().any(|(row, _)| row == *line)).collect();
    let gone: Vec<_> = listed.iter().filter(|(row, is_always)| *is_always && !seen.contains(row)).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:#?}, gone: {gone:#?}");
}

/// With what marks memory as undefined, and the functions that may branch on it.
const UNDEFINED: Way = Way {
    name: "undefined",
    compiler: &["gcc", "-std=c11", "-g"],
    package: ARCHIVE,
    runner: &["valgrind", "-v", "--num-callers=12", "--read-inline-info=yes", "--error-exitcode=1"],
};

/// The names of the entries in a list of what is suppressed.
fn entries(list: &str) -> BTreeSet<&str> {
    let lines: Vec<_> = list.lines().map(str::trim).collect();
    lines.windows(2).filter(|pair| pair[0] == "{").map(|pair| pair[1]).collect()
}

#[test]
#[ignore = "needs gcc, pkg-config and valgrind"]
fn nothing_branches_on_a_secret_but_what_is_declared() {
    let run = Built::new("tests/c/undefined.c", &UNDEFINED).run(&[&here("tests/data")]);
    succeeds(&run, "undefined");
    let report = String::from_utf8(run.stderr).unwrap();
    let used = report.lines().filter_map(|line| line.split_once("used_suppression: ")?.1.split_whitespace().nth(1));
    let used: BTreeSet<_> = used.collect();
    let list = std::fs::read_to_string(here("tests/c/undefined.supp")).unwrap();
    let unused: Vec<_> = entries(&list).into_iter().filter(|name| !used.contains(name)).collect();
    assert!(used.contains("control") && unused.is_empty(), "{unused:?}\n{report}");
}
