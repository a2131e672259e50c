//! The characters of base64 (RFC 4648, sections 4 and 5), and the blanks between them.

/// Without branches, so that it is compiled to a few steps for many bytes at a time.
pub(crate) const fn is_base64(byte: u8) -> bool {
    // From `/` to `9`, too.
    let is_digit = byte.wrapping_sub(b'/') < 11;
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    is_letter | is_digit | (byte == b'+')
}

/// The character of the usual alphabet for one of the URL-safe one (RFC 4648, section 5).
pub(crate) const fn usual(byte: u8) -> Option<u8> {
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
