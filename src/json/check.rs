//! Whether a certificate and a key are a pair, as JSON.

use super::span;
use crate::error_code::ErrorCode;
use crate::span::Span;
use serde::Serialize;

/// Whether a key belongs to a certificate, as `samlcert check` prints it:
/// `{"verdict":"match"|"mismatch"|"invalid-key"|"invalid-certificate","code":s,"number":n|null,"message":s,`
/// `"span":[a,b]|null,"source":"certificate"|"key"|null}`, for a match `code` "ok" and `number` null.
///
/// `span` is the place of the reason, where it has one, in the input that `source` names: the argument for the
/// certificate, which may hold both, or the one for the key.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    verdict: Verdict,
    code: &'static str,
    number: Option<u32>,
    message: String,
    span: Option<[usize; 2]>,
    source: Option<CheckSource>,
}

/// The input that the span of a [`Check`] counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckSource {
    /// The one for the certificate; the key may have been looked for in it, too.
    Certificate,
    /// The one for the key.
    Key,
}

/// The verdict of a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The key belongs to the certificate, verified by a test signature.
    Match,
    /// Both can be read, and the key does not belong to the certificate.
    Mismatch,
    /// The key cannot be read, opened or used.
    InvalidKey,
    /// The certificate cannot be read or used.
    InvalidCertificate,
}

impl Check {
    /// A verdict with its reason; `None` as code for a match.
    #[must_use]
    pub fn new(verdict: Verdict, code: Option<ErrorCode>, message: String) -> Self {
        let number = code.map(ErrorCode::number);
        Self { verdict, code: code.map_or("ok", ErrorCode::as_str), number, message, span: None, source: None }
    }

    /// With the place of the reason.
    #[must_use]
    pub fn at(self, source: CheckSource, place: Span) -> Self {
        Self { span: Some(span(place)), source: Some(source), ..self }
    }
}
