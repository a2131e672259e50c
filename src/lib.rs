//! Reads the certificates and keys that SAML single sign-on signs with, as people have them, and
//! proves what can be proven about them.

#![forbid(unsafe_code)]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod error_code;

mod digest;
mod entropy;
pub mod limits;
mod secret;
mod span;
mod time;
mod tlv;

mod fingerprint;
pub mod pem;

mod key;

mod certificate;

mod compare;
mod pair;

mod normalize;

#[cfg(feature = "serde")]
pub mod json;

pub use certificate::{Certificate, CertificateError, CertificateNote, SelfSignature, SignatureAlgorithm};
pub use compare::{Comparison, Newer, Relation, compare};
pub use digest::HashAlgorithm;
pub use entropy::{Entropy, EntropyError, SystemEntropy};
pub use error_code::ErrorCode;
pub use fingerprint::{Fingerprint, FingerprintError, FingerprintTarget};
pub use key::{
    Contradiction, EncryptedPrivateKey, ExponentFault, KdfCost, KeyAlgorithm, KeyEncoding, KeyError, NotChecked,
    PrivateKey, PublicKey, SignatureScheme,
};
pub use normalize::{Found, Inventory, Item, Normalized, Note, Reason, Refusal, WantedError, normalize};
pub use pair::{CertKeyPair, Mismatch, MismatchReason, PairError};
pub use secret::SecretBytes;
pub use span::Span;
pub use time::{UnixTime, Validity};
