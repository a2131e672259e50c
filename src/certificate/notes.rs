//! Oddities of a certificate that do not keep it from being read.

use core::fmt;

use super::{Certificate, CertificateExtension, ExtensionValue, extensions, name, string};
use crate::key::{KeyNote, has_weak_hash};
use crate::tlv::oid;

macro_rules! notes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// An oddity of a certificate that does not keep it from being read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum CertificateNote {
            $($(#[$doc])* $name,)*
            /// A weakness of its key.
            Key(KeyNote),
        }

        impl CertificateNote {
            /// The name in the JSON forms: lower case with hyphens, which never changes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* Self::Key(note) => note.as_str() }
            }

            pub(crate) const fn message(self) -> &'static str {
                match self { $(Self::$name => $text,)* Self::Key(note) => note.message() }
            }
        }

        /// One sentence for a reader.
        impl fmt::Display for CertificateNote {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.message())
            }
        }
    };
}

notes! {
    /// X.509 version 1, which has no extensions.
    Version1 = "version-1", "the certificate is of X.509 version 1, which some service providers refuse";
    /// The serial number is 0 (RFC 5280, section 4.1.2.2 requires a positive one).
    SerialZero = "serial-zero", "the serial number is 0";
    /// The serial number is negative.
    SerialNegative = "serial-negative", "the serial number is negative";
    /// The serial number has more than the 20 octets of RFC 5280, section 4.1.2.2.
    SerialLong = "serial-long", "the serial number is longer than 20 octets";
    /// The signature is made with MD2, MD4, MD5 or SHA-1.
    WeakSignatureHash = "weak-signature-hash", "the certificate is signed with a broken hash (MD2, MD4, MD5 or SHA-1)";
    /// A name has a string with characters that its type does not allow, or a value that is not a string.
    InvalidString = "invalid-string", "a name has a string that its type does not allow";
    /// A name has a `T61String`, read as Latin-1.
    T61String = "t61-string", "a name has a T61String, which is read as Latin-1";
    /// Not quite DER: an extension has an explicit `critical FALSE`, basic constraints an explicit `cA FALSE`, or a set
    /// of a name is not sorted. OpenSSL and Go read that; Python's `cryptography` does not.
    LaxDer = "lax-der", "an encoding that is not quite DER, which some service providers refuse";
    /// The key is of a kind that cannot sign SAML.
    KeyCannotSignSaml = "key-cannot-sign-saml", "the key is of a kind that cannot sign SAML";
    /// The basic constraints say that the certificate is a CA's (RFC 5280, section 4.2.1.9). OpenSSL makes such
    /// certificates by default.
    Ca = "ca",
        "the certificate is a CA's: it may sign other certificates, and some service providers refuse it as a signing certificate";
    /// The key usage does not have `digitalSignature` (RFC 5280, section 4.2.1.3). Java and some other programs refuse
    /// what such a key signs.
    NoDigitalSignature = "no-digital-signature",
        "the key usage leaves out digital signatures: some service providers refuse what the key signs";
    /// An extension is critical, but is not one that RFC 5280, section 4.2 requires everybody to know.
    UnknownCriticalExtension = "unknown-critical-extension",
        "a critical extension is not widely known: a service provider that does not know it has to refuse the certificate";
    /// An extension cannot be decoded; see [`ExtensionValue::Undecodable`].
    UndecodableExtension = "undecodable-extension", "the value of an extension cannot be decoded";
}

impl Certificate {
    /// The oddities of the certificate, each once.
    #[must_use]
    pub fn notes(&self) -> Vec<CertificateNote> {
        of(self)
    }
}

/// The oddities of a certificate, in the order of the list above.
fn of(certificate: &Certificate) -> Vec<CertificateNote> {
    use CertificateNote::*;
    let extensions = certificate.extensions();
    let strings = || certificate.names().into_iter().flat_map(name::values);
    let own = [
        (Version1, certificate.version() == 1),
        (SerialZero, certificate.serial() == [0]),
        (SerialNegative, certificate.serial().first().is_some_and(|octet| octet & 0x80 != 0)),
        (SerialLong, certificate.serial().len() > 20),
        (WeakSignatureHash, has_weak_hash(certificate.signature_algorithm_der())),
        (InvalidString, strings().any(|value| !string::is_valid(&value))),
        (T61String, strings().any(|value| value.tag == string::T61)),
        (LaxDer, is_lax(certificate)),
        (KeyCannotSignSaml, !certificate.key_algorithm().can_sign_saml()),
        (Ca, certificate.is_ca()),
        (NoDigitalSignature, certificate.key_usage().is_some_and(|usage| !usage.has_digital_signature())),
        (UnknownCriticalExtension, extensions.iter().any(CertificateExtension::is_unknown_critical)),
        (UndecodableExtension, extensions.iter().any(|extension| extension.value == ExtensionValue::Undecodable)),
    ];
    let of_key = certificate.public_key().notes().into_iter().map(Key);
    own.into_iter().filter_map(|(note, holds)| holds.then_some(note)).chain(of_key).collect()
}

fn is_lax(certificate: &Certificate) -> bool {
    let not_ca = certificate.extension(oid::BASIC_CONSTRAINTS).and_then(extensions::written_ca) == Some(false);
    not_ca
        || certificate.raw_extensions().any(|extension| extension.critical == Some(false))
        || !certificate.names().into_iter().all(name::is_sorted)
}
