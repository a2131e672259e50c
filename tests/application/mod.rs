//! The life of an application, step by step, through the public API.

mod guard;
mod halves;
mod life;
mod pool;
mod random;
pub(crate) mod steps;
mod table;
