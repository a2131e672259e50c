//! Keys: what they are, whether they are consistent, what they sign and verify.

mod algorithm;
mod curve;
mod emsa;
mod encoding;
mod encrypt;
mod encrypted;
mod error;
#[cfg(feature = "issue")]
mod generate;
mod hash;
mod identifier;
mod identity;
mod note;
mod parsed;
mod pbes2_parameters;
mod private;
mod proc_type;
mod prove;
mod public;
mod random;
mod rsa_private;
mod scheme;
mod sign;
mod signature;
#[cfg(feature = "issue")]
mod signature_identifier;
mod spki;
mod verify;
mod weak;
mod write;

pub use algorithm::KeyAlgorithm;
pub use encoding::KeyEncoding;
pub use encrypted::EncryptedPrivateKey;
pub use error::{Contradiction, ExponentFault, KdfCost, KeyError};
#[cfg(feature = "issue")]
pub use generate::KeyKind;
pub use note::KeyNote;
pub use private::PrivateKey;
pub use public::PublicKey;
pub use scheme::SignatureScheme;
pub use verify::NotChecked;

pub(crate) use signature::{KnownSignature, has_weak_hash};
pub(crate) use spki::Spki;
pub(crate) use verify::Verification;
