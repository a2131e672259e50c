//! The table of differences that remain, each with its rule.

use super::compare::{Difference, Does, Who};
use super::readers::NAMES;
use crate::support::{self, hex};
use std::collections::{BTreeMap, BTreeSet};

/// A row: who, what they do, at what, by which rule. The third field has one text or several, between bars; a difference
/// is in the row that has the longest text found in what is said of it.
struct Row {
    /// None stands for all of the others together.
    who: BTreeSet<String>,
    does: String,
    texts: Vec<String>,
    /// Who was met at each text.
    met: Vec<BTreeSet<String>>,
}

pub(super) struct Rows {
    rows: Vec<Row>,
    /// What no row has, how often, and the shortest DER.
    without: BTreeMap<String, (usize, String)>,
}

impl Rows {
    pub(super) fn read() -> Self {
        let rows = support::table("differential/differences.tsv").into_iter().map(Row::new).collect();
        Self { rows, without: BTreeMap::new() }
    }

    pub(super) fn meet(&mut self, difference: Difference, der: &[u8]) {
        let who = match difference.who {
            Who::All => "all",
            Who::One(name) => name,
        };
        let does = match difference.does {
            Does::Reads => "reads",
            Does::Refuses => "refuses",
            Does::Differs => "differs",
        };
        let what = difference.what;
        let rows = self.rows.iter_mut().filter(|row| row.does == does && row.who.contains(who));
        let places = rows.flat_map(|row| row.texts.iter().zip(&mut row.met));
        match places.filter(|(text, _)| what.contains(*text)).max_by_key(|(text, _)| text.len()) {
            Some((_, met)) => drop(met.insert(who.to_owned())),
            None => self.miss(format!("{who}\t{does}\t{what}"), der),
        }
    }

    fn miss(&mut self, class: String, der: &[u8]) {
        let (count, shortest) = self.without.entry(class).or_insert_with(|| (0, hex(der)));
        *count += 1;
        if der.len() * 2 < shortest.len() {
            *shortest = hex(der);
        }
    }

    /// Differences without a row, and rows without a difference.
    pub(super) fn wrong(&self) -> Vec<String> {
        let missing = self.without.iter().map(|(class, (count, der))| format!("no row: {class}\t{count}\t{der}"));
        missing.chain(self.rows.iter().flat_map(Row::not_met)).collect()
    }
}

impl Row {
    fn new(row: Vec<String>) -> Self {
        let [who, does, texts, rule] = row.try_into().unwrap_or_else(|row| panic!("four fields: {row:?}"));
        assert!(["reads", "refuses", "differs"].contains(&does.as_str()), "{does}");
        assert!(rule.len() > 20, "{who} {does} {texts}: the rule is missing");
        let texts: Vec<_> = texts.split(" | ").map(str::to_owned).collect();
        let who: BTreeSet<_> = who.split(' ').map(str::to_owned).collect();
        assert!(who.iter().all(|who| who == "all" || NAMES.contains(&who.as_str())), "{who:?}");
        Self { who, does, met: vec![BTreeSet::new(); texts.len()], texts }
    }

    fn not_met(&self) -> Vec<String> {
        let unmet = self.texts.iter().zip(&self.met).filter(|(_, met)| met.is_empty());
        let mut wrong: Vec<_> = unmet.map(|(text, _)| format!("never met: {} {text}", self.does)).collect();
        let all: BTreeSet<_> = self.met.iter().flatten().cloned().collect();
        if all != self.who {
            wrong.push(format!("{:?}, not {:?}: {} {}", all, self.who, self.does, self.texts.join(" | ")));
        }
        wrong
    }
}
