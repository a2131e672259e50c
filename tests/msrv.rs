//! The oldest Rust that builds the crate is the one that its dependencies ask for, and the texts say so.

use crate::support;
use serde_json::Value;

/// What `Cargo.toml` says.
const OWN: &str = env!("CARGO_PKG_RUST_VERSION");

/// `1.89` and `1.89.0` are the same version.
fn version(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text.split('.').map(|number| number.parse().expect("a number")).collect();
    numbers.resize(3, 0);
    numbers
}

/// Name and version of every dependency that names a version of Rust, in the tree of this test's features on this machine.
/// Those of the tests count too: the README says that with this Rust the tests pass.
fn dependencies() -> Vec<(String, String)> {
    let host = support::output(support::cargo_program(), &["-vV"], b"");
    let host = String::from_utf8(host).expect("cargo writes UTF-8");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let mut cargo = support::cargo("metadata");
    cargo.args(["--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("the tree is resolved");
    let is_in_tree = |package: &&Value| nodes.iter().any(|node| node["id"] == package["id"]);
    let packages = metadata["packages"].as_array().expect("it lists the packages");
    let others = packages.iter().filter(is_in_tree).filter(|package| package["name"] != env!("CARGO_PKG_NAME"));
    let text = |package: &Value, field: &str| package[field].as_str().map(str::to_owned);
    others.filter_map(|package| Some((text(package, "name")?, text(package, "rust_version")?))).collect()
}

#[test]
fn it_is_the_highest_of_the_dependencies() {
    let dependencies = dependencies();
    assert!(dependencies.len() > 50, "{dependencies:?}");
    let highest = dependencies.iter().max_by_key(|(_, rust)| version(rust)).expect("there are some");
    assert_eq!(version(&highest.1), version(OWN), "{} wants {}, and Cargo.toml says {OWN}", highest.0, highest.1);
}

#[test]
fn the_readme_names_it() {
    assert!(include_str!("../README.md").contains(&format!("On a machine with Rust {OWN} or later and")), "{OWN}");
}
