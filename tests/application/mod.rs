//! The life of an application, step by step, through the public API.

mod files;
mod guard;
mod halves;
mod life;
mod pool;
mod random;
mod replay;
pub(crate) mod steps;
mod table;
mod told;
