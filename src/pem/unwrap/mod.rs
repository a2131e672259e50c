//! The layers around a text. Each is a small file with two functions: one that finds out whether the layer is there, and one
//! that takes it off in place.

mod carriage_returns;
mod escapes;
mod mail_quotes;
mod percent;
mod prefixes;
mod quoted_printable;
mod references;
mod rewrite;
mod strings;
mod tags;

use super::decode::drop_controls;
use super::text::Text;
use crate::limits::MAX_LAYERS;

/// Which layers are taken off. What looks like a layer may be content, so a text may be read again with fewer of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layers {
    All,
    /// All but those that encode characters in a way that may stand in a text by chance: `=20`, `%2B`.
    ButEncodings,
    None,
}

/// Takes off layers until none is left, and adds their number to `count`; returns false if there are more than the limit.
pub(crate) fn unwrap(text: &mut Text<'_>, which: Layers, count: &mut usize) -> bool {
    while let Some(is_within_limit) = take_off_one(text, which, count) {
        if !is_within_limit {
            return false;
        }
    }
    true
}

/// Takes off the first layer that is there; returns whether the limit allowed it, or `None` if there is no layer.
fn take_off_one(text: &mut Text<'_>, which: Layers, count: &mut usize) -> Option<bool> {
    which.layers().iter().find_map(|(is_there, take_off)| {
        let len = text.bytes().len();
        if !is_there(text.bytes()) {
            return None;
        }
        if *count >= MAX_LAYERS {
            return Some(false);
        }
        take_off(text);
        // A control character may have been encoded.
        drop_controls(text);
        // Taking off a layer makes the text shorter; else it was none.
        let is_taken = text.bytes().len() < len;
        *count = count.saturating_add(usize::from(is_taken));
        is_taken.then_some(true)
    })
}

type IsThere = fn(&[u8]) -> bool;
type TakeOff = fn(&mut Text<'_>);

/// First what encodes characters, then what stands at the beginning of lines, then what is inside lines.
const LAYERS: &[(IsThere, TakeOff)] = &[
    (quoted_printable::is_there, quoted_printable::take_off),
    (percent::is_there, percent::take_off),
    (references::is_there, references::take_off),
    (tags::is_there, tags::take_off),
    (carriage_returns::is_there, carriage_returns::take_off),
    (mail_quotes::is_there, mail_quotes::take_off),
    (prefixes::is_there, prefixes::take_off),
    (strings::is_there, strings::take_off),
    (escapes::is_there, escapes::take_off),
];

/// How many of [`LAYERS`] may encode characters by chance.
const ENCODINGS: usize = 2;

impl Layers {
    fn layers(self) -> &'static [(IsThere, TakeOff)] {
        match self {
            Self::All => LAYERS,
            Self::ButEncodings => LAYERS.get(ENCODINGS..).unwrap_or_default(),
            Self::None => &[],
        }
    }
}
