//! A line of a message: our own words, and the names that others chose.

/// A line as it grows: words of our own, and names that others chose.
pub(super) struct Line(Vec<Piece>);

enum Piece {
    Words(String),
    Name(String),
}

impl Line {
    pub(super) fn of(words: &str) -> Self {
        Self(Vec::new()).words(words)
    }

    pub(super) fn words(mut self, words: &str) -> Self {
        self.0.push(Piece::Words(words.to_owned()));
        self
    }

    pub(super) fn name(mut self, name: &str) -> Self {
        self.0.push(Piece::Name(name.to_owned()));
        self
    }

    pub(super) fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Words(text) | Piece::Name(text) => text.clone(),
        };
        self.0.iter().map(text).collect()
    }

    /// A name is isolated, so that right-to-left text in it does not reorder the words around it.
    pub(super) fn html(&self) -> String {
        let html = |piece: &Piece| match piece {
            Piece::Words(words) => escape(words),
            Piece::Name(name) => format!("<bdi>{}</bdi>", escape(name)),
        };
        self.0.iter().map(html).collect()
    }
}

/// Text for HTML, between elements and within a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
