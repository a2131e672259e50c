//! The other readers, each a program that reads certificates and keys from a stream and tells a line of each.

use super::reading::{Kind, Reading, of_line};
use crate::support::{self, python};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

/// A certificate or a key to be read.
pub(super) struct Given {
    pub(super) kind: Kind,
    pub(super) der: Vec<u8>,
    /// What this crate reads. A key that it reads is checked by the others as closely as they do.
    pub(super) own: Reading,
}

impl Given {
    /// One letter, the length in four octets, the DER.
    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let what = match (self.kind, self.own.is_ok()) {
            (Kind::Certificate, _) => b"c",
            (Kind::Key, false) => b"k",
            (Kind::Key, true) => b"p",
        };
        out.write_all(what)?;
        out.write_all(&u32::try_from(self.der.len()).expect("a small value").to_be_bytes())?;
        out.write_all(&self.der)
    }
}

/// One of the others at work.
pub(super) struct Reader {
    name: &'static str,
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

pub(super) const NAMES: [&str; 3] = ["openssl", "cryptography", "go"];

impl Reader {
    pub(super) fn start(name: &'static str, given: Arc<[Given]>) -> Self {
        let mut child = program(name).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(name);
        let mut stdin = std::io::BufWriter::new(child.stdin.take().expect("standard input is piped"));
        let lines = BufReader::new(child.stdout.take().expect("standard output is piped")).lines();
        std::thread::spawn(move || given.iter().try_for_each(|one| one.write(&mut stdin)));
        Self { name, child, lines }
    }

    /// The answer to the next one. A program that has died gives none, and one whose answers are not taken ends.
    pub(super) fn next(&mut self) -> Reading {
        of_line(&self.lines.next().unwrap_or_else(|| panic!("{} ended early", self.name)).expect("a line of UTF-8"))
    }

    pub(super) fn finish(mut self) {
        assert!(self.child.wait().expect("the program ends").success(), "{}", self.name);
        assert!(self.lines.next().is_none(), "{} tells more than it was asked", self.name);
    }
}

fn program(name: &str) -> Command {
    let script = |language: &str| support::path(&format!("differential/read_by_{name}.{language}"));
    if name != "go" {
        let mut python = Command::new(python());
        python.arg(script("py"));
        return python;
    }
    let current = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/go");
    let mut go = Command::new(if current.exists() { current } else { "go".into() });
    go.arg("run").arg(script("go")).env("GOTOOLCHAIN", "local").env("GOPROXY", "off");
    go
}
