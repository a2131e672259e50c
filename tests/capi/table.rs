//! `functions.txt`: every public function of Rust beside the functions of C that do the same.

use std::collections::{BTreeMap, BTreeSet};

use super::exports::{names, sources};
use crate::layers::{collect, tokens};
use crate::public_api::functions;

const TABLE: &str = include_str!("functions.txt");

/// The lines of the table: those of Rust, and those of C alone.
struct Table {
    rust: BTreeMap<String, String>,
    c_alone: BTreeMap<String, String>,
}

fn table(text: &str) -> Table {
    let mut table = Table { rust: BTreeMap::new(), c_alone: BTreeMap::new() };
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (side, name, answer) = match (line.split_once(" = "), line.split_once(": ")) {
            (Some((name, answer)), _) => (&mut table.rust, name, answer),
            (None, Some((name, answer))) => (&mut table.c_alone, name, answer),
            (None, None) => panic!("no line of the table: {line}"),
        };
        let twice = side.insert(name.to_owned(), answer.to_owned());
        assert_eq!(twice, None, "{name} appears twice");
    }
    table
}

/// Everything that is wrong with the table, a line each.
fn faults(table: &Table, rust: &BTreeSet<String>, c: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (name, answer) in &table.rust {
        match answer.strip_prefix('-') {
            Some(reason) if reason.trim().is_empty() => faults.push(format!("{name} is left out without a reason")),
            Some(_) => {}
            None => named.extend(answer.split_whitespace()),
        }
    }
    faults.extend(rust.iter().filter(|name| !table.rust.contains_key(*name)).map(|name| format!("{name} is missing")));
    faults.extend(table.rust.keys().filter(|name| !rust.contains(*name)).map(|name| format!("{name} is gone")));
    let alone = table.c_alone.keys().map(String::as_str);
    faults.extend(alone.clone().filter(|name| named.contains(name)).map(|name| format!("{name} is not alone")));
    named.extend(alone);
    faults
        .extend(c.iter().filter(|name| !named.contains(&***name)).map(|name| format!("{name} stands beside nothing")));
    faults.extend(named.iter().filter(|name| !c.contains(**name)).map(|name| format!("{name} is no function of C")));
    faults
}

#[test]
fn each_function_of_rust_stands_beside_those_of_c() {
    let faults = faults(&table(TABLE), &functions(&sources()), &names());
    assert!(faults.is_empty(), "tests/capi/functions.txt:\n{}", faults.join("\n"));
}

/// The random sequences leave no function of C out.
#[test]
fn sequences_call_each_function_of_c() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ffi_sequence");
    let mut files = BTreeMap::new();
    collect(&folder, &folder, &mut files);
    let called: BTreeSet<String> = files.values().flat_map(|text| tokens(text)).map(|token| token.text).collect();
    let missing: Vec<_> = names().into_iter().filter(|name| !called.contains(name)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn each_rule_fires() {
    let rust = ["A::f", "g"].map(str::to_owned).into();
    let c = ["samlcert_a_f", "samlcert_a_free"].map(str::to_owned).into();
    let good = "# A comment.\n\nA::f = samlcert_a_f\ng = - C has it\n\nsamlcert_a_free: Rust frees by itself";
    assert_eq!(faults(&table(good), &rust, &c), Vec::<String>::new());
    let rows = [
        ("g = - C has it", "", "g is missing"),
        ("g = - C has it", "g = -", "g is left out without a reason"),
        ("g = ", "g = samlcert_a_f\nh = ", "h is gone"),
        ("A::f = samlcert_a_f", "A::f = - no", "samlcert_a_f stands beside nothing"),
        ("samlcert_a_free: Rust frees by itself", "", "samlcert_a_free stands beside nothing"),
        ("A::f = samlcert_a_f", "A::f = samlcert_a_f samlcert_a_g", "samlcert_a_g is no function of C"),
        ("A::f = samlcert_a_f", "A::f = samlcert_a_f samlcert_a_free", "samlcert_a_free is not alone"),
    ];
    for (from, to, expected) in rows {
        let faults = faults(&table(&good.replacen(from, to, 1)), &rust, &c);
        assert_eq!(faults, [expected], "{from} → {to}");
    }
}
