//! Conversions to and from the types of other crates, a file and a feature for each.

#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "rustls-pki-types")]
mod rustls_pki_types;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "x509-cert")]
mod x509_cert;
