//! Names of files, messages and calendar entries that are always the same: no clock, host name or randomness goes into
//! them, so that what is written again replaces what was written before.

use samlcert::{Fingerprint, FingerprintTarget, HashAlgorithm};

/// So many characters of an application's ID stand in a name; file systems take 255 bytes for the whole of it.
const LONGEST_ID: usize = 100;

/// The part of a file name that stands for an application: unique, even where case does not count, and none that leads to
/// another folder, hides the file or looks like an option.
///
/// An ID of lower-case letters, digits, `-`, `_` and `.` stays as it is; in any other one, the remaining characters are
/// replaced, and a digest follows `~`.
pub(crate) fn file_part(id: &str) -> String {
    if is_plain(id) {
        return id.to_owned();
    }
    let shown: String = id.chars().take(LONGEST_ID).map(|c| if is_safe(c) { c } else { '_' }).collect();
    format!("{}~{}", shown.trim_start_matches(['.', '-']), short_digest(&[id]))
}

fn is_plain(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| is_safe(c) && !c.is_ascii_uppercase())
}

const fn is_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// A globally unique identifier made of these parts, for a Message-ID (RFC 5322, section 3.6.4) or a UID (RFC 5545,
/// section 3.8.4.7). No host has a name in `.invalid` (RFC 2606,
/// section 2).
pub(crate) fn identifier(parts: &[&str]) -> String {
    format!("{}@samlcert.invalid", short_digest(parts))
}

/// 128 bits of a digest, in 32 hexadecimal digits.
pub(crate) fn short_digest(parts: &[&str]) -> String {
    // The lengths keep different parts from giving the same bytes.
    let bytes: Vec<u8> = parts.iter().flat_map(|part| format!("{}:{part}", part.len()).into_bytes()).collect();
    let digest = Fingerprint::of(HashAlgorithm::Sha256, FingerprintTarget::Certificate, &bytes).to_hex();
    digest.chars().take(32).collect()
}

/// "60d", "24h", "90s": in the largest unit that gives a whole number, but one day is "24h".
pub(crate) fn short_duration(seconds: u32) -> String {
    let units = [(172_800, 86_400, "d"), (3_600, 3_600, "h"), (60, 60, "m")];
    let whole = |&(least, unit, _): &(u32, u32, &str)| seconds >= least && seconds.is_multiple_of(unit);
    match units.into_iter().find(whole) {
        Some((_, unit, name)) => format!("{}{name}", seconds.div_euclid(unit)),
        None => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const IDS: [&str; 22] = [
        "portal",
        "login.example.org",
        "a-b_c.9",
        "Portal",
        "PORTAL",
        "",
        ".",
        "..",
        "../../etc/passwd",
        "..\\..\\windows",
        ".hidden",
        "-rf",
        "a/b",
        "a_b",
        "a:b",
        "a b",
        "a\0b",
        "a\r\nb",
        "Zürich",
        "Zurich",
        "anwendung-💥",
        "portal~0123",
    ];

    #[test]
    fn a_plain_id_stands_as_it_is() {
        for id in ["portal", "login.example.org", "a-b_c.9", "7", &"x".repeat(100)] {
            assert_eq!(file_part(id), id);
        }
    }

    #[test]
    fn any_id_gives_a_safe_part_of_its_own() {
        let long: Vec<String> = (100..400).map(|length| "é/x".repeat(length)).collect();
        let mut seen = BTreeSet::new();
        for id in IDS.into_iter().chain(long.iter().map(String::as_str)) {
            let part = file_part(id);
            assert!(part.chars().all(|c| is_safe(c) || c == '~'), "{id:?}: {part}");
            assert!(!part.is_empty() && part.len() <= 133 && !part.starts_with(['.', '-']), "{id:?}: {part}");
            assert!(seen.insert(part.to_lowercase()), "{id:?}: {part} is the name of another one");
        }
    }

    #[test]
    fn digests_are_of_the_parts_one_by_one() {
        assert_ne!(short_digest(&["ab", "c"]), short_digest(&["a", "bc"]));
        assert_ne!(short_digest(&["1:a"]), short_digest(&["", "a"]));
        assert_ne!(short_digest(&["a"]), short_digest(&["a", ""]));
        assert_eq!(short_digest(&["a", "b"]), short_digest(&["a", "b"]));
        // printf 6:portal | sha256sum
        assert_eq!(identifier(&["portal"]), "aee8314fa9fb74816dab1b3d54cd4ef2@samlcert.invalid");
    }

    #[test]
    fn durations_of_different_lengths_have_different_names() {
        let table = [
            (5_184_000, "60d"),
            (172_800, "2d"),
            (86_400, "24h"),
            (90_000, "25h"),
            (3_600, "1h"),
            (5_400, "90m"),
            (61, "61s"),
            (0, "0s"),
            (u32::MAX, "4294967295s"),
        ];
        for (seconds, name) in table {
            assert_eq!(short_duration(seconds), name);
        }
        let names: BTreeSet<_> = (0..400_000).map(short_duration).collect();
        assert_eq!(names.len(), 400_000);
    }
}
