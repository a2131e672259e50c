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
    use std::path::Path;
    use std::process::Command;

    /// The blocks that begin with a command of the program, and what stands below it.
    fn sessions() -> Vec<(&'static str, &'static str)> {
        let blocks = README.split("```").filter_map(|block| block.strip_prefix("text\n$ "));
        let sessions = blocks.filter_map(|block| block.split_once('\n'));
        sessions.filter_map(|(line, output)| Some((line.split_once("--features cli -- ")?.1, output))).collect()
    }

    /// The chapter of a rotation: its commands in order, and what stands below each.
    fn rotation() -> Vec<(&'static str, String)> {
        let chapter = README.split("\n### ").find(|chapter| chapter.starts_with("A rotation")).unwrap();
        let blocks = chapter.split("```").filter_map(|block| block.strip_prefix("text\n$ "));
        let sessions = blocks.flat_map(|block| block.split("\n$ "));
        let parts = sessions.map(|session| session.split_once('\n').unwrap());
        parts.map(|(line, output)| (line, format!("{}\n", output.trim_end()))).collect()
    }

    /// Word for word, in a shell, in a folder of its own: from the first pair to the end of its predecessor.
    #[cfg(unix)]
    #[test]
    fn the_rotation_goes_as_it_stands_there() {
        let program = Path::new(env!("CARGO_BIN_EXE_samlcert"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("rotation-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        std::os::unix::fs::symlink(tests, folder.join("tests")).unwrap();
        let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let rotation = rotation();
        for (at, command) in
            ["samlcert app new portal", "samlcert app retire portal", "samlcert app log portal"].iter().enumerate()
        {
            let found = rotation.iter().position(|(line, _)| line.starts_with(command));
            assert!(found.is_some_and(|found| (found == 0) == (at == 0)), "{command}");
        }
        for (line, output) in rotation {
            let mut run = Command::new("sh");
            run.args(["-c", &format!("{line} 2>&1")]).current_dir(&folder);
            let run = run.env("PATH", &path).env("LOGNAME", "alice").output().unwrap();
            assert_eq!(format!("{}\n", String::from_utf8_lossy(&run.stdout).trim_end()), output, "{line}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn each_command_prints_what_stands_below_it() {
        let sessions = sessions();
        assert!(!sessions.is_empty());
        for (command, output) in sessions {
            let run = Command::new(env!("CARGO_BIN_EXE_samlcert"))
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .args(command.split(' '))
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&run.stdout), output, "{command}");
        }
    }
}

#[test]
fn its_program_in_c_is_the_one_that_is_tested() {
    let sample = include_str!("c/readme.c");
    assert!(README.contains(&format!("```c\n{sample}```\n")));
}
