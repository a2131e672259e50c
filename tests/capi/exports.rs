//! What holds of every function that `src/ffi` gives to C, read from the sources: its body is one call of a guard, and
//! nothing comes in by value that C could make invalid.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use samlcert::ffi;

use crate::layers::{collect, tokens, without_tests};

const MARK: &str = "#[unsafe(no_mangle)]";

/// What each function is to call, and nothing else.
const GUARDS: &[&str] = &["guard", "guard_free", "guard_get", "guard_value"];

/// What C can hand over by value: any of its bits are a value.
const VALUES: &[&str] = &["i64", "u32", "usize", "samlcert_status"];

/// A function of C as it stands in the source.
#[derive(Debug)]
struct Export {
    name: String,
    docs: String,
    head: String,
    /// Names and types.
    parameters: Vec<(String, String)>,
    result: String,
    body: Vec<String>,
}

/// The sources of the library by their names below `src`.
pub(super) fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    files
}

fn of_c() -> BTreeMap<String, String> {
    sources().into_iter().filter(|(file, _)| file.starts_with("ffi/")).collect()
}

/// The names of all functions of C.
pub(super) fn names() -> BTreeSet<String> {
    of_c().values().flat_map(|text| exports(text)).map(|export| export.name).collect()
}

/// What the comment of a function says of its errors.
pub(super) fn errors_of(function: &str) -> String {
    let exports: Vec<_> = of_c().values().flat_map(|text| exports(text)).collect();
    let export = exports.into_iter().find(|export| export.name == function).expect("there is such a function");
    let lines: Vec<_> = export.docs.lines().rev().collect();
    lines.join("\n").split_once("Errors:").map(|(_, errors)| errors.to_owned()).unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    without_tests(tokens(text)).into_iter().map(|token| token.text).collect()
}

fn exports(text: &str) -> Vec<Export> {
    let pieces: Vec<&str> = text.split(MARK).collect();
    pieces.windows(2).map(|pair| export(pair[0], pair[1])).collect()
}

fn export(before: &str, text: &str) -> Export {
    let docs: Vec<_> = before.lines().rev().take_while(|line| line.trim_start().starts_with("//")).collect();
    let head = text.split_once('(').expect("a function has parameters").0.trim();
    let words = words(text);
    let (parameters, after) = inside(&words, words.iter().position(|word| word == "(").expect("it has parameters"));
    let begin = after + words[after..].iter().position(|word| word == "{").expect("it has a body");
    Export {
        name: head.rsplit(' ').next().expect("it has a name").to_owned(),
        docs: docs.join("\n"),
        head: head.to_owned(),
        parameters: parameters.split(|word| word == ",").filter(|words| !words.is_empty()).map(parameter).collect(),
        result: words[after..begin].iter().filter(|word| !matches!(word.as_str(), "-" | ">")).cloned().collect(),
        body: inside(&words, begin).0.to_vec(),
    }
}

fn parameter(words: &[String]) -> (String, String) {
    (words[0].clone(), words[2..].join(" "))
}

/// What stands in the bracket that opens here, and the index behind it.
fn inside(words: &[String], open: usize) -> (&[String], usize) {
    let mut depth = 0_usize;
    for (index, word) in words.iter().enumerate().skip(open) {
        match word.as_str() {
            "(" | "{" | "[" => depth += 1,
            ")" | "}" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&words[open + 1..index], index + 1);
        }
    }
    panic!("a bracket is never closed");
}

/// Everything that is wrong with a function, a line each. `forbidden` are the types that C must not fill in.
fn faults(export: &Export, forbidden: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |is: bool, what: &str| {
        if is {
            faults.push(format!("{}: {what}", export.name));
        }
    };
    let is_pointer = |kind: &str| kind.starts_with('*');
    let takes_pointer = export.parameters.iter().any(|(_, kind)| is_pointer(kind));
    fault(!export.name.starts_with("samlcert_"), "its name does not begin with samlcert_");
    let head = if takes_pointer { "pub unsafe extern \"C\" fn" } else { "pub extern \"C\" fn" };
    fault(export.head != format!("{head} {}", export.name), &format!("it must be `{head}`"));
    fault(takes_pointer && !export.docs.contains("# Safety"), "it takes pointers and has no chapter on safety");
    for (name, kind) in &export.parameters {
        let invalid = kind.strip_prefix("* const ").is_some_and(|pointee| forbidden.contains(pointee));
        fault(!is_pointer(kind) && !VALUES.contains(&&**kind), &format!("`{name}: {kind}` comes in by value"));
        fault(invalid, &format!("`{name}: {kind}` may be invalid"));
    }
    let position = export.parameters.iter().position(|(name, _)| name == "err");
    let is_last = position.is_some_and(|at| at + 1 == export.parameters.len());
    let kind = export.parameters.last().map_or("", |(_, kind)| kind);
    let can_fail = called(&export.body) == Some("guard");
    fault(called(&export.body).is_none(), "its body is not one call of a guard");
    fault(can_fail && export.result != "samlcert_status", "it can fail and gives no status");
    fault(can_fail && (!is_last || kind != "* mut * mut samlcert_error"), "it can fail and does not take `err` last");
    let asks = called(&export.body).is_some() && !can_fail;
    fault(asks && position.is_some(), "it takes `err` and cannot fail");
    faults
}

/// The guard that a body calls, if that is all that it does.
fn called(body: &[String]) -> Option<&str> {
    let body = match body {
        [first, second, ..] if first == "unsafe" && second == "{" => {
            let (block, after) = inside(body, 1);
            (after == body.len()).then_some(block)?
        }
        _ => body,
    };
    let name = body.first().filter(|name| GUARDS.contains(&name.as_str()))?;
    let is_call = body.get(1).is_some_and(|word| word == "(") && inside(body, 1).1 == body.len();
    let is_nested = body[1..].iter().any(|word| word == "unsafe" || GUARDS.contains(&word.as_str()));
    (is_call && !is_nested).then_some(name)
}

/// `bool`, the enumerations, and the structs of C that hold one.
fn forbidden() -> BTreeSet<String> {
    let texts = of_c();
    let mut forbidden: BTreeSet<String> = ["bool".to_owned()].into();
    for text in texts.values() {
        forbidden.extend(words(text).windows(3).filter(|it| it[0] == "pub" && it[1] == "enum").map(|it| it[2].clone()));
    }
    for text in texts.values() {
        let words = words(text);
        let marks = ["repr", "(", "C", ")", "]", "pub", "struct"];
        let structs = words.windows(marks.len() + 2).enumerate().filter(|(_, it)| it[..marks.len()] == marks);
        let holds_one = |at: usize| inside(&words, at + marks.len() + 1).0.iter().any(|word| forbidden.contains(word));
        let found: Vec<_> = structs.filter(|(at, _)| holds_one(*at)).map(|(_, it)| it[marks.len()].clone()).collect();
        forbidden.extend(found);
    }
    forbidden
}

#[test]
fn every_export_is_one_call_of_a_guard() {
    let forbidden = forbidden();
    assert!(["bool", "samlcert_hash", "samlcert_comparison"].iter().all(|name| forbidden.contains(*name)));
    let exports: Vec<Export> = of_c().values().flat_map(|text| exports(text)).collect();
    assert!(exports.len() > 150, "only {} were found", exports.len());
    let faults: Vec<String> = exports.iter().flat_map(|export| faults(export, &forbidden)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_else_is_given_to_c() {
    for (file, text) in sources() {
        let words = words(&text);
        let count = |wanted: &str| words.iter().filter(|word| *word == wanted).count();
        let marked = if file.starts_with("ffi/") { text.matches(MARK).count() } else { 0 };
        let counts = (count("extern"), count("no_mangle"), count("export_name"));
        assert_eq!(counts, (marked, marked, 0), "src/{file}");
    }
}

#[test]
fn each_rule_fires() {
    let good = "/// # Safety\n#[unsafe(no_mangle)]\npub unsafe extern \"C\" fn samlcert_x(a: *const samlcert_a, \
                err: *mut *mut samlcert_error) -> samlcert_status { unsafe { guard(err, || { Ok(()) }) } }";
    let table = [
        ("fn samlcert_x", "fn x", "begin with samlcert_"),
        ("pub unsafe extern \"C\"", "pub extern \"C\"", "it must be"),
        ("extern \"C\"", "extern \"Rust\"", "it must be"),
        ("# Safety", "Safe", "no chapter on safety"),
        ("a: *const samlcert_a", "a: bool", "`a: bool` comes in by value"),
        ("a: *const samlcert_a", "a: samlcert_hash", "`a: samlcert_hash` comes in by value"),
        ("a: *const samlcert_a", "a: *const samlcert_hash", "may be invalid"),
        (", err: *mut *mut samlcert_error", "", "does not take `err` last"),
        ("(a: *const samlcert_a, err: *mut *mut samlcert_error)", "(err: *mut *mut samlcert_error, a: u32)", "last"),
        ("*mut *mut samlcert_error", "*mut samlcert_error", "does not take `err` last"),
        ("samlcert_status {", "u32 {", "gives no status"),
        ("guard(err, || { Ok(()) })", "guard_get(a, |_| 0)", "takes `err` and cannot fail"),
        ("guard(err, || { Ok(()) })", "0", "not one call"),
        ("unsafe { guard", "let x = 1; unsafe { guard", "not one call"),
        ("unsafe { guard", "unsafe { check(a); guard", "not one call"),
        ("|| { Ok(()) }) }", "|| { Ok(()) }) + 1 }", "not one call"),
        ("Ok(())", "unsafe { Ok(()) }", "not one call"),
        ("Ok(())", "guard_value(|| Ok(()))", "not one call"),
    ];
    let forbidden: BTreeSet<String> = ["samlcert_hash".to_owned()].into();
    let faults_of = |text: &str| faults(&exports(text)[0], &forbidden);
    assert_eq!(faults_of(good), Vec::<String>::new());
    for (from, to, expected) in table {
        assert!(good.contains(from), "{from}");
        let faults = faults_of(&good.replacen(from, to, 1));
        assert!(faults.len() == 1 && faults[0].contains(expected), "{from} → {to}: {faults:?}");
    }
}

fn shared<T: Send + Sync>() -> &'static str {
    std::any::type_name::<T>()
}

/// It may go from one thread to another, as a goroutine does.
fn moved<T: Send>() -> &'static str {
    std::any::type_name::<T>()
}

/// The names of the objects whose comment has these words.
fn objects_that_say(words: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in of_c().values() {
        let mut comment = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("pub struct ").filter(|_| comment.contains(words)) {
                found.extend(name.split(['(', ' ']).next().map(str::to_owned));
            }
            match line.strip_prefix("///") {
                Some(more) => comment += more,
                None if line.starts_with("#[") => {}
                None => comment.clear(),
            }
        }
    }
    found
}

#[test]
fn what_is_said_of_threads_is_so() {
    let bare = |names: &[&str]| -> BTreeSet<String> {
        names.iter().filter_map(|name| name.rsplit("::").next()).map(str::to_owned).collect()
    };
    let immutable = [
        shared::<ffi::samlcert_bytes>(),
        shared::<ffi::samlcert_certificate>(),
        shared::<ffi::samlcert_downloads>(),
        shared::<ffi::samlcert_encrypted_key>(),
        shared::<ffi::samlcert_error>(),
        shared::<ffi::samlcert_normalized>(),
        shared::<ffi::samlcert_pair>(),
        shared::<ffi::samlcert_private_key>(),
        shared::<ffi::samlcert_schedule>(),
        shared::<ffi::samlcert_secret>(),
    ];
    assert_eq!(objects_that_say("Immutable: any number of threads"), bare(&immutable));
    let changing = [
        moved::<ffi::samlcert_application>(),
        moved::<ffi::samlcert_entity_ids>(),
        moved::<ffi::samlcert_issue_request>(),
    ];
    assert_eq!(objects_that_say("One thread at a time"), bare(&changing));
    let freed: BTreeSet<String> =
        names().iter().filter_map(|name| name.strip_suffix("_free")).map(str::to_owned).collect();
    assert_eq!(freed, &bare(&immutable) | &bare(&changing), "an object says nothing of threads");
}
