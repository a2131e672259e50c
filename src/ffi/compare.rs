//! Comparison of certificates, for C.

use super::argument::object;
use super::certificate::samlcert_certificate;
use super::failure::{Failure, samlcert_error, samlcert_status};
use super::guard::guard;
use super::output::Output;
use super::selector::{samlcert_newer, samlcert_relation};
use crate::compare::{Comparison, Newer, Relation, compare};

/// How two certificates are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct samlcert_comparison {
    /// How the two are related.
    pub relation: samlcert_relation,
    /// Which one is newer.
    pub newer: samlcert_newer,
    /// The index, from 0, of the first character in which the base64 of the two (without line breaks) differs; -1 if
    /// they are identical.
    pub first_difference: i64,
}

/// Compares two certificates.
///
/// # Safety
/// See [`ffi`](crate::ffi).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn samlcert_compare(
    first: *const samlcert_certificate,
    second: *const samlcert_certificate,
    out: *mut samlcert_comparison,
    err: *mut *mut samlcert_error,
) -> samlcert_status {
    // SAFETY: the caller keeps what the module says of pointers.
    unsafe {
        guard(err, || {
            let first = object(first, "first")?;
            let second = object(second, "second")?;
            let out = Output::at(out, "out")?;
            out.write(comparison(compare(&first.0, &second.0))?);
            Ok(())
        })
    }
}

fn comparison(comparison: Comparison) -> Result<samlcert_comparison, Failure> {
    let relation = match comparison.relation() {
        Relation::Identical => samlcert_relation::Identical,
        Relation::SameKeyRenewed => samlcert_relation::SameKey,
        Relation::SameSubjectNewKey => samlcert_relation::SameSubject,
        Relation::Unrelated => samlcert_relation::Unrelated,
    };
    let newer = match comparison.newer() {
        Newer::First => samlcert_newer::First,
        Newer::Second => samlcert_newer::Second,
        Newer::Neither => samlcert_newer::Neither,
    };
    let first_difference = match comparison.first_difference() {
        Some(index) => i64::try_from(index).map_err(|_| Failure::internal())?,
        None => -1,
    };
    Ok(samlcert_comparison { relation, newer, first_difference })
}
