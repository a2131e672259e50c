//! Records and events as they are stored: everything that steps can make comes back as it was, and what was tampered
//! with is refused by its name.

use crate::support::der;
use samlcert::application::{
    Acceptance, Application, ApplicationId, At, Binding, Capability, Contact, DisplayName, Endpoint, EntityId, Event,
    GuardedStep, Half, Location, MailAddress, NameIdFormat, Organization, PasteFormat, Profile, Record,
    RevocationReason, SavePolicy, ServiceProvider, Settings,
};
use samlcert::json::{read_event, read_record, write_event, write_record};
use samlcert::{CertKeyPair, Certificate, Fingerprint, HashAlgorithm, PrivateKey, UnixTime};
use std::num::NonZeroU32;
use std::sync::Arc;

const DAY: i64 = 86_400;

/// All certificates of the fixtures that are used here are valid for years from this moment on.
const BEGIN: UnixTime = UnixTime(1_796_000_000);

fn certificate(name: &str) -> Certificate {
    Certificate::from_der(&der(&format!("certificates/{name}.pem"))).unwrap()
}

fn key(name: &str) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from_der(&der(&format!("keys/{name}.pem"))).unwrap())
}

fn pair(name: &str) -> CertKeyPair {
    pair_of(name, name)
}

fn pair_of(certificate_name: &str, key_name: &str) -> CertKeyPair {
    CertKeyPair::new(certificate(certificate_name), key(key_name)).unwrap()
}

fn entity_id(name: &str) -> EntityId {
    EntityId::new(&format!("https://{name}.example.org/sp")).unwrap()
}

/// An application and everything that ever happened to it, one step a day.
struct Life {
    application: Application,
    events: Vec<Event>,
}

impl Life {
    fn new(id: &str, settings: Settings) -> Self {
        let at = At { now: BEGIN, actor: "alice" };
        let (application, event) = Application::new(at, ApplicationId::new(id).unwrap(), settings).unwrap();
        Self { application, events: vec![event] }
    }

    fn now(&self) -> UnixTime {
        UnixTime(BEGIN.0 + DAY * i64::try_from(self.events.len()).unwrap())
    }

    fn step<E: std::fmt::Debug>(&mut self, step: impl FnOnce(&mut Application, At<'_>) -> Result<Event, E>) {
        let at = At { now: self.now(), actor: "bob \"the admin\" Ω" };
        let event = step(&mut self.application, at).unwrap();
        self.events.push(event);
    }

    /// Takes a step and accepts whatever breaks.
    fn force<E: std::fmt::Debug>(
        &mut self,
        step: impl Fn(&mut Application, At<'_>, Acceptance<'_>) -> Result<Event, E>,
        guarded: GuardedStep,
    ) {
        let logins = self.application.record().impact(guarded, self.now()).unwrap();
        // A staged save touches no login.
        let touches = self.application.record().settings().policy == SavePolicy::OnSave || guarded != GuardedStep::Save;
        let broken = logins.into_iter().filter(|it| touches && !it.state.works());
        let broken: Vec<_> = broken.map(|it| it.provider).collect();
        let reason = if broken.is_empty() { "" } else { "it is night" };
        self.step(|application, at| step(application, at, Acceptance { providers: &broken, reason }));
    }

    fn save(&mut self) {
        self.force(Application::save, GuardedStep::Save);
    }

    fn cut_over(&mut self) {
        self.force(Application::cut_over, GuardedStep::CutOver);
    }
}

/// Everything that settings can have.
fn settings(policy: SavePolicy) -> Settings {
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
fn providers() -> Vec<ServiceProvider> {
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
fn staged() -> Life {
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
fn on_save() -> Life {
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
