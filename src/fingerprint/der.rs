//! Tells the DER of keys and certificates from digests: some keys are as long as a digest, and so are lines of longer ones.

/// Returns true for bytes that begin as a key or a certificate does. Fewer than one digest in 2^35 does.
pub(super) fn is_der(bytes: &[u8]) -> bool {
    sequence(bytes).is_some_and(|(_, content)| is_private_key(content) || is_wrapped(content))
}

/// The length in the header of a SEQUENCE, and what follows the header.
fn sequence(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [0x30, 0x82, high @ 1..=0xff, low, rest @ ..] => Some((usize::from(u16::from_be_bytes([*high, *low])), rest)),
        [0x30, 0x81, len @ 0x80..=0xff, rest @ ..] | [0x30, len @ 0..=0x7f, rest @ ..] => {
            Some((usize::from(*len), rest))
        }
        _ => None,
    }
}

/// Returns true for PKCS#8, PKCS#1 and SEC 1: a version (even one that does not exist), then a SEQUENCE, an INTEGER or an
/// OCTET STRING.
const fn is_private_key(content: &[u8]) -> bool {
    matches!(content, [2, 1, 0..=3, 0x30 | 2 | 4, ..])
}

/// Returns true for encrypted PKCS#8 and SPKI, which begin with an algorithm, and for certificates, which begin with their
/// version or serial number.
fn is_wrapped(content: &[u8]) -> bool {
    match sequence(content) {
        Some((_, [6, 3..=11, 0x2a | 0x2b | 0x55 | 0x60, ..] | [0xa0, 3, 2, 1, ..])) => true,
        Some((len, [2, 1..=21, ..])) => len > 0x7f,
        _ => false,
    }
}
