//! The documents tell the truth of today: commands print what stands below them, tables and programs are those of the
//! sources, and links lead somewhere. `UPDATE_DOCS=1 cargo test --all-features --test samlcert -- docs::` writes them anew.

#[cfg(all(unix, feature = "cli"))]
mod forms;
mod links;
mod made;
#[cfg(all(unix, feature = "cli"))]
mod transcripts;

use std::path::{Path, PathBuf};

/// Every document. What the folders `benches`, `fuzz` and `go` hold is not in the published crate.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "benches/README.md",
    "docs/c-abi.md",
    "docs/design.md",
    "docs/errors.md",
    "docs/json.md",
    "docs/performance.md",
    "docs/program.md",
    "docs/reading.md",
    "docs/rotation.md",
    "docs/rust.md",
    "docs/store.md",
    "fuzz/README.md",
    "go/README.md",
    "tests/data/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns true in the repository, and false in the published crate.
fn in_repository() -> bool {
    root().join("fuzz").is_dir()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns true while the documents are written anew, so that no other test reads them half written.
fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// The documents that are there, each with its text.
fn documents() -> impl Iterator<Item = (&'static str, String)> {
    let there = DOCUMENTS.iter().filter(|path| in_repository() || root().join(path).exists());
    there.map(|path| (*path, read(path)))
}

#[test]
fn every_document_is_in_the_list() {
    let folders = ["", "benches", "docs", "fuzz", "go", "tests/data"].map(|folder| root().join(folder));
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        assert!(DOCUMENTS.contains(&&*path), "{path} is not in `DOCUMENTS`");
    }
}

#[test]
fn what_is_made_of_the_sources_is_that_of_today() {
    for (path, text) in documents() {
        let renewed = made::renewed(&text);
        #[cfg(all(unix, feature = "cli"))]
        let renewed = transcripts::renewed(path, &renewed);
        if updating() && renewed != text {
            std::fs::write(root().join(path), renewed).unwrap();
        } else {
            same(path, &text, &renewed);
        }
    }
}

fn same(path: &str, text: &str, renewed: &str) {
    let differs = text.lines().zip(renewed.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or(text.lines().count().min(renewed.lines().count()));
    let [stands, made] = [text, renewed].map(|text| text.lines().nth(line).unwrap_or("(its end)"));
    assert!(
        text == renewed,
        "{path} is out of date; look at what `UPDATE_DOCS=1 cargo test --all-features --test samlcert -- docs::` changes.\n\
         line {}: {stands}\nwould be: {made}",
        line + 1
    );
}

/// Whoever reads of a form or of a program finds all of it.
#[test]
fn nothing_is_left_out() {
    if updating() {
        return;
    }
    let program = read("docs/program.md");
    for form in samlcert::pem::Form::ALL {
        assert!(program.contains(&format!("`{}`", form.as_str())), "{}", form.as_str());
    }
    let errors = read("docs/errors.md");
    for code in samlcert::ErrorCode::ALL {
        assert!(errors.contains(&format!("\n| {} | `{code}` |", code.number())), "{code}");
    }
    assert!(read("docs/c-abi.md").contains(&format!("```c\n{}```\n", read("tests/c/readme.c"))));
    assert!(read("docs/rotation.md").contains("```console\n$ samlcert app new portal"));
    let tested = read("src/lib.rs");
    for (path, _) in documents().filter(|(_, text)| text.contains("```rust\n")) {
        assert!(tested.contains(&format!("include_str!(\"../{path}\")")), "src/lib.rs does not run the Rust of {path}");
    }
    let readme = read("README.md").lines().count();
    assert!(readme <= 200, "the README has {readme} lines: what is long stands in docs/");
}
