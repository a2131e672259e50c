//! The stored form of the settings of an application.

use super::value::{Fields, Value, natural};
use super::{from_json, to_json};
use crate::application::{
    Binding, Contact, DisplayName, Endpoint, EntityId, Location, MailAddress, NameIdFormat, Organization, RecordError,
    SavePolicy, Settings,
};
use crate::limits::MAX_SETTINGS;
use serde::Serialize;

/// Writes settings as JSON, as they stand in a record.
///
/// # Errors
/// [`RecordError::Malformed`] if the JSON cannot be written, which no settings give cause for.
pub fn write_settings(settings: &Settings) -> Result<String, RecordError> {
    to_json(&SettingsForm::new(settings))
}

/// Reads settings that [`write_settings`] has written: every field must stand there, also where it is null.
///
/// # Errors
/// As [`read_record`](super::read_record), but neither an unknown version nor a [`RecordError::Contradiction`].
pub fn read_settings(json: &[u8]) -> Result<Settings, RecordError> {
    from_json(json, settings)
}

#[derive(Serialize)]
pub(super) struct SettingsForm<'a> {
    entity_id: Option<&'a str>,
    sso: Vec<EndpointForm<'a>>,
    slo: Vec<EndpointForm<'a>>,
    name_id_formats: Vec<&'static str>,
    organization: Option<OrganizationForm<'a>>,
    contact: Option<ContactForm<'a>>,
    skew_s: u32,
    policy: &'static str,
}

#[derive(Serialize)]
struct EndpointForm<'a> {
    binding: &'static str,
    location: &'a str,
}

#[derive(Serialize)]
struct OrganizationForm<'a> {
    name: &'a str,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct ContactForm<'a> {
    name: Option<&'a str>,
    mail: &'a str,
}

impl<'a> SettingsForm<'a> {
    pub(super) fn new(settings: &'a Settings) -> Self {
        let organization = |it: &'a Organization| OrganizationForm {
            name: it.name.as_str(),
            url: it.url.as_ref().map(Location::as_str),
        };
        let contact =
            |it: &'a Contact| ContactForm { name: it.name.as_ref().map(DisplayName::as_str), mail: it.mail.as_str() };
        Self {
            entity_id: settings.entity_id.as_ref().map(EntityId::as_str),
            sso: endpoints(&settings.sso),
            slo: endpoints(&settings.slo),
            name_id_formats: settings.name_id_formats.iter().map(|format| format.as_str()).collect(),
            organization: settings.organization.as_ref().map(organization),
            contact: settings.contact.as_ref().map(contact),
            skew_s: settings.skew,
            policy: settings.policy.as_str(),
        }
    }
}

fn endpoints(endpoints: &[Endpoint]) -> Vec<EndpointForm<'_>> {
    let all = endpoints.iter();
    all.map(|it| EndpointForm { binding: it.binding.as_str(), location: it.location.as_str() }).collect()
}

pub(super) fn settings(value: Value<'_>) -> Result<Settings, RecordError> {
    value.fields(|fields| {
        let formats = |value: Value<'_>| value.one_of(&NameIdFormat::ALL, NameIdFormat::as_str);
        Ok(Settings {
            entity_id: fields.read_or_null("entity_id", |value| value.parse(EntityId::new))?,
            sso: fields.read("sso", |value| value.list(MAX_SETTINGS, endpoint))?,
            slo: fields.read("slo", |value| value.list(MAX_SETTINGS, endpoint))?,
            name_id_formats: fields.read("name_id_formats", |value| value.list(MAX_SETTINGS, formats))?,
            organization: fields.read_or_null("organization", |value| value.fields(organization))?,
            contact: fields.read_or_null("contact", |value| value.fields(contact))?,
            skew: fields.read("skew_s", natural)?,
            policy: fields.read("policy", |value| value.one_of(&POLICIES, SavePolicy::as_str))?,
        })
    })
}

const POLICIES: [SavePolicy; 2] = [SavePolicy::OnSave, SavePolicy::Staged];

fn endpoint(value: Value<'_>) -> Result<Endpoint, RecordError> {
    value.fields(|fields| {
        Ok(Endpoint {
            binding: fields.read("binding", |value| value.one_of(&Binding::ALL, Binding::as_str))?,
            location: fields.read("location", |value| value.parse(Location::new))?,
        })
    })
}

fn organization(fields: &mut Fields<'_>) -> Result<Organization, RecordError> {
    Ok(Organization {
        name: fields.read("name", |value| value.parse(DisplayName::new))?,
        url: fields.read_or_null("url", |value| value.parse(Location::new))?,
    })
}

fn contact(fields: &mut Fields<'_>) -> Result<Contact, RecordError> {
    Ok(Contact {
        name: fields.read_or_null("name", |value| value.parse(DisplayName::new))?,
        mail: fields.read("mail", |value| value.parse(MailAddress::new))?,
    })
}
