//! HTML tags, `CDATA` marks and short comments. The elements of metadata are not a layer: they name their content.

use super::rewrite::Resolved;
use crate::pem::repair::RepairCode;
use crate::pem::run::{SHORTEST_RUN, run_end};
use crate::pem::text::{Step, Text};

pub(super) fn is_there(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b'<', b']', bytes).any(|at| bytes.get(at..).is_some_and(|rest| mark(rest).is_some()))
}

pub(super) fn take_off(text: &mut Text<'_>) {
    text.rewrite(|rest| match memchr::memchr2(b'<', b']', rest) {
        None => Step::Keep(rest.len()),
        Some(0) => match mark(rest) {
            Some((take, put)) => Step::Replace { take, put, repair: Some(RepairCode::Tags) },
            None => Step::Keep(1),
        },
        Some(before) => Step::Keep(before),
    });
}

/// Elements that begin on a line of their own.
const BLOCKS: &[&[u8]] = &[b"br", b"p", b"div", b"pre", b"li", b"tr", b"hr", b"body", b"html"];
/// Elements that stand within lines.
const INLINE: &[&[u8]] = &[
    b"a", b"b", b"i", b"u", b"s", b"tt", b"em", b"strong", b"code", b"span", b"font", b"wbr", b"td", b"mark", b"small",
];

/// The longest tag or comment in bytes.
const WINDOW: usize = 512;

fn mark(rest: &[u8]) -> Resolved {
    let window = rest.get(..WINDOW.min(rest.len()))?;
    match window {
        [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => Some((9, None)),
        [b']', b']', b'>', ..] => Some((3, None)),
        [b'<', b'!', b'-', b'-', ..] => comment(window),
        [b'<', tag @ ..] => element(tag),
        _ => None,
    }
}

/// A comment, unless it holds base64.
fn comment(window: &[u8]) -> Resolved {
    let end = memchr::memmem::find(window, b"-->")?.checked_add(3)?;
    let mut at = 0usize;
    while at < end {
        let run = run_end(window, at..end);
        if run.saturating_sub(at) >= SHORTEST_RUN {
            return None;
        }
        at = run.saturating_add(1);
    }
    Some((end, None))
}

fn element(tag: &[u8]) -> Resolved {
    let end = memchr::memchr2(b'>', b'<', tag).filter(|end| tag.get(*end) == Some(&b'>'))?;
    let inside = tag.get(..end)?;
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let (name, after) = name.split_at_checked(name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count())?;
    // Attributes follow blanks.
    matches!(after.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'/')).then_some(())?;
    let is_one_of = |names: &[&[u8]]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    // A data URL may hold the item.
    memchr::memmem::find(inside, b";base64,").is_none().then_some(())?;
    let take = end.checked_add(2)?;
    if is_one_of(BLOCKS) { Some((take, Some(b'\n'))) } else { is_one_of(INLINE).then_some((take, None)) }
}
