//! The repairs that were made to read an item: their stable names, what each did, and where.

use crate::span::Span;
use core::fmt;

macro_rules! repair_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $message:literal;)*) => {
        /// What was repaired in a text. The names are stable; there may be more in later versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum RepairCode {
            $($(#[$doc])* #[doc = concat!("`", $code, "`: ", $message, ".")] $name,)*
        }

        impl RepairCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name in the JSON forms.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What was done, as a clause without a full stop.
            pub(crate) const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

repair_codes! {
    ByteOrderMark = "byte-order-mark", "a byte order mark was removed";
    Utf16 = "utf-16", "the text was converted from UTF-16";
    Utf32 = "utf-32", "the text was converted from UTF-32";
    UnusualBlank = "unusual-blank", "a no-break or other unusual blank was taken as a blank";
    InvisibleCharacter = "invisible-character", "an invisible character was removed";
    TypographicDash = "typographic-dash", "a typographic dash was taken as a hyphen";
    TerminalCodes = "terminal-codes", "colours and other codes for a terminal were removed";
    PercentEncoding = "percent-encoding", "percent-encoding such as %0A was resolved";
    QuotedPrintable = "quoted-printable", "the quoted-printable encoding of a mail was resolved";
    Escapes = "escapes", "string escapes such as \\n were resolved";
    CharacterReferences = "character-references", "character references such as &#13; were resolved";
    Tags = "tags", "tags of HTML, CDATA marks or comments of XML were removed";
    StringParts = "string-parts", "the parts of a string, or a list of lines, were joined";
    MailQuotes = "mail-quotes", "the quote marks of a mail reply were removed";
    LinePrefixes = "line-prefixes", "what stood at the beginning of each line, as a number or a comment sign, was removed";
    Base64Layer = "base64-layer", "base64 around the whole text was decoded";
    Quotes = "quotes", "the quotes around the block were removed";
    XmlElement = "xml-element", "the item was taken out of an XML element";
    Hexadecimal = "hexadecimal", "the item was written as hexadecimal digits";
    LineEndings = "line-endings", "mixed or old line endings were made uniform";
    BlankLines = "blank-lines", "blank lines inside the block were removed";
    Blanks = "blanks", "blanks around or inside lines were removed";
    LineWidth = "line-width", "the lines were wrapped anew at 64 characters";
    HeaderMissing = "header-missing", "the missing BEGIN line was added";
    FooterMissing = "footer-missing", "the missing END line was added";
    HeaderGlued = "header-glued", "the BEGIN line was parted from the content";
    FooterGlued = "footer-glued", "the END line was parted from the content";
    Dashes = "dashes", "the dashes of a BEGIN or END line were corrected";
    LabelCase = "label-case", "the label was put into upper case";
    LabelBlanks = "label-blanks", "the blanks of a BEGIN or END line were corrected";
    LabelAlias = "label-alias", "an old label was replaced";
    LabelWrong = "label-wrong", "the label did not say what the content is";
    LabelsDiffer = "labels-differ", "the BEGIN and END lines had different labels";
    Comments = "comments", "comment lines inside the block were removed";
    UrlSafe = "url-safe", "the URL-safe alphabet of base64 was replaced";
    PlusSigns = "plus-signs", "blanks were put back to the plus signs that they had been";
    PemHeaders = "pem-headers", "header lines inside the block were removed";
    Padding = "padding", "the base64 padding was corrected";
    TrustedTrailer = "trusted-trailer", "OpenSSL's trust settings after the certificate were removed";
    Pkcs7 = "pkcs7", "the certificate was taken out of a PKCS#7 container";
    DerTwice = "der-twice", "the item was taken out of a further DER value around it";
    Duplicate = "duplicate", "the same item is here again, and is given once";
    ParametersDropped = "parameters-dropped", "key parameters in a block of their own were left out; the key names its curve itself";
}

impl fmt::Display for RepairCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

/// One repair: what was done, and the place in the bytes as given. `Display` says what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Repair {
    code: RepairCode,
    span: Span,
}

impl Repair {
    pub(crate) const fn new(code: RepairCode, span: Span) -> Self {
        Self { code, span }
    }

    /// What was repaired.
    #[must_use]
    pub const fn code(&self) -> RepairCode {
        self.code
    }

    /// The place: from the first to the last byte of the item that needed this repair.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

/// The repairs of one item: each code once, its span from the first place to the last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repairs(Vec<Repair>);

impl From<Vec<Repair>> for Repairs {
    fn from(repairs: Vec<Repair>) -> Self {
        Self(repairs)
    }
}

impl Repairs {
    /// Adds a repair; where one of the same code is there already, its span grows.
    pub(crate) fn add(&mut self, code: RepairCode, span: Span) {
        match self.0.iter_mut().find(|repair| repair.code == code) {
            Some(known) => {
                known.span = Span::new(known.span.start.min(span.start), known.span.end.max(span.end));
            }
            None => self.0.push(Repair::new(code, span)),
        }
    }

    /// The repairs in the order in which they are made, which is that of the enumeration.
    pub(crate) fn into_sorted(mut self) -> Vec<Repair> {
        self.0.sort_by_key(|repair| repair.code);
        self.0
    }
}
