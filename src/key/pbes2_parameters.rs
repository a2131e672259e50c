//! PBES2 (RFC 8018, section 6.2): the checks before `pkcs5` decrypts.
//!
//! `pkcs5` has no limit for scrypt's memory, and a high one for PBKDF2. It calls other schemes malformed object
//! identifiers, and does not check the lengths that it relies on.

use der::Decode;
use pkcs5::pbes2::Parameters;

use super::identifier::AlgorithmIdentifier;
use super::{KdfCost, KeyError};
use crate::limits::{MAX_PBKDF2_ITERATIONS, MAX_SCRYPT_BYTES, MAX_SCRYPT_PARALLELIZATION};
use crate::tlv::{INTEGER, OCTET_STRING, Reader, SEQUENCE, Tlv, TlvError, oid};

/// The parameters of PBES2, if they can decrypt a ciphertext of this length.
pub(super) fn read(identifier: &Tlv<'_>, ciphertext: &Tlv<'_>) -> Result<Parameters, KeyError> {
    let scheme = AlgorithmIdentifier::parse(identifier).map_err(KeyError::encrypted_tlv)?;
    let parameters = match scheme.parameters {
        Some(parameters) if scheme.oid.content == oid::PBES2 => parameters,
        _ => return Err(other_scheme(&scheme)),
    };
    let (kdf, encryption) = fields(&parameters).map_err(KeyError::encrypted_tlv)?;
    let cipher = Cipher::of(encryption.oid.content)?;
    let key_len = match kdf.oid.content {
        oid::PBKDF2 => check_pbkdf2(&parameters_of(&kdf)?)?,
        oid::SCRYPT => check_scrypt(&parameters_of(&kdf)?)?,
        other => return Err(unsupported(oid::dotted(other))),
    };
    match encryption.parameters {
        Some(iv) if iv.tag == OCTET_STRING && iv.content.len() == cipher.block_len => {}
        _ => return malformed("the initialization vector has not the length of the cipher's", encryption.oid.at),
    }
    if key_len.is_some_and(|len| len != cipher.key_len) {
        return malformed("the length of the derived key is not that of the cipher's", kdf.oid.at);
    }
    check_ciphertext(ciphertext.content, cipher.block_len, ciphertext.at)?;
    Parameters::from_der(parameters.whole).map_err(|_| unsupported("these parameters of PBES2".to_owned()))
}

/// Whole blocks, at least one.
pub(super) fn check_ciphertext(ciphertext: &[u8], block_len: usize, at: usize) -> Result<(), KeyError> {
    match ciphertext.len().checked_rem(block_len) {
        Some(0) if !ciphertext.is_empty() => Ok(()),
        _ => malformed("the ciphertext has not the length of whole blocks", at),
    }
}

fn fields<'a>(parameters: &Tlv<'a>) -> Result<(AlgorithmIdentifier<'a>, AlgorithmIdentifier<'a>), TlvError> {
    let mut fields = Reader::new(parameters.whole).expect(SEQUENCE)?.reader();
    let kdf = AlgorithmIdentifier::parse(&fields.expect(SEQUENCE)?)?;
    let encryption = AlgorithmIdentifier::parse(&fields.expect(SEQUENCE)?)?;
    fields.finish()?;
    Ok((kdf, encryption))
}

fn parameters_of<'a>(kdf: &AlgorithmIdentifier<'a>) -> Result<Tlv<'a>, KeyError> {
    match kdf.parameters {
        Some(parameters) if parameters.tag == SEQUENCE => Ok(parameters),
        _ => malformed("the key derivation has no parameters", kdf.oid.at),
    }
}

fn other_scheme(scheme: &AlgorithmIdentifier<'_>) -> KeyError {
    let name = match scheme.oid.content.split_last() {
        Some((1, oid::PBES1_ARC)) => "PBES1 with MD2 and DES",
        Some((3, oid::PBES1_ARC)) => "PBES1 with MD5 and DES",
        Some((4, oid::PBES1_ARC)) => "PBES1 with MD2 and RC2",
        Some((6, oid::PBES1_ARC)) => "PBES1 with MD5 and RC2",
        Some((10, oid::PBES1_ARC)) => "PBES1 with SHA-1 and DES",
        Some((11, oid::PBES1_ARC)) => "PBES1 with SHA-1 and RC2",
        Some((1 | 2, oid::PKCS12_PBE_ARC)) => "the PKCS#12 scheme with RC4",
        Some((3 | 4, oid::PKCS12_PBE_ARC)) => "the PKCS#12 scheme with 3DES",
        Some((5 | 6, oid::PKCS12_PBE_ARC)) => "the PKCS#12 scheme with RC2",
        _ if scheme.oid.content == oid::PBES2 => {
            return KeyError::EncryptedMalformed { what: "PBES2 has no parameters", at: scheme.oid.at };
        }
        _ => return unsupported(oid::dotted(scheme.oid.content)),
    };
    KeyError::Pbes1 { name }
}

struct Cipher {
    /// In bytes, as the other.
    block_len: usize,
    key_len: u64,
}

impl Cipher {
    fn of(content: &[u8]) -> Result<Self, KeyError> {
        let (block_len, key_len) = match content {
            oid::AES_128_CBC => (16, 16),
            oid::AES_192_CBC => (16, 24),
            oid::AES_256_CBC => (16, 32),
            oid::DES_EDE3_CBC => (8, 24),
            oid::DES_CBC => return Err(unsupported("DES-CBC".to_owned())),
            oid::RC2_CBC => return Err(unsupported("RC2-CBC".to_owned())),
            oid::AES_128_GCM | oid::AES_192_GCM | oid::AES_256_GCM => return Err(unsupported("AES-GCM".to_owned())),
            other => return Err(unsupported(oid::dotted(other))),
        };
        Ok(Self { block_len, key_len })
    }
}

/// `PBKDF2-params` (RFC 8018, appendix A.2). Returns the key length if it is given.
fn check_pbkdf2(parameters: &Tlv<'_>) -> Result<Option<u64>, KeyError> {
    let mut fields = parameters.reader();
    check_salt(&mut fields)?;
    let iterations = positive(&mut fields)?;
    let key_len = optional_positive(&mut fields)?;
    let prf = fields.optional(SEQUENCE).map_err(KeyError::encrypted_tlv)?;
    fields.finish().map_err(KeyError::encrypted_tlv)?;
    let prf = prf.map(|prf| AlgorithmIdentifier::parse(&prf)).transpose().map_err(KeyError::encrypted_tlv)?;
    match prf.map(|prf| (prf.oid.content, prf.parameters_are_null_or_absent())) {
        Some((content, null)) if !(null && matches!(content.split_last(), Some((7..=11, oid::HMAC_ARC)))) => {
            Err(unsupported(format!("PBKDF2 with {}", oid::dotted(content))))
        }
        _ if iterations > u64::from(MAX_PBKDF2_ITERATIONS) => Err(KeyError::KdfCost(KdfCost::Pbkdf2Iterations)),
        _ => Ok(key_len),
    }
}

/// `scrypt-params` (RFC 7914, section 7.1). Returns the key length if it is given.
fn check_scrypt(parameters: &Tlv<'_>) -> Result<Option<u64>, KeyError> {
    let mut fields = parameters.reader();
    check_salt(&mut fields)?;
    let (n, r, p) = (positive(&mut fields)?, positive(&mut fields)?, positive(&mut fields)?);
    let key_len = optional_positive(&mut fields)?;
    fields.finish().map_err(KeyError::encrypted_tlv)?;
    if n.saturating_mul(r).saturating_mul(128) > MAX_SCRYPT_BYTES {
        return Err(KeyError::KdfCost(KdfCost::ScryptMemory));
    }
    if p > u64::from(MAX_SCRYPT_PARALLELIZATION) {
        return Err(KeyError::KdfCost(KdfCost::ScryptParallelization));
    }
    // RFC 7914, section 2: a power of 2 over 1, less than 2^(128·r/8).
    if !n.is_power_of_two() || n == 1 || u64::from(n.trailing_zeros()) >= r.saturating_mul(16) {
        return malformed("the cost of scrypt is none that it can have", parameters.at);
    }
    Ok(key_len)
}

/// `pkcs5` keeps 32 bytes of salt.
fn check_salt(fields: &mut Reader<'_>) -> Result<(), KeyError> {
    match fields.any().map_err(KeyError::encrypted_tlv)? {
        salt if salt.tag != OCTET_STRING => Err(unsupported("a salt from another source".to_owned())),
        salt if salt.content.len() > 32 => Err(unsupported("a salt of more than 32 bytes".to_owned())),
        _ => Ok(()),
    }
}

/// A number over 0; one of more than 63 bits is given as the largest.
fn positive(fields: &mut Reader<'_>) -> Result<u64, KeyError> {
    let integer = fields.expect(INTEGER).map_err(KeyError::encrypted_tlv)?;
    match integer.content {
        [0] | [0x80..=0xff, ..] => malformed("a number of the key derivation is not positive", integer.at),
        short if short.len() <= 8 => Ok(short.iter().fold(0, |sum, &octet| (sum << 8) | u64::from(octet))),
        _ => Ok(u64::MAX),
    }
}

fn optional_positive(fields: &mut Reader<'_>) -> Result<Option<u64>, KeyError> {
    if fields.peek() == Some(INTEGER) { positive(fields).map(Some) } else { Ok(None) }
}

const fn unsupported(name: String) -> KeyError {
    KeyError::UnsupportedEncryption { name }
}

pub(super) const fn malformed<T>(what: &'static str, at: usize) -> Result<T, KeyError> {
    Err(KeyError::EncryptedMalformed { what, at })
}
