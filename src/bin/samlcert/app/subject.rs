//! The subject of a certificate, as the default for its successor.

use crate::request::Subject;
use samlcert::Certificate;

impl Subject {
    /// The first CN, O, OU and C of a certificate: what the certificate that replaces it can take over.
    pub(super) fn of(certificate: &Certificate) -> Self {
        let text = certificate.subject();
        let attributes = split(&text);
        let first = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        Self { cn: first("CN"), org: first("O"), unit: first("OU"), country: first("C") }
    }
}

/// The attributes of a name (RFC 4514), with their values unescaped; hexadecimal values are left out.
fn split(text: &str) -> Vec<(&str, String)> {
    let mut parts = Vec::new();
    let (mut begin, mut is_escaped) = (0, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ',' | '+' => {
                parts.extend(text.get(begin..at));
                begin = at.saturating_add(1);
            }
            _ => {}
        }
    }
    parts.extend(text.get(begin..));
    let attributes = parts.into_iter().filter_map(|part| part.split_once('='));
    attributes.filter(|(_, value)| !value.starts_with('#')).map(|(name, value)| (name, unescaped(value))).collect()
}

/// Removes escapes: a backslash before a character. Octets in hexadecimal are of invisible characters, and are left out.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        match (character, rest.as_str().as_bytes()) {
            ('\\', [high, low, ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                rest.nth(1);
            }
            ('\\', _) => text.extend(rest.next()),
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let table: [(&str, &[(&str, &str)]); 7] = [
            ("CN=idp.example.org,O=Example,C=DE", &[("CN", "idp.example.org"), ("O", "Example"), ("C", "DE")]),
            ("CN=a\\,b\\+c,O=d", &[("CN", "a,b+c"), ("O", "d")]),
            ("CN=a+OU=b", &[("CN", "a"), ("OU", "b")]),
            ("CN=\\ a\\ ,O=\\#1", &[("CN", " a "), ("O", "#1")]),
            ("CN=a\\00b\\E2\\80\\8Bc", &[("CN", "abc")]),
            ("1.2.3=#0c0161,O=x=y", &[("O", "x=y")]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
