//! What a run over a million applications costs on one thread: the reminders that fell due within a day, and the status.

use samlcert::application::{Capability, Change, Event, PasteFormat, Record, SavePolicy, ServiceProvider, Settings};
use samlcert::{Certificate, ExpirySchedule, HashAlgorithm, Item, UnixTime, Window, normalize};
use std::hint::black_box;
use std::time::Instant;

const APPLICATIONS: usize = 1_000_000;
const ROUNDS: usize = 5;

pub fn run() {
    println!("| a million applications, median of {ROUNDS} | milliseconds | reminders |\n|---|---|---|");
    let ders = ["a", "b", "c", "d", "e"].map(|name| certificate(name).der().to_vec());
    for providers in [0, 1, 4] {
        // The certificates of one in a hundred come to their end.
        let der = |number| if number % 100 == 0 { &ders[4] } else { &ders[number % 4] };
        let record = |number| record(number, der(number), providers);
        let records: Vec<Record> = (0..APPLICATIONS).map(record).collect();
        let mut rounds: Vec<(u128, usize)> = (0..ROUNDS).map(|_| round(&records)).collect();
        rounds.sort_unstable();
        let (milliseconds, reminders) = rounds[ROUNDS / 2];
        println!("| due and status, {providers} service providers each | {milliseconds} | {reminders} |");
    }
}

fn round(records: &[Record]) -> (u128, usize) {
    let schedule = ExpirySchedule::default();
    let end = certificate("e").validity().not_after();
    let now = UnixTime(end.0 - 7 * 86_400);
    let window = Window::new(UnixTime(now.0 - 86_400), now);
    let start = Instant::now();
    let mut reminders = 0;
    for record in records {
        reminders += record.reminders(black_box(&schedule), window).len();
        black_box(record.status(black_box(now)));
    }
    (start.elapsed().as_millis(), reminders)
}

/// Each record has bytes of its own.
fn record(number: usize, der: &[u8], providers: usize) -> Record {
    let signs = Certificate::from_der(der).unwrap();
    let settings = Box::new(Settings::new(SavePolicy::OnSave));
    let mut changes = vec![
        Change::Created { id: format!("application-{number}").parse().unwrap(), settings },
        Change::Activated { certificate: signs.clone() },
    ];
    for index in 0..providers {
        let provider = provider(index + number);
        let entity_id = provider.entity_id().clone();
        let sha256 = signs.fingerprint(HashAlgorithm::Sha256);
        changes.push(Change::ProviderAdded { provider: Box::new(provider) });
        changes.push(Change::ProviderExported { provider: entity_id.clone(), certificates: vec![sha256] });
        changes.push(Change::ProviderConfirmed { provider: entity_id, certificate: sha256 });
    }
    let event = |(index, change)| Event {
        sequence: index as u64 + 1,
        at: UnixTime(1_798_761_600),
        actor: "bench".to_owned(),
        reason: None,
        change,
    };
    let events: Vec<Event> = changes.into_iter().enumerate().map(event).collect();
    Record::replay(&events).unwrap()
}

fn provider(number: usize) -> ServiceProvider {
    let capabilities = [
        Capability::OneCertificate,
        Capability::SeveralCertificates,
        Capability::Metadata { pull_interval: 86_400.try_into().unwrap() },
        Capability::Fingerprint { algorithm: HashAlgorithm::Sha1 },
    ];
    let entity_id = format!("https://service-{number}.example.org/saml/metadata").parse().unwrap();
    ServiceProvider::new(entity_id, capabilities[number % 4]).with_paste_format(PasteFormat::Pem)
}

fn certificate(name: &str) -> Certificate {
    let Item::Certificate(certificate) =
        normalize(&crate::data(&format!("pool/{name}.pem"))).into_items().remove(0).into_item()
    else {
        panic!("{name}")
    };
    certificate
}
