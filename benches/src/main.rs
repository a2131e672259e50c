//! What the hot paths cost beside the peers that do the same work, in one process and one run:
//! medians of 41 rounds, in nanoseconds. Compare only within one run.

mod applications;
mod capi;
mod generation;
mod hostile;
mod pairs;
mod store;
mod text;

use openssl::pkey::PKey;
use openssl::x509::X509;
use samlcert::{CertKeyPair, Certificate, PrivateKey};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const ROUNDS: usize = 41;
/// How long one round takes, about.
const ROUND_NANOSECONDS: u128 = 20_000_000;

/// The median cost of one call, in nanoseconds.
fn cost<T>(work: impl FnMut() -> T) -> u128 {
    let mut medians = Contenders::default();
    medians.add("", work);
    medians.measured().of("")
}

/// Works that are compared: each round measures all of them, one after the other, so that a machine that becomes slower
/// or faster meanwhile does so for all.
#[derive(Default)]
struct Contenders<'w>(Vec<(&'static str, Box<dyn FnMut(u128) -> u128 + 'w>)>);

impl<'w> Contenders<'w> {
    fn add<T>(&mut self, name: &'static str, mut work: impl FnMut() -> T + 'w) {
        let time = move |calls: u128| {
            let start = Instant::now();
            for _ in 0..calls {
                black_box(work());
            }
            start.elapsed().as_nanos()
        };
        self.0.push((name, Box::new(time)));
    }

    fn measured(mut self) -> Medians {
        let all = u128::try_from(self.0.len()).unwrap();
        let calls_of = |time: &mut dyn FnMut(u128) -> u128| {
            time(1);
            (ROUND_NANOSECONDS / all / time(3).div_ceil(3).max(1)).max(1)
        };
        let calls: Vec<u128> = self.0.iter_mut().map(|(_, time)| calls_of(time)).collect();
        let mut costs = vec![Vec::new(); self.0.len()];
        for _ in 0..ROUNDS {
            for (((_, time), calls), costs) in self.0.iter_mut().zip(&calls).zip(&mut costs) {
                costs.push(time(*calls) / calls);
            }
        }
        let median = |mut costs: Vec<u128>| {
            costs.sort_unstable();
            costs[ROUNDS / 2]
        };
        Medians(self.0.iter().zip(costs).map(|((name, _), costs)| (*name, median(costs))).collect())
    }
}

struct Medians(Vec<(&'static str, u128)>);

impl Medians {
    fn of(&self, name: &str) -> u128 {
        self.0.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} was not measured")).1
    }

    /// What others have to be compared with, without a goal.
    fn show(&self, names: &[&str]) {
        for name in names {
            println!("| {name} | {} | | | | | |", self.of(name));
        }
    }

    /// A figure beside another, and the goal for the ratio.
    fn goal(&self, work: &str, beside: &str, most: f64) {
        self.goal_of(work, self.of(work), beside, self.of(beside), most);
    }

    fn goal_of(&self, work: &str, own: u128, beside: &str, other: u128, most: f64) {
        let ratio = own as f64 / other as f64;
        let verdict = if ratio <= most { "met" } else { "missed" };
        println!("| {work} | {own} | {beside} | {other} | {ratio:.4} | {most:.4} | {verdict} |");
    }
}

fn row(work: &str, own: u128, peers: &[(&str, u128)]) {
    let peers: Vec<String> = peers.iter().map(|(name, cost)| format!("{name} {cost}")).collect();
    println!("| {work} | {own} | {} |", peers.join("; "));
}

fn data(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn main() {
    // They take long: asked for by name.
    if std::env::args().any(|argument| argument == "generation") {
        return generation::run();
    }
    // It makes a store of gigabytes.
    if std::env::args().any(|argument| argument == "store") {
        return store::run();
    }
    if std::env::args().any(|argument| argument == "applications") {
        return applications::run();
    }
    if std::env::args().any(|argument| argument == "capi") {
        return capi::run();
    }
    if std::env::args().any(|argument| argument == "reading") {
        text::run();
        return pairs::run();
    }
    if std::env::args().any(|argument| argument == "hostile") {
        return hostile::run();
    }
    println!("| work | samlcert, ns | peers, ns |\n|---|---|---|");
    for kind in ["rsa-2048", "p256", "ed25519"] {
        certificates(kind);
    }
    for kind in ["rsa-2048", "rsa-4096", "p256", "p384", "p521", "ed25519"] {
        keys(kind);
    }
    let text = String::from_utf8(data("texts/metadata.xml")).unwrap();
    row(
        "metadata document, two certificates, self-signatures verified",
        cost(|| samlcert::normalize(black_box(text.as_bytes()))),
        &[],
    );
}

fn certificates(kind: &str) {
    let pem = data(&format!("certificates/{kind}.pem"));
    let der = X509::from_pem(&pem).unwrap().to_der().unwrap();
    let parse = |der: &[u8]| x509_parser::parse_x509_certificate(der).unwrap().1.tbs_certificate.raw_serial().len();
    row(
        &format!("{kind} certificate, DER parsed"),
        cost(|| Certificate::from_der(black_box(&der)).unwrap()),
        &[
            ("x509-parser", cost(|| parse(black_box(&der)))),
            ("openssl", cost(|| X509::from_der(black_box(&der)).unwrap())),
        ],
    );
    let peer = |pem: &[u8]| parse(&x509_parser::pem::parse_x509_pem(pem).unwrap().1.contents);
    let verified = |pem: &[u8]| {
        let certificate = X509::from_pem(pem).unwrap();
        certificate.verify(&certificate.public_key().unwrap()).unwrap()
    };
    row(
        &format!("{kind} certificate, PEM, self-signature verified (x509-parser: not verified)"),
        cost(|| samlcert::normalize(black_box(&pem))),
        &[("x509-parser", cost(|| peer(black_box(&pem)))), ("openssl", cost(|| verified(black_box(&pem))))],
    );
}

fn keys(kind: &str) {
    let (pem, certificate_pem) = (data(&format!("keys/{kind}.pem")), data(&format!("certificates/{kind}.pem")));
    let der = PKey::private_key_from_pem(&pem).unwrap().private_key_to_pkcs8().unwrap();
    let certificate = Certificate::from_pem(&certificate_pem).unwrap();
    let peer = X509::from_pem(&certificate_pem).unwrap();
    let own = || CertKeyPair::new(certificate.clone(), PrivateKey::from_der(black_box(&der)).unwrap()).unwrap();
    let public_halves = || {
        let key = PKey::private_key_from_der(black_box(&der)).unwrap();
        assert!(peer.public_key().unwrap().public_eq(&key));
    };
    let checked = || {
        let key = PKey::private_key_from_der(black_box(&der)).unwrap();
        assert!(key.rsa().map(|rsa| rsa.check_key().unwrap()).unwrap_or(true));
        assert!(key.ec_key().map(|ec| ec.check_key().is_ok()).unwrap_or(true));
        assert!(peer.public_key().unwrap().public_eq(&key));
    };
    row(
        &format!("{kind} pair, key DER proven and matched"),
        cost(own),
        &[("openssl, public halves compared alone", cost(public_halves)), ("openssl, key checked", cost(checked))],
    );
}
