//! The versions of the library and of its C ABI.

use super::bytes::samlcert_slice;
use super::failure::{SAMLCERT_OK, samlcert_status};
use super::guard::guard_value;
use crate::error_code::ErrorCode;

/// The version of the C ABI that the header declares. It changes only when a program that was built before would no
/// longer run; functions, selectors and errors that are added do not change it.
pub const SAMLCERT_ABI_VERSION: u32 = 1;

/// The version of the C ABI of the library that runs: compare it with `SAMLCERT_ABI_VERSION` of the header.
#[unsafe(no_mangle)]
pub extern "C" fn samlcert_abi_version() -> u32 {
    guard_value(|| SAMLCERT_ABI_VERSION)
}

/// The version of the library that is running, such as `0.1.0`.
///
/// Owner: the library; valid for as long as the program runs.
#[unsafe(no_mangle)]
pub extern "C" fn samlcert_version() -> samlcert_slice {
    guard_value(|| env!("CARGO_PKG_VERSION").into())
}

/// The name of a status, which never changes: `mismatch` for 400, `ok` for 0; empty for an unknown number.
///
/// Owner: the library; valid for as long as the program runs.
#[unsafe(no_mangle)]
pub extern "C" fn samlcert_status_name(status: samlcert_status) -> samlcert_slice {
    guard_value(|| match ErrorCode::ALL.iter().find(|code| code.number() == status) {
        Some(code) => code.as_str().into(),
        None if status == SAMLCERT_OK => "ok".into(),
        None => samlcert_slice::default(),
    })
}
