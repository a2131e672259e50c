//! Lifetimes as C gives them: three numbers.

use super::failure::Failure;
use super::selector::{Selector, samlcert_lifetime_unit};
use crate::error_code::ErrorCode;
use crate::issue::Lifetime;

/// The lifetime that three numbers from C mean.
pub(super) fn lifetime_of(unit: u32, length: u32, back_dated_s: u32) -> Result<Lifetime, Failure> {
    let lifetime = match samlcert_lifetime_unit::select(unit)? {
        samlcert_lifetime_unit::Days => Lifetime::days(length)?,
        samlcert_lifetime_unit::Years => Lifetime::years(u16::try_from(length).map_err(|_| too_many_years())?)?,
    };
    Ok(lifetime.back_dated(back_dated_s))
}

fn too_many_years() -> Failure {
    Failure::new(ErrorCode::OutOfRange, "`lifetime` is more than 65535 years")
}
