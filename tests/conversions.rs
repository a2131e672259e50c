//! Conversions to and from the types of other crates: every fixture makes the round trip, and the exceptions are
//! listed.

use samlcert::UnixTime;
use std::time::{Duration, SystemTime};

#[cfg(any(feature = "jiff", feature = "time"))]
/// 1950, a second before 1970, 1970, a moment of today, the last of 9999.
const MOMENTS: [(&str, i64); 5] = [
    ("1950-01-01T00:00:00Z", -631_152_000),
    ("1969-12-31T23:59:59Z", -1),
    ("1970-01-01T00:00:00Z", 0),
    ("2026-11-24T09:55:06Z", 1_795_514_106),
    ("9999-12-31T23:59:59Z", LAST),
];
const LAST: i64 = 253_402_300_799;

#[test]
fn the_clock_of_the_system_is_rounded_down_to_the_second() {
    let after = |(seconds, nanos)| SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos));
    let before = |(seconds, nanos)| SystemTime::UNIX_EPOCH.checked_sub(Duration::new(seconds, nanos));
    let table = [
        ("1970", after((0, 0)), 0),
        ("half a second later", after((0, 500_000_000)), 0),
        ("today", after((1_795_514_106, 999_999_900)), 1_795_514_106),
        ("the last of 9999", after((253_402_300_799, 0)), LAST),
        ("a part of a second before 1970", before((0, 100)), -1),
        ("a second before", before((1, 0)), -1),
        ("a part of a second more", before((1, 100)), -2),
        ("1950", before((631_152_000, 0)), -631_152_000),
    ];
    for (name, time, expected) in table {
        let time = time.unwrap_or_else(|| panic!("{name}: this system does not count so far"));
        assert_eq!(UnixTime::try_from(time), Ok(UnixTime(expected)), "{name}");
    }
    // Not every system can represent it.
    if let Some(last) = after((9_223_372_036_854_775_807, 999_999_999)) {
        assert_eq!(UnixTime::try_from(last), Ok(UnixTime(i64::MAX)));
    }
    if let Some(first) = before((9_223_372_036_854_775_808, 0)) {
        assert_eq!(UnixTime::try_from(first), Ok(UnixTime(i64::MIN)));
    }
}

#[cfg(feature = "jiff")]
#[test]
fn times_of_jiff() {
    use jiff::Timestamp;

    for (text, seconds) in MOMENTS {
        let converted = Timestamp::try_from(UnixTime(seconds));
        if seconds == LAST {
            assert!(converted.is_err(), "{text}");
            continue;
        }
        let timestamp = converted.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(timestamp.to_string(), text);
        assert_eq!(UnixTime::from(timestamp), UnixTime(seconds), "{text}");
    }
    let [first, last] = [Timestamp::MIN, Timestamp::MAX].map(|edge| UnixTime::from(edge).0);
    assert_eq!(UnixTime(last).to_string(), "9999-12-30T22:00:00Z");
    for (seconds, is_in) in
        [(first, true), (first - 1, false), (last, true), (last + 1, false), (i64::MIN, false), (i64::MAX, false)]
    {
        assert_eq!(Timestamp::try_from(UnixTime(seconds)).is_ok(), is_in, "{seconds}");
    }
    let parts = [
        ("1970-01-01T00:00:00.999999999Z", 0),
        ("1969-12-31T23:59:59.999999999Z", -1),
        ("1969-12-31T23:59:58.000000001Z", -2),
    ];
    for (text, seconds) in parts {
        assert_eq!(UnixTime::from(text.parse::<Timestamp>().unwrap()), UnixTime(seconds), "{text}");
    }
}

#[cfg(feature = "time")]
#[test]
fn times_of_time() {
    use time::{OffsetDateTime, UtcOffset};

    for (text, seconds) in MOMENTS {
        let converted = OffsetDateTime::try_from(UnixTime(seconds));
        let date_time = converted.unwrap_or_else(|error| panic!("{text}: {error}"));
        let (year, month, day) = date_time.to_calendar_date();
        let (hour, minute, second) = date_time.to_hms();
        let month = u8::from(month);
        assert_eq!(format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"), text);
        assert_eq!(UnixTime::from(date_time), UnixTime(seconds), "{text}");
        // The same moment in another zone.
        let elsewhere = date_time.checked_to_offset(UtcOffset::from_hms(-5, -30, 0).unwrap()).unwrap();
        assert_eq!(UnixTime::from(elsewhere), UnixTime(seconds), "{text}");
    }
    for seconds in [LAST + 1, i64::MIN, i64::MAX] {
        assert!(OffsetDateTime::try_from(UnixTime(seconds)).is_err(), "{seconds}");
    }
    for (nanos, seconds) in [(999_999_999, 0), (-1, -1), (-1_000_000_000, -1), (-1_000_000_001, -2)] {
        let date_time = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap();
        assert_eq!(UnixTime::from(date_time), UnixTime(seconds), "{nanos}");
    }
}

/// The certificates of the fixtures that are read, with their names.
#[cfg(any(feature = "rustls-pki-types", feature = "x509-cert"))]
fn certificates() -> Vec<(String, samlcert::Certificate)> {
    use crate::support::{der, table};

    let rows = table("certificates/table.tsv").into_iter().map(|row| row[0].clone());
    let read = |name: String| {
        Some((name.clone(), samlcert::Certificate::from_der(&der(&format!("certificates/{name}"))).ok()?))
    };
    let certificates: Vec<_> = rows.filter_map(read).collect();
    assert!(certificates.len() > 100, "{}", certificates.len());
    certificates
}

#[cfg(feature = "rustls-pki-types")]
mod pki_types {
    use super::certificates;
    use crate::support::{der, table};
    use rustls_pki_types::{CertificateDer, PrivateKeyDer};
    use samlcert::{Certificate, ErrorCode, KeyEncoding, PrivateKey};

    #[test]
    fn every_certificate_goes_there_and_back() {
        for (name, certificate) in certificates() {
            let there = CertificateDer::from(&certificate);
            assert_eq!(&*there, certificate.der(), "{name}");
            assert_eq!(Certificate::try_from(&there), Ok(certificate.clone()), "{name}");
        }
        let cut = CertificateDer::from(&b"\x30\x03\x02"[..]);
        assert_eq!(Certificate::try_from(&cut).map_err(|error| error.code()), Err(ErrorCode::Truncated));
    }

    #[test]
    fn every_key_goes_there_and_back_in_its_encoding() {
        let rows = table("keys/table.tsv").into_iter().filter(|row| row.len() == 5);
        let mut counts = [0; 3];
        for row in rows {
            let key = PrivateKey::from_der(&der(&format!("keys/{}", row[0]))).unwrap();
            let there = key.secret_private_key_der();
            let (encoding, count) = match &there {
                PrivateKeyDer::Pkcs8(_) => (KeyEncoding::Pkcs8, &mut counts[0]),
                PrivateKeyDer::Pkcs1(_) => (KeyEncoding::Pkcs1, &mut counts[1]),
                PrivateKeyDer::Sec1(_) => (KeyEncoding::Sec1, &mut counts[2]),
                other => panic!("{}: {other:?}", row[0]),
            };
            *count += 1;
            assert_eq!(key.encoding(), encoding, "{}", row[0]);
            assert_eq!(there.secret_der(), key.secret_der(), "{}", row[0]);
            let back = PrivateKey::try_from(&there).unwrap_or_else(|error| panic!("{}: {error}", row[0]));
            assert_eq!(back.secret_der(), key.secret_der(), "{}", row[0]);
        }
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    }

    #[test]
    fn an_encoding_that_is_another_is_refused() {
        let pkcs8 = der("keys/p256.pem");
        let table = [
            ("as PKCS#1", PrivateKeyDer::Pkcs1(pkcs8.clone().into())),
            ("as SEC 1", PrivateKeyDer::Sec1(pkcs8.clone().into())),
        ];
        for (name, claimed) in table {
            let error = PrivateKey::try_from(&claimed).expect_err(name);
            assert_eq!(error.code(), ErrorCode::KeyMalformed, "{name}");
        }
    }
}

#[cfg(feature = "x509-cert")]
mod x509 {
    use super::certificates;
    use crate::made::{Made, oid, seq, tlv};
    use samlcert::{Certificate, SelfSignature};

    #[test]
    fn every_certificate_goes_there_and_back_or_is_named_here() {
        let (mut refused, mut changed) = (Vec::new(), Vec::new());
        for (name, certificate) in certificates() {
            let Ok(there) = x509_cert::Certificate::try_from(&certificate) else {
                refused.push(name);
                continue;
            };
            assert_eq!(there.tbs_certificate().serial_number().as_bytes(), certificate.serial(), "{name}");
            match Certificate::try_from(&there) {
                Ok(back) if back == certificate => {}
                Ok(_) => changed.push(name),
                Err(error) => panic!("{name}: {error}"),
            }
        }
        assert_eq!(refused, REFUSED);
        assert_eq!(changed, CHANGED);
    }

    /// Dates before 1970, a `UniversalString`, a serial number of 64 octets.
    const REFUSED: [&str; 4] = ["dates-1950.pem", "dates-1969-1970.pem", "name-universal.pem", "serial-64-octets.pem"];
    /// Its set is sorted where it is encoded anew.
    const CHANGED: [&str; 1] = ["name-multi-valued-rdn-unsorted.pem"];

    #[test]
    fn what_is_encoded_in_another_way_has_another_fingerprint() {
        let years = |end: &str| seq(&[tlv(0x17, "200101000000Z"), tlv(0x18, end)]);
        let identifier = [oid(&[0x55, 0x1d, 14]), tlv(0x01, [0]), tlv(0x04, tlv(0x04, "id"))];
        let table = [
            ("in 2050", Made::with(|made| made.validity = years("20500101000000Z")), true),
            ("a GeneralizedTime in 2049", Made::with(|made| made.validity = years("20490101000000Z")), false),
            ("an extension that says it is not critical", Made::extensions(&[seq(&identifier)]), false),
        ];
        for (name, made, is_same) in table {
            let certificate = made.signed().read();
            let there =
                x509_cert::Certificate::try_from(&certificate).unwrap_or_else(|error| panic!("{name}: {error}"));
            let back = Certificate::try_from(&there).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(back == certificate, is_same, "{name}");
            let expected = if is_same { SelfSignature::Valid } else { SelfSignature::Invalid };
            assert_eq!(back.self_signature(), expected, "{name}");
        }
    }
}
