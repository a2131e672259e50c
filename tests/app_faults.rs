//! A store survives a killed program, two programs at once, and a full disk.

use crate::app::{NOW, Place, pair as pair_of, sha256};
use crate::support::Seeded;
use rusqlite::Connection;
use samlcert::Entropy;
use samlcert::application::Record;
use samlcert::json as forms;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Every row of every table.
type Rows = Vec<String>;

/// The rows of a store, after checking that SQLite finds it sound, and that the events of each application result in its
/// record.
fn rows(store: &Path) -> Rows {
    let connection = Connection::open(store).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut rows = Vec::new();
    for table in ["applications", "keys", "events", "numbers"] {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query(()).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            rows.push(format!("{table}: {}", cells.collect::<Vec<_>>().join(", ")));
        }
    }
    check_replay(&connection);
    rows
}

fn check_replay(connection: &Connection) {
    let mut statement = connection.prepare("SELECT id, record FROM applications").unwrap();
    let applications = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    for (id, record) in applications.collect::<Result<Vec<(String, String)>, _>>().unwrap() {
        let mut statement =
            connection.prepare("SELECT event FROM events WHERE application = ?1 ORDER BY sequence").unwrap();
        let events = statement.query_map([&id], |row| row.get::<_, String>(0)).unwrap();
        let events: Vec<_> = events.map(|event| forms::read_event(event.unwrap().as_bytes()).unwrap()).collect();
        assert_eq!(Record::replay(&events).unwrap(), forms::read_record(record.as_bytes()).unwrap(), "{id}");
    }
}

/// The files of a store as they are on the disk, its log included.
fn copy_store(from: &Path, to: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let (from, to) = (with(from, ending), with(to, ending));
        let _ = fs::remove_file(&to);
        if Path::new(&from).exists() {
            fs::copy(from, to).unwrap();
        }
    }
}

fn with(path: &Path, ending: &str) -> String {
    format!("{}{ending}", path.display())
}

/// Numbers that are the same in every run of the tests.
struct Chance(Seeded);

impl Chance {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        let mut bytes = [0; 2];
        self.0.fill(&mut bytes).unwrap();
        f64::from(u16::from_le_bytes(bytes)) / f64::from(u16::MAX)
    }
}

fn spawn(place: &Place, line: &str) -> Child {
    place.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills a command at a moment of its run, unless it has ended before.
fn kill_within(place: &Place, line: &str, moment: Duration) {
    let mut child = spawn(place, line);
    std::thread::sleep(moment);
    let _ = child.kill();
    child.wait().unwrap();
}

/// The next command of endless rotations, depending on the state of the store.
fn next_command(place: &Place, number: usize) -> String {
    let status = place.status("portal");
    let signs = |pair: &usize| status["signs"] == sha256(&pair_of(*pair as u64));
    let pair = (number % 8..).find(|pair| !signs(pair)).unwrap() % 8;
    match (&status["waits"], &status["previous"]) {
        _ if status["activated"] == false => "app activate portal --certificate p0.pem --key p0.key".to_owned(),
        (Value::Null, Value::Null) => format!("app upload portal --certificate p{pair}.pem --key p{pair}.key"),
        (Value::Null, _) if number.is_multiple_of(3) => format!("app set portal --skew {number}"),
        (Value::Null, _) => "app retire portal".to_owned(),
        (waits, _) if waits["stage"] == "published" => "app discard portal".to_owned(),
        _ => "app save portal".to_owned(),
    }
}

#[test]
fn killed_at_any_moment_a_step_is_taken_or_not() {
    let place = Place::new("killed");
    (0..8).for_each(|number| drop(place.pair(&format!("p{number}"), number)));
    place.all(&["app new portal"]);
    let (store, copy) = (place.0.join("samlcert.db"), place.0.join("copy.db"));
    let mut chance = Chance(Seeded::new(1));
    let (mut taken, mut not_taken) = (0, 0);
    for number in 0..200 {
        let command = next_command(&place, number);
        let before = rows(&store);
        // The result of the whole command on a copy, and how long it takes.
        copy_store(&store, &copy);
        let begin = Instant::now();
        let whole = place.run(&format!("{command} --store copy.db"));
        let duration = begin.elapsed();
        let after = rows(&copy);
        kill_within(&place, &command, duration.mul_f64(chance.next() * 1.1));
        // The program opens the store, whatever files are beside it.
        place.run("app list").good();
        let now = rows(&store);
        match now {
            now if now == after => taken += 1,
            now => {
                assert_eq!(now, before, "{command}: {}{}", whole.out, whole.err);
                not_taken += 1;
            }
        }
    }
    assert!(taken > 0 && not_taken > 0, "{taken} taken, {not_taken} not: no moment in between was met");
}

#[test]
fn killed_while_a_store_is_made() {
    let mut chance = Chance(Seeded::new(2));
    for number in 0..30 {
        let place = Place::new(&format!("killed-new-{number}"));
        kill_within(&place, "app new portal", Duration::from_secs_f64(chance.next() * 0.03));
        let again = place.run("app new portal");
        assert!(matches!(again.status, Some(0 | 1)), "{}", again.err);
        assert_eq!(place.status("portal")["revision"], 1);
        rows(&place.0.join("samlcert.db"));
    }
}

/// The status and the code of the error, if there is one.
fn finish(child: Child) -> (i32, String) {
    let output = child.wait_with_output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code().unwrap(), told["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn at_once(place: &Place, lines: &[String]) -> Vec<(i32, String)> {
    let children: Vec<_> = lines
        .iter()
        .map(|line| place.command(&format!("{line} --json")).stdout(Stdio::piped()).spawn().unwrap())
        .collect();
    children.into_iter().map(finish).collect()
}

#[test]
fn of_two_at_once_one_wins_and_the_other_is_told() {
    let place = Place::new("two");
    (0..4).for_each(|number| drop(place.pair(&format!("p{number}"), number)));
    place.all(&["app new portal", "app activate portal --certificate p0.pem --key p0.key"]);
    let store = place.0.join("samlcert.db");
    for round in 0..12 {
        let pair = 1 + round % 3;
        place.all(&[&format!("app upload portal --certificate p{pair}.pem --key p{pair}.key")]);
        let before = place.status("portal")["revision"].as_i64().unwrap();
        let mut ends = at_once(&place, &["app save portal".to_owned(), "app save portal".to_owned()]);
        ends.sort();
        assert_eq!(ends[0], (0, String::new()), "{round}");
        assert_eq!(ends[1].0, 1, "{round}");
        assert!(["nothing-to-save", "changed-meanwhile"].contains(&ends[1].1.as_str()), "{ends:?}");
        assert_eq!(place.status("portal")["revision"], before + 1);
        // Any of them could win alone: each that reports no error is in the log.
        let ends = at_once(&place, &[1, 2, 3, 4].map(|skew| format!("app set portal --skew {}", round * 10 + skew)));
        let won = ends.iter().filter(|(status, _)| *status == 0).count();
        assert!(won > 0 && ends.iter().all(|(status, code)| *status == 0 || code == "changed-meanwhile"), "{ends:?}");
        assert_eq!(place.status("portal")["revision"], before + 1 + i64::try_from(won).unwrap());
        rows(&store);
    }
}

#[test]
fn many_make_the_store_at_once() {
    for round in 0..5 {
        let place = Place::new(&format!("many-{round}"));
        let lines: Vec<_> =
            (0..8).map(|number| format!("app new app-{number}")).chain(["app new app-0".to_owned()]).collect();
        let ends = at_once(&place, &lines);
        assert_eq!(ends.iter().filter(|(status, _)| *status == 0).count(), 8, "{ends:?}");
        assert_eq!(ends.iter().filter(|(_, code)| code == "application-exists").count(), 1, "{ends:?}");
        let list = place.json("app list").good().json();
        let ids: BTreeSet<_> =
            list["applications"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 8);
        rows(&place.0.join("samlcert.db"));
    }
}

/// Runs at the same time print each reminder once.
#[test]
fn two_runs_of_reminders_give_each_once() {
    let place = Place::new("two-runs");
    for number in 0..20 {
        place.pair(&format!("p{number}"), number);
        place.all(&[
            &format!("app new app-{number:02}"),
            &format!("app activate app-{number:02} --certificate p{number}.pem --key p{number}.key"),
        ]);
    }
    let now = NOW + 340 * 86_400;
    let run = || place.command(&format!("remind --json --now {now}")).stdout(Stdio::piped()).spawn().unwrap();
    let runs = [run(), run(), run()];
    let given = runs.into_iter().flat_map(|run| {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success());
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        told["reminders"].as_array().unwrap().clone()
    });
    let ids: Vec<_> = given.map(|reminder| reminder["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 20);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 20);
}

/// Runs a command that can write files of only so many blocks of 512 bytes. If `ignored`, a write beyond that is an error;
/// otherwise it kills the process.
fn limited(place: &Place, line: &str, blocks: usize, ignored: bool) -> Option<i32> {
    let trap = if ignored { "trap '' XFSZ; " } else { "" };
    let program = env!("CARGO_BIN_EXE_samlcert");
    let script = format!("{trap}ulimit -c 0; ulimit -f {blocks}; exec {program} {line} --now {NOW}");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).current_dir(&place.0).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap().code()
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let place = Place::new("full");
    (0..8).for_each(|number| drop(place.pair(&format!("p{number}"), number)));
    place.all(&["app new portal", "app activate portal --certificate p0.pem --key p0.key"]);
    let store = place.0.join("samlcert.db");
    let (mut failed, mut taken) = (0, 0);
    for (number, blocks) in (0..200).step_by(4).enumerate() {
        let command = next_command(&place, number);
        let before = rows(&store);
        let status = limited(&place, &command, blocks, !number.is_multiple_of(3));
        let now = rows(&store);
        match status {
            Some(0) => {
                assert_ne!(now, before, "{blocks}: {command}");
                taken += 1;
            }
            Some(2) => {
                assert_eq!(now, before, "{blocks}: {command}");
                failed += 1;
            }
            // The signal may come after everything is written, while the log is emptied.
            other => assert_eq!(other, None, "{blocks}: {command}"),
        }
        place.run("app list").good();
    }
    assert!(failed > 0 && taken > 0, "{failed} failed, {taken} taken");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_part_of_a_file() {
    let place = Place::new("full-files");
    let one = place.pair("one", 1);
    place.all(&["app new portal", "app activate portal --certificate one.pem --key one.key"]);
    fs::create_dir(place.0.join("mails")).unwrap();
    let before = rows(&place.0.join("samlcert.db"));
    let lines = [
        "app download portal",
        "app export portal --out all.json --secret-keys",
        "remind --eml mails --ics all.ics --now 1827014400",
    ];
    for line in lines {
        assert_eq!(limited(&place, line, 0, true), Some(2), "{line}");
        assert_eq!(rows(&place.0.join("samlcert.db")), before, "{line}");
    }
    let names = |folder: &str| -> Vec<_> {
        let files =
            fs::read_dir(place.0.join(folder)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| !name.starts_with("samlcert.db")).collect::<BTreeSet<_>>().into_iter().collect()
    };
    assert_eq!(names("."), ["mails", "one.key", "one.pem"]);
    assert_eq!(names("mails"), Vec::<String>::new());
    // Once there is room again, everything is written.
    place.all(&lines);
    assert_eq!(names("mails"), [format!("portal-{}-7d.eml", &sha256(&one)[..16])]);
    assert_eq!(
        place.json("remind --now 1827014400").good().json(),
        json!({"reminders": [], "last_run": 1_827_014_400})
    );
}
