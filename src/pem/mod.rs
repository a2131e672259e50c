//! Text in, DER out: the reader accepts what people paste and lists each repair; the writer writes strict RFC 7468.

mod base64;
mod binary;
mod body;
mod candidate;
mod canonical;
mod damage;
mod decode;
mod fault;
mod foreign;
mod frame;
mod head;
mod headers;
mod hex;
mod label;
mod line;
mod marker;
mod mask;
mod plus;
mod read;
mod repair;
mod run;
mod shape;
mod soundness;
mod space;
mod stretch;
mod tampering;
mod text;
mod unwrap;
mod write;

pub(crate) use candidate::{Block, Candidate, Wrapping};
pub use fault::{OtherKind, TextFault};
pub(crate) use foreign::of_paste;
pub(crate) use label::Label;
pub(crate) use read::read;
pub(crate) use repair::Repairs;
pub use repair::{Repair, RepairCode};
pub(crate) use unwrap::Layers;
pub use write::Form;
pub(crate) use write::write;

use crate::secret::SecretBytes;

/// Decodes the DER values of a text, in its order. Each has the length that its first bytes promise; its content is not
/// checked.
///
/// If every BEGIN of the text begins a block of RFC 7468, these blocks are read, and other text is ignored (section 2 there).
/// In any other text, each value is taken out of whatever it is wrapped in, as by [`normalize`](crate::normalize()).
///
/// Use it for what is neither a certificate nor a key, such as a request or a revocation list, and in programs that read many
/// texts which they have reason to trust: [`Certificate::from_der`](crate::Certificate::from_der) verifies no self-signature.
/// What cannot be decoded is left out, and so are keys that `Proc-Type` headers encrypt and what exceeds the
/// [`limits`](crate::limits); `normalize` says why.
#[must_use]
pub fn decode(text: &[u8]) -> Vec<SecretBytes> {
    let unescaped = || canonical::values(&canonical::unescaped(text)?);
    if let Some(values) = canonical::values(text).or_else(unescaped) {
        return values;
    }
    let mut found = Vec::new();
    read(text, Layers::All, &mut |block| match block {
        Block::Candidate(Candidate { der, wrapping: Wrapping::None, .. }) => {
            found.push(der.fitted().into());
            true
        }
        _ => false,
    });
    found
}
