//! Content of other formats, which is recognised by how its bytes or its text begin, and refused by name.

use super::base64::{decode, from_url_safe, is_any_base64};
use super::fault::{OtherKind, TextFault};
use super::line::is_one_line;
use super::mask::{has_row_of_x, mask_at, masked_beginning};
use super::space::{is_space, leading_space};
use super::text::Text;
use crate::tlv::SEQUENCE;
use core::ops::Range;
use zeroize::Zeroizing;

/// How many bytes of a text or file count as its beginning.
const WINDOW: usize = 4096;

/// The known format other than DER that begins with these bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<TextFault> {
    /// PKCS#7 of indefinite length, which is BER: SEQUENCE, then the OID 1.2.840.113549.1.7 and one arc more.
    const PKCS7_BER: &[u8] = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07";
    let kind = match bytes {
        [0x1f, 0x8b, 0x08, ..] => OtherKind::Gzip,
        [b'P', b'K', 3, 4, ..] if is_office(bytes) => OtherKind::Office,
        // The second form is an archive without files.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => OtherKind::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => OtherKind::Office,
        [b'{', b'\\', b'r', b't', b'f', ..] => OtherKind::Office,
        _ if is_pdf(bytes) => OtherKind::Pdf,
        _ if bytes.starts_with(PKCS7_BER) => OtherKind::Pkcs7,
        _ => return is_replaced(bytes).then_some(TextFault::MangledBinary),
    };
    Some(TextFault::Other(kind))
}

/// Returns true for a PDF; editors put a byte order mark and blanks before its first bytes, and PDF readers accept that.
fn is_pdf(bytes: &[u8]) -> bool {
    let text = bytes.get(..WINDOW.min(bytes.len())).unwrap_or_default();
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start().starts_with(b"%PDF-")
}

/// Returns true for a zip archive that begins with the files of a document: Office Open XML or `OpenDocument`.
fn is_office(zip: &[u8]) -> bool {
    const PARTS: [&[u8]; 6] =
        [b"[Content_Types].xml", b"_rels/.rels", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd."];
    let first = zip.get(..WINDOW.min(zip.len())).unwrap_or_default();
    PARTS.iter().any(|part| memchr::memmem::find(first, part).is_some())
}

/// Returns true for DER that a program took for text, so that its bytes over 0x7f were replaced: by U+FFFD, by a question
/// mark, or by the UTF-8 of the characters that Latin-1 and Windows-1252 have in their place.
fn is_replaced(bytes: &[u8]) -> bool {
    /// What 0x81 and 0x82 became, which say how long the length is.
    const LENGTHS: [&str; 5] = ["\u{fffd}", "?", "\u{81}", "\u{82}", "\u{201a}"];
    const SAMPLE: usize = 64;
    let [SEQUENCE, content @ ..] = bytes else { return false };
    let is_length = LENGTHS.iter().any(|length| content.starts_with(length.as_bytes()));
    let is_control = |byte: &&u8| byte.is_ascii_control() && !is_space(**byte);
    // Tags and lengths are control characters, which no text has.
    is_length && content.iter().take(SAMPLE).filter(is_control).count() >= 3
}

/// The known format other than DER that this base64 begins.
pub(crate) fn of_base64(characters: &[u8]) -> Option<TextFault> {
    const SAMPLE: usize = 256;
    const OPENSSH_PRIVATE: &[u8] = b"openssh-key-v"; // PROTOCOL.key of OpenSSH
    // Nearly every body begins so: it is DER of more than 127 bytes. Only PKCS#7 may be BER.
    if characters.starts_with(b"MI") && !characters.starts_with(b"MIAG") {
        return None;
    }
    let whole = characters.len().min(SAMPLE);
    let groups = whole.saturating_sub(whole.checked_rem(4)?);
    let first = decode(characters.get(..groups)?, true)?;
    if first.starts_with(OPENSSH_PRIVATE) {
        Some(TextFault::Other(OtherKind::OpensshKey))
    } else if is_ssh_key(&first) {
        Some(TextFault::Other(OtherKind::SshKey))
    } else {
        of_bytes(&first)
    }
}

/// Returns true if nothing but the base64 of the file follows: an SSH key has a name behind it, and PKCS#7 has items inside.
pub(crate) fn is_file(fault: TextFault) -> bool {
    !matches!(fault, TextFault::Other(OtherKind::SshKey | OtherKind::Pkcs7))
}

/// Returns true for bytes that begin with the length and name of an SSH algorithm (RFC 4253, section 6.6).
fn is_ssh_key(bytes: &[u8]) -> bool {
    const NAMES: [&[u8]; 4] = [b"ssh-", b"ecdsa-", b"sk-ssh-", b"sk-ecdsa-"];
    let Some((&[0, 0, 0, _], name)) = bytes.split_first_chunk::<4>() else { return false };
    NAMES.iter().any(|known| name.starts_with(known))
}

/// What a paste is as a whole, if nothing was found in it.
pub(crate) fn of_paste(paste: &[u8]) -> Option<TextFault> {
    let mut text = Text::new(paste, 0);
    // Unwrapping would take an escape out of the path `C:\new.pem`.
    super::decode::decode(&mut text);
    of_text(text.bytes())
}

/// What a text is as a whole, if nothing was found in it.
pub(crate) fn of_text(text: &[u8]) -> Option<TextFault> {
    let alone = text.trim_ascii();
    let alone = trimmed(alone, |byte| matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b',' | b';'));
    if is_html(text) {
        Some(TextFault::Other(OtherKind::HtmlPage))
    } else if is_url(alone) {
        Some(TextFault::Other(OtherKind::Url))
    } else if is_path(alone) {
        Some(TextFault::Other(OtherKind::Path))
    } else if find_jwt(text) {
        Some(TextFault::Other(OtherKind::Jwt))
    } else {
        let is_masked = masked_beginning(text) || masked_element(text) || masked_string(text) || has_row_of_x(text);
        is_masked.then_some(TextFault::Masked)
    }
}

fn trimmed(bytes: &[u8], is_wrapping: fn(u8) -> bool) -> &[u8] {
    let start = bytes.iter().position(|byte| !is_wrapping(*byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_wrapping(*byte)).map_or(start, |last| last.saturating_add(1));
    bytes.get(start..end).unwrap_or_default().trim_ascii()
}

/// Returns true for a web page, also behind the header lines of a server's answer.
fn is_html(text: &[u8]) -> bool {
    let text = trimmed(text.trim_ascii_start(), |byte| matches!(byte, b'"' | b'\'' | b'`'));
    let first = text.get(..WINDOW.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&first, tag).is_some();
    // What a page may begin with that has no `<html>`.
    const TAGS: [&[u8]; 7] = [b"<head>", b"<body", b"<title>", b"<h1", b"<meta ", b"<script", b"<center>"];
    (first.starts_with(b"<") || first.starts_with(b"http/"))
        && (has(b"<!doctype html") || has(b"<html") || TAGS.iter().any(|tag| first.starts_with(tag)))
}

/// Returns true for an absolute URL (RFC 3986, section 3) with an authority, or a URN.
fn is_url(text: &[u8]) -> bool {
    let is_scheme = |scheme: &[u8]| {
        scheme.first().is_some_and(u8::is_ascii_alphabetic)
            && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    let colon = memchr::memchr(b':', text.get(..WINDOW.min(text.len())).unwrap_or_default());
    let Some((scheme, rest)) = colon.and_then(|colon| text.split_at_checked(colon)) else { return false };
    let is_urn = scheme.eq_ignore_ascii_case(b"urn") && rest.len() > 1;
    let has_authority = is_scheme(scheme) && rest.starts_with(b"://") && rest.len() > 3;
    text.len() <= WINDOW && (is_urn || has_authority) && !text.iter().any(u8::is_ascii_whitespace)
}

/// Returns true for one line that begins as a path of Unix or Windows does, or ends as the name of a certificate or key file
/// does.
fn is_path(line: &[u8]) -> bool {
    /// The longest path of Windows.
    const LONGEST: usize = 260;
    const EXTENSIONS: [&[u8]; 18] = [
        b"pem", b"crt", b"cer", b"cert", b"der", b"key", b"p7b", b"p7c", b"p8", b"pk8", b"p12", b"pfx", b"jks", b"csr",
        b"xml", b"txt", b"zip", b"pub",
    ];
    /// A line of more words is a sentence.
    const MOST_WORDS: usize = 3;
    const STARTS: [&[u8]; 5] = [b"/", b"./", b"../", b"~/", b"\\\\"];
    if line.is_empty() || line.len() > LONGEST || !is_one_line(line) {
        return false;
    }
    let is_drive = matches!(line, [letter, b':', b'\\' | b'/', _, ..] if letter.is_ascii_alphabetic());
    let is_rooted =
        STARTS.iter().any(|start| line.starts_with(start) && line.get(start.len()).is_some_and(|next| *next != b' '));
    let mut parts = line.rsplitn(2, |byte| *byte == b'.');
    let (extension, stem) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let words = stem.split(|byte| *byte == b' ').count();
    let is_file = !stem.is_empty()
        && words <= MOST_WORDS
        && !stem.contains(&b',')
        && EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
    is_drive || is_rooted || is_file
}

/// The JSON Web Token around this place, or another JWS or JWE in compact form (RFC 7515, section 3.1).
pub(crate) fn jwt_around(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    /// The longest token; servers accept no longer header.
    const LONGEST: usize = 1 << 14;
    let is_part = |byte: &&u8| is_any_base64(**byte) || matches!(byte, b'.' | b'=');
    let before = bytes.get(at.saturating_sub(LONGEST)..at)?;
    let start = at.saturating_sub(before.iter().rev().take_while(is_part).count());
    let behind = bytes.get(at..)?.iter().take(LONGEST).take_while(is_part).count();
    let token = start..at.saturating_add(behind);
    let mut parts = bytes.get(token.clone())?.split(|byte| *byte == b'.');
    let is_header = parts.next().is_some_and(is_jose_header);
    (is_header && matches!(parts.count(), 2 | 4)).then_some(token)
}

/// Returns true for the base64url of a JSON object with the member `alg` (RFC 7515, section 4.1.1).
fn is_jose_header(part: &[u8]) -> bool {
    let characters = part.iter().filter(|byte| **byte != b'=');
    let standard: Zeroizing<Vec<u8>> =
        Zeroizing::new(characters.map(|byte| from_url_safe(*byte).unwrap_or(*byte)).collect());
    let Some(json) = decode(&standard, true) else { return false };
    json.trim_ascii_start().starts_with(b"{") && memchr::memmem::find(&json, b"\"alg\"").is_some()
}

/// Returns true if a text holds a token; one that is too short is not read as base64.
fn find_jwt(text: &[u8]) -> bool {
    /// Base64 of `{"`.
    const OBJECT: &[u8] = b"eyJ";
    const MOST_TRIED: usize = 16;
    memchr::memmem::find_iter(text, OBJECT).take(MOST_TRIED).any(|at| jwt_around(text, at).is_some())
}

/// Returns true if a string that should hold a certificate or key is a mask and nothing else: `"cert": "***"`.
fn masked_string(text: &[u8]) -> bool {
    const MOST_TRIED: usize = 1024;
    const NAME: usize = 40;
    const NAMES: [&[u8]; 4] = [b"cert", b"key", b"pem", b"x5"];
    memchr::memchr2_iter(b'"', b'\'', text).take(MOST_TRIED).any(|at| {
        let mask = mask_at(text, at.saturating_add(1)).filter(|mask| text.get(mask.end) == text.get(at));
        let name = text.get(at.saturating_sub(NAME)..at).unwrap_or_default().to_ascii_lowercase();
        mask.is_some() && NAMES.iter().any(|known| memchr::memmem::find(&name, known).is_some())
    })
}

/// Returns true if an XML element that should hold a certificate begins with a mask.
fn masked_element(text: &[u8]) -> bool {
    const END_OF_TAG: &[u8] = b"X509Certificate>";
    memchr::memmem::find_iter(text, END_OF_TAG).any(|at| {
        let start = at.saturating_add(END_OF_TAG.len());
        let blanks = leading_space(text.get(start..).unwrap_or_default());
        mask_at(text, start.saturating_add(blanks)).is_some()
    })
}
