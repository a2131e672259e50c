//! Certificates: what is read, what is refused, what is said about them.

use samlcert::{Certificate, SelfSignature};

use crate::support::{der, table};

/// Every certificate of the fixtures: the kind and size of its key and its self-signature, or why it is refused.
#[test]
fn fixtures() {
    for row in table("certificates/table.tsv") {
        let (name, der) = (&row[0], der(&format!("certificates/{}", row[0])));
        // OpenSSL, Go and python `cryptography` all refuse it, so it is refused here: see `odd_values`.
        // The trailer of a TRUSTED CERTIFICATE is cut by `normalize`.
        if ["name-bmp-lone-surrogate.pem", "trusted-certificate.pem"].contains(&name.as_str()) {
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
