//! The base64 between two markers, or at a place of a text without any.

use super::repair::RepairCode;
use crate::secret::Wiped;
use crate::tlv;
use base64ct::Encoding as _;
use core::ops::Range;
use zeroize::Zeroizing;

/// RFC 7468, section 2: the width of every line but the last.
pub(crate) const LINE_WIDTH: usize = 64;

/// Without branches, so that it is compiled to a few steps for many bytes at a time.
pub(crate) const fn is_base64(byte: u8) -> bool {
    // From `/` to `9`, too.
    let is_digit = byte.wrapping_sub(b'/') < 11;
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    is_letter | is_digit | (byte == b'+')
}

/// How many bytes are looked at in a few steps.
const STRETCH: usize = 32;

/// An array has a length that the compiler knows.
fn is_base64_stretch(bytes: &[u8; STRETCH]) -> bool {
    bytes.iter().fold(0, |others, byte| others | u8::from(!is_base64(*byte))) == 0
}

fn is_all_base64(bytes: &[u8]) -> bool {
    count_base64(bytes) == bytes.len()
}

/// How many of the first bytes are base64.
pub(crate) fn count_base64(bytes: &[u8]) -> usize {
    let stretches = bytes.chunks_exact(STRETCH).filter_map(<[u8]>::first_chunk);
    let whole = stretches.take_while(|stretch| is_base64_stretch(stretch)).count().saturating_mul(STRETCH);
    whole.saturating_add(count_few_base64(bytes.get(whole..).unwrap_or_default()))
}

fn count_few_base64(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_base64(**byte)).count()
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
    pub(crate) characters: Wiped,
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
    let room = match extent {
        Extent::Whole => range.len(),
        Extent::Characters(count) => count.min(range.len()),
    };
    // All the room at once: growing would leave copies of a secret behind.
    let characters = Wiped::with_capacity(room);
    let mut body = Body { characters, range: range.start..range.start, ..Body::default() };
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
        let line_break = LineBreak::at(rest.get(len..).unwrap_or_default());
        lines.add(&mut body, line.clone(), before, line_break);
        at = line.end.saturating_add(line_break.len()).max(at.saturating_add(1));
    }
    lines.finish(&mut body);
    body
}

fn is_full(body: &Body, extent: Extent) -> bool {
    room(body, extent) == 0
}

/// How many characters more are wanted.
fn room(body: &Body, extent: Extent) -> usize {
    match extent {
        Extent::Whole => usize::MAX,
        Extent::Characters(count) => count.saturating_sub(body.characters.len()),
    }
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineBreak {
    /// The end of the text.
    #[default]
    None,
    Lf,
    CrLf,
    /// What programs that take a part of another line break for a whole one make of it.
    LfCr,
    CrCrLf,
    Cr,
}

impl LineBreak {
    /// The one that this text begins with.
    pub(crate) const fn at(text: &[u8]) -> Self {
        match text {
            [b'\r', b'\r', b'\n', ..] => Self::CrCrLf,
            [b'\r', b'\n', ..] => Self::CrLf,
            [b'\n', b'\r', ..] => Self::LfCr,
            [b'\r', ..] => Self::Cr,
            [b'\n', ..] => Self::Lf,
            _ => Self::None,
        }
    }

    /// How many bytes it has.
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Lf | Self::Cr => 1,
            Self::CrLf | Self::LfCr => 2,
            Self::CrCrLf => 3,
        }
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
    let start = line.start.saturating_add(text.len().saturating_sub(text.trim_ascii_start().len()));
    if trimmed.len() <= room(body, extent) && body.padding == 0 && is_all_base64(trimmed) {
        if !trimmed.is_empty() {
            body.take(trimmed, start);
        }
    } else {
        gather_characters(trimmed, start, extent, body);
    }
    body.note_blanks(text, trimmed, line.start);
}

/// One run of characters after the other, for a line that is not only base64.
fn gather_characters(line: &[u8], start: usize, extent: Extent, body: &mut Body) {
    let mut blanks: Option<usize> = None;
    let is_of_dashes = line.len() > 1 && line.iter().all(|byte| *byte == b'-');
    let is_separator = is_of_dashes || line.starts_with(b"---") || line.ends_with(b"---");
    let mut index = 0usize;
    while let Some(byte) = line.get(index) {
        let at = start.saturating_add(index);
        let here = at..at.saturating_add(1);
        index = index.saturating_add(1);
        match *byte {
            b'=' if !body.characters.is_empty() => {
                body.padding = body.padding.saturating_add(1);
                body.range.end = here.end;
            }
            _ if is_full(body, extent) => return,
            byte if is_base64(byte) && body.padding == 0 => {
                let run = line.get(index.saturating_sub(1)..).unwrap_or_default();
                let run = run.get(..count_few_base64(run).min(room(body, extent))).unwrap_or_default();
                body.take(run, at);
                index = index.saturating_add(run.len()).saturating_sub(1);
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

    /// Notes the blanks around the content of a line that begins at this place.
    pub(crate) fn note_blanks(&mut self, line: &[u8], content: &[u8], at: usize) {
        if content.len() < line.len() && !content.is_empty() {
            self.flaw(RepairCode::Blanks, at..at.saturating_add(line.len()));
        }
    }

    pub(crate) fn take(&mut self, characters: &[u8], at: usize) {
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
pub(crate) struct Lines {
    width: usize,
    seen: bool,
    uneven: bool,
    blank: Option<Range<usize>>,
    line_break: LineBreak,
}

impl Lines {
    pub(crate) fn add(&mut self, body: &mut Body, line: Range<usize>, before: usize, line_break: LineBreak) {
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
        if line_break != LineBreak::None && width > 0 {
            let mixed = self.line_break != LineBreak::None && self.line_break != line_break;
            if mixed || !matches!(line_break, LineBreak::Lf | LineBreak::CrLf) {
                body.flaw(RepairCode::LineEndings, line.end..line.end.saturating_add(line_break.len()));
            }
            if self.line_break == LineBreak::None {
                self.line_break = line_break;
            }
        }
    }

    pub(crate) fn finish(self, body: &mut Body) {
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
        let mut first = Zeroizing::new(*characters.first_chunk::<16>()?);
        let der = base64ct::Base64Unpadded::decode_in_place(first.as_mut_slice()).ok()?;
        // In a text, the tag of a SEQUENCE is the digit 0.
        let is_text = der.iter().all(|byte| byte.is_ascii_graphic() || is_space(*byte));
        if is_text { None } else { Self::of_der(der) }
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

/// Whether the value that these characters begin is secret, or may be.
pub(crate) fn may_be_secret(characters: &[u8]) -> bool {
    // Two SEQUENCEs whose lengths take more than one octet, as of nearly all certificates: `30 82 .. .. 30 82`.
    let is_certificate =
        matches!(characters, [b'M', b'I', b'I', _, _, b'D' | b'T' | b'j' | b'z', b'C', b'B' | b'C', ..]);
    !is_certificate && Head::of(characters).is_none_or(|head| head.is_secret)
}

/// The padding that so many characters need.
pub(crate) const fn padding_for(characters: usize) -> usize {
    match characters % 4 {
        2 => 2,
        3 => 1,
        _ => 0,
    }
}

/// Decodes base64 characters (no blanks, no padding); `None` if their number is impossible or unused bits are
/// not zero (RFC 4648, section 3.5).
pub(crate) fn decode(characters: &[u8], is_secret: bool) -> Option<Wiped> {
    let mut copy = Wiped::with_capacity(characters.len());
    copy.extend_from_slice(characters);
    decode_in_place(copy, is_secret)
}

/// As [`decode`], in the place of the characters.
pub(crate) fn decode_in_place(mut characters: Wiped, is_secret: bool) -> Option<Wiped> {
    let len = if is_secret {
        check_last_group(&characters)?;
        base64ct::Base64Unpadded::decode_in_place(&mut characters).ok()?.len()
    } else {
        base64_simd::STANDARD_NO_PAD.decode_inplace(&mut characters).ok()?.len()
    };
    characters.truncate(len);
    Some(characters)
}

/// Refuses unused bits that are not zero, which decoding in place does not look at.
fn check_last_group(characters: &[u8]) -> Option<()> {
    let whole = characters.len().checked_sub(characters.len() % 4)?;
    let mut bytes = Zeroizing::new([0u8; 3]);
    base64ct::Base64Unpadded::decode(characters.get(whole..)?, bytes.as_mut_slice()).ok().map(drop)
}
