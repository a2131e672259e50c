#![no_main]

#[path = "../../tests/record_invariants.rs"]
mod record_invariants;

libfuzzer_sys::fuzz_target!(|data: &[u8]| record_invariants::records(data));
