use crate::error_code::ErrorCode;
use serde::Serialize;

/// Whether a key belongs to a certificate, as `samlcert check` prints it:
/// `{"verdict":"match"|"mismatch"|"invalid-key"|"invalid-certificate","code":s,"message":s}`, `code` "ok" for a match.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    verdict: Verdict,
    code: &'static str,
    message: String,
}

/// The verdict of a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The key belongs to the certificate, and a signature on trial has proven it.
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
        Self { verdict, code: code.map_or("ok", ErrorCode::as_str), message }
    }
}
