//! Random bytes as a parameter: the caller gives the source, so that a test gets the same result every time.

use getrandom::SysRng;
use getrandom::rand_core::TryRng;

/// A source of random bytes, given by the caller wherever a result depends on randomness.
///
/// Programs pass [`SystemEntropy`]. A test may pass a fixed sequence, and gets the same result every time.
pub trait Entropy {
    /// Fills all of `out` with random bytes.
    ///
    /// # Errors
    /// [`EntropyError`] if the source cannot deliver; `out` is then not to be used.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// The source of random bytes could not deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the source of random bytes failed")]
pub struct EntropyError;

/// The operating system's random number generator.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        SysRng.try_fill_bytes(out).map_err(|_| EntropyError)
    }
}
