//! No output has any part of a secret, unless it was asked for.

mod broken;
#[cfg(feature = "cli")]
mod program;
mod shown;
