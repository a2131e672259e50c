//! A whole rotation: reads the pair that signs, makes its successor, and follows the plan until the old one is retired.
//!
//! `cargo run --example rotate -- CERTIFICATE_FILE KEY_FILE FOLDER [UNIX_SECONDS]`
//!
//! The new pair is written to FOLDER, the key readable by its owner alone. A real rotation takes days, and the record
//! (`samlcert::json`) is stored after each step; here the moments of the plan come one after the other.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to people")]

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use samlcert::application::{Acceptance, Action, Capability, EntityId, GuardedStep, StepContext};
use samlcert::application::{SavePolicy, ServiceProvider, Settings};
use samlcert::pem::Form;
use samlcert::{
    Application, CertKeyPair, Certificate, HashAlgorithm, IssueRequest, PrivateKey, SystemEntropy, UnixTime,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [certificate, key, folder] => clock().and_then(|now| rotate(certificate, key, folder, now)),
        [certificate, key, folder, now] => moment(now).and_then(|now| rotate(certificate, key, folder, now)),
        _ => Err("usage: rotate CERTIFICATE_FILE KEY_FILE FOLDER [UNIX_SECONDS]".into()),
    };
    outcome.map_or_else(failed, |()| ExitCode::SUCCESS)
}

fn failed(error: Box<dyn Error>) -> ExitCode {
    eprintln!("rotate: {error}");
    ExitCode::from(2)
}

fn clock() -> Outcome<UnixTime> {
    Ok(SystemTime::now().try_into()?)
}

fn moment(seconds: &str) -> Outcome<UnixTime> {
    Ok(UnixTime(seconds.parse().map_err(|_| format!("{seconds} is no number of seconds"))?))
}

fn rotate(certificate: &str, key: &str, folder: &str, now: UnixTime) -> Outcome<()> {
    let old = CertKeyPair::new(Certificate::from_pem(&read(certificate)?)?, PrivateKey::from_pem(&read(key)?)?)?;
    let mut portal = application(&old, now)?;
    println!("{} signs until {}.", sha256(&old), old.certificate().validity().not_after());

    let new = IssueRequest::new("portal.example.org")?.issue(now, &mut SystemEntropy)?;
    keep(&new, Path::new(folder))?;
    portal.stage(at(now), &new)?;
    println!("{} was made, and changes nothing yet.\n\nThe plan:", sha256(&new));
    for step in portal.record().plan(now) {
        println!("  {}  {}", step.at, step.action);
    }

    println!("\nThe steps:");
    follow_the_plan(&mut portal, &new, now)?;
    let signs = portal.signing_pair().ok_or("nothing signs")?;
    println!("\n{} signs until {}.", sha256(&signs), signs.certificate().validity().not_after());
    Ok(())
}

/// An application that signs with the old pair, and three service providers: each learns in another way.
fn application(old: &CertKeyPair, now: UnixTime) -> Outcome<Application> {
    let (mut portal, _created) = Application::new(at(now), "portal".parse()?, Settings::new(SavePolicy::Staged))?;
    portal.activate(at(now), old)?;
    let providers = [
        ("https://shop.example", Capability::OneCertificate),
        ("https://mail.example", Capability::SeveralCertificates),
        ("https://wiki.example", Capability::Metadata { pull_interval: 86_400.try_into()? }),
    ];
    for (entity_id, capability) in providers {
        let entity_id: EntityId = entity_id.parse()?;
        portal.add_provider(at(now), ServiceProvider::new(entity_id.clone(), capability))?;
        portal.confirm(at(now), &entity_id, &old.certificate().fingerprint(HashAlgorithm::Sha256))?;
    }
    Ok(portal)
}

/// Takes the first step of the plan, each at its moment, until nothing is under way any more.
fn follow_the_plan(portal: &mut Application, new: &CertKeyPair, begin: UnixTime) -> Outcome<()> {
    let mut now = begin;
    while portal.record().next().is_some() || portal.record().previous().is_some() {
        let step = portal.record().plan(now).into_iter().next().ok_or("the plan ends too early")?;
        now = step.at;
        println!("  {}  {}", step.at, take(portal, new, &step.action, &mut now)?);
    }
    Ok(())
}

/// Does what the plan says; gives a line about it.
fn take(portal: &mut Application, new: &CertKeyPair, action: &Action, now: &mut UnixTime) -> Outcome<String> {
    match action {
        Action::Save => drop(portal.save(at(*now), Acceptance::NONE)?),
        Action::Publish => drop(portal.publish(at(*now))?),
        Action::Retire => drop(portal.retire(at(*now), Acceptance::NONE)?),
        Action::WaitForPull { until, .. } => *now = *until,
        Action::CutOver { .. } => return cut_over(portal, *now),
        Action::Export { provider } | Action::Confirm { provider } => return put_in(portal, new, provider, *now),
        other => return Err(format!("this rotation has no step to {other}").into()),
    }
    Ok(action.to_string())
}

/// Somebody gives the certificates to a service provider, puts them in there, and looks whether the new one stands there.
fn put_in(portal: &mut Application, new: &CertKeyPair, provider: &EntityId, now: UnixTime) -> Outcome<String> {
    portal.record_export(at(now), provider)?;
    portal.confirm(at(now), provider, &new.certificate().fingerprint(HashAlgorithm::Sha256))?;
    Ok(format!("{provider} holds the new certificate"))
}

/// Accepts exactly those whose logins break until the new certificate is put in.
fn cut_over(portal: &mut Application, now: UnixTime) -> Outcome<String> {
    let breaks = portal.record().to_accept(GuardedStep::CutOver, now)?;
    portal.cut_over(at(now), Acceptance { providers: &breaks, reason: "the maintenance moment was agreed" })?;
    let names: Vec<&str> = breaks.iter().map(EntityId::as_str).collect();
    Ok(format!("cut over; logins break for a moment at {}", names.join(", ")))
}

fn keep(pair: &CertKeyPair, folder: &Path) -> Outcome<()> {
    let key = pair.private_key().secret_write(Form::Pem).ok_or("the key has no PEM form")?;
    write(&folder.join("key.pem"), key.secret_bytes(), 0o600)?;
    write(&folder.join("certificate.pem"), &pair.certificate().write(Form::Pem), 0o644)
}

/// Writes a new file; what stands there is never replaced.
fn write(path: &Path, bytes: &[u8], mode: u32) -> Outcome<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read(path: &str) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{path}: {error}").into())
}

fn sha256(pair: &CertKeyPair) -> String {
    pair.certificate().fingerprint(HashAlgorithm::Sha256).to_string()
}

const fn at(now: UnixTime) -> StepContext<'static> {
    StepContext { now, actor: "alice" }
}
