//! DER as a tree that can be changed and written again with the right lengths, or with wrong ones.

#[derive(Clone)]
pub(super) struct Value {
    pub(super) tag: u8,
    /// What stands before the values in the content: of a BIT STRING that holds DER, the count of unused bits.
    pub(super) lead: Vec<u8>,
    pub(super) body: Body,
    pub(super) length: Length,
}

#[derive(Clone)]
pub(super) enum Body {
    Octets(Vec<u8>),
    Values(Vec<Value>),
}

/// How the length is written.
#[derive(Clone, Copy)]
pub(super) enum Length {
    Shortest,
    /// With a zero in front.
    Padded,
    Indefinite,
    OneLess,
    OneMore,
}

impl Value {
    pub(super) fn new(tag: u8, content: &[u8]) -> Self {
        Self { tag, lead: Vec::new(), body: Body::Octets(content.to_vec()), length: Length::Shortest }
    }

    pub(super) fn content(&self) -> Vec<u8> {
        let body = match &self.body {
            Body::Octets(octets) => octets,
            Body::Values(values) => &write(values),
        };
        [self.lead.as_slice(), body].concat()
    }
}

/// A run of values, also inside of strings; `None` if the bytes are none, or have tags or lengths of kinds that certificates
/// and keys do not need.
pub(super) fn read(mut bytes: &[u8]) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    while let [tag, rest @ ..] = bytes {
        let (content, after) = split_content(rest)?;
        bytes = after;
        values.push(read_value(*tag, content)?);
    }
    Some(values)
}

fn split_content(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match bytes {
        [short @ 0..=0x7f, rest @ ..] => (usize::from(*short), rest),
        [0x81, length, rest @ ..] => (usize::from(*length), rest),
        [0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

fn read_value(tag: u8, content: &[u8]) -> Option<Value> {
    let whole = |lead: &[u8], body| Value { tag, lead: lead.to_vec(), body, length: Length::Shortest };
    let inside = |bytes: &[u8]| read(bytes).filter(|values| !values.is_empty()).map(Body::Values);
    match (tag, content) {
        (_, _) if tag & 0x1f == 0x1f => None,
        (0x03, [0, rest @ ..]) => Some(whole(&[0], inside(rest).unwrap_or_else(|| Body::Octets(rest.to_vec())))),
        (0x04, _) => Some(whole(&[], inside(content).unwrap_or_else(|| Body::Octets(content.to_vec())))),
        (_, _) if tag & 0x20 != 0 => Some(whole(&[], Body::Values(read(content)?))),
        _ => Some(whole(&[], Body::Octets(content.to_vec()))),
    }
}

pub(super) fn write(values: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    for value in values {
        let content = value.content();
        out.push(value.tag);
        match value.length {
            Length::Shortest => out.extend(length(content.len())),
            Length::OneLess => out.extend(length(content.len().saturating_sub(1))),
            Length::OneMore => out.extend(length(content.len() + 1)),
            Length::Padded => out.extend(padded(content.len())),
            Length::Indefinite => out.push(0x80),
        }
        out.extend(content);
        if matches!(value.length, Length::Indefinite) {
            out.extend([0, 0]);
        }
    }
    out
}

/// The length in its shortest form.
fn length(size: usize) -> Vec<u8> {
    match size {
        0..0x80 => vec![u8::try_from(size).unwrap()],
        0x80..0x100 => vec![0x81, u8::try_from(size).unwrap()],
        _ => [[0x82].as_slice(), &u16::try_from(size).expect("a small value").to_be_bytes()].concat(),
    }
}

fn padded(size: usize) -> Vec<u8> {
    match size {
        0..0x80 => vec![0x81, u8::try_from(size).unwrap()],
        0x80..0x100 => vec![0x82, 0, u8::try_from(size).unwrap()],
        _ => [[0x83, 0].as_slice(), &u16::try_from(size).expect("a small value").to_be_bytes()].concat(),
    }
}
