//! The settings of an application, on the command line.

use crate::output::Failure;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use samlcert::ErrorCode;
use samlcert::application::{
    Binding, Contact, DisplayName, Endpoint, EntityId, Location, MailAddress, NameIdFormat, Organization, SavePolicy,
    Settings, TextError,
};

/// Settings to change. An empty value removes a setting.
#[derive(Debug, Args)]
pub(super) struct SettingsArguments {
    /// Choose what saving does: the draft signs at once (on-save), or waits to be published (staged) [default of a new
    /// application: on-save]
    #[arg(long, value_name = "POLICY", value_parser = policies())]
    policy: Option<SavePolicy>,
    /// Set the entity ID of the identity provider
    #[arg(long, value_name = "URI")]
    entity_id: Option<String>,
    /// Set the single sign-on endpoint for the binding HTTP Redirect
    #[arg(long, value_name = "URL")]
    sso_redirect: Option<String>,
    /// Set the single sign-on endpoint for the binding HTTP POST
    #[arg(long, value_name = "URL")]
    sso_post: Option<String>,
    /// Set the single sign-on endpoint for the binding HTTP Artifact
    #[arg(long, value_name = "URL")]
    sso_artifact: Option<String>,
    /// Set the single sign-on endpoint for the binding SOAP
    #[arg(long, value_name = "URL")]
    sso_soap: Option<String>,
    /// Set the single logout endpoint for the binding HTTP Redirect
    #[arg(long, value_name = "URL")]
    slo_redirect: Option<String>,
    /// Set the single logout endpoint for the binding HTTP POST
    #[arg(long, value_name = "URL")]
    slo_post: Option<String>,
    /// Set the single logout endpoint for the binding HTTP Artifact
    #[arg(long, value_name = "URL")]
    slo_artifact: Option<String>,
    /// Set the single logout endpoint for the binding SOAP
    #[arg(long, value_name = "URL")]
    slo_soap: Option<String>,
    /// Offer this name identifier format, in place of those that are set; may be given several times
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    name_id_format: Vec<Offered>,
    /// Set the name of the organization that runs the identity provider
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// Set the web page of the organization
    #[arg(long, value_name = "URL")]
    organization_url: Option<String>,
    /// Set the name of the contact person
    #[arg(long, value_name = "NAME")]
    contact_name: Option<String>,
    /// Set the mail address of the contact person
    #[arg(long, value_name = "ADDRESS")]
    contact_mail: Option<String>,
    /// Add this many seconds to every waiting time, for clocks of service providers that differ [default of a new
    /// application: 300]
    #[arg(long, value_name = "SECONDS")]
    skew: Option<u32>,
}

/// A format; `None` for an empty value.
#[derive(Clone, Debug)]
struct Offered(Option<NameIdFormat>);

fn policies() -> impl TypedValueParser<Value = SavePolicy> {
    const ALL: [SavePolicy; 2] = [SavePolicy::OnSave, SavePolicy::Staged];
    PossibleValuesParser::new(ALL.map(SavePolicy::as_str))
        .try_map(|name| ALL.into_iter().find(|policy| policy.as_str() == name).ok_or("no such policy"))
}

fn formats() -> impl TypedValueParser<Value = Offered> {
    let names = NameIdFormat::ALL.map(|format| PossibleValue::new(format.as_str()));
    PossibleValuesParser::new(names.into_iter().chain([PossibleValue::new("").hide(true)]))
        .map(|name| Offered(NameIdFormat::ALL.into_iter().find(|format| format.as_str() == name)))
}

impl SettingsArguments {
    /// The settings with the given changes.
    pub(super) fn apply(&self, settings: Settings) -> Result<Settings, Failure> {
        let mut settings = settings;
        settings.policy = self.policy.unwrap_or(settings.policy);
        settings.skew = self.skew.unwrap_or(settings.skew);
        settings.entity_id = replaced(settings.entity_id, self.entity_id.as_deref(), EntityId::new)?;
        for (binding, sso, slo) in self.endpoints() {
            set_endpoint(&mut settings.sso, binding, sso)?;
            set_endpoint(&mut settings.slo, binding, slo)?;
        }
        if !self.name_id_format.is_empty() {
            settings.name_id_formats = self.name_id_format.iter().filter_map(|Offered(format)| *format).collect();
        }
        settings.organization = self.organization(settings.organization)?;
        settings.contact = self.contact(settings.contact)?;
        Ok(settings)
    }

    fn endpoints(&self) -> [(Binding, Option<&str>, Option<&str>); 4] {
        [
            (Binding::Redirect, self.sso_redirect.as_deref(), self.slo_redirect.as_deref()),
            (Binding::Post, self.sso_post.as_deref(), self.slo_post.as_deref()),
            (Binding::Artifact, self.sso_artifact.as_deref(), self.slo_artifact.as_deref()),
            (Binding::Soap, self.sso_soap.as_deref(), self.slo_soap.as_deref()),
        ]
    }

    fn organization(&self, organization: Option<Organization>) -> Result<Option<Organization>, Failure> {
        let (name, url) = organization.map_or((None, None), |it| (Some(it.name), it.url));
        let name = replaced(name, self.organization.as_deref(), DisplayName::new)?;
        let url = replaced(url, self.organization_url.as_deref(), Location::new)?;
        match (name, url) {
            (Some(name), url) => Ok(Some(Organization { name, url })),
            (None, Some(_)) if self.organization_url.is_some() => {
                Err(usage("--organization-url needs an organization: give --organization, too"))
            }
            (None, _) => Ok(None),
        }
    }

    fn contact(&self, contact: Option<Contact>) -> Result<Option<Contact>, Failure> {
        let (name, mail) = contact.map_or((None, None), |it| (it.name, Some(it.mail)));
        let name = replaced(name, self.contact_name.as_deref(), DisplayName::new)?;
        let mail = replaced(mail, self.contact_mail.as_deref(), MailAddress::new)?;
        match (name, mail) {
            (name, Some(mail)) => Ok(Some(Contact { name, mail })),
            (Some(_), None) if self.contact_name.is_some() => {
                Err(usage("--contact-name needs a mail address: give --contact-mail, too"))
            }
            (_, None) => Ok(None),
        }
    }
}

/// The given value, else the old one; an empty value removes it.
fn replaced<T>(
    old: Option<T>,
    given: Option<&str>,
    read: impl Fn(&str) -> Result<T, TextError>,
) -> Result<Option<T>, Failure> {
    match given {
        None => Ok(old),
        Some("") => Ok(None),
        Some(text) => read(text).map(Some).map_err(|error| Failure::new(error.code(), error.to_string())),
    }
}

/// Sets or removes the endpoint of a binding; a changed one keeps its place in the list.
fn set_endpoint(endpoints: &mut Vec<Endpoint>, binding: Binding, given: Option<&str>) -> Result<(), Failure> {
    let at = endpoints.iter().position(|endpoint| endpoint.binding == binding);
    let old = at.and_then(|at| endpoints.get(at)).map(|endpoint| endpoint.location.clone());
    match (at, replaced(old, given, Location::new)?) {
        (Some(at), None) => {
            endpoints.remove(at);
        }
        (Some(at), Some(location)) => {
            if let Some(endpoint) = endpoints.get_mut(at) {
                endpoint.location = location;
            }
        }
        (None, Some(location)) => endpoints.push(Endpoint { binding, location }),
        (None, None) => {}
    }
    Ok(())
}

fn usage(message: &str) -> Failure {
    Failure::new(ErrorCode::Usage, message.to_owned())
}
