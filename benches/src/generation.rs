//! What making an RSA-2048 key costs. The search for primes takes two or a hundred attempts, so the three take turns and
//! the medians of 200 keys each are compared, on one thread.

use aws_lc_rs::rsa::{KeyPair, KeySize};
use openssl::rsa::Rsa;
use samlcert::{KeyKind, PrivateKey, SystemEntropy};
use std::hint::black_box;
use std::time::Instant;

const KEYS: usize = 200;

/// The three that make a key, in the order of the columns.
const MAKERS: [(&str, fn()); 3] = [
    ("samlcert", || drop(black_box(PrivateKey::generate(KeyKind::Rsa2048, &mut SystemEntropy).unwrap()))),
    ("aws-lc", || drop(black_box(KeyPair::generate(KeySize::Rsa2048).unwrap()))),
    ("openssl", || drop(black_box(Rsa::generate(2048).unwrap()))),
];

pub fn run() {
    let mut times = MAKERS.map(|_| Vec::with_capacity(KEYS));
    for _ in 0..KEYS {
        for ((_, make), times) in MAKERS.iter().zip(&mut times) {
            let start = Instant::now();
            make();
            times.push(start.elapsed().as_micros());
        }
    }
    let medians = times.map(|mut times| {
        times.sort_unstable();
        (times[KEYS / 2 - 1] + times[KEYS / 2]) / 2
    });
    println!("| an RSA-2048 key, median of {KEYS} | microseconds | beside aws-lc |\n|---|---|---|");
    for ((name, _), median) in MAKERS.iter().zip(medians) {
        println!("| {name} | {median} | {:.2} |", median as f64 / medians[1] as f64);
    }
}
