//! `functions.txt`: every public function of Rust beside the functions of C that do the same.

use std::collections::{BTreeMap, BTreeSet};

use super::exports::{names, sources};
use crate::layers::{collect, tokens, without_tests};

const TABLE: &str = include_str!("functions.txt");

/// Modules that are public themselves; everything else stands at the root of the crate.
const MODULES: &[&str] = &["application", "json", "pem"];

/// The public functions that a file of the library has.
fn functions(file: &str, text: &str) -> Vec<String> {
    let words: Vec<String> = without_tests(tokens(text)).into_iter().map(|token| token.text).collect();
    let mut found = Vec::new();
    // Whose functions these are, and how deep they stand; of a trait all are public.
    let (mut owner, mut depth) = (None, 0_usize);
    for (index, word) in words.iter().enumerate() {
        match word.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                owner = owner.take().filter(|(_, _, at)| *at < depth);
            }
            "impl" if begins_item(&words[..index]) => owner = owner_of(&words[index + 1..], false, depth),
            "trait" if is_public(&words[..index]) => owner = owner_of(&words[index + 1..], true, depth),
            "fn" => {
                let of_trait = owner.as_ref().is_some_and(|(_, is_trait, at)| *is_trait && at + 1 == depth);
                if of_trait || is_public(&words[..index]) {
                    let name = owner.as_ref().map(|(name, ..)| name).into_iter().chain(words.get(index + 1));
                    found.push(name.map(String::as_str).collect::<Vec<_>>().join("::"));
                }
            }
            _ => {}
        }
    }
    let module = file.split(['/', '.']).next().filter(|module| MODULES.contains(module));
    found.into_iter().map(|name| module.map_or(name.clone(), |module| format!("{module}::{name}"))).collect()
}

/// Whether a word after these is the first one of an item, and no `impl` of a type.
fn begins_item(before: &[String]) -> bool {
    before.last().is_none_or(|word| matches!(word.as_str(), "{" | "}" | ";" | "]" | ")"))
}

/// Whether these end with `pub`, or with `pub const` and the like.
fn is_public(before: &[String]) -> bool {
    let words = before.iter().rev().map(String::as_str);
    words.into_iter().find(|word| !matches!(*word, "const" | "async" | "unsafe")) == Some("pub")
}

/// The type or trait that this names; `None` for what a trait is implemented for.
fn owner_of(words: &[String], is_trait: bool, depth: usize) -> Option<(String, bool, usize)> {
    let mut generic = 0_usize;
    let head = words.iter().take_while(|word| *word != "{");
    let mut names = Vec::new();
    for word in head {
        match word.as_str() {
            "<" => generic += 1,
            ">" => generic = generic.saturating_sub(1),
            name if generic == 0 => names.push(name),
            _ => {}
        }
    }
    let name = if names.first() == Some(&"$") { names[..2].concat() } else { names.first()?.to_string() };
    (is_trait || !names.contains(&"for")).then_some((name, is_trait, depth))
}

fn public_functions() -> BTreeSet<String> {
    let of_library = |file: &str| !file.starts_with("ffi/") && !file.starts_with("bin/");
    let files = sources().into_iter().filter(|(file, _)| of_library(file));
    files.flat_map(|(file, text)| functions(&file, &text)).collect()
}

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
        assert_eq!(twice, None, "{name} stands twice");
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
    let faults = faults(&table(TABLE), &public_functions(), &names());
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
fn public_functions_are_found() {
    let text = "\
        pub fn free() -> impl Iterator<Item = u8> { x() }
        pub(crate) fn inner() {}
        impl Thing { pub const fn one(self) -> u8 { 1 } fn two() {} pub(super) fn three() {} }
        impl<'a> Other<'a> { pub fn four(&'a self) -> impl Fn() { || {} } }
        impl fmt::Display for Thing { fn fmt(&self) {} }
        pub trait Source { fn fill(&mut self); fn drain(&mut self) { fn helper() {} } }
        trait Hidden { fn seen(); }
        macro_rules! m { ($name:ident) => { impl $name { pub fn five() {} } } }
        pub unsafe fn last() {}
        #[cfg(test)] mod tests { pub fn tested() {} }";
    let expected = ["free", "Thing::one", "Other::four", "Source::fill", "Source::drain", "$name::five", "last"];
    assert_eq!(functions("thing.rs", text), expected);
    assert_eq!(functions("pem/write.rs", "pub fn free() {}"), ["pem::free"]);
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
