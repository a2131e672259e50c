//! What an administrator sets for an application.

use crate::output::Failure;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use samlcert::ErrorCode;
use samlcert::application::{
    Binding, Contact, DisplayName, Endpoint, EntityId, Location, MailAddress, NameIdFormat, Organization, SavePolicy,
    Settings, TextError,
};

/// Settings on the command line. An empty text takes out what is set.
#[derive(Debug, Args)]
pub(super) struct SettingsArguments {
    /// What saving does: the draft signs at once (on-save), or waits to be published (staged); on-save in a new application
    #[arg(long, value_name = "POLICY", value_parser = policies())]
    policy: Option<SavePolicy>,
    /// The entity ID of the identity provider
    #[arg(long, value_name = "URI")]
    entity_id: Option<String>,
    /// Where single sign-on is reached by HTTP Redirect
    #[arg(long, value_name = "URL")]
    sso_redirect: Option<String>,
    /// Where single sign-on is reached by HTTP POST
    #[arg(long, value_name = "URL")]
    sso_post: Option<String>,
    /// Where single sign-on is reached by HTTP Artifact
    #[arg(long, value_name = "URL")]
    sso_artifact: Option<String>,
    /// Where single sign-on is reached by SOAP
    #[arg(long, value_name = "URL")]
    sso_soap: Option<String>,
    /// Where single logout is reached by HTTP Redirect
    #[arg(long, value_name = "URL")]
    slo_redirect: Option<String>,
    /// Where single logout is reached by HTTP POST
    #[arg(long, value_name = "URL")]
    slo_post: Option<String>,
    /// Where single logout is reached by HTTP Artifact
    #[arg(long, value_name = "URL")]
    slo_artifact: Option<String>,
    /// Where single logout is reached by SOAP
    #[arg(long, value_name = "URL")]
    slo_soap: Option<String>,
    /// A name identifier format that is offered, in place of those that are set; may be given several times
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    name_id_format: Vec<Offered>,
    /// Who runs the identity provider
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// Where people find who runs it
    #[arg(long, value_name = "URL")]
    organization_url: Option<String>,
    /// Whom to ask
    #[arg(long, value_name = "NAME")]
    contact_name: Option<String>,
    /// The mail address of whom to ask
    #[arg(long, value_name = "ADDRESS")]
    contact_mail: Option<String>,
    /// For how many seconds the clocks of service providers may differ: added to every waiting time; 300 in a new application
    #[arg(long, value_name = "SECONDS")]
    skew: Option<u32>,
}

/// A format, or the empty text, which is none.
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
    /// Settings with what was given here in place of what they were.
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

/// What is set, unless something is given in its place; an empty text is nothing.
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

/// Where a binding has an endpoint, it keeps its place.
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
