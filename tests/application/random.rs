//! Random sequences of steps.

use super::steps::application_steps;
use crate::support::Seeded;
use samlcert::Entropy;

/// Sequences of 50 steps; the first of the numbers is the same in each run.
fn random(sequences: u64) {
    for seed in 0..sequences {
        let mut data = [0; 1 + 4 * 50];
        Seeded::new(seed).fill(&mut data).unwrap();
        // Half of the sequences begin with an activation, as those that people know.
        if seed % 2 == 0 {
            data[1] = 0;
        }
        let result = std::panic::catch_unwind(|| application_steps(&data));
        assert!(result.is_ok(), "the sequence of seed {seed} breaks an invariant");
    }
}

#[test]
fn a_thousand_sequences_of_steps() {
    random(1_000);
}

#[test]
#[ignore = "takes a while"]
fn ten_thousand_sequences_of_steps() {
    random(10_000);
}
