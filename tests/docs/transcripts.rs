//! Commands, and what they print: every block `console` is run, word for word, in a shell.

use super::root;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A document with what its commands print today. They run one after the other in one folder, in which `tests` is that of
/// the repository; `samlcert` is the program, and `alice` the user.
pub(super) fn renewed(path: &str, text: &str) -> String {
    if !text.contains("```console\n") {
        return text.to_owned();
    }
    let folder = Folder::new(path);
    let mut parts = text.split("```console\n");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (block, rest) = part.split_once("\n```").expect("a block has its end");
        let sessions: Vec<_> = sessions(block).iter().map(|command| folder.session(command)).collect();
        out += &format!("```console\n{}\n```{rest}", sessions.join("\n\n"));
    }
    out
}

/// The commands of a block: a line that begins with `$ `, and those below it that begin with `> `.
fn sessions(block: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in block.lines() {
        match (line.strip_prefix("$ "), line.strip_prefix("> ")) {
            (Some(command), _) => commands.push(command.to_owned()),
            (None, Some(more)) if goes_on => *commands.last_mut().unwrap() += &format!("\n{more}"),
            _ => {}
        }
        goes_on = line.starts_with("$ ") || goes_on && line.starts_with("> ");
    }
    assert!(block.starts_with("$ "), "a block `console` begins with a command: {block}");
    commands
}

/// A folder for the commands of one document, which is removed at the end.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(document: &str) -> Self {
        let name = format!("{}-{}", document.replace(['/', '.'], "-"), std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink(root().join("tests"), folder.join("tests")).unwrap();
        Self(folder)
    }

    /// A command as it stands in a document, and what it prints.
    fn session(&self, command: &str) -> String {
        let output = self.output(command);
        format!("$ {}\n{}", command.replace('\n', "\n> "), output.trim_end()).trim_end().to_owned()
    }

    /// What a command prints.
    pub(super) fn output(&self, command: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_samlcert")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let mut run = Command::new("sh");
        run.args(["-c", &format!("{{ {command}\n}} 2>&1")]).current_dir(&self.0);
        let run = run.env("PATH", path).env("LOGNAME", "alice").output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
