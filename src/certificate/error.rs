//! Why a certificate was refused.

use crate::error_code::ErrorCode;
use crate::key::KeyError;
use crate::tlv::{Fault, TlvError};

/// Why a certificate was refused. Positions are offsets in the given DER.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// It is larger than [`MAX_DER_BYTES`](crate::limits::MAX_DER_BYTES).
    #[error("the certificate is larger than 64 KiB; no certificate for SAML is")]
    TooLarge,
    /// The end is missing.
    #[error("the end of the certificate is missing: at least {missing} bytes; copy it again from its source")]
    Truncated {
        /// How many bytes are missing, according to the lengths in the part that is there.
        missing: usize,
    },
    /// Something follows the end.
    #[error("the certificate ends at byte {position}, and something follows")]
    TrailingData {
        /// One past the last byte of the certificate.
        position: usize,
    },
    /// A value is not DER (X.690).
    #[error("not DER at byte {position}: {what}; get the certificate again from its source")]
    NotDer {
        /// The offset of the value.
        position: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// It is nested deeper than [`MAX_DER_DEPTH`](crate::limits::MAX_DER_DEPTH).
    #[error("the DER is nested too deeply at byte {position}")]
    TooDeep {
        /// The offset of the first value that is too deep.
        position: usize,
    },
    /// It is DER, but not a certificate of RFC 5280, section 4.1.
    #[error("not a certificate, or a damaged one, at byte {position}: {what}; get it again from its source")]
    Malformed {
        /// The offset of the value.
        position: usize,
        /// What should stand there.
        what: &'static str,
    },
    /// The two signature algorithm fields differ (RFC 5280, section 4.1.1.2).
    #[error(
        "the two signature algorithm fields differ (the first is at byte {position}); get the certificate again from its source"
    )]
    AlgorithmMismatch {
        /// The offset of the field inside the signed part.
        position: usize,
    },
    /// It ends before it begins.
    #[error("the validity at byte {position} ends before it begins; such a certificate is never valid, make a new one")]
    ValidityInverted {
        /// The offset of the validity.
        position: usize,
    },
    /// The version is not 1, 2 or 3, or does not fit the content (RFC 5280, section 4.1.2.1).
    #[error("the certificate version is wrong at byte {position}: {what}")]
    Version {
        /// The offset of the version, or of the field that it does not allow.
        position: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// An extension appears twice (RFC 5280, section 4.2).
    #[error("the extension at byte {position} appears twice, which no certificate may have; make a new one")]
    DuplicateExtension {
        /// The offset of the second one.
        position: usize,
    },
    /// The public key inside is malformed.
    #[error("in the certificate, {0}")]
    PublicKey(KeyError),
}

impl CertificateError {
    /// An error of the `SubjectPublicKeyInfo` at an offset, with its position in the whole certificate.
    pub(super) fn of_key(error: KeyError, offset: usize) -> Self {
        Self::PublicKey(match error {
            KeyError::PublicKeyMalformed { what, at } => {
                KeyError::PublicKeyMalformed { what, at: at.saturating_add(offset) }
            }
            other => other,
        })
    }

    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::TooLarge => ErrorCode::ItemTooLarge,
            Self::Truncated { .. } => ErrorCode::Truncated,
            Self::TrailingData { .. } => ErrorCode::TrailingData,
            Self::NotDer { .. } => ErrorCode::NotDer,
            Self::TooDeep { .. } => ErrorCode::DerTooDeep,
            Self::Malformed { .. } => ErrorCode::CertificateMalformed,
            Self::AlgorithmMismatch { .. } => ErrorCode::AlgorithmMismatch,
            Self::ValidityInverted { .. } => ErrorCode::ValidityInverted,
            Self::Version { .. } => ErrorCode::CertificateVersion,
            Self::DuplicateExtension { .. } => ErrorCode::DuplicateExtension,
            Self::PublicKey(error) => error.code(),
        }
    }

    /// The offset of the fault in the DER; `None` if the whole is at fault.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        match self {
            Self::TooLarge | Self::Truncated { .. } => None,
            Self::TrailingData { position }
            | Self::NotDer { position, .. }
            | Self::TooDeep { position }
            | Self::Malformed { position, .. }
            | Self::AlgorithmMismatch { position }
            | Self::ValidityInverted { position }
            | Self::Version { position, .. }
            | Self::DuplicateExtension { position } => Some(*position),
            Self::PublicKey(error) => error.position(),
        }
    }
}

/// A fault of the DER itself, found before the structure is read.
impl From<TlvError> for CertificateError {
    fn from(error: TlvError) -> Self {
        let position = error.at;
        let what = match error.fault {
            Fault::Missing(missing) if position == 0 => return Self::Truncated { missing },
            Fault::Trailing => return Self::TrailingData { position },
            Fault::Depth => return Self::TooDeep { position },
            Fault::Missing(_) => "a value is longer than the one that contains it",
            Fault::Length => "a length that is indefinite or not in its shortest form",
            Fault::Tag | Fault::Unexpected => "a tag that DER does not have",
            Fault::Content => "the content does not fit the tag",
        };
        Self::NotDer { position, what }
    }
}

pub(super) const fn malformed<T>(position: usize, what: &'static str) -> Result<T, CertificateError> {
    Err(CertificateError::Malformed { position, what })
}

/// Names the field that a value was read for.
pub(super) fn field<T>(value: Result<T, TlvError>, what: &'static str) -> Result<T, CertificateError> {
    value.map_err(|error| match error.fault {
        Fault::Trailing | Fault::Unexpected | Fault::Missing(_) => {
            CertificateError::Malformed { position: error.at, what }
        }
        _ => error.into(),
    })
}
