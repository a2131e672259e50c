//! Runs the commands that make certificates, keys and requests: what the files hold, who can read them, and that no file is
//! lost or half written.

use crate::cli::{Ran, fixture, samlcert};
use crate::support::{data, text, unpem};
use samlcert::{Certificate, EncryptedPrivateKey, HashAlgorithm, PrivateKey, UnixTime};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const NOW: &str = "2026-11-24T09:55:06Z";

/// An empty folder for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("issue-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn put(&self, name: &str, content: &str) -> String {
        std::fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of the files in it, hidden ones included.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `generate` into two files of the folder: an Ed25519 key, unless the arguments say otherwise.
fn generate(folder: &Folder, more: &[&str]) -> Ran {
    let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"));
    let mut arguments = vec!["generate", "--cn", "idp.example.org", "--now", NOW];
    if !more.contains(&"--kind") {
        arguments.extend(["--kind", "ed25519"]);
    }
    if !more.contains(&"--out-key") {
        arguments.extend(["--out-key", &key]);
    }
    if !more.contains(&"--out-certificate") {
        arguments.extend(["--out-certificate", &certificate]);
    }
    arguments.extend(more);
    samlcert(&arguments, b"")
}

fn certificate(pem: &[u8]) -> Certificate {
    Certificate::from_pem(pem).unwrap()
}

/// The expected JSON form of a certificate.
fn form(certificate: &Certificate, pem: &str, file: Option<&str>) -> Value {
    json!({
        "file": file,
        "sha256": certificate.fingerprint(HashAlgorithm::Sha256).to_hex(),
        "spki_sha256": certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
        "serial": crate::support::hex(certificate.serial()),
        "subject": certificate.subject(),
        "not_before": certificate.validity().not_before().0,
        "not_after": certificate.validity().not_after().0,
        "key": certificate.key_algorithm().as_str(),
        "bits": certificate.key_bits(),
        "pem": pem,
    })
}

#[test]
fn generate_writes_a_pair_that_matches() {
    let folder = Folder::new("pair");
    let options = ["--org", "Example", "--unit", "Login", "--country", "DE", "--days", "90", "--back-date", "300"];
    for (kind, key, bits) in [
        ("rsa-2048", "rsa", 2048),
        ("ec-p256", "ec-p256", 256),
        ("ec-p384", "ec-p384", 384),
        ("ed25519", "ed25519", 256),
    ] {
        let ran = generate(&folder, &[&options[..], &["--kind", kind, "--json", "--force"]].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{kind}");
        let pem = folder.read("certificate.pem");
        let written = certificate(&pem);
        assert_eq!(written.subject(), "CN=idp.example.org,OU=Login,O=Example,C=DE", "{kind}");
        assert_eq!((written.key_algorithm().as_str(), written.key_bits()), (key, Some(bits)), "{kind}");
        assert_eq!(written.validity().not_before(), UnixTime(1_795_514_106 - 300), "{kind}");
        assert_eq!(written.validity().not_after(), UnixTime(1_795_514_106 + 90 * 86_400), "{kind}");
        let expected = json!({
            "certificate": form(&written, std::str::from_utf8(&pem).unwrap(), Some(&folder.path("certificate.pem"))),
            "key_file": folder.path("key.pem"),
            "key_encrypted": false,
        });
        assert_eq!(ran.json(), expected, "{kind}");
        let check = samlcert(&["check", &folder.path("certificate.pem"), &folder.path("key.pem")], b"");
        assert_eq!(check.status, 0, "{kind}: {}", check.out);
    }
    assert_eq!(folder.names(), ["certificate.pem", "key.pem"]);
}

#[test]
fn generate_tells_people_what_it_made() {
    let folder = Folder::new("told");
    let ran = generate(&folder, &["--years", "3"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let key = folder.path("key.pem");
    for told in [
        "A new private key and its certificate were generated.",
        &format!("private key in  {key} (not encrypted)"),
        "2026-11-24T09:55:06Z to 2029-11-24T09:55:06Z",
        "Ed25519",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    let secret = String::from_utf8(folder.read("key.pem")).unwrap();
    assert!(secret.lines().filter(|line| !line.starts_with('-')).all(|line| !ran.out.contains(line)));
}

#[test]
fn a_key_is_encrypted_with_the_password_of_the_file() {
    let folder = Folder::new("encrypted");
    let password = folder.put("password", "correct horse\n");
    let ran = generate(&folder, &["--encrypt-key", "--password-file", &password, "--json"]);
    assert_eq!((ran.status, &ran.json()["key_encrypted"]), (0, &json!(true)), "{}", ran.out);
    let pem = folder.read("key.pem");
    assert!(pem.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    let key = EncryptedPrivateKey::from_der(&unpem(&pem)).unwrap();
    key.decrypt(b"correct horse").unwrap();
    let paths = [folder.path("certificate.pem"), folder.path("key.pem")];
    let check = ["check", &paths[0], &paths[1], "--password-file", &password];
    assert_eq!(samlcert(&check, b"").status, 0);
}

#[cfg(unix)]
mod modes {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode(path: &str) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// Runs the program from a shell that first runs `setting`.
    fn after(setting: &str, arguments: &[&str]) -> std::process::Output {
        let script = format!("{setting}; exec \"$0\" \"$@\"");
        let command = [&["-c", &script, env!("CARGO_BIN_EXE_samlcert")], arguments].concat();
        crate::support::run("bash", &command, b"")
    }

    fn arguments<'a>(certificate: &'a str, key: &'a str) -> Vec<&'a str> {
        vec!["generate", "--cn", "x", "--kind", "ed25519", "--out-certificate", certificate, "--out-key", key]
    }

    #[test]
    fn only_the_owner_reads_a_key_whatever_the_umask_and_whatever_stood_there() {
        let folder = Folder::new("modes");
        let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"));
        assert!(after("umask 0", &arguments(&certificate, &key)).status.success());
        assert_eq!((mode(&certificate), mode(&key)), (0o666, 0o600));
        std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
        let arguments = [arguments(&certificate, &key), vec!["--force"]].concat();
        assert!(after("umask 022", &arguments).status.success());
        assert_eq!((mode(&certificate), mode(&key)), (0o644, 0o600));
        assert_eq!(folder.names(), ["certificate.pem", "key.pem"]);
    }

    #[test]
    fn a_file_that_cannot_grow_leaves_nothing() {
        let folder = Folder::new("full");
        let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"));
        let output = after("trap '' XFSZ; ulimit -f 0", &arguments(&certificate, &key));
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{output:?}");
        assert_eq!(folder.names(), [""; 0]);
        folder.put("key.pem", "old key");
        folder.put("certificate.pem", "old certificate");
        let arguments = [arguments(&certificate, &key), vec!["--force"]].concat();
        assert_eq!(after("trap '' XFSZ; ulimit -f 0", &arguments).status.code(), Some(2));
        assert_eq!(
            (folder.read("key.pem"), folder.read("certificate.pem")),
            (b"old key".into(), b"old certificate".into())
        );
        assert_eq!(folder.names(), ["certificate.pem", "key.pem"]);
    }

    #[test]
    fn a_link_stays_one_and_what_it_leads_to_is_replaced() {
        let folder = Folder::new("links");
        let target = folder.put("target.pem", "old");
        symlink(&target, folder.path("key.pem")).unwrap();
        let refused = generate(&folder, &["--json"]);
        assert_eq!((refused.status, &refused.json()["error"]["code"]), (2, &json!("file-exists")));
        assert_eq!(generate(&folder, &["--force"]).status, 0);
        assert!(std::fs::symlink_metadata(folder.path("key.pem")).unwrap().is_symlink());
        PrivateKey::from_pem(&folder.read("target.pem")).unwrap();
        assert_eq!(mode(&target), 0o600);
    }

    #[test]
    fn no_device_is_replaced() {
        let folder = Folder::new("device");
        let pipe = folder.path("pipe");
        assert!(crate::support::run("mkfifo", &[&pipe], b"").status.success());
        let before = std::fs::metadata(&pipe).unwrap().ino();
        let ran = generate(&folder, &["--out-key", &pipe, "--force"]);
        assert_eq!(ran.status, 2, "{}", ran.out);
        assert!(ran.err.contains("is not a regular file"), "{}", ran.err);
        assert_eq!(std::fs::metadata(&pipe).unwrap().ino(), before);
        assert_eq!(folder.names(), ["pipe"]);
    }
}

#[test]
fn nothing_is_replaced_unless_it_is_asked_for() {
    let folder = Folder::new("existing");
    for taken in ["certificate.pem", "key.pem"] {
        folder.put(taken, "precious");
        let ran = generate(&folder, &["--json"]);
        let error = &ran.json()["error"];
        assert_eq!((ran.status, &error["code"], &error["number"]), (2, &json!("file-exists"), &json!(903)), "{taken}");
        assert!(error["message"].as_str().unwrap().contains("--force"), "{error}");
        assert_eq!(folder.read(taken), b"precious");
        assert_eq!(folder.names(), [taken]);
        std::fs::remove_file(folder.path(taken)).unwrap();
    }
    folder.put("key.pem", "precious");
    assert_eq!(generate(&folder, &["--force"]).status, 0);
    PrivateKey::from_pem(&folder.read("key.pem")).unwrap();
    assert_eq!(folder.names(), ["certificate.pem", "key.pem"]);
}

/// The certificate is written second, and only then its name turns out to be too long.
#[test]
fn a_certificate_that_cannot_take_its_place_gives_the_key_back() {
    let folder = Folder::new("half");
    let too_long = folder.path(&"x.".repeat(150));
    let ran = generate(&folder, &["--out-certificate", &too_long, "--json"]);
    assert_eq!((ran.status, &ran.json()["error"]["code"]), (2, &json!("file")));
    assert_eq!(folder.names(), [""; 0]);
    folder.put("key.pem", "old key");
    let ran = generate(&folder, &["--out-certificate", &too_long, "--force"]);
    assert_eq!(ran.status, 2);
    assert_eq!(folder.names(), ["key.pem"]);
    assert_eq!(folder.read("key.pem"), b"old key");
}

#[test]
fn wrong_arguments_make_nothing() {
    let folder = Folder::new("wrong");
    let empty = folder.put("empty", "\n");
    let password = folder.put("password", "correct horse");
    let key = folder.path("key.pem");
    let long = "x".repeat(65);
    let cases: [(&str, &[&str], &str); 13] = [
        ("no folder", &["--out-key", &folder.path("nowhere/key.pem")], "file"),
        ("a folder", &["--out-key", &folder.path("")], "file"),
        ("no name", &["--out-key", ""], "file"),
        ("one file for both", &["--out-certificate", &key], "file"),
        ("one file for both, forced", &["--out-certificate", &key, "--force"], "file"),
        ("no password", &["--encrypt-key"], "usage"),
        ("a password for nothing", &["--password-file", &password], "usage"),
        ("an empty password", &["--encrypt-key", "--password-file", &empty], "empty-password"),
        ("a long name", &["--org", &long], "attribute-too-long"),
        ("a wrong country", &["--country", "de"], "country"),
        ("an unknown kind", &["--kind", "rsa-1024"], "usage"),
        ("no days", &["--days", "0"], "usage"),
        ("days and years", &["--days", "1", "--years", "1"], "usage"),
    ];
    for (case, more, code) in cases {
        let ran = generate(&folder, &[more, &["--json"]].concat());
        assert_eq!((ran.status, &ran.json()["error"]["code"]), (2, &json!(code)), "{case}");
        assert_eq!(folder.names(), ["empty", "password"], "{case}");
    }
    let pasted = text("keys/ed25519.pem");
    let ran = generate(&folder, &["--out-key", &pasted]);
    assert_eq!(ran.status, 2);
    let line = pasted.lines().nth(1).unwrap();
    assert!(!ran.err.contains(line) && !ran.out.contains(line), "{}", ran.err);
}

#[test]
fn renew_writes_a_certificate_of_the_same_key() {
    let folder = Folder::new("renew");
    let (old, key) = (fixture("certificates/rsa-2048.pem"), fixture("keys/rsa-2048.pem"));
    let out = folder.path("renewed.pem");
    let ran = samlcert(&["renew", &old, &key, "--years", "2", "--out", &out, "--json", "--now", NOW], b"");
    let pem = folder.read("renewed.pem");
    let written = certificate(&pem);
    let expected = json!({"certificate": form(&written, std::str::from_utf8(&pem).unwrap(), Some(&out))});
    assert_eq!((ran.status, ran.json()), (0, expected));
    assert_eq!(written.validity().not_after().to_string(), "2028-11-24T09:55:06Z");
    assert_eq!(written.spki_der(), certificate(&data("certificates/rsa-2048.pem")).spki_der());

    // From one file with both, to standard output, with the page on standard error.
    for arguments in [vec!["renew", "-"], vec!["renew", "-", "--out", "-"]] {
        let both = [data("certificates/rsa-2048.pem"), data("keys/rsa-2048.pem")].concat();
        let ran = samlcert(&arguments, &both);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert_eq!(certificate(ran.out.as_bytes()).spki_der(), written.spki_der());
        assert!(ran.err.contains("renewed for the same key"), "{}", ran.err);
    }
    // With an encrypted key.
    let (encrypted, password) = (fixture("keys/encrypted/rsa-2048.pem"), folder.put("password", "correct horse\n"));
    let ran = samlcert(&["renew", &old, &encrypted, "--password-file", &password], b"");
    assert_eq!((ran.status, certificate(ran.out.as_bytes()).spki_der()), (0, written.spki_der()), "{}", ran.err);
    let again = samlcert(&["renew", &old, &key, "--out", &out, "--json"], b"");
    assert_eq!((again.status, &again.json()["error"]["code"]), (2, &json!("file-exists")));
    assert_eq!(folder.read("renewed.pem"), pem);
    assert_eq!(samlcert(&["renew", &old, &key, "--out", &out, "--force"], b"").status, 0);
    assert_ne!(folder.read("renewed.pem"), pem);
    assert_eq!(folder.names(), ["password", "renewed.pem"]);
}

#[test]
fn csr_writes_a_request() {
    let folder = Folder::new("csr");
    let (leaf, key) = (fixture("certificates/chain-leaf.pem"), fixture("keys/chain-leaf.pem"));
    let ran = samlcert(&["csr", &leaf, &key], b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n") && ran.err.contains("Send it to the CA"));
    let certificate = certificate(&data("certificates/chain-leaf.pem"));
    let out = folder.path("request.pem");
    let written = samlcert(&["csr", &leaf, &key, "--out", &out, "--json"], b"");
    // Its signature is deterministic.
    let expected = json!({"request": {
        "file": out,
        "spki_sha256": certificate.spki_fingerprint(HashAlgorithm::Sha256).to_hex(),
        "subject": certificate.subject(),
        "key": "ec-p256",
        "bits": 256,
        "pem": ran.out,
    }});
    assert_eq!((written.status, written.json()), (0, expected));
    assert_eq!(folder.read("request.pem"), ran.out.as_bytes());
}

/// The codes and exit statuses for what cannot be renewed or requested.
#[test]
fn refusals() {
    let certificate = |name: &str| fixture(&format!("certificates/{name}.pem"));
    let key = |name: &str| fixture(&format!("keys/{name}.pem"));
    let cases = [
        ("renew", certificate("chain-leaf"), key("chain-leaf"), 1, "signed-by-ca"),
        ("renew", certificate("rsa-2048"), key("p256"), 1, "mismatch"),
        ("csr", certificate("rsa-2048"), key("p256"), 1, "mismatch"),
        ("renew", certificate("rsa-2048"), key("encrypted/rsa-2048"), 2, "password-required"),
        ("csr", key("rsa-2048"), certificate("rsa-2048"), 2, "no-certificate"),
        ("renew", certificate("dsa"), key("p256"), 2, "unsupported-certificate-key"),
        ("renew", fixture("nowhere.pem"), key("p256"), 2, "file"),
        ("csr", "-".to_owned(), "-".to_owned(), 2, "usage"),
    ];
    for (command, certificate, key, status, code) in cases {
        let ran = samlcert(&[command, &certificate, &key, "--json"], b"");
        assert_eq!((ran.status, &ran.json()["error"]["code"]), (status, &json!(code)), "{command} {certificate} {key}");
    }
    let told = samlcert(&["renew", &certificate("chain-leaf"), &key("chain-leaf")], b"");
    assert!(told.out.is_empty() && told.err.contains("make a request (csr)"), "{}", told.err);
}
