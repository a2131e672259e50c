//! Records and events as they are stored: everything that steps can make comes back as it was, and what was tampered
//! with is refused by its name.

use crate::record_invariants::records;
use crate::support::der;
use samlcert::application::{
    Acceptance, Application, ApplicationId, Binding, Capability, Change, Contact, DisplayName, Endpoint, EntityId,
    Event, GuardedStep, Half, Location, MailAddress, NameIdFormat, Organization, PasteFormat, Profile, Record,
    RecordError, RevocationReason, SavePolicy, ServiceProvider, Settings, StepContext,
};
use samlcert::json::{read_event, read_record, write_event, write_record};
use samlcert::{CertKeyPair, Certificate, ErrorCode, Fingerprint, HashAlgorithm, PrivateKey, UnixTime};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::sync::Arc;

pub(crate) const DAY: i64 = 86_400;

/// All certificates of the fixtures that are used here are valid for years from this moment on.
pub(crate) const BEGIN: UnixTime = UnixTime(1_796_000_000);

pub(crate) fn certificate(name: &str) -> Certificate {
    Certificate::from_der(&der(&format!("certificates/{name}.pem"))).unwrap()
}

pub(crate) fn key(name: &str) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from_der(&der(&format!("keys/{name}.pem"))).unwrap())
}

pub(crate) fn pair(name: &str) -> CertKeyPair {
    pair_of(name, name)
}

pub(crate) fn pair_of(certificate_name: &str, key_name: &str) -> CertKeyPair {
    CertKeyPair::new(certificate(certificate_name), key(key_name)).unwrap()
}

pub(crate) fn entity_id(name: &str) -> EntityId {
    EntityId::new(&format!("https://{name}.example.org/sp")).unwrap()
}

/// An application and everything that ever happened to it, one step a day.
pub(crate) struct Life {
    pub(crate) application: Application,
    pub(crate) events: Vec<Event>,
}

impl Life {
    pub(crate) fn new(id: &str, settings: Settings) -> Self {
        let at = StepContext { now: BEGIN, actor: "alice" };
        let (application, event) = Application::new(at, ApplicationId::new(id).unwrap(), settings).unwrap();
        Self { application, events: vec![event] }
    }

    pub(crate) fn now(&self) -> UnixTime {
        UnixTime(BEGIN.0 + DAY * i64::try_from(self.events.len()).unwrap())
    }

    pub(crate) fn step<E: std::fmt::Debug>(
        &mut self,
        step: impl FnOnce(&mut Application, StepContext<'_>) -> Result<Event, E>,
    ) {
        let at = StepContext { now: self.now(), actor: "bob \"the admin\" Ω" };
        let event = step(&mut self.application, at).unwrap();
        self.events.push(event);
    }

    /// Takes a step and accepts whatever breaks.
    pub(crate) fn force<E: std::fmt::Debug>(
        &mut self,
        step: impl Fn(&mut Application, StepContext<'_>, Acceptance<'_>) -> Result<Event, E>,
        guarded: GuardedStep,
    ) {
        let broken = self.application.record().to_accept(guarded, self.now()).unwrap();
        let reason = if broken.is_empty() { "" } else { "it is night" };
        self.step(|application, at| step(application, at, Acceptance { providers: &broken, reason }));
    }

    pub(crate) fn save(&mut self) {
        self.force(Application::save, GuardedStep::Save);
    }

    pub(crate) fn cut_over(&mut self) {
        self.force(Application::cut_over, GuardedStep::CutOver);
    }
}

/// Everything that settings can have.
pub(crate) fn settings(policy: SavePolicy) -> Settings {
    let endpoint = |binding, path: &str| Endpoint {
        binding,
        location: Location::new(&format!("https://idp.example.org/{path}?a=\"b\"")).unwrap(),
    };
    let mut settings = Settings::new(policy);
    settings.entity_id = Some(EntityId::new("urn:example:idp:Ω").unwrap());
    settings.sso = Binding::ALL.iter().map(|binding| endpoint(*binding, "sso")).collect();
    settings.slo = vec![endpoint(Binding::Post, "slo")];
    settings.name_id_formats = NameIdFormat::ALL.to_vec();
    let name = DisplayName::new("Example \\ Sons").unwrap();
    settings.organization =
        Some(Organization { name: name.clone(), url: Some(Location::new("http://example.org").unwrap()) });
    settings.contact = Some(Contact { name: Some(name), mail: MailAddress::new("sso@example.org").unwrap() });
    settings.skew = 60;
    settings
}

/// A provider of each capability, with all formats and profiles among them.
pub(crate) fn providers() -> Vec<ServiceProvider> {
    let metadata = Capability::Metadata { pull_interval: NonZeroU32::new(3600).unwrap() };
    let fingerprint = Capability::Fingerprint { algorithm: HashAlgorithm::Sha1 };
    vec![
        ServiceProvider::new(entity_id("one"), Capability::OneCertificate).with_paste_format(PasteFormat::Element),
        ServiceProvider::new(entity_id("several"), Capability::SeveralCertificates)
            .with_name(DisplayName::new("Several").unwrap())
            .with_profile(Profile::NextActive),
        ServiceProvider::new(entity_id("metadata"), metadata),
        ServiceProvider::new(entity_id("fingerprint"), fingerprint).with_profile(Profile::ActiveOnly),
    ]
}

/// A rotation under the staged policy, with every detour that there is.
pub(crate) fn staged() -> Life {
    let mut life = Life::new("staged:Ω", Settings::new(SavePolicy::Staged));
    life.step(|it, at| it.set(at, settings(SavePolicy::Staged)));
    life.step(|it, at| it.activate(at, &pair("p256")));
    for provider in providers() {
        life.step(|it, at| it.add_provider(at, provider));
    }
    let told = Fingerprint::parse(b"4f:3c:9a:1b:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff").unwrap();
    life.step(|it, at| it.confirm(at, &entity_id("several"), &told));
    life.step(|it, at| it.confirm(at, &entity_id("one"), &certificate("p256").fingerprint(HashAlgorithm::Sha1)));
    life.step(|it, at| it.record_export(at, &entity_id("several")));
    life.step(|it, at| it.upload(at, Half::Certificate(certificate("p521"))));
    life.step(|it, at| it.upload(at, Half::Certificate(certificate("p384"))));
    life.step(|it, at| it.upload(at, Half::PrivateKey(key("p384"))));
    life.step(|it, at| it.upload(at, Half::PrivateKey(key("p521"))));
    life.step(|it, at| it.upload(at, Half::PrivateKey(key("rsa-2048-new"))));
    life.step(|it, at| it.discard(at));
    life.step(|it, at| it.stage(at, &pair("ed25519")));
    life.save();
    life.step(|it, at| it.publish(at));
    life.step(|it, at| it.record_export(at, &entity_id("several")));
    life.cut_over();
    life.force(Application::roll_back, GuardedStep::RollBack);
    life.step(|it, at| it.discard(at));
    life.step(|it, at| it.stage(at, &pair_of("p256-sha384", "p256")));
    life.save();
    life.step(|it, at| it.publish(at));
    life.cut_over();
    life.force(Application::retire, GuardedStep::Retire);
    let lost = pair("p256").certificate().spki_fingerprint(HashAlgorithm::Sha256);
    life.step(|it, at| it.revoke(at, &lost, RevocationReason::Compromised, Some(&pair("rsa-2048"))));
    life.step(|it, at| it.remove_provider(at, &entity_id("fingerprint")));
    life.step(|it, at| it.stage(at, &pair_of("rsa-2048-renewed", "rsa-2048")));
    life.step(|it, at| it.upload(at, Half::Certificate(certificate("p521"))));
    let lost = pair("rsa-2048").certificate().spki_fingerprint(HashAlgorithm::Sha256);
    life.step(|it, at| it.revoke(at, &lost, RevocationReason::Lost, None));
    life
}

/// Saves that switch at once, until the oldest is displaced.
pub(crate) fn on_save() -> Life {
    let mut life = Life::new("on-save", settings(SavePolicy::OnSave));
    life.step(|it, at| it.activate(at, &pair("p256")));
    for name in ["p384", "ed25519"] {
        life.step(|it, at| it.stage(at, &pair(name)));
        life.save();
    }
    life.step(|it, at| it.stage(at, &pair("p521")));
    life
}

#[test]
fn every_record_and_event_comes_back_as_it_was() {
    let mut kinds = std::collections::BTreeSet::new();
    for life in [staged(), on_save()] {
        let mut events = Vec::new();
        for event in &life.events {
            let json = write_event(event).unwrap();
            assert_eq!(read_event(json.as_bytes()).as_ref(), Ok(event), "{json}");
            assert_eq!(&serde_json::from_str::<Event>(&json).unwrap(), event);
            events.push(read_event(json.as_bytes()).unwrap());
            kinds.insert(event.change.as_str());

            let record = Record::replay(&events).unwrap();
            let json = write_record(&record).unwrap();
            assert_eq!(read_record(json.as_bytes()), Ok(record), "{json}");
        }
        let json = write_record(life.application.record()).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), *life.application.record());
        assert_eq!(write_record(&read_record(json.as_bytes()).unwrap()), Ok(json));
    }
    assert_eq!(kinds.len(), 19, "a kind of change is missing: {kinds:?}");
}

#[test]
fn a_change_of_an_unknown_kind_is_refused() {
    for event in staged().events {
        let kind = event.change.as_str();
        let mut json: serde_json::Value = serde_json::from_str(&write_event(&event).unwrap()).unwrap();
        json["change"]["kind"] = json!(format!("{kind}-again"));
        let refused = read_event(json.to_string().as_bytes());
        assert_eq!(refused, Err(malformed("change.kind", "is not a kind of change")), "{kind}");
    }
}

/// A record that has something in every place.
pub(crate) fn full() -> Life {
    let mut life = Life::new("full", settings(SavePolicy::Staged));
    life.step(|it, at| it.activate(at, &pair("p256")));
    for provider in providers() {
        let entity_id = provider.entity_id().clone();
        life.step(|it, at| it.add_provider(at, provider));
        life.step(|it, at| it.confirm(at, &entity_id, &certificate("rsa-1024").fingerprint(HashAlgorithm::Sha1)));
        life.step(|it, at| it.record_export(at, &entity_id));
    }
    for name in ["rsa-2048-new", "ed25519"] {
        life.step(|it, at| it.stage(at, &pair(name)));
    }
    let lost = certificate("rsa-2048-new").fingerprint(HashAlgorithm::Sha256);
    life.step(|it, at| it.revoke(at, &lost, RevocationReason::Lost, None));
    life.save();
    life.step(|it, at| it.publish(at));
    life.cut_over();
    life.step(|it, at| it.stage(at, &pair("p384")));
    life.step(|it, at| it.upload(at, Half::Certificate(certificate("p521"))));
    life
}

#[test]
fn every_tampered_field_is_refused_by_its_name() {
    let life = full();
    let record = write_record(life.application.record()).unwrap();
    let all = [staged().events, on_save().events].concat();
    let events = all.iter().map(|event| write_event(event).unwrap());
    every_field(&record, |json| read_record(json).map(drop));
    events.for_each(|event| every_field(&event, |json| read_event(json).map(drop)));
}

/// Every field of another type, missing, doubled, and one too many in every object.
fn every_field(json: &str, read: impl Fn(&[u8]) -> Result<(), RecordError>) {
    let whole: Value = serde_json::from_str(json).unwrap();
    assert_eq!(read(whole.to_string().as_bytes()), Ok(()), "the order of fields matters: {json}");
    let refused = |json: &str, field: &str, what: &str| match read(json.as_bytes()) {
        Err(RecordError::Malformed { field: found, what: why }) if found == field => {
            assert!(what.is_empty() || what == why, "{field}: {why}, not {what}");
        }
        other => panic!("{field} {what}: {other:?}"),
    };
    for pointer in pointers(&whole, String::new()) {
        let field = dotted(&pointer);
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut changed = whole.clone();
            change(changed.pointer_mut(&pointer).unwrap());
            changed.to_string()
        };
        if !pointer.is_empty() {
            refused(&changed(&|value| *value = Value::Bool(false)), &field, "");
        }
        let Some(Value::Object(object)) = whole.pointer(&pointer) else { continue };
        let surplus = changed(&|value| drop(value.as_object_mut().unwrap().insert("surplus".into(), Value::Null)));
        refused(&surplus, &join(&field, "surplus"), "is not known here");
        for name in object.keys() {
            let without = changed(&|value| drop(value.as_object_mut().unwrap().remove(name)));
            refused(&without, &join(&field, name), "is missing");
            let marked = changed(&|value| drop(value.as_object_mut().unwrap().insert("TWICE".into(), Value::Null)));
            let twice = marked.replace("\"TWICE\":null", &format!("\"{name}\":{}", object[name]));
            refused(&twice, &join(&field, name), "appears twice");
        }
    }
}

/// Everything in a document, the whole first.
fn pointers(value: &Value, here: String) -> Vec<String> {
    let below: Vec<_> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    let below = below.into_iter().flat_map(|(name, value)| pointers(value, format!("{here}/{name}")));
    let below: Vec<_> = below.collect();
    std::iter::once(here).chain(below).collect()
}

/// `/former/3/sha256` as `former[3].sha256`.
fn dotted(pointer: &str) -> String {
    let parts = pointer.split('/').skip(1);
    parts.fold(String::new(), |path, part| match part.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) => join(&path, part),
    })
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn malformed(field: &str, what: &str) -> RecordError {
    RecordError::Malformed { field: field.to_owned(), what: what.to_owned() }
}

/// The full record with one value replaced.
fn tampered(json: &str, pointer: &str, new: Value) -> String {
    let mut value: Value = serde_json::from_str(json).unwrap();
    *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = new;
    value.to_string()
}

#[test]
fn values_that_a_field_may_not_have_are_refused() {
    let hex = "is not lower-case hexadecimal";
    let number = "is not a whole number, or outside the range that it may have";
    let table = [
        ("/id", json!(""), "the application's ID is empty"),
        ("/id", json!("a b"), "the application's ID has a character that is not allowed: number 2"),
        ("/id", json!("a\0"), "the application's ID has a character that is not allowed: number 2"),
        ("/id", json!("a".repeat(129)), "the application's ID is longer than 128 characters"),
        ("/revision", json!(0), "is 0"),
        ("/revision", json!(-1), number),
        ("/revision", json!(1.0), number),
        ("/revision", json!("1"), number),
        ("/settings/skew_s", json!(1_u64 << 32), number),
        ("/settings/policy", json!("onsave"), "is none of on-save, staged"),
        ("/settings/sso/1/binding", json!("POST"), "is none of redirect, post, artifact, soap"),
        (
            "/settings/slo/0/location",
            json!("/slo"),
            "the location is not an address such as https://idp.example.org/sso",
        ),
        ("/settings/contact/mail", json!("me"), "the mail address must look like admin@example.org"),
        ("/settings/slo", json!(vec![json!(null); 33]), "is longer than 32"),
        ("/activated_at", json!(1.5), "is not a whole number of seconds"),
        ("/active/since", json!(u64::MAX), "is not a whole number of seconds"),
        ("/active/certificate", json!("3"), hex),
        ("/active/certificate", json!("3G"), hex),
        ("/active/certificate", json!("AA"), hex),
        ("/active/certificate", json!("\u{e9}\u{e9}"), hex),
        ("/active/certificate", json!("0".repeat(131_074)), "is longer than 65536 bytes"),
        ("/active/sha256", json!("00".repeat(31)), "is too short for a digest of SHA-256"),
        ("/active/sha256", json!("00".repeat(33)), "is longer than 32 bytes"),
        ("/active/sha256", json!("00".repeat(32)), "is not the fingerprint of the certificate beside it"),
        ("/next/stage", json!("active"), "is none of draft, saved, published"),
        ("/former/0/ending", json!("gone"), "is none of retired, displaced, discarded, replaced, lost, compromised"),
        ("/former", json!(vec![json!(null); 101]), "is longer than 100"),
        ("/pending/kind", json!("key"), "is none of certificate, private-key"),
        ("/revoked/0/reason", json!("stolen"), "is none of lost, compromised"),
        ("/providers/0/entity_id", json!("x".repeat(1025)), "the entity ID is longer than 1024 characters"),
        ("/providers/1/capability/pull_interval_s", json!(0), "is 0"),
        ("/providers/1/profile", json!(""), "is none of active-only, active-next, next-active"),
        ("/providers/0/paste_format", json!("p12"), "is none of pem, pem-crlf, one-line, der, element, fingerprint"),
        ("/providers/0/holds/0/known", json!("assumed"), "is none of confirmed, exported"),
        ("/providers/0/holds", json!(vec![json!(null); 33]), "is longer than 32"),
        ("/providers/0/holds/0/certificate/algorithm", json!("md5"), "is none of sha1, sha256, sha384, sha512"),
        ("/providers/0/holds/0/certificate/target", json!("key"), "is none of certificate, spki"),
    ];
    let json = write_record(full().application.record()).unwrap();
    for (pointer, new, what) in table {
        let refused = read_record(tampered(&json, pointer, new.clone()).as_bytes());
        assert_eq!(refused, Err(malformed(&dotted(pointer), what)), "{pointer} {:.40}", new.to_string());
    }
}

/// The path of the field, and what the certificate lacks.
#[test]
fn a_certificate_that_is_none_is_refused_by_its_path() {
    let life = full();
    let json = write_record(life.application.record()).unwrap();
    let whole: Value = serde_json::from_str(&json).unwrap();
    let der = whole.pointer("/former/0/certificate").unwrap().as_str().unwrap();
    let refused = read_record(tampered(&json, "/former/0/certificate", json!(der[..der.len() - 2])).as_bytes());
    assert!(
        matches!(&refused, Err(RecordError::Malformed { field, .. }) if field == "former[0].certificate"),
        "{refused:?}"
    );
    let der = format!("{}0", &der[..der.len() - 1]);
    let refused = read_record(tampered(&json, "/former/0/certificate", json!(der)).as_bytes());
    assert_eq!(refused, Err(malformed("former[0].sha256", "is not the fingerprint of the certificate beside it")));
}

#[test]
fn fields_that_contradict_each_other_are_refused() {
    let json = write_record(full().application.record()).unwrap();
    let whole: Value = serde_json::from_str(&json).unwrap();
    let at = |pointer: &str| whole.pointer(pointer).unwrap().clone();
    let active_key = certificate("ed25519").spki_fingerprint(HashAlgorithm::Sha256).to_hex();
    let mut turned = at("/providers");
    turned.as_array_mut().unwrap().reverse();
    let table = [
        ("two that sign", "/next", with_stage(at("/active"), "published"), "next"),
        ("the active one signed before", "/previous", at("/active"), "previous"),
        ("a revoked key signs", "/revoked/0/spki_sha256", json!(active_key), "active"),
        ("never activated", "/activated_at", json!(null), "activated_at"),
        ("signs and is not published", "/active/published_at", json!(null), "active"),
        ("signed and is not published", "/previous/published_at", json!(null), "previous"),
        ("published as a draft", "/next/published_at", json!(5), "next"),
        ("published at no moment", "/next/stage", json!("published"), "next"),
        ("providers not in order", "/providers", turned, "providers"),
        ("a provider appears twice", "/providers/1", at("/providers/0"), "providers"),
    ];
    for (name, pointer, new, expected) in table {
        let refused = read_record(tampered(&json, pointer, new).as_bytes()).unwrap_err();
        assert!(matches!(refused, RecordError::Contradiction { field, .. } if field == expected), "{name}: {refused}");
        assert_eq!(refused.code(), ErrorCode::RecordContradiction);
    }
    let twice = json!([at("/providers/0/holds/0"), at("/providers/0/holds/0")]);
    let what = "has a certificate twice, the second time as number 1";
    assert_eq!(
        read_record(tampered(&json, "/providers/0/holds", twice).as_bytes()),
        Err(malformed("providers[0].holds", what))
    );
}

/// Texts that the first release took and that are refused where they come in now: nobody loses an application by them.
#[test]
fn texts_of_the_first_release_are_read() {
    let json = write_record(full().application.record()).unwrap();
    let table = [
        ("a mail address with a literal", "/settings/contact/mail", "a@[10.0.0.1]"),
        ("a mail address with a dot at its beginning", "/settings/contact/mail", ".a@c.example"),
        ("a mail address with two signs", "/settings/contact/mail", "a@b@c.example"),
        ("a name with a filler", "/settings/organization/name", "Example\u{3164}"),
        ("a name of a filler alone", "/settings/contact/name", "\u{115f}"),
        ("an ID with a tag", "/id", "portal\u{e0041}"),
        ("an entity ID with a variation selector", "/settings/entity_id", "urn:idp\u{fe0f}"),
    ];
    for (name, pointer, text) in table {
        let stored = tampered(&json, pointer, json!(text));
        let record = read_record(stored.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again: Value = serde_json::from_str(&write_record(&record).unwrap()).unwrap();
        assert_eq!(again.pointer(pointer), Some(&json!(text)), "{name}");
    }
    assert!(MailAddress::new("a@[10.0.0.1]").is_err() && DisplayName::new("Example\u{3164}").is_err());
    for (pointer, text) in [("/settings/contact/mail", "@c.example"), ("/settings/organization/name", "a\u{202e}b")] {
        assert!(read_record(tampered(&json, pointer, json!(text)).as_bytes()).is_err(), "{text}");
    }
    let life = full();
    let event = life.events[1].clone();
    let mut record = Record::replay(&life.events[..1]).unwrap();
    let recorded = Event { actor: "alice\u{e0001}".into(), ..event };
    assert_eq!(read_event(write_event(&recorded).unwrap().as_bytes()), Ok(recorded.clone()));
    assert_eq!(record.apply(&recorded), Ok(()));
}

fn with_stage(mut placed: Value, stage: &str) -> Value {
    placed.as_object_mut().unwrap().insert("stage".into(), json!(stage));
    placed
}

/// A certificate that is in order, and not the one of the key.
#[test]
fn a_pair_that_does_not_match_is_refused_with_its_place() {
    let life = full();
    let keys = |life: &Life| life.application.secret_keys().map(|(_, key)| Arc::clone(key)).collect::<Vec<_>>();
    let json = write_record(life.application.record()).unwrap();
    for (place, pointer) in [("active", "/active"), ("next", "/next"), ("previous", "/previous")] {
        let other = certificate("p521");
        let mut placed: Value = serde_json::from_str::<Value>(&json).unwrap().pointer(pointer).unwrap().clone();
        placed["certificate"] = json!(crate::support::hex(other.der()));
        placed["sha256"] = json!(other.fingerprint(HashAlgorithm::Sha256).to_hex());
        let record = read_record(tampered(&json, pointer, placed).as_bytes()).unwrap();
        let refused = Application::from_record(record, keys(&life)).unwrap_err();
        let spki_sha256 = other.spki_fingerprint(HashAlgorithm::Sha256);
        assert_eq!(refused, RecordError::MissingKey { field: place, spki_sha256 });
    }
    let record = read_record(json.as_bytes()).unwrap();
    let again = Application::from_record(record, keys(&life)).unwrap();
    assert_eq!(again.record(), life.application.record());
}

#[test]
fn events_with_a_hole_are_refused() {
    let events: Vec<_> = staged().events.iter().map(|event| write_event(event).unwrap()).collect();
    let read = |json: &String| read_event(json.as_bytes()).unwrap();
    for hole in 1..events.len() - 1 {
        let rest: Vec<_> =
            events.iter().enumerate().filter(|(index, _)| *index != hole).map(|(_, it)| read(it)).collect();
        let expected = u64::try_from(hole).unwrap() + 1;
        assert_eq!(Record::replay(&rest), Err(RecordError::Sequence { expected, found: expected + 1 }));
    }
}

/// Nothing else of it is judged, since nothing else is known of it.
#[test]
fn an_unknown_version_is_told_before_anything_else() {
    let table = [
        (r#"{"version":2}"#, Err((2, 1))),
        (r#"{"revision":-1,"version":18446744073709551615,"version":1,"x":[]}"#, Err((u64::MAX, 1))),
        (r#"{"version":0,"id":""}"#, Err((0, 1))),
        (r#"{"version":1,"version":1}"#, Ok("appears twice")),
        (r#"{"version":1,"version":2}"#, Ok("appears twice")),
        (r#"{"version":"1"}"#, Ok("is not a whole number, or outside the range that it may have")),
        (r#"{"version":-1}"#, Ok("is not a whole number, or outside the range that it may have")),
        (r#"{"version":1.0}"#, Ok("is not a whole number, or outside the range that it may have")),
        (r#"{"version":null}"#, Ok("is not a whole number, or outside the range that it may have")),
        (r#"{"id":"x"}"#, Ok("is missing")),
    ];
    for (json, expected) in table {
        let expected = match expected {
            Err((found, known)) => RecordError::UnknownVersion { found, known },
            Ok(what) => malformed("version", what),
        };
        assert_eq!(read_record(json.as_bytes()), Err(expected.clone()), "{json}");
        assert_eq!(read_event(json.as_bytes()), Err(expected), "{json}");
    }
    assert_eq!(read_record(br#"{"version":2}"#).unwrap_err().code(), ErrorCode::RecordVersion);
}

#[test]
fn hostile_json_is_refused() {
    let good = write_record(full().application.record()).unwrap();
    let deep = |depth: usize| format!(r#"{{"version":1,"id":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
    let many = format!(r#"{{"version":1,"id":[{}0]}}"#, "0,".repeat(samlcert::limits::MAX_RECORD_VALUES));
    let table: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("nothing", Vec::new(), "json", "EOF while parsing"),
        ("blanks", b" \n".to_vec(), "json", "EOF while parsing"),
        ("NUL", vec![0; 100], "json", "expected value at line 1 column 1"),
        ("a list", b"[]".to_vec(), "json", "is not an object"),
        ("a list of records", format!("[{good}]").into_bytes(), "json", "is not an object"),
        ("null", b"null".to_vec(), "json", "is not an object"),
        ("no fields", b"{}".to_vec(), "version", "is missing"),
        ("two records", format!("{good}{good}").into_bytes(), "json", "trailing characters"),
        ("cut off", good.as_bytes()[..good.len() - 1].to_vec(), "json", "EOF while parsing"),
        ("a byte order mark", format!("\u{feff}{good}").into_bytes(), "json", "expected value at line 1 column 1"),
        ("bytes that are no text", b"{\"version\":1,\"id\":\"\xff\"}".to_vec(), "json", "invalid unicode"),
        ("half a character", br#"{"version":1,"id":"\ud800"}"#.to_vec(), "json", "unexpected end of hex escape"),
        ("a NUL in a text", br#"{"version":1,"id":"a\u0000"}"#.to_vec(), "id", "character that is not allowed"),
        ("a raw NUL in a text", b"{\"version\":1,\"id\":\"a\0\"}".to_vec(), "json", "control character"),
        ("a number that is too large", br#"{"version":1e400}"#.to_vec(), "json", "number out of range"),
        (
            "a long number",
            format!(r#"{{"version":{}}}"#, "9".repeat(100_000)).into_bytes(),
            "json",
            "number out of range",
        ),
        ("not a number", br#"{"version":NaN}"#.to_vec(), "json", "expected value"),
        ("a comment", b"{/**/}".to_vec(), "json", "key must be a string"),
        ("15 levels more", deep(15).into_bytes(), "id", "is not a string"),
        ("16 levels more", deep(16).into_bytes(), "json", "it is nested deeper than 16 levels"),
        ("a million levels", deep(1_000_000).into_bytes(), "json", "it is nested deeper than 16 levels"),
        ("a million open levels", "[".repeat(1_000_000).into_bytes(), "json", "it is nested deeper than 16 levels"),
        (
            "a long text",
            format!(r#"{{"version":1,"id":"{}"}}"#, "a".repeat(10_000_000)).into_bytes(),
            "id",
            "longer than 128",
        ),
        ("a long name", format!(r#"{{"version":1,"{}":1}}"#, "a".repeat(10_000_000)).into_bytes(), "id", "is missing"),
        ("many values", many.into_bytes(), "json", "it has more than 4000000 values"),
    ];
    for (name, json, field, what) in table {
        for refused in [read_record(&json).map(drop), read_event(&json).map(drop)] {
            let Err(RecordError::Malformed { field: found, what: why }) = refused else {
                panic!("{name}: {refused:?}")
            };
            // An event has no ID.
            let is_expected = found == field && why.contains(what);
            assert!(is_expected || (field == "id" && found == "sequence"), "{name}: {found}: {why}");
            assert!(why.len() < 200, "{name}: {why}");
        }
    }
    let large = vec![b' '; samlcert::limits::MAX_RECORD_BYTES + 1];
    assert_eq!(read_record(&large), Err(malformed("json", "is larger than 268435456 bytes")));
}

/// What stands where it should not may be anything.
#[test]
fn no_error_shows_what_stands_in_the_json() {
    let json = write_record(full().application.record()).unwrap();
    let secret = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";
    let whole: Value = serde_json::from_str(&json).unwrap();
    let shows = |json: String| {
        let refused = read_record(json.as_bytes()).unwrap_err().to_string();
        assert!(!refused.contains(&secret[..16]) && refused.len() < 300, "{refused}");
    };
    for pointer in pointers(&whole, String::new()).into_iter().skip(1) {
        let is_object = whole.pointer(&pointer).unwrap().is_object();
        // A name may be any text.
        if !pointer.ends_with("/name") {
            shows(tampered(&json, &pointer, json!(format!("\0{secret}"))));
        }
        if is_object {
            let mut whole = whole.clone();
            whole.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().insert(secret.into(), json!(secret));
            shows(whole.to_string());
        }
    }
}

#[test]
fn neither_records_nor_events_hold_private_keys() {
    for life in [staged(), on_save(), full()] {
        let mut json = write_record(life.application.record()).unwrap();
        life.events.iter().for_each(|event| json.push_str(&write_event(event).unwrap()));
        for name in ["p256", "p384", "p521", "ed25519", "rsa-2048", "rsa-2048-new"] {
            let (key, spki) = (key(name), key(name).public_key().spki_der().to_vec());
            for window in
                key.secret_der().windows(12).filter(|window| !spki.windows(12).any(|public| public == *window))
            {
                assert!(!json.contains(&crate::support::hex(window)), "{name}");
            }
        }
    }
}

/// Events can be made by hand: what could not be read again is not written.
#[test]
fn fingerprints_of_another_kind_are_not_written_as_sha256() {
    let sha1 = certificate("p256").fingerprint(HashAlgorithm::Sha1);
    let spki = certificate("p256").spki_fingerprint(HashAlgorithm::Sha256);
    for certificate in [sha1, spki] {
        let change = Change::Published { certificate };
        let event = Event { sequence: 2, at: BEGIN, actor: "alice".into(), reason: None, change };
        let refused = write_event(&event).unwrap_err();
        assert!(refused.to_string().contains("is not a SHA-256 fingerprint of a certificate"), "{refused}");
    }
}

/// Any format that names the kinds of its values does.
#[test]
fn other_serializers_write_and_read_the_same() {
    let life = full();
    let record = life.application.record();
    let value = serde_json::to_value(record).unwrap();
    assert_eq!(serde_json::from_value::<Record>(value.clone()).unwrap(), *record);
    let event = serde_json::to_value(&life.events[1]).unwrap();
    assert_eq!(serde_json::from_value::<Event>(event).unwrap(), life.events[1]);

    let mut tampered = value;
    tampered["former"][0]["since"] = json!("never");
    let refused = serde_json::from_value::<Record>(tampered).unwrap_err();
    assert_eq!(refused.to_string(), "former[0].since: is not a whole number of seconds");
}

/// Each byte replaced, left out and doubled; and what one life stored read as that of another.
#[test]
fn damaged_records_and_events_are_refused_or_read_as_they_are() {
    let mut life = Life::new("small", Settings::new(SavePolicy::OnSave));
    life.step(|it, at| it.activate(at, &pair("ed25519")));
    life.step(|it, at| it.add_provider(at, providers().remove(0)));
    life.step(|it, at| it.record_export(at, &entity_id("one")));
    let record = write_record(life.application.record()).unwrap();
    let event = write_event(life.events.last().unwrap()).unwrap();
    for json in [record, event] {
        for at in 0..json.len() {
            let (before, after) = (&json.as_bytes()[..at], &json.as_bytes()[at + 1..]);
            for new in [&b""[..], b"0", b"5", b"a", b"\"", b"{", b",", b"\0", b"\xff", b"00", b"null"] {
                records(&[before, new, after].concat());
            }
        }
    }
    for one in [staged(), on_save(), full()] {
        let lines = one.events.iter().map(|event| write_event(event).unwrap());
        let record = write_record(full().application.record()).unwrap();
        let lines: Vec<_> = lines.chain([record]).collect();
        records(lines.join("\n").as_bytes());
        records(lines.iter().rev().map(String::as_str).collect::<Vec<_>>().join("\n").as_bytes());
    }
}

/// Ten times the list of this test is as long as there may be, each provider with as much as it may have: what steps can
/// make is within the limits of the whole document.
#[test]
fn the_largest_record_is_within_the_limits() {
    use samlcert::limits::{MAX_HOLDINGS, MAX_PROVIDERS, MAX_RECORD_BYTES, MAX_RECORD_VALUES};
    let holding = |index: usize| {
        json!({"certificate": {"algorithm": "sha512", "digest": format!("{index:0128x}"), "target": "certificate"},
               "since": i64::MIN, "known": "confirmed"})
    };
    let holds: Vec<_> = (0..MAX_HOLDINGS).map(holding).collect();
    let largest = '\u{10ffff}'.to_string();
    let provider = json!({
        "entity_id": format!("NUMBER{}", largest.repeat(1018)), "name": largest.repeat(256),
        "capability": {"kind": "metadata", "pull_interval_s": u32::MAX},
        "paste_format": "fingerprint", "profile": "active-next", "holds": holds,
        "exported": {"at": i64::MIN, "certificates": vec!["00".repeat(32); 3]},
    });
    let tenth = MAX_PROVIDERS / 10;
    let text = provider.to_string();
    let all: Vec<_> = (0..tenth).map(|number| text.replace("NUMBER", &format!("{number:06}"))).collect();
    let mut whole: Value = serde_json::to_value(full().application.record()).unwrap();
    whole["providers"] = json!("ALL");
    let json = whole.to_string().replace("\"ALL\"", &format!("[{}]", all.join(",")));

    let record = read_record(json.as_bytes()).unwrap();
    assert_eq!(write_record(&record).unwrap().len(), json.len());
    assert!(json.len() * 10 < MAX_RECORD_BYTES * 3 / 4, "{}", json.len());
    assert!(pointers(&provider, String::new()).len() * MAX_PROVIDERS < MAX_RECORD_VALUES * 3 / 4);
}
