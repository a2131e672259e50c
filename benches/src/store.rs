//! Reminders from a store of 1,000,000 applications, 1,000 of which are due: the program as people run it, beside the
//! cost of writing as many rows of the same store.

use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ALL: u32 = 1_000_000;
const DUE: u32 = 1_000;
/// Runs over copies of the same store; the median counts.
const ROUNDS: usize = 5;

/// The certificates of all begin on this day.
const BEGIN: i64 = 1_796_083_200;
const DAY: i64 = 86_400;
/// Those of one year are due for the first time 60 days before their end, the others not for years.
const NOW: i64 = BEGIN + (365 - 60) * DAY;

pub(crate) fn run() {
    let folder = std::env::temp_dir().join(format!("samlcert-benches-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    println!(
        "| applications | due | remind, ms | writing as many rows, ms | difference, ms | largest memory, KiB | size of the store, MiB |"
    );
    println!("|---|---|---|---|---|---|---|");
    for all in [DUE, ALL] {
        measure(&folder, all);
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn measure(folder: &Path, all: u32) {
    let store = folder.join(format!("{all}.db"));
    fill(&store, all);
    let (mut reminding, mut writing, mut memory) = (Vec::new(), Vec::new(), 0);
    for round in 0..ROUNDS {
        let now = NOW + i64::try_from(round).unwrap();
        writing.push(write_rows(&store));
        let (time, most) = remind(&store, now);
        reminding.push(time);
        memory = memory.max(most);
        make_due_again(&store);
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[ROUNDS / 2].as_secs_f64() * 1e3
    };
    let (reminding, writing) = (median(reminding), median(writing));
    let size = fs::metadata(&store).unwrap().len() >> 20;
    println!("| {all} | {DUE} | {reminding:.1} | {writing:.1} | {:.1} | {memory} | {size} |", reminding - writing);
    fs::remove_file(store).unwrap();
}

/// Two applications made by the program, and copies of them.
fn fill(store: &Path, all: u32) {
    let app = |arguments: &str| {
        let status = command(store, arguments, BEGIN).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{arguments}");
    };
    for (id, days) in [("due", 365), ("later", 3_650)] {
        app(&format!("app new {id}"));
        app(&format!("app activate {id} --kind ed25519 --days {days}"));
    }
    let connection = Connection::open(store).unwrap();
    copy(&connection, "due", 2, DUE);
    copy(&connection, "later", DUE + 1, all);
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for table in ["keys WHERE application", "events WHERE application", "applications WHERE id"] {
        connection.execute(&format!("DELETE FROM {table} = 'later'"), ()).unwrap();
    }
    assert_eq!(count(&connection, "1"), i64::from(all));
    assert_eq!(count(&connection, &format!("wake_at <= {NOW}")), i64::from(DUE));
}

fn copy(connection: &Connection, id: &str, first: u32, last: u32) {
    let sql = format!(
        "BEGIN;
         CREATE TEMP TABLE names AS WITH RECURSIVE numbers (n) AS (VALUES ({first}) UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
             SELECT printf('app-%07d', n * 7919 % 10000019) AS name FROM numbers WHERE n <= {last};
         INSERT INTO applications (id, revision, wake_at, record)
             SELECT name, revision, wake_at, replace(record, '\"id\":\"{id}\"', '\"id\":\"' || name || '\"')
             FROM names, applications WHERE id = '{id}' ORDER BY name;
         INSERT INTO keys (application, spki_sha256, encrypted, pkcs8)
             SELECT name, spki_sha256, encrypted, pkcs8 FROM names, keys WHERE application = '{id}' ORDER BY name;
         DROP TABLE names;
         COMMIT;"
    );
    connection.execute_batch(&sql).unwrap();
}

fn count(connection: &Connection, condition: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM applications WHERE {condition}"), (), |row| row.get(0)).unwrap()
}

/// As the program opens a store, writes the rows of those that are due in one transaction, and closes it.
fn write_rows(store: &Path) -> Duration {
    let begin = Instant::now();
    let connection = Connection::open(store).unwrap();
    connection.execute_batch("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; BEGIN IMMEDIATE").unwrap();
    let rows = connection.execute("UPDATE applications SET wake_at = wake_at - 1 WHERE wake_at <= ?1", [NOW]).unwrap();
    connection.execute_batch("COMMIT").unwrap();
    drop(connection);
    assert_eq!(rows, usize::try_from(DUE).unwrap());
    begin.elapsed()
}

fn remind(store: &Path, now: i64) -> (Duration, u64) {
    let begin = Instant::now();
    let mut child = command(store, "remind --json", now).stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    let status = loop {
        most = most.max(memory(child.id()));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    assert!(status.success());
    (begin.elapsed(), most)
}

/// The most memory that a process has had so far, in KiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// Nobody was reminded of anything.
fn make_due_again(store: &Path) {
    let connection = Connection::open(store).unwrap();
    let reminded = connection.query_row("SELECT value FROM numbers", (), |row| row.get::<_, i64>(0)).unwrap();
    assert!(reminded >= NOW);
    let later = format!("wake_at > {NOW} AND wake_at < {}", BEGIN + 366 * DAY);
    let sql = format!("UPDATE applications SET wake_at = {NOW} WHERE {later}; DELETE FROM numbers");
    connection.execute_batch(&sql).unwrap();
    assert_eq!(count(&connection, &format!("wake_at <= {NOW}")), i64::from(DUE));
}

fn command(store: &Path, arguments: &str, now: i64) -> Command {
    let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/release/samlcert");
    assert!(program.exists(), "build the program first: cargo build --release --features cli");
    let mut command = Command::new(program);
    command.args(arguments.split(' ')).arg("--store").arg(store).args(["--now", &now.to_string()]);
    command
}
