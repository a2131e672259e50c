//! Makes certificates and requests: an [`IssueRequest`] makes a new pair, [`csr`] makes a request for a CA, [`renew`]
//! makes a new certificate for the same key.

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
