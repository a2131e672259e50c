//! The stable number and name of every error: one table for Rust, C, Go and the JSON forms.

use core::fmt;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal;)*) => {
        /// The stable number and name of every error: one table for Rust, C, Go and the JSON forms.
        ///
        /// The first sentence of each says what was wrong, the next one what to do. Each part of the library has a block of
        /// numbers. No number and no name is ever changed or used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u32)]
        pub enum ErrorCode {
            $($(#[$doc])* $name = $number,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, which never changes.
            #[must_use]
            pub const fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The name, which never changes: lower case with hyphens.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

error_codes! {
    // 100–149: the text of a paste.
    /// The input is empty or has only whitespace. Paste the certificate or key from its BEGIN line to its END line.
    Empty = 100, "empty";
    /// The input has nothing that looks like a certificate or key. Paste it from its BEGIN line to its END line.
    NothingFound = 101, "nothing-found";
    /// The input is larger than [`limits::MAX_PASTE_BYTES`](crate::limits::MAX_PASTE_BYTES). Paste only the certificate
    /// and the key.
    PasteTooLarge = 102, "paste-too-large";
    /// The input has more blocks than [`limits::MAX_BLOCKS`](crate::limits::MAX_BLOCKS). Paste fewer at once; what
    /// comes after the limit is not read.
    TooManyBlocks = 103, "too-many-blocks";
    /// The input is wrapped more often than [`limits::MAX_LAYERS`](crate::limits::MAX_LAYERS). Unpack it before you
    /// paste it.
    TooManyLayers = 104, "too-many-layers";
    /// A block has a character that is neither base64 nor whitespace. Copy the block again from its source.
    InvalidCharacter = 105, "invalid-character";
    /// The end of the content is missing. Copy the whole block again, to its very end.
    Truncated = 106, "truncated";
    /// A line in the middle of a block is missing. Copy the block again from its source.
    LineMissing = 107, "line-missing";
    /// A line of a block is there twice. Remove one of the two, or copy the block again.
    LineDoubled = 108, "line-doubled";
    /// Two lines of a block are in the wrong order. Copy the block again from its source.
    LinesSwapped = 109, "lines-swapped";
    /// A line of a block lacks characters. Copy the block again from its source.
    CharacterLost = 110, "character-lost";
    /// A line of a block has extra characters. Copy the block again from its source.
    CharacterInserted = 111, "character-inserted";
    /// The content of a block is damaged: a character is wrong, or a part was replaced. Copy the block again from its
    /// source.
    Damaged = 112, "damaged";
    /// Something follows the end of the item inside its block. Copy the block again from its source.
    TrailingData = 113, "trailing-data";
    /// Two items are in one block. Put an END line and a BEGIN line between them.
    TwoInOneBlock = 114, "two-in-one-block";
    /// The base64 is not valid: padding is in the wrong place, or the last character is wrong. Copy the block again
    /// from its source.
    InvalidBase64 = 115, "invalid-base64";
    /// The item is larger than [`limits::MAX_DER_BYTES`](crate::limits::MAX_DER_BYTES). No certificate or key for SAML
    /// is that large; check what you pasted.
    ItemTooLarge = 116, "item-too-large";
    /// The content of a block does not begin as DER does. Copy it again: its beginning was cut off or changed.
    NotDer = 117, "not-der";
    /// The DER is nested deeper than [`limits::MAX_DER_DEPTH`](crate::limits::MAX_DER_DEPTH). No certificate or key is
    /// that deep; check what you pasted.
    DerTooDeep = 118, "der-too-deep";
    /// The content is DER, but neither a certificate nor a private key. Paste the certificate or the key itself.
    UnknownContent = 119, "unknown-content";
    /// The input can be read in two ways. Copy it again from its source.
    Ambiguous = 120, "ambiguous";
    /// A block has a BEGIN and an END line with nothing, or almost nothing, between them. Copy the block again with its
    /// content.
    EmptyBlock = 121, "empty-block";
    /// A part of the content is left out or masked, as with an ellipsis or a row of X. Copy the block from a source
    /// that shows all of it.
    Masked = 122, "masked";
    /// All letters of a block are capitals, or all are small; base64 needs both. Copy the block again from its source.
    CaseFolded = 123, "case-folded";
    /// A block has a letter or digit of another alphabet, which may look like the right one. Copy the block again as
    /// plain text.
    Homoglyph = 124, "homoglyph";
    /// Characters that look alike, such as O and 0, were confused. Copy the text from its source; do not type it or
    /// read it from a picture.
    ConfusedCharacters = 125, "confused-characters";
    /// A binary file was damaged because it was transferred as text. Transfer it again as binary, or as PEM.
    MangledBinary = 126, "mangled-binary";

    // 150–169: known kinds that are not what is needed.
    /// This is a public key. Paste the certificate, which holds it.
    PublicKey = 150, "public-key";
    /// This is a certificate signing request (CSR, PKCS#10). Paste the certificate that the CA returned for it.
    CertificateRequest = 151, "certificate-request";
    /// This is a certificate revocation list. Paste the certificate; no login needs the list.
    Crl = 152, "crl";
    /// This is a PKCS#7 (CMS) container that is encrypted, malformed or not DER. Extract the certificates with `openssl
    /// pkcs7 -print_certs`.
    Pkcs7 = 153, "pkcs7";
    /// This is a PKCS#12 container (PFX, `.p12`), which is not read yet. Extract certificate and key with `openssl
    /// pkcs12 -nodes`.
    Pkcs12 = 154, "pkcs12";
    /// This is a private key in OpenSSH's own format. Convert a copy with `ssh-keygen -p -m PKCS8 -f COPY`.
    OpensshKey = 155, "openssh-key";
    /// This is a Java keystore (JKS or JCEKS). Convert it to PKCS#12 with `keytool -importkeystore`, then extract
    /// certificate and key.
    Jks = 156, "jks";
    /// These are parameters of a key (EC, DH or DSA) without the key. Paste the block of the key itself.
    Parameters = 157, "parameters";
    /// This is a PKCS#7 (CMS) container without a certificate. Export it again with its certificates, or paste the
    /// certificate itself.
    Pkcs7Empty = 158, "pkcs7-empty";
    /// This is an SSH public key. Paste the X.509 certificate; SAML cannot use SSH keys.
    SshKey = 159, "ssh-key";
    /// This is an `OpenPGP` key, message or signature. Decrypt the message if the certificate is in it; else paste the
    /// X.509 certificate.
    Pgp = 160, "pgp";
    /// This is a JSON Web Token. Paste the certificate itself.
    Jwt = 161, "jwt";
    /// This is a compressed file (gzip or zip). Unpack it and paste the certificate or key in it.
    Archive = 162, "archive";
    /// This is a PDF or Office document. Export the certificate from it as text or as a file, and paste that.
    Document = 163, "document";
    /// This is a web page, perhaps an error or login page. Download the file again and look at what you got.
    HtmlPage = 164, "html-page";
    /// This is only an address (URL or URN). Download what is there and paste that.
    Url = 165, "url";
    /// This is only the path or name of a file. Open the file and paste its content.
    Path = 166, "path";
    /// This is only a fingerprint (thumbprint). Paste the certificate; it cannot be made from a fingerprint.
    Fingerprint = 167, "fingerprint";

    // 180–199: one item was wanted.
    /// The input has no certificate. Paste it too, from its BEGIN line to its END line.
    NoCertificate = 180, "no-certificate";
    /// The input has no private key. Paste it too, from its BEGIN line to its END line.
    NoPrivateKey = 181, "no-private-key";
    /// The input has more items than the one that was wanted. Paste that one alone.
    SeveralItems = 182, "several-items";
    /// The private key is encrypted. Decrypt it with its password first; the program takes `--password-file`.
    PasswordRequired = 183, "password-required";

    // 200–249: private keys.
    /// The structure of a private key is malformed. Export the key again from where it was made.
    KeyMalformed = 200, "key-malformed";
    /// The key is of a kind that cannot sign SAML here; the message names it. Use an RSA, P-256, P-384, P-521 or
    /// Ed25519 key.
    UnsupportedKey = 201, "unsupported-key";
    /// The RSA key has more than two primes. Make a new key.
    MultiPrimeRsa = 202, "multi-prime-rsa";
    /// The RSA modulus is smaller than [`limits::MIN_RSA_BITS`](crate::limits::MIN_RSA_BITS) or larger than
    /// [`limits::MAX_RSA_BITS`](crate::limits::MAX_RSA_BITS). Make a new key.
    RsaSize = 203, "rsa-size";
    /// The RSA public exponent is even, 1, or too large. Make a new key.
    RsaExponent = 204, "rsa-exponent";
    /// Two parts of the key contradict each other; the message names them. Copy the key again, or make a new one.
    KeyContradiction = 205, "key-contradiction";
    /// A public key is malformed. Get the certificate again from where it was made.
    PublicKeyMalformed = 206, "public-key-malformed";

    // 250–269: encrypted private keys.
    /// The password is wrong, or the ciphertext is damaged; nothing can tell the two apart. Check the password, then
    /// copy the key again.
    DecryptFailed = 250, "decrypt-failed";
    /// The structure around the encrypted key is malformed. Copy the key again from its source.
    EncryptedKeyMalformed = 251, "encrypted-key-malformed";
    /// The key is encrypted with PBES1, which is broken. Encrypt it again with `openssl pkcs8 -topk8 -v2 aes-256-cbc`.
    Pbes1 = 252, "pbes1";
    /// The key is encrypted with a method that is not supported; the message names it. Encrypt it again with `openssl
    /// pkcs8 -topk8`.
    UnsupportedEncryption = 253, "unsupported-encryption";
    /// Decrypting the key would cost more work or memory than the limits allow. Encrypt it again with default
    /// parameters.
    KdfCost = 254, "kdf-cost";
    /// A key was to be encrypted with an empty password. Give a password.
    EmptyPassword = 255, "empty-password";

    // 300–349: certificates.
    /// The structure of a certificate is malformed. Get the certificate again from where it was made.
    CertificateMalformed = 300, "certificate-malformed";
    /// The two signature algorithm fields of the certificate differ. Get it again, or have a new one made.
    AlgorithmMismatch = 301, "algorithm-mismatch";
    /// The certificate ends before it begins. Have a new one made.
    ValidityInverted = 302, "validity-inverted";
    /// The certificate version is not 1, 2 or 3, or does not fit the content. Get it again, or have a new one made.
    CertificateVersion = 303, "certificate-version";
    /// The certificate has the same extension twice. Have a new one made.
    DuplicateExtension = 304, "duplicate-extension";
    /// The certificate claims to be self-signed, but the signature is not from its key. Copy it again: it is damaged.
    SelfSignatureInvalid = 305, "self-signature-invalid";

    // 400–449: pairs and signing.
    /// The private key does not belong to the certificate. Find the key that was made with it, or make a new pair.
    Mismatch = 400, "mismatch";
    /// The certificate's key is of a kind that cannot sign SAML here. Use a certificate of an RSA, P-256, P-384, P-521
    /// or Ed25519 key.
    UnsupportedCertificateKey = 401, "unsupported-certificate-key";
    /// The test signature does not verify under the certificate. Do not use this key; make a new pair.
    TrialSignature = 402, "trial-signature";
    /// The signature scheme does not fit the key. Choose one of the schemes of that kind of key.
    UnsuitableScheme = 403, "unsuitable-scheme";
    /// Signing failed. Do not use this key; make a new pair.
    SigningFailed = 404, "signing-failed";
    /// The source of random bytes failed. Try again; if it lasts, repair the system's random number generator.
    EntropyFailed = 405, "entropy-failed";

    // 500–549: fingerprints.
    /// The text has no fingerprint. Give the fingerprint (thumbprint) itself.
    FingerprintEmpty = 500, "fingerprint-empty";
    /// The number of digits is not the length of any hash algorithm. Copy the fingerprint again as a whole.
    FingerprintLength = 501, "fingerprint-length";
    /// A character is not a digit of the notation. Copy the fingerprint again.
    FingerprintCharacter = 502, "fingerprint-character";
    /// The name of the algorithm contradicts the length of the digest. Correct the name, or copy the fingerprint again.
    FingerprintLabel = 503, "fingerprint-label";
    /// The text has two fingerprints. Give one of them.
    FingerprintSeveral = 504, "fingerprint-several";

    // 550–559: schedules of reminders, and their messages.
    /// The schedule has no threshold. Give at least one.
    NoThresholds = 550, "no-thresholds";
    /// The schedule has more thresholds than [`limits::MAX_THRESHOLDS`](crate::limits::MAX_THRESHOLDS). Give fewer.
    TooManyThresholds = 551, "too-many-thresholds";
    /// A threshold is 0 seconds. Give the time before the end of the certificate.
    ThresholdZero = 552, "threshold-zero";
    /// A threshold is longer than [`limits::MAX_THRESHOLD_S`](crate::limits::MAX_THRESHOLD_S). Give a shorter one.
    ThresholdTooLong = 553, "threshold-too-long";
    /// A threshold is there twice. Remove one of the two.
    ThresholdRepeated = 554, "threshold-repeated";
    /// The template of a link is not valid; the message says why. Give an `https` or `http` address.
    InvalidLink = 555, "invalid-link";

    // 600–649: steps of an application.
    /// The application has no pair yet. Activate it first.
    NotActivated = 600, "not-activated";
    /// The application already has its pair. Upload, renew or regenerate to replace it.
    AlreadyActivated = 601, "already-activated";
    /// The next certificate is published. Cut over to it, or discard it first.
    PublishedNext = 602, "published-next";
    /// The certificate is already the active or the previous one. Bring in another one.
    AlreadyPresent = 603, "already-present";
    /// The key is revoked and is never accepted again. Make a new pair.
    RevokedKey = 604, "revoked-key";
    /// There is no unsaved certificate. Upload, renew or regenerate one first.
    NothingToSave = 605, "nothing-to-save";
    /// Nothing waits that could be discarded. There is nothing to do.
    NothingToDiscard = 606, "nothing-to-discard";
    /// There is no next certificate to publish. Upload, renew or regenerate one first.
    NothingToPublish = 607, "nothing-to-publish";
    /// The next certificate is not saved. Save it first.
    Unsaved = 608, "unsaved";
    /// The next certificate is already published. There is nothing to do.
    AlreadyPublished = 609, "already-published";
    /// There is no next certificate to cut over to. Upload, renew or regenerate one first.
    NothingToCutOver = 610, "nothing-to-cut-over";
    /// The next certificate is not published. Publish it first, so that service providers learn it.
    NotPublished = 611, "not-published";
    /// The previous certificate is still published. Retire it first.
    PreviousStillPublished = 612, "previous-still-published";
    /// There is no previous certificate to roll back to. Bring the old pair in as the next one, if you have it.
    NothingToRollBack = 613, "nothing-to-roll-back";
    /// A next certificate is in the way. Discard it first.
    NextInTheWay = 614, "next-in-the-way";
    /// There is no previous certificate to retire. There is nothing to do.
    NothingToRetire = 615, "nothing-to-retire";
    /// The application has no certificate or key with this fingerprint. List its certificates and choose one.
    UnknownKey = 616, "unknown-key";
    /// Logins would break, or may break, at service providers that were not accepted. Accept each by its entity ID, or
    /// confirm what it holds.
    LoginsWouldBreak = 617, "logins-would-break";
    /// Service providers were accepted whose logins keep working. Accept only those whose logins break or may break.
    NotAffected = 618, "not-affected";
    /// Logins are accepted to break, and no reason was given. Give the reason.
    ReasonRequired = 619, "reason-required";
    /// The certificate that would sign has expired. Renew or regenerate it.
    CertificateExpired = 620, "certificate-expired";
    /// The certificate that would sign is not valid yet. Wait until it is, or make another one.
    CertificateNotYetValid = 621, "certificate-not-yet-valid";
    /// There is already a service provider with this entity ID. Remove it first to change it.
    DuplicateProvider = 622, "duplicate-provider";
    /// There is no service provider with this entity ID. Check the entity ID, or add it.
    UnknownProvider = 623, "unknown-provider";
    /// A text is not valid where it was given; the message says why. Correct it.
    InvalidText = 624, "invalid-text";
    /// There is more of something than is allowed; the message names it and the limit. Remove some.
    TooMany = 625, "too-many";
    /// A replacement was given for a key that does not sign. Revoke without a replacement.
    ReplacementNotNeeded = 626, "replacement-not-needed";

    // 650–699: records of applications.
    /// The record has a version that this release does not know. Read it with a later release.
    RecordVersion = 650, "record-version";
    /// A field of a record is missing, unknown or malformed; the message names it. Restore the record as it was
    /// written.
    RecordMalformed = 651, "record-malformed";
    /// An event is missing, or is there twice. Give all events from the first on, in order.
    RecordSequence = 652, "record-sequence";
    /// An event does not fit the record. Give the events of this application, in order.
    RecordEvent = 653, "record-event";
    /// Two fields of a record contradict each other; the message names them. Restore the record as it was written.
    RecordContradiction = 654, "record-contradiction";
    /// The private key of a certificate of the record is missing. Give every key that was stored beside the record.
    RecordKeyMissing = 655, "record-key-missing";
    /// A private key belongs to nothing in the record. Leave it out.
    RecordKeyUnneeded = 656, "record-key-unneeded";

    // 700–719: certificates and requests that are made.
    /// An attribute of a subject is empty. Give a value, or leave the attribute out.
    AttributeEmpty = 700, "attribute-empty";
    /// An attribute of a subject has more than 64 characters. Shorten it.
    AttributeTooLong = 701, "attribute-too-long";
    /// An attribute of a subject has an invisible character. Type it again.
    AttributeCharacter = 702, "attribute-character";
    /// The country of a subject is not two capital letters. Give the ISO code, such as DE.
    Country = 703, "country";
    /// The certificate would be valid for no time. Give a lifetime.
    NoLifetime = 704, "no-lifetime";
    /// The certificate would begin or end outside the years 1950 to 9999. Check the clock and the lifetime.
    IssueDate = 705, "issue-date";
    /// A certificate that a CA signed cannot be renewed by its own key. Make a CSR and send it to the CA.
    SignedByCa = 706, "signed-by-ca";
    /// The certificate names its own serial number in an extension, which a renewed one would contradict. Make a new
    /// pair.
    NamesSerial = 707, "names-serial";
    /// The certificate that was made does not verify under its own key. Do not use this key; make a new pair.
    IssuedUnverified = 708, "issued-unverified";

    // 800–819: calls through the C ABI.
    /// A pointer that is required is NULL. Correct the call.
    NullArgument = 800, "null-argument";
    /// A length is larger than any object can be. Correct the call.
    ArgumentLength = 801, "argument-length";
    /// A selector is not a value of its enumeration. Correct the call.
    UnknownSelector = 802, "unknown-selector";
    /// An index is past the end, or a number is too large for what it counts. Correct the call.
    OutOfRange = 803, "out-of-range";
    /// The item is of another kind than was asked for. Ask for its kind first.
    WrongKind = 804, "wrong-kind";
    /// The buffer is too small. Call again with a buffer of the size that was given back.
    BufferTooSmall = 805, "buffer-too-small";
    /// A text is not UTF-8. Convert it first.
    NotUtf8 = 806, "not-utf8";
    /// The library failed, and the fault is its own. Report it; an application in which a step failed takes no further
    /// step.
    Internal = 807, "internal";

    // 900–949: the program's own errors.
    /// The command line cannot be understood. See `--help`.
    Usage = 900, "usage";
    /// A file cannot be read or written; the message says why. Check its path, its permissions and the disk.
    File = 901, "file";
    /// An item cannot be written in the form that was asked for. Choose another form.
    NoSuchForm = 902, "no-such-form";
    /// The file already exists. Choose another name, or replace it with `--force`.
    FileExists = 903, "file-exists";

    // 910–929: the program's store.
    /// The store has no such application. `samlcert app list` shows all.
    NoSuchApplication = 910, "no-such-application";
    /// The store already has an application with this ID. Choose another ID.
    ApplicationExists = 911, "application-exists";
    /// Somebody else changed the application since it was read. Look at its status and try again.
    ChangedMeanwhile = 912, "changed-meanwhile";
    /// The file is not a store. Check the path in `--store`.
    NotAStore = 913, "not-a-store";
    /// The store was written by a later release. Use that release or a later one.
    StoreVersion = 914, "store-version";
    /// The store is damaged. Restore a copy.
    StoreDamaged = 915, "store-damaged";
    /// Another process uses the store. Try again.
    StoreBusy = 916, "store-busy";
    /// The store cannot be opened, read or written; the message says why. Check its path, its permissions and the disk.
    StoreFailed = 917, "store-failed";
    /// The private keys in the store are encrypted, and no password was given. Give `--store-password-file`.
    StorePasswordRequired = 918, "store-password-required";
    /// The password is not that of the private keys in the store. Give the right `--store-password-file`.
    StorePasswordWrong = 919, "store-password-wrong";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
