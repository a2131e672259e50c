//! The reminders of an application that are due.

use super::record::Record;
use crate::schedule::{ExpirySchedule, Reminder, Window};
use crate::time::UnixTime;

impl Record {
    /// The reminders of the certificate that signs that fall due in a window, in time order. Those that fell due before
    /// it signed are not given: who made it sign saw its dates. Once a successor signs, there are no more of the old
    /// one.
    ///
    /// Over windows that follow on one another, each is given exactly once; an empty window gives none.
    #[must_use]
    pub fn reminders(&self, schedule: &ExpirySchedule, window: Window) -> Vec<Reminder> {
        let Some(active) = &self.active else { return Vec::new() };
        schedule.due(active.certificate.validity(), self.since_it_signs(window)).collect()
    }

    /// The most urgent one of [`Self::reminders`]: the only one worth sending after a gap.
    #[must_use]
    pub fn catch_up(&self, schedule: &ExpirySchedule, window: Window) -> Option<Reminder> {
        schedule.catch_up(self.active.as_ref()?.certificate.validity(), self.since_it_signs(window))
    }

    /// The first reminder of the certificate that signs after a moment: nothing falls due before it.
    #[must_use]
    pub fn next_reminder(&self, schedule: &ExpirySchedule, moment: UnixTime) -> Option<Reminder> {
        let active = self.active.as_ref()?;
        schedule.next_after(active.certificate.validity(), moment.max(active.since))
    }

    fn since_it_signs(&self, window: Window) -> Window {
        let since = self.active.as_ref().map_or(window.after(), |active| active.since);
        Window::new(window.after().max(since), window.until())
    }
}
