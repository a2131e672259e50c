package samlcert

import "samlcert/internal/capi"

// PrivateKey is a consistent private key. It is wiped when it is closed and nothing shares it.
type PrivateKey struct{ handle *capi.PrivateKey }

func (k *PrivateKey) raw() *capi.PrivateKey {
	if k == nil || k.handle == nil {
		return &capi.PrivateKey{}
	}
	return k.handle
}

// privateKey owns one; nil stays nil.
func privateKey(handle *capi.PrivateKey, err error) (*PrivateKey, error) {
	if err != nil || handle == nil {
		return nil, wrap(err)
	}
	return &PrivateKey{handle}, nil
}

// PrivateKeyFromDER reads the DER of a private key: PKCS#8, PKCS#1 or SEC 1.
func PrivateKeyFromDER(der []byte) (*PrivateKey, error) {
	return privateKey(capi.PrivateKeyFromDER(der))
}

// PrivateKeyFromPEM reads the only private key of a text, which may be anything that [Normalize] reads.
func PrivateKeyFromPEM(text []byte) (*PrivateKey, error) {
	return privateKey(capi.PrivateKeyFromPEM(text))
}

// GenerateKey makes a private key, with the system's randomness.
func GenerateKey(kind KeyKind) (*PrivateKey, error) {
	return privateKey(capi.GenerateKey(uint32(kind)))
}

// Close frees it; see Closing in the package documentation.
func (k *PrivateKey) Close() error {
	k.raw().Close()
	return nil
}

// Algorithm is the kind of the key as in the JSON forms, such as "rsa" or "ec-p256".
func (k *PrivateKey) Algorithm() string { return k.raw().Algorithm() }

// Bits is the size of the key.
func (k *PrivateKey) Bits() int { return int(k.raw().Bits()) }

// Label is the label of its PEM, such as "PRIVATE KEY".
func (k *PrivateKey) Label() string { return k.raw().Label() }

// SPKIDER is the public half, the DER of its SubjectPublicKeyInfo.
func (k *PrivateKey) SPKIDER() []byte { return k.raw().SPKIDER() }

// Fingerprint is that of the public half.
func (k *PrivateKey) Fingerprint(hash Hash) (Fingerprint, error) {
	return fingerprint(k.raw().Fingerprint(uint32(hash)))
}

// EmbedsPublicHalf reports whether the key was given with its public half.
func (k *PrivateKey) EmbedsPublicHalf() bool { return k.raw().EmbedsPublicHalf() }

// ProvesItself reports whether any change to the key would be noticed.
func (k *PrivateKey) ProvesItself() bool { return k.raw().ProvesItself() }

// SecretWrite writes it in a strict form, without a password.
func (k *PrivateKey) SecretWrite(form Form) (Secret, error) {
	return secret(k.raw().SecretWrite(uint32(form)))
}

// SecretPKCS8DER writes it as the DER of PKCS#8, without a password.
func (k *PrivateKey) SecretPKCS8DER() (Secret, error) { return secret(k.raw().SecretPKCS8DER()) }

func secret(bytes []byte, err error) (Secret, error) { return result(Secret(bytes), err) }

// Encrypt encrypts it with a password: PBES2 with scrypt and AES-256.
func (k *PrivateKey) Encrypt(password []byte) (*EncryptedKey, error) {
	return encryptedKey(k.raw().Encrypt(password))
}

// EncryptedKey is a private key that its password opens.
type EncryptedKey struct{ handle *capi.EncryptedKey }

func (k *EncryptedKey) raw() *capi.EncryptedKey {
	if k == nil || k.handle == nil {
		return &capi.EncryptedKey{}
	}
	return k.handle
}

// encryptedKey owns one; nil stays nil.
func encryptedKey(handle *capi.EncryptedKey, err error) (*EncryptedKey, error) {
	if err != nil || handle == nil {
		return nil, wrap(err)
	}
	return &EncryptedKey{handle}, nil
}

// EncryptedKeyFromDER reads the DER of an encrypted PKCS#8 key.
func EncryptedKeyFromDER(der []byte) (*EncryptedKey, error) {
	return encryptedKey(capi.EncryptedKeyFromDER(der))
}

// Close frees it; see Closing in the package documentation.
func (k *EncryptedKey) Close() error {
	k.raw().Close()
	return nil
}

// Label is the label of its PEM, such as "ENCRYPTED PRIVATE KEY".
func (k *EncryptedKey) Label() string { return k.raw().Label() }

// Write writes it, encrypted as it is, in a strict form.
func (k *EncryptedKey) Write(form Form) ([]byte, error) { return result(k.raw().Write(uint32(form))) }

// Decrypt opens it. That takes as long as the key says; what would take too long is refused.
func (k *EncryptedKey) Decrypt(password []byte) (*PrivateKey, error) {
	return privateKey(k.raw().Decrypt(password))
}
