//! PEM encryption of RFC 1421 as OpenSSL does it: `Proc-Type: 4,ENCRYPTED`, `DEK-Info: CIPHER,IV`.

use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::KeyError;
use super::encoding::KeyEncoding;
use super::pbes2_parameters::{check_ciphertext, malformed};
use crate::hex::HexDisplay;

/// How a block is encrypted. The initialization vector fits the cipher.
#[derive(Clone)]
pub(super) struct ProcType {
    /// The encoding that the label names. The plaintext decides; this is only for writing the block again.
    pub(super) encoding: KeyEncoding,
    cipher: Cipher,
    iv: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cipher {
    DesEde3,
    Aes128,
    Aes192,
    Aes256,
}

impl Cipher {
    const ALL: [Self; 4] = [Self::DesEde3, Self::Aes128, Self::Aes192, Self::Aes256];

    /// The name in `DEK-Info`.
    const fn as_str(self) -> &'static str {
        match self {
            Self::DesEde3 => "DES-EDE3-CBC",
            Self::Aes128 => "AES-128-CBC",
            Self::Aes192 => "AES-192-CBC",
            Self::Aes256 => "AES-256-CBC",
        }
    }

    /// In bytes, as the other.
    const fn key_len(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::DesEde3 | Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    const fn block_len(self) -> usize {
        match self {
            Self::DesEde3 => 8,
            _ => 16,
        }
    }
}

impl ProcType {
    pub(super) fn new(encoding: KeyEncoding, cipher: &[u8], iv: &[u8], ciphertext: &[u8]) -> Result<Self, KeyError> {
        let known = Cipher::ALL.into_iter().find(|known| cipher.eq_ignore_ascii_case(known.as_str().as_bytes()));
        let Some(cipher) = known else {
            let name = cipher.escape_ascii().to_string().chars().take(128).collect();
            return Err(KeyError::UnsupportedEncryption { name });
        };
        if iv.len() != cipher.block_len() {
            return malformed("the initialization vector has not the length of the cipher's", 0);
        }
        check_ciphertext(ciphertext, cipher.block_len(), 0)?;
        Ok(Self { encoding, cipher, iv: iv.to_vec() })
    }

    pub(super) fn headers(&self) -> String {
        let iv = HexDisplay(&self.iv);
        format!("Proc-Type: 4,ENCRYPTED\nDEK-Info: {},{iv:X}\n", self.cipher.as_str())
    }

    /// The plaintext inside the buffer; `None` if its padding (PKCS#7) is wrong.
    pub(super) fn decrypt_in_place<'a>(&self, password: &[u8], buffer: &'a mut [u8]) -> Option<&'a [u8]> {
        let key = self.derive(password);
        match self.cipher {
            Cipher::DesEde3 => self.decrypt::<des::TdesEde3>(&key, buffer),
            Cipher::Aes128 => self.decrypt::<aes::Aes128>(&key, buffer),
            Cipher::Aes192 => self.decrypt::<aes::Aes192>(&key, buffer),
            Cipher::Aes256 => self.decrypt::<aes::Aes256>(&key, buffer),
        }
    }

    fn decrypt<'a, C: BlockCipherDecrypt + KeyInit>(&self, key: &[u8], buffer: &'a mut [u8]) -> Option<&'a [u8]> {
        Decryptor::<C>::new_from_slices(key, &self.iv).ok()?.decrypt_padded::<Pkcs7>(buffer).ok()
    }

    /// OpenSSL's `EVP_BytesToKey`: one round of MD5 over the previous digest, the password, and 8 bytes of the vector
    /// as salt.
    fn derive(&self, password: &[u8]) -> Zeroizing<Vec<u8>> {
        let salt = self.iv.get(..8).unwrap_or_default();
        let mut key = Zeroizing::new(Vec::with_capacity(self.cipher.key_len().saturating_add(16)));
        let mut block = Zeroizing::new(<[u8; 16]>::default());
        while key.len() < self.cipher.key_len() {
            let mut hash = Md5::new();
            if !key.is_empty() {
                hash.update(*block);
            }
            hash.update(password);
            hash.update(salt);
            *block = hash.finalize().into();
            key.extend_from_slice(&*block);
        }
        key.truncate(self.cipher.key_len());
        key
    }
}
