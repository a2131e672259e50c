//! What a new certificate is to be, on the command line.

use crate::output::Failure;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use samlcert::{IssueError, IssueRequest, KeyKind, Lifetime};

/// Subject, kind of key, lifetime.
#[derive(Debug, Args)]
pub(crate) struct RequestArguments {
    /// The common name, such as the host name of the identity provider
    #[arg(long, value_name = "NAME")]
    cn: String,
    /// The organization
    #[arg(long, value_name = "NAME")]
    org: Option<String>,
    /// The organizational unit
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// The country, two upper-case letters such as DE
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The kind of the key
    #[arg(long, value_name = "KIND", default_value = KeyKind::Rsa2048.as_str(), value_parser = key_kinds())]
    kind: KeyKind,
    #[command(flatten)]
    lifetime: LifetimeArguments,
}

/// How long a certificate is valid.
#[derive(Debug, Args)]
pub(crate) struct LifetimeArguments {
    /// How many years it is valid, if not 5
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), conflicts_with = "days")]
    years: Option<u16>,
    /// How many days it is valid, if not 5 years
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    days: Option<u32>,
    /// How many seconds ago it begins, for service providers whose clocks are behind
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    back_date: u32,
}

impl RequestArguments {
    pub(crate) fn request(&self) -> Result<IssueRequest, Failure> {
        let mut request = IssueRequest::new(&self.cn)?.key_kind(self.kind).lifetime(self.lifetime.lifetime()?);
        if let Some(organization) = &self.org {
            request = request.organization(organization)?;
        }
        if let Some(unit) = &self.unit {
            request = request.organizational_unit(unit)?;
        }
        if let Some(country) = &self.country {
            request = request.country(country)?;
        }
        Ok(request)
    }
}

impl LifetimeArguments {
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

/// What a CA alone can do, and what would contradict itself, is a clear no; all else is unusable.
impl From<IssueError> for Failure {
    fn from(error: IssueError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        match error {
            IssueError::SignedByCa | IssueError::NamesSerial => failure.refused(),
            _ => failure,
        }
    }
}
