//! The C ABI from outside: the package that `scripts/install-c` installs, and the programs that use it.

mod covered;
mod exports;
mod go;
mod install;
mod named;
mod programs;
mod secrets;
mod symbols;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder that the package was installed into, once for all tests.
pub(crate) fn package() -> &'static Path {
    static PACKAGE: OnceLock<PathBuf> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let prefix = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-package");
        let run = install(&prefix).output().expect("scripts/install-c runs");
        assert!(run.status.success(), "scripts/install-c: {}", String::from_utf8_lossy(&run.stderr));
        prefix
    })
}

/// The script, with a place to install to.
fn install(prefix: &Path) -> Command {
    let mut script = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/install-c"));
    script.arg(prefix);
    crate::support::forget_package(&mut script);
    script
}

/// What pkg-config says of a package that was installed, in words.
pub(crate) fn pkg_config(prefix: &Path, arguments: &[&str]) -> Vec<String> {
    let mut run = Command::new("pkg-config");
    run.args(arguments).arg("samlcert").env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    let run = run.output().expect("pkg-config runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().split_whitespace().map(str::to_owned).collect()
}
