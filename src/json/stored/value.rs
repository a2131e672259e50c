//! Reads single values of stored JSON; each error names the path of the field.

use super::tree::Tree;
use crate::application::RecordError;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::hex;
use crate::limits::MAX_DER_BYTES;
use crate::time::UnixTime;
use core::fmt;

/// Where a value stands: `former[3].certificate`.
#[derive(Clone, Copy)]
pub(super) enum Path<'v> {
    Top,
    Field(&'v Self, &'v str),
    Item(&'v Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("json"),
            Self::Field(Self::Top, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

impl Path<'_> {
    fn fault(&self, what: impl fmt::Display) -> RecordError {
        RecordError::Malformed { field: self.to_string(), what: what.to_string() }
    }
}

/// A value and where it stands, so that every error can name the place.
#[derive(Clone, Copy)]
pub(super) struct Value<'v> {
    tree: &'v Tree<'v>,
    path: Path<'v>,
}

impl<'v> Value<'v> {
    pub(super) const fn top(tree: &'v Tree<'v>) -> Self {
        Self { tree, path: Path::Top }
    }

    pub(super) fn fault(&self, what: impl fmt::Display) -> RecordError {
        self.path.fault(what)
    }

    /// Reads an object, and refuses fields that were not read.
    pub(super) fn fields<T>(
        self,
        read: impl FnOnce(&mut Fields<'_>) -> Result<T, RecordError>,
    ) -> Result<T, RecordError> {
        let Tree::Object(all) = self.tree else { return Err(self.fault("is not an object")) };
        let mut fields = Fields { all, path: self.path, read: Vec::new() };
        let value = read(&mut fields)?;
        fields.end()?;
        Ok(value)
    }

    pub(super) fn list<T>(
        self,
        limit: usize,
        read: impl Fn(Value<'_>) -> Result<T, RecordError>,
    ) -> Result<Vec<T>, RecordError> {
        let Tree::List(items) = self.tree else { return Err(self.fault("is not a list")) };
        if items.len() > limit {
            return Err(self.fault(format_args!("is longer than {limit}")));
        }
        let item = |(index, tree)| read(Value { tree, path: Path::Item(&self.path, index) });
        items.iter().enumerate().map(item).collect()
    }

    /// Reads null as `None`.
    pub(super) fn or_null<T>(
        self,
        read: impl FnOnce(Self) -> Result<T, RecordError>,
    ) -> Result<Option<T>, RecordError> {
        if matches!(self.tree, Tree::Null) { Ok(None) } else { read(self).map(Some) }
    }

    pub(super) fn text(self) -> Result<&'v str, RecordError> {
        let Tree::Text(text) = self.tree else { return Err(self.fault("is not a string")) };
        Ok(text)
    }

    /// Reads a text that the type accepts.
    pub(super) fn parse<T, E: fmt::Display>(self, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T, RecordError> {
        parse(self.text()?).map_err(|error| self.fault(error))
    }

    /// Reads one of the names of an enumeration.
    pub(super) fn one_of<T: Copy>(self, all: &[T], name: fn(T) -> &'static str) -> Result<T, RecordError> {
        let text = self.text()?;
        let found = all.iter().copied().find(|one| name(*one) == text);
        let names = || all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| self.fault(format_args!("is none of {}", names())))
    }

    pub(super) fn fingerprint(
        self,
        algorithm: HashAlgorithm,
        target: FingerprintTarget,
    ) -> Result<Fingerprint, RecordError> {
        let digest = self.bytes(algorithm.digest_len())?;
        if digest.len() != algorithm.digest_len() {
            return Err(self.fault(format_args!("is too short for a digest of {algorithm}")));
        }
        Ok(Fingerprint::from_digest(algorithm, target, &digest))
    }

    /// Reads lower-case hexadecimal of at most `limit` bytes.
    fn bytes(self, limit: usize) -> Result<Vec<u8>, RecordError> {
        let digits = self.text()?;
        if digits.len().div_ceil(2) > limit {
            return Err(self.fault(format_args!("is longer than {limit} bytes")));
        }
        hex::from_lower(digits).map_err(|_| self.fault("is not lower-case hexadecimal"))
    }
}

pub(super) fn natural<T: TryFrom<u64>>(value: Value<'_>) -> Result<T, RecordError> {
    let number = if let Tree::Natural(number) = value.tree { T::try_from(*number).ok() } else { None };
    number.ok_or_else(|| value.fault("is not a whole number, or outside the range that it may have"))
}

pub(super) fn time(value: Value<'_>) -> Result<UnixTime, RecordError> {
    let seconds = match value.tree {
        Tree::Natural(number) => i64::try_from(*number).ok(),
        Tree::Negative(number) => Some(*number),
        _ => None,
    };
    seconds.map(UnixTime).ok_or_else(|| value.fault("is not a whole number of seconds"))
}

pub(super) fn der(value: Value<'_>) -> Result<Vec<u8>, RecordError> {
    value.bytes(MAX_DER_BYTES)
}

/// The fields of an object, each of which must be read exactly once.
pub(super) struct Fields<'v> {
    all: &'v [(std::borrow::Cow<'v, str>, Tree<'v>)],
    path: Path<'v>,
    read: Vec<&'static str>,
}

impl Fields<'_> {
    pub(super) fn fault(&self, name: &str, what: impl fmt::Display) -> RecordError {
        Path::Field(&self.path, name).fault(what)
    }

    /// Reads a field, which must stand here once.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'_>) -> Result<T, RecordError>,
    ) -> Result<T, RecordError> {
        self.read.push(name);
        let mut found = self.all.iter().filter(|(field, _)| field == name).map(|(_, tree)| tree);
        let path = Path::Field(&self.path, name);
        match (found.next(), found.next()) {
            (Some(tree), None) => read(Value { tree, path }),
            (None, _) => Err(path.fault("is missing")),
            (Some(_), Some(_)) => Err(path.fault("appears twice")),
        }
    }

    /// Refuses a version that is not the known one before anything else is looked at.
    pub(super) fn version(&mut self, known: u64) -> Result<(), RecordError> {
        let first = self.all.iter().find(|(field, _)| field == "version");
        match first {
            Some((_, Tree::Natural(found))) if *found != known => {
                Err(RecordError::UnknownVersion { found: *found, known })
            }
            _ => self.read("version", |value| natural::<u64>(value).map(drop)),
        }
    }

    fn end(&self) -> Result<(), RecordError> {
        let unknown = self.all.iter().find(|(name, _)| !self.read.iter().any(|read| read == name));
        match unknown {
            Some((name, _)) if is_name(name) => Err(self.fault(name, "is not known here")),
            // Such a name may be anything, even a secret.
            Some(_) => Err(self.path.fault("has a field that is not known here")),
            None => Ok(()),
        }
    }
}

/// Returns true if a text looks like the name of a field.
fn is_name(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
