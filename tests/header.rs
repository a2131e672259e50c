//! `include/samlcert.h` is what cbindgen makes of `src/ffi`, chapter by chapter. `UPDATE_HEADER=1 cargo test header::` writes it anew.

use std::path::Path;

use cbindgen::{Config, EnumConfig, Language, RenameRule, SortKey, Style};
use samlcert::ErrorCode;

/// The files of `src/ffi` that declare something. Each type comes before its first use.
const CHAPTERS: &[(&str, &str)] = &[
    ("selector", "Selectors"),
    ("bytes", "Bytes"),
    ("failure", "Statuses"),
    ("error", "Errors"),
    ("version", "Versions"),
    ("fingerprint", "Fingerprints"),
    ("certificate", "Certificates"),
    ("compare", "Comparison"),
    ("encrypted_key", "Encrypted private keys"),
    ("private_key", "Private keys"),
    ("pair", "Pairs"),
    ("issue_request", "Making pairs"),
    ("normalized", "Reading what was pasted"),
    ("schedule", "When to remind"),
    ("entity_ids", "Lists of entity IDs"),
    ("application/mod", "Applications"),
    ("application/steps", "Steps of an application"),
    ("application/providers", "Service providers of an application"),
    ("application/facts", "State of an application"),
    ("application/reminders", "Reminders of an application"),
    ("application/files", "Files for service providers"),
    ("application/forms", "JSON forms"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The header that the sources declare.
fn header() -> String {
    let chapters = chapters();
    let objects = chapters.iter().flat_map(|(_, blocks)| blocks).filter(|block| is_object(block));
    let objects = chapter("Objects: each type has its _free", objects);
    let rest = chapters.iter().map(|(title, blocks)| chapter(title, blocks.iter().filter(|block| !is_object(block))));
    let rest: Vec<_> = rest.collect();
    format!(
        "{}\n#ifndef SAMLCERT_H\n#define SAMLCERT_H\n\n{INCLUDES}\n{MACROS}\n{}\n{objects}\n{}\n{END}",
        comment(&conventions()),
        errors(),
        rest.join("\n")
    )
}

/// The title of each chapter, and what it declares.
fn chapters() -> Vec<(&'static str, Vec<String>)> {
    let mut chapters: Vec<_> = CHAPTERS.iter().map(|(file, title)| (*title, blocks(file))).collect();
    let parents = CHAPTERS.iter().enumerate().filter(|(_, (file, _))| file.ends_with("/mod"));
    for (parent, _) in parents {
        // cbindgen follows the modules of a `mod.rs`.
        let own = std::mem::take(&mut chapters[parent].1).into_iter();
        let own = own.filter(|block| !chapters.iter().any(|(_, others)| others.contains(block))).collect();
        chapters[parent].1 = own;
    }
    chapters
}

const INCLUDES: &str = "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n";

const MACROS: &str = "\
/** Marks a status, which no caller may leave unread. */
#if defined(__GNUC__)
#define SAMLCERT_MUST_USE __attribute__((warn_unused_result))
#else
#define SAMLCERT_MUST_USE
#endif

/** An enumeration of 32 bits: in C its type is the number, so that each number may be handed over. */
#ifdef __cplusplus
#define SAMLCERT_ENUM(name) enum name : uint32_t
#else
#define SAMLCERT_ENUM(name) typedef uint32_t name; enum name
#endif

#ifdef __cplusplus
extern \"C\" {
#endif
";

const END: &str = "\
#ifdef __cplusplus
} /* extern \"C\" */
#endif

#endif /* SAMLCERT_H */
";

/// The comment of the module, which says what holds for every function.
fn conventions() -> String {
    let text = read("src/ffi/mod.rs");
    let lines: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let lines = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line));
    let lines: Vec<_> = lines.take_while(|line| !line.starts_with("# Safety")).collect();
    format!("{}\n\nMade by cbindgen from the sources of the library.", plain(&lines.join("\n")).trim_end())
}

fn comment(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!(" * {line}").trim_end().to_owned()).collect();
    format!("/*\n{}\n */", lines.join("\n"))
}

/// Words without the brackets and paths of links.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        let (name, after) = after.split_once("`]").expect("a link has its end");
        let after = match after.strip_prefix('(') {
            Some(path) => path.split_once(')').expect("a path has its end").1,
            None => after,
        };
        out.push_str(&format!("{before}`{name}`"));
        rest = after;
    }
    out + rest
}

/// A number for each error, with what it means.
fn errors() -> String {
    let table = read("src/error_code.rs");
    let lines: Vec<_> = table.lines().map(str::trim).collect();
    let mut out = heading("Errors: the numbers never change");
    for code in ErrorCode::ALL {
        let row = lines.iter().position(|line| line.ends_with(&format!(" = {}, \"{code}\";", code.number()))).unwrap();
        let docs: Vec<_> = lines[..row].iter().rev().map_while(|line| line.strip_prefix("/// ")).collect();
        let docs: Vec<_> = docs.into_iter().rev().map(plain).collect();
        let name = code.as_str().to_uppercase().replace('-', "_");
        out += &format!("/** {} */\n#define SAMLCERT_ERROR_{name} {}\n", docs.join(" "), code.number());
    }
    out
}

fn heading(title: &str) -> String {
    format!("/* ---- {title} ---- */\n\n")
}

fn chapter<'a>(title: &str, blocks: impl Iterator<Item = &'a String>) -> String {
    let blocks: Vec<_> = blocks.map(String::as_str).collect();
    format!("{}{}\n", heading(title), blocks.join("\n\n"))
}

/// Whether it says no more than that there is such a type. Those come first: they speak of each other.
fn is_object(block: &str) -> bool {
    block.lines().last().is_some_and(|line| line.starts_with("typedef struct samlcert_"))
}

/// What a file declares, each with its comment.
fn blocks(file: &str) -> Vec<String> {
    let source = root().join(format!("src/ffi/{file}.rs"));
    let text = std::fs::read_to_string(&source).unwrap();
    let mut config = config();
    // Only what functions use is declared else, and selectors come in as numbers.
    config.export.include = names_after("pub enum ", &text);
    config.export.include.extend(names_after("pub struct ", &text));
    let mut made = Vec::new();
    let builder = cbindgen::Builder::new().with_config(config).with_src(&source);
    builder.generate().unwrap_or_else(|error| panic!("{file}: {error}")).write(&mut made);
    tidy(&String::from_utf8(made).unwrap(), &text)
}

fn config() -> Config {
    Config {
        language: Language::C,
        style: Style::Type,
        cpp_compat: true,
        no_includes: true,
        usize_is_size_t: true,
        sort_by: SortKey::None,
        line_length: 120,
        tab_width: 4,
        enumeration: EnumConfig { rename_variants: RenameRule::QualifiedScreamingSnakeCase, ..EnumConfig::default() },
        ..Config::default()
    }
}

fn names_after(keyword: &str, text: &str) -> Vec<String> {
    let named = text.lines().filter_map(|line| line.trim_start().strip_prefix(keyword));
    named.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned()).collect()
}

/// The output of cbindgen, as the header should have it.
fn tidy(made: &str, source: &str) -> Vec<String> {
    let mut text = plain(made);
    for [from, to] in GUARDS {
        text = text.replace(from, to);
    }
    for (name, value) in lengths(source) {
        text = text.replace(&format!("[{name}]"), &format!("[{value}]"));
    }
    let text = shorter(&without_safety(&text)).replace('…', "...");
    text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(declared).collect()
}

/// The preprocessor's part of what cbindgen writes: once for all, in `MACROS`.
const GUARDS: &[[&str; 2]] = &[
    ["#ifdef __cplusplus\nextern \"C\" {\n#endif // __cplusplus\n", ""],
    ["#ifdef __cplusplus\n}  // extern \"C\"\n#endif  // __cplusplus\n", ""],
    [
        "\n#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L\n  : uint32_t\n\
         #endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L\n {",
        ") {",
    ],
];

/// A declaration with its comment: a selector by its macro, a status marked.
fn declared(block: &str) -> String {
    let block = block.split_once("\n#ifndef __cplusplus\n#if __STDC_VERSION__").map_or(block, |(selector, _)| selector);
    let block = block.replace("\nenum samlcert_", "\nSAMLCERT_ENUM(samlcert_");
    if block.contains("samlcert_error **err)") {
        return block.replace("\nsamlcert_status samlcert_", "\nSAMLCERT_MUST_USE\nsamlcert_status samlcert_");
    }
    block
}

/// The private lengths of arrays, which C does not know.
fn lengths(source: &str) -> Vec<(&str, &str)> {
    let constants = source.lines().filter_map(|line| line.strip_prefix("const ")?.split_once(": usize = "));
    constants.map(|(name, value)| (name, value.trim_end_matches(';'))).collect()
}

/// Without the chapters that speak to Rust of `unsafe`.
fn without_safety(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        let content = line.trim_start();
        inside = content == "* # Safety" || inside && content != "*/" && !content.starts_with("* # ");
        if !inside {
            out += &format!("{line}\n");
        }
    }
    out.replace("\n *\n */", "\n */")
}

/// Comments of one line in one line.
fn shorter(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let content = lines.get(at + 1).and_then(|content| content.trim_start().strip_prefix("* "));
        let end = lines.get(at + 2).is_some_and(|end| end.trim() == "*/");
        match content {
            Some(content) if line.trim() == "/**" && end && line.len() + content.len() < 114 => {
                out += &format!("{line} {content} */\n");
                at += 3;
            }
            _ => {
                out += &format!("{line}\n");
                at += 1;
            }
        }
    }
    out
}

#[test]
fn it_is_what_the_sources_declare() {
    let path = root().join("include/samlcert.h");
    let made = header();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = made.lines().zip(kept.lines()).position(|(made, kept)| made != kept);
    let line = differs.unwrap_or(made.lines().count().min(kept.lines().count()));
    let [made_line, kept_line] = [&made, &kept].map(|text| text.lines().nth(line).unwrap_or("(its end)"));
    assert!(
        made == kept,
        "include/samlcert.h is not what src/ffi declares; look at what `UPDATE_HEADER=1 cargo test header::` changes.\n\
         line {}: {kept_line}\nwould be: {made_line}",
        line + 1
    );
}

#[test]
fn every_file_that_declares_something_is_a_chapter() {
    let ffi = root().join("src/ffi");
    let entries = [&ffi, &ffi.join("application")].map(|folder| std::fs::read_dir(folder).unwrap());
    for path in entries.into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let file = path.strip_prefix(&ffi).unwrap().with_extension("");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let marks = ["#[unsafe(no_mangle)]", "#[repr(", "pub type samlcert_"];
        let declares = marks.iter().any(|mark| text.contains(mark));
        assert_eq!(declares, CHAPTERS.iter().any(|(chapter, _)| file == Path::new(chapter)), "{}", file.display());
    }
}

/// What the header must keep, whoever changes the sources.
#[test]
fn it_declares_what_it_promises() {
    let header = header();
    assert!(header.is_ascii());
    assert!(!header.contains("# Safety") && !header.contains("crate::"));
    let includes: Vec<_> = header.lines().filter(|line| line.starts_with("#include")).collect();
    assert_eq!(includes, ["#include <stdbool.h>", "#include <stddef.h>", "#include <stdint.h>"]);
    for code in ErrorCode::ALL {
        let name = code.as_str().to_uppercase().replace('-', "_");
        assert!(header.contains(&format!("\n#define SAMLCERT_ERROR_{name} {}\n", code.number())), "{code}");
    }
    for declaration in declarations(&header) {
        let fails = declaration.contains("samlcert_error **err)");
        assert_eq!(declaration.starts_with("SAMLCERT_MUST_USE samlcert_status "), fails, "{declaration}");
    }
}

/// Each function, in one line.
fn declarations(header: &str) -> Vec<String> {
    let blocks = header.split("\n\n").filter(|block| block.ends_with(");"));
    let code = blocks.map(|block| block.split_once("*/\n").map_or(block, |(_, code)| code));
    code.map(|code| code.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The header alone, by every compiler and in every language that includes it.
#[test]
#[ignore = "needs gcc, g++, clang and clang++"]
fn it_compiles_alone_without_a_warning() {
    let header = header();
    for (compiler, language, standard) in [
        ("gcc", "c", "c99"),
        ("gcc", "c", "c11"),
        ("clang", "c", "c99"),
        ("clang", "c", "c11"),
        ("g++", "c++", "c++17"),
        ("clang++", "c++", "c++17"),
    ] {
        let standard = format!("-std={standard}");
        let arguments = [&standard, "-x", language, "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-"];
        let run = crate::support::run(compiler, &arguments, header.as_bytes());
        assert!(run.status.success(), "{compiler} {standard}: {}", String::from_utf8_lossy(&run.stderr));
    }
}
