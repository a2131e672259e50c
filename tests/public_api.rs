//! The public API as a list, `public_api.txt`: a change of it is seen. It is read from the sources, macros included.
//!
//! `rustc` denies `pub` on what cannot be reached, so that everything `pub` outside `src/ffi` and `src/bin` is listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::layers::collect;

const LIST: &str = "tests/public_api.txt";
const RENEW: &str = "UPDATE_PUBLIC_API=1 cargo test --all-features --test samlcert -- public_api::";

/// Modules that are public themselves; everything else is at the root of the crate.
const MODULES: &[&str] = &["application", "json", "limits", "pem"];

/// A public item.
#[derive(Debug)]
struct Item {
    /// Its public path, such as `application::Record::id`.
    path: String,
    #[cfg_attr(not(feature = "capi"), expect(dead_code, reason = "the table of C functions asks for it"))]
    is_function: bool,
    /// What can change about it: its signature, type or value, or the trait that it implements.
    text: String,
    /// Whether it says that a trait is implemented; types that are not public have such, too.
    is_impl: bool,
}

/// Reads the items of a file.
struct Scope {
    /// The public module, the type and the like, each followed by `::`.
    prefix: String,
    /// Inside a trait, everything is public.
    is_trait: bool,
    /// The feature that all of it needs.
    gate: Option<String>,
}

impl Scope {
    fn read(&self, stream: TokenStream, items: &mut Vec<Item>) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let macros = macros(&trees);
        let mut at = 0;
        while at < trees.len() {
            let (attributes, start) = attributes(&trees, at);
            let end = end_of(&trees, start);
            let item = &trees[start..end];
            if !attributes.iter().any(|attribute| attribute == "cfg(test)") {
                self.item(&attributes, item, &macros, items);
            }
            at = end.max(start + 1);
        }
    }

    fn item(&self, attributes: &[String], item: &[TokenTree], macros: &BTreeSet<String>, items: &mut Vec<Item>) {
        let body = item.iter().rev().find_map(|tree| group(tree, Delimiter::Brace));
        let is_use = word(item, 1) == "use";
        let head = item.iter().take_while(|tree| is_use || group(tree, Delimiter::Brace).is_none());
        let head: Vec<TokenTree> = head.cloned().collect();
        match word(item, 0).as_str() {
            "macro_rules" => body.into_iter().for_each(|body| self.arms(body, items)),
            "impl" => self.implementation(attributes, &head, body, items),
            name if word(item, 1) == "!" && macros.contains(name) => {
                body.into_iter().for_each(|body| self.rows(name, body, items));
            }
            "pub" if is_public(item) => self.public(attributes, &head[1..], body, items),
            _ if self.is_trait => self.public(attributes, &head, body, items),
            _ => {}
        }
    }

    fn public(&self, attributes: &[String], head: &[TokenTree], body: Option<TokenStream>, items: &mut Vec<Item>) {
        const QUALIFIERS: [&str; 3] = ["async", "const", "unsafe"];
        let is_qualifier = |at: usize| {
            QUALIFIERS.contains(&word(head, at).as_str()) && word(head, at + 1) == "fn"
                || QUALIFIERS.contains(&word(head, at).as_str()) && QUALIFIERS.contains(&word(head, at + 1).as_str())
        };
        let kind = (0..).find(|at| !is_qualifier(*at)).unwrap_or_default();
        let (kind, name) = (word(head, kind), name_in(&head[kind + 1..]));
        let path = match kind.as_str() {
            "use" => format!("{}use", self.prefix),
            "mod" | "struct" | "enum" | "trait" | "fn" | "const" | "type" => format!("{}{name}", self.prefix),
            other => panic!("an item of an unknown kind: {other} {name}"),
        };
        for derived in attributes.iter().filter_map(|attribute| attribute.strip_prefix("derive(")) {
            for each in derived.trim_end_matches(')').split(',').map(str::trim).filter(|each| !each.is_empty()) {
                self.push(&path, false, format!("impl {}", last_name(each)), attributes, items);
            }
        }
        let is_open = attributes.iter().any(|attribute| attribute == "non_exhaustive");
        let head: Vec<_> =
            head.iter().map(|tree| if kind == "struct" { without_private(tree) } else { tree.clone() }).collect();
        let head = text(&head).trim_end_matches(';').to_owned() + if is_open { " (non_exhaustive)" } else { "" };
        self.push(&path, kind == "fn", head, attributes, items);
        let inner = Self {
            prefix: format!("{path}::"),
            is_trait: kind == "trait",
            gate: gate(attributes).or_else(|| self.gate.clone()),
        };
        match (kind.as_str(), body) {
            ("mod" | "trait", Some(body)) => inner.read(body, items),
            ("enum", Some(body)) => parts(repeated(body), ',').into_iter().for_each(|variant| {
                inner.push(&format!("{path}::{}", name_in(&variant)), false, text(&variant), &[], items);
            }),
            ("struct", Some(body)) => parts(body, ',').into_iter().filter(|field| is_public(field)).for_each(|field| {
                inner.push(&format!("{path}::{}", name_in(&field[1..])), false, text(&field), &[], items);
            }),
            _ => {}
        }
    }

    /// Of a type, its public items; of a trait for a type, that it is implemented.
    fn implementation(
        &self,
        attributes: &[String],
        head: &[TokenTree],
        body: Option<TokenStream>,
        items: &mut Vec<Item>,
    ) {
        let head = text(head);
        let gate = gate(attributes).or_else(|| self.gate.clone());
        let (of_trait, of_type) = match head.split_once(" for ") {
            Some((of_trait, of_type)) => (Some(of_trait), of_type),
            None => (None, head.strip_prefix("impl").unwrap_or_default()),
        };
        let of_type = without_generics(of_type.split(" where ").next().unwrap_or_default());
        let name = of_type.rsplit("::").next().unwrap_or_default();
        let scope = Self { prefix: format!("{}{name}::", self.prefix), is_trait: false, gate };
        match (of_trait, body) {
            (Some(of_trait), _) => {
                let of_trait = of_trait.trim_start_matches("impl").trim_start_matches("<'_>").trim();
                let short =
                    if of_trait.starts_with('<') { head.clone() } else { format!("impl {}", last_name(of_trait)) };
                scope.push(&format!("{}{name}", self.prefix), false, short, &[], items);
            }
            (None, Some(body)) => scope.read(body, items),
            (None, None) => {}
        }
    }

    /// The arms of a macro: what they write is an item of whoever calls it.
    fn arms(&self, body: TokenStream, items: &mut Vec<Item>) {
        let blocks: Vec<_> = body.into_iter().collect();
        let arms = blocks.windows(2).filter(|pair| pair[0].to_string() == ">");
        for block in arms.filter_map(|pair| group(&pair[1], Delimiter::Brace)) {
            self.read(repeated(block), items);
        }
    }

    /// The rows that a macro is called with; messages, which have blanks, are no part of the API.
    fn rows(&self, name: &str, body: TokenStream, items: &mut Vec<Item>) {
        for row in parts(body, ';') {
            let row: Vec<_> = row.into_iter().filter(|tree| !tree.to_string().contains([' ', '\n'])).collect();
            self.push(
                &format!("{}{name}!", self.prefix),
                false,
                text(&row).trim_end_matches(',').to_owned(),
                &[],
                items,
            );
        }
    }

    fn push(&self, path: &str, is_function: bool, text: String, attributes: &[String], items: &mut Vec<Item>) {
        let gate = gate(attributes).or_else(|| self.gate.clone());
        let text = gate.map_or(text.clone(), |gate| format!("{text} [{gate}]"));
        let is_impl = text.starts_with("impl");
        items.push(Item { path: path.to_owned(), is_function, text, is_impl });
    }
}

/// The macros of these items that write public ones.
fn macros(trees: &[TokenTree]) -> BTreeSet<String> {
    let defined = (0..trees.len()).filter(|at| word(trees, *at) == "macro_rules" && word(trees, at + 1) == "!");
    let is_public =
        |at: &usize| trees.get(at + 3).is_some_and(|body| body.to_string().replace("pub (", "").contains("pub "));
    defined.filter(is_public).map(|at| word(trees, at + 2)).collect()
}

/// The fields of a tuple, if one of them is public.
fn without_private(tree: &TokenTree) -> TokenTree {
    match group(tree, Delimiter::Parenthesis) {
        Some(fields) if !fields.clone().into_iter().any(|tree| tree.to_string() == "pub") => {
            TokenTree::Group(proc_macro2::Group::new(Delimiter::Parenthesis, TokenStream::new()))
        }
        _ => tree.clone(),
    }
}

/// What `$(…)*` repeats at the top level, as if it stood there once.
fn repeated(block: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = block.into_iter().collect();
    let is_repetition =
        |at: usize| at > 0 && word(&trees, at - 1) == "$" && group_at(&trees, at, Delimiter::Parenthesis).is_some();
    let mut written = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        if is_repetition(at + 1) {
            written.extend(group_at(&trees, at + 1, Delimiter::Parenthesis).unwrap_or_default());
            at += 3;
        } else {
            written.push(trees[at].clone());
            at += 1;
        }
    }
    written.into_iter().collect()
}

/// The attributes from here on but for documentation, and where the item begins.
fn attributes(trees: &[TokenTree], mut at: usize) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    while matches!(word(trees, at).as_str(), "#" | "!" | "$") {
        match trees.get(at + 1) {
            Some(TokenTree::Group(group)) => {
                let trees: Vec<_> = group.stream().into_iter().collect();
                found.push(text(&trees));
                // `$(#[$doc])*` repeats it.
                at += if word(&[trees[0].clone()], 0) == "#" { 3 } else { 2 };
            }
            _ if word(trees, at + 1) == "!" => at += 1,
            _ => break,
        }
    }
    (found, at)
}

/// Where the item that begins here ends: behind its `;` or its block. A constant has its block before the `;`.
fn end_of(trees: &[TokenTree], start: usize) -> usize {
    let is_value = word(trees, start) == "use"
        || (0..3).any(|after| matches!(word(trees, start + after).as_str(), "const" | "static" | "use"))
            && !(0..5).any(|after| word(trees, start + after) == "fn");
    let ends = |tree: &TokenTree| tree.to_string() == ";" || !is_value && group(tree, Delimiter::Brace).is_some();
    trees[start.min(trees.len())..].iter().position(ends).map_or(trees.len(), |length| start + length + 1)
}

fn gate(attributes: &[String]) -> Option<String> {
    attributes.iter().find_map(|attribute| Some(attribute.strip_prefix("cfg(")?.strip_suffix(')')?.to_owned()))
}

/// What separators part, without attributes.
fn parts(body: TokenStream, separator: char) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = body.into_iter().collect();
    let parts = trees.split(|tree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == separator));
    let parts = parts.map(|part| part.get(attributes(part, 0).1..).unwrap_or_default().to_vec());
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether an item or field is public, and not only inside the crate.
fn is_public(item: &[TokenTree]) -> bool {
    word(item, 0) == "pub" && group_at(item, 1, Delimiter::Parenthesis).is_none()
}

/// The name that comes first, or that of a macro's parameter: `$name`.
fn name_in(trees: &[TokenTree]) -> String {
    if word(trees, 0) == "$" { format!("${}", word(trees, 1)) } else { word(trees, 0) }
}

fn word(trees: &[TokenTree], at: usize) -> String {
    trees.get(at).map(ToString::to_string).unwrap_or_default()
}

fn group(tree: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

fn group_at(trees: &[TokenTree], at: usize, delimiter: Delimiter) -> Option<TokenStream> {
    trees.get(at).and_then(|tree| group(tree, delimiter))
}

/// `fmt::Debug` as `Debug`, so that it does not matter how it is written, nor whether it is derived.
fn last_name(path: &str) -> &str {
    let name = path.split('<').next().unwrap_or_default();
    name.rfind("::").map_or(path, |at| &path[at + 2..])
}

fn without_generics(name: &str) -> String {
    let mut depth = 0_usize;
    let outside = name.chars().filter(|character| {
        depth = depth + usize::from(*character == '<') - usize::from(*character == '>').min(depth);
        depth == 0 && *character != '>'
    });
    outside.collect::<String>().trim().to_owned()
}

/// Tokens as people write them.
fn text(trees: &[TokenTree]) -> String {
    let mut line = String::new();
    let mut is_joint = false;
    let is_attribute = |at: usize| word(trees, at) == "#" && group_at(trees, at + 1, Delimiter::Bracket).is_some();
    let said = (0..trees.len()).filter(|at| !is_attribute(*at) && !at.checked_sub(1).is_some_and(is_attribute));
    for tree in said.map(|at| &trees[at]) {
        let (piece, joint) = match tree {
            TokenTree::Group(group) => {
                let inner = text(&group.stream().into_iter().collect::<Vec<_>>());
                let inner = inner.trim_end_matches(',');
                let piece = match group.delimiter() {
                    Delimiter::Parenthesis => format!("({inner})"),
                    Delimiter::Bracket => format!("[{inner}]"),
                    Delimiter::Brace => format!("{{ {inner} }}"),
                    Delimiter::None => inner.to_owned(),
                };
                (piece, false)
            }
            TokenTree::Punct(sign) => (sign.to_string(), sign.spacing() == Spacing::Joint),
            other => (other.to_string(), false),
        };
        if !is_joint && needs_blank(&line, &piece) {
            line.push(' ');
        }
        line += &piece;
        is_joint = joint;
    }
    line
}

fn needs_blank(line: &str, piece: &str) -> bool {
    let (Some(before), Some(after)) = (line.chars().last(), piece.chars().next()) else { return false };
    let is_word = |character: char| character.is_alphanumeric() || "_\"'".contains(character);
    let is_path = line.ends_with("::");
    (is_word(before) || ")]>}".contains(before)) && (is_word(after) || matches!(after, '{' | '['))
        || matches!(before, ',' | '=' | '+' | ';') && !line.ends_with("<=")
        || before == ':' && !is_path
        || line.ends_with("->")
        || matches!(after, '=' | '+')
        || after == '{' && !is_path
        || after == '-' && piece == "-" && (is_word(before) || ")]>}".contains(before))
        || matches!(before, ')' | ']') && after == '&'
        || after == '&' && is_word(before)
}

/// The public items of a library, given as its files below `src`.
fn items(files: &BTreeMap<String, String>) -> Vec<Item> {
    let mut found = Vec::new();
    for (file, source) in files.iter().filter(|(file, _)| !file.starts_with("ffi/") && !file.starts_with("bin/")) {
        let module = file.split(['/', '.']).next().filter(|module| MODULES.contains(module));
        let prefix = module.map(|module| format!("{module}::")).unwrap_or_default();
        let stream: TokenStream = source.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let scope = Scope { prefix, is_trait: false, gate: file_gate(files, file) };
        scope.read(stream, &mut found);
    }
    let mut public: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_type = |item: &&Item| ["struct ", "enum ", "trait "].iter().any(|kind| item.text.starts_with(kind));
    for item in found.iter().filter(is_type) {
        public.entry(last_name(&item.path).to_owned()).or_default().insert(item.path.clone());
    }
    let (types, traits) = (defined(files, &["struct", "enum"]), defined(files, &["trait"]));
    let is_private = |item: &Item| {
        let (of_trait, arguments) = item.text.split_once('<').unwrap_or((&item.text, ""));
        let is_hidden = |name: &str| types.contains(name) && !public.contains_key(name);
        let of_trait = last_name(of_trait.trim_start_matches("impl ").split(' ').next().unwrap_or_default());
        let is_hidden_trait = traits.contains(of_trait) && !public.contains_key(of_trait);
        is_hidden(last_name(&item.path)) || is_hidden_trait || words(arguments).any(is_hidden)
    };
    found.retain(|item| !item.is_impl || !is_private(item));
    // An impl may be in another module than its type.
    for item in found.iter_mut().filter(|item| item.is_impl) {
        let paths: Vec<&String> = public.get(last_name(&item.path)).into_iter().flatten().collect();
        if let [only] = paths[..] {
            item.path.clone_from(only);
        }
    }
    found
}

/// The names of the items of these kinds, public or not.
fn defined<'a>(files: &'a BTreeMap<String, String>, kinds: &[&str]) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for source in files.values() {
        let words: Vec<&str> = words(source).collect();
        names.extend(words.windows(2).filter(|pair| kinds.contains(&pair[0])).map(|pair| pair[1]));
    }
    names
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The feature that the file's module, or one above it, needs.
fn file_gate(files: &BTreeMap<String, String>, file: &str) -> Option<String> {
    let path: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    (0..path.len()).find_map(|depth| {
        let parent = if depth == 0 { "lib.rs".to_owned() } else { format!("{}/mod.rs", path[..depth].join("/")) };
        let source = files.get(&parent)?;
        let declared = source.find(&format!("mod {};", path[depth]))?;
        let before = source[..declared].trim_end_matches("pub ").trim_end();
        let attribute = before.lines().last()?.strip_prefix("#[cfg(")?.strip_suffix(")]")?;
        Some(attribute.to_owned())
    })
}

/// The public functions of the library by their paths.
#[cfg(feature = "capi")]
pub(crate) fn functions(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    items(files).into_iter().filter(|item| item.is_function).map(|item| item.path).collect()
}

fn list(files: &BTreeMap<String, String>) -> Vec<String> {
    let lines = items(files).into_iter().map(|item| format!("{}: {}", item.path, item.text));
    lines.collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn it_is_the_one_that_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    collect(&root.join("src"), &root.join("src"), &mut files);
    let today = list(&files);
    if std::env::var_os("UPDATE_PUBLIC_API").is_some() {
        std::fs::write(root.join(LIST), today.join("\n") + "\n").unwrap();
    }
    let listed = std::fs::read_to_string(root.join(LIST)).unwrap_or_default();
    let (listed, today): (BTreeSet<_>, BTreeSet<_>) =
        (listed.lines().collect(), today.iter().map(String::as_str).collect());
    let gone = listed.difference(&today).map(|line| format!("- {line}"));
    let come = today.difference(&listed).map(|line| format!("+ {line}"));
    let changes: Vec<_> = gone.chain(come).collect();
    assert!(changes.is_empty(), "the public API has changed:\n{}\nIf that is wanted: {RENEW}", changes.join("\n"));
}

/// What changes of an API do to the list.
#[test]
fn each_change_is_seen() {
    let source = "\
        /// Documentation is left out.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct Thing<'a> { /// A field.
            pub name: &'a str, hidden: u8 }
        pub struct Wrapped(u8);
        impl Thing<'_> {
            pub const fn len(&self) -> usize { 1 }
            pub(crate) fn inner(&self) {}
        }
        impl fmt::Display for Thing<'_> { fn fmt(&self) {} }
        impl fmt::Display for Hidden { fn fmt(&self) {} }
        struct Hidden;
        pub enum Kind { One, Two { at: usize } }
        pub trait Source { fn fill(&mut self, bytes: &mut [u8]) -> bool; }
        pub const LIMIT: usize = 4;
        #[cfg(feature = \"issue\")]
        pub fn make(count: usize) -> Option<Thing<'static>> { None }
        macro_rules! codes { ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
            pub enum Code { $($(#[$doc])* $name,)* }
            impl Code { pub fn as_str(self) -> &'static str { \"\" } }
        } }
        codes! { /// One.
            Empty = \"empty\", \"nothing was given\"; }
        pub use inside::{One, two};
        #[cfg(test)] mod tests { pub fn tested() {} }";
    let listed = list(&BTreeMap::from([("thing.rs".to_owned(), source.to_owned())]));
    let expected = "\
        Code: enum Code\nCode::$name: $name\nCode::as_str: fn as_str(self) -> &'static str\n\
        Kind: enum Kind\nKind::One: One\nKind::Two: Two { at: usize }\n\
        LIMIT: const LIMIT: usize = 4\n\
        Source: trait Source\nSource::fill: fn fill(&mut self, bytes: &mut [u8]) -> bool\n\
        Thing: impl Clone\nThing: impl Debug\nThing: impl Display\nThing: struct Thing<'a> (non_exhaustive)\n\
        Thing::len: const fn len(&self) -> usize\nThing::name: pub name: &'a str\n\
        Wrapped: struct Wrapped()\n\
        codes!: Empty = \"empty\"\n\
        make: fn make(count: usize) -> Option<Thing<'static>> [feature = \"issue\"]\n\
        use: use inside::{ One, two }";
    assert_eq!(listed.join("\n"), expected);
    let changes = [
        ("pub name", "pub title"),
        ("hidden: u8", "pub hidden: u8"),
        ("pub const fn len", "const fn len"),
        ("(&self) -> usize", "(self) -> usize"),
        ("Clone, Debug", "Clone"),
        ("#[non_exhaustive]", ""),
        ("struct Wrapped(u8)", "struct Wrapped(pub u8)"),
        ("Two { at: usize }", "Two { at: usize }, Three"),
        ("at: usize", "at: u64"),
        ("impl fmt::Display for Thing<'_>", "impl fmt::LowerHex for Thing<'_>"),
        ("-> bool;", "-> bool; fn drain(&mut self);"),
        ("usize = 4", "usize = 5"),
        ("#[cfg(feature = \"issue\")]", ""),
        ("pub fn as_str", "fn as_str"),
        ("Empty = \"empty\"", "Empty = \"nothing\""),
        ("{One, two}", "{One}"),
    ];
    for (from, to) in changes {
        let changed = list(&BTreeMap::from([("thing.rs".to_owned(), source.replacen(from, to, 1))]));
        assert_ne!(changed, listed, "{from} → {to}");
    }
    for (from, to) in
        [("hidden: u8", "hidden: u16"), ("nothing was given", "give it"), ("{ 1 }", "{ 2 }"), ("/// A field.", "")]
    {
        let same = list(&BTreeMap::from([("thing.rs".to_owned(), source.replacen(from, to, 1))]));
        assert_eq!(same, listed, "{from} → {to}");
    }
}
