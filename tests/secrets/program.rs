//! The same keys, given to the program.

use super::broken::{Broken, broken};
use super::shown::Pieces;
use crate::app::Place;
use crate::support::{data, path};

/// As many as one paste may have, and a few less.
const AT_ONCE: usize = 80;

fn check(pieces: &Pieces, name: &str, command: &str, ran: &crate::app::Ran) {
    let shown = format!("{}{}", ran.out, ran.err);
    assert!(!pieces.is_in(shown.as_bytes()), "{name}: {command}: {shown}");
}

/// Several keys in one paste: where one is refused, the text around it is shown.
#[test]
fn inspect_and_normalize_show_nothing_of_broken_keys() {
    let place = Place::new("broken-keys");
    let keys: Vec<_> = broken().into_iter().filter(|key| key.is_refused).collect();
    let (mut total, mut refused) = (0, 0);
    for keys in keys.chunks(AT_ONCE) {
        let paste: String = keys.iter().map(Broken::pem).collect();
        std::fs::write(place.0.join("paste"), paste.as_bytes()).unwrap();
        let pieces = keys.iter().map(Broken::pieces).reduce(Pieces::and).unwrap();
        for command in ["inspect paste", "inspect --json paste", "normalize paste", "normalize --json paste"] {
            let ran = place.run(command);
            check(&pieces, "several", command, &ran);
            if command == "inspect --json paste" {
                refused += ran.json()["refused"].as_array().unwrap().len();
            }
        }
        total += keys.len();
    }
    // The same refusal for neighbours is told once where it has no place.
    assert!(refused > total / 2, "{refused} of {total}");
}

#[test]
fn check_and_upload_show_nothing_of_broken_keys() {
    let place = Place::new("broken-uploads");
    for (name, file) in [("one.pem", "certificates/p256.pem"), ("one.key", "keys/p256.pem")] {
        std::fs::write(place.0.join(name), data(file)).unwrap();
    }
    place.all(&["app new portal --policy on-save", "app activate portal --certificate one.pem --key one.key"]);
    for key in broken() {
        let pieces = key.pieces();
        std::fs::write(place.0.join("key"), key.pem()).unwrap();
        let certificate = path(&key.certificate);
        let certificate = certificate.to_str().unwrap();
        for command in [
            format!("check {certificate} key"),
            format!("app upload portal --certificate {certificate} --key key --json"),
        ] {
            let ran = place.run(&command);
            check(&pieces, &key.name, &command, &ran);
            assert!(matches!(ran.status, Some(1 | 2)), "{} {command}: {}{}", key.name, ran.out, ran.err);
        }
    }
}
