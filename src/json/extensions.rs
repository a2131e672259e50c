//! The extensions of a certificate, as JSON.

use crate::certificate::{Certificate, CertificateExtension, ExtensionValue, GeneralName, Oid};
use crate::hex;
use serde::Serialize;

/// What the extensions of a certificate say, in its order: `{"extensions":[{"oid":s,"name":s|null,"critical":bool,"kind":s,…}]}`
///
/// Each `kind` has fields of its own:
///
/// - `"key-usage"`: `"usages":[s]`, by the names of RFC 5280, section 4.2.1.3
/// - `"extended-key-usage"`: `"purposes":[{"oid":s,"name":s|null}]`
/// - `"basic-constraints"`: `"ca":bool,"path_length":n|null`
/// - `"subject-alt-name"`: `"names":[{"kind":"other"|"email"|"dns"|"directory"|"edi-party"|"uri"|"ip"|"registered-id",`
///   `"text":s}]`
/// - `"authority-key-identifier"`: `"key_identifier":hex|null,"issuer":[{"kind":s,"text":s}],"serial":hex|null`
/// - `"subject-key-identifier"`: `"key_identifier":hex`
/// - `"undecodable"`: one of the above whose value cannot be decoded
/// - `"other"`: an extension that is not decoded
///
/// `name` is that of [`Oid::name`]; the text of a name is that of [`GeneralName`].
#[derive(Clone, Debug, Serialize)]
pub struct Extensions {
    extensions: Vec<ExtensionForm>,
}

impl From<&Certificate> for Extensions {
    fn from(certificate: &Certificate) -> Self {
        Self { extensions: certificate.extensions().into_iter().map(ExtensionForm::from).collect() }
    }
}

#[derive(Clone, Debug, Serialize)]
struct ExtensionForm {
    #[serde(flatten)]
    named: Named,
    critical: bool,
    #[serde(flatten)]
    value: Value,
}

#[derive(Clone, Debug, Serialize)]
struct Named {
    oid: String,
    name: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Value {
    KeyUsage { usages: Vec<&'static str> },
    ExtendedKeyUsage { purposes: Vec<Named> },
    BasicConstraints { ca: bool, path_length: Option<u8> },
    SubjectAltName { names: Vec<Name> },
    AuthorityKeyIdentifier { key_identifier: Option<String>, issuer: Vec<Name>, serial: Option<String> },
    SubjectKeyIdentifier { key_identifier: String },
    Undecodable,
    Other,
}

#[derive(Clone, Debug, Serialize)]
struct Name {
    kind: &'static str,
    text: String,
}

impl From<CertificateExtension> for ExtensionForm {
    fn from(extension: CertificateExtension) -> Self {
        Self { named: (&extension.oid).into(), critical: extension.is_critical, value: extension.value.into() }
    }
}

impl From<&Oid> for Named {
    fn from(oid: &Oid) -> Self {
        Self { oid: oid.to_string(), name: oid.name() }
    }
}

impl From<GeneralName> for Name {
    fn from(name: GeneralName) -> Self {
        Self { kind: name.kind.as_str(), text: name.text }
    }
}

fn names(names: Vec<GeneralName>) -> Vec<Name> {
    names.into_iter().map(Name::from).collect()
}

impl From<ExtensionValue> for Value {
    fn from(value: ExtensionValue) -> Self {
        match value {
            ExtensionValue::KeyUsage(usage) => Self::KeyUsage { usages: usage.names().collect() },
            ExtensionValue::ExtendedKeyUsage(purposes) => {
                Self::ExtendedKeyUsage { purposes: purposes.iter().map(Named::from).collect() }
            }
            ExtensionValue::BasicConstraints { is_ca, path_length } => {
                Self::BasicConstraints { ca: is_ca, path_length }
            }
            ExtensionValue::SubjectAltName(of) => Self::SubjectAltName { names: names(of) },
            ExtensionValue::AuthorityKeyIdentifier { key_identifier, issuer, serial } => Self::AuthorityKeyIdentifier {
                key_identifier: key_identifier.map(|identifier| hex::to_lower(&identifier)),
                issuer: names(issuer),
                serial: serial.map(|serial| hex::to_lower(&serial)),
            },
            ExtensionValue::SubjectKeyIdentifier(identifier) => {
                Self::SubjectKeyIdentifier { key_identifier: hex::to_lower(&identifier) }
            }
            ExtensionValue::Undecodable => Self::Undecodable,
            ExtensionValue::Other => Self::Other,
        }
    }
}
