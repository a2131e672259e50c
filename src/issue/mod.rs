//! Certificates and requests that are made here: an [`IssueRequest`] gives a new pair, [`csr`] asks a CA for a
//! certificate, [`renew`] makes a new one for the same key.

mod attribute;
mod csr;
mod error;
mod lifetime;
mod renew;
mod request;
mod self_signed;
mod serial;
mod subject;

pub use attribute::SubjectAttribute;
pub use csr::{CertificateRequest, csr};
pub use error::IssueError;
pub use lifetime::Lifetime;
pub use renew::renew;
pub use request::IssueRequest;
