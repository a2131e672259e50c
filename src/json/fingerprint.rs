//! Fingerprints, as JSON.

use super::{Problem, kind, span};
use crate::fingerprint::Fingerprint;
use crate::normalize::{Item, NormalizedItem};
use serde::Serialize;

/// A fingerprint, as `samlcert fingerprint --parse` prints it:
/// `{"algorithm":"sha1"|"sha256"|"sha384"|"sha512","digest":hex,"target":"certificate"|"spki"}`.
#[derive(Clone, Debug, Serialize)]
pub struct Digest {
    algorithm: &'static str,
    digest: String,
    target: &'static str,
}

impl From<&Fingerprint> for Digest {
    fn from(fingerprint: &Fingerprint) -> Self {
        Self {
            algorithm: fingerprint.algorithm().as_str(),
            digest: fingerprint.to_hex(),
            target: fingerprint.target().as_str(),
        }
    }
}

/// A text that is no fingerprint, as `samlcert fingerprint --parse` prints it: `{"refused":{…}}` with a [`Problem`].
#[derive(Clone, Debug, Serialize)]
pub struct RefusedText {
    refused: Problem,
}

impl From<Problem> for RefusedText {
    fn from(refused: Problem) -> Self {
        Self { refused }
    }
}

/// The fingerprints of all that a text holds, as `samlcert fingerprint` prints them:
/// `{"items":[{"kind":s,"span":[a,b],"fingerprints":[{…}]}],"refused":[…]}` with a [`Digest`] for each algorithm and
/// target, and a [`Problem`] for each refused block. Of a private key there are those of its SPKI, of an encrypted one
/// there are none.
#[derive(Clone, Debug, Serialize)]
pub struct Fingerprints {
    items: Vec<FingerprintedItem>,
    refused: Vec<Problem>,
}

#[derive(Clone, Debug, Serialize)]
struct FingerprintedItem {
    kind: &'static str,
    span: [usize; 2],
    fingerprints: Vec<Digest>,
}

impl Fingerprints {
    /// Of what was found, each as the item that it is now (an encrypted key may have been opened) and with its
    /// fingerprints, and of refusals.
    #[must_use]
    pub fn new<'a>(
        items: impl IntoIterator<Item = (&'a NormalizedItem, &'a Item, Vec<Fingerprint>)>,
        refused: Vec<Problem>,
    ) -> Self {
        let form = |(found, item, fingerprints): (&NormalizedItem, &Item, Vec<Fingerprint>)| FingerprintedItem {
            kind: kind(item),
            span: span(found.span()),
            fingerprints: fingerprints.iter().map(Digest::from).collect(),
        };
        Self { items: items.into_iter().map(form).collect(), refused }
    }
}
