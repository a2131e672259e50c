//! Items written in another form, as JSON; private keys may be among them.

use super::{Problem, RepairPlace, kind, repairs, span};
use crate::hex::HexDisplay;
use crate::normalize::{Item, NormalizedItem};
use crate::pem::Form;
use core::fmt;
use serde::{Serialize, Serializer};

/// Items in another form, as `samlcert normalize` prints them:
/// `{"as":s,"items":[{"kind":s,"span":[a,b],"repairs":[…],"text":s}],"refused":[…]}`; `"der":hex` in place of `text`
/// for the form `der`.
///
/// It borrows its texts, which hold private keys where the input does: write it into memory that is wiped.
#[derive(Serialize)]
pub struct Written<'a> {
    r#as: &'static str,
    items: Vec<WrittenItem<'a>>,
    refused: Vec<Problem>,
}

#[derive(Serialize)]
struct WrittenItem<'a> {
    kind: &'static str,
    span: [usize; 2],
    repairs: Vec<RepairPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    der: Option<Hex<'a>>,
}

/// Bytes that may be secret: they go to the writer one by one, so that no copy stays behind.
struct Hex<'a>(&'a [u8]);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:x}", HexDisplay(self.0)))
    }
}

impl<'a> Written<'a> {
    /// Of what was found, each as the item that it is now (an encrypted key may have been opened) and with its bytes
    /// in that form, and of refusals.
    #[must_use]
    pub fn new(
        form: Form,
        items: impl IntoIterator<Item = (&'a NormalizedItem, &'a Item, &'a [u8])>,
        refused: Vec<Problem>,
    ) -> Self {
        let item = |(found, item, output): (&NormalizedItem, &Item, &'a [u8])| {
            let text = if form == Form::Der { None } else { core::str::from_utf8(output).ok() };
            WrittenItem {
                kind: kind(item),
                span: span(found.span()),
                repairs: repairs(found),
                text,
                der: text.is_none().then_some(Hex(output)),
            }
        };
        Self { r#as: form.as_str(), items: items.into_iter().map(item).collect(), refused }
    }
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} items as {})", self.items.len(), self.r#as)
    }
}
