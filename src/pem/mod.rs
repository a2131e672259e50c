//! Text in, DER out: what people paste is read leniently and each repair told; what is written is strict RFC 7468.

mod alphabet;
mod binary;
mod body;
mod candidate;
mod canonical;
mod damage;
mod decode;
mod der_length;
mod disfigured;
mod fault;
mod first_fault;
mod foreign;
mod frame;
mod head;
mod headers;
mod hex;
mod marker;
mod plus;
mod read;
mod repair;
mod run;
mod shape;
mod stretch;
mod text;
mod unwrap;
mod write;

pub(crate) use candidate::{Block, Candidate, Wrapping};
pub use fault::{OtherKind, TextFault};
pub(crate) use foreign::of_paste;
pub(crate) use read::read;
pub(crate) use repair::Repairs;
pub use repair::{Repair, RepairCode};
pub(crate) use unwrap::Layers;
pub use write::Form;
pub(crate) use write::write;

use crate::secret::SecretBytes;

/// The DER values of a text, in its order: each has the length that its first bytes promise, and is not looked into.
///
/// Where every BEGIN of the text begins a block as RFC 7468 has it, those are read, and other text is ignored (section 2
/// there). From any other text each value is taken out of whatever it is wrapped in, as [`normalize`](crate::normalize())
/// does.
///
/// It is for what is no certificate and no key, such as a request or a revocation list, and for programs that have reason to
/// trust the text and read much of it: [`Certificate::from_der`](crate::Certificate::from_der) verifies no self-signature.
/// What cannot be decoded is left out, and so are a key that `Proc-Type` headers encrypt and what exceeds the
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
