//! The README tells the truth of today.

use samlcert::ErrorCode;
use samlcert::pem::{Form, RepairCode};

const README: &str = include_str!("../README.md");

#[test]
fn it_lists_every_code_with_its_number() {
    for code in ErrorCode::ALL {
        let row = format!("| {} | `{code}` |", code.number());
        assert!(README.contains(&row), "{row}");
    }
}

#[test]
fn it_lists_every_repair_and_what_it_does() {
    for code in RepairCode::ALL {
        let row = format!("| `{}` | {code} |", code.as_str());
        assert!(README.contains(&row), "{row}");
    }
}

#[test]
fn it_lists_every_form() {
    for form in Form::ALL {
        assert!(README.contains(&format!("`{}`", form.as_str())), "{}", form.as_str());
    }
}

#[cfg(feature = "cli")]
mod shown {
    use super::README;
    use std::process::Command;

    /// The blocks that begin with a command of the program, and what stands below it.
    fn sessions() -> Vec<(&'static str, &'static str)> {
        let blocks = README.split("```").filter_map(|block| block.strip_prefix("text\n$ "));
        let sessions = blocks.filter_map(|block| block.split_once('\n'));
        sessions.filter_map(|(line, output)| Some((line.split_once("--features cli -- ")?.1, output))).collect()
    }

    /// The README was written at this moment.
    const NOW: &str = "2026-11-24T12:00:00Z";

    #[test]
    fn each_command_prints_what_stands_below_it() {
        let sessions = sessions();
        assert!(!sessions.is_empty());
        for (command, output) in sessions {
            let run = Command::new(env!("CARGO_BIN_EXE_samlcert"))
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .args(command.split(' '))
                .args(["--now", NOW])
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&run.stdout), output, "{command}");
        }
    }
}
