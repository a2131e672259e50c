//! The steps of an application, and what it tells.

use std::ptr;

use samlcert::ffi::*;

use super::Run;
use super::checks::{Err, bytes, text};
use super::input::Text;

type Event = *mut *mut samlcert_bytes;

/// A function that asks at a moment for JSON.
type AtMoment = unsafe extern "C" fn(
    *const samlcert_application,
    i64,
    *mut *mut samlcert_bytes,
    *mut *mut samlcert_error,
) -> samlcert_status;

/// A function that asks for JSON.
type Plain = unsafe extern "C" fn(
    *const samlcert_application,
    *mut *mut samlcert_bytes,
    *mut *mut samlcert_error,
) -> samlcert_status;

const AT_MOMENT: [AtMoment; 4] = [
    samlcert_application_status_json,
    samlcert_application_plan_json,
    samlcert_application_logins_json,
    samlcert_application_exports_json,
];

const PLAIN: [Plain; 5] = [
    samlcert_application_record_json,
    samlcert_application_settings_json,
    samlcert_application_events_json,
    samlcert_application_certificates_json,
    samlcert_application_providers_json,
];

/// A text that an application gives; empty of NULL.
unsafe fn told(of: *const samlcert_application, function: Plain) -> Vec<u8> {
    let mut json = ptr::null_mut();
    unsafe {
        let status = function(of, &raw mut json, ptr::null_mut());
        assert_eq!(status == SAMLCERT_OK, !of.is_null());
        let told = bytes(samlcert_bytes_slice(json)).to_vec();
        samlcert_bytes_free(json);
        told
    }
}

impl Run<'_> {
    /// A step: it is taken as a whole, with an event, or nothing changes.
    fn step_of(&mut self, of: *mut samlcert_application, call: impl FnOnce(Event, Err) -> samlcert_status) {
        let before = unsafe { (samlcert_application_revision(of), told(of, samlcert_application_record_json)) };
        let unset = ptr::dangling_mut();
        let mut event = unset;
        let wanted = if self.input.once_in(4) { ptr::null_mut() } else { &raw mut event };
        let status = self.status(|err| call(wanted, err));
        let after = unsafe { (samlcert_application_revision(of), told(of, samlcert_application_record_json)) };
        if status == SAMLCERT_OK {
            assert_eq!(after.0, before.0 + 1);
            assert_eq!(event != unset, !wanted.is_null(), "an event is told where it is wanted");
            self.keep_json((event != unset).then_some(event));
        } else {
            assert_eq!(after, before, "{status} changed the application");
            assert_eq!(event, unset, "{status} wrote an event");
        }
    }

    pub(super) fn application_step(&mut self) {
        let of = self.pick(|run| &run.applications);
        let (now, Text { data: actor, len: actor_len, .. }) = (self.input.moment(), self.actor());
        match self.input.byte() % 12 {
            0 | 1 => {
                let pair = self.pick(|run| &run.pairs);
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_activate(of, now, actor, actor_len, pair, event, err)
                });
            }
            2..=4 => {
                let pair = self.pick(|run| &run.pairs);
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_stage(of, now, actor, actor_len, pair, event, err)
                });
            }
            5 => {
                let certificate = self.pick(|run| &run.certificates);
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_upload_certificate(of, now, actor, actor_len, certificate, event, err)
                });
            }
            6 => {
                let key = self.pick(|run| &run.private_keys);
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_upload_private_key(of, now, actor, actor_len, key, event, err)
                });
            }
            7 => self.step_of(of, |event, err| unsafe {
                samlcert_application_publish(of, now, actor, actor_len, event, err)
            }),
            8 if now % 2 == 0 => self.step_of(of, |event, err| unsafe {
                samlcert_application_discard(of, now, actor, actor_len, event, err)
            }),
            9 => self.revoke_or_set(of, now, Text { data: actor, len: actor_len, is_hostile: false }),
            _ => self.guarded(of, now, Text { data: actor, len: actor_len, is_hostile: false }),
        }
    }

    /// A step that may break logins, mostly with whom it affects.
    fn guarded(&mut self, of: *mut samlcert_application, now: i64, actor: Text) {
        let (actor, actor_len, is_hostile) = (actor.data, actor.len, std::mem::take(&mut self.hostile));
        let step = 1 + usize::from(self.input.byte() % 4);
        let number = u32::try_from(step).expect("it is small");
        self.hostile = of.is_null();
        let whom = self.value(|out, err| unsafe { samlcert_application_to_accept(of, number, now, out, err) });
        self.entity_ids.add(whom.unwrap_or(ptr::null_mut()));
        let accepted = if self.input.once_in(8) { ptr::null_mut() } else { self.entity_ids.newest() };
        let Text { data: reason, len, .. } =
            if self.input.once_in(16) { self.text() } else { Text::of(b"it was agreed") };
        self.hostile |= is_hostile;
        let function = [
            samlcert_application_save,
            samlcert_application_cut_over,
            samlcert_application_roll_back,
            samlcert_application_retire,
        ][step - 1];
        self.step_of(of, |event, err| unsafe {
            function(of, now, actor, actor_len, accepted, reason, len, event, err)
        });
    }

    fn revoke_or_set(&mut self, of: *mut samlcert_application, now: i64, actor: Text) {
        let (actor, actor_len) = (actor.data, actor.len);
        if self.input.once_in(2) {
            let certificate = self.certificates.newest();
            let mut fingerprint = samlcert_fingerprint::default();
            let none = ptr::null_mut();
            let known = unsafe { samlcert_certificate_fingerprint(certificate, 2, &raw mut fingerprint, none) };
            let reason = self.input.selector();
            self.hostile |= known != SAMLCERT_OK || !matches!(reason, 1 | 2);
            let replacement = if self.input.once_in(2) { self.pairs.newest() } else { ptr::null_mut() };
            let fingerprint = &raw const fingerprint;
            self.step_of(of, |event, err| unsafe {
                samlcert_application_revoke(of, now, actor, actor_len, fingerprint, reason, replacement, event, err)
            });
        } else {
            let own = unsafe { told(of, samlcert_application_settings_json) };
            let Text { data, len, .. } = if self.input.once_in(4) { self.text() } else { Text::of(&own) };
            self.step_of(of, |event, err| unsafe {
                samlcert_application_set(of, now, actor, actor_len, data, len, event, err)
            });
        }
    }

    pub(super) fn add_or_confirm(&mut self) {
        let of = self.pick(|run| &run.applications);
        let (now, Text { data: actor, len: actor_len, .. }) = (self.input.moment(), self.actor());
        let Text { data: id, len: id_len, .. } = self.entity();
        match self.input.byte() % 5 {
            0 | 1 => {
                let (capability, parameter) = (self.input.selector(), self.input.selector());
                let (format, profile) = (self.input.selector(), self.input.selector());
                self.hostile |= !matches!((capability, format, profile), (1..=4, 0..=6, 0..=3));
                let name = if self.input.once_in(4) { self.text() } else { Text::of(b"Shop") };
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_add_provider(
                        of, now, actor, actor_len, id, id_len, name.data, name.len, capability, parameter, format,
                        profile, event, err,
                    )
                });
            }
            2 => {
                let certificate = self.certificates.newest();
                let mut fingerprint = samlcert_fingerprint::default();
                let hash = self.input.selector();
                let known = unsafe {
                    samlcert_certificate_fingerprint(certificate, hash, &raw mut fingerprint, ptr::null_mut())
                };
                self.hostile |= known != SAMLCERT_OK;
                let fingerprint = &raw const fingerprint;
                self.step_of(of, |event, err| unsafe {
                    samlcert_application_confirm(of, now, actor, actor_len, id, id_len, fingerprint, event, err)
                });
            }
            3 => self.step_of(of, |event, err| unsafe {
                samlcert_application_record_export(of, now, actor, actor_len, id, id_len, event, err)
            }),
            _ => self.step_of(of, |event, err| unsafe {
                samlcert_application_remove_provider(of, now, actor, actor_len, id, id_len, event, err)
            }),
        }
    }

    pub(super) fn ask_application(&mut self) {
        let of = self.pick(|run| &run.applications);
        let now = self.input.moment();
        unsafe { stands(of, now) };
        match self.input.byte() % 6 {
            0 => {
                let function = AT_MOMENT[usize::from(self.input.byte()) % AT_MOMENT.len()];
                let json = self.value(|out, err| unsafe { function(of, now, out, err) });
                self.keep_json(json);
            }
            1 => {
                let function = PLAIN[usize::from(self.input.byte()) % PLAIN.len()];
                let json = self.value(|out, err| unsafe { function(of, out, err) });
                self.keep_json(json);
            }
            2 => self.ask_with_a_text(of, now),
            3 => self.places(of),
            4 => self.moments_of_application(of, now),
            _ => self.files(of),
        }
    }

    fn ask_with_a_text(&mut self, of: *mut samlcert_application, now: i64) {
        let step = self.input.selector();
        let is_missing = std::mem::take(&mut self.hostile);
        self.hostile = is_missing || !matches!(step, 1..=4);
        let json = self.value(|out, err| unsafe { samlcert_application_impact_json(of, step, now, out, err) });
        self.keep_json(json);
        self.hostile = is_missing;
        let Text { data, len, .. } = self.text();
        let json = if self.input.once_in(2) {
            self.value(|out, err| unsafe { samlcert_application_notice_json(of, now, data, len, out, err) })
        } else {
            self.value(|out, err| unsafe { samlcert_application_identify_json(of, data, len, out, err) })
        };
        self.keep_json(json);
    }

    fn places(&mut self, of: *mut samlcert_application) {
        let is_missing = std::mem::take(&mut self.hostile);
        let place = self.input.selector();
        self.hostile = is_missing || !matches!(place, 1..=4);
        let certificate = self.value(|out, err| unsafe { samlcert_application_certificate(of, place, out, err) });
        self.hostile = is_missing || !matches!(place, 1..=4);
        let pair = self.value(|out, err| unsafe { samlcert_application_pair(of, place, out, err) });
        if let (Some(certificate), Some(pair)) = (certificate, pair) {
            assert!(pair.is_null() || !certificate.is_null(), "a pair has no certificate");
        }
        self.certificates.add(certificate.unwrap_or(ptr::null_mut()));
        self.pairs.add(pair.unwrap_or(ptr::null_mut()));
        self.hostile = is_missing;
        let signs = self.value(|out, err| unsafe { samlcert_application_signing_pair(of, out, err) });
        let light = unsafe { samlcert_application_key_light(of) };
        assert!(signs.is_none_or(|signs| signs.is_null() == (light == samlcert_light::Grey)));
        self.pairs.add(signs.unwrap_or(ptr::null_mut()));
    }

    fn moments_of_application(&mut self, of: *mut samlcert_application, now: i64) {
        let is_missing = std::mem::take(&mut self.hostile);
        let (schedule, until) = (self.schedules.newest(), self.input.moment());
        let must_fail = is_missing || schedule.is_null();
        self.hostile = must_fail;
        let due: Option<Vec<samlcert_reminder>> = self.buffer(|out, cap, needed, err| unsafe {
            samlcert_application_reminders(of, schedule, now, until, out, cap, needed, err)
        });
        self.hostile = must_fail;
        let latest = self.found(|out, found, err| unsafe {
            samlcert_application_catch_up(of, schedule, now, until, out, found, err)
        });
        assert!(due.zip(latest).is_none_or(|(due, latest)| due.last() == Some(&latest)));
        self.hostile = must_fail;
        let next = self
            .found(|out, found, err| unsafe { samlcert_application_next_reminder(of, schedule, now, out, found, err) });
        assert!(next.is_none_or(|next: samlcert_reminder| next.at > now));
        self.hostile = is_missing;
        let mut at = i64::MIN;
        let earliest = self.found(|out, found, err| unsafe {
            samlcert_application_earliest_cut_over(of, now, &raw mut at, out, found, err)
        });
        assert!(earliest.is_none() || at >= now);
        self.entity_ids.add(earliest.unwrap_or(ptr::null_mut()));
    }

    fn files(&mut self, of: *mut samlcert_application) {
        let Text { data, len, .. } = self.entity();
        let made = if self.input.once_in(2) {
            self.value(|out, err| unsafe { samlcert_application_downloads_for(of, data, len, out, err) })
        } else {
            self.value(|out, err| unsafe { samlcert_application_next_downloads_for(of, data, len, out, err) })
        };
        self.downloads.add(made.unwrap_or(ptr::null_mut()));
        let files = self.downloads.newest();
        unsafe {
            let count = samlcert_downloads_count(files);
            assert!((0..count).all(|file| !text(samlcert_downloads_suggested_name(files, file)).is_empty()));
            assert!((0..count).all(|file| !bytes(samlcert_downloads_bytes(files, file)).is_empty()));
            assert!(text(samlcert_downloads_suggested_name(files, count)).is_empty());
            assert!(bytes(samlcert_downloads_bytes(files, usize::MAX)).is_empty());
        }
    }

    /// An application can be made again from its record, keys and events.
    pub(super) fn application_again(&mut self) {
        let of = self.pick(|run| &run.applications);
        self.hostile = false;
        let record = unsafe { told(of, samlcert_application_record_json) };
        let mut keys = Vec::new();
        for index in 0..unsafe { samlcert_application_key_count(of) } {
            keys.extend(self.value(|out, err| unsafe { samlcert_application_key(of, index, out, err) }));
        }
        let is_whole = keys.len() == unsafe { samlcert_application_key_count(of) };
        self.hostile = of.is_null() || !is_whole;
        let (data, len, list) = (record.as_ptr(), record.len(), keys.as_ptr().cast::<*const samlcert_private_key>());
        let made =
            self.value(|out, err| unsafe { samlcert_application_from_record(data, len, list, keys.len(), out, err) });
        if let Some(made) = made {
            assert_eq!(unsafe { told(made, samlcert_application_record_json) }, record);
            self.replays(of, &keys, &record);
            self.applications.add(made);
        }
        keys.into_iter().for_each(|key| self.private_keys.add(key));
    }

    /// If the object knows all of its events, they make the same record.
    fn replays(&mut self, of: *mut samlcert_application, keys: &[*mut samlcert_private_key], record: &[u8]) {
        let events = unsafe { told(of, samlcert_application_events_json) };
        let list = keys.as_ptr().cast::<*const samlcert_private_key>();
        let knows_all = events.windows(12).filter(|it| it == b"\"sequence\":1").count() > 0;
        let made = self.value(|out, err| unsafe {
            samlcert_application_from_events(events.as_ptr(), events.len(), list, keys.len(), out, err)
        });
        if let Some(made) = made {
            assert!(knows_all, "events make an application that did not begin");
            assert_eq!(unsafe { told(made, samlcert_application_record_json) }, record);
            self.applications.add(made);
        }
    }
}

/// What always holds of an application.
unsafe fn stands(of: *const samlcert_application, now: i64) {
    unsafe {
        let is_there = !of.is_null();
        assert_eq!(text(samlcert_application_id(of)).is_empty(), !is_there);
        assert_eq!(samlcert_application_condition(of, now) == samlcert_condition::None, !is_there);
        let lights = [samlcert_application_certificate_light(of), samlcert_application_key_light(of)];
        assert!(lights[0] == lights[1] && (lights[0] == samlcert_light::None) != is_there);
        let is_draft = samlcert_application_waits(of) == samlcert_stage::Draft;
        let is_half = samlcert_application_pending(of) != samlcert_half::None;
        assert_eq!(samlcert_application_is_unsaved(of), is_draft || is_half);
        assert!(samlcert_application_is_activated(of) || lights[0] != samlcert_light::Green);
    }
}
