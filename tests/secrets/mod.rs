//! Nothing of a secret comes out where none is asked for.

mod broken;
#[cfg(feature = "cli")]
mod program;
mod shown;
