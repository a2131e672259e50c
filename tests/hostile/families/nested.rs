//! Texts in which something is nested, or of which the parts have to do with each other.

use super::values;

type Make = fn(usize) -> Vec<u8>;

pub(super) const TEXTS: &[(&str, Make)] = &[
    ("references in references", |size| [b"&".to_vec(), b"amp;".repeat(size / 4)].concat()),
    ("percent signs in percent signs", |size| [b"%".to_vec(), b"25".repeat(size / 2)].concat()),
    ("equals signs in equals signs", |size| [b"=".to_vec(), b"3D".repeat(size / 2)].concat()),
    ("eight layers of escapes", |size| layers(size, 8, |text| text.replace('\\', "\\\\").replace('\n', "\\n"))),
    ("eight layers of references", |size| layers(size, 8, |text| text.replace('&', "&amp;").replace('\n', "&#10;"))),
    ("eight layers of JSON", |size| layers(size, 8, |text| format!("\"{}\"", escaped(text)))),
    ("eight layers of base64", |size| layers(size, 8, |text| base64(text.as_bytes()))),
    ("nine layers of base64", |size| layers(size, 9, |text| base64(text.as_bytes()))),
    ("eight layers of quoted lines", |size| {
        layers(size, 8, |text| text.lines().map(|line| format!("> {line}\n")).collect())
    }),
    ("layers of all kinds", |size| {
        let all = |text: &str| base64(escaped(text).replace('&', "&amp;").as_bytes());
        layers(size, 3, all)
    }),
    ("base64 of base64 of dashes", |size| base64(base64(&b"-".repeat(size / 2)).as_bytes()).into_bytes()),
    ("short texts in base64", |size| lines(size, |_| base64(b"-----BEGIN CERTIFICATE-----\nMIID"))),
    ("brackets to the end", |size| [b"[".repeat(size / 2), b"]".repeat(size / 2)].concat()),
    ("elements to the end", |size| [b"<a>".repeat(size / 7), b"</a>".repeat(size / 7)].concat()),
    ("quote marks on quote marks", |size| lines(size, |line| format!("{}M", ">".repeat(line % 512)))),
    ("growing lines", |size| lines(size, |line| "M".repeat(line % 1024))),
    ("labels that differ", |size| {
        lines(size, |line| format!("-----BEGIN L{line}-----\nMIIDXTCCAkWgAwIBAgIUQ\n-----END K{line}-----"))
    }),
    ("UTF-16", |size| utf_16(&certificates(size / 2))),
    ("UTF-32", |size| certificates(size / 4).chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
    ("one column", |size| certificates(size / 2).bytes().flat_map(|byte| [byte, b'\n']).collect()),
    ("blanks between letters", |size| certificates(size / 2).bytes().flat_map(|byte| [byte, b' ']).collect()),
    ("escaped certificates", |size| certificates(size).replace('\n', "\\n").into_bytes()),
    ("percent-encoded certificates", |size| certificates(size).replace('+', "%2B").replace('\n', "%0A").into_bytes()),
    ("quoted-printable certificates", |size| {
        certificates(size).replace('=', "=3D").replace('\n', "=0A=\n").into_bytes()
    }),
    ("url-safe certificates", |size| certificates(size).replace('+', "-").replace('/', "_").into_bytes()),
    ("references in certificates", |size| certificates(size).replace('\n', "&#13;&#10;").into_bytes()),
    ("metadata", |size| {
        lines(size, |line| format!("<X509Data><ds:X509Certificate>{}</ds:X509Certificate></X509Data>", body(line)))
    }),
    ("key set", |size| {
        [b"{\"keys\":[".to_vec(), lines(size, |line| format!("{{\"x5c\":[\"{}\"]}},", body(line)))].concat()
    }),
    ("numbered certificates", |size| {
        let number = |(number, line): (usize, &str)| format!("{number:6}\t{line}\n");
        certificates(size).lines().enumerate().map(number).collect::<String>().into_bytes()
    }),
    ("hex dumps of certificates", |size| hex(&values::certificate(1, &[]), size)),
    ("certificates in octet strings", |size| {
        lines(size, |line| base64(&values::tlv(4, &values::certificate(line, &[]))))
    }),
    ("the digits of a certificate in one row", |size| {
        hex(&values::certificate(1, &[]), size * 3 / 2).into_iter().filter(u8::is_ascii_hexdigit).collect()
    }),
    ("certificates without lines", |size| lines(size, body)),
    ("certificates glued together", |size| (0..size / 300).map(body).collect::<String>().into_bytes()),
    ("the same certificate", |size| pem("CERTIFICATE", &values::certificate(1, &[])).repeat(size / 300).into_bytes()),
    ("a character lost in each line", |size| certificates(size).replace("A\n", "\n").replace("B\n", "\n").into_bytes()),
    ("lines twice", |size| {
        certificates(size).lines().flat_map(|line| [line, "\n", line, "\n"]).collect::<String>().into_bytes()
    }),
    ("one long damaged item", |size| {
        let der = values::certificate(1, &values::extensions(60_000));
        let damaged = pem("CERTIFICATE", &der).replacen("A\n", "A!\n", 3);
        damaged.repeat(size / damaged.len() + 1).into_bytes()
    }),
    ("equal lines in a damaged item", |size| {
        let der = values::certificate(1, &values::extension(1, &[0; 60_000]));
        let doubled = pem("CERTIFICATE", &der).replacen("AAAA\n", "AAA\n", 1);
        doubled.repeat(size / doubled.len() + 1).into_bytes()
    }),
];

/// A text in layers that a function adds: as much of it as fits into the size.
fn layers(size: usize, count: usize, wrap: impl Fn(&str) -> String) -> Vec<u8> {
    let wrapped = |length| (0..count).fold(certificates(length), |text, _| wrap(&text)).into_bytes();
    const SAMPLE: usize = 8000;
    wrapped(size * SAMPLE / wrapped(SAMPLE).len())
}

fn lines(size: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&line(number));
        text.push('\n');
    }
    text.into_bytes()
}

/// Small certificates in PEM, each another.
fn certificates(size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&pem("CERTIFICATE", &values::certificate(number, &[])));
    }
    text
}

fn body(number: usize) -> String {
    base64(&values::certificate(number, &[]))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn hex(der: &[u8], size: usize) -> Vec<u8> {
    let dump = der.iter().map(|byte| format!("{byte:02x}:")).collect::<String>();
    format!("{dump}\n").repeat(size / dump.len() + 1).into_bytes()
}

/// A block of PEM.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let characters = base64(der);
    let lines = characters.as_bytes().chunks(64).map(|line| format!("{}\n", String::from_utf8_lossy(line)));
    format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", lines.collect::<String>())
}

pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, index| bits << 8 | usize::from(group.get(index).copied().unwrap_or(0)));
        for index in 0..4 {
            let character = ALPHABET[bits >> (18 - 6 * index) & 63];
            text.push(if index <= group.len() { char::from(character) } else { '=' });
        }
    }
    text
}
