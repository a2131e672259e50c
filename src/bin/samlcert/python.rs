//! Lets Python read the files that the tests of this program write.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs the code with this standard input, and returns its standard output, read as JSON.
pub(crate) fn ask(code: &str, input: &[u8]) -> serde_json::Value {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/python");
    let python = if own.exists() { own } else { "python3".into() };
    let mut child = Command::new(python)
        .args(["-c", code])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python is there");
    child.stdin.take().expect("standard input is piped").write_all(input).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success(), "python fails");
    serde_json::from_slice(&output.stdout).expect("python answers in JSON")
}
