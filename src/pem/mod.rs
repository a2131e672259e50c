//! Text in, DER out: what people paste is read leniently and each repair told; what is written is strict RFC 7468.

mod binary;
mod body;
mod canonical;
mod damage;
mod decode;
mod disfigured;
mod fault;
mod foreign;
mod frame;
mod headers;
mod hex;
mod marker;
mod plus;
mod read;
mod repair;
mod run;
mod shape;
mod text;
mod unwrap;
mod write;

pub use fault::{OtherKind, TextFault};
pub(crate) use foreign::of_paste;
pub(crate) use read::{Block, Candidate, Wrapping, read};
pub(crate) use repair::Repairs;
pub use repair::{Repair, RepairCode};
pub use write::Form;
pub(crate) use write::write;
