//! The limits of what is read. Each is checked before the work that it bounds.

/// The largest paste that [`normalize`](crate::normalize) reads: 1 MiB.
pub const MAX_PASTE_BYTES: usize = 1 << 20;

/// How many layers of wrapping (an encoding, string escapes, base64 of a whole PEM …) are taken off.
pub const MAX_LAYERS: usize = 8;

/// How many blocks (items and refusals together) are read in one paste.
pub const MAX_BLOCKS: usize = 100;

/// The largest DER value that is read: 64 KiB, header included.
pub const MAX_DER_BYTES: usize = 64 * 1024;

/// How deep DER values may be nested. A certificate of RFC 5280 needs about 10.
pub const MAX_DER_DEPTH: usize = 32;

/// The smallest RSA modulus of a private key, in bits.
pub const MIN_RSA_BITS: u32 = 1024;

/// The largest RSA modulus of a private key, in bits.
pub const MAX_RSA_BITS: u32 = 8192;

/// The most PBKDF2 iterations to open an encrypted key.
pub const MAX_PBKDF2_ITERATIONS: u32 = 10_000_000;

/// The most memory that scrypt may use to open an encrypted key: 128·r·N bytes, 64 MiB.
pub const MAX_SCRYPT_BYTES: u64 = 64 * 1024 * 1024;

/// The largest scrypt parallelization parameter p.
pub const MAX_SCRYPT_PARALLELIZATION: u16 = 16;

/// How many self-signatures are verified in one paste; the certificates after that say that theirs were not checked.
pub const MAX_SELF_SIGNATURES: usize = 32;

/// The longest text that [`Fingerprint::parse`](crate::Fingerprint::parse) reads: 64 KiB.
pub const MAX_FINGERPRINT_TEXT_BYTES: usize = 64 * 1024;

/// The most thresholds of an [`ExpirySchedule`](crate::ExpirySchedule).
pub const MAX_THRESHOLDS: usize = 32;

/// The longest threshold of an [`ExpirySchedule`](crate::ExpirySchedule), in seconds: 36,525 days, 100 years.
pub const MAX_THRESHOLD_S: u32 = 3_155_760_000;

/// How many former certificates an application remembers; one more, and the oldest is forgotten.
pub const MAX_FORMER: usize = 100;

/// How many service providers an application may have.
pub const MAX_PROVIDERS: usize = 10_000;

/// How many certificates that one service provider holds are remembered; one more, and the oldest is forgotten.
pub const MAX_HOLDINGS: usize = 32;

/// How many endpoints of each kind, and how many name identifier formats, settings may have.
pub const MAX_SETTINGS: usize = 32;

/// The largest JSON of a record or of an event that is read: 256 MiB, more than any whose parts are within their limits.
pub const MAX_RECORD_BYTES: usize = 256 << 20;

/// The most values (objects, lists, texts, numbers …) in the JSON of a record or of an event that is read.
pub const MAX_RECORD_VALUES: usize = 4_000_000;

/// How deep the JSON of a record or of an event may be nested. This crate writes 6 levels.
pub const MAX_RECORD_DEPTH: usize = 16;
