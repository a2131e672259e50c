//! Completions for shells, and manual pages.

use crate::app::Place;
use crate::cli::samlcert;
use crate::support::run;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Returns true if this program is there.
fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Every command that `--help` lists, at any depth, such as `app provider add`.
fn commands() -> BTreeSet<String> {
    fn below(command: &str, found: &mut BTreeSet<String>) {
        let words = command.split_whitespace().chain(["--help"]).collect::<Vec<_>>();
        let help = samlcert(&words, b"").out;
        let list = help.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
        let names = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
        for name in names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help") {
            let command = format!("{command} {name}").trim_start().to_owned();
            below(&command, found);
            found.insert(command);
        }
    }
    let mut found = BTreeSet::new();
    below("", &mut found);
    assert!(found.contains("app provider add") && found.len() >= 40, "{found:?}");
    found
}

/// What bash offers for the last of these words.
fn offered(script: &str, words: &[&str]) -> BTreeSet<String> {
    let code = "source /dev/stdin; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); \
                _samlcert \"$1\" \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; \
                printf '%s\\n' \"${COMPREPLY[@]}\"";
    let line = [&["--norc", "--noprofile", "-c", code, "bash", "samlcert"], words].concat();
    let output = run("bash", &line, script.as_bytes());
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{words:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let script = samlcert(&["completions", "bash"], b"");
    assert_eq!((script.status, script.err.as_str()), (0, ""));
    assert!(run("bash", &["-n"], script.out.as_bytes()).status.success());
    let all = commands();
    for parent in ["", "app", "app provider"] {
        let words: Vec<_> = parent.split_whitespace().chain([""]).collect();
        let offered = offered(&script.out, &words);
        let below = all.iter().filter_map(|command| command.strip_prefix(parent)).map(str::trim_start);
        for name in below.filter(|name| !name.is_empty() && !name.contains(' ')) {
            assert!(offered.contains(name), "{parent}: {name} is not in {offered:?}");
        }
    }
    let table: [(&[&str], &[&str]); 6] = [
        (&["app", "cut"], &["cut-over"]),
        (&["generate", "--out-"], &["--out-certificate", "--out-key"]),
        (&["generate", "--kind", "rsa-4"], &["rsa-4096"]),
        (&["app", "provider", "add", "--js"], &["--json"]),
        (&["completions", "z"], &["zsh"]),
        (&["check", "--no-such"], &[""]),
    ];
    for (words, expected) in table {
        assert_eq!(offered(&script.out, words), expected.iter().map(|one| (*one).to_owned()).collect(), "{words:?}");
    }
}

#[test]
fn every_shell_has_a_script_that_names_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = samlcert(&["completions", shell], b"");
        assert_eq!((script.status, script.err.as_str()), (0, ""), "{shell}");
        for command in commands() {
            let name = command.rsplit(' ').next().unwrap();
            assert!(script.out.contains(name), "{shell}: {command}");
        }
        assert!(script.out.contains("store-password-file") && script.out.contains("out-certificate"), "{shell}");
        let told = samlcert(&["completions", shell, "--json"], b"");
        assert_eq!((told.status, told.json()), (0, json!({"completions": script.out})), "{shell}");
        if ["fish", "zsh"].contains(&shell) && is_there(shell) {
            assert!(run(shell, &["-n"], script.out.as_bytes()).status.success(), "{shell}");
        }
    }
    let told = samlcert(&["completions", "csh", "--json"], b"");
    assert_eq!((told.status, &told.json()["error"]["code"]), (2, &json!("usage")));
}

/// The page of the program or of one of its commands.
fn page(command: &str) -> String {
    format!("{}.1", ["samlcert", command].join(" ").trim_end().replace(' ', "-"))
}

#[test]
fn each_command_has_a_manual_page() {
    let place = Place::new("man");
    place.write("samlcert.1", "an older one");
    place.run("man .").good();
    let mut expected: BTreeSet<_> = commands().iter().map(|command| page(command)).collect();
    expected.insert(page(""));
    let names = std::fs::read_dir(&place.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.collect::<BTreeSet<_>>(), expected, "and nothing else is left behind");
    for name in &expected {
        let text = String::from_utf8(place.read(name)).unwrap();
        let title = name.strip_suffix(".1").unwrap();
        assert!(text.contains(&format!(".TH {title} 1 ")) && text.contains(".SH SYNOPSIS"), "{name}");
        assert!(text.is_ascii(), "{name}");
        assert_reads_without_a_warning(&place.0.join(name));
    }
    let add = String::from_utf8(place.read("samlcert-app-provider-add.1")).unwrap();
    assert!(add.contains("samlcert app provider add") && add.contains("\\-\\-pull\\-interval"), "{add}");
    let files = expected.iter().map(|name| Path::new(".").join(name).to_str().unwrap().to_owned());
    let told = place.json("man .").good().json();
    let told = told["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap().to_owned());
    assert_eq!(told.collect::<BTreeSet<_>>(), files.collect());
}

fn assert_reads_without_a_warning(path: &Path) {
    if is_there("groff") {
        let output = Command::new("groff").args(["-man", "-ww", "-Tutf8"]).arg(path).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.is_empty() && !output.stdout.is_empty(), "{}: {told}", path.display());
    }
}

#[test]
fn a_folder_for_manual_pages_must_be_there_and_be_writable() {
    let place = Place::new("man-refused");
    place.write("file", "");
    place.json("man missing").bad(2, "file");
    place.json("man file").bad(2, "file");
    let told = samlcert(&["man", "", "--json"], b"");
    assert_eq!((told.status, &told.json()["error"]["code"]), (2, &json!("file")));
    // No user can create files there, not even root.
    #[cfg(target_os = "linux")]
    place.json("man /sys").bad(2, "file");
    // A folder cannot be replaced: then no page is written.
    std::fs::create_dir(place.0.join("samlcert-man.1")).unwrap();
    place.json("man .").bad(2, "file");
    assert_eq!(std::fs::read_dir(&place.0).unwrap().count(), 2);
}
