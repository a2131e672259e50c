//! The invariants of a record. They find stored records that were tampered with.

use std::collections::BTreeSet;

use super::place::{Pending, PlacedCertificate, Stage};
use super::record::{Record, RecordError};
use crate::limits::{MAX_FORMER, MAX_HOLDINGS, MAX_PROVIDERS};

type Checked = Result<(), RecordError>;

const fn ensure(holds: bool, field: &'static str, what: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(RecordError::Contradiction { field, what }) }
}

impl Record {
    /// Checks the invariants of every record that steps can make.
    pub(crate) fn check(&self) -> Checked {
        ensure(self.revision > 0, "revision", "it counts from 1")?;
        self.check_change()?;
        self.check_lists()
    }

    /// Checks the invariants that a change can break.
    pub(super) fn check_change(&self) -> Checked {
        self.check_places()?;
        self.check_revoked()?;
        self.check_activation()?;
        self.check_publication()?;
        self.check_sizes()
    }

    /// No certificate stands in two places.
    fn check_places(&self) -> Checked {
        let places: Vec<_> = self.places().collect();
        places.iter().enumerate().try_for_each(|(index, (field, placed))| {
            let stands_before = places.iter().take(index).any(|(_, other)| other.sha256() == placed.sha256());
            ensure(!stands_before, field, "the same certificate is in another place, too")
        })
    }

    fn check_revoked(&self) -> Checked {
        let of_places = self.places().map(|(field, placed)| (field, placed.spki_sha256()));
        let waiting = self.pending.iter().map(|half| ("pending", half.spki_sha256()));
        of_places.chain(waiting).try_for_each(|(field, key)| ensure(!self.is_revoked(key), field, "its key is revoked"))
    }

    fn check_activation(&self) -> Checked {
        let is_empty = self.places().next().is_none()
            && self.pending.is_none()
            && self.former.is_empty()
            && self.revoked.is_empty();
        ensure(
            self.activated_at.is_some() || is_empty,
            "activated_at",
            "there are certificates or keys, and it was never activated",
        )
    }

    fn check_publication(&self) -> Checked {
        let is_shown = |placed: &PlacedCertificate| placed.published_at.is_some();
        ensure(self.active.as_ref().is_none_or(is_shown), "active", "it signs and is not published")?;
        ensure(self.previous.as_ref().is_none_or(is_shown), "previous", "it is not published")?;
        let agrees = self.next.as_ref().is_none_or(|next| is_shown(&next.placed) == (next.stage == Stage::Published));
        ensure(agrees, "next", "its stage and the moment of its publication contradict each other")?;
        let waits_shown = matches!(&self.pending, Some(Pending::Certificate(placed)) if is_shown(placed));
        ensure(!waits_shown, "pending", "it waits for its key and is published")
    }

    fn check_lists(&self) -> Checked {
        let mut seen = BTreeSet::new();
        ensure(self.revoked.iter().all(|key| seen.insert(key.spki_sha256)), "revoked", "a key appears twice")?;
        let is_sorted = self.providers.is_sorted_by(|one, other| one.entity_id() < other.entity_id());
        ensure(is_sorted, "providers", "one appears twice, or they are not in order")?;
        let few = self.providers.iter().all(|provider| provider.holds().len() <= MAX_HOLDINGS);
        ensure(few, "providers", "one holds too many certificates")
    }

    fn check_sizes(&self) -> Checked {
        ensure(self.providers.len() <= MAX_PROVIDERS, "providers", "there are too many")?;
        ensure(self.former.len() <= MAX_FORMER, "former", "there are too many")?;
        ensure(self.settings.too_many().is_none(), "settings", "there are too many endpoints or formats")
    }
}
