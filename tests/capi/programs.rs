//! The programs of `tests/c`, built against the package that was installed, and run: plain, with sanitizers, under valgrind.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use samlcert::ErrorCode;

use super::{package, pkg_config};

/// A program of `tests/c`. Each takes the folder of the fixtures as its first argument, and ends with 0 if all is as it must be.
struct Program {
    name: &'static str,
    ways: &'static [&'static str],
}

const EVERYWHERE: &[&str] = &["gcc", "clang", "sanitized", "valgrind", "static"];

const PROGRAMS: &[Program] = &[
    Program { name: "readme", ways: EVERYWHERE },
    Program { name: "threads", ways: &["gcc", "clang", "sanitized", "valgrind", "helgrind"] },
    Program { name: "random", ways: &["gcc", "sanitized", "valgrind"] },
    Program { name: "functions", ways: EVERYWHERE },
    Program { name: "application", ways: EVERYWHERE },
    Program { name: "arguments", ways: EVERYWHERE },
    Program { name: "edges", ways: EVERYWHERE },
    Program { name: "codes", ways: EVERYWHERE },
    Program { name: "codes_application", ways: EVERYWHERE },
];

/// A way to build and run a program.
pub(super) struct Way {
    pub(super) name: &'static str,
    pub(super) compiler: &'static [&'static str],
    /// What pkg-config is asked.
    pub(super) package: &'static [&'static str],
    pub(super) runner: &'static [&'static str],
}

/// All functions are bound when the program starts. Otherwise the dynamic linker, at the first call of a function,
/// saves registers on the stack, which may hold what `memcpy` moved last: perhaps a secret.
const STRICT: [&str; 6] = ["-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wl,-z,now"];

const SHARED: &[&str] = &["--cflags", "--libs"];

pub(super) const ARCHIVE: &[&str] = &["--cflags", "--libs", "--static"];

pub(super) const GCC: Way = Way { name: "gcc", compiler: &["gcc", "-std=c99"], package: SHARED, runner: &[] };

pub(super) const CLANG: Way = Way { name: "clang", compiler: &["clang", "-std=c11"], package: SHARED, runner: &[] };

const SANITIZED: Way = Way {
    name: "sanitized",
    compiler: &["gcc", "-std=c11", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    package: SHARED,
    runner: &[],
};

const VALGRIND: Way = Way {
    name: "valgrind",
    compiler: &["gcc", "-std=c11", "-g"],
    package: SHARED,
    runner: &[
        "valgrind",
        "--quiet",
        "--leak-check=full",
        "--show-leak-kinds=all",
        "--errors-for-leak-kinds=all",
        "--error-exitcode=1",
    ],
};

/// With the archive, whose functions have names: what is suppressed is named by function.
const HELGRIND: Way = Way {
    name: "helgrind",
    compiler: &["gcc", "-std=c11", "-g"],
    package: ARCHIVE,
    runner: &["valgrind", "--quiet", "--tool=helgrind", "--error-exitcode=1"],
};

/// The archive alone: nothing of the package is needed any more once the program is built.
pub(super) const STATIC: Way = Way { name: "static", compiler: &["gcc", "-std=c99"], package: ARCHIVE, runner: &[] };

/// A program that was built in one way.
pub(super) struct Built {
    path: PathBuf,
    runner: Vec<String>,
}

impl Built {
    /// Compiles a source file of the repository.
    pub(super) fn new(source: &str, way: &Way) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-programs").join(way.name);
        std::fs::create_dir_all(&path).unwrap();
        let path = path.join(Path::new(source).file_name().unwrap()).with_extension("");
        let mut compiler = Command::new(way.compiler[0]);
        compiler.args(&way.compiler[1..]).args(STRICT).arg(here(source)).arg("-o").arg(&path).arg("-pthread");
        compiler.args(libraries(way));
        succeeds(&compiler.output().expect("the compiler runs"), &format!("{}: {source}", way.name));
        Self { path, runner: runner(way) }
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        let words = self.runner.iter().map(String::as_str).chain([self.path.to_str().unwrap()]);
        let words: Vec<_> = words.chain(arguments.iter().copied()).collect();
        let mut run = Command::new(words[0]);
        run.args(&words[1..]).env("LD_LIBRARY_PATH", package().join("lib"));
        run.output().expect("the program runs")
    }
}

/// The runner of a way, with what is suppressed of what it finds.
fn runner(way: &Way) -> Vec<String> {
    let mut words: Vec<_> = way.runner.iter().map(|&word| word.to_owned()).collect();
    let file = format!("tests/c/{}.supp", way.name);
    if Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).exists() {
        words.push(format!("--suppressions={}", here(&file)));
    }
    words
}

/// What pkg-config says; of the two libraries, the archive where the shared object is not wanted. One that is run beside
/// a list of functions is the archive as it was built, which knows those that are inlined.
fn libraries(way: &Way) -> Vec<String> {
    let words = pkg_config(package(), way.package);
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("release").join("libsamlcert.a");
    let archive = if way.name == "undefined" { built } else { package().join("lib/libsamlcert.a") };
    let named = |word: String| match word.as_str() {
        "-lsamlcert" if way.package == ARCHIVE => archive.to_str().unwrap().to_owned(),
        _ => word,
    };
    words.into_iter().map(named).collect()
}

pub(super) fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

pub(super) fn succeeds(run: &Output, name: &str) {
    let [out, err] = [&run.stdout, &run.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(run.status.success(), "{name}: {}\n{out}{err}", run.status);
}

fn programs_of(way: &Way) -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().filter(|program| program.ways.contains(&way.name)).map(|program| program.name)
}

fn arguments(program: &str) -> Vec<String> {
    match program {
        "readme" => vec![here("tests/data/certificates/p256.pem"), here("tests/data/keys/p256.pem")],
        _ => vec![here("tests/data")],
    }
}

/// Builds and runs every program that is for this way.
fn run_all(way: &Way) {
    for program in programs_of(way) {
        let built = Built::new(&format!("tests/c/{program}.c"), way);
        let arguments = arguments(program);
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        succeeds(&built.run(&arguments), &format!("{}: {program}", way.name));
    }
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn they_run() {
    run_all(&GCC);
}

#[test]
#[ignore = "needs clang and pkg-config"]
fn they_run_as_clang_builds_them() {
    run_all(&CLANG);
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn sanitizers_find_nothing() {
    run_all(&SANITIZED);
    for program in programs_of(&SANITIZED) {
        let built = Built::new(&format!("tests/c/{program}.c"), &SANITIZED);
        let symbols = crate::support::output("nm", &[built.path.to_str().unwrap()], b"");
        let symbols = String::from_utf8(symbols).unwrap();
        assert!(symbols.contains("__asan_") && symbols.contains("__ubsan_"), "{program}");
    }
}

#[test]
#[ignore = "needs gcc, pkg-config and valgrind"]
fn valgrind_finds_nothing() {
    run_all(&VALGRIND);
}

#[test]
#[ignore = "needs gcc, pkg-config and valgrind"]
fn helgrind_finds_nothing() {
    run_all(&HELGRIND);
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_archive_is_enough() {
    run_all(&STATIC);
    for program in programs_of(&STATIC) {
        let built = Built::new(&format!("tests/c/{program}.c"), &STATIC);
        let needed = crate::support::output("objdump", &["-p", built.path.to_str().unwrap()], b"");
        assert!(!String::from_utf8(needed).unwrap().contains("libsamlcert"), "{program}");
    }
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_sample_of_the_readme_says_what_is_and_what_is_not_a_pair() {
    let built = Built::new("tests/c/readme.c", &GCC);
    const PAIR: &str = "3863378B609D7F9EBD5DDFE3C008761AB4FAE8DF4D3049F71D9F19CB1DFCCBAF ends at 2110875402\n";
    let table = [
        ("a pair", "keys/p256.pem", Some(0), PAIR, ""),
        (
            "another key",
            "keys/ed25519.pem",
            Some(1),
            "",
            "mismatch: the private key does not belong to the certificate: ",
        ),
        ("no key", "certificates/p256.pem", Some(1), "", "no-private-key: the private key: there is no private key"),
        ("another kind", "others/openssh-p256.pem", Some(1), "", "openssh-key: the private key: this is a key in"),
        ("no file", "nowhere", Some(1), "", "empty: the private key: nothing was given"),
    ];
    for (name, key, status, out, err) in table {
        let run = built.run(&[&here("tests/data/certificates/p256.pem"), &here(&format!("tests/data/{key}"))]);
        let [told, complained] = [&run.stdout, &run.stderr].map(|text| String::from_utf8_lossy(text));
        assert_eq!((run.status.code(), &*told), (status, out), "{name}: {complained}");
        assert!(complained.starts_with(err) && complained.is_empty() == err.is_empty(), "{name}: {complained}");
        let place = if name == "another kind" { " (bytes 0 to 491)\n" } else { "" };
        assert!(complained.ends_with(place), "{name}: {complained}");
    }
}

const CPP: Way = Way { name: "g++", compiler: &["g++", "-std=c++17"], package: SHARED, runner: &[] };

/// The fingerprint and the last moment of two certificates, as the examples print them.
const OF_P256: &str = "\
SHA-256 38:63:37:8B:60:9D:7F:9E:BD:5D:DF:E3:C0:08:76:1A:B4:FA:E8:DF:4D:30:49:F7:1D:9F:19:CB:1D:FC:CB:AF
last moment 2110875402
";
const OF_RSA: &str = "\
SHA-256 42:24:0F:56:A9:32:7C:80:9B:77:1F:65:26:93:E4:72:B0:16:32:CD:0B:82:50:41:0C:CA:E6:E5:1D:62:A5:5C
last moment 2110875401
";
const MATCH: &str = "a pair\n";
const MISMATCH: &str = "no pair: the key belongs to another certificate\n";

/// What an example is given, how it ends, and the lines that it prints: of the files, of the certificate, and the verdict.
type Row = (&'static str, [&'static str; 2], i32, [&'static str; 3]);

const CHECKED: [Row; 5] = [
    ("a pair", ["certificates/p256.pem", "keys/p256.pem"], 0, ["", OF_P256, MATCH]),
    ("another key", ["certificates/p256.pem", "keys/ed25519.pem"], 1, ["", OF_P256, MISMATCH]),
    (
        "a paste that is repaired",
        ["texts/mail-quoted.txt", "keys/rsa-2048.pem"],
        0,
        [
            "texts/mail-quoted.txt: repaired: the quote marks of a mail reply were removed (bytes 115 to 1339)\n",
            OF_RSA,
            MATCH,
        ],
    ),
    (
        "a key of another kind",
        ["certificates/p256.pem", "others/openssh-p256.pem"],
        2,
        [
            "others/openssh-p256.pem: refused, 155: this is a key in OpenSSH's format; \
             convert a copy with `ssh-keygen -p -m PKCS8 -f COPY` (bytes 0 to 491)\n",
            "",
            "",
        ],
    ),
    ("an encrypted key", ["certificates/p256.pem", "keys/encrypted/scrypt.pem"], 2, ["", "", ""]),
];

/// What is said of it.
const CUT_OFF: &str = "refused, 106: the content is too short: 230 of its 459 bytes are missing; \
                       copy it again as a whole, to its very end (bytes 337 to 338)";

/// A paste whose end is missing, made of a fixture.
fn cut_off(way: &Way) -> String {
    let whole = crate::support::data("certificates/p256.pem");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-programs").join(format!("cut-off-{}.pem", way.name));
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    path.to_str().unwrap().to_owned()
}

fn example_runs(source: &str, way: &Way) {
    let built = Built::new(source, way);
    for (name, files, status, lines) in CHECKED {
        let run = built.run(&files.map(|file| here(&format!("tests/data/{file}"))).each_ref().map(String::as_str));
        let told = String::from_utf8(run.stdout).unwrap().replace(&here("tests/data/"), "");
        let complained = String::from_utf8(run.stderr).unwrap();
        assert_eq!((run.status.code(), told), (Some(status), lines.concat()), "{source}: {name}: {complained}");
        assert_eq!(complained.is_empty(), status != 2, "{source}: {name}: {complained}");
    }
    let cut = cut_off(way);
    let run = built.run(&[&cut, &here("tests/data/keys/p256.pem")]);
    let told = String::from_utf8(run.stdout).unwrap();
    assert_eq!((run.status.code(), told), (Some(2), format!("{cut}: {CUT_OFF}\n")), "{source}: cut off");
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_example_in_c_checks_a_pair() {
    example_runs("examples/check_pair.c", &GCC);
}

#[test]
#[ignore = "needs g++ and pkg-config"]
fn the_example_in_cpp_checks_a_pair() {
    example_runs("examples/check_pair.cpp", &CPP);
}

/// The programs about errors print the number of each that they reach, and of each that is out of reach, with the reason.
#[test]
#[ignore = "needs gcc and pkg-config"]
fn each_error_is_reached_or_out_of_reach() {
    let programs = ["codes", "codes_application"].map(|program| Built::new(&format!("tests/c/{program}.c"), &GCC));
    let told = programs.map(|program| String::from_utf8(program.run(&[&here("tests/data")]).stdout).unwrap()).concat();
    let numbers = |beginning: &str| -> BTreeSet<u32> {
        let lines = told.lines().filter_map(|line| line.strip_prefix(beginning));
        lines.map(|line| line.split(':').next().unwrap().parse().unwrap()).collect()
    };
    let (reached, out_of_reach) = (numbers("reached "), numbers("out of reach "));
    assert!(reached.is_disjoint(&out_of_reach));
    let all: BTreeSet<u32> = ErrorCode::ALL.iter().map(|code| code.number()).collect();
    assert_eq!(reached.union(&out_of_reach).copied().collect::<BTreeSet<_>>(), all);
}
