use pkcs8::der::Decode;
use pkcs8::pkcs5::pbes2;
use zeroize::Zeroizing;

use super::{EncryptedPrivateKey, KeyError, PrivateKey, oid};
use crate::der::{self, Der};
use crate::entropy::{Entropy, EntropyError};

/// The cost of scrypt, N = 2¹⁴ with r = 8: 16 MiB. OpenSSL 3 opens nothing that needs 32 MiB or more.
const SCRYPT_N: [u8; 2] = [0x40, 0x00];
const SCRYPT_R: [u8; 1] = [8];
const SCRYPT_P: [u8; 1] = [1];

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
        let parameters = parameters(&salt, &iv);
        let ciphertext = der::octets(&ciphertext(&parameters, password, key.secret_pkcs8_der().secret_bytes())?);
        let scheme = der::sequence(&[&der::oid(oid::PBES2), &parameters]);
        Self::from_der(&der::sequence(&[&scheme, &ciphertext]))
    }
}

/// `PBES2-params` (RFC 8018, appendix A.4) with `scrypt-params` (RFC 7914, section 7.1).
fn parameters(salt: &[u8], iv: &[u8]) -> Der {
    let [n, r, p] = [&SCRYPT_N[..], &SCRYPT_R, &SCRYPT_P].map(der::integer);
    let scrypt = der::sequence(&[&der::octets(salt), &n, &r, &p]);
    let kdf = der::sequence(&[&der::oid(oid::SCRYPT), &scrypt]);
    let cipher = der::sequence(&[&der::oid(oid::AES_256_CBC), &der::octets(iv)]);
    der::sequence(&[&kdf, &cipher])
}

fn ciphertext(parameters: &[u8], password: &[u8], plaintext: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    // It is encrypted in place, so that no second copy of the plaintext comes into being.
    let mut buffer = Zeroizing::new(vec![0; plaintext.len().saturating_add(BLOCK_LEN)]);
    if let Some(start) = buffer.get_mut(..plaintext.len()) {
        start.copy_from_slice(plaintext);
    }
    // Neither can fail with these parameters.
    let refused = || KeyError::UnsupportedEncryption { name: "scrypt with AES-256-CBC".to_owned() };
    let parameters = pbes2::Parameters::from_der(parameters).map_err(|_| refused())?;
    let encrypted = parameters.encrypt_in_place(password, &mut buffer, plaintext.len()).map_err(|_| refused())?;
    let len = encrypted.len();
    buffer.truncate(len);
    Ok(buffer)
}
