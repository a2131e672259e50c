//! The accessors of objects, and the forms in which they are written.

use std::ptr;

use samlcert::ffi::*;

use super::Run;
use super::checks::{bytes, text};
use super::input::Text;

impl Run<'_> {
    pub(super) fn certificate_facts(&mut self) {
        let of = self.pick(|run| &run.certificates);
        let hash = self.input.selector();
        let whole = self.value(|out, err| unsafe { samlcert_certificate_fingerprint(of, hash, out, err) });
        self.hostile = of.is_null();
        let key = self.value(|out, err| unsafe { samlcert_certificate_spki_fingerprint(of, hash, out, err) });
        for fingerprint in [whole, key].into_iter().flatten() {
            assert!(unsafe { samlcert_certificate_has_fingerprint(of, &raw const fingerprint) });
            self.round_trip(fingerprint);
        }
        assert!(!unsafe { samlcert_certificate_has_fingerprint(of, ptr::null()) });
        self.names_of_a_certificate(of);
        unsafe { values_of_a_certificate(of) };
        let other = self.pick(|run| &run.certificates);
        self.hostile |= of.is_null();
        let compared: Option<samlcert_comparison> =
            self.value(|out, err| unsafe { samlcert_compare(of, other, out, err) });
        let is_same = unsafe { bytes(samlcert_certificate_der(of)) == bytes(samlcert_certificate_der(other)) };
        let identical = |it: samlcert_comparison| it.relation == samlcert_relation::Identical;
        assert!(compared.is_none_or(|it| identical(it) == is_same && identical(it) == (it.first_difference == -1)));
    }

    fn names_of_a_certificate(&mut self, of: *mut samlcert_certificate) {
        for function in [
            samlcert_certificate_subject,
            samlcert_certificate_issuer,
            samlcert_certificate_signature_algorithm,
            samlcert_certificate_extensions_json,
        ] {
            self.hostile = of.is_null();
            if let Some(name) = self.value(|out, err| unsafe { function(of, out, err) }) {
                unsafe { text(samlcert_bytes_slice(name)) };
                self.bytes.add(name);
            }
        }
    }

    pub(super) fn key_facts(&mut self) {
        let of = self.pick(|run| &run.private_keys);
        let hash = self.input.selector();
        let fingerprint = self.value(|out, err| unsafe { samlcert_private_key_fingerprint(of, hash, out, err) });
        if let Some(fingerprint) = fingerprint {
            self.round_trip(fingerprint);
        }
        unsafe {
            let is_there = !of.is_null();
            assert_eq!(text(samlcert_private_key_algorithm(of)).is_empty(), !is_there);
            assert_eq!(text(samlcert_private_key_label(of)).is_empty(), !is_there);
            assert_eq!(bytes(samlcert_private_key_spki_der(of)).is_empty(), !is_there);
            assert_eq!(samlcert_private_key_bits(of) == 0, !is_there);
            assert!(is_there || !samlcert_private_key_embeds_public_half(of));
            assert!(is_there || !samlcert_private_key_proves_itself(of));
            assert_eq!(text(samlcert_encrypted_key_label(ptr::null())), "");
        }
        self.encrypt_or_decrypt();
    }

    fn encrypt_or_decrypt(&mut self) {
        let password = self.text();
        let Text { data, len, .. } = password;
        if !self.is_patient() {
            self.hostile = false;
            return;
        }
        if self.input.once_in(2) {
            let key = self.pick(|run| &run.private_keys);
            let made = self.value(|out, err| unsafe { samlcert_private_key_encrypt(key, data, len, out, err) });
            self.encrypted_keys.add(made.unwrap_or(ptr::null_mut()));
            self.opens_again(key, made, password);
        } else {
            let key = self.pick(|run| &run.encrypted_keys);
            let made = self.value(|out, err| unsafe { samlcert_encrypted_key_decrypt(key, data, len, out, err) });
            self.private_keys.add(made.unwrap_or(ptr::null_mut()));
        }
    }

    fn opens_again(
        &mut self,
        key: *mut samlcert_private_key,
        made: Option<*mut samlcert_encrypted_key>,
        password: Text,
    ) {
        let Some(made) = made else { return };
        let (mut opened, none) = (ptr::null_mut(), ptr::null_mut());
        let status =
            unsafe { samlcert_encrypted_key_decrypt(made, password.data, password.len, &raw mut opened, none) };
        assert_eq!(status, SAMLCERT_OK, "its own password does not open it");
        unsafe { same_key(key, opened) };
        self.private_keys.add(opened);
    }

    /// Writes an object in some form; what was written in a form of text is read back as the same.
    pub(super) fn write(&mut self) {
        let form = self.input.selector();
        self.hostile = !matches!(form, 1..=7);
        match self.input.byte() % 4 {
            0 => self.write_certificate(form),
            1 => self.write_key(form),
            2 => {
                let of = self.pick(|run| &run.encrypted_keys);
                let made = self.value(|out, err| unsafe { samlcert_encrypted_key_write(of, form, out, err) });
                self.bytes.add(made.unwrap_or(ptr::null_mut()));
            }
            _ => {
                self.hostile = false;
                let of = self.pick(|run| &run.private_keys);
                let made = self.value(|out, err| unsafe { samlcert_private_key_secret_pkcs8_der(of, out, err) });
                self.secrets.add(made.unwrap_or(ptr::null_mut()));
            }
        }
    }

    fn write_certificate(&mut self, form: u32) {
        let of = self.pick(|run| &run.certificates);
        let Some(made) = self.value(|out, err| unsafe { samlcert_certificate_write(of, form, out, err) }) else {
            return;
        };
        let (mut again, none) = (ptr::null_mut(), ptr::null_mut());
        unsafe {
            let written = samlcert_bytes_slice(made);
            let status = samlcert_certificate_from_pem(written.data, written.len, &raw mut again, none);
            assert_eq!(status, SAMLCERT_OK, "the form {form} is not read back");
            assert_eq!(bytes(samlcert_certificate_der(of)), bytes(samlcert_certificate_der(again)));
        }
        self.bytes.add(made);
        self.certificates.add(again);
    }

    fn write_key(&mut self, form: u32) {
        let of = self.pick(|run| &run.private_keys);
        self.hostile |= form == 7;
        let Some(made) = self.value(|out, err| unsafe { samlcert_private_key_secret_write(of, form, out, err) }) else {
            return;
        };
        let (mut again, none) = (ptr::null_mut(), ptr::null_mut());
        unsafe {
            let written = samlcert_secret_slice(made);
            let status = samlcert_private_key_from_pem(written.data, written.len, &raw mut again, none);
            assert_eq!(status, SAMLCERT_OK, "the form {form} is not read back");
            same_key(of, again);
        }
        self.secrets.add(made);
        self.private_keys.add(again);
    }
}

unsafe fn same_key(first: *const samlcert_private_key, second: *const samlcert_private_key) {
    let spki = |of| unsafe { bytes(samlcert_private_key_spki_der(of)) };
    assert_eq!(spki(first), spki(second), "it is another key");
}

unsafe fn values_of_a_certificate(of: *const samlcert_certificate) {
    unsafe {
        let is_there = !of.is_null();
        assert_eq!((1..=3).contains(&samlcert_certificate_version(of)), is_there);
        assert_eq!(bytes(samlcert_certificate_serial(of)).is_empty(), !is_there);
        assert!(samlcert_certificate_not_before(of) <= samlcert_certificate_not_after(of));
        let (der, spki) = (bytes(samlcert_certificate_der(of)), bytes(samlcert_certificate_spki_der(of)));
        assert!(!is_there || der.windows(spki.len()).any(|window| window == spki));
        assert_eq!(text(samlcert_certificate_key_algorithm(of)).is_empty(), !is_there);
        assert!(is_there || samlcert_certificate_key_bits(of) == 0);
        assert_eq!(samlcert_certificate_self_signature(of) == samlcert_self_signature::None, !is_there);
        assert!(is_there || !samlcert_certificate_is_self_issued(of));
        assert!(is_there || !samlcert_certificate_is_ca(of));
        assert!(is_there || samlcert_certificate_key_usage(of) == 0);
        bytes(samlcert_certificate_subject_key_identifier(of));
        let notes = samlcert_certificate_note_count(of);
        assert!((0..notes).all(|note| !text(samlcert_certificate_note(of, note)).is_empty()));
        assert_eq!(text(samlcert_certificate_note(of, notes)), "");
    }
}
