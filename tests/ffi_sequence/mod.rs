//! What holds whatever C calls. Any bytes become a sequence of calls through the C ABI: with live objects and NULL,
//! with wrong selectors, hostile texts and missing outputs. A call that breaks an invariant panics. The fuzz target
//! `ffi_sequence` includes this file, too.

#![allow(
    clippy::undocumented_unsafe_blocks,
    reason = "one reason for all: pointers to objects come from a pool, which forgets what it frees; texts and outputs live \
              during the call, and a length that is a lie is one that the library refuses before it reads"
)]

mod application;
mod checks;
mod facts;
mod input;
mod making;
mod objects;
mod reading;

use samlcert::ffi::*;

use checks::text;
use input::Input;
use objects::Objects;

pub(crate) fn ffi_sequence(data: &[u8]) {
    let mut run = Run::new(data);
    while !run.input.is_over() {
        run.step();
    }
}

/// The live objects, and the next choices.
pub(crate) struct Run<'a> {
    input: Input<'a>,
    /// True if the chosen arguments must make the next call fail.
    hostile: bool,
    /// How many slow calls this run may still make.
    slow: u8,
    errors: Objects<samlcert_error>,
    bytes: Objects<samlcert_bytes>,
    secrets: Objects<samlcert_secret>,
    normalized: Objects<samlcert_normalized>,
    certificates: Objects<samlcert_certificate>,
    private_keys: Objects<samlcert_private_key>,
    encrypted_keys: Objects<samlcert_encrypted_key>,
    pairs: Objects<samlcert_pair>,
    issue_requests: Objects<samlcert_issue_request>,
    schedules: Objects<samlcert_schedule>,
    entity_ids: Objects<samlcert_entity_ids>,
    applications: Objects<samlcert_application>,
    downloads: Objects<samlcert_downloads>,
}

impl<'a> Run<'a> {
    fn new(data: &'a [u8]) -> Self {
        let mut run = Self {
            input: Input::new(data),
            hostile: false,
            slow: 2,
            errors: Objects::new(samlcert_error_free),
            bytes: Objects::new(samlcert_bytes_free),
            secrets: Objects::new(samlcert_secret_free),
            normalized: Objects::new(samlcert_normalized_free),
            certificates: Objects::new(samlcert_certificate_free),
            private_keys: Objects::new(samlcert_private_key_free),
            encrypted_keys: Objects::new(samlcert_encrypted_key_free),
            pairs: Objects::new(samlcert_pair_free),
            issue_requests: Objects::new(samlcert_issue_request_free),
            schedules: Objects::new(samlcert_schedule_free),
            entity_ids: Objects::new(samlcert_entity_ids_free),
            applications: Objects::new(samlcert_application_free),
            downloads: Objects::new(samlcert_downloads_free),
        };
        run.begin();
        run.versions();
        run
    }

    fn versions(&self) {
        unsafe {
            assert_eq!(samlcert_abi_version(), SAMLCERT_ABI_VERSION);
            assert!(text(samlcert_version()).contains('.'));
            assert_eq!(text(samlcert_status_name(0)), "ok");
            assert_eq!(text(samlcert_status_name(u32::MAX)), "");
        }
    }

    fn step(&mut self) {
        match self.input.byte() % 16 {
            0 => self.read(),
            1 => self.look_into_a_paste(),
            2 => self.certificate_facts(),
            3 => self.fingerprints(),
            4 => self.key_facts(),
            5 => self.write(),
            6 => self.pair(),
            7 => self.make(),
            8 => self.remind(),
            9 => self.list(),
            10 => self.begin_application(),
            11 => self.ask_application(),
            12 => self.free(),
            13 => self.add_or_confirm(),
            _ => self.application_step(),
        }
    }

    fn free(&mut self) {
        let (which, index) = (self.input.byte(), self.input.byte());
        match which % 13 {
            0 => self.errors.free(index),
            1 => self.bytes.free(index),
            2 => self.secrets.free(index),
            3 => self.normalized.free(index),
            4 => self.certificates.free(index),
            5 => self.private_keys.free(index),
            6 => self.encrypted_keys.free(index),
            7 => self.pairs.free(index),
            8 => self.issue_requests.free(index),
            9 => self.schedules.free(index),
            10 => self.entity_ids.free(index),
            11 => self.applications.free(index),
            _ => self.downloads.free(index),
        }
    }

    /// An object, or now and then NULL, which the next call must refuse.
    fn pick<T>(&mut self, pool: impl Fn(&Self) -> &Objects<T>) -> *mut T {
        let index = self.input.byte();
        let picked = pool(self).get(index);
        self.hostile |= picked.is_null();
        picked
    }

    /// Whether there is time for a call that computes for long: seldom, and not often in one run.
    fn is_patient(&mut self) -> bool {
        let is_patient = self.slow > 0 && self.input.once_in(32);
        self.slow -= u8::from(is_patient);
        is_patient
    }
}
