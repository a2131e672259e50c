//! Tables and programs that are made of the sources. They stand between `<!-- made: NAME -->` and `<!-- made -->`.

use super::{in_repository, read, root};
use samlcert::pem::RepairCode;
use samlcert::{CertificateNote, ErrorCode, KeyNote, Note, limits};

/// A document with everything made that is made.
pub(super) fn renewed(text: &str) -> String {
    let mut parts = text.split("<!-- made: ");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->\n").expect("what is made has a name");
        let (old, rest) = rest.split_once("<!-- made -->\n").expect("what is made has an end");
        let made = made(name).unwrap_or_else(|| old.to_owned());
        out += &format!("<!-- made: {name} -->\n{made}<!-- made -->\n{rest}");
    }
    out
}

/// What stands under a name; nothing if it is made of a file that is not in the published crate.
fn made(name: &str) -> Option<String> {
    let words: Vec<_> = name.split(' ').collect();
    match words[..] {
        ["errors", from, to] => Some(errors(from.parse().unwrap(), to.parse().unwrap())),
        ["repairs"] => Some(repairs()),
        ["notes"] => Some(notes()),
        ["limits"] => Some(limits()),
        ["floors"] => Some(floors()),
        ["file", path] => Some(format!("```c\n{}```\n", read(path))),
        ["part", path, ..] => part(path, name.split_once(path)?.1),
        _ => panic!("nothing is made under the name {name}"),
    }
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<_> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rows: String = rows.map(|row| line(&row)).collect();
    format!("\n{}|{}\n{rows}\n", line(&head), "---|".repeat(head.len()))
}

/// The error codes of a block, each with its first sentence, which says what was wrong, and the others, which say what to do.
fn errors(from: u32, to: u32) -> String {
    let source = read("src/error_code.rs");
    let codes = ErrorCode::ALL.iter().filter(|code| (from..=to).contains(&code.number()));
    let rows = codes.map(|code| {
        let docs = docs_above(&source, &format!(" = {}, \"{code}\";", code.number()));
        let (wrong, to_do) = docs.split_once(". ").map_or((&*docs, ""), |(wrong, to_do)| (wrong, to_do));
        let wrong = format!("{}.", wrong.trim_end_matches('.'));
        vec![code.number().to_string(), format!("`{code}`"), wrong, to_do.to_owned()]
    });
    table(&["number", "code", "what was wrong", "what to do"], rows)
}

fn repairs() -> String {
    let rows = RepairCode::ALL.iter().map(|code| vec![format!("`{}`", code.as_str()), code.to_string()]);
    table(&["code", "repair"], rows)
}

fn notes() -> String {
    use CertificateNote as C;
    let certificate = [
        C::Version1,
        C::SerialZero,
        C::SerialNegative,
        C::SerialLong,
        C::WeakSignatureHash,
        C::InvalidString,
        C::T61String,
        C::LaxDer,
        C::KeyCannotSignSaml,
        C::Ca,
        C::NoDigitalSignature,
        C::UnknownCriticalExtension,
        C::UndecodableExtension,
    ];
    let key = [KeyNote::WeakKey, KeyNote::SmallExponent, KeyNote::SmallFactor, KeyNote::ClosePrimes, KeyNote::Roca];
    let rows = between(&read("src/certificate/notes.rs"), "\nnotes! {", "\n}").matches(" = \"").count();
    let variants = between(&read("src/key/note.rs"), "pub enum KeyNote {", "\n}")
        .lines()
        .filter(|line| !line.contains("///"))
        .count()
        - 1;
    assert_eq!((rows, variants), (certificate.len(), key.len()), "a note is missing here");
    let certificate = certificate.into_iter().map(Note::Certificate);
    let notes = [Note::UnprovenContent].into_iter().chain(certificate).chain(key.map(Note::Key));
    table(&["note", "meaning"], notes.map(|note| vec![format!("`{}`", note.as_str()), note.to_string()]))
}

/// A row of the limits: the name, and the number with commas.
macro_rules! limits {
    ($($name:ident)*) => { [$((stringify!($name), limits::$name.to_string().parse().unwrap()),)*] };
}

fn limits() -> String {
    let source = read("src/limits.rs");
    let limits = limits![
        MAX_PASTE_BYTES MAX_LAYERS MAX_BLOCKS MAX_DER_BYTES MAX_DER_DEPTH MIN_RSA_BITS MAX_RSA_BITS MAX_PBKDF2_ITERATIONS
        MAX_SCRYPT_BYTES MAX_SCRYPT_PARALLELIZATION MAX_SELF_SIGNATURES MAX_FINGERPRINT_TEXT_BYTES MAX_THRESHOLDS
        MAX_THRESHOLD_S MAX_FORMER MAX_PROVIDERS MAX_HOLDINGS MAX_SETTINGS MAX_RECORD_BYTES MAX_RECORD_VALUES MAX_RECORD_DEPTH
    ];
    assert_eq!(source.matches("\npub const ").count(), limits.len(), "a limit is missing here");
    let rows = limits.into_iter().map(|(name, value)| {
        vec![format!("`{name}`"), with_commas(value), docs_above(&source, &format!("pub const {name}: "))]
    });
    table(&["constant", "value", "limit"], rows)
}

/// The modules from the ground up, each with the first paragraph of its comment.
fn floors() -> String {
    let floors = crate::layers::FLOORS.iter().map(|floor| floor.iter().filter_map(|module| module_docs(module)));
    let floors = floors.map(Iterator::collect::<Vec<_>>).filter(|floor| !floor.is_empty());
    let rows = floors.enumerate().flat_map(|(floor, modules)| {
        modules.into_iter().map(move |(module, docs)| vec![floor.to_string(), format!("`{module}`"), docs])
    });
    table(&["floor", "module", "what it holds"], rows)
}

fn module_docs(module: &'static str) -> Option<(&'static str, String)> {
    let files = [format!("src/{module}.rs"), format!("src/{module}/mod.rs")];
    let source = files.iter().find_map(|file| std::fs::read_to_string(root().join(file)).ok())?;
    let docs: Vec<_> = source.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    Some((module, crate::header::plain(&docs.join(" "))))
}

fn with_commas(value: u64) -> String {
    let digits = value.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    if value < 10_000 { digits } else { groups.join(",") }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).unwrap_or_else(|| panic!("{start}")).0
}

/// The comment above the line that holds a text, as Markdown without links into the code.
fn docs_above(source: &str, text: &str) -> String {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let row = lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}"));
    let docs: Vec<_> = lines[..row].iter().rev().map_while(|line| line.strip_prefix("/// ")).collect();
    let docs: Vec<_> = docs.into_iter().rev().collect();
    crate::header::plain(&docs.join(" "))
}

/// The lines of a program from the first that holds one text to the next that holds another, without their common indent:
/// `"FIRST" "LAST"`.
fn part(path: &str, between: &str) -> Option<String> {
    let source = std::fs::read_to_string(root().join(path));
    let Ok(source) = source else {
        assert!(!in_repository(), "{path} is missing");
        return None;
    };
    let between: Vec<_> = between.split('"').collect();
    let [_, first, _, last, _] = between[..] else { panic!("{path}: a first and a last line") };
    let lines: Vec<_> = source.lines().skip_while(|line| !line.contains(first)).collect();
    let end = lines.iter().position(|line| line.contains(last)).unwrap_or_else(|| panic!("{path}: {first} … {last}"));
    let lines = &lines[..=end];
    let indent = lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start().len()).min()?;
    let lines: Vec<_> = lines.iter().map(|line| line.get(indent..).unwrap_or("")).collect();
    let language = path.rsplit_once('.').unwrap().1;
    Some(format!("```{language}\n{}\n```\n", lines.join("\n")))
}
