//! The message that a certificate comes to its end.

use crate::support::data;
use samlcert::application::{
    Acceptance, ApplicationId, Capability, DisplayName, EntityId, SavePolicy, ServiceProvider, Settings, StepContext,
};
use samlcert::{Application, CertKeyPair, ErrorCode, LinkError, LinkTemplate, Notice, UnixTime, normalize, notice};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// The last moment of the pair of `texts/pair.pem`: 2036-11-21T10:16:41Z.
const END: i64 = 2_110_875_401;

const LINK: &str = "https://sso.example.org/apps/{id}?certificate={sha256}#keys";

fn pair(texts: &[&str]) -> CertKeyPair {
    let paste: Vec<u8> = texts.iter().flat_map(|file| data(file)).collect();
    normalize(&paste).into_pair().unwrap()
}

fn first_pair() -> CertKeyPair {
    pair(&["texts/pair.pem"])
}

fn second_pair() -> CertKeyPair {
    pair(&["certificates/p256.pem", "keys/p256.pem"])
}

fn at(now: i64) -> StepContext<'static> {
    StepContext { now: UnixTime(now), actor: "admin" }
}

fn provider(entity_id: &str, name: &str, capability: Capability) -> ServiceProvider {
    let provider = ServiceProvider::new(EntityId::new(entity_id).unwrap(), capability);
    if name.is_empty() { provider } else { provider.with_name(DisplayName::new(name).unwrap()) }
}

const ONE: Capability = Capability::OneCertificate;
const SEVERAL: Capability = Capability::SeveralCertificates;

fn pulls(seconds: i64) -> Capability {
    let seconds = u32::try_from(seconds).unwrap();
    Capability::Metadata { pull_interval: seconds.try_into().unwrap() }
}

/// Activated a hundred days before its end.
fn application(id: &str, policy: SavePolicy, providers: &[ServiceProvider]) -> Application {
    let begin = at(END - 100 * DAY);
    let id = ApplicationId::new(id).unwrap();
    let (mut application, _) = Application::new(begin, id, Settings::new(policy)).unwrap();
    application.activate(begin, &first_pair()).unwrap();
    for provider in providers {
        application.add_provider(begin, provider.clone()).unwrap();
    }
    application
}

fn told(application: &Application, before_the_end: i64) -> Notice {
    let link = LinkTemplate::new(LINK).unwrap();
    notice(application.record(), UnixTime(END - before_the_end), Some(&link)).unwrap()
}

/// What stands behind the numbers.
fn steps(notice: &Notice) -> Vec<&str> {
    let numbered = notice.text.lines().filter_map(|line| line.split_once(". "));
    numbered.filter(|(number, _)| number.parse::<u32>().is_ok()).map(|(_, step)| step).collect()
}

#[test]
fn a_message_tells_the_time_the_fingerprint_and_the_steps() {
    let providers = [
        provider("https://a.example.org/sp", "Payroll & Co", ONE),
        provider("https://b.example.org/sp", "", SEVERAL),
        provider("https://c.example.org/sp", "Wiki", pulls(DAY)),
    ];
    let notice = told(&application("portal", SavePolicy::Staged, &providers), 7 * DAY);
    assert_eq!(notice.subject, "portal: the signing certificate expires in 7 days");
    let text = "\
The certificate that signs for portal expires in 7 days: its last moment is 2036-11-21T10:16:41Z, on 21 November 2036.
Its SHA-256 fingerprint is SHA256.
From then on, service providers that look at the dates refuse what it signs, and logins there break.

What to do next:
1. Regenerate the certificate, or renew it with the same key.
2. Save the draft.
3. Publish the saved certificate.
4. Export the certificates for https://b.example.org/sp, put them in there, and confirm it.
5. Wait until 2036-11-15T10:21:41Z (24 hours), when Wiki has pulled metadata by itself.
6. In 24 hours (2036-11-15T10:21:41Z): in one maintenance moment, cut over and put the new certificate in at Payroll & Co.
7. In 24 hours (2036-11-15T10:21:41Z): look up which certificate Payroll & Co holds, and confirm it.
8. In 24 hours (2036-11-15T10:21:41Z): retire the previous certificate.

Regenerate Certificate: https://sso.example.org/apps/portal?certificate=HEX#keys

As of 2036-11-14T10:16:41Z.
";
    let html = "\
<!DOCTYPE html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>portal: the signing certificate expires in 7 days</title></head>
<body>
<p>The certificate that signs for <bdi>portal</bdi> expires in 7 days: its last moment is 2036-11-21T10:16:41Z, on 21 November 2036.</p>
<p>Its SHA-256 fingerprint is SHA256.</p>
<p>From then on, service providers that look at the dates refuse what it signs, and logins there break.</p>
<p>What to do next:</p>
<ol>
<li>Regenerate the certificate, or renew it with the same key.</li>
<li>Save the draft.</li>
<li>Publish the saved certificate.</li>
<li>Export the certificates for <bdi>https://b.example.org/sp</bdi>, put them in there, and confirm it.</li>
<li>Wait until 2036-11-15T10:21:41Z (24 hours), when <bdi>Wiki</bdi> has pulled metadata by itself.</li>
<li>In 24 hours (2036-11-15T10:21:41Z): in one maintenance moment, cut over and put the new certificate in at <bdi>Payroll &amp; Co</bdi>.</li>
<li>In 24 hours (2036-11-15T10:21:41Z): look up which certificate <bdi>Payroll &amp; Co</bdi> holds, and confirm it.</li>
<li>In 24 hours (2036-11-15T10:21:41Z): retire the previous certificate.</li>
</ol>
<p><a href=\"https://sso.example.org/apps/portal?certificate=HEX#keys\">Regenerate Certificate</a></p>
<p>As of 2036-11-14T10:16:41Z.</p>
</body>
</html>
";
    let sha256 = first_pair().certificate().fingerprint(samlcert::HashAlgorithm::Sha256);
    let filled = |text: &str| text.replace("SHA256", &sha256.to_string()).replace("HEX", &sha256.to_hex());
    assert_eq!(notice.text, filled(text));
    assert_eq!(notice.html, filled(html));
}

#[test]
fn the_time_left_is_exact() {
    let table = [
        (60 * DAY, "expires in 60 days"),
        (60 * DAY - 1, "expires in 59 days"),
        (30 * DAY, "expires in 30 days"),
        (7 * DAY, "expires in 7 days"),
        (2 * DAY, "expires in 2 days"),
        (2 * DAY - 1, "expires in 47 hours"),
        (DAY, "expires in 24 hours"),
        (DAY - 1, "expires in 23 hours"),
        (HOUR, "expires in 60 minutes"),
        (59, "expires in 59 seconds"),
        (1, "expires in 1 second"),
        (0, "expires in 0 seconds"),
        (-1, "expired 1 second ago"),
        (-5 * HOUR, "expired 5 hours ago"),
        (-400 * DAY, "expired 400 days ago"),
    ];
    let application = application("portal", SavePolicy::OnSave, &[]);
    for (before_the_end, expected) in table {
        let notice = told(&application, before_the_end);
        assert_eq!(notice.subject, format!("portal: the signing certificate {expected}"));
        assert!(notice.text.starts_with(&format!("The certificate that signs for portal {expected}: its last")));
        let since = if before_the_end < 0 { "\nSince then, " } else { "\nFrom then on, " };
        assert!(notice.text.contains(since), "{}", notice.text);
    }
    for now in [i64::MIN, i64::MAX] {
        assert!(notice(application.record(), UnixTime(now), Some(&LinkTemplate::new(LINK).unwrap())).is_some());
    }
}

#[test]
fn nothing_is_said_where_nothing_signs() {
    let link = LinkTemplate::new(LINK).unwrap();
    let id = ApplicationId::new("portal").unwrap();
    let (application, _) = Application::new(at(0), id, Settings::new(SavePolicy::Staged)).unwrap();
    assert_eq!(notice(application.record(), UnixTime(0), Some(&link)), None);
}

/// Brings an application to where it stands.
type Way = fn(&mut Application);

fn staged(application: &mut Application) {
    application.stage(at(END - 9 * DAY), &second_pair()).unwrap();
}

fn saved(application: &mut Application) {
    staged(application);
    application.save(at(END - 9 * DAY), Acceptance::NONE).unwrap();
}

fn published(application: &mut Application) {
    saved(application);
    application.publish(at(END - 9 * DAY)).unwrap();
}

fn rolled_over_and_back(application: &mut Application) {
    published(application);
    application.cut_over(at(END - 9 * DAY), Acceptance::NONE).unwrap();
    application.roll_back(at(END - 9 * DAY), Acceptance::NONE).unwrap();
}

#[test]
fn the_steps_are_those_of_the_application() {
    let none: &[ServiceProvider] = &[];
    let one = &[provider("a", "A", ONE), provider("b", "B", ONE)];
    let slow = &[provider("a", "A", pulls(8 * DAY)), provider("b", "B", pulls(DAY))];
    type Row<'a> = (&'a str, SavePolicy, &'a [ServiceProvider], Way, &'a [&'a str]);
    let table: [Row; 7] = [
        (
            "nobody recorded",
            SavePolicy::OnSave,
            none,
            |_| {},
            &[
                "Find out which service providers hold this certificate: none is recorded.",
                "Regenerate the certificate, or renew it with the same key.",
                "Save the draft, which signs at once.",
                "Retire the previous certificate.",
            ],
        ),
        (
            "one certificate at a time, on save",
            SavePolicy::OnSave,
            one,
            |_| {},
            &[
                "Regenerate the certificate, or renew it with the same key.",
                "In one maintenance moment, save the draft, which signs at once, and put the new certificate in at A and B.",
                "Look up which certificate each of A and B holds, and confirm it.",
                "Retire the previous certificate.",
            ],
        ),
        (
            "a draft",
            SavePolicy::Staged,
            one,
            staged,
            &[
                "Save the draft.",
                "Publish the saved certificate.",
                "In one maintenance moment, cut over and put the new certificate in at A and B.",
                "Look up which certificate each of A and B holds, and confirm it.",
                "Retire the previous certificate.",
            ],
        ),
        (
            "pulled too late",
            SavePolicy::Staged,
            slow,
            saved,
            &[
                "Publish the saved certificate.",
                "Wait until 2036-11-22T10:21:41Z (8 days), when A and B have pulled metadata by themselves.",
                "In 8 days (2036-11-22T10:21:41Z), after the certificate has expired: cut over.",
                "In 8 days (2036-11-22T10:21:41Z), after the certificate has expired: retire the previous certificate.",
            ],
        ),
        (
            "published",
            SavePolicy::Staged,
            slow,
            published,
            &[
                "Wait until 2036-11-20T10:21:41Z (6 days), when A has pulled metadata by itself.",
                "In 6 days (2036-11-20T10:21:41Z): cut over.",
                "In 6 days (2036-11-20T10:21:41Z): retire the previous certificate.",
            ],
        ),
        (
            "rolled back",
            SavePolicy::Staged,
            none,
            rolled_over_and_back,
            &[
                "Find out which service providers hold this certificate: none is recorded.",
                "Cut over.",
                "Retire the previous certificate.",
            ],
        ),
        (
            "the last rotation is not at its end",
            SavePolicy::Staged,
            none,
            |application| {
                rolled_over_and_back(application);
                application.cut_over(at(END - 9 * DAY), Acceptance::NONE).unwrap();
            },
            &[
                "Find out which service providers hold this certificate: none is recorded.",
                "Retire the previous certificate.",
                "Then regenerate the certificate, or renew it with the same key.",
            ],
        ),
    ];
    for (name, policy, providers, way, expected) in table {
        let mut application = application("portal", policy, providers);
        way(&mut application);
        assert_eq!(steps(&told(&application, 7 * DAY)), expected, "{name}");
    }
}

#[test]
fn a_successor_that_waits_is_told() {
    let table: [(Way, &str); 3] = [(staged, "an unsaved draft"), (saved, "saved"), (published, "published")];
    let sha256 = second_pair().certificate().fingerprint(samlcert::HashAlgorithm::Sha256);
    for (way, stage) in table {
        let mut application = application("portal", SavePolicy::Staged, &[]);
        way(&mut application);
        let text = told(&application, 7 * DAY).text;
        let expected = format!("\nIts successor is {stage}, with the SHA-256 fingerprint {sha256}.\n");
        assert!(text.contains(&expected), "{text}");
    }
}

#[test]
fn of_many_service_providers_some_are_named() {
    let table = [(20, "b18 and b19, put"), (21, "b18, b19 and 1 more, put"), (300, "b18, b19 and 280 more, put")];
    for (count, expected) in table {
        let providers: Vec<_> =
            (0..count).map(|number| provider(&format!("{number:03}"), &format!("b{number}"), SEVERAL)).collect();
        let notice = told(&application("portal", SavePolicy::Staged, &providers), DAY);
        assert!(notice.text.contains("for b0, b1, b2, "), "{}", notice.text);
        assert!(notice.text.contains(expected), "{}", notice.text);
    }
}

#[test]
fn link_templates() {
    use LinkError::{Character, DotSegment, NotAnAddress, Placeholder, TooLong};
    let long = format!("https://a/{}", "x".repeat(2039));
    let table: [(&str, Result<(), LinkError>); 36] = [
        ("https://sso.example.org/apps/{id}", Ok(())),
        ("HTTP://localhost:8080/?app={id}&sha256={sha256}#{id}", Ok(())),
        ("https://[2001:db8::1]/{id}{sha256}{id}", Ok(())),
        ("https://sso.example.org", Ok(())),
        ("https://sso.example.org?{id}", Ok(())),
        ("https://sso.example.org/a%20b/...x/.x/x./{id}", Ok(())),
        (&long[..2048], Ok(())),
        (&long, Err(TooLong)),
        ("", Err(NotAnAddress)),
        ("sso.example.org/{id}", Err(NotAnAddress)),
        ("/apps/{id}", Err(NotAnAddress)),
        ("javascript://sso.example.org/%0aalert(1)", Err(NotAnAddress)),
        ("ftp://sso.example.org/{id}", Err(NotAnAddress)),
        (" https://sso.example.org/{id}", Err(NotAnAddress)),
        ("https:///apps/{id}", Err(NotAnAddress)),
        ("https://user@sso.example.org/{id}", Err(NotAnAddress)),
        ("https://{id}.example.org/", Err(Placeholder { at: 8 })),
        ("https://a{sha256}/", Err(Placeholder { at: 9 })),
        ("https://a/{ID}", Err(Placeholder { at: 10 })),
        ("https://a/{id", Err(Placeholder { at: 10 })),
        ("https://a/id}", Err(Placeholder { at: 12 })),
        ("https://a/{{id}}", Err(Placeholder { at: 10 })),
        ("https://a/{id}{}", Err(Placeholder { at: 14 })),
        ("https://a/a b", Err(Character { at: 11 })),
        ("https://a/\"", Err(Character { at: 10 })),
        ("https://a/<script>", Err(Character { at: 10 })),
        ("https://a/x\r\nBcc: b", Err(Character { at: 11 })),
        ("https://a/\u{202e}", Err(Character { at: 10 })),
        ("https://ä/", Err(NotAnAddress)),
        ("https://aä/", Err(Character { at: 9 })),
        ("https://a\\b/", Err(Character { at: 9 })),
        ("https://a/%2", Err(Character { at: 10 })),
        ("https://a/%2x", Err(Character { at: 10 })),
        ("https://a/%ä2", Err(Character { at: 10 })),
        ("https://a/b/../{id}", Err(DotSegment)),
        ("https://a/b/.%2E/{id}", Err(DotSegment)),
    ];
    for (template, expected) in table {
        let made: Result<LinkTemplate, LinkError> = template.parse();
        assert_eq!(made.as_ref().map(|made| made.as_str()), expected.as_ref().map(|()| template), "{template}");
        if let Err(error) = made {
            assert_eq!(error.code(), ErrorCode::InvalidLink);
            assert!(error.to_string().starts_with("the link "), "{error}");
        }
    }
}

#[test]
fn ids_stay_within_their_place_of_the_link() {
    let link = |template: &str, id: &str| {
        let application = application(id, SavePolicy::OnSave, &[]);
        let link = LinkTemplate::new(template).unwrap();
        let notice = notice(application.record(), UnixTime(END), Some(&link)).unwrap();
        let line = notice.text.lines().find_map(|line| line.strip_prefix("Regenerate Certificate: "));
        assert_eq!(line.is_some(), notice.html.contains(">Regenerate Certificate</a>"), "{id}");
        line.map(str::to_owned)
    };
    let table = [
        ("portal", Some("https://a/portal/x")),
        ("A-b.c_d~9", Some("https://a/A-b.c_d~9/x")),
        ("../../admin", Some("https://a/..%2F..%2Fadmin/x")),
        ("x?y=1&z#w", Some("https://a/x%3Fy%3D1%26z%23w/x")),
        ("\"><script>", Some("https://a/%22%3E%3Cscript%3E/x")),
        ("a'b\\c;%41", Some("https://a/a%27b%5Cc%3B%2541/x")),
        ("{sha256}{id}", Some("https://a/%7Bsha256%7D%7Bid%7D/x")),
        ("Zürich", Some("https://a/Z%C3%BCrich/x")),
        ("%2e%2e", Some("https://a/%252e%252e/x")),
        ("...", Some("https://a/.../x")),
        (".", None),
        ("..", None),
    ];
    for (id, expected) in table {
        assert_eq!(link("https://a/{id}/x", id).as_deref(), expected, "{id}");
    }
    assert_eq!(link("https://a/.{id}", "."), None);
    assert_eq!(link("https://a/%2e{id}", "."), None);
    assert_eq!(link("https://a/x?id={id}", "..").as_deref(), Some("https://a/x?id=.."));
}

/// The tags of a document, in order.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn no_value_breaks_out() {
    let hostile = [
        "\"><script>alert(1)</script>",
        "'onmouseover='alert(1)'",
        "</bdi></p><a/href=\"javascript:alert(1)\">",
        "&lt;&#60;&quot;",
        "<!--",
        "]]>",
        "{id}{sha256}",
        "%s%n${x}{{7*7}}",
        "1.",
        "אבג",
    ];
    let tame = told(&application("x", SavePolicy::OnSave, &[provider("y", "z", ONE)]), DAY);
    for value in hostile {
        let given = told(&application(value, SavePolicy::OnSave, &[provider(value, value, ONE)]), DAY);
        let unnamed = told(&application(value, SavePolicy::OnSave, &[provider(value, "", ONE)]), DAY);
        assert_eq!(unnamed, given, "{value}: an entity ID in the place of a name");
        let (mut found, mut expected) = (tags(&given.html), tags(&tame.html));
        let is_link =
            |tag: &&str| tag.starts_with("a href=\"https://sso.example.org/apps/") && tag.ends_with("#keys\"");
        assert_eq!(found.iter().filter(|tag| is_link(tag)).count(), 1, "{value}: {found:?}");
        found.retain(|tag| !is_link(tag));
        expected.retain(|tag| !is_link(tag));
        assert_eq!(found, expected, "{value}");
        assert_eq!(given.text.lines().count(), tame.text.lines().count(), "{value}: {}", given.text);
        assert_eq!(steps(&given).len(), steps(&tame).len(), "{value}: {}", given.text);
        assert!(given.text.contains(value) && given.subject.starts_with(value), "{value}");
    }
}

/// What would break a line or turn its direction never becomes a name.
#[test]
fn line_breaks_and_marks_of_direction_are_no_part_of_a_name() {
    for value in
        ["a\r\nBcc:b", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b", "a\u{202e}b", "a\u{2066}b", "a\u{200f}b"]
    {
        assert!(ApplicationId::new(value).is_err(), "{value:?}");
        assert!(EntityId::new(value).is_err(), "{value:?}");
        assert!(DisplayName::new(value).is_err(), "{value:?}");
        assert!(LinkTemplate::new(&format!("https://a/{value}")).is_err(), "{value:?}");
    }
}
