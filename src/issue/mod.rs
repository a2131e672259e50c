//! Certificates and requests that are made here: an [`IssueRequest`] gives a new pair, [`csr`] asks a CA for a
//! certificate.

mod csr;
mod error;
mod extensions;
mod lifetime;
mod request;
mod subject;
mod unsigned;

pub use csr::{CertificateRequest, csr};
pub use error::IssueError;
pub use lifetime::Lifetime;
pub use request::IssueRequest;
pub use subject::SubjectAttribute;

pub(crate) use unsigned::{Unsigned, random_serial};
