//! What reading costs that is made to be slow to read: the families of the tests, at a quarter of the limit, a half and
//! all of it.

#[path = "../../tests/hostile/families/mod.rs"]
mod families;

use samlcert::limits::MAX_PASTE_BYTES;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 5;

/// The goals: how much longer four times the size may take, and how long the largest paste, in milliseconds.
const MOST_GROWTH: f64 = 6.0;
const MOST_MILLISECONDS: f64 = 200.0;
/// What is done so soon is not worth a comparison: noise would decide.
const NOISE_MILLISECONDS: f64 = 0.2;

pub(crate) fn run() {
    println!("| family | 256 KiB, ms | 512 KiB, ms | 1 MiB, ms | 1 MiB beside 256 KiB |\n|---|---|---|---|---|");
    let mut over = Vec::new();
    for family in families::families() {
        let [quarter, half, whole] = [4, 2, 1].map(|part| milliseconds(&family.paste(MAX_PASTE_BYTES / part)));
        let growth = whole / quarter;
        println!("| {} | {quarter:.2} | {half:.2} | {whole:.2} | {growth:.1} |", family.name);
        if whole > MOST_MILLISECONDS || growth > MOST_GROWTH && whole > NOISE_MILLISECONDS {
            over.push(family.name);
        }
    }
    println!("\nOver the goals: {}", if over.is_empty() { "none".to_owned() } else { over.join(", ") });
}

/// The median.
fn milliseconds(paste: &[u8]) -> f64 {
    let mut rounds = [0.0; ROUNDS].map(|_: f64| {
        let start = Instant::now();
        black_box(samlcert::normalize(black_box(paste)));
        start.elapsed().as_secs_f64() * 1e3
    });
    rounds.sort_unstable_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}
