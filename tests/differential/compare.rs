//! How others read what is read here, or not.

use super::readers::{Given, NAMES};
use super::reading::{self, Reading};
use samlcert::PublicKey;
use std::collections::BTreeSet;

/// Who does otherwise, in which way, and at what.
pub(super) struct Difference {
    /// One of the others; or all of them, with the same result.
    pub(super) who: Who,
    pub(super) does: Does,
    pub(super) what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    All,
    One(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// It reads what is refused here; why is what this crate says.
    Reads,
    /// It refuses what is read here; why is what it says itself.
    Refuses,
    /// It reads another value.
    Differs,
}

/// The differences; `None` if nobody else reads what is read here.
pub(super) fn compare(given: &Given, others: &[Reading; 3]) -> Option<Vec<Difference>> {
    let own = match &given.own {
        Err(why) => return Some(who_reads(why, others)),
        Ok(own) => own,
    };
    let key = own.get("key").filter(|key| SIGNING.iter().any(|kind| key.starts_with(kind)));
    let refused =
        NAMES.iter().zip(others).filter_map(|(name, reading)| Some((*name, refusal(reading, key.is_some())?)));
    let refused: Vec<_> = refused.map(|(name, what)| one(name, Does::Refuses, what)).collect();
    if refused.len() == others.len() {
        return None;
    }
    let fields: BTreeSet<_> = others.iter().flatten().flatten().map(|(field, _)| field).chain(own.keys()).collect();
    let differing = fields.into_iter().flat_map(|field| differing(field, own, others));
    Some(refused.into_iter().chain(differing).collect())
}

/// Keys that must be read in a certificate for it to be read. What a key is restricted to by PSS parameters that are not
/// known here counts first when a signature is verified.
const SIGNING: [&str; 5] = ["rsa ", "ec-p256", "ec-p384", "ec-p521", "ed25519"];

const fn one(name: &'static str, does: Does, what: String) -> Difference {
    Difference { who: Who::One(name), does, what }
}

fn who_reads(why: &str, others: &[Reading; 3]) -> Vec<Difference> {
    let who: Vec<_> = NAMES.iter().zip(others).filter(|(_, reading)| refusal(reading, true).is_none()).collect();
    if who.len() == others.len() {
        return vec![Difference { who: Who::All, does: Does::Reads, what: why.to_owned() }];
    }
    who.into_iter().map(|(name, _)| one(name, Does::Reads, why.to_owned())).collect()
}

/// Why another does not read this, if it does not.
fn refusal(reading: &Reading, with_key: bool) -> Option<String> {
    match reading {
        Err(why) => Some(why.clone()),
        Ok(fields) if with_key => fields.get("no-key").map(|why| format!("key: {why}")),
        Ok(_) => None,
    }
}

fn differing(field: &str, own: &reading::Fields, others: &[Reading; 3]) -> Vec<Difference> {
    let told = NAMES.iter().zip(others).filter_map(|(name, reading)| Some((*name, reading.as_ref().ok()?.get(field))));
    // An extension may be there or not; of the other fields those are compared that another tells.
    let told: Vec<_> = told.filter(|(_, theirs)| field == "ski" || theirs.is_some()).collect();
    let own = own.get(field);
    let differs = |(name, theirs): &&(&str, Option<&String>)| field != "no-key" && !alike(name, field, own, *theirs);
    let differing: Vec<_> = told.iter().filter(differs).collect();
    if differing.len() == others.len() && differing.iter().all(|(_, theirs)| *theirs == differing[0].1) {
        return vec![Difference { who: Who::All, does: Does::Differs, what: how(field, own, differing[0].1) }];
    }
    differing.into_iter().map(|(name, theirs)| one(name, Does::Differs, how(field, own, *theirs))).collect()
}

fn alike(who: &str, field: &str, own: Option<&String>, theirs: Option<&String>) -> bool {
    match (own, theirs) {
        // It forgets which attributes stood in one set.
        (Some(own), Some(theirs)) if who == "go" && ["issuer", "subject"].contains(&field) => {
            own.replace('+', ",") == *theirs
        }
        (Some(own), Some(theirs)) if field == "spki" => own == theirs || is_same_key(own, theirs),
        _ => own == theirs,
    }
}

fn is_same_key(one: &str, two: &str) -> bool {
    let key = |hex: &str| PublicKey::from_spki_der(&reading::octets(hex)).ok();
    matches!((key(one), key(two)), (Some(one), Some(two)) if one.is_same_key(&two))
}

/// How two values of a field differ.
fn how(field: &str, own: Option<&String>, theirs: Option<&String>) -> String {
    match (field, own, theirs) {
        ("issuer" | "subject", Some(own), Some(theirs)) => how_names(own, theirs),
        ("key", Some(own), Some(theirs)) => {
            let kind = |key: &str| key.split(' ').next().unwrap_or_default().to_owned();
            format!("key: {}, {}", kind(own), kind(theirs))
        }
        (_, None, _) => format!("{field}: none, some"),
        (_, _, None) => format!("{field}: some, none"),
        _ => field.to_owned(),
    }
}

fn how_names(own: &str, theirs: &str) -> String {
    let attributes = |name: &str| name.split([',', '+']).map(str::to_owned).collect::<Vec<_>>();
    let (own, theirs) = (attributes(own), attributes(theirs));
    if own.len() != theirs.len() {
        return "name: the number of attributes".to_owned();
    }
    let pairs = own.iter().zip(&theirs).filter(|(own, theirs)| own != theirs);
    let kinds: BTreeSet<_> = pairs.map(|(own, theirs)| how_attributes(own, theirs)).collect();
    kinds.into_iter().collect::<Vec<_>>().join(" and ")
}

fn how_attributes(own: &str, theirs: &str) -> String {
    let (own_type, own) = own.split_once('=').expect("a type and a value");
    let (their_type, theirs) = theirs.split_once('=').expect("a type and a value");
    let shape = |value: &str| if value.starts_with('!') { "octets" } else { "text" };
    if own_type == their_type { format!("name: {}, {}", shape(own), shape(theirs)) } else { "name: type".to_owned() }
}
