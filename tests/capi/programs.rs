//! The programs of `tests/c`, built against the package that was installed, and run: plain, with sanitizers, under valgrind.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
    // A sanitizer and valgrind keep what was freed for a while: they would hide what is looked for.
    Program { name: "secrets", ways: &["gcc", "clang", "static"] },
    Program { name: "functions", ways: EVERYWHERE },
    Program { name: "application", ways: EVERYWHERE },
    Program { name: "arguments", ways: EVERYWHERE },
    Program { name: "edges", ways: EVERYWHERE },
];

/// A way to build and run a program.
struct Way {
    name: &'static str,
    compiler: &'static [&'static str],
    /// What pkg-config is asked.
    package: &'static [&'static str],
    runner: &'static [&'static str],
}

/// All functions are bound when the program starts: at its first call, the dynamic linker would save the registers on the
/// stack, and in them what `memcpy` moved last, which may be a secret.
const STRICT: [&str; 6] = ["-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wl,-z,now"];

const SHARED: &[&str] = &["--cflags", "--libs"];

const ARCHIVE: &[&str] = &["--cflags", "--libs", "--static"];

const GCC: Way = Way { name: "gcc", compiler: &["gcc", "-std=c99"], package: SHARED, runner: &[] };

const CLANG: Way = Way { name: "clang", compiler: &["clang", "-std=c11"], package: SHARED, runner: &[] };

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
const STATIC: Way = Way { name: "static", compiler: &["gcc", "-std=c99"], package: ARCHIVE, runner: &[] };

/// A program that was built in one way.
struct Built {
    path: PathBuf,
    runner: Vec<String>,
}

impl Built {
    /// Compiles a source file of the repository.
    fn new(source: &str, way: &Way) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-programs").join(way.name);
        std::fs::create_dir_all(&path).unwrap();
        let path = path.join(Path::new(source).file_name().unwrap()).with_extension("");
        let mut compiler = Command::new(way.compiler[0]);
        compiler.args(&way.compiler[1..]).args(STRICT).arg(here(source)).arg("-o").arg(&path).arg("-pthread");
        compiler.args(libraries(way));
        succeeds(&compiler.output().expect("the compiler runs"), &format!("{}: {source}", way.name));
        Self { path, runner: runner(way) }
    }

    fn run(&self, arguments: &[&str]) -> Output {
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
    if way.name == "helgrind" {
        words.push(format!("--suppressions={}", here("tests/c/helgrind.supp")));
    }
    words
}

/// What pkg-config says; of the two libraries, the archive where the shared object is not wanted.
fn libraries(way: &Way) -> Vec<String> {
    let words = pkg_config(package(), way.package);
    let archive = package().join("lib/libsamlcert.a");
    let named = |word: String| match word.as_str() {
        "-lsamlcert" if way.package == ARCHIVE => archive.to_str().unwrap().to_owned(),
        _ => word,
    };
    words.into_iter().map(named).collect()
}

fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

fn succeeds(run: &Output, name: &str) {
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
        ("no key", "certificates/p256.pem", Some(1), "", "no-private-key: "),
        ("another kind", "others/openssh-p256.pem", Some(1), "", "openssh-key: "),
        ("no file", "nowhere", Some(1), "", "empty: nothing was given"),
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
