//! The architecture inside a module, held by a test: files that import each other are one thing in two places.

use crate::layers::{PathIn, Token, collect, module_of, paths, tokens, without_tests};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Module = Vec<String>;

/// How many names a path is followed through: one that is longer leads round and round.
const LONGEST: usize = 32;

/// A file: what it calls by which name, and every path in it.
struct File {
    name: String,
    /// Names that a `use` brings in, and where each comes from.
    uses: BTreeMap<String, Module>,
    paths: Vec<Module>,
}

/// The files of a crate by their modules.
struct House {
    files: BTreeMap<Module, File>,
}

impl House {
    /// The module whose file defines what a path names, as it is written in a module; none for another crate's, and
    /// for a module by itself: what is taken from it has a path of its own.
    fn definer(&self, here: &Module, path: &[String], steps: usize) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let file = self.files.get(here)?;
        let steps = steps.checked_sub(1)?;
        match first.as_str() {
            "crate" => self.inside(&Module::new(), rest, steps),
            "self" => self.inside(here, rest, steps),
            "super" => self.inside(&here[..here.len().checked_sub(1)?].to_vec(), rest, steps),
            name => {
                let child = [here.as_slice(), &[name.to_owned()]].concat();
                if self.files.contains_key(&child) {
                    return self.inside(&child, rest, steps);
                }
                let target = file.uses.get(name)?;
                self.definer(here, &[target.as_slice(), rest].concat(), steps)
            }
        }
    }

    fn inside(&self, module: &Module, rest: &[String], steps: usize) -> Option<Module> {
        let steps = steps.checked_sub(1)?;
        let (first, after) = rest.split_first()?;
        if first == "super" {
            return self.inside(&module[..module.len().checked_sub(1)?].to_vec(), after, steps);
        }
        let child = [module.as_slice(), std::slice::from_ref(first)].concat();
        if self.files.contains_key(&child) {
            return self.inside(&child, after, steps);
        }
        let target = self.files.get(module)?.uses.get(first);
        target.map_or_else(|| Some(module.clone()), |target| self.definer(module, target, steps))
    }

    /// What each file imports, but what a parent only hands on.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let arrows = self.files.iter().map(|(module, file)| {
            let targets = file.paths.iter().filter_map(|path| self.definer(module, path, LONGEST));
            (module, targets.filter(|target| target != module).collect())
        });
        arrows.collect()
    }

    /// The files of each circle: those that reach each other.
    fn circles(&self) -> BTreeSet<Vec<&str>> {
        let arrows = self.arrows();
        let reach: BTreeMap<_, _> = arrows.keys().map(|module| (*module, reach(module, &arrows))).collect();
        let circles = reach.iter().map(|(module, reached)| {
            let circle = reached.iter().filter(|other| reach[other].contains(*module));
            circle.map(|module| self.files[module].name.as_str()).collect::<Vec<_>>()
        });
        circles.filter(|circle| !circle.is_empty()).collect()
    }

    /// The imports inside a circle, a line each.
    fn ties(&self, circle: &[&str]) -> Vec<String> {
        let inside = |module: &Module| circle.contains(&self.files[module].name.as_str());
        let arrows = self.arrows().into_iter().filter(|(module, _)| inside(module));
        arrows
            .flat_map(|(module, targets)| {
                let targets: Vec<_> = targets.into_iter().filter(&inside).collect();
                targets
                    .into_iter()
                    .map(|target| format!("  {} -> {}", self.files[module].name, self.files[&target].name))
            })
            .collect()
    }
}

fn reach(from: &Module, arrows: &BTreeMap<&Module, BTreeSet<Module>>) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<_> = arrows[from].iter().cloned().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module.clone()) {
            next.extend(arrows[&module].iter().cloned());
        }
    }
    reached
}

impl File {
    fn new(name: &str, text: &str) -> Self {
        let tokens = without_tests(tokens(text));
        let (imports, handed_on, code) = parts(&tokens);
        let uses = paths(&[imports.clone(), handed_on].concat()).into_iter().map(called).collect();
        // What is only handed on is a row of a table of contents; code that names it imports it.
        let paths = paths(&imports).into_iter().chain(paths(&code)).map(|path| path.segments).collect();
        Self { name: name.to_owned(), uses, paths }
    }
}

/// What a path that was imported is called from then on: `a::{self}` is `a`.
fn called(mut path: PathIn) -> (String, Module) {
    path.segments.pop_if(|last| last == "self");
    let name = path.alias.or_else(|| path.segments.last().cloned());
    (name.unwrap_or_default(), path.segments)
}

/// The private `use` declarations, those that hand on, and the rest.
fn parts(tokens: &[Token]) -> (Vec<Token>, Vec<Token>, Vec<Token>) {
    let (mut imports, mut handed_on, mut code) = (Vec::new(), Vec::new(), Vec::new());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if token.text != "use" {
            code.push(token.clone());
            index += 1;
            continue;
        }
        let is_private = index == 0 || matches!(tokens[index - 1].text.as_str(), ";" | "}" | "]" | "{");
        let length = tokens[index..].iter().take_while(|token| token.text != ";").count();
        let part = if is_private { &mut imports } else { &mut handed_on };
        part.extend_from_slice(&tokens[index + 1..index + length]);
        index += length;
    }
    (imports, handed_on, code)
}

fn module(name: &str) -> Module {
    if matches!(name, "lib.rs" | "main.rs") { Module::new() } else { module_of(name) }
}

/// Names of files, and what stands in them.
type Files<'a> = &'a [(&'a str, &'a str)];

fn circles(files: Files<'_>) -> Vec<String> {
    let house = House { files: files.iter().map(|(name, text)| (module(name), File::new(name, text))).collect() };
    let circles = house.circles().into_iter();
    circles.map(|circle| format!("{}\n{}", circle.join(", "), house.ties(&circle).join("\n"))).collect()
}

#[test]
fn no_files_import_each_other() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for root in [source.clone(), source.join("bin/samlcert")] {
        let mut files = BTreeMap::new();
        collect(&root, &root, &mut files);
        let files = files.iter().filter(|(name, _)| !name.starts_with("bin/"));
        faults.extend(circles(&files.map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>()));
    }
    assert!(faults.is_empty(), "{} circles\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_circle_is_found_by_the_file_that_defines_a_name() {
    let lib = ("lib.rs", "mod a;\nmod b;\npub use a::A;\npub use b::B;");
    let table: &[(&str, Files<'_>, usize)] = &[
        ("down only", &[("a.rs", "use crate::b::B;"), ("b.rs", "pub struct B;")], 0),
        ("directly", &[("a.rs", "use crate::b::B;"), ("b.rs", "fn f() -> crate::a::A { todo() }")], 1),
        ("through the root", &[("a.rs", "use crate::B;"), ("b.rs", "use super::A;")], 1),
        (
            "through a name of the module",
            &[("a.rs", "use crate::b;\nfn f() { b::g() }"), ("b.rs", "use crate::a::A;")],
            1,
        ),
        ("through another name", &[("a.rs", "use crate::b as c;\nfn f() { c::g() }"), ("b.rs", "use crate::a::A;")], 1),
        (
            "through `self` in braces",
            &[("a.rs", "use crate::b::{self};\nfn f() { b::g() }"), ("b.rs", "use crate::a::A;")],
            1,
        ),
        (
            "a child of what its parent defines",
            &[("a/mod.rs", "mod c;\npub struct A;\nfn f() { c::g() }"), ("a/c.rs", "use super::A;")],
            1,
        ),
        (
            "children through what the parent hands on",
            &[
                ("a/mod.rs", "mod c;\nmod d;\npub use c::C;\npub use d::D;"),
                ("a/c.rs", "use super::D;"),
                ("a/d.rs", "use super::C;"),
            ],
            1,
        ),
        (
            "a parent that only hands on",
            &[("a/mod.rs", "mod c;\npub struct A;\npub use c::C;"), ("a/c.rs", "use super::A;")],
            0,
        ),
        (
            "children of what the parent took from elsewhere",
            &[("a/mod.rs", "mod c;\nuse crate::b::B;\nfn f() { c::g(B) }"), ("a/c.rs", "use super::B;")],
            0,
        ),
        ("of three", &[("a.rs", "use crate::b::B;"), ("b.rs", "use crate::c::C;"), ("c.rs", "use crate::a::A;")], 1),
        ("names of another crate", &[("a.rs", "use crate::b::B;\nuse std::fmt;"), ("b.rs", "use a::A;")], 0),
        ("a test inside", &[("a.rs", "use crate::b::B;"), ("b.rs", "#[cfg(test)]\nmod tests { use crate::a::A; }")], 0),
    ];
    for (name, files, expected) in table {
        let found = circles(&[&[lib], *files].concat());
        assert_eq!(found.len(), *expected, "{name}: {found:?}");
    }
}
