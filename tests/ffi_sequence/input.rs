//! Choices and texts from any bytes.

use std::ptr;

/// 2027-01-01, when the pairs are valid.
pub(super) const BEGIN: i64 = 1_798_761_600;

const MOMENTS: [i64; 8] = [BEGIN, BEGIN + 1, BEGIN + 86_400, BEGIN + 90_000_000, 0, -1, i64::MIN, i64::MAX];

pub(super) const PAIRS: [&[u8]; 3] = [
    include_bytes!("../data/pool/a.pem"),
    include_bytes!("../data/pool/b.pem"),
    include_bytes!("../data/texts/pair.pem"),
];

pub(super) const ENTITIES: [&str; 3] = ["https://shop.example", "https://mail.example", "https://wiki.example"];

/// Texts and bytes for every argument.
const TEXTS: [&[u8]; 22] = [
    include_bytes!("../data/pool/c.pem"),
    include_bytes!("../data/pool/a-renewed.pem"),
    include_bytes!("../data/texts/mail-quoted.txt"),
    include_bytes!("../data/texts/twice.json"),
    include_bytes!("../data/certificates/p256.der"),
    include_bytes!("../data/certificates/p256.pem"),
    include_bytes!("../data/keys/p256.der"),
    include_bytes!("../data/keys/p256.pem"),
    include_bytes!("../data/keys/ed25519.pem"),
    include_bytes!("../data/keys/encrypted/proc-type-p256-aes128.pem"),
    include_bytes!("../data/keys/encrypted/pbkdf2-100000.pem"),
    b"correct horse",
    b"idp.example.org",
    b"https://shop.example",
    b"Example",
    b"DE",
    b"https://sso.example.org/apps/{id}",
    b"21:57:0E:C8:1C:ED:43:A8:59:B5:E3:D0:7C:FA:BF:0C:E9:69:BA:73:F5:9C:F5:12:87:19:77:F8:92:C7:42:F2",
    b"{\"events\":[]}",
    b"a\x00b\x1b[2J\r\n",
    b"\xff\xfe\x00 not UTF-8 \xc3",
    b"https://\xe2\x80\xae.example",
];

pub(super) struct Input<'a> {
    rest: &'a [u8],
}

/// A pointer and a length, which may be a lie.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) data: *const u8,
    pub(super) len: usize,
    pub(super) is_hostile: bool,
}

impl Text {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { data: bytes.as_ptr(), len: bytes.len(), is_hostile: false }
    }

    const fn lie(data: *const u8, len: usize) -> Self {
        Self { data, len, is_hostile: true }
    }
}

impl<'a> Input<'a> {
    /// No run is longer than this.
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { rest: &data[..data.len().min(800)] }
    }

    pub(super) fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        *first
    }

    /// Once in so many times.
    pub(super) fn once_in(&mut self, times: u8) -> bool {
        self.byte() % times == times - 1
    }

    /// A selector, mostly one that is known.
    pub(super) fn selector(&mut self) -> u32 {
        match self.byte() {
            255 => u32::MAX,
            254 => 1 << 31,
            other => u32::from(other % 12),
        }
    }

    pub(super) fn index(&mut self) -> usize {
        if self.once_in(16) { usize::MAX } else { usize::from(self.byte() % 4) }
    }

    pub(super) fn moment(&mut self) -> i64 {
        let choice = usize::from(self.byte());
        if choice < 128 { BEGIN } else { MOMENTS[choice % MOMENTS.len()] }
    }

    pub(super) fn text(&mut self) -> Text {
        match self.byte() {
            0 => Text::lie(ptr::null(), 1),
            1 => Text::lie(ptr::null(), usize::MAX),
            2 => Text::lie(self.rest.as_ptr(), usize::MAX),
            3 => Text::lie(self.rest.as_ptr(), usize::MAX / 2 + 1),
            4 => Text { data: ptr::null(), len: 0, is_hostile: false },
            5..32 => {
                let len = usize::from(self.byte()).min(self.rest.len());
                let (text, rest) = self.rest.split_at(len);
                self.rest = rest;
                Text::of(text)
            }
            32..96 => Text::of(PAIRS[usize::from(self.byte()) % PAIRS.len()]),
            other => Text::of(TEXTS[usize::from(other) % TEXTS.len()]),
        }
    }

    /// Mostly a good one.
    pub(super) fn actor(&mut self) -> Text {
        if self.once_in(16) { self.text() } else { Text::of(b"alice") }
    }

    pub(super) fn entity(&mut self) -> Text {
        if self.once_in(16) { self.text() } else { Text::of(ENTITIES[usize::from(self.byte()) % 3].as_bytes()) }
    }
}
