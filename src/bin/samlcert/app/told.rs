//! What happened, in words.

use crate::page::{list, short};
use samlcert::application::{Change, EntityId};
use samlcert::{Certificate, Fingerprint, HashAlgorithm};

/// What a step changed, as in "the certificate 42240f56 was saved and signs now; the one that can come back: 8d3e51ab".
pub(super) fn change(change: &Change) -> String {
    match change {
        Change::Created { id, .. } => format!("the application {id} was made; it has no pair yet"),
        Change::SettingsChanged { .. } => "the settings were changed".to_owned(),
        Change::Activated { certificate } => format!("activated: {} signs now", of(certificate)),
        Change::CertificateUploaded { certificate, replaced } => {
            let waits = format!("the certificate {} waits for its private key", of(certificate));
            with(waits, "the half that waited before was dropped", replaced.as_ref())
        }
        Change::PrivateKeyUploaded { spki_sha256, replaced } => {
            let waits = format!("the private key {} waits for its certificate", short(spki_sha256));
            with(waits, "the half that waited before was dropped", replaced.as_ref())
        }
        Change::Staged { certificate, replaced } => {
            let waits = format!("the draft {} came in and changes nothing before it is saved", of(certificate));
            with(waits, "the one that waited before was dropped", replaced.as_ref())
        }
        Change::Saved { certificate } => format!("the certificate {} was saved", short(certificate)),
        Change::SavedAndSwitched { certificate, previous, displaced, .. } => {
            let signs = format!("the certificate {} was saved and signs now", short(certificate));
            with(
                with(signs, "the one that can come back", previous.as_ref()),
                "the older one that lost its place",
                displaced.as_ref(),
            )
        }
        Change::HalfDiscarded { half } => format!("the half {} that waited was discarded", short(half)),
        Change::Discarded { certificate, held_by } => {
            let discarded = format!("the certificate {} was discarded", short(certificate));
            if held_by.is_empty() { discarded } else { format!("{discarded}; who may hold it: {}", names(held_by)) }
        }
        Change::Published { certificate } => {
            format!("the certificate {} was published, beside the one that signs", short(certificate))
        }
        Change::CutOver { certificate, previous, .. } => {
            with(format!("cut over: {} signs now", short(certificate)), "the one that can come back", previous.as_ref())
        }
        Change::RolledBack { certificate, next, .. } => with(
            format!("rolled back: {} signs again", short(certificate)),
            "the one that is next again",
            next.as_ref(),
        ),
        Change::Retired { certificate, .. } => format!("the certificate {} was retired", short(certificate)),
        Change::Revoked { spki_sha256, reason, cleared, replacement, .. } => {
            let revoked = format!("the key {} was revoked as {}", short(spki_sha256), reason.as_str());
            let cleared = cleared.iter().map(short).collect::<Vec<_>>();
            let gone = if cleared.is_empty() { revoked } else { format!("{revoked}, and with it {}", list(&cleared)) };
            replacement.as_ref().map_or(gone.clone(), |certificate| format!("{gone}; {} signs now", of(certificate)))
        }
        Change::ProviderAdded { provider } => format!("the service provider {} was added", provider.entity_id()),
        Change::ProviderConfirmed { provider, certificate } => {
            format!("somebody saw that {provider} holds {}", short(certificate))
        }
        Change::ProviderExported { provider, certificates } => {
            let exported = certificates.iter().map(short).collect::<Vec<_>>();
            match exported.as_slice() {
                [] => format!("nothing was given out for {provider}, since nothing signs"),
                [one] => format!("the certificate {one} was given out for {provider}"),
                all => format!("the certificates {} were given out for {provider}", list(all)),
            }
        }
        Change::ProviderRemoved { provider } => format!("the service provider {provider} was removed"),
        _ => change.as_str().to_owned(),
    }
}

/// Whose logins a step was known to break, or may.
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

fn with(sentence: String, what: &str, certificate: Option<&Fingerprint>) -> String {
    certificate.map_or(sentence.clone(), |certificate| format!("{sentence}; {what}: {}", short(certificate)))
}

fn names(providers: &[EntityId]) -> String {
    list(&providers.iter().map(ToString::to_string).collect::<Vec<_>>())
}
