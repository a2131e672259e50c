//! The life of an application, step by step, through the public API.

mod files;
mod guard;
mod halves;
mod life;
mod pool;
mod procedures;
mod random;
mod replay;
mod rotations;
pub(crate) mod steps;
mod table;
mod told;
