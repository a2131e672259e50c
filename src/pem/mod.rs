//! Text in, DER out: reading what people paste, and writing strict RFC 7468.
