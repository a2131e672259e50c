//! Whatever was pasted in, proven items out.

mod item;
mod judge;
mod kind;
mod one;
mod refusal;

use crate::pem::{self, Block, OtherKind, RepairCode, TextFault};
use crate::span::Span;
pub use item::{Found, Item, Note};
use judge::Judge;
pub use one::{Inventory, WantedError};
pub use refusal::{Reason, Refusal};

/// What a text holds: items, and the blocks that were refused beside them. One of the two is not empty.
#[derive(Debug, Default)]
pub struct Normalized {
    items: Vec<Found>,
    refused: Vec<Refusal>,
}

impl Normalized {
    /// The items, in the order of the text.
    #[must_use]
    pub fn items(&self) -> &[Found] {
        &self.items
    }

    /// The items, owned, in the order of the text.
    #[must_use]
    pub fn into_items(self) -> Vec<Found> {
        self.items
    }

    /// What was refused, in the order of the text.
    #[must_use]
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }
}

/// Reads whatever a person pasted or uploaded: PEM however bent, base64, DER, a metadata document, a log.
///
/// Total: every text gives items or refusals. Each item is of the kind that its DER is, whatever its label says,
/// and is proven as far as that is possible: a self-signed certificate by its signature, a private key by its
/// arithmetic. Each repair is told with its place. A block that was refused stands in
/// [`refused`](Normalized::refused) with its reason and place, and never hides a good one.
#[must_use]
pub fn normalize(paste: &[u8]) -> Normalized {
    let mut judge = Judge::default();
    let mut normalized = Normalized::default();
    let mut parameters = Vec::new();
    pem::read(paste, &mut |block| {
        let judged = match block {
            Block::Refused(TextFault::Other(OtherKind::Parameters), span) => {
                parameters.push(span);
                return false;
            }
            Block::Refused(fault, span) => Err(Refusal::new(fault, span)),
            Block::Candidate(candidate) => judge.judge(candidate),
        };
        let accepted = judged.is_ok();
        match judged {
            Ok(found) => normalized.add(found),
            Err(refusal) => normalized.refused.push(refusal),
        }
        accepted
    });
    normalized.settle_parameters(parameters);
    normalized
}

impl Normalized {
    /// The same item again is a repair of the first one.
    fn add(&mut self, found: Found) {
        match self.items.iter_mut().find(|known| known.item.is_same(&found.item)) {
            Some(known) => known.add_repair(RepairCode::Duplicate, found.span),
            None => self.items.push(found),
        }
    }

    /// `openssl ecparam -genkey` writes the parameters before the key, which has them inside. Only alone are they
    /// a mistake.
    fn settle_parameters(&mut self, parameters: Vec<Span>) {
        for span in parameters {
            match self.items.iter_mut().find(|found| found.item.may_be_ec_key()) {
                Some(key) => key.add_repair(RepairCode::ParametersDropped, span),
                None => self.refused.push(Refusal::new(TextFault::Other(OtherKind::Parameters), span)),
            }
        }
        self.refused.sort_by_key(|refusal| refusal.span().start);
    }
}
