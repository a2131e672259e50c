//! The architecture, held by a test: a module imports only from floors below its own, `unsafe` stands
//! only in `src/ffi`, and only `src/bin` touches the world.

use std::collections::BTreeMap;
use std::path::Path;

/// The floors from the ground up, each a list of modules that do not use each other.
/// A module that is in none of them fails the test: give it its floor here.
pub(crate) const FLOORS: &[&[&str]] = &[
    &["error_code"],
    &["hex", "invisible", "limits", "span"],
    &["digest", "entropy", "secret", "time"],
    &["tlv"],
    &["pem", "fingerprint", "schedule"],
    &["key"],
    &["certificate"],
    &["pair", "compare"],
    &["convert"],
    &["normalize"],
    &["issue"],
    &["application"],
    &["metadata", "notice"],
    &["diagnose"],
    &["json"],
    &["ffi"],
];

/// Paths that touch the world; a longer path below one of them does too.
const WORLD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "getrandom",
];

/// Methods that read the clock. `SystemTime` itself is only a value.
const CLOCKS: &[&str] = &["now", "now_utc", "now_local", "elapsed"];

/// Macros that print, or make a global.
const WORLD_MACROS: &[&str] =
    &["print", "println", "eprint", "eprintln", "dbg", "thread_local", "include_bytes", "env", "option_env"];

/// Types of which a `static` is a global that changes.
const GLOBALS: &[&str] = &["Mutex", "RwLock", "OnceLock", "LazyLock", "OnceCell", "RefCell", "Cell"];

#[test]
fn modules_go_down_and_touch_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    let exports = exports(&files["lib.rs"]);
    let faults: Vec<String> = files.iter().flat_map(|(file, text)| faults(file, text, &exports)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Says what is wrong with the beginning of a file: whoever opens it reads there what stands in it.
#[test]
fn every_file_says_what_stands_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    let says =
        |text: &str| text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|line| line.len() > 15);
    let silent: Vec<_> = files.iter().filter(|(_, text)| !says(text)).map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

pub(crate) fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The faults of one file, a line each.
fn faults(file: &str, text: &str, exports: &BTreeMap<String, String>) -> Vec<String> {
    let tokens = without_tests(tokens(text));
    let mut faults = Vec::new();
    if !file.starts_with("ffi") && tokens.iter().any(|token| token.text == "unsafe") {
        faults.push(format!("src/{file}: `unsafe` stands outside src/ffi"));
    }
    if file.starts_with("bin/") || file == "main.rs" {
        let inside = paths(&tokens).into_iter().find(|path| {
            path.segments[0] == "crate" && path.segments.len() > 2 && FLOORS.concat().contains(&&*path.segments[1])
        });
        faults.extend(inside.map(|path| {
            format!("src/{file}:{}: the program uses the public API, not `{}`", path.line, path.segments.join("::"))
        }));
        return faults;
    }
    faults.extend(worldly(file, &tokens));
    if file != "lib.rs" {
        faults.extend(climbing(file, &tokens, exports));
    }
    faults
}

/// Paths that do not go down.
fn climbing(file: &str, tokens: &[Token], exports: &BTreeMap<String, String>) -> Vec<String> {
    let here = module_of(file);
    let Some(own) = floor(&here[0]) else { return vec![format!("src/{file}: the module `{}` has no floor", here[0])] };
    let mut faults = Vec::new();
    for path in paths(tokens) {
        let Some(target) = target(&here, &path.segments) else { continue };
        if path.segments[0] == "crate" && exports.contains_key(&path.segments[1]) && floor(&path.segments[1]).is_none()
        {
            let path_text = path.segments.join("::");
            faults.push(format!("src/{file}:{}: `{path_text}` hides the module that it stands in", path.line));
            continue;
        }
        let module = exports.get(&target).unwrap_or(&target);
        let below = floor(module).is_some_and(|floor| floor < own);
        if *module != here[0] && !below {
            faults.push(format!(
                "src/{file}:{}: `{}` does not go down from `{}`",
                path.line,
                path.segments.join("::"),
                here[0]
            ));
        }
    }
    faults
}

/// The name below the crate's root that a path leads to; none for a foreign crate and the standard library.
fn target(here: &[String], path: &[String]) -> Option<String> {
    let mut place = match path[0].as_str() {
        "crate" => Vec::new(),
        "super" | "self" => here.to_vec(),
        _ => return None,
    };
    for segment in path {
        match segment.as_str() {
            "crate" | "self" => {}
            "super" => drop(place.pop()),
            name => place.push(name.to_owned()),
        }
    }
    place.into_iter().next()
}

fn worldly(file: &str, tokens: &[Token]) -> Vec<String> {
    let fault = |line: usize, what: &str| format!("src/{file}:{line}: `{what}` touches the world");
    let mut faults = Vec::new();
    for path in paths(tokens) {
        let text = path.segments.join("::").replacen("core::", "std::", 1);
        // An address alone is a value.
        let is_address = text.starts_with("std::net::Ip");
        let home = is_address || text.starts_with("getrandom") && file == "entropy.rs";
        let clock = path.segments.last().is_some_and(|last| CLOCKS.contains(&last.as_str()));
        if !home && (clock || WORLD.iter().any(|world| text == *world || text.starts_with(&format!("{world}::")))) {
            faults.push(fault(path.line, &text));
        }
    }
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1).map_or("", |next| next.text.as_str());
        if token.text == "elapsed" && index > 0 && tokens[index - 1].text == "." {
            faults.push(fault(token.line, ".elapsed"));
        }
        // The crate's own version is known when it is built.
        let is_version = file == "ffi/version.rs" && token.text == "env";
        if next == "!" && WORLD_MACROS.contains(&token.text.as_str()) && !is_version {
            faults.push(fault(token.line, &format!("{}!", token.text)));
        }
        // `'static` is a lifetime.
        if token.text == "static" && (index == 0 || tokens[index - 1].text != "'") {
            let declaration = tokens[index..].iter().take_while(|token| token.text != "=");
            let global = declaration
                .map(|token| token.text.as_str())
                .find(|name| *name == "mut" || name.starts_with("Atomic") || GLOBALS.contains(name));
            faults.extend(global.map(|name| fault(token.line, &format!("static {name}"))));
        }
    }
    faults
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// `key/rsa.rs` → key, rsa; `key/mod.rs` → key.
pub(crate) fn module_of(file: &str) -> Vec<String> {
    file.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").map(str::to_owned).collect()
}

/// What `lib.rs` gives out at the crate's root, and the module that it comes from.
fn exports(lib: &str) -> BTreeMap<String, String> {
    let paths = paths(&tokens(lib)).into_iter();
    paths
        .filter(|path| path.segments.len() == 2)
        .map(|path| (path.segments[1].clone(), path.segments[0].clone()))
        .collect()
}

// --- A reader of paths, no more of Rust than this test needs.

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    line: usize,
}

#[derive(Debug)]
pub(crate) struct PathIn {
    pub(crate) segments: Vec<String>,
    /// What it is called from then on, where a `use` says so.
    pub(crate) alias: Option<String>,
    line: usize,
}

/// Identifiers, `::`, and single signs; no comments, strings or characters.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = skip(rest);
        let size = if skipped > 0 {
            skipped
        } else if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (taken, after) = rest.split_at(size);
        if skipped == 0 && !first.is_whitespace() {
            tokens.push(Token { text: taken.to_owned(), line });
        }
        line += taken.matches('\n').count();
        rest = after;
    }
    tokens
}

/// The size of the comment, string or character that the text starts with.
fn skip(text: &str) -> usize {
    let end_of = |mark: &str, from: usize| text[from..].find(mark).map_or(text.len(), |at| from + at + mark.len());
    if text.starts_with("//") {
        return end_of("\n", 0);
    }
    if text.starts_with("/*") {
        return end_of("*/", 2);
    }
    let raw = text.trim_start_matches(['b', 'c']);
    if let Some(hashes) = raw.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len()) {
        let opening = text.len() - raw.len() + 1 + hashes;
        if text.len() - raw.len() < 2 && text[opening..].starts_with('"') {
            return end_of(&format!("\"{}", "#".repeat(hashes)), opening + 1);
        }
    }
    let quoted = text.strip_prefix('b').unwrap_or(text);
    let start = text.len() - quoted.len();
    match quoted.chars().next() {
        Some('"') => closing(text, start + 1, '"'),
        Some('\'') if is_character(quoted) => closing(text, start + 1, '\''),
        _ => 0,
    }
}

/// Whether a quote opens a character, not a lifetime.
fn is_character(text: &str) -> bool {
    let mut after = text.chars().skip(1);
    after.next() == Some('\\') || after.next() == Some('\'')
}

fn closing(text: &str, from: usize, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        if c == quote && !escaped {
            return from + at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// Leaves `#[cfg(test)] mod … { … }` out: a test may touch the world.
pub(crate) fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if !attribute.iter().enumerate().all(|(i, text)| tokens.get(index + i).is_some_and(|token| token.text == *text))
        {
            kept.push(tokens[index].clone());
            index += 1;
            continue;
        }
        let mut depth = 0_usize;
        loop {
            match tokens.get(index).map(|token| token.text.as_str()) {
                Some("{") => depth += 1,
                Some("}") if depth == 1 => break,
                Some("}") => depth -= 1,
                Some(";") if depth == 0 => break,
                None => break,
                Some(_) => {}
            }
            index += 1;
        }
        index += 1;
    }
    kept
}

/// Every path of at least two segments, those of a `use` tree each by itself.
pub(crate) fn paths(tokens: &[Token]) -> Vec<PathIn> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let follows = index > 0 && tokens[index - 1].text == "::";
        let starts = tokens.get(index + 1).is_some_and(|next| next.text == "::") && is_name(&tokens[index].text);
        index = if starts && !follows { tree(tokens, index, &[], &mut found) } else { index + 1 };
    }
    found
}

/// Reads the path or tree at this token; gives the token after it.
fn tree(tokens: &[Token], start: usize, before: &[String], found: &mut Vec<PathIn>) -> usize {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut segments = before.to_vec();
    let mut index = start;
    while is_name(text(index)) || text(index) == "*" {
        segments.push(text(index).to_owned());
        index += 1;
        if text(index) != "::" {
            break;
        }
        index += 1;
        if text(index) == "{" {
            index += 1;
            while !matches!(text(index), "}" | "") {
                let next = tree(tokens, index, &segments, found);
                index = if next == index { index + 1 } else { next };
            }
            return index + 1;
        }
    }
    if segments.len() > 1 && segments.len() > before.len() {
        let alias = (text(index) == "as").then(|| text(index + 1).to_owned());
        found.push(PathIn { segments, alias, line: tokens[start].line });
    }
    // `a as b`: b is no path.
    if text(index) == "as" && !before.is_empty() { index + 2 } else { index }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text != "as"
}

// --- Each rule fires on a sample.

#[test]
fn each_rule_fires() {
    let lib = "pub use key::{KeyError, PrivateKey};\npub use normalize::{Normalized, normalize as read};\npub use span::Span;";
    let table = [
        ("key/mod.rs", "use crate::certificate::Certificate;", "does not go down"),
        ("key/rsa.rs", "use super::super::pair::CertKeyPair;", "does not go down"),
        ("key/mod.rs", "use super::normalize;", "does not go down"),
        ("key/mod.rs", "use crate::{tlv, span::Span, pair::{PairError}};", "`crate::pair::PairError` does not go down"),
        ("pem/read.rs", "fn f() -> crate::Normalized { todo() }", "`crate::Normalized` hides the module"),
        ("pem/read.rs", "use crate::fingerprint::Fingerprint;", "does not go down"),
        ("limits.rs", "use crate::tlv::Reader;", "does not go down"),
        ("pem/read.rs", "use crate::unheard_of::X;", "does not go down"),
        ("unheard_of.rs", "fn f() {}", "has no floor"),
        ("key/mod.rs", "fn f() { unsafe { g() } }", "outside src/ffi"),
        ("bin/samlcert.rs", "fn f() { unsafe { g() } }", "outside src/ffi"),
        (
            "key/mod.rs",
            "use std::time::SystemTime;\nfn f() { SystemTime::now(); }",
            "`SystemTime::now` touches the world",
        ),
        ("key/mod.rs", "fn f() { std::time::SystemTime::now(); }", "touches the world"),
        ("key/mod.rs", "fn f(t: SystemTime) { t.elapsed(); }", "`.elapsed` touches the world"),
        ("key/mod.rs", "use std::{fmt, time::{Duration, Instant}};", "touches the world"),
        ("key/mod.rs", "fn f() { let t = std::time::Instant::now(); }", "touches the world"),
        ("convert/time.rs", "fn f() { time::OffsetDateTime::now_utc(); }", "touches the world"),
        ("key/mod.rs", "use std::fs;", "touches the world"),
        ("key/mod.rs", "use core::net::{IpAddr, TcpStream};", "touches the world"),
        ("key/mod.rs", "fn f() { std::env::var(\"X\"); }", "touches the world"),
        ("lib.rs", "fn f() { println!(\"x\"); }", "`println!` touches the world"),
        ("key/mod.rs", "fn f() { getrandom::fill(&mut x); }", "touches the world"),
        ("key/mod.rs", "static CACHE: OnceLock<u8> = OnceLock::new();", "static OnceLock"),
        ("key/mod.rs", "static mut N: u8 = 0;", "static mut"),
    ];
    let exports = exports(lib);
    for (file, text, expected) in table {
        let faults = faults(file, text, &exports);
        assert!(faults.len() == 1 && faults[0].contains(expected), "{file} {text}: {faults:?}");
    }
}

#[test]
fn no_rule_fires_on_what_is_allowed() {
    let lib = "pub use key::{KeyError, PrivateKey};\npub use span::Span;";
    let table = [
        (
            "key/mod.rs",
            "mod rsa;\nuse crate::tlv::{self, Reader};\nuse crate::{error_code::ErrorCode as Code, span::Span};\nuse rsa::Numbers;",
        ),
        ("key/rsa.rs", "use super::KeyError;\nuse crate::key::public::PublicKey;\nuse super::super::tlv;"),
        (
            "pem/read.rs",
            "/// See [`crate::normalize`] and std::fs.\n// unsafe\n/* crate::pair::X */\nconst A: &str = \"crate::pair unsafe \\\" println!\";",
        ),
        (
            "pem/read.rs",
            "const A: &str = r#\"crate::pair::X \" unsafe\"#; const B: &[u8] = b\"unsafe\"; const C: char = '\"'; const D: u8 = b'\\''; fn f<'a>(x: &'a str) {}",
        ),
        (
            "key/mod.rs",
            "#[cfg(test)]\nmod tests {\n use crate::normalize;\n fn f() { if true { println!() } }\n}\nfn g() {}",
        ),
        ("entropy.rs", "fn f() { getrandom::fill(&mut x); }"),
        (
            "time.rs",
            "use std::time::{Duration, SystemTime};\nfn f(now: SystemTime) { now.duration_since(SystemTime::UNIX_EPOCH); }",
        ),
        ("key/mod.rs", "use core::net::{Ipv4Addr, Ipv6Addr};"),
        ("ffi/mod.rs", "fn f() { unsafe { g() } }"),
        ("bin/samlcert.rs", "use samlcert::normalize;\nfn main() { println!(\"{:?}\", std::fs::read(\"x\")); }"),
        ("key/mod.rs", "static TABLE: [u8; 2] = [1, 2];"),
        ("key/mod.rs", "fn f(name: &'static str, out: &mut u8) {}"),
    ];
    let mut exports = exports(lib);
    exports.insert("ErrorCode".into(), "error_code".into());
    for (file, text) in table {
        let faults = faults(file, text, &exports);
        assert!(faults.is_empty(), "{file} {text}: {faults:?}");
    }
}
