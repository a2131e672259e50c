//! The comment of each function names the errors that it returns.

use std::sync::Arc;

use samlcert::application::{Acceptance, EntityId, Event, Half, SavePolicy, Settings, StepContext, StepError};
use samlcert::{
    Application, CertKeyPair, Certificate, EncryptedPrivateKey, ErrorCode, PrivateKey, SystemEntropy, UnixTime, csr,
};

use super::exports::errors_of;
use crate::support::der;

fn named(function: &str, code: ErrorCode) {
    let errors = errors_of(function);
    assert!(errors.contains(&format!("`{code}`")), "{function}: `{code}` comes and is not named: {errors}");
}

#[test]
fn of_what_is_read() {
    let certificate = der("certificates/rsa-2048.pem");
    let wrong_point = der("certificates/refused/point-not-on-curve.der");
    let huge = [0x30; 64 * 1024 + 1];
    for (function, code, comes) in [
        (
            "samlcert_certificate_from_der",
            ErrorCode::Truncated,
            Certificate::from_der(&certificate[..500]).unwrap_err().code(),
        ),
        (
            "samlcert_certificate_from_der",
            ErrorCode::PublicKeyMalformed,
            Certificate::from_der(&wrong_point).unwrap_err().code(),
        ),
        ("samlcert_private_key_from_der", ErrorCode::ItemTooLarge, PrivateKey::from_der(&huge).unwrap_err().code()),
        (
            "samlcert_encrypted_key_from_der",
            ErrorCode::ItemTooLarge,
            EncryptedPrivateKey::from_der(&huge).unwrap_err().code(),
        ),
    ] {
        assert_eq!(comes, code, "{function}");
        named(function, code);
    }
}

const NOW: StepContext<'static> = StepContext { now: UnixTime(1_800_000_000), actor: "ada" };

fn application(policy: SavePolicy) -> Application {
    Application::new(NOW, "shop".parse().unwrap(), Settings::new(policy)).unwrap().0
}

fn pair(name: &str) -> CertKeyPair {
    let certificate = Certificate::from_der(&der(&format!("certificates/{name}.pem"))).unwrap();
    CertKeyPair::new(certificate, PrivateKey::from_der(&der(&format!("keys/{name}.pem"))).unwrap()).unwrap()
}

/// A pair that is restricted to a hash which nothing signs SAML with: SHA-224.
fn useless() -> CertKeyPair {
    let patched = |name: &str| {
        let mut der = der(name);
        let sha256 = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
        for start in 0..der.len() - sha256.len() {
            if der[start..].starts_with(&sha256) {
                der[start + 8] = 0x04;
            }
        }
        der
    };
    let certificate = Certificate::from_der(&patched("certificates/rsa-pss-2048-sha256.pem")).unwrap();
    let key = PrivateKey::from_der(&patched("keys/rsa-pss-2048-sha256.pem")).unwrap();
    CertKeyPair::new(certificate, key).unwrap()
}

#[test]
fn of_a_pair_that_signs_nothing() {
    let useless = useless();
    let certificate = || Half::Certificate(useless.certificate().clone());
    let key = || Half::PrivateKey(Arc::clone(useless.private_key()));
    let mut new = application(SavePolicy::Staged);
    let activated = new.activate(NOW, &useless).unwrap_err().code();
    new.activate(NOW, &pair("p256")).unwrap();
    let staged = new.stage(NOW, &useless).unwrap_err().code();
    new.upload(NOW, key()).unwrap();
    let of_certificate = new.upload(NOW, certificate()).unwrap_err().code();
    new.discard(NOW).unwrap();
    new.upload(NOW, certificate()).unwrap();
    let of_key = new.upload(NOW, key()).unwrap_err().code();
    for (function, code) in [
        ("samlcert_pair_csr", csr(&useless, &mut SystemEntropy).unwrap_err().code()),
        ("samlcert_application_activate", activated),
        ("samlcert_application_stage", staged),
        ("samlcert_application_upload_certificate", of_certificate),
        ("samlcert_application_upload_private_key", of_key),
    ] {
        assert_eq!(code, ErrorCode::UnsuitableScheme, "{function}");
        named(function, code);
    }
}

type Step = fn(&mut Application, StepContext<'_>, Acceptance<'_>) -> Result<Event, StepError>;

#[test]
fn of_a_stranger_who_is_accepted() {
    let stranger = [EntityId::new("https://nobody.example").unwrap()];
    let mut application = application(SavePolicy::Staged);
    application.activate(NOW, &pair("rsa-2048")).unwrap();
    application.stage(NOW, &pair("p256")).unwrap();
    let steps: [(&str, Step); 4] = [
        ("save", Application::save),
        ("cut_over", Application::cut_over),
        ("roll_back", Application::roll_back),
        ("retire", Application::retire),
    ];
    for (name, step) in steps {
        let code = step(&mut application, NOW, Acceptance { providers: &stranger, reason: "" }).unwrap_err().code();
        assert_eq!(code, ErrorCode::UnknownProvider, "{name}");
        named(&format!("samlcert_application_{name}"), code);
        match name {
            "save" => application.save(NOW, Acceptance::NONE).and_then(|_| application.publish(NOW)).unwrap(),
            "cut_over" => application.cut_over(NOW, Acceptance::NONE).unwrap(),
            _ => continue,
        };
    }
}
