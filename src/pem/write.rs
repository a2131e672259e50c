//! Writes DER in each of the forms that other programs want, most of them strict PEM (RFC 7468).

use super::label::Label;
use pem_rfc7468::LineEnding;
use zeroize::Zeroizing;

/// A form in which an item can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Strict PEM of RFC 7468, section 2: 64 columns, each line ended by LF.
    Pem,
    /// Strict PEM, each line ended by CRLF.
    PemCrlf,
    /// The base64 of the DER in one line, without BEGIN and END.
    Base64,
    /// Strict PEM in one line, each line break written as the two characters `\n`.
    Escaped,
    /// The base64 of the strict PEM, in one line.
    Base64Pem,
    /// The DER itself.
    Der,
    /// The text of an `X509Certificate` element (XML Signature, section 4.5.4): base64 in lines of 64 columns.
    Element,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] =
        &[Self::Pem, Self::PemCrlf, Self::Base64, Self::Escaped, Self::Base64Pem, Self::Der, Self::Element];

    /// The name on the command line and in the JSON forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::PemCrlf => "pem-crlf",
            Self::Base64 => "base64",
            Self::Escaped => "escaped",
            Self::Base64Pem => "base64-pem",
            Self::Der => "der",
            Self::Element => "element",
        }
    }
}

type Output = Zeroizing<Vec<u8>>;

/// Writes DER under a label; `headers` are lines that stand between BEGIN and the base64, each with its LF.
/// `None` if the label or the headers have no place in the form, or if there is not enough memory.
pub(crate) fn write(label: Label, headers: &str, der: &[u8], form: Form) -> Option<Output> {
    match form {
        Form::Pem => pem(label, headers, der, LineEnding::LF),
        Form::PemCrlf => pem(label, headers, der, LineEnding::CRLF),
        Form::Escaped => pem(label, headers, der, LineEnding::LF).map(|pem| escaped(&pem)),
        Form::Base64Pem => pem(label, headers, der, LineEnding::LF).and_then(|pem| base64(&pem)),
        Form::Base64 if headers.is_empty() => base64(der),
        Form::Der if headers.is_empty() => Some(Zeroizing::new(der.to_vec())),
        Form::Element if headers.is_empty() => element(label, der),
        Form::Base64 | Form::Der | Form::Element => None,
    }
}

fn pem(label: Label, headers: &str, der: &[u8], line_ending: LineEnding) -> Option<Output> {
    let label = label.as_str();
    let len = pem_rfc7468::encoded_len(label, line_ending, der).ok()?;
    // One allocation, so that no half-grown copy of a secret stays behind.
    let mut output = Zeroizing::new(vec![0u8; len]);
    let written = pem_rfc7468::encode(label, line_ending, der, &mut output).ok()?.len();
    output.truncate(written);
    let end = if line_ending == LineEnding::CRLF { "\r\n" } else { "\n" };
    let room = written.checked_add(headers.len().checked_mul(2)?)?.checked_add(8)?;
    let mut framed = Zeroizing::new(Vec::with_capacity(room));
    let first = memchr::memchr(b'\n', &output)?.checked_add(1)?;
    let (begin, rest) = output.split_at_checked(first)?;
    framed.extend_from_slice(begin);
    if !headers.is_empty() {
        headers.lines().chain([""]).for_each(|line| {
            framed.extend_from_slice(line.as_bytes());
            framed.extend_from_slice(end.as_bytes());
        });
    }
    framed.extend_from_slice(rest);
    if !framed.ends_with(b"\n") {
        framed.extend_from_slice(end.as_bytes());
    }
    Some(framed)
}

fn escaped(pem: &[u8]) -> Output {
    let mut output = Zeroizing::new(Vec::with_capacity(pem.len().saturating_mul(2)));
    for line in pem.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                output.extend_from_slice(line);
                output.extend_from_slice(b"\\n");
            }
            None => output.extend_from_slice(line),
        }
    }
    output
}

fn base64(bytes: &[u8]) -> Option<Output> {
    let mut output = Zeroizing::new(vec![0u8; bytes.len().div_ceil(3).checked_mul(4)?]);
    <base64ct::Base64 as base64ct::Encoding>::encode(bytes, &mut output).ok()?;
    Some(output)
}

/// The lines of the PEM without its first and last. Only a certificate has this form.
fn element(label: Label, der: &[u8]) -> Option<Output> {
    if label != Label::Certificate {
        return None;
    }
    let pem = pem(label, "", der, LineEnding::LF)?;
    let body = pem.get(memchr::memchr(b'\n', &pem)?.checked_add(1)?..)?;
    let end = memchr::memchr(b'-', body)?;
    Some(Zeroizing::new(body.get(..end)?.to_vec()))
}
