//! The names in a subject alternative name and an authority key identifier (RFC 5280, section 4.2.1.6).

use core::net::{Ipv4Addr, Ipv6Addr};

use der::Decode;
use x509_cert::ext::pkix::name::GeneralName as Decoded;

use super::{Oid, name};
use crate::tlv::{self, OID, SEQUENCE, Tlv, context};

/// One of the names of a subject or an issuer (RFC 5280, section 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct GeneralName {
    /// What it names.
    pub kind: GeneralNameKind,
    /// The name. Control and invisible characters are escaped in the form `\0A`, and a backslash is doubled.
    pub text: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What a [`GeneralName`] names, and how its text is written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum GeneralNameKind {
            $($(#[$doc])* $name,)*
        }

        impl GeneralNameKind {
            /// The name in the JSON forms: lower case with hyphens, which never changes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

kinds! {
    /// A name of another form (`otherName`): the object identifier of the form. The name itself is not shown.
    Other = "other";
    /// An email address (`rfc822Name`).
    Email = "email";
    /// A host name (`dNSName`).
    Dns = "dns";
    /// A distinguished name (`directoryName`), as [`subject`](super::Certificate::subject) is written.
    Directory = "directory";
    /// The name of an EDI party (`ediPartyName`), without its name assigner.
    EdiParty = "edi-party";
    /// A URI (`uniformResourceIdentifier`).
    Uri = "uri";
    /// An IP address (`iPAddress`): `192.0.2.1`, `2001:db8::1`; `#` and hexadecimal if it has neither 4 nor 16 octets.
    Ip = "ip";
    /// An object identifier (`registeredID`).
    RegisteredId = "registered-id";
}

impl GeneralName {
    /// Reads a list that is not empty, name by name. Decoding them all at once would take forty times the memory of
    /// short names.
    pub(super) fn list(names: &Tlv<'_>) -> Option<Vec<Self>> {
        let read: Vec<_> = names.reader().values().map(|name| Self::read(&name)).collect::<Option<_>>()?;
        (!read.is_empty()).then_some(read)
    }

    fn read(value: &Tlv<'_>) -> Option<Self> {
        use GeneralNameKind::*;
        let (kind, text) = match value.tag {
            OTHER_NAME => (Other, other_name(value)?),
            DIRECTORY_NAME => (Directory, directory_name(value)?),
            REGISTERED_ID => (RegisteredId, tlv::is_oid(value.content).then(|| Oid::of(value.content))?.to_string()),
            _ => text(value)?,
        };
        Some(Self { kind, text })
    }
}

const OTHER_NAME: u8 = context(0);
const DIRECTORY_NAME: u8 = context(4);
const REGISTERED_ID: u8 = 0x88;

/// `x509-cert` decodes the texts and addresses, but not `x400Address`. The others are decoded here: `x509-cert` reads
/// object identifiers only up to 39 octets and 32 bits a number, and sorts the sets of a directory name again, in
/// quadratic time.
fn text(value: &Tlv<'_>) -> Option<(GeneralNameKind, String)> {
    use GeneralNameKind::*;
    match Decoded::from_der(value.whole).ok()? {
        Decoded::Rfc822Name(address) => Some((Email, name::show(address.as_str()))),
        Decoded::DnsName(host) => Some((Dns, name::show(host.as_str()))),
        Decoded::EdiPartyName(party) => Some((EdiParty, name::show(&party.party_name.value()))),
        Decoded::UniformResourceIdentifier(uri) => Some((Uri, name::show(uri.as_str()))),
        Decoded::IpAddress(octets) => Some((Ip, address(octets.as_bytes()))),
        Decoded::OtherName(_) | Decoded::DirectoryName(_) | Decoded::RegisteredId(_) => None,
    }
}

/// The form of the name; the name itself is any one value.
fn other_name(value: &Tlv<'_>) -> Option<String> {
    let mut fields = value.reader();
    let (form, explicit) = (fields.expect(OID).ok()?, fields.expect(context(0)).ok()?);
    fields.finish().ok()?;
    let mut inside = explicit.reader();
    inside.any().ok()?;
    inside.finish().ok()?;
    Some(Oid::of(form.content).to_string())
}

fn directory_name(value: &Tlv<'_>) -> Option<String> {
    let mut inside = value.reader();
    let name = inside.expect(SEQUENCE).ok()?;
    inside.finish().ok()?;
    name::check(&name).ok()?;
    Some(name::to_text(name.whole))
}

fn address(octets: &[u8]) -> String {
    if let Ok(octets) = <[u8; 4]>::try_from(octets) {
        return Ipv4Addr::from(octets).to_string();
    }
    <[u8; 16]>::try_from(octets).map_or_else(|_| name::hexadecimal(octets), |octets| Ipv6Addr::from(octets).to_string())
}
