//! Text for people: sentences, tables, dates and durations.

use samlcert::{
    Certificate, EncryptedPrivateKey, Fingerprint, FingerprintTarget, HashAlgorithm, KeyAlgorithm, Span, TimeSpan,
    UnixTime, is_invisible,
};
use std::cmp::Ordering;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Escapes characters that are invisible, or that change how the text around them looks.
pub(crate) fn escape(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// A page of paragraphs, with an empty line between them.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    /// Adds the sentence that answers the question, in bold.
    pub(crate) fn verdict(&mut self, sentence: &str) {
        self.paragraph(&format!("{BOLD}{}{PLAIN}\n", escape(sentence)));
    }

    pub(crate) fn sentence(&mut self, sentence: &str) {
        self.paragraph(&format!("{}\n", escape(sentence)));
    }

    /// Adds text that has its own form and line breaks.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text);
        if !text.ends_with('\n') {
            self.0.push('\n');
        }
    }

    /// Adds facts below a title, their names in one column.
    pub(crate) fn table(&mut self, title: &str, facts: &Facts) {
        let width = facts.0.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut text = heading(title);
        let mut previous = "";
        for (name, value) in &facts.0 {
            let shown = if *name == previous { "" } else { name };
            // Writing into a String cannot fail.
            let _ = writeln!(text, "  {shown:width$}  {}", escape(value));
            previous = name;
        }
        self.paragraph(&text);
    }

    /// Adds rows below their headings, each column as wide as its widest cell: East Asian characters take two places,
    /// combining ones none.
    pub(crate) fn columns(&mut self, title: &str, headings: &[&str], rows: &[Vec<String>]) {
        let headings = headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>();
        let rows = rows.iter().map(|row| row.iter().map(|cell| escape(cell)).collect::<Vec<_>>());
        let rows = std::iter::once(headings).chain(rows).collect::<Vec<_>>();
        let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
        let padding = |column, cell: &str| width(column).unwrap_or(0).saturating_sub(cell.width());
        let mut text = heading(title);
        for row in &rows {
            let cells = row.iter().enumerate().map(|(at, cell)| format!("{cell}{:1$}", "", padding(at, cell)));
            text.push_str(format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end());
            text.push('\n');
        }
        self.paragraph(&text);
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// A title on a line of its own; nothing for an empty one.
fn heading(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!("{BOLD}{}{PLAIN}\n", escape(title)) }
}

/// Names and values, in order; a name that repeats is shown once.
#[derive(Default)]
pub(crate) struct Facts(Vec<(&'static str, String)>);

impl Facts {
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, name: &'static str, value: impl ToString) {
        self.0.push((name, value.to_string()));
    }
}

/// A value as a shell reads it: in quotes if it has characters with a meaning of their own.
pub(crate) fn shell_word(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.,:/@%+=".contains(c);
    let is_quoted = value.is_empty() || !value.chars().all(is_plain);
    if is_quoted { format!("'{}'", value.replace('\'', "'\\''")) } else { value.to_owned() }
}

/// An option and its value as a shell reads them; a value that begins with a dash follows `=`.
pub(crate) fn shell_option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{between}{}", shell_word(value))
}

/// "1 certificate", "2 certificates".
pub(crate) fn count(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "RSA, 2048 bits".
pub(crate) fn key(algorithm: KeyAlgorithm, bits: Option<u32>) -> String {
    match bits {
        Some(bits) => format!("{algorithm}, {bits} bits"),
        None => algorithm.to_string(),
    }
}

/// A message as a sentence: with a capital and a full stop.
pub(crate) fn sentence(message: &str) -> String {
    let mut rest = message.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str().trim_end_matches('.'))
}

/// "the SHA-256 fingerprint of a public key".
pub(crate) fn describe(fingerprint: &Fingerprint) -> String {
    let target = match fingerprint.target() {
        FingerprintTarget::Certificate => "certificate",
        FingerprintTarget::Spki => "public key",
    };
    format!("the {} fingerprint of a {target}", fingerprint.algorithm())
}

/// "SHA-256 AB:CD:…".
pub(crate) fn digest(fingerprint: &Fingerprint) -> String {
    format!("{} {fingerprint}", fingerprint.algorithm())
}

/// The SHA-256 of an encrypted key in its encrypted form.
pub(crate) fn encrypted_digest(key: &EncryptedPrivateKey) -> String {
    digest(&Fingerprint::of(HashAlgorithm::Sha256, FingerprintTarget::Certificate, key.encrypted_bytes()))
}

/// How to open an encrypted key.
pub(crate) const OPENING: &str =
    "To open the encrypted key, put its password into a file and add --password-file FILE.";

/// "2024-01-01T00:00:00Z to 2034-01-01T00:00:00Z (expires in 312 days)".
pub(crate) fn validity(certificate: &Certificate, now: UnixTime) -> String {
    let validity = certificate.validity();
    format!("{} to {} ({})", validity.not_before(), validity.not_after(), age(certificate, now))
}

/// "expires in 312 days", "expired 5 hours ago".
pub(crate) fn age(certificate: &Certificate, now: UnixTime) -> String {
    let validity = certificate.validity();
    if validity.contains(now) {
        format!("expires in {}", TimeSpan::between(now, validity.not_after()))
    } else if now < validity.not_before() {
        format!("not yet valid, begins in {}", TimeSpan::between(now, validity.not_before()))
    } else {
        format!("expired {} ago", TimeSpan::between(validity.not_after(), now))
    }
}

/// "2036-11-21T10:16:41Z (in 3649 days)".
pub(crate) fn moment(moment: UnixTime, now: UnixTime) -> String {
    format!("{moment} ({})", distance(moment, now))
}

/// "in 12 days", "5 hours ago", "now".
pub(crate) fn distance(moment: UnixTime, now: UnixTime) -> String {
    match moment.cmp(&now) {
        Ordering::Greater => format!("in {}", TimeSpan::between(now, moment)),
        Ordering::Less => format!("{} ago", TimeSpan::between(moment, now)),
        Ordering::Equal => "now".to_owned(),
    }
}

/// The first eight digits of a digest, as in suggested file names.
pub(crate) fn short(fingerprint: &Fingerprint) -> String {
    fingerprint.to_hex().chars().take(8).collect()
}

/// "lines 1 to 20", "line 3", "bytes 0 to 855".
pub(crate) fn place(source: &crate::source::Source<'_>, span: Span) -> String {
    match (source.line_number(span.start), source.line_number(span.end.saturating_sub(1).max(span.start))) {
        (Some(first), Some(last)) if first == last => format!("line {first}"),
        (Some(first), Some(last)) => format!("lines {first} to {last}"),
        _ => format!("bytes {} to {}", span.start, span.end),
    }
}
