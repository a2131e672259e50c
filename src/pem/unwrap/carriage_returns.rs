//! The CR of line breaks LF CR, where a program put something at the beginning of each line: `> \r`.

use super::rewrite::rewrite_at;
use crate::pem::repair::RepairCode;
use crate::pem::text::Text;

/// The longest prefix of a line in bytes.
const LONGEST: usize = 80;

/// Returns true if at least three lines have a CR near their beginning, and none has one elsewhere. The last line may end in
/// one.
pub(super) fn is_there(bytes: &[u8]) -> bool {
    let mut lines = 0usize;
    let mut ends = 0usize;
    let mut last = 0usize;
    for at in memchr::memchr_iter(b'\r', bytes) {
        let line = bytes.get(last..at).unwrap_or_default();
        let prefix = memchr::memrchr(b'\n', line).and_then(|end| line.get(end.saturating_add(1)..));
        ends = ends.saturating_add(usize::from(bytes.get(at.saturating_add(1)) == Some(&b'\n')));
        if ends > 1 || !prefix.is_some_and(|prefix| (1..=LONGEST).contains(&prefix.len())) {
            return false;
        }
        lines = lines.saturating_add(1);
        last = at;
    }
    lines >= 3
}

pub(super) fn take_off(text: &mut Text<'_>) {
    rewrite_at(text, b'\r', |_| Some((1, None)), RepairCode::LineEndings);
}
