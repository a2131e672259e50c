//! How two certificates or fingerprints compare, as JSON.

use super::Digest;
use crate::certificate::Certificate;
use crate::compare::Comparison;
use crate::digest::HashAlgorithm;
use crate::fingerprint::Fingerprint;
use serde::Serialize;

/// How two certificates, or a certificate and a fingerprint, belong together, as `samlcert compare` prints it:
/// `{"verdict":"identical"|"same-key"|"same-subject"|"unrelated"|"different","message":s,"fingerprints":[{…},{…}],`
/// `"newer":"first"|"second"|"neither"|null,"first_difference":n|null}`.
///
/// `fingerprints` are those that were compared, a [`Digest`] each; `different` is the verdict where one of the two is
/// a fingerprint, and then `newer` and `first_difference` are null. `first_difference` counts base64 characters from 0.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    verdict: &'static str,
    message: String,
    fingerprints: [Digest; 2],
    newer: Option<&'static str>,
    first_difference: Option<usize>,
}

impl Compared {
    /// Of two certificates.
    #[must_use]
    pub fn certificates(comparison: Comparison, first: &Certificate, second: &Certificate, message: String) -> Self {
        let digest = |certificate: &Certificate| Digest::from(&certificate.fingerprint(HashAlgorithm::Sha256));
        Self {
            verdict: comparison.relation().as_str(),
            message,
            fingerprints: [digest(first), digest(second)],
            newer: Some(comparison.newer().as_str()),
            first_difference: comparison.first_difference(),
        }
    }

    /// Of two fingerprints, at least one of which was given as such.
    #[must_use]
    pub fn fingerprints(first: &Fingerprint, second: &Fingerprint, message: String) -> Self {
        let verdict = if first == second { "identical" } else { "different" };
        let fingerprints = [Digest::from(first), Digest::from(second)];
        Self { verdict, message, fingerprints, newer: None, first_difference: None }
    }
}
