//! The paste as it was given, with each repair marked: what `normalize` shows beside its result.

use crate::page::{self, Page};
use crate::reading::{Entry, Reading, kind};
use crate::snippet;
use crate::source::{Line, Source};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use samlcert::pem::{Form, Repair};
use samlcert::{Item, Span};
use std::ops::Range;

/// How many items are shown.
const MOST_ITEMS: usize = 10;
/// How many lines of an item are shown. An RSA-8192 key has 102.
const MOST_LINES: usize = 120;
/// How many characters of a line are shown, and how many of those stand before the item.
const WIDTH: usize = 88;
const LEAD: usize = 12;
/// How many characters behind the shown part of a line are read, to see where a word ends: no word of the form is longer.
const BEHIND: usize = 64;
/// Shorter words may occur in a public text by chance.
const SHORTEST_PUBLIC_WORD: usize = 4;

/// Shows each item that needed repairs, at its place.
pub(crate) fn show(reading: &Reading<'_>, page: &mut Page) {
    let repaired = reading.entries.iter().filter(|entry| !entry.found.repairs().is_empty());
    let (shown, rest) = (repaired.clone().take(MOST_ITEMS), repaired.skip(MOST_ITEMS).count());
    shown.for_each(|entry| page.paragraph(&item(&reading.source, entry)));
    if rest > 0 {
        page.sentence(&format!("{} had to be repaired; samlcert inspect shows how.", page::count(rest, "more item")));
    }
}

fn item(source: &Source<'_>, entry: &Entry) -> String {
    let found = &entry.found;
    let title = format!("{}, {} of {}", kind(found.item()), page::place(source, found.span()), source.name);
    let title = Level::INFO.with_name("repaired").primary_title(title);
    let excerpt = Excerpt::new(source, found.span(), &public_text(found.item()));
    let (mut marks, mut notes) = (Vec::new(), Vec::new());
    for repair in found.repairs() {
        match excerpt.place(repair.span()) {
            Some(place) => marks.push(AnnotationKind::Primary.span(place).label(label(source, repair))),
            None => notes.push(Level::NOTE.message(format!("{}: {repair}", page::place(source, repair.span())))),
        }
    }
    let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).fold(false).annotations(marks);
    let group = if excerpt.text.is_empty() { Group::with_title(title) } else { title.element(snippet) };
    Renderer::styled().render(&[group.elements(notes)])
}

/// The public text of an item, in base64; empty for a key.
fn public_text(item: &Item) -> String {
    match item {
        Item::Certificate(certificate) => String::from_utf8(certificate.write(Form::Base64)).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What was repaired, and to which line, since a mark stands in one line only.
fn label(source: &Source<'_>, repair: &Repair) -> String {
    let span = repair.span();
    let last = |span: Span| source.line_number(span.end.saturating_sub(1).max(span.start));
    match (source.line_number(span.start), last(span)) {
        (Some(first), Some(last)) if first < last => format!("{repair} (to line {last})"),
        _ => repair.to_string(),
    }
}

/// The lines of an item as they may be shown: secrets are masked, invisible characters escaped, long lines cut.
#[derive(Default)]
struct Excerpt {
    text: String,
    first_line: usize,
    /// For each shown character and each line break: its place in the input, and in the excerpt.
    places: Vec<(Range<usize>, usize)>,
}

impl Excerpt {
    fn new(source: &Source<'_>, span: Span, public: &str) -> Self {
        let mut excerpt = Self { first_line: source.line_number(span.start).unwrap_or(1), ..Self::default() };
        source.lines(span).take(MOST_LINES).for_each(|line| excerpt.add(&line, span, public));
        excerpt
    }

    fn add(&mut self, line: &Line<'_>, span: Span, public: &str) {
        let lead = line.text.get(..span.start.saturating_sub(line.start)).unwrap_or_default();
        let cut = lead.char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
        let start = line.start.saturating_add(cut);
        let rest = line.text.get(cut..).unwrap_or_default();
        let end = rest.char_indices().nth(WIDTH.saturating_add(BEHIND)).map_or(rest.len(), |(at, _)| at);
        let masked = snippet::mask(rest.get(..end).unwrap_or_default(), cut > 0, |word, at| {
            let begin = start.saturating_add(at);
            let is_inside = begin >= span.start && begin.saturating_add(word.len()) <= span.end;
            // In an escape such as \n, the letter is not part of the word.
            let is_escaped = rest.get(..at).is_some_and(|before| before.ends_with('\\'));
            let word = word.get(usize::from(is_escaped)..).unwrap_or_default();
            is_inside && word.len() >= SHORTEST_PUBLIC_WORD && public.contains(word)
        });
        self.text.push_str(if cut > 0 { "…" } else { "" });
        let mut characters = rest.char_indices().zip(masked.chars());
        for ((at, given), shown) in characters.by_ref().take(WIDTH) {
            self.add_character(start.saturating_add(at), given, shown);
        }
        if characters.next().is_some() {
            self.text.push('…');
        } else {
            self.places.push((line.start.saturating_add(line.text.len())..line.end, self.text.len()));
        }
        self.text.push('\n');
    }

    fn add_character(&mut self, at: usize, given: char, shown: char) {
        self.places.push((at..at.saturating_add(given.len_utf8()), self.text.len()));
        if samlcert::is_invisible(given) {
            self.text.extend(given.escape_default());
        } else {
            self.text.push(shown);
        }
    }

    /// Where the first line of a place is shown, if it is.
    fn place(&self, span: Span) -> Option<Range<usize>> {
        let index = self.places.partition_point(|(given, _)| given.start <= span.start).checked_sub(1)?;
        let (given, start) = self.places.get(index)?;
        if span.start > given.start && span.start >= given.end {
            return None;
        }
        let behind = self.places.partition_point(|(given, _)| given.start < span.end);
        let line_end = start.saturating_add(self.text.get(*start..)?.find('\n')?);
        let end = self.places.get(behind).map_or(line_end, |(_, end)| (*end).clamp(*start, line_end));
        Some(*start..end)
    }
}
