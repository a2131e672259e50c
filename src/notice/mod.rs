//! The message that a certificate expires, and what to do next.

mod line;
mod link;
mod steps;

pub use link::{LinkError, LinkTemplate};

use core::fmt::Write;

use crate::application::{PlacedCertificate, Record, Stage};
use crate::time::{TimeSpan, UnixTime};
use line::Line;

/// A message: what the expiry of a certificate means for an application, and what to do next for its service providers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The subject, on one line.
    pub subject: String,
    /// Plain text, its lines ended by line feeds.
    pub text: String,
    /// The same as an HTML document. Whatever others chose (names, the link) is escaped.
    pub html: String,
}

/// The message that the certificate that signs expires, as of a moment; `None` if nothing signs.
///
/// It gives the time left in words and to the second, the certificate's SHA-256 fingerprint, and the steps of
/// [`Record::plan`] with the service providers by name (or entity ID). Of more than 20 service providers in one step
/// the others are counted. The link, labelled "Regenerate Certificate", is left out where there is no template, or the
/// template cannot lead to the application: see [`LinkTemplate::new`].
///
/// ```
/// use samlcert::application::{SavePolicy, Settings, StepContext};
/// use samlcert::{Application, LinkTemplate, UnixTime, normalize, notice};
///
/// let pair = normalize(include_bytes!("../../tests/data/texts/pair.pem")).into_pair()?;
/// let end = pair.certificate().validity().not_after();
/// let now = UnixTime(end.0 - 23 * 3_600);
/// let at = StepContext { now, actor: "admin" };
/// let (mut portal, _) = Application::new(at, "portal".parse()?, Settings::new(SavePolicy::Staged))?;
/// portal.activate(at, &pair)?;
///
/// let link = LinkTemplate::new("https://sso.example.org/apps/{id}/certificate")?;
/// let notice = notice(portal.record(), now, Some(&link)).ok_or("nothing signs")?;
/// assert_eq!(notice.subject, "portal: the signing certificate expires in 23 hours");
/// assert!(notice.text.contains("Regenerate Certificate: https://sso.example.org/apps/portal/certificate"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn notice(record: &Record, now: UnixTime, link: Option<&LinkTemplate>) -> Option<Notice> {
    let active = record.active()?;
    let end = active.certificate().validity().not_after();
    let page = Page {
        subject: format!("{}: the signing certificate {}", record.id(), expires(end, now)),
        facts: facts(record, active, now),
        steps: steps::steps(record, now, end),
        link: link.and_then(|link| link.fill(record.id().as_str(), active.sha256())),
        now,
    };
    Some(Notice { text: page.text(), html: page.html(), subject: page.subject })
}

/// "expires in 23 hours", "expired 5 hours ago".
fn expires(end: UnixTime, now: UnixTime) -> String {
    if now <= end {
        format!("expires in {}", TimeSpan::between(now, end))
    } else {
        format!("expired {} ago", TimeSpan::between(end, now))
    }
}

fn facts(record: &Record, active: &PlacedCertificate, now: UnixTime) -> Vec<Line> {
    let end = active.certificate().validity().not_after();
    let mut facts = vec![
        Line::of("The certificate that signs for ").name(record.id().as_str()).words(&format!(
            " {}: its last moment is {end}, on {}.",
            expires(end, now),
            end.to_date()
        )),
        Line::of(&format!("Its SHA-256 fingerprint is {}.", active.sha256())),
    ];
    if let Some(next) = record.next() {
        let stage = match next.stage() {
            Stage::Draft => "an unsaved draft",
            Stage::Saved => "saved",
            Stage::Published => "published",
        };
        let sha256 = next.placed().sha256();
        facts.push(Line::of(&format!("Its successor is {stage}, with the SHA-256 fingerprint {sha256}.")));
    }
    let since = if now <= end { "From then on" } else { "Since then" };
    facts.push(Line::of(&format!(
        "{since}, service providers that look at the dates refuse what it signs, and logins there break."
    )));
    facts
}

const LABEL: &str = "Regenerate Certificate";

const TO_DO: &str = "What to do next:";

/// What both forms of a message say.
struct Page {
    subject: String,
    facts: Vec<Line>,
    steps: Vec<Line>,
    link: Option<String>,
    now: UnixTime,
}

impl Page {
    fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        for fact in &self.facts {
            let _ = writeln!(text, "{}", fact.text());
        }
        let _ = writeln!(text, "\n{TO_DO}");
        for (number, step) in (1_u32..).zip(&self.steps) {
            let _ = writeln!(text, "{number}. {}", step.text());
        }
        if let Some(link) = &self.link {
            let _ = writeln!(text, "\n{LABEL}: {link}");
        }
        let _ = writeln!(text, "\nAs of {}.", self.now);
        text
    }

    fn html(&self) -> String {
        let paragraphs: String = self.facts.iter().map(|fact| format!("<p>{}</p>\n", fact.html())).collect();
        let items: String = self.steps.iter().map(|step| format!("<li>{}</li>\n", step.html())).collect();
        let link = self.link.as_ref().map(|link| format!("<p><a href=\"{}\">{LABEL}</a></p>\n", line::escape(link)));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n\
             {paragraphs}<p>{TO_DO}</p>\n<ol>\n{items}</ol>\n{}<p>As of {}.</p>\n</body>\n</html>\n",
            line::escape(&self.subject),
            link.unwrap_or_default(),
            self.now
        )
    }
}
