//! Stored forms: each is declared once, and is both written and read by that declaration.

use super::STORED_VERSION;
use super::value::{Fields, Value, natural, time};
use crate::application::RecordError;
use crate::application::text::StoredText;
use crate::digest::HashAlgorithm;
use crate::fingerprint::{Fingerprint, FingerprintTarget};
use crate::json::Digest;
use crate::time::UnixTime;
use core::fmt::Display;
use core::num::NonZero;
use serde::ser::{Error, Serialize, SerializeMap, Serializer};

/// How a value of type `T` is stored.
pub(super) trait Form<T>: Sized {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError>;
    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it as a part of an object.
    fn read_part(&self, name: &'static str, fields: &mut Fields<'_>) -> Result<T, RecordError> {
        fields.read(name, |value| self.read(value))
    }

    /// Writes it as a part of an object.
    fn write_part<M: SerializeMap>(&self, name: &'static str, value: &T, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, &Written(self, value))
    }
}

/// A value that is stored as an object.
pub(super) trait Stored: Sized {
    fn read(fields: &mut Fields<'_>) -> Result<Self, RecordError>;
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Declares the parts of an object, in the order in which they are written: `field: form`, or `field = "name": form` where
/// the names differ.
macro_rules! object {
    ($type:ty { $($field:ident $(= $name:literal)?: $form:expr),+ $(,)? }) => {
        impl $crate::json::stored::form::Stored for $type {
            fn read(
                fields: &mut $crate::json::stored::value::Fields<'_>,
            ) -> Result<Self, $crate::application::RecordError> {
                use $crate::json::stored::form::{Form as _, name};
                Ok(Self { $($field: $form.read_part(name!($field $($name)?), fields)?),+ })
            }

            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                use $crate::json::stored::form::{Form as _, name};
                $($form.write_part(name!($field $($name)?), &self.$field, map)?;)+
                Ok(())
            }
        }
    };
}

/// Declares an enumeration that is stored as an object with a field `kind`, which comes first.
macro_rules! kinds {
    ($type:ty, $unknown:literal {
        $($kind:literal => $variant:ident { $($field:ident $(= $name:literal)?: $form:expr),* $(,)? }),+ $(,)?
    }) => {
        impl $crate::json::stored::form::Stored for $type {
            fn read(
                fields: &mut $crate::json::stored::value::Fields<'_>,
            ) -> Result<Self, $crate::application::RecordError> {
                use $crate::json::stored::form::{Form as _, name};
                let kind = fields.read("kind", |value| value.text().map(str::to_owned))?;
                match kind.as_str() {
                    $($kind => Ok(Self::$variant { $($field: $form.read_part(name!($field $($name)?), fields)?),* }),)+
                    _ => Err(fields.fault("kind", $unknown)),
                }
            }

            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                use $crate::json::stored::form::{Form as _, name};
                match self {
                    $(Self::$variant { $($field),* } => {
                        map.serialize_entry("kind", $kind)?;
                        $($form.write_part(name!($field $($name)?), $field, map)?;)*
                    })+
                }
                Ok(())
            }
        }
    };
}

/// The name of a field in JSON.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

pub(super) use {kinds, name, object};

/// A value with its form, to be written.
pub(super) struct Written<'a, F, T>(pub(super) &'a F, pub(super) &'a T);

impl<F: Form<T>, T> Serialize for Written<'_, F, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(self.1, serializer)
    }
}

/// An object of its own.
pub(super) struct Object;

impl<T: Stored> Form<T> for Object {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError> {
        value.fields(T::read)
    }

    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        value.write(&mut map)?;
        map.end()
    }
}

/// An object with the version of the stored forms, which is judged first.
pub(super) struct Versioned;

impl<T: Stored> Form<T> for Versioned {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError> {
        value.fields(|fields| {
            fields.version(STORED_VERSION)?;
            T::read(fields)
        })
    }

    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &STORED_VERSION)?;
        value.write(&mut map)?;
        map.end()
    }
}

/// The fields of an object, beside those of the one that it is a part of.
pub(super) struct Flat;

impl<T: Stored> Form<T> for Flat {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError> {
        Object.read(value)
    }

    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        Object.write(value, serializer)
    }

    fn read_part(&self, _: &'static str, fields: &mut Fields<'_>) -> Result<T, RecordError> {
        T::read(fields)
    }

    fn write_part<M: SerializeMap>(&self, _: &'static str, value: &T, map: &mut M) -> Result<(), M::Error> {
        value.write(map)
    }
}

/// A value that may be null, but not missing.
pub(super) struct OrNull<F>(pub(super) F);

impl<T, F: Form<T>> Form<Option<T>> for OrNull<F> {
    fn read(&self, value: Value<'_>) -> Result<Option<T>, RecordError> {
        value.or_null(|value| self.0.read(value))
    }

    fn write<S: Serializer>(&self, value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(|value| Written(&self.0, value)).serialize(serializer)
    }
}

/// A list of at most so many values. The limit holds for what is read.
pub(super) struct List<F>(pub(super) usize, pub(super) F);

impl<T, F: Form<T>> Form<Vec<T>> for List<F> {
    fn read(&self, value: Value<'_>) -> Result<Vec<T>, RecordError> {
        value.list(self.0, |value| self.1.read(value))
    }

    fn write<S: Serializer>(&self, values: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(|value| Written(&self.1, value)))
    }
}

pub(super) struct Boxed<F>(pub(super) F);

impl<T, F: Form<T>> Form<Box<T>> for Boxed<F> {
    fn read(&self, value: Value<'_>) -> Result<Box<T>, RecordError> {
        self.0.read(value).map(Box::new)
    }

    fn write<S: Serializer>(&self, value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(value, serializer)
    }
}

/// A text that its type checks.
pub(super) struct Text;

impl<T: StoredText> Form<T> for Text {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError> {
        value.parse(T::from_stored)
    }

    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.as_stored())
    }
}

/// A text that a function checks.
pub(super) struct Checked<E>(pub(super) fn(&str) -> Result<(), E>);

impl<E: Display> Form<String> for Checked<E> {
    fn read(&self, value: Value<'_>) -> Result<String, RecordError> {
        value.parse(|text| (self.0)(text).map(|()| text.to_owned()))
    }

    fn write<S: Serializer>(&self, value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value)
    }
}

/// One of the names of an enumeration.
pub(super) struct Named<T: 'static>(pub(super) &'static [T], pub(super) fn(T) -> &'static str);

impl<T: Copy> Form<T> for Named<T> {
    fn read(&self, value: Value<'_>) -> Result<T, RecordError> {
        value.one_of(self.0, self.1)
    }

    fn write<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str((self.1)(*value))
    }
}

/// A natural number.
pub(super) struct Number;

impl Form<u32> for Number {
    fn read(&self, value: Value<'_>) -> Result<u32, RecordError> {
        natural(value)
    }

    fn write<S: Serializer>(&self, value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(*value)
    }
}

/// A natural number, but not 0.
pub(super) struct Positive;

impl Form<u64> for Positive {
    fn read(&self, value: Value<'_>) -> Result<u64, RecordError> {
        NonZero::new(natural(value)?).map(NonZero::get).ok_or_else(|| value.fault("is 0"))
    }

    fn write<S: Serializer>(&self, value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(*value)
    }
}

impl Form<NonZero<u32>> for Positive {
    fn read(&self, value: Value<'_>) -> Result<NonZero<u32>, RecordError> {
        NonZero::new(natural(value)?).ok_or_else(|| value.fault("is 0"))
    }

    fn write<S: Serializer>(&self, value: &NonZero<u32>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(value.get())
    }
}

/// Seconds since 1970 in UTC.
pub(super) struct Time;

impl Form<UnixTime> for Time {
    fn read(&self, value: Value<'_>) -> Result<UnixTime, RecordError> {
        time(value)
    }

    fn write<S: Serializer>(&self, value: &UnixTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(value.0)
    }
}

/// The SHA-256 fingerprint of a certificate or of a public key, in hexadecimal.
pub(super) struct Sha256(pub(super) FingerprintTarget);

/// The SHA-256 fingerprint of a certificate.
pub(super) const CERTIFICATE_SHA256: Sha256 = Sha256(FingerprintTarget::Certificate);

/// The SHA-256 fingerprint of a public key.
pub(super) const SPKI_SHA256: Sha256 = Sha256(FingerprintTarget::Spki);

impl Form<Fingerprint> for Sha256 {
    fn read(&self, value: Value<'_>) -> Result<Fingerprint, RecordError> {
        value.fingerprint(HashAlgorithm::Sha256, self.0)
    }

    /// Events can be made by hand, with fingerprints of any kind: those that would be read as of another kind are refused.
    fn write<S: Serializer>(&self, value: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
        if (value.algorithm(), value.target()) != (HashAlgorithm::Sha256, self.0) {
            let what = self.0.as_str();
            return Err(S::Error::custom(format_args!("{value:?} is not a SHA-256 fingerprint of a {what}")));
        }
        serializer.serialize_str(&value.to_hex())
    }
}

/// A fingerprint of any kind, as an object.
pub(super) struct AnyFingerprint;

impl Form<Fingerprint> for AnyFingerprint {
    fn read(&self, value: Value<'_>) -> Result<Fingerprint, RecordError> {
        const TARGETS: &[FingerprintTarget] = &[FingerprintTarget::Certificate, FingerprintTarget::Spki];
        value.fields(|fields| {
            let algorithm = fields.read("algorithm", |value| ALGORITHM.read(value))?;
            let target = fields.read("target", |value| value.one_of(TARGETS, FingerprintTarget::as_str))?;
            fields.read("digest", |value| value.fingerprint(algorithm, target))
        })
    }

    fn write<S: Serializer>(&self, value: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
        Digest::from(value).serialize(serializer)
    }
}

/// The name of a hash.
pub(super) const ALGORITHM: Named<HashAlgorithm> = Named(&HashAlgorithm::ALL, HashAlgorithm::as_str);
