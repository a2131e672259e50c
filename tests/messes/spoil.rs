//! How people, programs and editors spoil a text.

use crate::made;

/// The base64 of a PEM, in one line.
pub(crate) fn body_of(pem: &str) -> String {
    pem.lines().filter(|line| !is_marker(line) && !is_remark(line)).collect::<Vec<_>>().concat()
}

/// Whether it is a header or comment inside a block.
fn is_remark(line: &str) -> bool {
    line.contains(['#', ':', '<'])
}

/// The body in another frame; a text without one stays as it is.
pub(super) fn framed(pem: &str, frame: impl Fn(&str) -> String) -> String {
    let body = body_of(pem);
    if body.starts_with("MI") { frame(&body) } else { pem.to_owned() }
}

/// Whether it is a BEGIN or END line.
pub(super) fn is_marker(line: &str) -> bool {
    line.contains("BEGIN ") || line.contains("END ")
}

/// In lines of this width.
pub(crate) fn wrapped(body: &str, width: usize) -> String {
    let characters: Vec<char> = body.chars().collect();
    let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join("\n")
}

/// With the BEGIN and END lines that it had, and a body that was changed as a whole.
pub(super) fn with_body(pem: &str, body: &str) -> String {
    let marker =
        |word: &str| pem.lines().find(|line| line.contains(word)).map_or(String::new(), |line| format!("{line}\n"));
    format!("{}{body}\n{}", marker("BEGIN "), marker("END "))
}

pub(crate) fn rewrapped(pem: &str, width: usize) -> String {
    with_body(pem, &wrapped(&body_of(pem), width))
}

pub(crate) fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    let line_break = if text.contains("\n\r") { "\n\r" } else { "\n" };
    text.split_terminator(line_break).map(|line| change(line.trim_end_matches('\r')) + line_break).collect()
}

pub(super) fn each_numbered_line(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    let number = std::cell::Cell::new(0);
    each_line(text, |line| change(number.replace(number.get() + 1) + 1, line))
}

/// The lines of the body alone.
pub(super) fn each_body_line(text: &str, change: impl Fn(&str) -> String) -> String {
    each_line(text, |line| if is_marker(line) { line.to_owned() } else { change(line) })
}

pub(super) fn without_lines(text: &str, word: &str) -> String {
    if text.lines().count() == 1 {
        return text.to_owned();
    }
    text.lines().filter(|line| !line.contains(&format!("{word} "))).collect::<Vec<_>>().join("\n")
}

/// The text after its second line.
pub(super) fn with_line_inside(text: &str, line: &str) -> String {
    text.replacen('\n', &format!("\n{line}\n"), 3).replacen(&format!("\n{line}\n"), "\n", 2)
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    <base64ct::Base64 as base64ct::Encoding>::encode_string(bytes)
}

/// The DER of a PEM in another notation; a text that is spoilt already stays as it is.
fn dumped(pem: &str, notation: impl Fn(&[u8]) -> String) -> String {
    let body = body_of(pem);
    if !body.starts_with("MI") {
        return pem.to_owned();
    }
    let der = <base64ct::Base64Unpadded as base64ct::Encoding>::decode_vec(body.trim_end_matches('='));
    der.map_or_else(|_| pem.to_owned(), |der| notation(&der))
}

/// The base64 of an OCTET STRING around the DER.
pub(super) fn octet_string(pem: &str) -> String {
    dumped(pem, |der| wrapped(&base64(&made::tlv(0x04, der)), 64))
}

/// Hexadecimal digits in lower case.
pub(super) fn hex(pem: &str) -> String {
    dumped(pem, |der| der.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// So many digits at a time.
pub(super) fn hex_lines(pem: &str, width: usize, separator: &str) -> String {
    let line = |bytes: &[u8]| octets(bytes).replace(' ', "");
    dumped(pem, |der| der.chunks(width / 2).map(line).collect::<Vec<_>>().join(separator))
}

/// As `xxd` prints it.
pub(super) fn xxd(pem: &str) -> String {
    let line = |(row, bytes): (usize, &[u8])| {
        let words: Vec<String> = bytes.chunks(2).map(octets).map(|word| word.replace(' ', "")).collect();
        format!("{:08x}: {:<39}  {}\n", row * 16, words.join(" "), printable(bytes))
    };
    dumped(pem, |der| der.chunks(16).enumerate().map(line).collect())
}

/// As `hexdump -C` prints it.
pub(super) fn hexdump(pem: &str) -> String {
    let line = |(row, bytes): (usize, &[u8])| {
        let (left, right) = bytes.split_at(bytes.len().min(8));
        format!("{:08x}  {:<23}  {:<23}  |{}|\n", row * 16, octets(left), octets(right), printable(bytes))
    };
    dumped(pem, |der| der.chunks(16).enumerate().map(line).collect::<String>() + &format!("{:08x}\n", der.len()))
}

fn octets(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn printable(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' }).collect()
}

/// As a list of bytes in C.
pub(super) fn c_array(pem: &str) -> String {
    let line = |bytes: &[u8]| bytes.iter().map(|byte| format!("0x{byte:02X}")).collect::<Vec<_>>().join(", ");
    dumped(pem, |der| {
        let lines: Vec<String> = der.chunks(12).map(line).collect();
        format!("static const unsigned char certificate[] = {{\n  {}\n}};\n", lines.join(",\n  "))
    })
}

/// A string of JSON.
pub(super) fn json(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|character| match character {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            control if control < ' ' => format!("\\u{:04x}", u32::from(control)),
            other => other.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// Each line as a string of its own.
pub(super) fn string_lines(text: &str, quote: char, line_break: &str, joined_by: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("{quote}{}{line_break}{quote}", line.replace(quote, &format!("\\{quote}"))))
        .collect();
    lines.join(joined_by)
}

/// RFC 2045, section 6.7.
pub(super) fn quoted_printable(text: &str) -> String {
    let encoded = each_line(text, |line| {
        let escaped: String = line
            .bytes()
            .map(|byte| match byte {
                b'=' | 0x7f.. => format!("={byte:02X}"),
                byte => char::from(byte).to_string(),
            })
            .collect();
        soft_wrapped(&escaped)
    });
    encoded.replace(" \n", "=20\n").replace('\n', "\r\n")
}

/// A soft break before the 76th character of a line, and none inside `=3D`.
fn soft_wrapped(line: &str) -> String {
    let mut rest = line;
    let mut lines = Vec::new();
    while rest.len() > 76 {
        let at = (73..=75).find(|at| rest[*at..].starts_with('=')).unwrap_or(75);
        lines.push(&rest[..at]);
        rest = &rest[at..];
    }
    lines.push(rest);
    lines.join("=\n")
}

/// RFC 3986, section 2.1, or `application/x-www-form-urlencoded` where a blank is a plus sign.
pub(super) fn percent(text: &str, blank: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b' ' => blank.to_owned(),
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// In a line with a long key, folded at 76 characters as LDIF is (RFC 2849).
pub(super) fn folded(line: &str) -> String {
    wrapped(line, 76).replace('\n', "\n ")
}
