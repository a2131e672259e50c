//! The symbols of the shared object are those of `tests/abi.txt`, and the header declares each.

use std::collections::BTreeSet;

use super::package;

const LIST: &str = include_str!("../abi.txt");

#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_shared_object_exports_the_list() {
    let object = package().join("lib/libsamlcert.so.1");
    let made = crate::support::output("nm", &["-D", "--defined-only", object.to_str().unwrap()], b"");
    let made = String::from_utf8(made).unwrap();
    let made: Vec<_> = made.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    let list: Vec<_> = LIST.lines().map(|name| format!("T {name}")).collect();
    assert_eq!(made, list);
}

#[test]
fn the_header_declares_the_list() {
    let declared: BTreeSet<_> = declared().into_iter().collect();
    let list: BTreeSet<_> = LIST.lines().map(str::to_owned).collect();
    assert_eq!(declared, list);
    assert!(list.iter().all(|name| name.starts_with("samlcert_")));
}

/// The functions that the header declares.
pub(super) fn declared() -> Vec<String> {
    let names = declarations().into_iter().map(|(name, _)| name);
    names.collect()
}

/// Each function of the header, with its parameters.
pub(super) fn declarations() -> Vec<(String, Vec<String>)> {
    let header = include_str!("../../include/samlcert.h");
    let blocks = header.split("\n\n").filter(|block| block.ends_with(");"));
    let code = blocks.map(|block| block.split_once("*/\n").map_or(block, |(_, code)| code));
    code.map(|code| {
        let (name, parameters) = code.split_once('(').unwrap();
        let name = name.rsplit([' ', '*', '\n']).next().unwrap();
        let parameters = parameters.trim_end_matches(");").split(',').map(|parameter| parameter.trim().to_owned());
        (name.to_owned(), parameters.filter(|parameter| parameter != "void").collect())
    })
    .collect()
}
