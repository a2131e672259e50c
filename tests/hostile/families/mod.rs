//! Pastes that are made to be slow to read or to need much memory: families of any size. The tests count the work and
//! the memory that they take, the benches the time.

mod nested;
mod repeated;
pub(crate) mod values;

/// A family of pastes.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    make: Make,
}

enum Make {
    /// The same bytes again and again.
    Repeat(&'static [u8]),
    /// What a function makes of about this size.
    Text(fn(usize) -> Vec<u8>),
    /// Blocks of PEM, each a value as large as is read.
    Values(fn(usize) -> Vec<u8>),
}

impl Family {
    /// The paste of this size: never larger, and hardly smaller.
    pub(crate) fn paste(&self, size: usize) -> Vec<u8> {
        let mut paste = match self.make {
            Make::Repeat(unit) => unit.iter().copied().cycle().take(size).collect(),
            Make::Text(make) => make(size),
            Make::Values(make) => values::blocks(make, size),
        };
        paste.truncate(size);
        paste
    }
}

/// Every family.
pub(crate) fn families() -> Vec<Family> {
    let repeated = repeated::UNITS.iter().map(|(name, unit)| Family { name, make: Make::Repeat(unit) });
    let nested = nested::TEXTS.iter().map(|(name, make)| Family { name, make: Make::Text(*make) });
    let values = values::VALUES.iter().map(|(name, make)| Family { name, make: Make::Values(*make) });
    repeated.chain(nested).chain(values).collect()
}
