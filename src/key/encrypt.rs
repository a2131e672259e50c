//! Encrypts a private key with a password: PBES2 with scrypt and AES-256 (RFC 8018, RFC 7914).

use der::Encode;
use der::asn1::OctetStringRef;
use pkcs5::{pbes2, scrypt};
use pkcs8::EncryptedPrivateKeyInfo;
use zeroize::Zeroizing;

use super::{EncryptedPrivateKey, KeyError, PrivateKey};
use crate::entropy::{Entropy, EntropyError};

/// The cost of scrypt, N = 2¹⁴ with r = 8: 16 MiB. OpenSSL 3 opens nothing that needs 32 MiB or more.
const SCRYPT_LOG_N: u8 = 14;
const SCRYPT_R: u32 = 8;
const SCRYPT_P: u32 = 1;

const SALT_LEN: usize = 16;
const BLOCK_LEN: usize = 16;

impl EncryptedPrivateKey {
    /// Encrypts a key, as PKCS#8, with a password: PBES2 (RFC 8018, section 6.2) with scrypt (N = 2¹⁴, r = 8, p = 1,
    /// 16 MiB, some 50 ms) and AES-256-CBC. OpenSSL 1.1 and later opens it.
    ///
    /// 32 bytes are taken from `entropy`: a salt and an initialization vector of 16 bytes each. The plaintext is wiped.
    ///
    /// # Errors
    /// [`KeyError::EmptyPassword`]; [`KeyError::EntropyFailed`]; [`KeyError::TooLarge`] for a key with attributes of
    /// nearly 64 KiB.
    pub fn encrypt(key: &PrivateKey, password: &[u8], entropy: &mut dyn Entropy) -> Result<Self, KeyError> {
        if password.is_empty() {
            return Err(KeyError::EmptyPassword);
        }
        let (mut salt, mut iv) = ([0; SALT_LEN], [0; BLOCK_LEN]);
        for random in [&mut salt, &mut iv] {
            entropy.fill(random).map_err(|EntropyError| KeyError::EntropyFailed)?;
        }
        let parameters = parameters(&salt, iv).map_err(refused)?;
        let ciphertext = ciphertext(&parameters, password, key.secret_pkcs8_der().secret_bytes()).map_err(refused)?;
        Self::from_der(&write(parameters, &ciphertext).map_err(KeyError::unwritten)?)
    }
}

/// `pkcs5` accepts these parameters and this buffer.
fn refused(_: pkcs5::Error) -> KeyError {
    KeyError::UnsupportedEncryption { name: "scrypt with AES-256-CBC".to_owned() }
}

fn parameters(salt: &[u8], iv: [u8; BLOCK_LEN]) -> pkcs5::Result<pbes2::Parameters> {
    let invalid = |_| pkcs5::Error::AlgorithmParametersInvalid { oid: pbes2::SCRYPT_OID };
    let cost = scrypt::Params::new(SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P).map_err(invalid)?;
    pbes2::Parameters::generate_scrypt_aes256cbc(cost, salt, iv)
}

/// Encrypts in place, so that there is no second copy of the plaintext.
fn ciphertext(parameters: &pbes2::Parameters, password: &[u8], plaintext: &[u8]) -> pkcs5::Result<Zeroizing<Vec<u8>>> {
    let mut buffer = Zeroizing::new(vec![0; plaintext.len().saturating_add(BLOCK_LEN)]);
    if let Some(start) = buffer.get_mut(..plaintext.len()) {
        start.copy_from_slice(plaintext);
    }
    let len = parameters.encrypt_in_place(password, &mut buffer, plaintext.len())?.len();
    buffer.truncate(len);
    Ok(buffer)
}

/// `EncryptedPrivateKeyInfo` (RFC 5958, section 3).
fn write(parameters: pbes2::Parameters, ciphertext: &[u8]) -> der::Result<Vec<u8>> {
    let encrypted_data = OctetStringRef::new(ciphertext)?;
    EncryptedPrivateKeyInfo { encryption_algorithm: parameters.into(), encrypted_data }.to_der()
}
