//! What holds for every input. The fuzz targets (`fuzz/fuzz_targets`) and the replay of their corpora
//! (`tests/corpus.rs`) share this file; each function takes any bytes and panics where something does not hold.

use samlcert::pem::Form;
use samlcert::{
    CertKeyPair, Certificate, CertificateNote, Comparison, EncryptedPrivateKey, ExpirySchedule, ExtensionValue,
    Fingerprint, HashAlgorithm, Item, Normalized, PrivateKey, Reminder, Span, UnixTime, Validity, Window,
};

/// `normalize` is total, tells places inside the paste in order, and is idempotent over what it writes.
pub(crate) fn normalize(data: &[u8]) {
    let found = samlcert::normalize(data);
    assert!(!(found.items().is_empty() && found.refused().is_empty()), "neither an item nor a reason");
    spans(data, &found);
    let mut all = Vec::new();
    for item in found.items() {
        let pem = item.item().secret_write(Form::Pem).expect("every item has a PEM form");
        reads_back(item.item(), pem.secret_bytes());
        all.extend_from_slice(pem.secret_bytes());
        if let Item::Certificate(accepted) = item.item() {
            getters(accepted);
        }
    }
    let again = samlcert::normalize(&all);
    let ders = |found: &Normalized| found.items().iter().map(|item| der(item.item()).to_vec()).collect::<Vec<_>>();
    if !found.items().is_empty() && all.len() <= samlcert::limits::MAX_PASTE_BYTES {
        assert_eq!(ders(&found), ders(&again), "what was written reads otherwise");
        assert!(again.refused().is_empty(), "what was written is refused");
    }
}

/// A certificate that is accepted keeps its bytes, and none of its getters fails.
pub(crate) fn certificate(data: &[u8]) {
    match Certificate::from_der(data) {
        Ok(certificate) => {
            assert_eq!(certificate.der(), data);
            getters(&certificate);
        }
        Err(error) => {
            assert!(error.position().is_none_or(|at| at <= data.len()), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

/// A private key that is accepted keeps its bytes and is the same key as PKCS#8; no error shows the input.
pub(crate) fn private_key(data: &[u8]) {
    match PrivateKey::from_der(data) {
        Ok(key) => {
            assert_eq!(key.secret_der(), data);
            let pkcs8 = key.secret_pkcs8_der();
            let again = PrivateKey::from_pkcs8_der(pkcs8.secret_bytes()).expect("what was written is read");
            assert!(again.public_key().is_same_key(key.public_key()));
            assert_eq!((again.algorithm(), again.bits()), (key.algorithm(), key.bits()));
        }
        Err(error) => {
            assert!(error.position().is_none_or(|at| at <= data.len()), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
    if let Err(error) = EncryptedPrivateKey::from_der(data) {
        assert!(error.position().is_none_or(|at| at <= data.len()), "{error}");
    }
}

/// A fingerprint that is read is written in a form that reads as the same; a refusal tells a place in the text.
pub(crate) fn fingerprint(data: &[u8]) {
    match Fingerprint::parse(data) {
        Ok(fingerprint) => {
            assert_eq!(fingerprint.digest().len(), fingerprint.algorithm().digest_len());
            for text in [fingerprint.to_string(), fingerprint.to_hex()] {
                let again = Fingerprint::parse(text.as_bytes()).expect("what was written is read");
                assert_eq!((again.algorithm(), again.digest()), (fingerprint.algorithm(), fingerprint.digest()));
            }
        }
        Err(error) => inside(data, error.span()),
    }
}

/// A pair is given exactly if the key is the certificate's; comparing is symmetric.
pub(crate) fn pair(data: &[u8]) {
    let mut certificates = Vec::new();
    let mut keys = Vec::new();
    for found in samlcert::normalize(data).into_items() {
        match found.into_item() {
            Item::Certificate(certificate) => certificates.push(certificate),
            Item::PrivateKey(key) => keys.push(key),
            _ => {}
        }
    }
    compares(&certificates);
    for (certificate, key) in certificates.into_iter().zip(keys) {
        let same = certificate.public_key().is_same_key(key.public_key());
        let pair = CertKeyPair::new(certificate.clone(), key);
        assert!(same || pair.is_err(), "another key's certificate pairs");
        if let Ok(pair) = pair {
            assert_eq!(pair.certificate(), &certificate);
        }
    }
}

/// Four moments (not before, not after, and two more) of 8 bytes each, little-endian, then thresholds of 4 bytes each.
///
/// Thresholds make a schedule exactly if they are few, long and short enough, and different; over any parts of time each
/// reminder is due exactly once, and what is next is the first that is due later.
pub(crate) fn schedule(data: &[u8]) {
    let Some((moments, thresholds)) = data.split_at_checked(32) else { return };
    let moments: Vec<_> =
        moments.chunks_exact(8).map(|eight| i64::from_le_bytes(eight.try_into().expect("8 bytes"))).collect();
    let thresholds: Vec<_> = thresholds.chunks(4).map(little_endian).collect();
    let Some(schedule) = made(&thresholds) else { return };
    let Some(validity) = Validity::new(UnixTime(moments[0]), UnixTime(moments[1])) else { return };
    let all: Vec<Reminder> = schedule.reminders(validity).collect();
    assert_eq!(all, calculated(&thresholds, validity), "other reminders than by the definition");
    partitioned(&schedule, validity, &interesting(&moments, &all));
}

/// The bytes that are missing at the end are 0.
fn little_endian(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn made(thresholds: &[u32]) -> Option<ExpirySchedule> {
    let mut sorted = thresholds.to_vec();
    sorted.sort();
    sorted.dedup();
    sorted.reverse();
    let in_range = |&threshold| 0 < threshold && threshold <= samlcert::limits::MAX_THRESHOLD_S;
    let good = (1..=32).contains(&thresholds.len()) && sorted.len() == thresholds.len() && sorted.iter().all(in_range);
    match ExpirySchedule::new(thresholds) {
        Ok(schedule) => {
            assert!(good, "a schedule of {thresholds:?}");
            assert_eq!(schedule.thresholds_s(), sorted);
            assert_eq!(ExpirySchedule::new(&sorted).as_ref(), Ok(&schedule), "the order matters");
            Some(schedule)
        }
        Err(error) => {
            assert!(!good && !error.to_string().is_empty(), "{error}");
            None
        }
    }
}

/// The reminders by the definition, in numbers that do not overflow.
fn calculated(thresholds: &[u32], validity: Validity) -> Vec<Reminder> {
    let moment = |threshold| i128::from(validity.not_after().0) - i128::from(threshold);
    let later = thresholds.iter().filter(|&&threshold| moment(threshold) > i128::from(validity.not_before().0));
    let at = |threshold| UnixTime(i64::try_from(moment(threshold)).expect("it is within the validity"));
    let mut reminders: Vec<_> = later.map(|&threshold_s| Reminder { threshold_s, at: at(threshold_s) }).collect();
    reminders.sort_by_key(|reminder| reminder.at);
    reminders
}

/// The moments given, those of the reminders, the ones beside them, and both ends of time.
fn interesting(moments: &[i64], reminders: &[Reminder]) -> Vec<UnixTime> {
    let all = moments.iter().copied().chain(reminders.iter().map(|reminder| reminder.at.0));
    let around = all.flat_map(|moment| [moment.saturating_sub(1), moment, moment.saturating_add(1)]);
    let mut sorted: Vec<_> = around.chain([i64::MIN, i64::MAX]).map(UnixTime).collect();
    sorted.sort();
    sorted
}

/// Cuts the whole of time at these moments, each also by itself.
fn partitioned(schedule: &ExpirySchedule, validity: Validity, moments: &[UnixTime]) {
    let due = |after, until| schedule.due(validity, Window::new(after, until)).collect::<Vec<_>>();
    let (first, last) = (moments[0], moments[moments.len() - 1]);
    let all: Vec<_> = schedule.reminders(validity).collect();
    let parts: Vec<_> = moments.windows(2).flat_map(|pair| due(pair[0], pair[1])).collect();
    assert_eq!(parts, all, "not each reminder exactly once");
    for &moment in moments {
        let (before, after) = (due(first, moment), due(moment, last));
        assert_eq!(schedule.next_after(validity, moment).as_ref(), after.first());
        assert_eq!(schedule.catch_up(validity, Window::new(first, moment)).as_ref(), before.last());
        assert_eq!([before, after].concat(), all, "a window that is cut gives other reminders");
        for until in [first, moment] {
            assert_eq!(due(moment, until), [], "an empty window gives reminders");
            assert_eq!(schedule.catch_up(validity, Window::new(moment, until)), None);
        }
    }
}

fn compares(certificates: &[Certificate]) {
    for a in certificates {
        assert_eq!(relation(a, a), "identical");
        for b in certificates {
            assert_eq!(relation(a, b), relation(b, a));
            assert_eq!(samlcert::compare(a, b).first_difference(), samlcert::compare(b, a).first_difference());
            assert_eq!(relation(a, b) == "identical", a.der() == b.der());
        }
    }
}

fn relation(a: &Certificate, b: &Certificate) -> &'static str {
    let comparison: Comparison = samlcert::compare(a, b);
    comparison.relation().as_str()
}

fn der(item: &Item) -> &[u8] {
    match item {
        Item::Certificate(certificate) => certificate.der(),
        Item::PrivateKey(key) => key.secret_der(),
        Item::Encrypted(key) => key.encrypted_bytes(),
        _ => &[],
    }
}

fn reads_back(item: &Item, pem: &[u8]) {
    let again = samlcert::normalize(pem);
    assert!(again.refused().is_empty(), "a written item is refused");
    assert_eq!(again.items().len(), 1, "a written item is another number of items");
    let same = &again.items()[0];
    assert_eq!(der(same.item()), der(item), "a written item reads otherwise");
    assert!(same.repairs().is_empty(), "a written item needs repairs");
    assert_eq!(same.label(), item.label());
}

fn spans(data: &[u8], found: &Normalized) {
    let mut last = 0;
    for item in found.items() {
        inside(data, item.span());
        assert!(item.span().start >= last, "items are not in the order of the text");
        last = item.span().start;
        item.repairs().iter().for_each(|repair| inside(data, repair.span()));
    }
    for refusal in found.refused() {
        inside(data, refusal.span());
        assert!(!refusal.to_string().is_empty());
    }
}

fn inside(data: &[u8], span: Span) {
    assert!(span.start <= span.end && span.end <= data.len(), "{span:?} is not inside {} bytes", data.len());
}

/// What the extensions say is shown without control characters, and the short ways say the same.
fn extensions(certificate: &Certificate) {
    let extensions = certificate.extensions();
    let names = extensions.iter().flat_map(|extension| match &extension.value {
        ExtensionValue::SubjectAltName(names) => names.as_slice(),
        ExtensionValue::AuthorityKeyIdentifier { issuer, .. } => issuer,
        _ => &[],
    });
    assert!(
        !names.into_iter().any(|name| name.text.contains(|c: char| c.is_control())),
        "a control character came through"
    );
    let is = |wanted: fn(&ExtensionValue) -> bool| extensions.iter().any(|extension| wanted(&extension.value));
    assert_eq!(is(|value| matches!(value, ExtensionValue::BasicConstraints { is_ca: true, .. })), certificate.is_ca());
    assert_eq!(is(|value| matches!(value, ExtensionValue::KeyUsage(_))), certificate.key_usage().is_some());
    for (note, holds) in [
        (CertificateNote::UndecodableExtension, is(|value| *value == ExtensionValue::Undecodable)),
        (CertificateNote::Ca, certificate.is_ca()),
    ] {
        assert_eq!(certificate.notes().contains(&note), holds, "{note:?}");
    }
    let decoded = extensions.iter().find_map(|extension| match &extension.value {
        ExtensionValue::SubjectKeyIdentifier(identifier) => Some(identifier.as_slice()),
        _ => None,
    });
    assert_eq!(decoded, certificate.subject_key_identifier(), "the two readers of key identifiers differ");
}

/// Calls everything that a certificate tells.
fn getters(certificate: &Certificate) {
    let texts = [certificate.subject(), certificate.issuer(), certificate.signature_algorithm().as_str().to_owned()];
    let controls = |c: char| c.is_control();
    assert!(!texts.iter().any(|text| text.contains(controls)), "a control character came through");
    assert!((1..=3).contains(&certificate.version()));
    assert!(!certificate.serial().is_empty());
    assert!(certificate.validity().not_before() <= certificate.validity().not_after());
    assert_eq!(certificate.public_key().spki_der(), certificate.spki_der());
    assert_eq!(certificate.public_key().algorithm(), certificate.key_algorithm());
    assert_eq!(certificate.public_key().bits(), certificate.key_bits());
    let within = certificate.der().windows(certificate.spki_der().len()).any(|window| window == certificate.spki_der());
    assert!(within, "the SPKI is not a part of the certificate");
    for algorithm in HashAlgorithm::ALL {
        assert_eq!(certificate.spki_fingerprint(algorithm), certificate.public_key().fingerprint(algorithm));
        assert_eq!(certificate.fingerprint(algorithm).digest().len(), algorithm.digest_len());
    }
    let _ = (certificate.is_self_issued(), certificate.self_signature(), certificate.subject_key_identifier());
    let _ = (certificate.notes(), format!("{certificate:?}"));
    extensions(certificate);
    assert_eq!(Certificate::from_der(certificate.der()).as_ref(), Ok(certificate));
}
