//! Texts in, objects out, and what a paste holds.

use samlcert::ffi::*;

use super::Run;
use super::checks::{bytes, text};
use super::input::{PAIRS, Text};

impl Run<'_> {
    /// Every run begins with some pairs and their halves.
    pub(super) fn begin(&mut self) {
        for pair in PAIRS {
            let (mut object, paste) = (std::ptr::null_mut(), Text::of(pair));
            let status =
                unsafe { samlcert_pair_from_paste(paste.data, paste.len, &raw mut object, std::ptr::null_mut()) };
            assert_eq!(status, SAMLCERT_OK);
            self.pairs.add(object);
        }
        self.application();
    }

    /// Reads a text as what it may or may not be.
    pub(super) fn read(&mut self) {
        let which = self.input.byte();
        let Text { data, len, .. } = self.text();
        match which % 8 {
            0 | 1 => {
                let made = self.value(|out, err| unsafe { samlcert_normalize(data, len, out, err) });
                self.normalized.add(made.unwrap_or(std::ptr::null_mut()));
            }
            2 => {
                let made = self.value(|out, err| unsafe { samlcert_certificate_from_der(data, len, out, err) });
                if let Some(certificate) = made {
                    let der = unsafe { bytes(samlcert_certificate_der(certificate)) };
                    assert_eq!(der, unsafe { std::slice::from_raw_parts(data, len) }, "the DER is not as it was given");
                    self.certificates.add(certificate);
                }
            }
            3 => {
                let made = self.value(|out, err| unsafe { samlcert_certificate_from_pem(data, len, out, err) });
                self.certificates.add(made.unwrap_or(std::ptr::null_mut()));
            }
            4 => {
                let made = self.value(|out, err| unsafe { samlcert_private_key_from_der(data, len, out, err) });
                self.private_keys.add(made.unwrap_or(std::ptr::null_mut()));
            }
            5 => {
                let made = self.value(|out, err| unsafe { samlcert_private_key_from_pem(data, len, out, err) });
                self.private_keys.add(made.unwrap_or(std::ptr::null_mut()));
            }
            6 => {
                let made = self.value(|out, err| unsafe { samlcert_encrypted_key_from_der(data, len, out, err) });
                self.encrypted_keys.add(made.unwrap_or(std::ptr::null_mut()));
            }
            _ => self.read_pair(Text { data, len, is_hostile: false }),
        }
    }

    fn read_pair(&mut self, first: Text) {
        let which = self.input.byte();
        let second = if which.is_multiple_of(3) { first } else { self.text() };
        let ((a, a_len), (b, b_len)) = ((first.data, first.len), (second.data, second.len));
        let made = match which % 3 {
            0 => self.value(|out, err| unsafe { samlcert_pair_from_paste(a, a_len, out, err) }),
            1 => self.value(|out, err| unsafe { samlcert_pair_from_pastes(a, a_len, b, b_len, out, err) }),
            _ => self.value(|out, err| unsafe { samlcert_pair_from_der(a, a_len, b, b_len, out, err) }),
        };
        self.pairs.add(made.unwrap_or(std::ptr::null_mut()));
    }

    pub(super) fn look_into_a_paste(&mut self) {
        let paste = self.pick(|run| &run.normalized);
        let count = unsafe { samlcert_normalized_item_count(paste) };
        let refusals = unsafe { samlcert_normalized_refusal_count(paste) };
        assert_eq!(paste.is_null(), count + refusals == 0, "neither an item nor a refusal");
        let json = self.value(|out, err| unsafe { samlcert_normalized_json(paste, out, err) });
        self.keep_json(json);
        for refusal in 0..refusals {
            self.refusal(paste, refusal);
        }
        for item in (0..count).chain([count, usize::MAX]) {
            self.item(paste, item, item < count);
        }
        self.take_out(paste, count);
    }

    fn refusal(&mut self, paste: *mut samlcert_normalized, index: usize) {
        let mut code = 0;
        let mut message = samlcert_slice::default();
        let span: Option<samlcert_span> = self.value(|span, err| unsafe {
            samlcert_normalized_refusal(paste, index, &raw mut code, &raw mut message, span, err)
        });
        assert_eq!(span.is_some(), code != 0);
        if span.is_some() {
            assert!(!unsafe { text(message) }.is_empty() && !unsafe { text(samlcert_status_name(code)) }.is_empty());
        }
    }

    fn item(&mut self, paste: *mut samlcert_normalized, index: usize, is_there: bool) {
        self.hostile = !is_there;
        let span: Option<samlcert_span> =
            self.value(|out, err| unsafe { samlcert_normalized_item_span(paste, index, out, err) });
        assert!(span.is_none_or(|span| span.start <= span.end));
        let kind = unsafe { samlcert_normalized_item_kind(paste, index) };
        assert_eq!(kind != samlcert_item_kind::None, is_there);
        unsafe { text(samlcert_normalized_item_label(paste, index)) };
        let repairs = unsafe { samlcert_normalized_item_repair_count(paste, index) };
        let notes = unsafe { samlcert_normalized_item_note_count(paste, index) };
        assert!(is_there || repairs + notes == 0);
        for repair in 0..=repairs {
            self.hostile = repair == repairs;
            let (mut name, mut message) = Default::default();
            let span: Option<samlcert_span> = self.value(|out, err| unsafe {
                samlcert_normalized_item_repair(paste, index, repair, &raw mut name, &raw mut message, out, err)
            });
            told(span.is_some(), name, message);
        }
        for note in 0..=notes {
            self.hostile = note == notes;
            let mut message = samlcert_slice::default();
            let name = self.value(|out, err| unsafe {
                samlcert_normalized_item_note(paste, index, note, out, &raw mut message, err)
            });
            told(name.is_some(), name.unwrap_or_default(), message);
        }
    }

    /// An item as an object, whatever it is asked for as.
    fn take_out(&mut self, paste: *mut samlcert_normalized, count: usize) {
        let index = self.input.index();
        let kind = unsafe { samlcert_normalized_item_kind(paste, index) };
        let wanted = match self.input.byte() % 3 {
            0 => {
                let made = self.value(|out, err| unsafe { samlcert_normalized_certificate(paste, index, out, err) });
                self.certificates.add(made.unwrap_or(std::ptr::null_mut()));
                made.map(|_| samlcert_item_kind::Certificate)
            }
            1 => {
                let made = self.value(|out, err| unsafe { samlcert_normalized_private_key(paste, index, out, err) });
                self.private_keys.add(made.unwrap_or(std::ptr::null_mut()));
                made.map(|_| samlcert_item_kind::PrivateKey)
            }
            _ => {
                let made = self.value(|out, err| unsafe { samlcert_normalized_encrypted_key(paste, index, out, err) });
                self.encrypted_keys.add(made.unwrap_or(std::ptr::null_mut()));
                made.map(|_| samlcert_item_kind::EncryptedKey)
            }
        };
        assert!(wanted.is_none_or(|wanted| wanted == kind && index < count), "an item came out as another kind");
    }

    /// JSON is an object, and is told apart from no answer.
    pub(super) fn keep_json(&mut self, json: Option<*mut samlcert_bytes>) {
        let Some(json) = json.filter(|json| !json.is_null()) else { return };
        let form = unsafe { text(samlcert_bytes_slice(json)) };
        assert!(serde_json::from_str::<serde_json::Value>(form).is_ok_and(|form| form.is_object()), "{form}");
        self.bytes.add(json);
    }

    /// A notation that is read gives the same fingerprint when it is written and read again.
    pub(super) fn fingerprints(&mut self) {
        let Text { data, len, .. } = self.text();
        let (hash, target) = (self.input.selector(), self.input.selector());
        let read = match self.input.byte() % 2 {
            0 => self.value(|out, err| unsafe { samlcert_fingerprint_parse(data, len, out, err) }),
            _ => self.value(|out, err| unsafe { samlcert_fingerprint_of(hash, target, data, len, out, err) }),
        };
        if let Some(fingerprint) = read {
            self.round_trip(fingerprint);
        }
        self.contradictory_fingerprint();
    }

    pub(super) fn round_trip(&mut self, fingerprint: samlcert_fingerprint) {
        let of = &raw const fingerprint;
        for notation in [self.input.selector(), 1, 2] {
            self.hostile = !matches!(notation, 1 | 2);
            let written: Option<Vec<u8>> = self.buffer(|out, cap, needed, err| unsafe {
                samlcert_fingerprint_format(of, notation, out, cap, needed, err)
            });
            let Some(written) = written else { continue };
            let mut again = samlcert_fingerprint::default();
            let none = std::ptr::null_mut();
            let status = unsafe { samlcert_fingerprint_parse(written.as_ptr(), written.len(), &raw mut again, none) };
            assert_eq!(status, SAMLCERT_OK, "what was written is not read");
            // The notation does not tell what was hashed.
            again.target = fingerprint.target;
            assert!(unsafe { samlcert_fingerprint_equal(of, &raw const again) });
        }
    }

    /// One that C filled in at random is refused, or is the same as itself.
    fn contradictory_fingerprint(&mut self) {
        let mut made = samlcert_fingerprint {
            algorithm: self.input.selector(),
            target: self.input.selector(),
            digest_len: self.input.selector().wrapping_mul(4),
            digest: [0; 64],
        };
        made.digest[usize::from(self.input.byte() % 64)] = self.input.byte();
        let of = &raw const made;
        let written: Option<Vec<u8>> =
            self.buffer(|out, cap, needed, err| unsafe { samlcert_fingerprint_format(of, 2, out, cap, needed, err) });
        let is_value = unsafe { samlcert_fingerprint_equal(of, of) };
        assert!(written.is_none_or(|hex| is_value && hex.len() == 2 * usize::try_from(made.digest_len).unwrap()));
        assert!(!unsafe { samlcert_fingerprint_equal(of, std::ptr::null()) });
        assert!(!unsafe { samlcert_certificate_has_fingerprint(self.certificates.newest(), of) } || is_value);
    }
}

fn told(is_there: bool, name: samlcert_slice, message: samlcert_slice) {
    let (name, message) = unsafe { (text(name), text(message)) };
    assert!(!is_there || !(name.is_empty() || message.is_empty()), "it has no name, or no sentence");
}
