//! What `scripts/install-c` installs where, and how it fails.

use std::path::{Path, PathBuf};
use std::process::Output;

use super::{install, package, pkg_config};

const FILES: [&str; 5] = [
    "include/samlcert.h",
    "lib/libsamlcert.a",
    "lib/libsamlcert.so",
    "lib/libsamlcert.so.1",
    "lib/pkgconfig/samlcert.pc",
];

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The files below a folder, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = below(folder).iter().map(|path| text(path.strip_prefix(folder).unwrap())).collect();
    files.sort();
    files
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let nested = entries.map(|entry| match entry.file_type().unwrap().is_dir() {
        true => below(&entry.path()),
        false => vec![entry.path()],
    });
    nested.flatten().collect()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn told(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_package_is_complete() {
    assert_eq!(files(package()), FILES);
    let header = std::fs::read(package().join(FILES[0])).unwrap();
    assert!(header == std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILES[0])).unwrap());
    assert_eq!(std::fs::read_link(package().join("lib/libsamlcert.so")).unwrap(), Path::new("libsamlcert.so.1"));
    let object = text(&package().join("lib/libsamlcert.so.1"));
    let facts = crate::support::output("objdump", &["-p", &object], b"");
    assert!(String::from_utf8(facts).unwrap().contains("SONAME               libsamlcert.so.1\n"));
    assert_eq!(pkg_config(package(), &["--modversion"]), [env!("CARGO_PKG_VERSION")]);
}

/// A moved package is found in its new place, and its archive names the system libraries that it needs.
#[test]
#[ignore = "needs gcc and pkg-config"]
fn the_package_can_be_moved() {
    let moved = folder("c-package-moved");
    for file in ["include", "lib"] {
        crate::support::output("cp", &["-a", &text(&package().join(file)), &text(&moved)], b"");
    }
    let flags = pkg_config(&moved, &["--cflags", "--libs", "--static"]);
    for (flag, place) in [("-I", "include/samlcert.h"), ("-L", "lib/libsamlcert.so")] {
        let given = flags.iter().find_map(|word| word.strip_prefix(flag)).unwrap();
        let [given, place] = [Path::new(given).join(Path::new(place).file_name().unwrap()), moved.join(place)];
        assert_eq!(given.canonicalize().unwrap(), place.canonicalize().unwrap());
    }
    for library in ["-lsamlcert", "-lc", "-lpthread"] {
        assert!(flags.iter().any(|word| word == library), "{library}: {flags:?}");
    }
}

/// From any folder, to a relative place, below `DESTDIR`, over what was there.
#[test]
#[ignore = "needs gcc and pkg-config"]
fn it_works_from_anywhere() {
    let here = folder("c-package-below");
    package();
    for round in ["first", "again"] {
        let run =
            install(Path::new("usr/local")).current_dir(&here).env("DESTDIR", here.join("stage")).output().unwrap();
        assert!(run.status.success(), "{round}: {}", told(&run));
    }
    let [below] = [here.join("stage")].map(|stage| files(&stage));
    assert!(
        below.iter().zip(FILES).all(|(file, expected)| file.ends_with(&format!("usr/local/{expected}"))),
        "{below:?}"
    );
    assert_eq!(below.len(), FILES.len());
    let pc = below.iter().find(|file| file.ends_with(".pc")).unwrap();
    assert!(!std::fs::read_to_string(here.join("stage").join(pc)).unwrap().contains("stage"));
}

#[test]
#[ignore = "needs gcc and pkg-config"]
fn what_cannot_be_is_said_and_nothing_stays() {
    let here = folder("c-package-refused");
    package();
    std::fs::write(here.join("file"), "").unwrap();
    std::fs::create_dir_all(here.join("taken/lib/pkgconfig/samlcert.pc")).unwrap();
    for (prefix, message) in [("file", "cannot be made"), ("taken", "is a folder")] {
        let run = install(&here.join(prefix)).output().unwrap();
        assert_eq!(run.status.code(), Some(1), "{prefix}");
        assert!(told(&run).contains(message) && told(&run).contains("nothing was installed"), "{}", told(&run));
    }
    assert_eq!(files(&here), ["file"]);
}

#[test]
#[cfg(unix)]
fn it_helps() {
    let help = install(Path::new("--help")).output().unwrap();
    assert!(
        help.status.success() && String::from_utf8(help.stdout).unwrap().starts_with("Usage: scripts/install-c PREFIX")
    );
    let wrong = install(Path::new("--wrong")).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told(&wrong).starts_with("Usage:"));
}
