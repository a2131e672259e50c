//! What the validity of the certificate that signs means at a moment.

use super::record::Record;
use crate::time::UnixTime;

/// The validity of what signs, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// Nothing signs.
    NothingSigns,
    /// It is not valid yet.
    NotYetValid,
    /// It is valid, and will be for more than 60 days.
    Active,
    /// It expires within 60 days.
    Expiring,
    /// It has expired, and goes on signing until a step changes that.
    Expired,
}

impl Condition {
    /// The name in the JSON forms: `nothing-signs`, `not-yet-valid`, `active`, `expiring`, `expired`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NothingSigns => "nothing-signs",
            Self::NotYetValid => "not-yet-valid",
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
        }
    }
}

/// 60 days before the end, a certificate is called expiring, and the plan begins its successor: in seconds.
pub(super) const EXPIRING_S: i64 = 60 * 86_400;

impl Record {
    /// The condition of what signs at a moment.
    #[must_use]
    pub fn condition(&self, now: UnixTime) -> Condition {
        let Some(active) = &self.active else { return Condition::NothingSigns };
        let validity = active.certificate.validity();
        match validity.not_after().0.saturating_sub(now.0) {
            ..0 => Condition::Expired,
            _ if now < validity.not_before() => Condition::NotYetValid,
            0..=EXPIRING_S => Condition::Expiring,
            _ => Condition::Active,
        }
    }
}
