//! Certificates as files for service providers, and which certificate a file or a text is.

use super::life::Life;
use super::pool::{certificate, entity, key, pair, providers, sha256};
use crate::support::{data, text};
use samlcert::application::{
    Capability, Download, Half, Identification, Identified, PasteFormat, Profile, Role, SavePolicy, ServiceProvider,
    Settings, StepContext,
};
use samlcert::{Application, HashAlgorithm, pem::Form};

fn hex8(name: &str) -> String {
    sha256(name).to_hex()[..8].to_owned()
}

#[test]
fn the_download_has_a_name_of_its_own() {
    let life = Life::activated(SavePolicy::OnSave, "a");
    let download = life.record().download(life.record().active().unwrap());
    assert_eq!(download.suggested_name, format!("shop-2026-01-01-{}.pem", hex8("a")));
    assert_eq!(download.certificates, [sha256("a")]);
    let read = samlcert::normalize(&download.content).into_certificate().unwrap();
    assert_eq!(read, *certificate("a"));
    assert_eq!(samlcert::normalize(&download.content).items()[0].repairs(), [], "it is strict PEM");

    // A rotation on the same day, and a renewal with the same key, have other names.
    let mut names = std::collections::BTreeSet::new();
    for name in ["a", "a-renewed", "b", "b-renewed", "c", "d", "e"] {
        let life = Life::activated(SavePolicy::OnSave, name);
        names.insert(life.record().download(life.record().active().unwrap()).suggested_name);
    }
    assert_eq!(names.len(), 7);
}

#[test]
fn a_suggested_name_is_a_file_name_whatever_the_id_is() {
    let long = "x".repeat(128);
    let table = [
        ("shop", "shop-"),
        ("shop.example.org", "shop.example.org-"),
        ("../../etc/passwd", "_.._etc_passwd-"),
        ("-rf", "rf-"),
        ("C:\\Windows", "C__Windows-"),
        ("кафе", "____-"),
        ("…", "_-"),
        ("a%00b", "a_00b-"),
        ("...", "2026-01-01-"),
        (&long, &format!("{}-", "x".repeat(64))),
    ];
    for (id, begin) in table {
        let at = StepContext { now: super::pool::BEGIN, actor: "alice" };
        let (mut application, _) =
            Application::new(at, id.parse().unwrap(), Settings::new(SavePolicy::OnSave)).unwrap();
        application.activate(at, pair("a")).unwrap();
        let name = application.record().download(application.record().active().unwrap()).suggested_name;
        assert!(name.starts_with(begin), "{id}: {name}");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{id}: {name}");
        assert!(name.ends_with(&format!("-{}.pem", hex8("a"))) && name.len() < 100, "{id}: {name}");
    }
}

/// What a provider is given in each form; what it holds one of comes in as many files.
#[test]
fn each_provider_gets_its_form() {
    let pem = text("pool/a.pem");
    let pem = format!("{}-----END CERTIFICATE-----\n", pem.split("-----END").next().unwrap());
    let written = |form| {
        let item = samlcert::Item::Certificate(certificate("a").clone());
        item.secret_write(form).unwrap().secret_bytes().to_vec()
    };
    let fingerprint = format!("{}\n", certificate("a").fingerprint(HashAlgorithm::Sha512));
    let table: [(PasteFormat, Vec<u8>, &str, usize); 6] = [
        (PasteFormat::Pem, pem.clone().into_bytes(), "pem", 1),
        (PasteFormat::PemCrlf, pem.replace('\n', "\r\n").into_bytes(), "pem", 1),
        (PasteFormat::OneLine, written(Form::Base64), "txt", 2),
        (PasteFormat::Der, certificate("a").der().to_vec(), "cer", 2),
        (PasteFormat::Element, written(Form::Element), "txt", 2),
        (PasteFormat::Fingerprint, fingerprint.into_bytes(), "txt", 2),
    ];
    for (format, content, extension, files) in table {
        let capability = match format {
            PasteFormat::Fingerprint => Capability::Fingerprint { algorithm: HashAlgorithm::Sha512 },
            _ => Capability::OneCertificate,
        };
        let mut life = Life::activated(SavePolicy::Staged, "a");
        for (name, profile) in [("it", Profile::ActiveOnly), ("both", Profile::ActiveNext)] {
            let provider =
                ServiceProvider::new(entity(name), capability).with_paste_format(format).with_profile(profile);
            life.good(|it, at| it.add_provider(at, provider));
        }
        let [file] = life.record().download_for(&entity("it")).unwrap().try_into().unwrap();
        assert_eq!(file.content, content, "{}", format.as_str());
        assert_eq!(file.suggested_name, format!("shop-2026-01-01-{}.{extension}", hex8("a")), "{}", format.as_str());
        assert_eq!(life.record().next_download_for(&entity("it")), Ok(None), "{}", format.as_str());
        life.run("stage b");
        assert_eq!(life.record().next_download_for(&entity("it")), Ok(None), "a draft is for nobody");
        life.run("save; publish");
        let both: Vec<Download> = life.record().download_for(&entity("both")).unwrap();
        assert_eq!(both.len(), files, "{}", format.as_str());
        let certificates: Vec<_> = both.iter().flat_map(|file| file.certificates.clone()).collect();
        assert_eq!(certificates, [sha256("a"), sha256("b")], "{}", format.as_str());
        let next = life.record().next_download_for(&entity("it")).unwrap().unwrap();
        assert_eq!(next.certificates, [sha256("b")], "{}", format.as_str());
    }
    let life = Life::activated(SavePolicy::Staged, "a");
    assert_eq!(life.record().download_for(&entity("who")).unwrap_err().code().as_str(), "unknown-provider");
    assert_eq!(life.record().next_download_for(&entity("who")).unwrap_err().code().as_str(), "unknown-provider");
}

/// What is to be given out at each stage, and to whom; those that pull get nothing by hand.
#[test]
fn what_to_download_and_for_whom() {
    let told = |life: &Life| -> Vec<String> {
        let exports = life.record().exports(life.now).into_iter();
        let name = |fingerprint: &samlcert::Fingerprint| {
            super::pool::pool().iter().find(|(name, _)| sha256(name) == *fingerprint).map_or("?", |(name, _)| *name)
        };
        let certificates = |download: &Download| download.certificates.iter().map(name).collect::<Vec<_>>().join(" ");
        exports
            .map(|export| {
                let who = export.provider.as_str()[8..].replace(".example", "");
                format!("{who}: {}", certificates(&export.download))
            })
            .collect()
    };
    let mut life = Life::activated(SavePolicy::Staged, "a").with(providers());
    assert_eq!(told(&life), [] as [&str; 0], "each was seen to hold it");
    life.run("export one; export several; export sha1");
    assert_eq!(told(&life), [] as [&str; 0]);
    life.run("stage b");
    assert_eq!(told(&life), [] as [&str; 0], "a draft");
    life.run("save");
    assert_eq!(told(&life), ["one: b", "sha1: b"], "for the moment of the cut-over");
    life.run("publish");
    assert_eq!(told(&life), ["one: b", "several: a b", "sha1: b"]);
    life.run("export several; confirm several b");
    assert_eq!(told(&life), ["one: b", "sha1: b"]);
    life.run("wait 2 d; cut over");
    assert_eq!(told(&life), ["one: b", "sha1: b"], "the third was seen to hold both");

    // On save, the save itself is the moment.
    let mut life = Life::activated(SavePolicy::OnSave, "a").with(providers());
    life.run("export one; export several; export sha1; stage b; save");
    assert_eq!(told(&life), ["one: b", "several: b a", "sha1: b"]);
}

fn known(identification: &Identification) -> Vec<String> {
    match identification {
        Identification::Known(found) => found.iter().map(Identified::to_string).collect(),
        Identification::Ambiguous(found) => {
            let found = found.iter().map(|one| one.role.as_str());
            std::iter::once("ambiguous").chain(found).map(str::to_owned).collect()
        }
        Identification::Foreign => vec!["foreign".to_owned()],
        Identification::Unreadable => vec!["unreadable".to_owned()],
        _ => panic!("no further kind"),
    }
}

/// `a` is former, `b` previous, `c` active, `d` next, `e` waits for its key.
fn long_life() -> Life {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("wait 10 d; stage b; save; publish; cut over; wait 121 d; retire");
    life.run("wait 1 d; stage c; save; publish; cut over; wait 1 d; stage d");
    life.good(|it, at| it.upload(at, Half::Certificate(certificate("e").clone())));
    life
}

#[test]
fn which_certificate_a_text_is() {
    let life = long_life();
    let base64 = |name: &str| {
        let pem = text(&format!("pool/{name}.pem"));
        pem.lines().skip(1).take_while(|line| !line.starts_with('-')).collect::<String>()
    };
    let colons = sha256("c").to_string();
    let sha1 = certificate("d").fingerprint(HashAlgorithm::Sha1).to_string();
    let spki = certificate("c").spki_fingerprint(HashAlgorithm::Sha256).to_hex();
    let former = "former, retired 12 May 2027";
    let active = "active, signs since 13 May 2027";
    let next = "next, an unsaved draft of 14 May 2027";
    let pending = "half of a pair, uploaded 14 May 2027, waits for its other half";
    let first_lines: String = text("pool/b.pem").lines().take(4).map(|line| format!("{line}\n")).collect();
    let table: Vec<(&str, Vec<u8>, Vec<&str>)> = vec![
        ("a file", data("pool/a.pem"), vec![former, "the key of: former, retired 12 May 2027"]),
        ("a paste in one line", base64("c").into_bytes(), vec![active]),
        ("DER", certificate("d").der().to_vec(), vec![next]),
        (
            "its key alone",
            text("pool/b.pem").split_inclusive("-----END CERTIFICATE-----\n").nth(1).unwrap().into(),
            vec!["the key of: previous, signed until 13 May 2027"],
        ),
        (
            "several files",
            [data("pool/c.pem"), data("pool/d.pem")].concat(),
            vec![
                active,
                "the key of: active, signs since 13 May 2027",
                next,
                "the key of: next, an unsaved draft of 14 May 2027",
            ],
        ),
        ("SHA-256 with colons", colons.clone().into_bytes(), vec![active]),
        ("SHA-1 with words", format!("SHA1 Fingerprint={sha1}").into_bytes(), vec![next]),
        ("SHA-384", certificate("e").fingerprint(HashAlgorithm::Sha384).to_hex().into_bytes(), vec![pending]),
        ("SHA-512", certificate("e").fingerprint(HashAlgorithm::Sha512).to_string().into_bytes(), vec![pending]),
        ("of the key", spki.into_bytes(), vec!["the key of: active, signs since 13 May 2027"]),
        ("its first characters", base64("c").as_bytes()[..200].to_vec(), vec![active]),
        ("its first characters, with dots", format!("{}…", &base64("d")[..180]).into_bytes(), vec![next]),
        ("its first characters, with three dots", format!("\"{}...\"", &base64("d")[..180]).into_bytes(), vec![next]),
        ("its first lines", first_lines.into_bytes(), vec!["previous, signed until 13 May 2027"]),
        ("the first digits of SHA-256", sha256("c").to_hex().as_bytes()[..6].to_vec(), vec![active]),
        ("the first digits of SHA-1", sha1[..11].to_lowercase().into_bytes(), vec![next]),
        ("MII", b"MII".to_vec(), vec!["unreadable"]),
        ("another application's", data("certificates/rsa-2048.pem"), vec!["foreign"]),
        ("another fingerprint", sha256("p256").to_hex().into_bytes(), vec!["foreign"]),
        ("another's first characters", b"MIIDqqqq".to_vec(), vec!["unreadable"]),
        ("prose", b"the certificate of the shop".to_vec(), vec!["unreadable"]),
        ("nothing", Vec::new(), vec!["unreadable"]),
        ("an encrypted key: nobody can tell", data("keys/encrypted/ed25519.pem"), vec!["unreadable"]),
        ("too much", vec![b'M'; 70_000], vec!["unreadable"]),
    ];
    for (name, text, expected) in table {
        assert_eq!(known(&life.record().identify(&text)), expected, "{name}");
    }
}

/// `MIID…` is how the base64 of most certificates begins.
#[test]
fn a_short_beginning_is_ambiguous() {
    let life = long_life();
    let shared: String = {
        let [c, d] = ["c", "d"].map(|name| text(&format!("pool/{name}.pem")).lines().nth(1).unwrap().to_owned());
        c.chars().zip(d.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
    };
    assert!(shared.starts_with("MII"), "{shared}");
    for beginning in [&shared[..4], &format!("{}…", &shared[..4]), &format!("{}...", &shared[..4])] {
        let found = life.record().identify(beginning.as_bytes());
        let Identification::Ambiguous(found) = found else { panic!("{beginning}: {found:?}") };
        assert_eq!(found.len(), 5, "{beginning}: all five begin so");
    }
}

/// A key is all certificates that it has; a certificate that came back is what it is now.
#[test]
fn a_key_names_all_its_certificates() {
    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.run("stage a-renewed; discard; stage a-renewed");
    let spki = certificate("a").spki_fingerprint(HashAlgorithm::Sha256);
    let Identification::Known(found) = life.record().identify(spki.to_hex().as_bytes()) else { panic!() };
    let roles: Vec<_> = found.iter().map(|one| one.role.as_str()).collect();
    assert_eq!(roles, ["next", "active"]);

    let mut life = Life::activated(SavePolicy::Staged, "a");
    life.good(|it, at| it.upload(at, Half::PrivateKey(key("b").clone())));
    let spki = key("b").public_key().fingerprint(HashAlgorithm::Sha256);
    let Identification::Known(found) = life.record().identify(spki.to_hex().as_bytes()) else { panic!() };
    assert_eq!((found[0].role, found[0].sha256), (Role::Pending, spki));
    life.run("revoke a");
    let [told] = known(&life.record().identify(sha256("a").to_string().as_bytes())).try_into().unwrap();
    assert_eq!(told, "former, revoked as lost 1 January 2027");
}
