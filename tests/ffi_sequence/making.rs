//! Pairs, what makes them, schedules, and lists of entity IDs.

use std::ptr;

use samlcert::ffi::*;

use super::Run;
use super::checks::{bytes, text};
use super::input::{BEGIN, Text};

const MAX_THRESHOLDS: usize = 32;

impl Run<'_> {
    pub(super) fn pair(&mut self) {
        match self.input.byte() % 6 {
            0 => self.join(),
            1 | 2 => self.part(),
            3 => self.sign(),
            4 => self.renew(),
            _ => {
                let form = self.input.selector();
                self.hostile = !matches!(form, 1..=6);
                let of = self.pick(|run| &run.pairs);
                let made = self.value(|out, err| unsafe { samlcert_pair_csr(of, form, out, err) });
                self.bytes.add(made.unwrap_or(ptr::null_mut()));
            }
        }
    }

    /// There is a pair exactly where the verdict is that it is one.
    fn join(&mut self) {
        let certificate = self.pick(|run| &run.certificates);
        let key = self.pick(|run| &run.private_keys);
        let is_missing = self.hostile;
        let verdict = self.value(|out, err| unsafe { samlcert_pair_verdict(certificate, key, out, err) });
        self.hostile = is_missing;
        let made = self.value(|out, err| unsafe { samlcert_pair_new(certificate, key, out, err) });
        if let (Some(verdict), Some(_)) = (verdict, made) {
            assert_eq!(verdict, samlcert_verdict::Match);
        }
        self.pairs.add(made.unwrap_or(ptr::null_mut()));
    }

    fn part(&mut self) {
        let of = self.pick(|run| &run.pairs);
        let certificate = self.value(|out, err| unsafe { samlcert_pair_certificate(of, out, err) });
        self.hostile = of.is_null();
        let key = self.value(|out, err| unsafe { samlcert_pair_private_key(of, out, err) });
        if let (Some(certificate), Some(key)) = (certificate, key) {
            let mut verdict = samlcert_verdict::AnotherKey;
            let status = unsafe { samlcert_pair_verdict(certificate, key, &raw mut verdict, ptr::null_mut()) };
            assert_eq!((status, verdict), (SAMLCERT_OK, samlcert_verdict::Match));
        }
        self.certificates.add(certificate.unwrap_or(ptr::null_mut()));
        self.private_keys.add(key.unwrap_or(ptr::null_mut()));
    }

    fn sign(&mut self) {
        let of = self.pick(|run| &run.pairs);
        let usual = unsafe { samlcert_pair_usual_scheme(of) };
        assert!(!of.is_null() || usual == samlcert_scheme::None);
        let scheme = if self.input.once_in(2) { self.input.selector() } else { scheme_number(usual) };
        self.hostile |= !matches!(scheme, 1..=10);
        let Text { data, len, .. } = self.text();
        let made = self.value(|out, err| unsafe { samlcert_pair_sign(of, scheme, data, len, out, err) });
        if let Some(signature) = made {
            assert!(unsafe { bytes(samlcert_bytes_slice(signature)) }.len() >= 64);
            self.bytes.add(signature);
        }
        self.hostile = of.is_null();
        self.status(|err| unsafe { samlcert_pair_trial_signature(of, err) });
    }

    fn renew(&mut self) {
        let (unit, lifetime, back_dated) = (self.input.selector(), self.input.selector(), self.input.selector());
        self.hostile = !matches!(unit, 1 | 2) || lifetime == 0;
        let of = self.pick(|run| &run.pairs);
        let now = self.input.moment();
        let made = self.value(|out, err| unsafe { samlcert_pair_renew(of, unit, lifetime, back_dated, now, out, err) });
        self.pairs.add(made.unwrap_or(ptr::null_mut()));
    }

    /// Requests and keys; no RSA, which takes long.
    pub(super) fn make(&mut self) {
        let which = self.input.byte();
        let Text { data, len, .. } = self.text();
        let request = self.issue_requests.newest();
        match which % 8 {
            0 | 1 => {
                let made = self.value(|out, err| unsafe { samlcert_issue_request_new(data, len, out, err) });
                self.issue_requests.add(made.unwrap_or(ptr::null_mut()));
                self.choose_a_fast_key();
            }
            2 => self.set(|err| unsafe { samlcert_issue_request_set_organization(request, data, len, err) }),
            3 => self.set(|err| unsafe { samlcert_issue_request_set_organizational_unit(request, data, len, err) }),
            4 => self.set(|err| unsafe { samlcert_issue_request_set_country(request, data, len, err) }),
            5 => {
                self.hostile = false;
                let (unit, lifetime, back) = (self.input.selector(), self.input.selector(), self.input.selector());
                self.set(|err| unsafe { samlcert_issue_request_set_lifetime(request, unit, lifetime, back, err) });
            }
            6 => self.generate(),
            _ => self.issue(),
        }
    }

    /// Sets something of the newest request, if there is one.
    fn set(&mut self, call: impl FnOnce(super::checks::Err) -> samlcert_status) {
        self.hostile |= self.issue_requests.newest().is_null();
        self.status(call);
    }

    fn choose_a_fast_key(&mut self) {
        let (request, kind) = (self.issue_requests.newest(), self.input.selector());
        if !matches!(kind, 1..=3) {
            self.hostile = !matches!(kind, 4..=6);
            self.set(|err| unsafe { samlcert_issue_request_set_key_kind(request, kind, err) });
        }
        let none = ptr::null_mut();
        let status = unsafe { samlcert_issue_request_set_key_kind(request, 6, none) };
        assert_eq!(status == SAMLCERT_OK, !request.is_null());
    }

    fn generate(&mut self) {
        let kind = self.input.selector();
        self.hostile = !matches!(kind, 4..=6);
        if !matches!(kind, 1..=3) {
            let made = self.value(|out, err| unsafe { samlcert_private_key_generate(kind, out, err) });
            self.private_keys.add(made.unwrap_or(ptr::null_mut()));
        }
        self.hostile = false;
    }

    fn issue(&mut self) {
        let (request, now) = (self.issue_requests.newest(), self.input.moment());
        self.hostile = request.is_null();
        let made = self.value(|out, err| unsafe { samlcert_issue_request_issue(request, now, out, err) });
        self.pairs.add(made.unwrap_or(ptr::null_mut()));
    }

    pub(super) fn remind(&mut self) {
        let made = if self.input.once_in(2) {
            self.value(|out, err| unsafe { samlcert_schedule_usual(out, err) })
        } else {
            self.schedule_of_any_thresholds()
        };
        self.schedules.add(made.unwrap_or(ptr::null_mut()));
        let of = self.pick(|run| &run.schedules);
        let thresholds: Option<Vec<u32>> =
            self.buffer(|out, cap, needed, err| unsafe { samlcert_schedule_thresholds(of, out, cap, needed, err) });
        assert!(thresholds.is_none_or(|all| all.is_sorted_by(|a, b| a > b) && all.len() <= MAX_THRESHOLDS));
        self.moments(of);
    }

    fn schedule_of_any_thresholds(&mut self) -> Option<*mut samlcert_schedule> {
        let count = usize::from(self.input.byte() % 40);
        let thresholds: Vec<u32> = (0..count).map(|_| u32::from(self.input.byte()) * 3_600).collect();
        let (data, len) = if self.input.once_in(16) {
            self.hostile = true;
            (ptr::null(), 1)
        } else {
            (thresholds.as_ptr(), count)
        };
        self.hostile |= count == 0 || count > MAX_THRESHOLDS;
        self.value(|out, err| unsafe { samlcert_schedule_new(data, len, out, err) })
    }

    /// The same question in four functions.
    fn moments(&mut self, of: *mut samlcert_schedule) {
        let (begin, end) = (self.input.moment(), self.input.moment());
        let (after, until) = (self.input.moment(), self.input.moment());
        let must_fail = of.is_null() || end < begin;
        self.hostile = must_fail;
        let all: Option<Vec<samlcert_reminder>> = self.buffer(|out, cap, needed, err| unsafe {
            samlcert_schedule_reminders(of, begin, end, out, cap, needed, err)
        });
        self.hostile = must_fail;
        let due: Option<Vec<samlcert_reminder>> = self.buffer(|out, cap, needed, err| unsafe {
            samlcert_schedule_due(of, begin, end, after, until, out, cap, needed, err)
        });
        self.hostile = must_fail;
        let latest = self.found(|out, found, err| unsafe {
            samlcert_schedule_catch_up(of, begin, end, after, until, out, found, err)
        });
        self.hostile = must_fail;
        let next = self
            .found(|out, found, err| unsafe { samlcert_schedule_next_after(of, begin, end, after, out, found, err) });
        if let (Some(all), Some(due)) = (all, due) {
            let in_window = |it: &&samlcert_reminder| it.at > after && it.at <= until;
            assert!(due.iter().eq(all.iter().filter(in_window)), "due is not what lies in the window");
            assert!(latest.is_none_or(|latest| due.last() == Some(&latest)));
            assert!(next.is_none_or(|next| all.iter().find(|it| it.at > after) == Some(&next)));
        }
    }

    pub(super) fn list(&mut self) {
        if self.input.once_in(4) {
            let made = self.value(|out, err| unsafe { samlcert_entity_ids_new(out, err) });
            self.entity_ids.add(made.unwrap_or(ptr::null_mut()));
        }
        let list = self.pick(|run| &run.entity_ids);
        let Text { data, len, .. } = self.entity();
        let before = unsafe { samlcert_entity_ids_count(list) };
        let status = self.status(|err| unsafe { samlcert_entity_ids_add(list, data, len, err) });
        unsafe {
            let count = samlcert_entity_ids_count(list);
            assert_eq!(count, before + usize::from(status == SAMLCERT_OK));
            assert!((0..count).all(|index| !text(samlcert_entity_ids_get(list, index)).is_empty()));
            assert_eq!(text(samlcert_entity_ids_get(list, count)), "");
            if status == SAMLCERT_OK {
                assert_eq!(text(samlcert_entity_ids_get(list, before)).len(), len);
            }
        }
    }

    /// A new application, or one that is joined again from what another one tells.
    pub(super) fn begin_application(&mut self) {
        match self.input.byte() % 4 {
            0 | 1 => self.application(),
            2 => self.application_again(),
            _ => {
                let Text { data, len, .. } = self.text();
                let keys = self.private_keys.newest().cast_const();
                let count = usize::from(self.input.byte() % 2);
                self.hostile |= count == 1 && keys.is_null();
                let keys = &raw const keys;
                let made = self
                    .value(|out, err| unsafe { samlcert_application_from_events(data, len, keys, count, out, err) });
                self.applications.add(made.unwrap_or(ptr::null_mut()));
            }
        }
    }

    pub(super) fn application(&mut self) {
        let Text { data: actor, len: actor_len, .. } = self.actor();
        let policy = if self.input.once_in(16) { self.input.selector() } else { 1 + u32::from(self.input.byte() % 2) };
        self.hostile |= !matches!(policy, 1 | 2);
        let (id, event) = (Text::of(b"portal"), ptr::null_mut());
        let made = self.value(|out, err| unsafe {
            samlcert_application_new(BEGIN, actor, actor_len, id.data, id.len, policy, out, event, err)
        });
        self.applications.add(made.unwrap_or(ptr::null_mut()));
    }
}

fn scheme_number(scheme: samlcert_scheme) -> u32 {
    scheme as u32
}
