//! Whatever was pasted in, proven items out.

mod container;
mod item;
mod judge;
mod kind;
mod one;
mod refusal;

use crate::fingerprint::{Fingerprint, FingerprintError, MD5};
use crate::limits::MAX_BLOCKS;
use crate::pem::{self, Block, Layers, OtherKind, Repair, RepairCode, TextFault};
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
    let mut normalized = read(paste, Layers::All);
    for layers in [Layers::ButEncodings, Layers::None] {
        if !normalized.refused.is_empty() && paste.len() <= MOST_READ_AGAIN {
            normalized.complete(read(paste, layers));
        }
    }
    normalized.name_whole(paste);
    normalized
}

/// What looked like a layer around a text may have been none. Texts of people are shorter than this.
const MOST_READ_AGAIN: usize = 1 << 15;

fn read(paste: &[u8], layers: Layers) -> Normalized {
    let mut judge = Judge::default();
    let mut normalized = Normalized::default();
    let mut parameters = Vec::new();
    let mut blocks = 0usize;
    pem::read(paste, layers, &mut |block| match block {
        Block::Refused(TextFault::Other(OtherKind::Parameters), span) => {
            parameters.push(span);
            false
        }
        Block::Refused(fault, span) => normalized.take(Err(Refusal::new(fault, span)), &mut blocks),
        Block::Candidate(candidate) => match container::open(candidate) {
            Ok(candidates) => candidates
                .into_iter()
                .fold(false, |accepted, candidate| normalized.take(judge.judge(candidate), &mut blocks) | accepted),
            Err(refusal) => normalized.take(Err(refusal), &mut blocks),
        },
    });
    normalized.settle_parameters(parameters);
    normalized
}

/// Where an item stands, and where it stands again.
fn places(found: &Found) -> impl Iterator<Item = Span> {
    let again = found.repairs().iter().filter(|repair| repair.code() == RepairCode::Duplicate);
    again.map(Repair::span).chain([found.span])
}

/// Whether it is a fingerprint, be it one of MD5, which is not read.
fn is_fingerprint(text: &[u8]) -> bool {
    match Fingerprint::parse(text) {
        Ok(_) | Err(FingerprintError::Foreign { name: MD5, .. }) => true,
        // As many as MD5 has; without a colon between any two it may be any number.
        Err(FingerprintError::Length { digits: 32, .. }) => memchr::memchr_iter(b':', text).count() >= 15,
        Err(_) => false,
    }
}

impl Normalized {
    /// Takes an item or a refusal in, as the limit of blocks allows; whether it was an item.
    fn take(&mut self, judged: Result<Found, Refusal>, blocks: &mut usize) -> bool {
        *blocks = blocks.saturating_add(1);
        if *blocks > MAX_BLOCKS {
            let span = judged.map_or_else(|refusal| refusal.span(), |found| found.span);
            if *blocks == MAX_BLOCKS.saturating_add(1) {
                self.refused.push(Refusal::new(TextFault::TooManyBlocks, span));
            }
            return false;
        }
        let accepted = judged.is_ok();
        match judged {
            Ok(found) => self.add(found),
            // A token is refused once, however many runs of base64 it has.
            Err(refusal) if self.refused.last() == Some(&refusal) => {}
            Err(refusal) => self.refused.push(refusal),
        }
        accepted
    }

    /// Takes over the items of another reading of the same text that stand where this one has none, in the place of what was
    /// refused there.
    fn complete(&mut self, other: Self) {
        let known: Vec<Span> = self.items.iter().flat_map(places).collect();
        for found in other.items {
            for place in places(&found).filter(|place| !known.iter().any(|known| known.overlaps(*place))) {
                self.refused.retain(|refusal| !refusal.span().overlaps(place));
            }
            let is_other = |known: &Found| !known.item.is_same(&found.item) && !known.span.overlaps(found.span);
            if self.items.iter().all(is_other) {
                self.items.push(found);
            }
        }
        self.items.sort_by_key(|found| found.span.start);
    }

    /// Says what a text is that holds no item, nor anything that is like one.
    fn name_whole(&mut self, paste: &[u8]) {
        /// A text that is a fingerprint is hardly longer.
        const LONGEST_FINGERPRINT: usize = 4096;
        let is_vague = |refusal: &Refusal| {
            matches!(refusal.reason(), Reason::Text(TextFault::NothingFound | TextFault::NotDer | TextFault::Empty))
        };
        if !self.items.is_empty() || !self.refused.iter().all(is_vague) {
            return;
        }
        let is_fingerprint = || paste.len() <= LONGEST_FINGERPRINT && is_fingerprint(paste);
        let whole = match pem::of_paste(paste) {
            // The base64 of a fingerprint may begin as a path does.
            None | Some(TextFault::Other(OtherKind::Path)) if is_fingerprint() => {
                Some(TextFault::Other(OtherKind::Fingerprint))
            }
            named => named,
        };
        if let Some(fault) = whole {
            self.refused = vec![Refusal::new(fault, Span::new(0, paste.len()))];
        }
    }

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
