//! The C ABI (feature `capi`): what `include/samlcert.h` declares, for C, C++ and every language that calls C.
//!
//! What holds for every function:
//!
//! - A function that can fail returns a [`samlcert_status`]: 0, or the number of an [`ErrorCode`](crate::ErrorCode). It
//!   takes `err` last, which may be NULL; on failure, and only then, `*err` becomes an error that the caller frees.
//! - Outputs are written on success only, and last. One exception: `*needed`, the size that a buffer must have, is
//!   written too where the buffer is too small.
//! - Bytes come in as a pointer and a length, text as UTF-8 in the same way; `{NULL, 0}` is empty. What goes out as
//!   [`samlcert_slice`] is borrowed from the object that was asked, and no NUL ends it.
//! - No function takes ownership of an argument, a `_free` aside. There is one for each type, and it takes NULL.
//! - A getter that returns a value gives 0, `false`, an empty slice or the `NONE` of its enumeration for NULL and for an
//!   index past the end.
//! - Selectors come in as `uint32_t`; 0 is none, unless the function says what it means.
//! - Every pointer is NULL, or valid for what the function does with it during the call. What is written to is aligned,
//!   and overlaps with nothing else that was handed over.
//! - Times are seconds since 1970 in UTC. Randomness is the system's.
//! - An immutable object may be used by any number of threads at once, one that changes (`samlcert_application`,
//!   `samlcert_entity_ids`, `samlcert_issue_request`) by one at a time. An object must not be freed while it is in use.
//!
//! # Safety
//! Every pointer is NULL, or valid for what the function does with it during the call: objects come from this library
//! and are not freed yet; `(pointer, length)` is readable; outputs are writable, aligned, and overlap with nothing
//! else.
#![allow(unsafe_code, non_camel_case_types)]

mod application;
mod argument;
mod bytes;
mod certificate;
mod compare;
mod encrypted_key;
mod entity_ids;
mod error;
mod failure;
mod fingerprint;
mod guard;
mod issue_request;
mod json;
mod lifetime;
mod normalized;
mod output;
mod pair;
mod private_key;
mod schedule;
mod selector;
mod version;

pub use application::*;
pub use bytes::*;
pub use certificate::*;
pub use compare::*;
pub use encrypted_key::*;
pub use entity_ids::*;
pub use error::*;
pub use failure::*;
pub use fingerprint::*;
pub use issue_request::*;
pub use normalized::*;
pub use pair::*;
pub use private_key::*;
pub use schedule::*;
pub use selector::*;
pub use version::*;
