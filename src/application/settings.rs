//! What an application says about itself, and how its changes are saved.

use super::text::{DisplayName, EntityId, Location, MailAddress};
use crate::limits::MAX_SETTINGS;

/// What an administrator sets for an application. Each field is valid by its type; start from [`Settings::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// The entity ID of the identity provider (SAML 2.0 Metadata, section 2.3.2).
    pub entity_id: Option<EntityId>,
    /// The `SingleSignOnService` endpoints, in the order in which metadata names them.
    pub sso: Vec<Endpoint>,
    /// The `SingleLogoutService` endpoints.
    pub slo: Vec<Endpoint>,
    /// The name identifier formats that are offered.
    pub name_id_formats: Vec<NameIdFormat>,
    /// Who runs the identity provider.
    pub organization: Option<Organization>,
    /// The person or department to ask.
    pub contact: Option<Contact>,
    /// For how many seconds the clocks of providers may differ from this one; added to every waiting time.
    pub skew: u32,
    /// What [`save`](super::Application::save) does.
    pub policy: SavePolicy,
}

impl Settings {
    /// Nothing set but the policy, and a clock skew of 300 seconds.
    #[must_use]
    pub const fn new(policy: SavePolicy) -> Self {
        Self {
            entity_id: None,
            sso: Vec::new(),
            slo: Vec::new(),
            name_id_formats: Vec::new(),
            organization: None,
            contact: None,
            skew: 300,
            policy,
        }
    }

    /// Names the list that is longer than [`MAX_SETTINGS`].
    pub(super) fn too_many(&self) -> Option<&'static str> {
        let lists = [
            ("SSO endpoints", self.sso.len()),
            ("SLO endpoints", self.slo.len()),
            ("name identifier formats", self.name_id_formats.len()),
        ];
        lists.into_iter().find(|(_, length)| *length > MAX_SETTINGS).map(|(what, _)| what)
    }
}

/// What saving a new certificate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SavePolicy {
    /// A saved certificate signs at once: `save` is the cut-over.
    OnSave,
    /// A saved certificate waits; `publish` shows it beside the old one, and `cut_over` makes it sign.
    Staged,
}

impl SavePolicy {
    /// The name in the JSON forms: `on-save`, `staged`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnSave => "on-save",
            Self::Staged => "staged",
        }
    }
}

/// An endpoint: where, and by which binding (SAML 2.0 Metadata, section 2.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// How a message is carried.
    pub binding: Binding,
    /// Where it goes.
    pub location: Location,
}

/// A protocol binding (SAML 2.0 Bindings, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Binding {
    /// HTTP Redirect.
    Redirect,
    /// HTTP POST.
    Post,
    /// HTTP Artifact.
    Artifact,
    /// SOAP.
    Soap,
}

impl Binding {
    /// Every binding.
    pub const ALL: [Self; 4] = [Self::Redirect, Self::Post, Self::Artifact, Self::Soap];

    /// The name in the JSON forms: `redirect`, `post`, `artifact`, `soap`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Post => "post",
            Self::Artifact => "artifact",
            Self::Soap => "soap",
        }
    }

    /// The URI in metadata.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Redirect => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            Self::Post => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
            Self::Artifact => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact",
            Self::Soap => "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
        }
    }
}

/// A name identifier format (SAML 2.0 Core, section 8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameIdFormat {
    /// Unspecified: left to the parties.
    Unspecified,
    /// An e-mail address.
    EmailAddress,
    /// An X.509 subject name.
    X509SubjectName,
    /// A name of a Windows domain.
    WindowsDomainQualifiedName,
    /// A Kerberos principal.
    Kerberos,
    /// A persistent pseudonym.
    Persistent,
    /// A name for one session.
    Transient,
}

impl NameIdFormat {
    /// Every format.
    pub const ALL: [Self; 7] = [
        Self::Unspecified,
        Self::EmailAddress,
        Self::X509SubjectName,
        Self::WindowsDomainQualifiedName,
        Self::Kerberos,
        Self::Persistent,
        Self::Transient,
    ];

    /// The name in the JSON forms, such as `email-address`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::EmailAddress => "email-address",
            Self::X509SubjectName => "x509-subject-name",
            Self::WindowsDomainQualifiedName => "windows-domain-qualified-name",
            Self::Kerberos => "kerberos",
            Self::Persistent => "persistent",
            Self::Transient => "transient",
        }
    }

    /// The URI in metadata.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Unspecified => "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            Self::EmailAddress => "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            Self::X509SubjectName => "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
            Self::WindowsDomainQualifiedName => "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
            Self::Kerberos => "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            Self::Transient => "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
        }
    }
}

/// Who runs the identity provider (SAML 2.0 Metadata, section 2.3.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The name.
    pub name: DisplayName,
    /// Where people find it.
    pub url: Option<Location>,
}

/// The person or department to ask (SAML 2.0 Metadata, section 2.3.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name of the person or department.
    pub name: Option<DisplayName>,
    /// The address.
    pub mail: MailAddress,
}
