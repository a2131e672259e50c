//! Events in words.

use crate::page::{list, short};
use samlcert::application::{Change, EntityId};
use samlcert::{Certificate, Fingerprint, HashAlgorithm};

/// What a step changed, as in "the certificate 42240f56 was saved and signs now; the previous one, for a roll-back:
/// 8d3e51ab".
pub(super) fn describe(change: &Change) -> String {
    let of_one = |certificate: &Fingerprint, what: &str| format!("the certificate {} {what}", short(certificate));
    match change {
        Change::Created { id, .. } => format!("the application {id} was created; it has no pair yet"),
        Change::SettingsChanged { .. } => "the settings were changed".to_owned(),
        Change::Activated { certificate } => format!("activated: {} signs now", of(certificate)),
        Change::Saved { certificate } => of_one(certificate, "was saved"),
        Change::Published { certificate } => of_one(certificate, "was published, beside the one that signs"),
        Change::Retired { certificate, .. } => of_one(certificate, "was retired"),
        Change::HalfDiscarded { half } => format!("the half {} that waited was discarded", short(half)),
        Change::Discarded { certificate, held_by } => {
            let holders =
                if held_by.is_empty() { String::new() } else { format!("; it may be held by {}", names(held_by)) };
            of_one(certificate, &format!("was discarded{holders}"))
        }
        Change::Revoked { spki_sha256, reason, cleared, replacement, .. } => {
            let revoked = format!("the key {} was revoked as {}", short(spki_sha256), reason.as_str());
            let gone = if cleared.is_empty() { String::new() } else { format!(", and with it {}", shorts(cleared)) };
            let signs = replacement.as_ref().map(|certificate| format!("; {} signs now", of(certificate)));
            format!("{revoked}{gone}{}", signs.unwrap_or_default())
        }
        other => {
            let description = came_in(other).or_else(|| switched(other)).or_else(|| provider(other));
            description.unwrap_or_else(|| other.as_str().to_owned())
        }
    }
}

/// A pair, or one half of it, came in.
fn came_in(change: &Change) -> Option<String> {
    let (waits, replaced) = match change {
        Change::CertificateUploaded { certificate, replaced } => {
            (format!("the certificate {} waits for its private key", of(certificate)), replaced)
        }
        Change::PrivateKeyUploaded { spki_sha256, replaced } => {
            (format!("the private key {} waits for its certificate", short(spki_sha256)), replaced)
        }
        Change::Staged { certificate, replaced } => {
            (format!("the draft {} waits, and changes nothing until it is saved", of(certificate)), replaced)
        }
        _ => return None,
    };
    Some(waits + &also("what waited in its place was dropped", replaced.as_ref()))
}

/// Another certificate signs.
fn switched(change: &Change) -> Option<String> {
    Some(match change {
        Change::SavedAndSwitched { certificate, previous, displaced, .. } => {
            let back = also("the previous one, for a roll-back", previous.as_ref());
            let lost = also("the older one, which was dropped", displaced.as_ref());
            format!("the certificate {} was saved and signs now{back}{lost}", short(certificate))
        }
        Change::CutOver { certificate, previous, .. } => {
            let back = also("the previous one, for a roll-back", previous.as_ref());
            format!("cut over: {} signs now{back}", short(certificate))
        }
        Change::RolledBack { certificate, next, .. } => {
            let next = also("the one that is next again", next.as_ref());
            format!("rolled back: {} signs again{next}", short(certificate))
        }
        _ => return None,
    })
}

fn provider(change: &Change) -> Option<String> {
    Some(match change {
        Change::ProviderAdded { provider } => format!("the service provider {} was added", provider.entity_id()),
        Change::ProviderConfirmed { provider, certificate } => {
            format!("the service provider {provider} was seen to hold {}", short(certificate))
        }
        Change::ProviderExported { provider, certificates } => match certificates.as_slice() {
            [] => format!("nothing was given out for {provider}, since nothing signs"),
            [one] => format!("the certificate {} was given out for {provider}", short(one)),
            all => format!("the certificates {} were given out for {provider}", shorts(all)),
        },
        Change::ProviderRemoved { provider } => format!("the service provider {provider} was removed"),
        _ => return None,
    })
}

/// Whose logins a step was accepted to break.
pub(super) fn accepted(change: &Change) -> &[EntityId] {
    match change {
        Change::SavedAndSwitched { accepted, .. }
        | Change::CutOver { accepted, .. }
        | Change::RolledBack { accepted, .. }
        | Change::Retired { accepted, .. } => accepted,
        Change::Revoked { breaks, .. } => breaks,
        _ => &[],
    }
}

fn of(certificate: &Certificate) -> String {
    short(&certificate.fingerprint(HashAlgorithm::Sha256))
}

fn also(what: &str, certificate: Option<&Fingerprint>) -> String {
    certificate.map(|certificate| format!("; {what}: {}", short(certificate))).unwrap_or_default()
}

fn shorts(certificates: &[Fingerprint]) -> String {
    list(&certificates.iter().map(short).collect::<Vec<_>>())
}

fn names(providers: &[EntityId]) -> String {
    list(&providers.iter().map(ToString::to_string).collect::<Vec<_>>())
}
