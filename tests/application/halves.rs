//! Pairs come in only together, and the same key is the same however it is written.

use super::life::{Life, keys};
use super::pool::{certificate, key, pair, sha256};
use crate::made::{Made, oid, seq, tlv};
use crate::support::{data, der};
use samlcert::application::{Acceptance, Change, Half, Pending, RevocationReason, SavePolicy};
use samlcert::{Application, CertKeyPair, Certificate, ErrorCode, HashAlgorithm, KeyAlgorithm, PrivateKey};
use std::sync::Arc;

fn upload_certificate(life: &mut Life, certificate: &Certificate) -> &'static str {
    life.good(|it, at| it.upload(at, Half::Certificate(certificate.clone()))).change.as_str()
}

fn upload_key(life: &mut Life, key: &Arc<PrivateKey>) -> &'static str {
    life.good(|it, at| it.upload(at, Half::PrivateKey(Arc::clone(key)))).change.as_str()
}

fn waits(life: &Life) -> Option<&'static str> {
    life.record().pending().map(Pending::as_str)
}

#[test]
fn upload_only_in_pairs() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    for halves in ["certificate first", "key first"] {
        if halves == "certificate first" {
            assert_eq!(upload_certificate(&mut life, certificate("b")), "certificate-uploaded");
        } else {
            assert_eq!(upload_key(&mut life, key("b")), "private-key-uploaded");
        }
        let status = life.record().status(life.now);
        assert!(status.unsaved && status.waits.is_none(), "{halves}: half a pair is an unsaved change");
        assert_eq!(status.signs, Some(sha256("a")), "{halves}");
        assert_eq!(life.refused(|it, at| it.save(at, Acceptance::NONE)), ErrorCode::NothingToSave, "{halves}");
        if halves == "certificate first" {
            assert_eq!(upload_key(&mut life, key("b")), "staged");
        } else {
            assert_eq!(upload_certificate(&mut life, certificate("b")), "staged");
        }
        assert_eq!(waits(&life), None, "{halves}");
        assert_eq!(life.record().next().map(|next| *next.placed().sha256()), Some(sha256("b")), "{halves}");
        life.good(Application::discard);
    }
}

#[test]
fn a_half_replaces_one_of_its_kind_and_the_event_names_it() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    let replaced = |life: &Life| match &life.events.last().unwrap().change {
        Change::CertificateUploaded { replaced, .. } | Change::PrivateKeyUploaded { replaced, .. } => *replaced,
        other => panic!("{}", other.as_str()),
    };
    upload_certificate(&mut life, certificate("b"));
    assert_eq!(replaced(&life), None);
    upload_certificate(&mut life, certificate("c"));
    assert_eq!(replaced(&life), Some(sha256("b")));
    upload_certificate(&mut life, certificate("c"));
    assert_eq!(replaced(&life), None, "it is the same one");
    life.good(Application::discard);
    upload_key(&mut life, key("b"));
    upload_key(&mut life, key("c"));
    assert_eq!(replaced(&life), Some(key("b").public_key().fingerprint(HashAlgorithm::Sha256)));
    let held: Vec<_> = keys(&life.application).into_iter().map(|(fingerprint, _)| fingerprint).collect();
    let mut expected = [key("a"), key("c")].map(|it| it.public_key().fingerprint(HashAlgorithm::Sha256));
    expected.sort();
    assert_eq!(held, expected, "the key that was replaced is forgotten");
}

#[test]
fn a_half_of_another_pair_is_refused_and_the_one_that_waits_stays() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    upload_certificate(&mut life, certificate("b"));
    assert_eq!(life.refused(|it, at| it.upload(at, Half::PrivateKey(key("c").clone()))), ErrorCode::Mismatch);
    assert_eq!(waits(&life), Some("certificate"));
    assert_eq!(upload_key(&mut life, key("b")), "staged");

    upload_key(&mut life, key("c"));
    assert_eq!(life.refused(|it, at| it.upload(at, Half::Certificate(certificate("d").clone()))), ErrorCode::Mismatch);
    assert_eq!(waits(&life), Some("private-key"));
    assert_eq!(upload_certificate(&mut life, certificate("c")), "staged");
}

#[test]
fn a_certificate_for_a_key_that_is_here_completes_at_once() {
    // Of the active one, of the next one, of the previous one, and of a key that waits.
    let mut life = Life::activated(SavePolicy::Staged, "a");
    assert_eq!(upload_certificate(&mut life, certificate("a-renewed")), "staged");
    life.good(Application::discard);
    life.run("stage b; save; publish; cut over");
    assert_eq!(upload_certificate(&mut life, certificate("a-renewed")), "staged");
    assert_eq!(upload_certificate(&mut life, certificate("a-expired")), "staged");
    assert_eq!(upload_certificate(&mut life, certificate("b-renewed")), "staged");
    let code = life.refused(|it, at| it.upload(at, Half::Certificate(certificate("a").clone())));
    assert_eq!(code, ErrorCode::AlreadyPresent);

    // Also while another certificate waits: that one goes on waiting.
    upload_certificate(&mut life, certificate("c"));
    assert_eq!(upload_certificate(&mut life, certificate("a-renewed")), "staged");
    assert_eq!(waits(&life), Some("certificate"));
    assert_eq!(upload_key(&mut life, key("c")), "staged");
    assert_eq!(waits(&life), None);
}

/// A certificate that waits is not lost when another certificate of its key comes in as a pair.
#[test]
fn a_half_goes_on_waiting_beside_another_certificate_of_its_key() {
    let mut life = Life::activated(SavePolicy::Staged, "c");
    upload_certificate(&mut life, certificate("a"));
    life.good(|it, at| it.stage(at, pair("a-renewed")));
    assert_eq!(waits(&life), Some("certificate"));
    assert_eq!(upload_certificate(&mut life, certificate("a")), "staged");
    assert_eq!(waits(&life), None);

    upload_key(&mut life, key("b"));
    life.good(|it, at| it.stage(at, pair("b")));
    assert_eq!(waits(&life), None, "the key has its certificate");
}

#[test]
fn what_cannot_become_a_pair_is_refused_at_once() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    for name in ["dsa", "ed448", "secp256k1"] {
        let odd = Certificate::from_der(&der(&format!("certificates/{name}.pem"))).unwrap();
        let code = life.refused(|it, at| it.upload(at, Half::Certificate(odd)));
        assert_eq!(code, ErrorCode::UnsupportedCertificateKey, "{name}");
    }
    life.good(|it, at| it.upload(at, Half::PrivateKey(key("b").clone())));
    life.good(|it, at| {
        it.revoke(at, &key("b").public_key().fingerprint(HashAlgorithm::Sha256), RevocationReason::Lost, None)
    });
    assert_eq!(waits(&life), None, "a key that waits can be revoked");
    for half in [Half::Certificate(certificate("b").clone()), Half::PrivateKey(key("b").clone())] {
        assert_eq!(life.refused(|it, at| it.upload(at, half)), ErrorCode::RevokedKey);
    }
    assert_eq!(life.refused(|it, at| it.stage(at, pair("b-renewed"))), ErrorCode::RevokedKey);
}

/// A key that was crafted passes all arithmetic; only the test signature shows it.
#[test]
fn a_pair_signs_once_on_trial_before_it_is_taken() {
    let table = crate::support::table("tampered/table.tsv");
    let row = table.iter().find(|row| row[2] == "trial-signature").unwrap();
    let read = |name: &str| samlcert::normalize(&data(name)).into_items().remove(0).into_item();
    let samlcert::Item::PrivateKey(crafted) = read(&format!("tampered/{}", row[0])) else { panic!("no key") };
    let certificate = Certificate::from_der(&der(&row[3])).unwrap();
    let crafted = CertKeyPair::new(certificate, crafted).unwrap();

    let mut life = Life::new(SavePolicy::OnSave);
    assert_eq!(life.refused(|it, at| it.activate(at, &crafted)), ErrorCode::TrialSignature);
    life.good(|it, at| it.activate(at, pair("a")));
    assert_eq!(life.refused(|it, at| it.stage(at, &crafted)), ErrorCode::TrialSignature);
    life.good(|it, at| it.upload(at, Half::Certificate(crafted.certificate().clone())));
    let half = Half::PrivateKey(crafted.private_key().clone());
    assert_eq!(life.refused(|it, at| it.upload(at, half)), ErrorCode::TrialSignature);
    assert_eq!(waits(&life), Some("certificate"));
    let lost = RevocationReason::Lost;
    assert_eq!(life.refused(|it, at| it.revoke(at, &sha256("a"), lost, Some(&crafted))), ErrorCode::TrialSignature);
}

/// The same numbers as a point in two encodings.
#[test]
fn a_compressed_point_is_the_same_key() {
    let mut life = Life::activated(SavePolicy::OnSave, "p256-compressed");
    assert!(life.application.signing_pair().is_some());
    assert_eq!(upload_certificate(&mut life, certificate("p256")), "staged", "its key is here");
    life.good(|it, at| it.save(at, Acceptance::NONE));
    assert_eq!(life.application.signing_pair().unwrap().certificate(), certificate("p256"));
    assert_eq!(life.application.secret_keys().count(), 1);

    life.good(|it, at| it.revoke(at, &sha256("p256"), RevocationReason::Compromised, None));
    assert!(life.record().active().is_none() && life.record().previous().is_none(), "both are of this key");
    assert_eq!(life.application.secret_keys().count(), 0);
    for name in ["p256", "p256-compressed"] {
        assert_eq!(life.refused(|it, at| it.stage(at, pair(name))), ErrorCode::RevokedKey, "{name}");
    }
}

/// An RSA key, once restricted to PSS and once not, with a certificate of each kind.
fn rsa_both_ways() -> [CertKeyPair; 2] {
    let restricted = PrivateKey::from_der(&der("keys/rsa-pss-2048.pem")).unwrap();
    let certificate = Certificate::from_der(&der("certificates/rsa-pss-2048.pem")).unwrap();
    // Inside PKCS#8 stands the key as PKCS#1, which knows of no restriction.
    let pkcs8 = restricted.secret_der();
    let inner = pkcs8.windows(2).position(|it| it == [0x30, 0x82]).map(|first| first + 2).unwrap();
    let inner = inner + pkcs8[inner..].windows(2).position(|it| it == [0x30, 0x82]).unwrap();
    let unrestricted = PrivateKey::from_der(&pkcs8[inner..]).unwrap();
    assert_eq!((restricted.algorithm(), unrestricted.algorithm()), (KeyAlgorithm::RsaPss, KeyAlgorithm::Rsa));
    let plain = Made::with(|made| {
        made.spki = unrestricted.public_key().spki_der().to_vec();
        let sha256_rsa = seq(&[oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11]), tlv(5, [])]);
        made.inner_algorithm = sha256_rsa.clone();
        made.algorithm = sha256_rsa;
    });
    [CertKeyPair::new(certificate, restricted).unwrap(), CertKeyPair::new(plain.read(), unrestricted).unwrap()]
}

#[test]
fn an_rsa_key_for_any_padding_serves_where_it_was_restricted() {
    let [restricted, plain] = rsa_both_ways();
    for (first, second) in [(&restricted, &plain), (&plain, &restricted)] {
        let mut life = Life::new(SavePolicy::OnSave);
        life.good(|it, at| it.activate(at, first));
        life.good(|it, at| it.stage(at, second));
        life.good(|it, at| it.save(at, Acceptance::NONE));
        let record = life.record();
        for placed in [record.active().unwrap(), record.previous().unwrap()] {
            let pair = life.application.pair_of(placed).expect("both have their key");
            pair.test_signature(&mut samlcert::SystemEntropy).unwrap();
        }
        let revoked = second.certificate().fingerprint(HashAlgorithm::Sha1);
        life.good(|it, at| it.revoke(at, &revoked, RevocationReason::Lost, None));
        assert!(life.record().active().is_none() && life.record().previous().is_none(), "it is one key");
    }
    // A record does not go on with the restricted key in place of the one for any padding.
    let mut life = Life::new(SavePolicy::OnSave);
    life.good(|it, at| it.activate(at, &plain));
    let keys = [restricted.private_key().clone()];
    let error = Application::from_record(life.record().clone(), keys).unwrap_err();
    assert_eq!(error.code(), ErrorCode::RecordContradiction);
    assert_eq!(error.to_string(), "active: its key cannot sign for it");
    // A certificate for any padding does not become a pair with the restricted key.
    let mut life = Life::new(SavePolicy::OnSave);
    life.good(|it, at| it.activate(at, &restricted));
    let half = Half::Certificate(plain.certificate().clone());
    assert_eq!(life.refused(|it, at| it.upload(at, half)), ErrorCode::Mismatch);
}

/// The two certificates of one key, and a half of it that waits, are cleared together.
#[test]
fn revoking_a_key_clears_every_certificate_of_it() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage a-renewed; save; publish; cut over");
    life.good(|it, at| it.stage(at, pair("a-expired")));
    let event = life.good(|it, at| it.revoke(at, &sha256("a"), RevocationReason::Compromised, None));
    let Change::Revoked { cleared, replacement, .. } = &event.change else { panic!("{event:?}") };
    assert_eq!(cleared, &[sha256("a-renewed"), sha256("a-expired"), sha256("a")], "active, next, previous");
    assert_eq!(replacement, &None);
    let record = life.record();
    assert!(record.active().is_none() && record.next().is_none() && record.previous().is_none());
    assert_eq!(record.former().len(), 3);
    assert_eq!(record.revoked().len(), 1);
    assert_eq!(life.application.secret_keys().count(), 0);
    assert!(life.application.signing_pair().is_none());

    let mut life = Life::activated(SavePolicy::Staged, "c");
    upload_certificate(&mut life, certificate("a"));
    life.good(|it, at| it.revoke(at, &sha256("a"), RevocationReason::Lost, None));
    assert_eq!((waits(&life), life.record().former().len()), (None, 1), "a certificate that waits is remembered");
}
