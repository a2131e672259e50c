//! The base64 between two markers, or at a place of a text without any.

use super::repair::RepairCode;
use crate::tlv;
use core::ops::Range;
use zeroize::Zeroizing;

/// RFC 7468, section 2: the width of every line but the last.
pub(crate) const LINE_WIDTH: usize = 64;

pub(crate) const fn is_base64(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/')
}

/// The character of the usual alphabet for one of the URL-safe one (RFC 4648, section 5).
const fn usual(byte: u8) -> Option<u8> {
    match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        _ => None,
    }
}

/// Whether it is a character of one of the two alphabets.
pub(crate) const fn is_any_base64(byte: u8) -> bool {
    is_base64(byte) || usual(byte).is_some()
}

pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// The characters of a body, without blanks, line breaks and padding.
#[derive(Default)]
pub(crate) struct Body {
    /// Base64 characters only; they may spell a private key.
    pub(crate) characters: Zeroizing<Vec<u8>>,
    /// How many `=` follow.
    pub(crate) padding: usize,
    /// From the first character to the last, padding included.
    pub(crate) range: Range<usize>,
    /// The first byte that is no part of a body, where one stands before the end.
    pub(crate) stopped_at: Option<usize>,
    /// The first later line that begins a DER value too long to be a part of this one.
    pub(crate) second: Option<usize>,
    /// The first later line that begins a DER value which may be a part of this one, or another item.
    pub(crate) inner: Option<usize>,
    pub(crate) flaws: Vec<(RepairCode, Range<usize>)>,
}

/// How far to read.
#[derive(Clone, Copy)]
pub(crate) enum Extent {
    /// To the end of the range, or to a byte that is no part of a body.
    Whole,
    /// This many characters, and their padding. A line that begins a DER value of another item ends it, too.
    Characters(usize),
}

/// Reads base64 from a range of a text.
pub(crate) fn gather(bytes: &[u8], range: Range<usize>, extent: Extent) -> Body {
    let mut body = Body { range: range.start..range.start, ..Body::default() };
    let text = bytes.get(range.clone()).unwrap_or_default();
    let room = match extent {
        Extent::Whole => text.len(),
        Extent::Characters(count) => count.min(text.len()),
    };
    // All the room at once: growing would leave copies of a secret behind.
    body.characters.reserve_exact(room);
    let mut lines = Lines::default();
    let mut outer = None;
    let mut at = range.start;
    while at < range.end && body.stopped_at.is_none() && !is_full(&body, extent) {
        let rest = bytes.get(at..range.end).unwrap_or_default();
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = at..at.saturating_add(len);
        if let Some(head) = head_of_line(bytes, line.start, range.end) {
            if body.characters.is_empty() {
                outer = Some(head);
            } else if body.is_another(head, outer, line.start) && matches!(extent, Extent::Characters(_)) {
                break;
            }
        }
        let before = body.characters.len();
        if is_comment(bytes, &line) && before > 0 {
            body.flaw(RepairCode::Comments, line.clone());
        } else {
            gather_line(bytes, line.clone(), extent, &mut body);
        }
        let line_break = line_break_at(bytes, line.end, range.end);
        lines.add(&mut body, line.clone(), before, line_break);
        at = line.end.saturating_add(line_break.len()).max(at.saturating_add(1));
    }
    lines.finish(&mut body);
    body
}

fn is_full(body: &Body, extent: Extent) -> bool {
    matches!(extent, Extent::Characters(count) if body.characters.len() >= count)
}

fn line_break_at(bytes: &[u8], at: usize, end: usize) -> &[u8] {
    let rest = bytes.get(at..end).unwrap_or_default();
    match rest {
        [b'\r', b'\r', b'\n', ..] => rest.get(..3).unwrap_or_default(),
        [b'\r', b'\n', ..] | [b'\n', b'\r', ..] => rest.get(..2).unwrap_or_default(),
        [b'\r' | b'\n', ..] => rest.get(..1).unwrap_or_default(),
        _ => &[],
    }
}

/// Whether it is a line that a person or tool wrote between those of the body.
pub(crate) fn is_comment(bytes: &[u8], line: &Range<usize>) -> bool {
    let text = bytes.get(line.clone()).unwrap_or_default().trim_ascii_start();
    matches!(text.first(), Some(b'#' | b';'))
}

/// The DER value of a kind that is read which begins with this line.
fn head_of_line(bytes: &[u8], at: usize, end: usize) -> Option<Head> {
    let line = bytes.get(at..end)?;
    let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = at.checked_add(blanks)?;
    Head::at(bytes, start, end)
}

fn gather_line(bytes: &[u8], line: Range<usize>, extent: Extent, body: &mut Body) {
    let text = bytes.get(line.clone()).unwrap_or_default();
    let trimmed = text.trim_ascii();
    let room = match extent {
        Extent::Whole => trimmed.len(),
        Extent::Characters(count) => count.saturating_sub(body.characters.len()),
    };
    let start = line.start.saturating_add(text.len().saturating_sub(text.trim_ascii_start().len()));
    if trimmed.len() <= room && body.padding == 0 && trimmed.iter().all(|byte| is_base64(*byte)) {
        if !trimmed.is_empty() {
            body.take(trimmed, start);
        }
    } else {
        gather_characters(trimmed, start, extent, body);
    }
    if trimmed.len() < text.len() && !trimmed.is_empty() {
        body.flaw(RepairCode::Blanks, line);
    }
}

/// One character after the other, for a line that is not only base64.
fn gather_characters(line: &[u8], start: usize, extent: Extent, body: &mut Body) {
    let mut blanks: Option<usize> = None;
    let is_of_dashes = line.len() > 1 && line.iter().all(|byte| *byte == b'-');
    let is_separator = is_of_dashes || line.starts_with(b"---") || line.ends_with(b"---");
    for (index, byte) in line.iter().enumerate() {
        let at = start.saturating_add(index);
        let here = at..at.saturating_add(1);
        match *byte {
            b'=' if !body.characters.is_empty() => {
                body.padding = body.padding.saturating_add(1);
                body.range.end = here.end;
            }
            _ if is_full(body, extent) => return,
            byte if is_base64(byte) && body.padding == 0 => {
                body.take(&[byte], at);
                if let Some(blank) = blanks.take() {
                    body.flaw(RepairCode::Blanks, blank..at);
                }
            }
            byte if is_space(byte) => {
                blanks.get_or_insert(at);
            }
            // The quote mark of a mail, of a line that was joined to the one before it.
            b'>' => body.flaw(RepairCode::MailQuotes, here),
            byte => match usual(byte).filter(|_| body.padding == 0 && !is_separator) {
                Some(character) => {
                    body.take(&[character], at);
                    body.flaw(RepairCode::UrlSafe, here);
                }
                None => {
                    body.stopped_at = Some(at);
                    return;
                }
            },
        }
    }
}

impl Body {
    /// Whether a later line begins another item: its value does not fit into what is left of this one.
    fn is_another(&mut self, head: Head, outer: Option<Head>, at: usize) -> bool {
        let end = self.characters.len().saturating_add(head.characters());
        // Rounding to whole characters makes a part seem longer by one at most.
        let is_part = outer.is_some_and(|outer| end <= outer.characters().saturating_add(1));
        if is_part {
            self.inner.get_or_insert(at);
        } else {
            self.second.get_or_insert(at);
        }
        !is_part
    }

    fn take(&mut self, characters: &[u8], at: usize) {
        if self.characters.is_empty() {
            self.range.start = at;
        }
        self.characters.extend_from_slice(characters);
        self.range.end = at.saturating_add(characters.len());
    }

    pub(crate) fn flaw(&mut self, code: RepairCode, range: Range<usize>) {
        match self.flaws.iter_mut().find(|(known, _)| *known == code) {
            Some((_, place)) => place.end = place.end.max(range.end),
            None => self.flaws.push((code, range)),
        }
    }
}

/// What the lines of a body looked like.
#[derive(Default)]
struct Lines {
    width: usize,
    seen: bool,
    uneven: bool,
    blank: Option<Range<usize>>,
    line_break: Option<Vec<u8>>,
}

impl Lines {
    fn add(&mut self, body: &mut Body, line: Range<usize>, before: usize, line_break: &[u8]) {
        let width = body.characters.len().saturating_sub(before);
        if width == 0 {
            // Blank lines count only between lines with content.
            if before > 0 && body.padding == 0 && body.stopped_at.is_none() {
                self.blank.get_or_insert(line.clone());
            }
        } else {
            self.uneven |= self.seen && self.width != LINE_WIDTH;
            self.seen = true;
            self.width = width;
            if let Some(blank) = self.blank.take() {
                body.flaw(RepairCode::BlankLines, blank.start..line.start);
            }
        }
        if !line_break.is_empty() && width > 0 {
            let mixed = self.line_break.as_deref().is_some_and(|known| known != line_break);
            if mixed || !matches!(line_break, b"\n" | b"\r\n") {
                body.flaw(RepairCode::LineEndings, line.end..line.end.saturating_add(line_break.len()));
            }
            self.line_break.get_or_insert_with(|| line_break.to_vec());
        }
    }

    fn finish(self, body: &mut Body) {
        if self.uneven || self.width > LINE_WIDTH {
            let range = body.range.clone();
            body.flaw(RepairCode::LineWidth, range);
        }
    }
}

/// The beginning of a DER value of a kind that is read: how long it is, and whether it is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The length of the whole value in bytes.
    pub(crate) total: usize,
    /// SEQUENCE, INTEGER begins a private key; SEQUENCE, SEQUENCE does not.
    pub(crate) is_secret: bool,
}

/// Shorter values are taken for chance.
const SHORTEST_ITEM: usize = 32;

impl Head {
    /// The head of the value whose base64 begins here.
    pub(crate) fn at(bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        const WINDOW: usize = 256;
        // Every DER SEQUENCE begins with this character.
        bytes.get(at).filter(|first| **first == b'M')?;
        let end = end.min(at.saturating_add(WINDOW));
        let mut first = Zeroizing::new([0u8; 16]);
        let mut count = 0usize;
        let characters = bytes.get(at..end)?.iter().filter(|byte| !is_space(**byte));
        let characters = characters.take_while(|byte| is_any_base64(**byte));
        for (slot, byte) in first.iter_mut().zip(characters) {
            *slot = usual(*byte).unwrap_or(*byte);
            count = count.saturating_add(1);
        }
        Self::of(first.get(..count)?)
    }

    /// The head of the value that these base64 characters begin.
    pub(crate) fn of(characters: &[u8]) -> Option<Self> {
        let whole_groups = characters.get(..16)?;
        let mut der = Zeroizing::new([0u8; 12]);
        <base64ct::Base64Unpadded as base64ct::Encoding>::decode(whole_groups, der.as_mut_slice()).ok()?;
        // In a text, the tag of a SEQUENCE is the digit 0.
        let is_text = der.iter().all(|byte| byte.is_ascii_graphic() || is_space(*byte));
        if is_text { None } else { Self::of_der(der.as_slice()) }
    }

    /// The head of a value of any kind, if these characters spell it whole.
    pub(crate) fn of_whole(characters: &[u8]) -> Option<Self> {
        let der = decode(characters, true)?;
        tlv::check(&der).ok()?;
        Some(Self { total: der.len(), is_secret: true })
    }

    /// The head of a value of which the first bytes are given.
    pub(crate) fn of_der(der: &[u8]) -> Option<Self> {
        let (tag, header, length) = tlv::read_header(der).ok()?;
        let total = header.checked_add(length)?;
        let content = der.get(header..)?;
        let is_secret = match content {
            [tlv::INTEGER, 1, 0 | 1 | 3, ..] => true,
            [tlv::SEQUENCE | tlv::OID, ..] => {
                let (_, inner_header, inner_length) = tlv::read_header(content).ok()?;
                (inner_header.checked_add(inner_length)? <= length).then_some(false)?
            }
            // The two numbers of a PKCS#1 public key.
            [tlv::INTEGER, 0x81 | 0x82, ..] => false,
            _ => return None,
        };
        (tag == tlv::SEQUENCE && total >= SHORTEST_ITEM).then_some(Self { total, is_secret })
    }

    /// How many base64 characters the value has.
    pub(crate) const fn characters(self) -> usize {
        self.total.saturating_mul(4).div_ceil(3)
    }
}

/// Decodes base64 characters (no blanks, no padding); `None` if their number is impossible or unused bits are
/// not zero (RFC 4648, section 3.5).
pub(crate) fn decode(characters: &[u8], is_secret: bool) -> Option<Zeroizing<Vec<u8>>> {
    let len = characters.len().checked_mul(3)?.checked_div(4)?;
    if is_secret {
        let mut der = Zeroizing::new(vec![0u8; len]);
        <base64ct::Base64Unpadded as base64ct::Encoding>::decode(characters, &mut der).ok()?;
        Some(der)
    } else {
        base64_simd::STANDARD_NO_PAD.decode_to_vec(characters).ok().map(Zeroizing::new)
    }
}
