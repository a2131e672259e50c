//! Certificates: which are read, which are refused, and what is noted about them.

use samlcert::limits::{MAX_DER_BYTES, MAX_DER_DEPTH};
use samlcert::{Certificate, CertificateError, ErrorCode, HashAlgorithm, KeyAlgorithm, SelfSignature, UnixTime};

use crate::made::{Made, extension, malformed, name, oid, seq, ski, tlv};
use crate::support::{der, hex, table};

fn notes(certificate: &Certificate) -> Vec<&'static str> {
    certificate.notes().into_iter().map(|note| note.as_str()).collect()
}

/// Every certificate of the fixtures: the kind and size of its key and its self-signature, or why it is refused.
#[test]
fn fixtures() {
    for row in table("certificates/table.tsv") {
        let (name, der) = (&row[0], der(&format!("certificates/{}", row[0])));
        // Its trailer is cut by `normalize`.
        if name == "trusted-certificate.pem" {
            assert!(matches!(Certificate::from_der(&der), Err(CertificateError::TrailingData { .. })));
            continue;
        }
        let read = Certificate::from_der(&der);
        if row[1] == "refused" {
            let code = match &read {
                Ok(certificate) if certificate.self_signature() == SelfSignature::Invalid => "self-signature-invalid",
                Ok(certificate) => panic!("{name} is read: {certificate:?}"),
                Err(error) => error.code().as_str(),
            };
            assert!(row[2].split('|').any(|expected| expected == code), "{name}: {code} {read:?}");
            continue;
        }
        let certificate = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        let signature = match certificate.self_signature() {
            SelfSignature::Valid => "valid",
            SelfSignature::Invalid => "invalid",
            SelfSignature::NotChecked(_) => "not-checked",
            SelfSignature::NotSelfSigned => "none",
        };
        let bits = certificate.key_bits().map_or("-".to_owned(), |bits| bits.to_string());
        assert_eq!([certificate.key_algorithm().as_str(), &bits, signature], [&row[1], &row[2], &row[3]], "{name}");
        assert_eq!(certificate.der(), der, "{name}");
    }
}

#[test]
fn facts_of_a_usual_one() {
    let certificate = Certificate::from_der(&der("certificates/rsa-2048.pem")).unwrap();
    assert_eq!(certificate.version(), 3);
    assert_eq!(certificate.subject(), "CN=idp.example.org,O=Example,C=DE");
    assert_eq!(certificate.issuer(), certificate.subject());
    assert_eq!(certificate.key_algorithm(), KeyAlgorithm::Rsa);
    assert_eq!(certificate.signature_algorithm().as_str(), "sha256WithRSAEncryption");
    assert_eq!(certificate.subject_key_identifier().unwrap().len(), 20);
    assert!(certificate.is_self_issued());
    assert_eq!(notes(&certificate), ["ca"]);
    assert_eq!(certificate.public_key().spki_der(), certificate.spki_der());
    let spki = certificate.public_key().fingerprint(HashAlgorithm::Sha256);
    assert_eq!(certificate.spki_fingerprint(HashAlgorithm::Sha256), spki);
    assert_eq!(certificate, certificate.clone());
    let debug = format!("{certificate:?}");
    assert_eq!(debug, "Certificate { subject: \"CN=idp.example.org,O=Example,C=DE\", .. }");
}

/// The change, the code of the error, and the part of the DER that the error points to.
#[test]
fn refused_with_reason_and_place() {
    use ErrorCode::{AlgorithmMismatch, CertificateMalformed, CertificateVersion, DuplicateExtension, NotDer};
    use ErrorCode::{PublicKeyMalformed, ValidityInverted};
    type Change = fn(&mut Made) -> Vec<u8>;
    let cases: [(&str, ErrorCode, Change); 30] = [
        ("version 4", CertificateVersion, |made| set(&mut made.version, tlv(0xa0, tlv(2, [3])), 2)),
        ("version −1", CertificateVersion, |made| set(&mut made.version, tlv(0xa0, tlv(2, [0xff])), 2)),
        ("version 1 written out", CertificateVersion, |made| set(&mut made.version, tlv(0xa0, tlv(2, [0])), 2)),
        ("version of two bytes", CertificateVersion, |made| set(&mut made.version, tlv(0xa0, tlv(2, [1, 2])), 2)),
        ("two versions", CertificateMalformed, |made| {
            set(&mut made.version, tlv(0xa0, [tlv(2, [2]), tlv(2, [2])].concat()), 5)
        }),
        ("extensions in version 1", CertificateVersion, |made| {
            made.version.clear();
            made.extensions = Some(vec![ski(b"1")]);
            tlv(0xa3, seq(&[ski(b"1")]))
        }),
        ("extensions in version 2", CertificateVersion, |made| {
            made.version = tlv(0xa0, tlv(2, [1]));
            made.extensions = Some(vec![ski(b"1")]);
            tlv(0xa3, seq(&[ski(b"1")]))
        }),
        ("unique identifier in version 1", CertificateVersion, |made| {
            made.version.clear();
            set(&mut made.unique_ids, tlv(0x82, [0, 1]), 0)
        }),
        ("unique identifier that is no BIT STRING", CertificateMalformed, |made| {
            set(&mut made.unique_ids, tlv(0x81, [8, 1]), 0)
        }),
        ("unique identifiers in the wrong order", CertificateMalformed, |made| {
            set(&mut made.unique_ids, [tlv(0x82, [0, 1]), tlv(0x81, [0, 2])].concat(), 4)
        }),
        ("serial number not shortest", NotDer, |made| set(&mut made.serial, tlv(2, [0, 1]), 0)),
        ("serial number empty", NotDer, |made| set(&mut made.serial, tlv(2, []), 0)),
        ("algorithms differ", AlgorithmMismatch, |made| {
            set(&mut made.inner_algorithm, seq(&[oid(&[0x2b, 0x65, 0x71])]), 0)
        }),
        ("algorithm with an arc over 128 bits", CertificateMalformed, |made| {
            let huge = seq(&[oid(&[&[0x2b], [0xff; 20].as_slice(), &[1]].concat())]);
            made.inner_algorithm = huge.clone();
            made.algorithm = huge;
            oid(&[&[0x2b], [0xff; 20].as_slice(), &[1]].concat())
        }),
        ("signature not of whole bytes", CertificateMalformed, |made| set(&mut made.signature, tlv(3, [1, 2]), 0)),
        ("validity inverted", ValidityInverted, |made| {
            set(&mut made.validity, seq(&[tlv(0x17, "400101000000Z"), tlv(0x17, "200101000000Z")]), 0)
        }),
        ("date of another type", CertificateMalformed, |made| {
            set(&mut made.validity, seq(&[tlv(0x0c, "200101000000Z"), tlv(0x17, "200101000000Z")]), 2)
        }),
        ("three dates", CertificateMalformed, |made| {
            set(&mut made.validity, seq(&[tlv(0x17, "200101000000Z"), tlv(0x17, "400101000000Z"), tlv(5, [])]), 32)
        }),
        ("part of a name empty", CertificateMalformed, |made| set(&mut made.subject, seq(&[tlv(0x31, [])]), 2)),
        ("name with a number", CertificateMalformed, |made| {
            set(&mut made.subject, name(&[0x55, 4, 3], tlv(2, [1])), 11)
        }),
        ("BMPString of odd length", CertificateMalformed, |made| {
            set(&mut made.subject, name(&[0x55, 4, 3], tlv(0x1e, [0, 65, 0])), 11)
        }),
        ("UTF8String that is Latin-1", CertificateMalformed, |made| {
            set(&mut made.subject, name(&[0x55, 4, 3], tlv(0x0c, b"\xe4")), 11)
        }),
        ("BMPString with a pair of surrogates", CertificateMalformed, |made| {
            set(&mut made.issuer, name(&[0x55, 4, 3], tlv(0x1e, b"\xd8\x3d\xdd\x11")), 11)
        }),
        ("name with a VisibleString", CertificateMalformed, |made| {
            set(&mut made.subject, name(&[0x55, 4, 3], tlv(0x1a, b"idp")), 11)
        }),
        ("UniversalString beyond Unicode", CertificateMalformed, |made| {
            set(&mut made.issuer, name(&[0x55, 4, 3], tlv(0x1c, [0, 0x11, 0, 0])), 11)
        }),
        ("public key of a wrong length", PublicKeyMalformed, |made| {
            set(&mut made.spki, seq(&[seq(&[oid(&[0x2b, 0x65, 0x70])]), tlv(3, [0; 32])]), 12)
        }),
        ("no extensions in the list", CertificateMalformed, |made| {
            made.extensions = Some(vec![]);
            seq(&[])
        }),
        ("extension twice", DuplicateExtension, |made| {
            made.extensions = Some(vec![ski(b"one"), ski(b"two")]);
            ski(b"two")
        }),
        ("extension without a value", CertificateMalformed, |made| {
            made.extensions = Some(vec![seq(&[oid(&[0x55, 0x1d, 14])])]);
            Vec::new()
        }),
        ("extension critical after its value", CertificateMalformed, |made| {
            made.extensions = Some(vec![seq(&[oid(&[0x55, 0x1d, 14]), tlv(4, []), tlv(1, [0xff])])]);
            tlv(1, [0xff])
        }),
    ];
    for (case, code, change) in cases {
        let mut made = Made::new();
        let part = change(&mut made);
        let der = made.der();
        let error = Certificate::from_der(&der).expect_err(case);
        assert_eq!(error.code(), code, "{case}: {error}");
        let position = error.position().unwrap();
        assert!(der[position..].starts_with(&part), "{case}: {error}, {}", hex(&der[position..]));
        assert!(error.to_string().contains("at byte"), "{case}: {error}");
    }
}

/// Sets the value of a field, and returns what follows an offset in it.
fn set(field: &mut Vec<u8>, value: Vec<u8>, offset: usize) -> Vec<u8> {
    let part = value[offset..].to_vec();
    *field = value;
    part
}

#[test]
fn refused_as_a_whole() {
    let der = Made::new().der();
    let deep = (0..MAX_DER_DEPTH).fold(seq(&[]), |inner, _| seq(&[inner]));
    let cases: [(&str, Vec<u8>, CertificateError); 6] = [
        ("empty", vec![], CertificateError::Truncated { missing: 1 }),
        ("cut", der[..der.len() - 7].to_vec(), CertificateError::Truncated { missing: 7 }),
        ("trailing", [&der, b"\0".as_slice()].concat(), CertificateError::TrailingData { position: der.len() }),
        ("too large", vec![0x30; MAX_DER_BYTES + 1], CertificateError::TooLarge),
        ("too deep", deep, CertificateError::TooDeep { position: 2 * MAX_DER_DEPTH }),
        (
            "text",
            b"-----BEGIN".to_vec(),
            CertificateError::NotDer { position: 0, what: "a tag that DER does not have" },
        ),
    ];
    for (case, der, expected) in cases {
        match (case, Certificate::from_der(&der).expect_err(case)) {
            // The outermost of 32 levels have lengths of more than two bytes.
            ("too deep", CertificateError::TooDeep { .. }) => {}
            (_, error) => assert_eq!(error, expected, "{case}"),
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    let der = der("certificates/rsa-2048.pem");
    for end in 0..der.len() {
        let error = Certificate::from_der(&der[..end]).expect_err("cut");
        assert_eq!(error.code(), ErrorCode::Truncated, "{end}: {error}");
    }
}

#[test]
fn read_and_noted() {
    let rdn = |attributes: &[&[u8]]| seq(&[tlv(0x31, attributes.concat())]);
    let (cn, ou) = (seq(&[oid(&[0x55, 4, 3]), tlv(0x0c, "a")]), seq(&[oid(&[0x55, 4, 11]), tlv(0x0c, "b")]));
    let bad_string = |tag: u8, content: &[u8]| {
        let value = tlv(tag, content);
        Made::with(|made| made.subject = name(&[0x55, 4, 3], value))
    };
    let serial = |content: &[u8]| {
        let serial = tlv(2, content);
        Made::with(|made| made.serial = serial)
    };
    let algorithm = |identifier: Vec<u8>| {
        Made::with(|made| {
            made.inner_algorithm = identifier.clone();
            made.algorithm = identifier;
        })
    };
    let pss = |parameters: &[u8]| {
        let oid = oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10]);
        algorithm(seq(&[oid, parameters.to_vec()]))
    };
    let pss_hash = |hash: &[u8]| pss(&seq(&[tlv(0xa0, seq(&[oid(hash)]))]));
    let critical = seq(&[oid(&[0x55, 0x1d, 19]), tlv(1, [0]), tlv(4, seq(&[]))]);
    let cases: [(&str, Made, &[&str]); 24] = [
        ("usual", Made::new(), &[]),
        ("version 1", Made::with(|made| made.version.clear()), &["version-1"]),
        ("version 2", Made::with(|made| made.version = tlv(0xa0, tlv(2, [1]))), &[]),
        ("serial 0", serial(&[0]), &["serial-zero"]),
        ("serial −1", serial(&[0xff]), &["serial-negative"]),
        ("serial of 20 octets", serial(&[1; 20]), &[]),
        ("serial of 21 octets", serial(&[1; 21]), &["serial-long"]),
        ("serial of 300 octets, negative", serial(&[0x81; 300]), &["serial-negative", "serial-long"]),
        ("SHA-1 with ECDSA", algorithm(seq(&[oid(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1])])), &["weak-signature-hash"]),
        ("PSS, SHA-1 by default", pss(&seq(&[])), &["weak-signature-hash"]),
        ("PSS without parameters", pss(&[]), &["weak-signature-hash"]),
        ("PSS with SHA-1", pss_hash(&[0x2b, 14, 3, 2, 0x1a]), &["weak-signature-hash"]),
        ("PSS with SHA-256", pss_hash(&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]), &[]),
        ("PrintableString with @", bad_string(0x13, b"a@b"), &["invalid-string"]),
        ("NumericString with a letter", bad_string(0x12, b"1a"), &["invalid-string"]),
        ("IA5String with an octet over 127", bad_string(0x16, b"\xe4"), &["invalid-string"]),
        ("BIT STRING in a name", bad_string(0x03, b"\0a"), &["invalid-string"]),
        ("T61String", bad_string(0x14, b"\xe4"), &["t61-string"]),
        ("set in order", Made::with(|made| made.subject = rdn(&[&cn, &ou])), &[]),
        ("set out of order", Made::with(|made| made.subject = rdn(&[&ou, &cn])), &["lax-der"]),
        ("extension critical FALSE", Made::extensions(&[critical]), &["lax-der"]),
        ("malformed SKI and AKI", Made::extensions(&[malformed(14), malformed(35)]), &["undecodable-extension"]),
        (
            "unknown key",
            Made::with(|made| made.spki = seq(&[seq(&[oid(&[0x2a, 3])]), tlv(3, [0, 1])])),
            &["key-cannot-sign-saml"],
        ),
        (
            "key of RSA 1024",
            Made::with(|made| {
                let weak = Certificate::from_der(&der("certificates/rsa-1024.pem")).unwrap();
                made.spki = weak.spki_der().to_vec();
            }),
            &["weak-key"],
        ),
    ];
    for (case, made, expected) in cases {
        assert_eq!(notes(&made.read()), expected, "{case}");
    }
}

#[test]
fn malformed_key_identifiers_are_absent() {
    for value in [&[][..], &[4, 0], &[4, 1], &[4, 1, 7, 5, 0], &[0x30, 0], &[7]] {
        let certificate = Made::extensions(&[extension(&[0x55, 0x1d, 14], value)]).read();
        assert_eq!(certificate.subject_key_identifier(), None, "{}", hex(value));
    }
    assert_eq!(Made::extensions(&[ski(b"me")]).read().subject_key_identifier(), Some(b"me".as_slice()));
    assert_eq!(Made::new().read().subject_key_identifier(), None);
}

#[test]
fn dates_of_either_type() {
    for (tag, text, shown) in [
        (0x17, "500101000000Z", "1950-01-01T00:00:00Z"),
        (0x17, "491231235959Z", "2049-12-31T23:59:59Z"),
        (0x18, "19490101000000Z", "1949-01-01T00:00:00Z"),
        (0x18, "20240229120000Z", "2024-02-29T12:00:00Z"),
        (0x18, "99991231235959Z", "9999-12-31T23:59:59Z"),
    ] {
        let certificate = Made::with(|made| made.validity = seq(&[tlv(tag, text), tlv(tag, text)])).read();
        let validity = certificate.validity();
        assert_eq!([validity.not_before(), validity.not_after()].map(|time: UnixTime| time.to_string()), [shown; 2]);
    }
}

#[test]
fn signature_algorithms_by_name() {
    for (file, expected) in [
        ("rsa-2048-md5", "md5WithRSAEncryption"),
        ("rsa-2048-sha1", "sha1WithRSAEncryption"),
        ("rsa-2048-sha512", "sha512WithRSAEncryption"),
        ("rsa-2048-pss-signed", "rsassaPss"),
        ("rsa-2048-sha3-256", "2.16.840.1.101.3.4.3.14"),
        ("p256-sha1", "ecdsa-with-SHA1"),
        ("p384", "ecdsa-with-SHA256"),
        ("ed25519", "ED25519"),
        ("ed448", "ED448"),
        ("dsa", "dsa_with_SHA256"),
        ("unknown-signature-algorithm", "1.3.6.1.4.1.99999.3"),
    ] {
        let certificate = Certificate::from_der(&der(&format!("certificates/{file}.pem"))).unwrap();
        assert_eq!(certificate.signature_algorithm().as_str(), expected, "{file}");
    }
}

/// The time is proportional to the number of extensions and attributes.
#[test]
fn many_extensions() {
    let many: Vec<_> = (0..5000_u16)
        .map(|number| extension(&[0x2a, 0x81 | (number >> 7) as u8, (number & 0x7f) as u8], &[]))
        .filter(|extension| !extension.is_empty())
        .collect();
    let distinct: Vec<_> = std::collections::BTreeSet::from_iter(many.clone()).into_iter().collect();
    let certificate = Made::extensions(&distinct).read();
    assert_eq!(certificate.self_signature(), SelfSignature::Invalid);
    for at in [1, 31, 32, 33, distinct.len()] {
        let mut twice = distinct.clone();
        twice.insert(at, distinct[at - 1].clone());
        let error = Certificate::from_der(&Made::extensions(&twice).der()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::DuplicateExtension, "{at}");
    }
}

/// No change of a byte makes an accessor fail.
#[test]
fn whatever_is_read_can_be_shown() {
    for file in ["ed25519", "unique-ids", "name-multi-valued-rdn", "name-bmp", "name-universal", "rsa-2048-pss-signed"]
    {
        let whole = der(&format!("certificates/{file}.pem"));
        for at in 0..whole.len() {
            for byte in [0, 0x80, 0xff].into_iter().chain((0..8).map(|bit| whole[at] ^ 1 << bit)) {
                let mut mutant = whole.clone();
                mutant[at] = byte;
                let Ok(certificate) = Certificate::from_der(&mutant) else { continue };
                let (subject, issuer) = (certificate.subject(), certificate.issuer());
                assert!(!subject.is_empty() && !issuer.is_empty() && !certificate.serial().is_empty(), "{file} {at}");
                assert!(!certificate.signature_algorithm().as_str().is_empty(), "{file} {at}");
                assert_eq!(certificate.public_key().bits(), certificate.key_bits(), "{file} {at}");
                assert!(certificate.validity().not_before() <= certificate.validity().not_after(), "{file} {at}");
                assert!(certificate.notes().is_sorted(), "{file} {at}");
            }
        }
    }
}

#[test]
fn is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Certificate>();
    shared::<CertificateError>();
}
