//! The request for a new certificate, on the command line.

use crate::output::Failure;
use crate::progress::Progress;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use samlcert::{CertKeyPair, IssueError, IssueRequest, KeyKind, Lifetime, SystemEntropy, UnixTime};

/// Subject, kind of key, lifetime: with a common name that is required.
#[derive(Debug, Args)]
pub(crate) struct RequestArguments {
    /// Set the common name of the subject, such as the host name of the identity provider
    #[arg(long, value_name = "NAME")]
    cn: String,
    #[command(flatten)]
    pair: PairArguments,
}

/// All but the common name. The caller has defaults for what is left out.
#[derive(Debug, Args)]
pub(crate) struct PairArguments {
    /// Set the organization of the subject
    #[arg(long, value_name = "NAME")]
    org: Option<String>,
    /// Set the organizational unit of the subject
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// Set the country of the subject: two upper-case letters such as DE
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Generate a key of this kind [default: rsa-2048]
    #[arg(long, value_name = "KIND", value_parser = key_kinds())]
    kind: Option<KeyKind>,
    #[command(flatten)]
    lifetime: LifetimeArguments,
}

/// The lifetime of a certificate.
#[derive(Debug, Args)]
pub(crate) struct LifetimeArguments {
    /// Set the lifetime in years [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), conflicts_with = "days")]
    years: Option<u16>,
    /// Set the lifetime in days instead
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    days: Option<u32>,
    /// Begin the lifetime this many seconds ago, for service providers whose clocks are slow
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    back_date: u32,
}

/// Default attributes of a subject.
#[derive(Default)]
pub(crate) struct Subject {
    pub(crate) cn: Option<String>,
    pub(crate) org: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) country: Option<String>,
}

/// Generates a private key and its certificate; for RSA, this can take seconds.
pub(crate) fn issue(request: &IssueRequest, now: UnixTime) -> Result<CertKeyPair, IssueError> {
    let _progress = Progress::begin("Generating the private key");
    request.issue(now, &mut SystemEntropy)
}

impl RequestArguments {
    pub(crate) fn request(&self) -> Result<IssueRequest, Failure> {
        self.pair.request(&self.cn, &Subject::default())
    }
}

impl PairArguments {
    pub(crate) const fn are_given(&self) -> bool {
        self.org.is_some()
            || self.unit.is_some()
            || self.country.is_some()
            || self.kind.is_some()
            || self.lifetime.is_given()
    }

    /// The request, with the attributes of `subject` for those that are left out.
    pub(crate) fn request(&self, cn: &str, subject: &Subject) -> Result<IssueRequest, Failure> {
        let mut request = IssueRequest::new(cn)?;
        request = request.key_kind(self.kind.unwrap_or(KeyKind::Rsa2048)).lifetime(self.lifetime.lifetime()?);
        if let Some(organization) = self.org.as_ref().or(subject.org.as_ref()) {
            request = request.organization(organization)?;
        }
        if let Some(unit) = self.unit.as_ref().or(subject.unit.as_ref()) {
            request = request.organizational_unit(unit)?;
        }
        if let Some(country) = self.country.as_ref().or(subject.country.as_ref()) {
            request = request.country(country)?;
        }
        Ok(request)
    }
}

impl LifetimeArguments {
    const fn is_given(&self) -> bool {
        self.years.is_some() || self.days.is_some() || self.back_date > 0
    }

    pub(crate) fn lifetime(&self) -> Result<Lifetime, Failure> {
        let lifetime = match (self.days, self.years) {
            (Some(days), _) => Lifetime::days(days)?,
            (None, Some(years)) => Lifetime::years(years)?,
            (None, None) => Lifetime::FIVE_YEARS,
        };
        Ok(lifetime.back_dated(self.back_date))
    }
}

fn key_kinds() -> impl TypedValueParser<Value = KeyKind> {
    PossibleValuesParser::new(KeyKind::ALL.iter().map(|kind| kind.as_str()))
        .try_map(|name| KeyKind::ALL.iter().find(|kind| kind.as_str() == name).copied().ok_or("no such kind"))
}

/// What only a CA can do, and what contradicts itself, is a clear no; everything else is unusable input.
impl From<IssueError> for Failure {
    fn from(error: IssueError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        match error {
            IssueError::SignedByCa | IssueError::NamesSerial => failure.refused(),
            _ => failure,
        }
    }
}
