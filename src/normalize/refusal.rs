//! Why a block of a paste was refused, and where.

use crate::certificate::CertificateError;
use crate::error_code::ErrorCode;
use crate::key::KeyError;
use crate::pem::TextFault;
use crate::span::Span;

/// Why a block was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The text or its base64 is damaged, or holds something else.
    #[error(transparent)]
    Text(#[from] TextFault),
    /// It is a certificate, but not a valid one.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// It is a private key, but not a valid or a usable one.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The certificate says that its own key signed it, and that key did not sign this content.
    #[error(
        "the certificate's own signature does not fit its content: a character or a line was changed on the way; copy it again from its source"
    )]
    SelfSignatureInvalid,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Text(fault) => fault.code(),
            Self::Certificate(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::SelfSignatureInvalid => ErrorCode::SelfSignatureInvalid,
        }
    }
}

/// A block that was refused: why, and where. `Display` says what is wrong and what to do; it never quotes the paste.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    reason: Reason,
    span: Span,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<Reason>, span: Span) -> Self {
        Self { reason: reason.into(), span }
    }

    /// Why it was refused.
    #[must_use]
    pub const fn reason(&self) -> &Reason {
        &self.reason
    }

    /// The stable code of the reason.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.reason.code()
    }

    /// The place in the paste, as narrow as possible; at worst, the whole block.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}
