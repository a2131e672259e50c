//! Keeps the signing certificates of SAML single sign-on from breaking logins: reads certificates and keys as people
//! have them, proves what can be proven about them, and rotates them step by step.
//!
//! - [`normalize`] takes whatever was pasted or uploaded. It gives [items](Item) with each [repair](pem::Repair), and
//!   beside them what it [refuses](Refusal), with the reason and the place.
//! - [`Certificate`], [`PrivateKey`], [`EncryptedPrivateKey`] and [`PublicKey`] read DER strictly. A value that exists is
//!   valid.
//! - [`CertKeyPair`] is a certificate with the key that belongs to it, and the only place that signs.
//! - [`compare`] says how two certificates are related. [`Fingerprint`] reads and writes fingerprints (thumbprints) in
//!   any notation.
//! - `IssueRequest` makes a pair, `renew` makes a new certificate for the same key, and `csr` makes a request for a CA
//!   (feature `issue`, on by default).
//! - [`Application`] holds the pairs of an identity provider, knows which certificates its service providers hold, and
//!   rotates a pair without breaking their logins; see [`application`].
//! - [`ExpirySchedule`] says when to remind that a certificate expires, and which reminders are due. [`notice()`] writes
//!   the message.
//!
//! The features `jiff`, `time`, `rustls-pki-types` and `x509-cert` add conversions to and from types of these crates.
//! `serde` adds the JSON forms, `capi` the C ABI, and `cli` the program.
//!
//! Nothing here looks at a clock, a file, the network or the environment: time comes in as [`UnixTime`], randomness as
//! [`Entropy`]. Every error has a stable [`ErrorCode`], and none holds bytes of what may be a secret. Every limit is in
//! [`limits`]. The folder `docs` of the repository says what is read and refused (`reading.md`), how a rotation goes
//! (`rotation.md`), and how the crate is built (`design.md`).
//!
//! The cryptography is that of `ring`, `rsa` and the `p256` family; `ring` is C and assembly in part, so that a build
//! needs a C compiler.
//!
//! ```
//! use samlcert::{HashAlgorithm, normalize};
//!
//! let pair = normalize(include_bytes!("../tests/data/texts/pair.pem")).into_pair()?;
//! let certificate = pair.certificate();
//! assert_eq!(certificate.subject(), "CN=idp.example.org,O=Example,C=DE");
//! assert_eq!(certificate.validity().not_after().to_string(), "2036-11-21T10:16:41Z");
//! println!("{}", certificate.fingerprint(HashAlgorithm::Sha256));
//! # Ok::<(), samlcert::ExtractError>(())
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(feature = "capi"), forbid(unsafe_code))]
#![cfg_attr(feature = "capi", deny(unsafe_code))]

// The Rust programs in the documents are compiled and run.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../README.md")]
    mod readme {}
    #[doc = include_str!("../docs/rotation.md")]
    mod rotation {}
    #[doc = include_str!("../docs/rust.md")]
    mod rust {}
}

mod error_code;

mod hex;
mod invisible;
pub mod limits;
mod span;

mod digest;
mod entropy;
mod secret;
mod time;

mod tlv;

mod fingerprint;
pub mod pem;
mod schedule;

mod key;

mod certificate;

mod compare;
mod pair;

mod convert;

mod normalize;

#[cfg(feature = "issue")]
mod issue;

pub mod application;

mod notice;

#[cfg(feature = "serde")]
pub mod json;

#[cfg(feature = "capi")]
pub mod ffi;

pub use application::Application;
pub use certificate::{
    Certificate, CertificateError, CertificateExtension, CertificateNote, ExtensionValue, GeneralName, GeneralNameKind,
    KeyUsage, Oid, SelfSignature, SignatureAlgorithm,
};
pub use compare::{Comparison, Newer, Relation, compare};
pub use digest::HashAlgorithm;
pub use entropy::{Entropy, EntropyError, SystemEntropy};
pub use error_code::ErrorCode;
pub use fingerprint::{Fingerprint, FingerprintError, FingerprintTarget};
pub use invisible::is_invisible;
#[cfg(feature = "issue")]
pub use issue::{CertificateRequest, IssueError, IssueRequest, Lifetime, SubjectAttribute, csr, renew};
#[cfg(feature = "issue")]
pub use key::KeyKind;
pub use key::{
    Contradiction, EncryptedPrivateKey, ExponentFault, KdfCost, KeyAlgorithm, KeyEncoding, KeyError, KeyNote,
    NotChecked, PrivateKey, PublicKey, SignatureScheme,
};
pub use normalize::{ExtractError, Inventory, Item, Normalized, NormalizedItem, Note, Reason, Refusal, normalize};
pub use notice::{LinkError, LinkTemplate, Notice, notice};
pub use pair::{CertKeyPair, ChoiceError, Mismatch, MismatchReason, PairError, choose_certificate};
pub use schedule::{ExpirySchedule, Reminder, ScheduleError, Window};
pub use secret::SecretBytes;
pub use span::Span;
pub use time::{TimeError, TimeSpan, UnixTime, Validity};
