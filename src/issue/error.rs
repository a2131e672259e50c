//! Why no certificate or request was made.

use super::attribute::SubjectAttribute;
use crate::certificate::CertificateError;
use crate::error_code::ErrorCode;
use crate::key::KeyError;
use crate::pair::PairError;
use crate::time::UnixTime;

/// Why no certificate or request was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// An attribute of the subject is empty, or blanks alone.
    #[error("the {0} is empty; give it a text, or leave it out where it may be")]
    AttributeEmpty(SubjectAttribute),
    /// An attribute of the subject has more than the 64 characters of X.520.
    #[error("the {attribute} has {characters} characters; X.520 allows 64: shorten it")]
    AttributeTooLong {
        /// Which one.
        attribute: SubjectAttribute,
        /// How many characters it has.
        characters: usize,
    },
    /// An attribute of the subject has a control character, or one that breaks lines or turns the direction of the text.
    #[error("the {attribute} has a character that nobody sees, number {number}; take it out")]
    AttributeCharacter {
        /// Which one.
        attribute: SubjectAttribute,
        /// Which character, from 1.
        number: usize,
    },
    /// The country is not two letters A–Z (ISO 3166).
    #[error("the country is not two capital letters; write it as in DE or US")]
    Country,
    /// The lifetime is 0.
    #[error("a certificate that is valid for 0 days or years is of no use; give it at least one")]
    NoLifetime,
    /// A date of the validity is before 1950 or after 9999 (RFC 5280, section 4.1.2.5).
    #[error(
        "the certificate would begin at {not_before} and end at {not_after}; it can do so in the years 1950 to 9999"
    )]
    Date {
        /// When it would begin; the nearest moment that 64 bits can hold.
        not_before: UnixTime,
        /// When it would end; the nearest moment that 64 bits can hold.
        not_after: UnixTime,
    },
    /// The certificate to renew is signed by somebody else.
    #[error(
        "the certificate is signed by somebody else, a CA, who alone can renew it; make a request (csr) for the same key, have the CA \
         sign it, and upload what comes back"
    )]
    SignedByCa,
    /// The certificate to renew claims to be self-signed, but its signature is wrong.
    #[error("the certificate's own signature does not verify; get the certificate again from its source")]
    SelfSignatureInvalid,
    /// The authority key identifier of the certificate to renew has a serial number: its own, which the renewed
    /// certificate would not have (RFC 5280, section 4.2.1.1).
    #[error(
        "the certificate names its own serial number in the authority key identifier, which a renewed one would \
         contradict: programs that follow it, as OpenSSL does, would refuse the certificate; make a new pair"
    )]
    NamesSerial,
    /// What was made does not verify, and is not returned.
    #[error("the certificate that was made does not verify under its own key")]
    Unverified,
    /// What was made cannot be read.
    #[error("the certificate that was made cannot be read: {0}")]
    Certificate(#[from] CertificateError),
    /// The key could not be made, or did not sign.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The pair did not sign.
    #[error(transparent)]
    Pair(#[from] PairError),
}

impl IssueError {
    /// The stable number and name.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AttributeEmpty(_) => ErrorCode::AttributeEmpty,
            Self::AttributeTooLong { .. } => ErrorCode::AttributeTooLong,
            Self::AttributeCharacter { .. } => ErrorCode::AttributeCharacter,
            Self::Country => ErrorCode::Country,
            Self::NoLifetime => ErrorCode::NoLifetime,
            Self::Date { .. } => ErrorCode::IssueDate,
            Self::SignedByCa => ErrorCode::SignedByCa,
            Self::SelfSignatureInvalid => ErrorCode::SelfSignatureInvalid,
            Self::NamesSerial => ErrorCode::NamesSerial,
            Self::Unverified => ErrorCode::IssuedUnverified,
            Self::Certificate(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::Pair(error) => error.code(),
        }
    }
}
