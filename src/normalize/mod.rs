//! Any paste in, proven items out: decides what each candidate of the reader is, proves it, and says why others are refused.

mod container;
mod item;
mod judge;
mod kind;
mod one;
mod refusal;

use crate::fingerprint::Fingerprint;
use crate::limits::MAX_BLOCKS;
use crate::pem::{self, Block, Layers, OtherKind, Repair, RepairCode, TextFault};
use crate::span::Span;
pub use item::{Item, NormalizedItem, Note};
use judge::Judge;
pub use one::{ExtractError, Inventory};
pub use refusal::{Reason, Refusal};

/// What a paste holds: items, and the blocks that were refused. At least one of the two lists is not empty.
#[derive(Debug, Default)]
pub struct Normalized {
    items: Vec<NormalizedItem>,
    refused: Vec<Refusal>,
}

impl Normalized {
    /// The items, in the order of the text.
    #[must_use]
    pub fn items(&self) -> &[NormalizedItem] {
        &self.items
    }

    /// The items, owned, in the order of the text.
    #[must_use]
    pub fn into_items(self) -> Vec<NormalizedItem> {
        self.items
    }

    /// What was refused, in the order of the text.
    #[must_use]
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }
}

/// Reads whatever a person pasted or uploaded: PEM in any shape, base64, DER, a metadata document, a log.
///
/// It never fails: every paste gives items or refusals. The DER decides what an item is, whatever its label says, and each
/// item is proven as far as possible: a self-signed certificate by its signature, a private key by its arithmetic. Each repair
/// is listed with its place. A refused block is in [`refused`](Normalized::refused) with its reason and place, and never hides
/// a good one.
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

/// The largest paste in bytes that is read again because what looked like a layer may have been content. People paste less.
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

/// Every place where an item stands.
fn places(found: &NormalizedItem) -> impl Iterator<Item = Span> {
    let again = found.repairs().iter().filter(|repair| repair.code() == RepairCode::Duplicate);
    again.map(Repair::span).chain([found.span])
}

/// Returns true for a fingerprint, even of MD5, which is not read.
fn is_fingerprint(text: &[u8]) -> bool {
    match Fingerprint::parse(text) {
        // Without colons between them, so many digits may be any number.
        Err(error) if error.has_length_of_md5() => memchr::memchr_iter(b':', text).count() >= 15,
        Err(error) => error.names_md5(),
        Ok(_) => true,
    }
}

impl Normalized {
    /// Adds an item or a refusal, within the limit of blocks; returns true for an item.
    fn take(&mut self, judged: Result<NormalizedItem, Refusal>, blocks: &mut usize) -> bool {
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
            // Each run of base64 in a token refuses the same token.
            Err(refusal) if self.refused.last() == Some(&refusal) => {}
            Err(refusal) => self.refused.push(refusal),
        }
        accepted
    }

    /// Adds the items of another reading of the same paste where this one has none, and drops what was refused there.
    fn complete(&mut self, other: Self) {
        let known: Vec<Span> = self.items.iter().flat_map(places).collect();
        for found in other.items {
            for place in places(&found).filter(|place| !known.iter().any(|known| known.overlaps(*place))) {
                self.refused.retain(|refusal| !refusal.span().overlaps(place));
            }
            let is_other =
                |known: &NormalizedItem| !known.item.is_same(&found.item) && !known.span.overlaps(found.span);
            if self.items.iter().all(is_other) {
                self.items.push(found);
            }
        }
        self.items.sort_by_key(|found| found.span.start);
    }

    /// Names what the whole paste is, if it holds nothing that resembles an item.
    fn name_whole(&mut self, paste: &[u8]) {
        /// In bytes. A longer paste is hardly a fingerprint alone.
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

    /// Adds an item; the same item again becomes a repair of the first one.
    fn add(&mut self, found: NormalizedItem) {
        match self.items.iter_mut().find(|known| known.item.is_same(&found.item)) {
            Some(known) => known.add_repair(RepairCode::Duplicate, found.span),
            None => self.items.push(found),
        }
    }

    /// Drops or refuses the blocks of key parameters. `openssl ecparam -genkey` writes them before the key, which names its
    /// curve itself; without a key they are a mistake.
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
