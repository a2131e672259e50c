//! What a call through the C ABI costs over the same call in Rust: both in turns, in one process and one run; the median
//! over the rounds of each, and of the differences of each round. The goal: 5 % or 50 ns more, whichever is more.

use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use samlcert::ffi::*;
use samlcert::{
    CertKeyPair, Certificate, ExpirySchedule, Fingerprint, HashAlgorithm, PrivateKey, UnixTime, Validity, Window,
};

use crate::data;

const ROUNDS: usize = 101;
/// How long one round takes, about.
const ROUND_NANOSECONDS: f64 = 5_000_000.0;

/// What C does to get an object, to use it, and to free it; and what Rust does to have the same.
pub fn run() {
    println!("| work | Rust, ns | C ABI, ns | more, ns | more, % | goal |\n|---|---|---|---|---|---|");
    let (certificate, key) = (data("certificates/rsa-2048.pem"), data("keys/rsa-2048.pem"));
    pair(&certificate, &key);
    paste(&certificate);
    fingerprints(&certificate);
    due();
}

/// The cost of each in nanoseconds, and what the second one costs more, medians.
fn compare<A, B>(work: &str, mut rust: impl FnMut() -> A, mut abi: impl FnMut() -> B) {
    let calls = calls(&mut rust).min(calls(&mut abi));
    let mut rounds: Vec<[f64; 3]> = (0..ROUNDS)
        .map(|round| {
            // Who goes first may be at an advantage.
            let (one, other) = if round % 2 == 0 {
                let one = time(calls, &mut rust);
                (one, time(calls, &mut abi))
            } else {
                let other = time(calls, &mut abi);
                (time(calls, &mut rust), other)
            };
            [one, other, other - one]
        })
        .collect();
    let mut median = |column: usize| {
        rounds.sort_unstable_by(|a, b| a[column].total_cmp(&b[column]));
        rounds[ROUNDS / 2][column]
    };
    let (one, other, more) = (median(0), median(1), median(2));
    let goal = if more <= (one * 0.05).max(50.0) { "met" } else { "missed" };
    println!("| {work} | {one:.1} | {other:.1} | {more:.1} | {:.1} | {goal} |", more / one * 100.0);
}

fn time<T>(calls: u32, work: &mut impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(work());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

/// How many calls fill a round.
fn calls<T>(work: &mut impl FnMut() -> T) -> u32 {
    time(10, work);
    (ROUND_NANOSECONDS / time(100, work)).clamp(1.0, 1e8) as u32
}

/// What C asks for; the status is looked at, as a caller does.
fn made<T>(call: impl FnOnce(*mut *mut T, *mut *mut samlcert_error) -> samlcert_status) -> *mut T {
    let (mut object, mut err) = (ptr::null_mut(), ptr::null_mut());
    assert_eq!(call(&raw mut object, &raw mut err), SAMLCERT_OK);
    object
}

fn pair(certificate: &[u8], key: &[u8]) {
    let rust = || {
        let certificate = Certificate::from_pem(black_box(certificate)).unwrap();
        CertKeyPair::new(certificate, PrivateKey::from_pem(black_box(key)).unwrap()).unwrap()
    };
    let abi = || {
        let (certificate, key) = (black_box(certificate), black_box(key));
        let (a, a_len, b, b_len) = (certificate.as_ptr(), certificate.len(), key.as_ptr(), key.len());
        let pair = made(|out, err| unsafe { samlcert_pair_from_pastes(a, a_len, b, b_len, out, err) });
        unsafe { samlcert_pair_free(pair) };
    };
    compare("pair check, RSA-2048, from two PEM texts", rust, abi);

    let objects = (Certificate::from_pem(certificate).unwrap(), PrivateKey::from_pem(key).unwrap());
    let (a, a_len) = (certificate.as_ptr(), certificate.len());
    let of_c = made(|out, err| unsafe { samlcert_certificate_from_pem(a, a_len, out, err) });
    let key_of_c = made(|out, err| unsafe { samlcert_private_key_from_pem(key.as_ptr(), key.len(), out, err) });
    let abi = || {
        let pair = made(|out, err| unsafe { samlcert_pair_new(black_box(of_c), black_box(key_of_c), out, err) });
        unsafe { samlcert_pair_free(pair) };
    };
    let rust = || CertKeyPair::new(black_box(&objects.0).clone(), black_box(&objects.1).clone()).unwrap();
    compare("pair check, RSA-2048, from objects", rust, abi);
    unsafe {
        samlcert_certificate_free(of_c);
        samlcert_private_key_free(key_of_c);
    }
}

fn paste(certificate: &[u8]) {
    let abi = || {
        let (data, len) = (black_box(certificate).as_ptr(), certificate.len());
        let normalized = made(|out, err| unsafe { samlcert_normalize(data, len, out, err) });
        unsafe { samlcert_normalized_free(normalized) };
    };
    compare("normalize, an RSA-2048 certificate as PEM", || samlcert::normalize(black_box(certificate)), abi);
}

fn fingerprints(certificate: &[u8]) {
    let text = Certificate::from_pem(certificate).unwrap().fingerprint(HashAlgorithm::Sha256).to_string();
    let abi = || {
        let (mut out, mut err) = (samlcert_fingerprint::default(), ptr::null_mut());
        let (data, len) = (black_box(&text).as_ptr(), text.len());
        let status = unsafe { samlcert_fingerprint_parse(data, len, &raw mut out, &raw mut err) };
        assert_eq!(status, SAMLCERT_OK);
        out
    };
    compare("fingerprint, parse", || Fingerprint::parse(black_box(text.as_bytes())).unwrap(), abi);

    let object = Certificate::from_pem(certificate).unwrap();
    let of_c =
        made(|out, err| unsafe { samlcert_certificate_from_pem(certificate.as_ptr(), certificate.len(), out, err) });
    let abi = || {
        let (mut out, mut err) = (samlcert_fingerprint::default(), ptr::null_mut());
        let status =
            unsafe { samlcert_certificate_fingerprint(black_box(of_c), black_box(2), &raw mut out, &raw mut err) };
        assert_eq!(status, SAMLCERT_OK);
        out
    };
    let rust = || black_box(&object).fingerprint(black_box(HashAlgorithm::Sha256));
    compare("fingerprint, SHA-256 of a certificate", rust, abi);
    unsafe { samlcert_certificate_free(of_c) };
}

/// Three of four reminders are due.
fn due() {
    let (begin, end) = (1_700_000_000, 1_800_000_000);
    let (after, until) = (end - 40 * 86_400, end);
    let schedule = ExpirySchedule::default();
    let rust = || {
        let validity = Validity::new(UnixTime(black_box(begin)), UnixTime(black_box(end))).unwrap();
        let window = Window::new(UnixTime(black_box(after)), UnixTime(black_box(until)));
        // C has them in a buffer of its own.
        let mut buffer = [(0, 0); 32];
        let mut count = 0;
        for (place, reminder) in buffer.iter_mut().zip(black_box(&schedule).due(validity, window)) {
            *place = (reminder.at.0, i64::from(reminder.threshold_s));
            count += 1;
        }
        assert_eq!(count, 3);
        buffer
    };
    let of_c = made(|out, err| unsafe { samlcert_schedule_usual(out, err) });
    let abi = || {
        let mut buffer = [samlcert_reminder::default(); 32];
        let (mut needed, mut err) = (0, ptr::null_mut());
        let (begin, end, after, until) = (black_box(begin), black_box(end), black_box(after), black_box(until));
        let (of, out) = (black_box(of_c), buffer.as_mut_ptr());
        let status =
            unsafe { samlcert_schedule_due(of, begin, end, after, until, out, 32, &raw mut needed, &raw mut err) };
        assert_eq!((status, needed), (SAMLCERT_OK, 3));
        buffer
    };
    compare("schedule, due", rust, abi);
    unsafe { samlcert_schedule_free(of_c) };
}
