//! The examples in Rust do what they say, on real files.

use std::path::{Path, PathBuf};
use std::process::Output;

use samlcert::{CertKeyPair, Certificate, HashAlgorithm, PrivateKey};

use crate::support;

/// Builds the example with the features of this test, so that nothing is compiled twice.
fn build(name: &str) -> PathBuf {
    let mut cargo = support::cargo("build");
    cargo.args(["--quiet", "--example", name]).args((!cfg!(debug_assertions)).then_some("--release"));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    // This test stands in the folder `deps` beside the folder of examples.
    let here = std::env::current_exe().expect("this test is a file");
    let profile = here.parent().and_then(Path::parent).expect("it stands in a folder of the profile");
    profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn example(name: &str, arguments: &[&str]) -> Output {
    support::run(build(name), arguments, b"")
}

/// A folder of its own, without what an earlier run left there.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn rotate(folder: &Path) -> Output {
    let [certificate, key] = ["certificates/rsa-2048.pem", "keys/rsa-2048.pem"].map(support::path);
    let paths = [&*certificate, &*key, folder].map(|path| path.to_str().expect("the path is UTF-8"));
    example("rotate", &[&paths[..], &["1798761600"]].concat())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it is UTF-8")
}

/// What the example prints, `NEW` for the fingerprint of the pair that it makes.
const ROTATION: &str = "\
42:24:0F:56:A9:32:7C:80:9B:77:1F:65:26:93:E4:72:B0:16:32:CD:0B:82:50:41:0C:CA:E6:E5:1D:62:A5:5C signs until 2036-11-21T10:16:41Z.
NEW was made, and changes nothing yet.

The plan:
  2027-01-01T00:00:00Z  save the draft
  2027-01-01T00:00:00Z  publish the saved certificate
  2027-01-01T00:00:00Z  export the certificates for https://mail.example, put them in, and confirm it
  2027-01-01T00:00:00Z  wait until 2027-01-02T00:05:00Z: https://wiki.example pulls metadata by itself
  2027-01-02T00:05:00Z  cut over, and in the same moment put the new certificate in at https://shop.example
  2027-01-02T00:05:00Z  look up which certificate https://shop.example holds, and confirm it
  2027-01-02T00:05:00Z  retire the previous certificate

The steps:
  2027-01-01T00:00:00Z  save the draft
  2027-01-01T00:00:00Z  publish the saved certificate
  2027-01-01T00:00:00Z  https://mail.example holds the new certificate
  2027-01-01T00:00:00Z  wait until 2027-01-02T00:05:00Z: https://wiki.example pulls metadata by itself
  2027-01-02T00:05:00Z  cut over; logins break for a moment at https://shop.example
  2027-01-02T00:05:00Z  https://shop.example holds the new certificate
  2027-01-02T00:05:00Z  retire the previous certificate

NEW signs until 2032-01-01T00:00:00Z.
";

#[test]
fn rotate_makes_a_pair_and_follows_the_plan() {
    let folder = folder("rotate");
    let output = rotate(&folder);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let [certificate, key] = ["certificate.pem", "key.pem"].map(|name| std::fs::read(folder.join(name)).unwrap());
    let certificate = Certificate::from_pem(&certificate).expect("a certificate was written");
    let pair = CertKeyPair::new(certificate, PrivateKey::from_pem(&key).expect("a key was written")).unwrap();
    let new = pair.certificate().fingerprint(HashAlgorithm::Sha256).to_string();
    assert_eq!(text(&output.stdout), ROTATION.replace("NEW", &new));
    only_its_owner_reads(&folder.join("key.pem"));

    let again = rotate(&folder);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("key.pem: "), "{}", text(&again.stderr));
    assert_eq!(std::fs::read(folder.join("key.pem")).unwrap(), key, "a key was replaced");
}

fn only_its_owner_reads(path: &Path) {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[test]
fn rotate_says_what_is_wrong() {
    let [certificate, key] = ["certificates/rsa-2048.pem", "keys/p256.pem"].map(support::path);
    let [certificate, key] = [&certificate, &key].map(|path| path.to_str().expect("the path is UTF-8"));
    let table: [(&str, &[&str], &str); 4] = [
        ("no arguments", &[], "rotate: usage: rotate CERTIFICATE_FILE"),
        ("no such file", &["nowhere.pem", key, "."], "rotate: nowhere.pem: "),
        ("another key", &[certificate, key, "."], "rotate: "),
        ("no moment", &[certificate, key, ".", "soon"], "rotate: soon is no number of seconds"),
    ];
    for (name, arguments, expected) in table {
        let output = example("rotate", arguments);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).starts_with(expected), "{name}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{name}");
    }
}
