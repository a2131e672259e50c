//! Hexadecimal, written and read in constant time: the home of `base16ct`.

/// Shows bytes with `{:x}` and `{:X}`, one by one: no copy of what may be a secret stays behind.
pub(crate) use base16ct::HexDisplay;
#[cfg(feature = "serde")]
pub(crate) use base16ct::lower::decode_vec as from_lower;
pub(crate) use base16ct::lower::encode_string as to_lower;
pub(crate) use base16ct::mixed::decode as decode_any_case;
