#![no_main]

#[path = "../../tests/application/pool.rs"]
#[allow(dead_code)]
mod pool;
#[path = "../../tests/application/steps.rs"]
mod steps;

libfuzzer_sys::fuzz_target!(|data: &[u8]| steps::application_steps(data));
