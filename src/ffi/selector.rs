//! The enumerations of the header. C passes numbers, and each is looked up: a number that is none of an enumeration
//! would be undefined behaviour as a Rust value.

use super::failure::Failure;
use crate::application::{GuardedStep, PasteFormat, Profile, RevocationReason, SavePolicy};
use crate::digest::HashAlgorithm;
use crate::error_code::ErrorCode;
use crate::fingerprint::FingerprintTarget;
use crate::key::{KeyKind, SignatureScheme};
use crate::pem::Form;

/// An enumeration of the header. Its numbers never change.
pub(super) trait Selector: Copy + PartialEq + 'static {
    /// The type in Rust that its numbers stand for.
    type Value: Copy + PartialEq + 'static;

    /// The name of the argument in C, for errors.
    const NAME: &'static str;

    /// The name of the enumeration in C, for errors.
    const ENUMERATION: &'static str;

    /// Each selector with the value that it stands for.
    const ALL: &'static [(Self, Self::Value)];

    /// The number that C knows it by.
    fn number(self) -> u32;

    /// Looks up the value of a number from C.
    fn select(number: u32) -> Result<Self::Value, Failure> {
        let known = Self::ALL.iter().find(|(selector, _)| selector.number() == number);
        known.map(|(_, value)| *value).ok_or_else(|| {
            Failure::new(
                ErrorCode::UnknownSelector,
                format!("`{}` is {number}, which is none of the enumeration `{}`", Self::NAME, Self::ENUMERATION),
            )
        })
    }

    /// The selector of a value; `None` for one that is newer than this list.
    fn of(value: Self::Value) -> Option<Self> {
        Self::ALL.iter().find(|(_, selected)| *selected == value).map(|(selector, _)| *selector)
    }
}

macro_rules! selector {
    ($name:ident => $value:ty, $argument:literal: $($variant:ident => $selected:expr),+ $(,)?) => {
        impl Selector for $name {
            type Value = $value;
            const NAME: &'static str = $argument;
            const ENUMERATION: &'static str = stringify!($name);
            const ALL: &'static [(Self, $value)] = &[$((Self::$variant, $selected)),+];

            #[expect(clippy::as_conversions, reason = "Rust has no other safe way to the number of a variant")]
            fn number(self) -> u32 {
                self as u32
            }
        }
    };
}

/// A hash algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_hash {
    /// SHA-1, which is broken: only for comparing with old fingerprints.
    Sha1 = 1,
    /// SHA-256.
    Sha256 = 2,
    /// SHA-384.
    Sha384 = 3,
    /// SHA-512.
    Sha512 = 4,
}

selector! {
    samlcert_hash => HashAlgorithm, "hash":
    Sha1 => HashAlgorithm::Sha1,
    Sha256 => HashAlgorithm::Sha256,
    Sha384 => HashAlgorithm::Sha384,
    Sha512 => HashAlgorithm::Sha512,
}

/// What a fingerprint is the digest of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_fingerprint_target {
    /// The DER of a whole certificate.
    Certificate = 1,
    /// The DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
    Spki = 2,
}

selector! {
    samlcert_fingerprint_target => FingerprintTarget, "target":
    Certificate => FingerprintTarget::Certificate,
    Spki => FingerprintTarget::Spki,
}

/// How a fingerprint is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_fingerprint_notation {
    /// `AB:CD:…`, as most programs show it.
    Colons = 1,
    /// `abcd…`, as in the JSON forms.
    Hex = 2,
}

selector! { samlcert_fingerprint_notation => Self, "notation": Colons => Self::Colons, Hex => Self::Hex }

/// A form in which an item is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_form {
    /// Strict PEM of RFC 7468: 64 columns, each line ended by LF.
    Pem = 1,
    /// Strict PEM, each line ended by CRLF.
    PemCrlf = 2,
    /// The base64 of the DER in one line, without BEGIN and END.
    Base64 = 3,
    /// Strict PEM in one line, each line break written as the two characters `\n`.
    Escaped = 4,
    /// The base64 of the strict PEM, in one line.
    Base64Pem = 5,
    /// The DER itself.
    Der = 6,
    /// The text of an `X509Certificate` element: base64 in lines of 64 columns. Only certificates have it.
    Element = 7,
}

selector! {
    samlcert_form => Form, "form":
    Pem => Form::Pem,
    PemCrlf => Form::PemCrlf,
    Base64 => Form::Base64,
    Escaped => Form::Escaped,
    Base64Pem => Form::Base64Pem,
    Der => Form::Der,
    Element => Form::Element,
}

/// What an item of a paste is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_item_kind {
    /// There is no such item.
    #[default]
    None = 0,
    /// A certificate.
    Certificate = 1,
    /// A private key.
    PrivateKey = 2,
    /// An encrypted private key.
    EncryptedKey = 3,
}

/// What is known about a certificate's signature by its own key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_self_signature {
    /// Nothing was asked: the certificate is NULL.
    #[default]
    None = 0,
    /// Its own key made the signature: nothing has been changed since.
    Valid = 1,
    /// It claims that its own key made the signature, but the signature is wrong: it is damaged.
    Invalid = 2,
    /// It claims that its own key made the signature, but that cannot be checked here.
    NotChecked = 3,
    /// It makes no such claim, because a CA signed it. Nothing here proves its content.
    NotSelfSigned = 4,
}

/// How a message is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_scheme {
    /// There is none.
    #[default]
    None = 0,
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2) with SHA-256.
    RsaPkcs1Sha256 = 1,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaPkcs1Sha384 = 2,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaPkcs1Sha512 = 3,
    /// RSASSA-PSS (RFC 8017, section 8.1) with SHA-256, also for MGF1, and a salt of 32 bytes.
    RsaPssSha256 = 4,
    /// RSASSA-PSS with SHA-384, also for MGF1, and a salt of 48 bytes.
    RsaPssSha384 = 5,
    /// RSASSA-PSS with SHA-512, also for MGF1, and a salt of 64 bytes.
    RsaPssSha512 = 6,
    /// ECDSA with SHA-256; the signature is DER (RFC 3279, section 2.2.3).
    EcdsaSha256 = 7,
    /// ECDSA with SHA-384.
    EcdsaSha384 = 8,
    /// ECDSA with SHA-512.
    EcdsaSha512 = 9,
    /// Ed25519 (RFC 8032).
    Ed25519 = 10,
}

selector! {
    samlcert_scheme => SignatureScheme, "scheme":
    RsaPkcs1Sha256 => SignatureScheme::RsaPkcs1Sha256,
    RsaPkcs1Sha384 => SignatureScheme::RsaPkcs1Sha384,
    RsaPkcs1Sha512 => SignatureScheme::RsaPkcs1Sha512,
    RsaPssSha256 => SignatureScheme::RsaPssSha256,
    RsaPssSha384 => SignatureScheme::RsaPssSha384,
    RsaPssSha512 => SignatureScheme::RsaPssSha512,
    EcdsaSha256 => SignatureScheme::EcdsaSha256,
    EcdsaSha384 => SignatureScheme::EcdsaSha384,
    EcdsaSha512 => SignatureScheme::EcdsaSha512,
    Ed25519 => SignatureScheme::Ed25519,
}

/// A kind of key to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_key_kind {
    /// RSA of 2048 bits: what every service provider reads.
    Rsa_2048 = 1,
    /// RSA of 3072 bits.
    Rsa_3072 = 2,
    /// RSA of 4096 bits.
    Rsa_4096 = 3,
    /// The NIST curve P-256.
    EcP256 = 4,
    /// The NIST curve P-384.
    EcP384 = 5,
    /// Ed25519, which few service providers read.
    Ed25519 = 6,
}

selector! {
    samlcert_key_kind => KeyKind, "key_kind":
    Rsa_2048 => KeyKind::Rsa2048,
    Rsa_3072 => KeyKind::Rsa3072,
    Rsa_4096 => KeyKind::Rsa4096,
    EcP256 => KeyKind::EcP256,
    EcP384 => KeyKind::EcP384,
    Ed25519 => KeyKind::Ed25519,
}

/// The unit of a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_lifetime_unit {
    /// Days of 24 hours.
    Days = 1,
    /// Calendar years.
    Years = 2,
}

selector! { samlcert_lifetime_unit => Self, "lifetime_unit": Days => Self::Days, Years => Self::Years }

/// Whether a certificate and a private key are a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_verdict {
    /// The key belongs to the certificate.
    Match = 1,
    /// The key belongs to another certificate.
    AnotherKey = 2,
    /// The numbers are the same, but the key is restricted to PSS and the certificate is for any padding.
    RestrictedToPss = 3,
}

/// How two certificates are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_relation {
    /// They are the same bytes.
    Identical = 1,
    /// They certify the same key: one renews the other.
    SameKey = 2,
    /// They have the same subject and different keys.
    SameSubject = 3,
    /// They have neither the key nor the subject in common.
    Unrelated = 4,
}

/// Which of two certificates begins later, or, if they begin together, ends later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_newer {
    /// The first one.
    First = 1,
    /// The second one.
    Second = 2,
    /// Neither: they have the same validity.
    Neither = 3,
}

/// What saving a new certificate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_policy {
    /// A saved certificate signs at once.
    OnSave = 1,
    /// A saved certificate is published, and signs after the cut-over.
    Staged = 2,
}

selector! { samlcert_policy => SavePolicy, "policy": OnSave => SavePolicy::OnSave, Staged => SavePolicy::Staged }

/// What a service provider can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_capability {
    /// One certificate: a new one takes the place of the old one.
    OneCertificate = 1,
    /// Several certificates side by side.
    SeveralCertificates = 2,
    /// It pulls metadata by itself.
    Metadata = 3,
    /// The fingerprint of one certificate.
    Fingerprint = 4,
}

selector! {
    samlcert_capability => Self, "capability":
    OneCertificate => Self::OneCertificate,
    SeveralCertificates => Self::SeveralCertificates,
    Metadata => Self::Metadata,
    Fingerprint => Self::Fingerprint,
}

/// The form in which a service provider wants a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_paste_format {
    /// PEM with LF line ends.
    Pem = 1,
    /// PEM with CRLF line ends.
    PemCrlf = 2,
    /// The base64 of the DER in one line.
    OneLine = 3,
    /// The DER itself.
    Der = 4,
    /// The text of an `X509Certificate` element.
    Element = 5,
    /// The fingerprint.
    Fingerprint = 6,
}

selector! {
    samlcert_paste_format => PasteFormat, "paste_format":
    Pem => PasteFormat::Pem,
    PemCrlf => PasteFormat::PemCrlf,
    OneLine => PasteFormat::OneLine,
    Der => PasteFormat::Der,
    Element => PasteFormat::Element,
    Fingerprint => PasteFormat::Fingerprint,
}

/// Which certificates a service provider is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_profile {
    /// The one that signs.
    ActiveOnly = 1,
    /// The one that signs, then the next one.
    ActiveNext = 2,
    /// The next one, then the one that signs.
    NextActive = 3,
}

selector! {
    samlcert_profile => Profile, "profile":
    ActiveOnly => Profile::ActiveOnly,
    ActiveNext => Profile::ActiveNext,
    NextActive => Profile::NextActive,
}

/// Why a key is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_revocation_reason {
    /// Nobody has it any more.
    Lost = 1,
    /// Somebody else may have it.
    Compromised = 2,
}

selector! {
    samlcert_revocation_reason => RevocationReason, "reason":
    Lost => RevocationReason::Lost,
    Compromised => RevocationReason::Compromised,
}

/// A step that may break logins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_step {
    /// `samlcert_application_save`.
    Save = 1,
    /// `samlcert_application_cut_over`.
    CutOver = 2,
    /// `samlcert_application_roll_back`.
    RollBack = 3,
    /// `samlcert_application_retire`.
    Retire = 4,
}

selector! {
    samlcert_step => GuardedStep, "step":
    Save => GuardedStep::Save,
    CutOver => GuardedStep::CutOver,
    RollBack => GuardedStep::RollBack,
    Retire => GuardedStep::Retire,
}

/// A place that a certificate can have in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_place {
    /// It signs.
    Active = 1,
    /// It is to sign next.
    Next = 2,
    /// It signed before, is still published, and can come back.
    Previous = 3,
    /// It waits for its key.
    Pending = 4,
}

selector! {
    samlcert_place => Self, "place":
    Active => Self::Active,
    Next => Self::Next,
    Previous => Self::Previous,
    Pending => Self::Pending,
}

/// How far the next certificate has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_stage {
    /// There is none.
    #[default]
    None = 0,
    /// It is not saved.
    Draft = 1,
    /// It is saved, but not published yet.
    Saved = 2,
    /// It is published.
    Published = 3,
}

/// The half of a pair that waits for its other half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_half {
    /// None waits.
    #[default]
    None = 0,
    /// A certificate.
    Certificate = 1,
    /// A private key.
    PrivateKey = 2,
}

/// An indicator beside "Certificate" or "Key" in a console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_light {
    /// Nothing was asked: the application is NULL.
    #[default]
    None = 0,
    /// Missing.
    Grey = 1,
    /// Present.
    Green = 2,
}

/// The state of the active certificate's validity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub enum samlcert_condition {
    /// Nothing was asked: the application is NULL.
    #[default]
    None = 0,
    /// Nothing signs.
    NothingSigns = 1,
    /// It is not valid yet.
    NotYetValid = 2,
    /// It is valid for more than 60 days.
    Active = 3,
    /// It expires within 60 days.
    Expiring = 4,
    /// It has expired, and keeps signing until a step changes that.
    Expired = 5,
}
