//! Mail messages as files (`.eml`, RFC 5322 with MIME). The same reminder gives the same file, byte for byte, whenever and
//! wherever it is written.

use crate::names;
use crate::page;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;
use mail_builder::{MessageBuilder, headers::date::Date};
use samlcert::application::MailAddress;
use samlcert::{UnixTime, is_invisible};
use std::str::FromStr;

/// One reminder as a message.
#[derive(Clone, Copy)]
pub(crate) struct Mail<'a> {
    /// The ID of the application.
    pub(crate) id: &'a str,
    /// The SHA-256 fingerprint of the certificate, in hexadecimal.
    pub(crate) sha256_hex: &'a str,
    /// How many seconds before the expiry of the certificate the reminder falls due.
    pub(crate) threshold_s: u32,
    /// The moment of the reminder, which is the date of the message.
    pub(crate) at: UnixTime,
    pub(crate) from: Option<&'a Mailbox>,
    pub(crate) to: Option<&'a Mailbox>,
    pub(crate) subject: &'a str,
    pub(crate) text: &'a str,
    pub(crate) html: &'a str,
}

/// The name of the file, and its content.
pub(crate) fn message(mail: &Mail<'_>) -> (String, Vec<u8>) {
    let threshold = names::short_duration(mail.threshold_s);
    let identifier = names::identifier(&["mail", mail.id, mail.sha256_hex, &threshold]);
    let mut builder = MessageBuilder::new().date(Date::new(mail.at.0));
    if let Some(from) = mail.from {
        builder = builder.from(from.address());
    }
    if let Some(to) = mail.to {
        builder = builder.to(to.address());
    }
    let mut bytes = Vec::new();
    builder.subject(header_text(mail.subject)).message_id(identifier).body(alternatives(mail)).serialize(&mut bytes);
    (file_name(mail, &threshold), bytes)
}

fn file_name(mail: &Mail<'_>, threshold: &str) -> String {
    let certificate: String = mail.sha256_hex.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    format!("{}-{certificate}-{threshold}.eml", names::file_part(mail.id))
}

fn alternatives<'a>(mail: &Mail<'a>) -> MimePart<'a> {
    // No text can hold a digest of itself.
    let boundary = format!("=_{}", names::short_digest(&[mail.id, mail.sha256_hex, mail.text, mail.html]));
    let kind = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let text = MimePart::new("text/plain", line_feeds(mail.text));
    MimePart::new(kind, vec![text, MimePart::new("text/html", line_feeds(mail.html))])
}

/// A lone carriage return may not stand in a message (RFC 5322, section 2.3).
fn line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Text for one header: invisible characters are escaped, line breaks among them, and what looks like an encoded word
/// (RFC 2047, section 2) is broken up.
fn header_text(text: &str) -> String {
    page::escape(text).replace("=?", "= ?")
}

/// A name, if there is one, and an address that can stand in a header unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mailbox {
    name: Option<String>,
    address: String,
}

impl Mailbox {
    fn address(&self) -> Address<'_> {
        Address::new_address(self.name.as_deref(), self.address.as_str())
    }
}

/// `admin@example.org` or `The Admin <admin@example.org>`.
impl FromStr for Mailbox {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"'), address),
            None => ("", text),
        };
        // In a header, an address is ASCII (RFC 5322); a name is encoded.
        let is_address = address.is_ascii() && MailAddress::new(address).is_ok();
        if name.contains(is_invisible) || name.contains("=?") || !is_address {
            return Err(
                "this is not a mail address: give one such as admin@example.org or The Admin <admin@example.org>",
            );
        }
        Ok(Self { name: (!name.is_empty()).then(|| name.to_owned()), address: address.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python;
    use serde_json::json;

    const SHA256: &str = "4224240f56a94224240f56a94224240f56a94224240f56a94224240f56a94224";

    fn mail<'a>(id: &'a str, subject: &'a str) -> Mail<'a> {
        Mail {
            id,
            sha256_hex: SHA256,
            threshold_s: 604_800,
            at: UnixTime(1_800_000_000),
            from: None,
            to: None,
            subject,
            text: "The certificate ends in 7 days.\n",
            html: "<p>The certificate ends in 7 days.</p>\n",
        }
    }

    fn text(mail: &Mail<'_>) -> String {
        String::from_utf8(message(mail).1).unwrap()
    }

    /// The lines before the first empty one, those that go on one with the one before.
    fn headers(text: &str) -> Vec<String> {
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_message_is_made_of_what_is_given() {
        let from = "The Admin <samlcert@example.org>".parse().unwrap();
        let to = "admin@example.org".parse().unwrap();
        let given =
            Mail { from: Some(&from), to: Some(&to), ..mail("portal", "portal: its certificate ends in 7 days") };
        let (name, bytes) = message(&given);
        assert_eq!(name, "portal-4224240f56a94224-7d.eml");
        let expected = "\
            Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n\
            From: \"The Admin\" <samlcert@example.org>\r\n\
            To: <admin@example.org>\r\n\
            Subject: portal: its certificate ends in 7 days\r\n\
            Message-ID: <5e7a6951fa5a8733328eef7bde5364a2@samlcert.invalid>\r\n\
            MIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative;\r\n \
            boundary=\"=_fab264510f430786fb15aab88676868c\"\r\n\
            \r\n\
            --=_fab264510f430786fb15aab88676868c\r\n\
            Content-Type: text/plain; charset=\"utf-8\"\r\n\
            Content-Transfer-Encoding: 7bit\r\n\
            \r\n\
            The certificate ends in 7 days.\r\n\
            \r\n\
            --=_fab264510f430786fb15aab88676868c\r\n\
            Content-Type: text/html; charset=\"utf-8\"\r\n\
            Content-Transfer-Encoding: 7bit\r\n\
            \r\n\
            <p>The certificate ends in 7 days.</p>\r\n\
            \r\n\
            --=_fab264510f430786fb15aab88676868c--\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn the_same_reminder_is_the_same_file_and_another_is_another() {
        let base = mail("portal", "subject");
        assert_eq!(message(&base), message(&base));
        let others = [
            ("id", Mail { id: "portal2", ..base }),
            ("certificate", Mail { sha256_hex: "99", ..base }),
            ("threshold", Mail { threshold_s: 86_400, ..base }),
        ];
        let identifier = |mail: &Mail<'_>| headers(&text(mail)).into_iter().find(|line| line.starts_with("Message-ID"));
        for (what, other) in others {
            assert_ne!(message(&other).0, message(&base).0, "{what}");
            assert_ne!(identifier(&other), identifier(&base), "{what}");
        }
        let reworded = Mail { subject: "other words", text: "other words", ..base };
        assert_eq!(message(&reworded).0, message(&base).0, "other words, the same reminder");
        assert_eq!(identifier(&reworded), identifier(&base), "other words, the same reminder");
    }

    /// What tries to be more than one header, and what becomes of it.
    const SUBJECTS: [(&str, &str); 9] = [
        ("a\r\nBcc: evil@example.org", "a\\u{d}\\u{a}Bcc: evil@example.org"),
        ("a\nBcc: evil@example.org", "a\\u{a}Bcc: evil@example.org"),
        ("a\rBcc: evil@example.org", "a\\u{d}Bcc: evil@example.org"),
        ("a\r\n\r\n<script>", "a\\u{d}\\u{a}\\u{d}\\u{a}<script>"),
        ("a\0b\u{202e}c\u{2028}d", "a\\u{0}b\\u{202e}c\\u{2028}d"),
        ("=?utf-8?Q?=0D=0ABcc?=", "= ?utf-8?Q?=0D=0ABcc?="),
        ("Zürich =?utf-8?Q?x?=", "Zürich = ?utf-8?Q?x?="),
        ("", ""),
        ("a = b; \"c\" <d>, e: f", "a = b; \"c\" <d>, e: f"),
    ];

    #[test]
    fn no_text_makes_a_header_of_its_own() {
        let names = ["Date", "Subject", "Message-ID", "MIME-Version", "Content-Type"];
        for (hostile, _) in SUBJECTS {
            for given in
                [mail("portal", hostile), mail(hostile, "subject"), Mail { sha256_hex: hostile, ..mail("a", "b") }]
            {
                let (file, _) = message(&given);
                assert!(!file.contains(['/', '\\', '\r', '\n', '\0', ':']), "{file}");
                let headers = headers(&text(&given));
                let found: Vec<_> = headers.iter().map(|line| line.split(": ").next().unwrap()).collect();
                assert_eq!(found, names, "{hostile:?}");
            }
        }
    }

    #[test]
    fn mailboxes() {
        let table = [
            ("admin@example.org", Some((None, "admin@example.org"))),
            ("  admin@example.org\n", Some((None, "admin@example.org"))),
            ("<admin@example.org>", Some((None, "admin@example.org"))),
            ("The Admin <a.b+c@example.org>", Some((Some("The Admin"), "a.b+c@example.org"))),
            ("\"Admin, The\" <admin@example.org>", Some((Some("Admin, The"), "admin@example.org"))),
            ("Jörg <admin@example.org>", Some((Some("Jörg"), "admin@example.org"))),
            ("", None),
            ("admin", None),
            ("@example.org", None),
            ("admin@", None),
            ("admin@example..org", None),
            ("a..b@example.org", None),
            ("a@b@example.org", None),
            ("a b@example.org", None),
            ("jörg@example.org", None),
            ("a@example.org, b@example.org", None),
            ("a@example.org> <b@example.org", None),
            ("a@example.org\r\nBcc: b@example.org", None),
            ("A\r\nBcc: <b@example.org>", None),
            ("=?utf-8?Q?A?= <b@example.org>", None),
        ];
        for (text, expected) in table {
            let mailbox: Option<Mailbox> = text.parse().ok();
            let parts = mailbox.as_ref().map(|mailbox| (mailbox.name.as_deref(), mailbox.address.as_str()));
            assert_eq!(parts, expected, "{text:?}");
        }
    }

    const READ: &str = r#"
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = [[p.get_content_type(), p.get_content(), [str(d) for d in p.defects]] for p in m.iter_parts()]
address = lambda a: [[b.display_name, b.addr_spec] for b in a.addresses] if a else []
print(json.dumps({
    "names": m.keys(), "subject": m["Subject"], "date": m["Date"].datetime.timestamp(), "id": m["Message-ID"],
    "from": address(m["From"]), "to": address(m["To"]), "type": m.get_content_type(), "parts": parts,
    "defects": [str(d) for d in m.defects] + [str(d) for h in m.values() for d in h.defects],
}))"#;

    #[test]
    #[ignore = "needs python"]
    fn python_reads_what_is_written() {
        let from: Mailbox = "\"Jörg, a \\ b\" <samlcert@example.org>".parse().unwrap();
        let to: Mailbox = "admin@example.org".parse().unwrap();
        let long = format!("a long one: {}", "word ".repeat(100));
        let plain = [("Zürich: läuft in 7 Tagen ab", "Zürich: läuft in 7 Tagen ab"), (long.trim(), long.trim())];
        for (subject, expected) in SUBJECTS.into_iter().chain(plain) {
            let html = "<p>Zürich\r\nläuft &lt;ab&gt;</p>\rfrom here on\n.\n--=_x--\n";
            let given = Mail { from: Some(&from), to: Some(&to), html, ..mail("Zürich/\r\n", subject) };
            let read = python::ask(READ, &message(&given).1);
            let names = ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"];
            assert_eq!(read["names"], json!(names), "{subject:?}");
            assert_eq!(read["subject"], expected);
            assert_eq!(read["date"], 1_800_000_000.0);
            assert_eq!(read["id"], format!("<{}>", names::identifier(&["mail", given.id, SHA256, "7d"])));
            assert_eq!(read["from"], json!([["Jörg, a \\ b", "samlcert@example.org"]]));
            assert_eq!(read["to"], json!([["", "admin@example.org"]]));
            assert_eq!(read["type"], "multipart/alternative");
            let parts = json!([
                ["text/plain", "The certificate ends in 7 days.\r\n", []],
                ["text/html", "<p>Zürich\r\nläuft &lt;ab&gt;</p>\r\nfrom here on\r\n.\r\n--=_x--\r\n", []],
            ]);
            assert_eq!(read["parts"], parts);
            assert_eq!(read["defects"], json!([]), "{subject:?}");
        }
    }
}
