//! Runs `samlcert app` and `samlcert remind` as people do.

use crate::support::{Seeded, data, path, python, run};
use samlcert::pem::Form;
use samlcert::{CertKeyPair, HashAlgorithm, IssueRequest, KeyKind, Lifetime, PrivateKey, UnixTime, json as forms};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {:?} {:?}", self.out, self.err))
    }

    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.status, Some(0), "{}{}", self.out, self.err);
        self
    }

    /// Asserts a failure with this exit status and code, in one JSON document.
    #[track_caller]
    pub(crate) fn bad(&self, status: i32, code: &str) {
        let told = self.json();
        assert_eq!((self.status, &told["error"]["code"]), (Some(status), &json!(code)), "{told}");
        assert_eq!(self.err, "", "{code}");
    }
}

/// 2026-12-01T00:00:00Z.
pub(crate) const NOW: i64 = 1_796_083_200;
pub(crate) const DAY: i64 = 86_400;

/// A folder with a store of its own.
pub(crate) struct Place(pub(crate) PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("app-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samlcert"));
        command.current_dir(&self.0).args(line.split_whitespace()).env("LOGNAME", "alice").stdin(Stdio::null());
        if !line.contains("--now") {
            command.args(["--now", &NOW.to_string()]);
        }
        command
    }

    pub(crate) fn run(&self, line: &str) -> Ran {
        let output = self.command(line).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command with `--json`.
    pub(crate) fn json(&self, line: &str) -> Ran {
        self.run(&format!("{line} --json"))
    }

    /// Runs commands, each of which must succeed.
    #[track_caller]
    pub(crate) fn all(&self, lines: &[&str]) {
        for line in lines {
            let ran = self.run(line);
            assert_eq!(ran.status, Some(0), "{line}: {}{}", ran.out, ran.err);
        }
    }

    /// The status without the settings, which no other command prints.
    pub(crate) fn status(&self, id: &str) -> Value {
        let mut status = self.json(&format!("app status {id}")).good().json();
        status.as_object_mut().unwrap().remove("settings");
        status
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Writes a pair as NAME.pem and NAME.key: the same number always gives the same pair.
    pub(crate) fn pair(&self, name: &str, number: u64) -> CertKeyPair {
        let pair = pair(number);
        self.write(&format!("{name}.pem"), pair.certificate().write(Form::Pem));
        self.write(&format!("{name}.key"), pair.private_key().secret_write(Form::Pem).unwrap().secret_bytes());
        pair
    }

    /// The bytes of all files of the store. Another process reads them: closing them in this one would release the locks of
    /// its connections.
    pub(crate) fn store_bytes(&self) -> Vec<u8> {
        let names = ["samlcert.db", "samlcert.db-wal", "samlcert.db-shm"];
        let there: Vec<_> = names.iter().filter(|name| self.0.join(name).exists()).collect();
        Command::new("cat").current_dir(&self.0).args(there).output().unwrap().stdout
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

/// An Ed25519 pair that is valid for a year from `NOW` on.
pub(crate) fn pair(number: u64) -> CertKeyPair {
    let request = IssueRequest::new(&format!("idp-{number}.example.org")).unwrap().key_kind(KeyKind::Ed25519);
    let request = request.lifetime(Lifetime::days(365).unwrap().back_dated(3_600));
    request.issue(UnixTime(NOW), &mut Seeded::new(number)).unwrap()
}

pub(crate) fn sha256(pair: &CertKeyPair) -> String {
    pair.certificate().fingerprint(HashAlgorithm::Sha256).to_hex()
}

/// An application `portal` that signs with the pair `one`.
fn activated(name: &str, policy: &str) -> (Place, CertKeyPair) {
    let place = Place::new(name);
    let one = place.pair("one", 1);
    place.all(&[
        &format!("app new portal --policy {policy}"),
        "app activate portal --certificate one.pem --key one.key",
    ]);
    (place, one)
}

const WIKI: &str = "https://wiki.example.org/saml";
const MAIL: &str = "https://mail.example.org/saml";
const SHOP: &str = "urn:example:shop";

#[test]
fn a_new_application_has_no_pair() {
    let place = Place::new("new");
    let made = place.json("app new portal").good().json();
    assert_eq!(made["event"]["change"]["kind"], "created");
    assert_eq!((&made["event"]["actor"], &made["event"]["at"]), (&json!("alice"), &json!(NOW)));
    let status = json!({
        "id": "portal", "activated": false, "certificate": "grey", "key": "grey", "unsaved": false, "signs": null,
        "waits": null, "active": null, "previous": null, "providers": [], "revision": 1, "pending": null,
        "condition": "nothing-signs", "keys": "none",
        "to_do": {"action": "activate", "providers": [], "until": null, "missing": null,
                  "message": "activate the application, which gives it its pair"},
    });
    assert_eq!(place.status("portal"), status);
    assert_eq!(made["status"], status);
    place.json("app new portal").bad(1, "application-exists");
    assert_eq!(place.json("app list").good().json(), json!({"applications": [status]}));
    let told = place.run("app status portal").good().out;
    assert!(told.starts_with("portal has no pair yet.\n"), "{told}");
    assert!(told.contains("○ certificate  grey: missing") && told.contains("○ key          grey: missing"), "{told}");
}

#[test]
fn activation_tells_of_a_certificate_that_is_not_valid_now() {
    for (file, is_noted) in [("a.pem", false), ("not-yet-valid.pem", true), ("expired.pem", true)] {
        let place = Place::new(&format!("activation-of-{file}"));
        place.write(file, std::fs::read(format!("{}/tests/data/pool/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap());
        place.all(&["app new portal"]);
        let ran = place.run(&format!("app activate portal --certificate {file} --now 1798761600")).good();
        assert_eq!(format!("{}{}", ran.out, ran.err).contains("Note: "), is_noted, "{file}: {}", ran.out);
    }
}

#[test]
fn activation_makes_a_pair() {
    let place = Place::new("activation");
    place.all(&["app new portal", "app activate portal --kind ed25519 --org Example --country DE --days 10"]);
    let status = place.status("portal");
    assert_eq!(
        (&status["certificate"], &status["key"], &status["keys"]),
        (&json!("green"), &json!("green"), &json!("plain"))
    );
    assert_eq!(status["active"]["not_after"], NOW + 10 * DAY);
    place.run("app download portal").good();
    let certificate = samlcert::Certificate::from_pem(&place.read("certificate.pem")).unwrap();
    assert_eq!(certificate.subject(), "CN=portal,O=Example,C=DE");
    place.json("app activate portal").bad(1, "already-activated");
    // The next certificate has the same subject, and the renewed one the same key.
    place.all(&["app regenerate portal --kind ec-p256 --now 1796083300", "app save portal --now 1796083300"]);
    place.run("app download portal --suggested").good();
    place.all(&["app renew portal --years 1 --now 1796083400"]);
    let draft = place.status("portal");
    assert_eq!((&draft["unsaved"], &draft["waits"]["stage"]), (&json!(true), &json!("draft")));
    place.all(&["app save portal --now 1796083400", "app download portal --out renewed.pem"]);
    let renewed = samlcert::Certificate::from_pem(&place.read("renewed.pem")).unwrap();
    assert_eq!(renewed.subject(), certificate.subject());
    let suggested = format!("portal-2026-12-01-{}.pem", &draft["signs"].as_str().unwrap()[..8]);
    let regenerated = samlcert::Certificate::from_pem(&place.read(&suggested)).unwrap();
    assert_eq!(regenerated.spki_fingerprint(HashAlgorithm::Sha256), renewed.spki_fingerprint(HashAlgorithm::Sha256));
}

#[test]
fn settings_are_set_and_taken_out() {
    let place = Place::new("settings");
    place.all(&[
        "app new portal --policy staged --entity-id https://idp.example.org",
        "app set portal --sso-redirect https://idp.example.org/sso --sso-post https://idp.example.org/post --skew 60",
        "app set portal --slo-soap https://idp.example.org/slo --organization Example --organization-url https://example.org",
        "app set portal --contact-mail admin@example.org --contact-name Admin --name-id-format persistent \
         --name-id-format transient",
        "app set portal --sso-redirect https://idp.example.org/new --organization= --policy on-save",
    ]);
    let exported: Value = serde_json::from_str(&place.run("app export portal").good().out).unwrap();
    let record = forms::read_record(exported["record"].to_string().as_bytes()).unwrap();
    let settings = record.settings();
    let location = |endpoint: &samlcert::application::Endpoint| endpoint.location.to_string();
    assert_eq!(settings.entity_id.as_ref().unwrap().as_str(), "https://idp.example.org");
    let sso: Vec<_> = settings.sso.iter().map(location).collect();
    assert_eq!(sso, ["https://idp.example.org/new", "https://idp.example.org/post"]);
    assert_eq!(settings.slo.iter().map(location).collect::<Vec<_>>(), ["https://idp.example.org/slo"]);
    assert_eq!((settings.skew, settings.policy.as_str(), &settings.organization), (60, "on-save", &None));
    assert_eq!(
        settings.name_id_formats.iter().map(|format| format.as_str()).collect::<Vec<_>>(),
        ["persistent", "transient"]
    );
    assert_eq!(settings.contact.as_ref().unwrap().mail.as_str(), "admin@example.org");
    for (line, code) in [
        ("app set portal", "usage"),
        ("app set portal --skew 60", "usage"),
        ("app set portal --sso-post ftp://example.org", "invalid-text"),
        ("app set portal --entity-id= --contact-mail nobody", "invalid-text"),
        ("app set portal --organization-url https://example.org", "usage"),
        ("app set portal --skew -1", "usage"),
        ("app set portal --policy never", "usage"),
    ] {
        place.json(line).bad(2, code);
    }
    assert_eq!(place.status("portal")["revision"], 5);
}

/// A rotation with service providers that take one certificate, several, or metadata.
#[test]
fn a_rotation() {
    let (place, one) = activated("rotation", "staged");
    place.all(&[
        &format!("app provider add portal {WIKI} --capability one-certificate --name Wiki"),
        &format!("app provider add portal {SHOP} --capability several-certificates --paste-format pem-crlf"),
        &format!("app provider add portal {MAIL} --capability metadata --pull-interval 3600"),
        &format!("app provider export portal {WIKI}"),
        &format!("app provider confirm portal {WIKI} {}", sha256(&one)),
        &format!("app provider export portal {SHOP} --out shop.pem"),
        &format!("app provider confirm portal {SHOP} {}", &sha256(&one)[..8]),
    ]);
    let two = place.pair("two", 2);
    place.all(&["app upload portal --certificate two.pem --key two.key"]);
    let saved = place.json("app save portal").good().json();
    assert_eq!(
        saved["exports"],
        json!([{
            "entity_id": WIKI, "suggested_name": format!("portal-2026-11-30-{}.pem", &sha256(&two)[..8]),
            "bytes": two.certificate().write(Form::Pem).len(), "certificates": [sha256(&two)],
        }])
    );
    place.json("app cut-over portal").bad(1, "not-published");
    place.all(&["app publish portal", &format!("app provider export portal {SHOP} --out shop.pem --force")]);
    let both = [one.certificate(), two.certificate()].map(|it| it.write(Form::PemCrlf)).concat();
    assert_eq!(place.read("shop.pem"), both);
    place.all(&[&format!("app provider confirm portal {SHOP} {}", sha256(&two))]);

    let plan = place.json("app plan portal").good().json();
    let actions: Vec<_> =
        plan["steps"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["wait-for-pull", "cut-over", "confirm", "retire"]);
    assert_eq!(plan["earliest_cut_over"], json!({"at": NOW + 3_900, "blockers": [WIKI]}));

    let refused = place.json("app cut-over portal");
    refused.bad(1, "logins-would-break");
    let logins = refused.json()["logins"].clone();
    let state = |at: usize| (logins[at]["entity_id"].clone(), logins[at]["login"].clone());
    assert_eq!(
        [state(0), state(1), state(2)],
        [(MAIL, "unknown"), (WIKI, "breaks"), (SHOP, "works")].map(|(a, b)| (json!(a), json!(b)))
    );
    let told = place.run("app cut-over portal").err;
    assert!(told.contains(&format!("--accept {MAIL} --accept {WIKI} --reason TEXT")), "{told}");

    let later = format!("--now {}", NOW + 3_900);
    place.json(&format!("app cut-over portal --accept {WIKI} {later}")).bad(1, "reason-required");
    place
        .json(&format!("app cut-over portal --accept {WIKI} --accept {SHOP} --reason R {later}"))
        .bad(1, "not-affected");
    let cut = place.run(&format!("app cut-over portal --accept {WIKI} --reason maintenance {later}")).good();
    assert!(cut.out.contains("Logins break, or may\n") && cut.out.contains(WIKI), "{}", cut.out);
    let status = place.status("portal");
    assert_eq!((&status["signs"], &status["previous"]["sha256"]), (&json!(sha256(&two)), &json!(sha256(&one))));
    place
        .all(&[&format!("app provider confirm portal {WIKI} {}", sha256(&two)), &format!("app retire portal {later}")]);
    let log = place.json("app log portal").good().json();
    let kinds: Vec<_> =
        log["events"].as_array().unwrap().iter().map(|event| event["change"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..3], ["created", "activated", "provider-added"]);
    assert_eq!(
        kinds[9..],
        [
            "staged",
            "saved",
            "published",
            "provider-exported",
            "provider-confirmed",
            "cut-over",
            "provider-confirmed",
            "retired"
        ]
    );
    assert_eq!(log["events"][14]["reason"], "maintenance");
    let told = place.run("app log portal").good().out;
    assert!(told.contains(&format!("logins break at {WIKI}, because: maintenance")), "{told}");
    // The key of the retired certificate is gone.
    place.json("app roll-back portal").bad(1, "nothing-to-roll-back");
}

#[test]
fn saving_switches_at_once_unless_told_otherwise() {
    let (place, one) = activated("on-save", "on-save");
    let two = place.pair("two", 2);
    place.all(&["app upload portal --certificate two.pem --key two.key"]);
    let told = place.run("app status portal").good().out;
    assert!(told.starts_with("Unsaved change: the draft"), "{told}");
    assert!(told.contains(&format!("portal signs with {}", &sha256(&one)[..8])), "{told}");
    place.all(&["app save portal"]);
    assert_eq!(place.status("portal")["signs"], sha256(&two));
    place.all(&["app roll-back portal"]);
    let status = place.status("portal");
    assert_eq!(
        (&status["signs"], &status["waits"]),
        (&json!(sha256(&one)), &json!({"sha256": sha256(&two), "stage": "published"}))
    );
    place.json("app roll-back portal").bad(1, "nothing-to-roll-back");
    place.all(&["app cut-over portal", "app roll-back portal"]);
    let told = place.run("app discard portal").good().out;
    assert!(told.contains("was discarded"), "{told}");
    place.json("app discard portal").bad(1, "nothing-to-discard");
}

#[test]
fn refused_steps_change_nothing() {
    let new = Place::new("refused-new");
    new.pair("one", 1);
    new.all(&["app new portal"]);
    for (line, code) in [
        ("app upload portal --key one.key", "not-activated"),
        ("app regenerate portal", "not-activated"),
        ("app renew portal", "not-activated"),
        ("app save portal", "nothing-to-save"),
        ("app discard portal", "nothing-to-discard"),
        ("app publish portal", "nothing-to-publish"),
        ("app cut-over portal", "nothing-to-cut-over"),
        ("app roll-back portal", "nothing-to-roll-back"),
        ("app retire portal", "nothing-to-retire"),
        ("app download portal", "not-activated"),
        ("app download portal --next", "no-certificate"),
        ("app revoke portal 00112233445566778899aabbccddeeff00112233 --lost", "unknown-key"),
        ("app provider remove portal urn:nobody", "unknown-provider"),
        ("app provider export portal urn:nobody", "unknown-provider"),
        ("app download portal --for urn:nobody", "unknown-provider"),
    ] {
        new.json(line).bad(1, code);
        assert_eq!(new.status("portal")["revision"], 1, "{line}");
    }
    let (place, one) = activated("refused", "staged");
    place.pair("two", 2);
    place.all(&["app upload portal --certificate two.pem --key two.key"]);
    for (line, code) in [
        ("app activate portal --certificate two.pem --key two.key", "already-activated"),
        ("app upload portal --certificate one.pem", "already-present"),
        ("app upload portal --certificate one.pem --key two.key", "mismatch"),
        ("app activate portal --certificate one.pem --key two.key", "mismatch"),
        ("app publish portal", "unsaved"),
        ("app download portal --next", "unsaved"),
        ("app save portal --accept urn:nobody --reason R", "unknown-provider"),
        ("app identify portal 00112233445566778899aabbccddeeff00112233", ""),
    ] {
        let ran = place.json(line);
        match code {
            "" => assert_eq!((ran.status, &ran.json()["verdict"]), (Some(1), &json!("foreign"))),
            code => ran.bad(1, code),
        }
        let status = place.status("portal");
        assert_eq!((&status["revision"], &status["signs"]), (&json!(3), &json!(sha256(&one))), "{line}");
    }
}

#[test]
fn what_cannot_be_used() {
    let (place, _) = activated("unusable", "staged");
    place.write("text", "no certificate");
    place.write("empty", "");
    place.write("database", "this is no database, but a text of some length that SQLite does not take for its own");
    fs::create_dir(place.0.join("folder")).unwrap();
    for (line, code) in [
        ("app", "usage"),
        ("app status", "usage"),
        ("app status nobody", "no-such-application"),
        ("app log nobody", "no-such-application"),
        ("app save nobody", "no-such-application"),
        ("app status --store none.db portal", "file"),
        ("app list --store empty", "file"),
        ("app list --store database", "not-a-store"),
        ("app new a --store database", "not-a-store"),
        ("app list --store folder", "store-failed"),
        ("app new a --store folder/none/samlcert.db", "store-failed"),
        ("remind --store none.db", "file"),
        ("remind --eml none", "file"),
        ("remind --eml folder --link nowhere", "usage"),
        ("app list --store -", "usage"),
        ("app new two\u{202e}", "usage"),
        ("app upload portal", "usage"),
        ("app upload portal --certificate text", "nothing-found"),
        ("app upload portal --certificate none.pem", "file"),
        ("app upload portal --certificate one.key", "no-certificate"),
        ("app upload portal --key one.pem", "no-private-key"),
        ("app activate portal --certificate one.pem", "usage"),
        ("app activate portal --key one.key", "usage"),
        ("app activate portal --certificate one.pem --key one.key --cn other", "usage"),
        ("app revoke portal 1234", "usage"),
        ("app revoke portal 1234 --lost --compromised", "usage"),
        ("app revoke portal zzzz --lost", "fingerprint-character"),
        ("app provider add portal urn:a --capability metadata", "usage"),
        ("app provider add portal urn:a --capability fingerprint", "usage"),
        ("app provider add portal urn:a --capability one-certificate --hash sha1", "usage"),
        ("app provider add portal urn:a --capability fingerprint --hash sha1 --pull-interval 5", "usage"),
        ("app provider add portal urn:a --capability metadata --pull-interval 0", "usage"),
        ("app provider add portal urn:a", "usage"),
        ("app export portal --secret-keys", "usage"),
        ("app import text", "record-malformed"),
        ("app import none", "file"),
        ("app regenerate portal --country Germany", "country"),
        ("app regenerate portal --days 5000000", "issue-date"),
        ("app save portal --store-password-file none", "file"),
        ("app save portal --store-password-file empty", "empty-password"),
        ("app download portal --out folder", "file"),
    ] {
        place.json(line).bad(2, code);
    }
    place.json("app set portal --skew 5 --actor \u{200b}").bad(2, "invalid-text");
    assert_eq!(place.status("portal")["revision"], 2);
    assert!(!place.0.join("none.db").exists());
    assert_eq!(place.read("empty"), b"");
}

#[test]
fn halves_wait_for_each_other() {
    let (place, _) = activated("halves", "staged");
    let two = place.pair("two", 2);
    place.pair("three", 3);
    let waits = |kind: &str| {
        let status = place.status("portal");
        assert_eq!(
            (&status["unsaved"], &status["pending"]["kind"], &status["waits"]),
            (&json!(true), &json!(kind), &Value::Null)
        );
    };
    place.all(&["app upload portal --key two.key"]);
    waits("private-key");
    place.json("app upload portal --certificate three.pem").bad(1, "mismatch");
    waits("private-key");
    place.all(&["app upload portal --certificate two.pem"]);
    assert_eq!(place.status("portal")["waits"], json!({"sha256": sha256(&two), "stage": "draft"}));
    place.all(&["app upload portal --certificate three.pem"]);
    let told = place.run("app status portal").good().out;
    assert!(told.contains("waits for its private key"), "{told}");
    place.all(&["app discard portal", "app upload portal --key three.key", "app discard portal", "app discard portal"]);
    assert_eq!(place.status("portal")["unsaved"], false);
}

#[test]
fn pairs_as_people_have_them() {
    /// A case: its name, the arguments, and the fixtures under the names in them.
    type Paste = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
    let table: &[Paste] = &[
        ("one paste", "--certificate a", &[("a", "texts/pair.pem")]),
        ("a chain with its key", "--certificate a", &[("a", "texts/full-chain-with-key.pem")]),
        (
            "a mail and a key in one line",
            "--certificate a --key b",
            &[("a", "texts/mail-quoted.txt"), ("b", "keys/rsa-2048.pkcs1.der")],
        ),
        (
            "an encrypted key",
            "--certificate a --key b --password-file p",
            &[("a", "certificates/rsa-2048.pem"), ("b", "keys/encrypted/rsa-2048.pem"), ("p", "keys/password")],
        ),
    ];
    for (index, (name, arguments, files)) in table.iter().enumerate() {
        let place = Place::new(&format!("pastes-{index}"));
        for (file, fixture) in *files {
            place.write(file, data(fixture));
        }
        place.all(&["app new portal"]);
        let ran = place.run(&format!("app activate portal {arguments}"));
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
    }
    let (place, _) = activated("pastes-bad", "staged");
    let fixture = |name: &str| path(name).to_str().unwrap().to_owned();
    let (certificate, encrypted) = (fixture("certificates/rsa-2048.pem"), fixture("keys/encrypted/rsa-2048.pem"));
    let chain = fixture("texts/chain-glued.pem");
    place.json(&format!("app upload portal --certificate {certificate} --key {encrypted}")).bad(2, "password-required");
    place
        .json(&format!("app upload portal --certificate {certificate} --key {encrypted} --password-file one.pem"))
        .bad(2, "decrypt-failed");
    place.json(&format!("app upload portal --certificate {chain}")).bad(1, "mismatch");
    place.json(&format!("app upload portal --certificate {chain} --key one.key")).bad(1, "mismatch");
    place.json("app upload portal --certificate - --key -").bad(2, "usage");
    let ran = run(
        env!("CARGO_BIN_EXE_samlcert"),
        &[
            "app",
            "upload",
            "portal",
            "--certificate",
            "-",
            "--store",
            place.0.join("samlcert.db").to_str().unwrap(),
            "--now",
            "1796083200",
        ],
        &data("texts/pair.pem"),
    );
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(place.status("portal")["waits"]["stage"], "draft");
}

#[test]
fn what_a_ca_sends_back_completes_at_once() {
    let place = Place::new("chain");
    for (name, fixture) in [("key", "keys/chain-leaf.pem"), ("chain", "texts/chain-reversed.pem")] {
        place.write(name, data(fixture));
    }
    place.all(&["app new portal", "app activate portal --kind ed25519", "app upload portal --key key"]);
    place.all(&["app upload portal --certificate chain"]);
    let leaf = samlcert::Certificate::from_pem(&data("certificates/chain-leaf.pem")).unwrap();
    let leaf = leaf.fingerprint(HashAlgorithm::Sha256).to_hex();
    assert_eq!(place.status("portal")["waits"], json!({"sha256": leaf, "stage": "draft"}));
    place.write("twice", [data("certificates/rsa-2048.pem"), data("certificates/rsa-2048-renewed.pem")].concat());
    place.write("rsa", data("keys/rsa-2048.pem"));
    place.json("app upload portal --certificate twice --key rsa").bad(2, "several-items");
}

#[test]
fn a_renewed_certificate_from_elsewhere_completes_at_once() {
    let (place, one) = activated("elsewhere", "staged");
    let renewed = samlcert::renew(&one, Lifetime::FIVE_YEARS, UnixTime(NOW), &mut Seeded::new(9)).unwrap();
    place.write("renewed.pem", renewed.certificate().write(Form::Pem));
    place.all(&["app upload portal --certificate renewed.pem"]);
    assert_eq!(place.status("portal")["waits"], json!({"sha256": sha256(&renewed), "stage": "draft"}));
}

#[test]
fn a_download_never_takes_the_place_of_another_certificate() {
    let (place, one) = activated("download", "staged");
    let pem = one.certificate().write(Form::Pem);
    let first = place.json("app download portal").good().json();
    let suggested = format!("portal-2026-11-30-{}.pem", &sha256(&one)[..8]);
    assert_eq!(
        first,
        json!({"files": [{"file": "certificate.pem", "suggested_name": suggested, "bytes": pem.len(), "certificates": [sha256(&one)]}]})
    );
    assert_eq!(place.read("certificate.pem"), pem);
    place.all(&["app download portal", "app download portal --suggested"]);
    assert_eq!(place.read(&suggested), pem);
    let two = place.pair("two", 2);
    place.all(&["app upload portal --certificate two.pem --key two.key", "app save portal"]);
    place.json("app download portal --next").bad(2, "file-exists");
    assert_eq!(place.read("certificate.pem"), pem);
    place.all(&["app download portal --next --out next.pem", "app download portal --next --force"]);
    assert_eq!(place.read("certificate.pem"), two.certificate().write(Form::Pem));
    assert_eq!(place.read("next.pem"), two.certificate().write(Form::Pem));

    place.all(&["app publish portal"]);
    for (format, ending, content) in [
        ("pem-crlf", "pem", two.certificate().write(Form::PemCrlf)),
        ("one-line", "txt", two.certificate().write(Form::Base64)),
        ("der", "cer", two.certificate().der().to_vec()),
        ("element", "txt", two.certificate().write(Form::Element)),
    ] {
        place.all(&[
            &format!("app provider add portal urn:{format} --capability one-certificate --paste-format {format}"),
            &format!("app download portal --for urn:{format} --next --force"),
        ]);
        assert_eq!(place.read(&format!("certificate.{ending}")), content, "{format}");
    }
    place.all(&[
        "app provider add portal urn:f --capability fingerprint --hash sha1",
        "app download portal --for urn:f --force",
    ]);
    let sha1 = format!("{}\n", one.certificate().fingerprint(HashAlgorithm::Sha1));
    assert_eq!(String::from_utf8(place.read("certificate.txt")).unwrap(), sha1);
    // This form holds one certificate, so there is a file for each.
    place.all(&["app provider add portal urn:both --capability several-certificates --paste-format der"]);
    let both = place.json("app provider export portal urn:both").good().json();
    let names: Vec<_> = both["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2);
    assert_eq!(place.read(names[0]), one.certificate().der());
    assert_eq!(place.read(names[1]), two.certificate().der());
    place.json("app download portal --for urn:both --out x.cer").bad(2, "usage");
}

#[test]
fn identify_says_which_certificate_it_is() {
    let (place, one) = activated("identify", "on-save");
    let two = place.pair("two", 2);
    place.pair("three", 3);
    place.all(&["app upload portal --certificate two.pem --key two.key", "app save portal", "app retire portal"]);
    let sha1 = one.certificate().fingerprint(HashAlgorithm::Sha1).to_string();
    for (text, verdict, role) in [
        ("one.pem", "known", "former"),
        ("two.pem", "known", "active"),
        ("two.key", "known", "active"),
        ("three.pem", "foreign", ""),
        (sha1.as_str(), "known", "former"),
        (&sha256(&two)[..6], "known", "active"),
        ("MIIB", "ambiguous", ""),
        ("what", "unreadable", ""),
    ] {
        let ran = place.json(&format!("app identify portal {text}"));
        let told = ran.json();
        let status = match verdict {
            "known" => 0,
            "unreadable" => 2,
            _ => 1,
        };
        assert_eq!((ran.status, &told["verdict"]), (Some(status), &json!(verdict)), "{text}: {told}");
        if !role.is_empty() {
            assert_eq!(told["found"][0]["role"], role, "{text}");
        }
    }
    let told = place.run("app identify portal one.pem").good().out;
    assert!(told.contains("Former, retired 1 December 2026"), "{told}");
    assert!(place.run("app identify portal MIIB").out.contains("Several certificates begin with this"));
}

#[test]
fn a_compromised_key() {
    let (place, one) = activated("revoke", "staged");
    let two = place.pair("two", 2);
    place.all(&[
        &format!("app provider add portal {WIKI} --capability one-certificate"),
        &format!("app provider confirm portal {WIKI} {}", sha256(&one)),
    ]);
    let ran = place
        .run(&format!("app revoke portal {} --compromised --certificate two.pem --key two.key", &sha256(&one)[..8]))
        .good();
    assert!(ran.out.contains("Logins break, or may\n") && ran.out.contains(WIKI), "{}", ran.out);
    assert_eq!(place.status("portal")["signs"], sha256(&two));
    place.json("app upload portal --certificate one.pem").bad(1, "revoked-key");
    place.json(&format!("app revoke portal {} --lost", sha256(&one))).bad(1, "revoked-key");
    // Without a replacement nothing signs.
    place.all(&[&format!("app revoke portal {} --lost", sha256(&two))]);
    let status = place.status("portal");
    assert_eq!(
        (&status["certificate"], &status["key"], &status["activated"]),
        (&json!("grey"), &json!("grey"), &json!(true))
    );
    place.json("app renew portal").bad(1, "no-certificate");
    place.json("app download portal").bad(1, "no-certificate");
    place.all(&["app regenerate portal --kind ed25519", "app save portal", "app publish portal"]);
    place.all(&[&format!("app cut-over portal --accept {WIKI} --reason emergency")]);
    assert_eq!(place.status("portal")["certificate"], "green");
}

#[test]
fn service_providers() {
    let (place, one) = activated("providers", "staged");
    place.all(&[
        &format!("app provider add portal {MAIL} --capability metadata --pull-interval 600 --profile next-active"),
        &format!("app provider add portal {WIKI} --capability one-certificate --name Wiki"),
    ]);
    place.json(&format!("app provider add portal {WIKI} --capability one-certificate")).bad(1, "duplicate-provider");
    let list = place.json("app provider list portal").good().json();
    assert_eq!(list["providers"][0]["capability"], json!({"kind": "metadata", "pull_interval_s": 600}));
    assert_eq!(
        (&list["providers"][0]["profile"], &list["providers"][1]["name"]),
        (&json!("next-active"), &json!("Wiki"))
    );
    let told = place.run("app provider list portal").good().out;
    assert!(told.contains("metadata, pulled every 600 seconds") && told.contains("nobody has confirmed"), "{told}");
    // Confirming another certificate breaks the logins at once.
    place.pair("two", 2);
    let told =
        place.run(&format!("app provider confirm portal {WIKI} 0011223344556677889900112233445566778899")).good().out;
    assert!(told.contains("Logins now\n") && told.contains("break: it does not hold"), "{told}");
    assert_eq!(place.status("portal")["providers"][1]["login"], "breaks");
    place.all(&[&format!(
        "app provider confirm portal {WIKI} {}",
        one.certificate().fingerprint(HashAlgorithm::Sha1).to_hex()
    )]);
    assert_eq!(place.status("portal")["providers"][1]["login"], "works");
    place.all(&[&format!("app provider remove portal {WIKI}")]);
    assert_eq!(place.status("portal")["providers"].as_array().unwrap().len(), 1);
}

/// The bytes of a key in a file of the store.
fn secret(pair: &CertKeyPair) -> Vec<u8> {
    pair.private_key().secret_pkcs8_der().secret_bytes().to_vec()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn dropped_keys_leave_the_disk() {
    let (place, one) = activated("wiped", "on-save");
    let two = place.pair("two", 2);
    assert!(holds(&place.store_bytes(), &secret(&one)));
    place.all(&["app upload portal --certificate two.pem --key two.key", "app save portal"]);
    assert!(holds(&place.store_bytes(), &secret(&one)) && holds(&place.store_bytes(), &secret(&two)));
    place.all(&["app retire portal"]);
    assert!(!holds(&place.store_bytes(), &secret(&one)), "retired");
    // A reader keeps the log from being removed at the end of the command, but not from being emptied.
    let reader = rusqlite::Connection::open(place.0.join("samlcert.db")).unwrap();
    let count: i64 = reader.query_row("SELECT count(*) FROM keys", (), |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
    place.all(&["app regenerate portal --kind ed25519"]);
    place.all(&[&format!("app revoke portal {} --lost", sha256(&two))]);
    assert!(place.0.join("samlcert.db-wal").exists());
    assert!(!holds(&place.store_bytes(), &secret(&two)), "revoked");
    // Only a process that reads at that moment keeps it from being emptied, and a note says so.
    let three = place.pair("three", 3);
    place.all(&["app upload portal --certificate three.pem --key three.key"]);
    reader.execute_batch("BEGIN").unwrap();
    let _: i64 = reader.query_row("SELECT count(*) FROM keys", (), |row| row.get(0)).unwrap();
    let ran = place.run("app discard portal --now 1796083201").good();
    assert!(ran.err.contains("until the next command ends"), "{}", ran.err);
    place.all(&["app upload portal --certificate three.pem --key three.key"]);
    let ran = place.json("app discard portal").good();
    assert!(ran.err.contains("until the next command ends"), "{}", ran.err);
    assert_eq!(ran.json()["event"]["change"]["kind"], "discarded");
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    place.all(&["app list"]);
    assert!(!holds(&place.store_bytes(), &secret(&three)), "discarded");
}

/// Rows move when others are added and deleted: no bytes of a key stay behind.
#[test]
fn dropped_keys_leave_the_disk_among_many() {
    let place = Place::new("wiped-many");
    let pairs: Vec<_> = (0..40).map(|number| place.pair(&format!("p{number}"), number)).collect();
    for number in 0..40 {
        place.all(&[
            &format!("app new app-{number:02}"),
            &format!("app activate app-{number:02} --certificate p{number}.pem --key p{number}.key"),
        ]);
    }
    for (number, pair) in pairs.iter().enumerate() {
        place.all(&[&format!("app revoke app-{number:02} {} --lost", sha256(pair))]);
        assert!(!holds(&place.store_bytes(), &secret(pair)), "{number}");
    }
}

#[test]
fn keys_under_a_password() {
    let place = Place::new("password");
    let one = place.pair("one", 1);
    let two = place.pair("two", 2);
    place.write("right", "correct horse\n");
    place.write("wrong", "correct house\n");
    let (right, wrong) = ("--store-password-file right", "--store-password-file wrong");
    place.all(&["app new portal", &format!("app activate portal --certificate one.pem --key one.key {right}")]);
    assert_eq!(place.status("portal")["keys"], "encrypted");
    assert!(!holds(&place.store_bytes(), &secret(&one)));
    let upload = "app upload portal --certificate two.pem --key two.key";
    place.json(upload).bad(2, "store-password-required");
    place.json(&format!("{upload} {wrong}")).bad(2, "store-password-wrong");
    assert_eq!(place.status("portal")["revision"], 2);
    place.all(&[&format!("{upload} {right}")]);
    assert!(!holds(&place.store_bytes(), &secret(&two)));
    // One password for the whole store.
    place.all(&["app new other"]);
    place.json("app activate other --kind ed25519").bad(2, "store-password-required");
    place.json(&format!("app activate other --kind ed25519 {wrong}")).bad(2, "store-password-wrong");
    place.all(&[&format!("app activate other --kind ed25519 {right}")]);
    // A command that needs no key needs no password.
    place.all(&[
        "app list",
        "app plan portal",
        "app log portal",
        "app download portal",
        "app identify portal one.pem",
        "remind",
    ]);
    let told = place.run("app status portal").good().out;
    assert!(told.contains("stored encrypted"), "{told}");
}

#[test]
fn a_password_encrypts_what_was_plain() {
    let (place, one) = activated("mixed", "staged");
    place.pair("two", 2);
    place.write("right", "correct horse\n");
    place.all(&["app new other", "app activate other --kind ed25519"]);
    assert_eq!(place.status("portal")["keys"], "plain");
    assert!(place.run("app status portal").good().out.contains("stored plain"));
    place.all(&["app upload portal --key two.key --store-password-file right"]);
    assert_eq!(place.status("portal")["keys"], "encrypted");
    assert!(!holds(&place.store_bytes(), &secret(&one)));
    // Another application keeps its plain keys until its next step with the password.
    assert_eq!(place.status("other")["keys"], "plain");
    place.json("app regenerate other --kind ed25519").bad(2, "store-password-required");
    place.all(&["app set other --skew 60"]);
    assert_eq!(place.status("other")["keys"], "plain");
    let told = place.run("app list").good().out;
    assert!(told.contains("the private keys of 1 application are still stored plain"), "{told}");
    place.all(&["app set other --skew 90 --store-password-file right"]);
    assert_eq!(place.status("other")["keys"], "encrypted");
}

#[test]
fn export_and_import() {
    let (place, one) = activated("export", "staged");
    place.pair("two", 2);
    place.all(&[
        "app upload portal --certificate two.pem --key two.key",
        "app export portal --out all.json --secret-keys",
    ]);
    let exported: Value = serde_json::from_slice(&place.read("all.json")).unwrap();
    assert_eq!((&exported["version"], exported["keys"].as_array().map(Vec::len)), (&json!(1), Some(2)));
    let there = Place::new("import");
    there.write("all.json", place.read("all.json"));
    there.write("right", "correct horse");
    let imported = there.json("app import all.json").good().json();
    assert_eq!(imported, place.status("portal"));
    there.json("app import all.json").bad(1, "application-exists");
    assert_eq!(there.json("app log portal").good().json(), place.json("app log portal").good().json());
    there.all(&["app save portal"]);
    assert_eq!(there.status("portal")["signs"], sha256(&one));

    // With a password, its keys are exported encrypted.
    let protected = Place::new("import-protected");
    for file in ["all.json", "right"] {
        protected.write(file, there.read(file));
    }
    protected.all(&["app import all.json --store-password-file right", "app export portal --out x.json --secret-keys"]);
    assert!(!holds(&protected.store_bytes(), &secret(&one)));
    let hex = crate::support::hex(&secret(&one));
    assert!(holds(&there.read("all.json"), hex.as_bytes()) && !holds(&protected.read("x.json"), hex.as_bytes()));
    protected.json("app export portal --out x.json --secret-keys").bad(2, "file-exists");
    protected.json("app import x.json --store new.db").bad(2, "password-required");
    protected.json("app import x.json --store new.db --password-file all.json").bad(2, "decrypt-failed");
    assert!(!protected.0.join("new.db").exists());
    let plain = protected.run("app import x.json --store new.db --password-file right").good();
    assert!(plain.err.contains("the keys were encrypted and are stored plain here"), "{}", plain.err);

    // Without the keys there is nothing to sign with.
    let keyless = place.run("app export portal").good();
    assert!(keyless.err.contains("--secret-keys"), "{}", keyless.err);
    place.write("keyless.json", &keyless.out);
    place.json("app import keyless.json --store new.db").bad(2, "record-key-missing");
    for (change, code) in [
        ("/version", "record-version"),
        ("/record/revision", "record-contradiction"),
        ("/events/1/sequence", "record-sequence"),
        ("/unknown", "record-malformed"),
        ("/keys/0/pkcs8", "record-malformed"),
    ] {
        let mut tampered = exported.clone();
        match change {
            "/unknown" => tampered["unknown"] = json!(1),
            "/keys/0/pkcs8" => tampered["keys"][0]["pkcs8"] = json!("zz"),
            change => *tampered.pointer_mut(change).unwrap() = json!(99),
        }
        place.write("tampered.json", tampered.to_string());
        let ran = place.json("app import tampered.json --store new.db");
        ran.bad(2, if change == "/record/revision" { "record-malformed" } else { code });
    }
    assert!(!place.0.join("new.db").exists());
}

#[test]
fn an_import_repeats_nothing_of_a_key() {
    let (place, one) = activated("import-secret", "staged");
    place.all(&["app export portal --out all.json --secret-keys"]);
    let exported: Value = serde_json::from_slice(&place.read("all.json")).unwrap();
    let hex = crate::support::hex(&secret(&one));
    let changed = |at: &str, value: Value| {
        let mut changed = exported.clone();
        *changed.pointer_mut(at).unwrap() = value;
        changed.to_string()
    };
    let mut unknown = exported.clone();
    unknown[&hex] = json!(1);
    let written = exported.to_string();
    let cases = [
        ("a key alone", json!(hex).to_string(), "record-malformed"),
        ("a field", unknown.to_string(), "record-malformed"),
        ("the version", changed("/version", json!(hex)), "record-malformed"),
        ("the events", changed("/events", json!(hex)), "record-malformed"),
        ("the keys", changed("/keys", json!(hex)), "record-malformed"),
        ("a key without its object", changed("/keys/0", json!(hex)), "record-malformed"),
        ("whether it is encrypted", changed("/keys/0/encrypted", json!(hex)), "record-malformed"),
        ("an escape", written.replace(&hex, &format!("\\u0033{}", &hex[1..])), "record-malformed"),
        ("another fingerprint", changed("/keys/0/spki_sha256", json!("00".repeat(32))), "record-malformed"),
        ("a key twice", changed("/keys", json!([exported["keys"][0], exported["keys"][0]])), "record-malformed"),
        ("a later version", later(&exported), "record-version"),
    ];
    for (what, text, code) in cases {
        place.write("hostile.json", text);
        let ran = place.json("app import hostile.json --store new.db");
        ran.bad(2, code);
        assert!(!ran.out.contains(&hex[8..40]), "{what}: {}", ran.out);
        let ran = place.run("app import hostile.json --store new.db");
        assert!(ran.status == Some(2) && !ran.err.contains(&hex[8..40]), "{what}: {}", ran.err);
    }
    assert!(!place.0.join("new.db").exists());
}

/// An export of a later version, which has one more field.
fn later(exported: &Value) -> String {
    let mut later = exported.clone();
    (later["version"], later["more"]) = (json!(2), json!([]));
    later.to_string()
}

#[test]
fn what_was_taken_out_of_a_store_is_missed() {
    for (what, statement, line) in [
        ("the first event", "DELETE FROM events WHERE sequence = 1", "app log portal"),
        ("an event", "DELETE FROM events WHERE sequence = 2", "app export portal"),
        ("the last event", "DELETE FROM events WHERE sequence = 3", "app log portal"),
        ("every event", "DELETE FROM events", "app export portal"),
        ("the keys", "DELETE FROM keys", "app status portal"),
        ("the keys", "DELETE FROM keys", "app list"),
        ("the keys", "DELETE FROM keys", "app publish portal"),
    ] {
        let (place, _) = activated("taken-out", "staged");
        place.all(&["app set portal --skew 5"]);
        rusqlite::Connection::open(place.0.join("samlcert.db")).unwrap().execute(statement, ()).unwrap();
        let ran = place.json(line);
        ran.bad(2, "store-damaged");
        assert!(ran.out.contains("portal"), "{what}: {}", ran.out);
    }
}

#[test]
fn a_record_that_its_events_do_not_make_is_not_exported() {
    let (place, _) = activated("not-its-events", "staged");
    let connection = rusqlite::Connection::open(place.0.join("samlcert.db")).unwrap();
    let changed = "UPDATE applications SET record = replace(record, '\"skew_s\":300', '\"skew_s\":301')";
    assert_eq!(connection.execute(changed, ()).unwrap(), 1);
    place.json("app export portal").bad(2, "store-damaged");
    place.all(&["app status portal"]);
}

#[test]
fn what_is_to_be_typed_can_be_typed() {
    let (place, _) = activated("typed", "on-save");
    place.pair("two", 2);
    place.all(&[
        "app upload portal --certificate two.pem --key two.key",
        "app provider add portal https://sp.example.org/saml?a=1&b=$(id) --capability one-certificate",
        "app provider add portal --capability one-certificate --now 1796083200 -- --force",
        "app provider add portal it's --capability one-certificate",
    ]);
    let refused = place.run("app save portal");
    let accept =
        r"--accept=--force --accept 'https://sp.example.org/saml?a=1&b=$(id)' --accept 'it'\''s' --reason TEXT";
    assert!(refused.err.ends_with(&format!("To take the step anyway: {accept}\n")), "{}", refused.err);
    place.all(&[
        "app save portal --accept=--force --accept https://sp.example.org/saml?a=1&b=$(id) --accept it's --reason r",
    ]);

    place.all(&[
        "app new --policy staged --now 1796083200 -- -x;id",
        "app activate --certificate two.pem --key two.key --now 1796083200 -- -x;id",
    ]);
    place.pair("three", 3);
    place.all(&[
        "app upload --certificate three.pem --key three.key --now 1796083200 -- -x;id",
        "app provider add --capability one-certificate --now 1796083200 -- -x;id -y",
    ]);
    let saved = place.run("app save --now 1796083200 -- -x;id").good();
    assert!(saved.out.contains("samlcert app download --for=-y --next -- '-x;id'\n"), "{}", saved.out);
    place.all(&["app download --for=-y --next --now 1796083200 -- -x;id"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_left_alone() {
    let (place, _) = activated("no-plain-file", "staged");
    // A pipe would wait for a writer, a device may have no end.
    assert!(Command::new("mkfifo").arg(place.0.join("pipe")).status().unwrap().success());
    for out in ["pipe", "/dev/zero"] {
        place.json(&format!("app download portal --out {out}")).bad(2, "file-exists");
        place.json(&format!("app download portal --out {out} --force")).bad(2, "file");
    }
    place.json("app download portal --out -").bad(2, "usage");
    place.json("generate --cn a --kind ec-p256 --out-certificate a.pem --out-key -").bad(2, "usage");
    assert!(!place.0.join("-").exists() && !place.0.join("a.pem").exists());
}

#[test]
fn a_password_that_cannot_be_read_leaves_no_store() {
    let place = Place::new("no-password");
    place.write("empty", "\n");
    place.json("app new portal --store-password-file empty").bad(2, "empty-password");
    place.json("app new portal --store-password-file none").bad(2, "file");
    assert!(!place.0.join("samlcert.db").exists());
}

#[test]
fn a_key_in_the_place_of_a_folder_is_not_repeated() {
    let (place, one) = activated("key-as-folder", "staged");
    let key = crate::support::hex(&secret(&one));
    let ran = place.json(&format!("remind --eml {key}"));
    ran.bad(2, "file");
    assert!(!ran.out.contains(&key[8..40]), "{}", ran.out);
}

#[test]
fn reminders_that_nobody_reads_are_given_again() {
    let (place, _) = activated("unread", "staged");
    let now = NOW + 340 * DAY;
    let mut command = place.command(&format!("remind --now {now}"));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(command.stdout(writer).output().unwrap().status.code(), Some(2));
    assert_eq!(remind(&place, now, "").as_array().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (place, _) = activated("modes", "staged");
    let mode = |name: &str| fs::metadata(place.0.join(name)).unwrap().permissions().mode() & 0o777;
    let reader = rusqlite::Connection::open(place.0.join("samlcert.db")).unwrap();
    let _: i64 = reader.query_row("SELECT count(*) FROM keys", (), |row| row.get(0)).unwrap();
    place.all(&["app new other", "app export portal --out all.json --secret-keys"]);
    for name in ["samlcert.db", "samlcert.db-wal", "samlcert.db-shm", "all.json"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    drop(reader);
    // Also where new files are usually wider, or the store was made wider since.
    fs::set_permissions(place.0.join("samlcert.db"), fs::Permissions::from_mode(0o644)).unwrap();
    let ran = place.run("app list").good();
    assert!(ran.err.contains("other users may open the store samlcert.db"), "{}", ran.err);
}

#[test]
fn who_took_a_step() {
    let place = Place::new("actor");
    place.all(&["app new portal --actor bob"]);
    let actor = |at: usize| place.json("app log portal").good().json()["events"][at]["actor"].clone();
    assert_eq!(actor(0), "bob");
    for (at, name, expected) in [(1, "carol", "carol"), (2, "", "samlcert"), (3, "a\u{7}b", "samlcert")] {
        let mut command = place.command(&format!("app set portal --skew {at}"));
        command.env_remove("USER").env_remove("USERNAME").env("LOGNAME", name);
        assert!(command.status().unwrap().success());
        assert_eq!(actor(at), expected);
    }
}

fn remind(place: &Place, now: i64, more: &str) -> Value {
    place.json(&format!("remind --now {now} {more}")).good().json()["reminders"].clone()
}

/// The certificate `one` expires 365 days after `NOW`.
const END: i64 = NOW + 365 * DAY;

#[test]
fn each_reminder_is_given_once() {
    let (place, one) = activated("remind", "on-save");
    let reminder = |days: i64| json!([{"id": "portal", "threshold_s": days * DAY, "at": END - days * DAY, "not_after": END, "sha256": sha256(&one)}]);
    for (now, expected) in [
        (END - 60 * DAY - 1, json!([])),
        (END - 60 * DAY, reminder(60)),
        (END - 60 * DAY, json!([])),
        (END - 61 * DAY, json!([])),
        (END - 59 * DAY, json!([])),
        // After a gap, only the most urgent reminder.
        (END - 6 * DAY, reminder(7)),
        (END - DAY, reminder(1)),
        (END + DAY, json!([])),
    ] {
        assert_eq!(remind(&place, now, ""), expected, "{now}");
    }
    let told = place.run(&format!("remind --now {END}")).good().out;
    assert!(told.contains("the last run was at 2027-12-02T00:00:00Z"), "{told}");
    // Once the next certificate signs, there are no reminders of the old one. The first run of a store begins with the
    // activation.
    let (place, _) = activated("remind-successor", "on-save");
    place.pair("two", 2);
    place.all(&["app upload portal --certificate two.pem --key two.key", "app save portal", "app new empty"]);
    let two = remind(&place, END - 20 * DAY, "");
    assert_eq!((two.as_array().unwrap().len(), &two[0]["sha256"]), (1, &json!(sha256(&pair(2)))));
    assert_eq!(place.run(&format!("remind --now {}", END - 19 * DAY)).good().out, "Nothing is due.\n");
}

#[test]
fn reminders_are_written_before_they_are_recorded() {
    let (place, one) = activated("remind-files", "on-save");
    place.pair("two", 2);
    place.all(&["app new alpha", "app activate alpha --certificate two.pem --key two.key"]);
    fs::create_dir(place.0.join("mails")).unwrap();
    let line = "--eml mails --ics all.ics --link https://sso.example.org/apps/{id} --mail-to admin@example.org --mail-from sso@example.org";
    let name = format!("mails/portal-{}-30d.eml", &sha256(&one)[..16]);
    // A folder has the name of the second message: the first one is written, and nothing is recorded.
    fs::create_dir(place.0.join(&name)).unwrap();
    let now = END - 30 * DAY;
    let failed = place.json(&format!("remind --now {now} {line}"));
    let told = failed.json();
    assert_eq!((failed.status, &told["error"]["code"]), (Some(2), &json!("file")));
    assert_eq!(told["reminders"].as_array().unwrap().len(), 1);
    assert!(!place.0.join("all.ics").exists());
    fs::remove_dir(place.0.join(&name)).unwrap();
    let given = remind(&place, now, line);
    assert_eq!(given.as_array().unwrap().len(), 2);
    let mut names: Vec<_> = fs::read_dir(place.0.join("mails"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [format!("alpha-{}-30d.eml", &sha256(&pair(2))[..16]), format!("portal-{}-30d.eml", &sha256(&one)[..16])]
    );
    let mail = String::from_utf8(place.read(&name)).unwrap();
    assert!(mail.contains("Subject: portal: the signing certificate expires in 30 days\r\n"), "{mail}");
    assert!(mail.contains("https://sso.example.org/apps/portal") && mail.contains("To: <admin@example.org>"), "{mail}");
    let calendar = String::from_utf8(place.read("all.ics")).unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 8);
    // Nothing more is due: the calendar has the same entries.
    assert_eq!(remind(&place, now + 1, line), json!([]));
    let uids = |calendar: &str| {
        calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(uids(&String::from_utf8(place.read("all.ics")).unwrap()), uids(&calendar));
}

#[test]
fn a_calendar_holds_all_applications() {
    let (place, _) = activated("calendar", "on-save");
    place.pair("two", 2);
    place.all(&["app new alpha", "app activate alpha --certificate two.pem --key two.key", "app new empty"]);
    let entries = |line: &str| {
        place.all(&[line]);
        String::from_utf8(place.read("all.ics")).unwrap().matches("BEGIN:VEVENT").count()
    };
    // Four reminders and the expiry of each, though none is due.
    assert_eq!(entries("remind --ics all.ics"), 10);
    fs::remove_file(place.0.join("all.ics")).unwrap();
    // A run that is not later writes it as well.
    assert_eq!(entries("remind --ics all.ics"), 10);
    assert_eq!(entries(&format!("remind --ics all.ics --now {}", END - 6 * DAY)), 6);
}

#[test]
fn a_run_tells_the_last_one_and_a_dry_run_is_none() {
    let (place, _) = activated("last-run", "on-save");
    let now = END - 30 * DAY;
    let run = |now: i64, more: &str| {
        let told = place.json(&format!("remind --now {now} {more}")).good().json();
        (told["reminders"].as_array().unwrap().len(), told["last_run"].clone())
    };
    assert_eq!(run(now, "--dry-run"), (1, Value::Null));
    let told = place.run(&format!("remind --dry-run --now {now}")).good().out;
    assert!(told.ends_with("1 reminder was due. The run was not recorded.\n"), "{told}");
    assert_eq!(run(now, ""), (1, Value::Null));
    assert_eq!(run(now - DAY, ""), (0, json!(now)));
    assert_eq!(run(now + 1, "--dry-run"), (0, json!(now)));
    assert_eq!(run(now + 1, ""), (0, json!(now)));
}

#[test]
fn a_request_is_made_for_a_key_in_the_store() {
    let place = Place::new("csr");
    for (name, fixture) in [("key", "keys/chain-leaf.pem"), ("chain", "texts/chain-reversed.pem")] {
        place.write(name, data(fixture));
    }
    place.all(&["app new portal --policy on-save"]);
    place.json("app csr portal").bad(1, "not-activated");
    place.all(&["app activate portal --certificate chain --key key"]);
    let refused = place.run("app renew portal");
    assert_eq!(refused.status, Some(1));
    assert!(
        refused.err.starts_with("error[signed-by-ca]") && refused.err.contains("samlcert app csr portal"),
        "{}",
        refused.err
    );
    place.json("app csr portal --next").bad(1, "no-certificate");
    place.all(&["app csr portal --out request.pem"]);
    assert!(place.read("request.pem").starts_with(b"-----BEGIN CERTIFICATE REQUEST-----"));
    let told = place.json("app csr portal").good().json();
    let leaf = samlcert::Certificate::from_pem(&data("certificates/chain-leaf.pem")).unwrap();
    assert_eq!(told["request"]["spki_sha256"], leaf.spki_fingerprint(HashAlgorithm::Sha256).to_hex());
}

#[test]
#[ignore = "needs openssl"]
fn what_openssl_makes_of_a_request_completes_at_once() {
    let (place, one) = activated("csr-openssl", "staged");
    let openssl = |line: &str| {
        let ran = Command::new("openssl").current_dir(&place.0).args(line.split_whitespace()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=CA -keyout ca.key -out ca.pem -days 30");
    for next in ["", "--next"] {
        place.all(&[&format!("app csr portal {next} --out request.pem --force")]);
        openssl("x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out signed.pem -days 30");
        place.all(&["app upload portal --certificate signed.pem"]);
        let signed = samlcert::Certificate::from_pem(&place.read("signed.pem")).unwrap();
        let sha256 = signed.fingerprint(HashAlgorithm::Sha256).to_hex();
        assert_eq!(place.status("portal")["waits"], json!({"sha256": sha256, "stage": "draft"}));
        assert!(signed.public_key().is_same_key(&one.certificate().public_key()));
    }
}

#[test]
fn what_begins_with_no_such_characters() {
    let (place, _) = activated("prefix", "staged");
    let revoke = |text: &str| place.json(&format!("app revoke portal {text} --lost"));
    let own = sha256(&pair(1));
    let wrong = if own.starts_with("1234") { "4321" } else { "1234" };
    revoke(wrong).bad(1, "unknown-key");
    assert!(revoke(wrong).out.contains(&format!("begins with {wrong}")));
    revoke("12").bad(2, "fingerprint-length");
    revoke("xyz1").bad(2, "fingerprint-empty");
    let told = place.run("compare 12:34 one.pem");
    assert_eq!((told.status, told.err.as_str()), (Some(2), "error[file]: 12:34 is neither a file nor a fingerprint\n"));
}

#[test]
fn name_identifier_formats_are_taken_out() {
    let place = Place::new("formats");
    place.all(&["app new portal --name-id-format persistent --name-id-format transient"]);
    let told = place.json("app set portal --name-id-format=").good().json();
    assert_eq!(told["event"]["change"]["settings"]["name_id_formats"], json!([]));
    assert_eq!(place.json("app status portal").good().json()["settings"], told["event"]["change"]["settings"]);
    assert!(place.run("app status portal").good().out.contains("policy  on-save"));
    let told = place.run("app provider add portal urn:x --capability metadata --pull-interval 0");
    assert_eq!(told.status, Some(2));
    assert!(told.err.starts_with("error[usage]:") && told.err.contains("from 1 to 4294967295"), "{}", told.err);
}

const READ: &str = r#"
import email, email.policy, icalendar, json, sys
folder = sys.argv[1]
mail = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
calendar = icalendar.Calendar.from_ical(open(sys.argv[2], "rb").read())
events = [[str(e["summary"]), e.decoded("dtstart").timestamp(), str(e["uid"])] for e in calendar.walk("VEVENT")]
print(json.dumps({"subject": mail["Subject"], "date": mail["Date"].datetime.timestamp(), "id": mail["Message-ID"],
    "types": [part.get_content_type() for part in mail.iter_parts()], "events": events,
    "defects": [str(d) for d in mail.defects]}))"#;

#[test]
#[ignore = "needs python with icalendar"]
fn python_reads_the_files_of_reminders() {
    let (place, one) = activated("remind-python", "on-save");
    fs::create_dir(place.0.join("mails")).unwrap();
    let now = END - 30 * DAY;
    let line = format!("remind --now {now} --eml mails --ics all.ics");
    let read = || {
        let mail = place.0.join(format!("mails/portal-{}-30d.eml", &sha256(&one)[..16]));
        let calendar = place.0.join("all.ics");
        let output = Command::new(python()).arg("-c").arg(READ).arg(mail).arg(calendar).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    fs::copy(place.0.join("samlcert.db"), place.0.join("before.db")).unwrap();
    place.all(&[&line]);
    let first = read();
    assert_eq!(
        (&first["subject"], &first["date"]),
        (&json!("portal: the signing certificate expires in 30 days"), &json!(now as f64))
    );
    assert_eq!((&first["types"], &first["defects"]), (&json!(["text/plain", "text/html"]), &json!([])));
    let starts: Vec<_> =
        first["events"].as_array().unwrap().iter().map(|event| event[1].as_f64().unwrap() as i64).collect();
    assert_eq!(starts, [END - 30 * DAY, END - 7 * DAY, END - DAY, END]);
    // A run that was not recorded gives the same messages and entries again.
    place.all(&[&line.replace("--eml", "--store before.db --eml").replace(&now.to_string(), &(now + 60).to_string())]);
    let again = read();
    assert_eq!((&again["id"], &again["events"]), (&first["id"], &first["events"]));
}

#[test]
fn stores_of_others_and_of_later_versions() {
    let (place, _) = activated("versions", "staged");
    let database = place.0.join("samlcert.db");
    let change = |sql: &str| rusqlite::Connection::open(&database).unwrap().execute_batch(sql).unwrap();
    let before = place.status("portal");
    change("PRAGMA user_version = 2");
    for line in ["app status portal", "app list", "app new other", "app save portal", "remind"] {
        place.json(line).bad(2, "store-version");
    }
    change("PRAGMA user_version = 1");
    assert_eq!(place.status("portal"), before);
    change("PRAGMA application_id = 7");
    place.json("app new other").bad(2, "not-a-store");
    change("PRAGMA application_id = 1396788556");
    for (sql, line) in [
        ("UPDATE applications SET record = replace(record, 'portal', 'portas')", "app status portal"),
        ("UPDATE applications SET record = '{}'", "app list"),
        ("UPDATE applications SET revision = 9", "app plan portal"),
        ("DELETE FROM keys", "app set portal --skew 5"),
        ("UPDATE keys SET pkcs8 = x'00'", "app set portal --skew 5"),
        ("UPDATE events SET event = 'x'", "app log portal"),
    ] {
        let copy = place.read("samlcert.db");
        change(sql);
        place.json(line).bad(2, "store-damaged");
        place.write("samlcert.db", copy);
    }
    assert_eq!(place.status("portal"), before);
}

/// The timeline on the page of the status.
#[test]
fn a_timeline_is_drawn() {
    let (place, _) = activated("timeline", "staged");
    let told = place.run(&format!("app status portal --now {}", NOW + 182 * DAY)).good().out;
    let line = |begin: &str| {
        told.lines().find(|line| line.trim_start().starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {told}"))
    };
    assert_eq!(line("UTC"), "  UTC        2026-11-30                                                      2027-12-01");
    let bar = told.lines().filter(|line| line.starts_with("  active")).nth(1).unwrap();
    assert!(bar.starts_with("  active     ├━") && bar.contains("━─") && bar.ends_with("!!┤"), "{bar}");
    assert_eq!(line("▲").trim(), "▲ today, 2027-06-01T00:00:00Z");
    assert_eq!(line("!").trim(), "! 60 days before it expires: 2027-10-02T00:00:00Z (in 123 days)");
    assert!(told.contains("until 2027-12-01T00:00:00Z (in 183 days)"), "{told}");
    assert!(!told.contains('\u{1b}'), "no colours where there is no terminal");
}

/// A wide character takes two places of the terminal, a combining one none.
#[test]
fn columns_line_up_whatever_names_are_written_in() {
    let place = Place::new("wide");
    place.all(&["app new portal"]);
    let names = [
        ("urn:a", "plain", 5),
        ("urn:b", "総務部ポータル", 14),
        ("urn:c", "Zu\u{308}rich", 6),
        ("urn:d", "\u{1f511}", 2),
    ];
    for (entity, name, _) in names {
        place.all(&[&format!("app provider add portal {entity} --capability one-certificate --name {name}")]);
    }
    let told = place.run("app provider list portal").good().out;
    let widest = names.iter().map(|(_, _, width)| width).max().unwrap();
    for (entity, name, width) in names {
        let begin = format!("  {entity}      {name}{}  ", " ".repeat(widest - width));
        let line = told.lines().find_map(|line| line.strip_prefix(&begin));
        assert!(line.is_some_and(|rest| !rest.starts_with(' ')), "{begin:?} is not in\n{told}");
    }
}

/// What these tests rely on.
#[test]
fn pairs_are_the_same_whenever_they_are_made() {
    assert_eq!(sha256(&pair(7)), sha256(&pair(7)));
    assert_ne!(sha256(&pair(7)), sha256(&pair(8)));
    let key = PrivateKey::from_der(&secret(&pair(7))).unwrap();
    assert!(key.public_key().is_same_key(&pair(7).certificate().public_key()));
    assert!(Path::new(env!("CARGO_BIN_EXE_samlcert")).exists());
}
