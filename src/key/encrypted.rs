//! Encrypted private keys. Reading one checks its parameters and cost; only decrypting needs the password.

use core::fmt;

use pkcs5::pbes2;
use zeroize::Zeroizing;

use super::encoding::KeyEncoding;
use super::proc_type::ProcType;
use super::{KeyError, PrivateKey, pbes2_parameters};
use crate::limits::MAX_DER_BYTES;
use crate::pem::{self, Form, Label};
use crate::tlv::{self, OCTET_STRING, Reader, SEQUENCE, Tlv, TlvError};

/// A private key that a password opens: PKCS#8 with PBES2 (RFC 8018), or PEM with `Proc-Type: 4,ENCRYPTED` (RFC 1421).
///
/// Reading one checks what does not need the password: the method, the lengths, and the cost of opening it.
#[derive(Clone)]
pub struct EncryptedPrivateKey {
    bytes: Vec<u8>,
    method: Method,
}

#[derive(Clone)]
enum Method {
    Pbes2(Box<pbes2::Parameters>),
    ProcType(ProcType),
}

impl EncryptedPrivateKey {
    /// Reads a DER `EncryptedPrivateKeyInfo` (RFC 5958, section 3).
    ///
    /// # Errors
    /// [`KeyError::EncryptedMalformed`]; [`KeyError::Pbes1`] and [`KeyError::UnsupportedEncryption`], which name the
    /// method; [`KeyError::KdfCost`] over [`MAX_PBKDF2_ITERATIONS`](crate::limits::MAX_PBKDF2_ITERATIONS),
    /// [`MAX_SCRYPT_BYTES`](crate::limits::MAX_SCRYPT_BYTES) or
    /// [`MAX_SCRYPT_PARALLELIZATION`](crate::limits::MAX_SCRYPT_PARALLELIZATION).
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        if der.len() > MAX_DER_BYTES {
            return Err(KeyError::TooLarge);
        }
        tlv::check(der).map_err(KeyError::encrypted_tlv)?;
        let (identifier, ciphertext) = fields(der).map_err(KeyError::encrypted_tlv)?;
        let parameters = pbes2_parameters::read(&identifier, &ciphertext)?;
        Ok(Self { bytes: der.to_vec(), method: Method::Pbes2(Box::new(parameters)) })
    }

    /// Takes a block with `DEK-Info`: the name of the cipher, the decoded initialization vector, the decoded body.
    pub(crate) fn from_proc_type(
        encoding: KeyEncoding,
        cipher: &[u8],
        iv: &[u8],
        ciphertext: &[u8],
    ) -> Result<Self, KeyError> {
        if ciphertext.len() > MAX_DER_BYTES {
            return Err(KeyError::TooLarge);
        }
        let method = Method::ProcType(ProcType::new(encoding, cipher, iv, ciphertext)?);
        Ok(Self { bytes: ciphertext.to_vec(), method })
    }

    /// The bytes as given: for PKCS#8 the whole DER, for `Proc-Type` the ciphertext.
    #[must_use]
    pub fn encrypted_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The label of its PEM form: `ENCRYPTED PRIVATE KEY`, or for `Proc-Type` that of the plain key.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.pem_label().as_str()
    }

    pub(crate) const fn pem_label(&self) -> Label {
        match &self.method {
            Method::Pbes2(_) => Label::EncryptedPrivateKey,
            Method::ProcType(proc_type) => proc_type.encoding.pem_label(),
        }
    }

    /// The header lines that stand before the base64, each with its LF; `None` for PKCS#8.
    fn proc_type_headers(&self) -> Option<String> {
        match &self.method {
            Method::Pbes2(_) => None,
            Method::ProcType(proc_type) => Some(proc_type.headers()),
        }
    }

    /// Writes the key, still encrypted, in a strict form. `None` for [`Form::Element`]; a key with `Proc-Type` headers
    /// has only the PEM forms.
    #[must_use]
    pub fn write(&self, form: Form) -> Option<Vec<u8>> {
        let headers = self.proc_type_headers().unwrap_or_default();
        pem::write(self.pem_label(), &headers, &self.bytes, form).map(|written| written.to_vec())
    }

    /// Decrypts the key. The key derivation may take seconds, and up to 64 MiB of memory.
    ///
    /// # Errors
    /// [`KeyError::DecryptFailed`] for a wrong password or a damaged ciphertext, which look the same. If the plaintext
    /// is a well-formed key that [`PrivateKey::from_der`] refuses for its kind or a contradiction, that error, with an
    /// offset in the plaintext.
    pub fn decrypt(&self, password: &[u8]) -> Result<PrivateKey, KeyError> {
        let mut buffer = Zeroizing::new(self.ciphertext().to_vec());
        let plaintext = match &self.method {
            Method::Pbes2(parameters) => parameters.decrypt_in_place(password, &mut buffer).ok(),
            Method::ProcType(proc_type) => proc_type.decrypt_in_place(password, &mut buffer),
        };
        match PrivateKey::from_der(plaintext.ok_or(KeyError::DecryptFailed)?) {
            Err(KeyError::Malformed { .. } | KeyError::PublicKeyMalformed { .. } | KeyError::Encrypted) => {
                Err(KeyError::DecryptFailed)
            }
            read => read,
        }
    }

    fn ciphertext(&self) -> &[u8] {
        match (&self.method, fields(&self.bytes)) {
            (Method::Pbes2(_), Ok((_, ciphertext))) => ciphertext.content,
            _ => &self.bytes,
        }
    }
}

/// The encryption algorithm and the encrypted data.
fn fields(der: &[u8]) -> Result<(Tlv<'_>, Tlv<'_>), TlvError> {
    let mut fields = Reader::new(der).expect(SEQUENCE)?.reader();
    let pair = (fields.expect(SEQUENCE)?, fields.expect(OCTET_STRING)?);
    fields.finish()?;
    Ok(pair)
}

impl fmt::Debug for EncryptedPrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncryptedPrivateKey({}, {} bytes)", self.label(), self.bytes.len())
    }
}
