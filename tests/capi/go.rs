//! The Go module `go/` and the Go example, with Debian's Go and with the current release, over the installed package.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use samlcert::{Certificate, HashAlgorithm};

use super::package;
use crate::support;

/// A release of Go: its programs, and what makes it look closer at the pointers that C is given.
struct Release {
    root: PathBuf,
    closer: (&'static str, &'static str),
}

impl Release {
    fn debian() -> Self {
        Self { root: root_of(Path::new("go")), closer: ("GODEBUG", "cgocheck=2") }
    }

    fn current() -> Self {
        let installed = here("target/venv/bin/go");
        Self { root: root_of(&installed), closer: ("GOEXPERIMENT", "cgocheck2") }
    }

    /// The program `go`, in a folder of this package, with what it needs to find the library and without a network.
    fn go(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut go = Command::new(self.root.join("bin/go"));
        let library = package().join("lib");
        go.current_dir(here(folder)).args(arguments);
        go.env("PKG_CONFIG_PATH", library.join("pkgconfig"));
        go.env("CGO_LDFLAGS", format!("-Wl,-rpath,{}", library.display()));
        go.env("CGO_CFLAGS", format!("-O2 -DSAMLCERT_PACKAGE={}", fingerprint_of_the_package()));
        go.env("GOFLAGS", "-buildvcs=false").env("GOPROXY", "off").env("GOTOOLCHAIN", "local");
        go
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn root_of(go: &Path) -> PathBuf {
    let root = support::output(go, &["env", "GOROOT"], b"");
    PathBuf::from(String::from_utf8(root).unwrap().trim())
}

/// Go does not look at files that stand outside of its packages before it takes something out of its cache. Flags it does.
fn fingerprint_of_the_package() -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in ["include/samlcert.h", "lib/libsamlcert.a"] {
        std::fs::read(package().join(file)).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

fn succeeds(mut command: Command) -> String {
    let output = command.output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out}{err}");
    out
}

/// Everything that is asked of the module, by one release.
fn tests_the_module(release: &Release) {
    for folder in ["go", "examples/go/rotate"] {
        succeeds(release.go(folder, &["vet", "./..."]));
    }
    let mut raced = release.go("go", &["test", "-count=1", "-race", "./..."]);
    raced.env(release.closer.0, release.closer.1);
    let tested = succeeds(raced);
    assert!(tested.contains("ok  \tsamlcert\t"), "{tested}");
    succeeds(
        release.go("go", &["test", "-count=1", "-tags", "samlcert_static", "-bench", ".", "-benchtime", "1x", "."]),
    );
}

#[test]
#[ignore = "needs go"]
fn debians_go_tests_the_module() {
    tests_the_module(&Release::debian());
}

#[test]
#[ignore = "needs the current go"]
fn the_current_go_tests_the_module() {
    tests_the_module(&Release::current());
}

#[test]
#[ignore = "needs go"]
fn go_is_formatted_and_its_codes_are_those_of_the_header() {
    let release = Release::debian();
    let gofmt = release.root.join("bin/gofmt");
    let unformatted = support::output(gofmt, &[Path::new("-l"), &here("go"), &here("examples/go")], b"");
    assert_eq!(String::from_utf8(unformatted).unwrap(), "");
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("codes.go");
    let header = here("include/samlcert.h");
    let arguments = ["run", "./internal/gencodes", header.to_str().unwrap(), made.to_str().unwrap()];
    succeeds(release.go("go", &arguments));
    assert!(std::fs::read(made).unwrap() == std::fs::read(here("go/codes.go")).unwrap(), "go generate was not run");
}

/// The example, built by a release of Go, and the folder where it keeps its file.
struct Rotate {
    program: PathBuf,
    folder: PathBuf,
}

impl Rotate {
    fn build(release: &Release, tags: &[&str]) -> Self {
        let name = format!("go-rotate{}", tags.concat());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("rotate");
        let mut arguments = vec!["build", "-o", program.to_str().unwrap()];
        arguments.extend(tags);
        succeeds(release.go("examples/go/rotate", &arguments));
        Self { program, folder }
    }

    /// One run of it; FILE, CERTIFICATE and KEY stand for the paths.
    fn run(&self, now: &str, arguments: &str) -> Output {
        let words = arguments.split_whitespace().map(|word| match word {
            "FILE" => self.folder.join("portal.json"),
            "CERTIFICATE" => support::path("certificates/rsa-2048.pem"),
            "KEY" => support::path("keys/rsa-2048.pem"),
            word => PathBuf::from(word),
        });
        let arguments: Vec<PathBuf> = ["-now".into(), now.into()].into_iter().chain(words).collect();
        support::run(&self.program, &arguments, b"")
    }

    /// The file of this name is one certificate; the beginning of its fingerprint.
    fn holds(&self, start: &str) -> String {
        let files = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let named = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(start);
        let file = files.into_iter().find(named).unwrap_or_else(|| panic!("no file {start}"));
        let certificate = Certificate::from_pem(&std::fs::read(file).unwrap()).unwrap();
        certificate.fingerprint(HashAlgorithm::Sha256).to_hex()[..8].to_owned()
    }
}

/// The runs of a rotation: moment, arguments, what is printed.
const ROTATION: &[(&str, &str, &str)] = &[
    (
        "2027-11-04T10:00:00Z",
        "begin FILE CERTIFICATE KEY https://shop.example metadata:https://wiki.example",
        " 4  begun\n    42240f56 signs, nothing waits\n",
    ),
    (
        "2027-11-04T10:00:00Z",
        "step FILE",
        " 5  please put in what was written beside the record, at https://shop.example\n    42240f56 signs, nothing waits\n",
    ),
    (
        "2027-11-04T10:30:00Z",
        "confirm FILE https://shop.example 42:24:0F:56:A9:32:7C:80:9B:77:1F:65:26:93:E4:72:B0:16:32:CD:0B:82:50:41:0C:CA:E6:E5:1D:62:A5:5C",
        " 6  https://shop.example was seen to hold 42240f56\n    42240f56 signs, nothing waits\n",
    ),
    (
        "2027-11-04T10:30:00Z",
        "step FILE",
        " 6  not before 2036-09-22T10:16:41Z: regenerate the certificate, or renew it with the same key\n    42240f56 signs, nothing waits\n",
    ),
    (
        "2027-11-05T09:00:00Z",
        "regenerate FILE",
        " 7  a new pair was made, and waits\n    42240f56 signs, a certificate waits, draft\n",
    ),
    ("2027-11-05T09:00:00Z", "step FILE", " 8  save the draft\n    42240f56 signs, a certificate waits, saved\n"),
    (
        "2027-11-05T09:00:00Z",
        "step FILE",
        " 9  publish the saved certificate\n    42240f56 signs, a certificate waits, published\n",
    ),
    (
        "2027-11-05T09:00:00Z",
        "step FILE",
        " 9  please do this: wait until 2027-11-06T09:05:00Z: https://wiki.example pulls metadata by itself\n    42240f56 signs, a certificate waits, published\n",
    ),
    (
        "2027-11-07T20:00:00Z",
        "step FILE agreed",
        "11  cut over; please put in what was written beside the record, at https://shop.example\n    NEW signs, nothing waits\n",
    ),
    (
        "2027-11-07T20:00:00Z",
        "step FILE",
        "11  please do this: look up which certificate https://shop.example holds, and confirm it\n    NEW signs, nothing waits\n",
    ),
];

fn rotates(rotate: &Rotate) {
    for (now, arguments, expected) in ROTATION {
        let output = rotate.run(now, arguments);
        let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(output.status.code(), Some(0), "{arguments}: {err}");
        let new = || rotate.holds("portal-2027-11-05-");
        let expected = if expected.contains("NEW") { expected.replace("NEW", &new()) } else { (*expected).to_owned() };
        assert_eq!(out, expected, "{arguments}");
        only_its_owner_reads(&rotate.folder.join("portal.json"));
    }
    assert_eq!(rotate.holds("portal-2026-11-24-"), "42240f56");
}

fn only_its_owner_reads(path: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}

#[test]
#[ignore = "needs go"]
fn the_example_rotates() {
    let rotate = Rotate::build(&Release::debian(), &[]);
    rotates(&rotate);
    let record = std::fs::read(rotate.folder.join("portal.json")).unwrap();
    let now = "2027-11-08T00:00:00Z";
    for (arguments, status, told) in [
        ("begin FILE CERTIFICATE KEY", 2, "file already exists"),
        ("begin other.json CERTIFICATE CERTIFICATE", 2, "no private key"),
        ("confirm FILE https://nobody.example 00", 2, "samlcert: "),
        ("step nowhere.json", 2, "nowhere.json"),
        ("rotate FILE", 2, "usage: rotate"),
    ] {
        let output = rotate.run(now, arguments);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments}: {err}");
        assert!(err.starts_with("rotate: ") && err.contains(told), "{arguments}: {err}");
    }
    assert!(std::fs::read(rotate.folder.join("portal.json")).unwrap() == record, "a run that failed changed the file");
}

#[test]
#[ignore = "needs go"]
fn the_example_asks_before_logins_break() {
    let rotate = Rotate::build(&Release::debian(), &["-tags", "samlcert_static"]);
    for (now, arguments, _) in &ROTATION[..8] {
        assert!(rotate.run(now, arguments).status.success(), "{arguments}");
    }
    let output = rotate.run("2027-11-07T20:00:00Z", "step FILE");
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("logins would break") && err.contains("https://shop.example"), "{err}");
    let needed = support::output("objdump", &[Path::new("-p"), &rotate.program], b"");
    assert!(!String::from_utf8_lossy(&needed).contains("libsamlcert"), "the library is not built in");
}
