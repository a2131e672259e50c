//! Points at a place in the input, as rustc does, without showing a secret.

use crate::source::{self, Line, Source};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, Title};
use samlcert::{ErrorCode, Span};

/// How much of the input may be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Hexadecimal text, with its mistyped digits: fingerprints are written so, keys are not.
    Hexadecimal,
    /// Its form alone: it is secret, or may be, or a secret stands in the same line.
    Form,
}

/// The width of the page: longer lines are cut around the place.
const WIDTH: usize = 100;
/// How many bytes of a longer line are kept on each side of the beginning of the place.
const WINDOW: usize = 400;

/// An error without a place.
pub(crate) fn plain(code: ErrorCode, message: &str) -> String {
    let title = Level::ERROR.primary_title(message.to_owned()).id(code.as_str());
    Renderer::styled().render(&[Group::with_title(title)])
}

/// An error and its place.
pub(crate) fn point(source: &Source<'_>, code: ErrorCode, message: &str, span: Span, shown: Shown) -> String {
    let title = Level::ERROR.primary_title(message.to_owned()).id(code.as_str());
    let group = match source.line(span.start) {
        Some(line) => in_line(title, source, &line, span, shown),
        None => {
            let place = format!("bytes {} to {} of {}", span.start, span.end, source.name);
            title.element(Level::NOTE.message(place))
        }
    };
    Renderer::styled().term_width(WIDTH).render(&[group])
}

fn in_line<'a>(title: Title<'a>, source: &Source<'a>, line: &Line<'_>, span: Span, shown: Shown) -> Group<'a> {
    let place = span.start.saturating_sub(line.start)..span.end.saturating_sub(line.start);
    let place = source::to_characters(line.text, place);
    let window = place.start.saturating_sub(WINDOW)..place.start.saturating_add(WINDOW);
    let window = source::to_characters(line.text, window);
    let text = line.text.get(window.clone()).unwrap_or_default();
    let is_public = |word: &str, _: usize| shown == Shown::Hexadecimal && is_hexadecimal(word);
    let masked = mask(text, window.start > 0, is_public);
    let in_masked = |at: usize| masked_offset(text, &masked, at.saturating_sub(window.start));
    let marks = AnnotationKind::Primary.span(in_masked(place.start)..in_masked(place.end)).label(label(line, span));
    let snippet = Snippet::source(masked.clone()).line_start(line.number).annotation(marks);
    if window.start == 0 {
        return title.element(snippet.path(source.name));
    }
    // The renderer would count the column within the cut line.
    let column = line.text.get(..place.start).map_or(0, |before| before.chars().count()).saturating_add(1);
    let place = format!("line {}, column {column} of {}", line.number, source.name);
    title.element(snippet).element(Level::NOTE.message(place))
}

/// The offset in the masked text of a byte of the text: both have the same number of characters.
fn masked_offset(text: &str, masked: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text).chars().count();
    masked.chars().take(before).map(char::len_utf8).sum()
}

/// How many bytes of a place follow behind its first line.
fn label(line: &Line<'_>, span: Span) -> String {
    let end = line.start.saturating_add(line.text.len());
    match span.end.checked_sub(end) {
        Some(rest) if rest > 1 => format!("and {rest} more bytes"),
        _ => String::new(),
    }
}

/// Words that may always be shown: they belong to the form, not to the content.
const WORDS: &str = "ANY BEGIN CERTIFICATE CHAIN CRL DEK DSA ENCRYPTED END Fingerprint Hash Info KEY NEW OPENSSH \
                     PARAMETERS PKCS PKCS7 PKCS12 PRIVATE PUBLIC Proc REQUEST RSA SHA SHA1 SHA256 SHA384 SHA512 \
                     TRUSTED Thumbprint Type X509 X509CRL X509Certificate X509Data x5t S256";

/// Returns true if at most one in four characters is not a digit, as in a mistyped group of four; for a group of two, always.
fn is_hexadecimal(word: &str) -> bool {
    let strange = word.chars().filter(|c| !c.is_ascii_hexdigit()).count();
    word.len() <= 2 || strange.saturating_mul(4) <= word.len()
}

/// A part of a line as it may be shown, with the same number of characters. Words of the form stay visible, and those for
/// which `is_public` returns true, given the word and its offset. If the line is cut before the part, its first word is not
/// whole, and is masked. Hidden text is never copied.
pub(crate) fn mask(text: &str, is_cut: bool, is_public: impl Fn(&str, usize) -> bool) -> String {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    let mut masked = String::with_capacity(text.len());
    let mut at = 0usize;
    for part in text.split_inclusive(|c| !is_inside(c)) {
        let word = part.trim_end_matches(|c| !is_inside(c));
        let is_whole = !is_cut || at > 0;
        let is_known = is_whole && WORDS.split(' ').any(|known| known.eq_ignore_ascii_case(word));
        let is_visible = is_known || is_public(word, at);
        masked.extend(word.chars().map(|c| if is_visible { c } else { '·' }));
        let separator = part.get(word.len()..).unwrap_or_default();
        masked.extend(separator.chars().map(|c| if samlcert::is_invisible(c) { '\u{fffd}' } else { c }));
        at = at.saturating_add(part.len());
    }
    masked
}
