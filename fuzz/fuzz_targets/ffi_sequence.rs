#![no_main]

#[path = "../../tests/ffi_sequence/mod.rs"]
mod ffi_sequence;

libfuzzer_sys::fuzz_target!(|data: &[u8]| ffi_sequence::ffi_sequence(data));
