//! The stable number and name of every error: one table for Rust, C and the JSON forms.

use core::fmt;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal;)*) => {
        /// The stable number and name of every error, one table for Rust, C and the JSON forms.
        ///
        /// Numbers stand in blocks of one hundred per part of the library. None is ever changed or used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u32)]
        pub enum ErrorCode {
            $($(#[$doc])* $name = $number,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, the same for ever.
            #[must_use]
            pub const fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The name, the same for ever: lower case with hyphens.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

error_codes! {
    // 100–149: the text of a paste.
    /// Nothing was given, or only blanks.
    Empty = 100, "empty";
    /// The text holds nothing that looks like a certificate or key.
    NothingFound = 101, "nothing-found";
    /// The paste is larger than [`limits::MAX_PASTE_BYTES`](crate::limits::MAX_PASTE_BYTES).
    PasteTooLarge = 102, "paste-too-large";
    /// The paste has more blocks than [`limits::MAX_BLOCKS`](crate::limits::MAX_BLOCKS).
    TooManyBlocks = 103, "too-many-blocks";
    /// The paste is wrapped more often than [`limits::MAX_LAYERS`](crate::limits::MAX_LAYERS).
    TooManyLayers = 104, "too-many-layers";
    /// A block has a character that is neither base64 nor a blank.
    InvalidCharacter = 105, "invalid-character";
    /// The end of an item is missing.
    Truncated = 106, "truncated";
    /// A line in the middle of a block is missing.
    LineMissing = 107, "line-missing";
    /// A line of a block stands twice.
    LineDoubled = 108, "line-doubled";
    /// Two lines of a block stand in the wrong order.
    LinesSwapped = 109, "lines-swapped";
    /// A character of a block is missing.
    CharacterLost = 110, "character-lost";
    /// A block has a character too many.
    CharacterInserted = 111, "character-inserted";
    /// The content of a block is damaged: a character is wrong, or a part was replaced.
    Damaged = 112, "damaged";
    /// Something follows the end of the item inside its block.
    TrailingData = 113, "trailing-data";
    /// Two items stand inside one block.
    TwoInOneBlock = 114, "two-in-one-block";
    /// Base64 padding stands in the wrong place, or bits that must be zero are not.
    InvalidBase64 = 115, "invalid-base64";
    /// The item is larger than [`limits::MAX_DER_BYTES`](crate::limits::MAX_DER_BYTES).
    ItemTooLarge = 116, "item-too-large";
    /// The content of a block is not DER.
    NotDer = 117, "not-der";
    /// The DER is nested deeper than [`limits::MAX_DER_DEPTH`](crate::limits::MAX_DER_DEPTH).
    DerTooDeep = 118, "der-too-deep";
    /// The content is DER of a kind that is not known here.
    UnknownContent = 119, "unknown-content";
    /// The text can be read in two ways.
    Ambiguous = 120, "ambiguous";
    /// A block has a header and a footer with nothing between them.
    EmptyBlock = 121, "empty-block";
    /// A part of the content is left out or masked, as with an ellipsis or a row of X.
    Masked = 122, "masked";
    /// All letters of a block are capitals, or all are small.
    CaseFolded = 123, "case-folded";
    /// A letter or digit of another alphabet stands in a block, which may look like the right one.
    Homoglyph = 124, "homoglyph";
    /// Characters that look alike, as O and 0, were confused, as text recognition does.
    ConfusedCharacters = 125, "confused-characters";
    /// A binary file was damaged by a transfer as text.
    MangledBinary = 126, "mangled-binary";

    // 150–169: known kinds that are not what is needed.
    /// A public key alone.
    PublicKey = 150, "public-key";
    /// A certificate signing request (PKCS#10).
    CertificateRequest = 151, "certificate-request";
    /// A certificate revocation list.
    Crl = 152, "crl";
    /// A PKCS#7 (CMS) container that is encrypted, not in DER or malformed.
    Pkcs7 = 153, "pkcs7";
    /// A PKCS#12 (PFX) container.
    Pkcs12 = 154, "pkcs12";
    /// A private key in OpenSSH's own format.
    OpensshKey = 155, "openssh-key";
    /// A Java key store (JKS or JCEKS).
    Jks = 156, "jks";
    /// Parameters of a key (EC, DH or DSA) without the key.
    Parameters = 157, "parameters";
    /// A PKCS#7 (CMS) container without a certificate.
    Pkcs7Empty = 158, "pkcs7-empty";
    /// A public key of SSH.
    SshKey = 159, "ssh-key";
    /// An `OpenPGP` key, message or signature.
    Pgp = 160, "pgp";
    /// A JSON Web Token.
    Jwt = 161, "jwt";
    /// A compressed file (gzip or zip).
    Archive = 162, "archive";
    /// A PDF or Office document.
    Document = 163, "document";
    /// A page of HTML.
    HtmlPage = 164, "html-page";
    /// An address (URL or URN) alone.
    Url = 165, "url";
    /// The path or name of a file alone.
    Path = 166, "path";
    /// A fingerprint alone.
    Fingerprint = 167, "fingerprint";

    // 180–199: one item was wanted.
    /// The text has no certificate.
    NoCertificate = 180, "no-certificate";
    /// The text has no private key.
    NoPrivateKey = 181, "no-private-key";
    /// The text has more than the one item that was wanted.
    SeveralItems = 182, "several-items";
    /// The private key is encrypted; it must be decrypted with its password first.
    PasswordRequired = 183, "password-required";

    // 200–249: private keys.
    /// The structure of a private key is malformed.
    KeyMalformed = 200, "key-malformed";
    /// The key is of a kind that cannot sign SAML here; the message names it.
    UnsupportedKey = 201, "unsupported-key";
    /// An RSA key of more than two primes.
    MultiPrimeRsa = 202, "multi-prime-rsa";
    /// An RSA modulus outside the sizes that are read.
    RsaSize = 203, "rsa-size";
    /// An RSA public exponent that is even, 1, or too large.
    RsaExponent = 204, "rsa-exponent";
    /// Two parts of the key contradict each other; the message names them.
    KeyContradiction = 205, "key-contradiction";
    /// A public key is malformed.
    PublicKeyMalformed = 206, "public-key-malformed";

    // 250–269: encrypted private keys.
    /// The password is wrong, or the ciphertext is damaged: nothing can tell the two apart.
    DecryptFailed = 250, "decrypt-failed";
    /// The structure around the ciphertext is malformed.
    EncryptedKeyMalformed = 251, "encrypted-key-malformed";
    /// The key is encrypted with PBES1, which is broken.
    Pbes1 = 252, "pbes1";
    /// The key is encrypted with a method that is not supported; the message names it.
    UnsupportedEncryption = 253, "unsupported-encryption";
    /// Opening the key would cost more than the limits allow.
    KdfCost = 254, "kdf-cost";
    /// A key was to be encrypted with an empty password.
    EmptyPassword = 255, "empty-password";

    // 300–349: certificates.
    /// The structure of a certificate is malformed.
    CertificateMalformed = 300, "certificate-malformed";
    /// The two signature algorithm fields of the certificate differ.
    AlgorithmMismatch = 301, "algorithm-mismatch";
    /// The certificate ends before it begins.
    ValidityInverted = 302, "validity-inverted";
    /// The certificate version is none of 1, 2, 3, or does not fit the content.
    CertificateVersion = 303, "certificate-version";
    /// An extension stands twice.
    DuplicateExtension = 304, "duplicate-extension";
    /// The certificate says that its own key signed it, and the signature is not of that key.
    SelfSignatureInvalid = 305, "self-signature-invalid";

    // 400–449: pairs and signing.
    /// The key does not belong to the certificate.
    Mismatch = 400, "mismatch";
    /// The certificate's key is of a kind that cannot sign SAML here.
    UnsupportedCertificateKey = 401, "unsupported-certificate-key";
    /// The signature made on trial does not verify under the certificate.
    TrialSignature = 402, "trial-signature";
    /// The signature scheme does not fit the key.
    UnsuitableScheme = 403, "unsuitable-scheme";
    /// Signing failed.
    SigningFailed = 404, "signing-failed";
    /// The source of random bytes failed.
    EntropyFailed = 405, "entropy-failed";

    // 500–549: fingerprints.
    /// The text holds no fingerprint.
    FingerprintEmpty = 500, "fingerprint-empty";
    /// The number of digits fits no hash algorithm.
    FingerprintLength = 501, "fingerprint-length";
    /// A character is no digit of the notation.
    FingerprintCharacter = 502, "fingerprint-character";
    /// The name of the algorithm contradicts the length of the digest.
    FingerprintLabel = 503, "fingerprint-label";
    /// The text holds two fingerprints.
    FingerprintSeveral = 504, "fingerprint-several";

    // 550–559: schedules of reminders, and their messages.
    /// The schedule has no threshold.
    NoThresholds = 550, "no-thresholds";
    /// The schedule has more thresholds than [`limits::MAX_THRESHOLDS`](crate::limits::MAX_THRESHOLDS).
    TooManyThresholds = 551, "too-many-thresholds";
    /// A threshold is 0 seconds.
    ThresholdZero = 552, "threshold-zero";
    /// A threshold is longer than [`limits::MAX_THRESHOLD_S`](crate::limits::MAX_THRESHOLD_S).
    ThresholdTooLong = 553, "threshold-too-long";
    /// A threshold stands twice.
    ThresholdRepeated = 554, "threshold-repeated";
    /// The template of a link is not valid.
    InvalidLink = 555, "invalid-link";

    // 600–649: steps of an application.
    /// The application has no pair yet.
    NotActivated = 600, "not-activated";
    /// The application has its pair already.
    AlreadyActivated = 601, "already-activated";
    /// The next certificate is published and must be discarded first.
    PublishedNext = 602, "published-next";
    /// The certificate is the active or the previous one already.
    AlreadyPresent = 603, "already-present";
    /// The key is revoked.
    RevokedKey = 604, "revoked-key";
    /// There is no unsaved certificate.
    NothingToSave = 605, "nothing-to-save";
    /// Nothing waits that could be discarded.
    NothingToDiscard = 606, "nothing-to-discard";
    /// There is no next certificate to publish.
    NothingToPublish = 607, "nothing-to-publish";
    /// The next certificate is not saved.
    Unsaved = 608, "unsaved";
    /// The next certificate is published already.
    AlreadyPublished = 609, "already-published";
    /// There is no next certificate to cut over to.
    NothingToCutOver = 610, "nothing-to-cut-over";
    /// The next certificate is not published.
    NotPublished = 611, "not-published";
    /// The previous certificate must be retired first.
    PreviousStillPublished = 612, "previous-still-published";
    /// There is no previous certificate to roll back to.
    NothingToRollBack = 613, "nothing-to-roll-back";
    /// The next certificate must be discarded first.
    NextInTheWay = 614, "next-in-the-way";
    /// There is no previous certificate to retire.
    NothingToRetire = 615, "nothing-to-retire";
    /// The application has no such certificate or key.
    UnknownKey = 616, "unknown-key";
    /// Logins would break, or may, at service providers that were not accepted.
    LoginsWouldBreak = 617, "logins-would-break";
    /// Service providers were accepted whose logins go on working.
    NotAffected = 618, "not-affected";
    /// A reason is required where logins are accepted to break.
    ReasonRequired = 619, "reason-required";
    /// The certificate that would sign has expired.
    CertificateExpired = 620, "certificate-expired";
    /// The certificate that would sign is not valid yet.
    CertificateNotYetValid = 621, "certificate-not-yet-valid";
    /// There is a service provider of this entity ID already.
    DuplicateProvider = 622, "duplicate-provider";
    /// There is no service provider of this entity ID.
    UnknownProvider = 623, "unknown-provider";
    /// A text that was typed is not valid where it was to stand.
    InvalidText = 624, "invalid-text";
    /// There are more of something than there may be.
    TooMany = 625, "too-many";
    /// A replacement was given for a key that does not sign.
    ReplacementNotNeeded = 626, "replacement-not-needed";

    // 650–699: records of applications.
    /// The record is of a version that is not known here.
    RecordVersion = 650, "record-version";
    /// A field of a record is missing, unknown or malformed; the message names it.
    RecordMalformed = 651, "record-malformed";
    /// An event is missing, or stands twice.
    RecordSequence = 652, "record-sequence";
    /// An event does not fit the record.
    RecordEvent = 653, "record-event";
    /// Two fields of a record contradict each other.
    RecordContradiction = 654, "record-contradiction";
    /// The private key of a certificate of the record is missing.
    RecordKeyMissing = 655, "record-key-missing";
    /// A private key belongs to nothing in the record.
    RecordKeyUnneeded = 656, "record-key-unneeded";

    // 700–719: certificates and requests that are made.
    /// An attribute of a subject is empty.
    AttributeEmpty = 700, "attribute-empty";
    /// An attribute of a subject has more than 64 characters.
    AttributeTooLong = 701, "attribute-too-long";
    /// An attribute of a subject has a character that nobody sees.
    AttributeCharacter = 702, "attribute-character";
    /// The country of a subject is not two letters from A to Z.
    Country = 703, "country";
    /// A certificate was to be valid for no time.
    NoLifetime = 704, "no-lifetime";
    /// A certificate would begin or end outside the years 1950 to 9999.
    IssueDate = 705, "issue-date";
    /// A certificate that a CA signed cannot be renewed by its own key.
    SignedByCa = 706, "signed-by-ca";
    /// The certificate names its own serial number in an extension, which a renewed one would contradict.
    NamesSerial = 707, "names-serial";
    /// The certificate that was made does not verify under its own key.
    IssuedUnverified = 708, "issued-unverified";

    // 800–819: calls through the C ABI.
    /// A pointer that must lead somewhere is NULL.
    NullArgument = 800, "null-argument";
    /// A length is larger than any object can be.
    ArgumentLength = 801, "argument-length";
    /// A selector is none of its enumeration.
    UnknownSelector = 802, "unknown-selector";
    /// An index is past the end, or a number is too large for what it counts.
    OutOfRange = 803, "out-of-range";
    /// An item is of another kind than was asked for.
    WrongKind = 804, "wrong-kind";
    /// The buffer is too small; how large it must be is told.
    BufferTooSmall = 805, "buffer-too-small";
    /// A text is not UTF-8.
    NotUtf8 = 806, "not-utf8";
    /// The library failed; the fault is its own. An application that a step failed in takes no further step.
    Internal = 807, "internal";

    // 900–949: the program's own errors.
    /// The command line cannot be understood.
    Usage = 900, "usage";
    /// A file cannot be read or written.
    File = 901, "file";
    /// An item cannot be written in the form that was asked for.
    NoSuchForm = 902, "no-such-form";
    /// A file is there already and must not be replaced.
    FileExists = 903, "file-exists";

    // 910–929: the program's store.
    /// There is no such application in the store.
    NoSuchApplication = 910, "no-such-application";
    /// There is an application of this ID in the store already.
    ApplicationExists = 911, "application-exists";
    /// Somebody else changed the application since it was read.
    ChangedMeanwhile = 912, "changed-meanwhile";
    /// The file is no store.
    NotAStore = 913, "not-a-store";
    /// The store is of a later version.
    StoreVersion = 914, "store-version";
    /// The store is damaged.
    StoreDamaged = 915, "store-damaged";
    /// Another process uses the store.
    StoreBusy = 916, "store-busy";
    /// The store cannot be opened, read or written.
    StoreFailed = 917, "store-failed";
    /// The private keys in the store are encrypted, and no password was given.
    StorePasswordRequired = 918, "store-password-required";
    /// The password is not that of the private keys in the store.
    StorePasswordWrong = 919, "store-password-wrong";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
