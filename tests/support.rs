//! Shared by several tests: fixtures, tables, other programs.

use samlcert::{Entropy, EntropyError};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The path of a fixture under `tests/data`.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The bytes of a fixture.
pub(crate) fn data(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The text of a fixture.
pub(crate) fn text(name: &str) -> String {
    String::from_utf8(data(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The DER of a fixture, which is PEM or DER. A simple reader, on purpose not the one of the crate.
pub(crate) fn der(name: &str) -> Vec<u8> {
    let bytes = data(name);
    if bytes.starts_with(b"-----BEGIN") { unpem(&bytes) } else { bytes }
}

/// The base64 between the first header and its footer.
pub(crate) fn unpem(pem: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(pem).expect("PEM is ASCII");
    let body = text.split("-----").nth(2).expect("a header and a footer");
    base64(&body.split_whitespace().collect::<String>())
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let mut out = Vec::new();
    for (index, byte) in text.trim_end_matches('=').bytes().enumerate() {
        let value = ALPHABET.iter().position(|&c| c == byte).unwrap_or_else(|| panic!("{byte:#x} is no base64"));
        bits = bits << 6 | u32::try_from(value).unwrap();
        if index % 4 != 0 {
            out.push(u8::try_from(bits >> (6 - index % 4 * 2) & 0xff).unwrap());
        }
    }
    out
}

/// The content of a DER value.
#[cfg(feature = "issue")]
pub(crate) fn content(value: &[u8]) -> &[u8] {
    match value[1] {
        short @ 0..0x80 => &value[2..2 + usize::from(short)],
        long => {
            let start = 2 + usize::from(long & 0x7f);
            let len = value[2..start].iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
            &value[start..start + len]
        }
    }
}

/// The values inside a DER value, each with its header.
#[cfg(feature = "issue")]
pub(crate) fn children(value: &[u8]) -> Vec<&[u8]> {
    let mut rest = content(value);
    let mut children = Vec::new();
    while !rest.is_empty() {
        let header = content(rest).as_ptr() as usize - rest.as_ptr() as usize;
        let (child, after) = rest.split_at(header + content(rest).len());
        children.push(child);
        rest = after;
    }
    children
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of a table in `tests/data`: fields between tabs, without the comment lines.
pub(crate) fn table(name: &str) -> Vec<Vec<String>> {
    text(name)
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// A source of pseudorandom bytes that are the same for the same seed (`SplitMix64`).
pub(crate) struct Seeded(u64);

impl Seeded {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        out.fill_with(|| self.next().to_le_bytes()[7]);
        Ok(())
    }
}

/// The Python that has `cryptography`: that of `scripts/test` if it exists.
pub(crate) fn python() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/python");
    if own.exists() { own } else { "python3".into() }
}

/// The cargo that runs this test.
pub(crate) fn cargo_program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A subcommand of cargo on this package, with the features of this test, so that nothing needs to be built or downloaded.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let features = [
        ("default", cfg!(feature = "default")),
        ("issue", cfg!(feature = "issue")),
        ("serde", cfg!(feature = "serde")),
        ("capi", cfg!(feature = "capi")),
        ("cli", cfg!(feature = "cli")),
        ("jiff", cfg!(feature = "jiff")),
        ("rustls-pki-types", cfg!(feature = "rustls-pki-types")),
        ("time", cfg!(feature = "time")),
        ("x509-cert", cfg!(feature = "x509-cert")),
    ];
    let features: Vec<&str> = features.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| *name).collect();
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut cargo = Command::new(cargo_program());
    forget_package(&mut cargo);
    cargo.arg(subcommand).arg("--manifest-path").arg(manifest);
    cargo.args(["--no-default-features", "--features", &features.join(",")]);
    cargo
}

/// Removes the variables that cargo sets for the package of this test: another cargo would rebuild packages because of them.
pub(crate) fn forget_package(program: &mut Command) {
    for (variable, _) in std::env::vars_os() {
        if variable.to_str().is_some_and(|name| name.starts_with("CARGO_PKG") || name.starts_with("CARGO_MANIFEST")) {
            program.env_remove(variable);
        }
    }
}

/// Runs a program with this standard input.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(
    program: impl AsRef<std::ffi::OsStr>,
    arguments: &[S],
    input: &[u8],
) -> Output {
    let program = program.as_ref();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    // A program may stop reading early.
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = std::io::Write::write_all(&mut stdin, &input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    output
}

/// The standard output of a program that must succeed.
pub(crate) fn output<S: AsRef<std::ffi::OsStr>>(
    program: impl AsRef<std::ffi::OsStr>,
    arguments: &[S],
    input: &[u8],
) -> Vec<u8> {
    let program = program.as_ref();
    let output = run(program, arguments, input);
    assert!(output.status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn base64_of_a_fixture_is_its_der() {
    for name in [
        "certificates/rsa-2048",
        "certificates/p256",
        "certificates/ed25519",
        "keys/rsa-2048",
        "keys/p521",
        "keys/ed25519",
    ] {
        assert_eq!(der(&format!("{name}.pem")), data(&format!("{name}.der")), "{name}");
    }
}
