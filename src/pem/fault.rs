//! Why a text, or a block of it, is refused, with what to do about it.

use crate::error_code::ErrorCode;
use crate::limits;
use crate::span::Span;

/// A known kind of content that is not a certificate or private key that can be used here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum OtherKind {
    /// A public key alone (`SubjectPublicKeyInfo`, or PKCS#1).
    #[error("this is a public key; paste the certificate, which holds it")]
    PublicKey,
    /// A PKCS#10 request.
    #[error("this is a certificate signing request; paste the certificate that the CA returned for it")]
    CertificateRequest,
    /// A certificate revocation list.
    #[error("this is a certificate revocation list, which no login needs; paste the certificate")]
    Crl,
    /// A PKCS#7 (CMS) container that is not read: encrypted, not in DER, or malformed.
    #[error("this is a PKCS#7 container; take the certificates out with `openssl pkcs7 -print_certs -in FILE`")]
    Pkcs7,
    /// A PKCS#7 (CMS) container without a certificate.
    #[error(
        "this is a PKCS#7 container in which there is no certificate; export it again with its certificates, or paste the certificate itself"
    )]
    Pkcs7Empty,
    /// A PKCS#12 (PFX) container.
    #[error(
        "this is a PKCS#12 container (.p12, .pfx); take certificate and key out with `openssl pkcs12 -in FILE -nodes`"
    )]
    Pkcs12,
    /// A private key in OpenSSH's own format.
    #[error("this is a key in OpenSSH's format; convert a copy with `ssh-keygen -p -m PKCS8 -f COPY`")]
    OpensshKey,
    /// A Java key store.
    #[error(
        "this is a Java key store; convert it with `keytool -importkeystore -deststoretype PKCS12`, then take certificate and key out of that"
    )]
    Jks,
    /// EC, DH or DSA parameters without a key.
    #[error("these are key parameters without a key; paste the block of the key itself")]
    Parameters,
    /// A public key as SSH writes it (RFC 4253), or a certificate of OpenSSH.
    #[error("this is a public key of SSH, which SAML cannot use; paste the X.509 certificate")]
    SshKey,
    /// An `OpenPGP` key, message or signature (RFC 9580).
    #[error(
        "this is an OpenPGP block; if the certificate is inside, decrypt the message first, else paste the X.509 certificate"
    )]
    Pgp,
    /// A JSON Web Token (RFC 7519), or another JWS or JWE in compact form.
    #[error("this is a JSON Web Token, which was made with a key; paste the certificate itself")]
    Jwt,
    /// Compressed by gzip (RFC 1952).
    #[error("this is a file compressed by gzip; unpack it and paste the certificate or key in it")]
    Gzip,
    /// A zip archive.
    #[error("this is a zip archive; unpack it and paste the certificate or key in it")]
    Zip,
    /// A PDF document.
    #[error("this is a PDF document; ask for the certificate as a file of its own, or export it, and paste that")]
    Pdf,
    /// A document of Word, Excel or another Office program.
    #[error(
        "this is an Office document; open it and paste the certificate as plain text, or ask for it as a file of its own"
    )]
    Office,
    /// A page of HTML, as an error page or a login page.
    #[error(
        "this is a web page, perhaps an error or login page, without a certificate; download the file again and look at what you got"
    )]
    HtmlPage,
    /// An address alone.
    #[error("this is an address (URL), not the content behind it; download it and paste its content")]
    Url,
    /// The path or name of a file alone.
    #[error("this is the path or name of a file, not its content; open the file and paste what is in it")]
    Path,
    /// A fingerprint alone.
    #[error("this is a fingerprint, from which no certificate can be made; paste the certificate itself")]
    Fingerprint,
}

impl OtherKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::PublicKey => ErrorCode::PublicKey,
            Self::CertificateRequest => ErrorCode::CertificateRequest,
            Self::Crl => ErrorCode::Crl,
            Self::Pkcs7 => ErrorCode::Pkcs7,
            Self::Pkcs12 => ErrorCode::Pkcs12,
            Self::OpensshKey => ErrorCode::OpensshKey,
            Self::Jks => ErrorCode::Jks,
            Self::Parameters => ErrorCode::Parameters,
            Self::Pkcs7Empty => ErrorCode::Pkcs7Empty,
            Self::SshKey => ErrorCode::SshKey,
            Self::Pgp => ErrorCode::Pgp,
            Self::Jwt => ErrorCode::Jwt,
            Self::Gzip | Self::Zip => ErrorCode::Archive,
            Self::Pdf | Self::Office => ErrorCode::Document,
            Self::HtmlPage => ErrorCode::HtmlPage,
            Self::Url => ErrorCode::Url,
            Self::Path => ErrorCode::Path,
            Self::Fingerprint => ErrorCode::Fingerprint,
        }
    }
}

/// What is wrong with a text, or with one block of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TextFault {
    /// Nothing but blanks.
    #[error("nothing was given; paste the certificate or key from its BEGIN line to its END line")]
    Empty,
    /// Nothing that looks like a certificate or key.
    #[error("there is no certificate or key in this text; paste it from its BEGIN line to its END line")]
    NothingFound,
    /// Over the size limit.
    #[error("the text is larger than {} bytes; paste only the certificate and key", limits::MAX_PASTE_BYTES)]
    PasteTooLarge,
    /// Over the limit of blocks.
    #[error("the text has more than {} blocks; from here on nothing was read", limits::MAX_BLOCKS)]
    TooManyBlocks,
    /// Over the limit of layers.
    #[error("the text is wrapped more than {} times; unpack it before pasting", limits::MAX_LAYERS)]
    TooManyLayers,
    /// A character that is neither base64 nor a blank.
    #[error("this character does not belong in a block of base64; copy the block again from its source")]
    InvalidCharacter,
    /// The end is missing.
    #[error(
        "the content is too short: {missing} of its {total} bytes are missing; copy it again as a whole, to its very end"
    )]
    Truncated {
        /// How many bytes of the DER are missing.
        missing: usize,
        /// How many bytes its first bytes promise.
        total: usize,
    },
    /// A line in the middle is missing.
    #[error(
        "{missing} bytes are missing, as much as {lines} whole line(s), before this place at the latest; copy the block again"
    )]
    LineMissing {
        /// How many bytes of the DER are missing.
        missing: usize,
        /// How many lines that makes.
        lines: usize,
    },
    /// A line appears twice.
    #[error("this line appears twice; remove one of the two, or copy the block again")]
    LineDoubled,
    /// Two lines stand in the wrong order.
    #[error("this line and the next are in the wrong order; copy the block again from its source")]
    LinesSwapped,
    /// Characters are missing.
    #[error("characters are missing from this line: {missing}; copy the block again from its source")]
    CharacterLost {
        /// How many.
        missing: usize,
    },
    /// Characters too many.
    #[error("this line has too many characters: {surplus}; copy the block again from its source")]
    CharacterInserted {
        /// How many.
        surplus: usize,
    },
    /// The content is damaged.
    #[error(
        "the content is damaged, at this place or before it: a character is wrong or a part was replaced; copy the block again from its source"
    )]
    Damaged,
    /// Something follows the end of the item.
    #[error("the item ends before this place, and more content follows; copy the block again from its source")]
    TrailingData,
    /// A second item inside one block.
    #[error("a second item begins here inside the same block; put an END and a BEGIN line between the two")]
    TwoInOneBlock,
    /// Impossible base64.
    #[error(
        "the base64 is not valid at this place: padding in the middle, or a wrong last character; copy the block again from its source"
    )]
    InvalidBase64,
    /// Over the size limit of one item.
    #[error("the item is larger than {} bytes; no certificate or key for SAML is", limits::MAX_DER_BYTES)]
    ItemTooLarge,
    /// Not DER.
    #[error(
        "this does not begin as the DER of a certificate or key does; was its beginning cut off or changed? Copy it again from its source"
    )]
    NotDer,
    /// DER of an unknown kind.
    #[error("this is neither a certificate nor a private key; paste the certificate or the key itself")]
    UnknownContent,
    /// Nested too deep.
    #[error("the content is nested deeper than {} levels; no certificate or key is", limits::MAX_DER_DEPTH)]
    DerTooDeep,
    /// Two readings.
    #[error(
        "this text can be read in two ways, which differ here and at byte {}; copy it again from its source", other.start
    )]
    Ambiguous {
        /// The other place.
        other: Span,
    },
    /// Nothing between BEGIN and END, or hardly anything.
    #[error("there is nothing between BEGIN and END here, or hardly anything; copy the block again with its content")]
    EmptyBlock,
    /// A part is left out or masked.
    #[error(
        "a part of the content is left out or masked here, as for showing it; copy the block again from its source, in full"
    )]
    Masked,
    /// The difference of capital and small letters is lost.
    #[error(
        "all letters of this block are of one case, and base64 needs both capitals and small ones; copy the block again from its source"
    )]
    CaseFolded,
    /// A letter of another alphabet.
    #[error(
        "this letter or digit is of another alphabet, even if it looks right; copy the block again from its source, as plain text"
    )]
    Homoglyph,
    /// Characters that look alike were confused.
    #[error(
        "characters that look alike were confused, at this place at least: O and 0, or l, I, 1 and |; do not read it from a picture or type it, copy the text from its source"
    )]
    ConfusedCharacters,
    /// A binary file was treated as text on its way.
    #[error(
        "this is a binary file (DER) that was damaged on its way, as if it were text: its line ends were changed or its bytes replaced; transfer it again as binary, or as PEM"
    )]
    MangledBinary,
    /// A known kind that is not what is needed.
    #[error(transparent)]
    Other(OtherKind),
}

impl TextFault {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Empty => ErrorCode::Empty,
            Self::NothingFound => ErrorCode::NothingFound,
            Self::PasteTooLarge => ErrorCode::PasteTooLarge,
            Self::TooManyBlocks => ErrorCode::TooManyBlocks,
            Self::TooManyLayers => ErrorCode::TooManyLayers,
            Self::InvalidCharacter => ErrorCode::InvalidCharacter,
            Self::Truncated { .. } => ErrorCode::Truncated,
            Self::LineMissing { .. } => ErrorCode::LineMissing,
            Self::LineDoubled => ErrorCode::LineDoubled,
            Self::LinesSwapped => ErrorCode::LinesSwapped,
            Self::CharacterLost { .. } => ErrorCode::CharacterLost,
            Self::CharacterInserted { .. } => ErrorCode::CharacterInserted,
            Self::Damaged => ErrorCode::Damaged,
            Self::TrailingData => ErrorCode::TrailingData,
            Self::TwoInOneBlock => ErrorCode::TwoInOneBlock,
            Self::InvalidBase64 => ErrorCode::InvalidBase64,
            Self::ItemTooLarge => ErrorCode::ItemTooLarge,
            Self::NotDer => ErrorCode::NotDer,
            Self::UnknownContent => ErrorCode::UnknownContent,
            Self::DerTooDeep => ErrorCode::DerTooDeep,
            Self::Ambiguous { .. } => ErrorCode::Ambiguous,
            Self::EmptyBlock => ErrorCode::EmptyBlock,
            Self::Masked => ErrorCode::Masked,
            Self::CaseFolded => ErrorCode::CaseFolded,
            Self::Homoglyph => ErrorCode::Homoglyph,
            Self::ConfusedCharacters => ErrorCode::ConfusedCharacters,
            Self::MangledBinary => ErrorCode::MangledBinary,
            Self::Other(kind) => kind.code(),
        }
    }
}
