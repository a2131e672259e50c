//! Long work is shown on a terminal, and nowhere else.

use crate::app::{DAY, NOW, Place, Ran};
use crate::support::python;
use std::process::Command;
use std::time::Duration;

/// Runs a command on a pseudo terminal, and prints what the terminal receives. The first argument `error` connects standard
/// error alone; with `slow`, the terminal is read after a second.
const TERMINAL: &str = r#"
import os, pty, subprocess, sys, time
streams, program = sys.argv[1], sys.argv[2:]
own, other = pty.openpty()
out = subprocess.DEVNULL if streams == "error" else other
child = subprocess.Popen(program, stdin=other, stdout=out, stderr=other)
os.close(other)
if streams == "slow":
    time.sleep(1)
while True:
    try:
        part = os.read(own, 4096)
    except OSError:
        break
    if not part:
        break
    sys.stdout.buffer.write(part)
sys.exit(child.wait())
"#;

fn on_terminal(place: &Place, streams: &str, line: &str) -> Ran {
    let command = place.command(line);
    let mut terminal = Command::new(python());
    terminal.args(["-c", TERMINAL, streams]).arg(command.get_program()).args(command.get_args());
    let output = terminal.current_dir(&place.0).env("TERM", "xterm").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs something while another connection writes to the store for this time.
fn locked<T>(place: &Place, time: Duration, run: impl FnOnce() -> T) -> T {
    let connection = rusqlite::Connection::open(place.0.join("samlcert.db")).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(time);
            connection.execute_batch("ROLLBACK").unwrap();
        });
        run()
    })
}

const WAITING: &str = "Waiting for another process that writes to the store";
const CLEARED: &str = "\r\u{1b}[2K";

#[test]
#[ignore = "needs python"]
fn a_terminal_shows_that_a_command_waits_and_is_clean_afterwards() {
    let place = Place::new("progress");
    place.all(&["app new portal"]);
    for (streams, skew) in [("all", 4), ("error", 5)] {
        let line = format!("app set portal --skew {skew}");
        let told = locked(&place, Duration::from_secs(2), || on_terminal(&place, streams, &line));
        let told = told.good().out;
        let (_, after) = told.rsplit_once(WAITING).unwrap_or_else(|| panic!("{told:?}"));
        assert!(after.contains(CLEARED), "{told:?}");
        let (_, left) = after.rsplit_once(CLEARED).unwrap();
        assert_eq!(left.contains("were changed"), streams == "all", "{told:?}");
    }
    // Short work is not shown.
    let told = on_terminal(&place, "all", "app set portal --skew 6").good().out;
    assert!(!told.contains(WAITING) && !told.contains(CLEARED), "{told:?}");
}

#[test]
fn a_pipe_is_told_nothing() {
    let place = Place::new("progress-pipe");
    place.all(&["app new portal"]);
    let told = locked(&place, Duration::from_secs(1), || place.run("app set portal --skew 5")).good();
    assert_eq!(told.err, "");
    assert!(!told.out.contains(WAITING), "{}", told.out);
}

/// The terminal is read late, so that reminders are printed while progress is shown.
#[test]
#[ignore = "needs python"]
fn reminders_stand_in_lines_of_their_own() {
    let place = Place::new("progress-remind");
    place.pair("one", 1);
    let ids: Vec<_> = (0..60).map(|number| format!("{number:02}{}", ".example".repeat(15))).collect();
    for id in &ids {
        place.all(&[&format!("app new {id}"), &format!("app activate {id} --certificate one.pem --key one.key")]);
    }
    let told = on_terminal(&place, "slow", &format!("remind --now {} --dry-run", NOW + 340 * DAY)).good().out;
    let lines: Vec<_> = told.split("\r\n").map(|line| line.rsplit(CLEARED).next().unwrap()).collect();
    assert_eq!(lines.len(), 62, "{told}");
    for (line, id) in lines.iter().zip(&ids) {
        assert!(line.starts_with(&format!("{id}: ")) && line.ends_with(" before)"), "{line:?}");
    }
    assert_eq!(lines[60..], ["60 reminders were due. The run was not recorded.", ""]);
}
