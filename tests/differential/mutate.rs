//! Changes to DER that are drawn from a seed: bytes, lengths, tags, whole values, and values out of a dictionary.

use super::dictionary;
use super::tree::{Body, Length, Value, read, write};
use crate::support::Seeded;

/// What is drawn from a seed.
pub(super) struct Draw(Seeded);

impl Draw {
    pub(super) const fn new(seed: u64) -> Self {
        Self(Seeded::new(seed))
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn octet(&mut self) -> u8 {
        self.0.next().to_le_bytes()[7]
    }
}

/// The DER with one change, two or three; never as it was.
pub(super) fn mutant(der: &[u8], draw: &mut Draw) -> Vec<u8> {
    loop {
        let mut mutant = der.to_vec();
        for _ in 0..draw.pick(&[1, 1, 1, 1, 2, 3]) {
            change(&mut mutant, draw);
        }
        if mutant != der {
            return mutant;
        }
    }
}

fn change(der: &mut Vec<u8>, draw: &mut Draw) {
    // What is no run of values any more can only be changed in its bytes.
    match read(der) {
        Some(mut values) if draw.below(4) != 0 && !values.is_empty() => {
            draw.pick(CHANGES_OF_VALUES)(&mut values, draw);
            *der = write(&values);
        }
        _ => draw.pick(CHANGES_OF_OCTETS)(der, draw),
    }
}

const CHANGES_OF_OCTETS: &[fn(&mut Vec<u8>, &mut Draw)] = &[flip, flip, set, set, insert, remove, cut, append];

#[expect(clippy::ptr_arg, reason = "each change has the same type")]
fn flip(octets: &mut Vec<u8>, draw: &mut Draw) {
    if !octets.is_empty() {
        let at = draw.below(octets.len());
        octets[at] ^= 1 << draw.below(8);
    }
}

#[expect(clippy::ptr_arg, reason = "each change has the same type")]
fn set(octets: &mut Vec<u8>, draw: &mut Draw) {
    if !octets.is_empty() {
        let at = draw.below(octets.len());
        octets[at] = if draw.below(2) == 0 { draw.octet() } else { draw.pick(&[0, 1, 0x7f, 0x80, 0xff]) };
    }
}

fn insert(octets: &mut Vec<u8>, draw: &mut Draw) {
    let at = draw.below(octets.len() + 1);
    octets.insert(at, if draw.below(2) == 0 { draw.octet() } else { draw.pick(&[0, 0xff]) });
}

fn remove(octets: &mut Vec<u8>, draw: &mut Draw) {
    if !octets.is_empty() {
        octets.remove(draw.below(octets.len()));
    }
}

fn cut(octets: &mut Vec<u8>, draw: &mut Draw) {
    octets.truncate(draw.below(octets.len() + 1));
}

fn append(octets: &mut Vec<u8>, draw: &mut Draw) {
    octets.extend_from_slice(draw.pick(&[[0, 0].as_slice(), &[0], &[5, 0], &[0x30, 0], &[0xff]]));
}

const CHANGES_OF_VALUES: &[fn(&mut Vec<Value>, &mut Draw)] = &[
    drop,
    double,
    swap,
    retag,
    lengthen,
    change_content,
    change_content,
    look_up,
    look_up,
    look_up,
    transplant,
    put_in,
    wrap,
    unwrap,
];

/// The run of values that a drawn one stands in, and its place there.
fn place<'a>(values: &'a mut Vec<Value>, draw: &mut Draw) -> (&'a mut Vec<Value>, usize) {
    let paths = paths(values);
    let (last, path) = paths[draw.below(paths.len())].split_last().expect("a path has a step");
    let siblings = path.iter().fold(values, |values, step| match &mut values[*step].body {
        Body::Values(values) => values,
        Body::Octets(_) => unreachable!("a path leads through values"),
    });
    (siblings, *last)
}

/// The way to every value.
fn paths(values: &[Value]) -> Vec<Vec<usize>> {
    let mut paths = Vec::new();
    for (index, value) in values.iter().enumerate() {
        paths.push(vec![index]);
        if let Body::Values(inner) = &value.body {
            paths.extend(self::paths(inner).into_iter().map(|path| [vec![index], path].concat()));
        }
    }
    paths
}

fn drawn<'a>(values: &'a mut Vec<Value>, draw: &mut Draw) -> &'a mut Value {
    let (siblings, at) = place(values, draw);
    &mut siblings[at]
}

fn drop(values: &mut Vec<Value>, draw: &mut Draw) {
    let (siblings, at) = place(values, draw);
    siblings.remove(at);
}

fn double(values: &mut Vec<Value>, draw: &mut Draw) {
    let (siblings, at) = place(values, draw);
    siblings.insert(at, siblings[at].clone());
}

fn swap(values: &mut Vec<Value>, draw: &mut Draw) {
    let (siblings, at) = place(values, draw);
    let other = draw.below(siblings.len());
    siblings.swap(at, other);
}

fn retag(values: &mut Vec<Value>, draw: &mut Draw) {
    drawn(values, draw).tag = draw.pick(dictionary::TAGS);
}

fn lengthen(values: &mut Vec<Value>, draw: &mut Draw) {
    drawn(values, draw).length = draw.pick(&[Length::Padded, Length::Indefinite, Length::OneLess, Length::OneMore]);
}

fn change_content(values: &mut Vec<Value>, draw: &mut Draw) {
    let value = drawn(values, draw);
    let mut content = value.content();
    draw.pick(CHANGES_OF_OCTETS)(&mut content, draw);
    value.body = Body::Octets(content);
}

/// Puts in what the dictionary has for this type of value.
fn look_up(values: &mut Vec<Value>, draw: &mut Draw) {
    let value = drawn(values, draw);
    let (tag, content) = dictionary::instead_of(value.tag, draw);
    *value = Value::new(tag, content);
}

/// Puts a copy of another value in the place of one.
fn transplant(values: &mut Vec<Value>, draw: &mut Draw) {
    let copy = drawn(values, draw).clone();
    *drawn(values, draw) = copy;
}

/// Puts in one value more.
fn put_in(values: &mut Vec<Value>, draw: &mut Draw) {
    let (siblings, at) = place(values, draw);
    let more = read(draw.pick(dictionary::WHOLE)).expect("the dictionary holds DER");
    siblings.splice(at..at, more);
}

fn wrap(values: &mut Vec<Value>, draw: &mut Draw) {
    let value = drawn(values, draw);
    let tag = draw.pick(&[0x30, 0x31, 0xa0, 0xa1, 0xa3, 0x04, 0x24]);
    *value = Value { tag, lead: Vec::new(), body: Body::Values(vec![value.clone()]), length: Length::Shortest };
}

fn unwrap(values: &mut Vec<Value>, draw: &mut Draw) {
    let (siblings, at) = place(values, draw);
    if let Body::Values(inner) = siblings[at].body.clone() {
        siblings.splice(at..=at, inner);
    }
}
